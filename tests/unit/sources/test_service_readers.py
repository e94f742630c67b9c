"""What holds for the readers of all services."""

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papershelf.core.partial_date import PartialDate
from papershelf.sources.json_objects import load
from papershelf.sources.parsed import ParsedDocument, Reader, ReadOptions
from papershelf.sources.readers import READERS, detect
from support.service_documents import DOCUMENTS, hugging_face_page, hugging_face_paper

EXAMPLES = 20  # for each reader
SERVICES = {reader.name: reader for reader in READERS if reader.name in DOCUMENTS}
NAMES = sorted(SERVICES)
WHOLE = {**DOCUMENTS, "huggingface, page": ("day.html", hugging_face_page([hugging_face_paper()]))}
JSON_NAMES = [name for name in NAMES if DOCUMENTS[name][0].endswith(".json")]
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
PIECES = st.sampled_from(
    ['"', "{", "}", "[", "]", "null", "-1", "<", ">", "</", "&x;", "&amp;", "<!ENTITY", "9" * 5000]
)


def reader_of(name: str) -> Reader:
    return SERVICES[name.partition(",")[0]]


def read(reader: Reader, text: str, file: str) -> ParsedDocument:
    """Read it, and hold that what comes back has the types that it promises."""
    parsed = reader.read(text, file, ReadOptions())
    for entry in parsed.entries:
        assert 1 <= entry.line <= text.count("\n") + 1
        assert isinstance(entry.published, PartialDate | None)
        for value in (entry.title, *entry.authors, *entry.links, *entry.categories):
            assert isinstance(value, str)
        for optional in (
            entry.abstract,
            entry.arxiv,
            entry.doi,
            entry.openreview,
            entry.url,
            entry.pdf,
            entry.venue,
        ):
            assert isinstance(optional, str | None)
            assert optional != ""
    assert all(str(problem) for problem in parsed.problems)
    return parsed


def works_in(value: object) -> list[object]:
    """The outermost list of a document."""
    if isinstance(value, list):
        return value
    assert isinstance(value, dict)
    found = [inner for inner in value.values() if isinstance(inner, list)]
    inside = (inner for inner in value.values() if isinstance(inner, dict))
    return found[0] if found else works_in(next(inside))


def test_every_service_has_a_document_here() -> None:
    assert {reader.name for reader in READERS} - SERVICES.keys() == {"hf-listing"}


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_document_is_known_by_its_content_to_its_own_reader_alone(name: str) -> None:
    file, text = WHOLE[name]
    knowing = [reader.name for reader in READERS if not reader.mismatch(text)]
    assert knowing == [reader_of(name).name]
    assert detect(text, READERS) is reader_of(name)
    parsed = read(reader_of(name), text, file)
    assert parsed.entries
    assert not parsed.problems


@pytest.mark.parametrize("name", NAMES)
def test_a_named_format_that_the_document_is_not_in_is_a_problem(name: str) -> None:
    for text in (
        "",
        "nothing",
        "{}",
        "[1, null]",
        '{"message": [], "notes": 3}',
        "<html></html>",
        '"x"',
        "<feed",
    ):
        if SERVICES[name].mismatch(text):
            parsed = read(SERVICES[name], text, "x")
            assert not parsed.entries
            assert str(parsed.problems[0]).startswith(f"x:1: the document is not in the format {name}: it ")


@pytest.mark.parametrize("name", sorted(WHOLE))
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_damaged_documents_raise_nothing(name: str, data: st.DataObject) -> None:
    file, text = WHOLE[name]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + data.draw(PIECES | st.text(max_size=3)) + text[end:]
    assert isinstance(reader_of(name).mismatch(text), str)
    read(reader_of(name), text, file)


@pytest.mark.parametrize("name", JSON_NAMES)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_values_of_other_types_raise_nothing(name: str, data: st.DataObject) -> None:
    file, text = DOCUMENTS[name]
    value = json.loads(text)
    for _ in range(data.draw(st.integers(1, 4))):
        holder: Any = [value]
        place: Any = 0
        while isinstance(holder[place], dict | list) and holder[place] and data.draw(st.integers(0, 5)):
            holder = holder[place]
            place = data.draw(
                st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder)))
            )
        holder[place] = data.draw(JSON_VALUES)
    read(SERVICES[name], json.dumps(value, indent=1), file)


@pytest.mark.parametrize("name", JSON_NAMES)
def test_an_item_that_is_no_work_is_a_problem_and_the_rest_is_read(name: str) -> None:
    file, text = DOCUMENTS[name]
    value = json.loads(text)
    before = len(read(SERVICES[name], text, file).entries)
    works_in(value).append("torn")
    parsed = read(SERVICES[name], json.dumps(value, indent=1), file)
    assert len(parsed.entries) == before
    assert any("is no work but “torn”; skipped" in str(problem) for problem in parsed.problems)


@pytest.mark.parametrize(
    "start", ["", "[", '{"a": "', "<?xml version='1.0'?>\n<feed>", "<div ", "<!DOCTYPE", "<!-- "]
)
def test_a_large_text_of_another_kind_is_told_apart_quickly(start: str) -> None:
    text = start + "<a b='c'>word word\n" * 1_000_000
    began = time.process_time()
    assert isinstance(detect(text, READERS[:-1]), dict)
    assert time.process_time() - began < 2
    load.cache_clear()
