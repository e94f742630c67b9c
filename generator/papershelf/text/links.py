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
from papershelf.text.link_kinds import DATA_DOI, RULES

MAX_URL = 2000
MAX_CACHED = 200_000
CODE: Final[frozenset[LinkKind]] = frozenset({"repository", "notebook", "package"})

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
    rf"|(?<![\w./])(?:doi:\s*)?(?P<data>{DATA_DOI}{_TAIL}*)"
    rf"|(?<![\w@./:%=#?&+-])(?:[a-z0-9-]+\.)+[a-z]{{2,}}(?::\d+)?(?:/{_TAIL}*)?",
    re.IGNORECASE,
)
_CODE_HOSTS = _GITHUB | {"gitlab.com", "bitbucket.org", "codeberg.org"}
_WRAPPED = re.compile(
    r"(?P<host>https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/)(?P<gap>\s+)"
    r"(?P<rest>[A-Za-z0-9][\w-]*/[A-Za-z0-9_][\w.-]*)",
    re.IGNORECASE,
)
_WORD_PAIRS = frozenset({"and/or", "his/her", "he/she", "she/he", "her/his", "his/hers", "input/output"})
# Punctuation, and marks of footnotes: daggers, section signs, raised digits.
_BEHIND = ".,;:!?*$\u2020\u2021\xa7\xb6\xb9\xb2\xb3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
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


def without_debris(url: str) -> str:
    """The URL of a repository without the punctuation and footnote marks behind it; any other as it is."""
    return trim(url) if kind(url) == "repository" else url


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
    plain = _WRAPPED.sub(_joined, without_tex_escapes(text.translate(_INVISIBLE)))
    for match in _CANDIDATE.finditer(plain):
        scheme = match["scheme"]
        if scheme:
            yield "".join(scheme.split()) + match[0][len(scheme) :]
        elif match["data"]:
            yield f"https://doi.org/{match['data']}"
        elif _is_bare_link(match[0]):
            yield match[0]


def _joined(match: re.Match[str]) -> str:
    """An address that a line break cuts behind its host: whole if the next line can only be its rest."""
    is_sure = "\n" in match["gap"] and match["rest"].lower() not in _WORD_PAIRS
    return f"{match['host']}{match['rest']}" if is_sure else match[0]


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
    if (parts.hostname or "") in _CODE_HOSTS and parts.path == "/":
        return FoundLink(None, url, "ends at the host; is its rest on the next line?")
    if len(url) > MAX_URL:
        return FoundLink(None, url, f"is longer than {MAX_URL} characters")
    if known and kind_ is None:
        return FoundLink(None, url)
    warning = "" if known else f"the host {parts.hostname} is not known; kept as a project's page"
    return FoundLink(Link(url=url, kind=kind_ or "project"), url, warning)


def trim(text: str) -> str:
    """Cut off what follows a URL: everything from an unbalanced bracket on, then final punctuation."""
    body = _END.split(text.replace("&amp;", "&"), maxsplit=1)[0]
    return body[: _unbalanced(body)].rstrip(_BEHIND)


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
    for host_rule, path_rule, what in RULES:
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
