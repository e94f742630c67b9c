"""Identifiers of works: arXiv ids, DOIs and OpenReview ids, as people and services write them."""

import re
from collections.abc import Callable
from html import unescape
from typing import Final, Literal, NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from papershelf.text import links

IdentifierKind = Literal["arxiv", "doi", "openreview"]


class WorkId(NamedTuple):
    """An identifier without prefix, version or address; `key` compares two spellings of one."""

    kind: IdentifierKind
    value: str

    @property
    def key(self) -> tuple[IdentifierKind, str]:
        """A pair that is the same for all spellings, and for all versions of a preprint."""
        if self.kind == "arxiv":
            return "arxiv", _SUBJECT_CLASS.sub("/", self.value.casefold())
        if self.kind == "openreview":
            return self
        value = self.value.casefold()
        return "doi", _VERSION_OF_DOI.sub("", value) if value.startswith(_VERSIONED) else value


_YEAR_MONTH: Final = r"\d{2}(?:0[1-9]|1[0-2])"
_NEW_ARXIV: Final = (
    rf"(?=0[7-9]|1[0-4]){_YEAR_MONTH}\.\d{{4}}(?!\d)|(?=1[5-9]|[2-9]){_YEAR_MONTH}\.\d{{5}}(?!\d)"
)
_OLD_ARXIV: Final = rf"(?:[a-z]+-)?[a-z]+(?:\.[A-Za-z]{{2}})?/{_YEAR_MONTH}\d{{3}}(?!\d)"
_ARXIV: Final = rf"(?P<id>{_NEW_ARXIV}|{_OLD_ARXIV})(?:v\d+)?"
_SUBJECT_CLASS: Final = re.compile(r"\.[a-z]{2}/")
# With or without prefix, and the main category behind it: arXiv:2501.12340v2 [cs.CL]
_TYPED_ARXIV: Final = re.compile(
    rf"(?:(?:arXiv preprint )?arXiv\s*[:\s]\s*|(?:CoRR,?\s*)?abs/|10\.48550/arXiv[.:])?"
    rf"{_ARXIV}(?:\s*[\[(][\w.,; -]+[\])])?[.,;]?",
    re.IGNORECASE,
)
_ARXIV_HOST: Final = re.compile(
    r"(?:[a-z0-9-]+\.)?arxiv\.org|(?:www\.)?(?:alphaxiv|ar5iv)\.org|ar5iv\.labs\.arxiv\.org|xxx\.lanl\.gov"
)
_ARXIV_PATH: Final = re.compile(
    rf"/(?:abs|pdf|html|format|e-print|src|ps|overview|papers)/{_ARXIV}(?:\.pdf)?/?", re.IGNORECASE
)
_HF_PATH: Final = re.compile(rf"/papers/{_ARXIV}/?")

_PREFIX: Final = r"10\.\d{4,9}(?:\.\d+)*"
_TYPED_DOI: Final = re.compile(rf"(?:doi\s*[:=]?\s*(?:org/)?)?(?P<doi>{_PREFIX}/\S+)", re.IGNORECASE)
_DOI_IN_PATH: Final = re.compile(rf"(?:^|[/=])(?P<doi>{_PREFIX}/[^\s?#]+)")
_DOI_HOSTS: Final = frozenset({"doi.org", "dx.doi.org", "www.doi.org", "hdl.handle.net"})
_MARKUP: Final = re.compile(r"\{?\\([_#%&~<>])\}?|\$([<>])\$|\\text(less|greater)(?:\{\})?")
_ENCODED: Final = re.compile(r"%[0-9A-Fa-f]{2}")
_BEHIND: Final = ".,;:'\"*†‡\\"
_PAIRS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
# Versions of a preprint that have DOIs of their own: Research Square, Preprints.org, ChemRxiv.
_VERSION_OF_DOI: Final = re.compile(r"(?<=\d)[/.]v\d+$|-v\d+$")
_VERSIONED: Final = ("10.21203/", "10.20944/", "10.26434/")
# What publishers append to the DOI in an address.
_VIEW: Final = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|epub|summary|meta|references|citations?|html|fulltext(?:\.html)?)"
    r"|\.(?:pdf|full|abstract|short|html|full\.pdf|full-text))+/?$"
)
_BIORXIV: Final = re.compile(r"(10\.(?:1101|64898)/[\d.]*\d)v\d+(?:\D.*)?$")
# Silverchair's addresses go on behind the DOI: how many segments of the path it has after its prefix.
_SEGMENTS: Final = {"academic.oup.com": 2, "direct.mit.edu": 1}
# The ACL Anthology has DOIs of its own for the ACL's conferences since 2016, not for every volume.
_ACL: Final = re.compile(
    r"/(?P<id>[PNDKSE]1[6-9]-\d{4}"
    r"|20[2-9]\d\.(?:findings-\w+|(?:acl|naacl|emnlp|eacl|aacl|conll|semeval|starsem)-[a-z0-9]+)\.\d+)"
    r"(?:v\d+)?(?:\.pdf|\.bib)?/?",
    re.IGNORECASE,
)
_NATURE: Final = re.compile(r"/articles/(?P<id>[a-z0-9.-]*\d[a-z0-9-]*)(?:\.pdf|/\w+)?/?")
_OPENREVIEW: Final = re.compile(r"[A-Za-z0-9_-]+")
_SHORTEST_OPENREVIEW: Final = 6
_ADDRESS: Final = re.compile(r"https?://|(?:www\.)?(?:[a-z0-9-]+\.)+[a-z]{2,}/", re.IGNORECASE)
_WRAPPED: Final = re.compile(r"\\url\{(.*)\}|<(\S+)>", re.DOTALL)


def parse(text: str) -> WorkId | None:
    """The identifier that a text is, with or without prefix, or that the address of a work tells."""
    text = text.strip()
    if len(text) > links.MAX_URL:
        return None
    if wrapped := _WRAPPED.fullmatch(text):
        text = (wrapped[1] or wrapped[2]).strip()
    if found := _TYPED_ARXIV.fullmatch(text):
        return _arxiv(found["id"])
    if _ADDRESS.match(text):
        return _in_address(text)
    if found := _TYPED_DOI.fullmatch(text):
        return _doi(found["doi"])
    return None


def parse_as(kind: IdentifierKind, text: str) -> WorkId | None:
    """Like `parse`, also for a bare OpenReview id, which looks like any word."""
    found = parse(text)
    bare = text.strip()
    if found or kind != "openreview" or len(bare) < _SHORTEST_OPENREVIEW:
        return found
    return WorkId("openreview", bare) if _OPENREVIEW.fullmatch(bare) else None


def _in_address(text: str) -> WorkId | None:
    try:
        parts = urlsplit(text if re.match("https?://", text, re.IGNORECASE) else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    return next((found for reader in _READERS if (found := reader(host, parts))), None)


def _from_arxiv(host: str, parts: SplitResult) -> WorkId | None:
    on_arxiv = _ARXIV_HOST.fullmatch(host) and _ARXIV_PATH.fullmatch(parts.path)
    found = on_arxiv or (host in ("huggingface.co", "hf.co") and _HF_PATH.fullmatch(parts.path))
    return _arxiv(found["id"]) if found else None


def _from_openreview(host: str, parts: SplitResult) -> WorkId | None:
    if host != "openreview.net" or parts.path.rstrip("/") not in ("/forum", "/pdf", "/revisions"):
        return None
    value = next(iter(parse_qs(parts.query).get("id", ())), "")
    return WorkId("openreview", value) if _OPENREVIEW.fullmatch(value) else None


def _from_doi_org(host: str, parts: SplitResult) -> WorkId | None:
    """doi.org: nobody types `?` or `#` in a DOI without encoding them, except in the query of a proxy."""
    found = _TYPED_DOI.fullmatch(unquote(parts.path.lstrip("/")))
    return _doi(found["doi"]) if found and host in _DOI_HOSTS else None


def _from_own_scheme(host: str, parts: SplitResult) -> WorkId | None:
    """Hosts whose addresses hold the suffix of the DOI only."""
    if host == "aclanthology.org" and (found := _ACL.fullmatch(parts.path)):
        return WorkId("doi", f"10.18653/v1/{found['id']}")
    if host == "nature.com" and (found := _NATURE.fullmatch(parts.path)):
        return WorkId("doi", f"10.1038/{found['id']}")
    return None


def _from_publisher(host: str, parts: SplitResult) -> WorkId | None:
    """Any address with a DOI in it, unless it leads to code, data or the like."""
    if host in _DOI_HOSTS or links.kind(parts.geturl()) not in (None, "project"):
        return None
    query = parse_qs(parts.query)
    places = (unquote(parts.path), *(value for name in ("id", "doi") for value in query.get(name, ())))
    found = next((found for place in places if (found := _DOI_IN_PATH.search(place))), None)
    if not found:
        return None
    value = _VIEW.sub("", found["doi"])
    if host in _SEGMENTS:
        value = "/".join(value.split("/")[: _SEGMENTS[host] + 1])
    return _doi(value)


_READERS: Final[tuple[Callable[[str, SplitResult], WorkId | None], ...]] = (
    _from_arxiv,
    _from_openreview,
    _from_doi_org,
    _from_own_scheme,
    _from_publisher,
)


def _arxiv(value: str) -> WorkId:
    """The id in arXiv's spelling: archives in small letters, subject classes in capital ones."""
    archive, slash, number = value.partition("/")
    name, dot, subject = archive.partition(".")
    return WorkId("arxiv", f"{name.lower()}{dot}{subject.upper()}/{number}" if slash else value)


def _doi(raw: str) -> WorkId | None:
    """The DOI without markup, percent-encoding and what follows it; one of arXiv's becomes its arXiv id."""
    value = _MARKUP.sub(_unescaped, unescape(raw))
    value = unquote(value) if _ENCODED.search(value) else value
    value = _BIORXIV.sub(r"\1", _without_end(value))
    if found := _TYPED_ARXIV.fullmatch(value):
        return _arxiv(found["id"])
    is_doi = re.fullmatch(rf"{_PREFIX}/[^\s\\]+", value) and value.isprintable()
    return WorkId("doi", value) if is_doi else None


def _unescaped(match: re.Match[str]) -> str:
    return match[1] or match[2] or {"less": "<", "greater": ">"}[match[3]]


def _without_end(value: str) -> str:
    """The DOI without final punctuation, and without a closing bracket that nothing opens."""
    while True:
        last = value[-1:]
        opening = _PAIRS.get(last, "")
        surplus = bool(opening) and value.count(last) > value.count(opening)
        if not last or not (surplus or last in _BEHIND):
            return value
        value = value[:-1]
