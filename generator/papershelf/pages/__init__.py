"""All pages. A new kind of page is one view here, one template, and one line in `KINDS`."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from papershelf.core import urls
from papershelf.pages.archive import archive
from papershelf.pages.browse import browse
from papershelf.pages.code import code
from papershelf.pages.collection import collection
from papershelf.pages.collections import collections
from papershelf.pages.digests import digests
from papershelf.pages.discussed import discussed
from papershelf.pages.edition import edition
from papershelf.pages.editions import editions
from papershelf.pages.free import free
from papershelf.pages.groups import taxonomy_kind
from papershelf.pages.home import home
from papershelf.pages.page_kind import NavigationLink, PageKind, PlanPages
from papershelf.pages.paper import paper
from papershelf.pages.periods import periods
from papershelf.pages.stats import stats
from papershelf.pages.topic import topic
from papershelf.pages.topics import topics
from papershelf.views.context import Page, PageOutput, SiteContext
from papershelf.views.taxonomy import TAXONOMIES
from papershelf.views.words import Words

__all__ = [
    "KINDS",
    "PAPER",
    "NavigationLink",
    "PageKind",
    "PlanPages",
    "navigation",
    "overviews",
    "plan",
    "taxonomy_kind",
]

PAPER: Final = PageKind("paper", "papers", paper, theme="paper.html")

KINDS: Final = (
    PageKind("home", None, home, NavigationLink(urls.HOME, lambda words: words.home)),
    PageKind(
        "browse",
        "browse",
        browse,
        NavigationLink(urls.BROWSE, lambda words: words.browse.title),
        theme="browse.html",
    ),
    PageKind("topics", "topics", topics, NavigationLink(urls.TOPICS, lambda words: words.topics)),
    PageKind("topic", "topics", topic),
    PageKind(
        "collections",
        "collections",
        collections,
        NavigationLink(urls.COLLECTIONS, lambda words: words.collections),
    ),
    PageKind("collection", "collections", collection),
    PageKind("editions", "editions", editions, NavigationLink(urls.EDITIONS, lambda words: words.editions)),
    PageKind("edition", "editions", edition),
    PageKind("digests", "digests", digests),
    PageKind("archive", "archive", archive, NavigationLink(urls.ARCHIVE, lambda words: words.archive)),
    PageKind("periods", "archive", periods),
    PageKind("code", "code", code, NavigationLink(urls.CODE, lambda words: words.code)),
    PageKind("discussed", "discussed", discussed),
    PageKind("stats", "stats", stats),
    *(taxonomy_kind(taxonomy) for taxonomy in TAXONOMIES if not taxonomy.has_own_pages),
    PAPER,
    PageKind("free", None, free, NavigationLink(urls.ABOUT, lambda words: words.about), theme="free.html"),
)
"""All kinds in the order of the site map and the navigation. `urls.RESERVED` holds their segments."""


def plan(context: SiteContext, kinds: Iterable[PageKind] = KINDS) -> tuple[PageOutput, ...]:
    """All pages of these kinds, in their order."""
    return tuple(_output(page, kind.theme) for kind in kinds for page in kind.plan(context))


def overviews(context: SiteContext, more: Iterable[PageKind] = ()) -> tuple[PageOutput, ...]:
    """All pages except those of papers; `more` are the kinds of plug-ins, which come last."""
    return plan(context, [kind for kind in (*KINDS, *more) if kind is not PAPER])


def navigation(
    words: Words, pages: Iterable[PageOutput], kinds: Iterable[PageKind] = KINDS
) -> tuple[tuple[str, str], ...]:
    """Titles and paths of the navigation's links, of those kinds that have a page to link to."""
    planned = {page.path for page in pages}
    links = [kind.navigation for kind in kinds if kind.navigation]
    return tuple((link.title(words), link.path) for link in links if link.path in planned)


def _output(page: Page | PageOutput, theme: str) -> PageOutput:
    if isinstance(page, Page):
        return PageOutput(page.path, _identity, (page,), theme=theme)
    return page if page.theme == theme else replace(page, theme=theme)


def _identity(page: Page) -> Page:
    return page
