"""Readers of source documents, one per format. A new one is a module with a `READER`, listed in `READERS`."""

import codecs
import re
from collections.abc import Iterable

from papershelf.core.problems import Location, Problem
from papershelf.sources import (
    acl_anthology,
    arxiv_atom,
    arxiv_rss,
    bibtex,
    crossref,
    csl_json,
    dblp_search,
    dblp_xml,
    hf_listing,
    huggingface,
    openalex,
    openreview,
    orcid,
    paperlists,
    papers_with_code,
    ris,
    semantic_scholar,
    tables,
    wos_tagged,
)
from papershelf.sources.parsed import Reader

READERS: tuple[Reader, ...] = (
    huggingface.READER,
    arxiv_atom.READER,
    arxiv_rss.READER,
    acl_anthology.READER,
    dblp_xml.READER,
    openalex.READER,
    crossref.READER,
    openreview.READER,
    orcid.READER,
    dblp_search.READER,
    paperlists.READER,
    papers_with_code.READER,
    semantic_scholar.READER,
    hf_listing.READER,
    csl_json.READER,
    bibtex.READER,
    wos_tagged.READER,
    ris.READER,
    tables.READER,
)
"""Those of one service before those of a more general format: the first that knows a document reads it."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def detect(text: str, readers: Iterable[Reader]) -> Reader | dict[str, str]:
    """The first reader whose format the text is in; if there is none, why not, by the readers' names."""
    reasons: dict[str, str] = {}
    for reader in readers:
        reasons[reader.name] = reader.mismatch(text)
        if not reasons[reader.name]:
            return reader
    return reasons


def decode(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    """Decode a document; invalid bytes become U+FFFD, and every line with any is a problem."""
    mark, encoding = next(((m, e) for m, e in _BYTE_ORDER_MARKS if data.startswith(m)), (b"", "utf-8"))
    body = data[len(mark) :]
    text = body.decode(encoding, errors="replace")
    try:
        body.decode(encoding)
    except UnicodeDecodeError:
        return text, tuple(_undecodable_lines(text, file))
    return text, ()


def _undecodable_lines(text: str, file: str) -> list[Problem]:
    return [
        Problem(
            Location(file, number, line.index("\ufffd") + 1),
            "these bytes are not UTF-8; each was read as \ufffd",
            "save the document as UTF-8 and import it again",
        )
        for number, line in enumerate(re.split(r"\r\n?|\n", text), start=1)
        if "\ufffd" in line
    ]
