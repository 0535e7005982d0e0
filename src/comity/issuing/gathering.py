"""From the register to a digest: what a report on a programme says of a period, to its reader."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils import timezone, translation

from comity.accounts.models import User
from comity.accounts.rules import Reader
from comity.issuing.counting import counted, is_late_by, settled_state
from comity.issuing.digest import OPEN, Answer, Day, Digest, Later, Row, Side, in_writable_letters
from comity.issuing.periods import ReportPeriod
from comity.issuing.phrases import fixed, subject
from comity.issuing.telling import agreement_in_words, parties_in_words, standing, summary_of
from comity.lib import wording
from comity.programmes.former_deadlines import FormerDeadline, former_deadlines
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.queries.lists import SIDES, in_rows
from comity.programmes.rules import has_a_part
from comity.programmes.then import measures_then
from comity.reporting.models import Evidence, Report, Stage
from comity.reporting.models.report import TOLD
from comity.reporting.rules import sides_of
from comity.reporting.shown import Said as ReportSaid
from comity.reporting.shown import as_told
from comity.reporting.targets import target_of
from comity.territories.models import Territory


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report on a programme: for a period, in a language, made on a day for a reader."""

    programme: Programme
    period: ReportPeriod
    language: str
    reader: Reader
    today: date
    number: int | None = None

    @property
    def as_of(self) -> date:
        return self.period.as_of(self.today)

    @property
    def last_missed(self) -> date:
        """What was due by this day and is not done is overdue.

        When a period is over so is its last day, on which most of its deadlines lie.
        """
        over = self.period.is_over_on(self.today)
        return self.as_of if over else date.fromordinal(self.as_of.toordinal() - 1)


def gather(wanted: Wanted) -> Digest:
    """Everything the report says, in a number of queries that does not grow with the measures."""
    programme = (Programme.objects.select_related("agreement").prefetch_related(SIDES)).get(
        pk=wanted.programme.pk
    )
    with translation.override(wanted.language):
        measures = list(in_rows(programme.measures.order_by("position", "pk")))
        if wanted.as_of < timezone.localdate():
            # a deadline that was moved after the period ended was due in it
            measures = measures_then(programme, measures, wanted.as_of, wanted.reader)
        rows = _rows(measures, _Said(_reports(wanted), wanted), wanted)
        return in_writable_letters(_digest(programme, rows, len(measures), wanted))


def _digest(
    programme: Programme, told: "Sequence[tuple[Row, Measure]]", measures: int, wanted: Wanted
) -> Digest:
    rows = [row for row, _measure in told]
    sides, period = _sides(programme, told), wanted.period
    total, by_side, by_section = counted(told, sides, fixed()["total"], wanted)
    return Digest(
        language=wanted.language,
        words=fixed(),
        programme=programme.title,
        subject=subject(programme.kind),
        agreement=agreement_in_words(programme.agreement),
        is_example=programme.is_example,
        period=period.in_words,
        period_code=period.code,
        period_days=f"{wording.day(period.days.start)} – {wording.day(period.days.end)}",
        start=period.days.start,
        end=period.days.end,
        as_of=wanted.as_of,
        number=wanted.number,
        made_on=wanted.today,
        made_by=wanted.reader.name if isinstance(wanted.reader, User) else "",
        parties=parties_in_words(sides),
        sides=tuple(sides),
        measures=measures,
        total=total,
        by_side=by_side,
        by_section=by_section,
        summary=summary_of(
            measures,
            total,
            missed_before=sum(row.missed_before for row in rows),
            below_target=sum(row.tells_of_less for row in rows),
            has_rows=bool(rows),
            is_over=period.is_over_on(wanted.today),
        ),
        rows=tuple(rows),
    )


class _Said:
    """What the sides said, by the occurrence, and as news by the measure."""

    def __init__(self, reports: Iterable[Report], wanted: Wanted) -> None:
        as_party = has_a_part(wanted.reader, wanted.programme)
        self.of_occurrence: dict[int, list[Answer]] = defaultdict(list)
        self.news: dict[int, list[Answer]] = defaultdict(list)
        for report in reports:
            handed_in = as_told(report, report.stage, report.steps.all(), as_party=as_party)
            if handed_in is None:
                continue
            answer = _answer(*handed_in)
            if report.occurrence_id is not None:
                self.of_occurrence[report.occurrence_id].append(answer)
            elif wanted.period.days.start <= answer.said_on <= wanted.as_of:
                self.news[report.measure_id].append(answer)


def _reports(wanted: Wanted) -> Iterable[Report]:
    """Those handed in and not given back, so far as the reader may see them.

    In a dispute what each side said last stands, though its report came back.
    """
    stands = Q(stage__in=TOLD) | Q(occurrence__disputed_since__isnull=False)
    return (
        Report.objects.visible_to(wanted.reader)
        .filter(stands, programme=wanted.programme)
        .order_by("pk")
        .prefetch_related("steps", Prefetch("evidence", Evidence.objects.select_related("file")))
    )


def _answer(report: Report, said: ReportSaid) -> Answer:
    assert report.first_submitted_on is not None
    return Answer(
        side=report.side,
        outcome=said.outcome,
        outcome_in_words=said.outcome_in_words,
        done_on=said.done_on,
        told=said.told.strip(),
        figure=said.figure,
        spent=said.spent_amount,
        currency=said.spent_currency if said.spent_amount is not None else "",
        difficulties=said.difficulties.strip(),
        help_wanted=said.help_wanted.strip(),
        evidence=tuple(map(str, said.evidence)),
        is_accepted=report.stage in (Stage.ACCEPTED, Stage.TEXT_REOPENED, Stage.GONE_ON),
        said_on=report.first_submitted_on,
    )


def _rows(measures: Sequence[Measure], said: _Said, wanted: Wanted) -> list[tuple[Row, Measure]]:
    """Of the measures that have to do with the period, in the order of the programme."""
    found = []
    for measure in measures:
        days = [
            day
            for occurrence in measure.occurrences.all()
            if not occurrence.withdrawn
            and _belongs(day := _day(occurrence, said, wanted), occurrence, wanted)
        ]
        news = said.news[measure.pk]
        if days or news:
            former = former_deadlines(measure, wanted.as_of)
            found.append((_row(measure, days, news, former), measure))
    return found


def _day(occurrence: Occurrence, said: _Said, wanted: Wanted) -> Day:
    answers = tuple(said.of_occurrence[occurrence.pk])
    state = settled_state(
        occurrence.due_on, occurrence.done_on, wanted, given_up=occurrence.given_up
    )
    days_late = is_late_by(state, occurrence.due_on, occurrence.done_on, wanted.as_of)
    return Day(
        due_on=occurrence.due_on,
        state=state,
        done_on=occurrence.done_on,
        days_late=days_late,
        is_in_period=occurrence.due_on in wanted.period.days,
        is_disputed=occurrence.is_disputed_on(wanted.as_of),
        registered="" if answers else occurrence.done_note.strip(),
        words=standing(state, occurrence.done_on, days_late, wanted.as_of),
        answers=answers,
    )


def _belongs(day: Day, occurrence: Occurrence, wanted: Wanted) -> bool:
    """Due in the period, overdue from before it, settled in it, or open and reported on.

    Where a deadline was moved, by the day agreed first as well.
    """
    first = occurrence.first_due_on
    if day.is_in_period or (first is not None and first in wanted.period.days):
        return True
    if occurrence.done_on is not None and occurrence.done_on in wanted.period.days:
        return True
    if day.state != OPEN or (first is not None and first < wanted.as_of):
        return occurrence.held_against < wanted.period.days.start and not _was_settled(day, wanted)
    return bool(day.answers) and occurrence.opens_on <= wanted.as_of


def _was_settled(day: Day, wanted: Wanted) -> bool:
    return day.done_on is not None and day.done_on < wanted.period.days.start


def _row(
    measure: Measure, days: list[Day], news: list[Answer], former: Iterable[FormerDeadline]
) -> Row:
    bodies: dict[str, list[str]] = defaultdict(list)
    for body in measure.responsibilities.all():
        bodies[body.side].append(body.text.strip())
    target = target_of(measure.expected_result)
    before = [(one.is_first, one.understood or one.written, one.days_late) for one in former]
    return Row(
        number=measure.number,
        section=measure.section.title if measure.section else "",
        title=measure.title,
        expected_result=measure.expected_result,
        deadline=measure.deadline or measure.due_text,
        first_deadline=next((told for is_first, told, _late in before if is_first), ""),
        days_late_first=next((late for is_first, _told, late in before if is_first), 0),
        later_deadlines=tuple(Later(told, late) for is_first, told, late in before if not is_first),
        bodies={side: "; ".join(texts) for side, texts in bodies.items()},
        days=tuple(days),
        news=tuple(news),
        target=target.amount if target else None,
        unit=target.unit if target else "",
    )


def _sides(programme: Programme, told: "Sequence[tuple[Row, Measure]]") -> list[Side]:
    """The countries of the programme's sides, then others whose bodies have to report."""
    places: dict[str, list[str]] = defaultdict(list)
    for side in programme.sides.all():
        own = places[side.territory.country_code]
        if side.territory.code != side.territory.country_code:
            own.append(side.territory.name)
    for _row, measure in told:
        for country in filter(None, sides_of(measure)):
            places.setdefault(country, [])
    named = {one.code: one.name for one in Territory.objects.filter(code__in=list(places))}
    return [
        Side(country, named.get(country, country), tuple(places[country])) for country in places
    ]
