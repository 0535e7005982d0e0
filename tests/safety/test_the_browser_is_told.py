"""What protects whoever reads with a browser: headers, cookies, tokens, sessions, downloads."""

import csv
import io
import os
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html
from openpyxl import load_workbook

from comity.agreements.actions import add_document
from comity.audit.actions import Installation
from comity.files.actions import plain_name
from comity.lib.spreadsheets import comma_separated, excel
from comity.programmes.exports import table
from comity.programmes.models import Measure
from comity.programmes.queries.lists import in_rows
from comity.programmes.standing import rows_of
from tests.factories import a_coordinator, a_measure, a_programme, an_agreement
from tests.safety.addresses import ROWS
from tests.safety.test_every_address import asked
from tests.safety.world import DAY, World, a_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_reading", "written_once")]

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'",
    "base-uri 'none'", "manifest-src 'self'",
}  # fmt: skip
PAGES = ("/", "/agreements/", "/search/?q=x", "/account/login/", "/nothing-here/", "/healthz/")


@pytest.fixture
def world(tmp_path: Any) -> World:
    caches["default"].clear()
    return a_world(tmp_path)


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_rules_of_the_house(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.apart
@pytest.mark.unmeasured
def test_nothing_is_written_without_a_token(world: World) -> None:
    """The check comes before the view, so it holds for every address that takes something."""
    client = Client(enforce_csrf_checks=True)
    person = world.readers["whole.administrator"]
    assert person is not None
    client.force_login(person)
    answers = {
        row.address: client.post(path).status_code
        for row, _visibility, path in asked(world)
        if row.write not in ("-", "not there")
    }
    assert answers == dict.fromkeys(answers, 403)
    assert set(answers) == {row.address for row in ROWS if row.write not in ("-", "not there")}


@pytest.mark.apart
@pytest.mark.unmeasured
def test_no_page_has_a_script_or_a_style_of_its_own(world: World) -> None:
    client, inline = Client(), []
    person = world.readers["whole.administrator"]
    assert person is not None
    client.force_login(person)
    for row, _visibility, path in asked(world):
        response: Any = client.get(path)
        if response.streaming:
            b"".join(response.streaming_content)
        elif "text/html" in response.headers["Content-Type"] and response.content.strip():
            inline += [f"{row.address}: {what}" for what in inline_in(response.content.decode())]
    assert inline == []


def inline_in(page: str) -> list[str]:
    """Scripts, styles and event attributes that the policy would stop."""
    tree = html.fromstring(page)
    scripts = [
        script
        for script in tree.iter("script")
        if not script.get("src") and script.get("type") != "application/json"
    ]
    styled = [e for e in tree.iter() if isinstance(e.tag, str) and ("style" in e.attrib)]
    acting = [
        name for e in tree.iter() if isinstance(e.tag, str) for name in e.attrib
        if name.startswith("on")
    ]  # fmt: skip
    jumps = [e for e in tree.iter("a") if (e.get("href") or "").lower().startswith("javascript:")]
    found = (("script", scripts), ("style", [*tree.iter("style"), *styled]), ("event", acting))
    return [name for name, elements in (*found, ("javascript:", jumps)) for _element in elements]


# ── sessions ────────────────────────────────────────────────────────────────────────────────


def signed_in(client: Client, *, next_page: str = "") -> Any:
    person = a_coordinator()
    return client.post(
        "/account/login/", {"login": person.email, "password": "pass", "next": next_page}
    )


def test_signing_in_changes_the_session(client: Client) -> None:
    caches["default"].clear()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    assert planted is not None
    client.cookies[settings.SESSION_COOKIE_NAME] = planted
    assert signed_in(client).status_code == 302
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_a_session_that_ended_elsewhere_is_over_here(client: Client) -> None:
    """Another process of the server, which shares nothing but the database, signed them out."""
    client.force_login(a_coordinator())
    assert client.get("/account/profile/").status_code == 200
    Session.objects.all().delete()
    assert client.get("/account/profile/").status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere(client: Client, elsewhere: str) -> None:
    caches["default"].clear()
    assert signed_in(client, next_page=elsewhere).headers["Location"] == "/work/"
    changed = client.post("/language/", {"language": "be", "next": elsewhere})
    assert changed.headers["Location"] == "/"


def test_guessing_passwords_comes_to_an_end(client: Client) -> None:
    caches["default"].clear()
    person = a_coordinator()
    guess = {"login": person.email, "password": "guessed"}
    told = [client.post("/account/login/", guess).content.decode() for _ in range(6)]
    assert ["Too many failed login attempts" in page for page in told] == [False] * 5 + [True]
    right = client.post("/account/login/", {"login": person.email, "password": "pass"})
    assert "Too many failed login attempts" in right.content.decode()


def test_failures_are_counted_by_all_processes_together() -> None:
    assert "locmem" not in settings.CACHES["default"]["BACKEND"]


# ── outside the demo ────────────────────────────────────────────────────────────────────────

FOR_REAL = """
import django
from django.conf import settings
django.setup()
from django.test import Client
answer = Client().get("/account/login/", secure=True, headers={"Host": "comity.example.org"})
cookie = answer.cookies["csrftoken"]
print(answer.headers["Strict-Transport-Security"], bool(cookie["secure"]), bool(cookie["httponly"]))
print(cookie["samesite"], settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY)
print(Client().get("/healthz/", headers={"Host": "comity.example.org"}).headers["Location"])
print(Client().get("/healthz/", secure=True, headers={"Host": "evil.example"}).status_code)
"""


def test_outside_the_demo_everything_goes_over_https(tmp_path: Any) -> None:
    kept = {
        name: text for name, text in os.environ.items() if not name.startswith(("COMITY", "COV"))
    }
    own = {
        "DJANGO_SETTINGS_MODULE": "comity.settings",
        "COMITY_DATA": str(tmp_path),
        "COMITY_SECRET_KEY": "a" * 20 + "b" * 30,
        "COMITY_HOSTS": "comity.example.org",
        "COMITY_DEBUG": "1",
    }
    told = subprocess.run(
        [sys.executable, "-c", FOR_REAL],
        env={**kept, **own}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.stdout.splitlines() == [
        "max-age=31536000; includeSubDomains True True",
        "Lax True True",
        "https://comity.example.org/healthz/",
        "400",
    ]


# ── downloads ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", 'attachment; filename="passwd.pdf"'),
        ("C:\\temp\\a.pdf", 'attachment; filename="a.pdf"'),
        ('a"; filename="b.html.pdf', 'attachment; filename="a_; filename=_b.html.pdf"'),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="a__Set-Cookie_ x=1.pdf"'),
        ("x.html", 'attachment; filename="x.html.pdf"'),
        (
            "Дагавор.pdf",
            "attachment; filename*=utf-8''%D0%94%D0%B0%D0%B3%D0%B0%D0%B2%D0%BE%D1%80.pdf",
        ),
    ],
)
def test_a_download_is_saved_under_a_harmless_name(client: Client, name: str, kept: str) -> None:
    document = add_document(
        agreement=an_agreement(), by=Installation(), content=b"%PDF-1.7 <script>", name=name,
        kind="text", language="en",
    )  # fmt: skip
    answer = downloaded(client, f"/agreements/documents/{document.pk}/")
    assert answer.headers["Content-Disposition"] == kept
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def downloaded(client: Client, path: str) -> Any:
    answer: Any = client.get(path)
    assert b"".join(answer.streaming_content)
    return answer


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.html", b"<html><script>alert(1)</script>"),
        ("a.pdf", b"<html><script>alert(1)</script>"),
        ("a.docm", b"PK\x03\x04"),
        ("a.exe", b"MZ"),
    ],
)
def test_what_a_browser_would_run_is_not_taken_in(
    client: Client, name: str, content: bytes
) -> None:
    agreement = an_agreement()
    client.force_login(a_coordinator())
    answer = client.post(
        f"/agreements/{agreement.pk}/documents/add/",
        {"file": SimpleUploadedFile(name, content), "kind": "text", "language": "en"},
    )
    assert answer.status_code == 200
    assert agreement.documents.count() == 0


def test_the_document_of_an_import_is_only_ever_saved(world: World) -> None:
    answer = downloaded(Client(), f"/intake/{world.records['import']['public'].pk}/file/")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="zqpropublic_file.csv"'
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_name_keeps_nothing_that_a_system_acts_on() -> None:
    assert plain_name("..\\..\\a\0b\n.txt") == "a_b_.txt"
    assert plain_name("...") == "file"
    assert plain_name("") == "file"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_text_of_an_export_is_a_formula(sign: str) -> None:
    evil = f"{sign}HYPERLINK(0)"
    programme = a_programme(start=DAY, end=DAY)
    a_measure(
        programme, number=evil, title_en=evil, due_text=evil, expected_result=evil,
        funding_text=evil,
    ).responsibilities.create(text=evil)  # fmt: skip
    rows = rows_of(in_rows(Measure.objects.filter(programme=programme)), DAY)
    _head, cells = csv.reader(io.StringIO(comma_separated(table(programme, rows)), newline=""))
    assert [cell for cell in cells if cell.startswith(sign)] == []
    assert cells.count(f"'{evil}") == 6
    sheet = load_workbook(io.BytesIO(excel(table(programme, rows)))).active
    assert sheet is not None
    assert {cell.data_type for cell in sheet[2] if "HYPERLINK" in str(cell.value)} == {"s"}
