"""Reader of plain lists of arXiv ids, DOIs and addresses of papers, with comments behind `#`."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.sources.paper_links import ARXIV_ID, PaperLink, identifier, paper_link
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import quoted
from papershelf.text import links

_SAMPLE: Final = 500_000  # characters in which a list shows
_SAMPLE_LINES: Final = 2_000
_LONGEST: Final = 5_000  # characters of a line
_SHARE: Final = 0.8  # of the lines
_COMMENT: Final = re.compile(r"(?:^|\s)#.*")
_BULLET: Final = re.compile(r"^\s*(?:[-*+\u2022]|[0-9]{1,4}[.)])\s+")
_CATEGORY: Final = re.compile(r"\s*\[[a-z-]{2,12}(?:\.[A-Za-z-]{2,8})?\]")
_PREFIX: Final = re.compile(r"\b(arxiv|doi)\s*:\s*", re.IGNORECASE)
_ARXIV: Final = re.compile(rf"(?:arxiv:)?(?P<id>{ARXIV_ID})(?:v[0-9]{{1,3}})?(?:\.pdf)?", re.IGNORECASE)
_BARE_HOST: Final = re.compile(
    r"(?:www\.|doi\.org/|dx\.doi\.org/|arxiv\.org/|openreview\.net/|aclanthology\.org/)", re.IGNORECASE
)
_CURE: Final = "write one identifier or address a line, and remarks behind #"


def _mismatch(text: str) -> str:
    lines = list(islice(_lines(text[:_SAMPLE]), _SAMPLE_LINES))
    if not lines:
        return "is empty"
    known = sum(all(map(_paper, words)) for _, _, words in lines)
    return "" if known >= _SHARE * len(lines) else "is no list of arXiv ids, DOIs or addresses of papers"


def _read(text: str, file: str, options: ReadOptions) -> ParsedDocument:
    found: dict[tuple[str, str], Entry] = {}
    problems: list[Problem] = []
    for number, line, words in _lines(text):
        papers = [_paper(word) or _page(word) for word in words]
        if not all(papers):
            at = Location(file, number)
            problems.append(Problem(at, f"{quoted(line)} is no identifier of a paper; skipped", _CURE))
            continue
        for paper in filter(None, papers):
            key = (paper.kind, links.key(paper.value) if paper.kind == "url" else paper.value.lower())
            if key in found:
                message = f"{paper.value} stands in line {found[key].line} already"
                problems.append(Problem(Location(file, number), message, severity="warning"))
            else:
                found[key] = _entry(paper, number)
    return ParsedDocument(
        entries=tuple(found.values()),
        title="List of identifiers",
        captured=options.captured,
        problems=tuple(problems),
    )


def _entry(paper: PaperLink, line: int) -> Entry:
    return Entry(
        line=line,
        title="",
        arxiv=paper.value if paper.kind == "arxiv" else None,
        doi=paper.value if paper.kind == "doi" else None,
        openreview=paper.value if paper.kind == "openreview" else None,
        url=paper.value if paper.kind == "url" else None,
    )


def _lines(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """The number of each line that says something, the line without its comment, and its words."""
    for number, found in enumerate(re.finditer(r"([^\r\n]*)(?:\r\n?|\n|\Z)", text), start=1):
        if not found[1].strip():
            continue
        line = _COMMENT.sub("", found[1][:_LONGEST]).strip(" \t\ufeff,;")
        bare = _PREFIX.sub(r"\1:", _CATEGORY.sub("", _BULLET.sub("", line)))
        words = [
            word.strip("<>\"'").rstrip(".,;") for word in re.split(r"[\s;]+|,(?=\s|[0-9a-z]+[.:/])", bare)
        ]
        if any(words):
            yield number, line, [word for word in words if word]


def _paper(word: str) -> PaperLink | None:
    """The paper that a word names."""
    if found := _ARXIV.fullmatch(word):
        return PaperLink("arxiv", found["id"])
    if doi := identifier(word[4:] if word[:4].lower() == "doi:" else word):
        return doi
    link = paper_link(f"https://{word}" if _BARE_HOST.match(word) else word)
    return PaperLink("url", link.value) if link and link.kind == "pdf" else link


def _page(word: str) -> PaperLink | None:
    """Any page that a list of identifiers names, unless code or data is there."""
    is_page = word[:4].lower() == "http" and links.canonical(word) and links.kind(word) in {None, "project"}
    return PaperLink("url", word) if is_page else None


READER = Reader(
    "identifier-list",
    "a plain list of arXiv ids, DOIs or addresses of papers",
    _mismatch,
    _read,
)
