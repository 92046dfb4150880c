"""RFC 3161: tokens of a throw-away authority made with openssl, and golden ones."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs.bundles import Bundle
from events.proofs.deep import Deep
from events.proofs.timestamps import Token
from events.proofs.verdicts import Malformed, Tampered, Verdict
from tests.proofs.sample import BEGAN, POLICY, sample_log, write_bundle
from tests.proofs.vectors import VECTORS, needs_vectors

needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here")
CONFIG = """
[req]
distinguished_name = dn
x509_extensions = ext
prompt = no
[dn]
CN = Test TSA
[ext]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = one
[one]
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
"""


class Authority:
    """A time-stamping authority with a key of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "conf").write_text(CONFIG)
        (folder / "serial").write_text("01\n")
        self._openssl("req -x509 -newkey ed25519 -nodes -keyout key -out cert -config conf -days 2"
                      .replace("ed25519", "rsa:2048"))  # fmt: skip

    @property
    def certificate(self) -> Path:
        return self.folder / "cert"

    def stamp(self, data: bytes) -> bytes:
        (self.folder / "data").write_bytes(data)
        self._openssl("ts -query -data data -sha256 -cert -out query -config conf")
        self._openssl("ts -reply -queryfile query -signer cert -inkey key -out reply -config conf")
        return (self.folder / "reply").read_bytes()

    def _openssl(self, words: str) -> None:
        done = subprocess.run(
            ["openssl", *words.split()], cwd=self.folder, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@needs_vectors
def test_the_golden_token_is_read_and_verified() -> None:
    golden = VECTORS / "golden/rfc3161"
    token = Token.parse((golden / "r.tsr").read_bytes())
    assert token.covers((golden / "timestamped-checkpoint").read_bytes())
    assert token.time == datetime(2026, 11, 23, 8, 39, 8, 311000, tzinfo=UTC)
    assert token.verify(golden / "tsa.crt") is (shutil.which("openssl") is not None)


@needs_openssl
def test_a_token_says_what_existed_when(authority: Authority) -> None:
    token = Token.parse(authority.stamp(b"head"))
    assert token.covers(b"head")
    assert not token.covers(b"heads")
    assert abs(datetime.now(UTC) - token.time) < timedelta(minutes=5)
    assert token.verify(authority.certificate)


@needs_openssl
def test_a_token_of_another_authority_or_a_changed_one(
    authority: Authority, tmp_path: Path
) -> None:
    data = authority.stamp(b"head")
    with pytest.raises(Tampered, match="does not accept"):
        Token.parse(data).verify(Authority(tmp_path).certificate)
    with pytest.raises(Tampered):
        Token.parse(data[:-1] + bytes([data[-1] ^ 1])).verify(authority.certificate)


@needs_openssl
def test_without_openssl_it_is_said_that_nothing_was_verified(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Token.parse(authority.stamp(b"head"))
    monkeypatch.setenv("PATH", "")
    assert token.verify(authority.certificate) is False


@needs_openssl
@pytest.mark.parametrize("whole", [True, False])
def test_a_bundles_stamps_are_of_its_heads(
    authority: Authority, tmp_path: Path, whole: bool
) -> None:
    """The clock of the authority is today's, the sample's records lie elsewhere in time."""
    log = sample_log(9)
    head = log.checkpoint(5)
    stamp = authority.stamp(head if whole else head.rpartition(b"\n\n")[0] + b"\n")
    bundle = write_bundle(tmp_path, log, sums=False)
    (bundle / "checkpoints").mkdir()
    (bundle / "rfc3161").mkdir()
    (bundle / "checkpoints/5").write_bytes(head)
    (bundle / "rfc3161/5.tsr").write_bytes(stamp)
    plain = Deep(Bundle(bundle), POLICY).run()
    assert plain.verdict is Verdict.OK
    assert "certificate not verified" in plain.text("en")
    trusted = Deep(Bundle(bundle), POLICY, authority=authority.certificate).run()
    assert "certificate verified" in trusted.text("en")
    timed = Deep(Bundle(bundle), POLICY, times=True).run()
    late = datetime.now(UTC).timestamp() + 120 < BEGAN
    assert timed.verdict is (Verdict.TAMPERED if late else Verdict.OK)
    (bundle / "rfc3161/5.tsr").write_bytes(authority.stamp(b"another"))
    report = Deep(Bundle(bundle), POLICY).run()
    assert report.verdict is Verdict.TAMPERED
    assert report.said.en.startswith("rfc3161/5.tsr")
    (bundle / "checkpoints/5").unlink()
    assert Deep(Bundle(bundle), POLICY).run().verdict is Verdict.INCOMPLETE


@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_token(data: bytes) -> None:
    with pytest.raises(Malformed):
        Token.parse(data)


@needs_vectors
@given(st.integers(0, 2000), st.integers(1, 255), st.booleans())
def test_a_damaged_token_is_read_or_refused_but_breaks_nothing(
    at: int, change: int, cut: bool
) -> None:
    data = bytearray((VECTORS / "golden/rfc3161/r.tsr").read_bytes())
    at %= len(data)
    data[at] ^= change
    try:
        Token.parse(bytes(data[:at] if cut else data))
    except Malformed:
        return
