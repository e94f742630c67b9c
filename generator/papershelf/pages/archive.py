"""The archive: a calendar of all years, a page for each year and month, and the papers without a date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from typing import Final

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.views import charts
from papershelf.views.charts import Chart
from papershelf.views.components import Anchor, Counted, card
from papershelf.views.context import Labels, Page, PageOutput, SiteContext
from papershelf.views.pagination import PaperList, Section, anchor, list_pages, month_of, neighbours, sections
from papershelf.views.words import Words

SHADES: Final = 4
SHORT: Final = 3
Months = Mapping[date, Sequence[Paper]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of the calendar: `shade` is "1" to `SHADES` by the number of papers; no link without any."""

    papers: str
    links: tuple[Anchor, ...] = ()
    shade: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A year of the calendar with its twelve months, and the number of its papers."""

    year: Anchor
    cells: tuple[Cell, ...]
    papers: str


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """The calendar, newest year first, and the papers without a date if there are any."""

    title: str
    intro: str
    months: tuple[str, ...]
    rows: tuple[Row, ...]
    undated: tuple[Counted, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """A year: its months, and its papers where they fill no more than a page."""

    title: str
    count: str
    up: Anchor
    near: tuple[Anchor, ...]
    chart: Chart
    months: tuple[Anchor, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """What the page of a year shows: the number of papers of each month from January; few papers, or none."""

    first: date
    counts: tuple[int, ...]
    near: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    new: tuple[str, ...]


def archive(context: SiteContext) -> Iterator[Page]:
    """The archive's first page."""
    words, undated = context.words, _undated(context)
    months = by_month(context.library.papers.values())
    most = max(map(len, months.values()), default=0)
    inferred = sum(paper.published_inferred for paper in context.library.papers.values())
    view = ArchiveView(
        title=words.archive,
        intro=words.archive_intro,
        months=tuple(_short(words, date(1, month, 1)) for month in range(1, 13)),
        rows=tuple(_row(words, year, months, most) for year in _years(months)),
        undated=(_counted(words, urls.ARCHIVE, words.undated, urls.UNDATED, len(undated)),)
        if undated
        else (),
        notes=(words.inferred_papers.of(inferred),) if inferred else (),
    )
    yield Page(urls.ARCHIVE, "archive.md", words.archive, words.archive_intro, view)


def periods(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of every year and month that has papers, and of the papers without a date."""
    words = context.words
    months = by_month(context.library.papers.values())
    yield from _year_pages(context, months)
    links = [(words.month_of(month), urls.month(month)) for month in months]
    for at, (month, papers) in enumerate(months.items()):
        yield from list_pages(
            context,
            PaperList(
                path=urls.month(month),
                title=words.papers_of_month.format(month=words.month_of(month)),
                intro="",
                up=(str(month.year), urls.year(month)),
                papers=tuple(papers),
                heading=lambda _: "",
                near=neighbours(words, links, at),
            ),
        )
    undated = _undated(context)
    if undated:
        yield from list_pages(
            context,
            PaperList(
                path=urls.UNDATED,
                title=words.undated,
                intro=words.undated_intro,
                up=(words.archive, urls.ARCHIVE),
                papers=undated,
                heading=lambda _: "",
            ),
        )


def by_month(papers: Iterable[Paper]) -> Months:
    """The papers that have a date by the first day of their month, newest first."""
    dated = ((paper.published.replace(day=1), paper) for paper in papers if paper.published)
    return {month: [paper for _, paper in run] for month, run in groupby(dated, lambda item: item[0])}


def _year_pages(context: SiteContext, months: Months) -> Iterator[PageOutput]:
    years = _years(months)
    links = [(str(year), urls.year(date(year, 1, 1))) for year in years]
    for at, year in enumerate(years):
        counts = tuple(len(months.get(date(year, month, 1), ())) for month in range(1, 13))
        few = sum(counts) <= context.config.pages.size
        papers = tuple(p for month in months if few and month.year == year for p in months[month])
        shown = Year(
            date(year, 1, 1), counts, neighbours(context.words, links, at), papers, context.new_of(papers)
        )
        yield PageOutput(urls.year(shown.first), _year_page, (context.labels, shown))


def _year_page(labels: Labels, year: Year) -> Page:
    words, page = labels.words, urls.year(year.first)
    title, count = words.papers_of_year.format(year=year.first.year), words.papers.of(sum(year.counts))
    days = [year.first.replace(month=month) for month in range(1, 13)]
    named = [(_short(words, day), papers) for day, papers in zip(days, year.counts, strict=True)]
    cards = [card(labels, page, paper, new=paper.id in year.new) for paper in year.papers]
    view = YearView(
        title=title,
        count=count,
        up=anchor(page, (words.archive, urls.ARCHIVE)),
        near=tuple(anchor(page, other) for other in year.near),
        chart=charts.bars(named, words.papers_per_month),
        months=tuple(
            anchor(page, (words.with_count(words.months[day.month - 1], papers), urls.month(day)))
            for day, papers in zip(days, year.counts, strict=True)
            if papers
        ),
        sections=sections(zip(map(month_of(words), year.papers), cards, strict=True)),
    )
    return Page(page, "year.md", title, f"{title}: {count}.", view)


def _row(words: Words, year: int, months: Months, most: int) -> Row:
    days = [date(year, month, 1) for month in range(1, 13)]
    counts = [len(months.get(day, ())) for day in days]
    return Row(
        year=anchor(urls.ARCHIVE, (str(year), urls.year(days[0]))),
        cells=tuple(_cell(words, day, count, most) for day, count in zip(days, counts, strict=True)),
        papers=f"{sum(counts):,}",
    )


def _cell(words: Words, month: date, papers: int, most: int) -> Cell:
    if not papers:
        return Cell("")
    label = f"{words.month_of(month)}: {words.papers.of(papers)}"
    link = anchor(urls.ARCHIVE, (f"{papers:,}", urls.month(month)))
    return Cell(label, (link,), shade=str(ceil(SHADES * papers / most)))


def _short(words: Words, month: date) -> str:
    return words.months[month.month - 1][:SHORT]


def _counted(words: Words, page: str, name: str, path: str, papers: int) -> Counted:
    return Counted(anchor(page, (name, path)), words.papers.of(papers))


def _undated(context: SiteContext) -> tuple[Paper, ...]:
    return tuple(paper for paper in context.library.papers.values() if paper.published is None)


def _years(months: Months) -> list[int]:
    return list(dict.fromkeys(month.year for month in months))
