"""Outcomes: the classes by which figures count complaints, and by which a list can be filtered."""

from __future__ import annotations

from events.terms import TERMINATION_GROUNDS
from events.words import Words

#: What figures count besides the grounds of a termination.
CLASSES = {
    "afterwards": Words("已记录逾期，之后才补录为按期", "noted as late, entered as in time later"),
    "open": Words("未到期", "not due yet"),
    "no_limit": Words("已答复，没有法定期限", "answered, no limit laid down"),
    "withdrawn": Words("撤回", "withdrawn"),
    "refused": Words("不予受理", "refused"),
    "merged": Words("并案", "merged"),
    "undecided": Words("还没有决定", "not decided yet"),
    "none": Words("还没有结果", "no outcome yet"),
    "not_said": Words("没有人说明", "nobody said"),
    "silent": Words("没有评价", "no answer"),
    "agreed": Words("达成协议", "agreed"),
}
#: How a complaint ended, as the figures of a month count it.
OUTCOMES = {
    **{name: CLASSES[name] for name in ("agreed", "withdrawn", "refused", "merged", "none")},
    **TERMINATION_GROUNDS.terms,
    "satisfied": Words("消费者满意", "consumer satisfied"),
    "unsatisfied": Words("消费者不满意", "consumer not satisfied"),
}
