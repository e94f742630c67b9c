"""The facts that a citation has in every format."""

import re
from dataclasses import dataclass
from typing import Final

from papershelf import text
from papershelf.citations.type_names import TYPE_NAMES
from papershelf.citations.venues import work_type
from papershelf.core.model import Paper, WorkType
from papershelf.text import people
from papershelf.text.people import PersonName

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LAST_YEAR: Final = re.compile(r"[\s,(]*(?<!\d)(?:19|20)\d\d\)?$")
_GENRE: Final = re.compile(
    r"\b(?:(?:ph\.?\s?d\.?|doctoral|master\W?s?|m\.?\s?sc\.?|bachelor\W?s?|diploma)\s)?(?:thesis|dissertation)\b"
    r"|\b(?:technical|tech\.?|research|working|white) ?(?:report|paper)\b",
    re.IGNORECASE,
)
_PUBLISHED_BY: Final = frozenset({"book", "thesis", "report"})
_AROUND: Final = " ,;:.-\u2013\u2014()"


@dataclass(frozen=True, slots=True)
class Work:
    """The facts of a citation. All texts are single lines; "" or None if unknown.

    year: the venue's year if it names one, else the year of publication.
    month, day: of the publication, if they are known and it was in `year`.
    archive: which archive has a preprint.
    link: where the work can be read.
    more_authors: whether `authors` are only the first of them.
    genre: what the venue calls it, such as "PhD thesis", if it is a thesis or a report; the venue is then who
    took it, without that and without the year.
    remark: how many authors are not named, if any.
    """

    type: WorkType
    genre: str
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
    archive: str

    @property
    def publisher(self) -> str:
        """Who published it, "" if it is part of a larger publication."""
        return "" if TYPE_NAMES[self.type].contained else self.venue or self.archive


def work(paper: Paper) -> Work:
    """The facts for citing a paper."""
    said = text.plain(paper.venue) if paper.venue else ""
    sort = _sort(paper, said)
    genre, venue = _publisher(said) if sort in _PUBLISHED_BY else ("", said)
    genre = genre or ("Thesis" if sort == "thesis" else "")
    day, year = paper.published, cited_year(paper)
    exact = day is not None and day.year == year
    names = tuple(name for each in paper.authors if (name := people.parts(each)).family)
    return Work(
        type=sort,
        genre=genre,
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
        archive="arXiv" if paper.arxiv and sort == "preprint" else "",
    )


def _authors_not_named(paper: Paper, named: int) -> str:
    if named and not paper.more_authors:
        return ""
    missing = (paper.author_count or 0) - named
    return f"Authors not named: {missing}" if missing > 0 else ""


def _sort(paper: Paper, venue: str) -> WorkType:
    """As it is said or as its venue tells; a venue that publishes works makes a preprint more than that."""
    told = work_type(venue)
    if paper.type and not (paper.type == "preprint" and told):
        return paper.type
    return told or ("preprint" if paper.type or (paper.arxiv and not venue) else "misc")


def _publisher(venue: str) -> tuple[str, str]:
    """The genre and the publisher in "PhD thesis, University of Tea 2015", each "" if it is not said."""
    found = _GENRE.search(venue)
    genre = found[0] if found else ""
    return genre, _LAST_YEAR.sub("", venue.replace(genre, "", 1)).strip(_AROUND)


def cited_year(paper: Paper) -> int | None:
    """The year in the venue ("ICML 2024"), else the year of publication."""
    if paper.venue and (found := _YEAR.findall(paper.venue)):
        return int(found[-1])
    return paper.published.year if paper.published else None


def _where_to_read(paper: Paper) -> str:
    return paper.url or paper.arxiv_page or paper.openreview_page or paper.pdf or ""
