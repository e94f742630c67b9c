"""Links that lead to a paper: told by the address alone, without asking the network."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from papershelf.text import links

PaperLinkKind = Literal["arxiv", "doi", "openreview", "url", "pdf"]


class PaperLink(NamedTuple):
    """A link to a paper: the field of an entry that holds it, and its value."""

    kind: PaperLinkKind
    value: str


_NEW_ID: Final = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_OLD_ID: Final = r"[a-z]{2,8}(?:-[a-z]{2,4})?(?:\.[A-Za-z]{2})?/[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}"
ARXIV_ID: Final = rf"(?:{_NEW_ID}|{_OLD_ID})(?![0-9])"
_ARXIV_HOST: Final = re.compile(r"(?:[a-z]+\.)*arxiv\.org|alphaxiv\.org|ar5iv\.org|xxx\.lanl\.gov")
_ARXIV_PATH: Final = re.compile(
    rf"/(?:abs|pdf|html|format|overview|papers|ps|src|e-print)/(?P<id>{ARXIV_ID})(?:v[0-9]{{1,3}})?(?:\.pdf)?/?"
)
_ARXIV_DOI: Final = re.compile(rf"10\.48550/arxiv\.(?P<id>{ARXIV_ID})(?:v[0-9]{{1,3}})?", re.IGNORECASE)
_DOI: Final = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_DOI_OF_DATA: Final = re.compile(
    r"10\.(?:5281/zenodo|6084/m9\.figshare|5061/dryad|7910/dvn)\b", re.IGNORECASE
)
_PLACES: Final = tuple(
    (re.compile(host), re.compile(path))
    for host, path in (
        (r"aclanthology\.org", r"/[A-Za-z0-9][\w.-]*[0-9]"),
        (r"aclweb\.org", r"/anthology/\S"),
        (r"openaccess\.thecvf\.com", r"/\S+\.(?:html|pdf)$"),
        (r"ecva\.net", r"/papers/"),
        (r"(?:papers|proceedings)\.(?:nips|neurips)\.cc", r"/paper(?:_files)?/"),
        (r"proceedings\.mlr\.press|jmlr\.org|jmlr\.csail\.mit\.edu", r"/(?:v[0-9]+|r[0-9]+|papers)/"),
        (r"(?:papers|proceedings)\..+", r"/\S"),
        (r"ieeexplore\.ieee\.org", r"/(?:abstract/)?document/|/(?:iel|xpl|stamp)"),
        (r"computer\.org", r"/csdl/"),
        (r"dl\.acm\.org", r"/(?:doi|citation)"),
        (r"link\.springer\.com", r"/(?:article|chapter|content|book)/"),
        (r"sciencedirect\.com", r"/science/article"),
        (r"(?:.+\.)?(?:onlinelibrary\.wiley|tandfonline|sagepub|worldscientific)\.com", r"/doi/"),
        (r"nature\.com|thelancet\.com|(?:journals|pubs)\..+|mdpi\.com", r"/\S+/\S"),
        (
            r"science\.org|science\.sciencemag\.org|pnas\.org|royalsocietypublishing\.org",
            r"/(?:doi|content)/",
        ),
        (
            r"cell\.com|frontiersin\.org|elifesciences\.org",
            r"/(?:\S+/)?(?:fulltext|articles?)/|/journals/\S+/articles",
        ),
        (r"academic\.oup\.com|direct\.mit\.edu|iopscience\.iop\.org|cambridge\.org", r"/\S*(?:article|doi)"),
        (r"(?:bio|med|chem|psy|tech|eng)rxiv\.(?:org|com)|researchsquare\.com|preprints\.org", r"/\S+/\S"),
        (r"semanticscholar\.org", r"/paper/"),
        (r"api\.semanticscholar\.org", r"/CorpusID:"),
        (
            r"ojs\.aaai\.org|(?:cdn\.)?aaai\.org",
            r"/(?:index\.php/AAAI|ojs|ocs|papers|Papers)/|/index\.php/\w+/article",
        ),
        (r"ijcai\.org", r"/(?:proceedings|abstract|Abstract)/\S*[0-9]/[0-9]"),
        (r"isca-(?:speech|archive)\.org", r"/\S+/\S"),
        (r"usenix\.org", r"/conference/[^/]+/presentation/|/system/files/"),
        (r"ndss-symposium\.org", r"/ndss-paper/"),
        (r"roboticsproceedings\.org|drops\.dagstuhl\.de|vldb\.org|mlsys\.org", r"/\S+/\S"),
        (r"pubmed\.ncbi\.nlm\.nih\.gov|europepmc\.org", r"/\S*[0-9]"),
        (r"(?:pmc\.)?ncbi\.nlm\.nih\.gov", r"/(?:pmc/)?(?:articles|pubmed)/"),
        (r"papers\.ssrn\.com|ssrn\.com", r"/(?:sol3|abstract)"),
        (
            r"(?:.+\.)?hal\.science|hal\.inria\.fr|(?:.+\.)?archives-ouvertes\.fr",
            r"/(?:\w+-)?hal-[0-9]|/hal-|/tel-",
        ),
        (r"eprint\.iacr\.org", r"/[0-9]{4}/[0-9]"),
        (r"osf\.io", r"/preprints/"),
        (r"dblp\.(?:org|uni-trier\.de)", r"/rec/"),
        (r"distill\.pub", r"/[0-9]{4}/"),
        (r"transformer-circuits\.pub", r"/[0-9]{4}/"),
        (r"core\.ac\.uk", r"/(?:download|reader|works?)/"),
    )
)


def paper_link(url: str) -> PaperLink | None:
    """The paper that an address leads to; None if it leads elsewhere."""
    if len(url) > links.MAX_URL or not url[:8].lower().startswith(("http://", "https://")):
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        query = parse_qs(parts.query)
    except ValueError:
        return None
    path = unquote(parts.path)
    if _ARXIV_HOST.fullmatch(host) or host in {"huggingface.co", "hf.co"}:
        found = _ARXIV_PATH.fullmatch(path)
        return PaperLink("arxiv", found["id"]) if found else None
    if host in {"doi.org", "dx.doi.org"}:
        return identifier(path.lstrip("/"))
    if host == "openreview.net":
        return _forum(path, query)
    return _page(host, path, url.strip())


def _forum(path: str, query: Mapping[str, Sequence[str]]) -> PaperLink | None:
    forum = next(iter(query.get("id", ())), "")
    is_paper = path.rstrip("/") in {"/forum", "/pdf", "/revisions", "/attachment"}
    return PaperLink("openreview", forum) if is_paper and re.fullmatch(r"[\w-]{3,40}", forum) else None


def _page(host: str, path: str, url: str) -> PaperLink | None:
    if path.lower().endswith(".pdf"):
        return PaperLink("pdf", url)
    is_paper = any(there.fullmatch(host) and what.match(path) for there, what in _PLACES)
    return PaperLink("url", url) if is_paper else None


def identifier(text: str) -> PaperLink | None:
    """The DOI that a text is, one of arXiv's as an arXiv id; None if it is none, or one of data."""
    if found := _ARXIV_DOI.fullmatch(text):
        return PaperLink("arxiv", found["id"])
    is_paper = _DOI.fullmatch(text) and not _DOI_OF_DATA.match(text)
    return PaperLink("doi", text.rstrip(".,;")) if is_paper else None
