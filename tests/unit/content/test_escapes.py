"""Backslashes between double quotes: what YAML's escapes would destroy is said, with the cure."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.yaml import parse


@pytest.mark.parametrize(
    ("line", "places"),
    [
        (r'title: "$\alpha$-divergence and \beta things"', ["1:10 \\alpha", "1:33 \\beta"]),
        (
            r'title: "Fr\echet \nabla \rho \tau \vee \forall"',
            ["1:11", "1:18", "1:25", "1:30", "1:35", "1:40"],
        ),
        (r'title: "Schr\"odinger and a\_b"', ['1:13 \\"odinger', "1:28 \\_b"]),
        ('title: "two lines,\n  the \\beta one"', ["2:7 \\beta"]),
        (r'pattern: "\bteapots?\b"', ["1:11 \\bteapots", "1:21 \\b"]),
    ],
)
def test_an_escape_that_destroys_a_word_is_said_at_its_column(line: str, places: list[str]) -> None:
    problems = parse(line, "a.yml").problems
    said = [f"{problem.at.line}:{problem.at.column} {problem.message.split(' ')[0]}" for problem in problems]
    assert [found[: len(place)] for found, place in zip(said, places, strict=True)] == places
    assert all("single quotes" in problem.hint for problem in problems)


@pytest.mark.parametrize("text", [r"$\lambda$-calculus", r"\xi", r"\upsilon", r"Poincar\'e"])
def test_what_yaml_refuses_has_the_cure(text: str) -> None:
    (problem,) = parse(f'title: "{text}"', "a.yml").problems
    assert "single quotes" in problem.hint


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (r'title: "a \"cup\" of tea, \\alpha, \u00e9"', 'a "cup" of tea, \\alpha, é'),
        (r"title: '$\alpha$ and \beta'", r"$\alpha$ and \beta"),
        (r"title: $\alpha$ and \beta", r"$\alpha$ and \beta"),
        ('title: "one\\n\\ntwo \\\n  three"', None),
    ],
)
def test_what_is_meant_is_left_alone(line: str, value: str | None) -> None:
    document = parse(line, "a.yml")
    if value is None:  # a command of TeX as far as anybody can know
        assert document.problems
    else:
        assert not document.problems
        assert document.value == {"title": value}


@given(
    st.lists(
        st.sampled_from(["\\", *"abefnrtvNLP_x0", "\\\\", " ", "$", "{", "cup", "tea"]), max_size=12
    ).map("".join)
)
def test_no_escape_destroys_a_word_unseen(written: str) -> None:
    document = parse(f'title: "{written}"', "a.yml")
    if document.problems:
        return
    assert isinstance(document.value, dict)
    value = document.value["title"] or ""
    assert isinstance(value, str)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x85\xa0\u2028\u2029]", value)
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\\x[0-9a-fA-F]{2}|\\[nt](?![a-zA-Z{])", " ", written))
    assert all(word in value for word in words)
