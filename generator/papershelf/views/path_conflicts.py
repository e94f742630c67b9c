"""Outputs that cannot all be written, as when a plug-in plans a page at the address of a free page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from papershelf.content.free_pages import FreePage
from papershelf.core import urls
from papershelf.core.problems import Location, Problem
from papershelf.incremental import filetree
from papershelf.incremental.manifest import SEARCH

_PLACE_HINT = f"a path is relative to the site, `/` between its parts, without `.`, `..` or `{SEARCH}/`"
_LONGEST = 240  # bytes of a file's or folder's name; file systems allow 255, and temporary names are longer
_HINT = "each file of the site can be made once only: give one of them another name"


def path_conflicts(paths: Iterable[str], by_hand: Mapping[str, FreePage]) -> Iterator[Problem]:
    """A problem for each path that several outputs share, at the file of the free page if one is involved.

    Also for paths that leave the site, lie in the folder of the search, are a folder of another output, have
    a name that is too long for a file system, or differ from another one in their case alone.

    `paths` are those of all outputs, pages and exports. A page occupies its HTML file as well: it conflicts
    with an export of that file. `by_hand` has the free pages by path.
    """
    files = Counter(_html_file(path) for path in paths)
    free_pages = {_html_file(path): page for path, page in by_hand.items()}
    folders = _folders(files)
    for file, outputs in files.items():
        if not filetree.is_inside(file) or file.partition("/")[0] == SEARCH:
            yield Problem(Location(file), "no output may have this path", _PLACE_HINT)
        elif len(file) > _LONGEST and any(len(name.encode()) > _LONGEST for name in file.split("/")):
            yield Problem(Location(file), "this name is too long for a file", "choose a shorter id")
        elif file in folders:
            yield Problem(Location(file), "this is the folder of another output", _HINT)
        if outputs > 1:
            at = free_pages[file].file if file in free_pages else file
            yield Problem(Location(at), f"{outputs} outputs have the path {file}", _HINT)
    if len(cases := Counter(file.casefold() for file in files)) < len(files):
        twins = (file for file in files if cases[file.casefold()] > 1)
        yield from (
            Problem(Location(file), "another output differs only in its case", _HINT) for file in twins
        )


def _folders(files: Iterable[str]) -> set[str]:
    """All folders that these files are in."""
    found = {file.rpartition("/")[0] for file in files}
    above = found
    while above := {folder.rpartition("/")[0] for folder in above} - found:
        found |= above
    return found - {""}


def _html_file(path: str) -> str:
    return urls.html(path) if path.endswith(".md") else path
