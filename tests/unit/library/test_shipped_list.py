"""The list that ships: every paper opens with one click and names its authors."""

from papershelf.core.project import Project
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.check import Checked, check
from support.project import ROOT


def test_every_paper_opens_names_its_authors_and_has_a_date() -> None:
    checked = check(Project(ROOT), Cache.in_memory(), Workers.serial)
    assert isinstance(checked, Checked)
    assert checked.problems == ()
    papers = checked.library.papers.values()
    assert len(papers) == 299
    assert all(paper.arxiv_page and paper.authors and paper.published for paper in papers)
    assert {listing.role for listing in checked.library.listings} == {"edition"}
    of_month = [paper for paper in papers if paper.published and paper.published.precision == "month"]
    assert all(paper.published_inferred for paper in of_month)
    assert len(of_month) > 100
