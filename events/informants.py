"""Informants (举报人): who reported, in a stream and a key domain apart from the report."""

from __future__ import annotations

from typing import ClassVar

from events.erasure import said_despite
from events.event import Event, Personal
from events.keyring import INFORMANTS
from events.reports import ReportEvent
from events.terms import ERASURE_GROUNDS
from events.words import Words


class InformantRecorded(Event, frozen=True, kw_only=True):
    """Who reported, and how she can be reached; nothing where she stays anonymous."""

    TOPIC = "informant-recorded"
    SAYS = Words(
        "登记了举报人 {informant_number} 号",
        "Reporter no. {informant_number} was recorded",
    )
    DOMAIN: ClassVar[str] = INFORMANTS

    informant_number: int
    who: Personal | None = None
    #: The one party that may read it in any list.
    only_for: str = ""


class InformantErasureRequested(ReportEvent, frozen=True, kw_only=True):
    """Somebody asked that what is said about the reporter be deleted (PIPL §47)."""

    TOPIC = "informant-erasure-requested"
    SAYS = Words(
        "{by} 请求删除举报 {number} 中举报人的个人信息：{ground}",
        "{by} asked for the reporter's personal data of report {number} to be deleted: {ground}",
    )

    ground: str

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "ground": ERASURE_GROUNDS[self.ground]}


class InformantErasureChecked(ReportEvent, frozen=True, kw_only=True):
    """Nothing in the law forbids it; a second person may now have it done."""

    TOPIC = "informant-erasure-checked"
    SAYS = Words(
        "{by} 核对了举报 {number} 中举报人的个人信息可以删除{despite}",
        "{by} checked that the reporter's personal data of report {number} may be deleted{despite}",
    )

    #: Why it is done although the period of retention runs, which is policy and not law.
    despite: str = ""

    def _values(self) -> dict[str, object]:
        return {**super()._values(), "despite": said_despite(self.despite)}


class InformantErased(ReportEvent, frozen=True, kw_only=True):
    """A second person had it deleted: the keys of these subjects are destroyed (PIPL §47)."""

    TOPIC = "informant-erased"
    SAYS = Words(
        "{by} 依《个人信息保护法》第四十七条删除了举报 {number} 中举报人的个人信息",
        "{by} deleted the reporter's personal data of report {number} under Article 47 of the "
        "Personal Information Protection Law",
    )

    subjects: list[str]


class InformantErasureRefused(ReportEvent, frozen=True, kw_only=True):
    """It must not be deleted, or not yet."""

    TOPIC = "informant-erasure-refused"
    SAYS = Words(
        "{by} 没有删除举报 {number} 中举报人的个人信息：{reason}",
        "{by} did not delete the reporter's personal data of report {number}: {reason}",
    )


#: Where what is said about the reporter stands after each of these.
STANDS: dict[type[Event], str] = {
    InformantErasureRequested: "requested",
    InformantErasureChecked: "checked",
    InformantErasureRefused: "refused",
    InformantErased: "erased",
}
