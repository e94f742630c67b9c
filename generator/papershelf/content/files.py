"""Read content files, only from inside the project and up to a limit of size."""

from pathlib import Path

from papershelf.core.problems import GeneratorError, Location, Problem

MAX_BYTES = 5_000_000


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
    """The content of a file, or the problem if it has more than `limit` bytes or lies outside of `root`.

    Raises GeneratorError if the operating system cannot read it.
    """
    at = Location(path.relative_to(root).as_posix())
    if not path.resolve().is_relative_to(root.resolve()):
        return Problem(
            at, "a symbolic link that leads out of the project is not followed", "copy the file here"
        )
    try:
        size = path.stat().st_size
        raw = path.read_bytes() if size <= limit else b""
    except OSError as error:
        raise GeneratorError(f"{at} cannot be read: {error.strerror}") from error
    if size > limit:
        return Problem(
            at, f"{size / 1e6:.0f} MB is too large", f"at most {limit / 1e6:.0f} MB are read: split it"
        )
    return raw
