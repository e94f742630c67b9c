"""Import documents into content/papers/: everything is parsed and planned before anything is written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from papershelf.content import records
from papershelf.content.reader import read_topics
from papershelf.content.records import RecordFile
from papershelf.content.topics import Topic
from papershelf.core.model import Listing, Record, Unnamed
from papershelf.core.problems import GeneratorError, Location, Problem, has_errors
from papershelf.core.project import Project
from papershelf.importing.documents import SourceDocument, read_documents
from papershelf.importing.drafts import Draft, ImportOptions, read_document
from papershelf.importing.identity import assign, completed
from papershelf.importing.selection import Selection

__all__ = [
    "ImportOptions",
    "ImportPlan",
    "PlannedListing",
    "Selection",
    "SourceDocument",
    "import_files",
    "plan_import",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedListing:
    """The listing that one document becomes, and its statistics.

    change: what happens to the listing's file.
    unnamed: entries of which only identifiers are known.
    left_out: how many entries of the document were not wanted, by the reason.
    new: the number of papers that no listing had before.
    warnings: the number of warnings about the document.
    """

    file: str
    listing: Listing
    records: tuple[Record, ...]
    change: Literal["new", "changed", "same"]
    new: int
    warnings: int
    unnamed: tuple[Unnamed, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def entries(self) -> int:
        """The number of papers in the listing."""
        return len(self.records) + len(self.unnamed)

    @property
    def known(self) -> int:
        """The number of papers that some listing had before."""
        return len(self.records) - self.new

    @property
    def dated(self) -> int:
        """The number of papers with a publication date."""
        return sum(record.published is not None for record in self.records)

    @property
    def with_code(self) -> int:
        """The number of papers with a link to code, data or the like."""
        return sum(bool(record.code) for record in self.records)

    @property
    def inferred(self) -> int:
        """The number of papers whose publication year is inferred."""
        return sum("published" in record.inferred for record in self.records)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The listings that an import writes, in the order of the documents, and all problems.

    A document with mistakes is planned as far as it can be parsed; `files` lacks those that cannot be at all.
    """

    files: tuple[PlannedListing, ...]
    problems: tuple[Problem, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The new content of each listing's file, by the listing's id."""
        return {
            file.listing.id: records.dump(file.listing, file.records, file.unnamed) for file in self.files
        }


def import_files(
    content: Path, paths: Sequence[Path], options: ImportOptions, *, dry_run: bool = False
) -> ImportPlan:
    """Plan the import of files, folders and archives and, unless `dry_run`, write content/papers/.

    Raises GeneratorError if a file cannot be read or written, or if an option is invalid.
    """
    existing, problems = records.read_records(content)
    if has_errors(problems):
        return ImportPlan((), problems)
    defined, in_topics = _topics(content, options)
    if has_errors(in_topics):
        return ImportPlan((), tuple(in_topics))
    plan = plan_import(read_documents(paths), existing, options, defined)
    if not dry_run:
        records.write(content, plan.texts)
    return plan


def _topics(content: Path, options: ImportOptions) -> tuple[Sequence[Topic], list[Problem]]:
    if not options.selection.needs_topics:
        return (), []
    defined, problems = read_topics(Project(content.parent))
    return defined.topics, problems


def plan_import(
    documents: Iterable[SourceDocument | Problem],
    existing: Sequence[RecordFile],
    options: ImportOptions,
    topics: Sequence[Topic] = (),
) -> ImportPlan:
    """Plan the import of documents over existing records; `topics` are those that the options select by.

    Raises GeneratorError if an option is invalid.
    """
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for document in documents:
        draft, found = (
            (None, [document]) if isinstance(document, Problem) else read_document(document, options, topics)
        )
        drafts += [draft] if draft else []
        problems += found
    if len(drafts) > 1 and (options.id or options.title):
        raise GeneratorError("--id and --title name one listing: import one file at a time")
    clashes = _clashes(drafts)
    clashing = {problem.at.file for problem in clashes}
    files, found = _assign_ids([draft for draft in drafts if draft.file not in clashing], existing)
    problems += [*clashes, *found]
    order = {draft.file: number for number, draft in enumerate(drafts)}
    counted = Counter(problem.at.file for problem in problems if problem.severity == "warning")
    return ImportPlan(
        tuple(
            PlannedListing(
                file=draft.file,
                listing=draft.listing,
                records=draft.records,
                change=_change(draft, existing),
                new=new,
                warnings=counted[draft.file],
                unnamed=draft.unnamed,
                left_out=draft.left_out,
            )
            for draft, new in sorted(files, key=lambda planned: order[planned[0].file])
        ),
        tuple(sorted(problems)),
    )


def _clashes(drafts: Sequence[Draft]) -> list[Problem]:
    """A problem for every document whose listing another document has too."""
    counted = Counter(draft.listing.id for draft in drafts)
    return [
        Problem(
            Location(draft.file),
            f"{counted[draft.listing.id]} of the files are the listing '{draft.listing.id}'; none was taken",
            "import them one at a time, with --id",
        )
        for draft in drafts
        if counted[draft.listing.id] > 1
    ]


def _assign_ids(
    drafts: Sequence[Draft], existing: Sequence[RecordFile]
) -> tuple[list[tuple[Draft, int]], list[Problem]]:
    """The drafts with their final records and the number of new papers in each, by the listing's id."""
    current = {file.listing.id: tuple(placed.record for placed in file.records) for file in existing}
    seen = {record.id for known in current.values() for record in known}
    planned: list[tuple[Draft, int]] = []
    problems: list[Problem] = []
    for draft in sorted(drafts, key=lambda draft: draft.listing.id):
        own = current.get(draft.listing.id, ())
        others = [record for name, known in current.items() if name != draft.listing.id for record in known]
        named, repeated = _with_ids(draft, assign(draft.records, own, others))
        ids = [record.id for record in named]
        problems += repeated
        if own and not {record.id for record in own} & set(ids):
            problems.append(_nothing_in_common(draft))
            continue
        problems += [*_removed(draft, own, ids), *_same_elsewhere(draft, ids, current)]
        planned.append((replace(draft, records=named), len(set(ids) - seen)))
        seen.update(ids)
        current[draft.listing.id] = named
    return planned, problems


def _with_ids(draft: Draft, ids: Sequence[str]) -> tuple[tuple[Record, ...], list[Problem]]:
    """The records with their ids and positions; of entries for one paper only the first."""
    first: dict[str, tuple[Record, int]] = {}
    problems: list[Problem] = []
    for record, line, known in zip(draft.records, draft.lines, ids, strict=True):
        if known in first:
            kept, at = first[known]
            whole = completed(kept, record)
            first[known] = whole, at
            how = "only the first was kept" if whole == kept else "the first was kept, completed by this one"
            text = f"“{record.title}” stands in line {at} already; {how}"
            problems.append(Problem(Location(draft.file, line), text, severity="warning"))
        else:
            place = {"id": known, "position": len(first) + 1}
            first[known] = (record.model_copy(update=place), line)
    return tuple(record for record, _ in first.values()), problems


def _nothing_in_common(draft: Draft) -> Problem:
    text = f"no paper of content/papers/{draft.listing.id}.jsonl is in this document; nothing was replaced"
    return Problem(Location(draft.file), text, "give the document a listing of its own with --id")


def _removed(draft: Draft, own: Sequence[Record], ids: Sequence[str]) -> list[Problem]:
    """A warning for every paper that the listing had and the document no longer has."""
    remaining = set(ids)
    return [
        Problem(
            Location(draft.file),
            f"“{record.title}” ({record.id}) is no longer in this document; taken out of its listing",
            severity="warning",
        )
        for record in own
        if record.id not in remaining
    ]


def _same_elsewhere(
    draft: Draft, ids: Sequence[str], current: Mapping[str, Sequence[Record]]
) -> list[Problem]:
    """A warning for a listing with the same papers in the same order: probably an earlier import."""
    return [
        Problem(
            Location(draft.file),
            f"the listing '{name}' holds the same papers in the same order",
            f"to update that one instead, import with --id {name}",
            "warning",
        )
        for name, known in current.items()
        if name != draft.listing.id and [record.id for record in known] == list(ids)
    ]


def _change(draft: Draft, existing: Sequence[RecordFile]) -> Literal["new", "changed", "same"]:
    before = next((file for file in existing if file.listing.id == draft.listing.id), None)
    if not before:
        return "new"
    records_before = tuple(placed.record for placed in before.records)
    unnamed_before = tuple(placed.entry for placed in before.unnamed)
    earlier = (before.listing, records_before, unnamed_before)
    return "same" if earlier == (draft.listing, draft.records, draft.unnamed) else "changed"
