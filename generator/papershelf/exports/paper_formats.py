"""Each paper in every format of the published data, made once and cached until it changes."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from papershelf import citations, text
from papershelf.core import urls
from papershelf.core.fields import FIELDS
from papershelf.core.model import Paper
from papershelf.exports import schema
from papershelf.incremental import fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.fingerprint import Known
from papershelf.incremental.workers import Workers
from papershelf.text import people
from papershelf.views.context import SiteContext

_MIN_PARALLEL: Final = 300
_FORMULA: Final = frozenset("=+-@\t\r＝＋－＠")  # noqa: RUF001  spreadsheets take the wide ones too
COLUMNS: Final = (
    "id",
    *(name for _, name in sorted((each.column, each.name) for each in FIELDS if each.column)),
)
_AS_IS: Final = tuple(field.name for field in FIELDS if field.export == "as is")
_PLAIN_TEXT: Final = tuple(field.name for field in FIELDS if field.export == "plain text")


class PaperFormats(NamedTuple):
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


def paper_formats(
    context: SiteContext, known: Known, cache: Cache, workers: Workers
) -> Mapping[str, PaperFormats]:
    """Every paper in all formats, by its id and in the library's order, made again only where it changed.

    `known` has the fingerprints of all papers.
    """
    papers, keys = context.library.papers, context.citation_keys
    cited = {each: context.all_formats or each in context.always_cited for each in papers}

    def make_again(ids: Sequence[str]) -> list[PaperFormats]:
        task = partial(_make, keys, cited)
        return workers.parallel_map(task, [papers[each] for each in ids], min_parallel=_MIN_PARALLEL)

    made_from = {
        each: fingerprint.digest(known[id(paper)], keys[each].encode(), bytes([cited[each]]))
        for each, paper in papers.items()
    }
    return cache.get_many("formats", made_from, PaperFormats, make_again, salt=inputs.program())


def row(cells: Sequence[object]) -> bytes:
    """A line of CSV, in which no cell is a formula to a spreadsheet."""
    line = io.StringIO()
    csv.writer(line).writerow([_guarded(str(cell)) for cell in cells])
    return line.getvalue().encode()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell[:1] in _FORMULA else cell


def make(paper: Paper, key: str) -> PaperFormats:
    """A paper in every format."""
    return _formats(paper, key, wanted=True)


def _make(keys: Mapping[str, str], wanted: Mapping[str, bool], papers: Sequence[Paper]) -> list[PaperFormats]:
    return [_formats(each, keys[each.id], wanted=wanted[each.id]) for each in papers]


def _formats(paper: Paper, key: str, *, wanted: bool) -> PaperFormats:
    """Render one paper; CSL-JSON and RIS only if `wanted`."""
    full = _full(paper, key)
    return PaperFormats(
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
    orcids = tuple(each.orcid for each in paper.authors)
    return schema.PaperData(
        id=paper.id,
        page=urls.address(urls.paper(paper.id)),
        citation_key=key,
        links=tuple(
            schema.LinkData(url=each.url, kind=each.kind, official=each.official) for each in paper.links
        ),
        references=tuple(
            schema.ReferenceData(title=text.plain(each.title), url=each.url) for each in paper.references
        ),
        editions=tuple(
            schema.Place(edition=each.listing, position=each.position) for each in paper.appearances
        ),
        former_ids=paper.former_ids,
        authors=people.plain_names(paper.authors),
        orcids=orcids if any(orcids) else (),
        **{name: getattr(paper, name) for name in _AS_IS},
        **{name: _plain(getattr(paper, name)) for name in _PLAIN_TEXT},
    )


def _plain(value: str | None) -> str | None:
    """Cleaned text without its emphasis markers."""
    return value and text.plain(value)


def _cells(paper: schema.PaperData) -> Iterator[object]:
    links = tuple(link.url for link in paper.links)
    for name in COLUMNS:
        value = links if name == "links" else getattr(paper, name)
        yield "" if value is None else "; ".join(value) if isinstance(value, tuple) else value
