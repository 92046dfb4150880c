"""A key is changed, stolen or lost: witnesses go on from what they saw, and from nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from deploy.cli.key import _in_file
from events.proofs.checks import check_consistency
from events.proofs.cosignatures import ML_DSA_44
from events.proofs.keys import SignerKey, ml_dsa_offered
from events.proofs.policies import Policy
from events.proofs.texts import b64
from events.proofs.verdicts import Verdict
from services.heads import signing
from services.heads.publisher import Heads, Publisher
from services.heads.signing import KeySigner
from services.heads.tree import LogTree
from services.heads.witnesses import Refused, Witnesses
from services.platform import Platform
from services.private_files import KeyTrouble
from services.settings import Settings
from services.witness.server import Witness, make_app
from tests.database import Dsns
from tests.deploy.test_cli import PASSWORD, Shell
from tests.heads.conftest import KEY, NAMES, Parties, ask, grow

pytestmark = pytest.mark.postgres
NEW = SignerKey.generate(KEY.name)


async def head(platform: Platform, *keys: SignerKey) -> None:
    await grow(platform, 2)
    await Publisher(platform.pool, KeySigner(*keys)).publish()


def known(parties: Parties, *keys: SignerKey) -> Parties:
    """The parties by a policy that knows the log by these keys too."""
    text = "".join(f"log {key.verifier}\n" for key in keys).encode() + parties.text
    return parties._replace(
        witnesses=Witnesses(Heads(parties.witnesses._heads.pool), Policy.parse(text))
    )


def witness(tmp_path: Path, name: str) -> Witness:
    return Witness.open(tmp_path / name)


async def test_a_key_is_changed_while_both_sign(
    parties: Parties, platform: Platform, tmp_path: Path
) -> None:
    await head(platform, KEY)
    await ask(parties, *NAMES)
    await head(platform, NEW, KEY)
    await ask(parties, *NAMES)  # by the policy of before, and witnesses that know nothing of it
    opened = await parties.witnesses.witnessed()
    assert opened is not None
    assert (opened.checkpoint.head.size, opened.log) == (4, KEY.verifier)
    for name in ("regulator", "council"):
        witness(tmp_path, name).know(NEW.verifier)
        assert witness(tmp_path, name).forget(KEY.verifier)
    both = known(parties, NEW)
    await head(platform, NEW)
    await ask(both, "regulator", "council")
    with pytest.raises(Refused, match="403"):
        await ask(both, "association")
    opened = await both.witnesses.witnessed()
    assert opened is not None
    assert (opened.checkpoint.head.size, opened.log) == (6, NEW.verifier)


async def test_who_stole_the_former_key_is_cosigned_by_nobody(
    parties: Parties, platform: Platform, tmp_path: Path
) -> None:
    await head(platform, NEW, KEY)
    for name in NAMES:
        witness(tmp_path, name).know(NEW.verifier)
        witness(tmp_path, name).forget(KEY.verifier)
    await ask(parties, *NAMES)
    await head(platform, KEY)
    for name in NAMES:
        with pytest.raises(Refused, match="403"):
            await ask(parties, name)


async def test_a_log_that_lost_its_key_goes_on_under_another_name(
    parties: Parties, platform: Platform, tmp_path: Path
) -> None:
    await head(platform, KEY)
    await ask(parties, *NAMES)
    last = await Heads(platform.pool).latest()
    renamed = SignerKey.generate("test.example/log-2")
    both = known(parties, renamed)
    await head(platform, renamed)
    with pytest.raises(Refused, match="404"):
        await ask(both, "council")
    for name in NAMES:
        witness(tmp_path, name).know(renamed.verifier, KEY.name)
    await ask(both, *NAMES)
    opened = await both.witnesses.witnessed()
    assert opened is not None
    assert opened.checkpoint.head.origin == "test.example/log-2"
    assert last is not None
    hashes = await LogTree(platform.pool).consistency(last.head.size, opened.checkpoint.head.size)
    proof = "".join(f"{b64(each)}\n" for each in hashes).encode()
    told = [bytes(last), bytes(opened.checkpoint)]
    policy = both.witnesses.policy
    assert check_consistency(*told, proof, policy).verdict is Verdict.OK
    assert check_consistency(*told, None, policy).verdict is Verdict.INCOMPLETE
    wrong = b64(bytes(32)).encode() + b"\n" + proof.partition(b"\n")[2]
    assert check_consistency(*told, wrong, policy).verdict is Verdict.DIVERGED


async def test_under_another_name_history_cannot_be_rewritten(
    parties: Parties, platform: Platform, tmp_path: Path
) -> None:
    """A witness that is told of the new name asks for the proof from what it saw of the former."""
    from tests.witness.test_witness import FORK, LOG, TREE, body

    served = Witness.make(tmp_path / "w", "w.example/w1")
    served.know(LOG.verifier)
    renamed = SignerKey.generate("log.example/log-2")
    async with TestServer(make_app(served)) as server, ClientSession() as session:
        address = str(server.make_url("/add-checkpoint"))
        async with session.post(address, data=body(0, 200)) as answer:
            assert answer.status == 200
        served.know(renamed.verifier, LOG.name)
        for data, status in (
            (body(0, 300, TREE, renamed), 409),
            (body(200, 300, FORK, renamed), 422),
            (body(200, 300, TREE, renamed), 200),
            (body(200, 300), 404),
        ):
            async with session.post(address, data=data) as answer:
                assert answer.status == status


@pytest.mark.skipif(not ml_dsa_offered(), reason="cryptography offers no ML-DSA-44")
async def test_ml_dsa_lines_stand_beside_and_are_verified_where_known(
    parties: Parties, platform: Platform, tmp_path: Path
) -> None:
    log = SignerKey.generate(KEY.name, ML_DSA_44)
    post_quantum = Witness.make(tmp_path / "pq", "testing.example/w1", ml_dsa=True)
    post_quantum.know(KEY.verifier)
    async with TestServer(make_app(post_quantum)) as server:
        classic, quantum = (key.verifier for key in post_quantum.keys)
        lines = f"log {log.verifier}\nwitness testing {classic} {server.make_url('/')}\n"
        text = f"{lines}witness testing-pq {quantum}\n".encode() + parties.text
        asking = Witnesses(Heads(platform.pool), Policy.parse(text))
        await head(platform, KEY, log)
        await ask(parties._replace(witnesses=asking), "testing", *NAMES)
    opened = await asking.witnessed()
    assert opened is not None
    assert {"testing", "testing-pq", "council"} <= set(opened.seen)
    whoever = await parties.witnesses.witnessed()
    assert whoever is not None, "who does not know these keys passes over their lines"
    assert opened.checkpoint.verify_log([log.verifier]) == log.verifier


async def test_from_the_shell_a_key_is_changed_and_lost(
    platform: Platform, database: Dsns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, data = Shell(tmp_path, database), tmp_path / "data"

    async def publish() -> None:
        await grow(platform, 1)
        await Publisher(platform.pool, KeySigner(*signing.kept(data / "log.key"))).publish()

    await shell.asks("user", "add", "wang", "--name", "王五", typed=f"{PASSWORD}\n{PASSWORD}\n")
    first = (await shell.asks("key", "new", KEY.name)).splitlines()[-1]
    (data / "policy.txt").write_text(f"log {first}\nquorum none\n")
    await publish()
    assert "只有一把密钥" in await shell.asks("key", "retire", code=2)
    rotated = await shell.asks("key", "rotate")
    shown = (await shell.asks("key", "show")).split()
    assert shown[1:] == [first]
    assert shown[0] in rotated
    assert "还没有新密钥的签名" in await shell.asks("key", "retire", code=2)
    assert (await shell.asks("key", "rotate", lang="en")).count("KEY") == 1, "it is taken up again"
    await publish()
    await shell.asks("key", "retire", "--reason", "按计划每年更换")
    assert (await shell.asks("key", "show")).split() == [shown[0]]
    await shell.asks("key", "ml-dsa")
    assert len((await shell.asks("key", "show")).split()) == 2
    await shell.asks("key", "lost", "test.example/log-2", "--reason", "服务器硬盘损坏", code=2)
    (data / "log.key").unlink()
    await shell.asks("key", "lost", "test.example/log-2", "--reason", "服务器硬盘损坏")
    await publish()
    latest = await Heads(platform.pool).latest()
    assert latest is not None
    policy = Policy.load(data / "policy.txt")
    assert policy.open(bytes(latest)).log.name == "test.example/log-2"
    assert len(policy.logs) == 3
    told = await shell.asks("log", "tail")
    for said in ("启用日志", "停用日志", "因原签名密钥丢失"):
        assert said in told


def test_a_key_that_is_held_elsewhere_is_not_changed_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGZHI_DATA", str(tmp_path))
    monkeypatch.setenv("GONGZHI_LOG_KEY", KEY.text)
    with pytest.raises(KeyTrouble, match="not in a file"):
        _in_file()
    monkeypatch.delenv("GONGZHI_LOG_KEY")
    signing.keep(tmp_path / "log.key", KEY, SignerKey.generate("other.example/log"))
    with pytest.raises(KeyTrouble, match="different names"):
        signing.signer(Settings(data=tmp_path))
