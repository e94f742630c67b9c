"""The library: records merged into papers, curation applied, everything joined once."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.links import Repository
from generator.model import Listing, Paper
from generator.topics import Topic

UNSORTED = "unsorted"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that pages and exports are made from; ids refer to `papers`, in display order.

    papers: by id, newest publication first, undated last, hidden ones left out.
    topics: as topics.yml orders them.
    listings: newest capture first, those without a capture date last.
    in_topic: paper ids of each topic, newest first; `UNSORTED` for those that nothing matches.
    in_edition: paper ids of each listing, as it lists them.
    in_repository: paper ids that link into each repository, ordered by owner and name.
    """

    papers: Mapping[str, Paper]
    topics: tuple[Topic, ...]
    listings: tuple[Listing, ...]
    in_topic: Mapping[str, tuple[str, ...]]
    in_edition: Mapping[str, tuple[str, ...]]
    in_repository: Mapping[Repository, tuple[str, ...]]
