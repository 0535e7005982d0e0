"""The settings stop the start with a sentence when something is wrong or unsafe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TELL = """
import django
from django.conf import settings
django.setup()
print(settings.SESSION_COOKIE_SECURE, settings.SECURE_HSTS_SECONDS, settings.DEBUG)
"""


def start(**environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("COMITY", "COV"))
    }
    return subprocess.run(
        [sys.executable, "-c", TELL],
        env={**kept, "DJANGO_SETTINGS_MODULE": "comity.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_secret_nothing_starts_outside_the_demo(tmp_path: Path) -> None:
    outcome = start(COMITY_DATA=str(tmp_path))
    assert outcome.returncode == 1
    assert "COMITY_SECRET_KEY is not set." in outcome.stderr.splitlines()[-1]


def test_a_short_secret_is_refused() -> None:
    outcome = start(COMITY_SECRET_KEY="short")
    assert "COMITY_SECRET_KEY is too short" in outcome.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"COMITY_DEMO": "1"}, "False 0 False"),
        ({"COMITY_SECRET_KEY": "x" * 50}, "True 31536000 False"),
        ({"COMITY_SECRET_KEY": "x" * 50, "COMITY_HTTPS": "0"}, "False 0 False"),
    ],
)
def test_cookies_and_hsts_are_strict_outside_the_demo(
    environment: dict[str, str], told: str
) -> None:
    assert start(**environment).stdout.strip() == told


def test_a_folder_that_the_demo_filled_is_the_demo_until_a_secret_is_set(tmp_path: Path) -> None:
    (tmp_path / "example").touch()
    assert start(COMITY_DATA=str(tmp_path)).stdout.strip() == "False 0 False"
    own = start(COMITY_DATA=str(tmp_path), COMITY_SECRET_KEY="x" * 50)
    assert own.stdout.strip() == "True 31536000 False"


def test_a_mail_server_wants_one_kind_of_tls() -> None:
    refused = start(COMITY_DEMO="1", COMITY_MAIL_TLS="1", COMITY_MAIL_SSL="1")
    assert refused.returncode == 1
    assert "COMITY_MAIL_SSL and COMITY_MAIL_TLS are both set." in refused.stderr
