"""Links in raw text: found, cleaned of the debris around them, and classified by where they lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from papershelf.core import web_urls
from papershelf.core.model import Link, LinkKind
from papershelf.text.characters import without_tex_escapes

MAX_URL = 2000
MAX_CACHED = 200_000
CODE: Final[frozenset[LinkKind]] = frozenset({"repository", "notebook", "package"})

# The kind of a link by host and path; the first row that matches decides. None: a page of the literature,
# which is nothing that a paper comes with.
_TABLE: tuple[tuple[str, str, LinkKind | None], ...] = (
    (r"(github|gitlab|kaggle|youtube)\.com|(huggingface|hf)\.co|pypi\.org|zenodo\.org", r"$", None),
    (r"github\.com", r"/(orgs|topics|sponsors|collections|users|apps)/|/[^/]+$", "project"),
    (r"github\.com|gist\.github\.com|raw\.githubusercontent\.com", r"/[^/]+/[^/]", "repository"),
    (r"gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com|gitcode\.(com|net)", r"/[^/]+/[^/]", "repository"),
    (r"gitlab\..+|git\.[^.]+\..+|notabug\.org|openi\.pcl\.ac\.cn", r"/[^/]+/[^/]", "repository"),
    (r"(git\.)?sr\.ht|hg\.sr\.ht", r"/~[^/]+/[^/]", "repository"),
    (r"anonymous\.4open\.science|anon-github\.automl\.cc", r"/(r|repository)/[^/]", "repository"),
    (r"sourceforge\.net", r"/projects/[^/]", "repository"),
    (r"huggingface\.co|hf\.co", r"/datasets/[^/]", "dataset"),
    (r"huggingface\.co|hf\.co", r"/spaces/[^/]", "demo"),
    (r"huggingface\.co|hf\.co", r"/papers\b", None),
    (r"huggingface\.co|hf\.co", r"/(collections|docs|blog|learn|posts)/|/[^/]+$", "project"),
    (r"huggingface\.co|hf\.co", r"/[^/]+/[^/]", "model"),
    (r".+\.hf\.space|.+\.gradio\.(live|app)|(.+\.)?streamlit\.(app|io)|replicate\.com", r"/?", "demo"),
    (r"youtu\.be|(m\.)?youtube\.com|vimeo\.com|bilibili\.com", r"/[^/]", "demo"),
    (r"modelscope\.(cn|ai)", r"/datasets/", "dataset"),
    (r"modelscope\.(cn|ai)", r"/studios/", "demo"),
    (r"modelscope\.(cn|ai)", r"/models/", "model"),
    (r"tfhub\.dev|ollama\.com|civitai\.com", r"/[^/]", "model"),
    (r"kaggle\.com", r"/(code|kernels|notebooks)/|/[^/]+/[^/]+/notebook", "notebook"),
    (r"kaggle\.com", r"/models/", "model"),
    (r"kaggle\.com", r"/[^/]+/[^/]", "dataset"),
    (r"colab\.research\.google\.com|colab\.google|nbviewer\.(org|jupyter\.org)", r"/[^/]", "notebook"),
    (r"mybinder\.org|deepnote\.com|observablehq\.com", r"/[^/]", "notebook"),
    (r"zenodo\.org|(.+\.)?figshare\.com|data\.mendeley\.com|(.+\.)?dataverse\..+", r"/[^/]", "dataset"),
    (r"openml\.org|osf\.io|ieee-dataport\.org|opendatalab\.com|academictorrents\.com", r"/[^/]", "dataset"),
    (r"drive\.google\.com|dropbox\.com|physionet\.org|archive\.ics\.uci\.edu", r"/[^/]", "dataset"),
    (r"pypi\.(org|python\.org)", r"/(project|pypi)/[^/]", "package"),
    (r"npmjs\.com", r"/package/[^/]", "package"),
    (r"crates\.io|docs\.rs|anaconda\.org|pkg\.go\.dev|hub\.docker\.com|rubygems\.org", r"/[^/]", "package"),
    (
        r"(cran|.+\.cran)\.r-project\.org|bioconductor\.org|hackage\.haskell\.org|nuget\.org",
        r"/[^/]",
        "package",
    ),
    (r"arxiv\.org|(dx\.)?doi\.org|openreview\.net|aclanthology\.org|(papers|proceedings)\..+", r"/?", None),
    (r"openaccess\.thecvf\.com|ieeexplore\.ieee\.org|dl\.acm\.org|link\.springer\.com", r"/?", None),
    (r"sciencedirect\.com|(bio|med)rxiv\.org|semanticscholar\.org|.+\.wikipedia\.org|jmlr\.org", r"/?", None),
    (r".+\.(github|gitlab|codeberg|readthedocs)\.(io|page)", r"/?", "project"),
    (
        r".+\.(pages|workers)\.dev|.+\.(vercel|netlify|web)\.app|.+\.notion\.site|.+\.webflow\.io",
        r"/?",
        "project",
    ),
    (r"sites\.google\.com|paperswithcode\.com|wandb\.ai|bitbucket\.io", r"/[^/]", "project"),
    (r"(.+\.)?(research\.google|allenai\.org|deepmind\.(com|google)|eleuther\.ai)", r"/?", "project"),
    (
        r"research\.(nvidia|facebook|ibm|microsoft|adobe)\.com|ai\.(meta|google|facebook)\.(com|dev)",
        r"/?",
        "project",
    ),
    (r".+\.(edu|ac\.[a-z]{2}|edu\.[a-z]{2})", r"/?", "project"),
    (
        r"(.+\.)?(ethz\.ch|epfl\.ch|inria\.fr|mpg\.de|tum\.de|uva\.nl|kuleuven\.be)",
        r"/?",
        "project",
    ),
    (r".+\.uni-[a-z]+\.de|.+\.tu-[a-z]+\.de", r"/?", "project"),
)
_RULES = tuple((re.compile(host), re.compile(path), kind) for host, path, kind in _TABLE)

# Hosts whose subdomains are whole sites: the host name alone is a link.
_SITE_HOST = re.compile(r".+\.(github\.io|gitlab\.io|readthedocs\.io|pages\.dev|streamlit\.app|hf\.space)")
_OWNERLESS = {"anonymous.4open.science": "r/", "anon-github.automl.cc": "r/", "sourceforge.net": "projects/"}
_GITHUB = frozenset({"github.com", "www.github.com"})

# What ends a URL: spaces, controls, brackets other than round ones, quotes, dashes, full-width punctuation.
_NOT_IN_URLS = (
    r"\s\x00-\x20\x7f-\x9f\u200e\u200f<>\"'`\\{}|^\[\]\u00ab\u00bb\u2013\u2014\u2018-\u201f\u2026\u2028-\u202e\u2060-\u2069"
    r"\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)
_END = re.compile(f"[{_NOT_IN_URLS}]")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[^.:\s/]+(\.[^.:\s/]+)+\.?")
_TAIL = f"(?:(?!(?<![/=])https?://)[^{_NOT_IN_URLS}])"
_CANDIDATE = re.compile(
    rf"(?P<scheme>https?:\s?/\s?/\s?){_TAIL}+"
    rf"|(?<![\w@./:%=#?&+-])(?:[a-z0-9-]+\.)+[a-z]{{2,}}(?::\d+)?(?:/{_TAIL}*)?",
    re.IGNORECASE,
)
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link in a text: its cleaned `url`; `link` is None if it leads to nothing that a paper comes with."""

    link: Link | None
    url: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Repository:
    """A code repository as it was written. Compare by `key`: hosts ignore the case of letters."""

    host: str
    owner: str
    name: str

    @property
    def label(self) -> str:
        """`owner/name`, or the name alone where the host hides the owner."""
        return f"{self.owner}/{self.name}" if self.owner else self.name

    @property
    def key(self) -> str:
        """A key that all spellings of one repository share."""
        return f"{self.host}/{self.label}".lower()

    @property
    def url(self) -> str:
        """The repository's own page."""
        return f"https://{self.host}/{_OWNERLESS.get(self.host, '')}{self.label}"


def find(text: str) -> tuple[FoundLink, ...]:
    """Every link in a raw text, that is before cleaning; each once, in order."""
    found: dict[str, FoundLink] = {}
    for candidate in _candidates(text):
        link = _judge(candidate)
        found.setdefault(key(link.url), link)
    return tuple(found.values())


def canonical(url: str) -> str | None:
    """The http(s) URL without debris around it; None if it is not one that can be followed."""
    parts = _split(trim(url.strip()))
    return _canonical_form(parts) if parts else None


def kind(url: str) -> LinkKind | None:
    """The kind of a link; `project` for an unknown host, None for papers and for anything but a link."""
    parts = _split(trim(url.strip()))
    return _rule(parts)[1] if parts else None


@lru_cache(MAX_CACHED)
def key(url: str) -> str:
    """A key that all spellings of one link share: http or https, `www.`, final slash, case of letters."""
    parts = _split(url)
    if not parts:
        return url
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")
    place = repository(url)
    named = f"/{place.label}".lower() if place else ""
    if path[: len(named)].lower() == named:
        path = named + path[len(named) :]
    return parts._replace(scheme="https", netloc=host, path=path).geturl()


@lru_cache(MAX_CACHED)
def repository(url: str) -> Repository | None:
    """The repository that a URL lies in, at any depth; None if it lies in none."""
    clean = canonical(url)
    if not clean or kind(clean) != "repository":
        return None
    parts = urlsplit(clean)
    host = parts.netloc.removeprefix("www.")
    steps = [step for step in parts.path.split("/") if step]
    if host == "raw.githubusercontent.com":
        host = "github.com"
    if host in _OWNERLESS:
        return Repository(host, "", steps[1])
    depth = _gitlab_depth(steps) if host.startswith("gitlab.") else 2
    return Repository(host, "/".join(steps[: depth - 1]), steps[depth - 1].removesuffix(".git"))


def _gitlab_depth(steps: list[str]) -> int:
    """How many path segments name a project: GitLab nests groups; `-` or the name of a view ends them."""
    ends = (at for at, step in enumerate(steps) if at > 1 and step in {"-", "tree", "blob", "raw", "issues"})
    return next(ends, len(steps))


def _candidates(text: str) -> Iterator[str]:
    plain = without_tex_escapes(text.translate(_INVISIBLE))
    for match in _CANDIDATE.finditer(plain):
        scheme = match["scheme"]
        if scheme:
            yield "".join(scheme.split()) + match[0][len(scheme) :]
        elif _is_bare_link(match[0]):
            yield match[0]


def _is_bare_link(text: str) -> bool:
    """Whether a host name without a scheme is a link: it has `www.`, or it is a known host with a path."""
    parts = _split(trim(text))
    if not parts or not parts.hostname:
        return False
    if text.lower().startswith("www."):
        return True
    return bool(_SITE_HOST.fullmatch(parts.hostname)) or (len(parts.path) > 1 and _rule(parts)[0])


def _judge(candidate: str) -> FoundLink:
    trimmed = trim(candidate)
    parts = _split(trimmed)
    if not parts:
        return FoundLink(None, trimmed, _reason_to_refuse(trimmed))
    url = _canonical_form(parts)
    known, kind_ = _rule(parts)
    if len(url) > MAX_URL:
        return FoundLink(None, url, f"is longer than {MAX_URL} characters")
    if known and kind_ is None:
        return FoundLink(None, url)
    warning = "" if known else f"the host {parts.hostname} is not known; kept as a project's page"
    return FoundLink(Link(url=url, kind=kind_ or "project"), url, warning)


def trim(text: str) -> str:
    """Cut off what follows a URL: everything from an unbalanced bracket on, then final punctuation."""
    body = _END.split(text.replace("&amp;", "&"), maxsplit=1)[0]
    return body[: _unbalanced(body)].rstrip(".,;:!?*$")


def _unbalanced(text: str) -> int:
    """The position of the first unbalanced round bracket, or the length."""
    if "(" not in text and ")" not in text:
        return len(text)
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")":
            if not opened:
                return at
            opened.pop()
    return opened[0] if opened else len(text)


def _split(url: str) -> SplitResult | None:
    """The parts of an http(s) URL, also without its scheme; None if it cannot be followed or has no dot."""
    try:
        parts = urlsplit(web_urls.checked(_with_scheme(url)))
    except web_urls.WebUrlError:
        return None
    return parts if _HOST.fullmatch(parts.hostname or "") else None


def _reason_to_refuse(url: str) -> str:
    try:
        web_urls.checked(_with_scheme(url))
    except web_urls.WebUrlError as error:
        return error.message
    return "is not a link that can be followed"


def _with_scheme(url: str) -> str:
    return url if _SCHEME.match(url) else f"https://{url}"


def _rule(parts: SplitResult) -> tuple[bool, LinkKind | None]:
    """Whether the table knows the URL, and the kind of link it is."""
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    path = _path(parts)
    for host_rule, path_rule, what in _RULES:
        if host_rule.fullmatch(host) and path_rule.match(path):
            return True, what
    return False, "project"


def _path(parts: SplitResult) -> str:
    """The path as the table has it: without a final slash and without `.git`."""
    return parts.path.rstrip("/").removesuffix(".git")


def _canonical_form(parts: SplitResult) -> str:
    """The URL in its canonical form; only known hosts lose the final slash, `.git` and `www.`."""
    known, what = _rule(parts)
    host = parts.netloc.lower()
    if not known:
        return parts._replace(scheme=parts.scheme.lower(), netloc=host).geturl()
    path = _path(parts) if what == "repository" else parts.path.rstrip("/")
    path = path.split("(")[0] if what == "repository" else path
    scheme = parts.scheme
    if host in _GITHUB:
        host, scheme = "github.com", "https"
    return parts._replace(scheme=scheme, netloc=host, path=path).geturl()
