"""What is explained about a paper: the types behind the text and the JSON of `papershelf explain`."""

from dataclasses import dataclass
from typing import Literal

from papershelf.core.model import LinkKind
from papershelf.core.problems import Location
from papershelf.library.merge import Identity
from papershelf.library.topic_model import Part
from papershelf.library.topic_rules import Hit, Verdict

Change = Literal["listed", "added", "changed", "dropped"]
Tie = Literal[Identity, "title", "same_as"]
TopicOutcome = Literal[Verdict, "added", "decided", "dropped", "replaced"]


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """A value and its place."""

    value: object
    at: Location


@dataclass(frozen=True, slots=True)
class FieldFact:
    """A field of the paper with the place that its value comes from.

    `curated`: whether a decision set it; `before`: the records' value that the decision replaced, None if
    there was none; `others`: different values in other records; `why`: what a date was worked out from, ""
    for other fields.
    """

    name: str
    value: object
    at: Location
    curated: bool
    before: PlacedValue | None
    others: tuple[PlacedValue, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link and how a decision changed it; `listed` is a link as a record has it."""

    url: str
    kind: LinkKind
    official: bool | None
    at: Location
    change: Change


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is the same work as another one; `at` is that record, or the entry with `same_as`.

    `title`: one is the printed version of the other, of the same title and mostly the same authors.
    """

    tie: Tie
    value: str
    at: Location


@dataclass(frozen=True, slots=True)
class RecordFact:
    """A record of the paper, and why it is the same work as the others; a single one has no reasons."""

    id: str
    listing: str
    position: int
    title: str
    at: Location
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class TopicFact:
    """A topic that the rules matched or a curator named, and its outcome.

    `assigned`: by the rules or by what was learned. `added`, `decided`, `dropped`, `replaced`: by the
    decision at `decision`. `weak`, `behind`, `far behind`, `third`: not assigned, for the reason in `why`.
    `chance` is what decided papers teach, None if the rules alone count; `learned` are the weightiest of its
    parts, in units of the logarithm of the odds. `at` is the topic's definition.
    """

    id: str
    title: str
    outcome: TopicOutcome
    why: str
    score: float
    threshold: float
    hits: tuple[Hit, ...]
    chance: float | None
    learned: tuple[Part, ...]
    at: Location | None
    decision: Location | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one paper; the JSON has the same field names.

    In JSON a place is an object of `file`, `line` and `column` (0 if unknown), and unknown values are null.
    `url` is the path of its page within the site, None if the paper is `hidden`, for the reason given there.
    `decision` is the place of its curation entry; `former_ids` are ids that redirect to it. Topics are in
    the order of the page, followed by those not assigned, best first.
    """

    id: str
    title: str
    url: str | None
    hidden: PlacedValue | None
    decision: Location | None
    former_ids: tuple[str, ...]
    records: tuple[RecordFact, ...]
    fields: tuple[FieldFact, ...]
    links: tuple[LinkFact, ...]
    topics: tuple[TopicFact, ...]
