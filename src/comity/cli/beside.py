"""Keeps a worker beside a server: one that died is started again.

A small process of its own, so that what kills a worker, as a lack of memory does, leaves this one
alone. It ends with the process that started it, whose number it is given (asked for later, it could
be the number of whoever inherited this one), and the worker ends with it.
"""

import os
import signal
import subprocess
import sys
import time

WORKER = (sys.executable, "-m", "comity.cli", "work", "--with-parent")
#: Seconds to the next start, after each that came soon after the one before; then always the last.
WAITS = (1, 5, 15, 60)
#: A worker that lived for so many seconds did well: the next start waits the least.
LIVED = 60
PAUSE = 0.5


def keep_working(server: int) -> None:
    """Until a signal comes or the parent, the process `server`, is no more."""
    died, command = 0, [*WORKER, str(os.getpid())]
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    try:
        while os.getppid() == server:
            began = time.monotonic()
            worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)
            if not _ended(worker, server):
                return
            died = 0 if time.monotonic() - began > LIVED else died + 1
            wait = WAITS[min(max(died, 1), len(WAITS)) - 1]
            print(
                f"The worker ended ({worker.returncode}); another starts in {wait} s.",
                file=sys.stderr,
            )
            _sleep(wait, server)
    except KeyboardInterrupt:
        return  # the worker hears it too


def _ended(worker: "subprocess.Popen[bytes]", server: int) -> bool:
    """Waits for the worker; whether it ended while the server still stands."""
    while os.getppid() == server:
        if worker.poll() is not None:
            return True
        time.sleep(PAUSE)
    return False


def _sleep(seconds: float, server: int) -> None:
    until = time.monotonic() + seconds
    while os.getppid() == server and time.monotonic() < until:
        time.sleep(PAUSE)


if __name__ == "__main__":
    keep_working(int(sys.argv[1]))
