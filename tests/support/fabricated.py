"""A small library that never was, for tests of pages: every field filled once, and every field empty once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from papershelf.content.config import Config, Curator, Pages
from papershelf.content.free_pages import FreePage
from papershelf.content.topics import UNSORTED, Topic, with_wider
from papershelf.core.model import Appearance, Link, Listing, Paper, Reference, Related
from papershelf.core.partial_date import PartialDate
from papershelf.core.problems import Location
from papershelf.library.library import Library, ReadingPath, ReadingStep
from papershelf.text.links import Repository, repository
from papershelf.views.context import SiteContext
from papershelf.views.words import Words
from support.people import named

CONFIG = Config(
    title="The Tea Shelf",
    description="Papers about tea & kettles, with the code.",
    url="https://example.org/tea/",
    repository="https://github.com/teapot/shelf",
    curator=Curator(name="Ada <Kettle>", url="https://example.org/ada"),
    pages=Pages(size=5, newest=3),
)
ABOUT = FreePage(
    name="about",
    markdown="# About\n\nA list about *tea*. Start at the [topics](../topics/index.md).\n",
    file="content/pages/about.md",
)
TOPICS = (
    Topic(
        id="brewing",
        title="Brewing & steeping",
        description="How *long* to wait.",
        colour="#00796b",
        related=("kettles",),
    ),
    Topic(id="kettles", title="Kettles"),
    Topic(id="mint", title="Mint, *fresh*", parent="brewing", colour="#2e7d32"),
)
OCTOBER = Listing(
    id="tea-daily-2024-10-02", title="Tea daily, 2 October 2024", format="t", captured="2024-10-02"
)
MARCH = Listing(
    id="tea-daily-2024-03-09",
    title="Tea daily, 9 March",
    format="t",
    captured="2024-03-09",
    captured_inferred=True,
)
LOOSE = Listing(id="loose-leaves", title="Loose leaves", format="t")
LISTINGS = (OCTOBER, MARCH, LOOSE)

FULL = Paper(
    id="how-long-to-steep",
    title="How Long to Steep: *Minutes* or [Hours]? A_b Study",
    abstract="We wait <5 minutes, then 10² more. Code: https://github.com/teapot/steep_it",
    summary="Steeps 40 teas for 1–9 minutes & finds that *three* is enough.",
    note="Read section 2 with **care**, and [its data](https://example.org/data?a=1&b=2).",
    kind="analysis",
    authors=named("Ada Kettle", "Bo Leaf", "Ce Cup", "Di Spoon", "El Pot"),
    author_count=5,
    published=PartialDate(2024, 9, 30),
    comments=16,
    arxiv="2409.00001",
    doi="10.1000/tea_1",
    openreview="abc_DE-1",
    url="https://example.org/papers/steep",
    pdf="https://example.org/papers/steep(1).pdf",
    links=(
        Link(url="https://tea.example.org/steep/", kind="project"),
        Link(url="https://huggingface.co/datasets/teapot/steeps", kind="dataset"),
        Link(url="https://github.com/teapot/steep_it/tree/main/code", kind="repository", official=True),
    ),
    venue="Journal of Tea 4",
    topics=("brewing", "kettles"),
    tags=("short read", "<classic>"),
    references=(Reference(title="Talk: *steeping* <live>", url="https://example.org/talk_1"),),
    featured=True,
    edit=Location("content/curation/tea.yml", 12, 3),
    status="read",
    rating=4,
    difficulty="introductory",
)
BARE = Paper(id="nothing-but-a-title", title="Nothing but a Title")
INFERRED = Paper(
    id="a-year-worked-out",
    title="A Year Worked Out",
    summary="Boils water.",
    author_count=1,
    comments=1,
    published=PartialDate(2024, 9, 2),
    published_inferred=True,
    links=(Link(url="https://github.com/Teapot/whistle", kind="repository"),),
    topics=("kettles",),
    withdrawn="The kettle was *empty*.",
)
ARABIC = Paper(
    id="shay",
    title="الشاي والنعناع: دراسة 2024",
    published=PartialDate(2023, 1, 5),
    author_count=2,
    topics=("mint",),
)
OTHERS = tuple(
    Paper(
        id=f"kettle-{number}",
        title=f"Kettle Number {number} 🫖",
        published=PartialDate(2023, 12, 20 - number),
        author_count=number,
        links=(Link(url="https://github.com/kettles/all", kind="repository"),),
        topics=("kettles",),
    )
    for number in range(2, 8)
)
PAPERS = (FULL, INFERRED, *OTHERS, ARABIC, BARE)
EDITIONS = {
    OCTOBER.id: (ARABIC.id, FULL.id, BARE.id),
    MARCH.id: (FULL.id, INFERRED.id, *(paper.id for paper in OTHERS)),
    LOOSE.id: (),
}
RELATED = Related(("a-year-worked-out", "shay"), (("water", "kettles"), ()))
FIRST_CUPS = ReadingPath(
    id="first-cups",
    title="First cups: tea in <three> papers",
    introduction="Read these in *order*, with [a pot](https://example.org/pot) at hand.",
    steps=(
        ReadingStep(FULL.id, "The **idea**:\n\n- steep\n- wait\n\nand `pour`."),
        ReadingStep(BARE.id, ""),
        ReadingStep(INFERRED.id, "What *not* to do."),
    ),
    edit=Location("content/collections/first-cups.yml", 1, 1),
)
HOSTILE_TITLES = (
    "</title><script>alert(1)</script> in a Title",
    "<img src=x onerror=alert(1)> & &lt;b&gt; &amp;",
    "[x](javascript:alert(1)) ![y](http://evil.test/y.png) <http://evil.test>",
    "{{ 7 * 7 }} {% raw %} {# c #} {: .x onclick=alert(1) } {#id}",
    "]]> <!-- --> <![CDATA[ ?> <?php",
    "# Not a heading\n\n- no list\n\n```no fence",
    "1. no list either",
    "--- title: x",
    "`code` ``more`` \\` \\ \\( a_b_c *a __b__ ~~c~~ ==d== ^e^ |f|",
    '[a]: http://evil.test "b"',
    "[^1] [TOC] *[HTML]: x !!! note :smile: https://evil.test/x?a=b",
    '"quotes" \'and\' “more” " onmouseover=alert(1) x="',
    "الشاي <b>والنعناع</b> \u202e abc",
    "🫖👩🏽‍🔬 emoji 𝒪(dᵏ)",
    "\x85 next line \u2028 line separator \ufeff",
    "Long " + "word" * 499,
)


def context(words: Words, papers: Sequence[Paper] = PAPERS, config: Config = CONFIG) -> SiteContext:
    ids = {paper.id for paper in papers}
    near = RELATED.among(ids)
    return SiteContext(library(papers), config, words, (ABOUT,), related=lambda: {FULL.id: near})


def library(papers: Sequence[Paper] = PAPERS) -> Library:
    """The papers, joined as a library joins them; those of no edition stand in `LOOSE`."""
    ids = {paper.id for paper in papers}
    listed = {listing: tuple(i for i in order if i in ids) for listing, order in EDITIONS.items()}
    known = {i for order in listed.values() for i in order}
    listed[LOOSE.id] += tuple(paper.id for paper in papers if paper.id not in known)
    placed = {
        paper.id: replace(
            paper,
            appearances=tuple(
                Appearance(listing, order.index(paper.id) + 1)
                for listing, order in listed.items()
                if paper.id in order
            ),
        )
        for paper in papers
    }
    return Library(
        papers=placed,
        topics=TOPICS if papers else (),
        listings=LISTINGS if papers else (),
        in_topic=_by_topic(papers),
        in_edition=listed if papers else {},
        in_repository=_by_repository(papers),
        collections=_paths(ids),
        topic_edits={topic.id: Location("content/topics.yml", 7 * n, 3) for n, topic in enumerate(TOPICS, 1)},
    )


def hostile_papers() -> tuple[Paper, ...]:
    """A paper for each hostile title, which is its summary, abstract, venue and author as well."""
    return tuple(
        Paper(
            id=f"hostile-{number}",
            title=title,
            summary=title,
            abstract=title,
            note=title,
            venue=title,
            authors=named(title),
            tags=(title,),
            references=(Reference(title=title, url="https://evil.test/x"),),
            withdrawn=title,
            published=PartialDate.of(date(2024, 1, 1) - timedelta(days=number)),
            topics=("brewing",),
        )
        for number, title in enumerate(HOSTILE_TITLES)
    )


def _paths(ids: set[str]) -> tuple[ReadingPath, ...]:
    steps = tuple(step for step in FIRST_CUPS.steps if step.paper in ids)
    return (replace(FIRST_CUPS, steps=steps),) if steps else ()


def _by_topic(papers: Sequence[Paper]) -> dict[str, tuple[str, ...]]:
    wider = with_wider(TOPICS)
    found = {
        topic.id: tuple(paper.id for paper in papers if any(topic.id in wider[own] for own in paper.topics))
        for topic in TOPICS
    }
    unsorted = tuple(paper.id for paper in papers if not paper.topics)
    return found | ({UNSORTED: unsorted} if unsorted else {})


def _by_repository(papers: Sequence[Paper]) -> dict[Repository, tuple[str, ...]]:
    found: dict[Repository, tuple[str, ...]] = {}
    for paper in papers:
        for link in paper.links:
            there = repository(link.url)
            if there:
                found[there] = (*found.get(there, ()), paper.id)
    return dict(sorted(found.items(), key=lambda item: item[0].key))
