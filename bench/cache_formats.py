"""What the build cache costs as MessagePack or in SQLite: python -m bench.cache_formats --papers 10000.

The values are like the manifest of a site with so many papers, the largest value of a build.
"""

import hashlib
import shutil
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import click
import msgspec

ROUNDS = 5


class Entry(NamedTuple):
    """As the manifest has it."""

    key: bytes
    files: tuple[tuple[str, tuple[int, int, int], bytes], ...]
    links: tuple[str, ...]


def entry(number: int, edited: int = 0) -> Entry:
    """An output of two files with twenty links."""
    names = (f"papers/paper-{number}/index.html", f"papers/paper-{number}/index.md")
    digest = hashlib.blake2b(f"{number} {edited}".encode(), digest_size=16).digest()
    stamp = (number * 7919, 1_700_000_000_000_000_000 + number, 6600)
    links = tuple(f"papers/paper-{number * each % 40_000}/index.md" for each in range(1, 21))
    return Entry(digest, tuple((name, stamp, digest) for name in names), links)


class MessagePack:
    """One file for all, with a checksum, replaced as a whole."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "manifest"

    def store(self, entries: Mapping[str, Entry], _: str | None = None) -> None:
        """Write all."""
        data = msgspec.msgpack.encode(entries)
        partial = self.file.with_suffix(".partial")
        partial.write_bytes(zlib.crc32(data).to_bytes(4) + data)
        partial.replace(self.file)

    def load(self) -> Mapping[str, Entry]:
        """Read all."""
        data = memoryview(self.file.read_bytes())
        if zlib.crc32(data[4:]) != int.from_bytes(data[:4]):
            raise ValueError("damaged")
        return msgspec.msgpack.decode(data[4:], type=dict[str, Entry])


class SQLite:
    """A row for each entry, of which only the one that changed is written."""

    def __init__(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / "cache.sqlite")
        self.connection.execute(
            "create table if not exists entries (path text primary key, value blob) without rowid"
        )

    def store(self, entries: Mapping[str, Entry], changed: str | None = None) -> None:
        """Write all, or the one that changed."""
        chosen = entries if changed is None else {changed: entries[changed]}
        with self.connection:
            self.connection.executemany(
                "insert or replace into entries values (?, ?)",
                ((path, msgspec.msgpack.encode(each)) for path, each in chosen.items()),
            )

    def load(self) -> Mapping[str, Entry]:
        """Read all."""
        decoder = msgspec.msgpack.Decoder(Entry)
        return {
            path: decoder.decode(value) for path, value in self.connection.execute("select * from entries")
        }


def timed(call: Callable[[], Any]) -> float:
    """Seconds, the median of some rounds."""
    walls = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        walls.append(time.perf_counter() - start)
    return median(walls)


@click.command()
@click.option("--papers", "count", type=click.IntRange(1), default=10_000, show_default=True)
def main(count: int) -> None:
    """Print seconds for each format: write all, write after an edit, read all; and the size in MB."""
    entries = {f"papers/paper-{number}/index.md": entry(number) for number in range(count)}
    path = next(iter(entries))
    for form in (MessagePack, SQLite):
        folder = Path(tempfile.mkdtemp())
        store = form(folder)
        whole, edit = timed(partial(store.store, entries)), timed(partial(store.store, entries, path))
        read = timed(store.load)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
        click.echo(
            f"{form.__name__:12} write {whole:.3f} s, after an edit {edit:.3f} s, "
            f"read {read:.3f} s, {size:.1f} MB"
        )
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
