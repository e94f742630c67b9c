"""The folder of the search index in a site.

pagefind/pagefind.js, …         Pagefind's program
pagefind/pagefind-entry.json    where to begin: the name of the meta file; the parts in order, and their sizes
pagefind/pagefind.….pf_meta     all pages, and which of the next files have which words and values
pagefind/index/, filter/        where words stand; which pages have a value
pagefind/fragment/<part>/       a file for each page, as a result shows it
"""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from papershelf.core import files
from papershelf.incremental.cache import Cache
from papershelf.incremental.manifest import SEARCH
from papershelf.incremental.output import Output
from papershelf.search import files as index_files
from papershelf.search import merge, pagefind, parts_cache
from papershelf.search.documents import SearchDocument
from papershelf.search.merge import Merged
from papershelf.search.pagefind import ENTRY, Files
from papershelf.search.part import Part
from papershelf.search.parts_cache import FORMAT, PART
from papershelf.search.plan import split

_WORKERS: Final = 4  # threads; Pagefind takes up to 200 MB for each
_INDEX: Final = "index"


def _begin_nothing() -> None:
    """Nothing was begun; a function of the module, as other processes get the plan."""


@dataclass(frozen=True, slots=True)
class IndexPlan:
    """What the search shall find: documents whose paths differ.

    keys: the fingerprint of each document's inputs, by its path. cache: one of its own, as values that are no
    longer needed are removed. prepared: waits for `prepare` in the background, if that was begun.
    """

    documents: Sequence[Output[SearchDocument]]
    keys: Mapping[str, bytes]
    language: str
    cache: Cache
    prepared: Callable[[], None] = _begin_nothing


@dataclass(frozen=True, slots=True)
class Prepared:
    """An index but for its pages' files: what makes each part, by its name, and all other files."""

    parts: Mapping[str, Callable[[], parts_cache.Pages]]
    files: Files


def index(site: Path, plan: IndexPlan) -> None:
    """Make `site/pagefind/` find exactly the planned documents; without any there is no such folder.

    The same documents in the same order give the same bytes. Files that the site has already are left alone.
    Safe against a kill. Raises GeneratorError if Pagefind is missing or fails.
    """
    if not plan.documents:
        files.remove_tree(site, SEARCH)
        return
    plan.prepared()
    prepared = _prepare(plan)
    for name, pages in prepared.parts.items():
        _write_fragments(site, name, pages, plan.cache)
    for path in sorted(prepared.files, key=ENTRY.__eq__):  # the entry file last: it leads to all others
        index_files.write(site, f"{SEARCH}/{path}", prepared.files[path])
    _clean(site, {*prepared.files, *map(_fragments, prepared.parts)})
    plan.cache.keep_only({_INDEX, *parts_cache.KEPT, *(PART.format(name) for name in prepared.parts)})


def prepare(plan: IndexPlan) -> None:
    """Store in the cache what `index` will need: for another process, while the site is planned."""
    if plan.documents:
        _prepare(plan)


def _prepare(plan: IndexPlan) -> Prepared:
    cache = plan.cache
    program = parts_cache.program(plan.language, cache)
    wanted = parts_cache.named([*split(plan.documents)], plan.keys, plan.language, cache)
    earlier = cache.load(_INDEX, FORMAT, Merged)
    if earlier and [*earlier.sizes] == [*wanted]:
        return Prepared(wanted, program | earlier.files)
    with ThreadPoolExecutor(min((os.cpu_count() or 1) + 1, _WORKERS)) as pool:
        made = pool.map(lambda name: parts_cache.part(name, wanted[name], cache), wanted)
        parts = dict(zip(wanted, made, strict=True))
    return Prepared(wanted, program | _merged(parts, program, earlier, cache))


def _fragments(part: str) -> str:
    return f"fragment/{part}"


def _merged(parts: Mapping[str, Part], program: Files, earlier: Merged | None, cache: Cache) -> Files:
    """The index of all parts and its entry file, made with what an earlier index has in common with it."""
    entry = json.loads(program[ENTRY])
    gone = earlier.sizes.keys() - parts.keys() if earlier else ()
    before = {name: cache.load(PART.format(name), FORMAT, Part) for name in gone}
    merged, meta = merge.merge(parts, entry["version"], earlier, before)
    packed = earlier.files if earlier else {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        new = [path for path in merged.files if path not in packed]
        added = dict(zip(new, pool.map(pagefind.pack, map(merged.files.__getitem__, new)), strict=True))
    made = {path: added.get(path) or packed[path] for path in merged.files}
    for code, about in entry["languages"].items():
        about["hash"] = f"{code}_{parts_cache.digest(*parts)}"
        about["page_count"] = sum(merged.sizes.values())
        made[f"pagefind.{about['hash']}.pf_meta"] = pagefind.pack(meta)
    entry["parts"] = [*merged.sizes.items()]
    made[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    cache.store(_INDEX, FORMAT, merged._replace(files=made))
    return made


def _write_fragments(site: Path, name: str, pages: Callable[[], parts_cache.Pages], cache: Cache) -> None:
    """Write the files of a part's pages, unless their folder is there."""
    folder = f"{SEARCH}/{_fragments(name)}"
    if not (site / folder).is_dir():
        fragments = parts_cache.part(name, pages, cache).fragments
        named = {f"{number}.pf_fragment": page for number, page in enumerate(fragments)}
        index_files.write_folder(site, folder, named)


def _clean(site: Path, wanted: set[str]) -> None:
    """Leave only what is wanted in Pagefind's folder and the folders in it."""
    names = defaultdict[str, set[str]](set)
    for path in wanted:
        top, _, below = path.partition("/")
        names[top].update({below} - {""})
    index_files.remove_others(site, SEARCH, names)
    for subfolder, files_in_it in names.items():
        if files_in_it:
            index_files.remove_others(site, f"{SEARCH}/{subfolder}", files_in_it)
