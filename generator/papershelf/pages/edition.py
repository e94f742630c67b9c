"""The papers of an edition, in the order of its listing."""

from collections.abc import Iterator

from papershelf.core import urls
from papershelf.core.model import Listing
from papershelf.views.context import Draft, Shelf
from papershelf.views.pagination import PaperList, beside, list_pages
from papershelf.views.words import Words


def edition(shelf: Shelf) -> Iterator[Draft]:
    """The pages of every edition, with links to the next newer and older one."""
    links = [(listing.title, urls.edition(listing.id)) for listing in shelf.library.listings]
    for at, listing in enumerate(shelf.library.listings):
        papers = PaperList(
            path=urls.edition(listing.id),
            title=listing.title,
            intro=told(shelf, listing),
            up=(shelf.words.editions, urls.EDITIONS),
            papers=shelf.papers(shelf.library.in_edition.get(listing.id, ())),
            heading=lambda _: "",
            near=beside(shelf.words, links, at),
            numbered=True,
        )
        yield from list_pages(shelf, papers)


def told(shelf: Shelf, listing: Listing) -> str:
    """When a listing was captured, and how many papers it brought where dates tell."""
    when, brought = captured(shelf.words, listing), len(shelf.brought.get(listing.id, ()))
    compared = listing.captured and len(shelf.library.listings) > 1
    return f"{when}. {shelf.words.brought.of(brought)}" if compared else when


def captured(words: Words, listing: Listing) -> str:
    """When a listing was captured, in words."""
    if listing.captured is None:
        return words.no_capture_date
    form = words.captured_inferred if listing.captured_inferred else words.captured
    return form.format(date=words.day(listing.captured))
