"""Feeds as JSON Feed 1.1 (jsonfeed.org)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from papershelf.core import urls
from papershelf.exports.feed_entries import Entry, Feed

VERSION: Final = "https://jsonfeed.org/version/1.1"
_EXTENSION: Final = "_papershelf"


def write(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """The feed; it has no addresses where the site's is not known."""
    fields = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.about,
        "home_page_url": _address(feed, urls.address(feed.page)),
        "feed_url": _address(feed, f"{feed.stem}.json"),
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(feed, entry) for entry in entries],
    }
    return f"{json.dumps(_known(fields, 'items'), ensure_ascii=False, indent=0)}\n".encode()


def _item(feed: Feed, entry: Entry) -> Mapping[str, object]:
    """The first link to code is the item's external one; all of them are in the extension."""
    fields = {
        "id": entry.id,
        "url": _address(feed, urls.address(entry.page)),
        "external_url": entry.links[0].url if entry.links else "",
        "title": entry.title,
        "content_html": entry.html,
        "date_published": _instant(entry.added or entry.published),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [title for _, title in entry.topics],
        _EXTENSION: _known(
            {
                "published": entry.published.isoformat() if entry.published else "",
                "links": [{"url": link.url, "kind": link.kind} for link in entry.links],
            }
        ),
    }
    return _known(fields, "content_html")


def _known(fields: Mapping[str, object], *always: str) -> Mapping[str, object]:
    return {name: value for name, value in fields.items() if value or name in always}


def _address(feed: Feed, path: str) -> str:
    return feed.site + path if feed.site else ""


def _instant(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00Z" if day else ""
