"""All pages: each kind is one file here, one template, and one line in `KINDS`."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from papershelf.core import urls
from papershelf.pages.archive import archive, periods
from papershelf.pages.browse import browse
from papershelf.pages.code import code
from papershelf.pages.collection import collection
from papershelf.pages.collections import collections
from papershelf.pages.digests import digests
from papershelf.pages.discussed import discussed
from papershelf.pages.edition import edition
from papershelf.pages.editions import editions
from papershelf.pages.free import free
from papershelf.pages.home import home
from papershelf.pages.paper import paper
from papershelf.pages.stats import stats
from papershelf.pages.topic import topic
from papershelf.pages.topics import topics
from papershelf.views.context import Page, PageOutput, SiteContext
from papershelf.views.words import Words

__all__ = ["KINDS", "navigation", "overviews", "paper", "plan"]

Kind: TypeAlias = Callable[[SiteContext], Iterator[Page | PageOutput]]

KINDS: tuple[Kind, ...] = (
    home,
    browse,
    topics,
    topic,
    collections,
    collection,
    editions,
    edition,
    digests,
    archive,
    periods,
    code,
    discussed,
    stats,
    paper,
    free,
)


def plan(context: SiteContext, kinds: Iterable[Kind] = KINDS) -> tuple[PageOutput, ...]:
    """Every page of these kinds, in their order."""
    return tuple(
        PageOutput(page.path, _as_it_is, (page,), theme=page.theme) if isinstance(page, Page) else page
        for kind in kinds
        for page in kind(context)
    )


def overviews(context: SiteContext) -> tuple[PageOutput, ...]:
    """Every page but those of the papers."""
    return plan(context, [kind for kind in KINDS if kind is not paper])


def _as_it_is(page: Page) -> Page:
    return page


def navigation(words: Words, pages: Iterable[PageOutput]) -> tuple[tuple[str, str], ...]:
    """The site's sections, as titles and paths; of Collections and About only those that there are."""
    planned = {page.path for page in pages}
    sections = (
        (words.home, urls.HOME),
        (words.browse.title, urls.BROWSE),
        (words.topics, urls.TOPICS),
        (words.collections, urls.COLLECTIONS),
        (words.editions, urls.EDITIONS),
        (words.archive, urls.ARCHIVE),
        (words.code, urls.CODE),
        (words.about, urls.ABOUT),
    )
    return tuple((title, path) for title, path in sections if path in planned)
