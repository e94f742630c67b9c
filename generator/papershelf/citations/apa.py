"""A citation as a line of text, as the seventh edition of the APA's manual writes it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from papershelf.citations.work import Work, work
from papershelf.core.model import Paper, WorkType
from papershelf.text.people import PersonName

MOST_AUTHORS: Final = 20
_IN_LARGER: Final[dict[WorkType, str]] = {"article": "", "inproceedings": "In ", "incollection": "In "}
_DESCRIPTIONS: Final[dict[WorkType, str]] = {"dataset": "Dataset", "software": "Computer software"}
_GIVEN: Final = re.compile(r"[^\s.-]+[.-]?")


class ApaCitation(NamedTuple):
    """A citation in plain text; of the parts that make its line the second is in italics.

    link: where the work can be read, the end of the line; "" if that is unknown.
    """

    before: str
    italic: str
    after: str
    link: str


def apa(paper: Paper) -> ApaCitation:
    """The citation of a paper: part of a larger publication whose name is in italics, or by itself."""
    cited = work(paper)
    authors, year = _authors(cited.authors, more=cited.more_authors), f"({cited.year or 'n.d.'})."
    title = _ended(cited.title + "".join(_descriptions(cited, paper.arxiv)))
    link = paper.doi_page or cited.link
    if cited.venue and cited.type in _IN_LARGER:
        opening = (authors, year, title) if authors else (title, year)
        before = f"{' '.join(opening)} {_IN_LARGER[cited.type]}"
        return ApaCitation(before, cited.venue, _ended(cited.venue).removeprefix(cited.venue), link)
    following = ("" if authors else year, _ended(cited.venue or cited.archive))
    after = "".join([title.removeprefix(cited.title), *(f" {part}" for part in following if part)])
    return ApaCitation(f"{authors} {year} " if authors else "", cited.title, after, link)


def _descriptions(cited: Work, arxiv: str | None) -> Iterator[str]:
    """What follows the title before its full stop."""
    if arxiv and cited.archive:
        yield f" (arXiv:{arxiv})"
    if said := cited.genre or _DESCRIPTIONS.get(cited.type):
        yield f" [{said}]"
    if cited.withdrawn:
        yield " [Withdrawn]"


def _authors(names: Sequence[PersonName], *, more: bool) -> str:
    """All names, or the first and the last if there are more than `MOST_AUTHORS`."""
    written = [_person(name) for name in names]
    if written and more:
        return f"{', '.join(written)}, et al."
    if len(written) > MOST_AUTHORS:
        return _ended(f"{', '.join(written[: MOST_AUTHORS - 1])}, … {written[-1]}")
    return _ended(", & ".join(filter(None, (", ".join(written[:-1]), written[-1])))) if written else ""


def _person(name: PersonName) -> str:
    family = f"{name.particle} {name.family}".lstrip()
    return ", ".join(filter(None, (family, _initials(name.given), name.suffix)))


def _initials(given: str) -> str:
    """Initials of what has capitals: "Jean-Pierre B." becomes "J.-P. B."; other names stay whole."""
    if not any(map(str.isupper, given)):
        return given
    parts = _GIVEN.findall(given)
    return "".join(
        f"{part[0]}.{'-' if part.endswith('-') else ' '}" if part[0].isupper() else f"{part} "
        for part in parts
    ).strip(" -")


def _ended(text: str) -> str:
    """The text with a full stop, unless it is empty or ends a sentence already."""
    return text if not text or text.endswith((".", "?", "!", "…")) else f"{text}."
