import json

import pytest

from papershelf.cli import output
from papershelf.cli.reports import as_github, as_json
from papershelf.core.problems import Location, Problem

PROBLEMS = [
    Problem(Location("content/curation/a.yml", 14, 5), "unknown field 'ratng'", "did you mean 'rating'?"),
    Problem(Location("content/a,b:c.yml"), "100% wrong\nand long", severity="warning"),
]


def test_text_is_one_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    output.show(PROBLEMS)
    assert capsys.readouterr().err.splitlines() == [
        "content/curation/a.yml:14:5: unknown field 'ratng' (did you mean 'rating'?)",
        r"content/a,b:c.yml: warning: 100% wrong\nand long",
    ]


def test_json_has_every_part() -> None:
    assert json.loads(as_json(PROBLEMS))[0] == {
        "file": "content/curation/a.yml",
        "line": 14,
        "column": 5,
        "severity": "error",
        "message": "unknown field 'ratng'",
        "hint": "did you mean 'rating'?",
    }


def test_github_annotations_escape_what_would_break_them() -> None:
    assert as_github(PROBLEMS).splitlines() == [
        "::error file=content/curation/a.yml,line=14,col=5::unknown field 'ratng' (did you mean 'rating'?)",
        "::warning file=content/a%2Cb%3Ac.yml::100%25 wrong%0Aand long",
    ]


def test_github_annotations_have_no_control_characters_and_begin_where_we_begin_them() -> None:
    hostile = "a\n::error::b\r\x1b[31m\x9b0m\u2028\u202e\udcff"
    problem = Problem(Location(f"content/{hostile}.yml"), f"no paper '{hostile}'", hostile)

    annotation = as_github([problem])

    assert annotation.isprintable()
    assert annotation.startswith("::error file=content/a%0A%3A%3Aerror")
    assert "\\x1b[31m\\x9b0m\\u2028\\u202e\\udcff" in annotation
    assert json.loads(as_json([problem]).encode("utf-8"))[0]["hint"] == hostile
