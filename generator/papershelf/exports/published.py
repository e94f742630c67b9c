"""What exports are planned from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from papershelf.exports.paper_formats import PaperFormats
from papershelf.views.context import PageOutput, SiteContext


@dataclass(frozen=True, slots=True)
class Published:
    """Everything that exports are planned from: the site context, all its pages, and when it is built.

    epoch: the build's date in seconds since 1970. formats: each paper in all formats, by its id, in the
    library's order. commit: the commit that is built, "" if that is not known.
    """

    context: SiteContext
    pages: tuple[PageOutput, ...]
    epoch: int
    formats: Mapping[str, PaperFormats] = field(default_factory=dict)
    commit: str = ""

    @property
    def site(self) -> str:
        """The site's address, ending in a slash; "" where it is not known."""
        return self.context.site

    def formats_of(self, ids: Iterable[str]) -> tuple[PaperFormats, ...]:
        """The formats of these papers, in that order."""
        return tuple(self.formats[paper_id] for paper_id in ids)
