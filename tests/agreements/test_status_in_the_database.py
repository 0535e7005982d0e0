"""The status asked of the database is the status computed for each agreement."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comity.agreements.models import Agreement, Amendment
from comity.agreements.terms import Status
from comity.lib.periods import add_months
from tests.factories import an_agreement

pytestmark = pytest.mark.django_db

DAYS = [
    *(date(2024, 2, day) for day in (1, 27, 28, 29)),
    *(date(2023, 2, day) for day in (27, 28)),
    *(date(2023, month, 30) for month in (4, 6, 8, 11, 12)),
    *(date(2022, month, 31) for month in (1, 3, 5, 12)),
    *(date(2020, month, 28) for month in range(1, 13)),
    *(date(2021, month, 15) for month in range(1, 13, 3)),
    date(2000, 2, 29),
    date(1999, 12, 31),
    date(2060, 6, 30),
]


def some_day(chance: random.Random, first: int = 1998, last: int = 2030) -> date:
    """Any day, but often one at the end of a month."""
    day = date(first, 1, 1) + timedelta(days=chance.randrange((last - first) * 365))
    return day if chance.random() < 0.5 else day.replace(day=1) - timedelta(days=1)


def many_agreements(number: int, seed: int) -> None:
    chance = random.Random(seed)
    made = []
    for _ in range(number):
        in_force_from = chance.choice([None, some_day(chance, 1998, 2020)])
        until = chance.choice([None, *[some_day(chance)] * 4])
        if until and in_force_from and until < in_force_from:
            until, in_force_from = in_force_from, until
        renewing = until is not None and chance.random() < 0.7
        made.append(
            Agreement(
                kind="agreement",
                title_en="x",
                signed_on=chance.choice([None, *[some_day(chance, 1998, 2020)] * 5]),
                in_force_from=in_force_from,
                until=until,
                renewal_months=chance.choice([1, 6, 12, 36, 60, 61]) if renewing else None,
                notice_months=chance.choice([None, 0, 1, 3, 6, 12, 13]),
                objected_on=some_day(chance) if chance.random() < 0.2 else None,
                ended_on=some_day(chance) if chance.random() < 0.1 else None,
            )
        )
    for agreement in Agreement.objects.bulk_create(made):
        if agreement.until and chance.random() < 0.3:
            Amendment.objects.create(
                agreement=agreement,
                title_en="x",
                signed_on=some_day(chance),
                in_force_from=some_day(chance),
                changes={"until": [(agreement.until - timedelta(days=400)).isoformat(), "…"]},
            )


def ids(agreements: object) -> set[int]:
    return {agreement.pk for agreement in agreements}  # type: ignore[attr-defined]


@pytest.mark.unmeasured  # thousands of the same lines
@pytest.mark.parametrize("seed", [1, 2])
def test_every_status_on_many_days(seed: int) -> None:
    many_agreements(200, seed)
    everything = list(Agreement.objects.prefetch_related("amendments"))

    for day in DAYS:
        told: dict[str, set[int]] = {status: set() for status in Status}
        for agreement in everything:
            told[agreement.status_on(day)].add(agreement.pk)
        for status in Status:
            assert ids(Agreement.objects.with_status(status, day=day)) == told[status], (
                day,
                status,
            )
        going = told[Status.IN_FORCE] | told[Status.NOTICE]
        assert ids(Agreement.objects.in_force_on(day)) == going
        over = told[Status.EXPIRED] | told[Status.ENDED]
        alive = {a.pk for a in everything if a.signed_on and a.signed_on <= day} - over
        assert ids(Agreement.objects.alive_between(day, day)) == alive


def test_what_ends_within_months_on_many_days() -> None:
    many_agreements(200, 3)
    everything = list(Agreement.objects.prefetch_related("amendments"))

    for day in DAYS:
        for months in (1, 6, 12):
            by = add_months(day, months)
            told = {a.pk for a in everything if a.ends_within(day, by)}
            assert ids(Agreement.objects.ending_within(day, months)) == told, (day, months)


def test_several_statuses_are_asked_at_once() -> None:
    many_agreements(60, 4)
    day = date(2021, 3, 15)

    asked = ids(Agreement.objects.with_status(Status.DRAFT, Status.NOTICE, day=day))

    assert asked == ids(Agreement.objects.with_status(Status.DRAFT, day=day)) | ids(
        Agreement.objects.with_status(Status.NOTICE, day=day)
    )


def test_an_agreement_entering_its_notice_window_needs_a_look() -> None:
    renewing = an_agreement(
        signed_on=date(2015, 1, 1),
        in_force_from=date(2015, 1, 1),
        until=date(2019, 12, 31),
        renewal_months=60,
        notice_months=6,
    )
    an_agreement(signed_on=date(2015, 1, 1), in_force_from=date(2015, 1, 1))

    assert not Agreement.objects.ending_within(date(2023, 6, 1), 12).exists()
    assert list(Agreement.objects.ending_within(date(2024, 1, 1), 12)) == [renewing]
    assert list(Agreement.objects.ending_within(date(2024, 12, 31), 1)) == [renewing]
    assert not Agreement.objects.ending_within(date(2025, 1, 1), 12).exists()


def test_the_question_takes_the_same_few_queries_for_many_agreements() -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(Agreement.objects.with_status(Status.NOTICE, day=date(2010, 1, 1)))
            list(Agreement.objects.ending_within(date(2010, 1, 1), 12))
        return len(queries)

    many_agreements(200, 5)
    assert asked() == 6


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's own query plan")
def test_what_ends_is_found_by_indexes() -> None:
    plan = Agreement.objects.ending_within(date(2020, 1, 1), 12).explain()

    assert "SCAN" not in plan
    assert "agreement_fixed" in plan
    assert "agreement_ended" in plan
