"""One sample of every event, filled from its own annotations; writes missing golden files.

`python -m tests.events.samples` adds files for new forms and never touches those that are
there: a stored form is for ever.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from events.assigning import Officer
from events.codec import encode, known_events
from events.event import Acting, Event, PartyRef, Personal
from events.proofs.commitments import commit_fields
from events.terms import Money

GOLDEN = Path(__file__).parent / "golden"
PARTY = PartyRef(id="01900000-0000-7000-8000-000000000001", name="福州市消委会", kind="council")
CODES = {
    "ground": "R3", "remedy": "refund", "directive": "rectification", "source": "referral",
    "level": "city", "role": "clerk", "unit_kind": "producer", "product_class": "1",
    "category": "quality", "result_code": "AMT", "kind": "totp", "way": "password",
    "factor": "totp", "why": "idle", "case": "complaint", "relation": "contributor",
    "was": "reader", "meeting": "place", "chosen": "agreed", "payer": "enterprise",
    "vote": "accepted", "verdict": "genuine", "kept": "post", "act": "claim",
}  # fmt: skip


def sample(kind: type[Event]) -> Event:
    """The event with every field filled."""
    hints = get_type_hints(kind)
    fields = {name: _value(name, hints[name]) for name in kind.__struct_fields__}
    return kind(**fields)


def _value(name: str, hint: Any) -> Any:
    if name in CODES and hint is str:
        return CODES[name]
    for kind in (hint, *get_args(hint)):
        if kind in _VALUES:
            return _VALUES[kind]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) is list:
        return [_value(name, get_args(hint)[0])]
    return _struct(hint) if hasattr(hint, "__struct_fields__") else f"{name}示例"


def _struct(kind: Any) -> Any:
    hints = get_type_hints(kind)
    return kind(**{name: _value(name, hints[name]) for name in kind.__struct_fields__})


_VALUES: dict[Any, Any] = {
    bytes: b"0123456789abcdef",
    bool: True,
    int: 3,
    datetime.date: datetime.date(2026, 11, 20),
    datetime.datetime: datetime.datetime(2026, 11, 20, 8, 30, 5, tzinfo=datetime.UTC),
    PartyRef: PARTY,
    Money: Money(minor=12_345),
    Officer: Officer(person="01900000-0000-7000-8000-000000000004", name="吴芳"),
    Personal: Personal(
        subject="01900000-0000-7000-8000-000000000002", fields={"name": "林月"},
        salt=bytes(range(32)), commitments=commit_fields(bytes(range(32)), {"name": "林月"}),
    ),
    Acting: Acting(
        person="01900000-0000-7000-8000-000000000003", name="赵敏", party=PARTY, role="clerk",
        channel="phone", on_behalf_of="消费者",
    ),
}  # fmt: skip


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for kind in known_events().values():
        path = GOLDEN / f"{kind.TOPIC}.v{kind.VERSION}.json"
        if not path.exists():
            path.write_bytes(encode(sample(kind)))
            print("wrote", path.name)


if __name__ == "__main__":
    main()
