"""The home page: what this is, then the blocks that the settings name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from papershelf.content.config import Block
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.pages.collections import counted_collections
from papershelf.pages.discussed import most_discussed
from papershelf.pages.edition import told
from papershelf.pages.topics import counted_topics
from papershelf.views import data_links
from papershelf.views.components import Anchor, Card, Counted, card
from papershelf.views.context import Page, Shelf
from papershelf.views.pagination import anchor

NEWEST_LISTED = 6
REPOSITORIES = 6
MOST_DISCUSSED = 5


@dataclass(frozen=True, slots=True)
class NewestEdition:
    """The newest listing and the first of its papers, new ones before others."""

    link: Anchor
    captured: str
    papers: tuple[Counted, ...]
    all: Anchor


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page. `blocks` are those wanted that have something to show."""

    title: str
    intro: str
    facts: tuple[Anchor, ...]
    blocks: tuple[Block, ...]
    featured: tuple[Card, ...]
    edition: NewestEdition | None
    topics: tuple[Counted, ...]
    collections: tuple[Counted, ...]
    newest: tuple[Card, ...]
    discussed: tuple[Counted, ...]
    repositories: tuple[Counted, ...]
    archive_page: Anchor
    code_page: Anchor
    discussed_page: Anchor
    data: tuple[Anchor, ...]


def home(shelf: Shelf) -> Iterator[Page]:
    """The home page."""
    words, library, page = shelf.words, shelf.library, urls.HOME
    featured = _featured(shelf)
    newest = (paper for paper in library.papers.values() if paper not in featured)
    view = HomeView(
        title=shelf.config.title,
        intro=shelf.config.description,
        facts=_facts(shelf),
        blocks=(),
        featured=tuple(card(shelf.labels, page, paper) for paper in featured),
        edition=_newest_edition(shelf),
        topics=tuple(replace(topic, about="") for topic in counted_topics(shelf, page)),
        collections=counted_collections(shelf, page),
        newest=tuple(card(shelf.labels, page, paper) for paper in islice(newest, shelf.config.pages.newest)),
        repositories=_repositories(shelf),
        archive_page=anchor(page, (words.archive, urls.ARCHIVE)),
        code_page=anchor(page, (words.all_code, urls.CODE)),
        discussed=_discussed(shelf),
        discussed_page=anchor(page, (words.discussed, urls.DISCUSSED)),
        data=data_links.to_everything(words, page, digests=bool(shelf.listed), mail=shelf.config.mail),
    )
    filled = {block for block, content in _contents(view).items() if content}
    blocks = tuple(block for block in shelf.config.home.blocks if block in filled)
    yield Page(page, "home.md", view.title, view.intro, replace(view, blocks=blocks))


def _contents(view: HomeView) -> Mapping[Block, object]:
    return {
        "featured": view.featured,
        "edition": view.edition,
        "topics": view.topics,
        "collections": view.collections,
        "newest": view.newest,
        "discussed": view.discussed,
        "code": view.repositories,
    }


def _featured(shelf: Shelf) -> tuple[Paper, ...]:
    """The newest featured papers, if the home page is to show them; its other lists leave them out."""
    if "featured" not in shelf.config.home.blocks:
        return ()
    featured = (paper for paper in shelf.library.papers.values() if paper.featured)
    return tuple(islice(featured, shelf.config.pages.newest))


def _facts(shelf: Shelf) -> tuple[Anchor, ...]:
    words, library = shelf.words, shelf.library
    facts = (
        (words.browse.title, urls.BROWSE),
        (words.papers.of(len(library.papers)), urls.ARCHIVE),
        (words.topic_count.of(len(library.topics)), urls.TOPICS),
        (words.edition_count.of(len(library.listings)), urls.EDITIONS),
        (words.repositories.of(len(library.in_repository)), urls.CODE),
        (words.stats, urls.STATS),
    )
    return tuple(anchor(urls.HOME, fact) for fact in facts)


def _newest_edition(shelf: Shelf) -> NewestEdition | None:
    listing = next(iter(shelf.library.listings), None)
    if listing is None:
        return None
    ids = shelf.library.in_edition.get(listing.id, ())
    shown = sorted(ids, key=lambda paper: paper not in shelf.new)[:NEWEST_LISTED]
    path = urls.edition(listing.id)
    every = shelf.words.show_all.format(papers=shelf.words.papers.of(len(ids)))
    return NewestEdition(
        link=anchor(urls.HOME, (listing.title, path)),
        captured=told(shelf, listing),
        papers=tuple(Counted(_to(paper), "") for paper in shelf.papers(tuple(shown))),
        all=anchor(urls.HOME, (every, path)),
    )


def _discussed(shelf: Shelf) -> tuple[Counted, ...]:
    papers = most_discussed(shelf)[:MOST_DISCUSSED]
    return tuple(Counted(_to(paper), shelf.words.comments.of(paper.comments or 0)) for paper in papers)


def _to(paper: Paper) -> Anchor:
    return anchor(urls.HOME, (paper.title, urls.paper(paper.id)))


def _repositories(shelf: Shelf) -> tuple[Counted, ...]:
    """The repositories that most papers link to, those of newer papers first among equals."""
    place = {paper_id: number for number, paper_id in enumerate(shelf.library.papers)}
    ranked = sorted(
        shelf.library.in_repository.items(),
        key=lambda item: (-len(item[1]), min(place[paper_id] for paper_id in item[1])),
    )
    return tuple(
        Counted(
            Anchor(repository.label, repository.url),
            shelf.words.papers.of(len(ids)),
            shelf.library.papers[ids[0]].title,
        )
        for repository, ids in ranked[:REPOSITORIES]
    )
