"""Entrusting: a council mediates in the regulator's name, and gives the result back (121 §19)."""

from __future__ import annotations

from typing import ClassVar

from events.complaints.complaint import ComplaintEvent
from events.event import PartyRef
from events.words import Words


class MediationEntrusted(ComplaintEvent, frozen=True, kw_only=True):
    """Both sides being willing, a regulator had a council mediate in its name."""

    TOPIC = "mediation-entrusted"
    SAYS = Words(
        "{by} 委托{to}以{principal}名义调解投诉 {number}",
        "{by} entrusted the mediation of complaint {number} to {to}, in the name of {principal}",
    )

    to: PartyRef
    principal: PartyRef


class EntrustmentEnded(ComplaintEvent, frozen=True, kw_only=True):
    """The mediation went back to the regulator without an agreement."""

    TOPIC = "entrustment-ended"
    SAYS = Words(
        "{by} 结束对投诉 {number} 的委托调解，交回{principal}：{reason}",
        "{by} gave the mediation of complaint {number} back to {principal}: {reason}",
    )

    principal: PartyRef


class EntrustmentMoved(ComplaintEvent, frozen=True, kw_only=True):
    """The council that mediates was merged into another, which goes on with it."""

    TOPIC = "entrustment-moved"
    BESIDE: ClassVar[bool] = True
    SAYS = Words(
        "由系统将投诉 {number} 的委托调解转给“{to}”（原受托单位 {giver} 已合并）",
        "The entrusted mediation of complaint {number} went to {to} by the system "
        "({giver} was merged into it)",
    )

    giver: PartyRef
    to: PartyRef
