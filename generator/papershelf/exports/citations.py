"""Lists of papers as files to cite from."""

from collections.abc import Callable, Iterator

from papershelf.exports.artifact import Artifact
from papershelf.exports.paper_formats import Piece


def citations(
    path: Callable[[str], str], pieces: tuple[Piece, ...], *, all_formats: bool
) -> Iterator[Artifact]:
    """The papers as BibTeX, and with all formats as CSL-JSON and RIS; `path` is given the suffix."""
    yield Artifact(path("bib"), bibtex, tuple(piece.bibtex for piece in pieces))
    if all_formats:
        yield Artifact(path("csl.json"), csl, tuple(piece.csl for piece in pieces))
        yield Artifact(path("ris"), ris, tuple(piece.ris for piece in pieces))


def bibtex(*entries: bytes) -> bytes:
    """The papers as BibTeX."""
    return b"\n\n".join(entries) + b"\n"


def csl(*items: bytes) -> bytes:
    """The papers as CSL-JSON, a list."""
    return b"[%b]\n" % b",\n".join(items)


def ris(*records: bytes) -> bytes:
    """The papers as RIS."""
    return b"\r\n".join(records)
