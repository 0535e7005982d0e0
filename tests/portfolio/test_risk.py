"""What is at risk: for whom, why, and silent while the past is too thin."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from comity.audit.kept import Kept
from comity.portfolio.queries.history import calibrated, history_of, learnt
from comity.portfolio.queries.risk import Reason, ahead, risks_of
from comity.portfolio.wording import reason_in_words
from comity.programmes.models import Occurrence
from insight.calibration import Bin, Calibration
from insight.lateness import Count
from tests.factories import a_coordinator, a_person, an_organisation, somebody
from tests.portfolio.world import a_day, a_measure_of, a_past, a_running_programme, ago

pytestmark = pytest.mark.django_db
SOON = timedelta(days=20)


def chances(reader: object) -> dict[int, float]:
    today = timezone.localdate()
    risks = risks_of(reader, ahead(today), Kept(), today)  # type: ignore[arg-type]
    return {risk.occurrence: risk.chance for risk in risks.rows}


def test_a_body_that_was_often_late_is_likelier_late_again() -> None:
    often, seldom, *_others = a_past()
    programme = a_running_programme()
    due = timezone.localdate() + SOON
    late = a_day(a_measure_of(programme, often), due)
    fine = a_day(a_measure_of(programme, seldom), due)
    new = a_day(a_measure_of(programme, an_organisation("Newcomer")), due)
    told = chances(a_coordinator())
    assert list(told) == [late.pk, new.pk, fine.pk]
    assert told[late.pk] > 0.5 > told[new.pk] > told[fine.pk]


def test_the_reason_is_told_in_words() -> None:
    often, *_others = a_past()
    measure = a_measure_of(a_running_programme(), often, an_organisation("Newcomer"))
    a_day(measure, timezone.localdate() + SOON)
    today = timezone.localdate()
    (risk,) = risks_of(a_coordinator(), ahead(today), Kept(), today).rows
    assert risk.reason.past == Count(6, 8)
    assert reason_in_words(risk.reason, often).startswith(
        "Body 0: of the last 8 deadlines 6 were missed. In the field “trade” "
    )
    other = an_organisation("Newcomer 2")
    nothing = type(risk.reason)(other.pk, Count(), "trade", 0.25)
    assert reason_in_words(nothing, other) == (
        "Newcomer 2: no deadline passed in the last 5 years. In the field “trade” 25% of deadlines "
        "are missed."
    )


@pytest.mark.parametrize(
    ("past", "english", "russian", "belarusian"),
    [
        (
            Count(0, 1),
            "the only deadline so far was met.",
            "единственный наступивший срок соблюдён.",
            "адзіны тэрмін, які надышоў, вытрыманы.",
        ),
        (
            Count(1, 1),
            "the only deadline so far was missed.",
            "единственный наступивший срок нарушен.",
            "адзіны тэрмін, які надышоў, парушаны.",
        ),
        (
            Count(0, 3),
            "all of the last 3 deadlines were met.",
            "все последние 3 срока соблюдены.",
            "усе апошнія 3 тэрміны вытрыманы.",
        ),
        (
            Count(5, 5),
            "all of the last 5 deadlines were missed.",
            "все последние 5 сроков нарушены.",
            "усе апошнія 5 тэрмінаў парушаны.",
        ),
        (
            Count(1, 21),
            "of the last 21 deadlines 1 was missed.",
            "из последних 21 срока нарушен 1.",
            "з апошніх 21 тэрміну парушаны 1.",
        ),
        (
            Count(3, 7),
            "of the last 7 deadlines 3 were missed.",
            "из последних 7 сроков нарушены 3.",
            "з апошніх 7 тэрмінаў парушаны 3.",
        ),
        (
            Count(),
            "no deadline passed in the last 5 years.",
            "за последние 5 лет сроков не было.",
            "за апошнія 5 гадоў тэрмінаў не было.",
        ),
    ],
)
def test_a_reason_is_told_as_one_says_it(
    past: Count, english: str, russian: str, belarusian: str
) -> None:
    body = an_organisation("Body")
    told = []
    for language in ("en", "ru", "be"):
        with translation.override(language):
            reason = reason_in_words(Reason(body.pk, past, "trade", 0.25), body)
            told.append(reason.replace("\u00a0", " "))
    assert told == [
        f"Body: {english} In the field “trade” 25% of deadlines are missed.",
        f"Body: {russian} По направлению «торговля» нарушается 25 % сроков.",
        f"Body: {belarusian} Па напрамку «гандаль» парушаецца 25 % тэрмінаў.",
    ]


def test_only_the_past_that_the_reader_may_see_is_told() -> None:
    (body,) = a_past(bodies=1, visibility="internal")
    day = timezone.localdate()
    insider = somebody("observer", within=Occurrence.objects.first().programme)  # type: ignore[union-attr]
    assert history_of(a_person(), [body.pk], day) == {}
    assert history_of(insider, [body.pk], day) == {body.pk: {"trade": Count(6, 8)}}


def test_what_was_given_up_or_is_long_past_does_not_count() -> None:
    body = an_organisation()
    measure = a_measure_of(a_running_programme(), body, body)
    a_day(measure, ago(50), 3)
    a_day(measure, ago(40), 3, given_up=True)
    a_day(measure, ago(7 * 365))
    a_day(measure, ago(30), withdrawn=True)
    told = history_of(a_coordinator(), [body.pk], timezone.localdate())
    assert told == {body.pk: {"trade": Count(1, 1)}}  # named twice, counted once


def test_with_a_thin_past_nothing_is_told_and_the_page_says_so(client: Client) -> None:
    measure = a_measure_of(a_running_programme(), an_organisation())
    a_day(measure, timezone.localdate() + SOON)
    assert learnt(Kept(), timezone.localdate()) is None
    assert calibrated(Kept(), timezone.localdate()) is None
    client.force_login(a_coordinator())
    page = client.get(f"/portfolio/risk/of-measure/{measure.pk}/").content.decode()
    assert "Too few deadlines passed in the last 5 years to forecast delays" in page
    page = client.get("/portfolio/calibration/").content.decode()
    assert "It is too early to say how accurate the forecasts are" in page


def test_only_those_with_a_part_are_told(client: Client) -> None:
    often, *_others = a_past()
    programme = a_running_programme()
    measure = a_measure_of(programme, often)
    a_day(measure, timezone.localdate() + SOON)
    paths = (
        f"/portfolio/risk/of-programme/{programme.pk}/",
        f"/portfolio/risk/of-measure/{measure.pk}/",
    )
    for reader in (None, a_person()):
        if reader:
            client.force_login(reader)
        for path in paths:
            page = client.get(path).content.decode()
            assert "were missed" not in page
            assert "is told to those who have a part in the programme" in page
        assert "At risk" not in client.get("/portfolio/").content.decode()
    client.force_login(somebody("observer", within=programme))
    for path in paths:
        assert "Body 0: of the last 8 deadlines 6 were missed" in client.get(path).content.decode()
    rows = client.get("/portfolio/").context["rows"]
    assert {row.programme.pk: row.at_risk for row in rows}[programme.pk] == 1
    assert [row.at_risk for row in rows if row.programme != programme] == [None]


def test_chances_that_did_not_come_true_better_are_told_with_a_warning(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    often, *_others = a_past()
    measure = a_measure_of(a_running_programme(), often)
    a_day(measure, timezone.localdate() + SOON)
    client.force_login(a_coordinator())
    warned = {}
    for brier in (0.1, 0.3):
        judged = Calibration((), 9, 3, brier, 0.2)
        monkeypatch.setattr("comity.portfolio.views.panels.calibrated", lambda *_a, j=judged: j)
        page = client.get(f"/portfolio/risk/of-measure/{measure.pk}/").content.decode()
        warned[brier] = "do not rely on them" in page
    assert warned == {0.1: False, 0.3: True}


def test_past_days_and_settled_ones_have_no_chance() -> None:
    often, *_others = a_past()
    measure = a_measure_of(a_running_programme(), often)
    a_day(measure, ago(3))
    a_day(measure, timezone.localdate() + SOON, -30)
    a_day(measure, timezone.localdate() + timedelta(days=300))
    assert chances(a_coordinator()) == {}


def test_the_calibration_page_tells_what_came_of_the_chances(client: Client) -> None:
    a_past(bodies=14, days=16)
    judged = calibrated(Kept(), timezone.localdate())
    assert judged is not None
    assert judged.is_better
    page = client.get("/portfolio/calibration/")
    assert page.context["judged"] == judged
    assert "more accurate than the average share of delays" in page.content.decode()
    assert len(page.context["curve"].dots) == len(judged.bins)


MANY_TOO_LOW = Bin(0.0, 0.1, 101, 26, 0.05)
MANY_TOO_HIGH = Bin(0.7, 0.8, 40, 12, 0.75)
MANY_RIGHT = Bin(0.2, 0.3, 40, 11, 0.27)
FEW = Bin(0.5, 0.6, 4, 4, 0.59)
USE = "Use the forecasts to choose which deadlines to ask about first, not to judge a body."


@pytest.mark.parametrize(
    ("bins", "brier", "told"),
    [
        ((MANY_RIGHT,), 0.1, []),
        (
            (MANY_RIGHT,),
            0.24,
            [USE],
        ),
        (
            (MANY_TOO_LOW, MANY_RIGHT, FEW, MANY_TOO_HIGH),
            0.1,
            [
                "Where 0–10% was forecast, 26% came late (101 deadlines): the forecast is too "
                "low there.",
                "Where 70–80% was forecast, 30% came late (40 deadlines): the forecast is too "
                "high there.",
                "In 1 of 4 rows of the table the share that came late rests on fewer than 30 "
                "deadlines: such points may lie off the line by chance.",
                USE,
            ],
        ),
    ],
)
def test_the_calibration_page_says_what_the_forecasts_are_good_for(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    bins: tuple[Bin, ...],
    brier: float,
    told: list[str],
) -> None:
    judged = Calibration(bins, 200, 50, brier, 0.25)
    monkeypatch.setattr("comity.portfolio.views.portfolio.calibrated", lambda *_a: judged)
    page = client.get("/portfolio/calibration/").content.decode()
    note = re.search(r'<section class="panel doubt" role="note">(.*?)</section>', page, re.DOTALL)
    assert (re.findall(r"<p>(.*?)</p>", note[1]) if note else []) == told
    assert ("only slightly (by 4%) more accurate" in page) == (brier > 0.2)


def test_what_is_likely_stands_first_and_the_rest_is_folded(client: Client) -> None:
    often, _seldom, never = a_past()[:3]
    programme = a_running_programme()
    a_day(a_measure_of(programme, often, number="1"), timezone.localdate() + SOON)
    for number in range(2, 17):
        measure = a_measure_of(programme, never, number=str(number))
        a_day(measure, timezone.localdate() + SOON)
    client.force_login(a_coordinator())
    path = f"/portfolio/risk/of-programme/{programme.pk}/"
    page = client.get(path)
    part = client.get(path, headers={"HX-Request": "true"})
    folded = "<details><summary>15 deadlines at which a delay is less likely than not</summary>"
    for answer, shown in ((page, 15), (part, 11)):
        assert [row[1].measure.number for row in answer.context["likely"]] == ["1"]
        assert len(answer.context["others"]) == shown
        before, _summary, behind = answer.content.decode().partition(folded)
        assert (before.count("late: "), behind.count("late: ")) == (1, shown)
    assert f'<a href="{path}">all of them</a>' in part.content.decode()
    assert f'<a href="{path}">all of them</a>' not in page.content.decode()


def test_the_one_day_of_a_measure_is_never_folded(client: Client) -> None:
    never = a_past()[2]
    measure = a_measure_of(a_running_programme(), never)
    a_day(measure, timezone.localdate() + SOON)
    client.force_login(a_coordinator())
    answer = client.get(f"/portfolio/risk/of-measure/{measure.pk}/")
    assert [row[0].is_likely for row in answer.context["likely"]] == [False]
    assert answer.context["others"] == []
