"""The exported files, opened again."""

import csv
import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from comity.programmes.models import Programme
from comity.programmes.rows import NewBody
from tests.factories import a_country, a_programme
from tests.programmes.rows import MAY_2018, a_row, with_measures

pytestmark = pytest.mark.django_db

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "https://example.org", "'quoted"]


def a_full_programme() -> Programme:
    a_country("BY")
    programme = a_programme(title_en="Plan")
    with_measures(
        a_row("Hold an exhibition", number="1.1", section="Trade", due=MAY_2018,
              due_text="май 2018 г.", expected_result="12 contracts", funding_text="150 тыс.",
              funding_amount=Decimal("150000.50"), funding_currency="BYN",
              bodies=(NewBody("Минпром", "BY"), NewBody("Other"))),
        *(a_row(text, number="2") for text in DANGEROUS),
        programme=programme,
    )  # fmt: skip
    return programme


def workbook(client: Client, programme: Programme) -> Any:
    answer = client.get(reverse("programmes:excel", args=[programme.pk]))
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="programme-{programme.pk}.xlsx"'
    )
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_workbook_has_real_days_and_amounts(client: Client) -> None:
    sheet = workbook(client, a_full_programme()).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == [
        "No.", "Section", "Measure", "Deadline", "from", "until", "Deadline as written",
        "Responsible", "Expected result", "Money as written", "Amount", "Currency", "State",
        "Next due on", "Done, of all",
    ]  # fmt: skip
    assert rows[1] == [
        "1.1", "Trade", "Hold an exhibition", "May 2018", datetime(2018, 5, 1),
        datetime(2018, 5, 31), "май 2018 г.", "Минпром (BY); Other", "12 contracts", "150 тыс.",
        150000.5, "BYN", "overdue", datetime(2018, 5, 31), "0/1",
    ]  # fmt: skip
    assert sheet.freeze_panes == "A2"


def test_no_text_becomes_a_formula_a_link_or_a_number(client: Client) -> None:
    sheet = workbook(client, a_full_programme()).active
    cells = [row[2] for row in sheet.iter_rows(min_row=3)]
    assert [cell.value.replace("_x000D_", "\r") for cell in cells] == DANGEROUS
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.hyperlink for cell in cells} == {None}


def test_the_text_file_holds_the_same_and_disarms_formulas(client: Client) -> None:
    programme = a_full_programme()
    answer = client.get(reverse("programmes:csv", args=[programme.pk]))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[1] == [
        "1.1", "Trade", "Hold an exhibition", "May 2018", "2018-05-01", "2018-05-31",
        "май 2018 г.", "Минпром (BY); Other", "12 contracts", "150 тыс.", "150000.50", "BYN",
        "overdue", "2018-05-31", "0/1",
    ]  # fmt: skip
    assert [row[2] for row in rows[2:]] == [
        "'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", "https://example.org", "'quoted",
    ]  # fmt: skip


def test_an_empty_programme_is_a_heading(client: Client) -> None:
    sheet = workbook(client, a_programme()).active
    assert sheet.max_row == 1
