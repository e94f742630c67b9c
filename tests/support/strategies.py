"""What property tests draw from."""

import unicodedata
from datetime import date

from hypothesis import strategies as st

from papershelf import text
from papershelf.core.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate

ANY_LETTER = st.characters(codec="utf-8").filter(  # TeX has no letters above or below the line, but scripts
    lambda letter: not unicodedata.decomposition(letter).startswith(("<sub>", "<super>"))
)
ANY_TEXT = st.one_of(
    st.text(ANY_LETTER, min_size=1, max_size=40),
    st.text("\\{}$&#%_~^<>|`'\"-?!,@= \nabZÖßγ≤“–🫖", min_size=1, max_size=40),
).filter(lambda said: bool(text.plain(said)))


def partial_dates(first: int = FIRST_YEAR, last: int = LAST_YEAR) -> st.SearchStrategy[PartialDate]:
    """Years from `first` to `last`, their months, and their days."""
    return st.dates(date(first, 1, 1), date(last, 12, 31)).flatmap(
        lambda day: st.sampled_from(
            [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate.of(day)]
        )
    )
