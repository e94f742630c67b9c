"""From documents to content/papers/: everything is read and planned before a byte is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from papershelf.content import records
from papershelf.content.records import RecordFile
from papershelf.core.model import Listing, Record
from papershelf.core.problems import GeneratorError, Location, Problem, has_errors
from papershelf.importing.drafts import Document, Draft, Options, read_document
from papershelf.importing.identity import assign

__all__ = ["Document", "ImportPlan", "Options", "Planned", "import_files", "plan_import"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What one document becomes: its listing, and the figures that the user wants to see.

    `new` counts papers that no listing had before, `known` the others; `warnings` what was odd.
    """

    file: str
    listing: Listing
    records: tuple[Record, ...]
    change: Literal["new", "changed", "same"]
    new: int
    warnings: int

    @property
    def entries(self) -> int:
        """Papers in this listing."""
        return len(self.records)

    @property
    def known(self) -> int:
        """Papers that some listing had before."""
        return self.entries - self.new

    @property
    def dated(self) -> int:
        """Papers with a date of publication."""
        return sum(record.published is not None for record in self.records)

    @property
    def with_code(self) -> int:
        """Papers with a link to anything they ship."""
        return sum(bool(record.code) for record in self.records)

    @property
    def inferred(self) -> int:
        """Papers whose date has a year that was worked out."""
        return sum("published" in record.inferred for record in self.records)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import writes, in the order of the documents, and everything that is wrong with them.

    A document with mistakes is planned as far as it can be read; one that cannot is not among `files`.
    """

    files: tuple[Planned, ...]
    problems: tuple[Problem, ...]

    @property
    def texts(self) -> dict[str, str]:
        """The new text of each listing's file, by the listing's id."""
        return {file.listing.id: records.dump(file.listing, file.records) for file in self.files}


def import_files(
    content: Path, paths: Sequence[Path], options: Options, *, dry_run: bool = False
) -> ImportPlan:
    """Read the files, plan, and unless `dry_run` write content/papers/; say what was planned.

    Raises GeneratorError if a file cannot be read or written, or if an option has no meaning.
    """
    existing, problems = records.read_records(content)
    if has_errors(problems):
        return ImportPlan((), problems)
    plan = plan_import([_document(path) for path in paths], existing, options)
    if not dry_run:
        records.write(content, plan.texts)
    return plan


def plan_import(
    documents: Sequence[Document], existing: Sequence[RecordFile], options: Options
) -> ImportPlan:
    """What importing the documents makes of the existing records; raises GeneratorError as above."""
    if len(documents) > 1 and (options.id or options.title):
        raise GeneratorError("--id and --title name one listing: import one file at a time")
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for document in documents:
        draft, found = read_document(document, options)
        drafts += [draft] if draft else []
        problems += found
    clashes = _clashes(drafts)
    clashing = {problem.at.file for problem in clashes}
    files, found = _plan([draft for draft in drafts if draft.file not in clashing], existing)
    problems += [*clashes, *found]
    order = {document.file: number for number, document in enumerate(documents)}
    counted = Counter(problem.at.file for problem in problems if problem.severity == "warning")
    return ImportPlan(
        tuple(
            Planned(
                file=draft.file,
                listing=draft.listing,
                records=draft.records,
                change=_change(draft, existing),
                new=new,
                warnings=counted[draft.file],
            )
            for draft, new in sorted(files, key=lambda planned: order[planned[0].file])
        ),
        tuple(sorted(problems)),
    )


def _clashes(drafts: Sequence[Draft]) -> list[Problem]:
    """Documents that would write the same file."""
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


def _plan(
    drafts: Sequence[Draft], existing: Sequence[RecordFile]
) -> tuple[list[tuple[Draft, int]], list[Problem]]:
    """The drafts with their final records and how many papers are new in each, in the order of ids."""
    current = {file.listing.id: tuple(placed.record for placed in file.records) for file in existing}
    seen = {record.id for known in current.values() for record in known}
    planned: list[tuple[Draft, int]] = []
    problems: list[Problem] = []
    for draft in sorted(drafts, key=lambda draft: draft.listing.id):
        own = current.get(draft.listing.id, ())
        others = [record for name, known in current.items() if name != draft.listing.id for record in known]
        named, repeated = _named(draft, assign(draft.records, own, others))
        ids = [record.id for record in named]
        problems += repeated
        if own and not {record.id for record in own} & set(ids):
            problems.append(_stranger(draft))
            continue
        problems += [*_vanished(draft, own, ids), *_same_elsewhere(draft, ids, current)]
        planned.append((replace(draft, records=named), len(set(ids) - seen)))
        seen.update(ids)
        current[draft.listing.id] = named
    return planned, problems


def _named(draft: Draft, ids: Sequence[str]) -> tuple[tuple[Record, ...], list[Problem]]:
    """The records with their ids, numbered; of entries that are one paper only the first."""
    first: dict[str, tuple[Record, int]] = {}
    problems: list[Problem] = []
    for record, line, known in zip(draft.records, draft.lines, ids, strict=True):
        if known in first:
            text = f"“{record.title}” stands in line {first[known][1]} already; only the first was kept"
            problems.append(Problem(Location(draft.file, line), text, severity="warning"))
        else:
            place = {"id": known, "position": len(first) + 1}
            first[known] = (record.model_copy(update=place), line)
    return tuple(record for record, _ in first.values()), problems


def _stranger(draft: Draft) -> Problem:
    text = f"no paper of content/papers/{draft.listing.id}.jsonl is in this document; nothing was replaced"
    return Problem(Location(draft.file), text, "give the document a listing of its own with --id")


def _vanished(draft: Draft, own: Sequence[Record], ids: Sequence[str]) -> list[Problem]:
    """What the listing had and the document has no longer."""
    left = set(ids)
    return [
        Problem(
            Location(draft.file),
            f"“{record.title}” ({record.id}) is no longer in this document; taken out of its listing",
            severity="warning",
        )
        for record in own
        if record.id not in left
    ]


def _same_elsewhere(
    draft: Draft, ids: Sequence[str], current: Mapping[str, Sequence[Record]]
) -> list[Problem]:
    """The same papers in the same order under another id: most likely the document came in before."""
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
    return "same" if (before.listing, records_before) == (draft.listing, draft.records) else "changed"


def _document(path: Path) -> Document:
    try:
        return Document(str(path), path.read_bytes())
    except OSError as error:
        raise GeneratorError(f"{path} cannot be read: {error.strerror}") from error
