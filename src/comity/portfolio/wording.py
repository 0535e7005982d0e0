"""Chances and shares as a reader says them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.directory.models import Organisation
from comity.lib import wording
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.portfolio.queries.history import MONTHS
from comity.portfolio.queries.risk import Reason
from insight.lateness import Count


def percent(share: float | None) -> str:
    """“63 %” as each language writes it, in whole hundredths; “—” where there is none."""
    return "—" if share is None else wording.percent(share)


def reason_in_words(reason: Reason, body: Organisation) -> str:
    """“X: of the last 7 deadlines 4 were missed”, or what is known of its kind."""
    kind = _("In the field “%(field)s” %(share)s of deadlines are missed.") % {
        "field": FieldOfCooperation(reason.kind).label,
        "share": percent(reason.kind_share),
    }
    return f"{body.said_short_name.text}: {_past_in_words(reason.past)} {kind}"


def _past_in_words(past: Count) -> str:
    """How a body kept its deadlines, as a clause."""
    if not past.all:
        years = MONTHS // 12
        told = ngettext(
            "no deadline passed in the last %(years)s year.",
            "no deadline passed in the last %(years)s years.",
            years,
        )
        return told % {"years": wording.number(years)}
    if past.all == 1:
        return (
            _("the only deadline so far was missed.")
            if past.late
            else _("the only deadline so far was met.")
        )
    all_ = {"all": wording.number(past.all)}
    if past.late in (0, past.all):
        return (_all_missed(past.all) if past.late else _all_met(past.all)) % all_
    of_all = ngettext("of the last %(all)s deadline", "of the last %(all)s deadlines", past.all)
    missed = ngettext("%(late)s was missed.", "%(late)s were missed.", past.late)
    return f"{of_all % all_} {missed % {'late': wording.number(past.late)}}"


def _all_met(number: int) -> str:
    return ngettext(
        "all of the last %(all)s deadline were met.",
        "all of the last %(all)s deadlines were met.",
        number,
    )


def _all_missed(number: int) -> str:
    return ngettext(
        "all of the last %(all)s deadline were missed.",
        "all of the last %(all)s deadlines were missed.",
        number,
    )
