"""Command: what a party asks. Frozen, imperative, validated once; it is also the form.

The fields a person fills in are declared with `ask` and carry their question in both
languages; who and when come from the session and the clock, never from the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, NoReturn
from unicodedata import normalize
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from events import credit_code
from events.event import CHINA, Acting
from events.ids import new_id
from events.words import Code, Words, in_words

#: What nobody sees in a text: NUL, which PostgreSQL keeps in none, and marks after which it reads
#: in another order than it stands (embeddings, overrides, isolates; Unicode TR 36, section 2.5).
_UNSEEN = re.compile("[\0\u202a-\u202e\u2066-\u2069]")
#: Anything that leaves a trace on paper: no blank, joiner, filler or mark alone.
_SEEN = re.compile(
    "[^\\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
#: What may stand between the digits of a number.
_BETWEEN = re.compile("[-\\s\u200b-\u200f\u2060\ufeff]")
Widget = Literal["text", "area", "date", "radios", "select", "yes_no", "number", "money", "hidden"]


@dataclass(frozen=True)
class Asked:
    """How a field is asked: the question, a hint, the kind of input, the choices."""

    label: Words
    hint: Words | None = None
    widget: Widget = "text"
    options: Code | None = None
    autocomplete: str = ""
    rows: int = 5


def ask(
    zh: str,
    en: str,
    *,
    hint: Words | None = None,
    widget: Widget = "text",
    options: Code | None = None,
    autocomplete: str = "",
    default: Any = ...,
    least: int | None = None,
    most: int | None = None,
) -> Any:
    """A field with its question; `least` and `most` are lengths of text."""
    asked = Asked(Words(zh, en), hint, widget, options, autocomplete)
    limits = {"min_length": least, "max_length": most}
    given = {k: v for k, v in limits.items() if v is not None}
    return Field(default=default, json_schema_extra={"asked": asked}, **given)  # type: ignore[call-overload,unused-ignore]


def asked_fields(kind: type[Command]) -> dict[str, Asked]:
    """The fields of a command that a form asks for, in order."""
    return {
        name: field.json_schema_extra["asked"]  # type: ignore[misc]
        for name, field in kind.model_fields.items()
        if isinstance(field.json_schema_extra, dict) and "asked" in field.json_schema_extra
    }


def wrong(zh: str, en: str) -> NoReturn:
    """To be raised from a validator: the sentence at the field."""
    raise PydanticCustomError("said", "{zh}", {"zh": zh, "en": en})


def one_of(options: Code) -> AfterValidator:
    """A code of the list, else a sentence."""

    def check(value: str) -> str:
        if value and value not in options:
            wrong(f"“{value}”不在可选项中，请重新选择", f"“{value}” is not one of the choices")
        return value

    return AfterValidator(check)


def plain(text: str) -> str:
    """The text without NUL and what turns it around; nothing, where nothing of it is seen."""
    said = text if text.isprintable() else _UNSEEN.sub("", text)
    return said if _SEEN.search(said) else ""


def as_typed(number: str) -> str:
    """A number as keys have it: wide digits, blanks and what telephones copy along forgiven."""
    return _BETWEEN.sub("", normalize("NFKC", number))


def _tidy(value: object) -> object:
    return plain(value).strip() if isinstance(value, str) else value


def _empty_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _credit_code(value: str) -> str:
    value = credit_code.tidy(value)
    if value and (words := credit_code.fault(value)):
        wrong(words.zh, words.en)
    return value


def _phone(value: str) -> str:
    digits = as_typed(value)
    all_digits = digits.lstrip("+").isdigit() and digits.isascii()
    if value and not (all_digits and 7 <= len(digits) <= 15):
        wrong(
            f"“{value}”不是电话号码，请填写 7 至 15 位数字",
            f"“{value}” is not a phone number; give 7 to 15 digits",
        )
    return digits


#: An address that any mail server takes: no quotes, no comments, a domain with a dot.
_MAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\]+")


def is_mail(text: str) -> bool:
    """Whether it has the form of an e-mail address."""
    return len(text) <= 254 and text.isascii() and bool(_MAIL.fullmatch(text))


def _mail(value: str) -> str:
    value = normalize("NFKC", value)
    if value and not is_mail(value):
        wrong(
            f"“{value}”不是电子邮箱地址，请填写成 name@example.com 的样子",
            f"“{value}” is not an e-mail address; it looks like name@example.com",
        )
    return value


def _short_enough(value: str, info: ValidationInfo) -> str:
    """What comes from a register kept elsewhere is as long as it is."""
    by = info.data.get("by")
    if len(value) > LINE and (by is None or by.channel != "import"):
        raise PydanticCustomError("line_too_long", "too long", {"max_length": LINE})
    return value


#: Characters of what stands in a line.
LINE = 200
#: Text of any length, without surrounding blanks; "" where nothing is given.
Text = Annotated[str, BeforeValidator(_tidy), Field(max_length=10_000)]
#: A name, an address, a number: what lists, titles and letters show in a line.
Line = Annotated[
    str, BeforeValidator(_tidy), Field(max_length=10_000), AfterValidator(_short_enough)
]
#: Text that must be given (at least one character).
Given = Annotated[str, BeforeValidator(_tidy), Field(min_length=1, max_length=10_000)]
#: A reason that stands in the record: 5 to 2,000 characters (R08).
Reason = Annotated[str, BeforeValidator(_tidy), Field(min_length=5, max_length=2_000)]
#: Unified social credit code, 18 characters, check digit verified (GB 32100-2015).
CreditCode = Annotated[str, BeforeValidator(_tidy), AfterValidator(_credit_code)]
Phone = Annotated[str, BeforeValidator(_tidy), AfterValidator(_phone)]
Mail = Annotated[str, BeforeValidator(_tidy), AfterValidator(_mail)]
#: A date that may be left empty.
MaybeDate = Annotated[date | None, BeforeValidator(_empty_is_none)]


class Command(BaseModel):
    """What a party asks: who (`by`) and when (`at`) are given by the door it comes through.

    `occurred_on` is the date of the act where it differs from `at`; `key` makes a repeat
    harmless; `seen` is the version of the record the person had before her eyes.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    #: What is asked, as a button says it.
    SAYS: ClassVar[Words]

    by: Acting
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    occurred_on: MaybeDate = None
    key: str = ""
    seen: int | None = None
    correlation: str = ""
    causation: str = ""

    @field_validator("occurred_on")
    @classmethod
    def _never_in_the_future(cls, value: date | None, info: Any) -> date | None:
        if value is not None and value > info.data["at"].astimezone(CHINA).date():
            zh, en = in_words(value)
            wrong(f"{zh}在将来，请填写已经发生的日期", f"{en} is in the future")
        return value

    @property
    def on(self) -> date:
        """The date of the act in China."""
        return self.occurred_on or self.at.astimezone(CHINA).date()

    @property
    def made(self) -> list[UUID]:
        """Ids that were made for this command: no record can have one of them yet."""
        made = _made_ids(type(self))
        return [getattr(self, name) for name in made if name not in self.model_fields_set]


@cache
def _made_ids(kind: type[Command]) -> list[str]:
    return [name for name, field in kind.model_fields.items() if field.default_factory is new_id]


#: The id of the record a command is about.
RecordId = UUID
