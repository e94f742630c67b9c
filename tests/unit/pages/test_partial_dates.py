"""Papers of which a year or a month is known are on the pages of both, in words, and nowhere lost."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf import pages
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.core.partial_date import PartialDate
from papershelf.pages.archive import ArchiveView
from papershelf.pages.browse import BrowseView
from papershelf.pages.paper import PaperView
from papershelf.pages.periods import YearView
from papershelf.pages.stats import StatsView
from papershelf.render import templates
from papershelf.views.context import Page
from papershelf.views.paper_list import PaperListView
from support import fabricated
from support.fabricated import BARE, CONFIG
from support.project import ROOT
from support.strategies import partial_dates

WORDS = templates.load_words(ROOT / "templates")
YEAR, MONTH, DAY = PartialDate(2023), PartialDate(2023, 5), PartialDate(2023, 5, 12)
ALONE = "2023, month not known"
BY_ARXIV = replace(BARE, arxiv="2305.00001", published=MONTH, published_inferred=True)


def dated(*days: PartialDate | None) -> list[Paper]:
    """A paper of each date, in this order."""
    return [
        replace(BARE, id=f"tea-{n}", title=f"Tea {n}", published=day) for n, day in enumerate(days, start=1)
    ]


def planned(papers: Sequence[Paper], size: int = 5) -> dict[str, Page]:
    config = CONFIG.model_copy(update={"pages": CONFIG.pages.model_copy(update={"size": size})})
    return {output.path: output.content() for output in pages.plan(fabricated.context(WORDS, papers, config))}


def shown(view: PaperListView | YearView) -> list[tuple[str, list[str]]]:
    return [(each.heading, [card.title.text for card in each.cards]) for each in view.sections]


@pytest.mark.parametrize(
    ("day", "words", "iso"),
    [(YEAR, "2023", "2023"), (MONTH, "May 2023", "2023-05"), (DAY, "12 May 2023", "2023-05-12")],
)
def test_a_date_is_said_as_far_as_it_is_known(day: PartialDate, words: str, iso: str) -> None:
    view = planned(dated(day))["papers/tea-1/index.md"].view
    assert isinstance(view, PaperView)
    assert (view.published.words, view.published.iso, view.published.inferred) == (words, iso, "")


def test_a_page_says_that_a_date_is_that_of_the_arxiv_id() -> None:
    view = planned([BY_ARXIV])[urls.paper(BARE.id)].view
    assert isinstance(view, PaperView)
    assert (view.published.words, view.published.inferred) == ("May 2023", WORDS.arxiv_dated)
    assert view.published.why == WORDS.arxiv_dated_why


def test_a_year_shows_its_papers_without_a_month_after_its_months() -> None:
    view = planned(dated(DAY, MONTH, YEAR))["archive/2023/index.md"].view
    assert isinstance(view, YearView)
    assert view.count == "3 papers"
    assert shown(view) == [("May 2023", ["Tea 1", "Tea 2"]), (ALONE, ["Tea 3"])]
    assert [(link.text, link.href) for link in view.months] == [
        ("May (2)", "05/index.md"),
        (f"{ALONE} (1)", "month-unknown/index.md"),
    ]


def test_a_month_holds_only_papers_whose_month_is_known_and_leads_to_the_others() -> None:
    made = planned(dated(DAY, MONTH, YEAR, PartialDate(2022, 12)))
    month, alone = made["archive/2023/05/index.md"].view, made["archive/2023/month-unknown/index.md"].view
    assert isinstance(month, PaperListView)
    assert isinstance(alone, PaperListView)
    assert shown(month) == [("", ["Tea 1", "Tea 2"])]
    assert [link.text for link in month.near] == [f"Older: {ALONE}"]
    assert (alone.title, shown(alone)) == (f"Papers of {ALONE}", [("", ["Tea 3"])])
    assert [link.text for link in alone.near] == ["Newer: May 2023", "Older: December 2022"]


def test_the_calendar_counts_years_whose_months_are_not_known() -> None:
    view = planned(dated(PartialDate(2024, 1), YEAR, YEAR))[urls.ARCHIVE].view
    assert isinstance(view, ArchiveView)
    assert [(row.year.text, row.papers) for row in view.rows] == [("2024", "1"), ("2023", "2")]
    assert [cell.shade for row in view.rows for cell in row.cells if cell.links] == ["4"]


@given(st.lists(st.none() | partial_dates(2020, 2023), max_size=12), st.integers(1, 4))
def test_every_paper_is_on_a_page_of_the_archive(days: list[PartialDate | None], size: int) -> None:
    newest_first = sorted(filter(None, days), key=lambda day: (-day.year, -day.month, -day.day))
    papers = dated(*newest_first, *(day for day in days if day is None))
    views = [page.view for path, page in planned(papers, size).items() if path.startswith("archive/")]
    lists = [view for view in views if isinstance(view, PaperListView)]
    found = [card.title.text for view in lists for section in view.sections for card in section.cards]
    assert sorted(found) == sorted(paper.title for paper in papers)


def test_the_facet_of_dates_has_years_of_no_known_month() -> None:
    view = planned(dated(PartialDate(2024), DAY, MONTH, YEAR, None))[urls.BROWSE].view
    assert isinstance(view, BrowseView)
    (facet,) = (facet for facet in view.facets if facet.name == "date")
    assert [(option.value, option.text) for option in facet.options] == [
        *(("2024", "2024"), ("2023", "2023"), ("2023-05", "May"), ("undated", WORDS.undated)),
    ]


def test_figures_say_which_dates_are_in_no_chart_of_months_and_which_are_of_arxiv_ids() -> None:
    view = planned([dated(DAY)[0], BY_ARXIV, replace(BARE, id="tea-2", published=YEAR)])[urls.STATS].view
    assert isinstance(view, StatsView)
    assert view.figures[0].rows == (("May 2023", "2"),)
    assert view.figures[1].rows == (("2023", "3", "0", "0%"),)
    assert view.notes == (WORDS.year_alone_papers.one, WORDS.arxiv_dated_papers.one)


def test_without_any_month_there_is_no_chart_of_months() -> None:
    view = planned(dated(YEAR, PartialDate(2022)))[urls.STATS].view
    assert isinstance(view, StatsView)
    assert [figure.heading for figure in view.figures] == [WORDS.with_code]
    assert view.notes == (WORDS.year_alone_papers.other.format(n=2),)
