"""What arXiv's feeds share: ids, comments that name a venue or a withdrawal, texts of announcements."""

import re
from collections.abc import Iterator
from typing import Final

from papershelf.core.problems import Location, Problem
from papershelf.sources.values import quoted
from papershelf.text import links

_ANNOUNCEMENT: Final = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*(?P<type>[a-z-]+)\s*(?:Abstract:\s*)?")
_VENUE: Final = re.compile(
    r"\b(?:accepted|to appear|published|to be published|presented)\s+"
    r"(?:(?:as|for)\s(?:an?\s)?[\w -]{3,40}?\s)?(?:at|to|by|in|for)\s+(?:the\s+)?(?P<venue>[^,;()\n]{2,120})",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\b[A-Z][a-z]{3})\.(?=\s|$)")
_LONGEST_COMMENT: Final = 5_000
_WITHDRAWN: Final = re.compile(r"\b(?:withdrawn|retracted)\b", re.IGNORECASE)


def identifier(place: str) -> str | None:
    """The id with its version in an address of a paper or in an OAI identifier."""
    for mark in ("/abs/", "oai:arXiv.org:"):
        if mark in place:
            return place.rpartition(mark)[2].strip() or None
    return None


def abstract_of_announcement(description: str) -> str:
    """The abstract without the line `arXiv:… Announce Type: …` that announcements put before it."""
    return description[found.end() :] if (found := _ANNOUNCEMENT.match(description)) else description


def venue_in(comment: str) -> str | None:
    """The venue in a comment such as `Accepted at ICLR 2024 (oral), 12 pages`."""
    found = _VENUE.search(" ".join(comment[:_LONGEST_COMMENT].split()))
    return _SENTENCE_END.split(found["venue"])[0].strip(" .:") or None if found else None


def links_in(comment: str) -> tuple[str, ...]:
    """The addresses of code, data and pages in a comment."""
    return tuple(found.url for found in links.find(comment[:_LONGEST_COMMENT]) if found.link)


def withdrawal(comment: str, line: int, file: str) -> Iterator[Problem]:
    """A warning if the comment, the only place that says so, tells of a withdrawal."""
    if _WITHDRAWN.search(comment):
        message = f"the authors' comment says that the paper is withdrawn: {quoted(comment)}"
        cure = "leave it out, or give the reason with withdrawn: in the curation"
        yield Problem(Location(file, line), message, cure, "warning")
