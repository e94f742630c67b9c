"""Resolve decisions: find the paper that each one means, and report what does not fit together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from papershelf.content.collections import Collection
from papershelf.content.curation import Decision, PlacedDecision
from papershelf.content.topics import Topic
from papershelf.core.model import Paper, is_slug
from papershelf.core.problems import Location, Problem
from papershelf.library.paper_index import PaperIndex
from papershelf.text import slug
from papershelf.text.similar import closest_name

_ALMOST_EQUAL = 90.0
_MAX_SUGGESTIONS = 50


@dataclass(frozen=True, slots=True)
class Resolved:
    """Decisions by the id of the paper they are about.

    decided: decisions about papers of the listings.
    added: decisions that add a paper which no listing has, by its new id.
    same: for a paper that is the same work as another, the id of that other paper, by its own id.
    """

    decided: Mapping[str, PlacedDecision]
    added: Mapping[str, PlacedDecision]
    same: Mapping[str, str]
    problems: tuple[Problem, ...]


def resolve(decisions: Sequence[PlacedDecision], papers: PaperIndex) -> Resolved:
    """Find the paper of every decision; a missing, ambiguous or repeated one is a problem."""
    decided: dict[str, PlacedDecision] = {}
    added: dict[str, PlacedDecision] = {}
    problems: list[Problem] = []
    for placed in decisions:
        at, name = placed.fields["paper"], placed.decision.paper
        found = papers.find(name)
        if len(found) > 1:
            problems.append(_ambiguous(at, name, found))
        elif not found and not is_new(placed.decision):
            hint = papers.suggest(name) if len(problems) < _MAX_SUGGESTIONS else ""
            problems.append(Problem(at, f"no paper '{name}'", hint))
        elif not found and new_id(placed.decision) in papers.titles:
            message = f"'{name}' adds a new paper, and its id is taken"
            hint = f"'{new_id(placed.decision)}' is another paper: choose a slug of its own"
            problems.append(Problem(at, message, hint))
        else:
            paper_id = found[0] if found else new_id(placed.decision)
            target = decided if found else added
            problems += _decided_twice(placed, decided.get(paper_id) or added.get(paper_id))
            problems += () if found else _almost_known(placed, papers)
            target.setdefault(paper_id, placed)
    same, in_same = _same_works(decided, papers)
    return Resolved(decided, added, same, (*problems, *in_same))


def is_new(decision: Decision) -> bool:
    """Whether a decision is enough for a paper of its own: it has a title and a place to read it."""
    return bool(decision.title and (decision.arxiv or decision.doi or decision.links or decision.code))


def new_id(decision: Decision) -> str:
    """The id of a paper added by hand: its `slug`, else its name if that is a slug, else its title's slug."""
    named = decision.paper if is_slug(decision.paper) else slug(decision.title or decision.paper)
    return decision.slug or named


def _ambiguous(at: Location, name: str, found: Sequence[str]) -> Problem:
    return Problem(at, f"'{name}' means several papers", f"use an id: {', '.join(found)}")


def _decided_twice(placed: PlacedDecision, first: PlacedDecision | None) -> Iterator[Problem]:
    if first:
        message = f"'{placed.decision.paper}' is decided a second time"
        yield Problem(placed.fields["paper"], message, f"first at {first.at}; keep one entry")


def _almost_known(placed: PlacedDecision, papers: PaperIndex) -> Iterator[Problem]:
    """A warning if the name of a new paper is almost the id of a known one: most likely a typing mistake."""
    known = closest_name(placed.decision.paper, papers.titles, _ALMOST_EQUAL)
    if known:
        message = f"'{placed.decision.paper}' adds a new paper, and is almost the id of another"
        yield Problem(placed.fields["paper"], message, f"did you mean '{known}'?", "warning")


def _same_works(
    decided: Mapping[str, PlacedDecision], papers: PaperIndex
) -> tuple[dict[str, str], list[Problem]]:
    same: dict[str, str] = {}
    problems: list[Problem] = []
    for paper_id, placed in decided.items():
        name = placed.decision.same_as
        if not name:
            continue
        at, found = placed.fields["same_as"], papers.find(name)
        others = placed.decision.model_fields_set - {"paper", "same_as"}
        if len(found) != 1:
            hint = f"use an id: {', '.join(found)}" if found else papers.suggest(name)
            problems.append(Problem(at, f"same_as: no single paper '{name}'", hint))
        elif _leads_to(found[0], paper_id, same):
            message = f"same_as goes in a circle: {paper_id} is {found[0]}"
            problems.append(Problem(at, message, "keep one of them"))
        elif others:
            hint = f"write {', '.join(sorted(others))} into the entry of '{found[0]}'"
            problems.append(Problem(at, "an entry with same_as says nothing else", hint))
        else:
            same[paper_id] = found[0]
    return same, problems


def _leads_to(start: str, end: str, same: Mapping[str, str]) -> bool:
    while start != end and start in same:
        start = same[start]
    return start == end


def unknown_topics(decisions: Iterable[PlacedDecision], topics: Iterable[Topic]) -> Iterator[Problem]:
    """A problem for every topic that a decision names and topics.yml does not define."""
    known = dict.fromkeys(topic.id for topic in topics)
    for placed in decisions:
        for field in ("topics", "add_topics", "drop_topics"):
            for topic in getattr(placed.decision, field) or ():
                if topic not in known:
                    similar = closest_name(topic, known)
                    hint = (
                        f"did you mean '{similar}'?" if similar else "content/topics.yml defines the topics"
                    )
                    yield Problem(placed.fields[field], f"no topic '{topic}'", hint)


def missing_papers(collection: Collection, papers: PaperIndex) -> Iterator[Problem]:
    """A problem for every step of a collection whose paper is unknown, ambiguous or repeated."""
    first: dict[str, Location] = {}
    for step in collection.steps:
        found = papers.find(step.name)
        if len(found) > 1:
            yield _ambiguous(step.at, step.name, found)
        elif not found:
            hint = papers.suggest(step.name) or "hidden papers cannot stand in a collection"
            yield Problem(step.at, f"no paper '{step.name}'", hint)
        elif first.setdefault(found[0], step.at) != step.at:
            yield Problem(step.at, f"'{step.name}' stands here twice", f"first at {first[found[0]]}")


def shared_identities(papers: Iterable[Paper]) -> Iterator[Problem]:
    """A problem for every arXiv id or DOI that two papers share: they are one work."""
    first: dict[str, str] = {}
    for paper in papers:
        for field, value in (("arxiv", paper.arxiv), ("doi", paper.doi)):
            if value and first.setdefault(value.casefold(), paper.id) != paper.id:
                other = first[value.casefold()]
                at = paper.origin.get(field, Location("content/papers"))
                message = f"{field} {value} is that of '{other}' too"
                yield Problem(at, message, f"say in an entry for '{paper.id}': same_as: {other}")


def unsorted(paper: Paper) -> Problem:
    """The warning for a paper that the rules of no topic match."""
    at = paper.origin.get("title", Location("content/papers"))
    hint = "add a rule to content/topics.yml or decide its topics in content/curation"
    return Problem(at, f"no topic matches '{paper.id}'", hint, "warning")
