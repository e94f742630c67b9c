"""What the formats of citations call each sort of publication, and where they put its venue."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from papershelf.core.model import WorkType

CslType = Literal[
    "article-journal",
    "paper-conference",
    "chapter",
    "book",
    "thesis",
    "report",
    "article",
    "dataset",
    "software",
    "document",
]


@dataclass(frozen=True, slots=True)
class TypeNames:
    """The names of a sort of publication.

    venue: the fields of BibTeX that hold its venue.
    contained: whether that is a larger publication, of which it is a part, or else whoever published it.
    """

    bibtex: str
    venue: tuple[str, ...]
    csl: CslType
    ris: str
    contained: bool = False


TYPE_NAMES: Final[Mapping[WorkType, TypeNames]] = {
    "article": TypeNames("article", ("journal",), "article-journal", "JOUR", contained=True),
    "inproceedings": TypeNames("inproceedings", ("booktitle",), "paper-conference", "CPAPER", contained=True),
    "incollection": TypeNames("incollection", ("booktitle",), "chapter", "CHAP", contained=True),
    "book": TypeNames("book", ("publisher",), "book", "BOOK"),
    "thesis": TypeNames("phdthesis", ("school",), "thesis", "THES"),
    "report": TypeNames("techreport", ("institution",), "report", "RPRT"),
    "preprint": TypeNames("misc", ("howpublished",), "article", "GEN"),
    "dataset": TypeNames("dataset", ("publisher", "howpublished"), "dataset", "DATA"),
    "software": TypeNames("software", ("howpublished",), "software", "COMP"),
    "misc": TypeNames("misc", ("howpublished",), "document", "GEN", contained=True),
}
"""BibTeX's own styles take types that they do not know, dataset and software, for misc."""
