"""The words of a letter to somebody without an account: each line has a one-time link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from comity.directory.models import Organisation
from comity.lib import wording
from comity.lib.languages import reader_language
from comity.post.actions import Letter
from comity.programmes.models import Measure
from comity.reminders.digests import address, cut, group, line_at, subject, turn_at
from comity.reminders.planning import LineOfBody, Plan
from comity.reminders.turns import Turn
from comity.reporting.actions.links import LONGEST
from comity.reporting.sides import language_of_side


@dataclass(frozen=True, slots=True)
class News:
    """What an address is told on a day."""

    day: date
    back: Sequence[Turn]
    lines: Sequence[LineOfBody]

    @property
    def asked(self) -> list[tuple[int, str]]:
        """The occurrence and the side of each report, in the order of the letter's links."""
        back = [(turn.report.occurrence_id or 0, turn.report.side) for turn in self.back]
        return back + [(one.line.occurrence, one.line.side) for one in self.lines]

    def language(self, measures: Mapping[int, Measure]) -> str:
        """Of the programme's text, if that side reads it; else the first one that it reads."""
        if self.back:
            report = self.back[0].report
            return language_of_side(report.measure.programme, report.side)
        line = self.lines[0].line
        return language_of_side(measures[line.measure].programme, line.side)


def news_of(made: Plan, email: str) -> News:
    """A report that came back is told once, although its day is on a rung as well."""
    back = made.came_back.get(email, [])
    told = {(turn.report.occurrence_id, turn.report.side) for turn in back}
    lines = made.contacts.get(email, [])
    rest = [one for one in lines if (one.line.occurrence, one.line.side) not in told]
    return News(made.day, back, rest)


def key_of_contact(day: date, email: str) -> str:
    return f"digest:{day.isoformat()}:contact:{email}"


def to_contact(
    email: str,
    news: News,
    secrets: Sequence[str],
    measures: Mapping[int, Measure],
    bodies: Mapping[int, Organisation],
) -> Letter:
    """One letter; the secrets are of the links to the reports of `news.asked`."""
    links = [address("reporting:by_link", secret) for secret in secrets]
    back = list(zip(links, news.back, strict=False))
    lines = list(zip(links[len(back) :], news.lines, strict=True))
    with translation.override(news.language(measures)):
        late = [(link, one.line) for link, one in lines if one.line.due_on < news.day]
        soon = [(link, one.line) for link, one in lines if one.line.due_on >= news.day]
        parts = [_("Good day!"), *_why(news, bodies)]
        shown = [turn_at(*one) for one in back]
        parts += group(_("Came back to you"), len(back), shown, is_cut=False)
        for title, some in ((_("Late"), late), (_("Due soon"), soon)):
            shown = [line_at(*one, measures, news.day) for one in some]
            parts += group(title, len(some), shown, is_cut=False)
        parts.append(_until())
        return Letter(
            key=key_of_contact(news.day, email),
            to=email,
            subject=subject(back=len(back), late=len(late), soon=len(soon)),
            body="\n\n".join(parts) + "\n",
            language=reader_language(),
            kind="digest",
            private=True,
        )


def _why(news: News, bodies: Mapping[int, Organisation]) -> list[str]:
    parts = []
    if news.back:
        parts.append(
            _(
                "What was reported by a one-time link in Comity, the register of cooperation "
                "between regions, came back to be mended, for the reason that stands with it. Open "
                "the address under it, mend the report and submit it again; no account is needed."
            )
        )
    if news.lines:
        known = dict.fromkeys(one.body for one in news.lines)
        named = dict.fromkeys(cut(bodies[body].name) for body in known if body in bodies)
        parts.append(
            _(
                "This address is kept in Comity, the register of cooperation between regions, for: "
                "%(bodies)s. A report is asked for on what stands below. Open the address under "
                "it, fill in the form and submit it; no account is needed."
            )
            % {"bodies": "; ".join(named)}
        )
    return parts


def _until() -> str:
    until = wording.day(timezone.localdate() + timedelta(days=LONGEST))
    return _(
        "Each address works once and until %(until)s. Do not pass it on. If this letter is "
        "not for you, tell whoever coordinates the programme."
    ) % {"until": until}
