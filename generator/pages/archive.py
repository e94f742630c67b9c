"""The archive: all papers by year and month of publication, and those without a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator import urls
from generator.model import Paper
from generator.pages.lists import PaperList, anchor, beside, list_pages, month_of
from generator.pages.page import Draft, Page, Shelf
from generator.pages.parts import Counted


@dataclass(frozen=True, slots=True)
class Year:
    """A year and its months that have papers, newest first."""

    year: Counted
    months: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class ArchiveView:
    """All years, and the papers without a date if there are any."""

    title: str
    intro: str
    years: tuple[Year, ...]
    undated: tuple[Counted, ...]


def archive(shelf: Shelf) -> Iterator[Page]:
    """The archive's first page."""
    words = shelf.words
    undated = _undated(shelf)
    view = ArchiveView(
        title=words.archive,
        intro=words.archive_intro,
        years=tuple(
            Year(
                _counted(shelf, str(year), urls.year(papers[0][0]), len(papers)),
                tuple(
                    _counted(shelf, words.months[day.month - 1], urls.month(day), len(run))
                    for day, run in _by_month(papers)
                ),
            )
            for year, papers in _by_year(shelf)
        ),
        undated=(_counted(shelf, words.undated, urls.UNDATED, len(undated)),) if undated else (),
    )
    yield Page(urls.ARCHIVE, "archive.md", words.archive, words.archive_intro, view)


def periods(shelf: Shelf) -> Iterator[Draft]:
    """The pages of every year and month that has papers, and of the papers without a date."""
    words = shelf.words
    for year, papers in _by_year(shelf):
        months = list(_by_month(papers))
        yield from list_pages(
            shelf,
            PaperList(
                path=urls.year(papers[0][0]),
                title=words.papers_of_year.format(year=year),
                intro="",
                up=(words.archive, urls.ARCHIVE),
                papers=tuple(paper for _, paper in papers),
                heading=month_of(words),
                near=tuple((words.months[day.month - 1], urls.month(day)) for day, _ in months),
            ),
        )
    yield from _months(shelf)
    undated = _undated(shelf)
    if undated:
        yield from list_pages(
            shelf,
            PaperList(
                path=urls.UNDATED,
                title=words.undated,
                intro=words.undated_intro,
                up=(words.archive, urls.ARCHIVE),
                papers=undated,
                heading=lambda _: "",
            ),
        )


def _months(shelf: Shelf) -> Iterator[Draft]:
    words = shelf.words
    months = list(_by_month(_dated(shelf)))
    links = [(words.month_of(day), urls.month(day)) for day, _ in months]
    for at, (day, papers) in enumerate(months):
        yield from list_pages(
            shelf,
            PaperList(
                path=urls.month(day),
                title=words.papers_of_month.format(month=words.month_of(day)),
                intro="",
                up=(str(day.year), urls.year(day)),
                papers=tuple(papers),
                heading=lambda _: "",
                near=beside(words, links, at),
            ),
        )


def _counted(shelf: Shelf, name: str, path: str, papers: int) -> Counted:
    return Counted(anchor(urls.ARCHIVE, (name, path)), shelf.words.papers.of(papers))


def _dated(shelf: Shelf) -> list[tuple[date, Paper]]:
    return [(paper.published, paper) for paper in shelf.library.papers.values() if paper.published]


def _undated(shelf: Shelf) -> tuple[Paper, ...]:
    return tuple(paper for paper in shelf.library.papers.values() if paper.published is None)


def _by_year(shelf: Shelf) -> Iterator[tuple[int, list[tuple[date, Paper]]]]:
    runs = groupby(_dated(shelf), lambda item: item[0].year)
    return ((year, list(run)) for year, run in runs)


def _by_month(papers: list[tuple[date, Paper]]) -> Iterator[tuple[date, list[Paper]]]:
    runs = groupby(papers, lambda item: item[0].replace(day=1))
    return ((day, [paper for _, paper in run]) for day, run in runs)
