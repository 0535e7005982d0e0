"""What a person has to do about reports: what they owe, what waits for them, what they follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
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
from comity.reporting.models import Report
from comity.reporting.models.report import SAID, ReportQuerySet
from comity.reporting.rules import can_report, sides_of

#: How far ahead of its day an occurrence is owed, if its window did not open before.
AHEAD = timedelta(days=60)
#: Rows of each list; a person who has more sees the first of them and how to get at the rest.
MOST = 100


@dataclass(frozen=True, slots=True)
class Owed:
    """A side of an occurrence on which somebody has to report, and what is written so far."""

    occurrence: Occurrence
    side: str
    report: Report | None

    @property
    def is_returned(self) -> bool:
        return self.report is not None and self.report.is_returned


def owed_by(user: User, today: date) -> list[Owed]:
    """What the person's organisations and programmes have to report on, returned ones first.

    Then by the day on which it is due. Open ones only, from the day on which they open.
    """
    asked = asked_of(user, today)
    with_sides(one.programme for one in asked)
    return owed_of(asked, user)


def owed_in_the_name_of(
    organisation: Organisation, seen: OccurrenceQuerySet, today: date
) -> list[Owed]:
    """What an organisation has to report on by now, of some occurrences."""
    open_ = seen.open().filter(_by_now(today))
    found = list(_in_rows(_of_bodies(open_, {organisation.pk}).order_by("due_on", "pk")[:MOST]))
    rows = [
        Owed(one, side, of_side.get(side))
        for one in found
        for of_side in [{report.side: report for report in one.reports.all()}]
        for side in sides_of(one.measure)
        if any(
            body.organisation_id == organisation.pk and body.side in (side, "")
            for body in one.measure.responsibilities.all()
        )
    ]
    return [one for one in rows if one.report is None or one.report.stage not in SAID]


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


def asked_of(user: User, today: date) -> list[Occurrence]:
    """The occurrences on which they have to report, on one side or both."""
    open_ = Occurrence.objects.visible_to(user).open().filter(_by_now(today))
    unanswered = _of_bodies(open_, acting_as(user, REPORTING)) | _of_programmes(
        open_, programmes_granted_as(user, REPORTING)
    )
    return list(_in_rows(unanswered.order_by("due_on", "pk")[:MOST]))


def owed_of(asked: Iterable[Occurrence], user: User) -> list[Owed]:
    """Each side of them that the person owes; the sides of their programmes have to be there."""
    found = [owed for one in asked for owed in _sides_owed(one, user)]
    return sorted(found, key=lambda owed: (not owed.is_returned, owed.occurrence.due_on))


def waiting_for(user: User) -> "QuerySet[Report]":
    """Submitted reports that the person may accept or return, the longest waiting first."""
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
    return waiting.select_related("measure", "occurrence", "body", "programme").order_by(
        "submitted_at"
    )


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
    follows = list(user.follows.values_list("programme", "measure"))
    if not follows:
        return Measure.objects.none()
    # by their numbers: asked through joins, a database reads every measure there is
    followed = Q(pk__in={measure for _programme, measure in follows if measure}) | Q(
        programme__in={programme for programme, _measure in follows if programme}
    )
    return (
        Measure.objects.visible_to(user)
        .filter(followed)
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
    said = Report.objects.filter(occurrence=OuterRef("pk"), stage__in=SAID)
    return open_.filter(
        _unanswered(Responsibility.objects.all()) | Q(~Exists(said)), programme__in=programmes
    )


def _unanswered(bodies: "QuerySet[Responsibility]") -> Q:
    """Occurrences whose measure names one of the bodies on a side that did not report yet."""
    said = Report.objects.filter(
        occurrence=OuterRef(OuterRef("pk")),
        stage__in=SAID,
        side=Coalesce(OuterRef("country"), Value("")),
    )
    return Q(Exists(bodies.filter(~Exists(said), measure=OuterRef("measure"))))


def _in_rows(occurrences: "QuerySet[Occurrence]") -> "QuerySet[Occurrence]":
    return occurrences.select_related("measure__section", "programme").prefetch_related(
        "reports", "measure__responsibilities"
    )


def _sides_owed(occurrence: Occurrence, user: User) -> Iterable[Owed]:
    occurrence.measure.programme = occurrence.programme
    of_side = {report.side: report for report in occurrence.reports.all()}
    for side in sides_of(occurrence.measure):
        report = of_side.get(side)
        if (report is None or report.stage not in SAID) and can_report(
            user, occurrence.measure, side
        ):
            yield Owed(occurrence, side, report)
