"""The search index: Pagefind's, of parts indexed side by side, each again only when its papers changed.

pagefind/pagefind.js, …         Pagefind's program
pagefind/pagefind-entry.json    where to begin: the name of the meta file; the parts in order, and their sizes
pagefind/pagefind.….pf_meta     all pages, and which of the next files have which words and values
pagefind/index/, filter/        where words stand; which pages have a value
pagefind/fragment/<part>/       a file for each page, as a result shows it
"""

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from papershelf.incremental import cache
from papershelf.incremental.output import Output
from papershelf.search import files as storing
from papershelf.search import merge, pagefind, parts_cache
from papershelf.search.documents import SearchDocument
from papershelf.search.merge import Merged
from papershelf.search.pagefind import ENTRY, Files
from papershelf.search.part import Part
from papershelf.search.parts_cache import FORMAT, PART
from papershelf.search.plan import plan, split

__all__ = ["Indexed", "SearchDocument", "ahead", "index", "plan", "split"]

FOLDER = "pagefind"
WORKERS = 4  # each takes up to 200 MB
_INDEX = "index"


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an index came to: how many pages can be found, parts that were indexed, parts that were not."""

    pages: int
    indexed: int
    kept: int


@dataclass(frozen=True, slots=True)
class Ready:
    """An index but for the files of its pages: its parts by name, its files, and how many parts were made."""

    parts: Mapping[str, Callable[[], parts_cache.Pages]]
    files: Files
    made: int


def index(
    site: Path, pages: Sequence[Output[SearchDocument]], keys: Mapping[str, bytes], language: str, store: Path
) -> Indexed:
    """Make `site/pagefind/` find exactly `pages`, whose paths differ; without any there is no such folder.

    `keys` stand for all that a page is made from, by its path. The same pages in the same order give the same
    bytes. What was made is remembered in the folder `store`,
    which may be deleted; files that stand in `site` already are left alone. Both are safe against a kill.
    Raises GeneratorError if Pagefind is missing or fails.
    """
    folder = site / FOLDER
    if not pages:
        shutil.rmtree(folder, ignore_errors=True)
        return Indexed(0, 0, 0)
    ready = _prepare(pages, keys, language, store)
    made = ready.made
    for name in ready.parts:
        if not (folder / _fragments(name)).is_dir():
            part, new = parts_cache.part(name, ready.parts[name], store)
            made += new
            _place(folder / _fragments(name), part)
    for path in sorted(ready.files, key=ENTRY.__eq__):  # the entry file last: it leads to all others
        storing.write(folder / path, ready.files[path])
    _clean(folder, {*ready.files, *map(_fragments, ready.parts)})
    storing.remove_others(store, {_INDEX, *parts_cache.KEPT, *(PART.format(name) for name in ready.parts)})
    return Indexed(len(pages), made, len(ready.parts) - made)


def _prepare(
    pages: Sequence[Output[SearchDocument]], keys: Mapping[str, bytes], language: str, store: Path
) -> Ready:
    program = parts_cache.program(language, store)
    wanted = parts_cache.named([*split(pages)], keys, language, store)
    earlier: Merged | None = cache.recall(store, _INDEX, FORMAT)
    if earlier and [*earlier.sizes] == [*wanted]:
        return Ready(wanted, program | earlier.files, 0)
    with ThreadPoolExecutor(min((os.cpu_count() or 1) + 1, WORKERS)) as pool:
        found = pool.map(lambda name: parts_cache.part(name, wanted[name], store), wanted)
        made = dict(zip(wanted, found, strict=True))
    parts = {name: part for name, (part, _) in made.items()}
    files = _merged(parts, program, earlier, store)
    return Ready(wanted, program | files, sum(new for _, new in made.values()))


def ahead(given: tuple[Sequence[Output[SearchDocument]], Mapping[str, bytes], str, Path]) -> None:
    """Make what `index` will need, given what that takes but for the site: for another process, meanwhile."""
    pages, keys, language, store = given
    if pages:
        _prepare(pages, keys, language, store)


def _fragments(part: str) -> str:
    return f"fragment/{part}"


def _merged(parts: Mapping[str, Part], program: Files, earlier: Merged | None, store: Path) -> Files:
    """The index of all parts and its entry file, made with what an earlier index has in common with it."""
    entry = json.loads(program[ENTRY])
    gone = earlier.sizes.keys() - parts.keys() if earlier else ()
    before = {name: cache.recall(store, PART.format(name), FORMAT) for name in gone}
    merged, meta = merge.merge(parts, entry["version"], earlier, before)
    packed = earlier.files if earlier else {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        new = [path for path in merged.files if path not in packed]
        added = dict(zip(new, pool.map(pagefind.packed, map(merged.files.__getitem__, new)), strict=True))
    files = {path: added.get(path) or packed[path] for path in merged.files}
    for code, about in entry["languages"].items():
        about["hash"] = f"{code}_{parts_cache.digest(*parts)}"
        about["page_count"] = sum(merged.sizes.values())
        files[f"pagefind.{about['hash']}.pf_meta"] = pagefind.packed(meta)
    entry["parts"] = [*merged.sizes.items()]
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    cache.remember(store, _INDEX, FORMAT, merged._replace(files=files))
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
