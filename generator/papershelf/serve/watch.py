"""Watch files and folders for edits."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import watchfiles
from watchfiles._rust_notify import WatchfilesRustInternalError

SETTLED: Final = 30  # milliseconds without an edit that end a set of edits
DEBOUNCE: Final = 400  # milliseconds that a set of edits takes at most
_AGAIN: Final = 1.0  # seconds until watching is tried again
_FAILURES: Final = (OSError, WatchfilesRustInternalError)

Stamps = Mapping[Path, tuple[int, int]]


def stamps(paths: Iterable[Path]) -> Stamps:
    """Modification time (ns since 1970) and size (bytes) of each file in the files and folders `paths`."""
    found: dict[Path, tuple[int, int]] = {}
    for file in (file for path in paths for file in (path, *path.rglob("*"))):
        with contextlib.suppress(FileNotFoundError):
            if _is_content(file) and file.is_file():
                found[file.absolute()] = (file.stat().st_mtime_ns, file.stat().st_size)
    return found


def changes(
    paths: Iterable[Path],
    since: Stamps,
    stop: threading.Event | None = None,
    wake: threading.Event | None = None,
    on_failure: Callable[[Exception], None] = lambda _: None,
) -> Iterator[frozenset[Path]]:
    """Wait for edits in the files and folders `paths`; yield the changed files in sets.

    A set ends after `SETTLED` milliseconds without an edit, at the latest after `DEBOUNCE`: an editor that
    empties a file before it writes it has finished by then. Edits made since the stamps `since` are in the
    first set, those made while the caller handles a set are in the next one. Hidden files and editors'
    backups are ignored. A path may be missing and appear later.

    Ends when `stop` is set. When `wake` is set, clears it and soon yields an empty set. While the system lets
    nothing be watched, calls `on_failure` every second, and compares stamps.
    """
    roots = [path.absolute() for path in paths]
    stop, wake = stop or threading.Event(), wake or threading.Event()
    while not stop.is_set():
        try:
            folders = _folders(roots)
            for first, batch in _batches(folders, roots, stop):
                edited = batch | _edited(roots, since) if first else batch
                if wake.is_set():
                    wake.clear()
                    yield frozenset()
                if edited:
                    since = stamps(roots)
                    yield edited
                    if _folders(roots) != folders:
                        break
        except _FAILURES as error:
            on_failure(error)
            stop.wait(_AGAIN)
            with contextlib.suppress(OSError):
                now, edited = stamps(roots), _edited(roots, since)
                if edited or wake.is_set():
                    wake.clear()
                    since = now
                    yield edited


def _batches(
    folders: Iterable[Path], roots: Sequence[Path], stop: threading.Event
) -> Iterator[tuple[bool, frozenset[Path]]]:
    """Sets of changed files below the roots, empty ones in between; with each, whether it is the first."""

    def is_watched(_change: watchfiles.Change, name: str) -> bool:
        path = Path(name)
        return _is_content(path) and any(path == root or root in path.parents for root in roots)

    watching = watchfiles.watch(
        *folders,
        watch_filter=is_watched,
        stop_event=stop,
        recursive=False,
        debounce=DEBOUNCE,
        step=SETTLED,
        rust_timeout=200,
        yield_on_timeout=True,
    )
    for number, batch in enumerate(watching):
        yield number == 0, frozenset(Path(name) for _, name in batch)


def _edited(roots: Iterable[Path], since: Stamps) -> frozenset[Path]:
    now = stamps(roots)
    return frozenset(file for file in {*now, *since} if now.get(file) != since.get(file))


def _is_content(path: Path) -> bool:
    return not (path.name.startswith(".") or path.name.endswith("~"))


def _folders(roots: Iterable[Path]) -> set[Path]:
    """Every folder to watch, the parents of the roots too: the watch of a file ends when it is replaced."""
    below = (folder for root in roots for folder in (root, *root.rglob("*")) if folder.is_dir())
    return {root.parent for root in roots}.union(below)
