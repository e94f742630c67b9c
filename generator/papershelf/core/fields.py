"""The fields of a paper, one line each: which stage of a build has the field, and under which name.

To add a field, add a line to `FIELDS` and the attribute to each model that has it: `Entry`, `Record`,
`Decision`, `Paper`, `PaperData`. tests/unit/core/test_fields.py names every line that is missing.
"""

from dataclasses import dataclass
from typing import Final, Literal

Merge = Literal["newest", "written", "complete", "union"]
Export = Literal["as is", "plain text", "converted"]


@dataclass(frozen=True, slots=True)
class PaperField:
    """A field of `Paper`; `PaperData`, the published JSON, has it under the same name.

    imported: whether importing copies it from a reader's `Entry` to the `Record`. Title, abstract, authors
    and links are not copied: importing cleans the texts and finds links in them.
    record: its name in `Record`, None if listings do not give it.
    merge: how the values of several records become one. newest: that of the newest capture that has one.
    written: likewise, but a written date wins over an inferred one. complete: likewise, but a list of all
    authors wins over one that ends in et al. union: every value once. `merge` itself has the code of the
    last three.
    decision: the field of `Decision` that replaces it, None if there is none.
    export: how `PaperData` gives it. plain text: without emphasis markers. converted: to `LinkData`,
    `ReferenceData` or names.
    column: its number in papers.csv, where the paper's id is column 1; None if it is not there.
    """

    name: str
    imported: bool = False
    record: str | None = None
    merge: Merge = "newest"
    decision: str | None = None
    export: Export = "as is"
    column: int | None = None


FIELDS: Final = (
    PaperField("title", record="title", decision="title", export="plain text", column=2),
    PaperField("abstract", record="abstract", export="plain text"),
    PaperField("summary", record="summary", decision="summary", export="plain text"),
    PaperField("note", decision="note"),
    PaperField("kind", decision="kind", column=6),
    PaperField(
        "authors", record="authors", merge="complete", decision="authors", export="converted", column=3
    ),
    PaperField("more_authors", record="more_authors", merge="complete", decision="more_authors"),
    PaperField("author_count", imported=True, record="author_count"),
    PaperField(
        "published", imported=True, record="published", merge="written", decision="published", column=4
    ),
    PaperField("published_inferred"),
    PaperField("comments", imported=True, record="comments"),
    PaperField("upvotes", imported=True, record="upvotes"),
    PaperField("arxiv", imported=True, record="arxiv", decision="arxiv", column=9),
    PaperField("doi", imported=True, record="doi", decision="doi", column=10),
    PaperField("openreview", imported=True, record="openreview"),
    PaperField("url", imported=True, record="url", column=11),
    PaperField("pdf", imported=True, record="pdf"),
    PaperField("links", record="code", merge="union", export="converted", column=12),
    PaperField("type", imported=True, record="type", decision="type"),
    PaperField("venue", imported=True, record="venue", decision="venue", export="plain text", column=5),
    PaperField("categories", imported=True, record="categories"),
    PaperField("topics", decision="topics", column=7),
    PaperField("tags", decision="tags", column=8),
    PaperField("references", decision="links", export="converted"),
    PaperField("featured", decision="featured"),
    PaperField("status", decision="status"),
    PaperField("rating", decision="rating", column=13),
    PaperField("difficulty", decision="difficulty"),
    PaperField("withdrawn", decision="withdrawn"),
)
"""In the order in which `papershelf explain` shows them."""
