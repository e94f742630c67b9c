"""Folders of thousands of files: list, stamp, hard-link, write and remove them."""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

Stamp = tuple[int, int, int]
"""Inode, time of the last change in nanoseconds since 1970, size in bytes; an unchanged file keeps it."""

File = tuple[str, Stamp, bytes]
"""A file by its path in its folder, its stamp, and the digest of its content."""

_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL


_OUTSIDE: Final = re.compile(r"(?:^|/)(?:\.\.?)?(?:/|$)|\0", re.MULTILINE)


def is_inside(name: str) -> bool:
    """Whether this is a path below a folder, with `/` between its parts, and the shortest for its file."""
    return not _OUTSIDE.search(name) and "\n" not in name


def are_inside(names: Iterable[str]) -> bool:
    """Whether `is_inside` holds for all of many paths; no path may have a line break."""
    return not _OUTSIDE.search("\n".join(names))


def stamp(status: os.stat_result) -> Stamp:
    """The stamp of a file whose status is known."""
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a file, None if there is none; a link is not followed."""
    try:
        return stamp(os.lstat(path))
    except OSError:
        return None


def files(folder: Path, skipped: str = "") -> Iterator[tuple[str, Stamp | None]]:
    """Every file below a folder but for `skipped`, with its stamp; None for what is no regular file."""
    pending = [""]
    while pending:
        below = pending.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                name = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    pending += [f"{name}/"] if name != skipped else []
                elif entry.is_file(follow_symlinks=False):
                    yield name, stamp(entry.stat(follow_symlinks=False))
                else:
                    yield name, None


def link_all(source: Path, target: Path, skipped: str) -> Iterator[tuple[str, Stamp]]:
    """Hard-link all files into an empty folder, and yield what `files` would; `skipped` is linked too."""
    pending = [""]
    while pending:
        below = pending.pop()
        listed = below.partition("/")[0] != skipped
        with os.scandir(f"{source}/{below}") as entries:
            for entry in entries:
                name = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    os.mkdir(f"{target}/{name}")  # noqa: PTH102  a Path for each of thousands is slow
                    pending.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    os.link(entry.path, f"{target}/{name}")
                    if listed:
                        yield name, stamp(entry.stat(follow_symlinks=False))


def link(source: Path, target: Path, name: str) -> None:
    """Hard-link one file of a folder into another folder, under the same path."""
    try:
        os.link(f"{source}/{name}", f"{target}/{name}")
    except FileNotFoundError:
        _make_parent(f"{target}/{name}")
        os.link(f"{source}/{name}", f"{target}/{name}")


def create(folder: Path, name: str, content: bytes) -> File:
    """Write a file that is not there yet, with the folders above it.

    Raises ValueError for a path that leaves the folder.
    """
    if not is_inside(name):
        raise ValueError(f"a path that leaves the folder: {name!r}")
    target = f"{folder}/{name}"
    try:
        descriptor = os.open(target, _CREATE, 0o644)
    except FileNotFoundError:
        _make_parent(target)
        descriptor = os.open(target, _CREATE, 0o644)
    with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123  a descriptor has no path
        if file.write(content) != len(content):  # a full disk takes what still fits
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
        return name, stamp(os.fstat(descriptor)), digest(content)


def read(folder: Path, name: str) -> File:
    """A file that is there, by what it holds; with a stamp of no file if it cannot be read."""
    try:
        with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  a Path for each of thousands is slow
            return name, stamp(os.fstat(file.fileno())), digest(file.read())
    except OSError:
        return name, (0, 0, 0), b""


def digest(content: bytes) -> bytes:
    """16 bytes by which the content of a file is recognised."""
    return hashlib.blake2b(content, digest_size=16).digest()


def remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders above it that are empty then."""
    (folder / name).unlink(missing_ok=True)
    for above in PurePosixPath(name).parents[:-1]:
        try:
            (folder / above).rmdir()
        except OSError:
            break


def write_tree(folder: Path, contents: Iterable[tuple[str, str | bytes]]) -> None:
    """Make `folder` hold exactly these files: pairs of a relative path, `/` between its parts, and a content.

    A file with the same bytes is left alone; a changed one is replaced in one step; everything else in the
    folder is removed, links included. Raises ValueError for a path that leaves the folder or is given twice.
    """
    wanted: set[PurePosixPath] = set()
    real_folders = {folder}
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents:
        if not is_inside(path):
            raise ValueError(f"a path that leaves the folder: {path!r}")
        relative = PurePosixPath(path)
        if relative in wanted:
            raise ValueError(f"two files with one path: {path!r}")
        wanted.add(relative)
        target = folder / relative
        _make_parents(target, real_folders)
        _write_if_different(target, content.encode() if isinstance(content, str) else content)
    _remove_others(folder, wanted)


def _make_parent(path: str) -> None:
    """Make the folder that a file shall stand in, mostly in one that is there."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102  a Path for each of thousands is slow
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103  likewise
    except FileExistsError:  # made by another process meanwhile
        pass


def _make_parents(target: Path, real_folders: set[Path]) -> None:
    """Make the folders above `target` real ones; `real_folders` has those that are, the root among them."""
    missing = []
    parent = target.parent
    while parent not in real_folders:
        missing.append(parent)
        parent = parent.parent
    for place in reversed(missing):
        if place.is_symlink() or place.is_file():
            place.unlink()
        place.mkdir(exist_ok=True)
        real_folders.add(place)


def _write_if_different(target: Path, content: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        status = target.lstat()
        if stat.S_ISDIR(status.st_mode):
            shutil.rmtree(target)
        elif (
            stat.S_ISREG(status.st_mode) and status.st_size == len(content) and target.read_bytes() == content
        ):
            return
    partial = target.with_name(f".{os.getpid()}.partial")
    partial.write_bytes(content)
    partial.replace(target)


def _remove_others(folder: Path, wanted: set[PurePosixPath]) -> None:
    for top, folders, names in os.walk(folder, topdown=False):
        here = PurePosixPath(Path(top).relative_to(folder).as_posix())
        links = [name for name in folders if Path(top, name).is_symlink()]
        for name in [*names, *links]:
            if here / name not in wanted:
                Path(top, name).unlink()
        if Path(top) != folder and not any(Path(top).iterdir()):
            Path(top).rmdir()
