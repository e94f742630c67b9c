"""Links between pages: every one must lead to a page that is planned, and to an anchor that is there."""

import html
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from papershelf.content.free_pages import FreePage
from papershelf.core import urls
from papershelf.core.problems import Location, Problem

_ID = re.compile(r'\sid="([^"]*)"')
_WRITTEN = re.compile(r"""(?:\]\(\s*<?|\]:\s*<?|(?:href|src)=["'])(?P<href>[^\s)>"']+)""")
_HINT = "link to another page by its Markdown file, as in ../topics/index.md"


def broken(
    links: Mapping[str, Iterable[str]],
    paths: Container[str],
    free_pages: Mapping[str, FreePage],
    ids: Callable[[str], Container[str]],
) -> Iterator[Problem]:
    """A problem for every link that leads nowhere.

    `links` are those of each page by its path; `paths` are what the site holds, pages by their paths.
    `free_pages` are the curator's pages by path: only their links may name anchors that are missing, so only
    these are looked up, with `ids`, the anchors of a page.
    """
    for page, targets in links.items():
        for link in targets:
            if link in paths:
                continue
            path, _, anchor = link.partition("#")
            if path not in paths:
                href, at = _place(page, link, free_pages)
                yield Problem(at, f"the link '{href}' leads to no page of this site", _HINT)
            elif page in free_pages and not (path.endswith(".md") and anchor in ids(path)):
                href, at = _place(page, link, free_pages)
                yield Problem(at, f"the link '{href}' leads to an anchor that its page does not have")


def has_links(markdown: str) -> bool:
    """Whether a curator's page may link to something within the site."""
    return any(urls.is_relative(found["href"]) for found in _WRITTEN.finditer(markdown))


def ids(text: str) -> Container[str]:
    """The anchors in a page's HTML."""
    return set(map(html.unescape, _ID.findall(text)))


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
