"""Pages to files: Markdown and HTML side by side, on all cores."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from jinja2 import Environment

from papershelf.content.config import MarkdownOf, publishes_markdown
from papershelf.core import urls
from papershelf.incremental import cache, fingerprint, manifest
from papershelf.incremental.manifest import Entry
from papershelf.incremental.workers import spread
from papershelf.render import frames
from papershelf.render import templates as render
from papershelf.render.frames import Filling, Frame, Place
from papershelf.render.html import hypertext
from papershelf.views.context import Draft
from papershelf.views.words import Words

_ALONE: Final = 500


@dataclass(frozen=True, slots=True)
class Plates:
    """What all pages are printed with: `sections` are the paths of the navigation's pages.

    `description` stands in the head of pages that have none of their own. `markdown` tells which pages
    are published as Markdown too.
    """

    templates: Path
    words: Words
    frames: Mapping[Place, Frame]
    sections: frozenset[str]
    description: str
    markdown: MarkdownOf = "all"

    def place_of(self, draft: Draft) -> Place:
        """Where a page is framed."""
        return frames.place(draft.path, draft.theme, self.sections)


@dataclass(frozen=True, slots=True)
class Printed:
    """A page: the texts of its files by their names, and the pages that it links to."""

    files: Mapping[str, str]
    links: tuple[str, ...]


def keys(
    drafts: Iterable[Draft], made_from: Mapping[str, bytes], plates: Plates, templates: bytes
) -> dict[str, bytes]:
    """What tells whether a page is still the same, by its path.

    `made_from` stands for the inputs of each page, by its path, `templates` for all templates.
    """
    common = fingerprint.digest(
        cache.program(), templates, fingerprint.of((plates.description, plates.markdown))
    )
    of_frame = {place: fingerprint.of(frame) for place, frame in plates.frames.items()}
    return {
        draft.path: fingerprint.digest(common, of_frame[plates.place_of(draft)], made_from[draft.path])
        for draft in drafts
    }


def press(drafts: Sequence[Draft], plates: Plates, keys: Mapping[str, bytes], out: Path) -> dict[str, Entry]:
    """Write the Markdown and the HTML of every page into `out`, in which none of them is yet."""
    entries = spread(partial(_press, plates, keys, out), drafts, alone=_ALONE)
    return {draft.path: _sharing(entry) for draft, entry in zip(drafts, entries, strict=True)}


def _sharing(entry: Entry) -> Entry:
    """The entry with one string for each link that many have: half a million are remembered."""
    return entry._replace(links=tuple(map(sys.intern, entry.links)))


def _press(plates: Plates, keys: Mapping[str, bytes], out: Path, drafts: Sequence[Draft]) -> list[Entry]:
    templates = render.environment(plates.templates, plates.words)
    return [_print(draft, plates, keys[draft.path], templates, out) for draft in drafts]


def _print(draft: Draft, plates: Plates, key: bytes, templates: Environment, out: Path) -> Entry:
    printed = texts(draft, plates, templates)
    return Entry(
        key=key,
        files=tuple(manifest.write_new(out, name, text.encode()) for name, text in printed.files.items()),
        links=printed.links,
    )


def texts(draft: Draft, plates: Plates, templates: Environment) -> Printed:
    """Print one page; raises GeneratorError for a mistake in its template."""
    page = draft.page()
    skeleton = render.skeleton(page, templates)
    content = hypertext(skeleton)
    filling = Filling(
        title=page.title,
        description=page.description or plates.description,
        heading=content.first,
        content=content.html,
        address=urls.address(page.path),
        head=page.head,
    )
    html = frames.fill(plates.frames[plates.place_of(draft)], filling)
    wanted = publishes_markdown(plates.markdown, page.path)
    source = {page.path: render.published(page, skeleton)} if wanted else {}
    return Printed(
        files={**source, urls.html(page.path): html},
        links=tuple(urls.target(page.path, href) for href in content.links),
    )
