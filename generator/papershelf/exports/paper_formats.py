"""Each paper in every format of the published data, made once and remembered while it stays the same."""

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from papershelf import citations, text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.exports import schema
from papershelf.incremental import cache, fingerprint
from papershelf.incremental.workers import parallel_map
from papershelf.views.context import SiteContext

_MIN_PARALLEL: Final = 300
_BUCKETS: Final = 32
_FORMULA: Final = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001  spreadsheets take the wide ones too
COLUMNS: Final = (
    *("id", "title", "authors", "published", "venue", "kind", "topics", "tags"),
    *("arxiv", "doi", "url", "links", "rating"),
)


class Piece(NamedTuple):
    """A paper in every format, UTF-8.

    ref, entry, full: JSON, by what it says. row: a line of CSV, its end included. csl, ris: "" where no file
    has them; RIS ends its last line.
    """

    ref: bytes
    entry: bytes
    full: bytes
    row: bytes
    bibtex: bytes
    csl: bytes
    ris: bytes


def pieces(
    context: SiteContext, store: Path | None = None, known: fingerprint.Known | None = None
) -> Mapping[str, Piece]:
    """The piece of every paper by its id, in the library's order, with what the folder `store` remembers.

    Without a folder nothing is remembered, and no other process helps. `known` has the fingerprints of all
    papers.
    """
    papers, keys = context.library.papers, context.citation_keys
    wanted = {each: context.all_formats or each in context.on_paths for each in papers}
    shown = tuple(papers.values())
    marks = known or fingerprint.by_identity(shown, fingerprint.each(shown))
    made_from = {
        each: fingerprint.digest(marks[id(paper)], keys[each].encode(), bytes([wanted[each]]))
        for each, paper in papers.items()
    }
    remembered = _recall(store) if store else {}
    new = [paper for paper in shown if made_from[paper.id] not in remembered]
    made = parallel_map(partial(_make, keys, wanted), new, min_parallel=_MIN_PARALLEL if store else len(new))
    found = remembered | {made_from[paper.id]: piece for paper, piece in zip(new, made, strict=True)}
    kept = {paper: found[key] for paper, key in made_from.items()}
    if store and made:
        _remember(store, remembered, made_from, kept)
    return kept


def row(cells: Sequence[object]) -> bytes:
    """A line of CSV, in which no cell is a formula to a spreadsheet."""
    line = io.StringIO()
    csv.writer(line).writerow([_guarded(str(cell)) for cell in cells])
    return line.getvalue().encode()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def _recall(store: Path) -> dict[bytes, Piece]:
    known: dict[bytes, Piece] = {}
    for bucket in range(_BUCKETS):
        known |= cache.recall(store, f"pieces-{bucket}", cache.program()) or {}
    return known


def _remember(
    store: Path, known: Container[bytes], made_from: Mapping[str, bytes], kept: Mapping[str, Piece]
) -> None:
    """Keep the pieces in buckets, of which only those with something new are written."""
    buckets: defaultdict[int, dict[bytes, Piece]] = defaultdict(dict)
    for paper, piece in kept.items():
        buckets[hashlib.blake2b(paper.encode()).digest()[0] % _BUCKETS][made_from[paper]] = piece
    for number, bucket in buckets.items():
        if any(key not in known for key in bucket):
            cache.remember(store, f"pieces-{number}", cache.program(), bucket)


def _make(keys: Mapping[str, str], wanted: Mapping[str, bool], papers: Sequence[Paper]) -> list[Piece]:
    return [_piece(each, keys[each.id], wanted=wanted[each.id]) for each in papers]


def _piece(paper: Paper, key: str, *, wanted: bool) -> Piece:
    """The piece; `wanted` tells whether CSL-JSON and RIS are."""
    full = _full(paper, key)
    return Piece(
        ref=_json(full, _REF),
        entry=_json(full, _ENTRY),
        full=_json(full, None),
        row=row(tuple(_cells(full))),
        bibtex=citations.bibtex(paper, key).encode(),
        csl=_csl(paper, key) if wanted else b"",
        ris=citations.ris(paper, key).encode() if wanted else b"",
    )


def _csl(paper: Paper, key: str) -> bytes:
    return citations.csl(paper, key).model_dump_json(by_alias=True, exclude_defaults=True).encode()


_REF: Final = set(schema.PaperRef.model_fields)
_ENTRY: Final = set(schema.PaperEntry.model_fields)


def _json(paper: schema.PaperData, fields: set[str] | None) -> bytes:
    return paper.model_dump_json(include=fields, exclude_defaults=True).encode()


def _full(paper: Paper, key: str) -> schema.PaperData:
    return schema.PaperData(
        id=paper.id,
        title=text.plain(paper.title),
        page=urls.address(urls.paper(paper.id)),
        citation_key=key,
        summary=_plain(paper.summary),
        abstract=_plain(paper.abstract),
        venue=_plain(paper.venue),
        authors=tuple(text.plain(name) for name in paper.authors),
        links=tuple(
            schema.LinkData(url=each.url, kind=each.kind, official=each.official) for each in paper.links
        ),
        references=tuple(
            schema.ReferenceData(title=text.plain(each.title), url=each.url) for each in paper.references
        ),
        editions=tuple(
            schema.Place(edition=each.listing, position=each.position) for each in paper.appearances
        ),
        **{name: getattr(paper, name) for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE: Final = (
    *("published", "published_inferred", "author_count", "topics", "tags", "categories", "kind"),
    *("arxiv", "doi", "openreview", "url", "pdf", "comments", "upvotes", "featured", "status", "rating"),
    *("difficulty", "withdrawn", "note", "former_ids"),
)


def _plain(said: str | None) -> str | None:
    return said and text.plain(said)


def _cells(paper: schema.PaperData) -> Iterator[object]:
    links = tuple(link.url for link in paper.links)
    for name in COLUMNS:
        value = links if name == "links" else getattr(paper, name)
        yield "" if value is None else "; ".join(value) if isinstance(value, tuple) else value
