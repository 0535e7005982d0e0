"""On which days something due can have been done: by hand of a coordinator, or by a report."""

from datetime import date

from django.utils.translation import gettext as _

from comity.lib import wording
from comity.programmes.models import Occurrence, Programme


def too_early(occurrence: Occurrence, day: date) -> str:
    """Why it cannot have been done on a day, in a sentence; nothing if it can.

    What recurs is done after the one before it was due: until then it was that one. All else is
    done from the beginning of the programme on, or from its own window if that opens before.
    """
    before = occurrence.one_before()
    if before is not None:
        return _the_one_before(before) if day <= before else ""
    begins = min(occurrence.measure.programme.begins_on, occurrence.opens_on)
    return _before_it_began(begins) if day < begins else ""


def before_it_began(programme: Programme, day: date) -> str:
    """Why nothing of a programme can have been done on a day; nothing if it can."""
    return _before_it_began(programme.begins_on) if day < programme.begins_on else ""


def _the_one_before(due_on: date) -> str:
    return _("The one before was due on %(day)s: what was done by then belongs to it.") % {
        "day": wording.day(due_on)
    }


def _before_it_began(begins: date) -> str:
    return _("Nothing of it can have been done before %(day)s; look at the year.") % {
        "day": wording.day(begins)
    }
