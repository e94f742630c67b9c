"""News of edited files."""

import contextlib
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import watchfiles

QUIET: Final = 30  # milliseconds
MOST: Final = 400

Stamps = Mapping[Path, tuple[int, int]]


def stamps(paths: Iterable[Path]) -> Stamps:
    """When each file below `paths` was last written, in nanoseconds since 1970, and its size in bytes."""
    found: dict[Path, tuple[int, int]] = {}
    for file in (file for path in paths for file in (path, *path.rglob("*"))):
        with contextlib.suppress(FileNotFoundError):
            if _counts(file) and file.is_file():
                found[file.absolute()] = (file.stat().st_mtime_ns, file.stat().st_size)
    return found


def changes(
    paths: Iterable[Path],
    since: Stamps,
    stop: threading.Event | None = None,
    wake: threading.Event | None = None,
) -> Iterator[frozenset[Path]]:
    """Wait for edits in the files and folders `paths`; give the changed files, those close together at once.

    Close together are those with less than `QUIET` between them, but for `MOST` at most: editors that empty a
    file before they fill it are done by then.

    Edits made after `since` was taken, and those made while the caller is busy with a set, come with the
    next one. A path may be missing and appear later. Hidden files and editors' backups do not count.
    Ends when `stop` is set. When `wake` is set, it is cleared, and an empty set comes soon.
    """
    roots = [path.absolute() for path in paths]
    stop = stop or threading.Event()

    def counts(_change: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        return _counts(path) and any(path == root or root in path.parents for root in roots)

    while not stop.is_set():
        folders = _folders(roots)
        watching = watchfiles.watch(
            *folders,
            watch_filter=counts,
            stop_event=stop,
            recursive=False,
            debounce=MOST,
            step=QUIET,
            rust_timeout=200,
            yield_on_timeout=True,
        )
        missed = True
        for batch in watching:
            edited = frozenset(Path(name) for _, name in batch)
            if missed:
                missed, now = False, stamps(roots)
                edited |= {file for file in {*now, *since} if now.get(file) != since.get(file)}
            if wake and wake.is_set():
                wake.clear()
                yield frozenset()
            if edited:
                since = stamps(roots)
                yield edited
                if _folders(roots) != folders:
                    break


def _counts(path: Path) -> bool:
    return not (path.name.startswith(".") or path.name.endswith("~"))


def _folders(roots: Iterable[Path]) -> set[Path]:
    """Every folder to watch; the one above each root too, as a replaced file takes its own watch along."""
    below = (folder for root in roots for folder in (root, *root.rglob("*")) if folder.is_dir())
    return {root.parent for root in roots}.union(below)
