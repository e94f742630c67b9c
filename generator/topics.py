"""Topics and their rules as `content/topics.yml` holds them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, model_validator

from generator.model import Frozen, Slug, Text
from generator.problems import Problem
from generator.validation import validate_entries
from generator.yamlfile import Document, Path

WORD = re.compile(r"[^\W_]+")


def _searchable(phrase: str) -> str:
    if not WORD.search(phrase):
        raise ValueError(f"phrase {phrase!r} has no letter or digit to look for")
    if "*" in phrase[:-1]:
        raise ValueError(f"phrase {phrase!r}: '*' may stand only at the end")
    return phrase


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as mistake:
        raise ValueError(f"pattern {pattern!r} is not a regular expression: {mistake}") from mistake
    return pattern


Phrase = Annotated[Text, AfterValidator(_searchable)]
Pattern = Annotated[Text, AfterValidator(_compiles)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Icon = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(/[a-z0-9]+)*(-[a-z0-9]+)*$")]
Weight = Annotated[float, Field(allow_inf_nan=False, ge=-1000, le=1000)]


class Rule(Frozen):
    """Evidence for a topic: every phrase, pattern or category found adds the weight to its score."""

    weight: Weight = Field(
        description="Added for each thing found, doubled in the title; negative speaks against the topic."
    )
    phrases: tuple[Phrase, ...] = Field(
        default=(),
        description="Whole words in any case; space, hyphen and nothing are the same; a plural s is found"
        " too; a final * stands for the rest of the word.",
    )
    patterns: tuple[Pattern, ...] = Field(
        default=(), description="Python regular expressions, searched in any case. Prefer phrases."
    )
    categories: tuple[Text, ...] = Field(
        default=(), description="Categories or keywords that a paper carries, such as cs.RO, compared whole."
    )
    only_in: Literal["title", "text"] | None = Field(
        default=None, description="Where phrases and patterns are looked for; both if absent."
    )

    @model_validator(mode="after")
    def _looks_for_something(self) -> Self:
        if not (self.phrases or self.patterns or self.categories):
            raise ValueError("a rule needs phrases, patterns or categories")
        return self


class Topic(Frozen):
    """A topic that papers are sorted into, by rules or by hand."""

    id: Slug = Field(description="The topic's name in URLs and in curation.")
    title: Text = Field(description="The name that readers see.")
    description: Text | None = Field(default=None, description="What belongs here (Markdown).")
    parent: Slug | None = Field(default=None, description="The id of the wider topic.")
    aliases: tuple[Slug, ...] = Field(
        default=(), description="Former ids; their URLs redirect to this topic."
    )
    related: tuple[Slug, ...] = Field(default=(), description="Ids of topics that readers may also want.")
    threshold: float = Field(
        default=3.0, gt=0, allow_inf_nan=False, description="The score from which a paper belongs here."
    )
    order: int | None = Field(
        default=None, description="Place among the topics, lowest first; those without follow as in the file."
    )
    colour: Colour | None = Field(default=None, description="Colour of the topic's mark, as #rrggbb.")
    icon: Icon | None = Field(default=None, description="Icon of the theme, such as material/school.")
    rules: tuple[Rule, ...] = Field(default=(), description="What makes a paper belong here.")


def in_order(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics as readers see them: by `order`, then those without one as given."""
    return tuple(sorted(topics, key=lambda topic: (topic.order is None, topic.order or 0)))


_ENTRY = TypeAdapter(Topic)


def read_topics(document: Document) -> tuple[tuple[Topic, ...], list[Problem]]:
    """The topics of `content/topics.yml`; with any mistake in it, none but its problems."""
    defined, problems = validate_entries(_ENTRY, document)
    if problems:
        return (), problems
    problems = [*_defined_twice(defined, document), *_unknown_relatives(defined, document)]
    return (() if problems else tuple(defined.values())), problems


def _defined_twice(defined: Mapping[int, Topic], document: Document) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, topic in defined.items():
        if topic.id in first:
            place = document.place((first[topic.id], "id"))
            yield Problem(
                document.place((index, "id")), f"topic '{topic.id}' is defined twice", f"first at {place}"
            )
        first.setdefault(topic.id, index)


def _unknown_relatives(defined: Mapping[int, Topic], document: Document) -> Iterator[Problem]:
    known = {topic.id for topic in defined.values()}
    for index, topic in defined.items():
        named: list[tuple[Path, Slug]] = [((index, "parent"), topic.parent)] if topic.parent else []
        named += [((index, "related", number), related) for number, related in enumerate(topic.related)]
        for path, relative in named:
            if relative not in known:
                yield Problem(document.place(path), f"no topic '{relative}'", "define it or remove it")
