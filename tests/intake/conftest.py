import json
from typing import Any

import pytest

from comity.intake import safe_reading, worker


@pytest.fixture
def quick_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read in this process; whole processes are tested where they matter."""

    def told(arguments: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(json.dumps(worker.read(*arguments), default=str))
        return found

    monkeypatch.setattr(safe_reading, "_told_by_worker", told)
