"""Which folders builds may change: those that they made themselves, and can prove so.

`build/` has a tag that says so, `site/` the files of every site. Links and other file systems in them are
refused before anything is written, as whatever is behind them belongs to somebody else.
"""

import stat
from pathlib import Path
from typing import Final

from papershelf.core import files, git
from papershelf.core.problems import GeneratorError

TAG: Final = "CACHEDIR.TAG"
"""Tells backup programs to skip a folder: https://bford.info/cachedir/."""

_SIGNATURE: Final = b"Signature: 8a477f597d28d172789f06886806bc55"
_TAG_CONTENT: Final = _SIGNATURE + (
    b"\n# What builds of Papershelf remember. It may be deleted at any time.\n"
    b"# For information about cache directory tags see https://bford.info/cachedir/\n"
)
_IGNORE: Final = ".gitignore"
_OF_A_SITE: Final = Path("assets", "papershelf")


def claim(build: Path) -> None:
    """Make the folder of builds, or prove that one made it.

    Raises GeneratorError if it is something else, holds links or another file system, or is in git: then it
    came with a checkout.
    """
    if not _is_folder(build):
        files.write(build.parent, f"{build.name}/{TAG}", _TAG_CONTENT)
    _refuse_mounts(build)
    entries = [entry for entry in build.iterdir() if not entry.name.startswith(files.PARTIAL)]
    if entries and not _is_tag(build / TAG):
        raise GeneratorError(
            f"{build} has no {TAG}, so it may be somebody else's: move it, or remove it; nothing was changed"
        )
    for entry in entries:
        if entry.is_symlink():
            raise GeneratorError(f"{entry} is a symbolic link: remove it; nothing was changed")
    if git.tracks(build):
        raise GeneratorError(
            f"{build} is in git, but what builds remember must not come with a checkout: "
            f"git rm -r --cached {build.name}"
        )
    if not entries:
        files.write(build, TAG, _TAG_CONTENT)
    if build / _IGNORE not in entries:
        files.write(build, _IGNORE, b"*\n")


def check_site(site: Path) -> None:
    """Raise GeneratorError unless a build may replace this folder: it is missing, empty, or a site."""
    if not _is_folder(site):
        return
    _refuse_mounts(site)
    if any(site.iterdir()) and not _is_folder(site / _OF_A_SITE):
        raise GeneratorError(f"{site} is no site of Papershelf: move it, or remove it; nothing was changed")


def _is_folder(path: Path) -> bool:
    """Whether there is a folder; raises GeneratorError for anything else in its place."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise GeneratorError(f"{path} cannot be looked at: {error.strerror}") from error
    if stat.S_ISLNK(mode):
        raise GeneratorError(
            f"{path} is a symbolic link: remove it, as builds replace whole folders; nothing was changed"
        )
    if not stat.S_ISDIR(mode):
        raise GeneratorError(f"{path} is in the way: it is not a folder")
    return True


def _is_tag(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes().startswith(_SIGNATURE)


def _refuse_mounts(folder: Path) -> None:
    if found := files.mounts(folder):
        raise GeneratorError(f"{found[0]} is a mount point: builds replace whole folders; unmount it")
