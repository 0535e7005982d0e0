"""Documents of many layouts, scored by the rules of the output contract; and files to refuse."""

import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from comity.intake.reading import Refused, read_programme
from comity.intake.reading.__main__ import main

SAMPLES = Path(__file__).parents[1] / "samples"
BAD = SAMPLES / "bad"
MANIFEST = json.loads((BAD / "MANIFEST.json").read_text(encoding="utf-8"))["entries"]
LAYOUTS = SAMPLES.parent / "layouts"
EXPECTED = [*sorted(SAMPLES.glob("*.expected.json")), *sorted(LAYOUTS.glob("*.expected.json"))]


def one_space(text: str | None) -> str | None:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip() if text else None


def compared(measure: dict[str, Any], pdf: bool) -> dict[str, Any]:
    """The scored fields, without closing stops (in PDF also without hyphens inside words)."""

    def text(value: str | None) -> str | None:
        value = one_space(value)
        if value and pdf:
            value = re.sub(r"(?<=\w)[-‐‑]\s?(?=\w)", "", value)
        return value.rstrip(" .;,") or None if value else None

    money = measure["funding"] or {}
    due = measure["due"]
    return {
        "number": measure["number"],
        "section": text(measure["section"]),
        "title": text(measure["title"]),
        "due": [due[key] for key in ("kind", "start", "end", "recurrence")],
        "responsible": [(text(body["text"]), body["side"]) for body in measure["responsible"]],
        "expected_result": text(measure["expected_result"]),
        "funding": (money.get("amount"), money.get("currency")),
    }


def words(text: str | None) -> list[str]:
    text = unicodedata.normalize("NFC", text or "").replace("\u00ad", "").lower()
    return re.findall(r"\w+", re.sub(r"(?<=\w)[-‐‑]\s?(?=\w)", "", text))


def bag(document: dict[str, Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    sections: set[str] = set()
    for measure in document["measures"]:
        skip = set(measure.get("_uncounted", []))
        found.update(words(measure["title"]))
        found.update(words(measure["expected_result"]))
        if "due" not in skip:
            found.update(words(measure["due"]["text"]))
        if "responsible" not in skip:
            for body in measure["responsible"]:
                found.update(words(body["text"]))
        if "funding" not in skip and measure["funding"]:
            found.update(words(measure["funding"]["text"]))
        sections.update((measure["section"] or "").split(" / "))
    for text in [*sections, *(entry["text"] for entry in document["unplaced"])]:
        found.update(words(text))
    return found


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name.split(".")[0])
def test_a_sample_is_read_as_its_contract_says(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    pdf = expected["source"]["format"] == "pdf"
    given = read_programme(path.parent / expected["source"]["name"]).as_contract()
    assert given["source"] == expected["source"]
    assert given["period"] == expected["period"]
    assert one_space(given["title"]) == one_space(expected["title"])
    assert [compared(measure, pdf) for measure in given["measures"]] == [
        compared(measure, pdf) for measure in expected["measures"]
    ]
    assert bag(expected) - bag(given) == Counter()
    assert json.loads(json.dumps(given)) == given


@pytest.mark.parametrize(
    "entry",
    [entry for entry in MANIFEST if entry["name"] not in ("bomb.docx", "300k-rows.xlsx")],
    ids=lambda entry: str(entry["name"]),
)
def test_a_bad_file_is_handled(entry: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    status = main([str(BAD / entry["path"])])
    out, err = capsys.readouterr()
    assert status in {"refuse": {2}, "partial": {0}, "either": {0, 2}}[entry["expect"]]
    if status == 2:
        assert (out, len(err.splitlines())) == ("", 1)
    else:
        flat = json.dumps(json.loads(out), ensure_ascii=False)
        assert [text for text in entry.get("required", []) if text not in flat] == []
    assert [text for text in entry.get("forbidden", []) if text in out + err] == []


def word_file(path: Path, document: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types>wordprocessingml</Types>")
        package.writestr("word/document.xml", document)
    return path


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "bomb.docx", b"<a>" + b" " * (80 << 20))
    with pytest.raises(Refused, match="unpacks to more than 64 MB"):
        read_programme(path)


def test_the_limit_holds_for_what_comes_out_whatever_the_directory_says(tmp_path: Path) -> None:
    path = word_file(tmp_path / "bomb.docx", b"<a>" + b" " * (80 << 20))
    size = (80 << 20) + 3
    content = path.read_bytes().replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_programme(path)
    assert refused.value.code in ("damaged", "unpacks_too_large")


def test_too_many_rows_are_refused_while_reading(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>x</t></is></c></row>'
        for at in range(1, 20_003)
    )
    main_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types>spreadsheetml</Types>")
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main_ns}" xmlns:r="{relation}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/s.xml"/>'
            "</Relationships>",
        )
        package.writestr(
            "xl/worksheets/s.xml",
            f'<worksheet xmlns="{main_ns}"><sheetData>{rows}</sheetData></worksheet>',
        )
    with pytest.raises(Refused, match="more than 20000 rows"):
        read_programme(path)


def test_the_command_prints_json_and_asks_for_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err == "Name one file to read.\n"
    assert main([str(SAMPLES / "07-smolensk.csv")]) == 0
    assert len(json.loads(capsys.readouterr().out)["measures"]) == 10


def test_the_module_runs_as_a_program_without_the_web_framework() -> None:
    code = (
        "import sys, comity.intake.reading as reading; from pathlib import Path;"
        f"reading.read_programme(Path({str(SAMPLES / '01-sakhalin.docx')!r}));"
        "assert not [name for name in sys.modules if name.split('.')[0] in"
        " ('django', 'pdfplumber', 'numpy')]"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
