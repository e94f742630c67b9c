"""Lists of papers: under headings, and split into pages."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.text import notes
from papershelf.views import metadata
from papershelf.views.charts import Chart
from papershelf.views.components import Anchor, Card, Group, card
from papershelf.views.context import Labels, Page, PageOutput, SiteContext, description
from papershelf.views.words import Words

NEIGHBOURS = 2

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Section:
    """Some cards under a heading; without one ("") they follow the page's title."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One number of a pager. `href` is "" for the page itself; a step without number is a gap."""

    number: str
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands among the pages of its list: `range` in words, and links to the others."""

    range: str
    steps: tuple[Step, ...] = ()
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list of papers: where it stands, what it is called, and how its papers are grouped.

    path: its first page. intro, note: words under the title, as text and as a curator's Markdown.
    mark: the colour of a mark before the title, as #rrggbb.
    up, near: names and paths of the list of lists and of the lists beside it.
    groups: further links from one of its pages, named by its path. chart: what its first page shows above.
    data: links from its first page, named by its path, to what programs read of it.
    heading: the heading a paper stands under, "" for none. numbered: whether cards show their position.
    jumps: the headings to whose beginning all its pages link; anchors there have those that are numbers.
    improve: where what the list shows can be edited, "" for nowhere.
    feeds: what its feeds are called, and their paths; empty where it has none.
    """

    path: str
    title: str
    intro: str
    up: tuple[str, str]
    papers: tuple[Paper, ...]
    heading: Callable[[Paper], str]
    near: tuple[tuple[str, str], ...] = ()
    numbered: bool = False
    note: str = ""
    mark: str = ""
    groups: Callable[[str], tuple[Group, ...]] = lambda _: ()
    chart: Chart | None = None
    data: Callable[[str], tuple[Anchor, ...]] = lambda _: ()
    jumps: tuple[str, ...] = ()
    improve: str = ""
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperListView:
    """One page of a list of papers."""

    title: str
    intro: str
    note: str
    mark: str
    up: Anchor
    near: tuple[Anchor, ...]
    groups: tuple[Group, ...]
    chart: Chart | None
    data: tuple[Anchor, ...]
    jumps: tuple[Anchor, ...]
    sections: tuple[Section, ...]
    pager: Pager
    improve: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What one page of a list of papers shows; `headings` are those of `papers`, one each.

    first: the position of its first paper in the whole list, 0 where positions are not shown.
    new: the ids of those papers that are new. jumps: each heading of the list, and where it begins.
    """

    path: str
    title: str
    intro: str
    note: str
    mark: str
    up: tuple[str, str]
    near: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    chart: Chart | None
    data: tuple[Anchor, ...]
    jumps: tuple[tuple[str, str], ...]
    papers: tuple[Paper, ...]
    headings: tuple[str, ...]
    new: tuple[str, ...]
    first: int
    number: int
    total: str
    pager: Pager
    improve: str
    feeds: tuple[str, ...]


def list_pages(context: SiteContext, papers: PaperList) -> Iterator[PageOutput]:
    """The pages of a list of papers: one at least."""
    chunks = split(papers.papers, context.config.pages.size)
    counts = [len(chunk) for chunk in chunks]
    total = context.words.papers.of(len(papers.papers))
    jumps = _jumps(papers, chunks)
    for number, shown in enumerate(chunks, start=1):
        page = urls.numbered(papers.path, number)
        chunk = ListPage(
            path=page,
            title=papers.title,
            intro=papers.intro,
            note=papers.note,
            mark=papers.mark,
            up=papers.up,
            near=papers.near,
            groups=papers.groups(page),
            chart=papers.chart if number == 1 else None,
            data=papers.data(page) if number == 1 else (),
            jumps=jumps,
            papers=tuple(shown),
            headings=tuple(papers.heading(paper) for paper in shown),
            new=context.new_of(shown),
            first=(number - 1) * context.config.pages.size + 1 if papers.numbered else 0,
            number=number,
            total=total,
            pager=pager(context.words, papers.path, number, counts, total),
            improve=papers.improve,
            feeds=papers.feeds,
        )
        yield PageOutput(page, _list_page, (context.labels, chunk))


def _list_page(labels: Labels, shown: ListPage) -> Page:
    view = PaperListView(
        title=shown.title,
        intro=shown.intro,
        note=shown.note,
        mark=shown.mark,
        up=anchor(shown.path, shown.up),
        near=tuple(anchor(shown.path, other) for other in shown.near),
        groups=shown.groups,
        chart=shown.chart,
        data=shown.data,
        jumps=tuple(Anchor(name, urls.relative(shown.path, place)) for name, place in shown.jumps),
        sections=sections(zip(shown.headings, _cards(labels, shown), strict=True)),
        pager=shown.pager,
        improve=shown.improve,
    )
    title = numbered_title(labels.words, text.plain(shown.title), shown.number)
    about = description(f"{shown.title}: {shown.total}. {shown.intro or notes.plain(shown.note)}")
    found = metadata.of_list(labels.site, shown.path, shown.papers, shown.feeds)
    return Page(shown.path, "papers.md", title, about, view, head=found)


def anchor(page: str, other: tuple[str, str]) -> Anchor:
    """The link from a page to another, given by name and path."""
    return Anchor(other[0], urls.relative(page, other[1]))


def sections(headed: Iterable[tuple[str, Card]]) -> tuple[Section, ...]:
    """Cards, each with its heading, as sections: one for those in a row under equal headings."""
    return tuple(
        Section(heading, tuple(shown for _, shown in run))
        for heading, run in groupby(headed, lambda item: item[0])
    )


def _cards(labels: Labels, shown: ListPage) -> Iterator[Card]:
    for place, paper in enumerate(shown.papers):
        position = shown.first + place if shown.first else 0
        yield card(labels, shown.path, paper, position, new=paper.id in shown.new)


def _jumps(papers: PaperList, chunks: Sequence[Sequence[Paper]]) -> tuple[tuple[str, str], ...]:
    """The headings with the pages on which they begin, and their anchors there; none for a single one."""
    pages = (urls.numbered(papers.path, number) for number in range(1, len(chunks) + 1))
    begins: dict[str, str] = {}
    for page, chunk in zip(pages, chunks, strict=True):
        for heading in map(papers.heading, chunk):
            begins.setdefault(heading, f"{page}#{heading}" if heading.isdecimal() else page)
    return tuple((name, begins[name]) for name in papers.jumps) if len(papers.jumps) > 1 else ()


def neighbours(words: Words, lists: Sequence[tuple[str, str]], at: int) -> tuple[tuple[str, str], ...]:
    """Names and paths of the lists before and after the one at `at`, of lists ordered newest first."""
    newer = ((words.newer.format(title=title), path) for title, path in lists[max(0, at - 1) : at])
    older = ((words.older.format(title=title), path) for title, path in lists[at + 1 : at + 2])
    return (*newer, *older)


def year_of(words: Words) -> Callable[[Paper], str]:
    """The heading of a paper in lists by year."""
    return lambda paper: str(paper.published.year) if paper.published else words.undated


def month_of(words: Words) -> Callable[[Paper], str]:
    """The heading of a paper in lists by month."""
    return lambda paper: words.month_of(paper.published) if paper.published else words.undated


def split(items: Sequence[Item], size: int) -> list[Sequence[Item]]:
    """The items in pages of `size`; an empty list makes one empty page."""
    return [items[start : start + size] for start in range(0, len(items), size)] or [items]


def numbered_title(words: Words, title: str, number: int) -> str:
    """The title of page `number` of a list: its number is named from 2 on."""
    return words.numbered_title.format(title=title, number=number) if number > 1 else title


def pager(words: Words, first_page: str, number: int, counts: Sequence[int], total: str) -> Pager:
    """The pager of page `number` (from 1) of a list; `counts`: items on each page; `total`: all, in words."""
    if len(counts) == 1:
        return Pager(total)
    page = urls.numbered(first_page, number)
    before = sum(counts[: number - 1])

    def href(other: int) -> str:
        there = 1 <= other <= len(counts) and other != number
        return urls.relative(page, urls.numbered(first_page, other)) if there else ""

    return Pager(
        range=words.range.format(first=before + 1, last=before + counts[number - 1], total=total),
        steps=tuple(
            Step(str(step), href(step), words.page_number.format(number=step)) if step else Step("", "", "")
            for step in shown_numbers(number, len(counts))
        ),
        previous=href(number - 1),
        next=href(number + 1),
    )


def shown_numbers(number: int, last: int) -> list[int]:
    """The page numbers that a pager shows: both ends and the neighbours of `number`; 0 is a gap."""
    shown = [1]
    for after in sorted({last, *range(max(2, number - NEIGHBOURS), min(last, number + NEIGHBOURS + 1))}):
        if after == shown[-1] + 2:
            shown.append(after - 1)
        elif after > shown[-1] + 2:
            shown.append(0)
        if after > 1:
            shown.append(after)
    return shown
