"""Search documents: what of a paper is searched with which weight, filtered by, and shown in a result."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from papershelf import text
from papershelf.content.topics import UNSORTED, WORD
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.text import notes, people
from papershelf.text.links import CODE
from papershelf.views import components
from papershelf.views.context import Labels

SUMMARY_WEIGHT, ABOUT_WEIGHT, BODY_WEIGHT = 4, 2, 1  # 0 to 10; Pagefind gives a heading 7
ANY_CODE, UNDATED = "any", "undated"
MATCH_ALL: Final = "zzall"  # a word of every page: a search without words would load the whole index
_MARKUP: Final = re.compile(r"<[^>]*>|&[^;\s]*;")
_MONTH: Final = len("2023-05")
_WHITE_SPACE: Final = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page that can be found.

    url: the page's path from the site's root. title, date: plain text that a result shows, never empty.
    texts: pairs of a weight (0 to 10, the title has 7) and HTML, "" for none, in the order of an excerpt.
    filters: pairs of a filter's name and a value that the page has.
    card: what a result's card shows besides the title and the first text, as JSON.
    """

    url: str
    title: str
    date: str
    texts: tuple[tuple[int, str], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    card: str = "{}"


def document(
    labels: Labels, paper: Paper, topics: tuple[str, ...], groups: tuple[tuple[str, str], ...] = ()
) -> SearchDocument:
    """The search document of a paper.

    topics: the ids of those it is found under. groups: further facets and their values.
    """
    words, day = labels.words, paper.published
    return SearchDocument(
        url=urls.address(urls.paper(paper.id)),
        title=text.plain(paper.title),
        date=words.partial_date(day) if day else words.date_unknown,
        texts=tuple(_texts(labels, paper)),
        filters=(*_filters(paper, topics), *groups),
        card=_card(labels, paper),
    )


def _texts(labels: Labels, paper: Paper) -> Iterator[tuple[int, str]]:
    kind = labels.words.kinds[paper.kind] if paper.kind else ""
    titles = (labels.topic_titles[topic] for topic in paper.topics)
    about = (*titles, *paper.tags, kind, paper.venue or "", *paper.categories)
    links = (components.link_label(link) for link in paper.links if link.kind == "repository")
    yield SUMMARY_WEIGHT, escape(text.plain(paper.summary or ""))
    yield BODY_WEIGHT, notes.render(paper.note or "")
    yield BODY_WEIGHT, escape(text.plain(paper.abstract or ""))
    yield BODY_WEIGHT, escape(", ".join(people.plain_names(paper.authors)))
    yield ABOUT_WEIGHT, escape(", ".join(filter(None, about)))
    yield BODY_WEIGHT, escape(", ".join(links))


def _filters(paper: Paper, topics: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    link_kinds = {link.kind for link in paper.links}
    yield from (("topic", topic) for topic in topics or (UNSORTED,))
    yield "date", str(paper.published)[:_MONTH] if paper.published else UNDATED
    if link_kinds & CODE:
        yield "code", ANY_CODE
    yield from (("code", kind) for kind in sorted(link_kinds))
    yield from (("tag", tag) for tag in paper.tags)
    curated = (("kind", paper.kind), ("status", paper.status), ("rating", paper.rating))
    yield from ((name, str(value)) for name, value in curated if value)
    yield from (("edition", listing) for listing in sorted({each.listing for each in paper.appearances}))


def _card(labels: Labels, paper: Paper) -> str:
    """JSON: facts as text, CSS class and label; links as text, URL and kind; the ids of topics."""
    words, marks = labels.words, components.marks(labels.words, paper)
    published = components.published(words, paper)
    inferred = f" ({published.inferred})" if published.inferred else ""
    facts = (
        (f"{published.words or words.date_unknown}{inferred}",),
        (marks.withdrawn, "ps-gone"),
        (text.plain(components.authors(words, paper)),),
        (words.comments.of(paper.comments) if paper.comments else "",),
        (text.plain(paper.venue or ""),),
        (words.kinds[paper.kind] if paper.kind else "", "ps-kind"),
        (marks.featured, "ps-kind ps-featured"),
        (marks.stars, "ps-stars", marks.rating),
        (marks.difficulty,),
        (marks.status,),
    )
    links = [(each.link.text, each.link.href, each.kind) for each in components.resources(words, paper.links)]
    card = {
        "facts": [fact for fact in facts if fact[0]],
        "links": links,
        "topics": paper.topics,
        "folded": paper.abstract is not None,
    }
    without_empty = {name: value for name, value in card.items() if value}
    return json.dumps(without_empty, ensure_ascii=False, separators=(",", ":"))


def page_html(page: SearchDocument, language: str) -> str:
    """The HTML that Pagefind indexes: a heading, weighted texts, and metadata in attributes.

    Pagefind does not index ids but gives them to a result as anchors with their position in the text. So one
    marks where the card's text, the first one, begins; another marks its end and holds the card.
    """
    first, *others = [_weighted(weight, html) for weight, html in page.texts] or [""]
    if not _has_word(page):
        others.append(escape(page.url))  # Pagefind leaves out a page without a word
    card = f'<i id="-"></i>{first}<i id="{escape(_without_space(page.card))}"></i>'
    meta = _attribute("meta", "date", page.date) + _attribute("meta", "all", MATCH_ALL)
    filters = "".join(_attribute("filter", name, value) for name, value in page.filters)
    body = f"<h1>{escape(page.title)}</h1>{card}{''.join(others)}{meta}{filters}"
    return f'<html lang="{escape(language)}"><body>{body}</body></html>'


def _has_word(page: SearchDocument) -> bool:
    """Whether a letter or a digit is among what a reader sees of the title and the texts."""
    return any(
        WORD.search(_MARKUP.sub("", html)) for html in (escape(page.title), *dict(page.texts).values())
    )


def _weighted(weight: int, html: str) -> str:
    return html and f'<div data-pagefind-weight="{weight}">{html}</div>'


def _attribute(target: str, name: str, value: str) -> str:
    """An element that has a meta field or a filter, not indexed as text."""
    return f'<i data-pagefind-{target}="{escape(name)}[data-value]" data-value="{escape(value)}"></i>'


def _without_space(json_text: str) -> str:
    """The JSON with white space as escapes, since Pagefind collapses it in ids."""
    return _WHITE_SPACE.sub(lambda space: f"\\u{ord(space[0]):04x}", json_text)
