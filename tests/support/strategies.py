"""What property tests draw from."""

import unicodedata

from hypothesis import strategies as st

from papershelf import text

ANY_LETTER = st.characters(codec="utf-8").filter(  # TeX has no letters above or below the line, but scripts
    lambda letter: not unicodedata.decomposition(letter).startswith(("<sub>", "<super>"))
)
ANY_TEXT = st.one_of(
    st.text(ANY_LETTER, min_size=1, max_size=40),
    st.text("\\{}$&#%_~^<>|`'\"-?!,@= \nabZÖßγ≤“–🫖", min_size=1, max_size=40),
).filter(lambda said: bool(text.plain(said)))
