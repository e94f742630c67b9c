"""The list of editions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from papershelf.core import urls
from papershelf.pages.edition import capture_note
from papershelf.pages.groups import counted_groups
from papershelf.views import data_links, metadata
from papershelf.views.components import Anchor, CountedLink
from papershelf.views.context import Page, SiteContext
from papershelf.views.taxonomy import EDITIONS


@dataclass(frozen=True, slots=True)
class EditionsView:
    """All editions with the number of their papers."""

    title: str
    intro: str
    editions: tuple[CountedLink, ...]
    data: tuple[Anchor, ...]


def editions(context: SiteContext) -> Iterator[Page]:
    """The list of editions."""
    words, page = context.words, EDITIONS.list_page
    counted = zip(counted_groups(context, EDITIONS, page), context.library.listings, strict=True)
    view = EditionsView(
        words.editions,
        words.editions_intro,
        tuple(replace(link, about=capture_note(context, listing)) for link, listing in counted),
        data_links.of_editions(words, page),
    )
    feeds = (words.editions, urls.feed_editions("xml"), urls.feed_editions("json"))
    head = metadata.of_list(context.site, page, (), feeds)
    yield Page(page, "editions.md", view.title, view.intro, view, head=head)
