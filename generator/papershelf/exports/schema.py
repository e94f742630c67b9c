"""The models of the published data; JSON Schemas and the OpenAPI document are generated from them.

Version 1: fields may be added, but never removed, renamed or given another meaning. A field is left out if
its value is unknown, empty or false. The docstrings of models are published as their descriptions.
"""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from papershelf.core.model import Difficulty, LinkKind, PaperKind, Status, WorkType
from papershelf.core.partial_date import PartialDate


class Shape(BaseModel):
    """Base of all models of the published data; their JSON Schemas allow the fields of later versions."""

    model_config = ConfigDict(frozen=True)


def with_list(shape: Shape, name: str, items: Iterable[bytes]) -> bytes:
    """Serialise a model whose last field, the list `name`, has items that are JSON already."""
    head = shape.model_dump_json(exclude_defaults=True, exclude={name}).encode()
    return b'%b,"%b":[%b]}\n' % (head[:-1], name.encode(), b",\n".join(items))


class LinkData(Shape):
    """A link to something that a paper ships."""

    url: str = Field(description="Address.")
    kind: LinkKind = Field(description="What it leads to.")
    official: bool | None = Field(default=None, description="Whether it is the authors' own, if known.")


class ReferenceData(Shape):
    """A link to something about a paper: a talk, a post, slides, a review."""

    title: str = Field(description="What it is, as plain text.")
    url: str = Field(description="Address.")


class Place(Shape):
    """Where a paper stands in an edition."""

    edition: str = Field(description="Id of the edition.")
    position: int = Field(description="Place in the listing, from 1.")


class PaperRef(Shape):
    """A paper by name."""

    id: str = Field(description="Id of the paper, the last part of its page's address.")
    title: str = Field(description="Title as plain text.")


class PaperEntry(PaperRef):
    """A paper in short."""

    page: str = Field(description="Path of its page from the site's root.")
    published: PartialDate | None = Field(
        default=None, description="Date of publication: YYYY-MM-DD, YYYY-MM or YYYY, as far as it is known."
    )
    topics: tuple[str, ...] = Field(default=(), description="Ids of its topics, best first.")
    summary: str | None = Field(default=None, description="What it does, in a sentence or two.")


class PaperData(PaperEntry):
    """All that is known of a paper."""

    citation_key: str = Field(description="Its key in BibTeX, CSL-JSON and RIS.")
    published_inferred: bool = Field(
        default=False, description="Whether the date, or its year, was worked out."
    )
    authors: tuple[str, ...] = Field(default=(), description="Names of the authors, in order.")
    orcids: tuple[str | None, ...] = Field(
        default=(), description="ORCID iD of each author, in the same order; null where it is not known."
    )
    more_authors: bool = Field(default=False, description="Whether not all authors are named.")
    author_count: int | None = Field(default=None, description="Number of authors.")
    kind: PaperKind | None = Field(default=None, description="Kind of paper.")
    venue: str | None = Field(default=None, description="Where it appeared.")
    type: WorkType | None = Field(default=None, description="What sort of publication it is.")
    arxiv: str | None = Field(default=None, description="arXiv id, without version.")
    doi: str | None = Field(default=None, description="DOI, without web address.")
    openreview: str | None = Field(default=None, description="OpenReview id.")
    url: str | None = Field(default=None, description="Address of the paper at its publisher.")
    pdf: str | None = Field(default=None, description="Address of the full text.")
    links: tuple[LinkData, ...] = Field(default=(), description="Code, data, models and the like.")
    references: tuple[ReferenceData, ...] = Field(default=(), description="Talks, posts and the like.")
    categories: tuple[str, ...] = Field(default=(), description="Categories of the source, such as cs.LG.")
    tags: tuple[str, ...] = Field(default=(), description="The curator's tags.")
    comments: int | None = Field(default=None, description="Comments where it was listed.")
    upvotes: int | None = Field(default=None, description="Votes where it was listed.")
    featured: bool = Field(default=False, description="Whether the curator features it.")
    status: Status | None = Field(default=None, description="Whether the curator has read it.")
    rating: int | None = Field(default=None, description="The curator's rating, 1 to 5.")
    difficulty: Difficulty | None = Field(default=None, description="How much it asks of a reader.")
    withdrawn: str | None = Field(default=None, description="Why it was withdrawn, in Markdown.")
    note: str | None = Field(default=None, description="The curator's note, in Markdown.")
    abstract: str | None = Field(default=None, description="Abstract as plain text.")
    editions: tuple[Place, ...] = Field(default=(), description="Where it was listed.")
    former_ids: tuple[str, ...] = Field(default=(), description="Ids it had before.")


class PaperPage(Shape):
    """A page of the list of papers, newest publication first, undated ones last."""

    total: int = Field(description="Number of papers in all pages.")
    previous: str | None = Field(default=None, description="File of the page before, beside this one.")
    next: str | None = Field(default=None, description="File of the page after, beside this one.")
    papers: tuple[PaperEntry, ...] = Field(description="The papers.")


class TopicEntry(Shape):
    """A topic in short."""

    id: str = Field(description="Id of the topic.")
    title: str = Field(description="Its name, as plain text.")
    description: str | None = Field(default=None, description="What belongs there, in Markdown.")
    parent: str | None = Field(default=None, description="Id of the topic that this one is part of.")
    related: tuple[str, ...] = Field(default=(), description="Ids of related topics.")
    count: int = Field(description="Number of papers, those of its parts included.")


class TopicData(TopicEntry):
    """A topic with its papers."""

    papers: tuple[PaperRef, ...] = Field(description="The papers, newest publication first.")


class TopicList(Shape):
    """All topics."""

    topics: tuple[TopicEntry, ...] = Field(description="The topics, in the curator's order.")


class EditionEntry(Shape):
    """An edition in short: the papers of one listing."""

    id: str = Field(description="Id of the edition.")
    title: str = Field(description="Its name, as plain text.")
    captured: date | None = Field(default=None, description="Date of the listing.")
    captured_inferred: bool = Field(default=False, description="Whether that date's year was worked out.")
    count: int = Field(description="Number of papers.")


class EditionData(EditionEntry):
    """An edition with its papers."""

    papers: tuple[PaperRef, ...] = Field(description="The papers, as listed.")


class EditionList(Shape):
    """All editions."""

    editions: tuple[EditionEntry, ...] = Field(description="The editions, newest first, undated ones last.")


class RepositoryData(Shape):
    """A code repository and the papers that link to it."""

    name: str = Field(description="Owner and name, or the name alone where the host hides the owner.")
    url: str = Field(description="Address of the repository.")
    papers: tuple[str, ...] = Field(description="Ids of the papers.")


class Code(Shape):
    """All code repositories."""

    repositories: tuple[RepositoryData, ...] = Field(description="The repositories, by host and name.")


class CollectionEntry(Shape):
    """A reading path in short."""

    id: str = Field(description="Id of the collection.")
    title: str = Field(description="Its name, as plain text.")
    introduction: str | None = Field(default=None, description="What it is for, in Markdown.")
    count: int = Field(description="Number of papers.")


class StepData(PaperRef):
    """A paper of a reading path."""

    note: str | None = Field(default=None, description="Why to read it here, in Markdown.")


class CollectionData(CollectionEntry):
    """A reading path with its papers."""

    papers: tuple[StepData, ...] = Field(description="The papers in reading order.")


class CollectionList(Shape):
    """All reading paths."""

    collections: tuple[CollectionEntry, ...] = Field(description="The collections, by id.")


class GroupEntry(Shape):
    """A group of papers in short."""

    id: str = Field(description="Id of the group.")
    title: str = Field(description="Its name, as plain text.")
    description: str | None = Field(default=None, description="What it is, as plain text.")
    count: int = Field(description="Number of papers.")


class GroupData(GroupEntry):
    """A group with its papers."""

    papers: tuple[PaperRef, ...] = Field(description="The papers.")


class GroupList(Shape):
    """All groups of a taxonomy."""

    groups: tuple[GroupEntry, ...] = Field(description="The groups.")


class Index(Shape):
    """What there is, and where."""

    title: str = Field(description="The site's name.")
    description: str = Field(description="What the site is about.")
    site: str | None = Field(default=None, description="The site's address.")
    version: int = Field(description="Version of this data; it changes if a field goes.")
    commit: str | None = Field(default=None, description="Commit that this was made from.")
    papers: int = Field(description="Number of papers.")
    topics: int = Field(description="Number of topics.")
    editions: int = Field(description="Number of editions.")
    collections: int = Field(description="Number of collections.")
    repositories: int = Field(description="Number of code repositories.")
    files: tuple[str, ...] = Field(
        description="The files beside this one; {id} and {number} stand for what differs."
    )
