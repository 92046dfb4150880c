"""The command line: both languages, an exit code for each ending, no input that breaks it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.proofs import command
from events.proofs.checkpoints import Checkpoint
from events.proofs.command import run
from events.proofs.logproofs import LogProof
from events.proofs.merkle import consistency_proof
from events.proofs.policies import Policy
from events.proofs.texts import b64
from events.proofs.verdicts import Tampered, Verdict
from tests.proofs.sample import SALT, TOLD, WITNESSES, policy_text, sample_log, write_bundle
from tests.proofs.vectors import VECTORS, found, needs_vectors

CHINESE = re.compile("[\u4e00-\u9fff]")
LOG = sample_log(300)
CODES = {int(verdict) for verdict in Verdict} | {command.USAGE}
GOLDEN = VECTORS / "golden"
COMMANDS = ((), ("bundle",), ("receipt",), ("consistency",), ("heads",))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle, a receipt, heads of two sizes, the proof between them, all beside a policy."""
    top = tmp_path_factory.mktemp("files")
    write_bundle(top / "bundle", LOG)
    (top / "policy.txt").write_bytes(policy_text())
    (top / "receipt.tlog-proof").write_bytes(LOG.receipt(7, SALT, TOLD))
    (top / "old").write_bytes(LOG.checkpoint(100))
    (top / "new").write_bytes(LOG.checkpoint())
    proof = consistency_proof(100, 300, LOG.tree.subtree)
    (top / "proof").write_text("".join(f"{b64(one)}\n" for one in proof))
    other = sample_log(99)
    other.add(b"another")
    (top / "forked").write_bytes(other.checkpoint())
    (top / "lonely").write_bytes(LOG.checkpoint(witnesses=WITNESSES[:1]))
    (top / "her.txt").write_text(TOLD["text"], "utf-8")
    (top / "hers.txt").write_text(f"{TOLD['text']}\n", "utf-8")
    return top


@pytest.mark.parametrize("words", COMMANDS)
def test_help_is_wholly_in_one_language(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*words, "--help"], "en") == 0
    assert not CHINESE.search(capsys.readouterr().out)
    assert run([*words, "--help"], "zh") == 0
    said = capsys.readouterr().out
    assert not {"usage", "options", "arguments", "commands", "show"} & set(
        re.findall("[a-z]+", said)
    )


GIVEN = [
    ("bundle bundle", 0, "300 entries and 300 states checked"),
    ("bundle bundle --time --policy policy.txt", 0, "Verified"),
    ("bundle bundle --tree-only", 0, "0 entries and 0 states"),
    ("receipt receipt.tlog-proof", 0, "stands at 8 in the log"),
    (f"receipt receipt.tlog-proof --text {TOLD['text']}", 0, "exactly what was recorded"),
    ("receipt receipt.tlog-proof --text her.txt", 0, "exactly what was recorded"),
    (f"receipt receipt.tlog-proof --text {TOLD['text']}x", 30, "the same to the letter"),
    ("receipt receipt.tlog-proof --text hers.txt", 30, "only line ends or outer space differ"),
    ("consistency old new proof", 0, "nothing was rewritten"),
    ("consistency new old proof", 0, "nothing was rewritten"),
    ("consistency old new", 50, "a consistency proof from 100 to 300 is needed"),
    ("consistency old forked", 20, "different roots"),
    ("consistency forked new proof", 20, "does not show"),
    ("consistency old old proof", 30, "no proof is needed"),
    ("consistency new lonely", 10, "too few witnesses"),
    ("consistency old receipt.tlog-proof", 40, "a checkpoint has the lines"),
    ("heads new new lonely", 0, "3 heads agree"),
    ("heads new old", 50, "needs --bundle"),
    ("heads new old --bundle bundle", 0, "2 heads agree, the largest is of 300"),
    ("heads new forked --bundle bundle", 20, "not the beginning"),
    ("heads old forked", 20, "different things to different people"),
    ("heads policy.txt", 40, "policy.txt"),
    ("bundle nothing", 2, "no directory"), ("receipt nothing", 2, "cannot be read"),
    ("consistency old", 2, "two heads"), ("heads", 2, "See verify heads --help"),
    ("", 2, "See verify --help"), ("verify", 2, "See verify --help"),
    ("bundle bundle --skew x", 2, "--skew"), ("bundle bundle --policy old", 40, "old"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "said"), GIVEN)
def test_every_ending_has_its_code_and_its_sentence(
    words: str, code: int, said: str, folder: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(folder)
    assert run(words.split(), "en") == code
    shown = capsys.readouterr()
    assert said in shown.out + shown.err
    assert run(words.split(), "zh") == code
    shown = capsys.readouterr()
    assert CHINESE.search(shown.out + shown.err)


def test_json_is_for_programs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert run(["consistency", "old", "forked", "--json"], "zh") == 20
    shown = json.loads(capsys.readouterr().out)
    assert (shown["verdict"], shown["code"]) == ("diverged", 20)
    assert set(shown["said"]) == {"zh", "en"}
    assert run(["heads", "policy.txt", "--json", "--policy", "old"], "zh") == 40
    assert json.loads(capsys.readouterr().out)["verdict"] == "malformed"


def test_without_a_policy_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "verify.pyz")])
    (tmp_path / "r").write_bytes(LOG.receipt(7))
    assert run(["receipt", "r"], "en") == command.USAGE
    assert "it says whom you trust" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "words", "language"),
    [
        ({}, [], "zh"), ({"LANG": "en_GB.UTF-8"}, [], "en"), ({"LANG": "zh_CN.UTF-8"}, [], "zh"),
        ({"LANG": "zh_CN", "LC_ALL": "en_US"}, [], "en"), ({"LANG": "en"}, ["--lang", "zh"], "zh"),
        ({"GONGZHI_LANG": "en", "LANG": "zh"}, [], "en"), ({}, ["--lang=en"], "en"),
    ],
)  # fmt: skip
def test_the_language_is_chosen(
    environment: dict[str, str], words: list[str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GONGZHI_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert command.language_of(words) == language


def test_as_a_program_on_a_console_without_chinese(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "events.proofs", "bundle", str(folder / "bundle")],
        capture_output=True, timeout=60, env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        cwd=Path(command.__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0
    assert b"\\u" in done.stdout


def test_a_fault_of_ours_is_a_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError("no more")

    monkeypatch.setattr(command, "Bundle", broken)
    assert run(["bundle", str(folder)], "en") == command.FAULT
    assert capsys.readouterr().err == "the verifier failed (MemoryError: no more)\n"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_input_breaks_it(folder: Path, tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["receipt.tlog-proof", "old", "proof", "policy.txt"]))
    content = bytearray((folder / name).read_bytes())
    match data.draw(st.sampled_from(["bytes", "cut", "flip", "insert"])):
        case "bytes":
            content = bytearray(data.draw(st.binary(max_size=300)))
        case "cut":
            del content[data.draw(st.integers(0, len(content))) :]
        case "flip":
            content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        case _:
            at = data.draw(st.integers(0, len(content)))
            content[at:at] = data.draw(st.binary(min_size=1, max_size=9))
    (tmp_path / "f").write_bytes(content)
    f, new = str(tmp_path / "f"), str(folder / "new")
    policy = ["--policy", f if name == "policy.txt" else str(folder / "policy.txt")]
    old = str(folder / "old")
    for words in (
        ["receipt", f, "--text", "x"], ["consistency", f, new, str(folder / "proof")],
        ["consistency", old, new, f], ["heads", f, new], ["heads", old],
    ):  # fmt: skip
        assert run([*words, *policy], data.draw(st.sampled_from(["zh", "en"]))) in CODES


# -- golden cases that must fail ---------------------------------------------------------------


def _golden(*words: str) -> int:
    return run([*words, "--policy", str(GOLDEN / "policy.txt")], "en")


@needs_vectors
def test_the_golden_heads_end_with_a_code_each() -> None:
    negative, good = GOLDEN / "negative", str(GOLDEN / "log-767/checkpoint")
    split = [str(negative / "split-view" / name) for name in "ab"]
    assert _golden("consistency", good, good) == 0
    assert _golden("heads", *split) == 20
    assert _golden("heads", good, *split) == 20
    assert _golden("consistency", str(negative / "checkpoint-no-quorum"), good) == 10
    assert _golden("consistency", str(negative / "checkpoint-wrong-key"), good) == 30
    assert _golden("heads", str(negative / "cosignature-timestamp-tampered")) == 30


@needs_vectors
@pytest.mark.parametrize("path", found("golden/negative/*.tlog-proof"), ids=lambda path: path.stem)
def test_the_golden_receipts_that_must_fail(path: Path) -> None:
    proof = LogProof.parse(path.read_bytes())
    policy = Policy.load(GOLDEN / "policy.txt")
    with pytest.raises(Tampered):
        proof.verify((GOLDEN / "receipts/2.leaf").read_bytes(), policy)
    assert Checkpoint.parse(proof.checkpoint).head.size == 767
