"""An index of papers by every name that a curator may use for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from papershelf.core.model import Paper
from papershelf.text import normalise
from papershelf.text.similar import closest_ids


@dataclass(frozen=True)
class PaperIndex:
    """Papers by id, former id, arXiv id, DOI and title.

    titles: the title of each paper, by its id.
    by_identifier: ids by former id, arXiv id and DOI, all in lower case.
    """

    titles: Mapping[str, str]
    by_identifier: Mapping[str, tuple[str, ...]]

    @cached_property
    def by_title(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by normalised title; computed on first use, as normalising is slow and rarely needed."""
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for paper_id, title in self.titles.items():
            ids[normalise(title)].append(paper_id)
        return _frozen(ids)

    def find(self, name: str) -> tuple[str, ...]:
        """Ids of the papers with this name: none if it is unknown, several if it is ambiguous.

        An id takes precedence over a former id, arXiv id or DOI, and these over a title.
        """
        if name in self.titles:
            return (name,)
        return self.by_identifier.get(name.casefold()) or self.by_title.get(normalise(name), ())

    def suggest(self, name: str) -> str:
        """A hint that lists the papers most similar to an unknown name, "" if there are none."""
        ids = closest_ids(name, self.titles)
        return f"nearest: {', '.join(ids)}" if ids else ""


def index_papers(papers: Iterable[Paper]) -> PaperIndex:
    """The index of all these papers."""
    titles: dict[str, str] = {}
    by_identifier: defaultdict[str, list[str]] = defaultdict(list)
    for paper in papers:
        titles[paper.id] = paper.title
        for identifier in filter(None, (*paper.former_ids, paper.arxiv, paper.doi)):
            by_identifier[identifier.casefold()].append(paper.id)
    return PaperIndex(titles, _frozen(by_identifier))


def _frozen(lists: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(ids) for name, ids in lists.items()}
