"""The papers that are discussed most."""

from collections.abc import Iterator
from math import log2
from typing import Final

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.paper_list import ListHeader, PaperList, list_pages

HALF_LIFE: Final = 182  # days


def discussed(context: SiteContext) -> Iterator[PageOutput]:
    """The page of the most discussed papers, if there are any."""
    words, papers = context.words, most_discussed(context)
    if papers:
        header = ListHeader(words.discussed, up=(words.home, urls.HOME), intro=words.discussed_intro)
        shown = papers[: context.config.pages.size]
        yield from list_pages(context, PaperList(urls.DISCUSSED, header, shown, numbered=True))


def most_discussed(context: SiteContext) -> tuple[Paper, ...]:
    """The papers with comments, most discussed first, those without date last.

    A comment's weight halves with every `HALF_LIFE` days of its paper's age. The order of two papers is then
    the same on every day, so no clock is needed.
    """
    papers = [paper for paper in context.library.papers.values() if paper.comments]
    return tuple(sorted(papers, key=_weight, reverse=True))


def _weight(paper: Paper) -> tuple[bool, float, int]:
    """A key to sort by: the logarithm of the comments' weight, without the term that depends on today."""
    age = paper.published.first_day.toordinal() / HALF_LIFE if paper.published else 0.0
    return paper.published is not None, log2(paper.comments or 1) + age, paper.comments or 0
