"""All files beside the pages: each sort is one file here, and one line in `EXPORTS`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from generator import fingerprint, tree
from generator.exports.artifact import Artifact, Published
from generator.exports.describing import describing
from generator.exports.feeds import feeds
from generator.exports.groups import code, collections, editions, topics
from generator.exports.llms import llms
from generator.exports.opensearch import opensearch
from generator.exports.papers import papers
from generator.exports.piece import pieces
from generator.exports.ranks import ranks
from generator.exports.redirects import moved
from generator.exports.robots import robots
from generator.exports.sitemap import sitemap
from generator.exports.words import words
from generator.tree import Entry
from generator.workers import spread

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
        Entry(keys[each.path], (tree.write_new(out, each.path, each.make(*each.inputs)),))
        for each in artifacts
    ]
