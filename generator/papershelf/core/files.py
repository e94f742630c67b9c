"""Write and remove files below a folder: through no link, and each whole or not at all.

A folder is opened step by step from its root, and no step may be a link; what is written stands beside
its target until it is flushed to disk, and takes its place in one step. So neither a link that somebody put
in place of a folder nor a full disk can harm a file. Where a system cannot open a folder (Windows), each step
is looked at instead.
"""

import contextlib
import errno
import os
import secrets
import shutil
import stat
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papershelf.core.problems import GeneratorError
from papershelf.core.regular_file import NO_LINK_NO_WAITING

_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_BINARY", 0)
_OLD: Final = os.O_RDONLY | NO_LINK_NO_WAITING | getattr(os, "O_BINARY", 0)
_CAN_OPEN_FOLDERS: Final = os.open in os.supports_dir_fd and hasattr(os, "O_DIRECTORY")
_MODE: Final = 0o666  # as the user's umask has it
PARTIAL: Final = ".papershelf-partial-"
"""How the name of a file begins that is not yet written in full."""

_OLD_AGE: Final = 3600  # seconds
_NOT_THROUGH_LINKS: Final = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EMLINK})  # EMLINK on FreeBSD


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A folder that was reached through no link; names are those of files in it."""

    path: Path
    _descriptor: int | None

    def status(self, name: str) -> os.stat_result | None:
        """The status of a file, of the link if it is one; None if there is none."""
        try:
            return os.stat(self._name(name), dir_fd=self._descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def names(self) -> list[str]:
        """The names of all files, folders and links in the folder."""
        return os.listdir(self._descriptor if self._descriptor is not None else self.path)  # noqa: PTH208  a descriptor

    def read(self, name: str) -> bytes | None:
        """What a file holds; None if there is none, or something else in its place."""
        try:
            descriptor = os.open(self._name(name), _OLD, dir_fd=self._descriptor)
        except OSError:
            return None
        with open(descriptor, "rb", buffering=0) as file:  # noqa: PTH123  a descriptor has no path
            return file.read() if stat.S_ISREG(os.fstat(descriptor).st_mode) else None

    def create(self, name: str, *content: bytes, mode: int | None = None, flush: bool = True) -> None:
        """Write a file that is not there yet, in parts; nothing is left of it on an error.

        mode: its permissions; the user's umask decides if None. flush: wait until it is on the disk.
        """
        descriptor = os.open(self._name(name), _NEW, _MODE, dir_fd=self._descriptor)
        try:
            with open(descriptor, "wb") as file:  # noqa: PTH123  a descriptor has no path
                file.writelines(content)
                file.flush()
                if mode is not None:
                    os.chmod(descriptor if _CAN_OPEN_FOLDERS else self.path / name, mode)  # noqa: PTH101  a descriptor
                if flush:
                    os.fsync(descriptor)
        except BaseException:
            self.remove_file(name)
            raise

    def exchange(self, name: str, *content: bytes, mode: int | None = None, flush: bool = True) -> None:
        """Put a new file in the place of a file or link, in one step; the arguments are those of `create`."""
        partial = f"{PARTIAL}{secrets.token_hex(8)}"
        self.create(partial, *content, mode=mode, flush=flush)
        try:
            self.rename(partial, name)
        except BaseException:
            self.remove_file(partial)
            raise

    def rename(self, name: str, to: str) -> None:
        """Give a file or folder another name in this folder, in place of the file or link that has it."""
        os.replace(self._name(name), self._name(to), src_dir_fd=self._descriptor, dst_dir_fd=self._descriptor)

    def remove_file(self, name: str) -> None:
        """Remove a file or a link, if it is there."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._name(name), dir_fd=self._descriptor)

    def remove_tree(self, name: str) -> None:
        """Remove a folder with all that is in it, but for what links in it lead to."""
        shutil.rmtree(self._name(name), dir_fd=self._descriptor)

    def flush(self) -> None:
        """Have the system write the folder's names to disk."""
        if self._descriptor is not None:
            os.fsync(self._descriptor)

    def _name(self, name: str) -> str:
        return name if self._descriptor is not None else str(self.path / name)


@contextlib.contextmanager
def opened(root: Path, folder: str = "", *, create: bool = False) -> Iterator[OpenFolder]:
    """Open a folder by its path below `root`, `/` between its parts; `create` makes parts that are missing.

    Raises GeneratorError for a part that is a link or no folder, and OSError if the system refuses.
    """
    path = root
    with contextlib.ExitStack() as stack:
        descriptor = os.open(root, _FOLDER & ~_NO_LINK) if _CAN_OPEN_FOLDERS else None
        for part in (None, *filter(None, folder.split("/"))):
            if part:
                path /= part
                descriptor = _step(path, descriptor, create=create)
            if descriptor is not None:
                stack.callback(os.close, descriptor)
        yield OpenFolder(path, descriptor)


def write(root: Path, name: str, content: bytes) -> None:
    """Make the file at the path `name` below `root` hold `content`, or what it held before if that fails.

    Folders that are missing are made. Raises GeneratorError if a link or a folder is in the way, or if the
    system refuses.
    """
    folder, _, file = name.rpartition("/")
    write_all(root, folder, {file: content})


def write_all(root: Path, folder: str, contents: Mapping[str, bytes]) -> tuple[str, ...]:
    """`write` several files in the folder at a path below `root`; return the names of those that changed.

    All of them are on the disk before the first takes its place.
    """
    with _reported(root / folder):
        root.mkdir(parents=True, exist_ok=True)
    with _reported(root / folder), opened(root, folder, create=True) as into:
        _remove_left_overs(into)
        changed = [name for name, content in contents.items() if _differs(into, name, content)]
        staged = dict(_staged(into, {name: contents[name] for name in changed}))
        try:
            for name in changed:
                into.rename(staged.pop(name), name)
        finally:
            for partial in staged.values():
                into.remove_file(partial)
        into.flush()
    return tuple(changed)


def append(root: Path, name: str, content: bytes) -> None:
    """Add to the end of the file at a path below `root`, which may be missing; otherwise as `write`."""
    folder, _, file = name.rpartition("/")
    with _reported(root / name), opened(root, folder, create=True) as into:
        before = into.read(file) or b""
    write(root, name, before + content)


def create_all(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write files that are not there yet, by their paths below `root`: all of them or none.

    Only a kill leaves a part of them, each of which is whole. Raises GeneratorError if one is there or if the
    system refuses.
    """
    made: list[str] = []
    try:
        for name, content in contents.items():
            folder, _, file = name.rpartition("/")
            with _reported(root / name), opened(root, folder, create=True) as into:
                _require_absent(into, file)
                _remove_left_overs(into)
                into.exchange(file, content)
                made.append(name)
                into.flush()
    except BaseException:
        for name in made:
            (root / name).unlink(missing_ok=True)
        raise


def remove_tree(root: Path, name: str) -> None:
    """Remove the folder or file at the path `name` below `root`, if it is there; no link is followed.

    Raises GeneratorError if another file system is mounted there or below, or if the system refuses.
    """
    above, _, last = name.rpartition("/")
    with _reported(root / name), contextlib.suppress(FileNotFoundError), opened(root, above) as parent:
        status = parent.status(last)
        if status and not stat.S_ISDIR(status.st_mode):
            parent.remove_file(last)
        elif status:
            if mounted := mounts(root / name):
                raise GeneratorError(f"{mounted[0]} is a mount point: unmount it; nothing was removed")
            parent.remove_tree(last)


def mounts(folder: Path) -> list[Path]:
    """The mount points at a folder and below it, as far as the system tells (Linux)."""
    try:
        table = Path("/proc/self/mountinfo").read_bytes()
    except OSError:
        return [folder] if folder.is_mount() else []
    places = (line.split(b" ")[4] for line in table.splitlines())
    points = {Path(os.fsdecode(place.decode("unicode_escape").encode("latin-1"))) for place in places}
    real = folder.parent.resolve() / folder.name
    return sorted(point for point in points if point.is_relative_to(real))


def _step(path: Path, parent: int | None, *, create: bool) -> int | None:
    """Open a folder in an open one."""
    name = str(path) if parent is None else path.name
    try:
        if create:
            with contextlib.suppress(FileExistsError):
                os.mkdir(name, dir_fd=parent)
        if parent is not None:
            return os.open(name, _FOLDER, dir_fd=parent)
        if not stat.S_ISDIR(path.lstat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
    except OSError as error:
        if error.errno not in _NOT_THROUGH_LINKS:
            raise
        kind = "a symbolic link" if path.is_symlink() else "no folder"
        raise GeneratorError(
            f"{path} is {kind}: Papershelf writes to real folders only; put one in its place"
        ) from error
    return None


def _differs(folder: OpenFolder, name: str, content: bytes) -> bool:
    """Whether a file has another content; raises GeneratorError if it is none."""
    status = folder.status(name)
    if status and not stat.S_ISREG(status.st_mode):
        kind = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "no file"
        raise GeneratorError(f"{folder.path / name} is {kind}: nothing was written; put a file in its place")
    return folder.read(name) != content


def _require_absent(folder: OpenFolder, name: str) -> None:
    if folder.status(name):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _staged(folder: OpenFolder, contents: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Write files under other names, with the permissions that they have; yield both names of each."""
    made: list[str] = []
    try:
        for name, content in contents.items():
            status = folder.status(name)
            partial = f"{PARTIAL}{secrets.token_hex(8)}"
            folder.create(partial, content, mode=stat.S_IMODE(status.st_mode) if status else None)
            made.append(partial)
            yield name, partial
    except BaseException:
        for partial in made:
            folder.remove_file(partial)
        raise


def _remove_left_overs(folder: OpenFolder) -> None:
    """Remove what killed processes left, once it is too old to be in work."""
    for name in folder.names():
        if name.startswith(PARTIAL):
            status = folder.status(name)
            if status and time.time() - status.st_mtime > _OLD_AGE:
                folder.remove_file(name)


@contextlib.contextmanager
def _reported(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise GeneratorError(f"{path} cannot be written: {error.strerror}") from error
