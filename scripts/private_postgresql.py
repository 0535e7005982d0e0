"""A PostgreSQL of our own for the tests: made, started, stopped and thrown away again.

It listens on a socket in its own folder only, so it meets no other server of the machine.
PostgreSQL refuses to run as root; then it runs as the user `postgres` or `nobody`.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, the newest there is; None without a server."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _unprivileged() -> list[str]:
    """What to put before a command so that it does not run as root."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    return ["runuser", "-u", "postgres" if "postgres" in names else "nobody", "--"]


@contextmanager
def private_cluster() -> Iterator[str]:
    """Gives the address of a fresh database `comity` and takes everything away afterwards."""
    bin_folder = programs()
    if bin_folder is None:
        raise FileNotFoundError("There is no PostgreSQL server on this machine.")
    folder = Path(tempfile.mkdtemp(prefix="comity-pg-"))
    before = _unprivileged()
    if before:
        owner = pwd.getpwnam(before[2])
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    speed = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    options = f"-c listen_addresses= -k {folder} {speed} -c max_connections=60"

    def run(*command: object) -> None:
        subprocess.run(
            [*before, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd=folder
        )

    try:
        run(bin_folder / "initdb", "-D", data, "-U", "comity", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync")  # fmt: skip
        run(bin_folder / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            run(bin_folder / "createdb", "-h", folder, "-U", "comity", "comity")
            yield f"postgresql://comity@/comity?host={folder}"
        finally:
            run(bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
