"""Registers in folders of their own, for tests that run the commands."""

import os
import subprocess
import sys
import time
from pathlib import Path

COMITY = Path(sys.executable).parent / "comity"
#: How long another worker of the tests is waited for.
PATIENCE = 120


def made_once(shared: Path, name: str, *command: str) -> Path:
    """A data folder as a command leaves it; the first worker that asks for it makes it: copy it."""
    folder, done = shared / name, shared / f"{name}.done"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not done.exists():
            assert time.monotonic() < end, f"The other worker did not make the {name}."
            time.sleep(0.1)
        return folder
    own = {"COMITY_DATA": str(folder), "COMITY_DEMO": "1", "COMITY_DATABASE_URL": ""}
    subprocess.run([COMITY, *command], env={**os.environ, **own}, check=True, capture_output=True)
    done.touch()
    return folder
