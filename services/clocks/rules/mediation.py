"""M1–M8, M11–M15: owed while a complaint is handled, where no law names a number of days."""

from __future__ import annotations

from events.words import Words
from services.clocks.rules.laws import O121, RECORD
from services.clocks.rules.rule import Rule, term

_STATED = Words("记录中写明的日期", "the date stated in the record")

MEDIATION = (
    Rule(
        "M1",
        Words("提供身份证明材料", "prove who complains"),
        Words("要求提供身份证明", "the request for proof"),
        (term("date", None, O121, 10, also=_STATED),),
    ),
    Rule(
        "M2",
        Words("确认是否已经和解", "say whether it is settled"),
        Words("经营者报告和解", "the report of the business"),
        (term("none", None, RECORD),),
    ),
    Rule(
        "M3",
        Words("受托调解并交回结果", "mediate as entrusted, and give the result back"),
        Words("委托调解", "the entrustment"),
        (term("none", None, O121, 19),),
    ),
    Rule(
        "M4",
        Words("决定调解人员是否回避", "decide whether the mediator steps aside"),
        Words("申请回避", "the request"),
        (term("none", None, O121, 21),),
    ),
    Rule(
        "M5",
        Words("答复调解方案", "answer the proposal"),
        Words("提出调解方案", "the proposal"),
        (term("none", None, RECORD),),
    ),
    Rule(
        "M6",
        Words("履行调解协议", "keep the agreement"),
        Words("达成协议", "the agreement"),
        (term("date", None, RECORD, also=_STATED),),
    ),
    Rule(
        "M7",
        Words("了解未履行的情况并回访", "look into what was not kept, and call back"),
        Words("消费者反映没有解决或者没有履行", "word that it was not settled or not kept"),
        (term("none", None, O121, 26),),
    ),
    Rule(
        "M8",
        Words("回访协议是否履行", "ask whether the agreement was kept"),
        Words("达成协议", "the agreement"),
        (term("date", None, O121, 26, also=_STATED),),
    ),
    Rule(
        "M11",
        Words("答复承办单位的消息", "answer the message of the body in charge"),
        Words("承办单位写来消息", "its message"),
        (term("none", None, RECORD),),
    ),
    Rule(
        "M12",
        Words("答复来信", "answer the message that was received"),
        Words("对方来信", "the message"),
        (term("none", None, RECORD),),
    ),
    Rule(
        "M13",
        Words("主持调解并记录经过", "hold the session and record how it went"),
        Words("通知调解", "the invitation"),
        (term("date", None, RECORD, also=_STATED),),
    ),
    Rule(
        "M14",
        Words("答复能否参加调解", "say whether you come to the session"),
        Words("通知调解", "the invitation"),
        (term("none", None, RECORD),),
    ),
    Rule(
        "M15",
        Words("另定调解时间", "find another time for the session"),
        Words("一方不能参加", "word that a side cannot come"),
        (term("none", None, RECORD),),
    ),
)  # fmt: skip
