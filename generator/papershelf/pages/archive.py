"""The archive's first page: a calendar of all years and months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from typing import Final, TypeAlias

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.views.components import Anchor, CountedLink, page_link
from papershelf.views.context import Page, SiteContext
from papershelf.views.words import Words

SHADES: Final = 4
ABBREVIATION: Final = 3  # letters of a month's name
Months: TypeAlias = Mapping[date, Sequence[Paper]]
"""Papers by the first day of their month, newest first."""


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
    inferred = sum(paper.published_inferred for paper in papers)
    view = ArchiveView(
        title=words.archive,
        intro=words.archive_intro,
        months=tuple(month_abbreviation(words, month) for month in months_of_year(1)),
        rows=tuple(_calendar(words, months)),
        undated=tuple(_undated_link(words, papers)),
        notes=(words.inferred_papers.of(inferred),) if inferred else (),
    )
    yield Page(urls.ARCHIVE, "archive.md", view.title, view.intro, view)


def by_month(papers: Iterable[Paper]) -> Months:
    """The papers that have a date, by month; they are given newest first."""
    dated = ((paper.published.replace(day=1), paper) for paper in papers if paper.published)
    return {month: [paper for _, paper in run] for month, run in groupby(dated, lambda it: it[0])}


def years_of(months: Months) -> list[int]:
    """The years that have papers, newest first."""
    return list(dict.fromkeys(month.year for month in months))


def months_of_year(year: int) -> list[date]:
    """The first day of each month of a year."""
    return [date(year, month, 1) for month in range(1, 13)]


def month_abbreviation(words: Words, month: date) -> str:
    """The name of a month in short, without its year."""
    return words.months[month.month - 1][:ABBREVIATION]


def _calendar(words: Words, months: Months) -> Iterator[YearRow]:
    most = max(map(len, months.values()), default=0)
    for year in years_of(months):
        counts = {month: len(months.get(month, ())) for month in months_of_year(year)}
        yield YearRow(
            year=page_link(urls.ARCHIVE, (str(year), urls.year(date(year, 1, 1)))),
            cells=tuple(_month_cell(words, month, papers, most) for month, papers in counts.items()),
            papers=f"{sum(counts.values()):,}",
        )


def _month_cell(words: Words, month: date, papers: int, most: int) -> MonthCell:
    if not papers:
        return MonthCell("")
    label = f"{words.month_of(month)}: {words.papers.of(papers)}"
    link = page_link(urls.ARCHIVE, (f"{papers:,}", urls.month(month)))
    return MonthCell(label, (link,), shade=str(ceil(SHADES * papers / most)))


def _undated_link(words: Words, papers: Iterable[Paper]) -> Iterator[CountedLink]:
    if undated := sum(paper.published is None for paper in papers):
        yield CountedLink(page_link(urls.ARCHIVE, (words.undated, urls.UNDATED)), words.papers.of(undated))
