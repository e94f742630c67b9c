"""The published site and the next one: two folders that take turns.

One is published, the other one is brought up to date in the staging folder and exchanged for it; it is then
the spare folder. What both have in common is one file with two names (a hard link), so a file is never
changed in place: it is replaced.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from papershelf.core import files
from papershelf.core.problems import GeneratorError
from papershelf.core.project import Project
from papershelf.incremental import filetree, fingerprint, manifest, staging
from papershelf.incremental.cache import Cache
from papershelf.incremental.filetree import Stamp
from papershelf.incremental.fingerprint import Known
from papershelf.incremental.manifest import PART_SIZE, SEARCH, Manifest, ManifestEntry
from papershelf.incremental.output import Output, OutputFiles
from papershelf.incremental.workers import CAN_FORK, Workers

FileStamps = Mapping[str, Stamp | None]

_MIN_PARALLEL: Final = 2000  # hard links, which are quick


class Salt(NamedTuple):
    """What outputs of a stage depend on apart from their inputs: fingerprints by name, and one of all."""

    parts: Mapping[str, bytes]
    key: bytes

    @classmethod
    def of(cls, **parts: bytes) -> "Salt":
        """Named by the keywords."""
        return cls(parts, fingerprint.digest(*parts.values()))


@dataclass(frozen=True, slots=True)
class Stage:
    """Outputs that are made alike.

    make: makes some of them, in any process. salt: what an output depends on apart from its inputs.
    made_from: the fingerprint of each output's inputs, by its path. known: those of objects among the inputs.
    min_parallel: up to so many outputs are made in this process.
    """

    outputs: Sequence[Output[Any]]
    make: Callable[[Sequence[Any]], Iterable[OutputFiles]]
    salt: Callable[[Any], Salt]
    made_from: Mapping[str, bytes]
    known: Known
    min_parallel: int

    def keys(self) -> dict[str, bytes]:
        """The fingerprint of all that each output depends on, by its path."""
        return {
            each.path: fingerprint.digest(self.salt(each).key, self.made_from[each.path])
            for each in self.outputs
        }

    def parts(self, output: Output[Any], inputs: tuple[int, ...]) -> bytes:
        """Checksums of the salt's parts and of the inputs, by which a later build says what changed."""
        salts = (part[:PART_SIZE] for part in self.salt(output).parts.values())
        return b"".join((*salts, *(each.to_bytes(PART_SIZE) for each in inputs)))


@dataclass
class Site:
    """A site while it is brought up to date; made by `Site.open`.

    work: the private folder of this build. entries: what the staging folder holds so far.
    """

    live: Path
    spare: Path
    work: Path
    staged: Path
    cache: Cache
    workers: Workers
    entries: dict[str, ManifestEntry] = field(default_factory=dict)
    _scanned: Callable[[], FileStamps] = dict

    @classmethod
    @contextmanager
    def open(cls, project: Project, cache: Cache, workers: Workers) -> Iterator["Site"]:
        """Lock the project and make an empty staging folder.

        Raises BusyError if it is locked, and GeneratorError if folders were not made by a build or if the
        system refuses, then or before the context is left.
        """
        try:
            with staging.staging_folder(project.build, project.site) as work:
                if project.spare.is_file():
                    project.spare.unlink()
                staged = work / "site"
                staged.mkdir()
                yield cls(project.site, project.spare, work, staged, cache, workers)
        except BrokenPipeError:
            raise
        except OSError as error:
            place = error.filename or project.build
            raise GeneratorError(f"{place} cannot be written: {error.strerror}") from error

    @cached_property
    def published(self) -> Manifest:
        """The manifest of the live folder as it was before this build."""
        return manifest.load(self.live, self.cache) or manifest.recognise(self.live, self.cache, self.workers)

    def is_whole(self) -> bool:
        """Whether the live folder holds exactly what was published last."""
        return manifest.is_untouched(self.live, self.cache)

    def is_current(self, keys: Mapping[str, bytes]) -> bool:
        """Whether exactly the outputs with these keys are published, and nobody changed them."""
        return {path: entry.key for path, entry in self.published.items()} == keys and self.is_whole()

    @contextmanager
    def scan(self) -> Iterator[None]:
        """Stamp in the background the files that `seed` starts from."""
        if not self.published:
            yield
            return
        with self.workers.background(_scan, (self.staged, self.spare, self.live)) as scanned:
            self._scanned = scanned
            yield

    def seed(self, keys: Mapping[str, bytes]) -> None:
        """Seed the staging folder with every output that is still valid.

        The spare folder is reused, the rest hard-linked. `keys` are those of all outputs, by path.
        """
        there = self._scanned()
        if there and self.spare.exists():
            self.staged.rmdir()
            self.spare.rename(self.staged)
        elif self.spare.exists():
            files.remove_tree(self.spare.parent, self.spare.name)
        if not manifest.knows_search(self.staged, self.cache):
            files.remove_tree(self.staged, SEARCH)
        valid = {path: entry for path, entry in self.published.items() if keys.get(path) == entry.key}
        kept = _keep_valid(self.staged, there, valid)
        others = {path: entry for path, entry in valid.items() if path not in kept}
        link = partial(_link_all, self.live, self.staged)
        linked = self.workers.parallel_map(link, tuple(others.values()), min_parallel=_MIN_PARALLEL)
        found = zip(others.items(), linked, strict=True)
        self.entries = kept | {path: entry for (path, entry), is_linked in found if is_linked}

    def write(self, stage: Stage) -> int:
        """Make the outputs that the staging folder does not hold yet, and return how many that were."""
        missing = [output for output in stage.outputs if output.path not in self.entries]
        task = partial(_write, self.staged, stage)
        entries = self.workers.parallel_map(task, missing, min_parallel=stage.min_parallel)
        for output, entry in zip(missing, entries, strict=True):
            self.entries[output.path] = entry._replace(links=tuple(map(sys.intern, entry.links)))
        return len(missing)

    def write_files(self, files: Mapping[str, bytes]) -> None:
        """Write files whose content is known, as far as the staging folder does not hold them yet."""
        for path, content in files.items():
            if path not in self.entries:
                file = filetree.create(self.staged, path, content)
                self.entries[path] = ManifestEntry(fingerprint.digest(content), (file,))

    def publish(self, keys: Mapping[str, bytes]) -> int:
        """Exchange the staging folder for the live one, and return how many outputs differ between them."""
        entries = self.entries | {SEARCH: ManifestEntry(keys[SEARCH], ())}
        manifest.store(self.staged, entries, self.cache)
        staging.swap(self.staged, self.live)
        if self.staged.exists():
            self.staged.rename(self.spare)
        before = {path: entry.key for path, entry in self.published.items()}
        return sum(key != before.get(path) for path, key in keys.items() if path != SEARCH)


def _scan(folders: tuple[Path, Path, Path]) -> dict[str, Stamp | None]:
    """The files of the spare folder; without one, link all live ones into the staging folder."""
    staged, spare, live = folders
    if spare.is_dir():
        return dict(filetree.files(spare, SEARCH))
    try:
        return dict(filetree.link_all(live, staged, SEARCH))
    except OSError:  # a file system without hard links, or with too many of them
        files.remove_tree(staged, SEARCH)
        return dict(filetree.files(staged, SEARCH))


def _keep_valid(folder: Path, there: FileStamps, valid: Manifest) -> dict[str, ManifestEntry]:
    """The entries of which the folder has all files, unchanged; all other files are removed."""
    kept = {
        path: entry
        for path, entry in valid.items()
        if all(there.get(name) == stamp for name, stamp, _ in entry.files)
    }
    for name in there.keys() - {name for entry in kept.values() for name, _, _ in entry.files}:
        filetree.remove(folder, name)
    return kept


def _link_all(source: Path, target: Path, entries: Sequence[ManifestEntry]) -> list[bool]:
    return [_link(source, target, entry) for entry in entries]


def _link(source: Path, target: Path, entry: ManifestEntry) -> bool:
    """Hard-link the files of an entry; False if they were changed or the file system refuses."""
    if not manifest.is_unchanged(source, entry):
        return False
    try:
        for name, _, _ in entry.files:
            filetree.link(source, target, name)
    except OSError:  # a file system without hard links, or with too many of them
        for name, _, _ in entry.files:
            filetree.remove(target, name)
        return False
    return True


def _write(folder: Path, stage: Stage, outputs: Sequence[Output[Any]]) -> list[ManifestEntry]:
    """Make some outputs and write their files."""
    inputs = fingerprint.checksums(outputs, stage.known if CAN_FORK else {})
    return [
        ManifestEntry(
            key=fingerprint.digest(stage.salt(output).key, stage.made_from[output.path]),
            files=tuple(filetree.create(folder, name, content) for name, content in made.contents.items()),
            links=made.links,
            parts=stage.parts(output, checksums),
        )
        for output, made, checksums in zip(outputs, stage.make(outputs), inputs, strict=True)
    ]
