"""What the heading of a column, or a label before a colon, promises."""

import re
from functools import lru_cache

from comity.intake.reading.model import ColumnRole
from comity.intake.reading.text import fold

R = ColumnRole
MAX_HEADING = 160
RULES: tuple[tuple[ColumnRole, str], ...] = (
    (
        R.NUMBER,
        r"(?:№|n\s?[o°º]\.?|no|nr|num|#|n|п/п|пп|number|номер|нумар|item|ref|reference|код|"
        r"code|id|"
        r"№+ ?п\.?\s?/?\s?п\.?|№ ?пункта|№ мероприятия|№ мерапрыемства|no\. ?of "
        r"?measure|measure (?:no|number|id)|"
        r"activity (?:no|number|id)|action (?:no|number|id)|ser(?:ial)?\.? no|s/n|"
        r"порядковый номер|№ ?з/п|"
        r"номер (?:пункта|мероприятия|п/п)|пункт|ref\.? ?no|task (?:no|id))\.?",
    ),
)
NUMBER = re.compile(rf"(?:{RULES[0][1]})\Z")
NOT_A_ROLE = re.compile(
    r"\b(?:количеств\w+ мероприят|число мероприят|number of (?:measures|activities|"
    r"actions)|примечан\w*|"
    r"заўваг\w*|notes?\b|remarks?|comments?|коммент\w*|отметк\w+|адзнак\w+|статус|status|progress|"
    r"ход (?:выполнения|реализации)|состояние|фактическ\w+|место проведения|месца правядзення|"
    r"venue|location|place\b|e-?mail|телефон|phone|контакт\w*|contacts?\b|target groups?|"
    r"целев\w+ групп\w*|"
    r"мэтавая група|страниц\w*|page\b|основание|падстава|legal basis|risks?|риск\w*|нпа|"
    r"подпис\w*|signature|informed|должност\w*|пасад[аы]|position|фамили\w*|прозвішч\w*|"
    r"ф\. ?и\. ?о|фио|representatives?|member(?:s|ship)?)\b"
)
DUE_START = re.compile(
    r"(?:дата |срок |тэрмін |месяц |месяц, год |год )?(?:начал[оа]|пачат(?:ак|ку|ка))\b|"
    r"^(?:start|begin|from|с|since|з)\b|"
    r"\bstart(?:ing)?(?: date| month| year)?\b|\bbegins\b|\bcommence"
)
DUE_END = re.compile(
    r"(?:дата |срок |тэрмін |месяц |год )?(?:окончани\w+|заверш\w+|конец|конца|"
    r"заканчэнн\w+|завяршэнн\w+)\b|^(?:end|finish|to|until|по|до|да|па)\b|"
    r"\b(?:end|finish|completion)(?:ing)?(?: date| month| year)\b|\bends\b"
)
DUE = re.compile(
    r"\b(?:срок\w*|тэрмін\w*|дат[аы]\b|даты|deadlines?|timing|time-?lines?|time-?(?:frame|"
    r"table|scale|schedule)?s?\b|time frame|due|"
    r"dates?|when|period\w*|schedul\w*|период\w*|перыяд\w*|график\w*|графік\w*|calendar|"
    r"\bкогда\b|\bкалі\b|"
    r"completion|t/frame|"
    r"target date|duration|квартал|month|месяц|месяц проведения|время|час правядзення|"
    r"год реализации|год выполнения|year of implementation|milestone date)\b"
)
FUNDING = re.compile(
    r"финанс\w*|фінанс\w*|\bфин-\w+|\bфин\. ?обесп\w*|ресурсное обеспечение|"
    r"рэсурснае забеспячэнне|\bбюджет\w*|\bбюджэт\w*|\bbudget\w*|\bfund(?:s|ing|ed)?\b|"
    r"financ\w*|\bcosts?\b|"
    r"\bстоимост\w*|\bкошт\w*|\bсумм\w*|\bсум[аы]\b|\bamounts?\b|\bрасход\w*|\bзатрат\w*|"
    r"\bвыдатк\w*|"
    r"\bсредств\w*|\bсродк\w*|\bисточник\w*|\bкрыніц\w*|\bsources?\b|\bresources\b|\bexpenditure|"
    r"\bтыс\w*\.? ?(?:руб|рос|бел|евро|долл|eur|usd)|\bмлн\w*\.? ?(?:руб|рос|бел|евро|"
    r"долл)|€|\beur\b|\beuro?s?\b|"
    r"\busd\b|\bруб\b|\bgrants?\b|\bco-?financing|\bвложени\w*|\bинвестици\w*|\bmoney\b|\bprice\b"
)
AMOUNT = re.compile(
    r"об[ъ'ь]?[её]м\w*|аб'?[ъ]?[её]м\w*|сумм\w*|\bсум[аы]\b|amount|стоимост\w*|кошт\b|"
    r"budget|бюджет|cost|всего|усяго|total|"
    r"тыс|млн|eur|usd|€|руб|\bк-?во\b"
)
SOURCE = re.compile(r"источник\w*|крыніц\w*|sources?\b|за счет|за кошт|\bfunder|\bdonor")
TOTAL = re.compile(r"\b(?:всего|итого|усяго|разам|total|общ\w+|агульн\w+|overall|sum)\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
RESPONSIBLE = re.compile(
    r"\bкто\b|\bхто\b|исполнител\w*|ответственн\w*|выканаўц\w*|выканаўца|адказн\w*|responsib\w*|\blead\b|"
    r"\bleading\b|\bleader\b|implement(?:er|ers|ing)\b|"
    r"\bpartners?\b|\bexecut(?:or|ors|ing)\b|in charge|\bwho\b|\bperform(?:er|ers|ing)\b|"
    r"\bowners?\b|\bbod(?:y|ies)\b|\borgani[sz]ations?\b|"
    r"соисполнител\w*|суисполнител\w*|участник\w*|удзельнік\w*|партнер\w*|партнёр\w*|"
    r"партнер\w*|\bучреждени\w*|\bинституци\w*|\binstitutions?\b|"
    r"\bauthorit(?:y|ies)\b|\bcoordinat(?:or|ing|ion)\b|координатор\w*|каардынатар\w*|"
    r"\bactors?\b|\bagenc(?:y|ies)\b|"
    r"\bсторон[аы]\b|\b\w+ side\b|\bорган\w* (?:государств|исполн|управл)\w*|"
    r"\bорганизаци[яи]\b|\bstakeholders?\b|\bparticipants?\b|"
    r"\bведомств\w*|\bbeneficiar\w+|\bкуратор\w*|\bparty\b|\bparties\b"
)
RESULT = re.compile(
    r"\bчто (?:даст|получ)\w*|\bшто (?:дасць|атрым)\w*|"
    r"результат\w*|вынік\w*|\bэффект\w*|\bэфект\w*|outcomes?|outputs?|results?\b|"
    r"deliverables?|показател\w*|"
    r"паказчык\w*|indicators?|\bimpact|\bитог\w*|\bmilestones?\b|форма (?:реализации|"
    r"завершения|отчет\w*|исполнения)|"
    r"\btargets?\b|вид документа|\bproducts?\b|\bmetrics?\b|\bmeasures? of success\b|"
    r"индикатор\w*|крит[еэ]ри[йи]\w*|рез-т\w*|что будет достигн\w*|"
    r"ожидаем\w+|чакан\w+|success criteria|\bkpi"
)
TITLE = re.compile(
    r"мероприят\w*|мерапрыемств\w*|наименован\w*|найменн\w*|назв[аы]\w*|названи\w*|"
    r"содержан\w*|змест\w*|"
    r"\bmeasures?\b|activit(?:y|ies)\b|\bactions?\b|\btasks?\b|\bprojects?\b|"
    r"\binitiatives?\b|\bworks?\b|\bработ[аы]?\b|"
    r"\bпроект\w*|\bпраект\w*|описан\w*|апісанн\w*|description|\bwhat\b|действи[яей]\w*|"
    r"дзеянн\w*|\bевент\w*|\bevents?\b|\bsteps?\b|"
    r"\bпредмет\b|\bвопрос\w*|\bпытанн\w*|\btitle\b|\bname\b|\bсобыти\w+|\bпадзе\w+|"
    r"\bчто (?:\w+ )?(?:дела|сдела|предсто|буд)\w+|\bшто (?:\w+ )?(?:роб|зроб)\w+|"
    r"\bcommitments?\b|\bобязательств\w*|\bинициатив\w*|\bпоручени\w*"
)
SECTION = re.compile(
    r"направлени\w*|напрам\w*|кірун\w*|\bраздел\w*|\bраздзел\w*|\bсфер[аы]\w*|"
    r"\bобласт[ьи] (?:сотрудничества|взаимодействия|деятельности)|"
    r"\bsections?\b|\bareas?\b|\bpriorit(?:y|ies)\b|\bfields?\b|\bthemes?\b|\bthematic|"
    r"\bpillars?\b|\bwork ?packages?\b|"
    r"\bцел[ьи]\b|\bмэт[аы]\b|\bзадач[аи]\w*|\bobjectives?\b|\bgoals?\b|\bприоритет\w*|"
    r"\bprogramme area|\btopics?\b|\bгалін[аы]\b|\bотрасл\w*|\bwp\b|\bsector\b|\bблок\b|"
    r"\bcategory\b|\bкатегори\w+"
)
CURRENCY = re.compile(r"^(?:валюта|currency|curr\.?)\Z")


@lru_cache(maxsize=4096)
def role_of(heading: str) -> ColumnRole | None:
    """The role a heading names; None for none that is known, OTHER for one known to be none."""
    folded = fold(heading).strip(" .:*")
    if not folded or len(folded) > MAX_HEADING:
        return None
    if NUMBER.match(folded) or NUMBER.match(folded.replace(" ", "")):
        return R.NUMBER
    if CURRENCY.match(folded):
        return R.CURRENCY
    if NOT_A_ROLE.search(folded):
        return R.OTHER
    for role, pattern in (
        (R.DUE_START, DUE_START), (R.DUE_END, DUE_END),
    ):  # fmt: skip
        if pattern.search(folded) and not RESPONSIBLE.search(folded) and not RESULT.search(folded):
            return role
    return _by_words(folded)


def _by_words(folded: str) -> ColumnRole | None:
    """Where words of several roles stand in one heading, the noun that governs comes first."""
    found: list[tuple[int, int, ColumnRole]] = []
    for order, (role, pattern) in enumerate(
        (
            (R.DUE, DUE), (R.FUNDING, FUNDING), (R.RESPONSIBLE, RESPONSIBLE),
            (R.EXPECTED_RESULT, RESULT), (R.SECTION, SECTION), (R.TITLE, TITLE),
        )
    ):  # fmt: skip
        match = pattern.search(folded)
        if match is not None:
            found.append((match.start(), order, role))
    if not found:
        return R.FUNDING_YEAR if re.fullmatch(r"(?:19|20)\d\d(?: ?г(?:од|\.)?)?", folded) else None
    roles = {role for _, _, role in found}
    if R.TITLE in roles and len(roles) > 1:
        roles.discard(R.TITLE)
    if roles in ({R.DUE, R.EXPECTED_RESULT}, {R.DUE, R.RESPONSIBLE}):
        return min(found, key=lambda entry: (entry[2] not in roles, entry[0]))[2]
    role = min((entry for entry in found if entry[2] in roles), key=lambda entry: entry[1])[2]
    return _funding_kind(folded) if role is R.FUNDING else role


def _funding_kind(folded: str) -> ColumnRole:
    if len(YEAR.findall(folded)) == 1 and not TOTAL.search(folded):
        return R.FUNDING_YEAR
    if TOTAL.search(folded):
        return R.FUNDING_TOTAL
    if SOURCE.search(folded) and not AMOUNT.search(folded):
        return R.FUNDING_SOURCE
    return R.FUNDING
