"""Mapping: what the columns of somebody's register mean here, declared in a TOML file.

It says which columns fill which fields of the complaint, how dates and amounts are written,
which commands a row means and which column dates each of them, what each result code means in
our terms, which empty cells are allowed, and which columns make a row the one it is.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from events.terms import REFUSAL_GROUNDS, REMEDIES, TERMINATION_GROUNDS
from events.words import Words
from services.actions.refused import Refused

Name = Annotated[str, Field(min_length=1)]

#: What of a complaint may come from a file; all of it text except `claimed`, an amount.
TEXT_FIELDS = (
    "respondent", "respondent_address", "category", "trade", "product", "facts", "request",
    "name", "phone", "address", "bought_on", "order_no", "reference",
)  # fmt: skip
FIELDS = (*TEXT_FIELDS, "claimed")


class BadMapping(Refused):
    """The mapping itself cannot be used; says where and why."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldMap(_Part):
    """One field: the columns it is made of, whether it may be empty, and values by name."""

    columns: Annotated[list[Name], Field(min_length=1)]
    join: str = " "
    empty: bool = False
    #: Where given, every value must stand here; "" says what an empty cell means.
    values: dict[str, str] = {}


class Steps(_Part):
    """The commands a row means, each with the column that dates it; left out = not done.

    Of a row that is still open, an empty date of `accept` or `start_mediation` means: not done yet.
    """

    register_on: Name = Field(alias="register")
    accept: Name | None = None
    start_mediation: Name | None = None
    outcome: Name | None = None
    close: Name | None = None


class Outcome(_Part):
    """What one result code means: exactly one of agreement, termination and refusal."""

    agreement: Annotated[str, AfterValidator(lambda v: _known(v, REMEDIES))] | None = None
    termination: Annotated[str, AfterValidator(lambda v: _known(v, TERMINATION_GROUNDS))] | None = (
        None
    )
    refusal: Annotated[str, AfterValidator(lambda v: _known(v, REFUSAL_GROUNDS))] | None = None
    zh: Name
    en: Name

    @model_validator(mode="after")
    def _one_meaning(self) -> Outcome:
        meanings = [m for m in (self.agreement, self.termination, self.refusal) if m]
        if len(meanings) != 1:
            raise ValueError("exactly one of agreement, termination, refusal")
        return self

    @property
    def words(self) -> Words:
        return Words(self.zh, self.en)


class Outcomes(_Part):
    """The column of result codes and what each code means; `open` = codes not ended yet."""

    column: Name
    open: list[str] = []
    codes: dict[str, Outcome]


class Restitution(_Part):
    """The column of what the consumer got back; only amounts above zero are recorded."""

    column: Name
    empty: bool = False


class Satisfaction(_Part):
    """The column of the consumer's answer, by the values that mean each."""

    column: Name
    yes: list[str]
    no: list[str]
    unanswered: list[str] = []


class Dates(_Part):
    """How dates are written, tried in order (strptime)."""

    formats: Annotated[list[Name], Field(min_length=1)]


class Amounts(_Part):
    """In which currency amounts are."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Mapping(_Part):
    """A whole mapping file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    zh: Name
    en: Name
    subject: Literal["complaints"]
    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    sheet: str = ""
    natural_key: Annotated[list[Name], Field(min_length=1)]
    ignored: list[Name] = []
    dates: Dates
    amounts: Amounts
    fields: dict[Literal[FIELDS], FieldMap]  # type: ignore[valid-type]
    steps: Steps
    outcome: Outcomes | None = None
    restitution: Restitution | None = None
    satisfaction: Satisfaction | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Mapping:
        if strange := [c for c in self.natural_key if c not in self.columns]:
            raise ValueError(f"natural_key: {strange} are read by nothing")
        if self.outcome and not self.steps.outcome:
            raise ValueError("steps.outcome: which column dates the outcome?")
        if self.outcome and not (self.steps.accept and self.steps.start_mediation):
            raise ValueError("steps: an outcome needs accept and start_mediation")
        if (self.restitution or self.satisfaction or self.steps.close) and not self.outcome:
            raise ValueError("restitution, satisfaction and close need an outcome")
        return self

    @property
    def columns(self) -> list[str]:
        """Every column that means something, in no particular order but always the same."""
        fields = [c for f in self.fields.values() for c in f.columns]
        others = [p.column for p in (self.outcome, self.restitution, self.satisfaction) if p]
        return list(dict.fromkeys([*fields, *others, *self.date_columns, *self.ignored_key]))

    @property
    def ignored_key(self) -> list[str]:
        """Columns that fill nothing here but tell one row from another."""
        return [c for c in self.natural_key if c in self.ignored]

    @property
    def date_columns(self) -> list[str]:
        """The columns that date a step."""
        s = self.steps
        dated = [s.register_on, s.accept, s.start_mediation, s.outcome, s.close]
        return list(dict.fromkeys(c for c in dated if c))

    @property
    def amount_columns(self) -> list[str]:
        """The columns that hold amounts."""
        claimed = self.fields["claimed"].columns if "claimed" in self.fields else []
        return [*claimed, *([self.restitution.column] if self.restitution else [])]


def load_mapping(path: Path) -> Mapping:
    """The mapping in the file; `BadMapping` says what is wrong with it."""
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise _bad(path, f"文件无法读取：{error.strerror}", str(error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(path, f"不是有效的 TOML（{error}）", f"not valid TOML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "（整体）"
        raise _bad(path, f"{where}：{first['msg']}", f"{where}: {first['msg']}") from error


def shipped_mappings() -> list[Path]:
    """The mappings that come with the platform."""
    return sorted((Path(__file__).parent.parent / "mappings").glob("*.toml"))


def _bad(path: Path, zh: str, en: str) -> BadMapping:
    return BadMapping(
        Words(
            f"映射文件 {path.name} 不能用：{zh}。没有导入任何内容，改好后再运行。",
            f"The mapping {path.name} cannot be used: {en}. Nothing was imported.",
        )
    )


def _known(value: str, options: object) -> str:
    """The code, if the list has it."""
    if value not in options:  # type: ignore[operator]
        raise ValueError(f"{value!r} is not a code of the list")
    return value
