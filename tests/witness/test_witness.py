"""A witness: each answer as the specification has it, and nothing it said is ever taken back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from events.proofs.checkpoints import Checkpoint
from events.proofs.cosignatures import COSIGNATURE
from events.proofs.heads import Head
from events.proofs.keys import SignerKey
from events.proofs.merkle import Tree, consistency_proof
from events.proofs.submissions import Submission, cosigned
from services.private_files import KeyTrouble
from services.witness.record import Record
from services.witness.server import RECORD, Witness, make_app
from tests.portals.desks import Client

LOG = SignerKey.generate("log.example/log")
TREE = Tree([bytes([n % 251]) * 32 for n in range(400)])
FORK = Tree([bytes([n % 251 ^ (n == 99)]) * 32 for n in range(400)])


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    made = Witness.make(tmp_path, "council.example/w1")
    made.know(LOG.verifier)
    return made


@pytest.fixture
async def asked(witness: Witness) -> AsyncIterator[Client]:
    async with TestClient(TestServer(make_app(witness))) as client:
        yield client


def head(size: int, tree: Tree = TREE, key: SignerKey = LOG) -> Checkpoint:
    return Checkpoint.sign(Head(key.name, size, tree.root(size)), [key])


def body(
    old: int,
    new: int,
    tree: Tree = TREE,
    key: SignerKey = LOG,
    proof: Sequence[bytes] | None = None,
) -> bytes:
    if proof is None:
        proof = consistency_proof(old, new, tree.subtree) if 0 < old <= new else []
    return bytes(Submission(old, tuple(proof), bytes(head(new, tree, key))))


async def submit(asked: Client, data: bytes) -> tuple[int, str, bytes]:
    async with asked.post("/add-checkpoint", data=data) as answer:
        return answer.status, answer.headers["Content-Type"], await answer.read()


async def test_a_head_that_continues_is_cosigned_with_the_time(
    asked: Client, witness: Witness
) -> None:
    before = int(time.time())
    for old, new in ((0, 10), (10, 11), (11, 300), (300, 300)):
        status, kind, told = await submit(asked, body(old, new))
        assert (status, kind) == (200, "text/plain; charset=utf-8"), told
        (line,) = cosigned(head(new), told, [witness.key.verifier])
        found = head(new).note.with_lines([line]).verify([witness.key.verifier])
        assert before <= found.times[witness.key.verifier] <= time.time() + 1


async def test_who_does_not_know_where_it_stands_is_told(asked: Client) -> None:
    assert (await submit(asked, body(0, 20)))[0] == 200
    assert await submit(asked, body(0, 30)) == (409, "text/x.tlog.size", b"20\n")
    assert await submit(asked, body(10, 30)) == (409, "text/x.tlog.size", b"20\n")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (body(100, 100, FORK), 409),
        (body(100, 200, FORK), 422),
        (body(100, 200, proof=[bytes(32)]), 422),
        (body(100, 200, proof=[]), 422),
        (body(100, 90), 400),
        (body(100, 200, key=SignerKey.generate("log.example/log")), 403),
        (body(100, 200, key=SignerKey.generate("other.example/log")), 404),
        (b"", 400),
        (b"old 100\n", 400),
        (b"old 0100\n\n" + bytes(head(200)), 400),
        (b"old 100\n" + b"AAAA\n" * 64 + b"\n" + bytes(head(200)), 400),
        (b"\xff\xfe\n\n", 400),
    ],
)
async def test_what_does_not_continue_is_refused_and_changes_nothing(
    asked: Client, data: bytes, status: int
) -> None:
    assert (await submit(asked, body(0, 100)))[0] == 200
    assert (await submit(asked, data))[0] == status
    assert (await submit(asked, body(0, 5)))[2] == b"100\n"


async def test_a_monitor_reads_the_last_head_with_the_cosignature(
    asked: Client, witness: Witness
) -> None:
    where = f"/{sha256(LOG.name.encode()).hexdigest()}/checkpoint"
    assert (await asked.get(where)).status == 404
    await submit(asked, body(0, 77))
    async with asked.get(where) as answer:
        found = Checkpoint.parse(await answer.read())
    assert found.head == head(77).head
    assert set(found.note.verify([LOG.verifier, witness.key.verifier]).times) == {
        LOG.verifier, witness.key.verifier,
    }  # fmt: skip


async def test_two_at_once_never_take_a_later_head_back(asked: Client) -> None:
    assert (await submit(asked, body(0, 100)))[0] == 200
    told = await asyncio.gather(*(submit(asked, body(100, 100 + n)) for n in range(1, 60)))
    cosigned_ = [answer for answer in told if answer[0] == 200]
    assert len(cosigned_) == 1
    assert all(answer[0] == 409 for answer in told if answer not in cosigned_)


def test_it_is_on_disk_before_it_is_said(witness: Witness) -> None:
    record = Record(witness.home / RECORD)
    told = record.submit(body(0, 50), witness.logs(), [witness.key], lambda: 7)
    again = Record(witness.home / RECORD).checkpoint(sha256(LOG.name.encode()).hexdigest())
    assert again == bytes(head(50)) + told.body.encode()


def test_a_log_can_be_added_while_it_runs(witness: Witness) -> None:
    other = SignerKey.generate("other.example/log")
    record = Record(witness.home / RECORD)
    data = body(0, 9, key=other)
    assert record.submit(data, witness.logs(), [witness.key], lambda: 7).status == 404
    witness.know(other.verifier)
    assert record.submit(data, witness.logs(), [witness.key], lambda: 7).status == 200


def test_a_witness_is_made_once(tmp_path: Path) -> None:
    made = Witness.make(tmp_path / "w", "council.example/w1")
    assert made.key.kind == COSIGNATURE
    with pytest.raises(KeyTrouble):
        Witness.make(tmp_path / "w", "council.example/w2")
    assert Witness.open(tmp_path / "w").key == made.key
