"""What a record is called in Belarusian, Russian and English, and how it falls back visibly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("be", "ru", "en")


class Language(models.TextChoices):
    BELARUSIAN = "be", _("Belarusian")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")


#: In which of them the offices of a country read, by its ISO 3166-1 code; others read any.
READ_IN = {"BY": ("be", "ru", "en"), "RU": ("ru", "en")}


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language it is in; `is_fallback` when the reader asked for another one."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


def reader_language() -> str:
    """The language of the page being made, one of `LANGUAGES`."""
    language = (get_language() or "en")[:2]
    return language if language in LANGUAGES else "en"


#: In which order the languages stand in for one that is not filled in.
_NEAREST = {"be": ("be", "ru", "en"), "ru": ("ru", "be", "en"), "en": ("en", "ru", "be")}


def first_said(texts: Sequence[str], language: str) -> str:
    """Of a text in `LANGUAGES`, in their order, what `said` gives a reader of a language."""
    return next(filter(None, (texts[LANGUAGES.index(code)] for code in _NEAREST[language])), "")


def said(record: Any, stem: str, language: str | None = None) -> Said:
    """What `record` says in its fields `stem_be`, `stem_ru` and `stem_en`.

    The wanted language first, then the nearest to it that is filled in: Belarusian and Russian
    stand in for each other before English does.
    """
    wanted = language or reader_language()
    return said_of([getattr(record, column) for column in in_three(stem)], wanted)


def said_of(texts: Sequence[str], language: str) -> Said:
    """Of a text in `LANGUAGES`, in their order, what `said` gives a reader of a language."""
    for candidate in _NEAREST[language]:
        text = texts[LANGUAGES.index(candidate)]
        if text:
            return Said(text, candidate, candidate != language)
    return Said("", language, False)


def in_three(stem: str) -> tuple[str, str, str]:
    """The three field names of a stem: `in_three("name")` is name_be, name_ru, name_en."""
    return (f"{stem}_be", f"{stem}_ru", f"{stem}_en")


def said_in_some_language(stem: str) -> models.Q:
    """True where at least one of the three languages is filled in; for database constraints."""
    be, ru, en = in_three(stem)
    return ~models.Q(**{be: "", ru: "", en: ""})


class Named(models.Model):
    """A record with a name in three languages."""

    name_be = models.CharField(_("name in Belarusian"), max_length=500, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=500, blank=True)
    name_en = models.CharField(_("name in English"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def said_name(self) -> Said:
        return said(self, "name")

    @property
    def name(self) -> str:
        return said(self, "name").text


class Titled(models.Model):
    """A record with a title in three languages; long, as the titles of agreements are."""

    title_be = models.TextField(_("title in Belarusian"), blank=True)
    title_ru = models.TextField(_("title in Russian"), blank=True)
    title_en = models.TextField(_("title in English"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def said_title(self) -> Said:
        return said(self, "title")

    @property
    def title(self) -> str:
        return said(self, "title").text
