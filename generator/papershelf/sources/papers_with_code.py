"""Reader of the last dump of Papers with Code's links between papers and code, a row for each link."""

from collections.abc import Sequence
from typing import Final

from papershelf.sources.checked import checked
from papershelf.sources.json_objects import JsonObject, load
from papershelf.sources.parsed import Entry, ParsedDocument, Reader, ReadOptions
from papershelf.sources.values import items, objects, read_works, sorted_out, text

_FIELDS: Final = {"paper_title", "repo_url"}


def _mismatch(document: str) -> str:
    value = load(document)
    if value is None:
        return "is no JSON"
    is_known = any(row.keys() >= _FIELDS for row in objects(value))
    return "" if is_known else "has no list of links with “paper_title” and “repo_url”"


def _read(document: str, file: str, options: ReadOptions) -> ParsedDocument:
    rows = items(load(document))
    papers: dict[str, list[JsonObject]] = {}
    for row in objects(rows):
        papers.setdefault(_key(row), []).append(row)
    first = [row for row in rows if not isinstance(row, JsonObject) or papers[_key(row)][0] is row]
    entries, problems = sorted_out(read_works(first, file, lambda row: _entry(papers[_key(row)])))
    return ParsedDocument(
        entries=entries,
        title="Papers with Code: links between papers and code (CC BY-SA 4.0)",
        captured=options.captured,
        problems=problems,
    )


def _key(row: JsonObject) -> str:
    """What the rows of one paper share."""
    return text(row.get("paper_url")) or text(row.get("paper_arxiv_id")) or text(row.get("paper_title"))


def _entry(rows: Sequence[JsonObject]) -> Entry:
    """The paper of these rows; the repositories of its authors come first. Its page there is gone."""
    row = rows[0]
    arxiv = text(row.get("paper_arxiv_id")) or None
    by_official = sorted(rows, key=lambda each: each.get("is_official") is not True)
    repositories = (text(each.get("repo_url")) for each in by_official)
    return Entry(
        line=row.line,
        title=text(row.get("paper_title")),
        arxiv=arxiv,
        url=None if arxiv else text(row.get("paper_url_abs")) or None,
        pdf=None if arxiv else text(row.get("paper_url_pdf")) or None,
        links=tuple(dict.fromkeys(filter(None, repositories))),
    )


READER = checked(
    Reader(
        "papers-with-code",
        "the final dump links-between-papers-and-code.json of Papers with Code",
        _mismatch,
        _read,
    )
)
