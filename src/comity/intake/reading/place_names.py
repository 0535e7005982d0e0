"""Names of countries and regions that the published lists do not have in the needed form."""

# abbreviations, matched as written
ABBREVIATIONS: dict[str, str] = {
    "РБ": "BY", "РФ": "RU", "БР": "BY", "КНР": "CN", "РК": "KZ", "ОАЭ": "AE", "США": "US",
    "ФРГ": "DE", "КР": "KG", "РУз": "UZ", "РТ": "RU", "UK": "GB", "USA": "US", "UAE": "AE",
    "PRC": "CN", "RF": "RU", "RB": "BY", "BY": "BY", "RU": "RU", "KZ": "KZ", "UA": "UA",
    "PL": "PL", "LT": "LT", "LV": "LV", "EE": "EE", "FI": "FI", "SE": "SE", "NO": "NO",
    "DK": "DK", "DE": "DE", "FR": "FR", "ES": "ES", "PT": "PT", "IT": "IT", "GB": "GB",
    "IE": "IE", "CN": "CN", "BR": "BR", "AR": "AR", "PY": "PY", "UY": "UY", "CL": "CL",
    "BO": "BO", "PE": "PE", "AM": "AM", "AZ": "AZ", "GE": "GE", "KG": "KG", "TJ": "TJ",
    "UZ": "UZ", "TM": "TM", "MD": "MD", "RO": "RO", "BG": "BG", "HU": "HU", "SK": "SK",
    "CZ": "CZ", "AT": "AT", "CH": "CH", "SI": "SI", "HR": "HR", "RS": "RS", "GR": "GR",
    "TR": "TR", "NL": "NL", "LU": "LU", "IS": "IS", "JP": "JP", "KR": "KR", "IN": "IN",
    "VN": "VN", "MN": "MN", "US": "US", "CA": "CA", "MX": "MX", "AU": "AU", "NZ": "NZ",
}  # fmt: skip
for _risky in ("IN", "BE"):
    ABBREVIATIONS.pop(_risky, None)

# names in forms that the stems of the published names do not reach
EXTRA_NAMES: dict[str, str] = {
    "Российская Федерация": "RU", "Российской Федерации": "RU", "Расійская Федэрацыя": "RU",
    "Расійскай Федэрацыі": "RU", "Русия": "RU", "Russia": "RU", "Russian Federation": "RU",
    "Беларусь": "BY", "Беларуси": "BY", "Беларусі": "BY", "Белоруссия": "BY", "Belarus": "BY",
    "Расія": "RU", "Россия": "RU", "Китай": "CN", "Кітай": "CN", "Кыргызстан": "KG",
    "Киргизия": "KG", "Молдавия": "MD", "Молдова": "MD", "Малдова": "MD", "Великобритания": "GB",
    "Британия": "GB", "Wales": "GB", "Scotland": "GB", "England": "GB", "Northern Ireland": "GB",
    "Уэльс": "GB", "Шотландия": "GB", "Англия": "GB", "Great Britain": "GB", "Czech Republic": "CZ",
    "Czechia": "CZ", "Чехия": "CZ", "Чэхія": "CZ", "Чешская Республика": "CZ", "Turkey": "TR",
    "Türkiye": "TR", "Holland": "NL", "The Netherlands": "NL", "South Korea": "KR",
    "Республика Корея": "KR", "Republic of Korea": "KR", "Macedonia": "MK", "Viet Nam": "VN",
    "Туркмения": "TM", "Туркменистан": "TM", "Таджикистан": "TJ", "Словацкая Республика": "SK",
    "United States": "US", "Соединенные Штаты": "US", "Ivory Coast": "CI", "Iran": "IR",
    "North Karelia": "FI", "South Karelia": "FI", "Северная Карелия": "FI",
    "Syria": "SY", "Сирия": "SY", "Laos": "LA", "Tanzania": "TZ",
}  # fmt: skip

# adjectives: stems before -ск- for Cyrillic, whole words for English
DEMONYMS: dict[str, str] = {
    "белорусск": "BY", "белорус": "BY", "беларуск": "BY", "беларус": "BY", "российск": "RU",
    "россий": "RU", "русск": "RU", "расійск": "RU", "расій": "RU", "казахстанск": "KZ",
    "казахстан": "KZ", "казахск": "KZ", "казахстанс": "KZ", "украинск": "UA", "украинс": "UA",
    "украін": "UA", "украінск": "UA", "польск": "PL", "литовск": "LT", "літоўск": "LT",
    "латвийск": "LV", "латвійск": "LV", "латышск": "LV", "эстонск": "EE", "финск": "FI",
    "фінск": "FI", "финляндск": "FI", "фінляндск": "FI", "шведск": "SE", "норвежск": "NO",
    "нарвежск": "NO", "датск": "DK", "дацк": "DK", "немецк": "DE", "немецск": "DE",
    "германск": "DE", "нямецк": "DE", "французск": "FR", "французс": "FR", "итальянск": "IT",
    "італьянск": "IT", "испанск": "ES", "іспанск": "ES", "португальск": "PT", "китайск": "CN",
    "кітайск": "CN", "японск": "JP", "корейск": "KR", "вьетнамск": "VN", "в'етнамск": "VN",
    "монгольск": "MN", "индийск": "IN", "турецк": "TR", "турэцк": "TR", "грузинск": "GE",
    "армянск": "AM", "азербайджанск": "AZ", "узбекск": "UZ", "узбекистанск": "UZ",
    "таджикск": "TJ", "таджикистанск": "TJ", "киргизск": "KG", "кыргызск": "KG",
    "кыргызстанск": "KG", "туркменск": "TM", "молдавск": "MD", "малдаўск": "MD",
    "румынск": "RO", "болгарск": "BG", "венгерск": "HU", "сербск": "RS", "словацк": "SK",
    "чешск": "CZ", "чэшск": "CZ", "австрийск": "AT", "британск": "GB", "английск": "GB",
    "ирландск": "IE", "аргентинск": "AR", "бразильск": "BR", "кубинск": "CU",
    "венесуэльск": "VE", "сирийск": "SY", "иранск": "IR", "пакистанск": "PK",
    "belarusian": "BY", "belarussian": "BY", "russian": "RU", "kazakh": "KZ", "kazakhstani": "KZ",
    "ukrainian": "UA", "polish": "PL", "lithuanian": "LT", "latvian": "LV", "estonian": "EE",
    "finnish": "FI", "swedish": "SE", "norwegian": "NO", "danish": "DK", "icelandic": "IS",
    "german": "DE", "french": "FR", "italian": "IT", "spanish": "ES", "portuguese": "PT",
    "dutch": "NL", "belgian": "BE", "austrian": "AT", "swiss": "CH", "czech": "CZ",
    "slovak": "SK", "slovakian": "SK", "slovenian": "SI", "slovene": "SI", "croatian": "HR",
    "serbian": "RS", "bosnian": "BA", "albanian": "AL", "montenegrin": "ME", "greek": "GR",
    "bulgarian": "BG", "romanian": "RO", "hungarian": "HU", "moldovan": "MD", "turkish": "TR",
    "georgian": "GE", "armenian": "AM", "azerbaijani": "AZ", "uzbek": "UZ", "tajik": "TJ",
    "kyrgyz": "KG", "turkmen": "TM", "mongolian": "MN", "chinese": "CN", "japanese": "JP",
    "korean": "KR", "vietnamese": "VN", "indian": "IN", "british": "GB", "welsh": "GB",
    "scottish": "GB", "english": "GB", "irish": "IE", "american": "US", "canadian": "CA",
    "mexican": "MX", "brazilian": "BR", "argentine": "AR", "argentinian": "AR",
    "argentinean": "AR", "paraguayan": "PY", "uruguayan": "UY", "chilean": "CL",
    "bolivian": "BO", "peruvian": "PE", "colombian": "CO", "ecuadorian": "EC", "cuban": "CU",
    "venezuelan": "VE", "moroccan": "MA", "tunisian": "TN", "egyptian": "EG", "kenyan": "KE",
    "ugandan": "UG", "tanzanian": "TZ", "rwandan": "RW", "ghanaian": "GH", "ivorian": "CI",
    "thai": "TH", "lao": "LA", "cambodian": "KH", "malaysian": "MY", "indonesian": "ID",
    "nepalese": "NP", "nepali": "NP", "breton": "FR", "catalan": "ES", "basque": "ES",
    "bavarian": "DE", "saxon": "DE", "flemish": "BE", "walloon": "BE", "sami": "NO",
    "karelian": "RU", "tatar": "RU",
}  # fmt: skip

_RU = (
    "адыге:adygea алтайск:altai амурск:amur архангельск:arkhangelsk астраханск:astrakhan "
    "башкортостан:bashkortostan башкирск:bashkir белгородск:belgorod брянск:bryansk бурят:buryatia "
    "владимирск:vladimir волгоградск:volgograd вологодск:vologda воронежск:voronezh "
    "дагестан:dagestan еврейск:jewish забайкальск:zabaykalsky ивановск:ivanovo ингушет:ingushetia "
    "иркутск:irkutsk кабардино-балкар:kabardino-balkaria калининградск:kaliningrad "
    "калмык:kalmykia калужск:kaluga камчатск:kamchatka карачаево-черкес:karachay-cherkessia "
    "карел:karelia кемеровск:kemerovo кировск:kirov коми:komi костромск:kostroma "
    "краснодарск:krasnodar красноярск:krasnoyarsk крым:crimea курганск:kurgan курск:kursk "
    "ленинградск:leningrad липецк:lipetsk магаданск:magadan мари:mari мордов:mordovia "
    "москв:moscow московск:moscow мурманск:murmansk нижегородск:nizhny новгородск:novgorod "
    "новосибирск:novosibirsk омск:omsk оренбургск:orenburg орловск:oryol пензенск:penza "
    "пермск:perm приморск:primorsky псковск:pskov ростовск:rostov рязанск:ryazan самарск:samara "
    "петербург:petersburg саратовск:saratov саха:sakha якут:yakutia сахалинск:sakhalin "
    "свердловск:sverdlovsk осет:ossetia смоленск:smolensk ставропольск:stavropol тамбовск:tambov "
    "татарстан:tatarstan тверск:tver томск:tomsk тульск:tula тыва:tuva тюменск:tyumen "
    "удмурт:udmurtia ульяновск:ulyanovsk хабаровск:khabarovsk хакас:khakassia "
    "ханты-мансийск:khanty "
    "челябинск:chelyabinsk чечен:chechnya чуваш:chuvashia чукотск:chukotka ямало-ненецк:yamal "
    "ненецк:nenets ярославск:yaroslavl казан:kazan екатеринбург:yekaterinburg сочи:sochi "
    "татарск:tatar удмуртск:udmurt чувашск:chuvash карельск:karelian бурятск:buryat "
    "дагестанск:dagestani донск:don кубан:kuban"
)
_RU_BE = (
    "бранск пскоўск смаленск калінінградск наўгародск разанск цюменск цвярск пензенск арлоўск "
    "растоўск кемераўск кіраўск кастрамск ленінградск маскоўск маскв свярдлоўск чалябінск "
    "ніжагародск навасібірск варонежск валагодск белгародск уладзімірск іванаўск іркуцк калужск "
    "краснадарск краснаярск ліпецк мурманск омск самарск саратаўск сахалінск стаўрапольск "
    "тамбоўск томск ульянаўск хабараўск яраслаўск пецярбург прыморск пермск калуг тамск"
)
RU_REGIONS: dict[str, str] = {
    name: "RU" for pair in _RU.split() for name in pair.split(":") if name not in ("don", "mari")
} | dict.fromkeys(_RU_BE.split(), "RU")
_BY = (
    "брестск брест brest витебск vitebsk viciebsk vitsebsk гомельск homiel gomel homel гродненск "
    "grodno hrodna минск minsk могилевск могилев mogilev mahilyow брэсцк брэст віцебск гродзенск "
    "мінск магілеўск магілёўск магілеў полоцк polotsk баранович орша"
)
BY_REGIONS: dict[str, str] = dict.fromkeys(_BY.split(), "BY")

_OTHER = {
    "PL": "подляшск люблинск мазовецк варминско-мазурск поморск западно-поморск нижнесилезск "
    "великопольск podlaskie podlasie podlachia lubelskie mazovia mazowieckie silesia pomerania",
    "KZ": "карагандинск павлодарск костанайск актюбинск алматинск атырауск жамбылск акмолинск "
    "мангистауск туркестанск кызылординск восточно-казахстанск северо-казахстанск "
    "западно-казахстанск алматы астан karaganda kostanay aktobe pavlodar",
    "CN": "хэйлунцзян гуандун шэньс чунцин ганьс хайнан цзилин ляонин шаньдун сычуан хубэй хэнан "
    "хунан чжэцзян цзянсу шанха пекин синьцзян цзянс юньнан guangdong heilongjiang gansu hainan "
    "sichuan shandong shanghai beijing chongqing xinjiang jilin liaoning shaanxi zhejiang jiangsu",
    "UA": "киевск черниговск житомирск ровенск волынск львовск одесск харьковск",
    "LT": "вильнюсск каунасск клайпедск vilnius kaunas klaipeda", "UZ": "ташкентск самаркандск",
    "LV": "латгальск даугавпилсск рижск latgale riga daugavpils kurzeme vidzeme zemgale",
    "FR": "brittany normandy burgundy corsica aquitaine alsace lorraine picardy savoy provence "
    "occitania grenoble rennes",
    "DE": "bavaria saxony thuringia brandenburg hesse mecklenburg holstein rhineland westphalia "
    "bremen hamburg berlin",
    "IT": "tuscany lombardy piedmont sicily sardinia apulia tyrol trentino friuli veneto liguria",
    "ES": "andalusia catalonia galicia navarre aragon asturias cantabria extremadura castile",
    "GB": "wales scotland england ulster cornwall kent cardiff",
    "FI": "lapland uusimaa kainuu ostrobothnia savo satakunta helsinki lappeenranta oulu lahti",
    "NO": "nordland troms finnmark trondelag vestland rogaland innlandet agder oslo bergen tromso "
    "svalbard",
    "SE": "skane scania norrbotten vasterbotten jamtland dalarna varmland stockholm gothenburg "
    "lulea umea gotland vastra",
    "DK": "zealand jutland funen bornholm syddanmark midtjylland nordjylland copenhagen",
    "EE": "tallinn tartu narva parnu harju viru", "BE": "flanders wallonia",
    "AR": "misiones corrientes chaco formosa", "BR": "parana",
    "PT": "alentejo algarve azores madeira", "CA": "quebec ontario manitoba",
}  # fmt: skip
REGION_STEMS: dict[str, str] = {
    name: code for code, names in _OTHER.items() for name in names.split()
}
GENERIC_SUBDIVISIONS = frozenset(
    [
        "central",
        "centre",
        "center",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "capital",
        "north-east",
        "north-west",
        "south-east",
        "south-west",
        "island",
        "islands",
        "port",
        "lake",
        "hill",
        "river",
        "coast",
        "national",
        "federal",
        "district",
        "region",
        "province",
        "city",
        "county",
        "union",
        "progress",
        "trade",
        "est",
        "ouest",
        "nord",
        "sud",
        "estado",
        "norte",
        "sul",
        "este",
        "oeste",
        "centro",
        "litoral",
        "health",
        "sport",
        "culture",
        "science",
        "education",
        "green",
        "young",
        "bank",
        "state",
        "royal",
        "union",
        "independence",
        "liberty",
        "victoria",
        "saint",
        "santa",
        "ocean",
        "forest",
        "valley",
        "unity",
        "upper",
        "lower",
        "middle",
        "grand",
        "main",
        "new",
        "head",
        "lead",
        "partner",
        "artigas",
        "colon",
    ]
)
