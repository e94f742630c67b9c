"""A reading path: papers in the order in which to read them, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from papershelf import text
from papershelf.core import urls
from papershelf.library.library import ReadingPath
from papershelf.text import notes
from papershelf.views import data_links, metadata
from papershelf.views.components import Anchor, Card, card
from papershelf.views.context import Page, Shelf, description
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


def collection(shelf: Shelf) -> Iterator[Page]:
    """The page of every reading path."""
    for path in shelf.library.collections:
        page, count = urls.collection(path.id), shelf.words.papers.of(len(path.steps))
        view = CollectionView(
            title=path.title,
            introduction=path.introduction,
            count=count,
            up=anchor(page, (shelf.words.collections, urls.COLLECTIONS)),
            data=data_links.to_collection(shelf.words, page, path.id),
            cards=_cards(shelf, page, path),
            improve=shelf.edit(path.edit),
        )
        about = description(f"{count}. {notes.plain(path.introduction)}")
        papers = shelf.papers(tuple(step.paper for step in path.steps))
        found = metadata.of_list(
            shelf.site, page, papers, metadata.collection_feeds(shelf.words, path.id, path.title)
        )
        yield Page(page, "collection.md", text.plain(path.title), about, view, head=found)


def _cards(shelf: Shelf, page: str, path: ReadingPath) -> tuple[Card, ...]:
    return tuple(
        replace(
            card(shelf.labels, page, shelf.library.papers[step.paper]),
            position=shelf.words.step_of.format(number=number, total=len(path.steps)),
            why=step.note,
        )
        for number, step in enumerate(path.steps, start=1)
    )
