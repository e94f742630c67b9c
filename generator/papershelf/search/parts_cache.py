"""What Pagefind makes, cached: its program, and the parts of the index by a hash of their pages."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache as call_once
from functools import partial
from typing import Final

from papershelf.incremental import filetree, fingerprint, inputs
from papershelf.incremental.cache import Cache
from papershelf.incremental.output import Output
from papershelf.search import pagefind
from papershelf.search.documents import SearchDocument, page_html
from papershelf.search.pagefind import ENTRY, Files
from papershelf.search.part import Part, parse

PROGRAM: Final = ("pagefind.js", "pagefind-worker.js")
FORMAT: Final = f"3 {pagefind.VERSION}".encode()  # of what is cached: another one makes everything again
PART: Final = "part-{}"
KEPT: Final = ("names", "program")
_NAMES, _PROGRAM = KEPT
_DIGITS: Final = 12

Pages = Sequence[tuple[str, str]]
"""The path and the HTML of each."""


def program(language: str, cache: Cache) -> Files:
    """What searches in the browser, and the entry file of an index."""
    key = fingerprint.digest(FORMAT, language.encode())
    known = cache.load(_PROGRAM, key, Files)
    if known and {*PROGRAM, ENTRY} <= known.keys() and filetree.are_inside(known):
        return known
    made = _program(language)
    cache.store(_PROGRAM, key, made)
    return made


def _program(language: str) -> Files:
    made = pagefind.index([("", f'<html lang="{language}"><body>nothing</body></html>')])
    wasm = f"wasm.{pagefind.language(made).wasm or 'unknown'}.pagefind"
    return {name: pagefind.content(made, name) for name in (*PROGRAM, wasm, ENTRY)}


def named(
    parts: Sequence[Sequence[Output[SearchDocument]]], keys: Mapping[str, bytes], language: str, cache: Cache
) -> dict[str, Callable[[], Pages]]:
    """A function for each part that makes its pages, by the name of the part: a hash of its pages.

    Pages are made for their hash only where a key of theirs is new.
    """
    salt = fingerprint.digest(FORMAT, inputs.program(), language.encode())
    known = cache.load(_NAMES, salt, dict[bytes, str]) or {}
    by_key = {
        fingerprint.digest(*(keys[document.path] for document in part)): call_once(
            partial(_html, part, language)
        )
        for part in parts
    }
    names = {
        key: known.get(key) or digest(*(text for page in pages() for text in page))
        for key, pages in by_key.items()
    }
    if names != known:
        cache.store(_NAMES, salt, names)
    return {names[key]: pages for key, pages in by_key.items()}


def part(name: str, pages: Callable[[], Pages], cache: Cache) -> Part:
    """A part of the index, indexed on a cache miss."""
    return cache.get(PART.format(name), FORMAT, Part, lambda: indexed(pages()))


def indexed(pages: Pages) -> Part:
    """The part of these pages; raises GeneratorError if it lacks one, as pages are known by their numbers."""
    found = parse(pagefind.index(pages))
    if len(found.lengths) != len(pages):
        raise pagefind.unexpected(f"{len(found.lengths)} of {len(pages)} pages")
    return found


def digest(*texts: str) -> str:
    """A short hash of texts in their order."""
    return hashlib.sha256("\0".join((pagefind.VERSION, *texts)).encode()).hexdigest()[:_DIGITS]


def _html(documents: Sequence[Output[SearchDocument]], language: str) -> Pages:
    return [(each.path, page_html(each.content(), language)) for each in documents]
