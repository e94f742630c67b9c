"""Pagefind's files become a part, files of another shape an error; MessagePack changes nothing in a part."""

import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import cbor2
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from papershelf.core.problems import GeneratorError
from papershelf.search import merge, pagefind, part
from papershelf.search.documents import SearchDocument, page_html
from papershelf.search.merge import Merged
from papershelf.search.pagefind import ENTRY, Files
from papershelf.search.part import Part, PostingList

PAGES = tuple(
    SearchDocument(
        url=f"papers/{number}/",
        title=f"Study {number} of {tea}",
        date="3 March 2024",
        texts=((4, "We brew and taste."), (1, f"Leaf {tea}, {tea}.")),
        filters=(("tea", tea),),
    )
    for number, tea in enumerate(("café", "cafe", "sencha"))
)

NUMBERS = st.integers(0, 2**63 - 1)
TEXTS = st.text(st.characters(codec="utf-8"))
POSTING_LISTS = st.builds(PostingList, TEXTS, TEXTS, NUMBERS, NUMBERS, NUMBERS, st.binary())
PARTS = st.builds(
    Part,
    fragments=st.lists(st.binary()),
    lengths=st.lists(NUMBERS),
    fields=st.lists(TEXTS),
    postings=st.lists(POSTING_LISTS),
    filters=st.dictionaries(TEXTS, st.dictionaries(TEXTS, st.lists(NUMBERS))),
)
MERGED = st.builds(
    Merged,
    sizes=st.dictionaries(TEXTS, NUMBERS),
    words=st.dictionaries(TEXTS, st.binary()),
    files=st.dictionaries(TEXTS, st.binary()),
)


@pytest.fixture(scope="module")
def made() -> Files:
    return pagefind.index([(page.url, page_html(page, "en")) for page in PAGES])


@given(st.one_of(PARTS, MERGED))
def test_a_part_and_a_merged_index_are_the_same_after_messagepack(value: Part | Merged) -> None:
    decoded = msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=type(value))
    assert decoded == value
    assert repr(decoded) == repr(value)  # types and the order of keys too


def test_what_pagefind_made_is_the_same_after_messagepack(made: Files) -> None:
    parsed = part.parse(made)
    merged, _ = merge.merge({"a": parsed}, "1.5.2", None, {})
    for value in (parsed, merged):
        decoded = msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=type(value))
        assert repr(decoded) == repr(value)


def test_a_part_has_the_words_forms_fields_and_filters_of_its_pages(made: Files) -> None:
    parsed = part.parse(made)
    assert len(parsed.fragments) == len(parsed.lengths) == len(PAGES)
    assert parsed.fields == ["all", "date", "title"]
    assert {value: len(pages) for value, pages in parsed.filters["tea"].items()} == {
        "cafe": 1,
        "café": 1,
        "sencha": 1,
    }
    lists = {(postings.word, postings.form): postings for postings in parsed.postings}
    assert lists["brew", ""][2:5] == (3, 0, 2)
    assert lists["cafe", ""].pages == lists["cafe", "café"].pages == 1


def path_of(files: Files, suffix: str) -> str:
    return min(path for path in files if path.endswith(suffix))


def recoded(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    """Change the value in an index file."""
    return lambda file: pagefind.pack(
        cbor2.dumps(change(cbor2.loads(pagefind.unpack({"file": file}, "file"))))
    )


def with_word(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    """Change each word of an index chunk."""
    return recoded(lambda chunk: [[change(word) for word in chunk[0]]])


def with_postings(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    return with_word(lambda word: [word[0], [change(posting) for posting in word[1]], word[2]])


def with_forms(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    return with_word(lambda word: [word[0], word[1], [change(form) for form in word[2]]])


def with_languages(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    return lambda file: json.dumps({"languages": change(json.loads(file)["languages"])}).encode()


META, CHUNK, FILTER, FRAGMENT = ".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"
OTHER_SHAPES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "an entry file that is not JSON": (ENTRY, lambda _: b"<html>"),
    "an entry file that is not UTF-8": (ENTRY, lambda _: b'{"languages": {"\xff": {}}}'),
    "an entry file without languages": (ENTRY, lambda _: b"{}"),
    "an entry file with no language": (ENTRY, with_languages(lambda _: {})),
    "an entry file with two languages": (
        ENTRY,
        with_languages(lambda languages: languages | {"de": languages["en"]}),
    ),
    "a language without a hash": (ENTRY, with_languages(lambda _: {"en": {"wasm": "en"}})),
    "a meta file that is not compressed": (META, lambda _: b"pagefind_dcd\x80"),
    "a truncated meta file": (META, lambda file: file[:40]),
    "a corrupt meta file": (META, lambda file: file[:20] + b"\xff\xff\xff\xff" + file[24:]),
    "a meta file with another signature": (
        META,
        lambda file: gzip.compress(b"pagefind_new" + pagefind.unpack({"file": file}, "file")),
    ),
    "a meta file that is not CBOR": (META, lambda _: pagefind.pack(b"\xff")),
    "an empty meta file": (META, lambda _: pagefind.pack(b"")),
    "a meta file with a field more": (META, recoded(lambda meta: [*meta, []])),
    "a meta file with a field less": (META, recoded(lambda meta: meta[:-1])),
    "a meta file that is a map": (META, recoded(lambda meta: {"pages": meta})),
    "pages with a field more": (
        META,
        recoded(lambda meta: [meta[0], [[*page, 1] for page in meta[1]], *meta[2:]]),
    ),
    "pages whose number of words is text": (
        META,
        recoded(lambda meta: [meta[0], [[page[0], str(page[1])] for page in meta[1]], *meta[2:]]),
    ),
    "a truncated index chunk": (CHUNK, lambda file: file[:-4]),
    "an index chunk that is not CBOR": (CHUNK, lambda _: pagefind.pack(b"\x81\x82\xff")),
    "an index chunk that is a number": (CHUNK, recoded(lambda _: 1)),
    "an empty index chunk": (CHUNK, lambda _: pagefind.pack(b"")),
    "an index chunk without words": (CHUNK, recoded(lambda _: [[]])),
    "words with a field more": (CHUNK, with_word(lambda word: [*word, []])),
    "words with a field less": (CHUNK, with_word(lambda word: word[:-1])),
    "words that are bytes": (CHUNK, with_word(lambda word: [word[0].encode(), *word[1:]])),
    "postings with a field more": (CHUNK, with_postings(lambda posting: [*posting, []])),
    "postings with a field less": (CHUNK, with_postings(lambda posting: posting[:-1])),
    "postings that are numbers": (CHUNK, with_postings(lambda posting: posting[0])),
    "forms with a field more": (CHUNK, with_forms(lambda form: [*form, []])),
    "forms that are texts": (CHUNK, with_forms(lambda form: form[0])),
    "a filter with a field more": (FILTER, recoded(lambda values: [*values, []])),
    "a filter whose pages are texts": (FILTER, recoded(lambda values: [values[0], [["cafe", ["1"]]]])),
}


@pytest.mark.parametrize("suffix", [ENTRY, META, CHUNK, FILTER, FRAGMENT])
def test_a_missing_file_is_named_with_the_release_to_install(made: Files, suffix: str) -> None:
    path = path_of(made, suffix)
    others = {name: file for name, file in made.items() if name != path}
    with pytest.raises(GeneratorError, match=re.escape(f"({path} is missing)")) as error:
        part.parse(others)
    assert str(error.value).endswith("run `pip install 'pagefind-bin~=1.5.2'`")


@pytest.mark.parametrize(("suffix", "change"), OTHER_SHAPES.values(), ids=OTHER_SHAPES)
def test_a_file_of_another_shape_is_named_with_the_release_to_install(
    made: Files, suffix: str, change: Callable[[bytes], bytes]
) -> None:
    path = path_of(made, suffix)
    with pytest.raises(GeneratorError, match=re.escape(f"({path}: ")) as error:
        part.parse(made | {path: change(made[path])})
    assert str(error.value).endswith("run `pip install 'pagefind-bin~=1.5.2'`")
