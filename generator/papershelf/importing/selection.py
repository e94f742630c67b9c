"""Which entries of a document are imported: by topic, date, tag and number."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from papershelf.content.topics import Topic, require_known, with_wider
from papershelf.core.model import Paper, Record
from papershelf.core.partial_date import PartialDate
from papershelf.incremental.cache import Cache
from papershelf.incremental.workers import Workers
from papershelf.library.classify import classify


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a person wants of a document; everything by default.

    only_matching: papers that the rules of a topic match. topics: of these, those in one of the topics with
    these ids or in a part of it. tags: papers that carry one of these keywords or categories, in any case.
    since: papers that may be published on this date or later; those without a date are left out.
    limit: the first so many of what is left.
    """

    only_matching: bool = False
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: PartialDate | None = None
    limit: int | None = None

    @property
    def needs_topics(self) -> bool:
        """Whether the rules of the topics decide."""
        return self.only_matching or bool(self.topics)

    @property
    def needs_titles(self) -> bool:
        """Whether nothing can be said about an entry of which only identifiers are known."""
        return self.needs_topics or bool(self.tags) or self.since is not None


EVERYTHING: Final = Selection()


def select(
    records: Sequence[Record], selection: Selection, topics: Sequence[Topic]
) -> tuple[tuple[int, ...], Mapping[str, int]]:
    """The indices of the records that are wanted, and how many are left out for which reason.

    Raises GeneratorError if the selection names a topic that there is not.
    """
    indices = tuple(range(len(records)))
    left_out: Counter[str] = Counter()
    for reason, is_wanted in _filters(records, selection, topics):
        kept = tuple(index for index in indices if is_wanted(index))
        left_out[reason] += len(indices) - len(kept)
        indices = kept
    if selection.limit is not None:
        left_out[f"beyond the first {selection.limit}"] = len(indices[selection.limit :])
        indices = indices[: selection.limit]
    return indices, +left_out


def _filters(
    records: Sequence[Record], selection: Selection, topics: Sequence[Topic]
) -> Iterable[tuple[str, Callable[[int], bool]]]:
    if selection.tags:
        wanted = {tag.casefold() for tag in selection.tags}
        yield (
            f"without the tag {' or '.join(selection.tags)}",
            lambda index: not wanted.isdisjoint(map(str.casefold, records[index].categories)),
        )
    if since := selection.since:
        yield "without a date", lambda index: records[index].published is not None
        yield f"before {since}", lambda index: _may_be_since(records[index].published, since)
    if selection.needs_topics:
        found = _topics(records, topics)
        yield "matching no topic", lambda index: bool(found[index])
        if selection.topics:
            is_wanted = _wider(selection, topics)
            yield (
                f"not in {' or '.join(selection.topics)}",
                lambda index: any(map(is_wanted, found[index])),
            )


def _may_be_since(published: object, since: PartialDate) -> bool:
    """Whether the date, as far as it is known, leaves it open."""
    written = str(published)
    return written >= str(since)[: len(written)]


def _wider(selection: Selection, topics: Sequence[Topic]) -> Callable[[str], bool]:
    require_known(selection.topics, topics)
    wider = with_wider(topics)
    return lambda topic: not set(selection.topics).isdisjoint(wider.get(topic, (topic,)))


def _topics(records: Sequence[Record], topics: Sequence[Topic]) -> Sequence[tuple[str, ...]]:
    """The topics that the rules give each record."""
    papers = [
        Paper(str(index), record.title, record.abstract, record.summary, categories=record.categories)
        for index, record in enumerate(records)
    ]
    found, _ = classify(topics, papers, (), Cache.in_memory(), Workers.serial)
    return [found[paper.id] for paper in papers]
