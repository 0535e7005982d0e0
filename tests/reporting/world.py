"""A measure of two sides, its bodies and the people around it, in few words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.accounts.models import Role, User
from comity.directory.models import Organisation
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, Occurrence, Programme
from comity.programmes.rows import NewBody, NewMeasure
from comity.reporting.actions import (
    accept_report,
    save_report,
    start_report,
    submit_report,
)
from comity.reporting.content import Content, content_of
from comity.reporting.models import Outcome, Report
from tests.factories import a_programme, a_region, an_agreement, an_organisation, somebody
from tests.programmes.rows import with_measures

DUE = date(2018, 5, 31)
DONE_ON = date(2018, 5, 20)
MAY = DueRule("window", date(2018, 5, 1), DUE)
DONE = Content(outcome=Outcome.DONE, done_on=DONE_ON, told="The exhibition was held.")


@dataclass(slots=True)
class World:
    """Homiel and Bryansk: a body of each side, its reporter, and a verifier of each authority."""

    programme: Programme
    measure: Measure
    bodies: dict[str, Organisation]
    reporters: dict[str, User]
    verifiers: dict[str, User]

    @property
    def occurrence(self) -> Occurrence:
        return Occurrence.objects.get(measure=self.measure, withdrawn=False)

    def draft(self, side: str = "BY") -> Report:
        return start_report(occurrence=self.occurrence, side=side, by=self.reporters[side])

    def submitted(self, side: str = "BY", content: Content = DONE) -> Report:
        report = self.draft(side)
        by = self.reporters[side]
        report = save_report(report=report, content=content, expected_version=report.version, by=by)
        return submit_report(report=report, expected_version=report.version, by=by)

    def accepted(self, side: str = "BY", content: Content = DONE) -> Report:
        report = self.submitted(side, content)
        return accept_report(
            report=report, expected_version=report.version, by=self.verifiers[side]
        )


def two_sides(due: DueRule = MAY, **programme: Any) -> World:
    agreement = an_agreement(a_region("BY-HO"), a_region("RU-BRY"))
    of_both = a_programme(agreement, **programme)
    bodies = {
        "BY": an_organisation("Homiel plant", kind="enterprise"),
        "RU": an_organisation("Bryansk plant", a_region("RU-BRY"), kind="enterprise"),
    }
    authorities = {
        "BY": an_organisation("Homiel office"),
        "RU": an_organisation("Bryansk office", a_region("RU-BRY")),
    }
    named = tuple(NewBody(str(body), side, body.pk) for side, body in bodies.items())
    row = NewMeasure({"en": "Hold an exhibition"}, due=due, bodies=named)
    return World(
        of_both,
        with_measures(row, programme=of_both)[0],
        bodies,
        {side: somebody(Role.REPORTER, body) for side, body in bodies.items()},
        {side: somebody(Role.VERIFIER, office) for side, office in authorities.items()},
    )


def changed(content: Content, **fields: Any) -> Content:
    return Content(**{**content.columns(), **fields})


__all__ = ["DONE", "DONE_ON", "DUE", "MAY", "World", "changed", "content_of", "two_sides"]
