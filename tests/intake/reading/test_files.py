"""CSV, HTML and PDF files, and files that are refused."""

import zipfile
from pathlib import Path

import pytest

from comity.intake.reading import Refused, read_programme
from comity.intake.reading.csvfile import best_delimiter
from comity.intake.reading.decoding import decode
from tests.intake.reading.builders import Pdf, bodies, brief, docx, html, p, table, unplaced

CSV = (
    "План мероприятий на 2018–2020 годы;;;\n;;;\n№;Мероприятие;Срок;Исполнители\n"
    '1;Выставка «Ёлка»;май 2018 г.;"Минпром\nМинторг"\n2;Ярмарка;ежегодно;Минторг\n'
)


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_csv_is_read_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(CSV.encode(encoding, "replace"))
    reading = read_programme(path)
    assert reading.period is not None
    assert [bodies(measure) for measure in reading.measures] == ["Минпром; Минторг", "Минторг"]
    assert "лка" in reading.measures[0].title


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_csv_is_read_with_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = [["No", "Measure", "Deadline", "Lead"], ["1", "A, B; C", "May 2019", "City of Oslo"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "plan.csv").write_text(text, encoding="utf-8")
    [measure] = read_programme(tmp_path / "plan.csv").measures
    assert (measure.title, measure.due.kind) == ("A, B; C", "window")


def test_csv_may_name_its_delimiter(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("sep=;\nNo;Measure;Deadline\n1;Fair;2019\n", "utf-8")
    assert [found.title for found in read_programme(tmp_path / "plan.csv").measures] == ["Fair"]
    assert best_delimiter("one\ntwo\n") is None


def test_western_letters_are_not_taken_for_cyrillic() -> None:
    text = "No;Activité;Délai\n1;Développement à Besançon, coopération;été 2019\n" * 5
    assert decode(text.encode("cp1252")).text == text


def test_lines_in_two_encodings_and_nul_bytes_are_told() -> None:
    mixed = "Выставка техники\n".encode() + "Ярмарка товаров\n".encode("cp1251") + b"a\x00b"
    decoded = decode(mixed)
    assert decoded.text == "Выставка техники\nЯрмарка товаров\nab"
    assert [warning.code for warning in decoded.warnings] == ["mixed_encodings", "nul_bytes"]
    assert decode(b"\xff\xfea\x00\x00\xd8").warnings[0].code == "undecodable"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"", "empty"),
        ("a.docx", b"\x89PNG\r\n", "picture"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "picture"),
        ("a.webp", b"RIFF1234WEBPVP8", "picture"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "picture"),
        ("a.exe", b"MZ\x90", "program"),
        ("a.docx", b"{\\rtf1 x}", "rtf"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", "archive"),
        ("a.docx", b"PK\x03\x04" + b"x" * 50, "damaged"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "legacy_word",
        ),
        (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
            "legacy_excel",
        ),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("a.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "legacy_office"),
        ("a.pdf", b"%PDF-1.4\nbroken", "damaged"),
        ("a.csv", b"hello\nworld\n", "plain_text"),
        ("a.mht", b"MIME-Version: 1.0\n", "web_archive"),
        ("a.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "office_xml"),
        ("a.xml", b'<?xml version="1.0"?><x xmlns="http://s/package/2006/x"/>', "office_xml"),
        ("a.bin", bytes(range(1, 32)) * 9 + b"a;b\nc;d\n", "unknown"),
    ],
)
def test_what_is_no_document_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_programme(path)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("types", "code"),
    [
        ("presentationml", "slides"),
        ("application/vnd.ms-excel.sheet.binary", "binary_workbook"),
        ("nothing", "unknown_zip"),
    ],
)
def test_other_office_files_are_refused(tmp_path: Path, types: str, code: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", types)
    with pytest.raises(Refused) as refused:
        read_programme(path)
    assert refused.value.code == code


def test_zip_files_with_odd_contents_are_refused(tmp_path: Path) -> None:
    plain, many, bare = (tmp_path / name for name in ("p.zip", "m.docx", "b.docx"))
    with zipfile.ZipFile(plain, "w") as package:
        package.writestr("readme.txt", "x")
    with zipfile.ZipFile(many, "w") as package:
        for number in range(5001):
            package.writestr(f"{number}", "")
    with zipfile.ZipFile(bare, "w") as package:
        package.writestr("[Content_Types].xml", "")
        package.writestr("word/document.xml", "<a/>")
    locked = tmp_path / "l.docx"
    content = bytearray(plain.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(content)
    codes = []
    for path in (plain, many, bare, locked):
        with pytest.raises(Refused) as refused:
            read_programme(path)
        codes.append(refused.value.code)
    assert codes == ["unknown_zip", "too_many_members", "damaged", "password"]


def test_missing_files_and_folders_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Refused, match="was not found"):
        read_programme(tmp_path / "none.docx")
    with pytest.raises(Refused, match="is a folder"):
        read_programme(tmp_path)
    with pytest.raises(Refused, match="could not be opened"):
        read_programme(Path("/dev/null"))
    monkeypatch.setattr("comity.intake.reading.detect.MAX_FILE", 3)
    (tmp_path / "big.csv").write_text("a;b;c", encoding="utf-8")
    with pytest.raises(Refused, match="at most"):
        read_programme(tmp_path / "big.csv")
    monkeypatch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(PermissionError()))
    (tmp_path / "no.csv").write_text("a", encoding="utf-8")
    with pytest.raises(Refused, match="could not be opened"):
        read_programme(tmp_path / "no.csv")


def test_a_wrong_extension_is_told_and_the_name_can_be_given(tmp_path: Path) -> None:
    path = docx(tmp_path / "plan.xlsx", p("План"))
    reading = read_programme(path)
    assert (reading.source.format, str(reading.warnings[0])) == (
        "docx",
        "The file is named .xlsx but is in fact docx; it was read as docx.",
    )
    assert read_programme(path, name="a.docx").source.name == "a.docx"
    assert [warning.code for warning in read_programme(path, name="a").warnings] == ["no_measures"]


# ── HTML ────────────────────────────────────────────────────────────────────────────────────


def test_only_what_the_page_shows_is_read(tmp_path: Path) -> None:
    body = (
        "<nav>Домой</nav><h1>План на 2018–2020 годы</h1><table><tr><td><p>Меню</p>"
        + table(
            ["№", "Мероприятие", "Срок", "Исполнители"],
            [
                "1",
                "Выставка<sup><a href='#n'>1</a></sup> "
                "м<sup>2</sup><br>техники<script>x()</script>",
                "май&nbsp;2018&nbsp;г.",
                "<td><ol><li>Минпром</li><li>Минторг</li></ol></td>",
            ],
            [
                "2",
                "<td><del>старое</del><ins>новое</ins> &lt;имя&gt;</td>",
                "2019",
                "<td><div>А<div>Б</div></div></td>",
            ],
        )
        + "</td></tr></table><div>Просто <b>текст</b><p>Ещё</p> хвост</div>"
    )
    reading = read_programme(html(tmp_path / "plan.html", body))
    assert brief(reading) == [
        (
            "1",
            None,
            "Выставка м2 техники",
            "window 2018-05-01 2018-05-31 -",
            "Минпром; Минторг",
            None,
        ),
        ("2", None, "новое <имя>", "window 2019-01-01 2019-12-31 -", "А; Б", None),
    ]
    assert unplaced(reading) == ["Домой", "Меню", "Просто текст", "Ещё", "хвост", "1"]


def test_captions_and_spans_to_the_end(tmp_path: Path) -> None:
    body = (
        "<center>План на 2018–2020 годы</center><table><caption>Спорт</caption>"
        "<tr><th>№<th>Мероприятие<th>Срок<tr><td>1<td>Матч<td "
        "rowspan=0>2018<tr><td>2<td>Забег</table>"
    )
    reading = read_programme(html(tmp_path / "plan.html", body))
    assert [(found.section, found.due.text) for found in reading.measures] == [
        ("Спорт", "2018")
    ] * 2


def test_an_empty_page_is_refused_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<?xml version="1.0"?><html><!-- --></html>', encoding="utf-8")
    assert read_programme(path).measures == ()


# ── PDF ─────────────────────────────────────────────────────────────────────────────────────

XS = [40, 80, 240, 340, 450, 560]
HEAD = ["No", "Measure", "Deadline", "Lead (Norway)", "Lead (Sweden)"]


def test_ruled_tables_go_on_over_pages(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.text(180, 40, "Joint action plan 2018-2020", size=14, bold=True)
    pdf.grid(
        XS,
        100,
        [
            HEAD,
            ["A. Trade"],
            [
                "1",
                "Hold a joint exhibi-\ntion of machines for\nsmall firms",
                "May 2018",
                "City of Oslo",
                "Region One\nRegion Two",
            ],
            [
                "2",
                "Publish a survey of the\nwood market",
                "by 1 June 2019",
                "Oslo Chamber",
                "LADEC",
            ],
        ],
    )
    pdf.text(290, 810, "1")
    pdf.page()
    pdf.grid(
        XS, 40, [HEAD, ["", "in both regions", "", "", ""], ["3", "Concert", "2020", "Opera", "-"]]
    )
    pdf.text(290, 810, "2")
    reading = read_programme(pdf.save(tmp_path / "plan.pdf"))
    assert reading.title == "Joint action plan 2018-2020"
    assert brief(reading) == [
        (
            "1",
            "Trade",
            "Hold a joint exhibition of machines for small firms",
            "window 2018-05-01 2018-05-31 -",
            "City of Oslo/NO; Region One/SE; Region Two/SE",
            None,
        ),
        (
            "2",
            "Trade",
            "Publish a survey of the wood market in both regions",
            "date - 2019-06-01 -",
            "Oslo Chamber/NO; LADEC/SE",
            None,
        ),
        ("3", "Trade", "Concert", "window 2020-01-01 2020-12-31 -", "Opera/NO", None),
    ]


def test_tables_without_lines_are_read_by_their_columns(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.text(180, 40, "Action plan 2018-2020", size=14, bold=True)
    starts = [40, 80, 240, 340, 450]

    def line(y: float, *texts: str) -> None:
        for x, text in zip(starts, texts, strict=False):
            if text:
                pdf.text(x, y, text)

    line(100, *HEAD)
    pdf.text(40, 130, "A. Trade and innovation of the border regions", bold=True)
    line(150, "1", "Hold a joint exhibition", "May 2018", "City of Oslo", "Region One")
    line(162, "", "of machines", "", "", "")
    line(185, "2", "Publish a survey", "annually", "Oslo Chamber", "LADEC")
    line(210, "3", "Concert", "2020", "Opera", "Museum")
    line(222, "", "", "", "of Oslo", "")
    line(245, "4", "Festival", "2019", "Opera", "Museum")
    pdf.page()
    for x, text in zip(starts, HEAD, strict=False):
        pdf.text(x, 40, text, bold=True)
    line(65, "", "of lights", "", "House", "")
    line(90, "5", "Reading", "2019", "Opera", "Museum")
    reading = read_programme(pdf.save(tmp_path / "plan.pdf"))
    assert brief(reading) == [
        (
            "1",
            "Trade and innovation of the border regions",
            "Hold a joint exhibition of machines",
            "window 2018-05-01 2018-05-31 -",
            "City of Oslo/NO; Region One/SE",
            None,
        ),
        (
            "2",
            "Trade and innovation of the border regions",
            "Publish a survey",
            "recurring 2018-01-01 2020-12-31 yearly",
            "Oslo Chamber/NO; LADEC/SE",
            None,
        ),
        (
            "3",
            "Trade and innovation of the border regions",
            "Concert",
            "window 2020-01-01 2020-12-31 -",
            "Opera of Oslo/NO; Museum/SE",
            None,
        ),
        (
            "4",
            "Trade and innovation of the border regions",
            "Festival of lights",
            "window 2019-01-01 2019-12-31 -",
            "Opera House/NO; Museum/SE",
            None,
        ),
        (
            "5",
            "Trade and innovation of the border regions",
            "Reading",
            "window 2019-01-01 2019-12-31 -",
            "Opera/NO; Museum/SE",
            None,
        ),
    ]


def test_a_word_cut_by_a_narrow_column_is_whole_again(tmp_path: Path) -> None:
    pdf = Pdf()
    pdf.text(40, 20, "Action plan 2018-2020")
    pdf.grid(
        [40, 80, 143, 240, 340],
        100,
        [
            ["No", "Measure", "Deadline", "Lead"],
            ["1", "Environmen\ntal review", "May 2018", "City"],
            ["2", "Big concert\nin the city", "May 2018", "City"],
        ],
    )
    reading = read_programme(pdf.save(tmp_path / "plan.pdf"))
    assert [found.title for found in reading.measures] == [
        "Environmental review",
        "Big concert in the city",
    ]


def test_measures_as_paragraphs_of_a_pdf(tmp_path: Path) -> None:
    pdf = Pdf()
    for at, text in enumerate(
        [
            "Action plan 2018-2020",
            "1. Hold a fair.",
            "Deadline: May 2019.",
            "Responsible: City of Oslo",
            "2. Hold a show.",
            "Deadline: annually.",
        ]
    ):
        pdf.text(40, 40 + 30 * at, text)
    pdf.page()
    reading = read_programme(pdf.save(tmp_path / "plan.pdf"))
    assert [(found.number, found.due.kind) for found in reading.measures] == [
        ("1", "window"),
        ("2", "recurring"),
    ]
    assert [warning.code for warning in reading.warnings] == ["pages_without_text"]


def test_pdf_files_of_many_pages_are_refused(tmp_path: Path) -> None:
    pdf = Pdf()
    for _ in range(80):
        pdf.page()
    with pytest.raises(Refused, match="has 81 pages"):
        read_programme(pdf.save(tmp_path / "many.pdf"))
