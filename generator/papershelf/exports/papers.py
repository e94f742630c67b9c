"""Data of papers: all in one file for each format, in numbered pages, and one file for each paper."""

import codecs
from collections.abc import Iterator
from typing import Final

from papershelf.core import urls
from papershelf.exports import citations
from papershelf.exports.paper_formats import COLUMNS, row
from papershelf.exports.published import Published
from papershelf.exports.schema import PaperPage, with_list
from papershelf.incremental.output import Output
from papershelf.views.pagination import split

PAGE_SIZE: Final = 250


def papers(published: Published) -> Iterator[Output[bytes]]:
    """`papers.jsonl`, `.csv` and `.bib`; with all formats `.csl.json`, `.ris` and three files per paper."""
    pieces = tuple(published.formats.values())
    all_formats = published.context.all_formats
    yield Output(urls.data("papers.jsonl"), lines, tuple(piece.full for piece in pieces))
    yield Output(urls.data("papers.csv"), table, tuple(piece.row for piece in pieces))
    yield from citations.citations(
        lambda suffix: urls.data(f"papers.{suffix}"), pieces, all_formats=all_formats
    )
    chunks = split(pieces, PAGE_SIZE)
    for number, chunk in enumerate(chunks, start=1):
        before = _page_name(number - 1) if number > 1 else None
        after = _page_name(number + 1) if number < len(chunks) else None
        yield Output(
            urls.data(_page_name(number)),
            _page,
            (len(pieces), before, after, tuple(piece.entry for piece in chunk)),
        )
    for paper, piece in published.formats.items() if all_formats else ():
        yield Output(urls.paper_data(paper), lines, (piece.full,))
        yield Output(urls.paper_data(paper, "csl.json"), citations.csl, (piece.csl,))
        yield Output(urls.paper_data(paper, "ris"), citations.ris, (piece.ris,))


def _page_name(number: int) -> str:
    return f"papers-{number}.json" if number > 1 else "papers.json"


def lines(*papers: bytes) -> bytes:
    """The papers as JSON Lines."""
    return b"".join(b"%b\n" % paper for paper in papers)


def table(*rows: bytes) -> bytes:
    """The papers as CSV, under the names of the columns, with the mark that spreadsheets know UTF-8 by."""
    return codecs.BOM_UTF8 + row(COLUMNS) + b"".join(rows)


def _page(total: int, before: str | None, after: str | None, entries: tuple[bytes, ...]) -> bytes:
    return with_list(PaperPage(total=total, previous=before, next=after, papers=()), "papers", entries)
