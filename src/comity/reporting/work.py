"""What a person has to do about reports: what they owe, what waits for them, what they follow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    BooleanField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from comity.accounts.models import REPORTING, VERIFYING, WRITING, User
from comity.accounts.rules import whole_role
from comity.directory.models import Organisation, OrganisationKind
from comity.directory.rules import acting_as, authority_seats
from comity.programmes.grants import programmes_granted_as
from comity.programmes.models import (
    Measure,
    Occurrence,
    Programme,
    ProgrammeSide,
    Responsibility,
)
from comity.programmes.models.occurrence import OccurrenceQuerySet
from comity.programmes.queries.lists import SIDES
from comity.reporting.going_on import may_be_gone_on_with
from comity.reporting.models import Report, Stage
from comity.reporting.models.report import ANSWERED, RETURNED, ReportQuerySet
from comity.reporting.rules import can_report, sides_of

#: How far ahead of its day an occurrence is owed, if its window did not open before.
AHEAD = timedelta(days=60)
#: Rows of each list, days of a page of what is owed; the rest of it stands on further pages.
MOST = 100
#: Under which a report tells whether it was found as one that came back or was begun.
ON_DESK = "is_on_desk"


@dataclass(frozen=True, slots=True)
class Owed:
    """A side of an occurrence on which somebody has to report, and what is written so far.

    Or news of a measure that were begun or came back, which answer no occurrence.
    """

    measure: Measure
    occurrence: Occurrence | None
    side: str
    report: Report | None

    @property
    def is_returned(self) -> bool:
        return self.report is not None and self.report.is_returned

    @property
    def is_under_way(self) -> bool:
        """Whether it was accepted as something of which more is to come."""
        return self.report is not None and self.report.stage == Stage.ACCEPTED

    @property
    def place(self) -> tuple[bool, bool, date]:
        """What came back first, then news that were begun, then what is due by its day."""
        due_on = self.occurrence.due_on if self.occurrence else date.min
        return not self.is_returned, self.occurrence is not None, due_on


@dataclass(frozen=True, slots=True)
class Asked:
    """What comes into question as owed by a person; see `asked_of`."""

    occurrences: list[Occurrence]
    #: The reports on them, and others that came back or were begun.
    reports: list[Report]
    #: The ids of those that came back or were begun: they stand on the first page.
    on_desk: set[int]
    page: int = 1
    has_more: bool = False

    @property
    def programmes(self) -> list[Programme]:
        of_days = [one.programme for one in self.occurrences]
        return of_days + [one.programme for one in self.reports]


def owed_by(user: User, today: date) -> list[Owed]:
    """What the person's organisations and programmes have to report on, returned ones first.

    Then by the day on which it is due: open ones from the day on which they open, and whatever
    else can be written in.
    """
    asked = asked_of(user, today)
    with_sides(asked.programmes)
    return owed_of(asked, user)


def owed_in_the_name_of(
    organisation: Organisation, seen: OccurrenceQuerySet, today: date
) -> list[Owed]:
    """What an organisation has to report on by now, of some occurrences."""
    open_ = seen.open().filter(_by_now(today))
    found = _of_bodies(open_, {organisation.pk}).order_by("due_on", "pk")[:MOST]
    found = found.select_related("measure__section", "programme")
    rows = [
        Owed(one.measure, one, side, of_side.get(side))
        for one in found.prefetch_related("reports", "measure__responsibilities")
        for of_side in [{report.side: report for report in one.reports.all()}]
        for side in sides_of(one.measure)
        if any(
            body.organisation_id == organisation.pk and body.side in (side, "")
            for body in one.measure.responsibilities.all()
        )
    ]
    return [one for one in rows if _is_owed(one.report)]


def waiting_for_verifiers_of(
    organisation: Organisation, seen: ReportQuerySet
) -> "QuerySet[Report]":
    """Of some reports those that who verifies for an organisation may decide about."""
    may = Q(programme__owner=organisation)
    if organisation.kind == OrganisationKind.AUTHORITY:
        sides = ProgrammeSide.objects.filter(
            programme=OuterRef("programme"),
            territory=organisation.seat_id,
            territory__path__startswith=OuterRef("side"),
        )
        may |= Q(Exists(sides))
    waiting = seen.waiting().filter(may).select_related("measure", "occurrence")
    return waiting.order_by("submitted_at")


def asked_of(user: User, today: date, page: int = 1) -> Asked:
    """The occurrences on which they have to report, on one side or both, and what came back.

    A page of them, by the day on which they are due. Three queries.
    """
    bodies, granted = acting_as(user, REPORTING), programmes_granted_as(user, REPORTING)
    open_ = Occurrence.objects.visible_to(user).open().filter(_by_now(today))
    unanswered = _of_bodies(open_, bodies) | _of_programmes(open_, granted)
    ordered = unanswered.select_related("measure__section", "programme").order_by("due_on", "pk")
    first = (page - 1) * MOST
    found = list(ordered[first : first + MOST + 1])
    occurrences, has_more = found[:MOST], len(found) > MOST
    # one that stands on a day of the page and on the desk too is found as both
    both = list(_reports(occurrences, user, bodies, granted))
    on_desk = {report.pk for report in both if getattr(report, ON_DESK)}
    reports = list({report.pk: report for report in both}.values())
    measures = [one.measure for one in occurrences] + [one.measure for one in reports]
    prefetch_related_objects(measures, "responsibilities")
    return Asked(occurrences, reports, on_desk, page, has_more)


def owed_of(asked: Asked, user: User) -> list[Owed]:
    """Each side of them that the person owes; the sides of their programmes have to be there."""
    on = {(one.occurrence_id, one.side): one for one in asked.reports}
    found = [owed for one in asked.occurrences for owed in _sides_owed(one, on, user)]
    if asked.page > 1:
        found = [one for one in found if one.report is None or one.report.pk not in asked.on_desk]
        return sorted(found, key=lambda owed: owed.place)
    known = {owed.report.pk for owed in found if owed.report}
    for one in asked.reports:
        one.measure.programme = one.programme
        if one.pk not in known and one.is_writable and can_report(user, one.measure, one.side):
            found.append(Owed(one.measure, one.occurrence, one.side, one))
    return sorted(found, key=lambda owed: owed.place)


def comes_back_to(user: User, report: Report) -> bool:
    """Whether the person owes a report again once it is returned; asks for nothing more."""
    if report.programme_id in programmes_granted_as(user, REPORTING):
        return True
    bodies = acting_as(user, REPORTING)
    return any(
        body.organisation_id in bodies and (body.country_id or report.side) == report.side
        for body in report.measure.responsibilities.all()
    )


def waiting_for(user: User) -> "QuerySet[Report]":
    """Submitted reports that the person may accept or return, the longest waiting first.

    Each knows how many pieces of evidence stand in it.
    """
    waiting = Report.objects.visible_to(user).waiting().exclude(submitted_by=user)
    if whole_role(user) not in VERIFYING:
        sides = ProgrammeSide.objects.filter(
            programme=OuterRef("programme"),
            territory__in=authority_seats(user, VERIFYING),
            territory__path__startswith=OuterRef("side"),
        )
        granted, kept = programmes_granted_as(user, VERIFYING), acting_as(user, VERIFYING)
        seated = ProgrammeSide.objects.filter(territory__in=authority_seats(user, VERIFYING))
        # first the few programmes that come into question, so that not every report is looked at
        programmes = Programme.objects.order_by().filter(
            Q(pk__in=granted) | Q(owner__in=kept) | Q(pk__in=seated.values("programme"))
        )
        waiting = waiting.filter(programme__in=list(programmes.values_list("pk", flat=True)))
        waiting = waiting.filter(
            Q(programme__in=granted) | Q(programme__owner__in=kept) | Exists(sides)
        )
    waiting = waiting.with_pieces().order_by("submitted_at")
    return waiting.select_related("measure", "occurrence", "body", "programme")


def disputes_of(user: User) -> "QuerySet[Occurrence]":
    """Disputed occurrences of the programmes that the person coordinates, the oldest first."""
    disputed = Occurrence.objects.visible_to(user).standing()
    disputed = disputed.filter(disputed_since__isnull=False)
    if whole_role(user) not in WRITING:
        coordinated = Programme.objects.filter(
            Q(pk__in=programmes_granted_as(user, WRITING))
            | Q(owner__in=acting_as(user, WRITING))
            | Q(
                pk__in=ProgrammeSide.objects.filter(
                    territory__in=authority_seats(user, WRITING)
                ).values("programme")
            )
        )
        disputed = disputed.filter(programme__in=coordinated.order_by())
    return disputed.select_related("measure", "programme").order_by("disputed_since", "pk")


def followed_by(user: User, today: date) -> "QuerySet[Measure]":
    """Measures followed by the person, themselves or in a programme; what is due next first."""
    follows = user.follows.order_by()
    of_programmes = Measure.objects.order_by().filter(programme__in=follows.values("programme"))
    themselves = follows.exclude(measure=None).values("measure")
    # by their numbers: asked through joins, a database reads every measure there is
    followed = of_programmes.values("pk").union(themselves, all=True)
    return (
        Measure.objects.visible_to(user)
        .filter(pk__in=followed)
        .select_related("programme", "section")
        .by_next_due()
    )


def with_sides(programmes: Iterable[Programme]) -> None:
    """Fetches the sides of programmes along, in one query for all of them."""
    prefetch_related_objects(list(programmes), SIDES)


def _by_now(today: date) -> Q:
    return Q(opens_on__lte=today) | Q(due_on__lte=today + AHEAD)


def _of_bodies(open_: OccurrenceQuerySet, organisations: set[int]) -> OccurrenceQuerySet:
    """Those that an organisation has to report on and whose side did not do so yet."""
    named = Responsibility.objects.filter(organisation__in=organisations)
    of_measures = open_.filter(measure__in=named.values("measure"))
    return of_measures.filter(_unanswered(named))


def _of_programmes(open_: OccurrenceQuerySet, programmes: set[int]) -> OccurrenceQuerySet:
    """Those of programmes on which not every side reported."""
    said = Report.objects.filter(ANSWERED, occurrence=OuterRef("pk"))
    return open_.filter(
        _unanswered(Responsibility.objects.all()) | Q(~Exists(said)), programme__in=programmes
    )


def _unanswered(bodies: "QuerySet[Responsibility]") -> Q:
    """Occurrences whose measure names one of the bodies on a side that did not report yet."""
    said = Report.objects.filter(
        ANSWERED,
        occurrence=OuterRef(OuterRef("pk")),
        side=Coalesce(OuterRef("country"), Value("")),
    )
    return Q(Exists(bodies.filter(~Exists(said), measure=OuterRef("measure"))))


def _reports(
    occurrences: list[Occurrence], user: User, organisations: set[int], programmes: set[int]
) -> "QuerySet[Report]":
    """The reports on some occurrences, and those that are on the person's desk besides."""
    own, seen = Report.objects.all(), Report.objects.visible_to(user).filter(_IS_ASKED)
    named = Responsibility.objects.filter(organisation__in=organisations)
    on_side = named.filter(
        Q(country=OuterRef("side")) | Q(country=None), measure=OuterRef("measure")
    )
    of_bodies = seen.filter(Exists(on_side), measure__in=named.values("measure"))
    desks = (
        # each is found through an index of its own: a database asked for all at once looks at all
        of_bodies.filter(stage__in=RETURNED),
        seen.filter(programme__in=programmes, stage__in=RETURNED),
        seen.filter(pk__in=own.filter(opened_by=user, stage=Stage.DRAFT).values("pk")),
    )
    parts = [own.filter(occurrence__in=[one.pk for one in occurrences])]
    parts += [own.filter(pk__in=desk.order_by().values("pk")[:MOST]) for desk in desks]
    on_days, *on_desk = [
        part.select_related("measure__section", "programme", "occurrence")
        .with_reasons()
        .annotate(**{ON_DESK: Value(number > 0, BooleanField())})
        .order_by()
        for number, part in enumerate(parts)
    ]
    return on_days.union(*on_desk)


#: Reports of which somebody still wants something: not on days that are no longer due.
_IS_ASKED = Q(occurrence=None) | Q(occurrence__withdrawn=False) | Q(stage=Stage.TEXT_REOPENED)


def _is_owed(report: Report | None) -> bool:
    return report is None or report.is_writable or may_be_gone_on_with(report)


def _sides_owed(
    occurrence: Occurrence, reports: Mapping[tuple[int | None, str], Report], user: User
) -> Iterable[Owed]:
    measure = occurrence.measure
    measure.programme = occurrence.programme
    for side in sides_of(measure):
        report = reports.get((occurrence.pk, side))
        if _is_owed(report) and can_report(user, measure, side):
            yield Owed(measure, occurrence, side, report)
