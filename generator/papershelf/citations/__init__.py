"""Papers as references to cite: their keys, and each as BibTeX, CSL-JSON and RIS."""

from papershelf.citations.bibtex import bibtex
from papershelf.citations.csl import CslDate, CslItem, CslName, csl
from papershelf.citations.keys import keys
from papershelf.citations.ris import ris

__all__ = ["CslDate", "CslItem", "CslName", "bibtex", "csl", "keys", "ris"]
