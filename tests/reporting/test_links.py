"""Somebody without an account reports once, by a link that nobody guesses or uses twice."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from comity.accounts.models import Role
from comity.audit.actions import Installation
from comity.audit.models import Event
from comity.post.models import Mail, State
from comity.post.sending import send_due
from comity.reporting.actions import (
    accept_report,
    let_report,
    make_link,
    return_report,
    take_link_away,
)
from comity.reporting.models import OneTimeLink, Report, Stage
from comity.reporting.rules import can_verify
from tests.factories import a_coordinator, somebody
from tests.reporting.pages import FILLED, page, send, signed_in, words
from tests.reporting.world import World, two_sides

pytestmark = pytest.mark.django_db


def a_link(world: World, side: str = "BY", days: int = 7) -> str:
    return make_link(
        occurrence=world.occurrence, side=side, email="plant@example.org", days=days,
        by=a_coordinator(),
    )[1]  # fmt: skip


def address(secret: str) -> str:
    return f"/reports/by-link/{secret}/"


def fill(secret: str, do: str = "submit", **fields: Any) -> HttpResponse:
    report = Report.objects.get(side="BY")
    return Client().post(address(secret), {**FILLED, "version": report.version, "do": do, **fields})


def test_a_guest_reports_once() -> None:
    world = two_sides(visibility="internal")
    secret = a_link(world)
    opened = words(Client().get(address(secret)))
    assert "Report on what is due on 31 May 2018" in opened
    kept = fill(secret, "save", told="Half a sentence")
    assert kept.headers["Location"] == address(secret)
    assert "Half a sentence" in words(Client().get(address(secret)))
    done = fill(secret)
    assert done.headers["Location"].partition("?")[0] == "/reports/by-link/thanks/"
    report = Report.objects.get()
    assert (report.stage, report.side, report.submitted_by) == (Stage.SUBMITTED, "BY", None)
    assert report.steps.get().by_name == "plant@example.org"
    again = Client().get(address(secret))
    assert again.status_code == 404
    assert "This link does not work, or not any more" in words(again)
    assert fill(secret).status_code == 404
    accept_report(report=report, expected_version=report.version, by=world.verifiers["BY"])


def test_what_a_guest_types_is_kept_by_itself() -> None:
    world = two_sides()
    secret = a_link(world)
    Client().get(address(secret))
    answer = Client().post(
        f"{address(secret)}save/", {"version": 1, "told": "So far", "outcome": "", "language": "en"}
    )
    assert answer.headers["Comity-Kept"] == "yes"
    assert Report.objects.get().told == "So far"


def test_a_guest_writes_numbers_as_anybody_does() -> None:
    world = two_sides()
    secret = a_link(world)
    Client().get(address(secret))
    fill(secret, "save", figure="9,5", spent_amount="12 500,50", spent_currency="BYN")
    report = Report.objects.get()
    assert (report.figure, report.spent_amount) == (Decimal("9.5"), Decimal("12500.50"))


def test_a_guest_does_nothing_else() -> None:
    world = two_sides()
    secret = a_link(world, "BY")
    Client().get(address(secret))
    other = world.draft("RU")
    client = Client()
    client.get(address(secret))
    assert send(client, "save", other.pk, version=1, told="x").status_code == 401
    assert page(client, "write", other.pk).status_code == 302
    assert "_auth_user_id" not in client.session


def test_links_that_are_over_look_like_ones_that_never_were() -> None:
    world = two_sides()
    used, over = a_link(world), a_link(world, "RU")
    OneTimeLink.objects.filter(side="RU").update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(address(used)).status_code == 200
    fill(used)
    ended = a_link(two_sides())
    take_link_away(link=OneTimeLink.objects.latest("pk"), by=a_coordinator())
    answers = [Client().get(address(secret)) for secret in (used, over, ended, "never-was")]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({words(answer) for answer in answers}) == 1


def test_a_new_link_ends_the_one_before() -> None:
    world = two_sides()
    first, second = a_link(world), a_link(world)
    assert Client().get(address(first)).status_code == 404
    assert Client().get(address(second)).status_code == 200


def test_with_the_link_that_is_used_all_others_of_its_address_end() -> None:
    world = two_sides()
    asked = [
        (world.occurrence.pk, side, email)
        for side, email in (
            ("BY", "plant@example.org"), ("BY", "Plant@example.org"),
            ("BY", "mill@example.org"), ("RU", "plant@example.org"),
        )
    ]  # fmt: skip
    secrets = let_report(asked=asked, by=Installation())
    Client().post(address(secrets[0]))
    fill(secrets[0])
    report = Report.objects.get()
    return_report(
        report=report, expected_version=report.version, by=world.verifiers["BY"], reason="No."
    )
    answers = [Client().get(address(secret)).status_code for secret in secrets]
    assert answers == [404, 404, 200, 200]
    entries = Event.objects.get(verb="report.link_used").entries
    assert entries.count() == 2


def test_a_link_is_over_once_somebody_else_submitted() -> None:
    world = two_sides()
    secret = a_link(world)
    world.submitted("BY")
    assert Client().get(address(secret)).status_code == 404
    with pytest.raises(ValidationError, match="This side reported already"):
        a_link(world)


def test_only_what_a_secret_hashes_to_is_kept() -> None:
    secret = a_link(two_sides())
    kept = OneTimeLink.objects.get()
    assert len(secret) >= 40
    assert secret not in str(vars(kept))
    told = [str(entry.changes) for entry in Event.objects.latest("seq").entries.all()]
    assert not any(secret in text or kept.sha256 in text for text in told)


def test_whoever_may_not_report_makes_no_link() -> None:
    world = two_sides()
    strangers = [world.reporters["RU"], world.verifiers["BY"], somebody(Role.AUDITOR)]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            make_link(
                occurrence=world.occurrence, side="BY", email="a@example.org", days=3, by=stranger
            )


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"days": 0}, "days"), ({"days": 61}, "days"), ({"email": "nonsense"}, "email")],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any], field: str) -> None:
    world = two_sides()
    said = {"side": "BY", "email": "a@example.org", "days": 3, **fields}
    with pytest.raises(ValidationError) as refused:
        make_link(occurrence=world.occurrence, by=a_coordinator(), **said)
    assert set(refused.value.message_dict) == {field}


def test_nothing_is_asked_where_it_is_settled() -> None:
    world = two_sides()
    world.accepted("BY")
    world.accepted("RU")
    with pytest.raises(ValidationError, match="any more"):
        a_link(world)


def test_the_link_is_mailed_and_shown_once() -> None:
    world = two_sides()
    client = signed_in(world.reporters["BY"])
    assert "Let somebody report without an account" in words(
        page(client, "occurrence", world.occurrence.pk)
    )
    made = send(client, "links", world.occurrence.pk, side="BY", email="plant@example.org", days=14)
    assert "The link is on its way to plant@example.org" in words(made)
    secret = made.content.decode().split("by-link/")[1].split("/")[0]
    assert Client().get(address(secret)).status_code == 200
    send_due()
    letter = mail.outbox[0]
    assert letter.to == ["plant@example.org"]
    assert letter.subject == "Report on a measure, due on 31 May 2018"
    assert f"http://testserver{address(secret)}" in letter.body
    later = page(client, "links", world.occurrence.pk)
    assert secret not in later.content.decode()
    send(client, "take_link_away", OneTimeLink.objects.get().pk)
    assert Client().get(address(secret)).status_code == 404


def test_a_mail_server_that_is_down_loses_no_link(settings: Any) -> None:
    settings.EMAIL_BACKEND = "comity.post.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    world = two_sides()
    made = send(
        signed_in(a_coordinator()), "links", world.occurrence.pk,
        side="RU", email="plant@example.org", days=14,
    )  # fmt: skip
    send_due()
    assert (Mail.objects.get().state, Mail.objects.get().private) == (State.QUEUED, True)
    secret = made.content.decode().split("by-link/")[1].split("/")[0]
    assert Client().get(address(secret)).status_code == 200


@pytest.mark.parametrize("address_of", ["verifier", "another"])
def test_nobody_accepts_their_own_word_by_a_link_either(address_of: str) -> None:
    world = two_sides()
    verifier = world.verifiers["BY"]
    email = verifier.email.upper() if address_of == "verifier" else "guest@example.org"
    by = world.reporters["BY"]
    _link, secret = make_link(occurrence=world.occurrence, side="BY", email=email, days=3, by=by)
    fill(secret)
    report = Report.objects.get()
    assert report.stage == Stage.SUBMITTED
    assert can_verify(verifier, report) == (address_of == "another")
    send(signed_in(verifier), "accept", report.pk, version=report.version)
    report.refresh_from_db()
    assert (report.stage == Stage.ACCEPTED) == (address_of == "another")


def test_who_made_the_link_does_not_accept_what_came_by_it() -> None:
    world, maker = two_sides(), a_coordinator()
    _link, secret = make_link(
        occurrence=world.occurrence, side="BY", email="guest@example.org", days=3, by=maker
    )
    fill(secret)
    report = Report.objects.get()
    answer = send(signed_in(maker), "accept", report.pk, version=report.version)
    assert answer.status_code == 403
    with pytest.raises(PermissionDenied, match="or made the link by which it was submitted"):
        accept_report(report=report, expected_version=report.version, by=maker)
    report.refresh_from_db()
    may_verify = [can_verify(by, report) for by in (maker, a_coordinator(), world.verifiers["BY"])]
    assert (report.stage, may_verify) == (Stage.SUBMITTED, [False, True, True])


def test_who_made_a_link_that_was_not_used_decides_as_anybody_else() -> None:
    world, maker = two_sides(), a_coordinator()
    make_link(occurrence=world.occurrence, side="BY", email="guest@example.org", days=3, by=maker)
    take_link_away(link=OneTimeLink.objects.get(), by=maker)
    (secret,) = let_report(
        asked=[(world.occurrence.pk, "BY", "guest@example.org")], by=Installation()
    )
    Client().post(address(secret))
    fill(secret)
    report = Report.objects.get()
    assert can_verify(maker, report)
    accept_report(report=report, expected_version=report.version, by=maker)


def test_the_letter_goes_in_the_language_that_is_chosen_or_that_the_side_reads() -> None:
    world, coordinator = two_sides(language="be"), a_coordinator()
    sent = []
    for by, side, chosen in (
        (world.reporters["RU"], "RU", "ru"),
        (world.reporters["BY"], "BY", "en"),
        (coordinator, "RU", ""),
        (coordinator, "BY", ""),
    ):
        client = signed_in(by)
        form = page(client, "links", world.occurrence.pk).context["form"]
        fields = {"side": side, "email": "plant@example.org", "days": 14, "language": chosen}
        send(client, "links", world.occurrence.pk, **fields)
        letter = Mail.objects.latest("pk")
        sent.append((form.initial["language"], letter.language, letter.subject))
    assert sent == [
        ("ru", "ru", "Отчёт о выполнении мероприятия, срок — 31 мая 2018 г."),
        ("be", "en", "Report on a measure, due on 31 May 2018"),
        ("", "ru", "Отчёт о выполнении мероприятия, срок — 31 мая 2018 г."),
        ("", "be", "Справаздача аб выкананні мерапрыемства, тэрмін — 31 мая 2018 г."),
    ]
