"""The staging folder: a site is built there and exchanged for the published one in one step."""

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from papershelf.core.problems import GeneratorError

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value


class BusyError(GeneratorError):
    """Another process works in the same folder."""


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold `folder` for one process; raises BusyError if another one holds it.

    Raises GeneratorError if there cannot be such a folder. The system releases the lock when the process
    ends, however it ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GeneratorError(
            f"{folder} cannot be made: {error.strerror}: move what is in its place"
        ) from error
    held = FileLock(folder / ".lock", timeout=0)
    try:
        held.acquire()
    except Timeout as error:
        raise BusyError(f"another build is at work in {folder}: wait for it, or stop it") from error
    except OSError as error:
        raise GeneratorError(f"{folder}/.lock cannot be locked: {error.strerror}: remove it") from error
    try:
        yield
    finally:
        held.release()


@contextlib.contextmanager
def staging_folder(work: Path, live: Path) -> Iterator[Path]:
    """Lock `work` and yield an empty folder in it, to be filled for `swap`; it is removed afterwards.

    What an earlier, killed build left behind is put right first. Each build has a folder of its own, so
    that an orphaned renderer of a killed build cannot write into this one.
    """
    with lock(work):
        recover(live)
        for left_over in work.glob("staging-*"):
            _remove(left_over)
        folder = Path(tempfile.mkdtemp(prefix="staging-", dir=work))
        folder.chmod(0o755)
        try:
            yield folder
        finally:
            _remove(folder)


def swap(staged: Path, live: Path) -> None:
    """Put the folder `staged` in the place of `live`; both on one file system.

    The two are exchanged in one step, so that a kill at any moment leaves the old or the new folder whole;
    the old one is then at `staged`. Where the file system cannot do that, `live` is away for the moment
    between two renames, and `recover` brings it back after a kill in that moment.
    """
    if live.exists() and not live.is_dir():
        raise GeneratorError(f"{live} is in the way: it is not a folder")
    live.parent.mkdir(parents=True, exist_ok=True)
    if not live.exists():
        live.unlink(missing_ok=True)
        staged.rename(live)
    elif not _exchange(staged, live):
        swap_by_renames(staged, live)


def swap_by_renames(staged: Path, live: Path) -> None:
    """`swap` where the file system cannot exchange two folders."""
    previous = _previous(live)
    live.rename(previous)
    try:
        staged.rename(live)
    except OSError:
        previous.rename(live)
        raise
    previous.rename(staged)


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
        return bool(libc.renamex_np(os.fsencode(one), os.fsencode(other), _EXCHANGE) == 0)
    if hasattr(libc, "renameat2"):
        result = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
        return bool(result == 0)
    return False


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)
