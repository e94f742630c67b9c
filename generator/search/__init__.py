"""The search index: Pagefind's, of parts indexed side by side, each again only when its papers changed.

pagefind/pagefind.js, …         Pagefind's program
pagefind/pagefind-entry.json    where to begin: the name of the meta file
pagefind/pagefind.….pf_meta     all pages, and which of the next files have which words and values
pagefind/index/, filter/        where words stand; which pages have a value
pagefind/fragment/<part>/       a file for each page, as a result shows it
"""

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from generator.search import merging, pagefind, parts, storing
from generator.search.documents import SearchDocument, documents, page_html
from generator.search.pagefind import ENTRY, Files
from generator.search.parts import Part

__all__ = ["Indexed", "SearchDocument", "documents", "index"]

FOLDER = "pagefind"
PROGRAM = ("pagefind.js", "pagefind-worker.js")
MIN_PART, MAX_PART, ENDS = 200, 1000, 500
WORKERS = 4  # each takes up to 200 MB
FORMAT = "1"  # of what is remembered: another one makes everything anew


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an index came to: how many pages can be found, parts that were indexed, parts that were not."""

    pages: int
    indexed: int
    kept: int


def index(site: Path, pages: Iterable[SearchDocument], language: str, memory: Path) -> Indexed:
    """Make `site/pagefind/` find exactly `pages`, whose URLs differ; without any there is no such folder.

    The same pages in the same order give the same bytes. What was made is remembered in the folder `memory`,
    which may be deleted; files that stand in `site` already are left alone. Both are safe against a kill.
    Raises GeneratorError if Pagefind is missing or fails.
    """
    folder = site / FOLDER
    wanted = {_digest(language, *map(repr, part)): part for part in split(pages)}
    if not wanted:
        shutil.rmtree(folder, ignore_errors=True)
        return Indexed(0, 0, 0)
    program_file = memory / f"program-{_digest(language)}"
    index_file = memory / f"index-{_digest(*wanted)}"
    program: Files = storing.recall(program_file) or _program(language, program_file)
    files: Files | None = storing.recall(index_file)
    needed = [name for name in wanted if not files or not (folder / _fragments(name)).is_dir()]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, WORKERS)) as pool:
        found = pool.map(lambda name: _part(wanted[name], language, memory / f"part-{name}"), needed)
        made = dict(zip(needed, found, strict=True))
    files = files or _merged({name: part for name, (part, _) in made.items()}, program, index_file)
    for name, (part, _) in made.items():
        _place(folder / _fragments(name), part)
    for path, content in (program | files).items():
        storing.write(folder / path, content)
    _clean(folder, {*program, *files, *map(_fragments, wanted)})
    storing.remove_others(memory, {program_file.name, index_file.name, *(f"part-{name}" for name in wanted)})
    indexed = sum(new for _, new in made.values())
    return Indexed(sum(map(len, wanted.values())), indexed, len(wanted) - indexed)


def split(pages: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    """The pages in parts. Where a part ends is for its last page to say, so that a change moves few ends."""
    part: list[SearchDocument] = []
    for page in pages:
        part.append(page)
        ends = int.from_bytes(hashlib.sha256(page.url.encode()).digest()[:4], "big") % ENDS == 0
        if len(part) == MAX_PART or (ends and len(part) >= MIN_PART):
            yield part
            part = []
    if part:
        yield part


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join((FORMAT, pagefind.VERSION, *texts)).encode()).hexdigest()[:12]


def _fragments(part: str) -> str:
    return f"fragment/{part}"


def _program(language: str, file: Path) -> Files:
    """What searches in the browser, and the entry file of an index."""
    made = pagefind.index([("", f'<html lang="{language}"><body>nothing</body></html>')])
    _, about = pagefind.language_of(made)
    wasm = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
    program = {name: made[name] for name in (*PROGRAM, wasm, ENTRY)}
    storing.remember(file, program)
    return program


def _part(pages: Iterable[SearchDocument], language: str, file: Path) -> tuple[Part, bool]:
    """A part as it is remembered, or made now; and whether it was made."""
    remembered = storing.recall(file)
    if remembered:
        return parts.load(remembered), False
    part = parts.read(pagefind.index([(page.url, page_html(page, language)) for page in pages]))
    storing.remember(file, part)
    return part, True


def _merged(made: Mapping[str, Part], program: Files, file: Path) -> Files:
    """The index of all parts and its entry file, made with what an earlier index has in common with it."""
    earlier = [storing.recall(path) or {} for path in file.parent.glob("index-*")]
    known = {path: content for files in earlier for path, content in files.items()}
    entry = json.loads(program[ENTRY])
    meta, files = merging.merge(made, entry["version"], known)
    for code, about in entry["languages"].items():
        about["hash"] = f"{code}_{file.name.removeprefix('index-')}"
        about["page_count"] = sum(len(part.lengths) for part in made.values())
        files[f"pagefind.{about['hash']}.pf_meta"] = meta
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    storing.remember(file, files)
    return files


def _place(folder: Path, part: Part) -> None:
    if not folder.is_dir():
        storing.write_folder(
            folder, {f"{number}.pf_fragment": page for number, page in enumerate(part.fragments)}
        )


def _clean(folder: Path, wanted: set[str]) -> None:
    """Leave only what is wanted in Pagefind's folder and the folders in it."""
    names = defaultdict[str, set[str]](set)
    for path in wanted:
        top, _, below = path.partition("/")
        names[top].add(below)
    storing.remove_others(folder, names)
    for subfolder, files in names.items():
        storing.remove_others(folder / subfolder, files)
