import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comity.accounts.models import Role, User
from comity.programmes.actions import settle_occurrence
from comity.programmes.drawing import Stretch
from comity.programmes.due import DueRule
from comity.programmes.models import Occurrence, Programme, Section
from comity.programmes.rows import NewBody
from tests.factories import (
    a_coordinator,
    a_country,
    a_person,
    a_programme,
    a_region,
    an_agreement,
    an_organisation,
    somebody,
)
from tests.programmes.rows import FOUR_YEARS, MAY_2018, a_row, with_measures

pytestmark = pytest.mark.django_db

AS_OF = date(2018, 6, 12)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def words(response: Any) -> str:
    """What a reader sees of a page, in one line."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def shown(response: Any) -> list[str]:
    return [row.measure.title_en for row in response.context["rows"]]


def a_full_programme(**fields: Any) -> Programme:
    a_country("BY"), a_country("RU")
    programme = a_programme(
        an_agreement(title_en="Agreement of Homiel and Bryansk"),
        title_en="Plan 2017–2020",
        start=date(2017, 1, 1),
        end=date(2020, 12, 31),
        **fields,
    )
    ministry = an_organisation("Ministry of Industry")
    with_measures(
        a_row("Supply tractors", number="1.1", section="Trade", due=FOUR_YEARS,
              due_text="ежегодно", bodies=(NewBody("Минпром", "BY", ministry.pk),)),
        a_row("Hold an exhibition", number="1.2", section="Trade", due=MAY_2018,
              due_text="май 2018 г.", bodies=(NewBody("Правительство", "RU"),)),
        a_row("Exchange students", number="2.1", section="Education", due_text="по согласованию"),
        programme=programme,
    )  # fmt: skip
    return programme


def test_the_page_of_a_programme_says_first_where_it_stands(client: Client) -> None:
    programme = a_full_programme(is_example=True)
    page = client.get(programme.get_absolute_url(), {"day": AS_OF.isoformat()})
    said = words(page)
    assert (
        "3 measures in 2 sections. On 12 June 2018: 2 are overdue , 0 are due , 0 are done" in said
    )
    assert "Of 5 days on which something has to be shown, 0 are settled." in said
    assert "Agreement of Homiel and Bryansk" in said
    assert "example document" in said
    assert "every year 2017–2020" in said
    assert "«май 2018 г.»" in said
    assert "12 days late" in said
    assert page.content.decode().count("<h1") == 1
    assert page.context["bar"] == [Stretch("overdue", 0, 66.67)]


def test_the_timeline_stands_on_whole_years(client: Client) -> None:
    programme = a_full_programme()
    line = client.get(programme.get_absolute_url(), {"day": "2018-06-12"}).context["timeline"]
    assert [year.name for year in line.years] == ["2017", "2018", "2019", "2020"]
    assert line.today == pytest.approx(100 * (AS_OF - date(2017, 1, 1)).days / 1461, abs=0.01)
    assert [[str(mark.state) for mark in track.marks] for track in line.tracks] == [
        ["overdue", "due", "not_yet", "not_yet"], ["overdue"], [],
    ]  # fmt: skip
    far = client.get(programme.get_absolute_url(), {"day": "2030-01-01"}).context["timeline"]
    assert far.today is None


def test_the_timeline_tells_what_was_done_late_and_what_is_disputed(client: Client) -> None:
    (measure,) = with_measures(
        a_row(due=DueRule("recurring", date(2017, 1, 1), date(2019, 12, 31), "yearly")),
        programme=a_programme(start=date(2017, 1, 1), end=date(2019, 12, 31)),
    )
    late, disputed, _last = measure.occurrences.order_by("due_on")
    Occurrence.objects.filter(pk=late.pk).update(done_on=date(2018, 1, 5))
    Occurrence.objects.filter(pk=disputed.pk).update(disputed_since=date(2019, 2, 1))
    shown = []
    for day in ("2018-01-03", "2018-06-01", "2019-03-01"):
        page = client.get(measure.programme.get_absolute_url(), {"day": day})
        shown.append([mark.state for mark in page.context["timeline"].tracks[0].marks])
    assert shown == [
        ["overdue", "due", "not_yet"],
        ["done_late", "due", "not_yet"],
        ["done_late", "disputed", "due"],
    ]


def test_the_timeline_holds_what_is_done_against_the_day_agreed_first(client: Client) -> None:
    (measure,) = with_measures(a_row(due=DueRule("date", None, date(2018, 5, 31))))
    moved = date(2018, 9, 30)
    measure.occurrences.update(
        due_on=moved, first_due_on=date(2018, 5, 31), done_on=date(2018, 9, 1)
    )
    line = client.get(measure.programme.get_absolute_url()).context["timeline"]
    assert [mark.state for mark in line.tracks[0].marks] == ["done_late"]


@pytest.mark.parametrize(("recurrence", "is_dense"), [("monthly", True), ("yearly", False)])
def test_marks_that_would_lie_on_each_other_are_drawn_smaller(
    client: Client, recurrence: str, is_dense: bool
) -> None:
    (measure,) = with_measures(
        a_row(due=DueRule("recurring", date(2017, 1, 1), date(2019, 12, 31), recurrence))
    )
    page = client.get(measure.programme.get_absolute_url())
    assert page.context["timeline"].tracks[0].is_dense is is_dense
    assert ('class="line dense"' in page.content.decode()) is is_dense


def test_a_long_timeline_names_some_of_its_years(client: Client) -> None:
    (measure,) = with_measures(
        a_row(due=DueRule("continuous", date(2001, 1, 1), date(2020, 12, 31)))
    )
    line = client.get(measure.programme.get_absolute_url()).context["timeline"]
    named = [year.name for year in line.years if year.name]
    assert named == ["2001", "2004", "2007", "2010", "2013", "2016", "2019"]


def test_measures_are_narrowed_by_section_side_and_state(client: Client) -> None:
    programme = a_full_programme()
    url, day = programme.get_absolute_url(), AS_OF.isoformat()
    education = Section.objects.get(title="Education").pk
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["Supply tractors", "Hold an exhibition", "Exchange students"]),
        ({"section": education}, ["Exchange students"]),
        ({"side": "BY"}, ["Supply tractors"]),
        ({"state": "overdue"}, ["Supply tractors", "Hold an exhibition"]),
        ({"state": "unscheduled"}, ["Exchange students"]),
        ({"state": "done"}, []),
        ({"state": "nonsense", "section": "x"},
         ["Supply tractors", "Hold an exhibition", "Exchange students"]),
    ]  # fmt: skip
    for query, titles in asked:
        assert shown(client.get(url, {**query, "day": day})) == titles


def test_an_empty_programme_says_so(client: Client) -> None:
    said = words(client.get(a_programme().get_absolute_url()))
    assert "The programme has no measures yet." in said
    assert "Timeline" not in said


def test_an_agreement_that_the_reader_may_not_see_is_not_named(client: Client) -> None:
    programme = a_programme(an_agreement(title_en="Hidden", visibility="internal"))
    assert "Hidden" not in words(client.get(programme.get_absolute_url()))
    page = signed_in(a_coordinator()).get(programme.get_absolute_url())
    assert "Hidden" in words(page)


def test_a_programme_of_others_is_not_found(client: Client) -> None:
    programme = a_programme(visibility="internal")
    for name in ("detail", "excel", "csv"):
        assert client.get(reverse(f"programmes:{name}", args=[programme.pk])).status_code == 404


def test_pages_carry_no_inline_style_or_script() -> None:
    programme = a_full_programme()
    measure = programme.measures.first()
    assert measure is not None
    client = signed_in(a_coordinator())
    urls = [
        programme.get_absolute_url(),
        measure.get_absolute_url(),
        reverse("programmes:list"),
        reverse("programmes:measures"),
        reverse("programmes:change", args=[programme.pk]),
        reverse("programmes:change_measure", args=[measure.pk]),
        reverse("programmes:sections", args=[programme.pk]),
        reverse("accounts:people", args=["programme", programme.pk]),
    ]
    for url in urls:
        html = client.get(url).content.decode()
        assert re.findall(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*src=)", html) == []
        assert html.count("<h1") == 1


# --- lists


def test_the_list_begins_with_its_number(client: Client) -> None:
    assert "No programme is on record yet." in words(client.get(reverse("programmes:list")))
    a_full_programme()
    page = client.get(reverse("programmes:list"))
    assert "1 programme carries out what was agreed." in words(page)
    assert "Region BY-HO × Region RU-BRY" in words(page)


def found(client: Client, **query: Any) -> list[str]:
    page = client.get(reverse("programmes:list"), query)
    return [str(row.programme) for row in page.context["rows"]]


def test_programmes_are_found_by_words_of_title_and_agreement(client: Client) -> None:
    a_programme(an_agreement(title_ru="Соглашение о Дружбе"), title_ru="План Один", title_en="One")
    a_programme(title_en="Two")
    assert found(client, q="план") == ["One"]
    assert found(client, q="ДРУЖБЕ план") == ["One"]
    assert found(client, q="two") == ["Two"]
    assert found(client, q="three") == []
    page = client.get(reverse("programmes:list"), {"q": "three"})
    assert "No programme is like that." in words(page)


def test_programmes_are_found_by_territory_year_and_kind(client: Client) -> None:
    a_programme(an_agreement(), title_en="One", start=date(2017, 1, 1), end=date(2018, 6, 30))
    a_programme(title_en="Two", kind="state", start=date(2019, 1, 1), end=date(2019, 12, 31))
    assert found(client, territory="BY-HO") == ["One"]
    assert found(client, territory="BY-XX") == ["Two", "One"]
    assert found(client, year=2018) == ["One"]
    assert found(client, year=2019) == ["Two"]
    assert found(client, kind="state") == ["Two"]


def test_programmes_are_found_by_how_they_stand(client: Client) -> None:
    today = timezone.localdate()
    with_measures(a_row(due=MAY_2018), programme=a_programme(title_en="late"))
    with_measures(a_row(due=DueRule("window", today, today)), programme=a_programme(title_en="due"))
    (done,) = with_measures(a_row(due=MAY_2018), programme=a_programme(title_en="done"))
    settle_occurrence(occurrence=done.occurrences.get(), done_on=today, note="", by=a_coordinator())
    assert found(client, state="overdue") == ["late"]
    assert found(client, state="due") == ["due"]
    assert found(client, state="done") == ["done"]


def many_programmes(number: int) -> None:
    for _n in range(number):
        programme = a_programme(an_agreement())
        with_measures(a_row(due=MAY_2018), a_row(due=FOUR_YEARS), programme=programme)


@pytest.mark.parametrize("who", ["anybody", "a member"])
def test_the_list_takes_as_many_queries_for_thirty_as_for_one(who: str) -> None:
    client = Client()
    if who == "a member":
        client.force_login(somebody(Role.COORDINATOR, an_organisation()))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("programmes:list")).status_code == 200
        return len(captured)

    many_programmes(1)
    queries()
    of_one = queries()
    many_programmes(29)
    of_thirty = queries()
    assert of_thirty - of_one <= 1  # the count of a list that has a second page
    assert of_thirty <= 12


def test_a_programme_takes_as_many_queries_for_thirty_measures_as_for_one() -> None:
    client = signed_in(somebody(Role.COORDINATOR, office := an_organisation()))

    def queries(number: int) -> int:
        programme = a_programme(an_agreement(), owner=office)
        body = NewBody("Office", "BY", office.pk)
        rows = [a_row(due=FOUR_YEARS, section=f"{n}", bodies=(body,)) for n in range(number)]
        with_measures(*rows, programme=programme)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(programme.get_absolute_url()).status_code == 200
        return len(captured)

    queries(1)
    assert queries(30) == queries(1) <= 12


def test_a_very_long_programme_has_pages(client: Client) -> None:
    (first, *_others) = with_measures(*(a_row(f"row {n}") for n in range(101)))
    page = client.get(first.programme.get_absolute_url(), {"page": 2})
    assert shown(page) == ["row 100"]


# --- forms


def fields_of(form: Any) -> dict[str, Any]:
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in values.items()}


def test_a_coordinator_adds_a_programme_to_an_agreement() -> None:
    client, url = signed_in(a_coordinator()), reverse("programmes:add")
    agreement = an_agreement(
        title_en="Agreement", in_force_from=date(2017, 1, 1), until=date(2020, 12, 31)
    )
    offered = fields_of(client.get(url, {"agreement": agreement.pk}).context["form"])
    assert offered["agreement"] == f"Agreement · № {agreement.pk}"
    written = {**offered, "title_en": "Plan", "language": "en"}
    answer = client.post(url, written)
    programme = Programme.objects.get()
    assert answer.headers["Location"] == programme.get_absolute_url()
    assert (programme.agreement, programme.start, programme.end) == (
        agreement, date(2017, 1, 1), date(2020, 12, 31),
    )  # fmt: skip
    assert [side.territory.code for side in programme.sides.all()] == ["BY-HO", "RU-BRY"]


def test_sides_are_written_one_a_line() -> None:
    client, url = signed_in(a_coordinator()), reverse("programmes:add")
    a_region("BY-HO"), a_region("RU-BRY", name_en="Bryansk Oblast")
    blank = fields_of(client.get(url).context["form"])
    written = {**blank, "title_en": "Plan", "language": "en", "agreement": ""}
    client.post(url, {**written, "sides": "by-ho\n\nbryansk oblast\nRegion · BY-HO"})
    assert [s.territory.code for s in Programme.objects.get().sides.all()] == ["BY-HO", "RU-BRY"]
    wrong = client.post(url, {**written, "sides": "Atlantis"})
    assert wrong.context["form"].errors == {
        "sides": ["“Atlantis” is not one territory; write its ISO code, such as BY-HO."]
    }


def test_an_agreement_is_written_by_its_title_or_number() -> None:
    client, url = signed_in(a_coordinator()), reverse("programmes:add")
    one = an_agreement(title_en="On trade with Bryansk")
    an_agreement(title_en="On sports"), an_agreement(title_en="On sports too")
    written = {**fields_of(client.get(url).context["form"]), "title_en": "Plan", "language": "en"}
    client.post(url, {**written, "agreement": "trade with bryansk"})
    client.post(url, {**written, "agreement": f"№ {one.pk}"})
    assert [p.agreement for p in Programme.objects.all()] == [one, one]
    for unclear in ("sports", "nothing at all", "№ 999999"):
        wrong = client.post(url, {**written, "agreement": unclear})
        assert wrong.context["form"].errors == {
            "agreement": ["Write the number of one agreement in the register, as in “№ 12”."]
        }


def test_an_agreement_chosen_by_somebody_who_sees_more_stays_unnamed() -> None:
    hidden = an_agreement(a_region("BY-VI"), title_en="Hidden", visibility="internal")
    programme = a_programme(hidden)
    client = signed_in(somebody(Role.COORDINATOR, programme))
    url = reverse("programmes:change", args=[programme.pk])
    page = client.get(url)
    assert "Hidden" not in page.content.decode()
    written = fields_of(page.context["form"])
    assert written["agreement"] == f"№ {hidden.pk}"
    assert client.post(url, {**written, "title_en": "Other"}).status_code == 302
    programme.refresh_from_db()
    assert (programme.title_en, programme.agreement) == ("Other", hidden)


@pytest.mark.parametrize("number", ["", "x", "999999", "1234567890123"])
def test_an_agreement_that_is_none_offers_nothing(number: str) -> None:
    page = signed_in(a_coordinator()).get(reverse("programmes:add"), {"agreement": number})
    assert page.context["form"].initial == {}


def test_a_programme_that_contradicts_itself_is_told_in_the_form() -> None:
    client, url = signed_in(a_coordinator()), reverse("programmes:add")
    written = {**fields_of(client.get(url).context["form"]), "language": "en"}
    answer = client.post(url, written)
    assert answer.context["form"].non_field_errors() == ["Write a title in at least one language."]
    assert Programme.objects.count() == 0


def test_who_may_not_add_is_told_so() -> None:
    url = reverse("programmes:add")
    assert signed_in(a_person()).get(url).status_code == 403
    assert Client().get(url).status_code == 302
    office = an_organisation(kind="enterprise")
    client = signed_in(somebody(Role.COORDINATOR, office))
    written = {**fields_of(client.get(url).context["form"]), "title_en": "P", "language": "en"}
    assert client.post(url, written).status_code == 403
    client.post(url, {**written, "owner": str(office)})
    assert Programme.objects.get().owner == office


def test_a_programme_is_changed_with_a_reason() -> None:
    programme = a_programme(an_agreement())
    client, url = signed_in(a_coordinator()), reverse("programmes:change", args=[programme.pk])
    page = client.get(url)
    written = fields_of(page.context["form"])
    assert written["sides"].splitlines() == ["Region BY-HO · BY-HO", "Region RU-BRY · RU-BRY"]
    answer = client.post(url, {**written, "title_en": "Other", "reason": "protocol 2"})
    assert answer.status_code == 302
    programme.refresh_from_db()
    assert (programme.title_en, programme.version, programme.sides.count()) == ("Other", 2, 2)


def test_a_second_person_sees_what_was_changed_meanwhile() -> None:
    programme = a_programme(title_en="first")
    client, url = signed_in(a_coordinator()), reverse("programmes:change", args=[programme.pk])
    written = fields_of(client.get(url).context["form"])
    client.post(url, {**written, "title_en": "second"})
    answer = client.post(url, {**written, "title_en": "third"})
    assert answer.status_code == 409
    assert [(d.yours, d.theirs) for d in answer.context["stale"]] == [("third", "second")]
    assert client.post(url, fields_of(answer.context["form"])).status_code == 302
    programme.refresh_from_db()
    assert (programme.title_en, programme.version) == ("third", 3)


def test_a_change_that_contradicts_itself_is_told_in_the_form() -> None:
    programme = a_programme()
    client, url = signed_in(a_coordinator()), reverse("programmes:change", args=[programme.pk])
    written = fields_of(client.get(url).context["form"])
    answer = client.post(url, {**written, "start": "2020-01-01", "end": "2019-01-01"})
    assert answer.context["form"].non_field_errors() == ["A programme cannot end before it begins."]


def test_other_sides_are_told_as_a_difference() -> None:
    programme = a_programme(an_agreement())
    client, url = signed_in(a_coordinator()), reverse("programmes:change", args=[programme.pk])
    written = fields_of(client.get(url).context["form"])
    client.post(url, {**written, "title_en": "other"})
    answer = client.post(url, {**written, "title_en": "other", "sides": "BY-HO"})
    assert [(d.label, d.yours, d.theirs) for d in answer.context["stale"]] == [
        ("Sides", "Region BY-HO", "Region BY-HO × Region RU-BRY")
    ]


def test_an_empty_programme_is_removed_from_its_page() -> None:
    programme = a_programme()
    client, url = signed_in(a_coordinator()), reverse("programmes:remove", args=[programme.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).context["form"].errors == {
        "reason": ["This field is required."]
    }
    assert client.post(url, {"reason": "twice"}).headers["Location"] == reverse("programmes:list")
    assert Programme.objects.count() == 0


def test_a_full_programme_is_not_removed() -> None:
    (measure,) = with_measures()
    url = reverse("programmes:remove", args=[measure.programme_id])
    answer = signed_in(a_coordinator()).post(url, {"reason": "x"})
    assert answer.context["form"].non_field_errors() == [
        "The programme has measures, so it stays; remove them first."
    ]


def test_fields_of_sections_are_corrected() -> None:
    (measure,) = with_measures(a_row(section="Trade"))
    section, client = measure.section, signed_in(a_coordinator())
    assert section is not None
    url = reverse("programmes:sections", args=[measure.programme_id])
    assert client.get(url).status_code == 200
    client.post(url, {f"field-{section.pk}": "nonsense"})
    assert Section.objects.get().field == "trade"
    client.post(url, {f"field-{section.pk}": "culture"})
    assert Section.objects.get().field == "culture"


@pytest.mark.parametrize("name", ["change", "remove", "sections", "add_measure"])
def test_those_who_only_see_a_programme_change_nothing(name: str) -> None:
    programme = a_programme()
    url = reverse(f"programmes:{name}", args=[programme.pk])
    assert signed_in(somebody(Role.OBSERVER, programme)).get(url).status_code == 403
    assert Client().get(url).status_code == 302


def test_days_are_told_from_today_unless_asked(client: Client) -> None:
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    (measure,) = with_measures(a_row(due=DueRule("window", tomorrow, tomorrow)))
    page = client.get(measure.programme.get_absolute_url())
    assert (page.context["day"], page.context["progress"].not_yet) == (today, 1)
    page = client.get(measure.programme.get_absolute_url(), {"day": tomorrow.isoformat()})
    assert (page.context["day"], page.context["progress"].due) == (tomorrow, 1)


def test_a_programme_is_called_for_short_by_its_sides_and_years() -> None:
    agreement = an_agreement(a_region("BY-HO"), a_region("RU-BRY"))
    both = a_programme(agreement, start=date(2018, 1, 1), end=date(2020, 12, 31))
    assert both.short_name == "Region BY-HO × Region RU-BRY, 2018–2020"
    assert a_programme(agreement).short_name == "Region BY-HO × Region RU-BRY"
    alone = a_programme(title_en="State programme", start=date(2018, 1, 1), end=date(2020, 12, 31))
    assert alone.short_name == "State programme"
