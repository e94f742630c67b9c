"""The manifest of a site's folder: which outputs it holds, made from what, in which files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from papershelf.incremental import filetree, fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.filetree import File, Stamp
from papershelf.incremental.workers import Workers

SEARCH: Final = "pagefind"
"""The folder of the search index, whose files are no outputs: they are known by one fingerprint of all."""

PART_SIZE: Final = 4
_NAME: Final = "manifest"
_LISTING: Final = "listing"
_MIN_PARALLEL: Final = 2000


class ManifestEntry(NamedTuple):
    """One output: the fingerprint of all it is made from, and the files it consists of.

    links: what it links to within the site, with `#` and the anchor where one is named.
    parts: a checksum of each input in `PART_SIZE` bytes, by which a build can say what changed.
    """

    key: bytes
    files: tuple[File, ...]
    links: tuple[str, ...] = ()
    parts: bytes = b""


Manifest = Mapping[str, ManifestEntry]
"""Entries by the path of their output."""


class StoredEntry(NamedTuple):
    """A ManifestEntry whose links are positions in the table of all links, as many outputs share one."""

    key: bytes
    files: tuple[File, ...]
    links: tuple[int, ...]
    parts: bytes


class Stored(NamedTuple):
    """A manifest as the cache has it: of the folder with this identity, whatever its name is now."""

    folder: str
    links: tuple[str, ...]
    entries: dict[str, StoredEntry]


class Listing(NamedTuple):
    """The folder of a manifest, and the fingerprint of the names and stamps of its files.

    search: that of the files of its search index, and that of the one before, which the spare folder has.
    """

    folder: str
    key: bytes
    search: tuple[bytes, ...]


def load(folder: Path, cache: Cache) -> Manifest:
    """The manifest of a folder; empty if the one that is stored is of another folder or of another state."""
    identity, entries = _stored(cache)
    if identity != _identity(folder) or not entries:
        return {}
    return entries if is_unchanged(folder, next(iter(entries.values()))) else {}


def recognise(folder: Path, cache: Cache, workers: Workers) -> Manifest:
    """The entries that a copied folder proves by its content, as after a cache of CI was restored.

    Every file is read, which takes a second for 200 MB. The manifest is stored for this folder.
    """
    _, entries = _stored(cache)
    if not entries or not folder.is_dir():
        return {}
    names = [name for name, stamp in filetree.files(folder, SEARCH) if stamp]
    found = workers.parallel_map(partial(_read_all, folder), names, min_parallel=_MIN_PARALLEL)
    by_name = {file[0]: file for file in found}
    proved = dict(_proved(entries, by_name))
    if proved:
        _store(folder, proved, cache, _known_search(cache))
    return proved


def store(folder: Path, entries: Manifest, cache: Cache) -> None:
    """Keep the manifest of a folder that was just made, with its search index, in place of any other."""
    _store(folder, entries, cache, (_search(folder), *_known_search(cache)[:1]))


def _store(folder: Path, entries: Manifest, cache: Cache, search: tuple[bytes, ...]) -> None:
    links = tuple(dict.fromkeys(link for entry in entries.values() for link in entry.links))
    position = {link: number for number, link in enumerate(links)}
    stored = {
        path: StoredEntry(entry.key, entry.files, tuple(position[link] for link in entry.links), entry.parts)
        for path, entry in entries.items()
    }
    cache.store(_NAME, inputs.program(), Stored(_identity(folder), links, stored))
    listing = Listing(_identity(folder), _listing(_stamps(entries).items()), search)
    cache.store(_LISTING, inputs.program(), listing)


def is_untouched(folder: Path, cache: Cache) -> bool:
    """Whether the folder holds exactly the files of its manifest and of its search index, unchanged.

    False also if the manifest is of another folder, as after a cache of CI was restored.
    """
    stored = cache.load(_LISTING, inputs.program(), Listing)
    if stored is None or stored.folder != _identity(folder):
        return False
    if stored.key != _listing(filetree.files(folder, SEARCH)):
        return False
    return _search(folder) in stored.search[:1]


def has_search(folder: Path, cache: Cache) -> bool:
    """Whether the folder holds the search index that was published last, unchanged."""
    return _search(folder) in _known_search(cache)[:1]


def knows_search(folder: Path, cache: Cache) -> bool:
    """Whether the folder holds one of the last two search indexes that were published, unchanged."""
    return _search(folder) in _known_search(cache)


def is_unchanged(folder: Path, entry: ManifestEntry) -> bool:
    """Whether all files of an entry are in the folder, unchanged."""
    return all(filetree.stamp_of(f"{folder}/{name}") == stamp for name, stamp, _ in entry.files)


def _stamps(entries: Manifest) -> dict[str, Stamp]:
    return {name: stamp for entry in entries.values() for name, stamp, _ in entry.files}


def _listing(files: Iterable[tuple[str, Stamp | None]]) -> bytes:
    return fingerprint.digest(repr(sorted(files)).encode())


def _search(folder: Path) -> bytes:
    """The fingerprint of the names and stamps of the files of a search index, b"" if there is none."""
    index = folder / SEARCH
    return _listing(filetree.files(index)) if index.is_dir() and not index.is_symlink() else b""


def _known_search(cache: Cache) -> tuple[bytes, ...]:
    stored = cache.load(_LISTING, inputs.program(), Listing)
    return stored.search if stored else ()


def _stored(cache: Cache) -> tuple[str, Manifest]:
    """The folder and entries of the manifest that is stored, empty without one.

    Also if a path in it leaves the folder or a link is not in its table: it was not written by us.
    """
    stored = cache.load(_NAME, inputs.program(), Stored)
    names = [name for entry in stored.entries.values() for name, _, _ in entry.files] if stored else []
    if stored is None or (names and not filetree.are_inside(names)):
        return "", {}
    try:
        return stored.folder, {
            path: ManifestEntry(key, files, tuple(stored.links[number] for number in links), parts)
            for path, (key, files, links, parts) in stored.entries.items()
        }
    except IndexError:
        return "", {}


def _proved(entries: Manifest, found: Mapping[str, File]) -> Iterator[tuple[str, ManifestEntry]]:
    """The entries whose files all have the digest that they should, with the stamps they have now."""
    for path, entry in entries.items():
        files = [found.get(name) for name, _, _ in entry.files]
        same = [
            file for file, wanted in zip(files, entry.files, strict=True) if file and file[2] == wanted[2]
        ]
        if len(same) == len(entry.files):
            yield path, entry._replace(files=tuple(same))


def _read_all(folder: Path, names: Sequence[str]) -> list[File]:
    return [filetree.read(folder, name) for name in names]


def _identity(folder: Path) -> str:
    """Device and inode, which a folder keeps when it is renamed; "" if there is none."""
    try:
        status = folder.lstat()
    except OSError:
        return ""
    return f"{status.st_dev:x}-{status.st_ino:x}"
