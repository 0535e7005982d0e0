"""One seeded register of any size: the same seed and size give the same records, always.

Pure: it knows no database. `filling.py` puts what it yields into a register. Nothing in it is a
fact; all names and titles are put together from lists of words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import TypeVar

T = TypeVar("T")

#: Countries that are loaded with all their regions.
COUNTRIES = ("BY", "RU", "PL", "LT", "LV", "EE", "FI")
FIELDS = (
    "trade", "industry", "agriculture", "science", "information", "education", "health",
    "culture", "youth_sport", "social", "transport", "tourism", "environment",
)  # fmt: skip
KINDS = ("authority", "enterprise", "university", "institute", "association", "other")
MEASURES_IN_PROGRAMME = 100

_DO = (
    "Провести", "Организовать", "Подготовить", "Открыть", "Создать", "Обеспечить", "Развивать",
    "Расширить", "Обменяться", "Изучить", "Заключить", "Согласовать", "Поставить", "Внедрить",
    "Наладить", "Поддержать", "Продолжить", "Разработать", "Осуществить", "Представить",
)  # fmt: skip
_WHICH = (
    "совместные", "ежегодные", "отраслевые", "международные", "приграничные", "молодёжные",
    "научные", "учебные", "торговые", "промышленные", "сельскохозяйственные", "лесные",
    "культурные", "спортивные", "туристические", "медицинские", "транспортные", "цифровые",
    "экологические", "социальные", "инновационные", "строительные", "энергетические", "пищевые",
)  # fmt: skip
_WHAT = (
    "выставки", "ярмарки", "поставки", "переговоры", "семинары", "конференции", "стажировки",
    "гастроли", "соревнования", "исследования", "маршруты", "перевозки", "кооперацию", "обмены",
    "курсы", "лаборатории", "сервисные центры", "торговые дома", "дни культуры", "визиты",
    "испытания", "закупки", "публикации", "экспедиции", "концерты", "турниры", "олимпиады",
    "мастерские", "питомники", "инкубаторы",
)  # fmt: skip
_OF = (
    "тракторов", "комбайнов", "автобусов", "лифтов", "молока", "мяса", "картофеля", "льна",
    "мебели", "обуви", "трикотажа", "стекла", "керамики", "удобрений", "станков", "подшипников",
    "насосов", "котлов", "кабелей", "приборов", "лекарств", "вакцин", "семян", "саженцев",
    "древесины", "торфа", "цемента", "плитки", "книг", "фильмов", "спектаклей", "музеев",
    "архивов", "библиотек", "школ", "колледжей", "вузов", "больниц", "санаториев", "портов",
    "вокзалов", "дорог", "мостов", "лесхозов", "рыбхозов", "ферм", "теплиц", "заповедников",
)  # fmt: skip
_MANNER = (
    "с участием предприятий", "на базе университетов", "при содействии торговых палат",
    "в рамках дней региона", "с выездом на места", "по согласованным графикам",
    "с привлечением инвесторов", "для жителей приграничья", "для малых предприятий",
    "для молодых специалистов", "с обменом опытом", "по заявкам организаций",
)  # fmt: skip
_ENTERPRISE = (
    "завод", "комбинат", "фабрика", "холдинг", "объединение", "торговый дом", "лаборатория",
    "институт", "университет", "колледж", "палата", "союз", "департамент", "управление", "центр",
)  # fmt: skip
_RESULT = (
    "Не менее {n} договоров поставки", "{n} участников", "Рост оборота на {n} %",
    "{n} новых рабочих мест", "Подписан протокол", "Издано {n} сборников",
)  # fmt: skip
_SYLLABLES = (
    "ба", "ве", "го", "ди", "жи", "за", "ка", "ле", "мо", "ну", "по", "ра", "се", "ти", "фо", "ха",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything a register holds."""

    measures: int
    agreements: int
    organisations: int

    @classmethod
    def of(cls, measures: int) -> "Size":
        """A register of the proportions that are asked for: 1,000,000 to 20,000 to 100,000."""
        return cls(measures, max(10, measures // 50), max(50, measures // 10))

    @property
    def programmes(self) -> int:
        return -(-self.measures // MEASURES_IN_PROGRAMME)


@dataclass(frozen=True, slots=True)
class GeneratedOrganisation:
    name: str
    short_name: str
    kind: str
    #: Which territory of those that were loaded, counted round.
    seat: int
    #: The one that it belongs to, which came before it.
    parent: int | None


@dataclass(frozen=True, slots=True)
class GeneratedAgreement:
    title: str
    number: str
    kind: str
    signed_on: date
    until: date | None
    renewal_months: int | None
    notice_months: int | None
    visibility: str
    fields: tuple[str, ...]
    #: Two territories of different countries, counted round in each.
    sides: tuple[int, int]
    #: Organisations that sign too.
    organisations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GeneratedMeasure:
    number: str
    section: str
    field: str
    title: str
    due_text: str
    #: date, window, recurring or unscheduled
    due_kind: str
    due_start: date | None
    due_end: date | None
    expected_result: str
    funding_text: str
    funding_amount: Decimal | None
    #: The bodies on both sides: the text, and which organisation it is, if it is known.
    bodies: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class GeneratedProgramme:
    #: Which agreement it carries out.
    agreement: int
    title: str
    start: date
    end: date
    visibility: str
    measures: tuple[GeneratedMeasure, ...]


def organisations(size: Size, seed: int = 1) -> Iterator[GeneratedOrganisation]:
    random = Random(f"organisations {seed}")
    for n in range(size.organisations):
        noun, of = random.choice(_ENTERPRISE), random.choice(_OF)
        called = _invented(random, 3).capitalize()
        yield GeneratedOrganisation(
            name=f"{called}: {noun} {of} № {n}",
            short_name=f"{called} {n}",
            kind=random.choices(KINDS, (10, 60, 8, 8, 8, 6))[0],
            seat=random.randrange(10**6),
            parent=random.randrange(n) if n and random.random() < 0.1 else None,
        )


def agreements(size: Size, seed: int = 1) -> Iterator[GeneratedAgreement]:
    random = Random(f"agreements {seed}")
    for n in range(size.agreements):
        signed = date(random.randint(1995, 2026), random.randint(1, 10), random.randint(1, 28))
        renews = random.random() < 0.4
        years = random.choice((3, 5, 5, 10))
        forever = random.random() < 0.2
        fields = tuple(sorted(random.sample(FIELDS, random.randint(1, 4))))
        yield GeneratedAgreement(
            title=f"Соглашение о сотрудничестве: {_phrase(random)} № {n}",
            number=f"{n}/{signed.year}",
            kind=random.choice(("agreement", "memorandum", "protocol", "plan", "programme")),
            signed_on=signed,
            until=None if forever else signed.replace(year=signed.year + years),
            renewal_months=years * 12 if renews and not forever else None,
            notice_months=6 if renews and not forever else None,
            visibility=_visibility(random),
            fields=fields,
            sides=(random.randrange(10**6), random.randrange(10**6)),
            organisations=_few(random, size.organisations) if random.random() < 0.3 else (),
        )


def programmes(size: Size, seed: int = 1) -> Iterator[GeneratedProgramme]:
    random = Random(f"programmes {seed}")
    left = size.measures
    for n in range(size.programmes):
        start = random.randint(2012, 2026)
        end = start + random.choice((1, 2, 3, 3, 4))
        count = min(left, MEASURES_IN_PROGRAMME)
        left -= count
        sections = random.sample(FIELDS, 6)
        yield GeneratedProgramme(
            agreement=n % size.agreements,
            title=f"Программа мероприятий: {_phrase(random)} на {start}–{end} годы",
            start=date(start, 1, 1),
            end=date(end, 12, 31),
            visibility=_visibility(random),
            measures=tuple(
                _measure(random, place, sections[place * 6 // count], range(start, end + 1), size)
                for place in range(count)
            ),
        )


def _measure(random: Random, place: int, field: str, years: range, size: Size) -> GeneratedMeasure:
    year = random.choice(years)
    quarter = random.randint(1, 4)
    first = date(year, quarter * 3 - 2, 1)
    last = date(year, quarter * 3, 31 if quarter in (1, 4) else 30)
    due = random.choices(
        (
            (f"{_ROMAN[quarter]} квартал {year} г.", "window", first, last),
            (f"до {last:%d.%m.%Y}", "date", None, last),
            ("ежегодно", "recurring", None, None),
            ("по отдельному графику", "unscheduled", None, None),
        ),
        (60, 20, 15, 5),
    )[0]
    money = random.random() < 0.3
    amount = random.randint(1, 900) * 1000
    return GeneratedMeasure(
        number=f"{place // 17 + 1}.{place % 17 + 1}",
        section=_SECTIONS[field],
        field=field,
        title=f"{_phrase(random)} {random.choice(_MANNER)} «{_invented(random, 4).capitalize()}»",
        due_text=due[0],
        due_kind=due[1],
        due_start=due[2],
        due_end=due[3],
        expected_result=random.choice(_RESULT).format(n=random.randint(2, 90)),
        funding_text=f"{amount // 1000} тыс. рос. руб." if money else "",
        funding_amount=Decimal(amount) if money else None,
        bodies=tuple(_body(random, size) for _ in range(random.choice((2, 2, 2, 3)))),
    )


def _body(random: Random, size: Size) -> tuple[str, int | None]:
    which = random.randrange(size.organisations) if random.random() < 0.7 else None
    return f"{random.choice(_ENTERPRISE).capitalize()} {random.choice(_OF)}", which


def _phrase(random: Random) -> str:
    return " ".join((_pick(random, _DO), _pick(random, _WHICH), _pick(random, _WHAT),
                     _pick(random, _OF)))  # fmt: skip


def _pick(random: Random, words: Sequence[T]) -> T:
    """The first words come often and the last ones seldom, as words do."""
    return words[int(len(words) * random.random() ** 2)]


def _invented(random: Random, syllables: int) -> str:
    return "".join(random.choice(_SYLLABLES) for _ in range(syllables))


def _few(random: Random, of: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(random.randrange(of) for _ in range(random.randint(1, 3))))


def _visibility(random: Random) -> str:
    return random.choices(("public", "parties", "internal"), (80, 15, 5))[0]


_ROMAN = ("", "I", "II", "III", "IV")
_SECTIONS = {
    "trade": "Торгово-экономическое сотрудничество",
    "industry": "Сотрудничество в промышленности",
    "agriculture": "Сельское хозяйство и продовольствие",
    "science": "Наука и технологии",
    "information": "Информационные технологии",
    "education": "Образование и подготовка кадров",
    "health": "Здравоохранение",
    "culture": "Культура",
    "youth_sport": "Молодёжь и спорт",
    "social": "Социальная защита",
    "transport": "Транспорт и связь",
    "tourism": "Туризм",
    "environment": "Охрана окружающей среды",
}
