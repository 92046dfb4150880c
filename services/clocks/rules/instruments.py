"""M16–M19, M21: answers to a council's proposals, what an enterprise promised or may comment on."""

from __future__ import annotations

from events.words import Words
from services.clocks.rules.laws import R778, RECORD
from services.clocks.rules.rule import Rule, term

_REPLY = Words("答复消委会的建议", "answer the council's proposal")
_SENT = Words("消委会提出", "the proposal")
INSTRUMENTS = (
    Rule(
        "M16", Words("答复消委会反映的问题", "reply to what the council brought up"), _SENT,
        (term("none", None, R778, 36, also=Words(
            "应当及时调查处理并予以回复，没有规定天数",
            "to be looked into promptly and replied to, without a number of days",
        )),),
    ),
    Rule(
        "M17", _REPLY, _SENT,
        (term("none", None, R778, 36, also=Words(
            "应当认真听取意见和建议，没有规定答复期限",
            "suggestions must be listened to; no time to answer is laid down",
        )),),
    ),
    Rule(
        "M18", _REPLY, _SENT,
        (term("none", None, RECORD, also=Words(
            "消委会请求答复，没有法定期限", "the council asks for an answer; no statutory time"
        )),),
    ),
    Rule(
        "M19", Words("落实约谈中的承诺", "keep what was promised"),
        Words("约谈", "the interview"),
        (term("date", None, RECORD, also=Words("承诺的日期", "the date that was promised")),),
    ),
    Rule(
        "M21", Words("说明比较试验中本企业的结果", "comment on the results of a comparative test"),
        Words("结果发给企业", "sending the enterprise its results"),
        (term("date", None, RECORD, also=Words(
            "消委会选定的日期，没有法定期限；发布以前都可以说明",
            "a day the council chose; no statutory time, and comments are taken until publication",
        )),), sort="window",
    ),
)  # fmt: skip
