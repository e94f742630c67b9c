"""All files beside the pages: each sort is one file here, and one line in `EXPORTS`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from papershelf.exports.artifact import Artifact, Published
from papershelf.exports.feeds import feeds
from papershelf.exports.groups import code, collections, editions, topics
from papershelf.exports.llms import llms
from papershelf.exports.openapi import describing
from papershelf.exports.opensearch import opensearch
from papershelf.exports.paper_formats import pieces
from papershelf.exports.papers import papers
from papershelf.exports.ranks import ranks
from papershelf.exports.redirects import moved
from papershelf.exports.robots import robots
from papershelf.exports.sitemap import sitemap
from papershelf.exports.words import words
from papershelf.incremental import fingerprint, manifest
from papershelf.incremental.manifest import Entry
from papershelf.incremental.workers import spread

__all__ = ["EXPORTS", "Artifact", "Published", "keys", "pieces", "plan", "write"]

EXPORTS: tuple[Callable[[Published], Iterator[Artifact]], ...] = (
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
_ALONE: Final = 200


def plan(published: Published) -> tuple[Artifact, ...]:
    """Every file, in the order of `EXPORTS`."""
    return tuple(artifact for export in EXPORTS for artifact in export(published))


def keys(artifacts: Iterable[Artifact], made_from: Mapping[str, bytes], program: bytes) -> dict[str, bytes]:
    """What tells whether a file is still the same, by its path.

    `made_from` stands for the inputs of each file, by its path, `program` for what makes it.
    """
    return {each.path: fingerprint.digest(program, made_from[each.path]) for each in artifacts}


def write(artifacts: Sequence[Artifact], keys: Mapping[str, bytes], out: Path) -> dict[str, Entry]:
    """Make the files and write them into `out`, in which none of them is yet."""
    entries = spread(partial(_write, keys, out), artifacts, alone=_ALONE)
    return {artifact.path: entry for artifact, entry in zip(artifacts, entries, strict=True)}


def _write(keys: Mapping[str, bytes], out: Path, artifacts: Sequence[Artifact]) -> list[Entry]:
    return [
        Entry(keys[each.path], (manifest.write_new(out, each.path, each.make(*each.inputs)),))
        for each in artifacts
    ]
