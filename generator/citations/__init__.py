"""Papers as references to cite: their keys, and each as BibTeX, CSL-JSON and RIS."""

from generator.citations.bibtex import bibtex
from generator.citations.csl import CslDate, CslItem, CslName, csl
from generator.citations.keys import keys
from generator.citations.ris import ris

__all__ = ["CslDate", "CslItem", "CslName", "bibtex", "csl", "keys", "ris"]
