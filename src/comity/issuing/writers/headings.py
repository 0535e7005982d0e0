"""The lines of the title block, alike in all formats."""

from comity.issuing.digest import Digest
from comity.issuing.typography import HELD, quoted, typeset
from comity.lib import wording


def number(digest: Digest) -> str:
    """“No. 3 of 18 October 2018”, or that it is a draft."""
    words = digest.words
    if digest.number is None:
        return words["draft"]
    return f"{words['no'] % digest.number} {words['of_day'] % wording.day(digest.made_on)}"


def title(digest: Digest) -> str:
    """The whole title in one line, for the properties of the file."""
    lines = (digest.words["report"], digest.subject, quoted(digest.programme), digest.period)
    return typeset(" ".join(lines)).replace(HELD, " ")


def facts(digest: Digest) -> list[tuple[str, str]]:
    """What stands below the title, each with its label."""
    words = digest.words
    told = [
        (words["parties"], digest.parties),
        (words["agreement"], digest.agreement),
        (words["period"], digest.period_days),
        (words["as_of"], wording.day(digest.as_of)),
        (words["made_on"], made(digest) if digest.made_by or digest.number is None else ""),
    ]
    return [(label, typeset(text)) for label, text in told if text]


def made(digest: Digest) -> str:
    day = wording.day(digest.made_on)
    return f"{day}, {digest.made_by}" if digest.made_by else day
