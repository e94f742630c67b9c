"""What stands in listings and is on no page: entries without a title, facts about papers of no edition."""

from collections.abc import Iterable, Iterator

from papershelf.content.records import RecordFile
from papershelf.core.model import Paper, Unnamed
from papershelf.core.problems import Problem
from papershelf.library.same_work import work_ids


def problems(files: Iterable[RecordFile], papers: Iterable[Paper]) -> Iterator[Problem]:
    """A warning for each listing that has any, at the first of them; `papers` are all, hidden ones too."""
    files = [file for file in files if file.unnamed or file.listing.role == "facts"]
    papers = tuple(papers) if files else ()
    ids = {each for paper in papers for each in (paper.id, *paper.former_ids)}
    identifiers = {each for paper in papers for each in _identifiers(paper)}
    for file in files:
        unnamed = [each for each in file.unnamed if not identifiers.intersection(_identifiers(each.entry))]
        if unnamed:
            message = (
                f"{_count(len(unnamed), 'entry', 'entries')} without a title: on no page until it is known"
            )
            yield Problem(unnamed[0].at, message, "import a file that has the titles too", "warning")
        facts = file.records if file.listing.role == "facts" else ()
        unused = [each for each in facts if each.record.id not in ids]
        if unused:
            message = f"{_count(len(unused), 'paper', 'papers')} in no edition: their facts are not shown"
            yield Problem(unused[0].at, message, "remove the lines, or import the papers", "warning")


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _identifiers(known: Paper | Unnamed) -> Iterator[tuple[str, str]]:
    yield from (each.key for each in work_ids(known))
    if known.url:
        yield "url", known.url.casefold()
