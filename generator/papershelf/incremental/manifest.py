"""The site's folder, remembered file by file, so that a build writes only what differs.

Two folders take turns: one is published, the other is brought up to date and exchanged for it. What both have
in common is one file with two names (a hard link), so a file is never changed in place: it is replaced.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from papershelf.incremental import cache, filetree, fingerprint
from papershelf.incremental.filetree import Stamp, make_room, stamp, stamp_of
from papershelf.incremental.workers import background, parallel_map

File = tuple[str, Stamp, bytes]
"""A file by its path in the folder, its stamp, and the digest of its content."""

_MIN_PARALLEL: Final = 2000
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
SEARCH: Final = "pagefind"  # made anew by every build that changes anything


class Entry(NamedTuple):
    """One thing in the folder: the files it consists of, and the fingerprint of all they are made from.

    links: the files that it links to, if it is a page, with `#` and the anchor where one is named.
    """

    key: bytes
    files: tuple[File, ...]
    links: tuple[str, ...] = ()


Manifest = Mapping[str, Entry]


def recall(folder: Path, store: Path) -> Manifest:
    """What is in the folder, if it is one that was remembered; it is known by its inode, not by its name."""
    name = _name(folder)
    found: Manifest | None = cache.recall(store, name, cache.program()) if name else None
    return found if found and _is_there(folder, next(iter(found.values()))) else {}


def recognise(folder: Path, store: Path) -> Manifest:
    """What is in a folder that was copied to here, as from a cache: so much as its content proves.

    Every file is read, so this takes a second for 200 MB. What was recognised is remembered.
    """
    remembered = (cache.recall(store, file.name, cache.program()) for file in sorted(store.glob("tree-*")))
    manifests: list[Manifest] = [found for found in remembered if found]
    if not manifests or not folder.is_dir():
        return {}
    names = [name for name, there in filetree.files(folder, SEARCH) if there]
    there = {
        file[0]: file for file in parallel_map(partial(_read_all, folder), names, min_parallel=_MIN_PARALLEL)
    }
    known: dict[str, Entry] = {}
    for manifest in manifests:
        for name, entry in manifest.items():
            files = [there.get(file) for file, _, _ in entry.files]
            same = [
                file
                for file, (_, _, digest) in zip(files, entry.files, strict=True)
                if file and file[2] == digest
            ]
            if name not in known and len(same) == len(files):
                known[name] = entry._replace(files=tuple(same))
    if known:
        remember(folder, store, known)
    return known


def remember(folder: Path, store: Path, manifest: Manifest) -> None:
    """Keep what is in the folder."""
    cache.remember(store, _name(folder), cache.program(), dict(manifest))


def is_whole(folder: Path, manifest: Manifest) -> bool:
    """Whether the folder holds exactly the files of its manifest, untouched, and an index for the search."""
    wanted = {name: there for entry in manifest.values() for name, there, _ in entry.files}
    return bool(manifest) and (folder / SEARCH).is_dir() and dict(filetree.files(folder, SEARCH)) == wanted


def has_all(manifest: Manifest, wanted: Mapping[str, bytes]) -> bool:
    """Whether the manifest has exactly the entries that are wanted, by their keys."""
    return {name: entry.key for name, entry in manifest.items()} == wanted


@dataclass(frozen=True, slots=True)
class Start:
    """What a build starts from: the empty folder `fresh`, the `spare` one, and what is in the `live` one.

    found: gives the files, with their stamps, of the folder that is as like `live` as any.
    """

    fresh: Path
    spare: Path
    live: Path
    published: Manifest
    found: Callable[[], Mapping[str, Stamp | None]]


@contextmanager
def starting(fresh: Path, spare: Path, live: Path, published: Manifest) -> Iterator[Start]:
    """Have another process make ready what `begin` takes, while this one finds out what the site shall be."""
    if not published:
        yield Start(fresh, spare, live, published, dict)
        return
    with background(_look_like, (fresh, spare, live)) as found:
        yield Start(fresh, spare, live, published, found)


def begin(start: Start, wanted: Mapping[str, bytes]) -> dict[str, Entry]:
    """Make the folder `fresh` as like the site to come as is cheap, and tell what is in it.

    It becomes the `spare` one, if that is there, without what is not wanted; what `live` has of the rest is
    linked in. `wanted` has the keys of all entries by name; those missing in the answer are to be written.
    """
    there = start.found()
    if there and start.spare.exists():
        start.fresh.rmdir()
        start.spare.rename(start.fresh)
    elif start.spare.exists():
        shutil.rmtree(start.spare)
    same = {name: entry for name, entry in start.published.items() if wanted.get(name) == entry.key}
    kept = _sound(start.fresh, there, same)
    others = {name: entry for name, entry in same.items() if name not in kept}
    linked = parallel_map(
        partial(_link_all, start.live, start.fresh), tuple(others.values()), min_parallel=_MIN_PARALLEL
    )
    return kept | {name: entry for (name, entry), done in zip(others.items(), linked, strict=True) if done}


def put_aside(start: Start, store: Path) -> None:
    """Keep the folder that was published before as the spare one, and forget folders that are no more."""
    if start.fresh.exists():
        start.fresh.rename(start.spare)
    for file in store.glob("tree-*"):
        if file.name != _name(start.live):
            file.unlink()


def keys(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The keys of files whose content is known already, by name."""
    return {name: fingerprint.digest(content) for name, content in files.items()}


def write_files(folder: Path, files: Mapping[str, bytes], there: Container[str]) -> dict[str, Entry]:
    """Write the files that are not there yet."""
    missing = {name: content for name, content in files.items() if name not in there}
    return {
        name: Entry(fingerprint.digest(content), (write_new(folder, name, content),))
        for name, content in missing.items()
    }


def write_new(folder: Path, name: str, content: bytes) -> File:
    """Write a file that is not there yet, with the folders above it."""
    target = f"{folder}/{name}"
    try:
        descriptor = os.open(target, _NEW, 0o644)
    except FileNotFoundError:
        make_room(target)
        descriptor = os.open(target, _NEW, 0o644)
    with open(descriptor, "wb", buffering=0) as file:  # noqa: PTH123  a descriptor has no path
        file.write(content)
        return name, stamp(os.fstat(descriptor)), _digest(content)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).digest()


def _read_all(folder: Path, names: Sequence[str]) -> list[File]:
    return [_read(folder, name) for name in names]


def _read(folder: Path, name: str) -> File:
    try:
        with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123  thousands of them
            return name, stamp(os.fstat(file.fileno())), _digest(file.read())
    except OSError:  # what nobody may read is nobody's
        return name, (0, 0, 0), b""


def _link_all(source: Path, target: Path, entries: Sequence[Entry]) -> list[bool]:
    return [_linked(source, target, entry) for entry in entries]


def _linked(source: Path, target: Path, entry: Entry) -> bool:
    """Give the files of an entry names in another folder too; False where they changed or it cannot be."""
    if not _is_there(source, entry):
        return False
    try:
        for file, _, _ in entry.files:
            filetree.link(source, target, file)
    except OSError:  # a file system without links, or with too many of them
        for file, _, _ in entry.files:
            filetree.remove(target, file)
        return False
    return True


def _look_like(places: tuple[Path, Path, Path]) -> dict[str, Stamp | None]:
    """The files of the spare folder; without one, of the fresh one, which gets all that the live one has."""
    fresh, spare, live = places
    if spare.is_dir():
        return dict(filetree.files(spare, SEARCH))
    try:
        return dict(filetree.link_all(live, fresh, SEARCH))
    except OSError:  # a file system without links, or with too many of them
        shutil.rmtree(fresh / SEARCH, ignore_errors=True)
        return dict(filetree.files(fresh, SEARCH))


def _sound(folder: Path, there: Mapping[str, Stamp | None], manifest: Manifest) -> dict[str, Entry]:
    """The entries of which a folder with these files has all, untouched; all other files are removed."""
    sound = {
        name: entry
        for name, entry in manifest.items()
        if all(there.get(file) == known for file, known, _ in entry.files)
    }
    for file in there.keys() - {file for entry in sound.values() for file, _, _ in entry.files}:
        filetree.remove(folder, file)
    return sound


def _is_there(folder: Path, entry: Entry) -> bool:
    """Whether the files of an entry are there, untouched."""
    return all(stamp_of(f"{folder}/{file}") == known for file, known, _ in entry.files)


def _name(folder: Path) -> str:
    try:
        there = folder.lstat()
    except OSError:
        return ""
    return f"tree-{there.st_dev:x}-{there.st_ino:x}"
