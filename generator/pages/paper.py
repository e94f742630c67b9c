"""The page of a paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator import text, urls
from generator.model import Appearance, Paper
from generator.pages.lists import anchor
from generator.pages.page import Page, Shelf, description
from generator.pages.parts import (
    NAMED_AUTHORS,
    Anchor,
    Published,
    Resource,
    authors,
    published,
    resources,
    topics,
)
from generator.pages.words import Words


@dataclass(frozen=True, slots=True)
class Appeared:
    """Where a paper stood: the edition, its place there in words, and its neighbours, one or none each."""

    edition: Anchor
    place: str
    previous: tuple[Anchor, ...]
    next: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper. Texts that are not known are ""; `note` is the curator's Markdown.

    `names` are all authors where `authors` has room for a few only.
    """

    title: str
    published: Published
    authors: str
    names: str
    comments: str
    kind: str
    venue: str
    topics: tuple[Anchor, ...]
    resources: tuple[Resource, ...]
    sources: tuple[Anchor, ...]
    summary: str
    note: str
    abstract: str
    appeared: tuple[Appeared, ...]


def paper(shelf: Shelf) -> Iterator[Page]:
    """The page of every paper."""
    places = {
        edition: {paper_id: place for place, paper_id in enumerate(ids)}
        for edition, ids in shelf.library.in_edition.items()
    }
    for each in shelf.library.papers.values():
        yield _page(shelf, each, places)


def _page(shelf: Shelf, paper: Paper, places: Mapping[str, Mapping[str, int]]) -> Page:
    words, page = shelf.words, urls.paper(paper.id)
    view = PaperView(
        title=paper.title,
        published=published(words, paper),
        authors=authors(words, paper),
        names=", ".join(paper.authors) if len(paper.authors) > NAMED_AUTHORS else "",
        comments=words.comments.of(paper.comments) if paper.comments else "",
        kind=words.kinds[paper.kind] if paper.kind else "",
        venue=paper.venue or "",
        topics=topics(shelf, page, paper),
        resources=resources(words, paper.links),
        sources=_sources(words, paper),
        summary=paper.summary or "",
        note=paper.note or "",
        abstract=paper.abstract or "",
        appeared=tuple(
            _appeared(shelf, page, appearance, places[appearance.listing][paper.id])
            for appearance in paper.appearances
        ),
    )
    about = description(paper.summary or paper.abstract or paper.title)
    return Page(page, "paper.md", text.plain(paper.title), about, view, theme="paper.html")


def _appeared(shelf: Shelf, page: str, appearance: Appearance, place: int) -> Appeared:
    listing = shelf.listings[appearance.listing]
    ids = shelf.library.in_edition[listing.id]

    def link(neighbours: tuple[str, ...]) -> tuple[Anchor, ...]:
        return tuple(anchor(page, (near.title, urls.paper(near.id))) for near in shelf.papers(neighbours))

    return Appeared(
        edition=anchor(page, (listing.title, urls.edition(listing.id))),
        place=shelf.words.listed_as.format(number=place + 1, total=len(ids)),
        previous=link(ids[max(0, place - 1) : place]),
        next=link(ids[place + 1 : place + 2]),
    )


def _sources(words: Words, paper: Paper) -> tuple[Anchor, ...]:
    """Where the paper itself can be read."""
    known = (
        (f"arXiv {paper.arxiv}", paper.arxiv and f"https://arxiv.org/abs/{paper.arxiv}"),
        (f"DOI {paper.doi}", paper.doi and f"https://doi.org/{paper.doi}"),
        ("OpenReview", paper.openreview and f"https://openreview.net/forum?id={paper.openreview}"),
        (words.paper_page, paper.url),
        (words.full_text, paper.pdf),
    )
    return tuple(Anchor(name, href) for name, href in known if href)
