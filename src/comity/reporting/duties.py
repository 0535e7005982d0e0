"""What an organisation has to do about reports: who leaves it may be the last who could."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.accounts.belongings import Duty
from comity.accounts.models import REPORTING, VERIFYING, User
from comity.accounts.rules import Reader
from comity.accounts.scopes import Scope
from comity.directory.scopes import WithinOrganisation
from comity.programmes.models import Occurrence
from comity.reporting.belongings import due, named
from comity.reporting.models import Report
from comity.reporting.work import owed_in_the_name_of, waiting_for_verifiers_of


def reporting_duties(person: User, scope: Scope, reader: Reader) -> Iterator[Duty]:
    """Reports that it owes and that the person did not begin, and those it has to decide about."""
    if not isinstance(scope, WithinOrganisation):
        return
    organisation = scope.organisation
    seen = Occurrence.objects.visible_to(person).visible_to(reader)
    owed = owed_in_the_name_of(organisation, seen, timezone.localdate())
    not_begun = [one for one in owed if one.report is None or one.report.opened_by_id != person.pk]
    told = tuple(
        due(one.measure, one.occurrence.due_on) for one in not_begun if one.occurrence is not None
    )
    yield Duty(_("Days on which a report is due"), told, REPORTING)
    reports = Report.objects.visible_to(person).visible_to(reader)
    waiting = waiting_for_verifiers_of(organisation, reports).exclude(submitted_by=person)
    yield Duty(_("Reports that wait for a decision"), tuple(map(named, waiting)), VERIFYING)
