"""What Pagefind makes, remembered: its program, and the parts of the index by names that stand for them."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final

from papershelf.incremental import cache as memory
from papershelf.incremental import fingerprint
from papershelf.incremental.output import Output
from papershelf.search import pagefind
from papershelf.search import part as parts
from papershelf.search.documents import SearchDocument, page_html
from papershelf.search.pagefind import ENTRY, Files
from papershelf.search.part import Part

PROGRAM: Final = ("pagefind.js", "pagefind-worker.js")
FORMAT: Final = f"2 {pagefind.VERSION}".encode()  # of what is remembered: another one makes everything anew
PART: Final = "part-{}"
KEPT: Final = ("names", "program")
_NAMES, _PROGRAM = KEPT
_DIGITS: Final = 12

Pages = Sequence[tuple[str, str]]
"""The path and the HTML of each."""


def program(language: str, store: Path) -> Files:
    """What searches in the browser, and the entry file of an index."""
    key = fingerprint.digest(FORMAT, language.encode())
    known: Files | None = memory.recall(store, _PROGRAM, key)
    if known:
        return known
    made = pagefind.index([("", f'<html lang="{language}"><body>nothing</body></html>')])
    _, about = pagefind.language_of(made)
    wasm = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
    files = {name: made[name] for name in (*PROGRAM, wasm, ENTRY)}
    memory.remember(store, _PROGRAM, key, files)
    return files


def named(
    parted: Sequence[Sequence[Output[SearchDocument]]], keys: Mapping[str, bytes], language: str, store: Path
) -> dict[str, Callable[[], Pages]]:
    """What gives the pages of each part, by a name that stands for them; made where their keys are new."""
    key = fingerprint.digest(FORMAT, memory.program(), language.encode())
    known: Mapping[bytes, str] = memory.recall(store, _NAMES, key) or {}
    by_key = {
        fingerprint.digest(*(keys[page.path] for page in part)): cache(partial(_html, part, language))
        for part in parted
    }
    names = {
        of: known.get(of) or digest(*(text for page in pages() for text in page))
        for of, pages in by_key.items()
    }
    if names != known:
        memory.remember(store, _NAMES, key, names)
    return {names[of]: pages for of, pages in by_key.items()}


def part(name: str, pages: Callable[[], Pages], store: Path) -> tuple[Part, bool]:
    """A part as it is remembered, or made now; and whether it was made."""
    remembered: Part | None = memory.recall(store, PART.format(name), FORMAT)
    if remembered:
        return remembered, False
    made = parts.read(pagefind.index(pages()))
    memory.remember(store, PART.format(name), FORMAT, made)
    return made, True


def digest(*texts: str) -> str:
    """A short name that stands for texts in their order."""
    return hashlib.sha256("\0".join((pagefind.VERSION, *texts)).encode()).hexdigest()[:_DIGITS]


def _html(pages: Sequence[Output[SearchDocument]], language: str) -> Pages:
    return [(page.path, page_html(page.content(), language)) for page in pages]
