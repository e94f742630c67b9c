"""A part: the inverted index of some pages, which merges with that of other pages.

A posting is the CBOR array `[page, positions, positions in meta fields]`; `page` is the number of the page,
as the difference to that of the posting before. A part stores the postings of a word as bytes that lack the
head of the first posting and its page, so that merging joins bytes and renumbers only where parts meet.
"""

import io
import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, Final, NamedTuple

import cbor2
import msgspec

from papershelf.search import pagefind
from papershelf.search.pagefind import Files

Posting = tuple[int, list[int], list[int]]


class PostingList(NamedTuple):
    """The postings of a word in a part.

    form: the spelling in the pages if its accents differ from those of the word that is looked up, else "".
    pages: the number of postings. first, last: the numbers of the first page and of the last.
    tail: the CBOR of all postings, from behind the page of the first.
    """

    word: str
    form: str
    pages: int
    first: int
    last: int
    tail: bytes


class Part(NamedTuple):
    """The index of some pages, which are numbered from 0.

    fragments: for each page the file that Pagefind loads to show a result. lengths: the words of each page.
    fields: the names of the meta fields; postings refer to them by number.
    filters: the numbers of the pages that have a value, by the name of the filter and the value.
    """

    fragments: list[bytes]
    lengths: list[int]
    fields: list[str]
    postings: list[PostingList]
    filters: dict[str, dict[str, list[int]]]


class _Meta(NamedTuple):
    """A meta file.

    pages: the digest that names the fragment, and the number of words. chunks: the first word, the last, and
    the digest that names the index chunk. filters: the filter's name and the digest that names its file.
    """

    release: str
    pages: list[tuple[str, int]]
    chunks: list[tuple[str, str, str]]
    filters: list[tuple[str, str]]
    sorts: list[Any]
    fields: list[str]


class _Filter(NamedTuple):
    """A filter file: the pages that have a value, for each value."""

    name: str
    values: list[tuple[str, list[int]]]


class _Word(NamedTuple):
    """An item of an index chunk."""

    word: str
    postings: list[Posting]
    forms: list[tuple[str, list[Posting]]]


_CHUNK_HEAD: Final = re.compile(rb"\x81[\x80-\x9b]")  # an array of one item, which is an array
_ARGUMENT_LENGTHS: Final = {24: 1, 25: 2, 26: 4, 27: 8}  # by the low five bits of a CBOR item's first byte


def parse(files: Files) -> Part:
    """The part that Pagefind's files hold; raises GeneratorError if they have another shape."""
    meta = pagefind.decode(files, f"pagefind.{pagefind.language(files).hash}.pf_meta", _Meta)
    filters = (
        pagefind.decode(files, f"filter/{digest}.pf_filter", _Filter) for _, digest in sorted(meta.filters)
    )
    return Part(
        fragments=[pagefind.content(files, f"fragment/{digest}.pf_fragment") for digest, _ in meta.pages],
        lengths=[length for _, length in meta.pages],
        fields=meta.fields,
        postings=[
            postings
            for _, _, digest in meta.chunks
            for postings in _parse_chunk(files, f"index/{digest}.pf_index")
        ],
        filters={name: dict(sorted(values)) for name, values in filters},
    )


def _parse_chunk(files: Files, path: str) -> list[PostingList]:
    """The posting lists of an index chunk: an array in an array of words."""
    cbor = pagefind.unpack(files, path)
    if not _CHUNK_HEAD.match(cbor):
        raise pagefind.unexpected(f"{path}: no array of words")
    try:
        return list(_parse_words(cbor, _after_head(cbor, 1)))
    except (cbor2.CBORDecodeError, msgspec.ValidationError) as error:
        raise pagefind.unexpected(f"{path}: {error}") from error


def _parse_words(cbor: bytes, start: int) -> Iterator[PostingList]:
    """The posting lists of the words from `start` on.

    Words without forms are validated only by the first word: all would take as long as decoding them.
    """
    reader = io.BytesIO(cbor)
    reader.seek(start)
    decoder = cbor2.CBORDecoder(reader)
    msgspec.convert(decoder.decode(), _Word)
    reader.seek(start)
    while start < len(cbor):
        item = word, postings, forms = decoder.decode()
        end = reader.tell()
        if forms:
            yield from _encode_forms(msgspec.convert(item, _Word))
        else:
            last = sum(map(itemgetter(0), postings))
            tail = cbor[_tail_start(cbor, start, word) : end - 1]  # without the empty array of forms
            yield PostingList(word, "", len(postings), postings[0][0], last, tail)
        start = end


def _tail_start(cbor: bytes, start: int, word: str) -> int:
    """Skip the heads of the word's array, the word, its postings and the first of them, and its page."""
    postings = _after_head(cbor, start + 1) + len(word.encode())
    return _after_head(cbor, _after_head(cbor, postings) + 1)


def _encode_forms(item: _Word) -> Iterator[PostingList]:
    for form, postings in (("", item.postings), *item.forms):
        if postings:
            (first, *rest), *others = postings
            tail = b"".join(map(cbor2.dumps, (*rest, *others)))
            yield PostingList(
                item.word, form, len(postings), first, sum(page for page, _, _ in postings), tail
            )


def _after_head(cbor: bytes, start: int) -> int:
    """The index behind the head of the item at `start`: its first byte and the argument that follows."""
    return start + 1 + _ARGUMENT_LENGTHS.get(cbor[start] & 31, 0)
