"""Registers in folders of their own, for tests that run the commands."""

import os
import subprocess
import sys
import time
from pathlib import Path

COMITY = Path(sys.executable).parent / "comity"
#: How long another worker of the tests is waited for.
PATIENCE = 120


def migrated_once(shared: Path) -> Path:
    """A data folder with the tables and nothing in them; the first worker that asks makes it."""
    folder, done = shared / "empty-register", shared / "empty-register.done"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE
        while not done.exists():
            assert time.monotonic() < end, "The other worker did not make the empty register."
            time.sleep(0.1)
        return folder
    own = {"COMITY_DATA": str(folder), "COMITY_DEMO": "1", "COMITY_DATABASE_URL": ""}
    subprocess.run([COMITY, "migrate"], env={**os.environ, **own}, check=True, capture_output=True)
    done.touch()
    return folder
