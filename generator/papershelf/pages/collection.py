"""A reading path: papers in the order in which to read them, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from papershelf import text
from papershelf.core import urls
from papershelf.library.library import ReadingPath
from papershelf.text import notes
from papershelf.views import data_links, metadata
from papershelf.views.components import Anchor, Card, card
from papershelf.views.context import Page, SiteContext, description
from papershelf.views.pagination import anchor


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A reading path; `introduction` is the curator's Markdown, `improve` where it can be edited."""

    title: str
    introduction: str
    count: str
    up: Anchor
    data: tuple[Anchor, ...]
    cards: tuple[Card, ...]
    improve: str


def collection(context: SiteContext) -> Iterator[Page]:
    """The page of every reading path."""
    for path in context.library.collections:
        page, count = urls.collection(path.id), context.words.papers.of(len(path.steps))
        view = CollectionView(
            title=path.title,
            introduction=path.introduction,
            count=count,
            up=anchor(page, (context.words.collections, urls.COLLECTIONS)),
            data=data_links.to_collection(context.words, page, path.id),
            cards=_cards(context, page, path),
            improve=context.edit(path.edit),
        )
        about = description(f"{count}. {notes.plain(path.introduction)}")
        papers = context.papers(tuple(step.paper for step in path.steps))
        found = metadata.of_list(
            context.site, page, papers, metadata.collection_feeds(context.words, path.id, path.title)
        )
        yield Page(page, "collection.md", text.plain(path.title), about, view, head=found)


def _cards(context: SiteContext, page: str, path: ReadingPath) -> tuple[Card, ...]:
    return tuple(
        replace(
            card(context.labels, page, context.library.papers[step.paper]),
            position=context.words.step_of.format(number=number, total=len(path.steps)),
            why=step.note,
        )
        for number, step in enumerate(path.steps, start=1)
    )
