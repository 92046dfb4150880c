"""Forms: which letters can be made of a record, for whom, and which facts each must have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from events.letters import FORMS as NAMES
from events.words import Words
from services.actions.refused import Refused


@dataclass(frozen=True)
class Form:
    """One form: its sheet, the kinds of case it is for, for whom, and what must be known.

    `needs`: fact -> what is missing and what to do, in the order of the form.
    """

    code: str
    sheet: str
    cases: tuple[str, ...]
    to: tuple[str, ...]
    needs: Mapping[str, Words]

    @property
    def name(self) -> Words:
        return NAMES[self.code]

    def to_in(self, case: str) -> list[str]:
        """For whom it is in a case of this kind: who reports is no complainant."""
        nobody = "complainant" if case == "report" else "reporter"
        return [to for to in self.to if to != nobody]

    def missing(self, facts: Mapping[str, Any]) -> list[Words]:
        """What the record does not say and the letter cannot do without."""
        return [words for fact, words in self.needs.items() if not facts.get(fact)]

    def refuse_incomplete(self, facts: Mapping[str, Any]) -> None:
        """Raises `Refused`, naming all that is missing."""
        if missing := self.missing(facts):
            zh, en = "；".join(w.zh for w in missing), "; ".join(w.en for w in missing)
            raise Refused(_INCOMPLETE.fill(form=self.name, what=Words(zh, en)))


def of_case(case: str) -> list[Form]:
    """The forms for this kind of case, in the official order."""
    return [form for form in FORMS.values() if case in form.cases]


_INCOMPLETE = Words("《{form}》还缺：{what}", "{form} cannot be made yet; missing: {what}")
_NAME = Words(
    "投诉人姓名（没有登记、已依法删除或者暂时不能读取）",
    "the complainant's name (not given, erased by law, or not readable now)",
)
_FACTS = Words("投诉的事实", "the facts told")
_REPORTED = Words("举报的线索和事实", "the clues and facts reported")
_ALL = (
    Form(
        "form-1", "complaint-form", ("complaint",), ("file", "complainant"),
        {"name": _NAME, "facts": _FACTS},
    ),
    Form("form-2", "report-form", ("report",), ("file",), {"facts": _REPORTED}),
    Form(
        "form-3", "forwarding", ("complaint",), ("body",),
        {
            "forwarded_to": Words("分送（请先办理分送）", "the forwarding (do that first)"),
            "report_by": Words("报告结果的期限", "until when the result is to be reported"),
        },
    ),
    Form(
        "form-4", "identity", ("complaint",), ("complainant",),
        {"name": _NAME, "wanted": Words("限期提供身份证明的要求", "the request for proof")},
    ),
    Form(
        "form-5", "acceptance", ("complaint",), ("complainant",),
        {"name": _NAME, "accepted": Words("受理决定", "the decision to accept")},
    ),
    Form(
        "form-6", "refusal", ("complaint",), ("complainant",),
        {"name": _NAME, "ways": Words("不予受理决定", "the decision not to accept")},
    ),
    Form(
        "form-7", "summons", ("complaint",), ("complainant", "respondent"),
        {
            "session_at": Words("调解的时间和地点", "time and place of the session"),
            "recusal_until": Words("申请回避的期限", "until when to ask for recusal"),
        },
    ),
    Form(
        "form-8", "termination", ("complaint",), ("complainant", "respondent"),
        {"terminated": Words("终止调解决定", "the decision to end mediation")},
    ),
    Form(
        "form-9", "agreement", ("complaint",), ("complainant", "respondent"),
        {"name": _NAME, "terms": Words("协议内容", "the terms of the agreement")},
    ),
    Form(
        "form-10", "report-result", ("report",), ("reporter",),
        {"result": Words("告知的结果（请先办理告知）", "the result to be told (do that first)")},
    ),
    Form(
        "receipt", "receipt", ("complaint", "report"), ("complainant", "reporter"),
        {"hash": Words("登记在日志中的凭证", "the entry in the log")},
    ),
)  # fmt: skip
FORMS = {form.code: form for form in _ALL}
