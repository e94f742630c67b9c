"""The list of reading paths."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from papershelf.pages.groups import counted_groups
from papershelf.views.components import CountedLink
from papershelf.views.context import Page, SiteContext
from papershelf.views.taxonomy import COLLECTIONS


@dataclass(frozen=True, slots=True)
class CollectionsView:
    """All reading paths with the number of their papers."""

    title: str
    intro: str
    collections: tuple[CountedLink, ...]


def collections(context: SiteContext) -> Iterator[Page]:
    """The list of reading paths, if there are any."""
    words, page = context.words, COLLECTIONS.list_page
    if context.library.collections:
        view = CollectionsView(words.collections, words.collections_intro, counted_collections(context, page))
        yield Page(page, "collections.md", view.title, view.intro, view)


def counted_collections(context: SiteContext, page: str) -> tuple[CountedLink, ...]:
    """Links from a page to all reading paths."""
    links = counted_groups(context, COLLECTIONS, page)
    return tuple(
        replace(link, steps=" ".join(group.papers))
        for link, group in zip(links, context.groups[COLLECTIONS.id], strict=True)
    )
