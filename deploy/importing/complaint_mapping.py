"""What the columns of a register of complaints mean: a TOML file with `subject = "complaints"`.

It says which columns fill which fields of the complaint, which commands a row means and which
column dates each of them, and what each result code means in our terms.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from deploy.importing.mapping import FieldMap, Mapping, Name, Part
from events.terms import REFUSAL_GROUNDS, REMEDIES, TERMINATION_GROUNDS
from events.words import Words

#: What of a complaint may come from a file; all of it text except `claimed`, an amount.
TEXT_FIELDS = (
    "respondent", "respondent_address", "category", "trade", "product", "facts", "request",
    "name", "phone", "address", "bought_on", "order_no", "reference",
)  # fmt: skip
FIELDS = (*TEXT_FIELDS, "claimed")


class Steps(Part):
    """The commands a row means, each with the column that dates it; left out = not done.

    Of a row that is still open, an empty date of `accept` or `start_mediation` means: not done yet.
    """

    register_on: Name = Field(alias="register")
    accept: Name | None = None
    start_mediation: Name | None = None
    outcome: Name | None = None
    close: Name | None = None


class Outcome(Part):
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


class Outcomes(Part):
    """The column of result codes and what each code means; `open` = codes not ended yet."""

    column: Name
    open: list[str] = Field(default_factory=list)
    codes: dict[str, Outcome]


class Restitution(Part):
    """The column of what the consumer got back; only amounts above zero are recorded."""

    column: Name
    empty: bool = False


class Satisfaction(Part):
    """The column of the consumer's answer, by the values that mean each."""

    column: Name
    yes: list[str]
    no: list[str]
    unanswered: list[str] = Field(default_factory=list)


class Amounts(Part):
    """In which currency amounts are."""

    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class ComplaintMapping(Mapping):
    """A whole mapping file of a register of complaints."""

    subject: Literal["complaints"]
    amounts: Amounts
    fields: dict[Literal[FIELDS], FieldMap]  # type: ignore[valid-type]
    steps: Steps
    outcome: Outcomes | None = None
    restitution: Restitution | None = None
    satisfaction: Satisfaction | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> ComplaintMapping:
        if self.outcome and not self.steps.outcome:
            raise ValueError("steps.outcome: which column dates the outcome?")
        if self.outcome and not (self.steps.accept and self.steps.start_mediation):
            raise ValueError("steps: an outcome needs accept and start_mediation")
        if (self.restitution or self.satisfaction or self.steps.close) and not self.outcome:
            raise ValueError("restitution, satisfaction and close need an outcome")
        return self

    @property
    def meaning(self) -> list[str]:
        fields = [c for f in self.fields.values() for c in f.columns]
        others = [p.column for p in (self.outcome, self.restitution, self.satisfaction) if p]
        return [*fields, *others]

    @property
    def date_columns(self) -> list[str]:
        s = self.steps
        dated = [s.register_on, s.accept, s.start_mediation, s.outcome, s.close]
        return list(dict.fromkeys(c for c in dated if c))

    @property
    def amount_columns(self) -> list[str]:
        claimed = self.fields["claimed"].columns if "claimed" in self.fields else []
        return [*claimed, *([self.restitution.column] if self.restitution else [])]

    @property
    def currency(self) -> str:
        return self.amounts.currency

    @property
    def columns_of(self) -> dict[str, list[str]]:
        return {name: field.columns for name, field in self.fields.items()}


def _known(value: str, options: object) -> str:
    """The code, if the list has it."""
    if value not in options:  # type: ignore[operator]
        raise ValueError(f"{value!r} is not a code of the list")
    return value
