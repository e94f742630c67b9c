"""Links in raw text: found, freed from the debris around them, and told apart by where they lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

from papershelf.core.model import Link, LinkKind

MAX_URL = 2000
REMEMBERED = 200_000
CODE: Final[frozenset[LinkKind]] = frozenset({"repository", "notebook", "package"})

# What a link may be, by host and path; the first row that matches decides. `None` is a page that
# belongs to the literature and not to what a paper ships.
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

# Hosts that have nothing but whole sites below them, so that the bare name is already a link.
_SITE = re.compile(r".+\.(github\.io|gitlab\.io|readthedocs\.io|pages\.dev|streamlit\.app|hf\.space)")
_OWNERLESS = {"anonymous.4open.science": "r/", "anon-github.automl.cc": "r/", "sourceforge.net": "projects/"}
_GITHUB = frozenset({"github.com", "www.github.com"})

# What no URL holds: spaces, controls, brackets but round ones, quotes, dashes and full-width punctuation.
_ENDS = (
    r"\s\x00-\x20\x7f<>\"'`\\{}|^\[\]\u00ab\u00bb\u2013\u2014\u2018-\u201f\u2026\u2028-\u202e\u2060-\u2069"
    r"\u3001\u3002\u3008-\u3011\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
)
_END = re.compile(f"[{_ENDS}]")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[^.:\s/]+(\.[^.:\s/]+)+\.?")
_TAIL = f"(?:(?!(?<![/=])https?://)[^{_ENDS}])"
_CANDIDATE = re.compile(
    rf"(?P<scheme>https?:\s?/\s?/\s?){_TAIL}+"
    rf"|(?<![\w@./:%=#?&+-])(?:[a-z0-9-]+\.)+[a-z]{{2,}}(?::\d+)?(?:/{_TAIL}*)?",
    re.IGNORECASE,
)
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\ufeff")
_TEX_ESCAPE = re.compile(r"\{\\([_#%&~])\}|\\([_#%&])(?:\{\})?|\\~(?:\{\})?|\$?\\sim\$?")


@dataclass(frozen=True, slots=True)
class Found:
    """A link of a text: `url` as cleaned, `link` None where it leads to nothing the paper ships."""

    link: Link | None
    url: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Repository:
    """A code repository, as written; compare by `key`, for hosts do not mind the case of letters."""

    host: str
    owner: str
    name: str

    @property
    def label(self) -> str:
        """`owner/name`, or the name alone where the host hides the owner."""
        return f"{self.owner}/{self.name}" if self.owner else self.name

    @property
    def key(self) -> str:
        """The same for every spelling of one repository."""
        return f"{self.host}/{self.label}".lower()

    @property
    def url(self) -> str:
        """The repository's own page."""
        return f"https://{self.host}/{_OWNERLESS.get(self.host, '')}{self.label}"


def find(text: str) -> tuple[Found, ...]:
    """Every link in a text as it came (before cleaning), each once, in order."""
    found: dict[str, Found] = {}
    for candidate in _candidates(text):
        item = _judge(candidate)
        if item:
            found.setdefault(key(item.url), item)
    return tuple(found.values())


def canonical(url: str) -> str | None:
    """The http(s) URL without the debris around it, None if it is none or hides a user name."""
    parts = _split(_trim(url.strip()))
    return _written(parts) if parts and not _refusal(parts) else None


def kind(url: str) -> LinkKind | None:
    """What a URL leads to; `project` for a host nobody knows, None for papers and what is no link."""
    parts = _split(_trim(url.strip()))
    return _rule(parts)[1] if parts and not _refusal(parts) else None


@lru_cache(REMEMBERED)
def key(url: str) -> str:
    """The same for every spelling of one link: http or https, `www.`, a last slash, letters' case."""
    parts = _split(url)
    if not parts:
        return url
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")
    place = repository(url)
    named = f"/{place.label}".lower() if place else ""
    if path[: len(named)].lower() == named:
        path = named + path[len(named) :]
    return parts._replace(scheme="https", netloc=host, path=path).geturl()


@lru_cache(REMEMBERED)
def repository(url: str) -> Repository | None:
    """The repository that a URL belongs to, however deep it leads; None if it is in none."""
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
    """How many steps name the project: GitLab nests groups and ends them with `-` or a view's name."""
    ends = (at for at, step in enumerate(steps) if at > 1 and step in {"-", "tree", "blob", "raw", "issues"})
    return next(ends, len(steps))


def _candidates(text: str) -> Iterator[str]:
    plain = _TEX_ESCAPE.sub(lambda m: m[1] or m[2] or "~", text.translate(_INVISIBLE))
    for match in _CANDIDATE.finditer(plain):
        scheme = match["scheme"]
        if scheme:
            yield "".join(scheme.split()) + match[0][len(scheme) :]
        elif _is_bare_link(match[0]):
            yield match[0]


def _is_bare_link(text: str) -> bool:
    """Whether a name without a scheme is meant as a link: `www.` or a known host with a path."""
    parts = _split(_trim(text))
    if not parts or not parts.hostname:
        return False
    if text.lower().startswith("www."):
        return True
    return bool(_SITE.fullmatch(parts.hostname)) or (len(parts.path) > 1 and _rule(parts)[0])


def _judge(candidate: str) -> Found | None:
    trimmed = _trim(candidate)
    parts = _split(trimmed)
    if not parts:
        return Found(None, trimmed, "is not a link that can be followed")
    if refusal := _refusal(parts):
        return Found(None, trimmed, refusal)
    url = _written(parts)
    known, what = _rule(parts)
    if len(url) > MAX_URL:
        return Found(None, url, f"is longer than {MAX_URL} characters")
    if known and what is None:
        return Found(None, url)
    warning = "" if known else f"the host {parts.hostname} is not known; kept as a project's page"
    return Found(Link(url=url, kind=what or "project"), url, warning)


def _trim(text: str) -> str:
    """Cut off what surrounds a URL: anything behind a stray bracket, then punctuation at the end."""
    body = _END.split(text.replace("&amp;", "&"), maxsplit=1)[0]
    return body[: _unbalanced(body)].rstrip(".,;:!?*$")


def _unbalanced(text: str) -> int:
    """Where the first round bracket without a partner is, or the length."""
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
    """The parts of an absolute http(s) URL with a host that has a dot, and a port that is one."""
    try:
        parts = urlsplit(url if _SCHEME.match(url) else f"https://{url}")
        has_host = bool(_HOST.fullmatch(parts.hostname or "")) and parts.port != 0
    except ValueError:
        return None
    return parts if has_host and parts.scheme in {"http", "https"} else None


def _refusal(parts: SplitResult) -> str:
    return "hides its host behind a user name" if "@" in parts.netloc else ""


def _rule(parts: SplitResult) -> tuple[bool, LinkKind | None]:
    """Whether the place is known, and what it is."""
    host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    path = _path(parts)
    for host_rule, path_rule, what in _RULES:
        if host_rule.fullmatch(host) and path_rule.match(path):
            return True, what
    return False, "project"


def _path(parts: SplitResult) -> str:
    """The path without a slash at its end and without `.git`, as the table reads it."""
    return parts.path.rstrip("/").removesuffix(".git")


def _written(parts: SplitResult) -> str:
    """The URL as we keep it: only a place that is known loses its slash, its `.git`, its `www.`."""
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
