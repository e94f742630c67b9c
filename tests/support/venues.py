"""A taxonomy that the program does not have: the venues of papers."""

from collections.abc import Iterator
from dataclasses import replace

from papershelf.library.library import Library
from papershelf.views.taxonomy import FacetName, PaperGroup, Taxonomy
from papershelf.views.words import Words
from support.fabricated import ARABIC, OTHERS, PAPERS

JOURNAL = "Journal of Tea 4"
WITH_VENUES = tuple(
    replace(paper, venue=JOURNAL) if paper in {ARABIC, *OTHERS} else paper for paper in PAPERS
)


def venues(library: Library, _words: Words) -> Iterator[PaperGroup]:
    by_venue: dict[str, list[str]] = {}
    for paper in library.papers.values():
        if paper.venue:
            by_venue.setdefault(paper.venue, []).append(paper.id)
    for venue, papers in by_venue.items():
        yield PaperGroup(venue.lower().replace(" ", "-"), venue, tuple(papers), about="A *journal*.")


VENUES = Taxonomy(
    id="venues",
    title=lambda _: "Venues",
    intro=lambda _: "Where papers were published.",
    groups=venues,
    feed_title=lambda _: "{title}: new papers",
    facet=FacetName("venue", lambda _: "Venue"),
)
