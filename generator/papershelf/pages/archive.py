"""The archive's first page: a calendar of all years and months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from operator import itemgetter
from typing import Final, TypeAlias

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.views.components import Anchor, CountedLink, page_link
from papershelf.views.context import Page, SiteContext
from papershelf.views.words import Words

SHADES: Final = 4
ABBREVIATION: Final = 3  # letters of a month's name
MONTHS: Final = 12
Months: TypeAlias = Mapping[PartialDate, Sequence[Paper]]
"""Papers by their month, newest first; those of which only the year is known by that, after its months."""


@dataclass(frozen=True, slots=True)
class MonthCell:
    """A month of the calendar: `shade` is "1" to `SHADES` by the number of papers; no link without any."""

    papers: str
    links: tuple[Anchor, ...] = ()
    shade: str = ""


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the calendar with its twelve months, and the number of its papers."""

    year: Anchor
    cells: tuple[MonthCell, ...]
    papers: str


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """The calendar, newest year first, and the papers without a date if there are any."""

    title: str
    intro: str
    months: tuple[str, ...]
    rows: tuple[YearRow, ...]
    undated: tuple[CountedLink, ...]
    notes: tuple[str, ...]


def archive(context: SiteContext) -> Iterator[Page]:
    """The archive's first page."""
    words, papers = context.words, context.library.papers.values()
    months = by_month(papers)
    view = ArchiveView(
        title=words.archive,
        intro=words.archive_intro,
        months=month_abbreviations(words),
        rows=tuple(_calendar(words, months)),
        undated=tuple(_undated_link(words, papers)),
        notes=tuple(inferred_dates(words, papers)),
    )
    yield Page(urls.ARCHIVE, "archive.md", view.title, view.intro, view)


def by_month(papers: Iterable[Paper]) -> Months:
    """The papers that have a date, by month; they are given newest first."""
    dated = (((day.year, day.month), paper) for paper in papers if (day := paper.published))
    runs = groupby(dated, itemgetter(0))
    return {PartialDate(*month): [paper for _, paper in run] for month, run in runs}


def inferred_dates(words: Words, papers: Iterable[Paper]) -> Iterator[str]:
    """How many dates were worked out, and from what."""
    inferred = [paper for paper in papers if paper.published_inferred]
    by_arxiv = sum(paper.is_dated_by_arxiv for paper in inferred)
    if len(inferred) > by_arxiv:
        yield words.inferred_papers.of(len(inferred) - by_arxiv)
    if by_arxiv:
        yield words.arxiv_dated_papers.of(by_arxiv)


def years_of(months: Months) -> list[int]:
    """The years that have papers, newest first."""
    return list(dict.fromkeys(month.year for month in months))


def months_of_year(year: int) -> list[PartialDate]:
    """The months of a year."""
    return [PartialDate(year, month) for month in range(1, MONTHS + 1)]


def month_abbreviations(words: Words) -> tuple[str, ...]:
    """The names of the months in short."""
    return tuple(name[:ABBREVIATION] for name in words.months)


def _calendar(words: Words, months: Months) -> Iterator[YearRow]:
    most = max((len(papers) for month, papers in months.items() if month.month), default=0)
    for year in years_of(months):
        counts = {month: len(months.get(month, ())) for month in months_of_year(year)}
        of_year = sum(counts.values()) + len(months.get(PartialDate(year), ()))
        yield YearRow(
            year=page_link(urls.ARCHIVE, (str(year), urls.year(PartialDate(year)))),
            cells=tuple(_month_cell(words, month, papers, most) for month, papers in counts.items()),
            papers=f"{of_year:,}",
        )


def _month_cell(words: Words, month: PartialDate, papers: int, most: int) -> MonthCell:
    if not papers:
        return MonthCell("")
    label = f"{words.month_of(month)}: {words.papers.of(papers)}"
    link = page_link(urls.ARCHIVE, (f"{papers:,}", urls.month(month)))
    return MonthCell(label, (link,), shade=str(ceil(SHADES * papers / most)))


def _undated_link(words: Words, papers: Iterable[Paper]) -> Iterator[CountedLink]:
    if undated := sum(paper.published is None for paper in papers):
        yield CountedLink(page_link(urls.ARCHIVE, (words.undated, urls.UNDATED)), words.papers.of(undated))
