"""What a build depends on is all in its fingerprint."""

import re
import tomllib

from papershelf.incremental import inputs
from support.project import ROOT


def test_every_dependency_is_in_the_fingerprint() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[^\w.-]", line)[0].lower().replace("-", "_") for line in declared}

    assert names <= inputs.DISTRIBUTIONS


def test_every_name_in_the_fingerprint_is_an_installed_distribution() -> None:
    assert len(inputs.versions(inputs.DISTRIBUTIONS)) == len(inputs.DISTRIBUTIONS)
