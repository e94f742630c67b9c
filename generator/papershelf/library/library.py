"""The library: records merged into papers, curation applied, everything joined once."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from papershelf.content.collections import Collection
from papershelf.content.curation import PlacedDecision
from papershelf.content.reader import Content
from papershelf.content.records import RecordFile
from papershelf.content.topics import UNSORTED, Topic, in_order, with_wider
from papershelf.core.model import Listing, Paper
from papershelf.core.problems import Location, Problem
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library import apply, future_dates, incomplete, resolve
from papershelf.library.apart import apart_records, last
from papershelf.library.classify import classify
from papershelf.library.merge import merge
from papershelf.library.paper_index import PaperIndex, index_papers
from papershelf.library.rename import rename
from papershelf.library.resolve import Resolved
from papershelf.library.same_work import Apart
from papershelf.text import links, patterns
from papershelf.text.links import Repository
from papershelf.text.patterns import SlowPatternError


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """A paper of a reading path by its id; `note` says why to read it there, in Markdown, "" for none."""

    paper: str
    note: str


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """A collection with its papers resolved. `introduction` is Markdown; `edit` is the place of the file."""

    id: str
    title: str
    introduction: str
    steps: tuple[ReadingStep, ...]
    edit: Location


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that pages and exports are made from; ids refer to `papers`, in display order.

    papers: by id, newest publication first, undated last, hidden ones left out.
    topics: as topics.yml orders them.
    listings: newest capture first, those without a capture date last.
    in_topic: paper ids of each topic and of the topics that are part of it, newest first; `UNSORTED` for
        those in no topic.
    in_edition: paper ids of each listing, as it lists them.
    in_repository: paper ids that link into each repository, ordered by owner and name; in the spelling of
        the newest paper.
    collections: the reading paths, by the name of their files.
    topic_edits: where each topic is defined, by its id.
    """

    papers: Mapping[str, Paper]
    topics: tuple[Topic, ...]
    listings: tuple[Listing, ...]
    in_topic: Mapping[str, tuple[str, ...]]
    in_edition: Mapping[str, tuple[str, ...]]
    in_repository: Mapping[Repository, tuple[str, ...]]
    collections: tuple[ReadingPath, ...] = ()
    topic_edits: Mapping[str, Location] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResolvedContent:
    """All papers before any decision is applied: those of the records, then those added by hand."""

    papers: tuple[Paper, ...]
    found: Resolved

    @property
    def decided(self) -> Mapping[str, PlacedDecision]:
        """The decision about each paper, by its id in `papers`."""
        return {**self.found.decided, **self.found.added}


def resolve_content(content: Content, cache: Cache | None = None) -> ResolvedContent:
    """Merge the records and find the paper of every decision."""
    cache = cache or Cache.in_memory()
    apart = apart_records(content.decisions, content.files)
    merged = merge_cached(content.files, {}, apart, cache)
    found = resolve.resolve(content.decisions, index_papers(merged))
    found = replace(found, apart=found.apart | apart)
    if found.same:
        merged = merge_cached(content.files, found.same, apart, cache)
    known = {paper.id: paper for paper in merged}
    for name, placed in found.added.items():
        known.setdefault(name, apply.added(name, placed))
    for name in found.added.keys() & found.same.keys():
        extra = apply.curated(known.pop(name), found.added[name])
        target = last(name, found.same)
        known[target] = apply.completed(known[target], extra)
    return ResolvedContent(tuple(known.values()), found)


def merge_cached(
    files: Sequence[RecordFile], same: Mapping[str, str], apart: Apart, cache: Cache
) -> tuple[Paper, ...]:
    """`merge`, or its recent result for equal arguments."""
    name = "papers merged by hand" if same or apart else "papers"
    return cache.recent(name, (files, same, apart), lambda: merge(files, same, apart))


def curated_papers(resolved: ResolvedContent) -> list[Paper]:
    """All papers as decided, without those that are hidden; only decided ones have topics yet."""
    decided = resolved.decided
    return [paper for each in resolved.papers if (paper := apply.apply(each, decided.get(each.id)))]


def papers_to_learn_from(
    content: Content, curated: Iterable[Paper], decided: Mapping[str, PlacedDecision]
) -> list[Paper]:
    """The papers whose topics are decided; none if the settings say that nothing is to be learned."""
    if not content.config.topics.learn:
        return []
    return [_with_topics(paper, decided.get(paper.id), paper.topics) for paper in curated if paper.topics]


def build_library(
    content: Content, cache: Cache | None = None, workers: Workers = Workers.serial
) -> tuple[Library, list[Problem]]:
    """Merge the records, apply the decisions, classify the papers; mistakes come back as problems."""
    cache = cache or Cache.in_memory()
    return join(content, resolve_content(content, cache), cache, workers)


def join(
    content: Content, resolved: ResolvedContent, cache: Cache, workers: Workers
) -> tuple[Library, list[Problem]]:
    """The library of the papers that were resolved, and what does not fit together."""
    known, decided = resolved.papers, resolved.decided
    curated = curated_papers(resolved)
    examples = papers_to_learn_from(content, curated, decided)
    to_classify = [paper for paper in curated if not paper.topics]
    found, slow = classify(content.topics, to_classify, examples, cache, workers)
    classified = [
        _with_topics(paper, decided.get(paper.id), paper.topics or found[paper.id]) for paper in curated
    ]
    papers, problems = rename(classified, decided)
    names = index_papers(papers)
    collections = tuple(_reading_path(collection, names) for collection in content.collections)
    problems += [
        *resolved.found.problems,
        *(problem for paper in known for problem in apply.drops_unknown(paper, decided.get(paper.id))),
        *resolve.shared_identities(papers),
        *resolve.same_titles(papers, resolved.found.apart),
        *(p for collection in content.collections for p in resolve.missing_papers(collection, names)),
    ]
    problems += (_slow(each, content) for each in slow)
    if content.topics_are_known:
        problems += resolve.unknown_topics(content.decisions, content.topics)
    if content.topics:
        problems += (resolve.unsorted(paper) for paper in papers if not paper.topics)
    editions = [file.listing for file in content.files if file.listing.role == "edition"]
    library = _join(papers, editions, content.topics, collections)
    problems += _without_papers(library, content.topic_places)
    problems += incomplete.problems(content.files, known)
    problems += future_dates.problems((file.listing for file in content.files), papers)
    return replace(library, topic_edits=content.topic_places), problems


def _slow(error: SlowPatternError, content: Content) -> Problem:
    places = (at for (_, pattern), at in content.pattern_places.items() if pattern == error.pattern)
    return Problem(next(places, Location("content/topics.yml")), error.message, patterns.CURE)


def _without_papers(library: Library, places: Mapping[str, Location]) -> Iterator[Problem]:
    """A warning for every topic that no paper is in; a list without any paper is not reported."""
    for topic in library.topics if library.papers else ():
        if not library.in_topic[topic.id]:
            at = places.get(topic.id, Location("content/topics.yml"))
            hint = "add a rule or phrases, or remove the topic"
            yield Problem(at, f"no paper is in topic '{topic.id}'", hint, "warning")


def _reading_path(collection: Collection, names: PaperIndex) -> ReadingPath:
    steps = ((names.find(step.name), step.note or "") for step in collection.steps)
    found = tuple(ReadingStep(ids[0], note) for ids, note in steps if len(ids) == 1)
    return ReadingPath(collection.id, collection.title, collection.introduction or "", found, collection.at)


def _with_topics(paper: Paper, placed: PlacedDecision | None, found: tuple[str, ...]) -> Paper:
    """The paper with the topics that rules and curator give it."""
    wanted = decided_topics(found, placed)
    return paper if paper.topics == wanted else replace(paper, topics=wanted)


def decided_topics(found: tuple[str, ...], placed: PlacedDecision | None) -> tuple[str, ...]:
    """The topics found, with those that a curator adds and without those that are dropped."""
    if not placed:
        return found
    wanted = dict.fromkeys((*found, *placed.decision.add_topics))
    return tuple(topic for topic in wanted if topic not in placed.decision.drop_topics)


def _join(
    papers: Iterable[Paper],
    listings: Iterable[Listing],
    topics: Sequence[Topic],
    collections: tuple[ReadingPath, ...],
) -> Library:
    by_id = {paper.id: paper for paper in sorted(papers, key=_newest_first)}
    wider = with_wider(topics)
    in_topic: dict[str, list[str]] = {topic: [] for topic in (*(each.id for each in topics), UNSORTED)}
    in_edition: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    in_repository: defaultdict[Repository, dict[str, None]] = defaultdict(dict)
    spelling: dict[str, Repository] = {}
    for paper in by_id.values():
        topics_of = (wider.get(topic, (topic,)) for topic in paper.topics or (UNSORTED,))
        for topic in dict.fromkeys(itertools.chain.from_iterable(topics_of)):
            in_topic.setdefault(topic, []).append(paper.id)
        for appearance in paper.appearances:
            in_edition[appearance.listing].append((appearance.position, paper.id))
        for repository in filter(None, (links.repository(link.url) for link in paper.links)):
            in_repository[spelling.setdefault(repository.key, repository)][paper.id] = None
    return Library(
        papers=by_id,
        topics=in_order(topics),
        listings=tuple(sorted(listings, key=_newest_capture_first)),
        in_topic={topic: tuple(ids) for topic, ids in in_topic.items()},
        in_edition={
            listing: tuple(dict.fromkeys(i for _, i in sorted(ids))) for listing, ids in in_edition.items()
        },
        in_repository={key: tuple(in_repository[key]) for key in sorted(in_repository, key=_by_name)},
        collections=collections,
    )


def _newest_first(paper: Paper) -> tuple[int, int, int, str, str]:
    """Of one year the months before what is known by its year only, and so of one month its days."""
    title, day = paper.title.casefold(), paper.published
    return (-day.year, -day.month, -day.day, title, paper.id) if day else (0, 0, 0, title, paper.id)


def _newest_capture_first(listing: Listing) -> tuple[int, str]:
    return (-(listing.captured or date.min).toordinal(), listing.id)


def _by_name(repository: Repository) -> tuple[str, str]:
    return (repository.label.casefold(), repository.host)
