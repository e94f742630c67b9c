"""The page of a paper."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from papershelf import citations, text
from papershelf.core import urls
from papershelf.core.model import Paper, Related
from papershelf.core.problems import Location
from papershelf.library import edit_links
from papershelf.views import metadata
from papershelf.views.components import (
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
from papershelf.views.context import Labels, Page, PageOutput, SiteContext, description
from papershelf.views.pagination import anchor
from papershelf.views.words import Words

MOST_NAMED: Final = 20
MOST_CITED: Final = 10
_NOTHING: Final = Related()


Name: TypeAlias = tuple[str, str]
"""The title and the path of a page."""

Place: TypeAlias = tuple[Name, int, int, tuple[Name, ...], tuple[Name, ...]]
"""A list, the number of a paper in it (from 1) and of all; the paper before it and the one after, if any."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is around a paper: related ones, for each of them the words that both are about, and its places.

    All of it is in plain tuples, as every build looks through that of every paper.
    """

    related: tuple[Name, ...]
    shared: tuple[tuple[str, ...], ...]
    paths: tuple[Place, ...]
    listed: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a paper stands: in which edition or reading path, at which place, and between which papers."""

    link: Anchor
    place: str
    previous: tuple[Anchor, ...]
    next: tuple[Anchor, ...]


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


def paper(context: SiteContext) -> Iterator[PageOutput]:
    """The page of every paper."""
    library, repository, related = context.library, context.config.repository, context.related()
    names = {each.id: (each.title, urls.paper(each.id)) for each in library.papers.values()}
    listed: defaultdict[str, list[Place]] = defaultdict(list)
    for listing in library.listings:
        ids = library.in_edition.get(listing.id, ())
        for paper_id, place in _places((listing.title, urls.edition(listing.id)), ids, names):
            listed[paper_id].append(place)
    paths: defaultdict[str, list[Place]] = defaultdict(list)
    for path in library.collections:
        ids = tuple(step.paper for step in path.steps)
        for paper_id, place in _places((path.title, urls.collection(path.id)), ids, names):
            paths[paper_id].append(place)
    for each in library.papers.values():
        near = related.get(each.id, _NOTHING)
        around = Surroundings(
            related=tuple(map(names.__getitem__, near.ids)),
            shared=near.words,
            paths=tuple(paths.get(each.id, ())),
            listed=tuple(listed.get(each.id, ())),
        )
        edit = (repository, each.edit) if repository else (None, None)
        key = context.citation_keys[each.id]
        yield PageOutput(urls.paper(each.id), _page, (context.labels, each, key, around, edit))


def _places(name: Name, ids: Sequence[str], names: Mapping[str, Name]) -> Iterator[tuple[str, Place]]:
    """The id of each paper of a list, and its place there."""
    stops = tuple([names[paper_id] for paper_id in ids])
    for number, paper_id in enumerate(ids, start=1):
        yield (
            paper_id,
            (name, number, len(ids), stops[max(0, number - 2) : number - 1], stops[number : number + 1]),
        )


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
        related=tuple(_near(words, page, *each) for each in zip(around.related, around.shared, strict=True)),
        paths=tuple(_stand(words.step_of, page, *place) for place in around.paths),
        listed=tuple(_stand(words.listed_as, page, *place) for place in around.listed),
        improve=edit_links.paper_url(edit[0], paper, edit[1]) or "",
    )
    about = description(paper.summary or paper.abstract or paper.title)
    return Page(page, "paper.md", text.plain(paper.title), about, view, head=metadata.of_paper(paper))


def _stand(  # noqa: PLR0913, PLR0917  a place, part by part
    said: str, page: str, name: Name, number: int, total: int, before: Iterable[Name], after: Iterable[Name]
) -> Stand:
    return Stand(
        link=anchor(page, name),
        place=said.format(number=number, total=total),
        previous=tuple(anchor(page, each) for each in before),
        next=tuple(anchor(page, each) for each in after),
    )


def _near(words: Words, page: str, name: Name, shared: tuple[str, ...]) -> Near:
    why = words.both_about.format(words=", ".join(shared)) if shared else ""
    return Near(anchor(page, name), why)


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
