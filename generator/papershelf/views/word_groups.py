"""The words of the interface that belong together; `Words` has them all."""

from typing import Annotated

from pydantic import StringConstraints

from papershelf.core.model import Frozen

Word = Annotated[str, StringConstraints(min_length=1)]
Month = Word


class CountedNoun(Frozen):
    """A noun that agrees with its number; `other` holds `{n}`."""

    one: Word
    other: Word

    def of(self, number: int) -> str:
        """The number with its noun: "1 paper", "1,204 papers"."""
        return self.one if number == 1 else self.other.format(n=f"{number:,}")


class SiteWords(Frozen):
    """Words of the frame around every page."""

    sections: Word
    code_of_site: Word
    kept_by: Word
    made_with: Word
    dark: Word
    top: Word


class FeedWords(Frozen):
    """Words of feeds, mostly their titles."""

    new: Word
    topic: Word
    path: Word
    editions: Word
    published: Word
    data: Word


class DigestWords(Frozen):
    """Words of digests, on pages and in mail."""

    title: Word
    intro: Word
    week: Word
    since: Word
    subject: Word
    more: Word
    code: Word
    all: Word
    why: Word
    by_mail: Word


class SearchWords(Frozen):
    """Words of the search."""

    label: Word
    hint: Word
    close: Word
    results: Word
    found: CountedNoun
    none: Word
    failed: Word
    empty: Word
    all: Word


class BrowseWords(Frozen):
    """Words of the browse page."""

    title: Word
    intro: Word
    needs_script: Word
    ask: Word
    all: Word
    mine: Word
    facets: Word
    topic: Word
    date: Word
    code: Word
    any_code: Word
    kind: Word
    status: Word
    rating: Word
    edition: Word
    clear: Word
    sort: Word
    relevance: Word
    newest: Word
    comments: Word
    show: Word
    any_state: Word
    unread: Word
    read: Word
    bring: Word
    more: Word
    none: Word
    relax: Word
    relax_all: Word
    without: Word
    narrow: Word
    unknown: Word


class OwnWords(Frozen):
    """Words of the reader's own list."""

    saved: Word
    saved_on: Word
    saved_off: Word
    read: Word
    read_on: Word
    read_off: Word
    not_kept: Word
    none: Word
    progress: Word
    taken: CountedNoun
    brought: CountedNoun
    not_brought: Word
    skipped: CountedNoun
    no_room: Word
    waiting: Word


class KeysWords(Frozen):
    """Words of keyboard shortcuts."""

    title: Word
    close: Word
    use: Word
    search: Word
    down: Word
    up: Word
    open: Word
    save: Word
    help: Word


class MissingWords(Frozen):
    """Words of the page for missing addresses (404)."""

    title: Word
    text: Word
    meant: Word
    all: Word
