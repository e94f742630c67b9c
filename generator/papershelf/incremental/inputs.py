"""All that a build starts from, as one fingerprint: when it is the same, so is the site."""

from pathlib import Path

from papershelf.core.project import CONFIG, Project
from papershelf.incremental import cache, fingerprint


def key(project: Project, *others: bytes) -> bytes:
    """Stands for the program, the settings, every file of the content, and the `others`."""
    files = [project.root / CONFIG, *sorted(project.content.rglob("*"))]
    pairs = ((_name(file, project), _content(file)) for file in files if file.is_file())
    return fingerprint.digest(cache.program(), *others, *(part for pair in pairs for part in pair))


def _name(file: Path, project: Project) -> bytes:
    return file.relative_to(project.root).as_posix().encode("utf-8", "surrogateescape")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        return str(error).encode()
