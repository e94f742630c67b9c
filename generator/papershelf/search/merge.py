"""Merge parts into one index: that which Pagefind makes of all their pages, but in smaller chunks."""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple
from zlib import crc32

import cbor2

from papershelf.core.problems import GeneratorError
from papershelf.search.pagefind import Files
from papershelf.search.part import Part, PostingList

CHUNK_SIZE: Final = 40_000  # bytes before compression, about, of what a search loads for a word
BOUNDARY: Final = 32  # a chunk ends before a word whose hash is 0 modulo this
DIGITS: Final = 10  # of the hashes in file names

_SHORT_ARRAY: Final = 24  # CBOR has an array's length in its first byte if it is below
_POSTING_HEAD: Final = b"\x83"  # an array of three

OffsetPostings = tuple[int, PostingList]
"""A posting list of a part, and the number of the part's first page in the index."""


class Merged(NamedTuple):
    """An index of parts.

    sizes: the number of pages in each part, by its name. words: each word's CBOR in an index chunk, sorted.
    files: all files but the entry file, the meta file and the fragments, named by a hash of their content.
    """

    sizes: dict[str, int]
    words: dict[str, bytes]
    files: Files


def merge(
    parts: Mapping[str, Part],
    release: str,
    previous: Merged | None,
    removed: Mapping[str, Part | None],
) -> tuple[Merged, bytes]:
    """The index of all parts, given by name, and its meta file for Pagefind's `release`; none packed yet.

    Words that have the same postings in `previous`, an earlier index, are taken from there; `removed` are the
    parts that only that index has, None for one that is not known. The fragment of a page shall be
    `fragment/<part>/<number>.pf_fragment`.
    """
    fields = {tuple(part.fields) for part in parts.values()}
    if len(fields) > 1:
        raise GeneratorError(f"pages with different meta fields cannot be searched together: {fields}")
    offsets = [0, *accumulate(len(part.lengths) for part in parts.values())]
    files: Files = {}
    words = _merge_words(parts, offsets, previous, removed)
    chunks = []
    for chunk in _split_chunks(words.items()):
        data = _array([_array([cbor for _, cbor in chunk])])
        chunks.append([chunk[0][0], chunk[-1][0], _add_file(files, "index/{}.pf_index", data)])
    filters = [
        [name, _add_file(files, "filter/{}.pf_filter", cbor2.dumps([name, values]))]
        for name, values in _merge_filters(parts.values(), offsets)
    ]
    pages = [
        [f"{name}/{number}", length]
        for name, part in parts.items()
        for number, length in enumerate(part.lengths)
    ]
    meta = [release, pages, chunks, filters, [], list(*fields)]
    sizes = {name: len(part.lengths) for name, part in parts.items()}
    return Merged(sizes, words, files), cbor2.dumps(meta)


def _add_file(files: Files, pattern: str, data: bytes) -> str:
    """Add a file that is named by a hash of its content; return the hash."""
    digest = hashlib.sha256(data).hexdigest()[:DIGITS]
    files[pattern.format(digest)] = data
    return digest


def _merge_words(
    parts: Mapping[str, Part],
    offsets: Sequence[int],
    previous: Merged | None,
    removed: Mapping[str, Part | None],
) -> dict[str, bytes]:
    """Each word's CBOR, sorted by word; only words whose postings changed are encoded."""
    changed = _changed_words(parts, previous, removed) if previous else None
    if previous is None or changed is None:
        return dict(_encode_words(parts.values(), offsets, None))
    kept = {word: cbor for word, cbor in previous.words.items() if word not in changed}
    return dict(sorted((kept | dict(_encode_words(parts.values(), offsets, changed))).items()))


def _changed_words(
    parts: Mapping[str, Part], previous: Merged, removed: Mapping[str, Part | None]
) -> set[str] | None:
    """The words whose postings differ; None if pages are numbered differently or an old part is unknown."""
    if [*previous.sizes.values()] != [len(part.lengths) for part in parts.values()]:
        return None
    changed = set[str]()
    for old, new in zip(previous.sizes, parts, strict=True):
        if old != new:
            old_part = removed.get(old)
            if old_part is None:
                return None
            changed.update(
                postings.word for postings in {*old_part.postings}.symmetric_difference(parts[new].postings)
            )
    return changed


def _encode_words(
    parts: Iterable[Part], offsets: Sequence[int], wanted: Container[str] | None
) -> Iterator[tuple[str, bytes]]:
    """The CBOR of each wanted word, sorted by word; None wants all words."""
    plain: defaultdict[str, list[OffsetPostings]] = defaultdict(list)
    accented: defaultdict[str, defaultdict[str, list[OffsetPostings]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for part, offset in zip(parts, offsets, strict=False):
        for postings in part.postings:
            word, form = postings.word, postings.form
            if wanted is None or word in wanted:
                lists = accented[word][form] if form else plain[word]
                lists.append((offset, postings))
    for word in sorted({*plain, *accented}):
        forms = sorted(accented.get(word, {}).items())
        encoded_forms = (_array([cbor2.dumps(form), _concatenate(lists)]) for form, lists in forms)
        yield word, _array([cbor2.dumps(word), _concatenate(plain.get(word, ())), _array([*encoded_forms])])


def _concatenate(lists: Iterable[OffsetPostings]) -> bytes:
    """The CBOR of one posting list: the first page of each part's counts from the last of the part before."""
    count = last_page = 0
    pieces = []
    for offset, (_, _, pages, first, last, tail) in lists:
        pieces += [_POSTING_HEAD, cbor2.dumps(offset + first - last_page), tail]
        count += pages
        last_page = offset + last
    return _array_head(count) + b"".join(pieces)


def _split_chunks(words: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    """Content-defined chunking: a new word moves few boundaries, so that few files change."""
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for word, cbor in words:
        if size > 2 * CHUNK_SIZE or (size > CHUNK_SIZE and crc32(word.encode()) % BOUNDARY == 0):
            yield chunk
            chunk, size = [], 0
        chunk.append((word, cbor))
        size += len(cbor)
    if chunk:
        yield chunk


def _merge_filters(
    parts: Iterable[Part], offsets: Sequence[int]
) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """The numbers of the pages that have a value, by filter and value, both sorted."""
    merged: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for part, offset in zip(parts, offsets, strict=False):
        for name, values in part.filters.items():
            for value, pages in values.items():
                merged[name][value] += (offset + page for page in pages)
    return [(name, sorted(values.items())) for name, values in sorted(merged.items())]


def _array(items: Sequence[bytes]) -> bytes:
    """A CBOR array of items in CBOR."""
    return _array_head(len(items)) + b"".join(items)


def _array_head(length: int) -> bytes:
    return bytes([0x80 + length]) if length < _SHORT_ARRAY else b"\x9a" + length.to_bytes(4, "big")
