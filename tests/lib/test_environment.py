from pathlib import Path

import pytest

from comity.lib.environment import Environment, WrongSetting

DATA = Path("/srv/comity")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1", True), ("Yes", True), ("on", True), ("0", False), ("false", False), ("", False)],
)
def test_a_flag_is_yes_or_no(written: str, expected: bool) -> None:
    assert Environment({"F": written}).flag("F") is expected


def test_a_flag_that_is_neither_stops_with_a_sentence() -> None:
    with pytest.raises(WrongSetting, match="F is “perhaps”; write 1 for yes or 0 for no"):
        Environment({"F": "perhaps"}).flag("F")


def test_a_whole_number_has_a_default_and_refuses_words() -> None:
    assert Environment({}).whole("N", 25) == 25
    assert Environment({"N": "587"}).whole("N", 25) == 587
    with pytest.raises(WrongSetting, match="N is “many”; write a whole number, such as 25"):
        Environment({"N": "many"}).whole("N", 25)


def test_a_list_is_parted_by_commas() -> None:
    assert Environment({"L": " a, b ,,c "}).listed("L") == ["a", "b", "c"]


def test_a_folder_is_absolute() -> None:
    assert Environment({"D": "/tmp/x/../y"}).folder("D", DATA) == Path("/tmp/y")
    assert Environment({}).folder("D", DATA) == DATA


def test_without_an_address_the_database_is_a_file_in_the_data_folder() -> None:
    database = Environment({}).database("U", data=DATA)
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == DATA / "comity.sqlite3"


def test_an_sqlite_address_names_another_file() -> None:
    assert Environment({"U": "sqlite:////a/b.db"}).database("U", data=DATA)["NAME"] == Path(
        "//a/b.db"
    )


def test_a_postgresql_address_is_taken_apart() -> None:
    address = "postgresql://us%40er:p%2Fw@db.example.org:5433/comity"
    database = Environment({"U": address}).database("U", data=DATA)
    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "comity",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": "5433",
    }


def test_a_postgresql_address_can_name_a_socket_folder() -> None:
    database = Environment({"U": "postgresql://u@/comity?host=/run/pg"}).database("U", data=DATA)
    assert (database["HOST"], database["PORT"]) == ("/run/pg", "")


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host", "nonsense"])
def test_another_database_is_refused_with_a_sentence(address: str) -> None:
    with pytest.raises(WrongSetting, match="U cannot be used; write postgresql://"):
        Environment({"U": address}).database("U", data=DATA)
