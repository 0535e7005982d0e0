"""Reads a document in a process of its own, for the command: no file harms or hangs it.

Knows nothing of Django. `safe_reading` does the same for the server, which has threads and must
not be forked.
"""

import contextlib
import json
import os
import selectors
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from comity.intake.reading import Refused, read_programme
from comity.intake.worker import limit_itself

#: How long a document may take, in seconds of the clock; the command itself has 20.
PATIENCE = 18
READ, REFUSED, NO_MEMORY = b"+", b"-", b"m"


def contract_of(path: Path) -> bytes:
    """The contract's JSON of what is in a file. Raises `Refused`."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _answer(sending, path)
    os.close(sending)
    with _ended_and_waited_for(child) as ended:
        told = _all_that_is_told(receiving)
        if told is None:
            raise Refused("too_slow", seconds=PATIENCE)
        status = ended()
    kind, text = told[:1], told[1:]
    if kind == READ:
        return text
    if kind == REFUSED:
        refusal = json.loads(text)
        raise Refused(refusal["code"], **refusal["params"])
    if kind == NO_MEMORY or status == -signal.SIGKILL:
        raise Refused("too_much_memory")
    if status == -signal.SIGXCPU:
        raise Refused("too_slow", seconds=PATIENCE)
    raise Refused("cannot_be_read")


class _Child:
    """A process that is waited for once; gives its exit code, or minus the signal that ended it."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._code: int | None = None

    def __call__(self) -> int:
        if self._code is None:
            self._code = os.waitstatus_to_exitcode(os.waitpid(self._number, 0)[1])
        return self._code

    def end(self) -> None:
        if self._code is None:
            os.kill(self._number, signal.SIGKILL)
            self()


@contextlib.contextmanager
def _ended_and_waited_for(number: int) -> Iterator[_Child]:
    child = _Child(number)
    try:
        yield child
    finally:
        child.end()


def _all_that_is_told(receiving: int) -> bytes | None:
    """What the child writes until it ends; None if it takes longer than `PATIENCE`."""
    until = time.monotonic() + PATIENCE
    pieces: list[bytes] = []
    with selectors.DefaultSelector() as waiting, os.fdopen(receiving, "rb", 0) as told:
        waiting.register(told, selectors.EVENT_READ)
        while waiting.select(max(0, until - time.monotonic())):
            piece = told.read(1 << 20)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
    return None


def _answer(sending: int, path: Path) -> NoReturn:
    """In the child: reads within limits, says what it read or why not, and ends."""
    code = 1
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):  # what libraries print is no answer
            os.dup2(nowhere, stream)
        limit_itself()
        with os.fdopen(sending, "wb") as answer:
            answer.write(_told_of(path))
        code = 0
    finally:
        os._exit(code)


def _told_of(path: Path) -> bytes:
    try:
        contract = read_programme(path).as_contract()
        return READ + json.dumps(contract, ensure_ascii=False).encode("utf-8", "replace")
    except Refused as refusal:
        told = {"code": refusal.code, "params": refusal.params}
        return REFUSED + json.dumps(told, default=str).encode()
    except MemoryError:
        return NO_MEMORY
