"""The papers of an edition, in the order of its listing."""

from collections.abc import Iterator

from papershelf.core import urls
from papershelf.core.model import Listing
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.pagination import PaperList, list_pages, neighbours
from papershelf.views.words import Words


def edition(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of every edition, with links to the next newer and older one."""
    links = [(listing.title, urls.edition(listing.id)) for listing in context.library.listings]
    for at, listing in enumerate(context.library.listings):
        papers = PaperList(
            path=urls.edition(listing.id),
            title=listing.title,
            intro=told(context, listing),
            up=(context.words.editions, urls.EDITIONS),
            papers=context.papers(context.library.in_edition.get(listing.id, ())),
            heading=lambda _: "",
            near=neighbours(context.words, links, at),
            numbered=True,
        )
        yield from list_pages(context, papers)


def told(context: SiteContext, listing: Listing) -> str:
    """When a listing was captured, and how many papers it brought where dates tell."""
    when, brought = captured(context.words, listing), len(context.brought.get(listing.id, ()))
    compared = listing.captured and len(context.library.listings) > 1
    return f"{when}. {context.words.brought.of(brought)}" if compared else when


def captured(words: Words, listing: Listing) -> str:
    """When a listing was captured, in words."""
    if listing.captured is None:
        return words.no_capture_date
    form = words.captured_inferred if listing.captured_inferred else words.captured
    return form.format(date=words.day(listing.captured))
