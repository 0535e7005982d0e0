"""Refreshes the front-end files kept in the repository, with npm: `make vendor`.

Each package is fetched at the version written here into a folder that is thrown away; only the
files named here are kept, with the package's licence, and listed in VENDORED.md.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/comity/web/static/vendor"

#: package, version, what it is for, files to keep (in the package -> name here)
PACKAGES: list[tuple[str, str, str, dict[str, str]]] = [
    (
        "@picocss/pico",
        "2.1.1",
        "the base of the look: semantic HTML",
        {"css/pico.min.css": "pico.min.css", "LICENSE.md": "pico.LICENSE.md"},
    ),
    (
        "htmx.org",
        "2.0.11",
        "fetches fragments of pages",
        {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE"},
    ),
    (
        "@fontsource-variable/source-sans-3",
        "5.3.0",
        "sans for what is done",
        {
            "files/source-sans-3-cyrillic-wght-normal.woff2": "source-sans-3-cyrillic.woff2",
            "files/source-sans-3-latin-wght-normal.woff2": "source-sans-3-latin.woff2",
            "LICENSE": "source-sans-3.LICENSE",
        },
    ),
    (
        "@fontsource-variable/source-serif-4",
        "5.3.0",
        "serif for what is said",
        {
            "files/source-serif-4-cyrillic-wght-normal.woff2": "source-serif-4-cyrillic.woff2",
            "files/source-serif-4-latin-wght-normal.woff2": "source-serif-4-latin.woff2",
            "LICENSE": "source-serif-4.LICENSE",
        },
    ),
    (
        "d3",
        "7.9.2",
        "the projection and the arcs of the map",
        {"dist/d3.min.js": "d3.min.js", "LICENSE": "d3.LICENSE"},
    ),
    (
        "topojson-client",
        "3.1.0",
        "unpacks the land",
        {
            "dist/topojson-client.min.js": "topojson-client.min.js",
            "LICENSE": "topojson-client.LICENSE",
        },
    ),
    (
        "world-atlas",
        "2.0.2",
        "the land of the map, from Natural Earth (public domain)",
        {"land-50m.json": "land-50m.json", "LICENSE": "world-atlas.LICENSE"},
    ),
]


def fetch(package: str, version: str, folder: Path) -> Path:
    subprocess.run(
        ["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True, text=True
    )
    (packed,) = folder.glob("*.tgz")
    shutil.unpack_archive(packed, folder)
    return folder / "package"


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.iterdir():
        old.unlink()
    rows = []
    for package, version, reason, files in PACKAGES:
        with tempfile.TemporaryDirectory() as scratch:
            unpacked = fetch(package, version, Path(scratch))
            licence = json.loads((unpacked / "package.json").read_text())["license"]
            for inside, name in files.items():
                shutil.copyfile(unpacked / inside, TARGET / name)
                digest = hashlib.sha256((TARGET / name).read_bytes()).hexdigest()
                rows.append(f"| {name} | {package} {version} | {licence} | {reason} | {digest} |")
    table = "\n".join(rows)
    (TARGET / "VENDORED.md").write_text(
        "# Vendored front-end files\n\nKept as published; refreshed by `make vendor`.\n\n"
        "| file | package and version | licence | for | SHA-256 |\n"
        f"| --- | --- | --- | --- | --- |\n{table}\n"
    )


if __name__ == "__main__":
    main()
