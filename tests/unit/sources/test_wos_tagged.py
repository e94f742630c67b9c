import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.model import WorkType
from papershelf.core.partial_date import PartialDate
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, detect
from papershelf.sources.wos_tagged import READER
from support.timing import processor_seconds

FILE = "savedrecs.txt"
RECORD = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Kettle, AB
   van der Cup, C
AF Kettle, Ada B.
   van der Cup, Ce
CA Tea Board
TI How Long to Steep: Minutes
   or Hours
SO JOURNAL OF TEA
DT Article
DE tea; kettles and
   cups
ID KEYWORDS-PLUS
AB
   We wait.
CR KETTLE A, 1997, J TEA, V1, P1
   CUP C, 1998, J TEA, V2, P2
PD SEP 30
PY 2024
DI 10.1000/tea_1
UT WOS:000000000000001
ER

EF
"""


def read(source: str) -> ParsedDocument:
    return READER.read(source, FILE, ReadOptions())


def one(source: str) -> Entry:
    """The only entry of a document in which nothing is wrong."""
    parsed = read(source)
    assert not parsed.problems
    (entry,) = parsed.entries
    return entry


def with_lines(*lines: str) -> Entry:
    return one("\n".join(("FN X", "PT J", "TI Tea", *lines, "ER", "", "EF")))


@pytest.mark.parametrize(
    "source",
    [
        RECORD,
        "\ufeff" + RECORD,
        RECORD.replace("\n", "\r\n"),
        RECORD.replace("FN Clarivate Analytics Web of Science", "FN ISI Export Format"),
        RECORD.replace("AB\n", "AB \n").replace("   ", ""),
        RECORD.replace("Ada B.", "Ada B. (ada@example.org)"),
    ],
    ids=["plain", "mark", "CRLF", "ISI", "lines that are not indented", "mail address"],
)
def test_a_record_is_read_with_all_that_it_says(source: str) -> None:
    assert one(source) == Entry(
        line=3,
        title="How Long to Steep: Minutes or Hours",
        abstract="We wait.",
        authors=("Kettle, Ada B.", "van der Cup, Ce", "{Tea Board}"),
        published=PartialDate(2024, 9, 30),
        doi="10.1000/tea_1",
        venue="JOURNAL OF TEA",
        categories=("tea", "kettles and cups"),
        type="article",
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PY 2011"], "2011"),
        (["PD SPR", "PY 2011"], "2011"),
        (["PY 2013", "PD JAN 2013"], "2013-01"),
        (["PY 2011", "PD JUN 28 2011"], "2011-06-28"),
        (["PY 2011", "PD MAR-APR"], "2011-03"),
        (["PY 1998", "PD 1998, thesis publ. 1997"], "1998"),
        (["PD JUN 28 2011"], "2011-06-28"),
        ([], None),
    ],
)
def test_a_date_is_as_precise_as_the_record(lines: list[str], expected: str | None) -> None:
    assert with_lines(*lines).published == (PartialDate.parse(expected) if expected else None)


@pytest.mark.parametrize(
    ("publication", "document", "expected"),
    [
        ("J", "Article", "article"),
        ("J", "Article; Proceedings Paper", "inproceedings"),
        ("B", "Proceedings Paper", "inproceedings"),
        ("B", "Article; Book Chapter", "incollection"),
        ("J", "Book Review", "article"),
        ("J", "Data Paper", "article"),
        ("S", "Data Set", "dataset"),
        ("B", "", "book"),
        ("P", "Patent", "misc"),
    ],
)
def test_the_type_of_a_record_is_the_sort_of_work(
    publication: str, document: str, expected: WorkType
) -> None:
    assert one(f"PT {publication}\nTI Tea\nDT {document}\nER\n").type == expected


def test_abbreviated_names_and_keywords_of_the_index_stand_in() -> None:
    found = with_lines("AU Kettle, AB", "ID TEA; CUPS")
    assert (found.authors, found.categories) == (("Kettle, AB",), ("TEA", "CUPS"))


def test_every_record_knows_its_line_and_one_without_its_end_is_reported() -> None:
    parsed = read("FN X\nVR 1.0\nPT J\nTI One\nPT J\nTI Two\nER\n\nPT J\nTI Three\n")
    assert [(each.line, each.title) for each in parsed.entries] == [(3, "One"), (5, "Two"), (9, "Three")]
    assert [str(problem) for problem in parsed.problems] == [
        f"{FILE}:{line}: warning: the record has no line “ER” at its end (is the document whole?)"
        for line in (3, 9)
    ]


@pytest.mark.parametrize("source", ["", "PT\nJ", "A PT J here", "TY  - JOUR\nER  -\n"])
def test_other_formats_are_not_recognised(source: str) -> None:
    assert READER.mismatch(source) == "has no line “PT J” or the like"
    assert detect(RECORD, READERS) is READER


TOKENS = st.lists(
    st.sampled_from(
        [
            *(
                "PT J",
                "PT",
                "ER",
                "EF",
                "FN X",
                "AU A, B",
                "   C, D",
                "TI Tea",
                "PY 2001",
                "PD JUN",
                "DI x",
                "AB ",
                "\r",
            ),
            *("\n", "\n", "\n", " ", "DT Article", "CA Board", "\ufeff", "\0"),
        ]
    ),
    max_size=40,
).map("".join)


@given(TOKENS)
def test_no_text_raises_an_exception(source: str) -> None:
    READER.mismatch(source)
    read(source)


def test_a_long_document_takes_no_time_that_grows_with_its_square() -> None:
    with processor_seconds(8):
        assert len(read(RECORD * 1000).entries) == 1000
        read("PT J\nAB x\n" + "   more text\n" * 100_000)
