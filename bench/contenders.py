"""The site generators that are compared, each with the same pages."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]

from bench import project as reading_list
from bench.papers import Listings

Command = Sequence[str | Path]
BIN = Path(sys.executable).parent
IN_NAVIGATION = re.compile(
    r"([^/]+/)?index\.md|(?:topics|archive)/[^/]+/index\.md"
)  # sections, topics, years
MKDOCS = {
    "site_name": "Papers to measure with",
    "site_url": "https://example.org/papers/",
    "not_in_nav": "*",
    "theme": {"name": "material", "font": False},
    "plugins": ["search"],
    "markdown_extensions": ["attr_list", "md_in_html"],
    "validation": {"links": {"not_found": "ignore", "unrecognized_links": "ignore"}},
}
HUGO = """baseURL = "https://example.org/papers/"
title = "Papers to measure with"
disableKinds = ["RSS", "sitemap", "taxonomy", "term"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""
HUGO_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"></head>
<body>
<nav><a href="{{ "/" | relURL }}">Home</a> <a href="{{ "topics/" | relURL }}">Topics</a></nav>
<main data-pagefind-body>{{ .Content }}</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Contender:
    """A site generator.

    prepare: makes its project in an empty folder. edit: changes the summary of one paper there.
    commands: build; `site` is where the pages are then. check: only looks for mistakes.
    """

    name: str
    site: str
    prepare: Callable[[Path], None]
    edit: Callable[[Path, int], None]
    commands: tuple[Command, ...]
    check: tuple[Command, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)


def contenders(
    listings: Listings, words: Sequence[str], pages: Iterable[tuple[str, str]]
) -> tuple[Contender, ...]:
    """All of them, with Papershelf first; `pages` are paths and Markdown of the others' pages."""
    written = dict(pages)
    paper = next(papers[0].id for papers in listings.values() if papers)
    edited = f"papers/{paper}/index.md"
    papershelf = (sys.executable, "-m", "papershelf", "-C", "project")

    def write(folder: Path, name: Callable[[str], str]) -> None:
        for path, text in written.items():
            file = folder / name(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")

    def edit(file: Path, number: int) -> None:
        file.write_text(f"{written[edited]}\nEdited {number} times.\n", encoding="utf-8")

    def material(folder: Path) -> None:
        write(folder / "docs", str)
        navigation = {"nav": sorted(filter(IN_NAVIGATION.fullmatch, written))}
        (folder / "mkdocs.yml").write_text(json.dumps(MKDOCS | navigation), encoding="utf-8")

    def hugo(folder: Path) -> None:
        parents = {path.rpartition("/")[0].rpartition("/")[0] for path in written}
        write(folder / "content", lambda path: _branch(path, parents))
        (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")
        for layout in ("single", "list", "home"):
            file = folder / f"layouts/_default/{layout}.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(HUGO_PAGE, encoding="utf-8")

    return (
        Contender(
            "Papershelf",
            "project/site",
            lambda folder: shutil.rmtree(
                reading_list.make(folder / "project", listings, words).build, ignore_errors=True
            ),
            lambda folder, number: reading_list.edit(folder / "project", paper, number),
            ((*papershelf, "build", "--quiet"),),
            check=((*papershelf, "check"),),
        ),
        Contender(
            "mkdocs-material",
            "site",
            material,
            lambda folder, number: edit(folder / "docs" / edited, number),
            ((sys.executable, "-m", "mkdocs", "build", "--clean"),),
            environment={"NO_MKDOCS_2_WARNING": "1"},
        ),
        Contender(
            "Zensical",
            "site",
            material,
            lambda folder, number: edit(folder / "docs" / edited, number),
            ((BIN / "zensical", "build"),),
        ),
        Contender(
            "Hugo and Pagefind",
            "public",
            hugo,
            lambda folder, number: edit(folder / "content" / edited, number),
            (
                (BIN / "hugo", "--quiet"),
                (
                    pagefind_bin.get_executable(),
                    "--site",
                    "public",
                    "--root-selector",
                    "[data-pagefind-body]",
                ),
            ),
        ),
    )


def _branch(path: str, parents: set[str]) -> str:
    """Hugo's name of a page: one with pages below it is a branch."""
    folder = path.rpartition("/")[0]
    return f"{folder}/_index.md".lstrip("/") if folder in parents or not folder else path
