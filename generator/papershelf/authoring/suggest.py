"""Suggest what a curator could do next: each suggestion with its place, evidence and what to write."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from types import MappingProxyType
from typing import Literal

from papershelf.authoring.topic_gaps import missed_papers, telling_words
from papershelf.content.curation import CodeLink, PlacedDecision
from papershelf.content.reader import Content
from papershelf.content.topics import UNSORTED
from papershelf.core.model import Link, Paper
from papershelf.core.problems import Location
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library import duplicates, learning, merge, topic_rules
from papershelf.library.library import (
    Library,
    ResolvedContent,
    curated_papers,
    join,
    papers_to_learn_from,
    resolve_content,
)
from papershelf.library.merge import ListedRecord
from papershelf.library.same_work import are_apart
from papershelf.library.topic_model import TopicModel, topic_matches
from papershelf.library.topic_rules import Matcher
from papershelf.text import links

SuggestionKind = Literal[
    "no-topic",
    "rules-miss",
    "same-work",
    "code-not-linked",
    "code-named",
    "one-listing",
    "shared-code",
    "address",
    "needless",
]
TITLES: Mapping[SuggestionKind, str] = MappingProxyType(
    {
        "no-topic": "Papers without topic",
        "rules-miss": "Decided topics that the rules would not give",
        "same-work": "Probably the same work",
        "code-not-linked": "Addresses in a text that no link has",
        "code-named": "Papers that speak of their code and have no link",
        "one-listing": "Links that one listing has and another has not",
        "shared-code": "Papers with the same code (for your information)",
        "address": "Papers added by hand whose address moves when their title is corrected",
        "needless": "Decisions that are no longer needed",
    }
)

_NAMES_CODE = re.compile(
    r"\b(code|codebase|codes|implementation)( and [a-z ,-]{1,40})? "
    r"(is|are|will be|has been|have been|can be) ((made|now|also|all|fully|publicly|freely|openly) )*"
    r"(available|released|open[- ]?sourced|found|accessible)"
    r"|\b(we|authors) (will )?(release|open[- ]?source|publish) (the|our|all|its|their)( source)? code"
    r"|\bavailable (on|at|via|from) (our |the )?github\b",
    re.IGNORECASE,
)
_CONTEXT = 30  # characters of a text on each side of the quoted words
_NEAREST_STRENGTH = 0.5  # of a topic's threshold, at least
_MOST_NEAREST = 2  # topics
_MOST_TITLES = 3
_COMPARED_FIELDS = ("title", "summary", "authors", "published", "venue", "arxiv", "doi")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to do.

    `write` is YAML for content/curation or content/topics.yml, or what to remove; "" if there is nothing.
    """

    kind: SuggestionKind
    at: Location
    message: str
    write: str = ""


def suggest(content: Content) -> tuple[Suggestion, ...]:
    """All suggestions, sorted by kind in the order of `TITLES`, then by place."""
    resolved = resolve_content(content)
    library, _ = join(content, resolved, Cache.in_memory(), Workers.serial)
    shown = library.papers.values()
    apart = resolved.found.apart
    pairs = [
        pair
        for pair in duplicates.find(shown)
        if not are_apart(library.papers[pair.one], library.papers[pair.other], apart)
    ]
    curated = curated_papers(resolved)
    examples = papers_to_learn_from(content, curated, resolved.decided)
    model = learning.learn(content.topics, examples, Cache.in_memory())
    matcher = topic_rules.compile_topics(content.topics)
    found = chain(
        _papers_without_topic(content, library, matcher),
        _decided_topics_the_rules_miss(content, curated, matcher, model),
        _probably_same_works(pairs, library),
        _addresses_not_linked(shown, resolved),
        _papers_that_mention_code(shown),
        _links_in_one_listing(content, resolved),
        _papers_with_shared_code(pairs, library),
        _addresses_of_titles(resolved),
        _needless_decisions(resolved, matcher, model),
    )
    order = {kind: number for number, kind in enumerate(TITLES)}
    return tuple(sorted(found, key=lambda each: (order[each.kind], each.at, each.message)))


def as_json(suggestions: Iterable[Suggestion]) -> str:
    """A list of objects: kind, at (file, line, column; 0 if unknown), message, write."""
    return json.dumps([asdict(each) for each in suggestions], ensure_ascii=False, indent=2)


def _papers_without_topic(content: Content, library: Library, matcher: Matcher) -> Iterator[Suggestion]:
    for paper_id in library.in_topic[UNSORTED] if content.topics else ():
        paper = library.papers[paper_id]
        near = [match for match in topic_matches(paper, matcher) if match.strength >= _NEAREST_STRENGTH][
            :_MOST_NEAREST
        ]
        nearest = ", ".join(f"{match.topic} ({match.strength:.0%} of its threshold)" for match in near)
        topics = f"topics: [{', '.join(match.topic for match in near) or '…'}]"
        message = f"'{paper.title}'" + (f"; nearest: {nearest}" if near else "")
        yield Suggestion("no-topic", _place_of(paper), message, _entry_with(paper, topics))


def _decided_topics_the_rules_miss(
    content: Content, papers: Iterable[Paper], matcher: Matcher, model: TopicModel | None
) -> Iterator[Suggestion]:
    missed = missed_papers(papers, matcher)
    for topic in (each.id for each in content.topics if each.id in missed):
        titles = ", ".join(f"'{paper.title}'" for paper in missed[topic][:_MOST_TITLES])
        message = f"the rules of '{topic}' miss {len(missed[topic])} decided: {titles}"
        words = telling_words(missed[topic], topic, model) if model else ()
        rule = f"# in the rules of {topic}\n- weight: 1\n  phrases: [{', '.join(words)}]" if words else ""
        yield Suggestion("rules-miss", content.topic_places[topic], message, rule)


def _probably_same_works(pairs: Iterable[duplicates.Duplicate], library: Library) -> Iterator[Suggestion]:
    for pair in pairs:
        two = library.papers[pair.one], library.papers[pair.other]
        kept, merged = sorted(two, key=_worth_keeping)
        message = f"'{merged.title}' and '{kept.title}': {', '.join(pair.evidence)}"
        write = f"- paper: {merged.id}\n  same_as: {kept.id}"
        if merged.edit and merged.appearances:
            message += f"; move what is decided at {merged.edit} to the entry of {kept.id}"
        elif merged.edit:
            write = f"# into the entry at {merged.edit}\n  same_as: {kept.id}"
        yield Suggestion("same-work", _place_of(merged), message, write)


def _worth_keeping(paper: Paper) -> tuple[bool, int, bool, str]:
    """Sort key, least for the paper whose id should stay: decided, listed more often, dated, first by id."""
    is_dated = paper.published is not None and not paper.is_dated_by_arxiv
    return paper.edit is None, -len(paper.appearances), not is_dated, paper.id


def _addresses_not_linked(papers: Iterable[Paper], resolved: ResolvedContent) -> Iterator[Suggestion]:
    decided = {placed.at: placed for placed in resolved.decided.values()}
    for paper in papers:
        placed = decided.get(paper.edit) if paper.edit else None
        dropped = placed.decision.drop_code if placed else ()
        known = {_address_key(url) for url in (*_addresses(paper), *dropped)}
        for field in ("abstract", "summary", "note"):
            for found in links.find(getattr(paper, field) or ""):
                if found.link and not found.warning and _address_key(found.url) not in known:
                    known.add(_address_key(found.url))
                    message = f"the {field} of '{paper.title}' has {found.url}"
                    write = _entry_with(paper, f"code: [{found.url}]")
                    yield Suggestion("code-not-linked", _place_of(paper, field), message, write)


def _papers_that_mention_code(papers: Iterable[Paper]) -> Iterator[Suggestion]:
    for paper in papers:
        for field in () if paper.links or paper.references else ("abstract", "summary"):
            text = getattr(paper, field) or ""
            named = _NAMES_CODE.search(text)
            if named and not links.find(text):
                words = " ".join(text[max(0, named.start() - _CONTEXT) : named.end() + _CONTEXT].split())
                message = f"'{paper.title}': …{words}…"
                yield Suggestion(
                    "code-named", _place_of(paper, field), message, _entry_with(paper, "code: [https://…]")
                )
                break


def _links_in_one_listing(content: Content, resolved: ResolvedContent) -> Iterator[Suggestion]:
    same, decided = resolved.found.same, resolved.decided
    for group in merge.group_by_work(content.files, same, resolved.found.apart):
        if len({source.listing.id for source in group}) > 1:
            yield from _links_missing_somewhere(group, decided.get(merge.kept_id(group, same)))


def _links_missing_somewhere(
    group: Sequence[ListedRecord], placed: PlacedDecision | None
) -> Iterator[Suggestion]:
    decided = [*(link.url for link in placed.decision.code), *placed.decision.drop_code] if placed else []
    known = {_address_key(url) for url in decided}
    for source in group:
        for link in source.record.code:
            without = [
                other
                for other in group
                if not any(_address_key(e.url) == _address_key(link.url) for e in other.record.code)
            ]
            if without and _address_key(link.url) not in known:
                known.add(_address_key(link.url))
                listings = ", ".join(dict.fromkeys(other.listing.id for other in without))
                message = f"'{source.record.title}' has {link.url} here, but not in {listings}"
                yield Suggestion("one-listing", source.at, message)


def _papers_with_shared_code(pairs: Iterable[duplicates.Duplicate], library: Library) -> Iterator[Suggestion]:
    """Papers that link to the very same place in a repository and are probably not the same work."""
    one_work = {frozenset((pair.one, pair.other)) for pair in pairs}
    for repository, ids in library.in_repository.items():
        places: dict[str, list[Paper]] = {}
        for paper in (library.papers[paper_id] for paper_id in ids):
            for key in {
                links.key(link.url) for link in paper.links if _address_key(link.url) == repository.key
            }:
                places.setdefault(key, []).append(paper)
        for sharing in places.values():
            if len(sharing) > 1 and frozenset(paper.id for paper in sharing) not in one_work:
                titles = " and ".join(f"'{paper.title}'" for paper in sharing)
                yield Suggestion("shared-code", _place_of(sharing[0]), f"{titles} link to {repository.url}")


def _addresses_of_titles(resolved: ResolvedContent) -> Iterator[Suggestion]:
    for paper_id, placed in resolved.found.added.items():
        decision = placed.decision
        if not decision.slug and decision.paper != paper_id:
            write = f"# into the entry at {placed.at}\n  slug: {paper_id}"
            yield Suggestion("address", placed.at, f"'{decision.title}' is at papers/{paper_id}", write)


def _needless_decisions(
    resolved: ResolvedContent, matcher: Matcher, model: TopicModel | None
) -> Iterator[Suggestion]:
    merged = {paper.id: paper for paper in resolved.papers}
    for paper_id, placed in resolved.found.decided.items():
        paper = merged.get(paper_id)
        for field, why in _needless_fields(paper, placed, matcher, model) if paper else ():
            message = f"'{field}' of '{placed.decision.paper}' {why}"
            yield Suggestion("needless", placed.fields[field], message, f"remove the field {field}")


def _needless_fields(
    paper: Paper, placed: PlacedDecision, matcher: Matcher, model: TopicModel | None
) -> Iterator[tuple[str, str]]:
    """The fields of a decision that change nothing, each with the reason."""
    decision, given = placed.decision, placed.decision.model_fields_set
    compared = given & set(_COMPARED_FIELDS) - ({"published"} if paper.published_inferred else set())
    for name in sorted(compared):
        if getattr(decision, name) == getattr(paper, name):
            yield name, "is what the listings say"
    if "slug" in given and decision.slug == paper.id:
        yield "slug", "is its id already"
    known = {links.key(link.url): link for link in paper.links}
    if decision.code and all(_is_known(known.get(links.key(ours.url)), ours) for ours in decision.code):
        yield "code", "is what the listings say"
    if decision.add_topics or decision.drop_topics:
        found = topic_rules.assign(topic_matches(paper, matcher, model))
        if decision.add_topics and set(decision.add_topics) <= set(decision.topics or found):
            yield "add_topics", "names topics that it has anyway"
        if decision.drop_topics and not set(decision.drop_topics) & set(decision.topics or found):
            yield "drop_topics", "names topics that it does not get"


def _is_known(known: Link | None, ours: CodeLink) -> bool:
    """Whether a listing's link has all that the curator's says."""
    return bool(known and ours.kind in (None, known.kind) and ours.official in (None, known.official))


def _address_key(url: str) -> str:
    """A key that is the same for all addresses within one repository."""
    repository = links.repository(url)
    return repository.key if repository else links.key(url)


def _addresses(paper: Paper) -> Iterator[str]:
    yield from filter(None, (paper.url, paper.pdf))
    yield from (link.url for link in paper.links)
    yield from (reference.url for reference in paper.references)


def _place_of(paper: Paper, field: str = "title") -> Location:
    return paper.origin.get(field) or paper.edit or Location("content/papers")


def _entry_with(paper: Paper, line: str) -> str:
    """A new entry for the paper, or the line to add to the one that exists."""
    return f"# into the entry at {paper.edit}\n  {line}" if paper.edit else f"- paper: {paper.id}\n  {line}"
