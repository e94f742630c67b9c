"""What the search knows of each paper: words by weight, what a result shows, and what filters it."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from generator import notes, text, urls
from generator.model import Paper
from generator.pages.page import Labels
from generator.pages.parts import link_label

SUMMARY, ABOUT, BODY = 4, 2, 1


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A page that can be found.

    url: its path from the site's root. title, date: plain text, as a result shows them, neither empty.
    texts: pairs of a weight (0 to 10, the title has 7) and HTML, in the order an excerpt shows them.
    filters: pairs of a filter's name and one of the values that the page has.
    """

    url: str
    title: str
    date: str
    texts: tuple[tuple[int, str], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()


def document(labels: Labels, paper: Paper) -> SearchDocument:
    """What the search knows of a paper."""
    words, day = labels.words, paper.published
    return SearchDocument(
        url=urls.address(urls.paper(paper.id)),
        title=text.plain(paper.title),
        date=words.day(day) if day else words.date_unknown,
        texts=tuple((weight, html) for weight, html in _texts(labels, paper) if html),
        filters=tuple(_filters(labels, paper)),
    )


def _texts(labels: Labels, paper: Paper) -> Iterator[tuple[int, str]]:
    kind = labels.words.kinds[paper.kind] if paper.kind else ""
    about = (*_topics(labels, paper), *paper.tags, kind, paper.venue or "", *paper.categories)
    links = (link_label(link) for link in paper.links if link.kind == "repository")
    yield SUMMARY, escape(text.plain(paper.summary or ""))
    yield BODY, notes.render(paper.note or "")
    yield BODY, escape(text.plain(paper.abstract or ""))
    yield BODY, escape(", ".join(paper.authors))
    yield ABOUT, escape(", ".join(filter(None, about)))
    yield BODY, escape(", ".join(links))


def _filters(labels: Labels, paper: Paper) -> Iterator[tuple[str, str]]:
    yield from (("topic", topic) for topic in _topics(labels, paper))
    yield from (("year", f"{paper.published:%Y}") for _ in range(1) if paper.published)
    yield from (("kind", labels.words.kinds[paper.kind]) for _ in range(1) if paper.kind)
    yield from (("code", kind) for kind in sorted({link.kind for link in paper.links}))


def _topics(labels: Labels, paper: Paper) -> Iterator[str]:
    return (labels.topic_titles[topic] for topic in paper.topics)


def page_html(page: SearchDocument, language: str) -> str:
    """The page that Pagefind reads: a heading, texts with weights, and what is no text in attributes."""
    filters = "".join(
        f'<i data-pagefind-filter="{escape(name)}[data-value]" data-value="{escape(value)}"></i>'
        for name, value in page.filters
    )
    texts = "".join(f'<div data-pagefind-weight="{weight}">{html}</div>' for weight, html in page.texts)
    date = f'<i data-pagefind-meta="date[data-value]" data-value="{escape(page.date)}"></i>'
    body = f"<h1>{escape(page.title)}</h1>{texts}{date}{filters}"
    return f'<html lang="{escape(language)}"><body>{body}</body></html>'
