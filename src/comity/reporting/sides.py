"""What the side of a report is called, and in which language it is written to."""

from babel import Locale
from django.conf import settings

from comity.lib.languages import LANGUAGES, READ_IN, reader_language
from comity.programmes.models import Programme

#: A side that stands for more territories than this is called by its country.
MOST = 2


def name_of_side(programme: Programme, side: str) -> str:
    """The territories that take part for a side, or its country, in the reader's language.

    Asks the database nothing if the sides of the programme are there.
    """
    names = [
        one.territory.name for one in programme.sides.all() if one.territory.country_code == side
    ]
    if 0 < len(names) <= MOST:
        return ", ".join(names)
    return str(Locale(reader_language()).territories.get(side, side))


def language_of_side(programme: Programme, side: str) -> str:
    """Of the programme's text, if that side reads it; else the first one that it reads."""
    written = programme.language if programme.language in LANGUAGES else settings.LANGUAGE_CODE
    read = READ_IN.get(side, (written,))
    return written if written in read else read[0]
