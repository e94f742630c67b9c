"""All pages: each kind is one file here, one template, and one line in `KINDS`."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from generator import urls
from generator.pages.archive import archive, periods
from generator.pages.browse import browse
from generator.pages.code import code
from generator.pages.collection import collection
from generator.pages.collections import collections
from generator.pages.digests import digests
from generator.pages.discussed import discussed
from generator.pages.edition import edition
from generator.pages.editions import editions
from generator.pages.free import free
from generator.pages.home import home
from generator.pages.page import Draft, Page, Shelf
from generator.pages.paper import paper
from generator.pages.stats import stats
from generator.pages.topic import topic
from generator.pages.topics import topics
from generator.pages.words import Words

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
