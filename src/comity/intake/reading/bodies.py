"""Responsible bodies: one cell parted into bodies, each with the side it stands on."""

import re
from functools import lru_cache

from comity.intake.reading.model import Body
from comity.intake.reading.places import TOKEN, side_of, side_of_code, side_with_title
from comity.intake.reading.text import flat, fold, is_blank

BULLET = re.compile(
    r"\s*(?:[•·●○▪■◦‣∙*➢►✓]|[-–—−](?=\s|[А-ЯA-ZЁІЎ«\"])|\(?\d{1,2}[.)](?!\d)|\(?[а-яa-z]\))\s*"
)
LABEL_WORDS = re.compile(
    r"\b(?:от|ад|from|for|for the|side|partners?|party|сторон\w*|бок\w*|старан\w*|старон\w*|"
    r"исполнител\w*|выканаўц\w*|ответствен\w*|адказн\w*|responsible|lead|bodies|authorit\w+)\b"
)
STARTS_LABEL = re.compile(r"(?:от|со стороны|ад|з боку|from|for|on the part of)\s", re.IGNORECASE)
HEADS = (
    r"министерств\w*|департамент\w*|администраци\w*|комитет\w*|управлени\w*|агентств\w*|"
    r"университет\w*|институт\w*|центр\w*|палат\w*|концерн\w*|предприяти\w*|учреждени\w*|"
    r"организаци\w*|совет\w*|служб\w*|фонд\w*|союз\w*|ассоциаци\w*|академи\w*|музе\w*|театр\w*|"
    r"облисполком\w*|горисполком\w*|райисполком\w*|правительств\w*|мэри\w*|инспекци\w*|"
    r"посольств\w*|"
    r"міністэрств\w*|дэпартамент\w*|адміністрацы\w*|камітэт\w*|упраўленн\w*|агенцтв\w*|"
    r"універсітэт\w*|інстытут\w*|цэнтр\w*|канцэрн\w*|прадпрыемств\w*|установ\w*|арганізацы\w*|"
    r"савет\w*|аблвыканкам\w*|гарвыканкам\w*|урад\w*"
)
HEAD_START = re.compile(rf"(?:{HEADS})\b", re.IGNORECASE)
QUOTED_LOWER = re.compile(
    rf"(?:{HEADS}|холдинг\w*|компани\w*|завод\w*|общество|фабрик\w*)\b[^,;]*[«\"“]", re.IGNORECASE
)
ENGLISH_HEAD = re.compile(
    r"\b(?:ministry|ministries|agency|university|council|department|board|cent(?:re|er)|chamber|"
    r"institute|city|town|municipality|government|office|association|authority|authorities|"
    r"commission|committee|federation|foundation|fund|school|college|academy|museum|theatre|"
    r"hospital|library|police|service|company|ltd|inc|plc|llc|gmbh|oy|as|asa|ab|sa|region|county|"
    r"province|state|secretariat|directorate|embassy|consulate|union|network|cluster|park|port|"
    r"airport|railways?|archive|orchestra|society|trust|bank|group|forum|inspectorate|institut|"
    r"universidad|universidade|instituto|ministerio|secretaria|secretaría|cámara|prefeitura|"
    r"parliament|laboratory|corporation|enterprise|business|club|house|station|unit|alliance)\b",
    re.IGNORECASE,
)
LISTING = re.compile(
    r"\b(?:ministry|department|committee|agency|directorate|office|secretariat|faculty|school|"
    r"institute|commission|board|council|cent(?:re|er)|association|chamber|federation|service|"
    r"division|laboratory|authority)\s+(?:of|for|on)\b",
    re.IGNORECASE,
)
SUFFIX = re.compile(
    r"(?:inc|ltd|llc|plc|s\.?\s?a|s\.?r\.?l|lda|ltda|gmbh|co|oy|ab|as|corp|s\.?p\.?a|sp\. "
    r"z o\.?o)\b\.?",
    re.IGNORECASE,
)
LINE_LABEL = re.compile(
    r"(?P<label>[^:\n]{2,60}):|(?P<plain>[^:\n]{2,40}\b(?:сторона|стороны|бок|бока|side))\s*\Z"
)
OPENING, CLOSING = "«“„", "»”"
NESTING = re.compile(f"[({OPENING}]")
LAST_LABEL, ANY_LABEL = re.compile(r":\s*\Z"), re.compile(r":|\s[–—-]\s")
ENDS_LABEL = re.compile(r"\b(?:сторона|бок|side|partners?|party)\s*:?\Z")
BROKEN_OFF = re.compile(r"\w[-‐\u00ad]\Z")
SHORT_FORM = re.compile(r"(?:\b\w{1,3}|[A-ZА-Я]\.\w+)\.\Z")
LAST_BRACKET = re.compile(r"\(([^()]{2,40})\)\s*\Z")
NO_PLACE = re.compile(r"[,;]|\bг\.")
FIRST_CODE = re.compile(r"\s*\((\w{2,3})\)\s*")
ABBREVIATION = re.compile(r"[A-ZА-ЯЁІЎ]{2,}")


@lru_cache(maxsize=32768)
def read_bodies(text: str, side: str | None = None, title: str | None = None) -> tuple[Body, ...]:
    """The bodies of a cell in its order. `side` is the column's; labels and brackets go first.

    A label that nothing follows ("the Belarusian side") is itself the body.
    """
    if is_blank(text):
        return ()
    bodies: list[Body] = []
    current = side
    alone: tuple[Body, ...] = ()
    for labelled in _pieces(text):
        piece, label_side = _without_label(labelled, title)
        if label_side is not None:
            bodies += alone
            current = label_side
            alone = () if piece.strip() else _body(labelled.rstrip(" :"), current)
            if alone:
                continue
        alone = ()
        for name in _by_commas(piece):
            bodies.extend(_body(name, current))
    return (*bodies, *alone)


@lru_cache(maxsize=32768)
def _body(name: str, side: str | None) -> tuple[Body, ...]:
    name = flat(name).strip(" ,;")
    name = _without_bullet(name)
    if name.endswith(".") and not SHORT_FORM.search(name):
        name = name[:-1]
    if not any(map(str.isalnum, name)):
        return ()
    return (Body(name, _bracket_side(name) or side),)


def _without_bullet(text: str) -> str:
    bullet = BULLET.match(text)
    return text[bullet.end() :] if bullet is not None else text


def _bracket_side(name: str) -> str | None:
    match = LAST_BRACKET.search(name) if ")" in name else None
    if match is None or len(TOKEN.findall(match.group(1))) > 3:
        return None
    if NO_PLACE.search(match.group(1)):
        return None
    return side_of(match.group(1)) or side_of_code(match.group(1))


def _pieces(text: str) -> list[str]:
    """Parted at ";" and at line breaks, wrapped lines put together again."""
    if "\n" not in text:
        return _at_semicolons(text.strip())
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        if lines and _continues(lines[-1], line):
            broken = lines[-1].endswith(("-", "‐", "\u00ad"))
            lines[-1] = f"{lines[-1]}\n{line}" if broken else f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return [piece for line in lines for piece in _at_semicolons(line)]


def _continues(before: str, line: str) -> bool:
    if BROKEN_OFF.search(before):
        return True
    if before.endswith((";", ".", ":")):
        return False
    if line.startswith(("(", "»", ")")):
        return True
    if before.count("(") > before.count(")"):
        return True
    if _is_label(line):
        return False
    begins_small = line[0].islower() and not HEAD_START.match(line) and not STARTS_LABEL.match(line)
    return begins_small and not ABBREVIATION.match(line)


def _is_label(line: str) -> bool:
    """Whether a line is, or begins with, the label of a side ("с белорусской стороны:")."""
    match = LINE_LABEL.match(line)
    label = match.group("label") or match.group("plain") if match is not None else ""
    return len(TOKEN.findall(label)) <= 7 and side_of(label) is not None


def _at_semicolons(line: str) -> list[str]:
    if ";" not in line:
        return [line]
    if "(" not in line:
        return [piece for piece in line.split(";") if piece.strip()]
    pieces = [""]
    depth = 0
    for letter in line:
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if letter == ";" and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += letter
    return [piece for piece in pieces if piece.strip()]


@lru_cache(maxsize=32768)
def _without_label(piece: str, title: str | None) -> tuple[str, str | None]:
    """The piece without a label of a side ("от РБ:"), and that side."""
    bare = _without_bullet(piece)
    marks = LAST_LABEL if bare.rstrip().endswith(":") else ANY_LABEL
    for match in marks.finditer(bare):
        label = bare[: match.start()]
        if len(TOKEN.findall(label)) > 9:
            break
        side = _label_side(label, title, match.group().strip() == ":")
        if side is not None:
            return bare[match.end() :], side
    if _whole_line_label(bare) and len(TOKEN.findall(bare)) <= 7:
        side = side_with_title(bare, title)
        if side is not None:
            return "", side
    mark = FIRST_CODE.match(bare)
    if mark is not None and (side := side_of(mark.group(1))) is not None:
        return bare[mark.end() :], side
    return bare, None


def _label_side(label: str, title: str | None, colon: bool) -> str | None:
    side = side_with_title(label, title)
    if side is None:
        return None
    words = fold(label)
    if colon or STARTS_LABEL.match(label.strip()):
        return side
    return side if LABEL_WORDS.search(words) or _is_bare_place(label) else None


def _is_bare_place(label: str) -> bool:
    return len(TOKEN.findall(label)) <= 2 and not HEAD_START.match(label.strip())


def _whole_line_label(line: str) -> bool:
    line = line.strip()
    if HEAD_START.match(line) or ENGLISH_HEAD.search(line):
        return False
    if STARTS_LABEL.match(line):
        return True
    return line.endswith(":") or ENDS_LABEL.search(fold(line)) is not None


@lru_cache(maxsize=32768)
def _by_commas(piece: str) -> tuple[str, ...]:
    """Parted at the commas after which a body of its own begins."""
    parts: list[str] = []
    for part in _outer_commas(piece):
        if parts and not _own_body(parts[-1], part.strip()):
            parts[-1] += "," + part
        else:
            parts.append(part)
    return tuple(parts)


def _outer_commas(piece: str) -> list[str]:
    if "," not in piece:
        return [piece]
    if not NESTING.search(piece):
        return piece.split(",")
    parts = [""]
    quotes = brackets = 0
    for letter in piece:
        if letter in OPENING:
            quotes += 1
        elif letter in CLOSING:
            quotes = 0
        brackets += (letter == "(") - (letter == ")" and brackets > 0)
        if letter == "," and not brackets and not quotes:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _own_body(before: str, part: str) -> bool:
    if not part:
        return True
    part = _without_bullet(part)
    if not part[:1].isupper() and part[:1] not in OPENING + '"':
        return QUOTED_LOWER.match(part) is not None
    if SUFFIX.fullmatch(part.strip()):
        return False
    words = TOKEN.findall(part)
    if len(words) == 1 and side_of(part) is not None and not ABBREVIATION.match(part):
        return False
    if LISTING.search(before) and part.isascii():
        return ENGLISH_HEAD.search(part) is not None or ABBREVIATION.fullmatch(part) is not None
    return True


@lru_cache(maxsize=32768)
def likeness(text: str) -> bool:
    """Whether a text reads as names of bodies (for telling columns without a heading)."""
    if len(text) > 400 or is_blank(text):
        return False
    first = next(iter(_pieces(text)), "")
    return (
        _without_label(first, None)[1] is not None
        or HEAD_START.match(text.strip()) is not None
        or ENGLISH_HEAD.search(text) is not None
        or re.match(
            r"\s*(?:ОАО|ООО|ЗАО|АО|ПАО|РУП|ААТ|ГУ|УО|Мин[а-я]+|Мін[а-яіў]+|[А-Я]{3,})\b", text
        )
        is not None
        or re.search(
            r"(?:облисполком|горисполком|аблвыканкам|гарвыканкам|университет|палата)", fold(text)
        )
        is not None
    )
