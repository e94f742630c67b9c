import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf import pages
from papershelf.content.config import Block, Home
from papershelf.content.topics import UNSORTED
from papershelf.core import urls
from papershelf.core.model import Link, Paper, Related
from papershelf.core.partial_date import PartialDate
from papershelf.library import first_listed
from papershelf.pages.archive import ArchiveView
from papershelf.pages.code import CodeView
from papershelf.pages.collection import CollectionView
from papershelf.pages.collections import CollectionsView
from papershelf.pages.editions import EditionsView
from papershelf.pages.home import HomeView, home
from papershelf.pages.paper import PaperView
from papershelf.pages.periods import YearView
from papershelf.pages.stats import StatsView
from papershelf.pages.topics import TopicsView
from papershelf.render import templates
from papershelf.views import charts
from papershelf.views.components import Anchor, Card, Marks
from papershelf.views.context import DESCRIPTION_LENGTH, Page, description
from papershelf.views.pagination import pager, shown_numbers, split
from papershelf.views.paper_list import PaperListView
from support import fabricated
from support.fabricated import ARABIC, BARE, CONFIG, FIRST_CUPS, FULL, INFERRED, LOOSE, OTHERS, PAPERS
from support.people import named
from support.project import ROOT

TEMPLATES = ROOT / "templates"
WORDS = templates.load_words(TEMPLATES)
MARKDOWN_LINK = re.compile(r"\]\((?P<target>[^)]*)\)")


def planned(papers: Sequence[Paper] = PAPERS, size: int = CONFIG.pages.size) -> dict[str, Page]:
    config = CONFIG.model_copy(update={"pages": CONFIG.pages.model_copy(update={"size": size})})
    return {output.path: output.content() for output in pages.plan(fabricated.context(WORDS, papers, config))}


def paper_list(path: str, papers: Sequence[Paper] = PAPERS, size: int = CONFIG.pages.size) -> PaperListView:
    view = planned(papers, size)[path].view
    assert isinstance(view, PaperListView)
    return view


def titles(view: PaperListView | YearView) -> list[tuple[str, list[str]]]:
    return [(section.heading, [card.title.text for card in section.cards]) for section in view.sections]


def card_of(paper: Paper) -> Card:
    cards = (
        card for section in paper_list(urls.topic("kettles"), [paper]).sections for card in section.cards
    )
    return next(cards)


def paper_view(paper: Paper, papers: Sequence[Paper] = PAPERS) -> PaperView:
    view = planned(papers)[urls.paper(paper.id)].view
    assert isinstance(view, PaperView)
    return view


def kettles(count: int) -> list[Paper]:
    return [
        replace(INFERRED, id=f"k{number}", title=f"K {number}", published=PartialDate(2024, 5, 1))
        for number in range(count)
    ]


# What there is


def test_every_page_has_a_path_of_its_own() -> None:
    paths = Counter(page.path for page in pages.plan(fabricated.context(WORDS)))
    assert set(paths.values()) == {1}


def test_the_pages_of_a_long_year_and_its_months_have_paths_of_their_own() -> None:
    papers = [
        replace(paper, published=PartialDate(2024, 12 - number // 5, 1))
        for number, paper in enumerate(kettles(60))
    ]
    paths = Counter(page.path for page in pages.plan(fabricated.context(WORDS, papers)))
    assert {"archive/2024/index.md", "archive/2024/12/index.md"} <= set(paths)
    assert set(paths.values()) == {1}


def test_every_kind_of_page_is_there() -> None:
    assert set(planned()) >= {
        "index.md",
        "topics/index.md",
        "topics/brewing/index.md",
        "topics/kettles/2/index.md",
        "topics/unsorted/index.md",
        "topics/mint/index.md",
        "collections/index.md",
        "collections/first-cups/index.md",
        "editions/index.md",
        "editions/tea-daily-2024-03-09/index.md",
        "archive/index.md",
        "archive/2024/index.md",
        "archive/2024/09/index.md",
        "archive/2023/01/index.md",
        "archive/undated/index.md",
        "code/index.md",
        "papers/how-long-to-steep/index.md",
        "about/index.md",
    }


def test_there_is_no_page_for_months_without_papers() -> None:
    assert "archive/2024/10/index.md" not in planned()


def test_unsorted_and_undated_have_pages_only_where_there_are_such_papers() -> None:
    there = planned([FULL])
    assert urls.topic(UNSORTED) not in there
    assert urls.UNDATED not in there


def test_an_empty_library_still_has_its_sections() -> None:
    assert set(planned([])) == {
        urls.HOME,
        urls.BROWSE,
        urls.TOPICS,
        urls.EDITIONS,
        urls.ARCHIVE,
        urls.CODE,
        urls.STATS,
        urls.ABOUT,
    }


def test_the_navigation_holds_the_sections_and_no_paper() -> None:
    navigation = pages.navigation(WORDS, pages.plan(fabricated.context(WORDS)))
    assert navigation == (
        ("Home", "index.md"),
        ("Browse", "browse/index.md"),
        ("Topics", "topics/index.md"),
        ("Reading paths", "collections/index.md"),
        ("Editions", "editions/index.md"),
        ("Archive", "archive/index.md"),
        ("Code", "code/index.md"),
        ("About", "about/index.md"),
    )


def test_reading_paths_have_a_section_only_where_there_are_any() -> None:
    there = planned(kettles(2))
    assert not [path for path in there if path.startswith("collections/")]
    assert "Reading paths" not in dict(
        pages.navigation(WORDS, pages.plan(fabricated.context(WORDS, kettles(2))))
    )


def test_the_navigation_leaves_out_an_about_page_that_nobody_wrote() -> None:
    context = replace(fabricated.context(WORDS), free_pages=())
    assert "About" not in dict(pages.navigation(WORDS, pages.plan(context)))


@pytest.mark.parametrize("papers", [PAPERS, [], [BARE], kettles(12)], ids=["all", "none", "bare", "many"])
def test_every_link_leads_to_a_page_that_is_there(papers: Sequence[Paper]) -> None:
    there = planned(papers)
    environment = templates.environment(TEMPLATES, WORDS)
    inner = 0
    for path, page in there.items():
        for link in MARKDOWN_LINK.finditer(templates.render(page, environment)):
            if "://" not in link["target"]:
                inner += 1
                assert urls.target(path, link["target"]).partition("#")[0] in there
    assert inner


# What a paper shows


def test_a_paper_shows_its_links_by_kind_code_before_the_rest() -> None:
    assert [(group.label, [link.text for link in group.links]) for group in paper_view(FULL).links] == [
        ("Read it", ["arXiv 2409.00001", "DOI 10.1000/tea_1", "OpenReview", "Paper page", "PDF"]),
        ("Repository (official)", ["teapot/steep_it"]),
        ("Dataset", ["huggingface.co/datasets/teapot/steeps"]),
        ("Project page", ["tea.example.org/steep"]),
        ("Talks and posts", ["Talk: *steeping* <live>"]),
    ]


@pytest.mark.parametrize(
    ("authors", "count", "shown"),
    [
        ((), None, ""),
        ((), 1, "1 author"),
        ((), 1204, "1,204 authors"),
        (("Ada",), 1, "Ada"),
        (("Ada", "Bo", "Ce"), 3, "Ada, Bo, Ce"),
        (("Ada", "Bo", "Ce", "Di"), 4, "Ada, Bo, Ce and 1 other"),
        (("Ada", "Bo", "Ce", "Di", "El"), None, "Ada, Bo, Ce and 2 others"),
    ],
)
def test_authors_are_named_or_counted(authors: tuple[str, ...], count: int | None, shown: str) -> None:
    assert card_of(replace(INFERRED, authors=named(*authors), author_count=count)).authors == shown


@pytest.mark.parametrize(
    ("names", "count", "shown"),
    [
        (("Ada",), None, "Ada and others"),
        (("Ada", "Bo", "Ce", "Di"), None, "Ada, Bo, Ce and others"),
        (("Ada", "Bo"), 2, "Ada, Bo and others"),
        (("Ada", "Bo"), 7, "Ada, Bo and 5 others"),
        (("Ada", "Bo", "Ce", "Di"), 5, "Ada, Bo, Ce and 2 others"),
        (("Kettle, Ada", "{Meta AI}"), 3, "Ada Kettle, Meta AI and 1 other"),
    ],
)
def test_it_is_said_that_more_authors_are_not_named(
    names: tuple[str, ...], count: int | None, shown: str
) -> None:
    cut = replace(INFERRED, authors=named(*names), author_count=count, more_authors=True)

    assert card_of(cut).authors == shown


def test_all_names_stand_on_the_page_of_a_paper_with_many_authors() -> None:
    assert paper_view(FULL).authors == "Ada Kettle, Bo Leaf, Ce Cup, Di Spoon, El Pot"
    crowd = replace(FULL, authors=named(*(f"Name{number}" for number in range(400))))
    assert paper_view(crowd, [crowd]).authors.endswith("Name19 and 380 others")


def test_a_date_is_in_words_and_an_inferred_year_is_marked() -> None:
    shown = card_of(INFERRED).published
    assert (shown.words, shown.iso, shown.inferred) == ("2 September 2024", "2024-09-02", WORDS.year_inferred)
    assert shown.why == WORDS.year_inferred_why


def test_a_paper_with_nothing_but_a_title_shows_where_to_find_it_and_nothing_else() -> None:
    view = paper_view(BARE)
    assert not any(
        [view.published.words, view.authors, view.comments, view.kind, view.summary, view.abstract]
    )
    assert not any([view.topics, view.related])
    (found,) = view.links
    assert (found.label, [link.text for link in found.links]) == (
        "Find it",
        ["arXiv", "Google Scholar", "Semantic Scholar"],
    )
    assert all(link.href.endswith("=%22Nothing+but+a+Title%22") for link in found.links)


def test_a_paper_tells_where_it_stood_and_what_stood_beside_it() -> None:
    october, march = paper_view(FULL).listed
    assert (october.link.text, october.place) == ("Tea daily, 2 October 2024", "number 2 of 3")
    assert [link.text for link in (*october.previous, *october.next)] == [ARABIC.title, BARE.title]
    assert (march.place, march.previous) == ("number 1 of 8", ())


def test_a_paper_tells_where_it_stands_in_a_reading_path() -> None:
    (path,) = paper_view(INFERRED).paths
    assert (path.link.text, path.place) == (FIRST_CUPS.title, "3 of 3")
    assert ([link.text for link in path.previous], path.next) == ([BARE.title], ())
    assert paper_view(ARABIC).paths == ()


def test_the_curators_marks_are_words() -> None:
    marks = card_of(FULL).marks
    assert (marks.featured, marks.stars, marks.rating) == ("Featured", "★★★★☆", "rated 4 of 5")
    assert (marks.status, marks.difficulty, marks.withdrawn) == ("read by the curator", "introductory", "")
    assert card_of(replace(INFERRED, rating=5, withdrawn=None)).marks.stars == "★★★★★"


def test_a_paper_without_marks_shows_none() -> None:
    plain = Marks(withdrawn="", featured="", stars="", rating="", status="", difficulty="")
    assert paper_view(BARE).marks == plain


def test_a_withdrawn_paper_is_listed_with_a_mark_and_tells_why_on_its_page() -> None:
    assert card_of(INFERRED).marks.withdrawn == "Withdrawn"
    assert paper_view(INFERRED).withdrawn == "The kettle was *empty*."


def test_a_paper_shows_its_tags() -> None:
    assert paper_view(FULL).tags == ("short read", "<classic>")


def test_a_paper_shows_its_bibtex_entry() -> None:
    entry = paper_view(FULL).bibtex
    assert entry.startswith("@")
    assert "doi = {10.1000/tea_1}" in entry
    crowd = replace(FULL, authors=named(*(f"Ada Name{number}" for number in range(400))))
    assert "Name9, Ada and others}" in paper_view(crowd, [crowd]).bibtex


def test_a_paper_leads_to_related_ones_and_says_why() -> None:
    near = Related((BARE.id, ARABIC.id), (("title", "nothing"), ()))
    context = replace(fabricated.context(WORDS), related=lambda: {FULL.id: near})
    (output,) = (each for each in pages.plan(context) if each.path == urls.paper(FULL.id))
    view = output.content().view
    assert isinstance(view, PaperView)
    assert [(each.link.text, each.link.href, each.why) for each in view.related] == [
        (BARE.title, "../nothing-but-a-title/index.md", "Both are about: title, nothing"),
        (ARABIC.title, "../shay/index.md", ""),
    ]


def test_every_page_about_content_says_where_to_improve_it() -> None:
    base = "https://github.com/teapot/shelf"
    assert paper_view(FULL).improve == f"{base}/edit/main/content/curation/tea.yml#L12"
    assert paper_view(BARE).improve.startswith(f"{base}/new/main/content/curation?filename=nothing-but-a-t")
    assert paper_list(urls.topic("mint")).improve == f"{base}/edit/main/content/topics.yml#L21"
    assert paper_list(urls.topic(UNSORTED)).improve == ""
    path = planned()[urls.collection(FIRST_CUPS.id)].view
    assert isinstance(path, CollectionView)
    assert path.improve == f"{base}/edit/main/content/collections/first-cups.yml#L1"


def test_without_a_repository_nothing_says_where_to_improve_it() -> None:
    config = CONFIG.model_copy(update={"repository": None})
    environment = templates.environment(TEMPLATES, WORDS)
    for output in pages.plan(fabricated.context(WORDS, config=config)):
        assert WORDS.improve not in templates.render(output.content(), environment)


def test_a_paper_links_to_where_it_can_be_read() -> None:
    assert [(link.text, link.href) for link in paper_view(FULL).links[0].links] == [
        ("arXiv 2409.00001", "https://arxiv.org/abs/2409.00001"),
        ("DOI 10.1000/tea_1", "https://doi.org/10.1000/tea_1"),
        ("OpenReview", "https://openreview.net/forum?id=abc_DE-1"),
        ("Paper page", "https://example.org/papers/steep"),
        ("PDF", "https://example.org/papers/steep(1).pdf"),
    ]


@given(st.text(max_size=900))
def test_a_description_is_short(content: str) -> None:
    assert len(description(content)) <= DESCRIPTION_LENGTH


def test_a_description_ends_with_a_whole_word() -> None:
    assert description("tea " * 100) == "tea " * 49 + "tea…"


# Lists


def test_a_topic_lists_its_papers_by_year() -> None:
    assert titles(paper_list(urls.topic("mint"))) == [("2023", [ARABIC.title])]
    assert titles(paper_list(urls.topic("kettles"), size=9))[1:] == [
        ("2024", [INFERRED.title]),
        ("2023", [paper.title for paper in OTHERS]),
    ]


def test_the_featured_papers_of_a_topic_come_first_and_once() -> None:
    assert titles(paper_list(urls.topic("brewing"))) == [
        (WORDS.featured_papers, [FULL.title]),
        ("2023", [ARABIC.title]),
    ]


def test_every_page_of_a_topic_leads_to_where_each_year_begins() -> None:
    papers = [
        replace(paper, published=PartialDate(2024 - number // 6, 1, 1) if number < 12 else None)
        for number, paper in enumerate(kettles(13))
    ]
    first, second = (paper_list(f"topics/kettles/{page}index.md", papers) for page in ("", "2/"))
    assert [(link.text, link.href) for link in first.jumps] == [
        ("2024", "index.md#2024"),
        ("2023", "2/index.md#2023"),
        ("Undated", "3/index.md"),
    ]
    assert [link.href for link in second.jumps] == ["../index.md#2024", "index.md#2023", "../3/index.md"]


def test_a_topic_draws_its_years_on_its_first_page() -> None:
    first, second = (paper_list(f"topics/kettles/{page}index.md") for page in ("", "2/"))
    assert first.chart
    assert first.chart.label == "Papers per year: 2023: 6; 2024: 2"
    assert second.chart is None


def test_a_topic_is_related_to_those_that_share_papers_where_the_curator_names_none() -> None:
    both = [replace(paper, topics=("kettles", "mint")) for paper in kettles(3)]
    assert paper_list(urls.topic("kettles"), both[:2]).groups == ()
    (related,) = paper_list(urls.topic("kettles"), both).groups
    assert [link.text for link in related.links] == ["Mint, *fresh*"]


def test_a_topic_leads_to_the_wider_and_the_narrower_and_to_related_ones() -> None:
    brewing, mint = paper_list(urls.topic("brewing")), paper_list(urls.topic("mint"))
    assert [(group.label, [link.text for link in group.links]) for group in brewing.groups] == [
        ("Within this topic", ["Mint, *fresh*"]),
        ("Related", ["Kettles"]),
    ]
    assert (mint.up.text, mint.up.href, mint.groups) == ("Brewing & steeping", "../brewing/index.md", ())
    assert (brewing.up.text, brewing.mark) == ("Topics", "#00796b")


def test_the_list_of_topics_shows_narrower_topics_within_the_wider() -> None:
    view = planned()[urls.TOPICS].view
    assert isinstance(view, TopicsView)
    assert [(topic.link.text, topic.link.mark, topic.about) for topic in view.topics] == [
        ("Brewing & steeping", "#00796b", "How long to wait."),
        ("Kettles", "", ""),
        ("Unsorted", "", WORDS.unsorted_intro),
    ]
    assert [link.text for topic in view.topics for link in topic.inner] == ["Mint, *fresh*"]


def test_a_reading_path_shows_its_papers_in_order_with_the_reasons() -> None:
    view = planned()[urls.collection(FIRST_CUPS.id)].view
    assert isinstance(view, CollectionView)
    assert [(card.title.text, card.position) for card in view.cards] == [
        (FULL.title, "1 of 3"),
        (BARE.title, "2 of 3"),
        (INFERRED.title, "3 of 3"),
    ]
    assert [card.why for card in view.cards] == [step.note for step in FIRST_CUPS.steps]
    assert (view.count, view.introduction) == ("3 papers", FIRST_CUPS.introduction)


def test_the_list_of_reading_paths_shows_their_introductions_as_text() -> None:
    view = planned()[urls.COLLECTIONS].view
    assert isinstance(view, CollectionsView)
    (path,) = view.collections
    assert (path.link.text, path.count) == (FIRST_CUPS.title, "3 papers")
    assert path.about == "Read these in order, with a pot at hand."


def year_view(year: int, size: int = CONFIG.pages.size) -> YearView:
    view = planned(PAPERS, size)[f"archive/{year}/index.md"].view
    assert isinstance(view, YearView)
    return view


def test_a_year_lists_its_papers_by_month() -> None:
    view = year_view(2024)
    assert titles(view) == [("September 2024", [FULL.title, INFERRED.title])]
    assert view.months == (Anchor("September (2)", "09/index.md"),)
    assert ([link.text for link in view.near], view.chart.label) == (
        ["Older: 2023"],
        "Papers per month: Sep: 2",
    )


def test_a_year_of_more_papers_than_a_page_takes_leaves_them_to_its_months() -> None:
    assert [link.text for link in year_view(2023).months] == ["January (1)", "December (6)"]
    assert year_view(2023).sections == ()
    assert len(year_view(2023, size=9).sections) == 2


def test_the_archive_is_a_calendar_of_the_months_that_have_papers() -> None:
    view = planned()[urls.ARCHIVE].view
    assert isinstance(view, ArchiveView)
    assert [(row.year.text, row.papers) for row in view.rows] == [("2024", "2"), ("2023", "7")]
    cells = [(cell.papers, cell.links[0].href, cell.shade) for cell in view.rows[1].cells if cell.links]
    assert cells == [
        ("January 2023: 1 paper", "2023/01/index.md", "1"),
        ("December 2023: 6 papers", "2023/12/index.md", "4"),
    ]
    assert [undated.count for undated in view.undated] == ["1 paper"]
    assert view.notes == (WORDS.inferred_papers.one,)


def test_an_edition_keeps_the_order_of_its_listing_and_numbers_it() -> None:
    view = paper_list(urls.edition("tea-daily-2024-10-02"))
    assert titles(view) == [("", [ARABIC.title, FULL.title, BARE.title])]
    assert [card.position for card in view.sections[0].cards] == ["No. 1", "No. 2", "No. 3"]


def test_the_numbers_of_an_edition_go_on_over_its_pages() -> None:
    second = paper_list(urls.numbered(urls.edition("tea-daily-2024-03-09"), 2))
    assert [card.position for card in second.sections[0].cards] == ["No. 6", "No. 7", "No. 8"]


def test_an_edition_without_papers_says_how_many_there_are() -> None:
    assert paper_list(urls.edition(LOOSE.id)).pager.range == "0 papers"


def test_a_month_leads_to_the_months_beside_it_that_have_papers() -> None:
    view = paper_list("archive/2023/12/index.md")
    assert [link.text for link in view.near] == ["Newer: September 2024", "Older: January 2023"]


def test_the_code_page_groups_repositories_by_owner_and_names_their_papers() -> None:
    view = planned()[urls.CODE].view
    assert isinstance(view, CodeView)
    kettle, teapot, *rest = view.owners
    assert kettle.entries[0].shared == "shared by 6 papers"
    assert teapot.entries[0].shared == ""
    assert [(repository.link.text, repository.link.href, repository.count) for repository in view.shared] == [
        ("kettles/all", "index.md#owner-1", "6 papers")
    ]
    assert (kettle.name, [len(entry.papers) for entry in kettle.entries]) == ("kettles", [6])
    assert (teapot.name, [entry.link.text for entry in teapot.entries]) == ("teapot", ["steep_it", "whistle"])
    assert not rest


def test_the_home_page_shows_featured_and_newest_papers_once_each() -> None:
    view = planned()[urls.HOME].view
    assert isinstance(view, HomeView)
    assert view.edition is not None
    assert view.edition.link.text == "Tea daily, 2 October 2024"
    assert [card.title.text for card in view.featured] == [FULL.title]
    assert [card.title.text for card in view.newest] == [paper.title for paper in PAPERS[1:4]]
    assert [topic.count for topic in view.topics] == ["2 papers", "8 papers", "1 paper"]
    assert [path.link.text for path in view.collections] == [FIRST_CUPS.title]


def code_view(path: str, papers: Sequence[Paper] = PAPERS) -> CodeView:
    view = planned(papers)[path].view
    assert isinstance(view, CodeView)
    return view


def test_what_papers_ship_besides_repositories_has_a_page_for_each_kind() -> None:
    kinds = code_view(urls.CODE).kinds
    assert [(kind.text, kind.href) for kind in kinds] == [
        ("Datasets (1)", "dataset/index.md"),
        ("Project pages (1)", "project/index.md"),
    ]
    (host,) = code_view("code/dataset/index.md").owners
    assert (host.name, [entry.link.text for entry in host.entries]) == (
        "huggingface.co",
        ["huggingface.co/datasets/teapot/steeps"],
    )
    assert [link.text for link in host.entries[0].papers] == [FULL.title]


def test_repositories_elsewhere_than_most_have_a_page_for_each_host() -> None:
    elsewhere = replace(
        BARE, links=(Link(url="https://gitlab.example.org/pots/clay/lid", kind="repository"),)
    )
    (host,) = code_view(urls.CODE, (*PAPERS[:-1], elsewhere)).hosts
    assert (host.text, host.href) == ("gitlab.example.org (1)", "gitlab.example.org/index.md")
    (owner,) = code_view("code/gitlab.example.org/index.md", (*PAPERS[:-1], elsewhere)).owners
    assert (owner.name, owner.entries[0].link.text) == ("pots/clay", "lid")


def test_an_old_discussion_counts_less_than_a_new_one_and_an_undated_one_least() -> None:
    def paper(name: str, comments: int | None, published: PartialDate | None) -> Paper:
        return replace(BARE, id=name, title=name, comments=comments, published=published)

    papers = [
        paper("undated", 900, None),
        paper("silent", None, PartialDate(2024, 5, 1)),
        paper("old", 30, PartialDate(2022, 5, 1)),
        paper("new", 3, PartialDate(2024, 5, 1)),
        paper("newer", 4, PartialDate(2024, 5, 1)),
    ]
    ((_, found),) = titles(paper_list(urls.DISCUSSED, papers))
    assert found == ["newer", "new", "old", "undated"]
    assert urls.DISCUSSED not in planned([BARE])


def test_what_only_the_newest_edition_lists_is_new_everywhere() -> None:
    marked = {
        card.title.text
        for path in (urls.topic(UNSORTED), urls.edition("tea-daily-2024-10-02"), urls.topic("brewing"))
        for section in paper_list(path).sections
        for card in section.cards
        if card.new
    }
    assert marked == {ARABIC.title, BARE.title}
    assert paper_list(urls.edition("tea-daily-2024-10-02")).intro.endswith("2 papers were new.")


def test_nothing_is_new_in_the_only_edition() -> None:
    library = fabricated.library([FULL])
    only = replace(library, listings=library.listings[:1])
    assert first_listed.new(only, {only.listings[0].id: (FULL.id,)}) == frozenset()


def data_links(page: Page) -> list[str]:
    assert isinstance(page.view, CollectionView | EditionsView | HomeView | PaperListView)
    return [link.href for link in page.view.data]


def test_topics_reading_paths_editions_and_home_lead_to_what_programs_read() -> None:
    there = planned()
    linked = {
        path: data_links(there[path])
        for path in (urls.HOME, urls.EDITIONS, urls.topic("kettles"), urls.collection(FIRST_CUPS.id))
    }
    assert linked == {
        urls.HOME: [
            *("feeds/new.xml", "feeds/new.json"),
            *("api/v1/papers.bib", "api/v1/index.json", "digests/"),
        ],
        urls.EDITIONS: ["../feeds/editions.xml", "../feeds/editions.json"],
        urls.topic("kettles"): [
            "../../feeds/topics/kettles.xml",
            "../../feeds/topics/kettles.json",
            "../../api/v1/topics/kettles.bib",
            "../../browse/?topic=kettles",
        ],
        urls.collection(FIRST_CUPS.id): [
            "../../feeds/collections/first-cups.xml",
            "../../feeds/collections/first-cups.json",
            "../../api/v1/collections/first-cups.bib",
            "../../api/v1/collections/first-cups.json",
        ],
    }
    assert paper_list("topics/kettles/2/index.md").data == ()


def stats_view(papers: Sequence[Paper] = PAPERS) -> StatsView:
    view = planned(papers)[urls.STATS].view
    assert isinstance(view, StatsView)
    return view


def test_figures_count_months_years_topics_and_owners() -> None:
    months, code = stats_view().figures
    assert months.rows == (("September 2024", "2"), ("December 2023", "6"), ("January 2023", "1"))
    assert (months.chart.slots, len(months.chart.bars), months.chart.top) == (21, 3, "6")
    assert code.rows == (("2024", "2", "2", "100%"), ("2023", "7", "6", "86%"))
    topics, owners = stats_view().rankings
    assert [(row.thing.text, row.count, row.share) for row in topics.rows][:2] == [
        ("Kettles", "8", 100),
        ("Brewing & steeping", "2", 25),
    ]
    assert [(row.thing.href, row.count) for row in owners.rows] == [
        ("https://github.com/kettles", "6"),
        ("https://github.com/teapot", "2"),
    ]


def test_figures_name_what_is_undated_or_inferred() -> None:
    assert stats_view().notes == (WORDS.undated_papers.one, WORDS.inferred_papers.one)
    assert (stats_view([BARE]).figures, stats_view([]).rankings) == ((), ())


@given(st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=40))
def test_every_value_that_is_not_zero_has_a_bar_within_its_chart(values: list[int]) -> None:
    chart = charts.bars([(str(n), value) for n, value in enumerate(values)], "Cups")
    assert len(chart.bars) == sum(value > 0 for value in values)
    for bar in chart.bars:
        assert 0 <= bar.x < chart.width
        assert bar.y >= 0
        assert bar.y + bar.height == charts.HEIGHT


def home_view(blocks: Sequence[str], papers: Sequence[Paper] = PAPERS) -> HomeView:
    config = CONFIG.model_copy(update={"home": Home.model_validate({"blocks": blocks})})
    (page,) = home(fabricated.context(WORDS, papers, config))
    assert isinstance(page.view, HomeView)
    return page.view


def test_the_settings_choose_the_blocks_of_the_home_page_and_their_order() -> None:
    assert home_view(["code", "newest"]).blocks == ("code", "newest")
    assert home_view([]).blocks == ()


def test_the_home_page_leaves_out_blocks_with_nothing_to_show() -> None:
    every = get_args(Block)
    assert home_view(every).blocks == every
    assert home_view(every, [BARE, ARABIC]).blocks == ("edition", "collections", "topics", "newest")
    assert home_view(every, []).blocks == ()


def test_a_featured_paper_is_among_the_newest_where_featured_ones_are_not_shown() -> None:
    assert home_view(["newest"]).newest[0].title.text == FULL.title


@pytest.mark.parametrize(
    ("papers", "ranges"),
    [
        (4, ["4 papers"]),
        (5, ["5 papers"]),
        (6, ["1–5 of 6 papers", "6–6 of 6 papers"]),
        (10, ["1–5 of 10 papers", "6–10 of 10 papers"]),
        (11, ["1–5 of 11 papers", "6–10 of 11 papers", "11–11 of 11 papers"]),
    ],
)
def test_lists_are_split_where_they_are_full(papers: int, ranges: list[str]) -> None:
    there = planned(kettles(papers))
    first = urls.topic("kettles")
    found = [paper_list(urls.numbered(first, n), kettles(papers)) for n in range(1, len(ranges) + 1)]
    assert [view.pager.range for view in found] == ranges
    assert urls.numbered(first, len(ranges) + 1) not in there
    assert [card.title.text for view in found for section in view.sections for card in section.cards] == [
        f"K {number}" for number in range(papers)
    ]


def test_pages_of_a_list_are_numbered_in_their_titles_from_the_second_on() -> None:
    there = planned(kettles(6))
    assert there["topics/kettles/index.md"].title == "Kettles"
    assert there["topics/kettles/2/index.md"].title == "Kettles, page 2"


def test_a_pager_leads_to_the_pages_around() -> None:
    found = pager(WORDS, "topics/x/index.md", 2, [5, 5, 1], "11 papers")
    assert (found.previous, found.next) == ("../index.md", "../3/index.md")
    assert [(step.number, step.href) for step in found.steps] == [
        ("1", "../index.md"),
        ("2", ""),
        ("3", "../3/index.md"),
    ]


@pytest.mark.parametrize(
    ("number", "last", "shown"),
    [
        (1, 2, [1, 2]),
        (1, 9, [1, 2, 3, 0, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 12, [1, 0, 4, 5, 6, 7, 8, 0, 12]),
        (12, 12, [1, 0, 10, 11, 12]),
    ],
)
def test_a_long_pager_leaves_gaps(number: int, last: int, shown: list[int]) -> None:
    assert shown_numbers(number, last) == shown


@given(st.integers(min_value=1, max_value=60), st.data())
def test_a_pager_always_shows_both_ends_and_itself_in_order(last: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(min_value=1, max_value=last))
    shown = shown_numbers(number, last)
    numbers = [step for step in shown if step]
    assert {1, number, last} <= set(numbers)
    assert numbers == sorted(set(numbers))
    for before, step, after in zip(shown, shown[1:], shown[2:], strict=False):
        assert step or after - before > 2


@given(st.lists(st.integers()), st.integers(min_value=1, max_value=7))
def test_splitting_loses_nothing_and_keeps_to_the_size(items: list[int], size: int) -> None:
    chunks = split(items, size)
    assert [item for chunk in chunks for item in chunk] == items
    assert all(len(chunk) == size for chunk in chunks[:-1])
    assert len(chunks[-1]) <= size


def test_home_offers_feeds_and_where_it_is_set_a_mail_address() -> None:
    for mail, shown in ((None, []), ("ada@example.org", ["mailto:ada@example.org"])):
        config = CONFIG.model_copy(update={"mail": mail})
        (page,) = home(fabricated.context(WORDS, config=config))
        hrefs = data_links(page)
        assert {"feeds/new.xml", "feeds/new.json", "digests/"} <= set(hrefs)
        assert [href for href in hrefs if href.startswith("mailto:")] == shown
