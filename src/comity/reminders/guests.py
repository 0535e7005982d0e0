"""Reports made by a one-time link that came back: told to the address that they came from."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from comity.accounts.models import User
from comity.directory.models import Contact
from comity.lib.parts import in_parts
from comity.reminders.contacts import PART
from comity.reminders.models import SaidOfStepToContact
from comity.reminders.people import People
from comity.reminders.turns import Turn, whose_turn
from comity.reporting.models import OneTimeLink, Step, StepKind

#: Steps by which somebody else asks for a report to be written again.
DECISIONS = (StepKind.RETURNED, StepKind.REOPENED, StepKind.TEXT_REOPENED, StepKind.SETTLING)


def came_back(
    moved: Iterable[Turn], written: Collection[str], people: People, quiet: Collection[int]
) -> dict[str, list[Turn]]:
    """By the address what is new to it, the oldest first; six queries, none if there is nothing.

    A link that a person made speaks for that address. One that the register made for the contact
    of a body speaks for the contact that the body has now. As with reminders, the register writes
    by itself to nobody without an account in internal programmes, nor where a programme says so;
    nor where somebody of the side made a new link since.
    """
    found = [turn for turn in moved if _is_asked_again(turn, people, quiet)]
    if not found:
        return {}
    steps = [turn.step.pk for turn in found]
    said = set(SaidOfStepToContact.objects.filter(step__in=steps).values_list("step", flat=True))
    links, contacts, accounts = _links(found), _contacts(found), _accounts(found, people)
    by = _submitters(found)
    told: dict[str, list[Turn]] = defaultdict(list)
    for turn in found:
        email = _address(turn, by[turn.report.pk], links[_key(turn)], contacts)
        is_new = turn.step.pk not in said and email not in accounts[turn.step.pk]
        if email and is_new and email not in written:
            told[email].append(turn)
    return {email: told[email] for email in sorted(told)}


def _is_asked_again(turn: Turn, people: People, quiet: Collection[int]) -> bool:
    report = turn.report
    return (
        report.is_returned
        and turn.step.kind in DECISIONS
        and report.submitted_by_id is None
        and report.occurrence is not None
        and not report.occurrence.withdrawn
        and report.programme_id not in quiet
        and not people.places[report.programme_id].is_internal
    )


def _key(turn: Turn) -> tuple[int | None, str]:
    return turn.report.occurrence_id, turn.report.side


def _submitters(found: Iterable[Turn]) -> dict[int, str]:
    """By the report who submitted it last, by name: of a guest that is their address."""
    reports = [turn.report.pk for turn in found]
    steps = Step.objects.filter(report__in=reports, kind=StepKind.SUBMITTED).order_by("pk")
    return dict(steps.values_list("report", "by_name"))


def _links(found: Iterable[Turn]) -> dict[tuple[int | None, str], list[OneTimeLink]]:
    """All that were made for each occurrence and side, the oldest first."""
    links: dict[tuple[int | None, str], list[OneTimeLink]] = defaultdict(list)
    occurrences = [turn.report.occurrence_id for turn in found]
    for one in OneTimeLink.objects.filter(occurrence__in=occurrences).order_by("pk"):
        links[one.occurrence_id, one.side].append(one)
    return links


def _accounts(found: Iterable[Turn], people: People) -> dict[int, set[str]]:
    """By the step the addresses of those with an account who are told of it anyway."""
    told = {turn.step.pk: whose_turn(turn, people) for turn in found}
    users = {user for some in told.values() for user in some}
    emails = dict(User.objects.filter(pk__in=users).values_list("pk", "email"))
    return {step: {emails[user].lower() for user in some} for step, some in told.items()}


def _contacts(found: Iterable[Turn]) -> dict[int, list[str]]:
    """The addresses of each body of a side that reported, the first one first."""
    addresses: dict[int, list[str]] = defaultdict(list)
    bodies = {body for turn in found for body in turn.bodies}
    for some in in_parts(sorted(bodies), PART):
        rows = Contact.objects.filter(organisation__in=some).exclude(email="").order_by("pk")
        for body, email in rows.values_list("organisation", "email"):
            addresses[body].append(email.strip().lower())
    return addresses


def _address(
    turn: Turn,
    submitted_by: str,
    links: Iterable[OneTimeLink],
    contacts: Mapping[int, Sequence[str]],
) -> str:
    if any(one.made_by_id is not None and one.made_at > turn.step.at for one in links):
        return ""
    own = [one for one in links if one.email == submitted_by]
    if not own:
        return ""
    email = submitted_by.strip().lower()
    known = [one for body in turn.bodies for one in contacts.get(body, ())]
    if email in known or any(one.made_by_id is not None for one in own):
        return email
    return next(iter(contacts.get(turn.report.body_id or 0, known)), "")
