import pytest

from papershelf.sources.identifier_list import READER
from papershelf.sources.parsed import ParsedDocument, ReadOptions


def read(text: str) -> ParsedDocument:
    return READER.read(text, "ids.txt", ReadOptions())


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("2401.00001", "arxiv", "2401.00001"),
        ("2401.00001v3", "arxiv", "2401.00001"),
        ("arXiv:2401.00001v2 [cs.CL]", "arxiv", "2401.00001"),
        ("arXiv: 2401.00001", "arxiv", "2401.00001"),
        ("hep-th/9711200", "arxiv", "hep-th/9711200"),
        ("- https://arxiv.org/pdf/2401.00001.pdf", "arxiv", "2401.00001"),
        ("1. arxiv.org/abs/2401.00001", "arxiv", "2401.00001"),
        ("https://huggingface.co/papers/2401.00001  # read on Monday", "arxiv", "2401.00001"),
        ("10.1000/182", "doi", "10.1000/182"),
        ("doi:10.1000/182", "doi", "10.1000/182"),
        ("DOI: 10.1000/182.", "doi", "10.1000/182"),
        ("<https://doi.org/10.1000/A%23b>", "doi", "10.1000/A#b"),
        ("https://openreview.net/pdf?id=abC_-12", "openreview", "abC_-12"),
        ("https://www.semanticscholar.org/paper/abc#cites", "url", "https://www.semanticscholar.org/paper/abc#cites"),
        ("https://tea.example.org/a.pdf", "url", "https://tea.example.org/a.pdf"),
    ],
)  # fmt: skip
def test_every_spelling_of_an_identifier_is_an_entry_that_waits_for_its_title(
    line: str, field: str, value: str
) -> None:
    assert READER.mismatch(f"# tea\n{line}\n") == ""
    (entry,) = read(f"# tea\n\n{line}\n").entries
    assert (entry.line, entry.title, getattr(entry, field)) == (3, "", value)


def test_a_line_may_have_several() -> None:
    found = read("2401.00001, 2401.00002; 10.1000/182 https://tea.example.org/page\r\n2401.00003")
    assert [(e.line, e.arxiv or e.doi or e.url) for e in found.entries] == [
        (1, "2401.00001"),
        (1, "2401.00002"),
        (1, "10.1000/182"),
        (1, "https://tea.example.org/page"),
        (2, "2401.00003"),
    ]


def test_other_lines_and_repetitions_are_problems_with_their_line() -> None:
    found = read("2401.00001\nread this one\nhttps://arxiv.org/abs/2401.00001v4\nhttps://github.com/a/b\n")
    assert [entry.arxiv for entry in found.entries] == ["2401.00001"]
    assert [str(problem).split(" (")[0] for problem in found.problems] == [
        "ids.txt:2: “read this one” is no identifier of a paper; skipped",
        "ids.txt:3: warning: 2401.00001 stands in line 1 already",
        "ids.txt:4: “https://github.com/a/b” is no identifier of a paper; skipped",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "# only remarks\n", "2401.00001\n2401.00002\n2401.00003\nfour\nfive\n", "9901.99\n1713.00001\n"],
)
def test_a_text_of_which_less_than_four_lines_in_five_are_identifiers_is_no_list(text: str) -> None:
    assert READER.mismatch(text)
