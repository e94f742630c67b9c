"""llms.txt: where programs that read for people find what (llmstxt.org)."""

from collections.abc import Iterator, Sequence

from papershelf import text
from papershelf.content.config import publishes_markdown
from papershelf.core import urls
from papershelf.exports.artifact import Artifact, Published
from papershelf.text import notes
from papershelf.views.context import Shelf

Linked = tuple[str, str, str]


def llms(published: Published) -> Iterator[Artifact]:
    """The file; its links lead to Markdown where that is published."""
    shelf = published.shelf
    config, words = shelf.config, shelf.words
    sections = tuple(
        (title, links)
        for title, links in (
            (words.topics, tuple(_topics(shelf))),
            (words.collections, tuple(_collections(shelf))),
            (words.feeds.data, tuple(_files(shelf))),
        )
        if links
    )
    yield Artifact("llms.txt", _text, (config.title, config.description, sections))


def _topics(shelf: Shelf) -> Iterator[Linked]:
    for topic in shelf.library.topics:
        yield topic.title, _address(shelf, urls.topic(topic.id)), notes.plain(topic.description or "")


def _collections(shelf: Shelf) -> Iterator[Linked]:
    for path in shelf.library.collections:
        yield path.title, _address(shelf, urls.collection(path.id)), notes.plain(path.introduction)


def _files(shelf: Shelf) -> Iterator[Linked]:
    words = shelf.words
    yield words.archive, _address(shelf, urls.ARCHIVE), words.archive_intro
    yield words.editions, _address(shelf, urls.EDITIONS), words.editions_intro
    yield words.code, _address(shelf, urls.CODE), words.code_intro
    yield words.feeds.new, f"{shelf.site}{urls.feed_new('json')}", ""


def _address(shelf: Shelf, page: str) -> str:
    as_markdown = publishes_markdown(shelf.config.publish.markdown, page)
    return shelf.site + (page if as_markdown else urls.address(page))


def _text(title: str, description: str, sections: Sequence[tuple[str, Sequence[Linked]]]) -> bytes:
    parts = [f"# {_line(title)}\n\n> {_line(description)}\n"]
    for heading, links in sections:
        lines = "".join(
            f"- [{_line(name)}]({href}){f': {_line(about)}' if about else ''}\n"
            for name, href, about in links
        )
        parts.append(f"## {_line(heading)}\n\n{lines}")
    return "\n".join(parts).encode()


def _line(words: str) -> str:
    return text.escape(words)
