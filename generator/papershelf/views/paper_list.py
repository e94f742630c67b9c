"""Lists of papers as cards under headings, on as many pages as they need."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from papershelf import text
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.text import notes
from papershelf.views import metadata
from papershelf.views.charts import Chart
from papershelf.views.components import Anchor, Card, LinkGroup, PageRef, card, page_link, topic_links
from papershelf.views.context import Labels, Page, PageOutput, SiteContext, description
from papershelf.views.pagination import Pager, numbered_title, pager, split
from papershelf.views.words import Words


@dataclass(frozen=True, slots=True)
class Section:
    """Cards under a heading; without one ("") they follow the page's title."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class PaperListView:
    """One page of a list of papers."""

    title: str
    intro: str
    note: str
    mark: str
    up: Anchor
    near: tuple[Anchor, ...]
    groups: tuple[LinkGroup, ...]
    chart: Chart | None
    data: tuple[Anchor, ...]
    jumps: tuple[Anchor, ...]
    sections: tuple[Section, ...]
    pager: Pager
    improve: str


@dataclass(frozen=True, slots=True)
class ListHeader:
    """What all pages of a list show around their papers.

    up: the list of lists. near: the lists before and after this one.
    intro, note: words under the title, as plain text and as the curator's Markdown.
    mark: the colour of a mark before the title, as #rrggbb, "" for none.
    topics: rows of links to topics, each a label and the topics' ids.
    improve: the address at which the list can be edited, "" for none.
    feeds: the title of its feeds and their paths; empty if it has none.
    """

    title: str
    up: PageRef
    near: tuple[PageRef, ...] = ()
    intro: str = ""
    note: str = ""
    mark: str = ""
    topics: tuple[tuple[str, tuple[str, ...]], ...] = ()
    improve: str = ""
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list of papers to be split into pages.

    path: its first page.
    headings: the heading of each paper, "" for none; empty if no paper has one.
    jumps: the headings that every page links to, if there are several. Only years have an anchor of their
        own, links to other headings lead to the top of their page.
    numbered: whether cards show their position.
    chart, data: what only the first page shows: a chart, and links for programs.
    """

    path: str
    header: ListHeader
    papers: tuple[Paper, ...]
    headings: tuple[str, ...] = ()
    jumps: tuple[str, ...] = ()
    numbered: bool = False
    chart: Chart | None = None
    data: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """The inputs of one page of a list.

    headings: one for each of `papers`. first: the position of the first paper in the whole list, 0 if
    positions are not shown. new: the ids of those papers that are new. jumps: headings and where they begin.
    """

    path: str
    header: ListHeader
    papers: tuple[Paper, ...]
    headings: tuple[str, ...]
    first: int
    new: tuple[str, ...]
    number: int
    total: str
    pager: Pager
    jumps: tuple[PageRef, ...]
    chart: Chart | None = None
    data: tuple[Anchor, ...] = ()


def list_pages(context: SiteContext, shown: PaperList) -> Iterator[PageOutput]:
    """The pages of a list: at least one."""
    words, size = context.words, context.config.pages.size
    chunks = split(shown.papers, size)
    headings = split(shown.headings or ("",) * len(shown.papers), size)
    counts, total = [len(chunk) for chunk in chunks], words.papers.of(len(shown.papers))
    jumps = _jumps(shown, headings)
    for number, (papers, of_papers) in enumerate(zip(chunks, headings, strict=True), start=1):
        page = ListPage(
            path=urls.numbered(shown.path, number),
            header=shown.header,
            papers=tuple(papers),
            headings=tuple(of_papers),
            first=(number - 1) * size + 1 if shown.numbered else 0,
            new=context.new_of(papers),
            number=number,
            total=total,
            pager=pager(words, shown.path, number, counts, total),
            jumps=jumps,
            chart=shown.chart if number == 1 else None,
            data=shown.data if number == 1 else (),
        )
        yield PageOutput(page.path, _list_page, (context.labels, page))


def sections(headings: Iterable[str], cards: Iterable[Card]) -> tuple[Section, ...]:
    """Sections of cards, given the heading of each: one section for equal headings in a row."""
    headed = zip(headings, cards, strict=True)
    return tuple(
        Section(heading, tuple(each for _, each in run)) for heading, run in groupby(headed, lambda it: it[0])
    )


def neighbours(words: Words, lists: Sequence[PageRef], at: int) -> tuple[PageRef, ...]:
    """Links to the lists before and after the one at index `at`, of lists ordered newest first."""
    newer = ((words.newer.format(title=title), path) for title, path in lists[max(0, at - 1) : at])
    older = ((words.older.format(title=title), path) for title, path in lists[at + 1 : at + 2])
    return (*newer, *older)


def year_heading(words: Words, paper: Paper) -> str:
    """The heading of a paper in a list by year."""
    return str(paper.published.year) if paper.published else words.undated


def month_heading(words: Words, paper: Paper) -> str:
    """The heading of a paper in a list by month."""
    return words.month_of(paper.published) if paper.published else words.undated


def _jumps(shown: PaperList, headings: Iterable[Sequence[str]]) -> tuple[PageRef, ...]:
    """Each heading to jump to, and the page and anchor where it begins; `headings` are given page by page."""
    begins: dict[str, str] = {}
    for number, on_page in enumerate(headings, start=1):
        page = urls.numbered(shown.path, number)
        for heading in on_page:
            begins.setdefault(heading, f"{page}#{heading}" if heading.isdecimal() else page)
    return tuple((heading, begins[heading]) for heading in shown.jumps) if len(shown.jumps) > 1 else ()


def _list_page(labels: Labels, shown: ListPage) -> Page:
    path, header = shown.path, shown.header
    view = PaperListView(
        title=header.title,
        intro=header.intro,
        note=header.note,
        mark=header.mark,
        up=page_link(path, header.up),
        near=tuple(page_link(path, other) for other in header.near),
        groups=tuple(LinkGroup(label, topic_links(labels, path, ids)) for label, ids in header.topics),
        chart=shown.chart,
        data=shown.data,
        jumps=tuple(page_link(path, jump) for jump in shown.jumps),
        sections=sections(shown.headings, _cards(labels, shown)),
        pager=shown.pager,
        improve=header.improve,
    )
    return Page(
        path,
        "papers.md",
        title=numbered_title(labels.words, text.plain(header.title), shown.number),
        description=description(f"{header.title}: {shown.total}. {header.intro or notes.plain(header.note)}"),
        view=view,
        head=metadata.of_list(labels.site, path, shown.papers, header.feeds),
    )


def _cards(labels: Labels, shown: ListPage) -> Iterator[Card]:
    for place, paper in enumerate(shown.papers):
        position = shown.first + place if shown.first else 0
        yield card(labels, shown.path, paper, position, new=paper.id in shown.new)
