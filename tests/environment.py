"""Loaded before Django: the tests run with the example's settings in a folder of their own."""

import os
import tempfile

os.environ["COMITY_DEMO"] = "1"
os.environ["COMITY_DATA"] = tempfile.mkdtemp(prefix="comity-tests-")
