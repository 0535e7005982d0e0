"""Reads one document within limits, in a process of its own: `python -m comity.intake.worker`.

Arguments: the file, its name, and a JSON object of what its columns hold. Prints one JSON object,
either what was read or why nothing was. It knows neither the settings nor the database.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

#: The most memory and time of the processor that reading may take: bytes, seconds.
MEMORY, SECONDS = 1_500_000_000, 20


def limit_itself() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: str, name: str, columns: str) -> dict[str, Any]:
    """What was read as plain JSON, or `{"refused": code, "params": {…}}`."""
    from comity.intake.reading import Column, Refused, read_programme  # noqa: PLC0415  # within limits

    chosen = {
        int(table): {int(at): Column.parse(role) for at, role in roles.items()}
        for table, roles in json.loads(columns).items()
    }
    try:
        reading = read_programme(Path(path), name=name, columns=chosen)
    except Refused as refusal:
        return {"refused": refusal.code, "params": refusal.params}
    except MemoryError:
        return {"refused": "too_much_memory", "params": {}}
    return as_plain(reading)


def as_plain(reading: Any) -> dict[str, Any]:
    """A `Reading` as JSON values: the contract, and what only Comity's own pages need."""
    contract = reading.as_contract()
    measures = [
        {
            **plain,
            "due": {**plain["due"], "season": "/".join(measure.due.season or ())},
            "warnings": _coded(measure.warnings),
        }
        for plain, measure in zip(contract["measures"], reading.measures, strict=True)
    ]
    return {
        **contract,
        "measures": measures,
        "language": reading.language,
        "warnings": _coded(reading.warnings),
        "tables": [_table(table) for table in reading.tables],
    }


def _coded(warnings: Any) -> list[dict[str, Any]]:
    return [{"code": warning.code, "params": warning.params} for warning in warnings]


def _table(table: Any) -> dict[str, Any]:
    return {
        "index": table.index,
        "label": table.label,
        "rows": [
            [[cell.text, cell.row, cell.column, cell.rowspan, cell.colspan] for cell in row]
            for row in table.rows
        ],
        "header_rows": list(table.header_rows),
        "columns": {str(at): str(column) for at, column in table.columns.items()},
    }


def printed(arguments: list[str]) -> bytes:
    """What is said of a document, as bytes of JSON."""
    try:
        told = json.dumps(read(*arguments), ensure_ascii=False, default=str)
    except MemoryError:
        told = json.dumps({"refused": "too_much_memory", "params": {}})
    return told.encode("utf-8", "replace")


def main(arguments: list[str]) -> int:
    limit_itself()
    sys.stdout.buffer.write(printed(arguments))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
