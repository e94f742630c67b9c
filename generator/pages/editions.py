"""The list of editions."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator import urls
from generator.pages import head, subscribe
from generator.pages.edition import told
from generator.pages.lists import anchor
from generator.pages.page import Page, Shelf
from generator.pages.parts import Anchor, Counted


@dataclass(frozen=True, slots=True)
class EditionsView:
    """All editions with the number of their papers."""

    title: str
    intro: str
    editions: tuple[Counted, ...]
    data: tuple[Anchor, ...]


def editions(shelf: Shelf) -> Iterator[Page]:
    """The list of editions."""
    words, library = shelf.words, shelf.library
    view = EditionsView(
        words.editions,
        words.editions_intro,
        tuple(
            Counted(
                link=anchor(urls.EDITIONS, (listing.title, urls.edition(listing.id))),
                count=words.papers.of(len(library.in_edition.get(listing.id, ()))),
                about=told(shelf, listing),
            )
            for listing in library.listings
        ),
        subscribe.to_editions(words, urls.EDITIONS),
    )
    feeds = (words.editions, urls.feed_editions("xml"), urls.feed_editions("json"))
    found = head.of_list(shelf.site, urls.EDITIONS, (), feeds)
    yield Page(urls.EDITIONS, "editions.md", words.editions, words.editions_intro, view, head=found)
