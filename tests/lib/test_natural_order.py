from comity.lib.natural_order import natural


def test_numbers_stand_in_the_order_of_a_reader() -> None:
    mixed = ["10", "2", "1.10", "1.9", "", "2а", "2", "II", "1", "1.1."]
    assert sorted(mixed, key=natural) == [
        "", "1", "1.1.", "1.9", "1.10", "2", "2", "2а", "10", "II",
    ]  # fmt: skip
