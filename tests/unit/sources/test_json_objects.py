import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.sources.json_objects import JsonObject, load

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('{}"\\\n[]ab'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('{}"\\ab'), inner, max_size=4),
)


def objects(value: object) -> list[JsonObject]:
    found = [value] if isinstance(value, JsonObject) else []
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*found, *(each for item in inner for each in objects(item))]


@given(VALUES)
def test_each_object_begins_with_a_brace_in_its_line(value: object) -> None:
    text = json.dumps(value, indent=1)
    loaded = load(text)
    assert loaded == value
    lines = text.split("\n")
    assert all("{" in lines[each.line - 1] for each in objects(loaded))
    starts = [number for number, line in enumerate(lines, 1) for _ in range(_opening(line))]
    assert sorted(each.line for each in objects(loaded)) == starts


def _opening(line: str) -> int:
    """Objects that begin in a line: `json.dumps` writes their brace last, or `{}` for an empty one."""
    return int(line.rstrip(",").endswith(("{", "{}")) and not line.rstrip(",").endswith('"'))


def test_names_that_come_twice_move_no_line() -> None:
    loaded = load('[{"a": {"x": 1},\n"a": {"y": 2}},\n {"b": "}\\"{"}]')
    assert [each.line for each in objects(loaded)] == [1, 2, 3]


@pytest.mark.parametrize("text", ["", "{", "[}", '{"a": 1}}', "TY  - JOUR", '["a\nb"]', "[" * 100_000])
def test_what_is_no_json_has_no_value(text: str) -> None:
    assert load(text) is None
