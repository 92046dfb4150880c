"""Go's own hashing, over the whole of an exported log: every entry, every tile, the head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from services.heads.export import Export, Span
from services.heads.publisher import Publisher
from services.heads.signing import KeySigner
from services.platform import Platform
from tests.heads.conftest import KEY, grow
from tests.interop.golang import CheckLog, build

pytestmark = pytest.mark.postgres
POLICY = f"log {KEY.verifier}\nquorum none\n".encode()
SIZES = (1, 255, 256, 257, 66_000)


@pytest.fixture(scope="module")
def go(tmp_path_factory: pytest.TempPathFactory) -> CheckLog:
    folder = tmp_path_factory.mktemp("go")
    return CheckLog(build(folder), str(KEY.verifier), folder)


async def exported(platform: Platform, folder: Path) -> Path:
    await Publisher(platform.pool, KeySigner(KEY)).publish()
    await Export(platform.pool, folder, POLICY).log(Span(), lambda *_: None)
    return folder


async def test_whole_exports_of_many_sizes(
    go: CheckLog, platform: Platform, tmp_path: Path
) -> None:
    size = 0
    for wanted in SIZES:
        while size < wanted:
            size += (more := min(2000, wanted - size))
            await grow(platform, more)
        assert go.accepts_bundle(await exported(platform, tmp_path / str(wanted)))


def flipped(at: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


DAMAGES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "an entry": ("tile/entries/001", flipped(300)),
    "entries are swapped": ("tile/entries/000", lambda d: d[len(d) // 2 :] + d[: len(d) // 2]),
    "entries are cut off": ("tile/entries/002.p/88", lambda data: data[:-40]),
    "a tile of leaves": ("tile/0/001", flipped(7)),
    "the tile that grows": ("tile/0/002.p/88", flipped(7)),
    "a tile above": ("tile/1/000.p/2", flipped(40)),
    "a tile is shorter": ("tile/0/000", lambda data: data[:-32]),
    "the head": ("checkpoint", lambda data: data.replace(b"\n600\n", b"\n599\n")),
}


async def test_nothing_that_was_changed(go: CheckLog, platform: Platform, tmp_path: Path) -> None:
    await grow(platform, 600)
    folder = await exported(platform, tmp_path / "out")
    assert go.accepts_bundle(folder)
    for what, (name, damage) in DAMAGES.items():
        whole = (path := folder / name).read_bytes()
        path.write_bytes(damage(whole))
        assert not go.accepts_bundle(folder), what
        path.unlink()
        assert not go.accepts_bundle(folder), f"{what} is missing"
        path.write_bytes(whole)
    assert go.accepts_bundle(folder)
