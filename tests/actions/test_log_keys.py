"""The log's keys change only by a statement that both keys have signed."""

from __future__ import annotations

from events.log_keys import LogKeyIntroduced, LogKeyReplaced, LogKeyRetired
from events.proofs.keys import SignerKey
from events.proofs.notes import Note
from services.actions.log_keys import (
    IntroduceLogKey,
    LogKeys,
    ReplaceLostLogKey,
    RetireLogKey,
    statement,
    statement_of,
)
from tests.given import given
from tests.people import ADMIN, AUDITOR

FORMER, NEW, STRANGER = (SignerKey.generate("gz.example/log") for _ in range(3))


def introduce(said: str, new: SignerKey = NEW, by: object = ADMIN) -> IntroduceLogKey:
    return IntroduceLogKey(
        by=by, vkey=str(new.verifier), former=str(FORMER.verifier), statement=said
    )


def test_a_key_is_introduced_by_both() -> None:
    command = introduce(statement(NEW, FORMER))
    given(LogKeys).when(LogKeys.introduce, command).then(
        LogKeyIntroduced, origin="gz.example/log", vkey=str(NEW.verifier)
    )


def test_a_statement_that_one_of_them_did_not_sign_is_refused() -> None:
    whole = Note.parse(statement(NEW, FORMER).encode())
    for lines in (whole.signatures[:1], whole.signatures[1:]):
        half = bytes(Note(whole.text, lines)).decode()
        given(LogKeys).when(LogKeys.introduce, introduce(half)).refused("both keys")
    for said in (statement(STRANGER, FORMER), statement(NEW, STRANGER), "", "x\n\n— a b\n"):
        given(LogKeys).when(LogKeys.introduce, introduce(said)).refused("both keys")


def test_another_log_cannot_give_its_key() -> None:
    other = SignerKey.generate("other.example/log")
    assert statement_of(statement(other, FORMER).encode(), FORMER.verifier) is None
    assert statement_of(statement(NEW, FORMER).encode(), FORMER.verifier) == NEW.verifier


def test_once_introduced_and_once_retired() -> None:
    introduced = (LogKeys.introduce, introduce(statement(NEW, FORMER)))
    retire = RetireLogKey(by=ADMIN, vkey=str(FORMER.verifier), reason="按计划每年更换")
    given(LogKeys, introduced).when(*introduced).refused("already")
    given(LogKeys, introduced).when(LogKeys.retire, retire).then(
        LogKeyRetired, reason="按计划每年更换"
    )
    given(LogKeys, introduced, (LogKeys.retire, retire)).when(LogKeys.retire, retire).refused(
        "already"
    )


def test_a_lost_key_takes_its_name_along() -> None:
    lost = ReplaceLostLogKey(
        by=ADMIN,
        vkey=str(NEW.verifier),
        former="old.example/log",
        checkpoint="x",
        reason="服务器硬盘损坏",
    )
    given(LogKeys).when(LogKeys.replace, lost).then(LogKeyReplaced, origin="gz.example/log")
    same = lost.model_copy(update={"former": "gz.example/log"})
    given(LogKeys).when(LogKeys.replace, same).refused("another name")


def test_only_the_operators_administrator_may() -> None:
    command = introduce(statement(NEW, FORMER), by=AUDITOR)
    given(LogKeys).when(LogKeys.introduce, command).refused("may not do this")
