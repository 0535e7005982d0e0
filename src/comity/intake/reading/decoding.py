"""Bytes of a text file to letters: byte order marks, Unicode, Cyrillic code pages, mixtures."""

import codecs
import re
from dataclasses import dataclass, field

from comity.intake.reading.messages import ReadingWarning

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CYRILLIC_PAGES = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
COMMONNESS = {"iso8859-5": 0.97, "mac-cyrillic": 0.9}
COMMON = frozenset("оеаинтсрвлкмдпуяыьзбгчйхіў")
RARE_CASE = re.compile(r"[а-яёіў][А-ЯЁІЎ]")
CYRILLIC_WORD = re.compile(r"[А-Яа-яЁёІіЎў]{3,}")
MIXED_WORD = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")
DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]+)", re.IGNORECASE)


@dataclass(slots=True)
class Decoded:
    """The letters of a text file and how they were told."""

    text: str
    encoding: str
    binary: bool = False
    warnings: list[ReadingWarning] = field(default_factory=list)


def decode(content: bytes) -> Decoded:
    """The text of the bytes in the likeliest encoding, with warnings where that was doubtful."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            text = content[len(mark) :].decode(encoding, "replace")
            return _finished(text, encoding, [])
    wide = _wide_without_mark(content)
    if wide:
        return _finished(content.decode(wide, "replace"), wide, [])
    declared = _declared(content)
    for encoding in filter(None, (None if declared == "utf-8" else declared, "utf-8")):
        try:
            return _finished(content.decode(encoding), encoding, [])
        except (UnicodeDecodeError, LookupError):
            continue
    if _mixed(content):
        return _line_by_line(content)
    encoding = _single_byte(content)
    return _finished(content.decode(encoding, "replace"), encoding, [])


def _finished(text: str, encoding: str, warnings: list[ReadingWarning]) -> Decoded:
    odd = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 12, 13))
    binary = odd > max(8, len(text) // 50)
    if "\x00" in text:
        warnings.append(ReadingWarning("nul_bytes"))
        text = text.replace("\x00", "")
    if "\ufffd" in text:
        warnings.append(ReadingWarning("undecodable"))
    return Decoded(text.removeprefix("\ufeff"), encoding, binary, warnings)


def _wide_without_mark(content: bytes) -> str | None:
    sample = content[:4096]
    if len(sample) < 8:
        return None
    half = len(sample) // 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[offset::2]
        if (high.count(0) + high.count(4)) > 0.9 * half and high.count(0) > 0.02 * half:
            return encoding
    return None


def _declared(content: bytes) -> str | None:
    match = DECLARED.search(content[:2048])
    if match is None or b"<" not in content[:2048]:
        return None
    try:
        return codecs.lookup(match.group(1).decode("ascii")).name
    except LookupError:
        return None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mixed(content: bytes) -> bool:
    lines = [line for line in content.split(b"\n") if not line.isascii()]
    good = sum(map(_is_utf8, lines))
    return 0 < good < len(lines) and good >= 0.1 * len(lines)


def _line_by_line(content: bytes) -> Decoded:
    lines = content.split(b"\n")
    page = _single_byte(b"\n".join(line for line in lines if not _is_utf8(line)))
    text = "\n".join(
        line.decode("utf-8") if _is_utf8(line) else line.decode(page, "replace") for line in lines
    )
    return _finished(text, f"utf-8+{page}", [ReadingWarning("mixed_encodings")])


def _cyrillic_likeness(text: str) -> float:
    letters = "".join(CYRILLIC_WORD.findall(text))
    outside = sum(1 for letter in text if ord(letter) > 127) - len(letters)
    common = sum(1 for letter in letters if letter in COMMON)
    return common - 3 * len(RARE_CASE.findall(text)) - outside


def _single_byte(content: bytes) -> str:
    sample = content[:65536]
    best = max(
        CYRILLIC_PAGES,
        key=lambda page: (
            _cyrillic_likeness(sample.decode(page, "replace")) * COMMONNESS.get(page, 1)
        ),
    )
    foreign = sum(byte > 127 for byte in sample)
    among_latin = len(MIXED_WORD.findall(sample))
    cyrillic = _cyrillic_likeness(sample.decode(best, "replace")) > 0.3 * foreign
    return best if cyrillic and among_latin < 0.3 * foreign else _western(sample)


def _western(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415  (loaded only for odd files)

    best = from_bytes(sample, cp_isolation=["cp1252", "cp1250", "cp1257", "cp1254"]).best()
    return best.encoding if best is not None else "cp1252"
