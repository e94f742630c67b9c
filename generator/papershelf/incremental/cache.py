"""What a build computed, kept for the next one: data, never code.

A file holds a checksum, the key it was stored under, and a value as MessagePack, which is decoded into the
type that the caller expects and nothing else. A truncated or corrupt file, a file stored under another key,
and a value of another type are cache misses: the value is computed again.
The folder may be deleted at any time.
"""

import contextlib
import stat
import zlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from papershelf.core import files
from papershelf.core.problems import GeneratorError
from papershelf.incremental import fingerprint

Value = TypeVar("Value")

_BUCKETS: Final = 32  # files for the values of `get_many`
_HEADER: Final = 16 + 8 + 4  # bytes: fingerprint of the key, length and CRC-32 of the content


class Cache:
    """Values by name, each stored under a key: a value is found only while its key is the same.

    Cache(folder) keeps values in files, `Cache.read_only(folder)` writes none, and `Cache.in_memory()` has
    no files.
    """

    def __init__(self, folder: Path | None, *, writable: bool = True) -> None:
        self._folder = folder
        self._writable = writable
        self._values: dict[str, tuple[bytes, Any]] = {}
        self._recent: dict[str, tuple[object, Any]] = {}

    @classmethod
    def read_only(cls, folder: Path) -> "Cache":
        """A cache that finds what a build has stored, and stores nothing."""
        return cls(folder, writable=False)

    @classmethod
    def in_memory(cls) -> "Cache":
        """A cache that ends with this object."""
        return cls(None)

    def load(self, name: str, key: bytes, kind: type[Value]) -> Value | None:
        """The value of this name, None if it is a miss; `kind` is its type, generic ones included."""
        if self._folder is None:
            known, value = self._values.get(name, _NOTHING)
            return value if known == key else None
        stored = self._read(self._folder, name)
        if stored is None:
            return None
        file = memoryview(stored)
        content = file[_HEADER:]  # not a copy: it may have a hundred megabytes
        if file[:_HEADER] != _header(key, content):
            return None
        try:
            return msgspec.msgpack.decode(content, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    def store(self, name: str, key: bytes, value: object) -> None:
        """Keep a value for `load`; an earlier one of the name is replaced in one step."""
        if self._folder is None:
            self._values[name] = key, value
        elif self._writable:
            try:
                content = msgspec.msgpack.encode(value)
            except UnicodeEncodeError:  # a file name that is not UTF-8, in a message
                return
            with (
                contextlib.suppress(FileNotFoundError),  # the folder of builds was removed meanwhile
                files.opened(self._folder.parent, self._folder.name, create=True) as folder,
            ):
                status = folder.status(name)
                if status and stat.S_ISDIR(status.st_mode):
                    folder.remove_tree(name)
                folder.exchange(name, _header(key, content), content, flush=False)

    def get(self, name: str, key: bytes, kind: type[Value], make: Callable[[], Value]) -> Value:
        """The value of this name; on a miss what `make` returns, which is stored."""
        found = self.load(name, key, kind)
        if found is None:
            found = make()
            self.store(name, key, found)
        return found

    def get_many(
        self,
        name: str,
        keys: Mapping[str, bytes],
        kind: type[Value],
        make: Callable[[Sequence[str]], Iterable[Value]],
        *,
        salt: bytes,
    ) -> dict[str, Value]:
        """A value for each id of `keys`, in their order; `make` gets all ids whose key changed at once.

        `salt` is what all keys share. The values are spread over some files, of which only those with a
        changed value are written.
        """
        stored = [self._load_bucket(name, bucket, salt, kind) for bucket in range(_BUCKETS)]
        known = {each: pair for bucket in stored for each, pair in bucket.items()}
        missing = [each for each, key in keys.items() if known.get(each, _NOTHING)[0] != key]
        made = dict(zip(missing, make(missing), strict=True)) if missing else {}
        found = {each: made[each] if each in made else known[each][1] for each in keys}
        changed = {_bucket(each) for each in (*missing, *(known.keys() - keys.keys()))}
        wanted: defaultdict[int, dict[str, tuple[bytes, Value]]] = defaultdict(dict)
        for each, value in found.items() if changed else ():
            wanted[_bucket(each)][each] = keys[each], value
        for bucket in changed:
            self.store(f"{name}-{bucket}", salt, wanted[bucket])
        return found

    def _load_bucket(
        self, name: str, bucket: int, salt: bytes, kind: type[Value]
    ) -> dict[str, tuple[bytes, Value]]:
        stored_as: Any = dict[str, tuple[bytes, kind]]  # type: ignore[valid-type]  # mypy knows no types at run time
        return self.load(f"{name}-{bucket}", salt, stored_as) or {}

    def keep_only(self, names: Collection[str]) -> None:
        """Remove every stored value that has another name."""
        if self._folder is None:
            self._values = {name: pair for name, pair in self._values.items() if name in names}
        elif self._writable and self._folder.is_dir():
            with files.opened(self._folder.parent, self._folder.name) as folder:
                for name in set(folder.names()) - set(names):
                    status = folder.status(name)
                    if status and not stat.S_ISDIR(status.st_mode):
                        folder.remove_file(name)

    @staticmethod
    def _read(folder: Path, name: str) -> bytes | None:
        try:
            with files.opened(folder.parent, folder.name) as opened:
                return opened.read(name)
        except (OSError, GeneratorError):
            return None

    def recent(self, name: str, key: object, make: Callable[[], Value]) -> Value:
        """The value of an earlier call in this process whose key was equal, else what `make` returns."""
        known = self._recent.get(name)
        if known is None or known[0] != key:
            known = self._recent[name] = key, make()
        value: Value = known[1]
        return value


_NOTHING: Final = (b"", None)


def _bucket(name: str) -> int:
    return zlib.crc32(name.encode()) % _BUCKETS


def _header(key: bytes, content: bytes | memoryview) -> bytes:
    """CRC-32, as content may have a hundred megabytes and processors have an instruction for it."""
    return fingerprint.digest(key) + len(content).to_bytes(8) + zlib.crc32(content).to_bytes(4)
