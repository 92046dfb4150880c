"""Delivering: how a letter reached whom it is for, with proof; or that it came back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from events.letters import WAYS, LetterDelivered, LetterReturned
from events.log import Appended
from events.words import Code, Words
from services.actions.change import Log
from services.actions.command import Given, Reason, Text, ask, one_of
from services.actions.evidence.adding import OnRecord, on_record
from services.actions.lettered import HasLetters, Letter
from services.actions.refused import AlreadyDecided, NotAllowed, NotFound, Refused

#: How staff deliver; what is opened on the portal proves itself.
BY_STAFF = Code("staff_way", {code: words for code, words in WAYS if code != "portal"})
#: Served by public notice after so many days (O2 §82(5)).
NOTICE = timedelta(days=30)
#: Ways that leave a proof to be named: the parcel's number, who signed, where it was published.
_PROVED = ("post", "hand", "notice")


class OnLetter(OnRecord):
    """A command on one letter of a record."""

    letter: str


class DeliverLetter(OnLetter):
    """Record that a letter was delivered, and what proves it."""

    SAYS = Words("记录送达", "Record the delivery")

    way: Annotated[Given, one_of(BY_STAFF)] = ask(
        "怎样送达的？", "How was it delivered?", widget="radios", options=BY_STAFF
    )
    proof: Text = ask(
        "凭什么证明？", "What proves it?", default="", most=500,
        hint=Words("例如：EMS 单号 1092837465012，10月12日签收；或者公告刊登的地方。",
                   "For example: the parcel's number and who signed; where the notice appeared."),
    )  # fmt: skip


async def deliver_letter(log: Log, command: DeliverLetter) -> Appended:
    return await on_record(log, command, deliver)


def deliver(record: HasLetters, command: DeliverLetter) -> None:
    if command.way in _PROVED and not command.proof:
        raise Refused(_NO_PROOF.fill(way=WAYS[command.way]), field="proof")
    effective = command.on + NOTICE if command.way == "notice" else command.on
    _delivered(record, command, command.way, effective, command.proof)


class OpenLetter(OnLetter):
    """Whom it is for opened it on the portal: that proves its delivery."""

    SAYS = Words("打开文书", "Open the letter")


async def open_letter(log: Log, command: OpenLetter) -> Appended:
    return await on_record(log, command, open_it)


def open_it(record: HasLetters, command: OpenLetter) -> None:
    if not record.may_see_letter(command.by, command.letter):
        raise NotFound(_UNKNOWN)
    _delivered(record, command, "portal", command.on, "")


class ReturnLetter(OnLetter):
    """Record that a letter could not be delivered."""

    SAYS = Words("记录未能送达", "Record that it was not delivered")

    way: Annotated[Given, one_of(BY_STAFF)] = ask(
        "用哪种方式送的？", "Which way was tried?", widget="radios", options=BY_STAFF
    )
    reason: Reason = ask("为什么没有送达？", "Why was it not delivered?", widget="area")


async def return_letter(log: Log, command: ReturnLetter) -> Appended:
    return await on_record(log, command, come_back)


def come_back(record: HasLetters, command: ReturnLetter) -> None:
    letter = _undelivered(record, command)
    record.beside(LetterReturned, command, **_named(letter), way=command.way, reason=command.reason)


def _delivered(
    record: HasLetters, command: OnLetter, way: str, effective: date, proof: str
) -> None:
    letter = _undelivered(record, command)
    record.beside(
        LetterDelivered, command, **_named(letter), way=way, effective=effective, proof=proof
    )


def _undelivered(record: HasLetters, command: OnLetter) -> Letter:
    letter = record.letters.get(command.letter)
    if letter is None or not record.may_see_letter(command.by, letter.id):
        raise NotFound(_UNKNOWN)
    if letter.effective is not None:
        raise AlreadyDecided(_DELIVERED.fill(number=letter.letter_number))
    if letter.to == "file":
        raise NotAllowed(_FOR_THE_FILE)
    return letter


def _named(letter: Letter) -> dict[str, str]:
    return {
        "letter": letter.id, "form": letter.form, "to": letter.to,
        "letter_number": letter.letter_number,
    }  # fmt: skip


_UNKNOWN = Words("没有找到这份文书", "There is no such letter")
_DELIVERED = Words("{number}已经送达，不能再记", "{number} was delivered already")
_FOR_THE_FILE = Words("存档的文书不用送达", "A letter for the file is not delivered")
_NO_PROOF = Words("请写明{way}凭什么证明", "Say what proves the delivery ({way})")
