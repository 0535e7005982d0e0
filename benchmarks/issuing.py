"""The report on a programme for a year, in each format: gathered from the register and written.

Every measure has a day in each quarter, and on each day the reports of two sides, of which one in
five is late, with difficulties. The time is that of `comity report programme` without its start-up:
from the register to the bytes.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter

from benchmarks import register
from benchmarks.results import Row, Scale, Telling
from comity.audit.actions import Installation
from comity.issuing.actions import issue_report
from comity.issuing.formats import Format
from comity.issuing.gathering import Wanted, gather
from comity.issuing.periods import period_of
from comity.issuing.typography import typeset
from comity.issuing.writers import written
from comity.programmes.actions import add_measures, create_programme
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.rows import NewBody, NewMeasure
from comity.reporting.models import Report, Stage, Step
from comity.territories.actions import load_country

TITLE = "Reports on programmes"
SIZES = (300, 3_000)
MOST_SECONDS, MOST_SLOWING = 5.0, 1.3
YEAR, BY = period_of("2018"), Installation()
RULE = DueRule("recurring", date(2018, 1, 1), date(2018, 12, 31), "quarterly")
TOLD = "Праведзены сустрэчы, падпісаны кантракты, адкрыта сумесная вытворчасць запасных частак. "


def measure(scale: Scale, telling: Telling) -> list[Row]:
    database = register.FOLDER / "reports.sqlite3"
    register.forget(database)
    register.use(database)
    rounds = 3 if scale.name == "full" else 1
    told = telling.begin("Writing reports", rounds * len(SIZES) + rounds)
    spent: dict[int, dict[str, list[float]]] = {size: {} for size in SIZES}
    issued: list[float] = []
    try:
        for size in SIZES:
            programme = _programme(size)
            for number in range(rounds):
                _time(programme, spent[size], number)
                told(1)
            if size == SIZES[0]:
                for _ in range(rounds):
                    issued.append(_issue(programme))
                    told(1)
    finally:
        register.forget(database)
    return _rows(spent, issued)


def _programme(size: int) -> Programme:
    sides = [load_country(code=code, by=BY)[0] for code in ("BY", "RU")]
    programme = create_programme(
        by=BY, sides=sides, title_be=f"План на {size} мерапрыемстваў", language="be", kind="action",
        start=date(2018, 1, 1), end=date(2018, 12, 31),
    )  # fmt: skip
    bodies = (NewBody("Міністэрства прамысловасці", "BY"), NewBody("Минпромторг", "RU"))
    rows = [
        NewMeasure(
            {"be": f"Пашырыць вытворчую кааперацыю прадпрыемстваў галіны № {number}"},
            number=str(number), section=f"Раздзел {number // 50 + 1}", due=RULE, bodies=bodies,
            expected_result="не менш за 12 кантрактаў",
        )
        for number in range(size)
    ]  # fmt: skip
    add_measures(programme=programme, rows=rows, by=BY)
    _report(Occurrence.objects.filter(programme=programme).order_by("pk"))
    return programme


def _report(occurrences: Sequence[Occurrence]) -> None:
    reports = []
    for number, occurrence in enumerate(occurrences):
        is_late = number % 5 == 0
        for side in ("BY", "RU"):
            reports.append(
                Report(
                    programme_id=occurrence.programme_id, measure_id=occurrence.measure_id,
                    occurrence=occurrence, side=side, language="be",
                    stage=Stage.SUBMITTED if is_late else Stage.ACCEPTED,
                    outcome="under_way" if is_late else "done", told=TOLD * 2,
                    done_on=None if is_late else occurrence.due_on,
                    difficulties="Не хапае вагонаў." if is_late else "",
                    first_submitted_at=datetime(2018, 12, 20, tzinfo=UTC),
                    first_submitted_on=date(2018, 12, 20),
                )
            )  # fmt: skip
        occurrence.done_on = None if is_late else occurrence.due_on
    Occurrence.objects.bulk_update(occurrences, ["done_on"], batch_size=500)
    made = Report.objects.bulk_create(reports, batch_size=500)
    Step.objects.bulk_create(
        [Step(report=one, kind="submitted", by_name="", content=_content(one)) for one in made],
        batch_size=500,
    )


def _content(report: Report) -> dict[str, object]:
    return {
        "outcome": report.outcome, "told": report.told, "language": "be", "figure": None,
        "done_on": report.done_on.isoformat() if report.done_on else None, "spent_amount": None,
        "spent_currency": "", "difficulties": report.difficulties, "help_wanted": "",
        "evidence": [],
    }  # fmt: skip


def _time(programme: Programme, spent: dict[str, list[float]], number: int) -> None:
    """Each time another report, so that nothing of it is remembered from the last one."""
    for kind in Format:
        typeset.cache_clear()
        started = perf_counter()
        digest = gather(Wanted(programme, YEAR, "be", BY, date(2019, 1, 10 + number), number))
        written(digest, kind)
        spent.setdefault(str(kind), []).append(perf_counter() - started)
    assert len(digest.rows) == Measure.objects.filter(programme=programme).count()


def _issue(programme: Programme) -> float:
    typeset.cache_clear()
    started = perf_counter()
    issue_report(programme=programme, period=YEAR, language="be", by=BY)
    return perf_counter() - started


def _rows(spent: dict[int, dict[str, list[float]]], issued: list[float]) -> list[Row]:
    few, many = SIZES
    rows = []
    for kind in Format:
        at_few, at_many = (median(spent[size][kind]) for size in SIZES)
        slowing = (at_many / many) / (at_few / few)
        rows += [
            _row(f"{kind}", at_few),
            Row(
                f"{kind}: a further measure", f"{few:,} to {many:,} measures",
                f"linear: ≤ {MOST_SLOWING} × that in the shortest", f"{slowing:.2f} ×",
                slowing <= MOST_SLOWING,
            ),
        ]  # fmt: skip
    return [_row("issued, in all three formats", median(issued)), *rows]


def _row(what: str, seconds: float) -> Row:
    return Row(
        what, f"{SIZES[0]} measures, {SIZES[0] * 4:,} days, {SIZES[0] * 8:,} reports",
        f"≤ {MOST_SECONDS:.0f} s", f"{seconds:.2f} s", seconds <= MOST_SECONDS,
    )  # fmt: skip
