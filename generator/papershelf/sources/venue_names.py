"""Venues and dates as lists of papers write them: `CVPR 2024`, `NeurIPS'23 (oral)`, `2023/04`, `May 2023`."""

import re
from typing import Final, NamedTuple

from papershelf.core.partial_date import PartialDate
from papershelf.sources.short_dates import MONTHS
from papershelf.sources.values import partial_date

_KNOWN: Final = (
    r"NeurIPS|NIPS|ICML|ICLR|CVPR|CVPRW|ICCV|ICCVW|ECCV|WACV|BMVC|ACCV|3DV|AAAI|IJCAI|UAI|AISTATS|COLT"
    r"|ACML|ECML|ACL|EMNLP|NAACL|EACL|AACL|COLING|CoNLL|TACL|COLM|LREC|SIGDIAL|KDD|SIGKDD|WWW"
    r"|TheWebConf|SIGIR|CIKM|WSDM|RecSys|ECIR|ICDM|ICDE|VLDB|PVLDB|SIGMOD|PODS|EDBT|CoRL|ICRA|IROS|RSS"
    r"|RA-?L|T-?RO|IJRR|SIGGRAPH(?: Asia)?|CHI|UIST|CSCW|IUI|ICASSP|INTERSPEECH|ASRU|TASLP|MICCAI|MIDL"
    r"|ISBI|T?MI|T?PAMI|IJCV|TIP|TNNLS|TKDE|TMM|TOG|TVCG|TCSVT|JMLR|TMLR|JAIR|AIJ|PNAS|OSDI|SOSP|NSDI"
    r"|ATC|FAST|EuroSys|ASPLOS|ISCA|MICRO|HPCA|SC|PPoPP|MLSys|CCS|NDSS|USENIX(?: Security| ATC)?|S&P"
    r"|ICSE|FSE|ESEC/FSE|ASE|ISSTA|MSR|TSE|TOSEM|PLDI|POPL|OOPSLA|CAV|SIGCOMM|INFOCOM|MobiCom|SenSys"
    r"|FAccT|AIES|LoG|CLeaR|TheWebConference|ACM ?MM|MM|ICME|ICIP|ICPR|IJCNN|DAC"
    r"|Nature(?: [A-Z][a-z]+){0,3}|Science(?: [A-Z][a-z]+){0,2}"
)
_PREPRINT: Final = r"arxiv(?: preprint)?|preprint|biorxiv|openreview|corr|tech(?:nical)? ?report|under review"
_YEAR: Final = r"(?:19|20)[0-9]{2}"
_REMARK: Final = (
    r"(?:[\s,:(-]+(?:oral|spotlight|poster|highlight|workshops?|findings|demos?"
    r"|(?:best|outstanding) [a-z ]{3,30}"
    r"|long|short|main|d&b|datasets? and benchmarks?(?: track)?)\b\)?){0,3}"
)
_IS_KNOWN: Final = re.compile(
    rf"(?P<venue>(?:(?i:findings of|proc(?:eedings|\.) of|the|ieee|acm|ieee/cvf|ieee/rsj|in)\s+"
    rf"|(?P<first>{_YEAR})\s+){{0,3}}(?:{_KNOWN})(?:[ -][Ww]orkshops?)?"
    rf"(?:[\s,'\u2019\u2018`@-]{{0,3}}(?P<year>{_YEAR}|(?<=['\u2019\u2018` ])[0-9]{{2}}|[0-9]{{2}}(?![0-9]))"
    rf")?(?i:{_REMARK}))"
)
_WITH_YEAR: Final = re.compile(rf"(?P<venue>[^\W\d_a-z][\w&/.:' -]{{1,80}}?)[\s,'-]{{1,3}}(?P<year>{_YEAR})")
_IS_SERIES: Final = re.compile(
    r"(?:[\w&]+\s){0,6}(?:Journal|Transactions|Letters|Proceedings|Conference|Symposium|Annals)(?:\s[\w&]+){0,8}"
)
_IS_PREPRINT: Final = re.compile(
    rf"(?i:{_PREPRINT})(?:[\s,'\u2019:-]{{0,3}}(?P<year>{_YEAR}|[0-9]{{2}})(?:[./-](?P<month>[0-9]{{1,2}}))?)?"
)
_NUMBERS: Final = re.compile(
    rf"(?P<year>{_YEAR})(?:\s?[./\-\u5e74]\s?(?P<month>[0-9]{{1,2}})(?:\s?[./\-\u6708]\s?(?P<day>[0-9]{{1,2}})\u65e5?)?)?[\u5e74\u6708]?"
)
_MONTH: Final = "|".join(rf"{month[:3]}(?:{month[3:]}|t)?\.?" if month[3:] else month for month in MONTHS)
_NAMED: Final = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTH})"
    rf"(?:\s+(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?)?,?\s+(?P<year>{_YEAR})|(?P<year3>{_YEAR})[,\s]+(?P<month3>{_MONTH})",
    re.IGNORECASE,
)
_LONGEST: Final = 120
_PIVOT: Final = "60"  # of years with two digits


class Appeared(NamedTuple):
    """Where and when a work appeared, as far as a text says; a preprint has no venue."""

    venue: str | None = None
    published: PartialDate | None = None


def appeared(text: str, *, marked: bool = False) -> Appeared | None:
    """What the whole of a text says about where and when; None if it says something else.

    marked: whether it stands in brackets or the like, where any name before a year is a venue.
    """
    text = " ".join(text[: _LONGEST + 1].split()).strip(" .,;:*_|`~")
    if not text or len(text) > _LONGEST:
        return None
    if day := written_day(text):
        return Appeared(published=day)
    if found := _IS_PREPRINT.fullmatch(text):
        return Appeared(published=_date(found["year"], found["month"]))
    if found := _IS_KNOWN.fullmatch(text):
        return Appeared(found["venue"], _date(found["year"] or found["first"]))
    return _marked(text) if marked else None


def _marked(text: str) -> Appeared | None:
    if found := _WITH_YEAR.fullmatch(text):
        return Appeared(text, _date(found["year"]))
    return Appeared(text) if _IS_SERIES.fullmatch(text) else None


def written_day(text: str) -> PartialDate | None:
    """The date that the whole of a text is."""
    text = text.strip(" .,;:*_|`~()[]\n")
    if found := _NUMBERS.fullmatch(text):
        return partial_date(found["year"], found["month"], found["day"])
    if found := _NAMED.fullmatch(text):
        month = _month(found["month"] or found["month3"])
        return partial_date(found["year"] or found["year3"], month, found["day"] or found["day2"])
    return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == name[:3].lower())


def _date(year: str | None, month: str | None = None) -> PartialDate | None:
    if not year:
        return None
    century = "" if len(year) > len("24") else "19" if year > _PIVOT else "20"
    return partial_date(century + year, month)
