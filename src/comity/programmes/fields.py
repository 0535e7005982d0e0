"""The field of cooperation that the title of a section speaks of."""

from comity.lib.fields_of_cooperation import FieldOfCooperation as Field

#: Beginnings of words in Belarusian, Russian and English, case folded, ё as е.
WORDS: dict[Field, tuple[str, ...]] = {
    Field.TRADE: (
        "торг", "гандл", "гандал", "экономич", "эканаміч", "внешнеэконом", "знешнеэканам",
        "инвести", "інвесты", "выстав", "ярмар", "кірмаш",
        "предприним", "прадпрым", "trade", "economic",
        "commerc", "invest", "business", "exhibition",
    ),
    Field.INDUSTRY: (
        "промышл", "прамысл", "машиностр", "машынабуд", "производ", "вытворч", "энерг", "энэрг",
        "строител", "будаўн", "нефтехим", "нафтахім", "химич", "хіміч", "индустр", "індустр",
        "industr", "manufactur", "energy", "construct", "productive",
    ),
    Field.AGRICULTURE: (
        "сельск", "аграр", "агропром", "аграпрам", "апк", "продовольств", "харчаван",
        "земледел", "животновод", "жывелагадоў", "рыбн", "рыбал", "лесн", "лясн", "ветеринар",
        "ветэрынар", "agricult", "agrar", "farm", "food", "forest",
    ),
    Field.SCIENCE: (
        "научн", "навук", "наук", "инновац", "інавац", "исследоват", "даследч", "технич",
        "тэхніч", "scien", "research", "innovat", "technolog",
    ),
    Field.INFORMATION: (
        "информаци", "інфармац", "цифров", "лічбав", "связь", "связи", "сувяз", "телеком",
        "digital", "information", "telecom", "ict",
    ),
    Field.EDUCATION: (
        "образован", "адукац", "университет", "універсітэт", "подготовка кадр", "падрыхтоўка кадр",
        "educat", "universit", "school", "training", "skill",
    ),
    Field.HEALTH: (
        "здравоохр", "ахова здароўя", "аховы здароўя", "медицин", "медыц", "health", "medic",
    ),
    Field.CULTURE: (
        "культур", "искусств", "мастацтв", "гуманит", "гуманіт", "спадчын", "наследи", "язык",
        "мова", "мовы", "cultur", "heritage", "humanitar", "arts", "language",
    ),
    Field.YOUTH_SPORT: (
        "молод", "моладз", "маладз", "спорт", "физическ", "фізічн", "youth", "sport",
    ),
    Field.SOCIAL: (
        "социальн", "сацыяльн", "занятост", "занятасц", "труд", "social", "employ", "labour",
    ),
    Field.TRANSPORT: (
        "транспорт", "логист", "лагіст", "дорожн", "дарожн", "дорог", "transport", "logist",
        "road", "rail", "infrastruct",
    ),
    Field.TOURISM: (
        "туризм", "турист", "турызм", "турыст", "touris", "travel",
    ),
    Field.ENVIRONMENT: (
        "эколог", "экалаг", "экалог", "природ", "прырод", "окружающ", "навакольн", "чрезвычайн",
        "надзвычайн", "environ", "climat", "nature", "ecolog", "emergenc",
    ),
}  # fmt: skip


def guessed_field(title: str) -> Field:
    """The field whose word comes first in the title; `OTHER` where none does."""
    folded = " " + "".join(c if c.isalnum() else " " for c in title.casefold().replace("ё", "е"))
    first = {
        field: min(places)
        for field, beginnings in WORDS.items()
        if (places := [at for word in beginnings if (at := folded.find(f" {word}")) >= 0])
    }
    return min(first, key=lambda field: first[field]) if first else Field.OTHER
