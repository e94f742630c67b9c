"""The code: every repository with the papers that link to it, grouped by owner."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generator import urls
from generator.links import Repository
from generator.pages.lists import Pager, anchor, numbered_title, pager, split
from generator.pages.page import Page, Shelf
from generator.pages.parts import Anchor


@dataclass(frozen=True, slots=True)
class Entry:
    """A repository and its papers."""

    link: Anchor
    papers: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns repositories; the host, where it hides the owners."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CodeView:
    """One page of the repositories."""

    title: str
    intro: str
    owners: tuple[Owner, ...]
    pager: Pager


def code(shelf: Shelf) -> Iterator[Page]:
    """The pages of the repositories."""
    words = shelf.words
    portions = split(tuple(shelf.library.in_repository), shelf.config.pages.size)
    total = words.repositories.of(len(shelf.library.in_repository))
    for number, portion in enumerate(portions, start=1):
        page = urls.numbered(urls.CODE, number)
        view = CodeView(
            title=words.code,
            intro=words.code_intro,
            owners=tuple(
                _owner(shelf, page, tuple(run))
                for _, run in groupby(portion, lambda each: _owner_name(each).casefold())
            ),
            pager=pager(words, urls.CODE, number, [len(each) for each in portions], total),
        )
        yield Page(page, "code.md", numbered_title(words, words.code, number), words.code_intro, view)


def _owner(shelf: Shelf, page: str, repositories: tuple[Repository, ...]) -> Owner:
    entries = tuple(_entry(shelf, page, repository) for repository in repositories)
    return Owner(_owner_name(repositories[0]), entries)


def _owner_name(repository: Repository) -> str:
    return repository.owner or repository.host


def _entry(shelf: Shelf, page: str, repository: Repository) -> Entry:
    papers = shelf.papers(shelf.library.in_repository[repository])
    return Entry(
        Anchor(repository.name, repository.url),
        tuple(anchor(page, (paper.title, urls.paper(paper.id))) for paper in papers),
    )
