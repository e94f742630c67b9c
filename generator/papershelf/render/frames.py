"""Frames: the HTML around a page's content as the renderer made it, ready to be filled.

The renderer sees one example page for every place where pages are framed alike; what the example says stands
out, and is replaced by what a page says.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

from markupsafe import escape

from papershelf.core import urls
from papershelf.core.problems import GeneratorError

Placeholder = str

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
_AS_WRITTEN = re.compile(r"(<(script|style|pre|textarea)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_LINES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where pages are framed alike: a template of the theme, and the path of an example page there."""

    theme: str
    example: str


@dataclass(frozen=True, slots=True)
class Frame:
    """HTML with holes: `holes[n]` names what comes between `pieces[n]` and `pieces[n + 1]`."""

    pieces: tuple[str, ...]
    placeholders: tuple[Placeholder, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """What a page puts into its frame: plain text, but for `content` and `head`, which are HTML.

    heading: the id of the content's first heading. address: the page's URL path from the site's root.
    """

    title: str
    description: str
    heading: str
    content: str
    address: str
    head: str = ""


def place(path: str, theme: str, sections: Container[str]) -> Place:
    """The place of a page: its own where it is one of the `sections`, else shared by those at its depth."""
    if path in sections:
        return Place(theme, path)
    top, *rest = path.split("/")[:-1]
    alone = FOLDER if theme == "main.html" else f"{FOLDER}-{theme.removesuffix('.html')}"
    return Place(theme, "/".join([top if rest else alone, *[FOLDER] * len(rest), path.rpartition("/")[2]]))


def cut(html: str, of: Place) -> Frame:
    """The frame that an example page's HTML is; raises GeneratorError where it does not show the content."""
    placeholders = _PLACEHOLDERS | (
        {"address": re.escape(address).replace("/", "(?:/|&#x2f;)")} if (address := _address(of)) else {}
    )
    pattern = re.compile("|".join(f"(?P<{name}>{expression})" for name, expression in placeholders.items()))
    lean = _lean(html)
    found = list(pattern.finditer(lean))
    if [match.lastgroup for match in found].count("content") != 1:
        raise GeneratorError(f"the theme's template {of.theme} must show page.content once")
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(lean)]
    return Frame(
        tuple(lean[start:end] for start, end in zip(starts, ends, strict=True)),
        tuple(match.lastgroup or "" for match in found),
    )


def fill(frame: Frame, filling: Filling) -> str:
    """A whole page."""
    values = {
        "title": str(escape(filling.title)),
        "description": str(escape(filling.description)),
        "heading": str(escape(filling.heading)),
        "content": filling.content,
        "address": str(escape(filling.address)),
        "head": filling.head,
    }
    filled = (
        f"{values[placeholder]}{piece}"
        for placeholder, piece in zip(frame.placeholders, frame.pieces[1:], strict=True)
    )
    return "".join([frame.pieces[0], *filled])


def _address(of: Place) -> str:
    """The example's address, where it is its own: that of a section belongs to the one page in its frame."""
    return urls.address(of.example) if FOLDER in of.example else ""


def _lean(html: str) -> str:
    """Without the indentation and the empty lines between tags."""
    parts = _AS_WRITTEN.split(html)
    return "".join(
        part if number % 3 == 1 else _LINES.sub("\n", part)
        for number, part in enumerate(parts)
        if number % 3 != 2  # noqa: PLR2004  the tag's name, caught for its end
    ).strip()
