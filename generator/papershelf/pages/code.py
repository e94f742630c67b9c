"""The code: every repository with the papers that link to it, and what else papers ship, by kind and host."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from papershelf.core import urls
from papershelf.core.model import Link, LinkKind, Paper
from papershelf.views.components import LINK_ORDER, Anchor, Counted, link_label
from papershelf.views.context import Labels, Page, PageOutput, SiteContext, description
from papershelf.views.pagination import Pager, anchor, numbered_title, pager, split
from papershelf.views.words import Words

MOST_SHARED: Final = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A repository or the like and its papers; `shared` says of how many, "" for one."""

    link: Anchor
    shared: str
    papers: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns repositories or, where that does not show, the host they are on."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CodeView:
    """One page of repositories or the like; `shared` are those of several papers, with their places here."""

    title: str
    intro: str
    up: tuple[Anchor, ...]
    kinds: tuple[Anchor, ...]
    hosts: tuple[Anchor, ...]
    shared: tuple[Counted, ...]
    owners: tuple[Owner, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class Item:
    """A repository or the like: who owns it, its name, address and host, and title and id of its papers."""

    owner: str
    name: str
    url: str
    host: str
    papers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CodePage:
    """What one page shows of the list that begins at `first`.

    kinds, hosts: names and paths of the lists of other kinds of links and of other hosts.
    shared: names and places of the repositories that most papers share, and how many that are.
    """

    first: str
    title: str
    intro: str
    number: int
    items: tuple[Item, ...]
    pager: Pager
    kinds: tuple[tuple[str, str], ...] = ()
    hosts: tuple[tuple[str, str], ...] = ()
    shared: tuple[tuple[str, str, int], ...] = ()


def code(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of the repositories, of those on less common hosts, and of every other kind of link."""
    words, repositories, others = context.words, _repositories(context), _others(context)
    rest = Counter(item.host for item in repositories).most_common()[1:]
    front, *further = _code_pages(context, urls.CODE, words.code, repositories)
    front = replace(
        front,
        kinds=tuple(
            (words.with_count(words.link_sorts[kind], len(items)), urls.code_of(kind))
            for kind, items in others.items()
        ),
        hosts=tuple((words.with_count(host, number), urls.code_of(host)) for host, number in rest),
        shared=_shared((front, *further)),
    )
    for code_page in (front, *further, *_on_hosts(context, [host for host, _ in rest], repositories)):
        yield _draft(context, code_page)
    for kind, items in others.items():
        for code_page in _code_pages(context, urls.code_of(kind), words.link_sorts[kind], items):
            yield _draft(context, code_page)


def _draft(context: SiteContext, code_page: CodePage) -> PageOutput:
    return PageOutput(urls.numbered(code_page.first, code_page.number), _page, (context.labels, code_page))


def _on_hosts(context: SiteContext, hosts: Iterable[str], items: Iterable[Item]) -> Iterator[CodePage]:
    for host in hosts:
        yield from _code_pages(
            context, urls.code_of(host), host, [item for item in items if item.host == host]
        )


def _repositories(context: SiteContext) -> list[Item]:
    found = context.library.in_repository.items()
    return [
        Item(each.owner or each.host, each.name, each.url, each.host, _named(context.papers(ids)))
        for each, ids in found
    ]


def _others(context: SiteContext) -> Mapping[LinkKind, list[Item]]:
    """What is no repository, by kind, each of them by host and address."""
    found: defaultdict[LinkKind, defaultdict[str, dict[str, Paper]]] = defaultdict(lambda: defaultdict(dict))
    for paper in context.library.papers.values():
        for link in paper.links:
            if link.kind != "repository":
                found[link.kind][link.url][paper.id] = paper
    return {
        kind: sorted(
            (_item(kind, url, papers.values()) for url, papers in found[kind].items()),
            key=lambda item: (item.host, item.name.casefold(), item.url),
        )
        for kind in LINK_ORDER
        if kind in found
    }


def _item(kind: LinkKind, url: str, papers: Iterable[Paper]) -> Item:
    host = urlsplit(url).netloc.lower().removeprefix("www.")
    return Item(host, link_label(Link(url=url, kind=kind)), url, host, _named(papers))


def _named(papers: Iterable[Paper]) -> tuple[tuple[str, str], ...]:
    return tuple((paper.title, paper.id) for paper in papers)


def _code_pages(context: SiteContext, first: str, title: str, items: Sequence[Item]) -> Iterator[CodePage]:
    words = context.words
    code_pages = split(items, context.config.pages.size)
    total = (words.repositories if first == urls.CODE else words.addresses).of(len(items))
    counts = [len(code_page) for code_page in code_pages]
    intro = words.code_intro if first == urls.CODE else ""
    for number, code_page in enumerate(code_pages, start=1):
        stand = pager(words, first, number, counts, total)
        yield CodePage(first, title, intro, number, tuple(code_page), stand)


def _shared(code_pages: Iterable[CodePage]) -> tuple[tuple[str, str, int], ...]:
    found = (
        (
            f"{item.owner}/{item.name}",
            f"{urls.numbered(each.first, each.number)}#owner-{place}",
            len(item.papers),
        )
        for each in code_pages
        for place, (_, items) in enumerate(_by_owner(each.items), start=1)
        for item in items
        if len(item.papers) > 1
    )
    return tuple(sorted(found, key=lambda entry: -entry[2])[:MOST_SHARED])


def _by_owner(items: Iterable[Item]) -> Iterator[tuple[str, tuple[Item, ...]]]:
    return ((name, tuple(run)) for name, run in groupby(items, lambda item: item.owner.casefold()))


def _page(labels: Labels, shown: CodePage) -> Page:
    words, page = labels.words, urls.numbered(shown.first, shown.number)
    view = CodeView(
        title=shown.title,
        intro=shown.intro,
        up=(anchor(page, (words.code, urls.CODE)),) if shown.first != urls.CODE else (),
        kinds=tuple(anchor(page, other) for other in shown.kinds),
        hosts=tuple(anchor(page, other) for other in shown.hosts),
        shared=tuple(
            Counted(anchor(page, (name, place)), words.papers.of(papers))
            for name, place, papers in shown.shared
        ),
        owners=tuple(
            Owner(items[0].owner, tuple(_entry(words, page, item) for item in items))
            for _, items in _by_owner(shown.items)
        ),
        pager=shown.pager,
    )
    title = numbered_title(words, shown.title, shown.number)
    return Page(
        page, "code.md", title, description(f"{shown.title}: {shown.pager.range}. {shown.intro}"), view
    )


def _entry(words: Words, page: str, item: Item) -> Entry:
    return Entry(
        Anchor(item.name, item.url),
        words.shared_by.format(papers=words.papers.of(len(item.papers))) if len(item.papers) > 1 else "",
        tuple(anchor(page, (title, urls.paper(paper_id))) for title, paper_id in item.papers),
    )
