"""What the columns of a public letter box mean: a TOML file with `subject = "letters"`.

One row = one letter and, where it was answered, the reply. It becomes an enquiry.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from deploy.importing.mapping import FieldMap, Mapping, Name, Part

#: What of a letter may come from a file.
FIELDS = ("reference", "title", "question", "name", "phone")


class Asked(Part):
    """The column that says when the letter came."""

    column: Name


class Reply(Part):
    """The columns of the reply and of when it was given; `open` = texts that are no reply yet."""

    column: Name
    at: Name
    open: list[str] = Field(default_factory=list)


class LetterMapping(Mapping):
    """A whole mapping file of a letter box."""

    subject: Literal["letters"]
    fields: dict[Literal[FIELDS], FieldMap]  # type: ignore[valid-type]
    asked: Asked
    reply: Reply

    @model_validator(mode="after")
    def _has_what_a_letter_is(self) -> LetterMapping:
        if missing := [name for name in ("reference", "question") if name not in self.fields]:
            raise ValueError(f"fields: {missing} must be there")
        return self

    @property
    def meaning(self) -> list[str]:
        return [*(c for f in self.fields.values() for c in f.columns), self.reply.column]

    @property
    def date_columns(self) -> list[str]:
        return [self.asked.column, self.reply.at]

    @property
    def columns_of(self) -> dict[str, list[str]]:
        filled = {name: field.columns for name, field in self.fields.items()}
        return {**filled, "answer": [self.reply.column]}
