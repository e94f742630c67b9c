"""What DBLP writes in its own way, in XML and JSON alike: names, titles, venues, addresses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from papershelf.core.model import WorkType
from papershelf.sources.parsed import Entry
from papershelf.sources.values import arxiv_id, partial_date

_NUMBER: Final = re.compile(r" [0-9]{4}$")
_PART: Final = re.compile(r" \([0-9]{1,3}\)$")
_DOI: Final = re.compile(r"^https?://(?:dx\.)?doi\.org/(?P<doi>10\..+)$", re.IGNORECASE)
_FORUM: Final = re.compile(r"openreview\.net/forum\?id=(?P<id>[\w-]+)")
_ANTHOLOGY: Final = "aclanthology.org/"
_COMPUTING_REPOSITORY: Final = "CoRR"


def name(written: str) -> str:
    """A person's name without the number that tells namesakes apart."""
    return _NUMBER.sub("", written.strip())


def title(written: str) -> str:
    """A title without the full stop that DBLP puts behind every one."""
    plain = written.strip()
    return plain[:-1] if plain.endswith(".") and not plain.endswith("..") else plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication as DBLP has it; `venue` is the journal or the short name of the conference."""

    line: int
    title: str
    names: Sequence[str]
    year: str
    venue: str
    volume: str
    addresses: Sequence[str]
    doi: str = ""
    type: WorkType | None = None


def entry(found: Publication) -> Entry:
    """The entry of a publication."""
    is_preprint = found.venue == _COMPUTING_REPOSITORY
    number = [f"arxiv.org/abs/{found.volume.removeprefix('abs/')}"] if is_preprint else []
    dois = (match["doi"] for place in found.addresses if (match := _DOI.match(place)))
    forums = (match["id"] for place in found.addresses if (match := _FORUM.search(place)))
    arxiv = arxiv_id([*found.addresses, *number])
    doi, forum = found.doi or next(dois, None), next(forums, None)
    anthology = [place for place in found.addresses if _ANTHOLOGY in place]
    pages = anthology or ([] if doi or arxiv or forum else found.addresses)
    return Entry(
        line=found.line,
        title=title(found.title),
        authors=tuple(filter(None, map(name, found.names))),
        published=partial_date(found.year),
        arxiv=arxiv,
        doi=doi,
        openreview=forum,
        url=next(iter(pages), None),
        venue=None if is_preprint else _PART.sub("", found.venue) or None,
        type="preprint" if is_preprint else found.type,
    )
