"""The list of editions."""

from collections.abc import Iterator
from dataclasses import dataclass

from papershelf.core import urls
from papershelf.pages.edition import told
from papershelf.views import data_links, metadata
from papershelf.views.components import Anchor, Counted
from papershelf.views.context import Page, SiteContext
from papershelf.views.pagination import anchor


@dataclass(frozen=True, slots=True)
class EditionsView:
    """All editions with the number of their papers."""

    title: str
    intro: str
    editions: tuple[Counted, ...]
    data: tuple[Anchor, ...]


def editions(context: SiteContext) -> Iterator[Page]:
    """The list of editions."""
    words, library = context.words, context.library
    view = EditionsView(
        words.editions,
        words.editions_intro,
        tuple(
            Counted(
                link=anchor(urls.EDITIONS, (listing.title, urls.edition(listing.id))),
                count=words.papers.of(len(library.in_edition.get(listing.id, ()))),
                about=told(context, listing),
            )
            for listing in library.listings
        ),
        data_links.to_editions(words, urls.EDITIONS),
    )
    feeds = (words.editions, urls.feed_editions("xml"), urls.feed_editions("json"))
    found = metadata.of_list(context.site, urls.EDITIONS, (), feeds)
    yield Page(urls.EDITIONS, "editions.md", words.editions, words.editions_intro, view, head=found)
