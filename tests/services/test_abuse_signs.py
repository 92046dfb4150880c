"""Signs of abuse: which number within which days shows which sign, and to whom it is not shown."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.abuse_signs import THRESHOLDS, Marks, Near, found_in

DAY = date(2026, 11, 20)


def near(
    n: int, who: str = "a", days: int = 0, business: str = "shop", category: str = "quality",
    phone: str = "", address: str = "",
) -> Near:  # fmt: skip
    row = {
        "id": n, "enterprise": "", "respondent": business, "category": category,
        "received_on": DAY - timedelta(days),
    }  # fmt: skip
    told = (who + phone, who, phone or who, address)
    return Near(row, Marks(*(each.encode() for each in told)))


def codes(own: Near, others: list[Near]) -> dict[str, int]:
    return {sign.code: sign.n for sign in found_in(own, others)}


OWN = near(0)


def test_five_of_one_person_within_ninety_days_are_many() -> None:
    others = [near(n, days=90, business=f"shop {n}") for n in range(1, 5)]
    assert codes(OWN, others) == {"frequent": 5}
    assert codes(OWN, others[:3]) == {}
    assert codes(OWN, [near(n, days=91, business=f"shop {n}") for n in range(1, 5)]) == {}


def test_three_about_one_matter_of_one_business_within_a_month() -> None:
    assert codes(OWN, [near(1), near(2, days=30)]) == {"same_matter": 3}
    assert codes(OWN, [near(1), near(2, days=31)]) == {}
    assert codes(OWN, [near(1), near(2, category="contract")]) == {}


def test_five_persons_within_a_week_come_together() -> None:
    others = [near(n, who=f"p{n}", days=n) for n in range(1, 5)]
    assert codes(OWN, others) == {"concentrated": 5}
    assert codes(OWN, [near(n, who="b") for n in range(1, 9)]) == {}


def test_three_names_with_one_telephone_or_address() -> None:
    own = near(0, who="a", phone="138", address="road 1")
    others = [
        near(1, who="b", phone="138", business="x"),
        near(2, who="c", phone="139", address="road 1", business="y"),
    ]
    assert codes(own, others) == {"shared_contact": 3}
    assert codes(own, others[:1]) == {}


def test_whose_name_is_not_known_is_like_nobody() -> None:
    nobody = Near(OWN.row, Marks(b"", b"", b"", b""))
    others = [Near(near(n).row, Marks(b"", b"", b"", b"")) for n in range(1, 9)]
    assert codes(nobody, others) == {}


@given(st.integers(0, 12), st.integers(0, 100))
def test_a_sign_is_shown_from_its_threshold_on(many: int, days: int) -> None:
    others = [near(n, days=days, business=f"shop {n}") for n in range(1, many + 1)]
    within, least = THRESHOLDS["frequent"]
    assert ("frequent" in codes(OWN, others)) == (days <= within and many + 1 >= least)
