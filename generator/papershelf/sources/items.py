"""Items of reference managers, whose formats agree in what they say, and the entries made of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.sources.light_html import as_tex
from papershelf.sources.parsed import Entry
from papershelf.sources.written_dates import best_date
from papershelf.text import links

_ARXIV_ID: Final = r"(?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Za-z]{2})?/\d{7})(?:v\d{1,3})?(?!\d)"
_ARXIV: Final = re.compile(
    rf"arxiv(?:\.org/(?:abs|pdf|html|format|ps)/|\s{{0,3}}[.:]\s{{0,3}}|\s{{1,3}})({_ARXIV_ID})",
    re.IGNORECASE,
)
_ONLY_ARXIV: Final = re.compile(rf"(?:arxiv\s*:?\s*|abs/)?({_ARXIV_ID})(?:\s.{{0,80}})?", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_ONLY_DOI: Final = re.compile(r"(?:doi\s*[:=]?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PREPRINTS: Final = re.compile(r"\s*(?:arxiv|corr$|computing research repository)", re.IGNORECASE)
_SHOWN: Final = 60  # characters of a value in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a document, its texts as they stand there; "" or () if it does not say.

    dates: by what they are read from, the best first; None if it is no date.
    arxiv, doi: what the format has as such. remarks: where else either may be.
    addresses: texts with web addresses in them, the page's first.
    """

    line: int
    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    dates: Mapping[str, PartialDate | None] = field(default_factory=dict)
    arxiv: str = ""
    doi: str = ""
    remarks: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    venue: str = ""
    categories: tuple[str, ...] = ()
    type: WorkType | None = None


def entry_of(item: Item, file: str) -> tuple[Entry, list[Problem]]:
    """The item's entry, and warnings about what of it cannot be read."""
    pages = _Addresses.of(item.addresses)
    arxiv = _only(_ONLY_ARXIV, item.arxiv) or _first(
        _ARXIV, (item.venue, item.doi, *item.remarks, *pages.all)
    )
    doi = _doi(item.doi) or _hidden_doi(item.remarks) or next(filter(None, map(_doi, pages.all)), None)
    published = best_date(item.dates.values())
    is_preprint = bool(_PREPRINTS.match(item.venue))
    is_own = item.type == "book" and item.venue == item.title  # the venue of what it contains
    venue = "" if is_preprint or is_own else " ".join(item.venue.split())
    entry = Entry(
        line=item.line,
        title=as_tex(item.title),
        abstract=as_tex(item.abstract) or None,
        authors=item.authors,
        author_count=item.author_count,
        published=published,
        arxiv=arxiv,
        doi=doi,
        openreview=next((url for url in pages.all if "openreview.net/" in url), None),
        url=pages.page,
        pdf=pages.pdf,
        links=pages.others,
        venue=venue or None,
        categories=tuple(dict.fromkeys(" ".join(each.split()) for each in item.categories if each.strip())),
        type="preprint" if is_preprint or (arxiv and not venue and item.type in _UNPUBLISHED) else item.type,
    )
    return entry, [
        Problem(Location(file, item.line), *words, "warning") for words in _warnings(item, entry, pages)
    ]


_UNPUBLISHED: Final = (None, "article", "misc", "report")
"""Types that programs give preprints for want of a better one."""


@dataclass(frozen=True, slots=True)
class _Addresses:
    """The addresses of an item, by what they lead to."""

    page: str | None
    pdf: str | None
    others: tuple[str, ...]
    all: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Addresses":
        found = links.find("\n".join(texts))
        good = tuple(each.url for each in found if each.link or not each.warning)
        page = next((url for url in good if not _is_pdf(url)), None)
        pdf = next((url for url in good if _is_pdf(url)), None)
        others = tuple(url for url in good if url not in {page, pdf} or links.kind(url) == "repository")
        refused = tuple((each.url, each.warning) for each in found if each.warning and not each.link)
        return cls(page, pdf, others, good, refused)


def _is_pdf(url: str) -> bool:
    return url.lower().endswith(".pdf") or "//arxiv.org/pdf/" in url or "openreview.net/pdf?" in url


def is_arxiv_id(text: str) -> bool:
    """Whether a text is an arXiv id, perhaps with its prefix."""
    return bool(_ONLY_ARXIV.fullmatch(text.strip()))


def _warnings(item: Item, entry: Entry, pages: _Addresses) -> Iterator[tuple[str, str]]:
    if item.dates and not entry.published:
        yield (
            f"“{_cut(next(iter(item.dates)))}” is no date; it stays unknown",
            "a date is “2024-07-02”, “2024-07” or “2024”",
        )
    if item.doi.strip() and not entry.doi:
        yield f"“{_cut(item.doi)}” is no DOI; left out", "a DOI is “10.1000/182”"
    if item.arxiv.strip() and not entry.arxiv:
        yield f"“{_cut(item.arxiv)}” is no arXiv id; left out", "an arXiv id is “2501.12340” or “cs/0112017”"
    for url, reason in pages.refused:
        yield f"the address {_cut(url)} {reason}; left out", "correct it in the document"


def _cut(text: str) -> str:
    said = " ".join(text.split())
    return f"{said[:_SHOWN]}…" if len(said) > _SHOWN else said


def _only(pattern: re.Pattern[str], text: str) -> str | None:
    found = pattern.fullmatch(" ".join(text.split()))
    return found[1] if found else _first(_ARXIV, (text,))


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> str | None:
    return next((found[1] for text in texts if (found := pattern.search(text))), None)


def _doi(text: str) -> str | None:
    """The DOI in a text that gives one, perhaps as an address."""
    found = _DOI.search(text)
    return unquote(found[0]).rstrip(".,;") if found else None


def _hidden_doi(texts: Iterable[str]) -> str | None:
    """The DOI that is all that a text says."""
    found = (_ONLY_DOI.fullmatch(text.strip()) for text in texts)
    return next((each[1] for each in found if each), None)
