"""What a person does on the pages of reports, in few words."""

from html import unescape
from re import sub
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from comity.accounts.models import User
from comity.reporting.models import Report

FILLED = {
    "outcome": "done", "done_on": "2018-05-20", "told": "The exhibition was held.", "figure": "",
    "spent_amount": "", "spent_currency": "", "difficulties": "", "help_wanted": "",
    "language": "en", "link": "", "caption": "",
}  # fmt: skip


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(response: HttpResponse) -> str:
    """The text of a page, its markup and line breaks taken out."""
    text = sub(r"<(script|style)[^>]*>.*?</\1>", " ", response.content.decode(), flags=16)
    return " ".join(unescape(sub(r"<[^>]+>", " ", text)).split())


def page(client: Client, name: str, pk: int, **headers: str) -> HttpResponse:
    return client.get(reverse(f"reporting:{name}", args=[pk]), headers=headers)


def send(client: Client, name: str, pk: int, **fields: Any) -> HttpResponse:
    return client.post(reverse(f"reporting:{name}", args=[pk]), fields)


def write(client: Client, report: Report, do: str = "submit", **fields: Any) -> HttpResponse:
    report.refresh_from_db()
    filled = {**FILLED, "version": report.version, "do": do, **fields}
    return send(client, "write", report.pk, **filled)
