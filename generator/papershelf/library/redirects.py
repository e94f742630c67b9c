"""Redirects from the former URLs of papers and topics."""

from collections.abc import Iterator, Mapping

from papershelf.core import urls
from papershelf.core.problems import Location, Problem
from papershelf.library.library import Library


def redirects(library: Library) -> Mapping[str, str]:
    """The current page for the page of every former id of a paper and every alias of a topic."""
    papers = {old: paper.id for paper in library.papers.values() for old in paper.former_ids}
    topics = {alias: topic.id for topic in library.topics for alias in topic.aliases}
    return {
        **{urls.paper(old): urls.paper(new) for old, new in papers.items()},
        **{urls.topic(old): urls.topic(new) for old, new in topics.items()},
    }


def problems(library: Library) -> Iterator[Problem]:
    """A problem for every former id that another paper has or had."""
    owners = {paper_id: paper_id for paper_id in library.papers}
    for paper in library.papers.values():
        for old in paper.former_ids:
            other = library.papers[owners.setdefault(old, paper.id)]
            if other is not paper:
                at = other.edit or paper.edit or paper.origin.get("title", Location("content/papers"))
                had = "is" if other.id == old else "was"
                message = f"'{old}' was the id of '{paper.id}' and {had} that of '{other.id}'"
                yield Problem(at, message, "a URL leads to one paper: choose another slug")
