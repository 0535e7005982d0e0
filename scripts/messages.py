"""Texts to translate, without gettext's own tools.

python scripts/messages.py update    finds the texts and brings the .po files up to date
python scripts/messages.py compile   writes the .mo files that Django reads
python scripts/messages.py check     says what is missing, and exits with 1 if anything is
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parent.parent / "src/comity"
LOCALES = PACKAGE / "locale"
TRANSLATED = ("be", "ru")
KEYWORDS = {
    **dict.fromkeys(("_", "_now", "N_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = "# Texts of Comity. Apache-2.0.\n"


#: Letters that the other language does not have: a text with one stands in the wrong catalogue.
FOREIGN = {"be": set("иИщЩъЪ"), "ru": set("іІўЎ")}


#: allauth speaks Russian but not Belarusian: the texts of the pages that we use are ours to say.
ALLAUTH = (
    "account/forms.py",
    "account/adapter.py",
    "account/fields.py",
    "mfa/adapter.py",
    "mfa/base/forms.py",
    "mfa/totp/forms.py",
    "mfa/webauthn/forms.py",
    "mfa/recovery_codes/forms.py",
    "templates/account/logout.html",
    "templates/account/password_change.html",
    "templates/account/password_reset*.html",
    "templates/account/reauthenticate.html",
    "templates/account/base_reauthenticate.html",
    "templates/account/account_inactive.html",
    "templates/account/email.html",
    "templates/account/email_confirm.html",
    "templates/account/password_set.html",
    "templates/account/signup_closed.html",
    "templates/account/verification_sent.html",
    "templates/account/verified_email_required.html",
    "templates/account/snippets/*.html",
    "templates/account/messages/*.txt",
    "templates/account/email/password_*",
    "templates/account/email/email_*",
    "templates/account/email/base_*",
    "templates/mfa/**/*.html",
    "templates/mfa/**/*.txt",
)


def allauth_files() -> list[Path]:
    import allauth  # noqa: PLC0415

    folder = Path(allauth.__file__).parent
    return sorted({path for pattern in ALLAUTH for path in folder.glob(pattern)})


def sources() -> Iterator[tuple[Path, bytes]]:
    """Python files as they are; templates as the Python-like text that Django makes of them."""
    from django.conf import settings  # noqa: PLC0415

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize  # noqa: PLC0415

    for path in [*sorted(PACKAGE.rglob("*")), *allauth_files()]:
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path, path.read_bytes()
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            python = templatize(path.read_text("utf-8"), origin=str(path))
            yield path, "\n".join(line.lstrip() for line in python.splitlines()).encode()


def found() -> Catalog:
    """Every text of the program, with the files that it stands in."""
    catalog = Catalog(charset="utf-8", header_comment=HEADER)
    for _path, content in sources():
        file = BytesIO(content)
        texts = extract("python", file, keywords=KEYWORDS, options={"encoding": "utf-8"})
        for _line, text, _comments, context in texts:
            catalog.add(text, context=context)
    return catalog


def po_file(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def kept(language: str) -> Catalog:
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", header_comment=HEADER)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update() -> int:
    template = found()
    for language in TRANSLATED:
        catalog = kept(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.header_comment = HEADER
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(_without_dates(catalog))
        left = len(list(missing(catalog, template)))
        print(f"{language}: {len(catalog)} texts, {left} to translate")
    return 0


def _without_dates(catalog: Catalog) -> bytes:
    """The catalogue as text; its header keeps only what does not change with every run."""
    written = BytesIO()
    catalog.fuzzy = False
    write_po(written, catalog, width=100, sort_output=True, no_location=True)
    changing = (
        b'"POT-Creation', b'"PO-Revision', b'"Last-Translator', b'"Language-Team', b'"Generated-By',
        b'"Project-Id', b'"Report-Msgid',
    )  # fmt: skip
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(changing))


def compile_all() -> int:
    for language in TRANSLATED:
        path = po_file(language)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, kept(language))
    return 0


def _forms(message: Message) -> Iterable[str]:
    return message.string if isinstance(message.string, list | tuple) else [message.string]


def missing(catalog: Catalog, template: Catalog) -> Iterator[str]:
    """Texts without a whole translation: none, a plural form left out, or marked fuzzy."""
    for message in template:
        if not message.id:
            continue
        translation = catalog.get(message.id, message.context)
        if translation is None or translation.fuzzy or not all(_forms(translation)):
            yield str(message.id)


def check() -> int:
    template, wrong = found(), 0
    for language in TRANSLATED:
        catalog = kept(language)
        for text in missing(catalog, template):
            wrong += 1
            print(f"{language}: not translated: {text}")
        for message in catalog:
            for problem in message.check(catalog) if message.id else []:
                wrong += 1
                print(f"{language}: {problem}: {message.id}")
            if message.id and FOREIGN[language] & set("".join(_forms(message))):
                wrong += 1
                print(f"{language}: in another language: {message.id}")
            if message.id and template.get(message.id, message.context) is None:
                wrong += 1
                print(f"{language}: no longer used: {message.id}")
    print(f"translations: {len(template)} texts in {' and '.join(TRANSLATED)}, {wrong} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    commands = {"update": update, "compile": compile_all, "check": check}
    if command not in commands:
        sys.exit(__doc__)
    sys.exit(commands[command]())
