"""`python -m comity.intake.reading FILE`: the contract's JSON, or one line and exit status 2."""

import json
import sys
from pathlib import Path

from comity.intake.reading import Refused, read_programme


def main(arguments: list[str]) -> int:
    """Print the reading of the one file named; the exit status."""
    if len(arguments) != 1:
        print("Name one file to read.", file=sys.stderr)
        return 2
    try:
        reading = read_programme(Path(arguments[0]))
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    json.dump(reading.as_contract(), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text stream here
    sys.exit(main(sys.argv[1:]))
