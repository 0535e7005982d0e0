"""Settings from the environment, each with its type; a wrong one stops the start."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class WrongSetting(Exception):
    """A setting that Comity cannot start with; the message names it and says what to write."""


class Environment:
    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self._values = values

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, "").strip() or default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value in ("1", "true", "yes", "on"):
            return True
        if value in ("0", "false", "no", "off"):
            return False
        raise WrongSetting(f"{name} is “{value}”; write 1 for yes or 0 for no.")

    def whole(self, name: str, default: int) -> int:
        value = self.text(name)
        if value and not value.isdecimal():
            raise WrongSetting(f"{name} is “{value}”; write a whole number, such as {default}.")
        return int(value) if value else default

    def listed(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def folder(self, name: str, default: Path) -> Path:
        return Path(self.text(name) or default).expanduser().resolve()

    def database(self, name: str, *, data: Path) -> dict[str, object]:
        """The Django database for a URL such as postgresql://user:password@host:5432/comity.

        Without one, an SQLite file in the data folder.
        """
        url = self.text(name)
        if not url:
            return sqlite_database(data / "comity.sqlite3")
        parts = urlsplit(url)
        if parts.scheme == "sqlite" and parts.path.strip("/"):
            return sqlite_database(Path(parts.path))
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            raise WrongSetting(
                f"{name} cannot be used; write postgresql://user:password@host:5432/database, "
                "or leave it out for SQLite."
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or "") or dict(parse_qsl(parts.query)).get("host", ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }


def sqlite_database(path: Path) -> dict[str, object]:
    """SQLite for many readers and one patient writer: WAL, and IMMEDIATE transactions."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": path.with_name(f"test-{path.name}")},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
            ),
        },
    }
