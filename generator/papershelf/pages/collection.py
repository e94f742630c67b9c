"""A reading path: papers in the order in which to read them, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from papershelf import text
from papershelf.library.library import ReadingPath
from papershelf.views import data_links, metadata
from papershelf.views.components import Anchor, Card, card, page_link
from papershelf.views.context import Page, SiteContext, description
from papershelf.views.taxonomy import COLLECTIONS, PaperGroup


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A reading path.

    introduction: the curator's Markdown. improve: the address at which it can be edited, "" for none.
    """

    title: str
    introduction: str
    count: str
    up: Anchor
    data: tuple[Anchor, ...]
    cards: tuple[Card, ...]
    improve: str


def collection(context: SiteContext) -> Iterator[Page]:
    """The page of every reading path."""
    for path, group in zip(context.library.collections, context.groups[COLLECTIONS.id], strict=True):
        yield _collection_page(context, path, group)


def _collection_page(context: SiteContext, path: ReadingPath, group: PaperGroup) -> Page:
    words, page = context.words, COLLECTIONS.page(group.id)
    view = CollectionView(
        title=path.title,
        introduction=path.introduction,
        count=words.papers.of(len(group.papers)),
        up=page_link(page, (words.collections, COLLECTIONS.list_page)),
        data=data_links.of_group(context, page, COLLECTIONS, group),
        cards=tuple(_cards(context, page, group)),
        improve=context.edit(path.edit),
    )
    feeds = metadata.group_feeds(words, COLLECTIONS, group)
    return Page(
        page,
        "collection.md",
        title=text.plain(path.title),
        description=description(f"{view.count}. {group.about}"),
        view=view,
        head=metadata.of_list(context.site, page, context.papers(group.papers), feeds),
    )


def _cards(context: SiteContext, page: str, group: PaperGroup) -> Iterator[Card]:
    papers, total = context.papers(group.papers), len(group.papers)
    for number, (paper, note) in enumerate(zip(papers, group.notes, strict=True), start=1):
        position = context.words.step_of.format(number=number, total=total)
        yield replace(card(context.labels, page, paper), position=position, why=note)
