"""The home page: what the list is about, then the blocks that the settings name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from papershelf.content.config import Block
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.pages.collections import counted_collections
from papershelf.pages.discussed import most_discussed
from papershelf.pages.edition import capture_note
from papershelf.pages.topics import counted_topics
from papershelf.views import data_links
from papershelf.views.components import Anchor, Card, CountedLink, card, page_link
from papershelf.views.context import Page, SiteContext

NEWEST_LISTED = 6
REPOSITORIES = 6
MOST_DISCUSSED = 5


@dataclass(frozen=True, slots=True)
class NewestEdition:
    """The newest edition and the first of its papers, new ones before others."""

    link: Anchor
    captured: str
    papers: tuple[CountedLink, ...]
    all: Anchor


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page; `blocks` are those that the settings name and that have content."""

    title: str
    intro: str
    facts: tuple[Anchor, ...]
    blocks: tuple[Block, ...]
    featured: tuple[Card, ...]
    edition: NewestEdition | None
    topics: tuple[CountedLink, ...]
    collections: tuple[CountedLink, ...]
    newest: tuple[Card, ...]
    discussed: tuple[CountedLink, ...]
    repositories: tuple[CountedLink, ...]
    archive_page: Anchor
    code_page: Anchor
    discussed_page: Anchor
    data: tuple[Anchor, ...]


def home(context: SiteContext) -> Iterator[Page]:
    """The home page."""
    words, library, page = context.words, context.library, urls.HOME
    featured = _featured(context)
    newest = (paper for paper in library.papers.values() if paper not in featured)
    view = HomeView(
        title=context.config.title,
        intro=context.config.description,
        facts=_fact_links(context),
        blocks=(),
        featured=tuple(card(context.labels, page, paper) for paper in featured),
        edition=_newest_edition(context),
        topics=tuple(replace(topic, about="") for topic in counted_topics(context, page)),
        collections=counted_collections(context, page),
        newest=tuple(
            card(context.labels, page, paper) for paper in islice(newest, context.config.pages.newest)
        ),
        repositories=_most_linked(context),
        archive_page=page_link(page, (words.archive, urls.ARCHIVE)),
        code_page=page_link(page, (words.all_code, urls.CODE)),
        discussed=_discussed_links(context),
        discussed_page=page_link(page, (words.discussed, urls.DISCUSSED)),
        data=data_links.of_site(words, page, digests=bool(context.listed), mail=context.config.mail),
    )
    filled = {block for block, content in _content_of_blocks(view).items() if content}
    blocks = tuple(block for block in context.config.home.blocks if block in filled)
    yield Page(page, "home.md", view.title, view.intro, replace(view, blocks=blocks))


def _content_of_blocks(view: HomeView) -> Mapping[Block, object]:
    return {
        "featured": view.featured,
        "edition": view.edition,
        "topics": view.topics,
        "collections": view.collections,
        "newest": view.newest,
        "discussed": view.discussed,
        "code": view.repositories,
    }


def _featured(context: SiteContext) -> tuple[Paper, ...]:
    """The newest featured papers if the home page shows them; its other lists leave them out."""
    if "featured" not in context.config.home.blocks:
        return ()
    featured = (paper for paper in context.library.papers.values() if paper.featured)
    return tuple(islice(featured, context.config.pages.newest))


def _fact_links(context: SiteContext) -> tuple[Anchor, ...]:
    words, library = context.words, context.library
    facts = (
        (words.browse.title, urls.BROWSE),
        (words.papers.of(len(library.papers)), urls.ARCHIVE),
        (words.topic_count.of(len(library.topics)), urls.TOPICS),
        (words.edition_count.of(len(library.listings)), urls.EDITIONS),
        (words.repositories.of(len(library.in_repository)), urls.CODE),
        (words.stats, urls.STATS),
    )
    return tuple(page_link(urls.HOME, fact) for fact in facts)


def _newest_edition(context: SiteContext) -> NewestEdition | None:
    listing = next(iter(context.library.listings), None)
    if listing is None:
        return None
    ids = context.library.in_edition.get(listing.id, ())
    shown = sorted(ids, key=lambda paper: paper not in context.new)[:NEWEST_LISTED]
    path = urls.edition(listing.id)
    every = context.words.show_all.format(papers=context.words.papers.of(len(ids)))
    return NewestEdition(
        link=page_link(urls.HOME, (listing.title, path)),
        captured=capture_note(context, listing),
        papers=tuple(CountedLink(_paper_link(paper), "") for paper in context.papers(tuple(shown))),
        all=page_link(urls.HOME, (every, path)),
    )


def _discussed_links(context: SiteContext) -> tuple[CountedLink, ...]:
    papers = most_discussed(context)[:MOST_DISCUSSED]
    return tuple(
        CountedLink(_paper_link(paper), context.words.comments.of(paper.comments or 0)) for paper in papers
    )


def _paper_link(paper: Paper) -> Anchor:
    return page_link(urls.HOME, (paper.title, urls.paper(paper.id)))


def _most_linked(context: SiteContext) -> tuple[CountedLink, ...]:
    """The repositories that most papers link to; among equals those of newer papers come first."""
    place = {paper_id: number for number, paper_id in enumerate(context.library.papers)}
    ranked = sorted(
        context.library.in_repository.items(),
        key=lambda item: (-len(item[1]), min(place[paper_id] for paper_id in item[1])),
    )
    return tuple(
        CountedLink(
            Anchor(repository.label, repository.url),
            context.words.papers.of(len(ids)),
            context.library.papers[ids[0]].title,
        )
        for repository, ids in ranked[:REPOSITORIES]
    )
