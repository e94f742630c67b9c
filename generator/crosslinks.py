"""Links between pages: every one must lead to a page that is planned, and to an anchor that is there."""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import urls
from generator.content import FreePage
from generator.problems import Location, Problem
from generator.tree import Entry

_ID = re.compile(r'\sid="([^"]*)"')
_HINT = "link to another page by its Markdown file, as in ../topics/index.md"


def broken(
    entries: Mapping[str, Entry],
    written: Mapping[str, FreePage],
    site: Path,
) -> Iterator[Problem]:
    """A problem for every link that leads nowhere.

    `entries` are what the folder `site` holds, pages by their paths. `written` has the pages that were
    written by hand, by path.
    """
    for page, entry in entries.items():
        for href in entry.links:
            path, anchor = urls.target(page, href)
            if path not in entries:
                message = f"the link '{href}' leads to no page of this site"
                yield Problem(_place(page, href, written), message, _HINT)
            elif anchor and anchor not in _ids(site / urls.html(path)):
                message = f"the link '{href}' leads to an anchor that its page does not have"
                yield Problem(_place(page, href, written), message)


def _ids(page: Path) -> set[str]:
    return set(map(html.unescape, _ID.findall(page.read_text(encoding="utf-8"))))


def _place(page: str, href: str, written: Mapping[str, FreePage]) -> Location:
    """The line of a page written by hand, or the page that a template made."""
    if page not in written:
        return Location(page)
    before, found, _ = written[page].markdown.partition(href)
    if not found:
        return Location(written[page].file)
    return Location(written[page].file, before.count("\n") + 1, len(before) - before.rfind("\n"))
