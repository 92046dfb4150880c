"""Mapping: what the columns of somebody's register mean here, declared in a TOML file.

What registers of every subject have in common: how dates are written, which columns make a row
the one it is, which are left aside. What a row means, the subjects say: `complaint_mapping.py`,
`letter_mapping.py`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from services.actions.refused import Refused

Name = Annotated[str, Field(min_length=1)]


class BadMapping(Refused):
    """The mapping itself cannot be used; says where and why."""


class Part(BaseModel):
    """A table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldMap(Part):
    """One field: the columns it is made of, whether it may be empty, and values by name."""

    columns: Annotated[list[Name], Field(min_length=1)]
    join: str = " "
    empty: bool = False
    #: Where given, every value must stand here; "" says what an empty cell means.
    values: dict[str, str] = {}


class Dates(Part):
    """How dates are written, tried in order (strptime)."""

    formats: Annotated[list[Name], Field(min_length=1)]


class Mapping(Part):
    """A whole mapping file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    zh: Name
    en: Name
    subject: str
    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    sheet: str = ""
    natural_key: Annotated[list[Name], Field(min_length=1)]
    #: Whether the register gives each key to one record only: a second row with it is sent back.
    unique: bool = False
    ignored: list[Name] = []
    dates: Dates

    @model_validator(mode="after")
    def _key_is_read(self) -> Mapping:
        if strange := [c for c in self.natural_key if c not in self.columns]:
            raise ValueError(f"natural_key: {strange} are read by nothing")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column that means something, in no particular order but always the same."""
        return list(dict.fromkeys([*self.meaning, *self.date_columns, *self.ignored_key]))

    @property
    def meaning(self) -> list[str]:
        """The columns that fill something here, without those that date a step."""
        raise NotImplementedError

    @property
    def date_columns(self) -> list[str]:
        """The columns that date a step."""
        raise NotImplementedError

    @property
    def amount_columns(self) -> list[str]:
        """The columns that hold amounts."""
        return []

    @property
    def currency(self) -> str:
        """In which currency amounts are."""
        return "CNY"

    @property
    def columns_of(self) -> dict[str, list[str]]:
        """The columns by the field of the command they fill, to name them in a sentence."""
        raise NotImplementedError

    @property
    def ignored_key(self) -> list[str]:
        """Columns that fill nothing here but tell one row from another."""
        return [c for c in self.natural_key if c in self.ignored]
