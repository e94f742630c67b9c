import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from papershelf.content.curation import read_decisions
from papershelf.content.topics import read_topics
from papershelf.content.yaml import MAX_EVENTS, Value, parse
from papershelf.core.problems import Problem

YAMLISH = "papertosc01: -\n\t[]{}'\"|>#<?%@&*!\x00é"
KEYS = st.text("abc :&*!é-", min_size=1)
VALUES: st.SearchStrategy[Value] = st.recursive(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "scalar",
    ["2501.12340", "no", "yes", "1e5", "2024-01-01", "0123", "0x1F", "null", "~", "1_000", "3:25:45", ".inf"],
)
def test_a_scalar_stays_a_string(scalar: str) -> None:
    assert parse(f"field: {scalar}\n", "a.yml").value == {"field": scalar}


@given(VALUES)
def test_the_output_of_another_program_is_parsed_as_strings(value: Value) -> None:
    document = parse(yaml.safe_dump(value, allow_unicode=True), "a.yml")

    assert document.value == value
    assert not document.problems


@given(st.text() | st.text(YAMLISH))
def test_any_text_gives_values_or_problems(text: str) -> None:
    document = parse(text, "a.yml")
    for read in (read_decisions, read_topics):
        _, problems = read(document)
        assert all(isinstance(problem, Problem) and problem.at.file == "a.yml" for problem in problems)


def test_every_value_has_its_location() -> None:
    document = parse("- paper: x\n  code:\n    - https://a.example\n", "a.yml")

    assert str(document.place((0, "code", 0))) == "a.yml:3:7"
    assert str(document.keys[0, "code"]) == "a.yml:2:3"
    assert str(document.place((0, "missing", 7))) == "a.yml:1:3"


def test_deep_nesting_is_refused() -> None:
    document = parse("[" * 5000, "a.yml")

    assert [problem.message for problem in document.problems] == ["nested too deeply"]


@pytest.mark.parametrize("line", ["- a\n", "- *a\n", "- &a\n"])
def test_too_many_values_are_one_problem(line: str) -> None:
    document = parse(line * MAX_EVENTS, "a.yml")

    assert [problem.message for problem in document.problems] == ["there are too many values up to here"]
    assert document.value is None
