"""The archive's other pages: one for each year and month that has papers, and for papers without a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.pages.archive import Months, by_month, month_abbreviations, months_of_year, years_of
from papershelf.views import charts
from papershelf.views.charts import Chart
from papershelf.views.components import Anchor, PageRef, card, page_link
from papershelf.views.context import Labels, Page, PageOutput, SiteContext
from papershelf.views.paper_list import (
    ListHeader,
    PaperList,
    Section,
    list_pages,
    month_heading,
    neighbours,
    sections,
)


@dataclass(frozen=True, slots=True)
class YearView:
    """A year: its months, and its papers if they fit on a page."""

    title: str
    count: str
    up: Anchor
    near: tuple[Anchor, ...]
    chart: Chart
    months: tuple[Anchor, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class YearInputs:
    """The inputs of the page of a year: the number of papers of each month from January, and its papers.

    year_alone: the number of papers of which no month is known.
    papers: empty if they do not fit on a page. new: the ids of those that are new.
    """

    year: PartialDate
    counts: tuple[int, ...]
    year_alone: int
    near: tuple[PageRef, ...]
    papers: tuple[Paper, ...]
    new: tuple[str, ...]


def periods(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of every year and month that has papers, and of the papers without a date."""
    months = by_month(context.library.papers.values())
    yield from _year_outputs(context, months)
    for shown in _month_lists(context, months):
        yield from list_pages(context, shown)
    undated = tuple(paper for paper in context.library.papers.values() if paper.published is None)
    if undated:
        words = context.words
        header = ListHeader(words.undated, up=(words.archive, urls.ARCHIVE), intro=words.undated_intro)
        yield from list_pages(context, PaperList(urls.UNDATED, header, undated))


def _year_outputs(context: SiteContext, months: Months) -> Iterator[PageOutput]:
    years = years_of(months)
    links = [(str(year), urls.year(PartialDate(year))) for year in years]
    for at, year in enumerate(map(PartialDate, years)):
        counts = tuple(len(months.get(month, ())) for month in months_of_year(year.year))
        year_alone = len(months.get(year, ()))
        of_year = (papers for month, papers in months.items() if month.year == year.year)
        fits = sum(counts) + year_alone <= context.config.pages.size
        papers = tuple(chain.from_iterable(of_year)) if fits else ()
        near = neighbours(context.words, links, at)
        inputs = YearInputs(year, counts, year_alone, near, papers, context.new_of(papers))
        yield PageOutput(urls.year(year), _year_page, (context.labels, inputs))


def _year_page(labels: Labels, year: YearInputs) -> Page:
    words, page = labels.words, urls.year(year.year)
    bars = zip(month_abbreviations(words), year.counts, strict=True)
    names = (*words.months, words.month_of(year.year))
    periods = (*months_of_year(year.year.year), year.year)
    counted = tuple(zip(names, periods, (*year.counts, year.year_alone), strict=True))
    cards = [card(labels, page, paper, new=paper.id in year.new) for paper in year.papers]
    view = YearView(
        title=words.papers_of_year.format(year=year.year),
        count=words.papers.of(sum(year.counts) + year.year_alone),
        up=page_link(page, (words.archive, urls.ARCHIVE)),
        near=tuple(page_link(page, other) for other in year.near),
        chart=charts.bars([*bars], words.papers_per_month),
        months=tuple(
            page_link(page, (words.with_count(name, papers), urls.month(month)))
            for name, month, papers in counted
            if papers
        ),
        sections=sections([month_heading(words, paper) for paper in year.papers], cards),
    )
    return Page(page, "year.md", view.title, f"{view.title}: {view.count}.", view)


def _month_lists(context: SiteContext, months: Months) -> Iterator[PaperList]:
    words = context.words
    links = [(words.month_of(month), urls.month(month)) for month in months]
    for at, (month, papers) in enumerate(months.items()):
        header = ListHeader(
            words.papers_of_month.format(month=words.month_of(month)),
            up=(str(month.year), urls.year(month)),
            near=neighbours(words, links, at),
        )
        yield PaperList(urls.month(month), header, tuple(papers))
