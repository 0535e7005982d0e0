"""Word files: automatic numbers, tracked changes, merged cells, boxes, controls, notes."""

import time
from pathlib import Path

import pytest

from comity.intake.reading import Refused, read_programme
from comity.intake.reading.numerals import from_roman, numeral
from tests.intake.reading.builders import (
    WORD,
    brief,
    docx,
    level,
    numbered,
    p,
    run,
    span,
    tbl,
    tc,
    tr,
    unplaced,
)

TITLE = p("ПЛАН МЕРОПРИЯТИЙ на 2018–2020 годы", '<w:jc w:val="center"/>', bold=True)
HEADER = tr("№ п/п", "Мероприятие", "Срок", "Исполнители от РБ", "Исполнители от РФ", "Результат")
LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%1.%2.", extra="<w:isLgl/>")
    + level(2, "russianLower", "%3)", extra='<w:lvlRestart w:val="0"/>')
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "decimal", "%1.", start=5)
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2">'
    + level(0, "bullet", "•")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Numbers"/>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    + level(0, "upperLetter", "%1.")
    + "</w:lvlOverride></w:num>"
)
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name '
    'w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="Base"><w:name w:val="base"/><w:pPr><w:numPr>'
    '<w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Cell">'
    '<w:name w:val="cell"/><w:basedOn w:val="Base"/></w:style>'
    '<w:style w:type="numbering" w:styleId="Numbers"><w:name w:val="numbers"/><w:pPr><w:numPr>'
    '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="own"/><w:pPr>'
    '<w:outlineLvl w:val="1"/></w:pPr></w:style>'
)


def row(number: str, title: str, due: str = "2018", *rest: str) -> str:
    cells = [*rest, "Минпром", "Минпромторг", "Отчёт"][:3]
    return tr(number, title, due, *cells)


def test_automatic_numbers_are_those_the_reader_sees(tmp_path: Path) -> None:
    body = (
        TITLE
        + tbl(
            HEADER,
            tr(tc(p("Экономика", numbered(1)), properties=span(6))),
            row(tc(p(properties=numbered(1, 1))), "Первое"),
            tr(
                tc(p(properties=numbered(1, 1))),
                "Удалено",
                "2018",
                "a",
                "b",
                "c",
                properties='<w:del w:id="1" w:author="x"/>',
            ),
            row(tc(p(properties=numbered(1, 1))), "Второе"),
            tr(tc(p("Культура", numbered(1)), properties=span(6))),
            row(tc(p(properties=numbered(1, 1))), "Третье"),
        )
        + p("Раздел III. Наука", bold=True)
        + tbl(
            row(tc(p(properties='<w:pStyle w:val="Cell"/>')), "По стилю"),
            row(tc(p(properties='<w:pStyle w:val="Cell"/>')), "По стилю дальше"),
            row(tc(p(properties=numbered(4))), "Сначала"),
            row(tc(p(properties=numbered(5))), "По ссылке"),
            row(tc(p(properties=numbered(6))), "Буква"),
            row(tc(p(properties=numbered(99))), "Без списка"),
        )
    )
    reading = read_programme(docx(tmp_path / "n.docx", body, numbering=LISTS, styles=STYLES))
    assert [(found.number, found.section, found.title) for found in reading.measures] == [
        ("1.1", "Экономика", "Первое"),
        ("1.2", "Экономика", "Второе"),
        ("2.1", "Культура", "Третье"),
        ("5", "Наука", "По стилю"),
        ("6", "Наука", "По стилю дальше"),
        ("1", "Наука", "Сначала"),
        ("2", "Наука", "По ссылке"),
        ("C", "Наука", "Буква"),
        (None, "Наука", "Без списка"),
    ]


def test_tracked_changes_breaks_controls_and_fields(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>удалено </w:delText></w:r></w:del>'
    moved = '<w:moveFrom w:id="2"><w:r><w:t>ушло</w:t></w:r></w:moveFrom>'
    inserted = '<w:ins w:id="3" w:author="a"><w:r><w:t>вставлено </w:t></w:r></w:ins>'
    title = (
        deleted
        + moved
        + inserted
        + run("выста")
        + "<w:r><w:softHyphen/></w:r>"
        + run("вка")
        + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:tab/><w:t>техники</w:t></w:r>'
        + "<w:r><w:br/><w:t>и</w:t><w:noBreakHyphen/><w:t>всё</w:t></w:r>"
        + '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="2116"/><w:sym '
        'w:char="zz"/></w:r>'
    )
    fields = (
        "<w:hyperlink><w:r><w:t>Ссылка</w:t></w:r></w:hyperlink>"
        + run(" и ")
        + "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>выбор</w:t></w:r></w:sdtContent></w:sdt>"
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF </w:instrText></w:r>'
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run(" поле")
        + "<m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath>"
    )
    body = TITLE + tbl(
        HEADER,
        row("1", tc(p(raw=title))),
        "<w:sdt><w:sdtContent>" + row("2", tc(p(raw=fields))) + "</w:sdtContent></w:sdt>",
        row(
            "3",
            tc(
                p("Слит", '<w:rPr><w:del w:id="7" w:author="a"/></w:rPr>'),
                p("ный"),
                p("двумя", numbered(3)),
            ),
        ),
    )
    notes = (
        f"<w:footnotes {WORD}><w:footnote w:id='2'>{p('Текст сноски')}</w:footnote></w:footnotes>"
    )
    path = docx(tmp_path / "t.docx", body, numbering=LISTS, parts={"footnotes": notes})
    reading = read_programme(path)
    assert [found.title for found in reading.measures] == [
        "вставлено выставка техники и-всё•№",
        "Ссылка и выбор полеx²",
        "Слитный двумя",
    ]
    assert unplaced(reading) == ["Текст сноски"]


def test_text_boxes_are_read_once_and_hidden_text_is_told(tmp_path: Path) -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{p('Надпись')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox><w:txbxContent>{p('Надпись')}</w:txbxContent></v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    title = tc(p(raw=box + run("Концерт") + run("скрытое", "<w:vanish/>")))
    body = (
        TITLE
        + p(raw=box.replace("Надпись", "Сбоку"))
        + tbl(HEADER, row("1", title), row("2", tc("Спектакль", tbl(tr("a", "b"), tr("c", "d")))))
    )
    reading = read_programme(docx(tmp_path / "b.docx", body))
    assert [found.title for found in reading.measures] == ["Концерт Надпись", "Спектакль a b c d"]
    assert unplaced(reading) == ["Сбоку", "скрытое"]
    assert [warning.code for warning in reading.warnings] == ["hidden_text"]


def test_merged_cells_of_every_kind(tmp_path: Path) -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = TITLE + tbl(
        HEADER,
        tr("1", "Выставка", tc("май 2018 г.", properties=restart), "Минпром", "А1", "Отчёт"),
        tr("2", "Ярмарка", tc("", properties=goes_on), "Минпром", "А2", "Отчёт"),
        tr("3", "Форум", tc("и 2019", properties=goes_on), "Минпром", "А3", "Отчёт"),
        tr(
            "4",
            "Концерт",
            "2019",
            tc("Оба", properties='<w:hMerge w:val="restart"/>'),
            tc("", properties="<w:hMerge/>"),
            "Отчёт",
        ),
        tr("Спектакль", "2020", "Минпром", "А5", "Отчёт", properties='<w:gridBefore w:val="1"/>'),
    )
    reading = read_programme(docx(tmp_path / "m.docx", body))
    assert [(found.title, found.due.text) for found in reading.measures] == [
        ("Выставка", "май 2018 г. и 2019"),
        ("Ярмарка", "май 2018 г. и 2019"),
        ("Форум", "май 2018 г. и 2019"),
        ("Концерт", "2019"),
        ("Спектакль", "2020"),
    ]
    assert [(body.text, body.side) for body in reading.measures[3].responsible] == [("Оба", None)]


def test_a_table_inside_a_layout_table_is_a_table(tmp_path: Path) -> None:
    inner = tbl(HEADER, row("1", "Выставка"))
    reading = read_programme(docx(tmp_path / "l.docx", TITLE + tbl(tr(tc("Слева", inner)))))
    assert [found.title for found in reading.measures] == ["Выставка"]
    assert unplaced(reading) == ["Слева"]


def test_measures_as_list_paragraphs_under_headings(tmp_path: Path) -> None:
    body = (
        TITLE
        + p("Экономика", '<w:pStyle w:val="H1"/>' + numbered(1))
        + p("Провести выставку", numbered(1, 1))
        + p("Срок: апрель 2019 г.")
        + p("Исполнители:")
        + p("Минпром", numbered(3))
        + p("Минторг", numbered(3))
        + p("Культура", '<w:pStyle w:val="Outlined"/>')
        + p("Концерт", numbered(1, 1))
        + p("Срок: 2019; исполнители: от РБ – Минкультуры; ожидаемый результат: 5 концертов")
    )
    reading = read_programme(docx(tmp_path / "p.docx", body, numbering=LISTS, styles=STYLES))
    assert brief(reading) == [
        (
            "1.1",
            "Экономика",
            "Провести выставку",
            "window 2019-04-01 2019-04-30 -",
            "Минпром; Минторг",
            None,
        ),
        (
            "1.2",
            "Экономика / Культура",
            "Концерт",
            "window 2019-01-01 2019-12-31 -",
            "Минкультуры/BY",
            "5 концертов",
        ),
    ]


def test_work_packages_are_sections(tmp_path: Path) -> None:
    style = '<w:pStyle w:val="H1"/>'
    table = tbl(tr("Task", "Responsible", "Deadline"), tr("Hold a fair", "City of X (FI)", "2019"))
    body = p("Work programme 2019–2021", style) + p("WP1 Trade", style) + table
    body += p("WP2 Culture", style) + table
    reading = read_programme(docx(tmp_path / "w.docx", body, styles=STYLES))
    assert reading.title == "Work programme 2019–2021"
    assert [found.section for found in reading.measures] == ["Trade", "Culture"]


def test_a_template_with_macros_is_read_without_running_them(tmp_path: Path) -> None:
    body = TITLE + tbl(HEADER, row("1", "Выставка"))
    path = docx(tmp_path / "m.docm", body, others={"word/vbaProject.bin": "x"})
    assert [warning.code for warning in read_programme(path).warnings] == ["macros"]


@pytest.mark.parametrize("document", ["<w:document/>", "<broken", "<!DOCTYPE a><a/>"])
def test_a_broken_document_is_refused(tmp_path: Path, document: str) -> None:
    path = docx(tmp_path / "x.docx", "")
    content = document.replace("<w:document/>", f"<w:document {WORD}/>")
    import zipfile

    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/document.xml"] = content.encode()
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(Refused) as refused:
        read_programme(path)
    assert refused.value.code == ("doctype" if "DOCTYPE" in document else "damaged")


def test_time_grows_no_faster_than_the_document(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        rows = [
            row(f"{at}.", f"Мероприятие {at} по обмену", f"май {2018 + at % 3} г.", f"Завод {at}")
            for at in range(count)
        ]
        path = docx(tmp_path / f"{count}.docx", TITLE + tbl(HEADER, *rows))
        start = time.process_time()
        assert len(read_programme(path).measures) == count
        return time.process_time() - start

    seconds(50)
    small = seconds(200)
    large = seconds(2000)
    assert large < 30 * small + 0.5
    assert large < 6


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (3, "russianLower", "в"),
        (1, "russianUpper", "А"),
        (7, "decimalZero", "07"),
        (12, "decimal", "12"),
        (1, "bullet", ""),
        (0, "upperRoman", "0"),
        (0, "lowerLetter", "0"),
        (5, "ordinal", "5"),
    ],
)
def test_list_numbers_are_written_in_their_style(number: int, style: str, text: str) -> None:
    assert numeral(number, style) == text


@pytest.mark.parametrize(
    ("text", "value"), [("IV", 4), ("ІІІ", 3), ("ХІ", 11), ("xiv", 14), ("IIII", None), ("", None)]
)
def test_roman_numerals_are_read_in_any_letters(text: str, value: int | None) -> None:
    assert from_roman(text) == value
