"""Files to cite papers from: BibTeX, CSL-JSON and RIS."""

from collections.abc import Callable, Iterator

from papershelf.exports.paper_formats import PaperFormats
from papershelf.incremental.output import Output


def citations(
    path: Callable[[str], str], pieces: tuple[PaperFormats, ...], *, all_formats: bool
) -> Iterator[Output[bytes]]:
    """The papers as BibTeX and, with `all_formats`, as CSL-JSON and RIS; `path` takes a suffix."""
    yield Output(path("bib"), bibtex, tuple(piece.bibtex for piece in pieces))
    if all_formats:
        yield Output(path("csl.json"), csl, tuple(piece.csl for piece in pieces))
        yield Output(path("ris"), ris, tuple(piece.ris for piece in pieces))


def bibtex(*entries: bytes) -> bytes:
    """The papers as BibTeX."""
    return b"\n\n".join(entries) + b"\n"


def csl(*items: bytes) -> bytes:
    """The papers as CSL-JSON, a list."""
    return b"[%b]\n" % b",\n".join(items)


def ris(*records: bytes) -> bytes:
    """The papers as RIS."""
    return b"\r\n".join(records)
