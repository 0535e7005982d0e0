import re
from collections import Counter
from datetime import timedelta
from typing import ClassVar

from django.test import Client, TestCase, override_settings
from django.utils import timezone

from comity.accounts.models import User
from comity.agreements.models import Agreement
from comity.audit.kept import Kept
from comity.audit.models import Event
from comity.audit.queries import first_break
from comity.demo.build import OFTEN_LATE, accounts, fill
from comity.demo.documents import DOCUMENTS, ExampleDocument
from comity.demo.reports import COUNTED, MONTHLY
from comity.demo.tables import rows
from comity.directory.models import Organisation, Zone
from comity.forum.models import Edition, StatedFigure
from comity.issuing.models import IssuedReport
from comity.portfolio.queries.risk import ahead, bodies_named, risks_of
from comity.post.models import Mail
from comity.programmes.models import Measure, Occurrence, Programme, Responsibility
from comity.reporting.models import Report, ReportingPeriod
from comity.territories.models import Territory
from tests.programmes.test_programme_pages import words


class Filled(TestCase):
    """The example, filled once for all that look at it."""

    told: ClassVar[list[int]] = []

    @classmethod
    def setUpTestData(cls) -> None:
        assert fill(lambda: cls.told.append(1)) is True

    def test_progress_is_told(self) -> None:
        assert len(self.told) > 250

    def test_the_example_has_every_fact_with_its_source(self) -> None:
        facts = Agreement.objects.filter(is_example=False)
        assert facts.count() == len(list(rows("agreements"))) == 30
        assert facts.filter(statements=None).count() == 0
        assert Edition.objects.count() == 12
        stated = len(list(rows("forum_figures"))) + len(list(rows("case_facts")))
        assert StatedFigure.objects.count() == stated == 29 + 15
        assert [figure for figure in StatedFigure.objects.all() if not all(figure.sources)] == []
        assert Organisation.objects.count() == len(list(rows("organisations")))
        assert Territory.objects.filter(parent__code="RU").count() == 83
        assert Territory.objects.filter(parent__code="BY").count() == 7

    def test_what_the_report_on_the_fourth_forum_tells_is_shown_with_it(self) -> None:
        page = self.client.get("/forum/4/").content.decode()
        assert "Report on the plenary session of the 4th Forum of Regions" in page
        assert "come into effect; each with a programme of actions for three to four years" in page
        assert "75 projects (2017-01)" in page

    def test_a_report_of_the_last_quarter_is_issued(self) -> None:
        report = IssuedReport.objects.get()
        assert report.programme == Report.objects.filter(measure__number=MONTHLY)[0].programme
        assert (report.number, report.language, report.files.count()) == (1, "ru", 3)
        assert {row.number for row in report.digest.rows} >= {"6"}

    def test_one_side_is_punctual_and_the_other_a_few_days_late(self) -> None:
        told = [
            (report.side, report.days_late)
            for report in Report.objects.filter(
                measure__number=MONTHLY, occurrence__isnull=False
            ).order_by("occurrence", "side")
            if report.first_submitted_at is not None
        ]
        assert [late for side, late in told if side == "BY"] == [0] * 9
        assert sorted(late for side, late in told if side == "RU") == [3, 4, 5, 6, 8, 10, 18]

    def test_reports_are_in_all_states(self) -> None:
        told = Report.objects.filter(measure__number=MONTHLY, occurrence__isnull=False)
        found = Counter(told.values_list("side", "stage", "outcome"))
        assert found == {
            ("BY", "accepted", "done"): 3,
            ("BY", "accepted", "impossible"): 1,
            ("BY", "accepted", "in_part"): 1,
            ("BY", "accepted", "not_started"): 1,
            ("BY", "reopened", "done"): 1,
            ("BY", "reopened_text", "done"): 1,
            ("BY", "returned", "done"): 1,
            ("RU", "accepted", "done"): 3,
            ("RU", "accepted", "impossible"): 1,
            ("RU", "submitted", "done"): 1,
            ("RU", "submitted", "in_part"): 1,
            ("RU", "submitted", "under_way"): 1,
            ("RU", "draft", ""): 1,
        }
        news = Report.objects.get(measure__number=MONTHLY, occurrence=None)
        assert (news.stage, news.outcome) == ("submitted", "under_way")

    def test_a_day_is_given_up_and_both_sides_say_why(self) -> None:
        occurrence = Occurrence.objects.get(given_up=True)
        reasons = [report.told for report in occurrence.reports.order_by("side")]
        assert ["паводка" in reasons[0], "паводком" in reasons[1]] == [True, True]
        page = words(self.client.get(f"/reports/on/{occurrence.pk}/"))
        assert page.count("not possible any more") == 3  # the day, and what each side says

    def test_one_period_is_locked_with_a_report_after_it_and_the_next_is_open(self) -> None:
        locked, following = ReportingPeriod.objects.order_by("start")
        assert (locked.is_locked, following.is_locked) == (True, False)
        assert following.start == locked.end + timedelta(days=1)
        assert locked.locked_at is not None
        assert timezone.localdate(locked.locked_at) == locked.end + timedelta(days=14)
        after = [
            report
            for report in Report.objects.exclude(first_submitted_at=None)
            if report.came_after_lock
        ]
        (report,) = after
        assert report.occurrence is not None
        assert (report.side, report.days_late) == ("RU", 18)
        assert report.occurrence.due_on in locked.stretch
        page = words(self.client.get(f"/reports/on/{report.occurrence.pk}/"))
        assert "after the period was locked" in page

    def test_both_sides_count_what_they_reached_and_what_it_cost(self) -> None:
        counted = Report.objects.filter(measure__number=COUNTED).order_by("side")
        assert [(one.side, one.stage, one.figure, one.spent_currency) for one in counted] == [
            ("BY", "accepted", 46, "BYN"),
            ("RU", "accepted", 44, "RUB"),
        ]
        occurrence = Occurrence.objects.get(reports__in=counted[:1])
        assert (occurrence.days_late, occurrence.disputed_since) == (3, None)
        page = words(self.client.get(f"/reports/on/{occurrence.pk}/"))
        assert "Reached 46 of 40 коллективов Money spent 38,500 BYN" in page

    def test_a_report_of_a_guest_came_back_and_their_letter_says_so(self) -> None:
        report = Report.objects.get(submitted_by=None, stage="returned")
        assert (report.programme.language, report.figure) == ("be", 3)
        letter = Mail.objects.filter(to="vitebsk@example.org").latest("pk")
        assert "вернутыя" in letter.subject
        link = re.findall(r"http://[^/]+(/reports/by-link/\S+)", letter.body)[0]
        page = Client().get(link).content.decode()
        assert "пералічыце пагадненні" in page

    def test_letters_are_in_every_state_that_people_ask_about(self) -> None:
        states = list(Mail.objects.values_list("state", flat=True))
        assert (states.count("failed"), states.count("bounced")) == (1, 1)
        assert {"sent", "queued"} <= set(states) | {"queued"}
        assert set(Mail.objects.values_list("kind", flat=True)) == {"digest"}

    def test_letters_with_one_time_links_are_kept_and_followed(self) -> None:
        letters = Mail.objects.filter(private=True)
        assert {letter.to for letter in letters} == {"vitebsk@example.org", "pskov@example.org"}
        assert [letter for letter in letters if "/reports/by-link/" not in letter.body] == []
        link = re.findall(r"http://[^/]+(/reports/by-link/\S+)", letters[0].body)[0]
        self.client.force_login(User.objects.get(email="administrator@example.org"))
        with override_settings(LETTERS_ARE_EXAMPLES=True):
            page = self.client.get(f"/reminders/mails/{letters[0].pk}/").content.decode()
        assert f'href="http://testserver{link}"' in page
        assert Client().get(link).status_code == 200

    def test_the_parks_of_the_case_are_zones(self) -> None:
        zones = Zone.objects.order_by("organisation__name_en")
        assert [(str(zone.organisation), zone.terms.count()) for zone in zones] == [
            ("China-Belarus Industrial Park Great Stone", 1),
            ("Hi-Tech Park", 0),
        ]

    def test_every_territory_of_the_example_has_three_names_and_a_point(self) -> None:
        for territory in Territory.objects.all():
            for name in (territory.name_be, territory.name_ru, territory.name_en):
                assert name, territory.code
            assert territory.latitude is not None, territory.code

    def test_what_is_invented_says_example(self) -> None:
        assert Programme.objects.filter(is_example=False).count() == 0
        assert Programme.objects.count() == len(DOCUMENTS) == 10
        assert set(Programme.objects.values_list("agreement__is_example", flat=True)) == {True}

    def test_today_something_is_due_late_and_done(self) -> None:
        today = timezone.localdate()
        opened = Occurrence.objects.open()
        assert opened.filter(opens_on__lte=today, due_on__gte=today).count() > 5
        assert 5 < opened.filter(due_on__lt=today).count() <= 25
        assert Occurrence.objects.exclude(done_on=None).count() > 50

    def test_a_body_is_often_late_and_so_what_it_has_to_show_next_is_at_risk(self) -> None:
        today, reader = timezone.localdate(), User.objects.get(email="coordinator@example.org")
        risks = risks_of(reader, ahead(today), Kept(), today)
        assert risks.model is not None
        bodies = {str(body) for body in bodies_named(risks.likely).values()}
        assert bodies & set(OFTEN_LATE)

    def test_the_bodies_of_the_documents_are_in_the_directory(self) -> None:
        assert Measure.objects.count() == 116
        assert Responsibility.objects.filter(organisation=None).count() == 0

    def test_filling_again_changes_nothing(self) -> None:
        events = Event.objects.count()
        assert fill() is False
        assert Event.objects.count() == events
        assert first_break() is None

    def test_the_example_accounts_can_sign_in(self) -> None:
        assert {email for email, _told in accounts()} == set(
            User.objects.values_list("email", flat=True)
        )
        for email, _told in accounts():
            assert Client().login(email=email, password="example")


def test_a_moved_document_is_moved_in_its_text_only() -> None:
    moved = ExampleDocument("07-smolensk.csv", 8, ()).content().decode("cp1251")
    assert "на 2025–2027 годы" in moved
    assert "2017" not in moved
    kept = ExampleDocument("07-smolensk.csv", 0, ()).content().decode("cp1251")
    assert "на 2017–2019 годы" in kept
