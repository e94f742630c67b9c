"""What the search knows of each paper: words by weight, what a result shows, and what filters it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from papershelf import text
from papershelf.content.topics import UNSORTED
from papershelf.core import urls
from papershelf.core.model import Paper
from papershelf.text import notes
from papershelf.text.links import CODE
from papershelf.views import components
from papershelf.views.context import Labels

SUMMARY, ABOUT, BODY = 4, 2, 1
ANY_CODE, UNDATED = "any", "undated"
EVERY: Final = "zzall"  # a word of every page, as searching for nothing would load the whole index
_SPACE: Final = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page that can be found.

    url: its path from the site's root. title, date: plain text, as a result shows them, neither empty.
    texts: pairs of a weight (0 to 10, the title has 7) and HTML, "" for none, as an excerpt orders them.
    filters: pairs of a filter's name and one of the values that the page has.
    card: what a card shows beside the title and the first text, as JSON.
    """

    url: str
    title: str
    date: str
    texts: tuple[tuple[int, str], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    card: str = "{}"


def document(labels: Labels, paper: Paper, topics: tuple[str, ...]) -> SearchDocument:
    """What the search knows of a paper; `topics` are the ids of those it is found under."""
    words, day = labels.words, paper.published
    return SearchDocument(
        url=urls.address(urls.paper(paper.id)),
        title=text.plain(paper.title),
        date=words.day(day) if day else words.date_unknown,
        texts=tuple(_texts(labels, paper)),
        filters=tuple(_filters(paper, topics)),
        card=_card(labels, paper),
    )


def _texts(labels: Labels, paper: Paper) -> Iterator[tuple[int, str]]:
    kind = labels.words.kinds[paper.kind] if paper.kind else ""
    titles = (labels.topic_titles[topic] for topic in paper.topics)
    about = (*titles, *paper.tags, kind, paper.venue or "", *paper.categories)
    links = (components.link_label(link) for link in paper.links if link.kind == "repository")
    yield SUMMARY, escape(text.plain(paper.summary or ""))
    yield BODY, notes.render(paper.note or "")
    yield BODY, escape(text.plain(paper.abstract or ""))
    yield BODY, escape(", ".join(paper.authors))
    yield ABOUT, escape(", ".join(filter(None, about)))
    yield BODY, escape(", ".join(links))


def _filters(paper: Paper, topics: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    kinds = {link.kind for link in paper.links}
    yield from (("topic", topic) for topic in topics or (UNSORTED,))
    yield "date", f"{paper.published:%Y-%m}" if paper.published else UNDATED
    yield from (("code", kind) for kind in (*[ANY_CODE] * bool(kinds & CODE), *sorted(kinds)))
    yield from (("tag", tag) for tag in paper.tags)
    known = (("kind", paper.kind), ("status", paper.status), ("rating", paper.rating))
    yield from ((name, str(value)) for name, value in known if value)
    yield from (("edition", listing) for listing in sorted({each.listing for each in paper.appearances}))


def _card(labels: Labels, paper: Paper) -> str:
    """Facts as texts with class and label, links as text, address and kind, and the ids of topics."""
    words, marks = labels.words, components.marks(labels.words, paper)
    published = components.published(words, paper)
    inferred = f" ({words.year_inferred})" if published.inferred else ""
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
    shown = {
        "facts": [fact for fact in facts if fact[0]],
        "links": links,
        "topics": paper.topics,
        "folded": paper.abstract is not None,
    }
    known = {name: value for name, value in shown.items() if value}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def page_html(page: SearchDocument, language: str) -> str:
    """The page that Pagefind reads: a heading, texts with weights, and what is no text in attributes.

    Pagefind keeps ids for the result, with their place among the words, and does not index them: one tells
    where the text of the card, the first one, begins, and the other has the card and stands where it ends.
    No id keeps its white space.
    """
    filters = "".join(
        f'<i data-pagefind-filter="{escape(name)}[data-value]" data-value="{escape(value)}"></i>'
        for name, value in page.filters
    )
    boxes = [html and f'<div data-pagefind-weight="{weight}">{html}</div>' for weight, html in page.texts]
    first, others = "".join(boxes[:1]), "".join(boxes[1:])
    card = f'<i id="{escape(_SPACE.sub(_as_escape, page.card))}"></i>'
    date = f'<i data-pagefind-meta="date[data-value]" data-value="{escape(page.date)}"></i>'
    every = f'<i data-pagefind-meta="all[data-value]" data-value="{EVERY}"></i>'
    body = f'<h1>{escape(page.title)}</h1><i id="-"></i>{first}{card}{others}{date}{every}{filters}'
    return f'<html lang="{escape(language)}"><body>{body}</body></html>'


def _as_escape(space: re.Match[str]) -> str:
    return f"\\u{ord(space[0]):04x}"
