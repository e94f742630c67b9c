"""Links between pages: every one must lead to a page that is planned, and to an anchor that is there."""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from papershelf.content.free_pages import FreePage
from papershelf.core import urls
from papershelf.core.problems import Location, Problem
from papershelf.incremental.manifest import ManifestEntry

_ID = re.compile(r'\sid="([^"]*)"')
_WRITTEN = re.compile(r"""(?:\]\(\s*<?|\]:\s*<?|(?:href|src)=["'])(?P<href>[^\s)>"']+)""")
_HINT = "link to another page by its Markdown file, as in ../topics/index.md"


def broken(
    entries: Mapping[str, ManifestEntry],
    free_pages: Mapping[str, FreePage],
    site: Path,
) -> Iterator[Problem]:
    """A problem for every link that leads nowhere.

    `entries` are what the folder `site` holds, pages by their paths. `free_pages` are the curator's pages by
    path: only their links may name anchors that are missing, so only these are looked up.
    """
    for page, entry in entries.items():
        for link in entry.links:
            if link in entries:
                continue
            path, _, anchor = link.partition("#")
            if path not in entries:
                href, at = _place(page, link, free_pages)
                yield Problem(at, f"the link '{href}' leads to no page of this site", _HINT)
            elif page in free_pages and anchor not in _ids(site / urls.html(path)):
                href, at = _place(page, link, free_pages)
                yield Problem(at, f"the link '{href}' leads to an anchor that its page does not have")


def _ids(page: Path) -> set[str]:
    return set(map(html.unescape, _ID.findall(page.read_text(encoding="utf-8"))))


def _place(page: str, link: str, free_pages: Mapping[str, FreePage]) -> tuple[str, Location]:
    """The link as it is written and its line in a curator's page, or the page that a template made."""
    if page not in free_pages:
        return link, Location(page)
    text = free_pages[page].markdown
    for found in _WRITTEN.finditer(text):
        if urls.target(page, found["href"]) == link:
            line = text.count("\n", 0, found.start()) + 1
            return found["href"], Location(
                free_pages[page].file, line, found.start() - text.rfind("\n", 0, found.start())
            )
    return link, Location(free_pages[page].file)
