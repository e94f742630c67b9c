"""What an installed Papershelf consists of may be passed on together with it, under the MIT License."""

import re
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement

from support.project import ROOT

PERMISSIVE = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT"),
        *("MIT-0", "PSF-2.0", "Unlicense", "Zlib"),
    }
)
WEAK_COPYLEFT = frozenset({"MPL-2.0"})  # binds those files only, which nobody here changes
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
EXCEPTIONS = {
    "text-unidecode": "the Artistic License or the GPL, as one likes: python-slugify needs it",
}
LOCKED = [
    Requirement(line.removesuffix("\\"))
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    if re.match(r"[a-z0-9]", line)
]
INSTALLED = sorted({each.name for each in LOCKED if not each.marker or each.marker.evaluate()})


def licence(name: str) -> str:
    """An SPDX expression of a distribution's licence, as its metadata have it."""
    metadata = distribution(name).metadata
    if expression := metadata.get_all("License-Expression"):
        return str(expression[0])
    classifiers = [each for each in metadata.get_all("Classifier") or () if each.startswith("License :: ")]
    names = [each.rpartition(" :: ")[2] for each in classifiers if each != "License :: OSI Approved"]
    names = names or [each.strip() for each in metadata.get_all("License") or ()]
    return " AND ".join(SPELLINGS.get(each, each) for each in names)


def is_allowed(expression: str) -> bool:
    """Whether one may choose licences of the two lists."""
    if "(" in expression:
        return False  # nobody has one yet
    parts = expression.split(" AND ")
    return all({*part.split(" OR ")} & (PERMISSIVE | WEAK_COPYLEFT) for part in parts)


@pytest.mark.parametrize("name", INSTALLED)
def test_a_dependency_may_be_passed_on_with_papershelf(name: str) -> None:
    assert is_allowed(licence(name)) or name in EXCEPTIONS, licence(name)


def test_every_exception_is_needed() -> None:
    assert [name for name in EXCEPTIONS if name not in INSTALLED or is_allowed(licence(name))] == []


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("GNU General Public License (GPL)", False),
        ("AGPL-3.0-or-later", False),
        ("", False),
    ],
)
def test_licences_that_bind_the_whole_are_told_from_others(expression: str, allowed: object) -> None:
    assert is_allowed(expression) == allowed


def test_papershelf_has_the_licence_that_this_is_about() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License\n")
