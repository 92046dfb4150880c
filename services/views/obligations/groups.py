"""Groups: which of the open obligations a desk shows together, and in which order."""

from __future__ import annotations

from services.views.visible import visible

SOONEST = "until nulls last, latest nulls last, since, id"
#: Either side; each part is read in the order of its own index, and the two are merged.
BOTH = (
    f"((select * from {{rows}} where open and debtor = %(party)s order by {SOONEST})"
    f" union all (select * from {{rows}} where open and creditor = %(party)s"
    f" and debtor <> %(party)s order by {SOONEST})) u"
)
SEEN = visible("u.record::uuid")
#: So many of a desk's group are counted: whether more wait makes no difference to who works there.
COUNTED = 1_000
#: The groups of a desk: which of the open obligations of a party. What is overdue was due before
#: today; `until` is said as well because the index begins with it.
GROUPS = {
    "yours": ("{rows} u", "open and debtor = %(party)s"),
    "others": ("{rows} u", "open and creditor = %(party)s"),
    "week": (BOTH, "until <= %(week)s and latest >= %(today)s"),
    "overdue": (BOTH, "until < %(today)s and latest < %(today)s"),
}
