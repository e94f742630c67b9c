"""Parse what a person names a paper by: an arXiv id, a DOI, a URL, or else its id or title."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from papershelf.core.model import Paper
from papershelf.text import identifiers, links, slug


@dataclass(frozen=True, slots=True)
class Identifier:
    """A parsed identifier of a paper.

    field: the field of a decision that holds it; `paper` for an id or a title.
    value: the identifier without prefix or version.
    name: a name for the paper until its title is known.
    label: the title of a link, "" for other identifiers.
    """

    field: Literal["arxiv", "doi", "code", "links", "paper"]
    value: str
    name: str
    label: str = ""


def identify(typed: str) -> Identifier:
    """Parse what a person typed."""
    typed = typed.strip()
    found = identifiers.parse(typed)
    if found and found.kind != "openreview":
        return Identifier(found.kind, found.value, found.value)
    link = next(iter(links.find(typed)), None) if typed.startswith(("http://", "https://")) else None
    if link and (link.link or not link.warning):
        return _from_link(link)
    return Identifier("paper", typed, typed)


def _from_link(found: links.FoundLink) -> Identifier:
    """A link to a known host of code or data is `code`; any other is a link about the paper."""
    parts = urlsplit(found.url)
    host = (parts.hostname or "").removeprefix("www.")
    if forum := _openreview_id(found.url):
        return Identifier("links", found.url, f"openreview-{slug(forum)}", "OpenReview")
    repository = links.repository(found.url)
    last = repository.name if repository else parts.path.rstrip("/").rpartition("/")[2] or host
    if found.link and not found.warning:
        return Identifier("code", found.url, slug(last))
    return Identifier("links", found.url, slug(last), host)


def _openreview_id(url: str) -> str | None:
    found = identifiers.parse(url)
    return found.value if found and found.kind == "openreview" else None


def leads_to(url: str, paper: Paper) -> bool:
    """Whether a URL is one of a paper's: its page, its code, its OpenReview forum."""
    forum = _openreview_id(url)
    is_linked = links.key(url) in {links.key(each) for each in _urls(paper)}
    return is_linked or (forum is not None and forum == paper.openreview)


def _urls(paper: Paper) -> Iterator[str]:
    yield from filter(None, (paper.url, paper.pdf))
    yield from (link.url for link in paper.links)
    yield from (reference.url for reference in paper.references)
