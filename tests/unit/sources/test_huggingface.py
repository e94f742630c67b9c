from datetime import date

import pytest

from papershelf.core.partial_date import PartialDate
from papershelf.sources.huggingface import READER
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from support.service_documents import dumped, hugging_face_page, hugging_face_paper

NOTHING = (None, None, False)


def read(text: str, captured: date | None = None) -> ParsedDocument:
    return READER.read(text, "day.json", ReadOptions(captured=captured))


def read_one(**changes: object) -> Entry:
    (entry,) = read(dumped([hugging_face_paper(**changes)])).entries
    return entry


def listing(parsed: ParsedDocument) -> tuple[str, str | None, date | None, bool]:
    return parsed.title, parsed.listing_id, parsed.captured, parsed.captured_inferred


def test_a_paper_has_its_own_date_its_comments_from_outside_and_no_hidden_names() -> None:
    parsed = read(dumped([hugging_face_paper()]))
    assert not parsed.problems
    assert parsed.entries == (
        Entry(
            line=2,
            title="Ferns that\n  Remember Rain",
            abstract="We water ferns twice\nand ask them once.",
            authors=("Ada Fern", "Bo Moss"),
            author_count=3,
            published=PartialDate(2026, 3, 2),
            comments=4,
            upvotes=12,
            arxiv="2603.01234",
            links=("https://github.com/fern-lab/rain", "https://rain.github.io/"),
            categories=("ferns", "memory"),
            type="preprint",
        ),
    )


@pytest.mark.parametrize(
    ("repository", "link"),
    [
        ("fern-lab/rain", "https://github.com/fern-lab/rain"),
        ("https://github.com/fern-lab/rain", "https://github.com/fern-lab/rain"),
        ("github.com/fern-lab/rain", "github.com/fern-lab/rain"),
    ],
)
def test_a_repository_is_an_address_or_an_owner_and_a_name(repository: str, link: str) -> None:
    assert read_one(githubRepo=repository, projectPage=None).links == (link,)


def test_optional_fields_may_be_missing() -> None:
    names = ("githubRepo", "projectPage", "ai_keywords", "authors", "upvotes", "title", "summary")
    entry = read_one(**dict.fromkeys(names))
    assert (entry.title, entry.abstract) == (
        "Ferns that Remember Rain",
        "We water ferns twice and ask them once.",
    )
    assert (entry.links, entry.categories, entry.authors, entry.upvotes) == ((), (), (), None)


def test_a_paper_that_is_not_on_arxiv_has_its_page_here() -> None:
    entry = read_one(id="fern-report")
    assert (entry.arxiv, entry.url, entry.type) == (None, "https://huggingface.co/papers/fern-report", None)


def test_a_paper_alone_is_read_too() -> None:
    parsed = read(dumped(hugging_face_paper()["paper"]))
    assert [(entry.title, entry.comments, entry.upvotes) for entry in parsed.entries] == [
        ("Ferns that\n  Remember Rain", None, 12)
    ]
    assert listing(parsed)[1:] == NOTHING
    assert not parsed.problems


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (
            ["2026-03-14", "2026-03-14"],
            ("Daily papers, 14 March 2026", "daily-papers-2026-03-14", date(2026, 3, 14), False),
        ),
        (
            ["2026-03-09", "2026-03-13"],
            ("Daily papers, week 11 of 2026", "daily-papers-2026-w11", date(2026, 3, 13), True),
        ),
        (
            ["2026-03-02", "2026-03-31"],
            ("Daily papers, March 2026", "daily-papers-2026-03", date(2026, 3, 31), True),
        ),
        (["2026-03-02", "2026-05-31"], ("Daily papers (date unknown)", *NOTHING)),
        ([None, None], ("Daily papers (date unknown)", *NOTHING)),
    ],
)
def test_the_days_on_which_papers_were_chosen_tell_day_week_or_month(
    days: list[str | None], expected: tuple[str, str | None, date | None, bool]
) -> None:
    papers = [
        hugging_face_paper(id=f"2603.0000{n}", submittedOnDailyAt=day and f"{day}T05:00:00.000Z")
        for n, day in enumerate(days)
    ]
    parsed = read(dumped(papers))
    assert listing(parsed) == expected
    assert [str(problem) for problem in parsed.problems] == (
        []
        if expected[1]
        else [
            (
                "day.json:1: warning: the document does not say of which day its papers are"
                " (name the day with --captured)"
            )
        ]
    )


def test_a_day_that_the_person_names_is_the_listings() -> None:
    parsed = read(dumped([hugging_face_paper(submittedOnDailyAt=None)]), date(2024, 10, 25))
    assert listing(parsed) == (
        "Daily papers, 25 October 2024",
        "daily-papers-2024-10-25",
        date(2024, 10, 25),
        False,
    )
    assert not parsed.problems


def test_a_saved_page_gives_the_papers_and_the_listing_of_the_api() -> None:
    paper = hugging_face_paper(title='A "Quoted" < Title & more')
    page, answer = read(hugging_face_page([paper])), read(dumped([paper]))
    assert listing(page) == listing(answer)
    assert [(entry.title, entry.authors) for entry in page.entries] == [
        ('A "Quoted" < Title & more', ("Ada Fern", "Bo Moss"))
    ]
    assert page.entries[0].line == 5


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2026-03-15", ("Daily papers, 15 March 2026", "daily-papers-2026-03-15", date(2026, 3, 15), False)),
        (
            "2026-W11",
            ("Daily papers, week 11 of 2026", "daily-papers-2026-w11", date(2026, 3, 14), True),
        ),
        ("2026-03", ("Daily papers, March 2026", "daily-papers-2026-03", date(2026, 3, 14), True)),
        ("soon", ("Daily papers, 14 March 2026", "daily-papers-2026-03-14", date(2026, 3, 14), False)),
    ],
)
def test_a_page_says_itself_which_day_week_or_month_it_shows(
    period: str, expected: tuple[str, str, date, bool]
) -> None:
    assert listing(read(hugging_face_page([hugging_face_paper()], dateString=period))) == expected


def test_the_day_of_a_page_outlasts_the_day_on_which_it_was_saved() -> None:
    parsed = read(hugging_face_page([hugging_face_paper()]), date(2026, 4, 1))
    assert listing(parsed) == (
        "Daily papers, 14 March 2026",
        "daily-papers-2026-03-14",
        date(2026, 4, 1),
        False,
    )


def test_a_quiet_day_is_a_warning() -> None:
    for text in ("[]", hugging_face_page([])):
        parsed = read(text)
        assert not parsed.entries
        assert [(problem.severity, problem.message) for problem in parsed.problems] == [
            ("warning", "the answer holds no papers: there are none at weekends")
        ]


@pytest.mark.parametrize(
    "page",
    [
        '<p>\n<div data-target="DailyPapers">',
        '<p>\n<div data-target="DailyPapers" data-props="{">',
        '<p>\n<div data-target="DailyPapers" data-props="{}',
        "<p>\n data-target=DailyPapers",
    ],
)
def test_a_torn_page_is_a_problem(page: str) -> None:
    (problem,) = read(page).problems
    assert problem.message == "the page's papers cannot be read: data-props holds no JSON"
