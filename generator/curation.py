"""content/curation/*.yml: what people decide about papers, typed and placed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field, TypeAdapter, model_validator

from generator import notes
from generator.model import Frozen, LinkKind, PaperKind, Slug, Text, WebUrl
from generator.problems import Location, Problem
from generator.validation import validate_entries
from generator.yamlfile import Document


class CodeLink(Frozen):
    """A link as a curator gives it: a bare address will do, its kind is then read from the host."""

    url: WebUrl = Field(description="The address.")
    kind: LinkKind | None = Field(default=None, description="What it leads to; absent: told by the host.")
    official: bool | None = Field(default=None, description="Whether the authors published it.")

    @model_validator(mode="before")
    @classmethod
    def _bare_address(cls, value: Any) -> Any:  # noqa: ANN401  pydantic hands over whatever was written
        return {"url": value} if isinstance(value, str) else value


class Decision(Frozen):
    """Everything decided about one paper."""

    paper: Text = Field(description="Which paper: its id (slug), arXiv id, DOI or exact title.")
    summary: Text | None = Field(default=None, description="One to three sentences in our own words.")
    kind: PaperKind | None = Field(default=None, description="What sort of paper it is.")
    topics: tuple[Slug, ...] | None = Field(
        default=None, min_length=1, description="Replaces the topics that the rules found, best first."
    )
    code: tuple[CodeLink, ...] = Field(default=(), description="Links to add: code, data, models, pages.")
    note: Text | None = Field(default=None, description="Why to read it: emphasis, links, code, lists.")
    hide: Text | None = Field(default=None, description="Leaves the paper out of the site; the reason.")


@dataclass(frozen=True, slots=True)
class Placed:
    """A decision, its own place and the place of each of its fields."""

    decision: Decision
    at: Location
    fields: Mapping[str, Location]


_ENTRY = TypeAdapter(Decision)


def read_decisions(document: Document) -> tuple[tuple[Placed, ...], list[Problem]]:
    """The decisions of one curation file that are well formed, and the problems of the others."""
    decisions, problems = validate_entries(_ENTRY, document)
    placed = tuple(_place(document, index, decision) for index, decision in decisions.items())
    return placed, [*problems, *(problem for entry in placed for problem in _check_note(entry))]


def _place(document: Document, index: int, decision: Decision) -> Placed:
    fields = {name: document.place((index, name)) for name in decision.model_fields_set}
    return Placed(decision, document.place((index,)), fields)


def _check_note(entry: Placed) -> Iterator[Problem]:
    for message, hint in notes.check(entry.decision.note or ""):
        yield Problem(entry.fields["note"], f"note: {message}", hint)
