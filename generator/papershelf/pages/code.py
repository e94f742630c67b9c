"""The code: every repository with the papers that link to it, and what else papers ship, by kind and host."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from papershelf.core import urls
from papershelf.core.model import Link, LinkKind, Paper
from papershelf.views.components import LINK_ORDER, Anchor, CountedLink, PageRef, link_label, page_link
from papershelf.views.context import Labels, Page, PageOutput, SiteContext, description
from papershelf.views.pagination import Pager, numbered_title, pager, split
from papershelf.views.words import Words

MOST_SHARED: Final = 12


@dataclass(frozen=True, slots=True)
class ResourceEntry:
    """A repository or another resource and its papers; `shared` says of how many, "" for one."""

    link: Anchor
    shared: str
    papers: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class OwnerSection:
    """Resources of one owner or, if links do not show the owner, on one host."""

    name: str
    entries: tuple[ResourceEntry, ...]


@dataclass(frozen=True, slots=True)
class CodeView:
    """One page of resources; `shared` links to those of several papers, on this page and others."""

    title: str
    intro: str
    up: tuple[Anchor, ...]
    kinds: tuple[Anchor, ...]
    hosts: tuple[Anchor, ...]
    shared: tuple[CountedLink, ...]
    owners: tuple[OwnerSection, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class LinkedResource:
    """A repository or another resource that papers link to; `owner` is the host if links do not show it."""

    owner: str
    name: str
    url: str
    host: str
    papers: tuple[PageRef, ...]


@dataclass(frozen=True, slots=True)
class CodePage:
    """The inputs of one page of the list that begins at `first`.

    kinds, hosts: the lists of other kinds of resources and of other hosts.
    shared: the repositories that most papers share, and by how many papers.
    """

    first: str
    title: str
    intro: str
    number: int
    resources: tuple[LinkedResource, ...]
    pager: Pager
    kinds: tuple[PageRef, ...] = ()
    hosts: tuple[PageRef, ...] = ()
    shared: tuple[tuple[PageRef, int], ...] = ()

    @property
    def path(self) -> str:
        """The page's path."""
        return urls.numbered(self.first, self.number)


def code(context: SiteContext) -> Iterator[PageOutput]:
    """The pages of the repositories, of those on less common hosts, and of every other kind of resource."""
    for code_page in _code_pages(context):
        yield PageOutput(code_page.path, _make_page, (context.labels, code_page))


def _code_pages(context: SiteContext) -> Iterator[CodePage]:
    words, repositories, others = context.words, _repositories(context), _other_resources(context)
    hosts = Counter(each.host for each in repositories).most_common()[1:]
    front, *further = _list_pages(context, urls.CODE, words.code, repositories)
    yield replace(
        front,
        kinds=tuple(
            (words.with_count(words.link_sorts[kind], len(resources)), urls.code_of(kind))
            for kind, resources in others.items()
        ),
        hosts=tuple((words.with_count(host, number), urls.code_of(host)) for host, number in hosts),
        shared=_most_shared((front, *further)),
    )
    yield from further
    for host, _ in hosts:
        on_host = [each for each in repositories if each.host == host]
        yield from _list_pages(context, urls.code_of(host), host, on_host)
    for kind, resources in others.items():
        yield from _list_pages(context, urls.code_of(kind), words.link_sorts[kind], resources)


def _list_pages(
    context: SiteContext, first: str, title: str, resources: Sequence[LinkedResource]
) -> Iterator[CodePage]:
    """The pages of one list, which begins at `first`: at least one."""
    words, is_front = context.words, first == urls.CODE
    chunks = split(resources, context.config.pages.size)
    total = (words.repositories if is_front else words.addresses).of(len(resources))
    counts = [len(chunk) for chunk in chunks]
    intro = words.code_intro if is_front else ""
    for number, chunk in enumerate(chunks, start=1):
        yield CodePage(first, title, intro, number, tuple(chunk), pager(words, first, number, counts, total))


def _repositories(context: SiteContext) -> list[LinkedResource]:
    return [
        LinkedResource(
            each.owner or each.host, each.name, each.url, each.host, _paper_pages(context.papers(ids))
        )
        for each, ids in context.library.in_repository.items()
    ]


def _other_resources(context: SiteContext) -> Mapping[LinkKind, list[LinkedResource]]:
    """All resources except repositories, by kind, ordered by host and name."""
    papers: defaultdict[LinkKind, defaultdict[str, dict[str, Paper]]] = defaultdict(lambda: defaultdict(dict))
    for paper in context.library.papers.values():
        for link in paper.links:
            if link.kind != "repository":
                papers[link.kind][link.url][paper.id] = paper
    return {
        kind: sorted(
            (_resource(kind, url, linking.values()) for url, linking in papers[kind].items()),
            key=lambda each: (each.host, each.name.casefold(), each.url),
        )
        for kind in LINK_ORDER
        if kind in papers
    }


def _resource(kind: LinkKind, url: str, papers: Iterable[Paper]) -> LinkedResource:
    host = urlsplit(url).netloc.lower().removeprefix("www.")
    return LinkedResource(host, link_label(Link(url=url, kind=kind)), url, host, _paper_pages(papers))


def _paper_pages(papers: Iterable[Paper]) -> tuple[PageRef, ...]:
    return tuple((paper.title, urls.paper(paper.id)) for paper in papers)


def _most_shared(code_pages: Iterable[CodePage]) -> tuple[tuple[PageRef, int], ...]:
    """The repositories of several papers, most papers first; links lead to the section of the owner."""
    shared = (
        ((f"{each.owner}/{each.name}", f"{code_page.path}#owner-{place}"), len(each.papers))
        for code_page in code_pages
        for place, resources in enumerate(_by_owner(code_page.resources), start=1)
        for each in resources
        if len(each.papers) > 1
    )
    return tuple(sorted(shared, key=lambda it: -it[1])[:MOST_SHARED])


def _by_owner(resources: Iterable[LinkedResource]) -> Iterator[tuple[LinkedResource, ...]]:
    return (tuple(run) for _, run in groupby(resources, lambda each: each.owner.casefold()))


def _make_page(labels: Labels, shown: CodePage) -> Page:
    words, page = labels.words, shown.path
    view = CodeView(
        title=shown.title,
        intro=shown.intro,
        up=(page_link(page, (words.code, urls.CODE)),) if shown.first != urls.CODE else (),
        kinds=tuple(page_link(page, other) for other in shown.kinds),
        hosts=tuple(page_link(page, other) for other in shown.hosts),
        shared=tuple(
            CountedLink(page_link(page, place), words.papers.of(papers)) for place, papers in shown.shared
        ),
        owners=tuple(_owner_section(words, page, run) for run in _by_owner(shown.resources)),
        pager=shown.pager,
    )
    title = numbered_title(words, shown.title, shown.number)
    about = description(f"{shown.title}: {shown.pager.range}. {shown.intro}")
    return Page(page, "code.md", title, about, view)


def _owner_section(words: Words, page: str, resources: Sequence[LinkedResource]) -> OwnerSection:
    return OwnerSection(resources[0].owner, tuple(_entry(words, page, each) for each in resources))


def _entry(words: Words, page: str, resource: LinkedResource) -> ResourceEntry:
    papers = len(resource.papers)
    return ResourceEntry(
        Anchor(resource.name, resource.url),
        words.shared_by.format(papers=words.papers.of(papers)) if papers > 1 else "",
        tuple(page_link(page, paper) for paper in resource.papers),
    )
