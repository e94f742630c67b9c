"""The staging folder: a site is built there and exchanged for the published one in one step."""

import contextlib
import ctypes
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from papershelf.core import files
from papershelf.core.problems import GeneratorError
from papershelf.incremental import own_folders

_PREFIX: Final = "staging-"
_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value


class BusyError(GeneratorError):
    """Another process works in the same folder."""


@contextlib.contextmanager
def lock(build: Path, name: str = "") -> Iterator[Path]:
    """Hold the folder of builds, or the one called `name` in it, for one process, and yield its path.

    Raises BusyError if another process holds it, and GeneratorError if it was not made by a build or cannot
    be made. The system releases the lock when the process ends, however it ends.
    """
    own_folders.claim(build)
    folder = build / name
    try:
        with files.opened(build, name, create=True):
            pass
    except OSError as error:
        raise GeneratorError(f"{folder} cannot be made: {error.strerror}") from error
    held = FileLock(folder / ".lock", timeout=0)
    try:
        held.acquire()
    except Timeout as error:
        raise BusyError(f"another build is at work in {folder}: wait for it, or stop it") from error
    except OSError as error:
        raise GeneratorError(f"{folder}/.lock cannot be locked: {error.strerror}: remove it") from error
    try:
        yield folder
    finally:
        held.release()


@contextlib.contextmanager
def staging_folder(build: Path, live: Path) -> Iterator[Path]:
    """Lock the folder of builds and yield an empty one in it, which is removed afterwards.

    What an earlier, killed build left behind is put right first. Each build has a folder of its own, so
    that an orphaned renderer of a killed build cannot write into this one, and with a name that nobody can
    guess. Raises GeneratorError if something stands in place of the site that no build made.
    """
    with lock(build):
        own_folders.check_site(live)
        recover(live)
        with work_folder(build) as folder:
            yield folder


@contextlib.contextmanager
def work_folder(build: Path) -> Iterator[Path]:
    """A new, private folder in one that is locked; it is removed afterwards, as those are that were left."""
    for left_over in build.glob(f"{_PREFIX}*"):
        files.remove_tree(build, left_over.name)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=build))
    try:
        yield folder
    finally:
        files.remove_tree(build, folder.name)


def swap(staged: Path, live: Path) -> None:
    """Put the folder `staged` in the place of `live`; both on one file system.

    The two are exchanged in one step, so that a kill at any moment leaves the old or the new folder whole;
    the old one is then at `staged`. Where the file system cannot do that, `live` is away for the moment
    between two renames, and `recover` brings it back after a kill in that moment.
    """
    own_folders.check_site(live)
    if not live.exists():
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
    """Bring back the folder that a kill between the two renames of `swap` left aside.

    Raises GeneratorError if something stands in its place that no build made.
    """
    previous = _previous(live)
    own_folders.check_site(previous)
    if not previous.exists():
        return
    if live.exists():
        files.remove_tree(live.parent, previous.name)
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
