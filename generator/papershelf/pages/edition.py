"""The papers of an edition, in the order of its listing."""

from collections.abc import Iterator

from papershelf.core.model import Listing
from papershelf.views.context import PageOutput, SiteContext
from papershelf.views.paper_list import ListHeader, PaperList, list_pages, neighbours
from papershelf.views.taxonomy import EDITIONS
from papershelf.views.words import Words


def edition(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of every edition, with links to the next newer and older one."""
    editions = context.groups[EDITIONS.id]
    links = [(group.title, EDITIONS.page(group.id)) for group in editions]
    for at, (group, listing) in enumerate(zip(editions, context.library.listings, strict=True)):
        header = ListHeader(
            title=group.title,
            up=(context.words.editions, EDITIONS.list_page),
            near=neighbours(context.words, links, at),
            intro=capture_note(context, listing),
        )
        papers = context.papers(group.papers)
        yield from list_pages(context, PaperList(EDITIONS.page(group.id), header, papers, numbered=True))


def capture_note(context: SiteContext, listing: Listing) -> str:
    """When a listing was captured and, if dates tell, how many papers were new in it."""
    captured = _captured(context.words, listing)
    new = len(context.new_by_listing.get(listing.id, ()))
    is_comparable = listing.captured and len(context.library.listings) > 1
    return f"{captured}. {context.words.brought.of(new)}" if is_comparable else captured


def _captured(words: Words, listing: Listing) -> str:
    if listing.captured is None:
        return words.no_capture_date
    form = words.captured_inferred if listing.captured_inferred else words.captured
    return form.format(date=words.day(listing.captured))
