"""A part of the index: some pages, and where their words stand, ready to be merged with other parts.

A place in the index is CBOR: `[page, positions, positions in meta fields]`, `page` the number of the page as
the difference to the page of the place before. A part keeps the places of a word as bytes, from behind the
first page's number on, so that merging parts means joining bytes and counting anew where they meet.
"""

import io
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import cbor2

from papershelf.search.pagefind import Files, language_of, unpacked

UINT_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}  # bytes that follow the first byte of a CBOR head


Places = tuple[str, str, int, int, int, bytes]
"""Where a word stands in a part's pages: the word; its form, if that has other accents than the word that is
looked up, else ""; in how many pages; the numbers of the first and the last; their places as told above."""


class Part(NamedTuple):
    """Some pages: their fragments (Pagefind's file of a page), their numbers of words, all places.

    fields: the names of the pages' meta fields; places refer to them by number.
    filters: the numbers of the pages that have a value, by the name of the filter and the value.
    """

    fragments: list[bytes]
    lengths: list[int]
    fields: list[str]
    places: list[Places]
    filters: dict[str, dict[str, list[int]]]


def read(files: Files) -> Part:
    """The part that Pagefind's folder holds."""
    _, language = language_of(files)
    _, pages, chunks, filters, _, fields = _read(files, f"pagefind.{language['hash']}.pf_meta")
    names = [f"index/{digest}.pf_index" for *_, digest in chunks]
    return Part(
        fragments=[files[f"fragment/{digest}.pf_fragment"] for digest, _ in pages],
        lengths=[words for _, words in pages],
        fields=fields,
        places=[places for name in names for places in _places(unpacked(files[name]))],
        filters=dict(_filter(files, digest) for _, digest in sorted(filters)),
    )


def _read(files: Files, name: str) -> Any:  # noqa: ANN401 - each file has another shape
    return cbor2.loads(unpacked(files[name]))


def _filter(files: Files, digest: str) -> tuple[str, dict[str, list[int]]]:
    name, values = _read(files, f"filter/{digest}.pf_filter")
    return name, dict(sorted(values))


def _places(data: bytes) -> Iterator[Places]:
    """All places of a chunk: an array in an array of words, each `[word, places, [[form, places], …]]`."""
    reader = io.BytesIO(data)
    decoder = cbor2.CBORDecoder(reader)
    end = reader.seek(_after_head(data, 1))
    while end < len(data):
        start, (word, pages, forms) = end, decoder.decode()
        end = reader.tell()
        if forms:
            named = (("", pages), *forms)
            yield from (_made(word, form, places) for form, places in named if places)
        else:
            first_place = _after_head(data, start + 1) + len(word.encode())
            tail = data[_after_head(data, _after_head(data, first_place) + 1) : end - 1]
            yield word, "", len(pages), pages[0][0], sum(map(itemgetter(0), pages)), tail


def _made(word: str, form: str, pages: Sequence[Sequence[Any]]) -> Places:
    tail = b"".join(map(cbor2.dumps, (*pages[0][1:], *pages[1:])))
    return word, form, len(pages), pages[0][0], sum(map(itemgetter(0), pages)), tail


def _after_head(data: bytes, at: int) -> int:
    """Where the first byte of an item's CBOR and the number after it end."""
    return at + 1 + UINT_LENGTHS.get(data[at] & 31, 0)
