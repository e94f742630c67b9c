"""content/topics.yml: topics and their rules."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, TypeAdapter, model_validator

from papershelf.content.notes import check_note
from papershelf.content.prose import CleanText, Label
from papershelf.content.validation import validate_entries
from papershelf.content.yaml import Document, ValuePath
from papershelf.core.model import Frozen, Note, Slug, Text
from papershelf.core.problems import GeneratorError, Location, Problem, has_errors
from papershelf.text import patterns

UNSORTED = "unsorted"
WORD = re.compile(r"[^\W_]+")


def _searchable(phrase: str) -> str:
    if not WORD.search(phrase):
        raise ValueError(f"phrase {phrase!r} has no letter or digit to look for")
    if "*" in phrase[:-1]:
        raise ValueError(f"phrase {phrase!r}: '*' may stand only at the end")
    return phrase


def _compiles(pattern: str) -> str:
    patterns.compiled(pattern)
    return pattern


Phrase = Annotated[Text, AfterValidator(_searchable)]
Pattern = Annotated[Text, StringConstraints(max_length=patterns.MAX_LENGTH), AfterValidator(_compiles)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
Weight = Annotated[float, Field(allow_inf_nan=False, ge=-1000, le=1000)]


class Rule(Frozen):
    """Evidence for a topic: every phrase, pattern or category found adds the weight to its score."""

    weight: Weight = Field(
        description="Added for each thing found, doubled in the title; negative speaks against the topic."
    )
    phrases: tuple[Phrase, ...] = Field(
        default=(),
        description="Whole words in any case, plural or not; few-shot also finds few shot and fewshot;"
        " a final * stands for the rest of the word.",
    )
    patterns: tuple[Pattern, ...] = Field(
        default=(), description="Python regular expressions, searched in any case. Prefer phrases."
    )
    categories: tuple[Label, ...] = Field(
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
    title: CleanText = Field(description="The name that readers see.")
    description: Note | None = Field(default=None, description="What belongs here (Markdown).")
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
    rules: tuple[Rule, ...] = Field(default=(), description="What makes a paper belong here.")


def in_order(topics: Sequence[Topic]) -> tuple[Topic, ...]:
    """The topics in display order: by `order`, then those without one in the given order."""
    return tuple(sorted(topics, key=lambda topic: (topic.order is None, topic.order or 0)))


def require_known(wanted: Iterable[str], topics: Iterable[Topic]) -> None:
    """Raise GeneratorError if one of the ids is no topic's."""
    known = sorted(topic.id for topic in topics)
    for topic in wanted:
        if topic not in known:
            raise GeneratorError(f"there is no topic '{topic}'; known: {', '.join(known) or 'none'}")


def with_wider(topics: Iterable[Topic]) -> Mapping[str, tuple[str, ...]]:
    """The ids of each topic and of all topics it is part of, itself first, by its id."""
    parents = {topic.id: topic.parent for topic in topics}
    return {topic: tuple(_ancestors(topic, parents)) for topic in parents}


def _ancestors(topic: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """A topic, its parent and so on, up to the root or to a topic that occurred before."""
    seen: dict[str, None] = {}
    above: str | None = topic
    while above is not None and above not in seen:
        seen[above] = None
        above = parents.get(above)
    yield from seen


_ENTRY = TypeAdapter(Topic)


@dataclass(frozen=True, slots=True)
class PlacedTopics:
    """Topics, the location of each by its id, and of each pattern by the topic's id and the pattern."""

    topics: tuple[Topic, ...] = ()
    places: Mapping[str, Location] = field(default_factory=dict)
    pattern_places: Mapping[tuple[str, str], Location] = field(default_factory=dict)


def place(topics: tuple[Topic, ...], document: Document) -> PlacedTopics:
    """The topics that were read from a document, with their locations in it."""
    return PlacedTopics(
        topics,
        {topic.id: document.place((index,)) for index, topic in enumerate(topics)},
        {
            (topic.id, pattern): document.place((index, "rules", number, "patterns", position))
            for index, topic in enumerate(topics)
            for number, rule in enumerate(topic.rules)
            for position, pattern in enumerate(rule.patterns)
        },
    )


def read_topics(document: Document) -> tuple[tuple[Topic, ...], list[Problem]]:
    """The topics of `content/topics.yml`; none if there is any error in it."""
    defined, problems = validate_entries(_ENTRY, document)
    if has_errors(problems):
        return (), problems
    warnings = problems
    problems = [
        *_defined_twice(defined, document),
        *_taken_aliases(defined, document),
        *_unknown_relatives(defined, document),
        *_cycles(defined, document),
        *_bad_descriptions(defined, document),
    ]
    return (() if problems else tuple(defined.values())), [*warnings, *problems]


def _defined_twice(defined: Mapping[int, Topic], document: Document) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for index, topic in defined.items():
        if topic.id in first:
            place = document.place((first[topic.id], "id"))
            yield Problem(
                document.place((index, "id")), f"topic '{topic.id}' is defined twice", f"first at {place}"
            )
        if topic.id == UNSORTED:
            message = f"'{UNSORTED}' is the topic of all papers without one"
            yield Problem(document.place((index, "id")), message, "choose another id")
        first.setdefault(topic.id, index)


def _unknown_relatives(defined: Mapping[int, Topic], document: Document) -> Iterator[Problem]:
    known = {topic.id for topic in defined.values()}
    for index, topic in defined.items():
        named: list[tuple[ValuePath, Slug]] = [((index, "parent"), topic.parent)] if topic.parent else []
        named += [((index, "related", number), related) for number, related in enumerate(topic.related)]
        for path, relative in named:
            if relative not in known:
                yield Problem(document.place(path), f"no topic '{relative}'", "define it or remove it")


def _taken_aliases(defined: Mapping[int, Topic], document: Document) -> Iterator[Problem]:
    """A problem for every alias that is the id of a topic or an alias of another."""
    first = {topic.id: f"'{topic.id}' is a topic" for topic in defined.values()}
    first[UNSORTED] = f"'{UNSORTED}' holds the papers without topic"
    for index, topic in defined.items():
        for number, alias in enumerate(topic.aliases):
            if alias in first:
                message = f"the alias '{alias}' is taken: {first[alias]}"
                yield Problem(document.place((index, "aliases", number)), message, "remove it")
            first.setdefault(alias, f"it leads to '{topic.id}'")


def _cycles(defined: Mapping[int, Topic], document: Document) -> Iterator[Problem]:
    """A problem for every cycle of parents, at the first of its topics."""
    parents = {topic.id: topic.parent for topic in defined.values()}
    reported: set[str] = set()
    for index, topic in defined.items():
        cycle = list(_ancestors(topic.id, parents))
        if parents.get(cycle[-1]) == topic.id and topic.id not in reported:
            reported.update(cycle)
            names = " → ".join([*cycle, topic.id])
            place = document.place((index, "parent"))
            yield Problem(place, f"topics form a circle: {names}", "remove one of these parents")


def _bad_descriptions(defined: Mapping[int, Topic], document: Document) -> Iterator[Problem]:
    for index, topic in defined.items():
        yield from check_note(document, (index, "description"), topic.description)
