"""Questions: every list a page shows, asked with each of its filters, over the filled tables.

`tests/views/test_plans.py` holds that no question of a view is left out here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from events.event import today
from services.views.all import Views
from services.views.asking import Page
from services.views.narrowing import Narrow
from tests.bench.filling import filled_id

TODAY = today()
COUNCIL, REGULATOR = filled_id("council"), filled_id("regulator")
ASSOCIATION, SMALL = filled_id("association"), filled_id("association", 94)
ENTERPRISE, RARE = filled_id("enterprise"), filled_id("enterprise", 5007)


class Question(NamedTuple):
    """One named question of a view with what is asked."""

    view: str
    name: str
    asked: Mapping[str, Any] = MappingProxyType({})

    def __str__(self) -> str:
        asked = [str(value)[:10] for value in self.asked.values()]
        return f"{self.view}.{self.name}({', '.join(asked)})"

    async def ask(self, views: Views, number: int = 1) -> Page:
        """The page of this number."""
        question = getattr(getattr(views, self.view), self.name)
        page: Page = await question(**self.asked, number=number)
        return page


_ON, _EARLIER = {"as_of": TODAY}, date(2023, 6, 1)
_UNITS = ("units", "producers", "without_director", "without_officer", "with_problems", "ordered")
_REGISTER = [
    {"party": party, "state": state, "officer": officer, "text": text}
    for party in (COUNCIL, filled_id("council", 90))
    for state in ("", "received", "closed")
    for officer in ("", "pool", filled_id("person", 900))
    for text in ("", "超市", "武夷百货", "水晶吊灯", "灯", "没有这个词", "GZ-2026-0000009-7")
]
_URGENT = [
    {"party": party, "urgent": True, "state": state, "officer": officer, "text": text}
    for party in (COUNCIL, filled_id("council", 90))
    for state in ("", "received")
    for officer in ("", "pool")
    for text in ("", "超市", "没有这个词")
]
_MONTH = {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}
_WEEK = {"due_since": TODAY, "due_until": TODAY + timedelta(days=7)}
_NARROW = [
    Narrow(**asked)
    for asked in (
        _MONTH, _WEEK, {"place": "3501"}, {"place": "350102"}, {"place": "350783"},
        {**_MONTH, **_WEEK}, {"place": "350102", **_MONTH}, {"due_until": TODAY},
    )
]  # fmt: skip
_NARROWED = [
    {"party": party, "state": state, "outcome": outcome, "narrow": narrow, "text": text}
    for party in (COUNCIL, filled_id("council", 90))
    for state, outcome in (("", ""), ("", "agreed"), ("received", ""))
    for narrow in _NARROW
    for text in ("", "超市")
]
_OUTCOMES = "agreed withdrawn refused merged none T2 satisfied unsatisfied"
_ENDED = [{"party": COUNCIL, "outcome": outcome} for outcome in _OUTCOMES.split()]
_BOARD = [
    {"regulator": regulator, "state": state, "source": source, "text": text, "me": REGULATOR}
    for regulator in ("", REGULATOR, filled_id("regulator", 90))
    for state in ("", "issued", "closed")
    for source in ("", "referral")
    for text in ("", "超市", "武夷百货", "GZ-2026-0000007-7", "JD-2026-0000009-7", "没有这个词")
]
_OURS = [
    {"regulator": REGULATOR, "state": state, "source": source, "officer": officer, "text": text}
    for state in ("", "issued")
    for source in ("", "referral")
    for officer in ("pool", filled_id("person", 900))
    for text in ("", "武夷百货")
]
_OPEN = [
    {"debtor": debtor, "what": what, "overdue_on": late, "reader": REGULATOR}
    for debtor in ("", "council", "association")
    for what in ("", "decision", "explanation")
    for late in (None, TODAY)
]
_TRAIL = [
    {},
    {"party": COUNCIL},
    {"party": filled_id("council", 90)},
    {"person": filled_id("person", 900)},
    {"subject": "complaints"},
    {"subject": "imports"},
    {"record": "GZ-2026-0000009-7"},
    {"since": date(2026, 1, 1), "until": date(2026, 2, 1)},
    {"until": date(2023, 6, 1)},
    {"subject": "pledges", "until": date(2023, 6, 1)},
    {"party": filled_id("council", 90), "subject": "pledges"},
    {"party": filled_id("council", 90), "until": date(2023, 6, 1)},
    {"party": COUNCIL, "person": filled_id("person", 900), "subject": "archives"},
]

#: Every question, with each filter: nothing asked, something common, something rare, nothing found.
QUESTIONS = [
    *(Question("complaints", "handled_by", asked) for asked in (*_REGISTER, *_URGENT)),
    *(Question("complaints", "handled_by", asked) for asked in (*_NARROWED, *_ENDED)),
    *(
        Question("followups", "board", {"regulator": regulator, "narrow": narrow, "text": text})
        for regulator in ("", REGULATOR)
        for narrow in _NARROW
        for text in ("", "武夷百货")
    ),
    *(
        Question("followups", "board", {"regulator": regulator, "narrow": narrow, **more})
        for regulator in ("", REGULATOR)
        for narrow in (Narrow(place="3501"), Narrow(place="350783"))
        for more in ({"state": "issued"}, {"source": "referral"})
    ),
    *(
        Question("reports", "handled_by", {"handler": REGULATOR, "narrow": narrow, **more})
        for narrow in _NARROW
        for more in ({}, {"text": "超市"}, {"state": "verifying"})
    ),
    Question("complaints", "offered_to", {"party": REGULATOR}),
    Question("reports", "offered_to", {"party": REGULATOR}),
    Question("followups", "offered_to", {"party": REGULATOR}),
    *(Question("followups", "board", asked) for asked in _OURS),
    Question("complaints", "referred_to", {"party": REGULATOR}),
    Question("complaints", "about", {"enterprise": ENTERPRISE, "me": REGULATOR}),
    Question("complaints", "about", {"enterprise": RARE, "me": REGULATOR}),
    Question("complaints", "numbers_about", {"enterprise": ENTERPRISE}),
    Question("complaints", "entrusted_to", {"party": COUNCIL}),
    *(Question("complaints", "published", {"text": text}) for text in ("", "武夷百货", "灯")),
    Question("complaints", "brought_by", {"batch": filled_id("batch"), "me": COUNCIL}),
    *(Question("followups", "board", asked) for asked in _BOARD),
    Question("followups", "board", {"enterprise": ENTERPRISE, "state": "closed", "me": ""}),
    Question("followups", "of_enterprise", {"enterprise": ENTERPRISE, "me": REGULATOR}),
    Question("followups", "of_council", {"council": COUNCIL}),
    *(
        Question("obligations", "of_party", {"party": party, "group": group, "today": TODAY})
        for party in (COUNCIL, REGULATOR, SMALL)
        for group in ("yours", "others", "week", "overdue")
    ),
    *(Question("obligations", "open", asked) for asked in _OPEN),
    *(
        Question(
            "obligations",
            "between",
            {"party": party, "whose": whose, "what": what, "overdue_on": late},
        )
        for party in (COUNCIL, filled_id("council", 90))
        for whose in ("", "yours", "others")
        for what in ("", "decision", "explanation")
        for late in (None, TODAY)
    ),
    *(
        Question("obligations", "late_of", {"debtors": units, "today": TODAY, "me": REGULATOR})
        for units in (
            [REGULATOR, filled_id("regulator", 90)],
            [filled_id("regulator", n) for n in range(90, 94)],
            [],
        )
    ),
    Question("obligations", "of_enterprise", {"enterprise": ENTERPRISE, "me": REGULATOR}),
    *(Question("trail", "search", {**asked, "reader": REGULATOR}) for asked in _TRAIL),
    *(
        Question("reads", "all", asked)
        for asked in (
            {},
            {"record": "GZ-2026-0000009-7"},
            {"person": filled_id("person", 900)},
            {"party": COUNCIL},
            {"party": COUNCIL, "person": filled_id("person", 900)},
        )
    ),
    *(
        Question("security", "listed", {"kind": kind, "people": people, "day": day})
        for kind in ("", "refused", "keys")
        for people in (None, [filled_id("person", 900)], [])
        for day in (None, date(2026, 11, 20))
    ),
    *(
        Question("reports", "handled_by", {"handler": REGULATOR, "state": state, **more})
        for state in ("", "verifying")
        for more in (
            {},
            {"danger": True},
            {"text": "超市"},
            {"text": "JB-2026-0000007-7"},
            {"officer": "pool"},
            {"officer": filled_id("person", 900)},
        )
    ),
    Question("reports", "unmaskings"),
    Question("reports", "unmaskings", {"handler": REGULATOR}),
    *(
        Question("enquiries", "handled_by", {"handler": REGULATOR, "state": state, **more})
        for state in ("", "asked", "answered")
        for more in (
            {},
            {"channel": "import"},
            {"channel": "counter"},
            {"own": "ZX-2026-0000009-7"},
            {"reference": "LX-900"},
            {"reference": "没有"},
            {"since": date(2026, 10, 1)},
            {"until": date(2023, 1, 1)},
            {"officer": "pool"},
            {"officer": filled_id("person", 900)},
        )
    ),
    Question("enquiries", "offered_to", {"party": REGULATOR}),
    Question("enquiries", "brought_by", {"batch": filled_id("batch")}),
    *(
        Question("instruments", "of_council", {"council": COUNCIL, "what": what})
        for what in ("", "warning", "proposal")
    ),
    *(
        Question("instruments", "asked_of", {"party": REGULATOR, "state": state})
        for state in ("", "sent", "answered")
    ),
    Question("instruments", "warnings"),
    Question("comparisons", "public"),
    Question("comparisons", "of_enterprise", {"enterprise": ENTERPRISE}),
    *(
        Question("instruments", "proposals", {"state": state})
        for state in ("sent", "answered", "taken_back")
    ),
    Question("reads", "on_day", {"record": filled_id("complaint"), "day": TODAY}),
    Question("reads", "of_record", {"record": filled_id("complaint")}),
    Question("relations", "offers", {"party": COUNCIL}),
    Question("relations", "shared_with", {"party": COUNCIL}),
    Question("trail", "of_enterprise", {"enterprise": ENTERPRISE, "me": ENTERPRISE}),
    Question(
        "trail", "of_enterprise", {"enterprise": ENTERPRISE, "without": ("check-made",), "me": ""}
    ),
    Question("imports", "batches"),
    Question("imports", "of_party", {"party": COUNCIL}),
    *(
        Question("directory", "parties", {"kind": kind, "text": text})
        for kind in ("", "enterprise", "council")
        for text in ("", "超市", "武夷百货", "福州市", "零售", "9135", "没有这个词", "福")
    ),
    *(
        Question("roles_held", "on", {"day": day, "party": party, "role": role})
        for day in (TODAY, date(2023, 6, 1))
        for party in ("", COUNCIL)
        for role in ("", "clerk")
    ),
    Question("directory", "under", {"superior": REGULATOR}),
    Question("directory", "invitations", {"party": COUNCIL}),
    Question("directory", "members", {"association": ASSOCIATION}),
    *(
        Question("directory", "people", {"party": party, "text": text})
        for party in ("", COUNCIL, filled_id("council", 90))
        for text in ("", "建国", "赵", "user77", "user39999", "没有这个词")
    ),
    *(
        Question("archives", "units", {"which": which, **_ON, "division": division, "text": text})
        for which in ("all", "not_enrolled", "without_order", *_UNITS)
        for division in ("", "350100", "350105")
        for text in ("", "超市", "福州", "武夷百货", "没有这个词")
    ),
    *(
        Question("archives", "units", {"which": which, "as_of": _EARLIER, "division": division})
        for which in ("units", "without_director", "without_order", "not_enrolled")
        for division in ("", "350105")
    ),
    *(
        Question("archives", "units", {"which": "units", **_ON, "product_class": each})
        for each in ("cable", "electric_bicycle")
    ),
    *(
        Question("archives", "posts", {"post": post, "as_of": on, "division": division})
        for post in ("director", "officer")
        for on in (TODAY, date(2023, 6, 1))
        for division in ("", "350100", "350105")
    ),
    *(
        Question("archives", name, {"as_of": on, "division": division})
        for name in ("checks", "problems", "sessions")
        for on in (TODAY, date(2023, 6, 1))
        for division in ("", "350100", "350105")
    ),
    *(
        Question("archives", "problems", {"as_of": on, "division": division, "ordered": ordered})
        for on in (TODAY, _EARLIER)
        for division in ("", "350100", "350105")
        for ordered in (True, False)
    ),
    Question("archives", "checks", {**_ON, "enterprise": ENTERPRISE}),
    Question("archives", "problems", {**_ON, "enterprise": ENTERPRISE}),
    Question("archives", "attended", {"session": filled_id("session")}),
    Question("archives", "trainings_of", {"enterprise": ENTERPRISE}),
    *(
        Question("pledges", "pledges", {"association": association, "state": state})
        for association in (ASSOCIATION, SMALL)
        for state in ("", "draft")
    ),
    Question("pledges", "published"),
    Question("pledges", "signatories", {"pledge": filled_id("pledge"), "public": True}),
    Question("notices", "of_party", {"party": REGULATOR, "which": "open"}),
    Question("notices", "of_party", {"party": REGULATOR, "which": "all"}),
    Question("pledges", "signatories", {"pledge": filled_id("pledge")}),
    Question("pledges", "of_enterprise", {"enterprise": ENTERPRISE, "me": REGULATOR}),
    Question(
        "pledges", "of_enterprise", {"enterprise": ENTERPRISE, "association": SMALL, "me": SMALL}
    ),
    *(
        Question("pledges", "offered", {"enterprise": enterprise, "which": which, "on": TODAY})
        for enterprise in (ENTERPRISE, RARE)
        for which in ("open", "all")
    ),
    *(
        Question("pledges", "listed", {"association": association, "which": which, "until": TODAY})
        for association in (ASSOCIATION, SMALL)
        for which in ("all", "waiting", "asked", "due")
    ),
    Question("pledges", "breaches", {"association": ASSOCIATION}),
    Question("enterprise_figures", "of_body", {"body": COUNCIL}),
    Question("enterprise_figures", "about", {"enterprise": ENTERPRISE}),
    *(Question("enterprise_figures", "published", {"text": text}) for text in ("", "武夷百货")),
    Question("published_figures", "of_month", {"month": "2026-10"}),
]
