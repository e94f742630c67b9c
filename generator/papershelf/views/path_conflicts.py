"""Outputs that would overwrite each other, as when a plug-in plans a page at the address of a free page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from papershelf.content.reader import FreePage
from papershelf.core import urls
from papershelf.core.problems import Location, Problem

_HINT = "each file of the site can be made once only: give one of them another name"


def path_conflicts(paths: Iterable[str], by_hand: Mapping[str, FreePage]) -> Iterator[Problem]:
    """A problem for each path that several outputs share, at the file of the free page if one is involved.

    `paths` are those of all outputs, pages and exports. A page occupies its HTML file as well: it conflicts
    with an export of that file. `by_hand` has the free pages by path.
    """
    files = Counter(_html_file(path) for path in paths)
    free_pages = {_html_file(path): page for path, page in by_hand.items()}
    for file, outputs in files.items():
        if outputs > 1:
            at = free_pages[file].file if file in free_pages else file
            yield Problem(Location(at), f"{outputs} outputs have the path {file}", _HINT)


def _html_file(path: str) -> str:
    return urls.html(path) if path.endswith(".md") else path
