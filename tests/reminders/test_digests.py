"""The words of a digest, in each language, and where its links lead."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from comity.accounts.models import User
from comity.post.models import Mail
from comity.programmes.models import Occurrence
from comity.reminders import digests
from comity.reminders.actions import remind
from comity.reporting.models import Report
from tests.reporting.pages import signed_in
from tests.reporting.world import DUE, two_sides

pytestmark = pytest.mark.django_db

ENGLISH = """\
Good day, {name}!

LATE

• 31 May 2018 (7 days late) · Region BY-HO
  {what}
  {programme}
  http://localhost:8000/reminders/form/{pk}/BY/

All that you have to do:
http://localhost:8000/work/

How often you are written to is up to you:
http://localhost:8000/reminders/mine/
"""


def letter(language: str, days: int) -> Mail:
    world = two_sides()
    person = world.reporters["BY"]
    person.language = language
    person.save()
    remind(day=DUE + timedelta(days=days))
    return Mail.objects.get(to=person.email)


def test_in_english() -> None:
    mail = letter("en", 7)
    name = User.objects.get(email=mail.to)
    occurrence = Occurrence.objects.get()
    assert (mail.subject, mail.language, mail.kind) == ("Reports that are late: 1", "en", "digest")
    assert mail.body == ENGLISH.format(
        name=name,
        pk=occurrence.pk,
        what=f"{occurrence.measure.number} {occurrence.measure.title}".strip(),
        programme="Region BY-HO × Region RU-BRY",
    )


@pytest.mark.parametrize(
    ("language", "days", "subject", "words"),
    [
        ("be", 7, "Пратэрмінаваныя справаздачы: 1", ["Добры дзень", "31 мая 2018", "7 дзён"]),
        ("ru", 7, "Просроченные отчёты: 1", ["Здравствуйте", "31 мая 2018", "7 дней"]),
        (
            "be",
            -7,
            "Справаздачы, тэрмін якіх набліжаецца: 1",
            ["праз 7 дзён", "ТЭРМІН НАБЛІЖАЕЦЦА"],
        ),
        ("ru", 0, "Отчёты, срок которых приближается: 1", ["сегодня", "СРОК ПРИБЛИЖАЕТСЯ"]),
    ],
)
def test_in_the_language_of_the_person(
    language: str, days: int, subject: str, words: list[str]
) -> None:
    mail = letter(language, days)
    assert (mail.subject, mail.language) == (subject, language)
    assert [word for word in words if word not in mail.body] == []


def test_what_is_too_long_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "MOST", 0)
    assert "and 1 more" in letter("en", 0).body


def test_a_link_opens_the_form_after_sign_in() -> None:
    world = two_sides()
    remind(day=DUE)
    body = Mail.objects.get(to=world.reporters["BY"].email).body
    path = next(line for line in body.splitlines() if "/form/" in line).strip()
    path = path.removeprefix("http://localhost:8000")
    asked: Any = Client().get(path)
    assert asked.url == f"{reverse('account_login')}?next={path}"
    client = signed_in(world.reporters["BY"])
    opened = client.get(path)
    assert "data-at-once" in opened.content.decode()
    assert not Report.objects.exists()
    begun: Any = client.post(reverse("reporting:start", args=[world.occurrence.pk]), {"side": "BY"})
    again: Any = client.get(path)
    assert again.url == begun.url == reverse("reporting:write", args=[Report.objects.get().pk])


def test_a_link_to_what_was_reported_meanwhile_shows_it() -> None:
    world = two_sides()
    world.submitted("BY")
    path = reverse("reminders:form", args=[world.occurrence.pk, "BY"])
    seen: Any = signed_in(world.reporters["BY"]).get(path)
    assert seen.url == reverse("reporting:occurrence", args=[world.occurrence.pk])
