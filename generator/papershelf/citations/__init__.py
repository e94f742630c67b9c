"""Citations of papers as BibTeX, CSL-JSON, RIS and text, and citation keys."""

from papershelf.citations.apa import ApaCitation, apa
from papershelf.citations.bibtex import bibtex
from papershelf.citations.csl import CslDate, CslItem, CslName, csl
from papershelf.citations.keys import keys
from papershelf.citations.ris import ris

__all__ = ["ApaCitation", "CslDate", "CslItem", "CslName", "apa", "bibtex", "csl", "keys", "ris"]
