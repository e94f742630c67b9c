"""Folders of thousands of files: what is in them, and more names (hard links) for what is in them."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

Stamp = tuple[int, int, int]


def stamp(there: os.stat_result) -> Stamp:
    """Inode, time of the last change in nanoseconds since 1970, size in bytes."""
    return (there.st_ino, there.st_mtime_ns, there.st_size)


def stamp_of(path: str) -> Stamp | None:
    """The stamp of a file, None if there is none."""
    try:
        return stamp(os.lstat(path))
    except OSError:
        return None


def files(folder: Path, left_out: str = "") -> Iterator[tuple[str, Stamp | None]]:
    """Every file with its stamp, None for what is no file, but for those in the folder `left_out`."""
    folders = [""]
    while folders:
        below = folders.pop()
        with os.scandir(f"{folder}/{below}") as entries:
            for entry in entries:
                name = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders += [f"{name}/"] if name != left_out else []
                elif entry.is_file(follow_symlinks=False):
                    yield name, stamp(entry.stat(follow_symlinks=False))
                else:
                    yield name, None


def link_all(source: Path, target: Path, left_out: str) -> Iterator[tuple[str, Stamp]]:
    """Give all files of a folder names in another one that is empty; tell of them what `files` would."""
    folders = [""]
    while folders:
        below = folders.pop()
        told = below.partition("/")[0] != left_out
        with os.scandir(f"{source}/{below}") as entries:
            for entry in entries:
                name = below + entry.name
                if entry.is_dir(follow_symlinks=False):
                    os.mkdir(f"{target}/{name}")  # noqa: PTH102  thousands of them
                    folders.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    os.link(entry.path, f"{target}/{name}")
                    if told:
                        yield name, stamp(entry.stat(follow_symlinks=False))


def link(source: Path, target: Path, name: str) -> None:
    """Give a file of the folder `source` the same name in `target`."""
    try:
        os.link(f"{source}/{name}", f"{target}/{name}")
    except FileNotFoundError:
        make_room(f"{target}/{name}")
        os.link(f"{source}/{name}", f"{target}/{name}")


def make_room(path: str) -> None:
    """Make the folder that a file shall stand in, mostly in one that is there."""
    folder = path.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102  thousands of them
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except FileExistsError:  # made by another worker
        pass


def remove(folder: Path, name: str) -> None:
    """Remove a file, and the folders above it that are empty then."""
    (folder / name).unlink(missing_ok=True)
    for above in PurePosixPath(name).parents[:-1]:
        try:
            (folder / above).rmdir()
        except OSError:
            break
