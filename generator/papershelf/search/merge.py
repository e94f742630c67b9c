"""One index of many parts: what Pagefind would make of all their pages together, in smaller chunks."""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple
from zlib import crc32

import cbor2

from papershelf.core.problems import GeneratorError
from papershelf.search.pagefind import Files
from papershelf.search.part import Part, Places

CHUNK = 40_000  # bytes before compression, about, of what a search loads for a word
CUTS = 32  # a chunk ends behind about one word in so many, so that a change moves few ends
NAME = 10
SHORT = 24  # items that the first byte of an array in CBOR can count

Found = tuple[int, Places]  # the number of the first page of a part, and the places in that part


class Merged(NamedTuple):
    """An index: pages in each part, by its name; every word with its CBOR, in order; the files but one.

    Files are named by what is in them.
    """

    sizes: dict[str, int]
    words: dict[str, bytes]
    files: Files


def merge(
    parts: Mapping[str, Part], release: str, earlier: Merged | None, before: Mapping[str, Part | None]
) -> tuple[Merged, bytes]:
    """The index of all parts, given by name, for Pagefind's `release`, and its meta file; none packed yet.

    `earlier` is another index that may have much in common with it, and `before` what is known of the parts
    that only that one has. A page's fragment is to stand in `fragment/<part>/<number>.pf_fragment`.
    """
    fields = {tuple(part.fields) for part in parts.values()}
    if len(fields) > 1:
        raise GeneratorError(f"pages with different meta fields cannot be searched together: {fields}")
    offsets = [0, *accumulate(len(part.lengths) for part in parts.values())]
    files: Files = {}
    ranges = []
    words = _all_words(parts, offsets, earlier, before)
    for chunk in _chunks(words.items()):
        data = _array([_array([cbor for _, cbor in chunk])])
        ranges.append([chunk[0][0], chunk[-1][0], _add(files, "index/{}.pf_index", data)])
    filters = [
        [name, _add(files, "filter/{}.pf_filter", cbor2.dumps([name, values]))]
        for name, values in _filters(parts.values(), offsets)
    ]
    pages = [
        [f"{name}/{number}", length]
        for name, part in parts.items()
        for number, length in enumerate(part.lengths)
    ]
    meta = [release, pages, ranges, filters, [], list(*fields)]
    sizes = {name: len(part.lengths) for name, part in parts.items()}
    return Merged(sizes, words, files), cbor2.dumps(meta)


def _add(files: Files, pattern: str, data: bytes) -> str:
    """Name a file by what is in it; return the name."""
    name = hashlib.sha256(data).hexdigest()[:NAME]
    files[pattern.format(name)] = data
    return name


def _all_words(
    parts: Mapping[str, Part],
    offsets: Sequence[int],
    earlier: Merged | None,
    before: Mapping[str, Part | None],
) -> dict[str, bytes]:
    """Every word with its CBOR, in order: those that stand in other places than before are made anew."""
    changed = _changed(parts, earlier, before) if earlier else None
    if earlier is None or changed is None:
        return dict(_words(parts.values(), offsets, None))
    kept = {word: cbor for word, cbor in earlier.words.items() if word not in changed}
    return dict(sorted((kept | dict(_words(parts.values(), offsets, changed))).items()))


def _changed(
    parts: Mapping[str, Part], earlier: Merged, before: Mapping[str, Part | None]
) -> set[str] | None:
    """The words whose places differ; None if that cannot be told because pages have other numbers."""
    if [*earlier.sizes.values()] != [len(part.lengths) for part in parts.values()]:
        return None
    changed = set[str]()
    for old, new in zip(earlier.sizes, parts, strict=True):
        if old != new:
            there = before.get(old)
            if there is None:
                return None
            changed.update(word for word, *_ in {*there.places}.symmetric_difference(parts[new].places))
    return changed


def _words(
    parts: Iterable[Part], offsets: Sequence[int], wanted: Container[str] | None
) -> Iterator[tuple[str, bytes]]:
    """Every word that is wanted with its CBOR, in order; all words if `wanted` is None."""
    plain: defaultdict[str, list[Found]] = defaultdict(list)
    accented: defaultdict[str, defaultdict[str, list[Found]]] = defaultdict(lambda: defaultdict(list))
    for part, offset in zip(parts, offsets, strict=False):
        for places in part.places:
            word, form = places[:2]
            if wanted is None or word in wanted:
                same = accented[word][form] if form else plain[word]
                same.append((offset, places))
    for word in sorted({*plain, *accented}):
        forms = sorted(accented.get(word, {}).items())
        others = (_array([cbor2.dumps(form), _joined(found)]) for form, found in forms)
        yield word, _array([cbor2.dumps(word), _joined(plain.get(word, ())), _array([*others])])


def _joined(found: Iterable[Found]) -> bytes:
    """The places of a word in all parts: each first page counts from the last page of the part before."""
    count = last = 0
    pieces = []
    for offset, (_, _, pages, first, last_here, tail) in found:
        pieces += [b"\x83", cbor2.dumps(offset + first - last), tail]
        count += pages
        last = offset + last_here
    return _head(count) + b"".join(pieces)


def _chunks(words: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    chunk: list[tuple[str, bytes]] = []
    size = 0
    for word, cbor in words:
        if size > 2 * CHUNK or (size > CHUNK and crc32(word.encode()) % CUTS == 0):
            yield chunk
            chunk, size = [], 0
        chunk.append((word, cbor))
        size += len(cbor)
    if chunk:
        yield chunk


def _filters(parts: Iterable[Part], offsets: Sequence[int]) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for part, offset in zip(parts, offsets, strict=False):
        for name, values in part.filters.items():
            for value, pages in values.items():
                found[name][value] += (offset + page for page in pages)
    return [(name, sorted(values.items())) for name, values in sorted(found.items())]


def _array(items: Sequence[bytes]) -> bytes:
    return _head(len(items)) + b"".join(items)


def _head(count: int) -> bytes:
    """The beginning of an array in CBOR."""
    return bytes([0x80 + count]) if count < SHORT else b"\x9a" + count.to_bytes(4, "big")
