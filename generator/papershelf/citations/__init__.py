"""Citations of papers as BibTeX, CSL-JSON and RIS, and citation keys."""

from papershelf.citations.bibtex import bibtex
from papershelf.citations.csl import CslDate, CslItem, CslName, csl
from papershelf.citations.keys import keys
from papershelf.citations.ris import ris

__all__ = ["CslDate", "CslItem", "CslName", "bibtex", "csl", "keys", "ris"]
