"""What tests of issued reports share."""

import json
from typing import Any

import pytest

from comity.issuing import actions
from comity.issuing.digest import Digest, kept

_WRITTEN: dict[tuple[str, str, bytes | None], bytes] = {}


@pytest.fixture
def written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report is issued in the files made before for the same digest: a digest gives one file."""
    write: Any = actions.written

    def once(digest: Digest, kind: str, template: bytes | None = None) -> bytes:
        key = (json.dumps(kept(digest), sort_keys=True, default=str), str(kind), template)
        if key not in _WRITTEN:
            _WRITTEN[key] = write(digest, kind, template)
        return _WRITTEN[key]

    monkeypatch.setattr(actions, "written", once)
