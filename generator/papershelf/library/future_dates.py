"""Dates of publication that are later than all that the content knows of: most likely slips of a digit."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from papershelf.core import arxiv_ids
from papershelf.core.model import Listing, Paper
from papershelf.core.problems import Location, Problem

AHEAD: Final = timedelta(days=366)  # issues are dated ahead, and papers added by hand after the last import


def problems(listings: Iterable[Listing], papers: Iterable[Paper]) -> Iterator[Problem]:
    """A warning for each date more than `AHEAD` of the newest capture and the newest arXiv id.

    There is none where neither is known: builds have no clock.
    """
    papers = tuple(papers)
    captured = (listing.captured for listing in listings)
    newest = max((*filter(None, captured), *_arxiv_months(papers)), default=date.max - AHEAD)
    for paper in papers:
        if paper.published and paper.published.first_day > newest + AHEAD:
            at = paper.origin.get("published", Location("content/papers"))
            message = f"published: '{paper.published}' is long after all that is known here, up to {newest}"
            yield Problem(at, message, _cure(at), "warning")


def _arxiv_months(papers: Iterable[Paper]) -> Iterator[date]:
    return (arxiv_ids.month(paper.arxiv).first_day for paper in papers if paper.arxiv)


def _cure(at: Location) -> str:
    if at.file.startswith("content/curation/"):
        return "correct the date"
    return "correct it in the document and import that again, or write `published` in content/curation"
