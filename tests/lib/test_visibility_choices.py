from comity.lib.visibility import Visibility


def test_a_record_is_seen_by_everybody_by_the_parties_or_by_those_who_keep_it() -> None:
    assert [(choice.value, str(choice.label)) for choice in Visibility] == [
        ("public", "public"),
        ("parties", "the parties only"),
        ("internal", "internal"),
    ]
