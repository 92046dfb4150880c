"""Signs of abuse: which were shown, what a body made of them and why (121 §17)."""

from __future__ import annotations

import msgspec

from events.complaints.complaint import ComplaintEvent
from events.complaints.terms import ABUSE_SIGNS, ABUSE_VERDICTS
from events.event import Personal
from events.words import Words


class AbuseSignsJudged(ComplaintEvent, frozen=True, kw_only=True):
    """A person of the body judged them; no sign decides anything by itself."""

    TOPIC = "abuse-signs-judged"
    SAYS = Words(
        "{by} 就投诉 {number} 的迹象（{signs}）认定：{verdict}",
        "{by} judged the signs of complaint {number} ({signs}): {verdict}",
    )

    signs: list[str] = msgspec.field(default_factory=list)
    verdict: str
    #: What was found out about her; sealed with what she told.
    why: Personal

    def _values(self) -> dict[str, object]:
        shown = [ABUSE_SIGNS[code] for code in self.signs] or [_NONE]
        signs = Words("、".join(w.zh for w in shown), ", ".join(w.en for w in shown))
        return {**super()._values(), "signs": signs, "verdict": ABUSE_VERDICTS[self.verdict]}


_NONE = Words("没有", "none")
