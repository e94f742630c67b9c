"""Feeds as JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from papershelf.core import urls
from papershelf.exports.feed_entries import Feed, FeedEntry

VERSION: Final = "https://jsonfeed.org/version/1.1"
_EXTENSION: Final = "_papershelf"


def write(feed: Feed, entries: Sequence[FeedEntry]) -> bytes:
    """Write a feed; it has no addresses if the site's is unknown."""
    fields = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.about,
        "home_page_url": _url(feed, urls.address(feed.page)),
        "feed_url": _url(feed, f"{feed.stem}.json"),
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(feed, entry) for entry in entries],
    }
    return f"{json.dumps(_without_empty(fields, 'items'), ensure_ascii=False, indent=0)}\n".encode()


def _item(feed: Feed, entry: FeedEntry) -> Mapping[str, object]:
    """An entry as an item; its first link is the external URL, and the extension has all links."""
    fields = {
        "id": entry.id,
        "url": _url(feed, urls.address(entry.page)),
        "external_url": entry.links[0].url if entry.links else "",
        "title": entry.title,
        "content_html": entry.html,
        "date_published": _instant(entry.day),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [title for _, title in entry.topics],
        _EXTENSION: _without_empty(
            {
                "published": str(entry.published) if entry.published else "",
                "links": [{"url": link.url, "kind": link.kind} for link in entry.links],
            }
        ),
    }
    return _without_empty(fields, "content_html")


def _without_empty(fields: Mapping[str, object], *always: str) -> Mapping[str, object]:
    return {name: value for name, value in fields.items() if value or name in always}


def _url(feed: Feed, path: str) -> str:
    return feed.site + path if feed.site else ""


def _instant(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00Z" if day else ""
