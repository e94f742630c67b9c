"""The HTML of a page by hand: nothing in it runs, and nothing is loaded from elsewhere.

What browsers would have to repair is refused: every tag must be written out in full, with values between
quotes. So a tag here is a tag in a browser, and there is no other.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import markdown

EXTENSIONS: Final = ("attr_list", "fenced_code", "md_in_html", "tables")
ELEMENTS: Final = frozenset(
    {
        *("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption"),
        *("center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl"),
        *("dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "i", "img", "ins", "kbd", "li", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt"),
        *("ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table"),
        *("tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr"),
    }
)
_ATTRIBUTES: Final = frozenset(
    {
        *("align", "class", "dir", "hidden", "id", "lang", "markdown", "role", "style", "title"),
        *("valign",),
    }
)
_MORE_ATTRIBUTES: Final = {
    "a": frozenset({"href", "hreflang", "rel", "target", "type"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"name", "open"}),
    "img": frozenset({"alt", "height", "loading", "src", "width"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"reversed", "start", "type"}),
    "td": frozenset({"colspan", "headers", "rowspan"}),
    "th": frozenset({"abbr", "colspan", "headers", "rowspan", "scope"}),
    "time": frozenset({"datetime"}),
}
_LOADING: Final = frozenset({"glightbox", "mermaid", "pyodide"})  # the theme fetches a script from elsewhere
_SPACE: Final = r"[ \t\n\r\f]"
_VALUE: Final = r"\"[^\"]*+\"|'[^']*+'"
_TAG = re.compile(
    rf"<(?P<closes>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*+)"
    rf"(?P<attributes>(?:{_SPACE}++[a-zA-Z][a-zA-Z0-9-]*+(?:{_SPACE}*+={_SPACE}*+(?:{_VALUE}))?+)*+)"
    rf"{_SPACE}*+/?>"
    r"|<!--(?!-?>)(?:(?!--).)*+-->"
    r"|<(?=[a-zA-Z/!?])[^<>]{0,60}>?",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rf"(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?:{_SPACE}*+={_SPACE}*+(?P<value>{_VALUE}))?")
_STYLE = re.compile(r"text-align: (?:left|right|center);")
_RELATIVE = re.compile(r"(?!//)[^:/?#\\\x00-\x1f\x7f]*(?:[/?#][^\\\x00-\x1f\x7f]*)?")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s\\\x00-\x1f\x7f]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BRACKETS: Final = ("[]", "()", "<>")
_MAX_OPEN: Final = 500  # brackets that are not closed yet: the Markdown parser tries to close each anew
_MAX_TAGS: Final = 10_000
_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a page may not hold, how to mend it, and the line in the Markdown, 0 if unknown."""

    message: str
    hint: str
    line: int


def complaints(source: str) -> Iterator[Complaint]:
    """Everything in the Markdown of a page that its HTML may not hold."""
    if found := _CONTROL.search(source):
        line = source.count("\n", 0, found.start()) + 1
        yield Complaint(f"the control character U+{ord(found[0]):04X}", "remove it", line)
        return
    if source.count("<") > _MAX_TAGS:
        yield Complaint(f"there are more than {_MAX_TAGS:,} tags here", "split the page", 0)
        return
    if opened := next((pair[0] for pair in _BRACKETS if _most_open(source, pair) > _MAX_OPEN), None):
        yield Complaint(f"more than {_MAX_OPEN} {opened} are not closed", "close them, or split the page", 0)
        return
    content = markdown.markdown(_EMPTY_LINES.sub("\n\n", source).strip(), extensions=[*EXTENSIONS])
    seen: dict[str, int] = {}
    for message, hint, written in _refused(content):
        places = [match.start() for match in re.finditer(re.escape(written), source, re.IGNORECASE)]
        at = places[min(seen.get(written, 0), len(places) - 1)] if places else -1
        seen[written] = seen.get(written, 0) + 1
        yield Complaint(message, hint, source.count("\n", 0, at) + 1 if places else 0)


def _most_open(source: str, pair: str) -> int:
    """How many brackets of a pair are open at once."""
    opened = most = 0
    for bracket in re.findall(f"[{re.escape(pair)}]", source):
        opened = opened + 1 if bracket == pair[0] else max(0, opened - 1)
        most = max(most, opened)
    return most


def _refused(content: str) -> Iterator[tuple[str, str, str]]:
    """Message, hint, and spelling in the Markdown of everything that a page may not hold."""
    for tag in _TAG.finditer(content):
        if tag["name"] is None:
            if not tag[0].endswith("-->"):
                hint = "close every tag and put values between quotes; write &lt; for a <"
                yield f"this is no HTML: {tag[0]!r}", hint, tag[0].split()[0]
        elif tag["name"].lower() not in ELEMENTS:
            if not tag["closes"]:
                hint = "write it in Markdown"
                yield f"a page may not hold <{tag['name']}>", hint, f"<{tag['name']}"
        else:
            yield from _refused_attributes(tag["name"].lower(), tag["attributes"])


def _refused_attributes(element: str, attributes: str) -> Iterator[tuple[str, str, str]]:
    allowed = _ATTRIBUTES | _MORE_ATTRIBUTES.get(element, frozenset())
    for found in _ATTRIBUTE.finditer(attributes):
        name, written = found["name"].lower(), (found["value"] or "''")[1:-1]
        value = html.unescape(written).strip(" ")
        if name not in allowed and not name.startswith("aria-"):
            yield f"<{element}> may not have the attribute {name}", "remove it", found["name"]
        elif name == "style" and not _STYLE.fullmatch(value):
            yield f"<{element}> may not have a style", "remove it, or give it a class", written
        elif name == "class" and (loading := _LOADING.intersection(value.split())):
            yield f"the class {min(loading)} loads a script from elsewhere", "remove it", min(loading)
        elif name == "href" and not (_WEB.fullmatch(value) or _RELATIVE.fullmatch(value)):
            hint = "link to http://, https:// or mailto:, or to a page of this site"
            yield f"{value!r} is no address that a page may link to", hint, written
        elif name == "src" and not _RELATIVE.fullmatch(value):
            yield f"{value!r} is a picture from elsewhere", "link to the picture instead", written
