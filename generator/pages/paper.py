"""The page of a paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from generator import citations, improve, text, urls
from generator.library import ReadingPath
from generator.model import Appearance, Paper
from generator.pages import head
from generator.pages.lists import anchor
from generator.pages.page import Draft, Labels, Page, Shelf, description
from generator.pages.parts import (
    Anchor,
    Group,
    Marks,
    Published,
    Resource,
    authors,
    marks,
    published,
    resources,
    topics,
)
from generator.pages.words import Words
from generator.problems import Location

THEME: Final = "paper.html"
MOST_NAMED: Final = 20
MOST_CITED: Final = 10


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a paper stands: in which edition or reading path, at which place, and between which papers."""

    link: Anchor
    place: str
    previous: tuple[Anchor, ...]
    next: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around a paper; `related` has id and title of papers, and the words that both are about."""

    related: tuple[tuple[str, str, tuple[str, ...]], ...]
    paths: tuple[Stand, ...]
    listed: tuple[Stand, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """A related paper, and why it is related, in words, "" if there is no more to say."""

    link: Anchor
    why: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper. Texts that are not known are ""; `note` is the curator's Markdown.

    `withdrawn` is the reason why it was.
    `improve` is where the decisions about it can be edited.
    """

    title: str
    published: Published
    authors: str
    comments: str
    kind: str
    venue: str
    marks: Marks
    withdrawn: str
    tags: tuple[str, ...]
    topics: tuple[Anchor, ...]
    summary: str
    note: str
    abstract: str
    links: tuple[Group, ...]
    bibtex: str
    related: tuple[Near, ...]
    paths: tuple[Stand, ...]
    listed: tuple[Stand, ...]
    improve: str


def paper(shelf: Shelf) -> Iterator[Draft]:
    """The page of every paper."""
    places = {
        edition: {paper_id: place for place, paper_id in enumerate(ids)}
        for edition, ids in shelf.library.in_edition.items()
    }
    related = shelf.related()
    for each in shelf.library.papers.values():
        page = urls.paper(each.id)
        paths = tuple(_in_path(shelf, page, path, place) for path, place in shelf.steps_of.get(each.id, ()))
        listed = tuple(
            _in_edition(shelf, page, appearance, places[appearance.listing][each.id])
            for appearance in each.appearances
        )
        repository = shelf.config.repository
        edit = (repository, each.edit) if repository else (None, None)
        near = tuple(
            (each.id, shelf.library.papers[each.id].title, each.words) for each in related.get(each.id, ())
        )
        key = shelf.citation_keys[each.id]
        yield Draft(page, THEME, _page, (shelf.labels, each, key, Surroundings(near, paths, listed), edit))


def _page(
    labels: Labels,
    paper: Paper,
    key: str,
    around: Surroundings,
    edit: tuple[str | None, Location | None],
) -> Page:
    """The page; `key` is for citations, `edit` is the repository and the place where the paper is decided."""
    words, page = labels.words, urls.paper(paper.id)
    view = PaperView(
        title=paper.title,
        published=published(words, paper),
        authors=authors(words, paper, MOST_NAMED),
        comments=words.comments.of(paper.comments) if paper.comments else "",
        kind=words.kinds[paper.kind] if paper.kind else "",
        venue=paper.venue or "",
        marks=marks(words, paper),
        withdrawn=paper.withdrawn or "",
        tags=paper.tags,
        topics=topics(labels, page, paper),
        summary=paper.summary or "",
        note=paper.note or "",
        abstract=paper.abstract or "",
        links=tuple(_links(words, paper)),
        bibtex=citations.bibtex(paper, key, MOST_CITED),
        related=tuple(_near(words, page, *each) for each in around.related),
        paths=around.paths,
        listed=around.listed,
        improve=improve.paper_url(edit[0], replace(paper, edit=edit[1])) or "",
    )
    about = description(paper.summary or paper.abstract or paper.title)
    return Page(page, "paper.md", text.plain(paper.title), about, view, THEME, head.of_paper(paper))


def _in_edition(shelf: Shelf, page: str, appearance: Appearance, place: int) -> Stand:
    listing = shelf.listings[appearance.listing]
    ids = shelf.library.in_edition[listing.id]
    return Stand(
        anchor(page, (listing.title, urls.edition(listing.id))),
        shelf.words.listed_as.format(number=place + 1, total=len(ids)),
        *_neighbours(shelf, page, ids, place),
    )


def _in_path(shelf: Shelf, page: str, path: ReadingPath, place: int) -> Stand:
    return Stand(
        anchor(page, (path.title, urls.collection(path.id))),
        shelf.words.step_of.format(number=place + 1, total=len(path.steps)),
        *_neighbours(shelf, page, tuple(step.paper for step in path.steps), place),
    )


def _neighbours(
    shelf: Shelf, page: str, ids: tuple[str, ...], place: int
) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
    """Links to the papers before and after the one at `place` (from 0), one or none each."""
    before, after = (
        tuple(anchor(page, (paper.title, urls.paper(paper.id))) for paper in shelf.papers(near))
        for near in (ids[max(0, place - 1) : place], ids[place + 1 : place + 2])
    )
    return before, after


def _near(words: Words, page: str, paper_id: str, title: str, shared: tuple[str, ...]) -> Near:
    why = words.both_about.format(words=", ".join(shared)) if shared else ""
    return Near(anchor(page, (title, urls.paper(paper_id))), why)


def _links(words: Words, paper: Paper) -> Iterator[Group]:
    """Where to read the paper, what belongs to it by kind, and what others say about it."""
    if sources := _sources(words, paper):
        yield Group(words.read_at, sources)
    for label, items in groupby(resources(words, paper.links), key=_label):
        yield Group(label, tuple(item.link for item in items))
    if paper.references:
        yield Group(
            words.references, tuple(Anchor(reference.title, reference.url) for reference in paper.references)
        )


def _label(item: Resource) -> str:
    label = item.label[:1].upper() + item.label[1:]
    return f"{label} ({item.official})" if item.official else label


def _sources(words: Words, paper: Paper) -> tuple[Anchor, ...]:
    """Where the paper itself can be read."""
    known = (
        (f"arXiv {paper.arxiv}", paper.arxiv_page),
        (f"DOI {paper.doi}", paper.doi_page),
        ("OpenReview", paper.openreview_page),
        (words.paper_page, paper.url),
        (words.full_text, paper.pdf),
    )
    return tuple(Anchor(name, href) for name, href in known if href)
