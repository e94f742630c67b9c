from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.citations import ris
from papershelf.core.model import Paper, WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, detect
from papershelf.sources.ris import READER
from papershelf.text import plain
from papershelf.text.people import split_name
from support.fabricated import PAPERS
from support.people import named
from support.strategies import partial_dates
from support.timing import processor_seconds

FILE = "shelf.ris"
RECORD = """TY  - JOUR
ID  - kettle
T1  - How Long to Steep
AU  - Kettle, Ada
AU  - Leaf,B. O.
AU  - Tea Board
PY  - 2024
DA  - 2024/09/30/
N2  - We wait,
for five minutes.
JF  - Journal of Tea
JO  - J. Tea
KW  - tea
KW  - kettles; cups
DO  - doi:10.1000/tea_1
UR  - https://example.org/tea
UR  - https://github.com/teapot/steep
L1  - internal-pdf://123/tea.pdf
ER  -
"""
ENTRY = Entry(
    line=1,
    title="How Long to Steep",
    authors=("Kettle, Ada", "Leaf,B. O.", "{Tea Board}"),
    published=PartialDate(2024, 9, 30),
    abstract="We wait, for five minutes.",
    venue="Journal of Tea",
    categories=("tea", "kettles", "cups"),
    doi="10.1000/tea_1",
    url="https://example.org/tea",
    links=("https://github.com/teapot/steep",),
    type="article",
)


def read(source: str) -> ParsedDocument:
    return READER.read(source, FILE, ReadOptions())


def one(source: str) -> Entry:
    """The only entry of a document in which nothing is wrong."""
    parsed = read(source)
    assert not parsed.problems
    (entry,) = parsed.entries
    return entry


def record(*lines: str) -> Entry:
    return one("\n".join(("TY  - JOUR", "TI  - Tea", *lines, "ER  - ")))


def messages(parsed: ParsedDocument) -> list[str]:
    return [str(problem) for problem in parsed.problems]


@pytest.mark.parametrize(
    "source",
    [
        RECORD,
        RECORD.replace("\n", "\r\n"),
        RECORD.replace("\n", "\r"),
        "\ufeff" + RECORD,
        RECORD.replace("  -", " -"),
        RECORD.replace("ER  -", "ER  - "),
        RECORD.replace("AU  - Kettle", "A1  - Kettle"),
        RECORD.replace("DOI", "DO").replace("doi:10", "https://doi.org/10"),
        RECORD.replace("N2", "AB").replace("T1", "TI").replace("JF", "T2"),
    ],
    ids=["plain", "CRLF", "CR", "mark", "one space", "end with space", "A1 and AU", "DOI address", "tags"],
)
def test_a_record_is_read_with_all_that_it_says(source: str) -> None:
    assert one(source) == ENTRY


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PY  - 2004"], "2004"),
        (["Y1  - 1996"], "1996"),
        (["Y1  - 1990/2/27"], "1990-02-27"),
        (["PY  - 2008/05//"], "2008-05"),
        (["PY  - 2008///spring"], "2008"),
        (["Y1  - 1900/01/01", "DA  - 1950/01/01"], "1950-01-01"),
        (["Y1  - 2013/07/22", "PY  - 2013", "DA  - 2013/07/28"], "2013-07-28"),
        (["PY  - 2013", "Y1  - 2013/07/22"], "2013-07-22"),
        (["Y2  - 2019/03/28"], None),
    ],
)
def test_a_date_is_as_precise_as_the_record(lines: list[str], expected: str | None) -> None:
    assert record(*lines).published == (PartialDate.parse(expected) if expected else None)


@pytest.mark.parametrize(
    ("lines", "doi", "arxiv"),
    [
        (["M3  - doi: 10.1000/tea"], "10.1000/tea", None),
        (["N1  - 10.1000/tea"], "10.1000/tea", None),
        (["L1  - doi:10.1000/tea"], "10.1000/tea", None),
        (["UR  - http://dx.doi.org/10.1000/tea"], "10.1000/tea", None),
        (["N1  - We cite 10.1000/other."], None, None),
        (["M1  - arXiv:2101.00001"], None, "2101.00001"),
        (["JO  - arXiv preprint arXiv:2101.00001v2"], None, "2101.00001v2"),
        (["UR  - https://arxiv.org/abs/cs/0112017"], None, "cs/0112017"),
    ],
)
def test_identifiers_are_found_wherever_programs_write_them(
    lines: list[str], doi: str | None, arxiv: str | None
) -> None:
    found = record(*lines)
    assert (found.doi, found.arxiv) == (doi, arxiv)
    assert found.type == ("preprint" if arxiv else "article")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("JOUR", "article"),
        ("CPAPER", "inproceedings"),
        ("CONF", "inproceedings"),
        ("CHAP", "incollection"),
        ("BOOK", "book"),
        ("THES", "thesis"),
        ("RPRT", "report"),
        ("UNPB", "preprint"),
        ("DATA", "dataset"),
        ("COMP", "software"),
        ("GEN", "misc"),
        ("ELEC", "misc"),
    ],
)
def test_the_type_of_a_record_is_the_sort_of_work(code: str, expected: WorkType) -> None:
    assert one(RECORD.replace("JOUR", code)).type == expected


def test_tags_in_titles_become_tex() -> None:
    assert record("ST  - x", "AB  - H<sub>2</sub>O and <i>tea</i>").abstract == r"H$_{2}$O and \textit{tea}"


def test_a_sentence_that_looks_like_a_tag_is_none() -> None:
    found = record("AB  - World War", "II - its tea", "", "and after", "KW  - war")
    assert found.abstract == "World War II - its tea  and after"


def test_a_record_without_its_end_is_read_up_to_the_next() -> None:
    parsed = read("TY  - JOUR\nTI  - One\n\nTY  - BOOK\nTI  - Two\nER  - \nTY  - GEN\nTI  - Three\n")
    assert [(each.line, each.title, each.type) for each in parsed.entries] == [
        (1, "One", "article"),
        (4, "Two", "book"),
        (7, "Three", "misc"),
    ]
    assert messages(parsed) == [
        f"{FILE}:{line}: warning: the record has no line “ER  -” at its end (is the document whole?)"
        for line in (1, 7)
    ]


def test_a_record_without_its_beginning_is_read() -> None:
    parsed = read("Provider: A Library\nContent: text\n\nJF  - Journal of Tea\nT1  - Tea\nER  -\n")
    (found,) = parsed.entries
    assert (found.line, found.title, found.venue, found.type) == (4, "Tea", "Journal of Tea", "misc")
    assert messages(parsed)[0].startswith(
        f"{FILE}:4: warning: the record has no line “TY  - JOUR” at its begin"
    )


def test_a_date_that_is_none_is_reported() -> None:
    parsed = read("TY  - JOUR\nTI  - Tea\nPY  - 0000\nER  -\n")
    assert parsed.entries[0].published is None
    assert messages(parsed)[0].startswith(
        f"{FILE}:1: warning: “0000” is no date; it stays unknown (a date is"
    )


def test_a_record_may_have_nothing_but_an_identifier() -> None:
    assert one("TY  - JOUR\nDO  - 10.1000/tea\nER  - trailing\n").title == ""


@pytest.mark.parametrize(
    ("source", "is_ris"),
    [
        (RECORD, True),
        ("\n\n  \nJF  - Tea\nER  -\n", True),
        ("TY - JOUR\n", True),
        ("", False),
        ("TYPE - JOUR\nWHATEVER  - x", False),
        ("PT J\nTI Tea\nER\n", False),
    ],
)
def test_the_format_is_told_by_its_content(source: str, *, is_ris: bool) -> None:
    assert READER.mismatch(source) == ("" if is_ris else "has no line “TY  - JOUR” or the like")
    assert (detect(source, READERS) is READER) == is_ris


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.id)
def test_what_we_write_is_read_back(paper: Paper) -> None:
    found = one(ris(paper, "key"))
    assert found.title == plain(paper.title)
    assert (found.arxiv, found.doi) == (paper.arxiv, paper.doi)
    assert found.url == (paper.url or paper.arxiv_page or paper.openreview_page or paper.pdf or None)
    assert len(found.authors) == len(paper.authors)
    assert found.published == paper.published


NAMES = st.sampled_from(["Ada", "Ökçe B.", "Ce van der", "李"]).flatmap(
    lambda given: st.text("abcdeßöéÅłñ", min_size=2, max_size=8).map(lambda family: f"{given} {family}")
)
WORDS = st.lists(
    st.text("abcdeßöéÅłñ&%#_$0123BERTχ李-:,.'ERTY", min_size=1, max_size=8), min_size=1, max_size=5
).map(" ".join)


@given(WORDS, st.lists(NAMES, max_size=4), partial_dates(1900))
def test_every_paper_that_we_write_is_read_back(title: str, authors: list[str], day: PartialDate) -> None:
    paper = replace(
        PAPERS[0], title=f"Tea {plain(title)}", authors=named(*authors), venue=None, published=day
    )
    found = one(ris(paper, "key"))
    assert found.title == plain(paper.title)
    assert [split_name(str(name)) for name in found.authors] == list(map(split_name, authors))
    assert (found.published, found.doi, found.type) == (day, paper.doi, "preprint")


TOKENS = st.lists(
    st.sampled_from(
        [
            *(
                "TY  - ",
                "TY - JOUR",
                "ER  -",
                "AU  - A, B",
                "A1 - ",
                "PY  - ",
                "UR  - https://a.example",
                "\n",
            ),
            *(
                "DO  - ",
                "10.1000/x",
                "2001/02/03/",
                "T1  - Tea",
                "KW  - ;",
                "  - ",
                " ",
                "\r",
                "\ufeff",
                "\0",
                "x",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@given(TOKENS)
def test_no_text_raises_an_exception(source: str) -> None:
    READER.mismatch(source)
    read(source)


@pytest.mark.parametrize(
    "source",
    [
        "TY  - JOUR\nAB  - x\n" + "more text\n" * 100_000,
        "TY - JOUR\n" * 5_000,
        "ER  " * 200_000,
        RECORD * 1000,
    ],
    ids=["continued", "starts", "ends", "records"],
)
def test_odd_documents_take_no_time_that_grows_with_their_square(source: str) -> None:
    with processor_seconds(8):
        READER.mismatch(source)
        read(source)
