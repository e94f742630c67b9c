"""Explain a paper: where each value comes from, its records, its topics, and the decisions about it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from pydantic import TypeAdapter

from papershelf.authoring.explanation import (
    Change,
    Explanation,
    FieldFact,
    LinkFact,
    PlacedValue,
    Reason,
    RecordFact,
    Tie,
    TopicFact,
    TopicOutcome,
)
from papershelf.content.curation import PlacedDecision
from papershelf.content.reader import Content
from papershelf.content.topics import Topic
from papershelf.core import urls
from papershelf.core.fields import FIELDS, PaperField
from papershelf.core.model import Link, Paper
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location, Problem
from papershelf.incremental.cache import Cache
from papershelf.library import apply, learning, merge, same_work, topic_model, topic_rules
from papershelf.library.identifiers import leads_to
from papershelf.library.library import (
    ResolvedContent,
    curated_papers,
    decided_topics,
    papers_to_learn_from,
    resolve_content,
)
from papershelf.library.merge import ListedRecord
from papershelf.library.paper_index import index_papers
from papershelf.library.rename import rename
from papershelf.library.topic_model import known_words, topic_matches
from papershelf.library.topic_rules import Match, Verdict
from papershelf.text import links

_EXPLAINED_APART: Final = frozenset(("links", "topics"))
_WHY: Mapping[TopicOutcome, str] = {
    "assigned": "by its rules",
    "added": "added by hand",
    "decided": "decided by hand",
    "dropped": "dropped by hand",
    "replaced": "topics are decided by hand",
    "weak": "the score is below the threshold",
    "behind": f"a paper gets the {topic_rules.MOST_TOPICS} best topics at most",
    "far behind": f"less than {topic_rules.SHARE_OF_BEST:.0%} of the best topic's strength",
    "third": f"a third topic needs {topic_rules.CLEAR:g} times its threshold",
}
_WHY_LEARNED: Mapping[TopicOutcome, str] = {
    "assigned": "by what decided papers teach",
    "weak": f"a chance of {topic_model.NEEDED:.0%} is needed",
    "far behind": f"less than {topic_rules.SHARE_OF_BEST:.0%} of the best topic's chance",
    "third": f"a third topic needs a chance of {topic_rules.CLEAR * topic_model.NEEDED:.0%}",
}
_MOST_PARTS: Final = 8
_JSON: Final = TypeAdapter(Explanation)


def explain(content: Content, name: str) -> Explanation | Problem:
    """Explain the paper called `name`, hidden or not; a Problem if no paper or several have that name."""
    resolved = resolve_content(content)
    decided = resolved.decided
    curated = [
        apply.curated(paper, placed) if (placed := decided.get(paper.id)) else paper
        for paper in resolved.papers
    ]
    renamed, _ = rename(curated, decided)
    names = index_papers(renamed)
    found = names.find(name) or _former_title(resolved, renamed, name) or _at_address(renamed, name)
    if len(found) > 1:
        return Problem(
            Location("content/papers"), f"'{name}' means several papers", f"use an id: {', '.join(found)}"
        )
    if not found:
        return Problem(Location("content/papers"), f"no paper '{name}'", names.suggest(name))
    place = next(place for place, paper in enumerate(renamed) if paper.id == found[0])
    return _explanation(content, resolved, resolved.papers[place], renamed[place])


def as_json(explanation: Explanation) -> str:
    """The explanation as JSON, with the field names of the type."""
    return _JSON.dump_json(explanation, indent=2).decode()


def _former_title(resolved: ResolvedContent, renamed: Sequence[Paper], name: str) -> tuple[str, ...]:
    """Current ids of the papers that have this name in the records."""
    now = {before.id: after.id for before, after in zip(resolved.papers, renamed, strict=True)}
    return tuple(now[paper_id] for paper_id in index_papers(resolved.papers).find(name))


def _at_address(papers: Iterable[Paper], name: str) -> tuple[str, ...]:
    """Ids of the papers that a web address belongs to: their page, their code."""
    if not name.startswith(("http://", "https://")):
        return ()
    return tuple(paper.id for paper in papers if leads_to(name, paper))


def _explanation(content: Content, resolved: ResolvedContent, before: Paper, after: Paper) -> Explanation:
    placed = resolved.decided.get(before.id)
    same = resolved.found.same
    groups = merge.group_by_work(content.files, same, resolved.found.apart)
    examples = papers_to_learn_from(content, curated_papers(resolved), resolved.decided)
    sources = next((group for group in groups if merge.kept_id(group, same) == before.id), ())
    hidden = (
        PlacedValue(placed.decision.hide, placed.fields["hide"]) if placed and placed.decision.hide else None
    )
    return Explanation(
        id=after.id,
        title=after.title,
        url=None if hidden else "/" + urls.address(urls.paper(after.id)),
        hidden=hidden,
        decision=placed.at if placed else None,
        former_ids=after.former_ids,
        records=tuple(_records(sources, resolved)),
        fields=tuple(_fields(before, after, sources)),
        links=tuple(_links(before, after, placed)),
        topics=tuple(_topics(content, after, placed, examples)),
    )


def _records(sources: Sequence[ListedRecord], resolved: ResolvedContent) -> Iterator[RecordFact]:
    for source in sources:
        record = source.record
        others = [other for other in sources if other is not source]
        reasons = tuple(_reasons(source, others, resolved))
        yield RecordFact(record.id, source.listing.id, record.position, record.title, source.at, reasons)


def _reasons(
    source: ListedRecord, others: Sequence[ListedRecord], resolved: ResolvedContent
) -> Iterator[Reason]:
    """Each kind of tie once, with the first record that shares it."""
    ties: dict[str, Reason] = {}
    for kind, value in _own_identities(source):
        shared = (other.at for other in others if (kind, value) in _own_identities(other))
        if (at := next(shared, None)) and kind not in ties:
            ties[kind] = Reason(kind, value, at)
    printed = (other.at for other in others if _are_preprint_and_print(source, other))
    if not ties and (at := next(printed, None)):
        ties["title"] = Reason("title", source.record.title, at)
    yield from ties.values()
    target = resolved.found.same.get(source.record.id)
    if target:
        yield Reason("same_as", target, resolved.found.decided[source.record.id].fields["same_as"])


def _are_preprint_and_print(one: ListedRecord, other: ListedRecord) -> bool:
    return any(same_work.preprints_with_prints([one.record, other.record]))


def _own_identities(source: ListedRecord) -> tuple[tuple[Tie, str], ...]:
    return tuple(merge.identities(source.record, {}))


def _fields(before: Paper, after: Paper, records: Sequence[ListedRecord]) -> Iterator[FieldFact]:
    for field in FIELDS:
        if field.name not in _EXPLAINED_APART and (fact := _field(field, before, after, records)):
            yield fact


def _field(
    field: PaperField, before: Paper, after: Paper, records: Sequence[ListedRecord]
) -> FieldFact | None:
    """Explain one field; None if nothing set it."""
    inferred = field.name == "published_inferred"
    source = "published" if inferred else field.name
    value, at, recorded_at = getattr(after, field.name), after.origin.get(source), before.origin.get(source)
    if at is None or (inferred and not value):
        return None
    curated = at != recorded_at
    earlier = _placed(getattr(before, field.name), recorded_at) if curated and recorded_at else None
    others = _others(field.record, {at, recorded_at}, value, records) if field.record else ()
    shown = _placed(value, at).value
    return FieldFact(field.name, shown, at, curated, earlier, tuple(others), _why(after) if inferred else "")


def _placed(value: object, at: Location) -> PlacedValue:
    """A value as it is written."""
    return PlacedValue(str(value) if isinstance(value, PartialDate) else value, at)


def _why(dated: Paper) -> str:
    """What an inferred date was worked out from."""
    if dated.is_dated_by_arxiv:
        return f"no date is given; the month is that of arXiv id {dated.arxiv}"
    return "the year was worked out from other dates of the listing"


def _others(
    name: str, known: set[Location | None], value: object, records: Iterable[ListedRecord]
) -> Iterator[PlacedValue]:
    """Different values of a field in other records."""
    for listed in records:
        other = getattr(listed.record, name)
        if other not in (None, (), value) and listed.at not in known:
            yield _placed(other, listed.at)


def _links(before: Paper, after: Paper, placed: PlacedDecision | None) -> Iterator[LinkFact]:
    known = {links.key(link.url): link for link in before.links}
    for link in after.links:
        at = after.origin[f"links {link.url}"]
        ours = at != before.origin.get(f"links {link.url}")
        yield _link_fact(
            link, at, ("changed" if links.key(link.url) in known else "added") if ours else "listed"
        )
    for url in placed.decision.drop_code if placed else ():
        dropped = known.get(links.key(url))
        if placed and dropped:
            yield _link_fact(dropped, placed.fields["drop_code"], "dropped")


def _link_fact(link: Link, at: Location, change: Change) -> LinkFact:
    return LinkFact(link.url, link.kind, link.official, at, change)


def _topics(
    content: Content, after: Paper, placed: PlacedDecision | None, examples: Sequence[Paper]
) -> Iterator[TopicFact]:
    model = learning.learn(content.topics, examples, Cache.in_memory())
    matches = topic_matches(after, topic_rules.compile_topics(content.topics), model)
    words = known_words(after, model) if model else ()
    judged = {match.topic: (match, verdict) for match, verdict in topic_rules.judge(matches)}
    given = decided_topics(after.topics or topic_rules.assign(matches), placed)
    known = {topic.id: topic for topic in content.topics}
    for topic_id in (*given, *(found for found in judged if found not in given)):
        match, verdict = judged.get(topic_id, (Match(topic_id, 0.0, 0.0, ()), None))
        outcome, at = _outcome(topic_id, verdict, placed)
        topic = known.get(topic_id, Topic(id=topic_id, title=topic_id))
        yield TopicFact(
            id=topic_id,
            title=topic.title,
            outcome=outcome,
            why=_WHY[outcome] if match.chance is None else {**_WHY, **_WHY_LEARNED}[outcome],
            score=match.score,
            threshold=topic.threshold,
            hits=match.hits,
            chance=match.chance,
            learned=topic_model.parts(matches, model, words, topic_id)[:_MOST_PARTS]
            if model and match.chance is not None
            else (),
            at=content.topic_places.get(topic_id),
            decision=at,
        )


def _outcome(
    topic: str, verdict: Verdict | None, placed: PlacedDecision | None
) -> tuple[TopicOutcome, Location | None]:
    """The outcome for a topic, and the place of the decision that determined it."""
    if not placed:
        return verdict or "weak", None
    said, at = placed.decision, placed.fields
    if topic in said.drop_topics and (
        verdict == "assigned" or topic in (*(said.topics or ()), *said.add_topics)
    ):
        return "dropped", at["drop_topics"]
    if topic in (said.topics or ()):
        return "decided", at["topics"]
    if topic in said.add_topics and (said.topics or verdict != "assigned"):
        return "added", at["add_topics"]
    if said.topics and verdict == "assigned":
        return "replaced", at["topics"]
    return verdict or "weak", None
