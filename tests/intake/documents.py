"""Documents for tests: the samples, and small tables made on the spot."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.audit.actions import Installation
from comity.intake.actions import choose_target, commit_import, start_import
from comity.intake.models import Import
from comity.programmes.models import Programme
from tests.factories import a_country

SAMPLES = Path(__file__).parent / "samples"
HEAD = ("№", "Мероприятие", "Срок", "Исполнители от Республики Беларусь",
        "Исполнители от Брянской области", "Ожидаемый результат")  # fmt: skip
TITLE = "План мероприятий по реализации Соглашения с Брянской областью на 2018–2020 годы"
ROW = ("1", "Провести выставку машин", "II квартал 2018 г.", "Минпром", "Правительство области", "")
#: Its deadline tells no day, so the reader doubts.
DOUBTFUL = ("2", "Открыть центр сервиса", "в начале весны", "Минпром", "Брянский завод", "Центр")


def a_table(*rows: Sequence[str], title: str = TITLE, head: Sequence[str] = HEAD) -> bytes:
    """A CSV file with a title line, headings and rows."""
    written = io.StringIO()
    lines = csv.writer(written, delimiter=";")
    lines.writerow([title])
    lines.writerow(head)
    lines.writerows(rows)
    return written.getvalue().encode()


def many_rows(count: int) -> list[tuple[str, ...]]:
    return [
        (
            str(n),
            f"Мероприятие номер {n} о деле {n * 7}",
            "2019 год",
            "Минпром",
            "Завод",
            f"Итог {n}",
        )
        for n in range(1, count + 1)
    ]


def upload(content: bytes, name: str = "plan.csv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


def sample(name: str) -> dict[str, SimpleUploadedFile]:
    return upload((SAMPLES / name).read_bytes(), name)


def a_draft(
    tmp_path: Path,
    rows: Iterable[Sequence[str]] = (ROW,),
    *,
    by: Reader | None = None,
    title: str = TITLE,
    name: str = "plan.csv",
) -> Import:
    """A draft read from a table."""
    path = tmp_path / name
    path.write_bytes(a_table(*rows, title=title))
    return start_import(path=path, name=name, by=by or Installation())


def committed(document: Import, by: Reader | None = None, **values: object) -> Programme:
    """The draft taken in as a new programme, with the countries that its sides need."""
    a_country("BY")
    a_country("RU")
    by = by or Installation()
    said = {"title_ru": document.title, "language": "ru", "kind": "action", "visibility": "public",
            "start": document.start, "end": document.end, **values}  # fmt: skip
    document = choose_target(
        document=document, expected_version=document.version, by=by, values=said
    )
    return commit_import(document=document, expected_version=document.version, by=by)


def fresh(document: Import) -> Import:
    return Import.objects.get(pk=document.pk)


def the_draft_of(user: User) -> Import:
    return Import.objects.drafts().get(started_by=user)
