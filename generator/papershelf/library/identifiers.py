"""What a person names a paper by: an arXiv id, a DOI, a web address, else its id or title."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from papershelf.core.model import Paper
from papershelf.text import links, slug

_ARXIV = re.compile(
    r"(?i:arxiv:\s*|(?:https?://)?(?:www\.|export\.)?(?:arxiv|alphaxiv)\.org/(?:abs|pdf|html|overview)/"
    r"|https?://(?:huggingface|hf)\.co/papers/|(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.48550/arxiv\.)?"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?(?:[?#].*)?"
)
_DOI = re.compile(r"(?i:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<id>10\.\d{4,9}/\S+)")
_OPENREVIEW = "openreview.net"


@dataclass(frozen=True, slots=True)
class Named:
    """What was typed, understood: the field of a decision that says it, and the value.

    `name` is what the paper can be called by until its title is known; `label` is what a link is called.
    The field `paper` stands for an id or a title.
    """

    field: Literal["arxiv", "doi", "code", "links", "paper"]
    value: str
    name: str
    label: str = ""


def identify(words: str) -> Named:
    """What a person means by `words`."""
    typed = words.strip()
    if found := _ARXIV.fullmatch(typed):
        return Named("arxiv", found["id"], found["id"])
    if found := _DOI.fullmatch(typed):
        return Named("doi", found["id"], found["id"])
    if typed.startswith(("http://", "https://")) and (address := next(iter(links.find(typed)), None)):
        return _address(address)
    return Named("paper", typed, typed)


def _address(found: links.Found) -> Named:
    """A place that is known to hold what papers ship is code; any other is a link about the paper."""
    parts = urlsplit(found.url)
    host = (parts.hostname or "").removeprefix("www.")
    if number := openreview(found.url):
        return Named("links", found.url, f"openreview-{slug(number)}", "OpenReview")
    repository = links.repository(found.url)
    last = repository.name if repository else parts.path.rstrip("/").rpartition("/")[2] or host
    if found.link and not found.warning:
        return Named("code", found.url, slug(last))
    return Named("links", found.url, slug(last), host)


def openreview(url: str) -> str | None:
    """The OpenReview id in an address, None if there is none."""
    parts = urlsplit(url)
    return next(iter(parse_qs(parts.query).get("id", ())), None) if parts.hostname == _OPENREVIEW else None


def leads_to(url: str, paper: Paper) -> bool:
    """Whether an address belongs to a paper: its page, its code, its OpenReview forum."""
    addresses = {links.key(each) for each in _addresses(paper)}
    number = openreview(url)
    return links.key(url) in addresses or (number is not None and number == paper.openreview)


def _addresses(paper: Paper) -> Iterator[str]:
    yield from filter(None, (paper.url, paper.pdf))
    yield from (link.url for link in paper.links)
    yield from (reference.url for reference in paper.references)
