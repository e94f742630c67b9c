"""The search index of a finished site, by Pagefind."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2
import pagefind_bin  # type: ignore[import-untyped]

from generator.problems import GeneratorError

FOLDER = "pagefind"
MAGIC = b"pagefind_dcd"  # what every file of the index starts with, before its CBOR
UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
SEARCHABLE = "[data-pagefind-body]"


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the search index holds: numbers of pages and of different words."""

    pages: int
    words: int


def index(site: Path) -> Indexed:
    """Index every page of `site` that has an element with `data-pagefind-body`, into `site/pagefind/`.

    The same pages give the same bytes. Without any such page there is no index folder afterwards.
    Raises GeneratorError if Pagefind is missing or fails.
    """
    bundle = site / FOLDER
    shutil.rmtree(bundle, ignore_errors=True)
    run = subprocess.run(  # noqa: S603 - the program of our own dependency, arguments that we made
        [_program(), "--site", site, "--output-subdir", FOLDER, "--root-selector", SEARCHABLE],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    nothing_to_index = "Indexed 0 pages" in run.stdout
    if run.returncode and not nothing_to_index:
        raise GeneratorError(f"Pagefind failed:\n{(run.stdout + run.stderr)[-2000:].strip()}")
    if not nothing_to_index:
        _make_repeatable(bundle)
        for pattern in UNUSED:
            for path in bundle.glob(pattern):
                path.unlink()
    return Indexed(_count(run.stdout, "page"), _count(run.stdout, "word"))


def _program() -> Path:
    try:
        return Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise GeneratorError(
            "Pagefind's program is missing: install the package pagefind-bin again"
        ) from error


def _count(report: str, thing: str) -> int:
    found = re.search(rf"Indexed (\d+) {thing}s?\b", report)
    return int(found[1]) if found else 0


def _make_repeatable(bundle: Path) -> None:
    """Sort what Pagefind writes in the random order of its hash tables: values of filters, names of sorts.

    A file is named by the hash of its bytes, and the names stand in the language's meta file, whose own name
    stands in the entry file: so these are made anew.
    """
    entry_file = bundle / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    for code, language in entry["languages"].items():
        meta_file = bundle / f"pagefind.{language['hash']}.pf_meta"
        version, pages, chunks, filters, sorts, *rest = _read(meta_file)
        meta_file.unlink()
        renamed = sorted([name, _sorted_filter(bundle, code, digest)] for name, digest in filters)
        language["hash"] = _write(
            bundle, "pagefind.{}.pf_meta", code, [version, pages, chunks, renamed, sorted(sorts), *rest]
        )
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _sorted_filter(bundle: Path, code: str, digest: str) -> str:
    file = bundle / "filter" / f"{digest}.pf_filter"
    name, values = _read(file)
    file.unlink()
    return _write(bundle, "filter/{}.pf_filter", code, [name, sorted(values)])


def _read(file: Path) -> list[Any]:
    content: list[Any] = cbor2.loads(gzip.decompress(file.read_bytes()).removeprefix(MAGIC))
    return content


def _write(bundle: Path, pattern: str, code: str, content: list[Any]) -> str:
    """Write one file of the index and return the hash that names it."""
    data = MAGIC + cbor2.dumps(content)
    digest = f"{code}_{hashlib.sha256(data).hexdigest()[:10]}"
    (bundle / pattern.format(digest)).write_bytes(gzip.compress(data, mtime=0))
    return digest
