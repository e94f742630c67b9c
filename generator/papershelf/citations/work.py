"""A paper as it is cited, whatever the format."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from papershelf import text
from papershelf.citations.names import Name, split
from papershelf.core.model import Paper

Kind = Literal["article", "conference", "other"]

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PREPRINT: Final = re.compile(
    r"\b(?:arxiv|corr|preprint|biorxiv|medrxiv|submitted|under review|rejected|withdrawn)\b", re.IGNORECASE
)
_JOURNAL: Final = re.compile(
    r"\b(?:journal|transactions|letters|reviews?|magazine|annals|quarterly|nature|science|tmlr|jmlr|tpami|ijcv"
    r"|tacl|plos|acta|proceedings of the (?:national academy|ieee|vldb endowment))\b",
    re.IGNORECASE,
)
_CONFERENCE: Final = re.compile(
    r"\b(?i:conference|proceedings|symposium|workshops?|meeting|congress|colloquium|advances in)\b"
    r"|\b(?:\d?[A-Z][A-Za-z]*[A-Z][A-Za-z]*|Interspeech|RecSys|MobiCom|Coling)\b.{0,40}\b(?:19|20)?\d\d\b"
)


@dataclass(frozen=True, slots=True)
class Work:
    """What every format says of a paper; what is not known is "" or None. All texts are one line each.

    year: the venue's where it names one, else that of the publication. month, day: only if they are of it.
    link: where the work can be read.
    remark: how many authors it has, if only that is known.
    """

    kind: Kind
    title: str
    authors: tuple[Name, ...]
    remark: str
    year: int | None
    month: int | None
    day: int | None
    venue: str
    link: str
    withdrawn: bool


@lru_cache(maxsize=1 << 10)
def _kind(venue: str) -> Kind:
    if not venue or _PREPRINT.search(venue):
        return "other"
    if _JOURNAL.search(venue):
        return "article"
    return "conference" if _CONFERENCE.search(venue) else "other"


def work(paper: Paper) -> Work:
    """What there is to say of a paper."""
    venue = text.plain(paper.venue) if paper.venue else ""
    day, year = paper.published, cited_year(paper)
    exact = day is not None and day.year == year
    names = tuple(split(name) for each in paper.authors if (name := text.plain(each)))
    return Work(
        kind=_kind(venue),
        title=text.plain(paper.title),
        authors=names,
        remark=f"Authors not named: {paper.author_count}" if paper.author_count and not names else "",
        year=year,
        month=day.month if day and exact else None,
        day=day.day if day and exact else None,
        venue=venue,
        link=_link(paper),
        withdrawn=paper.withdrawn is not None,
    )


def cited_year(paper: Paper) -> int | None:
    """The year that a venue names ("ICML 2024"), else the year of publication."""
    if paper.venue and (found := _YEAR.findall(paper.venue)):
        return int(found[-1])
    return paper.published.year if paper.published else None


def _link(paper: Paper) -> str:
    return paper.url or paper.arxiv_page or paper.openreview_page or paper.pdf or ""
