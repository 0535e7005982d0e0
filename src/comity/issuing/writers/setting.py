"""Sets a Typst source in a process of its own, which ends: typst keeps what it set, hundreds of MB.

Started by `drawing`, as a file, so that it loads nothing of Comity or Django. Reads JSON from
standard input, writes the bytes to standard output.
"""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

SOURCES = Path(__file__).parent / "typst"


def made(asked: dict[str, Any]) -> bytes:
    """A PDF (PDF/UA-1), or a PNG; with the fonts that the wheel brings, the same everywhere."""
    how: dict[str, Any] = {
        "root": SOURCES,
        "font_paths": typst.Fonts(include_system_fonts=False),
        "ignore_system_fonts": True,
        "sys_inputs": {"told": json.dumps(asked["told"], ensure_ascii=False)},
    }
    source = SOURCES / asked["source"]
    content: bytes
    if asked["format"] == "png":
        content = typst.compile(source, format="png", ppi=asked["ppi"], **how)
        return content
    how["timestamp"] = datetime.fromisoformat(asked["moment"])
    try:
        content = typst.compile(source, format="pdf", pdf_standards=["ua-1"], **how)
    except typst.TypstError:
        # the standard refuses letters that no font has; without it they are left as boxes
        content = typst.compile(source, format="pdf", **how)
    return content


if __name__ == "__main__":
    sys.stdout.buffer.write(made(json.load(sys.stdin)))
