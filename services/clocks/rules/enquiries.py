"""M9, M10: answers to enquiries; no text lays down a time for them."""

from __future__ import annotations

from datetime import date

from events.words import Words
from services.clocks.rules.laws import CPL, O121, Law
from services.clocks.rules.rule import Rule, term

_WHAT = Words("答复咨询", "answer the enquiry")
_STARTS = Words("提出咨询", "the enquiry")
_NO_TIME = Words("没有法定答复期限", "no statutory time to answer")
#: Before Order 121 was in force no text that is kept here spoke of enquiries.
_BEFORE = Law(Words("咨询没有法定答复期限", "No statutory time to answer an enquiry"), date.min,
              date(2026, 4, 14))  # fmt: skip
ENQUIRIES = (
    Rule(
        "M9", _WHAT, _STARTS,
        (
            term("none", None, _BEFORE),
            term("none", None, O121, 44, also=Words(
                f"咨询不适用该办法，{_NO_TIME.zh}",
                f"enquiries are outside those measures; {_NO_TIME.en}",
            )),
        ),
    ),
    Rule("M10", _WHAT, _STARTS, (term("none", None, CPL, 37, also=_NO_TIME),)),
)  # fmt: skip
