"""A programme whose changes need consent, with somebody on each side."""

from dataclasses import dataclass
from datetime import date

from comity.accounts.models import Role, User
from comity.programmes.actions import amend_measure
from comity.programmes.due import DueRule
from comity.programmes.models import Measure, MeasureAmendment, Programme
from comity.programmes.rows import NewMeasure
from tests.factories import a_programme, a_region, an_agreement, an_organisation, somebody
from tests.programmes.rows import MAY_2018, a_row, with_measures

JULY = DueRule("date", None, date(2018, 7, 1))
MOVED = a_row("Hold a fair", due=JULY, due_text="by 1 July")


@dataclass
class Sides:
    """A programme of Homiel and Bryansk that asks for consent, and a coordinator of each."""

    programme: Programme
    measure: Measure
    here: User
    there: User

    def proposed(self, new: NewMeasure = MOVED) -> MeasureAmendment:
        self.measure.refresh_from_db()
        return amend_measure(
            measure=self.measure, new=new, expected_version=self.measure.version,
            by=self.here, reason="The hall is closed.",
        )  # fmt: skip


def sides_that_consent() -> Sides:
    programme = a_programme(an_agreement(), needs_consent=True)
    (measure,) = with_measures(a_row(due=MAY_2018, due_text="May"), programme=programme)
    bryansk = an_organisation(seat=a_region("RU-BRY"))
    return Sides(
        programme,
        measure,
        somebody(Role.COORDINATOR, an_organisation()),
        somebody(Role.COORDINATOR, bryansk),
    )
