"""An entry gets plain identifiers out of whatever its document writes; what is none is a warning."""

import pytest

from papershelf.core.problems import Location
from papershelf.importing.documents import SourceDocument
from papershelf.importing.drafts import ImportOptions, read_document
from papershelf.importing.entry_ids import entry_ids
from papershelf.sources.parsed import Entry, ParsedDocument, Reader

AT = Location("library.bib", 3)


def ids(**fields: object) -> tuple[dict[str, str], list[str]]:
    """The values that are known, and the warnings."""
    values, problems = entry_ids(Entry(line=3, title="On Leaves", **fields), AT)  # type: ignore[arg-type]
    assert all(problem.severity == "warning" and problem.at == AT for problem in problems)
    return {name: value for name, value in values.items() if value}, [each.message for each in problems]


LONG = "https://tea.example/" + "x" * 2000


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"arxiv": "arXiv:2501.12340v2 [cs.CL]"}, {"arxiv": "2501.12340"}),
        ({"doi": "https://doi.org/10.48550/arXiv.2501.12340"}, {"arxiv": "2501.12340"}),
        ({"arxiv": "10.1000/a"}, {"doi": "10.1000/a"}),
        ({"openreview": "abC_-12"}, {"openreview": "abC_-12"}),
        ({"openreview": "https://openreview.net/forum?id=abC_-12"}, {"openreview": "abC_-12"}),
        ({"url": "10.1000/a"}, {"doi": "10.1000/a"}),
        (
            {"url": "dl.acm.org/doi/10.1145/1.2"},
            {"doi": "10.1145/1.2", "url": "https://dl.acm.org/doi/10.1145/1.2"},
        ),
        (
            {"doi": "10.1000/a", "pdf": "https://arxiv.org/pdf/2501.12340v1"},
            {"doi": "10.1000/a", "arxiv": "2501.12340", "pdf": "https://arxiv.org/pdf/2501.12340v1"},
        ),
        (
            {"doi": "10.1000/a", "url": "https://doi.org/10.1000/b"},
            {"doi": "10.1000/a", "url": "https://doi.org/10.1000/b"},
        ),
        ({"venue": "arXiv preprint arXiv:1706.03762"}, {"arxiv": "1706.03762"}),
        (
            {"links": ("https://arxiv.org/abs/2501.12340", "arxiv.org/pdf/2501.12340v2")},
            {"arxiv": "2501.12340"},
        ),
        ({"links": ("https://arxiv.org/abs/2501.12340", "https://arxiv.org/abs/2501.12341")}, {}),
        ({"doi": "10.1000/a", "links": ("https://arxiv.org/abs/2501.12340",)}, {"doi": "10.1000/a"}),
        ({"url": "https://tea.example/a|b c"}, {"url": "https://tea.example/a%7Cb%20c"}),
        ({"links": ("https://doi.org/10.5281/zenodo.12",)}, {}),
        ({"url": "HTTPS://tea.example/a"}, {"url": "https://tea.example/a"}),
        ({"url": "https://tea.example/é"}, {"url": "https://tea.example/é"}),
    ],
)
def test_an_entry_gets_what_its_fields_tell(fields: dict[str, object], expected: dict[str, str]) -> None:
    assert ids(**fields) == (expected, [])


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ({"doi": "none"}, "doi: 'none' is not a DOI; left out"),
        ({"arxiv": "1713.03762"}, "arxiv: '1713.03762' is not an arXiv id; left out"),
        ({"openreview": "no id"}, "openreview: 'no id' is not an OpenReview id; left out"),
        ({"url": "pp. 3"}, "url: 'pp. 3' is not a web address; left out"),
        ({"pdf": "C:\\tea.pdf"}, "pdf: 'C:\\tea.pdf' is not a web address; left out"),
        (
            {"url": "https://ann:secret@tea.example/"},
            "url: the address holds a user name or a password; left out",
        ),
        ({"url": LONG}, f"url: '{LONG[:100]}' is too long; left out"),
    ],
)
def test_what_is_no_identifier_is_left_out_with_a_warning(fields: dict[str, object], warning: str) -> None:
    assert ids(**fields) == ({}, [warning])


def test_an_entry_with_a_wrong_identifier_is_imported_without_it() -> None:
    entry = Entry(line=1, title="On Leaves", doi="unknown", arxiv="arXiv:2501.12340v1")
    parsed = ParsedDocument(entries=(entry,), title="Tea")
    reader = Reader("tea", "tea", lambda _text: "", lambda _text, _file, _options: parsed)
    draft, problems = read_document(SourceDocument("tea.txt", b"tea"), ImportOptions(readers=(reader,)))
    assert draft
    assert [(record.arxiv, record.doi) for record in draft.records] == [("2501.12340", None)]
    assert [problem.message for problem in problems] == ["doi: 'unknown' is not a DOI; left out"]
