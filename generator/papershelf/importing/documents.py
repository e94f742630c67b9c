"""The documents that an import reads: files, standard input, folders and ZIP archives of files."""

import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Final

from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.core.regular_file import NotRegularError, open_regular

STANDARD_INPUT: Final = "-"
STANDARD_INPUT_NAME: Final = "standard input"
MAX_BYTES: Final = 20_000_000  # of a document
MAX_ARCHIVE: Final = 200_000_000  # of all documents of an archive, unpacked
MAX_MEMBERS: Final = 10_000

_ZIP: Final = b"PK\x03\x04"
_OFFICE: Final = "[Content_Types].xml"  # the first file of .xlsx and .docx
_LIMITS: Final = (
    f"at most {MAX_MEMBERS:,} files, each of {MAX_BYTES / 1e6:.0f} MB, {MAX_ARCHIVE / 1e6:.0f} MB together"
)
_UNREADABLE: Final = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document to import: how messages name it, and its bytes.

    is_member: whether it was found in a folder or an archive, where other files may lie beside papers.
    """

    file: str
    data: bytes
    is_member: bool = False


def read_documents(paths: Iterable[Path]) -> Iterator[SourceDocument | Problem]:
    """The documents in these files, folders and archives, one at a time; links in a folder are left out.

    Raises GeneratorError if a file that was named cannot be read.
    """
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _unpacked(STANDARD_INPUT_NAME, _read(sys.stdin.buffer, STANDARD_INPUT_NAME))
        elif path.is_dir():
            yield from _in_folder(path)
        else:
            yield from _unpacked(str(path), _read_file(path))


def _read_file(path: Path) -> bytes:
    try:
        with open_regular(path) as file:
            return _read(file, str(path))
    except NotRegularError as error:
        raise GeneratorError(f"{path} is no regular file: pipe it into papershelf import -") from error
    except OSError as error:
        raise GeneratorError(f"{path} cannot be read: {error.strerror}") from error


def _read(file: IO[bytes], name: str) -> bytes:
    """The content; an archive may be as large as what is unpacked from one."""
    data = file.read(MAX_BYTES + 1)
    limit = MAX_ARCHIVE if data.startswith(_ZIP) else MAX_BYTES
    data += file.read(limit + 1 - len(data))
    if len(data) > limit:
        raise GeneratorError(f"{name} is too large: at most {limit / 1e6:.0f} MB are read; split it")
    return data


def _in_folder(folder: Path) -> Iterator[SourceDocument | Problem]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not is_hidden and path.is_file() and not path.is_symlink():
            try:
                data = _read_file(path)
            except GeneratorError as error:
                yield Problem(Location(str(path)), f"left out: {error}", severity="warning")
            else:
                yield from _unpacked(str(path), data, is_member=True)


def _unpacked(file: str, data: bytes, *, is_member: bool = False) -> Iterator[SourceDocument | Problem]:
    if not data.startswith(_ZIP):
        yield SourceDocument(file, data, is_member)
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            yield from _in_archive(file, archive)
    except _UNREADABLE as error:
        message = f"the archive cannot be unpacked: {error}"
        yield Problem(Location(file), message, "pack it again, without a password")


def _in_archive(file: str, archive: zipfile.ZipFile) -> Iterator[SourceDocument | Problem]:
    members = [member for member in archive.infolist() if not _is_hidden(member)]
    if any(member.filename == _OFFICE for member in members):
        yield Problem(Location(file), "a spreadsheet or text document is not read", "save it as CSV")
        return
    left = MAX_ARCHIVE
    for number, member in enumerate(members, start=1):
        with archive.open(member) as opened:
            data = opened.read(min(MAX_BYTES, left) + 1)
        left -= len(data)
        if number > MAX_MEMBERS or len(data) > MAX_BYTES or left < 0:
            yield Problem(Location(file), f"{member.filename} and what follows were not read", _LIMITS)
            return
        yield SourceDocument(f"{file}/{member.filename}", data, is_member=True)


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    """Whether it is a folder, or what systems add beside people's files."""
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or any(part.startswith((".", "__MACOSX")) for part in parts)
