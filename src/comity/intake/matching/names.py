"""Names of bodies brought to one spelling, so that two ways of writing one name meet."""

import re
from collections.abc import Iterable
from functools import lru_cache

WORD = re.compile(r"\w+")

_FORMS = (
    "ао оао зао пао нпао ооо одо ип чуп чтуп куп руп рупп гп гуп муп фгуп уп гу гуо уо гнпо гпу "
    "мбу гбу гау фгбу фгбоу фгаоу во аат зат пат таа тда дп рдуп дуа уа "
    "ojsc jsc cjsc pjsc llc ltd inc plc gmbh oy oyj ab as sa srl sas ue rue"
)
#: What says only in which legal form a body exists.
LEGAL_FORMS = frozenset(_FORMS.split())
LEGAL_PHRASES = re.compile(
    r"\b(?:(?:(?:открыт|закрыт|публичн)\w+ )?акционерн\w+ обществ\w+"
    r"|обществ\w+ с (?:ограниченной|дополнительной) ответственностью"
    r"|(?:республиканск|коммунальн|частн|государственн)\w+ (?:производственн\w+ )?"
    r"унитарн\w+ предприяти\w+"
    r"|учреждени\w+ образования"
    r"|(?:(?:адкрыт|закрыт)\w+ )?акцыянерн\w+ таварыств\w+|таварыств\w+ з абмежаванай адказнасцю"
    r"|(?:рэспубліканск|дзяржаўн)\w+ унітарн\w+ прадпрыемств\w+|установ\w+ адукацыі"
    r"|(?:open |closed |public )?joint stock company|limited liability company"
    r"|(?:republican )?unitary enterprise)\b"
)
_JOINING = (
    "и й і по на в во у о об с со з за г гор города для а "
    "of and the for in on de du des la le et y e"
)
#: Words that join others and tell nothing apart.
JOINING = frozenset(_JOINING.split())

#: Short forms that documents use without ever writing them out.
SHORT_FORMS = {
    "минпром": "министерство промышленности",
    "минпромторг": "министерство промышленности и торговли",
    "минсельхоз": "министерство сельского хозяйства",
    "минсельхозпрод": "министерство сельского хозяйства и продовольствия",
    "минздрав": "министерство здравоохранения",
    "минкульт": "министерство культуры",
    "минобр": "министерство образования",
    "минобрнауки": "министерство науки и высшего образования",
    "минспорт": "министерство спорта",
    "минспорта": "министерство спорта и туризма",
    "минтранс": "министерство транспорта",
    "минэнерго": "министерство энергетики",
    "минприроды": "министерство природных ресурсов и охраны окружающей среды",
    "минжилкомхоз": "министерство жилищно коммунального хозяйства",
    "минстрой": "министерство строительства",
    "минстройархитектуры": "министерство архитектуры и строительства",
    "минлесхоз": "министерство лесного хозяйства",
    "минтруда": "министерство труда и социальной защиты",
    "минсвязи": "министерство связи и информатизации",
    "минфин": "министерство финансов",
    "минэкономразвития": "министерство экономического развития",
    "мчс": "министерство по чрезвычайным ситуациям",
    "мид": "министерство иностранных дел",
    "март": "министерство антимонопольного регулирования и торговли",
    "гкнт": "государственный комитет по науке и технологиям",
    "нан": "национальная академия наук",
    "тпп": "торгово промышленная палата",
    "белтпп": "белорусская торгово промышленная палата",
    "облисполком": "областной исполнительный комитет",
    "горисполком": "городской исполнительный комитет",
    "райисполком": "районный исполнительный комитет",
    "аблвыканкам": "абласны выканаўчы камітэт",
    "гарвыканкам": "гарадскі выканаўчы камітэт",
    "райвыканкам": "раённы выканаўчы камітэт",
    "мінпрам": "міністэрства прамысловасці",
    "мінсельгасхарч": "міністэрства сельскай гаспадаркі і харчавання",
    "обл": "области",
    "рф": "российской федерации",
    "рб": "республики беларусь",
}
ENDINGS = re.compile(
    r"(?:иями|ью|ями|ами|иях|иям|ией|ого|его|ому|ему|ыми|ими|ага|яга|аму|яму|ымі|імі|ая|яя|ое|ее|ые|ие"
    r"|ый|ий|ой|ей|ую|юю|ою|ею|ых|их|ым|им|ом|ем|ам|ям|ах|ях|ия|ию|ии|ів|аў|ыя|ія|ае|яе|ай|яй|эй|іі|ію"
    r"|ов|ев|es|s|а|я|о|е|ы|и|у|ю|ь|й|і|э)$"
)
#: The fewest letters that stay of a word once its ending is off.
SHORTEST = 3
#: A legal form written out has one of these in it.
LEGAL_HINTS = (
    "акц",
    "обществ",
    "таварыств",
    "унитар",
    "унітар",
    "учрежден",
    "установ",
    "compan",
    "unitary",
)


def words_of(name: str) -> list[str]:
    """The words of a name without case, quotes, punctuation and legal form."""
    text = name.casefold().replace("ё", "е")
    words = WORD.findall(text)
    if any(hint in text for hint in LEGAL_HINTS):
        words = LEGAL_PHRASES.sub(" ", " ".join(words)).split() or words
    return [word for word in words if word not in LEGAL_FORMS] or words


def plain(name: str) -> str:
    """One spelling for names that differ only in case, quotes, punctuation and legal form."""
    return " ".join(words_of(name))


def written_out(words: Iterable[str]) -> list[str]:
    """The words with the short forms among them, in any case, written out."""
    whole = [SHORT_FORMS.get(word) or SHORT_FORMS.get(stem(word), word) for word in words]
    return [part for words_of_one in whole for part in words_of_one.split()]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its case ending; crude, the same for Russian and Belarusian."""
    cut = ENDINGS.sub("", word) if len(word) > SHORTEST + 1 else word
    return cut if len(cut) >= SHORTEST else word


def stems(words: Iterable[str]) -> list[str]:
    """What tells a name apart, in any case of its words."""
    return [stem(word) for word in words if word not in JOINING]


def initials(words: Iterable[str]) -> str:
    """бнту for the name of a university of four words."""
    return "".join([word[0] for word in words if word not in JOINING])


def acronyms(name: str) -> list[str]:
    """The words of a name that are written in capitals only."""
    return [word.casefold() for word in WORD.findall(name) if 2 < len(word) < 10 and word.isupper()]
