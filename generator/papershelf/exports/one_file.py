"""Papers in one file, of the formats that the site publishes and as a Markdown list."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from papershelf import text
from papershelf.core.model import Paper
from papershelf.exports import citations
from papershelf.exports.paper_formats import make
from papershelf.exports.papers import lines, table
from papershelf.text import people

_ENDED: Final = re.compile(r"(?<=[?!.])\. ")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def one_file(papers: Iterable[Paper], keys: Mapping[str, str], form: str) -> bytes:
    """The papers in a format of `FORMATS`, UTF-8; `keys` are their citation keys, by id."""
    piece, join = FORMATS[form]
    return join(*(piece(paper, keys[paper.id]) for paper in papers))


def _piece(name: str) -> Callable[[Paper, str], bytes]:
    """What makes a paper's part of a file, as `PaperFormats` names it."""

    def piece(paper: Paper, key: str) -> bytes:
        made: bytes = getattr(make(paper, key), name)
        return made

    return piece


def _markdown(paper: Paper, _: str) -> bytes:
    """A paper as the item of a list: linked title, authors, where and when it appeared, code."""
    title, page = text.escape(paper.title), _page(paper)
    parts = (
        f"[{title}](<{page}>)" if page else title,
        text.escape(", ".join(map(people.shown, paper.authors))),
        text.escape(_appeared(paper)),
        *(f"[{link.kind}](<{link.url}>)" for link in paper.links),
    )
    return f"- {_ENDED.sub(' ', '. '.join(filter(None, parts)))}".encode()


def _appeared(paper: Paper) -> str:
    venue, year = paper.venue or "", str(paper.published.year) if paper.published else ""
    return venue if _YEAR.search(venue) else ", ".join(filter(None, (venue, year)))


def _page(paper: Paper) -> str:
    """Where it can be read, the most open first."""
    known = (paper.arxiv_page, paper.openreview_page, paper.doi_page, paper.url, paper.pdf)
    return next(filter(None, known), "")


FORMATS: Final[Mapping[str, tuple[Callable[[Paper, str], bytes], Callable[..., bytes]]]] = {
    "bibtex": (_piece("bibtex"), citations.bibtex),
    "csl": (_piece("csl"), citations.csl),
    "ris": (_piece("ris"), citations.ris),
    "csv": (_piece("row"), table),
    "jsonl": (_piece("full"), lines),
    "markdown": (_markdown, lines),
}
"""What makes a paper's part of a file, and what joins the parts, by the format's name."""
