"""Why an output is current, or what changed of all that it depends on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from papershelf.incremental import fingerprint, manifest
from papershelf.incremental.manifest import PART_SIZE, SEARCH
from papershelf.incremental.output import Output
from papershelf.incremental.site import Site, Stage

State = Literal["current", "changed", "new", "tampered", "removed", "unknown"]


@dataclass(frozen=True, slots=True)
class OutputState:
    """What the next build does with an output.

    current: keeps it. changed: makes it again, as the inputs named in `changed` differ. new: makes it for the
    first time. tampered: makes it again, as somebody changed or removed its files. removed: removes it.
    unknown: no output has this path.
    """

    path: str
    state: State
    changed: tuple[str, ...] = ()


def why(site: Site, stages: Sequence[Stage], keys: Mapping[str, bytes], path: str) -> OutputState:
    """What the next build does with the output that a path means; `keys` are those of all planned outputs."""
    for known in _meant(path):
        entry = site.published.get(known)
        if known in keys:
            return _planned(site, stages, keys[known], known) if entry else OutputState(known, "new")
        if entry:
            return OutputState(known, "removed")
    return OutputState(path, "unknown")


def _planned(site: Site, stages: Sequence[Stage], key: bytes, path: str) -> OutputState:
    """The verdict on an output that is published and planned."""
    entry = site.published[path]
    is_damaged_index = path == SEARCH and not manifest.has_search(site.live, site.cache)
    if is_damaged_index or not manifest.is_unchanged(site.live, entry):
        return OutputState(path, "tampered")
    if entry.key == key:
        return OutputState(path, "current")
    if path == SEARCH:
        return OutputState(path, "changed", ("documents",))
    found = next(((stage, each) for stage in stages for each in stage.outputs if each.path == path), None)
    return OutputState(path, "changed", _changed(*found, entry.parts) if found else ("content",))


def _changed(stage: Stage, output: Output[Any], before: bytes) -> tuple[str, ...]:
    """The names of the parts that differ; the program alone where another program made the output."""
    (inputs,) = fingerprint.checksums([output], stage.known)
    names = (*stage.salt(output).parts, *fingerprint.input_names(output))
    now = stage.parts(output, inputs)
    if len(before) != len(now):
        return ("program",)
    starts = range(0, len(now), PART_SIZE)
    return tuple(
        name
        for name, at in zip(names, starts, strict=True)
        if before[at : at + PART_SIZE] != now[at : at + PART_SIZE]
    )


def _meant(path: str) -> tuple[str, ...]:
    """The paths of outputs that a path may mean: of a file, a page's address, or either below site/."""
    inside = path.removeprefix("./").removeprefix("site/").strip("/")
    page = inside.removesuffix(".html").removesuffix(".md")
    folder = f"{inside}/" if inside else ""
    return (inside, f"{page}.md", f"{folder}index.md")
