"""Erasure: what is said about a consumer is deleted or set aside, by whom and why (PIPL §47)."""

from __future__ import annotations

from events.complaints import ComplaintEvent
from events.event import Event
from events.terms import ERASURE_GROUNDS
from events.words import Words


class ErasureRequested(ComplaintEvent, frozen=True, kw_only=True):
    """Somebody asked that what is said about the consumer be deleted (PIPL §47)."""

    TOPIC = "erasure-requested"
    SAYS = Words(
        "{by} 请求删除投诉 {number} 中的个人信息：{ground}",
        "{by} asked for the personal data of complaint {number} to be deleted: {ground}",
    )

    ground: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": ERASURE_GROUNDS[self.ground]}


class ErasureChecked(ComplaintEvent, frozen=True, kw_only=True):
    """Nothing in the law forbids it; a second person may now have it done."""

    TOPIC = "erasure-checked"
    SAYS = Words(
        "{by} 核对了投诉 {number} 的个人信息可以删除{despite}",
        "{by} checked that the personal data of complaint {number} may be deleted{despite}",
    )

    #: Why it is done although the period of retention runs, which is policy and not law.
    despite: str = ""

    def _values(self) -> dict[str, object]:
        said = Words(f"（保存期未满：{self.despite}）", f" (kept too short: {self.despite})")
        return {**super()._values(), "despite": said if self.despite else Words("", "")}


class PersonalDataErased(ComplaintEvent, frozen=True, kw_only=True):
    """A second person had it deleted: the keys of these subjects are destroyed (PIPL §47)."""

    TOPIC = "personal-data-erased"
    SAYS = Words(
        "{by} 依《个人信息保护法》第四十七条删除了投诉 {number} 中的个人信息",
        "{by} deleted the personal data of complaint {number} under Article 47 of the "
        "Personal Information Protection Law",
    )

    subjects: list[str]
    article: str = "PIPL §47"


class ErasureRefused(ComplaintEvent, frozen=True, kw_only=True):
    """It must not be deleted, or not yet."""

    TOPIC = "erasure-refused"
    SAYS = Words(
        "{by} 没有删除投诉 {number} 中的个人信息：{reason}",
        "{by} did not delete the personal data of complaint {number}: {reason}",
    )


class ProcessingRestricted(ComplaintEvent, frozen=True, kw_only=True):
    """It is stored and protected, and nothing else is done with it (PIPL §47, last sentence)."""

    TOPIC = "processing-restricted"
    SAYS = Words(
        "{by} 停止处理投诉 {number} 中的个人信息，只作存储：{reason}",
        "{by} restricted the personal data of complaint {number} to storage: {reason}",
    )


#: Where what is said about the consumer stands after each of these.
STANDS: dict[type[Event], str] = {
    ErasureRequested: "requested",
    ErasureChecked: "checked",
    ErasureRefused: "refused",
    ProcessingRestricted: "restricted",
    PersonalDataErased: "erased",
}
