"""content/curation/*.yml: curators' decisions about papers, each with its location."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from papershelf.content.validation import validate_entries
from papershelf.content.yaml import Document
from papershelf.core.model import (
    TAG,
    ArxivId,
    Difficulty,
    Doi,
    Frozen,
    IsoDate,
    LinkKind,
    Note,
    PaperKind,
    Rating,
    Reference,
    Slug,
    Status,
    Text,
    WebUrl,
    WorkType,
)
from papershelf.core.problems import Location, Problem
from papershelf.text import notes

Tag = Annotated[Text, StringConstraints(max_length=40, pattern=TAG)]


class CodeLink(Frozen):
    """A link as a curator gives it: a bare address will do, its kind is then read from the host."""

    url: WebUrl = Field(description="The address.")
    kind: LinkKind | None = Field(default=None, description="What it leads to; absent: told by the host.")
    official: bool | None = Field(default=None, description="Whether the authors published it.")

    @model_validator(mode="before")
    @classmethod
    def _from_url(cls, value: object) -> object:
        return {"url": value} if isinstance(value, str) else value


class Decision(Frozen):
    """Everything decided about one paper; with a title and a link it may be one that no listing has."""

    paper: Text = Field(description="Which paper: its id (slug), arXiv id, DOI or exact title.")
    summary: Text | None = Field(default=None, description="One to three sentences in our own words.")
    kind: PaperKind | None = Field(default=None, description="What sort of paper it is.")
    note: Note | None = Field(default=None, description="Why to read it: emphasis, links, code, lists.")
    topics: tuple[Slug, ...] | None = Field(
        default=None, min_length=1, description="Replaces the topics that the rules found, best first."
    )
    add_topics: tuple[Slug, ...] = Field(default=(), description="Topics besides those of the rules.")
    drop_topics: tuple[Slug, ...] = Field(default=(), description="Topics that the rules found wrongly.")
    tags: tuple[Tag, ...] = Field(default=(), description="Free words to find it by.")
    code: tuple[CodeLink, ...] = Field(default=(), description="Links to add: code, data, models, pages.")
    drop_code: tuple[WebUrl, ...] = Field(default=(), description="Links of a listing that are wrong.")
    links: tuple[Reference, ...] = Field(default=(), description="Links about it: talks, posts, slides.")
    title: Text | None = Field(default=None, description="The title, corrected.")
    authors: tuple[Text, ...] | None = Field(default=None, min_length=1, description="All authors' names.")
    published: IsoDate | None = Field(default=None, description="Day of publication, YYYY-MM-DD.")
    venue: Text | None = Field(default=None, description="Where it appeared, such as ICML 2024.")
    type: WorkType | None = Field(
        default=None, description="What sort of publication it is; absent: told by the venue."
    )
    arxiv: ArxivId | None = Field(default=None, description="arXiv id without version.")
    doi: Doi | None = Field(default=None, description="DOI, without https://doi.org/.")
    featured: bool = Field(default=False, description="Shown first: yes or no.")
    status: Status | None = Field(default=None, description="How far the curator has read.")
    rating: Rating | None = Field(default=None, description="The curator's judgement, 1 to 5.")
    difficulty: Difficulty | None = Field(default=None, description="What it asks of a reader.")
    hide: Text | None = Field(default=None, description="Leaves it out of the site; the reason.")
    withdrawn: Text | None = Field(default=None, description="It was withdrawn or retracted; the reason.")
    same_as: Text | None = Field(default=None, description="It is the same work as this other paper.")
    slug: Slug | None = Field(default=None, description="A new id; the former URL leads to the new one.")


@dataclass(frozen=True, slots=True)
class PlacedDecision:
    """A decision, its location and the location of each of its fields."""

    decision: Decision
    at: Location
    fields: Mapping[str, Location]


_ENTRY = TypeAdapter(Decision)


def read_decisions(document: Document) -> tuple[tuple[PlacedDecision, ...], list[Problem]]:
    """The valid decisions of one curation file, and the problems of the others."""
    decisions, problems = validate_entries(_ENTRY, document)
    placed = tuple(_place(document, index, decision) for index, decision in decisions.items())
    return placed, [*problems, *(problem for entry in placed for problem in _check_note(entry))]


def _place(document: Document, index: int, decision: Decision) -> PlacedDecision:
    fields = {name: document.place((index, name)) for name in decision.model_fields_set}
    return PlacedDecision(decision, document.place((index,)), fields)


def _check_note(entry: PlacedDecision) -> Iterator[Problem]:
    for message, hint in notes.check(entry.decision.note or ""):
        yield Problem(entry.fields["note"], f"note: {message}", hint)
