"""Read content files, only from inside the project and up to a limit of size."""

import errno
import os
import stat
from pathlib import Path

from papershelf.core.problems import GeneratorError, Location, Problem
from papershelf.core.regular_file import NotRegularError, open_regular

MAX_BYTES = 5_000_000
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def list_files(folder: Path, suffix: str) -> list[Path]:
    """The files of a folder that are read, sorted: those with the suffix whose names begin with no dot.

    Empty if there is no such folder. Raises GeneratorError if the operating system cannot read it.
    """
    try:
        paths = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise GeneratorError(f"{folder} cannot be read: {error.strerror}") from error
    return [path for path in paths if path.suffix == suffix and not path.name.startswith(".")]


def read_text(path: Path, root: Path, limit: int = MAX_BYTES) -> str | Problem:
    """The text of a content file, or the problem if it is not UTF-8 or cannot be accepted.

    Raises GeneratorError if the operating system cannot read it.
    """
    raw = read_bytes(path, root, limit)
    if isinstance(raw, Problem):
        return raw
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        place = Location(path.relative_to(root).as_posix(), line, column)
        return Problem(place, f"not UTF-8: byte 0x{raw[error.start]:02x}", "save the file as UTF-8")


def read_bytes(path: Path, root: Path, limit: int = MAX_BYTES) -> bytes | Problem:
    """The content of a file, or the problem if it cannot be accepted.

    It must be a regular file of at most `limit` bytes inside of `root`.
    Raises GeneratorError if the operating system cannot read it.
    """
    at = Location(path.relative_to(root).as_posix())
    target, inside = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if not target.is_relative_to(inside):
        return Problem(
            at, "a symbolic link that leads out of the project is not followed", "copy the file here"
        )
    if target != inside / path.relative_to(root) and _is_hidden(target.relative_to(inside)):
        return Problem(at, "a symbolic link to a hidden file is not followed", "copy the file here")
    try:
        with open_regular(target) as file:
            size = os.fstat(file.fileno()).st_size
            raw = file.read(size + 1) if size <= limit else b""
    except NotRegularError as error:
        return Problem(at, f"this is {_KINDS.get(error.kind, 'no regular file')}, not a file", "remove it")
    except OSError as error:
        if error.errno == errno.ELOOP:
            return Problem(at, "this symbolic link leads to itself", "remove it or put the file here")
        raise GeneratorError(f"{at} cannot be read: {error.strerror}") from error
    if (size := max(size, len(raw))) > limit:
        return Problem(
            at, f"{size / 1e6:.0f} MB is too large", f"at most {limit / 1e6:.0f} MB are read: split it"
        )
    return raw


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
