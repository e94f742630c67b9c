"""Entries of the papers that stand in a list: title, authors, where and when, told from how items look."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.sources.paper_items import LONGEST, Block, Run, is_label, merged, papers_in
from papershelf.sources.paper_links import PaperLink, paper_link
from papershelf.sources.paper_titles import EDGES, ET_AL, GROUP, PART, PROSE, Facts, is_title, title_in
from papershelf.sources.parsed import Entry
from papershelf.sources.values import quoted
from papershelf.sources.venue_names import Appeared, appeared
from papershelf.sources.written_names import names_in
from papershelf.text import links

_ORNAMENTS: Final = re.compile(r"^[^\w(]+|[^\w)!?+#]+$")
_SECTION_NUMBER: Final = re.compile(r"^(?:[0-9]+(?:\.[0-9]+)*[.)]?\s+)?")
_NO_CATEGORIES: Final = re.compile(
    r"(?:(?:awesome|paper|reading|publication)s?[ -]?lists?|papers?|publications?|(?:table of )?contents?"
    r"|overview|list|all)",
    re.IGNORECASE,
)
_SHIPPED: Final = re.compile(
    r"code|github|git|project|page|website|home|demo|data|model|weights|\u4ee3\u7801", re.IGNORECASE
)
_BADGES: Final = re.compile(
    r"(?:img\.shields\.io|badgen\.net|badge\.fury\.io|awesome\.re|contrib\.rocks|star-history\.com)"
)
_LONGEST_CATEGORY: Final = 100
_COLUMNS: Final = {
    "title": re.compile(
        r"(?:paper )?(?:title|name)s?|papers?|\u8bba\u6587|\u6807\u9898|publication", re.IGNORECASE
    ),
    "authors": re.compile(r"authors?.*|\u4f5c\u8005", re.IGNORECASE),
    "venue": re.compile(
        r"(?:pub\w*\s)?venues?.*|conf(?:erence)?s?|journals?|publi(?:cation|shed)(?: in)?|pub\.?|where",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"(?:pub\w*\s)?(?:dates?|years?|time)|published|when|\u65e5\u671f|\u5e74\u4efd", re.IGNORECASE
    ),
}


@dataclass(slots=True)
class ListedPapers:
    """The papers of a list, and the problems with them. other: how many items lead to no paper."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    other: int = 0


def listed_papers(blocks: Sequence[Block], file: str) -> ListedPapers:
    """The papers in a list's blocks."""
    found = ListedPapers()
    above: list[tuple[int, str]] = []
    has_title = sum(block.kind == "heading" and block.depth == 1 for block in blocks) == 1
    for block in merged(blocks):
        if block.kind == "heading":
            above = [(level, name) for level, name in above if level < block.depth]
            above += [(block.depth, block.text)] * (not (has_title and block.depth == 1))
            continue
        if len(block.text) > LONGEST and "://" in block.text:
            message = f"the item is longer than {LONGEST:,} characters; not read"
            found.problems.append(Problem(Location(file, block.line), message, "split it", "warning"))
        papers = list(_entries(block, tuple(name for _, name in above)))
        for entry in papers:
            found.problems += _problems(entry, file)
        found.entries += [entry for entry in papers if _is_named(entry)]
        is_item = block.kind != "paragraph" or any(run.bold for run in block.runs[:1])
        is_other = not papers and is_item and any(run.url[:4] == "http" for run in block.links)
        found.other += is_other
    if found.other and found.entries:
        items = "item leads" if found.other == 1 else "items lead"
        message = f"{found.other} {items} to no paper (code, pages, data); left out"
        found.problems.append(Problem(Location(file, 1), message, severity="warning"))
    return found


def _is_named(entry: Entry) -> bool:
    return bool(entry.title or entry.arxiv or entry.doi or entry.openreview or entry.url)


def _problems(entry: Entry, file: str) -> Iterator[Problem]:
    if entry.title:
        return
    at = Location(file, entry.line)
    cure = "write the title as the text of the link"
    if _is_named(entry):
        place = entry.arxiv or entry.doi or entry.openreview or entry.url
        yield Problem(
            at, f"the title of {place} does not stand here; it is added without one", cure, "warning"
        )
    else:
        yield Problem(at, f"the title of {quoted(entry.pdf or '')} does not stand here; skipped", cure)


def _entries(block: Block, above: Sequence[str]) -> Iterator[Entry]:
    """The papers in one block: several if several links of it are titles of papers."""
    if len(block.text) > LONGEST:
        return
    if block.kind == "row":
        entry = _of_row(block)
    else:
        if block.kind == "paragraph" and not (block.runs and (block.runs[0].bold or block.runs[0].url)):
            return
        titled = [(run, link) for run, link in papers_in(block.links) if is_title(run.text)]
        if len({link for _, link in titled}) > 1:
            for run, link in titled:
                yield _with_headings(_of_runs(block.line, (run,), ((run, link),)), above)
            return
        papers = tuple(papers_in(block.links))
        entry = _of_runs(block.line, block.runs, papers) if papers else None
        if entry and block.kind == "paragraph" and not entry.title:
            return
    if entry:
        yield _with_headings(entry, above)


def _with_headings(entry: Entry, above: Sequence[str]) -> Entry:
    """The entry with what the headings above it say: its categories, or where and when it appeared."""
    facts = Facts(entry.venue, entry.published)
    names = []
    for heading in above:
        name = _SECTION_NUMBER.sub("", _ORNAMENTS.sub("", heading)).strip(EDGES)
        is_category = name and len(name) <= _LONGEST_CATEGORY and not _NO_CATEGORIES.fullmatch(name)
        if not facts.take(appeared(name, marked=True)) and is_category:
            names.append(name)
    return replace(
        entry, categories=tuple(dict.fromkeys(names)), venue=facts.venue, published=facts.published
    )


def _of_row(block: Block) -> Entry | None:
    """The paper of a row, whose columns are known by their names, else as in running text."""
    papers = tuple(papers_in(block.links))
    if not papers:
        return None
    named = dict(_named_cells(block))
    facts, authors = Facts(), names_in(_text(named.get("authors", ())), certain=True)
    for name in ("date", "venue"):
        text = " ".join(_text(named.get(name, ())).split())
        is_known = facts.take(appeared(text, marked=True))
        if name == "venue" and not is_known and text.strip(EDGES) and not is_label(text):
            facts.venue = text.strip(EDGES)
    first = named.get("title") or next((cell for cell in block.cells if any(papers_in(_links(cell)))), ())
    rest = tuple(run for cell in block.cells if cell not in named.values() for run in (Run("\n"), *cell))
    entry = _of_runs(block.line, first, papers)
    other = _of_runs(block.line, rest, papers)
    facts.take(Appeared(entry.venue or other.venue, entry.published or other.published))
    title = entry.title or ("" if named.get("title") else other.title)
    shipped = tuple(dict.fromkeys(_shipped(block.links)))
    return replace(
        entry,
        title=title,
        authors=authors or entry.authors or other.authors,
        venue=facts.venue,
        published=facts.published,
        links=shipped,
    )


def _named_cells(block: Block) -> Iterator[tuple[str, tuple[Run, ...]]]:
    for name, pattern in _COLUMNS.items():
        for column, cell in zip(block.columns, block.cells, strict=False):
            if pattern.fullmatch(column.strip(EDGES)):
                yield name, cell
                break


def _links(runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(run for run in runs if run.url)


def _text(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _of_runs(line: int, runs: Sequence[Run], papers: Sequence[tuple[Run, PaperLink]]) -> Entry:
    """The paper that a text names with these links."""
    facts = Facts()
    title, before, after = title_in(runs, facts)
    authors = _details(before, facts, ()) if before else ()
    authors = _details(after, facts, authors)
    ids: dict[str, str] = {}
    for _, link in papers:
        ids.setdefault(link.kind, link.value)
    return Entry(
        line=line,
        title=title,
        authors=authors,
        published=facts.published,
        venue=facts.venue,
        arxiv=ids.get("arxiv"),
        doi=ids.get("doi"),
        openreview=ids.get("openreview"),
        url=ids.get("url"),
        pdf=ids.get("pdf"),
        links=tuple(dict.fromkeys(_shipped(_links(runs)))),
    )


def _shipped(runs: Sequence[Run]) -> Iterator[str]:
    """Code, data, pages: links of known hosts, and those whose text says so."""
    for run in runs:
        found = (
            None if paper_link(run.url) or _BADGES.search(run.url) else next(iter(links.find(run.url)), None)
        )
        if found and found.link and (not found.warning or (is_label(run.text) and _SHIPPED.search(run.text))):
            yield found.url


def _details(runs: Sequence[Run], facts: Facts, authors: tuple[str, ...]) -> tuple[str, ...]:
    """Take what runs say about where and when; the authors, if they name them."""
    is_first = True
    authors = authors or _authors_in(runs)
    for run in runs:
        is_marked = bool(run.bold or run.italic or run.url)
        text = ET_AL.sub("et al.", run.text)
        for group in GROUP.finditer(text):
            facts.take(appeared(group[1], marked=True))
        for part in PART.split(GROUP.sub(" ", text)):
            said = part.strip(f"{EDGES}[](){{}}")
            if not said or (run.url and not facts.take(appeared(said, marked=True))):
                continue
            found = () if run.url else _part(said, facts, is_marked=is_marked, has_authors=bool(authors))
            if len(found) > 1 or (found and (is_first or run.italic)):
                authors = authors or found
            is_first = False
    return authors


def _authors_in(runs: Sequence[Run]) -> tuple[str, ...]:
    """Two names or more that follow each other, of which some may be links or emphasised."""
    text = "".join(run.text for run in runs if not (run.url and is_label(run.text)))
    parts = PART.split(GROUP.sub(" ", ET_AL.sub("et al.", text)))
    listed = (names_in(part.strip(f"{EDGES}[](){{}}")) for part in parts)
    return next((names for names in listed if len(names) > 1), ())


def _part(said: str, facts: Facts, *, is_marked: bool, has_authors: bool) -> tuple[str, ...]:
    """The names in a part of a text; what else it says is taken."""
    if facts.take(appeared(said, marked=is_marked)):
        return ()
    pieces = said.split(",")
    while len(pieces) > 1 and facts.take(appeared(pieces[-1], marked=is_marked)):
        pieces.pop()
    rest = ",".join(pieces)
    is_venue = has_authors and rest != said and rest[:1].isupper() and not PROSE.search(rest)
    if is_venue and not facts.venue and len(rest) <= _LONGEST_CATEGORY:
        facts.venue = rest.strip(EDGES)
        return ()
    return names_in(rest)
