"""An index of papers by every name that a curator may use for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from papershelf.core.model import Paper
from papershelf.library.same_work import work_ids
from papershelf.text import identifiers, normalise
from papershelf.text.similar import closest_ids

K = TypeVar("K")


@dataclass(frozen=True)
class PaperIndex:
    """Papers by id, former id, identifier and title.

    titles: the title of each paper, by its id.
    by_identifier: ids by the key of an arXiv id, DOI or OpenReview id.
    by_former_id: ids by former id.
    """

    titles: Mapping[str, str]
    by_identifier: Mapping[tuple[str, str], tuple[str, ...]]
    by_former_id: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def by_title(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by normalised title; computed on first use, as normalising is slow and rarely needed."""
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for paper_id, title in self.titles.items():
            ids[normalise(title)].append(paper_id)
        return _frozen(ids)

    def find(self, name: str) -> tuple[str, ...]:
        """Ids of the papers with this name: none if it is unknown, several if it is ambiguous.

        An id takes precedence over a former id, an arXiv id, DOI or OpenReview id in any spelling or in an
        address, and these over a title.
        """
        if name in self.titles:
            return (name,)
        if former := self.by_former_id.get(name.casefold()):
            return former
        identifier = identifiers.parse(name)
        known = self.by_identifier.get(identifier.key, ()) if identifier else ()
        return known or self.by_title.get(normalise(name), ())

    def suggest(self, name: str) -> str:
        """A hint that lists the papers most similar to an unknown name, "" if there are none."""
        ids = closest_ids(name, self.titles)
        return f"nearest: {', '.join(ids)}" if ids else ""


def index_papers(papers: Iterable[Paper]) -> PaperIndex:
    """The index of all these papers."""
    titles: dict[str, str] = {}
    by_identifier: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    by_former_id: defaultdict[str, list[str]] = defaultdict(list)
    for paper in papers:
        titles[paper.id] = paper.title
        for former in paper.former_ids:
            by_former_id[former.casefold()].append(paper.id)
        for key in dict.fromkeys(each.key for each in work_ids(paper)):
            by_identifier[key].append(paper.id)
    return PaperIndex(titles, _frozen(by_identifier), _frozen(by_former_id))


def _frozen(lists: Mapping[K, list[str]]) -> Mapping[K, tuple[str, ...]]:
    return {name: tuple(ids) for name, ids in lists.items()}
