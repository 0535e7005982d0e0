"""How documents in Belarusian, Russian and English write currencies (ISO 4217)."""

#: Those that are known by their code only; codes that are also words (ALL, TOP) are not among them.
BY_CODE_ALONE = (
    "AED", "BAM", "BDT", "BHD", "BOB", "COP", "CRC", "DOP", "DZD", "EGP", "ETB", "GHS", "GTQ",
    "HKD", "HNL", "IDR", "ILS", "IQD", "IRR", "JOD", "KWD", "LBP", "LKR", "MAD", "MKD", "MYR",
    "MZN", "NGN", "NIO", "NPR", "NZD", "OMR", "PEN", "PHP", "PKR", "QAR", "RSD", "RWF", "SAR",
    "SGD", "THB", "TJS", "TMT", "TND", "TWD", "TZS", "XAF", "XOF", "ZMW",
)  # fmt: skip
CURRENCIES: tuple[tuple[str, str], ...] = (
    (
        "BYN",
        r"\bbyn\b|\bbyr\b|\bбел\w*\.?\s*р(?:уб|\b)\w*\.?|\bбелорусск\w+\s+руб\w*|"
        r"\bбеларуск\w+\s+руб\w*|\bруб\w*\.?\s+(?:рб|республики беларусь|рэспублікі "
        r"беларусь)\b|\bbelarus\w+ (?:rubles?|roubles?)",
    ),
    (
        "RUB",
        r"\brub\b|\brur\b|₽|\bр[оа]с\w*\.?\s*р(?:уб|\b)\w*\.?|\bроссийск\w+\s+руб\w*|"
        r"\bрасійск\w+\s+руб\w*|\bруб\w*\.?\s+(?:рф|российской федерации)\b|\brussian "
        r"(?:rubles?|roubles?)",
    ),
    ("EUR", r"€|\b[kmt]?eur\b|\beuros?\b|\bевро\b|\bеўра\b|\bk?eur\b|\bmeur\b|\bteur\b"),
    ("CAD", r"\bcad\b|ca\$|\bканадск\w+ долл\w*"),
    ("AUD", r"\baud\b|au?\$(?=\s?\d)"),
    ("USD", r"us\$|\b[kmt]?usd\b|(?<![a-z])\$|\bдолл\w*|\bдал\w* зша|\bдаляр\w*|\bdollars?\b"),
    ("GBP", r"£|\b[kmt]?gbp\b|\bpounds?\b|\bфунт\w*"),
    ("CNY", r"¥|\bcny\b|\brmb\b|\bюан\w*|\byuan\b"),
    ("JPY", r"\bjpy\b|\bиен\w*|\byen\b"),
    ("KZT", r"₸|\bkzt\b|\bтенге\b|\bтэнге\b"),
    ("UAH", r"₴|\buah\b|\bгрн\b|\bгривн\w*|\bгрыўн\w*"),
    ("PLN", r"\b[kmt]?pln\b|\bzł|\bзлот\w*|\bzlot\w*"),
    ("NOK", r"\b[kmt]?nok\b|\bnorwegian kroner?\b|\bнорвежск\w+ крон(?:а|ы|у|е|ах|ам)?\b"),
    ("SEK", r"\b[kmt]?sek\b|\bswedish kron\w+|\bшведск\w+ крон(?:а|ы|у|е|ах|ам)?\b"),
    ("DKK", r"\b[kmt]?dkk\b|\bdanish kroner?\b|\bдатск\w+ крон(?:а|ы|у|е|ах|ам)?\b"),
    ("ISK", r"\bisk\b"),
    ("CZK", r"\bczk\b|\bkč|\bчешск\w+ крон(?:а|ы|у|е|ах|ам)?\b"),
    ("HUF", r"\bhuf\b|\bфоринт\w*"),
    ("RON", r"\bron\b"),
    ("BGN", r"\bbgn\b"),
    ("CHF", r"\bchf\b"),
    ("TRY", r"\btry\b|₺"),
    ("BRL", r"r\$|\bbrl\b|\breais\b|\breal(?:es)?\b|\bреал(?:а|у|ы|ов|ам|ах)?\b"),
    ("ARS", r"\bars\b|ar\$|\bargentine pesos?\b"),
    ("CLP", r"\bclp\b"),
    ("MXN", r"\bmxn\b"),
    ("PYG", r"\bpyg\b|\bguaran[ií]es\b"),
    ("UYU", r"\buyu\b"),
    ("UZS", r"\buzs\b|\bсум(?:ов|ы)\b"),
    ("KGS", r"\bkgs\b|\bсом(?:ов|а)?\b"),
    ("AMD", r"\bamd\b|\bдрам(?:а|ы|ов)?\b"),
    ("AZN", r"\bazn\b|\bманат\w*"),
    ("GEL", r"\bgel\b|\bлари\b"),
    ("MDL", r"\bmdl\b|\bле[йяе]в?\b"),
    ("INR", r"\binr\b|₹|\bрупи\w*|\brupees?\b"),
    ("ZAR", r"\bzar\b"),
    ("KES", r"\bkes\b"),
    ("UGX", r"\bugx\b"),
    ("VND", r"\bvnd\b"),
    ("MNT", r"\bmnt\b"),
    ("KRW", r"\bkrw\b|₩"),
    *((code, rf"\b{code.lower()}\b") for code in BY_CODE_ALONE),
)
