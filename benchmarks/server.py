"""A server process on a register in a folder of its own, and a client that signs in to it."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
SERVE = (str(BIN / "comity"), "serve", "--host", HOST, "--port", "{port}")
#: How long a server may take to start, in seconds.
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    log: Path


@contextmanager
def served(data: Path, command: Sequence[str] = SERVE) -> Iterator[Server]:
    """A server of the register in this folder, as the command starts it, until the end."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    log = data / "server.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [part.format(port=port) for part in command],
            env=environment(data),
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
    try:
        _wait_for(port, process, log)
        yield Server(port, log)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def environment(data: Path) -> dict[str, str]:
    """What a process on the register in this folder is started with."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COMITY_")}
    settings = {"COMITY_DEMO": "1", "COMITY_DATA": str(data)}
    return {**kept, **settings, "DJANGO_SETTINGS_MODULE": "comity.settings"}


def comity(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a `comity` command on the register in this folder says."""
    command = [str(BIN / "comity"), *arguments]
    return subprocess.run(
        command, env=environment(data), capture_output=True, text=True, check=False
    )


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        sleep(0.05)
    raise RuntimeError(f"The server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    location: str


@dataclass(slots=True)
class Browser:
    """Keeps its connection and its cookies, and sends forms as it was given them."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def send(self, path: str, form: str, values: dict[str, str]) -> Answer:
        """Sends the form of a page, whose text `form` is, with some of its fields filled in."""
        return self._ask("POST", path, urlencode({**_fields(form), **values}))

    def sign_in(self, email: str, password: str) -> None:
        page = self.get("/account/login/").text
        answer = self.send("/account/login/", page, {"login": email, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{email} could not sign in: {answer.status}")

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: one.value for name, one in SimpleCookie(cookie).items()})
        return Answer(response.status, text, response.headers.get("Location", ""))


_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'(\w[\w-]*)="([^"]*)"')


def _fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's main form, by name."""
    main = page[page.find("<main") :]
    found = {}
    for tag in _INPUT.findall(main):
        told = dict(_ATTRIBUTE.findall(tag))
        if told.get("type") == "hidden":
            found[told["name"]] = unescape(told.get("value", ""))
    return found
