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
from papershelf.incremental.workers import parallel_map
from papershelf.render import frames
from papershelf.render import templates as render
from papershelf.render.frames import Filling, Frame, Place
from papershelf.render.html import hypertext
from papershelf.views.context import PageOutput
from papershelf.views.words import Words

_MIN_PARALLEL: Final = 500


@dataclass(frozen=True, slots=True)
class PageRenderer:
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

    def place_of(self, draft: PageOutput) -> Place:
        """Where a page is framed."""
        return frames.place(draft.path, draft.theme, self.sections)


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page: the texts of its files by their names, and the pages that it links to."""

    files: Mapping[str, str]
    links: tuple[str, ...]


def keys(
    drafts: Iterable[PageOutput],
    made_from: Mapping[str, bytes],
    page_renderer: PageRenderer,
    templates: bytes,
) -> dict[str, bytes]:
    """What tells whether a page is still the same, by its path.

    `made_from` stands for the inputs of each page, by its path, `templates` for all templates.
    """
    common = fingerprint.digest(
        cache.program(), templates, fingerprint.of((page_renderer.description, page_renderer.markdown))
    )
    of_frame = {place: fingerprint.of(frame) for place, frame in page_renderer.frames.items()}
    return {
        draft.path: fingerprint.digest(common, of_frame[page_renderer.place_of(draft)], made_from[draft.path])
        for draft in drafts
    }


def rendering(
    drafts: Sequence[PageOutput], page_renderer: PageRenderer, keys: Mapping[str, bytes], out: Path
) -> dict[str, Entry]:
    """Write the Markdown and the HTML of every page into `out`, in which none of them is yet."""
    entries = parallel_map(
        partial(_write_pages, page_renderer, keys, out), drafts, min_parallel=_MIN_PARALLEL
    )
    return {draft.path: _sharing(entry) for draft, entry in zip(drafts, entries, strict=True)}


def _sharing(entry: Entry) -> Entry:
    """The entry with one string for each link that many have: half a million are remembered."""
    return entry._replace(links=tuple(map(sys.intern, entry.links)))


def _write_pages(
    page_renderer: PageRenderer, keys: Mapping[str, bytes], out: Path, drafts: Sequence[PageOutput]
) -> list[Entry]:
    templates = render.environment(page_renderer.templates, page_renderer.words)
    return [_write_page(draft, page_renderer, keys[draft.path], templates, out) for draft in drafts]


def _write_page(
    draft: PageOutput, page_renderer: PageRenderer, key: bytes, templates: Environment, out: Path
) -> Entry:
    rendered = render_page(draft, page_renderer, templates)
    return Entry(
        key=key,
        files=tuple(manifest.write_new(out, name, text.encode()) for name, text in rendered.files.items()),
        links=rendered.links,
    )


def render_page(draft: PageOutput, page_renderer: PageRenderer, templates: Environment) -> RenderedPage:
    """Print one page; raises GeneratorError for a mistake in its template."""
    page = draft.content()
    skeleton = render.skeleton(page, templates)
    content = hypertext(skeleton)
    filling = Filling(
        title=page.title,
        description=page.description or page_renderer.description,
        heading=content.first,
        content=content.html,
        address=urls.address(page.path),
        head=page.head,
    )
    html = frames.fill(page_renderer.frames[page_renderer.place_of(draft)], filling)
    wanted = publishes_markdown(page_renderer.markdown, page.path)
    source = {page.path: render.published(page, skeleton)} if wanted else {}
    return RenderedPage(
        files={**source, urls.html(page.path): html},
        links=tuple(urls.target(page.path, href) for href in content.links),
    )
