"""Fills an empty register with the example, through the same actions that people use."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from zlib import crc32

from django.db import transaction
from django.utils import timezone, translation

from comity.accounts.models import User
from comity.agreements.actions import AgreementText, NewParty, add_statement, create_agreement
from comity.agreements.models import Agreement, AgreementKind
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.demo import guests
from comity.demo.accounts import ACCOUNTS, make_accounts, make_contacts
from comity.demo.amendments import invite_somebody, make_amendments
from comity.demo.bringing_in import bring_in
from comity.demo.documents import DOCUMENTS, ExampleDocument
from comity.demo.issued import issue_example
from comity.demo.letters import write_letters
from comity.demo.reports import PROGRAMME, make_reports, reported_on
from comity.demo.tables import editions, rows, years
from comity.directory.actions.organisations import OtherName, create_organisation
from comity.directory.actions.zones import add_regime_term, add_zone
from comity.directory.models import Organisation
from comity.forum.actions import record_edition
from comity.lib.partial_dates import parse_partial
from comity.programmes.actions import settle_occurrence
from comity.programmes.models import Occurrence, Programme
from comity.territories.actions import load_country
from comity.territories.models import Territory
from comity.territories.reference import known_names

BY = Installation()
#: Countries with all their regions; of others only the regions whose names we have checked.
WHOLE = ("BY", "RU")
KINDS = {
    "agreement": AgreementKind.AGREEMENT,
    "action_plan": AgreementKind.PLAN,
    "programme": AgreementKind.PROGRAMME,
    "roadmap": AgreementKind.ROADMAP,
    "protocol": AgreementKind.PROTOCOL,
}
#: The note on what the example counts as done.
DONE = {
    "be": "Прыклад: адзначана як выкананае.",
    "ru": "Пример: отмечено как выполненное.",
    "en": "Example: registered as done.",
}
#: How many of ten days two bodies of the example are late on; it is invented as all of it.
OFTEN_LATE = {
    "Vitebsk Regional Executive Committee": 9,
    "Ministry of Agriculture of Kaliningrad Oblast": 8,
}

Told = Callable[[], object]


def accounts() -> list[tuple[str, str]]:
    """The addresses of the example accounts, and what each may do."""
    return [(account.email, account.told) for account in ACCOUNTS]


def is_filled() -> bool:
    """Whether the register is the example, rather than one with records of its own."""
    addresses = {account.email for account in ACCOUNTS}
    return User.objects.filter(email__in=addresses).count() == len(addresses)


def fill(told: Told = lambda: None) -> bool:
    """Fills the register if nothing was ever written to it; all of it or nothing.

    Calls `told` once for each thing made. Returns whether anything was done.
    """
    if Event.objects.exists():
        return False
    with translation.override("en"), transaction.atomic():
        territories = _territories(told)
        organisations = _organisations(territories, told)
        make_accounts(organisations)
        make_contacts(organisations)
        _zones(organisations)
        _facts(territories, organisations, told)
        for edition in editions(territories):
            record_edition(edition=edition, by=BY)
            told()
        for document in DOCUMENTS:
            _example(document, territories, organisations)
            told()
        write_letters(timezone.localdate())
    return True


def _territories(told: Told) -> dict[str, Territory]:
    named = list(known_names())
    for code in dict.fromkeys(name.split("-")[0] for name in named):
        load_country(code=code, by=BY, only=None if code in WHOLE else named)
        told()
    return {territory.code: territory for territory in Territory.objects.all()}


def _organisations(territories: dict[str, Territory], told: Told) -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for row in _parents_first(list(rows("organisations"))):
        made[row["key"]] = create_organisation(
            by=BY,
            kind=row["kind"],
            seat=territories[row["seat"]],
            parent=made.get(row["parent"]),
            name_be=row["name_be"],
            name_ru=row["name_ru"],
            name_en=row["name_en"],
            short_name_be=row["short_be"],
            short_name_ru=row["short_ru"],
            short_name_en=row["short_en"],
            website=row["website"],
            is_example=row["role_note"] == "example",
            aliases=[OtherName(text) for text in row["aliases"].split("|") if text],
        )
        told()
    return made


def _zones(organisations: dict[str, Organisation]) -> None:
    """The parks that the sources name, with what they say of the legal regime."""
    for row in rows("zones"):
        zone = add_zone(organisation=organisations[row["organisation"]], by=BY)
        if row["regime_en"]:
            add_regime_term(
                zone=zone,
                by=BY,
                name_be=row["regime_be"],
                name_ru=row["regime_ru"],
                name_en=row["regime_en"],
            )


def _parents_first(waiting: list[dict[str, str]]) -> Iterable[dict[str, str]]:
    done: set[str] = {""}
    while waiting:
        ready = [row for row in waiting if row["parent"] in done]
        yield from ready
        done.update(row["key"] for row in ready)
        waiting = [row for row in waiting if row["key"] not in done]


def _facts(
    territories: dict[str, Territory], organisations: dict[str, Organisation], told: Told
) -> None:
    """The agreements that sources tell of, each with what its source says."""
    for row in rows("agreements"):
        start, end = years(row["period_from"], row["period_until"])
        signed = parse_partial(row["signed_on"]) if row["signed_on"] else None
        text: AgreementText = {
            "kind": KINDS[row["kind"]],
            "title_be": row["title_be"],
            "title_ru": row["title_ru"],
            "title_en": row["title_en"],
            "until": end,
        }
        if signed:
            text["signed_on"], text["signed_precision"] = signed.first, signed.precision
            text["in_force_from"] = start
        one = organisations.get(row["belarusian_organisation"])
        parties = [
            NewParty(one or territories[row["belarusian_territory"]]),
            NewParty(territories[row["russian_region_iso"]]),
        ]
        agreement = create_agreement(by=BY, parties=parties, **text)
        _state(agreement, row)
        told()


def _state(agreement: Agreement, row: dict[str, str]) -> None:
    said = [
        row["belarusian_party_as_stated"], row["kind_as_stated"], row["signed_as_stated"],
        row["period_as_stated"], row["status_as_stated"],
    ]  # fmt: skip
    as_stated = ", ".join(part for part in said if part)
    add_statement(agreement=agreement, by=BY, as_stated=as_stated, source=row["source"])


def _example(
    document: ExampleDocument,
    territories: dict[str, Territory],
    organisations: dict[str, Organisation],
) -> None:
    """An example document as an agreement with its programme, part of it registered as done."""
    parties = [organisations.get(key) or territories[key] for key in document.parties]
    programme, today = bring_in(document, parties, BY), timezone.localdate()
    reported = reported_on(programme, today) if document.file == PROGRAMME else []
    _register_as_done(programme, today, but=reported)
    make_reports(reported, today)
    if document.file == guests.PROGRAMME:
        guests.report_as_a_guest(programme, organisations[guests.BODY], today)
    if document.file == PROGRAMME:
        issue_example(programme, today)
        make_amendments(programme, today)
        invite_somebody(organisations["ru-bry-government"])


def _register_as_done(programme: Programme, today: date, *, but: list[Occurrence]) -> None:
    """What fell due counts as done, but for two of each that still runs: so something is late."""
    still_late = 2 if programme.end and programme.end >= today else 0
    fallen_due = Occurrence.objects.filter(programme=programme, due_on__lt=today)
    fallen_due = fallen_due.exclude(pk__in=[occurrence.pk for occurrence in but])
    fallen_due = fallen_due.prefetch_related("measure__responsibilities__organisation")
    for occurrence in fallen_due.order_by("-due_on", "pk")[still_late:]:
        settle_occurrence(
            occurrence=occurrence,
            done_on=min(occurrence.due_on + timedelta(days=_days_after(occurrence)), today),
            note=DONE[programme.language],
            by=BY,
        )


def _days_after(occurrence: Occurrence) -> int:
    """One in ten is done after its day, and of two bodies most; by chance, the same each time."""
    named = {str(body.organisation) for body in occurrence.measure.responsibilities.all()}
    often = max((OFTEN_LATE.get(name, 1) for name in named), default=1)
    chance = crc32(f"{occurrence.measure.number} {occurrence.due_on}".encode()) % 10
    return 17 if chance < often else -3
