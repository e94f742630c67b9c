"""Former addresses: small pages that lead to the papers and topics as they are called now."""

from collections.abc import Iterator, Mapping
from html import escape

from generator import text, urls
from generator.config import Config
from generator.library import Library
from generator.pages.words import Words
from generator.problems import Location, Problem

_PAGE = """\
<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={href}">
<p>{moved} <a href="{href}">{title}</a></p>
</html>
"""


def redirects(library: Library) -> Mapping[str, str]:
    """Where the page of each former id of a paper and each alias of a topic is now."""
    papers = {old: paper.id for paper in library.papers.values() for old in paper.former_ids}
    topics = {alias: topic.id for topic in library.topics for alias in topic.aliases}
    return {
        **{urls.paper(old): urls.paper(new) for old, new in papers.items()},
        **{urls.topic(old): urls.topic(new) for old, new in topics.items()},
    }


def files(library: Library, config: Config, words: Words) -> Iterator[tuple[str, bytes]]:
    """Path and HTML of the page at every former address; links are relative, so that any folder will do."""
    titles = {urls.paper(paper.id): paper.title for paper in library.papers.values()}
    titles |= {urls.topic(topic.id): topic.title for topic in library.topics}
    for old, new in redirects(library).items():
        href = urls.address(urls.relative(old, new))
        yield (
            urls.html(old),
            _PAGE.format(
                language=escape(config.language),
                title=escape(text.plain(titles[new])),
                canonical=escape(f"{config.url.rstrip('/')}/{urls.address(new)}" if config.url else href),
                href=escape(href),
                moved=escape(words.moved),
            ).encode(),
        )


def problems(library: Library) -> Iterator[Problem]:
    """A problem for every former id that another paper has, or had as well."""
    owners = {paper_id: paper_id for paper_id in library.papers}
    for paper in library.papers.values():
        for old in paper.former_ids:
            other = library.papers[owners.setdefault(old, paper.id)]
            if other is not paper:
                at = other.edit or paper.edit or paper.origin.get("title", Location("content/papers"))
                had = "is" if other.id == old else "was"
                message = f"'{old}' was the id of '{paper.id}' and {had} that of '{other.id}'"
                yield Problem(at, message, "a URL leads to one paper: choose another slug")
