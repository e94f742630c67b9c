"""Frames: the HTML that the renderer puts around a page's content, with placeholders.

The renderer gets one example page for all pages that have the same frame. The example's title, content and so
on are unmistakable strings, which become the frame's placeholders.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from papershelf.core import urls
from papershelf.core.problems import GeneratorError
from papershelf.render.placeholders import interleave

TITLE: Final = "papershelf-example-title"
DESCRIPTION: Final = "papershelf-example-description"
HEAD: Final = '<meta name="papershelf-example-head">'
FOLDER: Final = "papershelf-example"
EXAMPLE: Final = """# Example {: #papershelf-example-heading }

<div>papershelf-example-content</div>
"""
_PLACEHOLDERS: Final = {
    "title": re.escape(TITLE),
    "description": re.escape(DESCRIPTION),
    "head": re.escape(HEAD),
    "content": r"<h1 id=\"papershelf-example-heading\">Example</h1>\s*<div>papershelf-example-content</div>",
    "heading": r"papershelf-example-heading",
}
_VERBATIM = re.compile(r"<(script|style|pre|textarea)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_LINE_BREAKS = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """What pages with the same frame share: a template of the theme, and the path of their example page."""

    theme: str
    example: str


@dataclass(frozen=True, slots=True)
class Frame:
    """HTML in pieces: `placeholders[n]` names what comes between `pieces[n]` and `pieces[n + 1]`."""

    pieces: tuple[str, ...]
    placeholders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """The values for a frame's placeholders: `content` and `head` are HTML, the others plain text.

    heading: the id of the content's first heading. address: the page's URL path from the site's root.
    """

    title: str
    description: str
    heading: str
    content: str
    address: str
    head: str = ""


def place(path: str, theme: str, sections: Container[str]) -> Place:
    """The place of a page: its own for one of the `sections`, else shared with pages at the same depth."""
    if path in sections:
        return Place(theme, path)
    top, *rest = path.split("/")[:-1]
    own = FOLDER if theme == "main.html" else f"{FOLDER}-{theme.removesuffix('.html')}"
    return Place(theme, "/".join([top if rest else own, *[FOLDER] * len(rest), path.rpartition("/")[2]]))


def parse(html: str, of: Place) -> Frame:
    """Make a frame of an example page's HTML; raises GeneratorError if it lacks the content."""
    placeholders = _PLACEHOLDERS | (
        {"address": re.escape(address).replace("/", "(?:/|&#x2f;)")} if (address := _address(of)) else {}
    )
    pattern = re.compile("|".join(f"(?P<{name}>{expression})" for name, expression in placeholders.items()))
    html = _without_indentation(html)
    found = list(pattern.finditer(html))
    if [match.lastgroup for match in found].count("content") != 1:
        raise GeneratorError(f"the theme's template {of.theme} must show page.content once")
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(html)]
    return Frame(
        tuple(html[start:end] for start, end in zip(starts, ends, strict=True)),
        tuple(match.lastgroup or "" for match in found),
    )


def fill(frame: Frame, filling: Filling) -> str:
    """The HTML of a whole page."""
    values = {
        "title": str(escape(filling.title)),
        "description": str(escape(filling.description)),
        "heading": str(escape(filling.heading)),
        "content": filling.content,
        "address": str(escape(filling.address)),
        "head": filling.head,
    }
    return interleave(frame.pieces, [values[name] for name in frame.placeholders])


def _address(of: Place) -> str:
    """The example's address to be replaced; "" for a section, whose frame serves that page alone."""
    return urls.address(of.example) if FOLDER in of.example else ""


def _without_indentation(html: str) -> str:
    """The HTML without indentation and empty lines between tags."""
    between = _VERBATIM.split(html)[::2]
    verbatim = [match[0] for match in _VERBATIM.finditer(html)]
    return interleave([_LINE_BREAKS.sub("\n", part) for part in between], verbatim).strip()
