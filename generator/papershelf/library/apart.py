"""Papers that curators hold apart by `different_from`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from papershelf.content.curation import PlacedDecision
from papershelf.content.records import RecordFile
from papershelf.core.model import Paper
from papershelf.core.problems import Problem
from papershelf.library.paper_index import PaperIndex, index_papers
from papershelf.library.same_work import Apart


def apart_records(decisions: Iterable[PlacedDecision], files: Iterable[RecordFile]) -> Apart:
    """The pairs of records' ids that decisions hold apart; `problems` reports what they name wrongly."""
    wanted = [placed.decision for placed in decisions if placed.decision.different_from]
    if not wanted:
        return frozenset()
    records = (placed.record for file in files for placed in file.records)
    index = index_papers(
        Paper(id=each.id, title=each.title, arxiv=each.arxiv, doi=each.doi, openreview=each.openreview)
        for each in records
    )
    pairs = (
        frozenset((own, other))
        for decision in wanted
        for own in index.find(decision.paper)
        for name in decision.different_from
        for other in index.find(name)
    )
    return frozenset(pair for pair in pairs if len(pair) > 1)


def apart_papers(decided: Mapping[str, PlacedDecision], find: Callable[[str], Sequence[str]]) -> Apart:
    """The pairs of papers' ids that decisions hold apart."""
    pairs = (
        frozenset((paper_id, other))
        for paper_id, placed in decided.items()
        for name in placed.decision.different_from
        for other in find(name)
    )
    return frozenset(pair for pair in pairs if len(pair) > 1)


def problems(
    decided: Mapping[str, PlacedDecision],
    same: Mapping[str, str],
    find: Callable[[str], Sequence[str]],
    papers: PaperIndex,
) -> Iterator[Problem]:
    """A problem for every name that means no other paper, or one that `same_as` says is the same."""
    for paper_id, placed in decided.items():
        for name in placed.decision.different_from:
            at, found = placed.fields["different_from"], find(name)
            if not found:
                yield Problem(at, f"different_from: no paper '{name}'", papers.suggest(name))
            elif paper_id in found:
                message = f"different_from: '{name}' is this paper itself"
                yield Problem(at, message, "name the other paper by its id, or remove it")
            elif clash := next((each for each in found if last(each, same) == last(paper_id, same)), None):
                where = next(each for each in (paper_id, clash) if each in same)
                message = f"different_from: '{name}' is the same work by same_as"
                hint = f"keep one of them; same_as is at {decided[where].fields['same_as']}"
                yield Problem(at, message, hint)


def last(paper_id: str, same: Mapping[str, str]) -> str:
    """The paper at the end of a chain of `same_as`."""
    while paper_id in same:
        paper_id = same[paper_id]
    return paper_id
