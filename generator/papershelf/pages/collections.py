"""The list of reading paths."""

from collections.abc import Iterator
from dataclasses import dataclass

from papershelf.core import urls
from papershelf.text import notes
from papershelf.views.components import Counted
from papershelf.views.context import Page, SiteContext
from papershelf.views.pagination import anchor


@dataclass(frozen=True, slots=True)
class CollectionsView:
    """All reading paths with the number of their papers."""

    title: str
    intro: str
    collections: tuple[Counted, ...]


def collections(context: SiteContext) -> Iterator[Page]:
    """The list of reading paths, where there are any."""
    words, page = context.words, urls.COLLECTIONS
    if context.library.collections:
        view = CollectionsView(words.collections, words.collections_intro, counted_collections(context, page))
        yield Page(page, "collections.md", words.collections, words.collections_intro, view)


def counted_collections(context: SiteContext, page: str) -> tuple[Counted, ...]:
    """Links from a page to all reading paths."""
    return tuple(
        Counted(
            link=anchor(page, (path.title, urls.collection(path.id))),
            count=context.words.papers.of(len(path.steps)),
            steps=" ".join(step.paper for step in path.steps),
            about=notes.plain(path.introduction),
        )
        for path in context.library.collections
    )
