"""A small register in which every text tells whose it is, and people of every role to read it.

A text such as `zqagrparties_title` may be shown to whoever may see what `agrparties` stands for, so
a page that holds a text which its reader may not see is found without knowing the page.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from comity.accounts.models import Invitation, User
from comity.agreements.actions import add_document, add_statement, amend_agreement
from comity.agreements.models import Agreement
from comity.audit.actions import Installation, Trail
from comity.directory.models import (
    Contact,
    Organisation,
    OrganisationKind,
    RegimeTerm,
    Residency,
    Zone,
)
from comity.forum.models import Edition
from comity.intake.models import Became, Import, ImportState
from comity.issuing.actions import issue_report
from comity.issuing.periods import period_of
from comity.post.actions import post
from comity.post.models import Mail
from comity.programmes.due import DueKind
from comity.programmes.keeping import as_json, of_measure
from comity.programmes.models import (
    AmendmentKind,
    AmendmentState,
    Measure,
    MeasureAmendment,
    Occurrence,
    Programme,
    Responsibility,
    Section,
)
from comity.reminders.models import ProgrammeLadder
from comity.reporting.actions import (
    accept_report,
    add_file,
    return_report,
    save_report,
    start_report,
    submit_report,
)
from comity.reporting.content import Content
from comity.reporting.models import OneTimeLink, Outcome, Report, ReportingPeriod
from comity.search.indexing import reindex
from tests.factories import (
    a_country,
    a_measure,
    a_person,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)
from tests.intake.documents import a_draft

VISIBILITIES = ("public", "parties", "internal")
ROLES = ("observer", "reporter", "verifier", "coordinator", "administrator", "auditor")
INSTALLATION = Installation()
#: A word that stands in every title, to look for.
COMMON = "Kirmash"
DAY = datetime.date(2024, 5, 20)


@dataclass
class World:
    """Records by what they are and their visibility (“” where it has none), and the readers."""

    records: dict[str, dict[str, Any]]
    readers: dict[str, User | None]


def a_world(folder: Path) -> World:
    records: dict[str, dict[str, Any]] = {}
    with transaction.atomic():
        _common(records)
        for visibility in VISIBILITIES:
            for what, record in _of(visibility, records, folder).items():
                records.setdefault(what, {})[visibility] = record
        _carry_out_an_internal_agreement(records["programme"]["public"], records)
    readers = _readers(records)
    reindex()
    return World(records, readers)


def _common(records: dict[str, dict[str, Any]]) -> None:
    """What is open to everybody, but for the people."""
    here, there = a_region("BY-HO"), a_region("RU-BRY")
    authority = an_organisation(f"{COMMON} authority", here)
    park = an_organisation(f"{COMMON} park", here)
    enterprise = an_organisation(
        f"{COMMON} works", a_region("BY-MA"), kind=OrganisationKind.ENTERPRISE
    )
    zone = Zone.objects.create(organisation=park)
    contact = Contact.objects.create(
        organisation=authority,
        name_en="zqcontact_name",
        post_en="zqcontact_post",
        phone="zqcontact_phone",
        email="zqcontact_mail@example.org",
    )
    member = somebody("observer", within=authority)
    User.objects.filter(pk=member.pk).update(email="zqmember_@example.org", name="")
    records |= {
        "territory": {"": here},
        "country": {"": a_country("BY")},
        "partner": {"": there},
        "authority": {"": authority},
        "enterprise": {"": enterprise},
        "park": {"": park},
        "zone": {"": zone},
        "term": {"": RegimeTerm.objects.create(zone=zone, name_en="Term")},
        "residency": {"": Residency.objects.create(zone=zone, resident=enterprise)},
        "contact": {"": contact},
        "letter": {"": _a_letter()},
        "people of the whole": {"": {"kind": "whole", "number": 0}},
        "people of authority": {"": {"kind": "organisation", "number": authority.pk}},
        "person of authority": {
            "": {"kind": "organisation", "number": authority.pk, "pk": member.pk}
        },
        "edition": {
            "": Edition.objects.create(
                number=1, start=DAY, end=DAY, host=here, place_en="Homiel", theme_en=COMMON
            )
        },
    }
    _note("test.filled", authority, park, enterprise, zone, contact)


def _a_letter() -> Mail:
    return post(
        key="zqletter_key", to="zqletter_to@example.org", subject="zqletter_subject",
        body="zqletter_body", language="en", kind="digest",
    )  # fmt: skip


def _note(verb: str, *records: Any, reason: str = "") -> None:
    trail = Trail(verb, INSTALLATION, reason)
    trail.created(*records)
    trail.record()


def _of(visibility: str, records: dict[str, dict[str, Any]], folder: Path) -> dict[str, Any]:
    """An agreement, a programme and documents of one visibility, each with all that hangs on it."""
    agreement, document = _an_agreement(visibility, records)
    programme = a_programme(
        agreement,
        visibility=visibility,
        title_en=f"{COMMON} zqpro{visibility}_title",
        start=DAY.replace(month=1, day=1),
        end=DAY.replace(month=12, day=31),
    )
    section = Section.objects.create(
        programme=programme, title=f"zqpro{visibility}_section", position=1
    )
    measure = a_measure(
        programme,
        section=section,
        number=f"zqpro{visibility}_number",
        title_en=f"{COMMON} zqpro{visibility}_measure",
        due_kind=DueKind.DATE,
        due_end=DAY,
        due_text=f"zqpro{visibility}_deadline",
        expected_result=f"zqpro{visibility}_result",
        funding_text=f"zqpro{visibility}_money",
        next_due=DAY,
        next_opens=DAY,
    )
    Responsibility.objects.create(measure=measure, text=f"zqpro{visibility}_body")
    open_one = Occurrence.objects.create(
        measure=measure, programme=programme, opens_on=DAY, due_on=DAY
    )
    done = Occurrence.objects.create(
        measure=measure,
        programme=programme,
        opens_on=DAY,
        due_on=DAY.replace(month=6),
        done_on=DAY,
        done_note=f"zqpro{visibility}_note",
    )
    proposed = MeasureAmendment.objects.create(
        programme=programme,
        measure=measure,
        kind=AmendmentKind.CHANGE,
        state=AmendmentState.PROPOSED,
        was=as_json(of_measure(measure)),
        new=as_json(of_measure(measure)) | {"number": f"zqchange{visibility}_number"},
        from_version=measure.version,
        reason=f"zqchange{visibility}_reason",
        side="RU",
        proposed_by_name=f"zqmember_{visibility}",
    )
    _note("test.proposed", proposed, reason=f"zqchange{visibility}_why")
    reports = _reports(measure, records["authority"][""], f"zqrep{visibility}")
    issued = issue_report(
        programme=programme, period=period_of(str(DAY.year)), language="en", by=INSTALLATION
    )
    grantee = somebody("observer", within=programme)
    User.objects.filter(pk=grantee.pk).update(email=f"zqgrantee{visibility}_@example.org", name="")
    _note("test.planned", programme, measure, open_one, reason=f"zqpro{visibility}_reason")
    return {
        "agreement": agreement,
        "amendment": agreement.amendments.get(),
        "document": document,
        "programme": programme,
        "section": section,
        "measure": measure,
        "proposed": proposed,
        "open": open_one,
        "done": done,
        "followed programme": {"kind": "programme", "pk": programme.pk},
        "period": ReportingPeriod.objects.create(
            programme=programme, start=DAY.replace(month=1, day=1), end=DAY
        ),
        "ladder": ProgrammeLadder.objects.create(programme=programme),
        "one-time link": OneTimeLink.objects.create(
            occurrence=reports["reported"],
            email=f"zqrep{visibility}_guest@example.org",
            sha256=visibility,
            expires_at=timezone.now() + datetime.timedelta(days=3),
        ),
        **reports,
        "people of programme": {"kind": "programme", "number": programme.pk},
        "person of programme": {"kind": "programme", "number": programme.pk, "pk": grantee.pk},
        "grantee": grantee,
        "invitation": Invitation.objects.create(
            email=f"zqgrantee{visibility}_invited@example.org",
            scope="programme",
            number=programme.pk,
            role="observer",
            language="en",
            sha256=visibility,
            invited_by_name=f"zqmember_{visibility}",
            expires_at=timezone.now() + datetime.timedelta(days=3),
        ),
        "issued": issued,
        "issued file": issued.files.get(format="docx"),
        "import": _taken_in(programme, visibility, folder),
        **_a_draft(programme, visibility, folder),
    }


def _reports(measure: Measure, body: Organisation, own: str) -> dict[str, Any]:
    """A draft, one that waits, one returned and one accepted, each with evidence of its own."""
    made = {}
    for place, stage in enumerate(("draft", "waiting", "returned", "accepted")):
        occurrence = Occurrence.objects.create(
            measure=measure,
            programme=measure.programme,
            opens_on=DAY,
            due_on=DAY.replace(day=21 + place),
        )
        by = somebody("coordinator")
        User.objects.filter(pk=by.pk).update(name=f"zqmember_{own}")
        by.refresh_from_db()
        told = f"{own}{'draft' if stage == 'draft' else 'accepted' if stage == 'accepted' else ''}"
        made[stage] = _a_report(occurrence, stage, f"{told}_told", by)
    evidence = made["accepted"].evidence.get()
    return {
        **{f"{stage} report": report for stage, report in made.items()},
        "evidence": evidence,
        "reported": made["accepted"].occurrence,
    }


def _a_report(occurrence: Occurrence, stage: str, told: str, by: User) -> Report:
    report = start_report(occurrence=occurrence, side="", by=by)
    content = Content(outcome=Outcome.UNDER_WAY, told=told, difficulties=told)
    report = save_report(report=report, content=content, expected_version=report.version, by=by)
    piece = add_file(
        report=report, expected_version=report.version, content=b"%PDF-1.7 " + told.encode(),
        name=f"{told}.pdf", by=by,
    )  # fmt: skip
    report = piece.report
    if stage == "draft":
        return report
    report = submit_report(report=report, expected_version=report.version, by=by)
    if stage == "returned":
        return return_report(
            report=report, expected_version=report.version, by=INSTALLATION, reason=told
        )
    if stage == "accepted":
        return accept_report(report=report, expected_version=report.version, by=INSTALLATION)
    return report


def _an_agreement(visibility: str, records: dict[str, dict[str, Any]]) -> tuple[Agreement, Any]:
    own = f"zqagr{visibility}"
    agreement = an_agreement(
        records["territory"][""],
        records["partner"][""],
        visibility=visibility,
        title_en=f"{COMMON} {own}_title",
        number=f"{own}_number",
        signed_at=f"{own}_town",
        signed_on=DAY,
        in_force_from=DAY,
        until=DAY.replace(year=timezone.localdate().year + 1),
    )
    agreement.parties.update(signatory_name=f"{own}_name", signatory_post=f"{own}_post")
    agreement.cooperation_fields.create(field="trade")
    _note("test.signed", agreement, reason=f"{own}_reason")
    amend_agreement(
        agreement=agreement,
        by=INSTALLATION,
        expected_version=agreement.version,
        signed_on=DAY,
        in_force_from=DAY,
        title_en=f"{own}_amendment",
        changes={},
    )
    add_statement(
        agreement=agreement,
        by=INSTALLATION,
        as_stated=f"{own}_statement",
        source=f"https://example.org/{own}_source",
    )
    document = add_document(
        agreement=agreement,
        by=INSTALLATION,
        content=f"%PDF-1.7 {own}_content".encode(),
        name=f"{own}_file.pdf",
        kind="text",
        language="en",
    )
    return agreement, document


def _taken_in(programme: Programme, visibility: str, folder: Path) -> Import:
    """A document that the measures of the programme came from."""
    own = f"zqpro{visibility}"
    document = _brought_in(own, folder)
    document.rows.update(measure=programme.measures.get(), became=Became.ADDED)
    document.programme, document.state = programme, ImportState.COMMITTED
    document.settled_at = timezone.now()
    document.save()
    return document


def _a_draft(programme: Programme, visibility: str, folder: Path) -> dict[str, Any]:
    """A document that is to amend the programme, with a row and a body of it."""
    own = f"zqdraft{visibility}"
    document = _brought_in(own, folder)
    document.amends = programme
    document.save()
    return {"draft": document, "row": document.rows.get(), "body": document.bodies.get()}


def _brought_in(own: str, folder: Path) -> Import:
    """Read from a file by somebody who is known by an e-mail address only."""
    by = somebody("coordinator")
    by.name, by.email = "", f"zqmember_{own}@example.org"
    by.save()
    return a_draft(folder, _rows(own), by=by, title=f"{own}_read", name=f"{own}_file.csv")


def _rows(own: str) -> list[tuple[str, ...]]:
    return [("1", f"Провести {own}_row", "II квартал 2018 г.", f"{own}_body", "", f"{own}_result")]


def _carry_out_an_internal_agreement(
    programme: Programme, records: dict[str, dict[str, Any]]
) -> None:
    """A public programme may carry out an agreement that few may see."""
    programme.agreement = records["agreement"]["internal"]
    programme.save()
    _note("test.carries_out", programme)


def _readers(records: dict[str, dict[str, Any]]) -> dict[str, User | None]:
    """People by their role: nobody, without one, elsewhere, in a party, a programme, the whole."""
    within = {
        "party": records["authority"][""],
        "programme": records["programme"]["internal"],
        "whole": None,
    }
    return {
        "nobody": None,
        "stranger": a_person(),
        "outsider": somebody("coordinator", within=records["enterprise"][""]),
        **{
            f"{place}.{role}": somebody(role, within=where)
            for place, where in within.items()
            for role in ROLES
        },
    }
