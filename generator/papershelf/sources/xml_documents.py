"""XML without network, external files and entities of its own; where it is broken, the rest is still read."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from html.entities import html5
from typing import Final, Protocol

from lxml import etree

from papershelf.core.problems import Location, Problem
from papershelf.sources.markup import to_tex

_HEAD: Final = 20_000
_PROLOG: Final = re.compile(
    r"\ufeff?(?:\s|(?><\?.*?\?>)|(?><!--.*?-->)|(?><!DOCTYPE[^\[>]*+(?:\[.*?\]\s*)?>))*+"
    r"<(?:[\w.-]+:)?(?P<name>[A-Za-z][\w.-]*)(?=[\s/>])",
    re.DOTALL,
)
_DECLARATION: Final = "<!ENTITY"
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_OF_XML: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_OPENED: Final = re.compile(r"(?:Premature end of data in tag|tag mismatch:) \S+ line (?P<line>[0-9]+)")
_MOST_MISTAKES: Final = 100  # that libxml2 reports
_CURE: Final = "save or download the document again, whole"


class Element(Protocol):
    """What is used of lxml's elements."""

    @property
    def tag(self) -> object:
        """The name, in `{…}` before it the name space; no text for an entity."""

    @property
    def text(self) -> str | None:
        """The text before the first child."""

    @property
    def sourceline(self) -> int | None:
        """The line in which it begins."""

    @property
    def attrib(self) -> Mapping[str, str]:
        """The attributes."""

    def iter(self) -> Iterator["Element"]:
        """The element and everything in it."""

    def getparent(self) -> "Element | None":
        """The element around it."""

    def __iter__(self) -> Iterator["Element"]:
        """The children."""


@dataclass(frozen=True, slots=True)
class _Mistake:
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A document as far as it can be read; `root` is None if it cannot be at all."""

    file: str
    root: Element | None
    mistakes: tuple[_Mistake, ...] = ()
    problems: tuple[Problem, ...] = ()

    def records(self, *names: str) -> tuple[list[Element], tuple[Problem, ...]]:
        """The whole elements of these names at any depth, and a problem for each that is broken."""
        found = [each for each in self.root.iter() if name_of(each) in names] if self.root is not None else []
        starts = [line_of(each) for each in found]
        broken: dict[int, _Mistake] = {}
        for mistake in self.mistakes:
            at = bisect_right(starts, mistake.line) - 1
            if at >= 0 or not broken:  # around the entries, later mistakes follow from earlier ones
                broken.setdefault(at, mistake)
        beyond = len(found)
        if len(self.mistakes) >= _MOST_MISTAKES:
            beyond = bisect_right(starts, self.mistakes[-1].line)
        whole = [each for index, each in enumerate(found[:beyond]) if index not in broken]
        problems = (self._problem(mistake, is_skipped=at >= 0) for at, mistake in broken.items())
        return whole, (*self.problems, *problems, *self._given_up())

    def _given_up(self) -> Iterator[Problem]:
        if len(self.mistakes) >= _MOST_MISTAKES:
            at = Location(self.file, self.mistakes[-1].line)
            message = f"more than {_MOST_MISTAKES - 1} mistakes in the XML: nothing after this line is read"
            yield Problem(at, message, _CURE)

    def _problem(self, mistake: _Mistake, *, is_skipped: bool) -> Problem:
        skipped = "; the entry is skipped" if is_skipped else ""
        return Problem(
            Location(self.file, mistake.line), f"the XML is broken here: {mistake.message}{skipped}", _CURE
        )


def head(text: str) -> str:
    """The beginning of a document, by which formats are told apart."""
    return text[:_HEAD]


def root_name(text: str) -> str:
    """The name of a document's first element without its prefix, "" if it is no XML."""
    found = _PROLOG.match(head(text))
    return found["name"] if found else ""


def load(text: str, file: str) -> XmlDocument:
    """Parse a document. Entities are those of XML and HTML; one that declares its own is not read."""
    if _DECLARATION in text:
        line = text.count("\n", 0, text.index(_DECLARATION)) + 1
        message = "the document declares entities of its own, which can blow up to any size; it is not read"
        cure = "remove the lines with <!ENTITY, and write what they stand for"
        return XmlDocument(file, None, problems=(Problem(Location(file, line), message, cure),))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_NAMED.sub(_numeric, text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        message = f"the document is no XML: {error.msg}"
        return XmlDocument(file, None, problems=(Problem(Location(file, error.lineno or 1), message, _CURE),))
    found = [entry for entry in parser.error_log if entry.level_name != "WARNING"]
    mistakes = tuple(_mistake(entry.line, " ".join(entry.message.split())) for entry in found)
    return XmlDocument(file, root, mistakes)


def _mistake(line: int, message: str) -> _Mistake:
    """The mistake in the line of its cause: where the tag was opened that is not closed."""
    opened = _OPENED.search(message)
    return _Mistake(int(opened["line"]) if opened else line, message)


def name_of(element: Element) -> str:
    """The name without its name space."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def line_of(element: Element) -> int:
    """The line in which it begins."""
    return element.sourceline or 1


def children(element: Element, *names: str) -> list[Element]:
    """The children of these names."""
    return [child for child in element if name_of(child) in names]


def around(element: Element, name: str) -> Element | None:
    """The nearest element of this name around it."""
    parent = element.getparent()
    while parent is not None and name_of(parent) != name:
        parent = parent.getparent()
    return parent


def child_text(element: Element, *names: str) -> str:
    """The text of the first child of these names, "" if there is none; markup in it as TeX."""
    return next((marked_text(child) for child in children(element, *names)), "")


def child_texts(element: Element, *names: str) -> tuple[str, ...]:
    """The texts of the children of these names, empty ones left out."""
    return tuple(filter(None, (marked_text(child) for child in children(element, *names))))


def marked_text(element: Element) -> str:
    """The text of an element, markup in it as TeX."""
    inside = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return to_tex(f"{escape(element.text or '', quote=False)}{inside}")


def _numeric(match: re.Match[str]) -> str:
    if match[1] in _OF_XML:
        return match[0]
    if match[1] not in html5:
        return f"&amp;{match[1]}"
    return "".join(f"&#{ord(letter)};" for letter in html5[match[1]])
