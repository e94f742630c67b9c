"""Files on disk: a tree that is written only where it differs, a site that is replaced in one step."""

import contextlib
import ctypes
import fcntl
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from papershelf.core.problems import GeneratorError

AT_FDCWD = -100
EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value


class BusyError(GeneratorError):
    """Another process works in the same folder."""


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers of files: written because they differed, kept because they did not, removed as unwanted."""

    written: int
    kept: int
    removed: int


def write_tree(folder: Path, files: Iterable[tuple[str, str | bytes]]) -> Written:
    """Make `folder` hold exactly `files`, pairs of a path (relative, `/` between its parts) and a content.

    A file with the same bytes is left alone; a changed one is replaced in one step; everything else in the
    folder goes, links included. Raises ValueError for a path that leaves the folder or is given twice.
    """
    wanted: set[PurePosixPath] = set()
    ready = {folder}
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for path, content in files:
        relative = _inside(path)
        if relative in wanted:
            raise ValueError(f"two files with one path: {path!r}")
        wanted.add(relative)
        target = folder / relative
        _make_parents(target, ready)
        written += _write_if_different(target, content.encode() if isinstance(content, str) else content)
    return Written(written, len(wanted) - written, _remove_unwanted(folder, wanted))


def _inside(path: str) -> PurePosixPath:
    relative = PurePosixPath(path)
    if not relative.parts or relative.is_absolute() or ".." in relative.parts or "\0" in path:
        raise ValueError(f"a path that leaves the folder: {path!r}")
    return relative


def _make_parents(target: Path, ready: set[Path]) -> None:
    """Make the folders above `target` real ones; `ready` remembers those that are, the root among them."""
    missing = []
    parent = target.parent
    while parent not in ready:
        missing.append(parent)
        parent = parent.parent
    for place in reversed(missing):
        if place.is_symlink() or place.is_file():
            place.unlink()
        place.mkdir(exist_ok=True)
        ready.add(place)


def _write_if_different(target: Path, content: bytes) -> bool:
    with contextlib.suppress(FileNotFoundError):
        there = target.lstat()
        if stat.S_ISDIR(there.st_mode):
            shutil.rmtree(target)
        elif stat.S_ISREG(there.st_mode) and there.st_size == len(content) and target.read_bytes() == content:
            return False
    partial = target.with_name(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(target)
    return True


def _remove_unwanted(folder: Path, wanted: set[PurePosixPath]) -> int:
    removed = 0
    for top, folders, files in os.walk(folder, topdown=False):
        here = PurePosixPath(Path(top).relative_to(folder).as_posix())
        links = [name for name in folders if Path(top, name).is_symlink()]
        for name in [*files, *links]:
            if here / name not in wanted:
                Path(top, name).unlink()
                removed += 1
        if Path(top) != folder and not any(Path(top).iterdir()):
            Path(top).rmdir()
    return removed


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold `folder` for one build; raises BusyError if another process holds it.

    The system gives the lock back when the process ends, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(f"another build is at work in {folder}: wait for it, or stop it") from error
        yield


@contextlib.contextmanager
def staging(work: Path, live: Path) -> Iterator[Path]:
    """Lock `work` and give an empty folder in it, to be filled and handed to `swap`; it is gone afterwards.

    What an earlier, killed build left behind is put right first. Each build has a folder of its own, so
    that an orphaned renderer of a killed build cannot write into this one.
    """
    with lock(work):
        recover(live)
        for left_over in work.glob("fresh-*"):
            _remove(left_over)
        fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=work))
        fresh.chmod(0o755)
        try:
            yield fresh
        finally:
            _remove(fresh)


def swap(fresh: Path, live: Path) -> None:
    """Put the folder `fresh` in the place of `live`; both on one file system.

    The two are exchanged in one step, so that a kill at any moment leaves the old or the new folder whole;
    the old one is then at `fresh`. Where the file system cannot do that, `live` is away for the moment
    between two renames, and `recover` brings it back after a kill in that moment.
    """
    if live.exists() and not live.is_dir():
        raise GeneratorError(f"{live} is in the way: it is not a folder")
    live.parent.mkdir(parents=True, exist_ok=True)
    if not live.exists():
        live.unlink(missing_ok=True)
        fresh.rename(live)
    elif not _exchange(fresh, live):
        two_renames(fresh, live)


def two_renames(fresh: Path, live: Path) -> None:
    """`swap` where the file system cannot exchange."""
    previous = _previous(live)
    live.rename(previous)
    try:
        fresh.rename(live)
    except OSError:
        previous.rename(live)
        raise
    previous.rename(fresh)


def recover(live: Path) -> None:
    """Bring back the folder that a kill between the two renames of `swap` left aside."""
    previous = _previous(live)
    if not previous.exists():
        return
    if live.exists():
        _remove(previous)
    else:
        previous.rename(live)


def _previous(live: Path) -> Path:
    return live.with_name(f".{live.name}.previous")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    libc = ctypes.CDLL(None)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(os.fsencode(one), os.fsencode(other), EXCHANGE) == 0)
    if hasattr(libc, "renameat2"):
        result = libc.renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), EXCHANGE)
        return bool(result == 0)
    return False


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
