"""How an Excel file shows its numbers: dates by their format, figures without false digits."""

import re
from datetime import date, datetime, timedelta

from lxml import etree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "dd.mm.yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "dd.mm.yyyy h:mm",
    **dict.fromkeys(range(27, 37), "dd.mm.yyyy"), 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
    **dict.fromkeys(range(50, 59), "dd.mm.yyyy"),
}  # fmt: skip
NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
FIGURES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|(?P<figure>[0#?])')
LITERAL = re.compile(r'"([^"]*)"|\\(.)')
MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь",
    "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
PLAIN_DECIMALS = re.compile(r"0\.0{1,2}\Z")


class Formats:
    """The number formats and bold fonts that cell styles refer to."""

    def __init__(self, root: etree._Element | None) -> None:
        self._codes: list[str] = []
        self._bold: list[bool] = []
        if root is None:
            return
        own = {
            int(element.get("numFmtId", "0")): element.get("formatCode", "")
            for element in root.iter(S + "numFmt")
        }
        fonts = root.find(S + "fonts")
        bold = [_is_bold(font) for font in fonts] if fonts is not None else []
        for style in root.iterfind(f"{S}cellXfs/{S}xf"):
            number = int(style.get("numFmtId", "0"))
            font = int(style.get("fontId", "0"))
            self._codes.append(own.get(number, BUILT_IN.get(number, "General")))
            self._bold.append(font < len(bold) and bold[font])

    def code(self, style: int) -> str:
        """The format code of a cell style."""
        return self._codes[style] if style < len(self._codes) else "General"

    def bold(self, style: int) -> bool:
        """Whether the font of a cell style is bold."""
        return style < len(self._bold) and self._bold[style]


def _is_bold(font: etree._Element) -> bool:
    mark = font.find(S + "b")
    return mark is not None and mark.get("val", "1") not in ("0", "false")


def day_of(serial: float, from_1904: bool) -> date | None:
    """The day an Excel serial number stands for, None outside the calendar."""
    try:
        base = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        return (base + timedelta(days=serial)).date()
    except (OverflowError, ValueError):
        return None


def shown(value: float, code: str, from_1904: bool) -> tuple[str, date | None]:
    """What the cell shows, and its real day when the format shows one."""
    bare = NOT_CODE.sub("", code.split(";", maxsplit=1)[0]).lower()
    years, months, days = "y" in bare or "г" in bare, "m" in bare or "м" in bare, "d" in bare
    if "h" in bare and not (years or days):
        return figure(value), None
    days = days or "д" in bare
    if (years or days) and bare not in ("general", "основной", "standard"):
        day = day_of(value, from_1904)
        if day is not None:
            return _date_text(day, years, months, days, code)
    if PLAIN_DECIMALS.match(bare):
        return f"{value:.{len(bare) - 2}f}".replace(".", ","), None
    if "%" in bare:
        return f"{figure(value * 100)}%", None
    return _with_literals(figure(value), code), None


def _date_text(
    day: date, years: bool, months: bool, days: bool, code: str
) -> tuple[str, date | None]:
    if days and years:
        return day.strftime("%d.%m.%Y"), day
    if days:
        return f"{day.day} {MONTHS_EN[day.month - 1]}", None
    if not months:
        return str(day.year), None
    names = MONTHS_EN if re.search(r"\[\$-[^\]]*(?:409|809)\]", code) else MONTHS
    return f"{names[day.month - 1]} {day.year}", None


def _with_literals(text: str, code: str) -> str:
    """Words that the format adds around the number (a unit or a currency)."""
    first = code.split(";", maxsplit=1)[0]
    figures = [match.end() for match in FIGURES.finditer(first) if match.group("figure")]
    if not figures:
        return text
    before = _literal(first[: figures[0] - 1])
    after = _literal(first[figures[-1] :])
    return f"{before} {text} {after}".strip() if before or after else text


def _literal(code: str) -> str:
    found = "".join(quoted or single for quoted, single in LITERAL.findall(code))
    currency = re.search(r"\[\$([^\]-]+)", code)
    sign = "".join(mark for mark in "€$£₽" if mark in LITERAL.sub("", code) and not currency)
    text = (currency.group(1) if currency else "") + found + sign
    return text.strip() if any(letter.isalpha() or letter in "€$£₽¥" for letter in text) else ""


def figure(value: float) -> str:
    """A number as people write it: no trailing zeros, a decimal comma."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.10g}".replace(".", ",") if "e" not in f"{value:.10g}" else f"{value:.2f}"
