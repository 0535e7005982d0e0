import os
import re
import tempfile
from pathlib import Path

from comity.files.models import StoredFile, sha256_of, stored_path


def keep_file(*, content: bytes, name: str, media_type: str) -> StoredFile:
    """Keeps a file as it came and returns its record; the same content is kept once.

    The bytes reach the disk whole before the record says that they are there.
    """
    sha256 = sha256_of([content])
    _write_whole(stored_path(sha256), content)
    return StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"name": plain_name(name), "media_type": media_type, "size": len(content)},
    )[0]


def plain_name(name: str) -> str:
    """The last part of a file name without anything a file system or a header could act on."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r'[\x00-\x1f\x7f"<>|:*?]', "_", last).strip(". ")[-200:] or "file"


def _write_whole(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)
