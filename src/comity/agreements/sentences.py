"""What a page says of an agreement first: how it stands on a day, in one sentence."""

from collections.abc import Iterable
from datetime import date

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.agreements import terms
from comity.agreements.composition import parties_on
from comity.agreements.models import Agreement, Party
from comity.agreements.terms import Status, Terms
from comity.lib import wording
from comity.lib.languages import reader_language


def standing(agreement: Agreement, day: date) -> str:
    """«In force between A and B since 1 May 2018, until 30 April 2023.»"""
    stood = agreement.terms_on(day)
    status = terms.status_on(stood, day)
    said = {
        "parties": parties_in_words(parties_on(agreement, day)),
        "signed": wording.day(agreement.signed_on, agreement.signed_precision),
        "since": wording.day(stood.in_force_from),
        "end": wording.day(terms.term_end(stood, day)),
        "ended": wording.day(stood.ended_on),
    }
    return _sentence(status, stood, day) % said


def parties_in_words(parties: Iterable[Party]) -> str:
    """«Homiel Region, Bryansk Oblast and Chernihiv Oblast»."""
    names = [party.said_name.text for party in parties]
    return format_list(names, locale=reader_language())


def months_in_words(months: int) -> str:
    """Five years, or eighteen months where it is not whole years."""
    if months % 12 == 0:
        return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def _sentence(status: Status, stood: Terms, day: date) -> str:
    match status:
        case Status.DRAFT:
            return (
                _("Not signed then: a draft between %(parties)s, signed later (%(signed)s).")
                if stood.signed_on
                else _("A draft between %(parties)s, not signed yet.")
            )
        case Status.SIGNED:
            return (
                _("Signed by %(parties)s (%(signed)s), in force from %(since)s.")
                if stood.in_force_from
                else _(
                    "Signed by %(parties)s (%(signed)s); since when it is in force is not recorded."
                )
            )
        case Status.EXPIRED:
            return _("Expired on %(end)s: signed by %(parties)s (%(signed)s).")
        case Status.ENDED:
            return _("Ended early, on %(ended)s: signed by %(parties)s (%(signed)s).")
    return _("In force between %(parties)s since %(since)s") + _further(stood, day)


def _further(stood: Terms, day: date) -> str:
    """How an agreement in force goes on: without an end, to its end, or prolonged."""
    end = terms.term_end(stood, day)
    if end is None:
        return _(", with no end set.")
    prolonged = terms.is_prolonged_on(stood, day)
    upto = _(", prolonged until %(end)s") if prolonged else _(", until %(end)s")
    return upto + _after(stood, day).replace("%", "%%")


def _after(stood: Terms, day: date) -> str:
    renewal, notice = stood.renewal_months, terms.notice_day(stood, day)
    after = terms.prolonged_until(stood, day)
    if renewal is None:
        return "."
    if after is None:
        return _("; a party objected on %(day)s, so it ends then.") % {
            "day": wording.day(stood.objected_on)
        }
    if stood.objected_on is not None and stood.objected_on <= day:
        return _("; a party objected on %(day)s, too late for this term: it ends on %(after)s.") % {
            "day": wording.day(stood.objected_on),
            "after": wording.day(after),
        }
    said = {"further": months_in_words(renewal), "after": wording.day(after)}
    if notice is None:
        return _(", then by %(further)s more unless a party objects.") % said
    said["day"] = wording.day(notice)
    if day > notice:
        return _(", then until %(after)s: no party objected by %(day)s.") % said
    return _(", then by %(further)s more unless a party objects by %(day)s.") % said
