"""Words of recurrence, of constancy, and of deadlines that are not set yet."""

import re

from comity.intake.reading.months import ANY_MONTH

YEARLY, HALF_YEARLY, QUARTERLY, MONTHLY = "yearly", "half-yearly", "quarterly", "monthly"
_ONCE = (
    r"(?:(?:1|один|одного|одна|адзін|аднаго|одно|once|one)\s*(?:-?го)?\s*(?:раза?|разу|"
    r"time)?\s*(?:в|у|на|an?|per|every|each|за)\s*)"
)
_TWICE = (
    r"(?:(?:2|два|двух|двойчы|дважды|двое|two|twice)\s*(?:-?х)?\s*(?:раза?|разы|разоў|"
    r"times?)?\s*(?:в|у|на|an?|per|each|за)\s*)"
)
_YEAR = r"(?:год\w*|year|annum|календарн\w+ год\w*)"
_HALF = (
    r"(?:полугоди\w+|полгода|паўгодд\w+|паўгода|half[- ]?year|six months|6 months|6 месяц\w*|шесть "
    r"месяц\w*|6 месяц\w*|шэсць месяц\w*|semester)"
)
_QUARTER = r"(?:квартал\w*|quarter|three months|3 months|3 месяц\w*|три месяца|тры месяцы)"
_MONTH = r"(?:(?:календарн\w+ )?месяц\w*|(?:calendar )?month)"
_IN_MONTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th|-?е|-?га)? )?(?:{ANY_MONTH})\b"

RULES: tuple[tuple[str, bool, str], ...] = (
    # every two years and rarer, weekly and oftener: the nearest that the register knows
    (
        YEARLY,
        False,
        r"\b(?:раз|разоў|once)\s+(?:в|у|every|in)\s+(?:два|две|2|three|two|три|3|"
        r"тры)\s*(?:года|год|гады|years?)\b|\bevery (?:two|second|other|2|three|3) years?\b|"
        r"\bbiennial\w*|\bкаждые (?:два|2|три|3) года\b|\bкожныя (?:два|2|тры|3) гады\b",
    ),
    (
        MONTHLY,
        False,
        r"\bеженедельн\w+|\bштотыднёв\w*|\bштотыднев\w*|\bштотыдзень\b|\bweekly\b|\bevery "
        r"week\b|\bраз в неделю\b|\bкаждую неделю\b|\bfortnightly\b|\bbi-?weekly\b|"
        r"\bbi-?monthly\b|\bраз в два месяца\b",
    ),
    (
        HALF_YEARLY,
        True,
        rf"\b(?:отчетн\w+|справаздачн\w+) (?:полугоди\w+|паўгодд\w+)|"
        rf"\bполугодов\w+|\bпо полугодиям\b|\bкажд\w+ {_HALF}|\bкожн\w+ {_HALF}|"
        rf"\bшто(?:паўгод\w+|паўгоддзе)|\bраз\w* (?:в|у|на) {_HALF}|\b{_ONCE}{_HALF}|"
        rf"\b{_TWICE}{_YEAR}|\bевери\b|\bevery {_HALF}|\beach {_HALF}|\b(?:half[- –]?yearly|"
        rf"semi-?annual\w*|twice yearly|twice a year|six-monthly|6-monthly|once every "
        rf"{_HALF})|\bкаждые (?:шесть|6) месяцев|\bкожныя (?:шэсць|6) месяцаў|\bпаўгадав\w+|"
        rf"\bпо итогам полугодия|\b(?:at the end of|by the end of) each half-?year",
    ),
    (
        HALF_YEARLY,
        False,
        r"\bbi-?annual\w*|\b(?:3|три|тры|three) (?:раза|разы|times) (?:в|у|an?|per) (?:год|"
        r"year)",
    ),
    (
        QUARTERLY,
        True,
        rf"\b(?:отчетн\w+|справаздачн\w+) квартал\w*|"
        rf"\bежеквартал\w+|\bпоквартал\w+|\bштоквартал\w+|\bпаквартал\w+|\bкажд\w+ {_QUARTER}|"
        rf"\bкожн\w+ {_QUARTER}|\bраз\w* (?:в|у|на) {_QUARTER}|\b{_ONCE}{_QUARTER}|\bevery "
        rf"{_QUARTER}|\beach {_QUARTER}|\bquarterly\b|"
        rf"\bежекварт\.|\b(?:4|четыре|чатыры|four) (?:раза|разы|"
        rf"times) (?:в|у|an?|per) (?:год|year)|\b(?:квартальн\w+)\b",
    ),
    (
        MONTHLY,
        True,
        rf"\b(?:отчетн\w+|справаздачн\w+) месяц\w*|"
        rf"\bежемесячн\w*|\bпомесячн\w*|\bштомесяц\w*|\bштомесячн\w*|\bкажд\w+ {_MONTH}|"
        rf"\bкожн\w+ {_MONTH}|\bраз\w* (?:в|у|на) {_MONTH}\b|\b{_ONCE}{_MONTH}|\bevery "
        rf"month\b|\beach month\b|\bmonthly\b|\bevery {_MONTH}\b|\bежемес\.|\b12 (?:раз|times)",
    ),
    (
        YEARLY,
        True,
        rf"\b(?:отчетн\w+|справаздачн\w+) год\w*|\bгода, следующего за отчетным|"
        rf"\bгода, наступн\w+ за справаздачным|"
        rf"\bежегодн\w*|\bкаждогодн\w*|\bштогод\w*|\bштогадов\w*|\bкажд\w+ {_YEAR}|\bкожн\w+ "
        rf"{_YEAR}|\bраз\w* (?:в|у|на) {_YEAR}|\b{_ONCE}{_YEAR}|\bevery {_YEAR}|\beach "
        rf"{_YEAR}|\bannual\w*|\byearly\b|\bonce yearly\b|\bper annum\b|\b(?:each|every) "
        rf"(?:spring|summer|autumn|fall|winter)\b|"
        rf"\b(?:each|every|кажд\w+|кожн\w+) {_IN_MONTH}|\b(?:every|кажд\w+|кожн\w+) (?:12|twelve) "
        rf"(?:months|месяц\w*)|\bкажд\w+ (?:весн\w+|лет\w+|осен\w+|"
        rf"зим\w+)|\bкожн\w+ (?:вясн\w+|лет\w+|восен\w*|зім\w+)",
    ),
)


def _at_words(pattern: str) -> re.Pattern[str]:
    """A pattern whose alternatives all begin with a word: only beginnings of words are tried."""
    return re.compile(rf"\b(?=\w)(?:{pattern})")


COMPILED = tuple((name, exact, _at_words(pattern)) for name, exact, pattern in RULES)

_PROGRAMME = (
    r"(?:программ\w*|праграм\w*|план\w*|соглашен\w*|пагаднен\w*|договор\w*|дагавор\w*|проект\w*|"
    r"праект\w*|programme|program|plan|agreement|project|implementation|cooperation|period|action)"
)
PROGRAMME_END = re.compile(
    rf"\b(?:до (?:окончания|конца|завершения)|да (?:заканчэння|канца)|к концу|"
    rf"(?:by|until|before) (?:the )?(?:end|completion|close) of)\s+(?:\w+\s+){{0,3}}?{_PROGRAMME}\b"
)
CONTINUOUS = _at_words(
    r"\bпостоянн\w*|\bпастаянн\w*|\bстал[аы]\b|\bна постоянной основе|\bна пастаяннай аснове|"
    r"\bрегулярн\w*|\bрэгулярн\w*|\bсистематическ\w*|\bсістэматычн\w*|\bнепрерывн\w*|"
    r"\bбесперапынн\w*|"
    r"\bбессрочн\w*|\bбестэрмінов\w*|\bпериодическ\w*|\bперыядычн\w*|\bежедневн\w*|\bштодзённ\w*|"
    r"\bштодзенн\w*|\bна протяжении|\bвесь (?:период|срок)|\bувесь (?:перыяд|тэрмін|час)|"
    r"\b(?:в течение|на працягу|на працягу ўсяго|за весь|в ходе|цягам)\s+(?:\w+\s+){0,2}?"
    r"(?:срок\w*|тэрмін\w*|период\w*|перыяд\w*|действия|дзеяння|реализации|рэалізацыі)|"
    r"\b(?:в период|у перыяд|на период|на перыяд)\s+(?:действия|дзеяння|реализации|рэалізацыі)|"
    rf"\bв течение (?:всей |всего |настоящей |настоящего )*{_PROGRAMME}|"
    rf"\bна працягу (?:усёй |усяго )*{_PROGRAMME}|"
    r"\bна системной основе|"
    r"\b(?:on-?going|continuous\w*|continual\w*|constant\w*|permanent\w*|perpetual|"
    r"regular(?:ly)?|daily|"
    r"all (?:the )?(?:year|time)|(?:all[- –])?year[- –]round|whole period|"
    r"entire period|full period|"
    r"open-ended|on a (?:continuous|regular|permanent|rolling|ongoing) basis|"
    r"(?:for the )?duration of|for the duration|lifetime of|whole duration|rolling)\b|"
    rf"\b(?:throughout|during|over|for)\s+(?:the\s+)?(?:\w+\s+){{0,3}}?{_PROGRAMME}\b|"
    r"\bthroughout\b(?!\s+(?:19|20)\d\d)|"
    r"\b(?P<year>(?:в течение|на працягу|цягам) (?:всего |усяго |каждого |календарного )*"
    r"(?:года|год[уа]|лет)\b|(?:throughout|during|through) (?:the )?(?:whole )?year\b|круглый год|"
    r"круглогодично|круглы год|кругласуточна|весь год|увесь год)"
)
UNSCHEDULED = _at_words(
    r"\bпо (?:мере|отдельн\w+|согласован\w+|дополнительн\w+|графику|плану|договор[её]нн\w+|решению|"
    r"запрос\w*|заявк\w*|приглашени\w*|предложени\w*|обращени\w*|необходимост\w*)|"
    r"\bпа (?:меры|меры неабходнасці|асобн\w+|ўзгадненн\w+|узгадненн\w+|дамо[ўв]лен\w+|"
    r"графіку|плану|"
    r"дадатков\w+|запыт\w*|рашэнн\w+)|\bпры неабходнасці|\bпри необходимости|\bв соответствии с|"
    r"\bу адпаведнасці|\bсогласно (?:план|график)\w*|\bзгодна\b|\bпо факту|\bв рабочем порядке|"
    r"\bу рабочым парадку|\b(?:срок\w*|дата|тэрмін\w*) (?:\w+ )?(?:уточня\w+|будет|будут|"
    r"определ\w+|"
    r"вызнача\w+|удакладня\w+|согласов\w+|устан\w+)|\bуточня\w+|\bудакладня\w+|\bопределя\w+|"
    r"\bвызнача\w+|\bне определ\w+|\bне вызнач\w+|\bтребует (?:уточнения|согласования)|"
    r"\bto be (?:confirmed|agreed|determined|decided|defined|announced|scheduled|set|"
    r"specified|fixed)|"
    r"\b(?:tbc|tbd|tba|t\.b\.c|t\.b\.d|tbs|n/a|open)\b|\bas (?:needed|required|necessary|"
    r"appropriate|agreed)|"
    r"\b(?:when|where|if) (?:needed|required|necessary|appropriate)|\bon (?:request|demand)|"
    r"\b(?:by|under|according to|subject to|upon|as per)\s+(?:\w+\s+){0,2}?(?:schedule|"
    r"agreement|plan|"
    r"arrangement|programme|timetable|decision|request|invitation)|\bnot (?:set|fixed|yet|"
    r"specified)|"
    r"\bdate pending|\bpending\b|\bby mutual|\bad hoc\b"
)
RELATIVE = re.compile(
    r"\b(?:после|пасля|с момента|з моманту|со дня|з дня|after|within|following)\b.*\w|"
    r"\bmonths? \d|\bm\d{1,2}\b"
)
FISCAL = re.compile(
    r"\bfy\s?'?\d|\bfiscal year|\bfinancial year|\bфинансов\w+ (?:\d{4} )?год|\bфінансав\w+ год"
)


def recurrence_of(folded: str) -> tuple[str, bool, tuple[int, int]] | None:
    """The recurrence a folded text names, whether exactly, and where it stands; or None."""
    best: tuple[str, bool, tuple[int, int]] | None = None
    for name, exact, pattern in COMPILED:
        match = pattern.search(folded)
        if match is None:
            continue
        if best is None or match.start() < best[2][0]:
            if best is not None and best[2][0] <= match.start() < best[2][1]:
                continue
            best = (name, exact, match.span())
    return best
