"""Paths within the site. A page is identified by its Markdown file, `…/index.md`; its URL is the folder."""

import posixpath
import re
from datetime import date
from typing import Literal
from urllib.parse import unquote

from papershelf.core.partial_date import PartialDate

FeedFormat = Literal["xml", "json"]

HOME = "index.md"
ABOUT = "about/index.md"
TOPICS = "topics/index.md"
EDITIONS = "editions/index.md"
ARCHIVE = "archive/index.md"
UNDATED = "archive/undated/index.md"
BROWSE = "browse/index.md"
CODE = "code/index.md"
DISCUSSED = "discussed/index.md"
STATS = "stats/index.md"
COLLECTIONS = "collections/index.md"
PAPERS = "papers/"
DIGESTS = "digests/index.md"
RESERVED = frozenset(
    {
        "api",
        "archive",
        "assets",
        "browse",
        "code",
        "collections",
        "digests",
        "discussed",
        "editions",
        "feeds",
        "pagefind",
        "papers",
        "stats",
        "topics",
    }
)
_EXTERNAL = re.compile(r"[^/?#]*:|//")
_UNSAFE = re.compile(r"[^a-z0-9.-]+")
_TAIL = re.compile(r"[?#]")
_PLAIN = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.[a-z]+")


def paper(paper_id: str) -> str:
    """The page of a paper."""
    return f"papers/{paper_id}/index.md"


def topic(topic_id: str) -> str:
    """The first list page of a topic."""
    return f"topics/{topic_id}/index.md"


def code_of(group: str) -> str:
    """The first list page of one kind of link, or of the repositories of one host."""
    return f"code/{_UNSAFE.sub('-', group.lower())}/index.md"


def edition(listing_id: str) -> str:
    """The first list page of an edition."""
    return f"editions/{listing_id}/index.md"


def collection(collection_id: str) -> str:
    """The page of a reading path."""
    return f"collections/{collection_id}/index.md"


def year(published: PartialDate) -> str:
    """The archive page of a date's year."""
    return f"archive/{published.year}/index.md"


def month(published: PartialDate) -> str:
    """The archive page of a date's month; of a year alone, that of papers of no known month."""
    month = f"{published.month:02}" if published.month else "month-unknown"
    return f"archive/{published.year}/{month}/index.md"


def free(page_id: str) -> str:
    """A page written by the curator, such as `about`."""
    return f"{page_id}/index.md"


def digest(monday: date) -> str:
    """The digest of the week that begins on a Monday."""
    return f"digests/{monday:%G}-w{monday:%V}/index.md"


def feed_new(form: FeedFormat = "xml") -> str:
    """The feed of the papers listed last, as Atom or as JSON Feed."""
    return f"feeds/new.{form}"


def feed_topic(topic_id: str, form: FeedFormat = "xml") -> str:
    """The feed of a topic, also of "Unsorted" if it has papers."""
    return f"feeds/topics/{topic_id}.{form}"


def feed_collection(collection_id: str, form: FeedFormat = "xml") -> str:
    """The feed of a reading path."""
    return f"feeds/collections/{collection_id}.{form}"


def feed_editions(form: FeedFormat = "xml") -> str:
    """The feed of the editions, one entry each."""
    return f"feeds/editions.{form}"


def numbered(first: str, number: int) -> str:
    """Page `number`, counted from 1, of the list whose first page is `first`."""
    return first if number == 1 else f"{first.rpartition('/')[0]}/{number}/index.md"


def asset(name: str) -> str:
    """A file from content/assets of the project."""
    return f"assets/content/{name}"


def data(name: str) -> str:
    """A published data file, such as `papers.bib`."""
    return f"api/v1/{name}"


def paper_data(paper_id: str, suffix: str = "json") -> str:
    """The data of a paper as `json`, `csl.json` or `ris`, where single papers are published."""
    return data(f"papers/{paper_id}.{suffix}")


def topic_data(topic_id: str, suffix: str = "json") -> str:
    """The data of a topic as `json`, and as `bib`, `csl.json` or `ris` where all formats are published."""
    return data(f"topics/{topic_id}.{suffix}")


def edition_data(listing_id: str) -> str:
    """The data of an edition as JSON."""
    return data(f"editions/{listing_id}.json")


def collection_data(collection_id: str, suffix: str = "json") -> str:
    """The data of a reading path as `json`, `bib`, `csl.json` or `ris`."""
    return data(f"collections/{collection_id}.{suffix}")


def relative(page: str, target: str) -> str:
    """The relative link from a page's Markdown file to another file of the site."""
    top, _, rest = page.partition("/")
    if rest and not target.startswith(f"{top}/"):
        return "../" * page.count("/") + target
    here, there = page.split("/")[:-1], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])


def address(page: str) -> str:
    """The URL path of a page, relative to the site: `papers/x/` for `papers/x/index.md`, "" for home."""
    folder, slash, _ = page.rpartition("/")
    return folder + slash


def html(page: str) -> str:
    """The HTML file of a page."""
    return f"{page.removesuffix('.md')}.html"


def section(page: str) -> str:
    """The URL path of a page's section: `topics/` for `topics/x/2/index.md`, "" for home."""
    folder, slash, _ = page.partition("/")
    return folder + slash if slash else ""


def is_relative(href: str) -> bool:
    """Whether a link leads to a file of the site."""
    return not _EXTERNAL.match(href)


def in_browser(href: str) -> str:
    """Turn a link to a page's Markdown file into the link to the page; leave other links alone."""
    path, sign, rest = _split_tail(href)
    if not is_relative(href) or posixpath.basename(path) != "index.md":
        return href
    return f"{path.removesuffix('index.md') or './'}{sign}{rest}"


def target(page: str, href: str) -> str:
    """The file that a relative link on a page leads to, with `#` and the anchor if there is one."""
    root = "../" * page.count("/")
    if href.startswith(root) and _PLAIN.fullmatch(href, len(root)):
        return href[len(root) :]
    path, sign, rest = _split_tail(href)
    anchor = rest.rpartition("#")[2] if "#" in sign + rest else ""
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(path))) if path else page
    return f"{file}#{unquote(anchor)}" if anchor else file


def _split_tail(href: str) -> tuple[str, str, str]:
    """The path of a link, then `?` or `#` and what follows it."""
    found = _TAIL.search(href)
    return (href[: found.start()], found[0], href[found.end() :]) if found else (href, "", "")
