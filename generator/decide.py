"""Decisions meet papers: which paper each one means, what it changes, and what does not fit together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process

from generator import links
from generator.curation import CodeLink, Decision, Placed
from generator.model import Link, Paper
from generator.problems import Location, Problem
from generator.text import normalise
from generator.topics import Topic

_REPLACED = ("summary", "kind", "note", "topics")
_NEAREST = 3
_LIKENESS = 60.0
_SUGGESTIONS_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Index:
    """Papers by everything a curator may call them: id, arXiv id, DOI, normalised title."""

    by_name: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]

    def find(self, name: str) -> tuple[str, ...]:
        """Ids of the papers called so: one if all is well, none if unknown, more if ambiguous."""
        return (
            self.by_name.get(name)
            or self.by_name.get(name.casefold())
            or self.by_name.get(normalise(name), ())
        )


def index(papers: Iterable[Paper]) -> Index:
    """The index of all papers; an id names its paper before any title does."""
    by_name: defaultdict[str, dict[str, None]] = defaultdict(dict)
    titles = {paper.id: paper.title for paper in papers}
    for paper in papers:
        strong = (paper.arxiv, paper.doi)
        for name in (*(value.casefold() for value in strong if value), normalise(paper.title)):
            by_name[name][paper.id] = None
    exact = {paper_id: (paper_id,) for paper_id in titles}
    return Index({name: tuple(ids) for name, ids in by_name.items()} | exact, titles)


def resolve(decisions: Sequence[Placed], papers: Index) -> tuple[Mapping[str, Placed], list[Problem]]:
    """The decision for each paper id, and a problem for each that means no single paper, or one again."""
    chosen: dict[str, Placed] = {}
    problems: list[Problem] = []
    for placed in decisions:
        found = papers.find(placed.decision.paper)
        if len(found) != 1:
            problems.append(_not_one(placed, found, papers, suggest=len(problems) < _SUGGESTIONS_AT_MOST))
        elif found[0] in chosen:
            first = chosen[found[0]].at
            message = f"'{placed.decision.paper}' is decided a second time"
            problems.append(Problem(placed.fields["paper"], message, f"first at {first}; keep one entry"))
        else:
            chosen[found[0]] = placed
    return chosen, problems


def _not_one(placed: Placed, found: Sequence[str], papers: Index, *, suggest: bool) -> Problem:
    name, at = placed.decision.paper, placed.fields["paper"]
    if found:
        return Problem(at, f"'{name}' means several papers", f"use an id: {', '.join(found)}")
    return Problem(at, f"no paper '{name}'", nearest(name, papers.titles) if suggest else "")


def nearest(name: str, titles: Mapping[str, str]) -> str:
    """A hint that names the papers whose id or title is most like `name`, "" if none is."""
    by_title = process.extract(name, titles, scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LIKENESS)
    by_id = process.extract(name, list(titles), scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_LIKENESS)
    ranked = sorted(
        [*((score, key) for _, score, key in by_title), *((score, key) for key, score, _ in by_id)]
    )
    close = list(dict.fromkeys(key for _, key in reversed(ranked)))[:_NEAREST]
    return f"nearest: {', '.join(close)}" if close else ""


def apply(paper: Paper, placed: Placed | None) -> Paper | None:
    """The paper as the curator wants it; None if it is hidden."""
    if placed is None:
        return paper
    decision = placed.decision
    if decision.hide:
        return None
    changed: dict[str, Any] = {
        name: value for name in _REPLACED if (value := getattr(decision, name)) is not None
    }
    origin = {name: placed.fields[name] for name in changed}
    if decision.code:
        changed["links"] = _with_links(paper.links, decision)
        origin |= {f"links {link.url}": placed.fields["code"] for link in decision.code}
    return replace(paper, **changed, edit=placed.at, origin={**paper.origin, **origin})


def _with_links(known: Sequence[Link], decision: Decision) -> tuple[Link, ...]:
    """The curator's links first; one that is known already is told anew."""
    added = {links.key(link.url): _link(link) for link in decision.code}
    rest = (link for link in known if links.key(link.url) not in added)
    return (*added.values(), *rest)


def _link(link: CodeLink) -> Link:
    return Link(url=link.url, kind=link.kind or links.kind(link.url) or "project", official=link.official)


def unknown_topics(decisions: Iterable[Placed], topics: Iterable[Topic]) -> Iterator[Problem]:
    """A problem for every topic that is decided but not defined."""
    known = {topic.id for topic in topics}
    for placed in decisions:
        for topic in placed.decision.topics or ():
            if topic not in known:
                close = process.extractOne(topic, known, score_cutoff=_LIKENESS)
                hint = f"did you mean '{close[0]}'?" if close else "topics are defined in content/topics.yml"
                yield Problem(placed.fields["topics"], f"no topic '{topic}'", hint)


def unsorted(paper: Paper) -> Problem:
    """The warning for a paper that no topic's rules match."""
    at = paper.origin.get("title", Location("content/papers"))
    hint = "add a rule to content/topics.yml or decide its topics in content/curation"
    return Problem(at, f"no topic matches '{paper.id}'", hint, "warning")
