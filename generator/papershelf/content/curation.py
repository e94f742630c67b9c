"""content/curation/*.yml: curators' decisions about papers, each with its location."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import Field, TypeAdapter, model_validator

from papershelf.content.authors import CuratedAuthors, without_et_al
from papershelf.content.notes import check_note
from papershelf.content.prose import CleanText, CuratedReference, Label, Tag
from papershelf.content.validation import validate_entries
from papershelf.content.yaml import Document
from papershelf.core.model import (
    ArxivId,
    Difficulty,
    Doi,
    Frozen,
    LinkKind,
    Note,
    PaperKind,
    Rating,
    Slug,
    Status,
    Text,
    WebUrl,
    WorkType,
)
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.text import identifiers


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

    _et_al = model_validator(mode="before")(without_et_al)

    paper: Text = Field(description="Which paper: its id (slug), arXiv id, DOI or exact title.")
    summary: CleanText | None = Field(default=None, description="One to three sentences in our own words.")
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
    links: tuple[CuratedReference, ...] = Field(
        default=(), description="Links about it: talks, posts, slides."
    )
    title: CleanText | None = Field(default=None, description="The title, corrected.")
    authors: CuratedAuthors | None = Field(
        default=None, description="All authors; et al. at the end if there are more."
    )
    more_authors: bool = Field(default=False, description="Whether there are more: yes or no.")
    published: PartialDate | None = Field(
        default=None, description="Date of publication: YYYY-MM-DD, YYYY-MM or YYYY."
    )
    venue: Label | None = Field(default=None, description="Where it appeared, such as ICML 2024.")
    type: WorkType | None = Field(
        default=None, description="What sort of publication it is; absent: told by the venue."
    )
    arxiv: ArxivId | None = Field(default=None, description="arXiv id without version.")
    doi: Doi | None = Field(default=None, description="DOI, without https://doi.org/.")
    featured: bool = Field(default=False, description="Shown first: yes or no.")
    status: Status | None = Field(default=None, description="How far the curator has read.")
    rating: Rating | None = Field(default=None, description="The curator's judgement, 1 to 5.")
    difficulty: Difficulty | None = Field(default=None, description="What it asks of a reader.")
    hide: CleanText | None = Field(default=None, description="Leaves it out of the site; the reason.")
    withdrawn: CleanText | None = Field(
        default=None, description="It was withdrawn or retracted; the reason."
    )
    same_as: Text | None = Field(default=None, description="It is the same work as this other paper.")
    different_from: tuple[Text, ...] = Field(
        default=(), description="Other papers that it must not be taken for, however alike."
    )
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
    in_notes = (
        problem
        for index, decision in decisions.items()
        for problem in check_note(document, (index, "note"), decision.note)
    )
    return placed, [*problems, *in_notes]


def _place(document: Document, index: int, decision: Decision) -> PlacedDecision:
    fields = {name: document.place((index, name)) for name in decision.model_fields_set}
    found = identifiers.parse(decision.doi) if decision.doi else None
    if found and found.kind == "arxiv":
        decision = _with_arxiv(decision, decision.arxiv or found.value)
        fields.setdefault("arxiv", fields.pop("doi"))
        fields.pop("doi", None)
    return PlacedDecision(decision, document.place((index,)), fields)


def _with_arxiv(decision: Decision, arxiv: str) -> Decision:
    """The decision with an arXiv id instead of the DOI that arXiv gives for it."""
    given = {name: getattr(decision, name) for name in decision.model_fields_set - {"doi"}}
    return Decision.model_construct(**given | {"arxiv": arxiv})
