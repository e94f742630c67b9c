"""All files of the site that are not pages. A new export is a module and a line in `EXPORTS`."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from papershelf.exports.feeds import feeds
from papershelf.exports.groups import groups
from papershelf.exports.llms import llms
from papershelf.exports.openapi import openapi
from papershelf.exports.opensearch import opensearch
from papershelf.exports.paper_formats import paper_formats
from papershelf.exports.papers import papers
from papershelf.exports.published import Published
from papershelf.exports.ranks import ranks
from papershelf.exports.redirects import moved
from papershelf.exports.robots import robots
from papershelf.exports.sitemap import sitemap
from papershelf.exports.words import words
from papershelf.incremental.output import Output, OutputFiles

__all__ = ["EXPORTS", "Export", "Published", "make", "paper_formats", "plan"]


class Export(Protocol):
    """Plans the files of one sort."""

    def __call__(self, published: Published, /) -> Iterable[Output[bytes]]:
        """The files: a pure function of what is published. Paths are relative to the site's root."""


EXPORTS: tuple[Export, ...] = (
    feeds,
    sitemap,
    robots,
    opensearch,
    llms,
    moved,
    words,
    ranks,
    papers,
    groups,
    openapi,
)


def plan(published: Published, more: Iterable[Export] = ()) -> tuple[Output[bytes], ...]:
    """Every file, in the order of `EXPORTS`; `more` are the exports of plug-ins, which come last."""
    return tuple(output for export in (*EXPORTS, *more) for output in export(published))


def make(outputs: Sequence[Output[bytes]]) -> Iterator[OutputFiles]:
    """Each output as its one file."""
    return (OutputFiles({each.path: each.content()}) for each in outputs)
