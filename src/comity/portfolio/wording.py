"""Chances and shares as a reader says them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.directory.models import Organisation
from comity.lib import wording
from comity.lib.fields_of_cooperation import FieldOfCooperation
from comity.portfolio.queries.history import MONTHS
from comity.portfolio.queries.risk import Reason


def percent(share: float | None) -> str:
    """“63 %” as each language writes it, in whole hundredths; “—” where there is none."""
    return "—" if share is None else wording.percent(share)


def reason_in_words(reason: Reason, body: Organisation) -> str:
    """“4 of the last 6 of X came after the date”, or what is known of its kind."""
    field = FieldOfCooperation(reason.kind).label
    kind = _("In the field “%(field)s” %(share)s come late.") % {
        "field": field,
        "share": percent(reason.kind_share),
    }
    past = reason.past
    if not past.all:
        return (
            _("Nothing of %(body)s fell due in the last %(years)s years.")
            % {
                "body": body.said_short_name.text,
                "years": MONTHS // 12,
            }
            + f" {kind}"
        )
    told = ngettext(
        "%(late)s of the last %(all)s of %(body)s came after the date.",
        "%(late)s of the last %(all)s of %(body)s came after the date.",
        past.late,
    )
    return (
        told
        % {
            "late": wording.number(past.late),
            "all": wording.number(past.all),
            "body": body.said_short_name.text,
        }
        + f" {kind}"
    )
