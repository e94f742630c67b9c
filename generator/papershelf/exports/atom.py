"""Feeds as Atom 1.0 (RFC 4287)."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from papershelf.core import urls
from papershelf.exports.feed_entries import Feed, FeedEntry, permalink

ATOM: Final = "http://www.w3.org/2005/Atom"
PRISM: Final = "http://prismstandard.org/namespaces/basic/2.0/"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("", ATOM)
register_namespace("prism", PRISM)


def write(feed: Feed, entries: Sequence[FeedEntry]) -> bytes:
    """Write a feed; its links are relative if the site's address is unknown."""
    root = Element(f"{{{ATOM}}}feed", {"xml:lang": feed.language})
    _text(root, "id", permalink(feed.site, f"{feed.stem}.xml"))
    _text(root, "title", feed.title)
    if feed.about:
        _text(root, "subtitle", feed.about)
    _text(SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    _text(root, "generator", "Papershelf")
    if feed.site:
        _link(root, "self", f"{feed.site}{feed.stem}.xml", "application/atom+xml")
    _link(root, "alternate", _url(feed, f"{feed.stem}.json"), "application/feed+json")
    _link(root, "alternate", _page_url(feed, feed.page), "text/html")
    days = [entry.day or feed.since for entry in entries]
    _text(root, "updated", _instant(max(days, default=feed.since)))
    root.extend(_entry(feed, entry) for entry in entries)
    indent(root, "")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: Feed, entry: FeedEntry) -> Element:
    made = Element(f"{{{ATOM}}}entry")
    _text(made, "id", entry.id)
    _text(made, "title", entry.title)
    day = entry.day
    _text(made, "updated", _instant(day or feed.since))  # Atom demands it of every entry
    if day:
        _text(made, "published", _instant(day))
    if entry.published:
        SubElement(made, f"{{{PRISM}}}publicationDate").text = str(entry.published)
    for name in entry.authors:
        _text(SubElement(made, f"{{{ATOM}}}author"), "name", name)
    for topic, title in entry.topics:
        SubElement(made, f"{{{ATOM}}}category", {"term": topic, "label": xml_text(title)})
    _link(made, "alternate", _page_url(feed, entry.page), "text/html")
    for link in entry.links:
        _link(made, "related", link.url)
    _text(made, "content", entry.html).set("type", "html")
    return made


def _instant(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _page_url(feed: Feed, page: str) -> str:
    return feed.site + urls.address(page) if feed.site else urls.in_browser(_url(feed, page))


def _url(feed: Feed, path: str) -> str:
    return feed.site + path if feed.site else urls.relative(feed.stem, path)


def _text(parent: Element, name: str, value: str) -> Element:
    made = SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = xml_text(value)
    return made


def _link(parent: Element, rel: str, href: str, kind: str = "") -> None:
    SubElement(
        parent, f"{{{ATOM}}}link", {"rel": rel, **({"type": kind} if kind else {}), "href": xml_text(href)}
    )


def xml_text(value: str) -> str:
    """The text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", value)
