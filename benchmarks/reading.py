"""Reading documents: a Word file against the bare lxml pass over its XML, and every format's slope.

Each timing is taken in a process of its own, that has read another small document before: nothing
is remembered of the file itself. The bare pass takes document.xml out of the archive, parses it and
walks over all elements, gathering the text of each cell. It goes before and after the reading.
"""

import gc
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from lxml import etree

from benchmarks import documents
from benchmarks.results import Row, Scale, Telling
from comity.intake.reading import read_programme

TITLE = "Reading documents"
MEASURES = 2_000
MOST_TIMES, MOST_MEGABYTES, MOST_SECONDS = 4.0, 300, 3.0
#: How much more time per measure the longest document may take, to be called linear.
MOST_SLOWING = 1.3
SIZES = (500, 1_000, 2_000, 4_000)
FORMATS = {
    "xlsx": documents.excel, "odt": documents.open_document, "html": documents.page,
    "csv": documents.comma_separated,
}  # fmt: skip
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CELL, TEXT = W + "tc", W + "t"
Told = dict[str, Any]


def measure(scale: Scale, telling: Telling) -> list[Row]:
    rounds = min(scale.rounds, 15)
    with TemporaryDirectory() as folder:
        target = Path(folder)
        rows = _word_rows(target, rounds, telling)
        return [*rows, *_slope_rows(target, max(3, rounds // 3), telling)]


def _word_rows(folder: Path, rounds: int, telling: Telling) -> list[Row]:
    told = telling.begin("Reading Word files", 3 * rounds)
    plain, formatted = folder / "plain.docx", folder / "formatted.docx"
    plain.write_bytes(documents.word(MEASURES))
    formatted.write_bytes(documents.word(MEASURES, formatted=True))
    once: dict[Path, list[Told]] = {plain: [], formatted: []}
    commands: list[float] = []
    for _ in range(rounds):
        for path, results in once.items():
            results.append(_in_own_process(path))
            told(1)
        commands.append(_command(plain))
        told(1)
    at = f"docx of {MEASURES:,} measures"
    peak = max(result["megabytes"] for results in once.values() for result in results)
    seconds = median(commands)
    return [
        _against_bare(f"{at}, least markup", once[plain]),
        _against_bare(f"{at}, font and size in each run", once[formatted]),
        Row(
            "memory of it", at, f"≤ {MOST_MEGABYTES} MB", f"{peak:.0f} MB", peak <= MOST_MEGABYTES
        ),
        Row(
            "`comity intake read FILE --json`", f"{at}, start-up included", f"≤ {MOST_SECONDS} s",
            f"{seconds:.2f} s", seconds <= MOST_SECONDS,
        ),
    ]  # fmt: skip


def _against_bare(at: str, results: Sequence[Told]) -> Row:
    times = median(result["read"] / result["bare"] for result in results)
    read, bare = (median(result[name] for result in results) for name in ("read", "bare"))
    return Row(
        "intake read", at, f"≤ {MOST_TIMES:.0f} × the bare lxml pass over its XML",
        f"{times:.1f} × ({1000 * read:.0f} ms against {1000 * bare:.0f} ms)", times <= MOST_TIMES,
    )  # fmt: skip


def _slope_rows(folder: Path, rounds: int, telling: Telling) -> list[Row]:
    makers = {"docx": documents.word, **FORMATS}
    told = telling.begin("Reading longer and longer files", len(makers) * len(SIZES) * rounds)
    rows: list[Row] = []
    for name, maker in makers.items():
        each: list[float] = []
        for count in SIZES:
            path = folder / f"{count}.{name}"
            path.write_bytes(maker(count))
            spent = [_in_own_process(path)["read"] for _ in range(rounds)]
            told(rounds)
            each.append(median(spent) / count)
        slowing = max(each) / each[0]
        rows.append(
            Row(
                f"{name}: time per measure",
                f"{SIZES[0]:,} to {SIZES[-1]:,} measures",
                f"linear: ≤ {MOST_SLOWING} × that of the shortest",
                f"{slowing:.2f} × ({1e6 * each[-1]:.0f} µs per measure)",
                slowing <= MOST_SLOWING,
            )
        )
    return rows


def _command(path: Path) -> float:
    command = [str(Path(sys.executable).parent / "comity"), "intake", "read", str(path), "--json"]
    started = perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started


def _in_own_process(path: Path) -> Told:
    command = [sys.executable, "-m", "benchmarks.reading", str(path)]
    told: Told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def _once(path: Path) -> Told:
    """Processor seconds of one reading and of the bare pass, and the most memory there was."""
    with TemporaryDirectory() as folder:
        other = Path(folder) / "other.docx"
        other.write_bytes(documents.word(20, seed=2))
        read_programme(other)
    is_word = path.suffix == ".docx"
    bare = [_spent(bare_pass, path)] if is_word else []
    read = _spent(read_programme, path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bare += [_spent(bare_pass, path)] if is_word else []
    return {"read": read, "bare": sum(bare) / 2, "megabytes": peak}


def _spent(what: Any, path: Path) -> float:
    gc.collect()
    started = process_time()
    what(path)
    return process_time() - started


def bare_pass(path: Path) -> list[str]:
    """The text of each cell, with nothing understood."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    cells: list[str] = []
    for element in root.iter():
        tag = element.tag
        if tag == CELL:
            cells.append("")
        elif tag == TEXT and cells:
            cells[-1] += element.text or ""
    return cells


if __name__ == "__main__":
    print(json.dumps(_once(Path(sys.argv[1]))))
