"""Parts of pages: links, dates, authors, and the card of a paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from papershelf.core import urls
from papershelf.core.model import Link, LinkKind, Paper
from papershelf.text import links, people
from papershelf.views.context import Labels
from papershelf.views.words import Words

NAMED_AUTHORS: Final = 3
BEST: Final = 5
LINK_ORDER: Final[tuple[LinkKind, ...]] = (
    *("repository", "notebook", "package"),
    *("demo", "model", "dataset", "project"),
)

PageRef: TypeAlias = tuple[str, str]
"""A page that others link to: its title and its path."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: its text and its target, a web address or the relative path of a page's Markdown file.

    mark: the colour of a mark before it, as #rrggbb, "" for none.
    """

    text: str
    href: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link with a count in words, a short description, and links to what is part of it.

    steps: the ids of a reading path's papers, separated by spaces.
    """

    link: Anchor
    count: str
    about: str = ""
    inner: tuple[Anchor, ...] = ()
    steps: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Links of one kind with their label."""

    label: str
    links: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A link from a paper to code, data or the like; `label` names its kind, `official` may be ""."""

    link: Anchor
    kind: str
    label: str
    official: str = ""


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """A date of publication as far as it is known, in words and in ISO 8601; both are "" if it is unknown.

    inferred: what of it is, in a few words, and `why`: in a sentence; both are "" if it is written.
    """

    words: str
    iso: str
    inferred: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The curator's marks on a paper, in words, "" for none; `stars` show the `rating`."""

    withdrawn: str
    featured: str
    stars: str
    rating: str
    status: str
    difficulty: str


@dataclass(frozen=True, slots=True)
class Card:
    """A paper in a list; unknown texts are "", and so is `position` in unnumbered lists.

    why: the curator's Markdown on why to read it here.
    folded: whether the paper's page has an abstract, which the card does not repeat.
    """

    title: Anchor
    published: PublicationDate
    authors: str
    comments: str
    venue: str
    kind: str
    marks: Marks
    topics: tuple[Anchor, ...]
    resources: tuple[Resource, ...]
    summary: str
    new: str = ""
    folded: bool = False
    position: str = ""
    why: str = ""


def card(labels: Labels, page: str, paper: Paper, position: int = 0, *, new: bool = False) -> Card:
    """The card of a paper on a page."""
    words = labels.words
    return Card(
        title=Anchor(paper.title, urls.relative(page, urls.paper(paper.id))),
        published=published(words, paper),
        authors=authors(words, paper),
        comments=words.comments.of(paper.comments) if paper.comments else "",
        venue=paper.venue or "",
        kind=words.kinds[paper.kind] if paper.kind else "",
        marks=marks(words, paper),
        topics=topics(labels, page, paper),
        resources=resources(words, paper.links),
        summary=paper.summary or "",
        new=words.new if new else "",
        folded=paper.abstract is not None,
        position=words.position.format(number=position) if position else "",
    )


def published(words: Words, paper: Paper) -> PublicationDate:
    """The date of publication of a paper."""
    if not paper.published:
        return PublicationDate("", "")
    known = words.partial_date(paper.published), str(paper.published)
    if paper.is_dated_by_arxiv:
        return PublicationDate(*known, words.arxiv_dated, words.arxiv_dated_why)
    if paper.published_inferred:
        return PublicationDate(*known, words.year_inferred, words.year_inferred_why)
    return PublicationDate(*known)


def marks(words: Words, paper: Paper) -> Marks:
    """The curator's marks on a paper."""
    rating = paper.rating or 0
    return Marks(
        withdrawn=words.withdrawn if paper.withdrawn else "",
        featured=words.featured if paper.featured else "",
        stars="★" * rating + "☆" * (BEST - rating) if rating else "",
        rating=words.rated.format(rating=rating, best=BEST) if rating else "",
        status=words.statuses[paper.status] if paper.status else "",
        difficulty=words.difficulties[paper.difficulty] if paper.difficulty else "",
    )


def authors(words: Words, paper: Paper, named: int = NAMED_AUTHORS) -> str:
    """The names of the first authors, else the number of authors, "" if neither is known."""
    if not paper.authors:
        return words.authors.of(paper.author_count) if paper.author_count else ""
    names = ", ".join(map(people.shown, paper.authors[:named]))
    known = max(len(paper.authors), (paper.more_authors and paper.author_count) or 0)
    more = known - len(paper.authors[:named])
    if paper.more_authors and known == len(paper.authors):
        return f"{names} {words.and_others}"
    return f"{names} {words.more_authors.of(more)}" if more > 0 else names


def page_link(page: str, target: PageRef) -> Anchor:
    """The link from a page to another one."""
    title, path = target
    return Anchor(title, urls.relative(page, path))


def topics(labels: Labels, page: str, paper: Paper) -> tuple[Anchor, ...]:
    """Links from a page to a paper's topics."""
    return topic_links(labels, page, paper.topics)


def topic_links(labels: Labels, page: str, ids: Iterable[str]) -> tuple[Anchor, ...]:
    """Links from a page to topics, with their marks."""
    return tuple(
        Anchor(
            labels.topic_titles[topic],
            urls.relative(page, urls.topic(topic)),
            labels.topic_marks.get(topic, ""),
        )
        for topic in ids
    )


def resources(words: Words, paper_links: Iterable[Link]) -> tuple[Resource, ...]:
    """A paper's links with readable labels, in `LINK_ORDER`, those of one kind in the order given."""
    ordered = sorted(paper_links, key=lambda link: LINK_ORDER.index(link.kind))
    return tuple(
        Resource(
            link=Anchor(link_label(link), link.url),
            kind=link.kind,
            label=words.link_kinds[link.kind],
            official=words.official if link.official else "",
        )
        for link in ordered
    )


def link_label(link: Link) -> str:
    """The text of a link: owner/name of a repository, else the address without its scheme."""
    repository = links.repository(link.url) if link.kind == "repository" else None
    return repository.label if repository else link.url.partition("://")[2].removeprefix("www.").rstrip("/")
