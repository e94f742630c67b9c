"""The papers that are discussed most."""

from collections.abc import Iterator
from math import log2
from typing import Final

from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.pagination import PaperList, list_pages

HALF_LIFE: Final = 182


def discussed(context: SiteContext) -> Iterator[PageOutput]:
    """The page of the most discussed papers, where there are any."""
    words = context.words
    papers = most_discussed(context)
    if papers:
        shown = PaperList(
            path=urls.DISCUSSED,
            title=words.discussed,
            intro=words.discussed_intro,
            up=(words.home, urls.HOME),
            papers=papers[: context.config.pages.size],
            heading=lambda _: "",
            numbered=True,
        )
        yield from list_pages(context, shown)


def most_discussed(context: SiteContext) -> tuple[Paper, ...]:
    """The papers with comments, most discussed first, those without date last.

    A comment counts half for every `HALF_LIFE` days of its paper's age. The order of two papers is then the
    same on every day, so no clock is needed.
    """
    papers = [paper for paper in context.library.papers.values() if paper.comments]
    return tuple(sorted(papers, key=_weight, reverse=True))


def _weight(paper: Paper) -> tuple[bool, float, int]:
    """With the logarithm of what its comments count, today's share left out."""
    age = paper.published.toordinal() / HALF_LIFE if paper.published else 0.0
    return paper.published is not None, log2(paper.comments or 1) + age, paper.comments or 0
