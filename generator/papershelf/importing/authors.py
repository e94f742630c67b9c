"""The authors of an entry: cleaned, without those who are nobody."""

from papershelf.core.person import Author, name_in_braces, without_et_al
from papershelf.sources.parsed import Entry
from papershelf.text import clean_name


def read_authors(entry: Entry) -> tuple[tuple[Author, ...], bool]:
    """The named authors, and whether the document says that there are more."""
    written, more = without_et_al(entry.authors)
    authors = tuple(author for each in written if (author := _cleaned(each)))
    return authors, bool(authors) and (more or (entry.author_count or 0) > len(authors))


def _cleaned(written: str | Author) -> Author | None:
    """The author with a cleaned name; None if nothing is left of it."""
    if isinstance(written, str):
        whole = name_in_braces(written)
        name, orcid, group = clean_name(whole or written), None, bool(whole)
    else:
        name, orcid, group = clean_name(written.name), written.orcid, written.group
    return Author(name=name, orcid=orcid, group=group) if name.strip() else None
