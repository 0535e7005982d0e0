"""A mail server for tests that answers as it is told, and keeps what it was handed."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass
class Kept:
    """What arrived; `answers` says what to reply to a command, and `cuts` where to hang up."""

    port: int = 0
    letters: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    cuts: set[str] = field(default_factory=set)
    most: int = 1000
    #: The command at which a connection ends after so many letters, and what is said then.
    ends_at: str = "MAIL"
    ends_with: str = ""
    connections: int = 0


class _Talk(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        kept, to, carried = self.server.kept, "", 0
        kept.connections += 1
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word in kept.cuts:
                return
            if word == kept.ends_at and carried == kept.most:
                if kept.ends_with:
                    self._say(kept.ends_with)
                return
            if word == "RCPT":
                to = line.split("<")[1].split(">")[0]
            answer = kept.answers.get(f"{word} {to}") or kept.answers.get(word)
            if word == "DATA" and not answer:
                self._say("354 go on")
                text = self._text()
                if "TEXT" in kept.cuts:
                    return
                kept.letters.append((to, text))
                carried += 1
            self._say(answer or ("221 bye" if word == "QUIT" else "250 ok"))

    def _text(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    kept: Kept


@contextmanager
def a_mail_server(settings: Any) -> Iterator[Kept]:
    settings.EMAIL_BACKEND = "comity.post.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.kept = Kept(port=server.server_address[1])
        settings.EMAIL_PORT = server.kept.port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.kept
        server.shutdown()
        thread.join()


@pytest.fixture
def server(settings: Any) -> Iterator[Kept]:
    with a_mail_server(settings) as kept:
        yield kept


@pytest.fixture
def no_server(settings: Any) -> None:
    """A port on which nothing listens."""
    settings.EMAIL_BACKEND = "comity.post.smtp.EmailBackend"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = probe.getsockname()
