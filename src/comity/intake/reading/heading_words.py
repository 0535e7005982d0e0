"""What headings of columns say, in each language one list: kind of heading → its words.

Expressions for folded text (small letters, ё as е). `NOT_A_ROLE` are columns that a measure has no
place for, `LABEL` how the labels begin that stand before a colon in a cell.
"""

Words = dict[str, str]

RUSSIAN: Words = {
    "NUMBER": (
        r"п/п|пп|номер|код|пункт|№+ ?п\.?\s?/?\s?п\.?|№ ?пункта|№ мероприятия|"
        r"порядковый номер|номер (?:пункта|мероприятия|п/п)"
    ),
    "DUE": (
        r"срок\w*|дат[аы]\b|даты|период\w*|график\w*|когда|квартал|месяц|время|"
        r"год реализации|год выполнения"
    ),
    "DUE_START": r"начал[оа]\b|^с\b",
    "DUE_END": r"окончани\w+\b|заверш\w+\b|кон(?:ец|ца)\b|^(?:по|до)\b",
    "RESPONSIBLE": (
        r"\bкто\b|исполнител\w*|ответственн\w*|соисполнител\w*|участник\w*|"
        r"\bучреждени\w*|\bинституци\w*|координатор\w*|\bсторон[аы]\b|"
        r"\bорган\w* (?:государств|исполн|управл)\w*|\bорганизаци[яи]\b|\bведомств\w*|"
        r"\bкуратор\w*|суисполнител\w*|партнер\w*|партнёр\w*"
    ),
    "RESULT": (
        r"\bчто (?:даст|получ)\w*|результат\w*|\bэффект\w*|показател\w*|\bитог\w*|"
        r"форма (?:реализации|завершения|отчет\w*|исполнения)|вид документа|"
        r"индикатор\w*|крит[еэ]ри[йи]\w*|рез-т\w*|что будет достигн\w*|ожидаем\w+"
    ),
    "FUNDING": (
        r"финанс\w*|\bфин-\w+|\bфин\. ?обесп\w*|ресурсное обеспечение|\bбюджет\w*|"
        r"\bстоимост\w*|\bсумм\w*|\bзатрат\w*|\bсредств\w*|\bисточник\w*|"
        r"\bмлн\w*\.? ?(?:руб|рос|бел|евро|долл)|\bруб\b|\bвложени\w*|\bинвестици\w*|"
        r"\bрасход\w*|\bтыс\w*\.? ?(?:руб|рос|бел|евро|долл|eur|usd)"
    ),
    "AMOUNT": r"об[ъ'ь]?[её]м\w*|сумм\w*|стоимост\w*|бюджет|всего|тыс|млн|руб|\bк-?во\b",
    "SOURCE": r"источник\w*|за счет",
    "TOTAL": r"всего|итого|общ\w+",
    "CURRENCY": r"валюта",
    "SECTION": (
        r"направлени\w*|\bраздел\w*|\bсфер[аы]\w*|"
        r"\bобласт[ьи] (?:сотрудничества|взаимодействия|деятельности)|\bцел[ьи]\b|"
        r"\bзадач[аи]\w*|\bприоритет\w*|\bблок\b|\bкатегори\w+|\bотрасл\w*"
    ),
    "TITLE": (
        r"мероприят\w*|наименован\w*|названи\w*|содержан\w*|\bработ[аы]?\b|\bпроект\w*|"
        r"описан\w*|действи[яей]\w*|\bевент\w*|\bпредмет\b|\bвопрос\w*|\bсобыти\w+|"
        r"\bчто (?:\w+ )?(?:дела|сдела|предсто|буд)\w+|\bобязательств\w*|\bинициатив\w*|"
        r"\bпоручени\w*"
    ),
    "NOT_A_ROLE": (
        r"количеств\w+ мероприят|число мероприят|примечан\w*|коммент\w*|отметк\w+|"
        r"статус|ход (?:выполнения|реализации)|состояние|фактическ\w+|место проведения|"
        r"телефон|контакт\w*|целев\w+ групп\w*|страниц\w*|основание|риск\w*|нпа|"
        r"подпис\w*|должност\w*|фамили\w*|ф\. ?и\. ?о|фио"
    ),
    "LABEL": (
        r"номер|срок|дата|исполнител|ответствен|соисполнител|ожидаем|результат|финанс|"
        r"источник|объ[её]м|бюджет|начал|окончан|заверш|мероприят|показател|дедлайн"
    ),
}
BELARUSIAN: Words = {
    "NUMBER": r"нумар|№ мерапрыемства|№ ?з/п",
    "DUE": r"тэрмін\w*|перыяд\w*|графік\w*|калі|час правядзення",
    "DUE_START": r"пачат(?:ак|ку|ка)\b|^з\b",
    "DUE_END": r"заканчэнн\w+\b|завяршэнн\w+\b|^(?:да|па)\b",
    "RESPONSIBLE": r"\bхто\b|выканаўц\w*|адказн\w*|удзельнік\w*|каардынатар\w*",
    "RESULT": r"\bшто (?:дасць|атрым)\w*|вынік\w*|\bэфект\w*|паказчык\w*|чакан\w+",
    "FUNDING": (
        r"фінанс\w*|\bбюджэт\w*|\bкошт\w*|\bсум[аы]\b|\bвыдатк\w*|\bсродк\w*|"
        r"\bкрыніц\w*|рэсурснае забеспячэнне"
    ),
    "AMOUNT": r"аб'?[ъ]?[её]м\w*|\bсум[аы]\b|кошт\b|усяго",
    "SOURCE": r"крыніц\w*|за кошт",
    "TOTAL": r"усяго|разам|агульн\w+",
    "SECTION": r"напрам\w*|кірун\w*|\bраздзел\w*|\bмэт[аы]\b|\bгалін[аы]\b",
    "TITLE": (
        r"мерапрыемств\w*|назв[аы]\w*|змест\w*|\bпраект\w*|апісанн\w*|дзеянн\w*|"
        r"\bпадзе\w+|\bшто (?:\w+ )?(?:роб|зроб)\w+|найменн\w*|\bпытанн\w*"
    ),
    "NOT_A_ROLE": (
        r"заўваг\w*|адзнак\w+|месца правядзення|мэтавая група|падстава|пасад[аы]|"
        r"прозвішч\w*"
    ),
    "LABEL": (
        r"нумар|тэрмін|выканаў|адказн|чакан|вынік|фінанс|крыніц|аб'?ём|бюджэт|"
        r"мерапрыемств"
    ),
}
ENGLISH: Words = {
    "NUMBER": (
        r"n\s?[o°º]\.?|no|nr|num|n|number|item|ref|reference|code|id|no\. ?of ?measure|"
        r"measure (?:no|number|id)|activity (?:no|number|id)|action (?:no|number|id)|"
        r"ser(?:ial)?\.? no|s/n|ref\.? ?no|task (?:no|id)"
    ),
    "DUE": (
        r"deadlines?|timing|time-?lines?|time-?(?:frame|table|scale|schedule)?s?\b|"
        r"time frame|due|dates?|when|period\w*|schedul\w*|calendar|completion|t/frame|"
        r"target date|duration|month|year of implementation|milestone date"
    ),
    "DUE_START": r"^(?:start|begin|from|since)\b|\bstart(?:ing)?\b|\bbegins\b|\bcommence",
    "DUE_END": (
        r"^(?:end|finish|to|until)\b|"
        r"\b(?:end|finish|completion)(?:ing)?(?: date| month| year)\b|\bends\b"
    ),
    "RESPONSIBLE": (
        r"responsib\w*|\blead\b|\bleading\b|\bleader\b|implement(?:er|ers|ing)\b|"
        r"\bpartners?\b|\bexecut(?:or|ors|ing)\b|in charge|\bwho\b|"
        r"\bperform(?:er|ers|ing)\b|\bowners?\b|\bbod(?:y|ies)\b|\borgani[sz]ations?\b|"
        r"\binstitutions?\b|\bauthorit(?:y|ies)\b|\bcoordinat(?:or|ing|ion)\b|"
        r"\bactors?\b|\bagenc(?:y|ies)\b|\b\w+ side\b|\bstakeholders?\b|"
        r"\bparticipants?\b|\bbeneficiar\w+|\bparty\b|\bparties\b"
    ),
    "RESULT": (
        r"outcomes?|outputs?|results?\b|deliverables?|indicators?|\bimpact|"
        r"\bmilestones?\b|\btargets?\b|\bproducts?\b|\bmetrics?\b|"
        r"\bmeasures? of success\b|success criteria|\bkpi"
    ),
    "FUNDING": (
        r"\bbudget\w*|\bfund(?:s|ing|ed)?\b|financ\w*|\bcosts?\b|\bamounts?\b|"
        r"\bsources?\b|\bresources\b|\bexpenditure|\beur\b|\beuro?s?\b|\busd\b|"
        r"\bgrants?\b|\bco-?financing|\bmoney\b|\bprice\b"
    ),
    "AMOUNT": r"amount|budget|cost|total|eur|usd",
    "SOURCE": r"sources?\b|\bfunder|\bdonor",
    "TOTAL": r"total|overall|sum",
    "CURRENCY": r"currency|curr\.?",
    "SECTION": (
        r"\bsections?\b|\bareas?\b|\bpriorit(?:y|ies)\b|\bfields?\b|\bthemes?\b|"
        r"\bthematic|\bpillars?\b|\bwork ?packages?\b|\bobjectives?\b|\bgoals?\b|"
        r"\bprogramme area|\btopics?\b|\bwp\b|\bsector\b|\bcategory\b"
    ),
    "TITLE": (
        r"\bmeasures?\b|activit(?:y|ies)\b|\bactions?\b|\btasks?\b|\bprojects?\b|"
        r"\binitiatives?\b|\bworks?\b|description|\bwhat\b|\bevents?\b|\bsteps?\b|"
        r"\btitle\b|\bname\b|\bcommitments?\b"
    ),
    "NOT_A_ROLE": (
        r"number of (?:measures|activities|actions)|notes?\b|remarks?|comments?|status|"
        r"progress|venue|location|place\b|e-?mail|phone|contacts?\b|target groups?|"
        r"page\b|legal basis|risks?|signature|informed|position|representatives?|"
        r"member(?:s|ship)?"
    ),
    "LABEL": (
        r"no\b|number|deadline|timing|timeline|due|period|when|responsib|lead|partner|"
        r"implement|who|expected|output|outcome|result|deliverable|budget|funding|cost|"
        r"source|start|end|measure|activity|action|indicator"
    ),
}
SIGNS: Words = {
    "NUMBER": r"№|#",
    "FUNDING": r"€",
    "AMOUNT": r"€",
    "LABEL": r"№",
}


def words_of(kind: str) -> str:
    """The words of a kind of heading in all languages, as alternatives of an expression."""
    lists = (RUSSIAN, BELARUSIAN, ENGLISH, SIGNS)
    return "|".join(words[kind] for words in lists if kind in words)
