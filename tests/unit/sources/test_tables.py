import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.partial_date import PartialDate
from papershelf.exports.paper_formats import COLUMNS, row
from papershelf.sources.parsed import Entry, ParsedDocument, ReadOptions
from papershelf.sources.readers import READERS, detect
from papershelf.sources.tables import READER
from support.timing import processor_seconds

FILE = "shelf.csv"
ZOTERO = """\ufeff"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI",\
"Url","Abstract Note","Date","Extra","Manual Tags","Automatic Tags"
"K1","journalArticle","2016","Kettle, Ada; van der Cup, Ce; Tea Board","On ""Tea"", again","Journal of Tea",\
"10.1000/tea","https://example.org/tea","We wait.
And wait.","2016-03","Citations: 3
arXiv: 1603.01234 [cs]","to read; classic","Tea - Hot"
"K2","preprint","2017","Leaf, Bo","Two","","","http://arxiv.org/abs/1706.03762","","Aug-17","","",""
"""


def read(source: str, **columns: str) -> ParsedDocument:
    return READER.read(source, FILE, ReadOptions(columns=columns))


def entries(source: str, **columns: str) -> tuple[Entry, ...]:
    """The entries of a document in which nothing is wrong."""
    parsed = read(source, **columns)
    assert not parsed.problems
    return parsed.entries


def messages(parsed: ParsedDocument) -> list[str]:
    return [str(problem) for problem in parsed.problems]


def test_the_table_of_zotero_is_read() -> None:
    assert entries(ZOTERO) == (
        Entry(
            line=2,
            title='On "Tea", again',
            abstract="We wait.\nAnd wait.",
            authors=("Kettle, Ada", "van der Cup, Ce", "{Tea Board}"),
            published=PartialDate(2016, 3),
            arxiv="1603.01234",
            doi="10.1000/tea",
            url="https://example.org/tea",
            venue="Journal of Tea",
            categories=("to read", "classic", "Tea - Hot"),
            type="article",
        ),
        Entry(
            line=5,
            title="Two",
            authors=("Leaf, Bo",),
            published=PartialDate(2017),
            arxiv="1706.03762",
            url="http://arxiv.org/abs/1706.03762",
            type="preprint",
        ),
    )


@pytest.mark.parametrize(
    ("names", "authors"),
    [
        (
            '"Kettle A.; Leaf B.","Kettle, Ada (57190000001); Leaf, Bo B. (2)"',
            ("Kettle, Ada", "Leaf, Bo B."),
        ),
        ('"Kettle A.; Leaf B.",""', ("Kettle A.", "Leaf B.")),
        ('"Kettle A., Leaf B.C.",""', ("Kettle A.", "Leaf B.C.")),
        ('"[No author name available]","[No author name available]"', ()),
    ],
)
def test_the_table_of_scopus_is_read(names: str, authors: tuple[str, ...]) -> None:
    (found,) = entries(
        '"Authors","Author full names","Author(s) ID","Title","Year","Source title","DOI","Link","Abstract",'
        '"Author Keywords","Document Type","Source","EID"\n'
        f'{names},"1;2","Tea","2004","","10.1000/tea","https://www.scopus.com/x","[No abstract available]",'
        '"Tea; Cups","Conference paper","Scopus","2-s2.0-1"\n'
    )
    assert (found.authors, found.abstract, found.venue) == (authors, None, None)
    assert (found.published, found.doi, found.type) == (PartialDate(2004), "10.1000/tea", "inproceedings")
    assert found.categories == ("Tea", "Cups")


@pytest.mark.parametrize(
    "heading",
    [
        (
            "Authors\tAuthor Full Names\tArticle Title\tSource Title\tDocument Type\tAuthor Keywords\t"
            "Publication Date\tPublication Year\tDOI\tUT (Unique WOS ID)"
        ),
        ("AU\tAF\tTI\tSO\tDT\tDE\tPD\tPY\tDI\tUT"),
    ],
    ids=["named columns", "tags"],
)
def test_the_tables_of_web_of_science_are_read(heading: str) -> None:
    (found,) = entries(
        f"{heading}\nKettle, A; Leaf, B\tKettle, Ada; Leaf, Bo\tTea\tJOURNAL OF TEA\tArticle\ttea; cups\t"
        "SEP 30\t2024\t10.1000/tea\tWOS:1\n"
    )
    assert (found.title, found.venue, found.type) == ("Tea", "JOURNAL OF TEA", "article")
    assert (found.authors, found.categories) == (("Kettle, Ada", "Leaf, Bo"), ("tea", "cups"))
    assert (found.published, found.doi) == (PartialDate(2024, 9, 30), "10.1000/tea")


def test_the_table_of_semantic_scholar_is_read() -> None:
    (found,) = entries(
        "paperId,externalIds,url,title,abstract,venue,year,publicationDate,authors,openAccessPdf,fieldsOfStudy\n"
        "1,\"{'ArXiv': '2101.00001', 'DOI': '10.1000/tea'}\",https://www.semanticscholar.org/paper/1,Tea,,ICML,2021,"
        '2021-01-02,"Ada Kettle, Bo Leaf",https://example.org/tea.pdf,Computer Science\n'
    )
    assert (found.title, found.venue, found.arxiv) == ("Tea", "ICML", "2101.00001")
    assert (found.authors, found.published) == (("Ada Kettle", "Bo Leaf"), PartialDate(2021, 1, 2))
    assert (found.pdf, found.categories) == ("https://example.org/tea.pdf", ("Computer Science",))


def test_our_own_table_is_read_back() -> None:
    cells = {
        "title": "=Tea, hot",
        "authors": "Ada Kettle; Bo Leaf",
        "published": date(2024, 9, 30),
        "venue": "Journal of Tea",
        "arxiv": "2101.00001",
        "doi": "10.1000/tea",
        "url": "https://example.org/tea",
        "links": "https://github.com/teapot/steep; https://example.org/demo",
        "tags": "classic",
    }
    table = row(COLUMNS) + row([cells.get(name, "") for name in COLUMNS])
    for source in (table.decode(), "\ufeff" + table.decode()):
        (found,) = entries(source)
        assert (found.title, found.authors) == ("=Tea, hot", ("Ada Kettle", "Bo Leaf"))
        assert (found.published, found.venue) == (PartialDate(2024, 9, 30), "Journal of Tea")
        assert (found.arxiv, found.doi, found.url) == ("2101.00001", "10.1000/tea", "https://example.org/tea")
        assert found.links == ("https://github.com/teapot/steep", "https://example.org/demo")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_read(delimiter: str, end: str) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, delimiter=delimiter, lineterminator=end)
    writer.writerows(
        [["Title", "Note", "DOI"], ["One;,\t|", f"a{end}b", "10.1000/1"], [], ["Two", "", "10.1000/2"]]
    )
    found = entries(table.getvalue())
    assert [(each.line, each.title, each.doi) for each in found] == [
        (2, "One;,\t|", "10.1000/1"),
        (5, "Two", "10.1000/2"),
    ]


UNKNOWN = "Titel,Verfasser,Jahr\nTee,Kettle Ada; Leaf Bo,2024\n"


def test_a_table_whose_columns_are_unknown_says_which_it_has() -> None:
    assert detect(UNKNOWN, READERS) is READER
    parsed = read(UNKNOWN)
    assert parsed.entries == ()
    (message,) = messages(parsed)
    assert message == (
        f"{FILE}:1: no column of the table is known to hold titles; it has “Titel”, “Verfasser”, “Jahr”"
        " (name the columns with --columns, such as --columns title=NAME,authors=NAME)"
    )


def test_columns_that_a_person_names_are_read() -> None:
    (found,) = entries(UNKNOWN, title="Titel", authors="verfasser", published="Jahr")
    assert (found.title, found.authors) == ("Tee", ("Kettle Ada", "Leaf Bo"))
    assert found.published == PartialDate(2024)


def test_columns_that_a_person_names_win_over_known_ones() -> None:
    assert [each.title for each in entries("Title,Name\nNo,Yes\n", title="Name")] == ["Yes"]


def test_columns_and_fields_that_are_not_there_are_reported() -> None:
    no_column, no_field = messages(read(UNKNOWN, title="Titel", doi="DOI", kind="Jahr"))
    assert no_column == (
        f"{FILE}:1: --columns names the column “DOI”, which the table does not have"
        " (it has “Titel”, “Verfasser”, “Jahr”)"
    )
    assert no_field == (
        f"{FILE}:1: --columns names “kind”, which is no field of a paper (known: title, abstract, authors,"
        " author_count, published, arxiv, doi, openreview, url, pdf, links, venue, categories, type)"
    )


OPEN_QUOTE = ":2: a quote in the row is not closed; skipped (put values with"
SHORT = ":2: warning: the row has 1 values, the table 3 columns; the last ones stay empty (is"


@pytest.mark.parametrize(
    ("rows", "titles", "message"),
    [
        ("One, and,2001,x", ["Last"], ":2: the row has 4 values, the table 3 columns; skipped (put values"),
        ("One", ["One", "Last"], SHORT),
        ('"One,2001,', ["Last"], OPEN_QUOTE),
        ('"One,2001,\n"Two,2002,', ["Last"], OPEN_QUOTE),
        (f'One,2001,"{"x" * 140_000}"', ["Last"], OPEN_QUOTE),
    ],
)
def test_a_broken_row_is_reported_and_the_rest_is_read(rows: str, titles: list[str], message: str) -> None:
    parsed = read(f"Title,Year,Note\n{rows}\nLast,2003,x\n")
    assert [each.title for each in parsed.entries] == titles
    assert messages(parsed)[0].startswith(FILE + message)


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ('"Tea" for two', "Tea for two"),
        ('5" of tea', '5" of tea'),
        (' "Tea" ', ' "Tea"'),
        ('"A ""b"" c"', 'A "b" c'),
    ],
)
def test_quotes_within_a_row_lose_nothing(cell: str, title: str) -> None:
    found = entries(f"Title,Year\n{cell},2001,,\nLast,2003\n")
    assert [each.title.strip() for each in found] == [title.strip(), "Last"]


def test_every_row_with_an_open_quote_is_reported() -> None:
    parsed = read('Title,Year\n"One,2001\n' + '"Two,2002\nThree,2003\n' * 1000)
    assert [problem.at.line for problem in parsed.problems] == [2, *range(3, 2003, 2)]
    assert [each.title for each in parsed.entries] == ["Three"] * 1000


@pytest.mark.parametrize(
    ("source", "mismatch"),
    [
        ("Title,Year\n", ""),
        ("A,B\n1,2\n3,4\n", ""),
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("A title\nAn abstract, with a comma.\n", "has no first line with names of columns"),
        ("| Title | Year |\n| --- | --- |\n", "has no first line with names of columns"),
        (
            '{"title": "Tea", "year": 1}\n{"title": "Two", "year": 2}\n',
            "has no first line with names of columns",
        ),
        ("A,a\n1,2\n", "has a first line in which a name of a column stands twice"),
        ("A,B\n1,2\n3,4,5\n", "has no column “Title”, nor rows of one length"),
        ("A,B\n", "has no column “Title”, nor rows of one length"),
    ],
)
def test_the_format_is_told_by_its_content(source: str, mismatch: str) -> None:
    assert READER.mismatch(source) == mismatch


TOKENS = st.lists(
    st.sampled_from(
        ["Title", "Year", "Authors", "DOI", ",", ";", "\t", "|", '"', "\n", "\r", "2001", "\ufeff", "\0", "a"]
    ),
    max_size=40,
).map("".join)


@given(TOKENS)
def test_no_text_raises_an_exception(source: str) -> None:
    READER.mismatch(source)
    read(source)
    read(f"Title,Year\n{source}", title="Title", authors="Year", nothing="Year")


@pytest.mark.parametrize(
    "source",
    ['Title,Year\n"' + "x,1\n" * 10_000, "Title,Year\n" + "x,2001\n" * 5_000, "," * 300_000, "x" * 2_000_000],
    ids=["open quote", "rows", "columns", "one word"],
)
def test_odd_documents_take_no_time_that_grows_with_their_square(source: str) -> None:
    with processor_seconds(8):
        READER.mismatch(source)
        read(source)
