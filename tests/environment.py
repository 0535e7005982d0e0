"""Loaded before Django: the tests run with the example's settings in a folder of their own."""

import os
import tempfile
from pathlib import Path

data = Path(tempfile.mkdtemp(prefix="comity-tests-"))
(data / "static").mkdir()
os.environ["COMITY_DEMO"] = "1"
os.environ["COMITY_DATA"] = str(data)
