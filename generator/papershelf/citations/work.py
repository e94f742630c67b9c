"""The facts that a citation has in every format."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from papershelf import text
from papershelf.core.model import Paper
from papershelf.text import people
from papershelf.text.people import PersonName

WorkKind = Literal["article", "conference", "other"]

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
    """The facts of a citation. All texts are single lines; "" or None if unknown.

    year: the venue's year if it names one, else the year of publication.
    month, day: of the publication, if they are known and it was in `year`.
    link: where the work can be read.
    more_authors: whether `authors` are only the first of them.
    remark: how many authors are not named, if any.
    """

    kind: WorkKind
    title: str
    authors: tuple[PersonName, ...]
    more_authors: bool
    remark: str
    year: int | None
    month: int | None
    day: int | None
    venue: str
    link: str
    withdrawn: bool


@lru_cache(maxsize=1 << 10)
def _kind_of_venue(venue: str) -> WorkKind:
    if not venue or _PREPRINT.search(venue):
        return "other"
    if _JOURNAL.search(venue):
        return "article"
    return "conference" if _CONFERENCE.search(venue) else "other"


def work(paper: Paper) -> Work:
    """The facts for citing a paper."""
    venue = text.plain(paper.venue) if paper.venue else ""
    day, year = paper.published, cited_year(paper)
    exact = day is not None and day.year == year
    names = tuple(name for each in paper.authors if (name := people.parts(each)).family)
    return Work(
        kind=_kind_of_venue(venue),
        title=text.plain(paper.title),
        authors=names,
        more_authors=paper.more_authors,
        remark=_authors_not_named(paper, len(names)),
        year=year,
        month=(day.month or None) if day and exact else None,
        day=(day.day or None) if day and exact else None,
        venue=venue,
        link=_where_to_read(paper),
        withdrawn=paper.withdrawn is not None,
    )


def _authors_not_named(paper: Paper, named: int) -> str:
    if named and not paper.more_authors:
        return ""
    missing = (paper.author_count or 0) - named
    return f"Authors not named: {missing}" if missing > 0 else ""


def cited_year(paper: Paper) -> int | None:
    """The year in the venue ("ICML 2024"), else the year of publication."""
    if paper.venue and (found := _YEAR.findall(paper.venue)):
        return int(found[-1])
    return paper.published.year if paper.published else None


def _where_to_read(paper: Paper) -> str:
    return paper.url or paper.arxiv_page or paper.openreview_page or paper.pdf or ""
