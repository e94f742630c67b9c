"""What many pages show: links, dates, authors, and the card of a paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from papershelf.core import urls
from papershelf.core.model import Link, LinkKind, Paper
from papershelf.text import links
from papershelf.views.context import Labels
from papershelf.views.words import Words

NAMED_AUTHORS = 3
BEST = 5
LINK_ORDER: Final[tuple[LinkKind, ...]] = (
    *("repository", "notebook", "package"),
    *("demo", "model", "dataset", "project"),
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link: text and target, a web address or the relative path of another page's Markdown.

    `mark` is the colour of a mark before it, as #rrggbb, "" for none.
    """

    text: str
    href: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A link with the number of things behind it, a few words about them, and links that are part of it.

    `steps` are the ids of the papers of a reading path with spaces between them.
    """

    link: Anchor
    count: str
    about: str = ""
    inner: tuple[Anchor, ...] = ()
    steps: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A few links of one sort, and what sort that is."""

    label: str
    links: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A link from a paper to code, data or the like; `label` names its kind, `official` is a word or ""."""

    link: Anchor
    kind: str
    label: str
    official: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication in words, `iso` for machines; both "" where it is not known."""

    words: str
    iso: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """What the curator thinks of a paper, in words, "" where nothing is said; `stars` show the `rating`."""

    withdrawn: str
    featured: str
    stars: str
    rating: str
    status: str
    difficulty: str


@dataclass(frozen=True, slots=True)
class Card:
    """A paper as every list shows it; what is not known, and `position` in unnumbered lists, is "".

    `why` is the curator's Markdown on why to read it here. `folded` tells whether the paper's page has an
    abstract, which the card does not repeat.
    """

    title: Anchor
    published: Published
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


def published(words: Words, paper: Paper) -> Published:
    """When a paper came out, in words and for machines."""
    day = paper.published
    return Published(words.day(day) if day else "", day.isoformat() if day else "", paper.published_inferred)


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
    """The names of the first authors, or how many there are, or "" if neither is known."""
    if not paper.authors:
        return words.authors.of(paper.author_count) if paper.author_count else ""
    more = len(paper.authors) - named
    names = ", ".join(paper.authors[:named])
    return f"{names} {words.more_authors.of(more)}" if more > 0 else names


def topics(labels: Labels, page: str, paper: Paper) -> tuple[Anchor, ...]:
    """Links to a paper's topics."""
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
    """A paper's links with readable labels, code before the rest, else in the order given."""
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
    """What a reader sees of a link: owner/name of a repository, else the address without its scheme."""
    repository = links.repository(link.url) if link.kind == "repository" else None
    return repository.label if repository else link.url.partition("://")[2].removeprefix("www.").rstrip("/")
