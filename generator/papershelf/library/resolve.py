"""Which paper each decision means, and what does not fit together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from papershelf.content.collections import Collection
from papershelf.content.curation import Decision, PlacedDecision
from papershelf.content.topics import Topic
from papershelf.core.model import SLUG, Paper
from papershelf.core.problems import Location, Problem
from papershelf.text import normalise, slug

_NEAREST = 3
_LIKENESS = 60.0
_TOO_LIKE = 90.0
_SUGGESTIONS_AT_MOST = 50


@dataclass(frozen=True)
class Index:
    """Papers by everything a curator may call them: id, former id, arXiv id, DOI, normalised title."""

    titles: Mapping[str, str]
    by_identity: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_title(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by normalised title; made when first asked for, as normalising is slow and seldom needed."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for paper_id, title in self.titles.items():
            found[normalise(title)].append(paper_id)
        return _frozen(found)

    def find(self, name: str) -> tuple[str, ...]:
        """Ids of the papers called so: one if all is well, none if unknown, more if ambiguous.

        An id names its paper before a former id, arXiv id or DOI does, and these before a title.
        """
        if name in self.titles:
            return (name,)
        return self.by_identity.get(name.casefold()) or self.by_title.get(normalise(name), ())


@dataclass(frozen=True, slots=True)
class Resolved:
    """Decisions by the id of the paper they mean; `added` are papers that no listing has, by their new id.

    `same` leads from the id of a paper to the id of the paper that it is the same work as.
    """

    decided: Mapping[str, PlacedDecision]
    added: Mapping[str, PlacedDecision]
    same: Mapping[str, str]
    problems: tuple[Problem, ...]


def index(papers: Sequence[Paper]) -> Index:
    """The index of all papers."""
    by_identity: defaultdict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for identity in filter(None, (*paper.former_ids, paper.arxiv, paper.doi)):
            by_identity[identity.casefold()].append(paper.id)
    return Index({paper.id: paper.title for paper in papers}, _frozen(by_identity))


def _frozen(lists: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(ids) for name, ids in lists.items()}


def resolve(decisions: Sequence[PlacedDecision], papers: Index) -> Resolved:
    """Find the paper of every decision; one that means no paper, several, or one again is a problem."""
    decided: dict[str, PlacedDecision] = {}
    added: dict[str, PlacedDecision] = {}
    problems: list[Problem] = []
    for placed in decisions:
        found = papers.find(placed.decision.paper)
        if len(found) > 1:
            message = f"'{placed.decision.paper}' means several papers"
            problems.append(Problem(placed.fields["paper"], message, f"use an id: {', '.join(found)}"))
        elif not found and not is_new(placed.decision):
            hint = (
                nearest(placed.decision.paper, papers.titles) if len(problems) < _SUGGESTIONS_AT_MOST else ""
            )
            problems.append(Problem(placed.fields["paper"], f"no paper '{placed.decision.paper}'", hint))
        elif not found and new_id(placed.decision) in papers.titles:
            message = f"'{placed.decision.paper}' adds a new paper, and its id is taken"
            hint = f"'{new_id(placed.decision)}' is another paper: choose a slug of its own"
            problems.append(Problem(placed.fields["paper"], message, hint))
        else:
            name = found[0] if found else new_id(placed.decision)
            target = decided if found else added
            problems += _again(placed, decided.get(name) or added.get(name))
            problems += () if found else _too_like(placed, papers)
            target.setdefault(name, placed)
    same, circles = _same_works(decided, papers)
    return Resolved(decided, added, same, (*problems, *circles))


def is_new(decision: Decision) -> bool:
    """Whether the entry says enough to be a paper of its own: a title and somewhere to read it."""
    return bool(decision.title and (decision.arxiv or decision.doi or decision.links or decision.code))


def new_id(decision: Decision) -> str:
    """The id of a paper added by hand: its `slug`, else its name if that is one, else its title's."""
    is_slug = re.fullmatch(SLUG, decision.paper)
    return decision.slug or (decision.paper if is_slug else slug(decision.title or decision.paper))


def nearest(name: str, titles: Mapping[str, str]) -> str:
    """A hint that names the papers whose id or title is most like `name`, "" if none is."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only slips need it

    by_title = process.extract(name, titles, scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LIKENESS)
    by_id = process.extract(name, list(titles), scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_LIKENESS)
    found = [*((score, key) for _, score, key in by_title), *((score, key) for key, score, _ in by_id)]
    close = list(dict.fromkeys(key for _, key in sorted(found, reverse=True)))[:_NEAREST]
    return f"nearest: {', '.join(close)}" if close else ""


def _closest(name: str, names: Iterable[str], least: float) -> str:
    """The one of the names that is most like `name`, "" if none is by `least` of 100."""
    from rapidfuzz import process  # noqa: PLC0415  only slips need it

    close = process.extractOne(name, list(names), score_cutoff=least)
    return close[0] if close else ""


def _again(placed: PlacedDecision, first: PlacedDecision | None) -> Iterator[Problem]:
    if first:
        message = f"'{placed.decision.paper}' is decided a second time"
        yield Problem(placed.fields["paper"], message, f"first at {first.at}; keep one entry")


def _too_like(placed: PlacedDecision, papers: Index) -> Iterator[Problem]:
    """A new paper whose id is a slip away from a known one is more likely a slip."""
    close = _closest(placed.decision.paper, papers.titles, _TOO_LIKE)
    if close:
        message = f"'{placed.decision.paper}' adds a new paper, and is almost the id of another"
        yield Problem(placed.fields["paper"], message, f"did you mean '{close}'?", "warning")


def _same_works(decided: Mapping[str, PlacedDecision], papers: Index) -> tuple[dict[str, str], list[Problem]]:
    same: dict[str, str] = {}
    problems: list[Problem] = []
    for paper_id, placed in decided.items():
        if not placed.decision.same_as:
            continue
        at, found = placed.fields["same_as"], papers.find(placed.decision.same_as)
        others = placed.decision.model_fields_set - {"paper", "same_as"}
        if len(found) != 1:
            hint = (
                f"use an id: {', '.join(found)}" if found else nearest(placed.decision.same_as, papers.titles)
            )
            problems.append(Problem(at, f"same_as: no single paper '{placed.decision.same_as}'", hint))
        elif _leads_to(found[0], paper_id, same):
            problems.append(
                Problem(at, f"same_as goes in a circle: {paper_id} is {found[0]}", "keep one of them")
            )
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
    """A problem for every topic that is decided but not defined."""
    known = {topic.id for topic in topics}
    for placed in decisions:
        for field in ("topics", "add_topics", "drop_topics"):
            for topic in getattr(placed.decision, field) or ():
                if topic not in known:
                    close = _closest(topic, known, _LIKENESS)
                    hint = f"did you mean '{close}'?" if close else "content/topics.yml defines the topics"
                    yield Problem(placed.fields[field], f"no topic '{topic}'", hint)


def missing_papers(collection: Collection, papers: Index) -> Iterator[Problem]:
    """A problem for every step of a collection that is no single paper of the site, or that comes again."""
    first: dict[str, Location] = {}
    for step in collection.steps:
        found = papers.find(step.name)
        if len(found) > 1:
            yield Problem(step.at, f"'{step.name}' means several papers", f"use an id: {', '.join(found)}")
        elif not found:
            hint = nearest(step.name, papers.titles) or "hidden papers cannot stand in a collection"
            yield Problem(step.at, f"no paper '{step.name}'", hint)
        elif first.setdefault(found[0], step.at) != step.at:
            yield Problem(step.at, f"'{step.name}' stands here twice", f"first at {first[found[0]]}")


def shared_identities(papers: Iterable[Paper]) -> Iterator[Problem]:
    """A problem for every arXiv id or DOI that two papers have: they are one."""
    first: dict[str, str] = {}
    for paper in papers:
        for field, value in (("arxiv", paper.arxiv), ("doi", paper.doi)):
            if value and first.setdefault(value.casefold(), paper.id) != paper.id:
                other = first[value.casefold()]
                at = paper.origin.get(field, Location("content/papers"))
                message = f"{field} {value} is that of '{other}' too"
                yield Problem(at, message, f"say in an entry for '{paper.id}': same_as: {other}")


def unsorted(paper: Paper) -> Problem:
    """The warning for a paper that no topic's rules match."""
    at = paper.origin.get("title", Location("content/papers"))
    hint = "add a rule to content/topics.yml or decide its topics in content/curation"
    return Problem(at, f"no topic matches '{paper.id}'", hint, "warning")
