"""BibTeX entries, for both BibTeX and biber."""

from collections.abc import Iterator
from typing import Final

from papershelf.citations import tex
from papershelf.citations.work import Work, work
from papershelf.core.model import Paper
from papershelf.text.people import PersonName

_TYPES: Final = {"article": "article", "conference": "inproceedings", "other": "misc"}
_VENUES: Final = {"article": "journal", "conference": "booktitle", "other": "howpublished"}
_MONTHS: Final = (
    *("", "jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_SORT_WORDS: Final = 3
_PERCENT_ENCODED: Final = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", "^": "%5E"})


def bibtex(paper: Paper, key: str, most_authors: int | None = None) -> str:
    r"""The BibTeX entry of a paper, without a final newline.

    Titles and names are TeX; `url`, `doi` and `eprint` are verbatim, as `\url` expects them. A paper without
    named authors has a `key` to sort it by, the first words of its title. After `most_authors` follows
    "others", which BibTeX knows as "et al.", and also where not all authors are known.
    """
    cited = work(paper)
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(paper, cited, most_authors))
    return f"@{_TYPES[cited.kind]}{{{key},\n{fields}\n}}"


def _fields(paper: Paper, cited: Work, most: int | None) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{tex.title(cited.title)}}}"
    if cited.authors:
        is_whole = len(cited.authors[:most]) == len(cited.authors) and not cited.more_authors
        others = [] if is_whole else ["others"]
        yield "author", f"{{{' and '.join([*map(_person, cited.authors[:most]), *others])}}}"
    else:
        yield "key", f"{{{tex.escape(' '.join(cited.title.split()[:_SORT_WORDS]))}}}"
    if cited.year:
        yield "year", str(cited.year)
    if cited.month:
        yield "month", _MONTHS[cited.month]
    if cited.venue:
        yield _VENUES[cited.kind], f"{{{tex.escape(cited.venue)}}}"
    if paper.arxiv:
        yield "eprint", f"{{{paper.arxiv}}}"
        yield "archivePrefix", "{arXiv}"
    if paper.doi:
        yield "doi", f"{{{paper.doi.translate(_PERCENT_ENCODED)}}}"
    if cited.link:
        yield "url", f"{{{cited.link.translate(_PERCENT_ENCODED)}}}"
    if cited.withdrawn:
        yield "note", "{Withdrawn}"
    if cited.remark:
        yield "annote", f"{{{cited.remark}}}"


def _person(name: PersonName) -> str:
    if not name.given:
        return f"{{{tex.escape(name.family)}}}"
    family = tex.escape(name.family)
    if any(word[:1].islower() for word in name.family.split()[:-1]):  # BibTeX takes them for particles
        family = f"{{{family}}}"
    last = f"{tex.escape(name.particle)} {family}".lstrip()
    return ", ".join([last, *(tex.escape(part) for part in (name.suffix, name.given) if part)])
