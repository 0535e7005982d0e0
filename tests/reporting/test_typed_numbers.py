"""Figures and money as people type them into the form of a report."""

from dataclasses import replace
from decimal import Decimal
from re import findall, sub

import pytest

from comity.programmes.models import Measure
from comity.reporting.models import Report
from tests.reporting.pages import page, send, signed_in, words, write
from tests.reporting.world import DONE, two_sides

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["12500,50", "12 500,50", "12,500.50", "12.500,50", "12500.5"])
def test_money_and_the_figure_are_kept_as_they_were_meant(written: str) -> None:
    world = two_sides()
    report, client = world.draft(), signed_in(world.reporters["BY"])
    write(client, report, do="save", spent_amount=written, spent_currency="BYN", figure=written)
    kept = Report.objects.get()
    assert (kept.spent_amount, kept.figure) == (Decimal("12500.50"), Decimal("12500.50"))


def test_what_may_be_two_numbers_is_not_kept_and_both_are_told() -> None:
    world = two_sides()
    report, client = world.draft(), signed_in(world.reporters["BY"])
    answer = write(client, report, do="save", figure="1,234")
    assert "“1,234” can be read in two ways. Write 1234 if it is a whole number" in words(answer)
    assert 'value="1,234"' in answer.content.decode()
    saved = send(client, "save", report.pk, version=1, language="en", figure="1,234")
    assert words(saved).startswith(
        "Not kept yet, as something is not clear: A number reached, if one can be told: “1,234” "
        "can be read in two ways."
    )
    assert Report.objects.get().figure is None


def test_what_is_kept_by_itself_is_told_as_it_was_understood() -> None:
    world = two_sides()
    report, client = world.draft(), signed_in(world.reporters["BY"])
    saved = send(
        client, "save", report.pk, version=1, language="en", figure="9,5",
        spent_amount="12500,50", spent_currency="byn",
    )  # fmt: skip
    told = words(saved).replace("\u00a0", " ")
    assert sub(r"[\d:]{8}", "TIME", told) == (
        "Kept as a draft at TIME. A number reached, if one can be told: 9.5 ; "
        "Money spent: 12,500.50 BYN ."
    )


def test_the_form_writes_back_in_the_notation_of_its_reader() -> None:
    world = two_sides()
    report, client = world.draft(), signed_in(world.reporters["BY"])
    Report.objects.update(
        spent_amount=Decimal("12500.50"), spent_currency="BYN", figure=Decimal(400)
    )
    shown = {}
    for language in ("en", "ru"):
        client.cookies["comity_language"] = language
        form = page(client, "write", report.pk).content.decode()
        shown[language] = findall(r'name="(?:figure|spent_amount)" value="([^"]*)"', form)
    assert shown == {"en": ["400", "12500.50"], "ru": ["400", "12\u00a0500,50"]}


@pytest.mark.parametrize("currency", ["XXX", "XTS", "XAU", "QQQ"])
def test_codes_that_are_no_money_are_refused(currency: str) -> None:
    world = two_sides()
    report, client = world.draft(), signed_in(world.reporters["BY"])
    answer = write(client, report, spent_amount="5", spent_currency=currency)
    assert "Write the three letters of a currency, as BYN or RUB." in words(answer)


def test_the_page_of_a_day_tells_both_figures_beside_the_target() -> None:
    world = two_sides()
    Measure.objects.update(expected_result="400 children")
    for side, figure in (("BY", 400), ("RU", 12)):
        world.accepted(side, replace(DONE, figure=figure))
    told = words(page(signed_in(world.reporters["BY"]), "occurrence", world.occurrence.pk))
    assert told.count("below the target") == 1
    assert "Reached 12 of 400 children below the target" in told
    assert "Reached 400 of 400 children" in told
