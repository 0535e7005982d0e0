"""Numbers in words where they count something: «двадцати пяти», «паўтары», “one and a half”.

Pure. A word counts after “at least”, at the beginning of a clause, and after what is made or done:
«заключение двух договоров», but not «сотрудничество двух университетов».
"""

import re

_IN_WORDS = {
    1: "одного одной один одну одна аднаго адной адзін адну адна one",
    2: "двух два две двое дзве дзвюх two",
    3: "трех трёх три трое тры трох three",
    4: "четырех четырёх четыре четверо чатыры чатырох four",
    5: "пяти пять пяці пяць five",
    6: "шести шесть шасці шэсць six",
    7: "семи семь сямі сем seven",
    8: "восьми восемь васьмі восем eight",
    9: "девяти девять дзевяці дзевяць nine",
    10: "десяти десять дзесяці дзесяць ten",
    11: "одиннадцати одиннадцать адзінаццаці адзінаццаць eleven",
    12: "двенадцати двенадцать дванаццаці дванаццаць twelve",
    13: "тринадцати тринадцать трынаццаці трынаццаць thirteen",
    14: "четырнадцати четырнадцать чатырнаццаці чатырнаццаць fourteen",
    15: "пятнадцати пятнадцать пятнаццаці пятнаццаць fifteen",
    16: "шестнадцати шестнадцать шаснаццаці шаснаццаць sixteen",
    17: "семнадцати семнадцать сямнаццаці сямнаццаць seventeen",
    18: "восемнадцати восемнадцать васямнаццаці васямнаццаць eighteen",
    19: "девятнадцати девятнадцать дзевятнаццаці дзевятнаццаць nineteen",
    20: "двадцати двадцать дваццаці дваццаць twenty",
    30: "тридцати тридцать трыццаці трыццаць thirty",
    40: "сорока сорок сарака сорак forty",
    50: "пятидесяти пятьдесят пяцідзесяці пяцьдзясят fifty",
    60: "шестидесяти шестьдесят шасцідзесяці шэсцьдзясят sixty",
    70: "семидесяти семьдесят сямідзесяці семдзесят seventy",
    80: "восьмидесяти восемьдесят васьмідзесяці восемдзесят eighty",
    90: "девяноста дзевяноста ninety",
    100: "ста сто hundred",
}
_BY_WORD = {word: number for number, words in _IN_WORDS.items() for word in words.split()}
_AND_A_HALF = r"полтора|полторы|полутора|паўтара|паўтары|паўтору|one and a half"
_ONE = rf"(?:{'|'.join(sorted(_BY_WORD, key=len, reverse=True))})"
_WORDS = rf"(?P<words>{_AND_A_HALF}|{_ONE}(?:[ -]{_ONE})*)(?![\w-])"
AT_LEAST = (
    r"(?:не менее|не меньше|не меней|не менш|минимум|мінімум|как минимум|як мінімум|at least|"
    r"no (?:fewer|less) than|not (?:fewer|less) than|a minimum of)(?: (?:чем|за|чым|як))?"
)
#: What is made or done so many times.
_DONE = (
    r"заключ\w+|подпис\w+|провед\w+|провести|организ\w+|созда\w+|откры\w+|реализ\w+|подготов\w+|"
    r"изда\w+|разработ\w+|обуч\w+|строительств\w+|построить|выпус\w+|постав\w+|ввод\w*|внедр\w+|"
    r"запус\w+|приобрет\w+|закуп\w+|привлеч\w+|выполн\w+|заключэнн\w+|падпіс\w+|правядз\w+|"
    r"правесці|арганіз\w+|стварэ\w+|стварыць|адкры\w+|рэаліз\w+|падрыхт\w+|выдан\w+|распрац\w+|"
    r"навучанн\w+|будаўніцтв\w+|выпуск\w*|пастаў\w+|увод\w*|укаран\w+|набыц\w+|прыцягн\w+|"
    r"выкан\w+|(?:sign|conclud|hold|organis|organiz|creat|open|launch|prepar|publish|develop|"
    r"train|build|deliver|implement|purchas|attract|establish)\w*|conclusion|organisation|creation|"
    r"preparation|publication|construction|delivery|implementation|establishment"
)
_PLACES = [
    re.compile(rf"(?P<before>\b{AT_LEAST} ){_WORDS}", re.IGNORECASE),
    re.compile(rf"(?P<before>(?:^|[.;:,(\n] ?)){_WORDS}(?P<after>[^\d.,;:()\n]*)", re.IGNORECASE),
    re.compile(
        rf"(?P<before>\b(?:{_DONE}) (?:of |[ву] эксплуатац\w+ )?){_WORDS}(?P<after>[^\d.,;:()\n]*)",
        re.IGNORECASE,
    ),
]
#: What is named by its number and not counted: the two sides, two languages, two thirds.
_NOT_COUNTED = re.compile(
    r"\b(?:стран\w*|государств\w*|регион\w*|сторон\w*|област\w*|народ\w*|территори\w*|язык\w*|"
    r"уровн\w*|экземпляр\w*|част\w*|трет\w*|пятых|лет|суток|час\w*|краін\w*|дзяржа\w+|рэгіён\w*|"
    r"бакоў|бакі|вобласц\w*|абласц\w*|моў\w*|мов\w*|узроўн\w*|асобнік\w*|час[тц]\w*|гадоў|сутак|"
    r"countries|states|sides|regions|parties|peoples|nations|languages|levels|copies|parts|"
    r"thirds|quarters|fifths|hours)\b",
    re.IGNORECASE,
)
_NEAR = 3


def in_digits(text: str) -> str:
    """The text with digits for the words that count something, and no other word touched."""
    for place in _PLACES:
        text = place.sub(_counted, text)
    return text


def _counted(found: re.Match[str]) -> str:
    after = found.groupdict().get("after") or ""
    number = _value(found["words"].lower())
    is_bare = "after" in found.groupdict()
    near = " ".join(after.split()[:_NEAR])
    if not number or (is_bare and (number == "1" or _NOT_COUNTED.search(near))):
        return found[0]
    return f"{found['before']}{number}{after}"


def _value(words: str) -> str:
    """Hundreds, tens and ones together; nothing if they do not make one number."""
    if re.fullmatch(_AND_A_HALF, words):
        return "1,5"
    total, least = 0, 1000
    for word in re.split("[ -]", words):
        number = _BY_WORD[word]
        if number >= least or (total and number >= 10 and total % 100):
            return ""
        total, least = total + number, 100 if number == 100 else 10 if number >= 20 else 1
    return str(total)
