"""Office files are zip archives: their parts are taken out under limits, their XML without DTD."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from lxml import etree

from comity.intake.reading.messages import Refused

MAX_MEMBERS = 5_000
MAX_PART = 64 << 20
MAX_TOTAL = 192 << 20
CHUNK = 1 << 18
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
DOCTYPE_WIDE = "<!DOCTYPE".encode("utf-16-le")
DOCTYPE_WIDE_BIG = "<!DOCTYPE".encode("utf-16-be")


class Package:
    """The parts of an office file. What unpacks to too much, is damaged or encrypted is refused."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Refused("damaged") from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise Refused("too_many_members", limit=MAX_MEMBERS)
        if any(member.flag_bits & 0x1 for member in members):
            raise Refused("password")
        self._members = {member.filename.lstrip("/"): member for member in members}
        self._left = MAX_TOTAL

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def part(self, name: str, limit: int = MAX_PART) -> bytes:
        """One part unpacked; the limit holds for what comes out, whatever the directory says."""
        member = self._members.get(name)
        if member is None:
            raise Refused("damaged")
        limit = min(limit, self._left)
        if member.file_size > limit:
            raise Refused("unpacks_too_large", limit=limit >> 20)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    if size > limit:
                        raise Refused("unpacks_too_large", limit=limit >> 20)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise Refused("damaged") from error
        self._left -= size
        return b"".join(pieces)

    def stream(self, name: str, limit: int = MAX_TOTAL) -> "BoundedStream":
        """One part to be unpacked as it is read, for parts that are read row by row."""
        member = self._members.get(name)
        if member is None:
            raise Refused("damaged")
        if member.file_size > limit:
            raise Refused("unpacks_too_large", limit=limit >> 20)
        try:
            return BoundedStream(self._zip.open(member), limit)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise Refused("damaged") from error

    def xml(self, name: str, limit: int = MAX_PART) -> etree._Element:
        """The root element of a part."""
        return parse_xml(self.part(name, limit))

    def optional_xml(self, name: str) -> etree._Element | None:
        """The root element of a part, or None when the file has no such part."""
        return self.xml(name) if name in self else None


class BoundedStream:
    """A part being unpacked; more than the limit, damage or a document type is refused."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._size = 0

    def read(self, size: int = CHUNK) -> bytes:
        """The next piece."""
        try:
            piece = self._stream.read(size if size > 0 else CHUNK)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise Refused("damaged") from error
        if self._size == 0:
            refuse_doctype(piece)
        self._size += len(piece)
        if self._size > self._limit:
            raise Refused("unpacks_too_large", limit=self._limit >> 20)
        return piece


def refuse_doctype(content: bytes) -> None:
    """Refuse XML that declares a document type: no office program writes one."""
    declares = b"<!" in content and DOCTYPE.search(content)
    if declares or DOCTYPE_WIDE in content or DOCTYPE_WIDE_BIG in content:
        raise Refused("doctype")


def parse_xml(content: bytes) -> etree._Element:
    """XML parsed without network, entities or giant nodes; damaged XML is refused."""
    refuse_doctype(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True,
        remove_pis=True, load_dtd=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged") from error
    refuse_declared(root)
    return root


def refuse_declared(element: etree._Element) -> None:
    """Refuse a document type that was written in an encoding in which its letters do not show."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise Refused("doctype")


def relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: id → (kind, target part); a kind is the last word of its type."""
    folder, _, file = part.rpartition("/")
    name = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    root = package.optional_xml(name)
    found: dict[str, tuple[str, str]] = {}
    for relation in root if root is not None else ():
        if relation.get("TargetMode") == "External":
            continue
        kind = (relation.get("Type") or "").rpartition("/")[2]
        target = relation.get("Target") or ""
        found[relation.get("Id") or ""] = (kind, _resolved(folder, target))
    return found


def _resolved(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            del steps[-1:]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def main_part(package: Package, default: str) -> str:
    """The part that holds the document itself."""
    for kind, target in relationships(package, "").values():
        if kind == "officeDocument" and target in package:
            return target
    return default
