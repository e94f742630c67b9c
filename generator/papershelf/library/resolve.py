"""Resolve decisions: find the paper that each one means, and report what does not fit together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from papershelf.content.collections import Collection
from papershelf.content.curation import Decision, PlacedDecision
from papershelf.content.topics import Topic
from papershelf.core.model import Paper, is_slug
from papershelf.core.problems import Location, Problem
from papershelf.library import apart
from papershelf.library.paper_index import PaperIndex, index_papers
from papershelf.library.same_work import Apart, agree, are_apart, of_equal_titles, work_ids
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
    apart: pairs of ids of papers that are different works.
    """

    decided: Mapping[str, PlacedDecision]
    added: Mapping[str, PlacedDecision]
    same: Mapping[str, str]
    problems: tuple[Problem, ...]
    apart: Apart = frozenset()


def resolve(decisions: Sequence[PlacedDecision], papers: PaperIndex) -> Resolved:
    """Find the paper of every decision; a missing, ambiguous or repeated one is a problem."""
    decided: dict[str, PlacedDecision] = {}
    added: dict[str, PlacedDecision] = {}
    unknown: list[PlacedDecision] = []
    problems: list[Problem] = []
    for placed in decisions:
        at, name = placed.fields["paper"], placed.decision.paper
        found = papers.find(name)
        if len(found) > 1:
            problems.append(_ambiguous(at, name, found))
        elif not found and not is_new(placed.decision):
            unknown.append(placed)
        elif not found and new_id(placed.decision) in papers.titles:
            problems.append(_taken(placed))
        else:
            paper_id = found[0] if found else new_id(placed.decision)
            target = decided if found else added
            problems += _decided_twice(placed, decided.get(paper_id) or added.get(paper_id))
            problems += () if found else _almost_known(placed, papers)
            target.setdefault(paper_id, placed)
    by_hand = index_papers(
        Paper(id=name, title=each.decision.title or "", arxiv=each.decision.arxiv, doi=each.decision.doi)
        for name, each in added.items()
    )
    for number, placed in enumerate(unknown):
        at_hand = next((added[each] for each in by_hand.find(placed.decision.paper)), None)
        nearest = papers.suggest(placed.decision.paper) if number < _MAX_SUGGESTIONS else ""
        problems.append(_unknown(placed, at_hand, nearest))

    def find(name: str) -> tuple[str, ...]:
        return papers.find(name) or by_hand.find(name)

    everything = {**decided, **added}
    same, in_same = _same_works(everything, added, find, papers)
    in_apart = apart.problems(everything, same, find, papers)
    return Resolved(
        decided, added, same, (*problems, *in_same, *in_apart), apart.apart_papers(everything, find)
    )


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


def _unknown(placed: PlacedDecision, by_hand: PlacedDecision | None, nearest: str) -> Problem:
    """Why an entry is about no paper: its author forgot a part of it, or wrote two entries, or mistyped."""
    decision, at = placed.decision, placed.fields["paper"]
    name = decision.paper
    if by_hand:
        message = f"'{name}' is added by hand, in an entry of its own"
        return Problem(at, message, f"write this into the entry at {by_hand.at}")
    if decision.title:
        message = f"no paper '{name}', and an entry that adds one needs a place to read it"
        return Problem(at, message, _or("add arxiv, doi, links or code", nearest))
    if decision.arxiv or decision.doi or decision.links or decision.code:
        message = f"no paper '{name}', and an entry that adds one needs its title"
        return Problem(at, message, _or("add title", nearest))
    return Problem(at, f"no paper '{name}'", nearest)


def _or(cure: str, nearest: str) -> str:
    return f"{cure}; if it is in the list: {nearest}" if nearest else cure


def _taken(placed: PlacedDecision) -> Problem:
    name, paper_id = placed.decision.paper, new_id(placed.decision)
    message = f"'{name}' adds a new paper, and its id is taken"
    hint = (
        f"'{paper_id}' is another paper: choose a slug of its own; if it is this one, write paper: {paper_id}"
    )
    return Problem(placed.fields["paper"], message, hint)


def _same_works(
    decided: Mapping[str, PlacedDecision],
    added: Mapping[str, PlacedDecision],
    find: Callable[[str], Sequence[str]],
    papers: PaperIndex,
) -> tuple[dict[str, str], list[Problem]]:
    same: dict[str, str] = {}
    problems: list[Problem] = []
    for paper_id, placed in decided.items():
        name = placed.decision.same_as
        if not name:
            continue
        at, found = placed.fields["same_as"], find(name)
        others = placed.decision.model_fields_set - {"paper", "same_as", "different_from"}
        if len(found) != 1:
            hint = f"use an id: {', '.join(found)}" if found else papers.suggest(name)
            problems.append(Problem(at, f"same_as: no single paper '{name}'", hint))
        elif apart.last(found[0], same) == paper_id:
            message = f"same_as goes in a circle: {paper_id} is {found[0]}"
            problems.append(Problem(at, message, "keep one of them"))
        elif others and paper_id not in added:
            hint = f"write {', '.join(sorted(others))} into the entry of '{found[0]}'"
            problems.append(Problem(at, "an entry with same_as says nothing else", hint))
        else:
            same[paper_id] = found[0]
    return same, problems


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
    """A problem for every arXiv id, DOI or OpenReview id that two papers share: they are one work."""
    first: dict[tuple[str, str], str] = {}
    for paper in papers:
        for each in work_ids(paper):
            if first.setdefault(each.key, paper.id) != paper.id:
                other = first[each.key]
                at = paper.origin.get(each.kind, Location("content/papers"))
                message = f"{each.kind} {each.value} is that of '{other}' too"
                yield Problem(at, message, f"say in an entry for '{paper.id}': same_as: {other}")


def same_titles(papers: Iterable[Paper], held_apart: Apart) -> Iterator[Problem]:
    """A warning for papers of one title whose authors and abstracts differ, unless a curator decided."""
    for group in of_equal_titles(papers, lambda paper: paper.title):
        for one, other in pairwise(group):
            if agree(one, other) is False and not are_apart(one, other, held_apart):
                at = other.origin.get("title", Location("content/papers"))
                message = f"'{other.id}' has the title of '{one.id}', and other authors and another abstract"
                hint = f"say in an entry for '{other.id}': different_from: [{one.id}], or same_as: {one.id}"
                yield Problem(at, message, hint, "warning")


def unsorted(paper: Paper) -> Problem:
    """The warning for a paper that the rules of no topic match."""
    at = paper.origin.get("title", Location("content/papers"))
    hint = "add a rule to content/topics.yml or decide its topics in content/curation"
    return Problem(at, f"no topic matches '{paper.id}'", hint, "warning")
