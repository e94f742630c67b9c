"""What curators write as text: cleaned as the text of listings is, while their files stay as they are."""

from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from papershelf import text
from papershelf.core.model import TAG, Reference, Text


def _cleaned_by(clean: Callable[[str], str]) -> AfterValidator:
    def validate(value: str) -> str:
        if cleaned := clean(value):
            return cleaned
        raise ValueError(f"'{value}' is markup without a word")

    return AfterValidator(validate)


def _with_clean_title(reference: Reference) -> Reference:
    title = text.clean(reference.title)
    return (
        reference if title == reference.title or not title else reference.model_copy(update={"title": title})
    )


CleanText = Annotated[Text, _cleaned_by(text.clean)]
Label = Annotated[Text, _cleaned_by(text.clean_label)]
Name = Annotated[Text, _cleaned_by(text.clean_name)]
Tag = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=TAG),
    _cleaned_by(text.clean_label),
]
CuratedReference = Annotated[Reference, AfterValidator(_with_clean_title)]
