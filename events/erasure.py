"""Erasure: what is said about a person is deleted or set aside, by whom and why (PIPL §47).

Of a consumer in her complaint's own stream; of who held a duty post in the archive's, of who was
invited in the invitation's, of who asked in the enquiry's. Of reporters: `informants.py`.
"""

from __future__ import annotations

from events.complaints import ComplaintEvent
from events.event import Event, PartyRef
from events.terms import ERASURE_GROUNDS
from events.words import Code, Words

#: What is kept of a person outside of cases.
KEPT = Code(
    "kept",
    {
        "post": Words("质量安全岗位任职人员", "holder of a quality-safety post"),
        "invitation": Words("受邀人员", "invited person"),
        "enquiry": Words("咨询人", "person who asked"),
    },
)


def said_despite(despite: str) -> Words:
    """Why it is done although the period of retention runs, as a sentence ends with it."""
    if not despite:
        return Words("", "")
    return Words(f"（保存期未满：{despite}）", f" (kept too short: {despite})")


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
        return {**super()._values(), "despite": said_despite(self.despite)}


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


class KeptEvent(Event, frozen=True, kw_only=True):
    """About what is kept of one person outside of cases; `person` = whose key it is under."""

    kept: str
    party: PartyRef
    person: str

    @property
    def enterprise(self) -> PartyRef | None:
        """Whose history it stands in."""
        return self.party if self.party.kind == "enterprise" else None

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "kept": KEPT[self.kept]}


class KeptErasureRequested(KeptEvent, frozen=True, kw_only=True):
    """Somebody asked that what is kept of this person be deleted (PIPL §47)."""

    TOPIC = "kept-erasure-requested"
    SAYS = Words(
        "{by} 请求删除“{party}”一名{kept}的个人信息：{ground}",
        "{by} asked for the personal data of a {kept} of {party} to be deleted: {ground}",
    )

    ground: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": ERASURE_GROUNDS[self.ground]}


class KeptErasureChecked(KeptEvent, frozen=True, kw_only=True):
    """Nothing in the law forbids it; a second person may now have it done."""

    TOPIC = "kept-erasure-checked"
    SAYS = Words(
        "{by} 核对了“{party}”一名{kept}的个人信息可以删除{despite}",
        "{by} checked that the personal data of a {kept} of {party} may be deleted{despite}",
    )

    despite: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "despite": said_despite(self.despite)}


class KeptDataErased(KeptEvent, frozen=True, kw_only=True):
    """A second person had it deleted: the keys of these subjects are destroyed (PIPL §47)."""

    TOPIC = "kept-data-erased"
    SAYS = Words(
        "{by} 依《个人信息保护法》第四十七条删除了“{party}”一名{kept}的个人信息",
        "{by} deleted the personal data of a {kept} of {party} under Article 47 of the "
        "Personal Information Protection Law",
    )

    subjects: list[str]
    article: str = "PIPL §47"


class KeptErasureRefused(KeptEvent, frozen=True, kw_only=True):
    """It must not be deleted, or not yet."""

    TOPIC = "kept-erasure-refused"
    SAYS = Words(
        "{by} 没有删除“{party}”一名{kept}的个人信息：{reason}",
        "{by} did not delete the personal data of a {kept} of {party}: {reason}",
    )


#: Where what is kept of the person stands after each of these.
KEPT_STANDS: dict[type[Event], str] = {
    KeptErasureRequested: "requested",
    KeptErasureChecked: "checked",
    KeptErasureRefused: "refused",
    KeptDataErased: "erased",
}
#: Where what is said about the consumer stands after each of these.
STANDS: dict[type[Event], str] = {
    ErasureRequested: "requested",
    ErasureChecked: "checked",
    ErasureRefused: "refused",
    ProcessingRestricted: "restricted",
    PersonalDataErased: "erased",
}
