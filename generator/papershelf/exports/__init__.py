"""All files beside the pages: each sort is one file here, and one line in `EXPORTS`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from papershelf.exports.feeds import feeds
from papershelf.exports.groups import code, collections, editions, topics
from papershelf.exports.llms import llms
from papershelf.exports.openapi import describing
from papershelf.exports.opensearch import opensearch
from papershelf.exports.paper_formats import pieces
from papershelf.exports.papers import papers
from papershelf.exports.published import Published
from papershelf.exports.ranks import ranks
from papershelf.exports.redirects import moved
from papershelf.exports.robots import robots
from papershelf.exports.sitemap import sitemap
from papershelf.exports.words import words
from papershelf.incremental import fingerprint, manifest
from papershelf.incremental.manifest import Entry
from papershelf.incremental.output import Output
from papershelf.incremental.workers import parallel_map

__all__ = ["EXPORTS", "Output", "Published", "keys", "pieces", "plan", "write"]

EXPORTS: tuple[Callable[[Published], Iterator[Output[bytes]]], ...] = (
    feeds,
    sitemap,
    robots,
    opensearch,
    llms,
    moved,
    words,
    ranks,
    papers,
    topics,
    editions,
    code,
    collections,
    describing,
)
_MIN_PARALLEL: Final = 200


def plan(published: Published) -> tuple[Output[bytes], ...]:
    """Every file, in the order of `EXPORTS`."""
    return tuple(output for export in EXPORTS for output in export(published))


def keys(
    outputs: Iterable[Output[bytes]], made_from: Mapping[str, bytes], program: bytes
) -> dict[str, bytes]:
    """What tells whether a file is still the same, by its path.

    `made_from` stands for the inputs of each file, by its path, `program` for what makes it.
    """
    return {each.path: fingerprint.digest(program, made_from[each.path]) for each in outputs}


def write(outputs: Sequence[Output[bytes]], keys: Mapping[str, bytes], out: Path) -> dict[str, Entry]:
    """Make the files and write them into `out`, in which none of them is yet."""
    entries = parallel_map(partial(_write, keys, out), outputs, min_parallel=_MIN_PARALLEL)
    return {output.path: entry for output, entry in zip(outputs, entries, strict=True)}


def _write(keys: Mapping[str, bytes], out: Path, outputs: Sequence[Output[bytes]]) -> list[Entry]:
    return [Entry(keys[each.path], (manifest.write_new(out, each.path, each.content()),)) for each in outputs]
