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
from papershelf.views.context import Draft, Page, Shelf
from papershelf.views.words import Words

__all__ = ["KINDS", "Draft", "Page", "Shelf", "Words", "navigation", "overviews", "paper", "plan"]

Kind: TypeAlias = Callable[[Shelf], Iterator[Page | Draft]]

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


def plan(shelf: Shelf, kinds: Iterable[Kind] = KINDS) -> tuple[Draft, ...]:
    """Every page of these kinds, in their order."""
    return tuple(
        Draft(page.path, page.theme, _as_it_is, (page,)) if isinstance(page, Page) else page
        for kind in kinds
        for page in kind(shelf)
    )


def overviews(shelf: Shelf) -> tuple[Draft, ...]:
    """Every page but those of the papers."""
    return plan(shelf, [kind for kind in KINDS if kind is not paper])


def _as_it_is(page: Page) -> Page:
    return page


def navigation(words: Words, pages: Iterable[Draft]) -> tuple[tuple[str, str], ...]:
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
