"""What an export is, and what exports are made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from papershelf.exports.paper_formats import Piece
from papershelf.views.context import Draft, Shelf


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that is made only when it is wanted: `make(*inputs)`, which depends on nothing but the inputs.

    path: relative to the site's root. make: a function of a module, giving the file's content.
    inputs: frozen values, which tell whether the file is still the same. Of papers in the inputs the fields
    `origin` and `edit` do not count.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that exports are planned from: the shelf, all its pages, and when it is built.

    epoch: the build's date in seconds since 1970. pieces: each paper in all formats, by its id, in the
    library's order. commit: the commit that is built, "" if that is not known.
    """

    shelf: Shelf
    pages: tuple[Draft, ...]
    epoch: int
    pieces: Mapping[str, Piece] = field(default_factory=dict)
    commit: str = ""

    @property
    def site(self) -> str:
        """The site's address, ending in a slash; "" where it is not known."""
        return self.shelf.site

    def pieces_of(self, ids: Iterable[str]) -> tuple[Piece, ...]:
        """The pieces of these papers, in that order."""
        return tuple(self.pieces[paper_id] for paper_id in ids)
