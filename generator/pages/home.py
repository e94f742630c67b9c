"""The home page: what this is, the newest edition, the topics, the newest papers, the code."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator import urls
from generator.pages.edition import captured
from generator.pages.lists import anchor
from generator.pages.page import Page, Shelf
from generator.pages.parts import Anchor, Card, Counted, card
from generator.pages.topics import counted_topics

NEWEST_LISTED = 6
REPOSITORIES = 6


@dataclass(frozen=True, slots=True)
class NewestEdition:
    """The newest listing and its first papers."""

    link: Anchor
    captured: str
    papers: tuple[Anchor, ...]
    all: Anchor


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page. `edition` is None where there are no listings."""

    title: str
    intro: str
    facts: tuple[Anchor, ...]
    edition: NewestEdition | None
    topics: tuple[Counted, ...]
    newest: tuple[Card, ...]
    repositories: tuple[Counted, ...]
    topics_page: Anchor
    archive_page: Anchor
    code_page: Anchor


def home(shelf: Shelf) -> Iterator[Page]:
    """The home page."""
    words, library, page = shelf.words, shelf.library, urls.HOME
    newest = shelf.papers(tuple(library.papers)[: shelf.config.pages.newest])
    view = HomeView(
        title=shelf.config.title,
        intro=shelf.config.description,
        facts=_facts(shelf),
        edition=_newest_edition(shelf),
        topics=tuple(replace(topic, about="") for topic in counted_topics(shelf, page)),
        newest=tuple(card(shelf, page, paper) for paper in newest),
        repositories=_repositories(shelf),
        topics_page=anchor(page, (words.all_topics, urls.TOPICS)),
        archive_page=anchor(page, (words.archive, urls.ARCHIVE)),
        code_page=anchor(page, (words.all_code, urls.CODE)),
    )
    yield Page(page, "home.md", shelf.config.title, shelf.config.description, view)


def _facts(shelf: Shelf) -> tuple[Anchor, ...]:
    words, library = shelf.words, shelf.library
    facts = (
        (words.papers.of(len(library.papers)), urls.ARCHIVE),
        (words.topic_count.of(len(library.topics)), urls.TOPICS),
        (words.edition_count.of(len(library.listings)), urls.EDITIONS),
        (words.repositories.of(len(library.in_repository)), urls.CODE),
    )
    return tuple(anchor(urls.HOME, fact) for fact in facts)


def _newest_edition(shelf: Shelf) -> NewestEdition | None:
    listing = next(iter(shelf.library.listings), None)
    if listing is None:
        return None
    ids = shelf.library.in_edition.get(listing.id, ())
    path = urls.edition(listing.id)
    every = shelf.words.show_all.format(papers=shelf.words.papers.of(len(ids)))
    return NewestEdition(
        link=anchor(urls.HOME, (listing.title, path)),
        captured=captured(shelf.words, listing),
        papers=tuple(
            anchor(urls.HOME, (paper.title, urls.paper(paper.id)))
            for paper in shelf.papers(ids[:NEWEST_LISTED])
        ),
        all=anchor(urls.HOME, (every, path)),
    )


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
