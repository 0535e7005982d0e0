"""The languages in which documents come; pages themselves have three."""

from babel import Locale

from comity.lib.languages import LANGUAGES, reader_language

#: ISO 639 codes of the languages in which regions of Europe and Asia sign.
SIGNED_IN = [
    "ar",
    "az",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "et",
    "fa",
    "fi",
    "fr",
    "he",
    "hi",
    "hu",
    "hy",
    "it",
    "ja",
    "ka",
    "kk",
    "ko",
    "ky",
    "lt",
    "lv",
    "mk",
    "mn",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sr",
    "sv",
    "tg",
    "tk",
    "tr",
    "uk",
    "uz",
    "vi",
    "zh",
]


def language_name(code: str) -> str:
    """A language as the reader calls it; its code where no name is known."""
    return str(Locale(reader_language()).languages.get(code, code))


def document_languages() -> list[tuple[str, str]]:
    """Choices: the three languages of the pages, then the others by name."""
    others = sorted(((code, language_name(code)) for code in SIGNED_IN), key=lambda one: one[1])
    return [*((code, language_name(code)) for code in LANGUAGES), *others]
