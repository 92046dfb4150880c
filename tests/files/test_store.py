"""Files on disk: sealed, whole or absent, found out when altered, gone with their key."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from events.ids import new_id
from events.vault import PersonErased
from services.files.basket import DAY, MOST, Basket, throw_away_old
from services.files.keeping import keep_all
from services.files.not_taken import EMPTY, TOO_MANY, NotTaken
from services.files.sealing import PART, Altered, seal, unseal
from services.files.store import Missing, Store
from services.platform import Platform
from tests.files.samples import PDF, picture

pytestmark = pytest.mark.postgres
KEY = bytes(range(32))
CANARY = b"a canary that must not stand on the disk in clear"


@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART])
def test_what_was_sealed_opens_whole(tmp_path: Path, size: int) -> None:
    data = bytes(size)
    found = seal(BytesIO(data), tmp_path / "x", KEY)
    assert found == (sha256(data).hexdigest(), size)
    assert b"".join(unseal(tmp_path / "x", KEY)) == data


def test_every_change_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x"
    seal(BytesIO(b"ab" * PART), path, KEY)
    whole = path.read_bytes()
    second = 36 + PART + 16
    for changed in (
        whole[:second],  # cut off after a whole part
        whole[:-1],
        whole[:36] + whole[second : second + PART + 16] + whole[36:second],  # parts exchanged
        whole[:50] + bytes([whole[50] ^ 1]) + whole[51:],
        b"GEF2" + whole[4:],
    ):
        path.write_bytes(changed)
        with pytest.raises(Altered):
            list(unseal(path, KEY))
    path.write_bytes(whole)
    with pytest.raises(Altered):
        list(unseal(path, bytes(32)))


def put(platform: Platform, tmp_path: Path) -> Store:
    platform.files = Store(tmp_path, platform.vault)
    return platform.files


async def test_the_disk_holds_nothing_in_clear(platform: Platform, tmp_path: Path) -> None:
    store, subject = put(platform, tmp_path), str(new_id())
    kept = await store.keep_bytes(subject, CANARY)
    assert kept.sha256 == sha256(CANARY).hexdigest()
    assert await store.read(subject, kept.sha256) == CANARY
    assert await store.keep_bytes(subject, CANARY) == kept, "twice is once"
    (path,) = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert CANARY not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert list(store.all_kept()) == [(subject, kept.sha256)]


async def test_what_is_missing_or_altered_is_said(platform: Platform, tmp_path: Path) -> None:
    store, subject = put(platform, tmp_path), str(new_id())
    kept = await store.keep_bytes(subject, CANARY)
    assert await store.state(subject, kept.sha256) == ""
    (path,) = [each for each in tmp_path.rglob("*") if each.is_file()]
    path.write_bytes(path.read_bytes()[:-1])
    assert await store.state(subject, kept.sha256) == "altered"
    path.unlink()
    assert await store.state(subject, kept.sha256) == "missing"
    for strange in ("../../../etc/passwd", "", "A" * 64):
        with pytest.raises(Missing):
            await store.read(subject, strange)


async def test_with_the_key_the_files_go(platform: Platform, tmp_path: Path) -> None:
    store, subject, other = put(platform, tmp_path), new_id(), str(new_id())
    kept = await store.keep_bytes(str(subject), CANARY)
    await store.keep_bytes(other, CANARY)
    await store.set_aside(other, kept.sha256)
    assert await store.state(other, kept.sha256) == "missing"
    assert await store.is_aside(other, kept.sha256)
    await platform.vault.destroy([subject])
    assert list(store.all_kept()) == []
    assert await store.state(str(subject), kept.sha256) == "erased"
    with pytest.raises(PersonErased):
        await store.keep_bytes(str(subject), CANARY)


def basket(root: Path, form: str = "form", whose: str = "she") -> Basket:
    return Basket.of(root, b"secret", whose, form)


async def test_a_basket_belongs_to_one_form_of_one_person(tmp_path: Path) -> None:
    mine = basket(tmp_path)
    draft = await mine.add("/tmp/小票.jpg", BytesIO(picture()))
    assert (draft.name, draft.media) == ("小票.jpg", "image/jpeg")
    assert await mine.add("再来.jpg", BytesIO(picture())) == draft, "chosen twice is there once"
    again = await basket(tmp_path).files()
    assert again == [draft]
    assert await basket(tmp_path, form="another").files() == []
    assert await basket(tmp_path, whose="somebody").files() == []
    found = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"CANARY-CAMERA" not in found
    assert "小票".encode() not in found
    await mine.remove("../" + draft.id)
    assert await mine.files() == [draft]
    await mine.remove(draft.id)
    assert await mine.files() == []


async def test_a_basket_takes_so_much(tmp_path: Path) -> None:
    mine = basket(tmp_path)
    with pytest.raises(NotTaken) as refused:
        await mine.add("空.txt", BytesIO(b""))
    assert refused.value.words == EMPTY
    added = [await mine.add("a.txt", BytesIO(b"%d" % number)) for number in range(MOST)]
    assert await mine.files() == added, "in the order they came"
    with pytest.raises(NotTaken) as refused:
        await mine.add("a.txt", BytesIO(b"one more"))
    assert refused.value.words == TOO_MANY


async def test_nobody_came_back(tmp_path: Path) -> None:
    old, young = basket(tmp_path), basket(tmp_path, "young")
    await old.add("a.txt", BytesIO(b"a"))
    await young.add("a.txt", BytesIO(b"a"))
    os.utime(old.folder, (time.time() - DAY - 5,) * 2)
    assert throw_away_old(tmp_path) == 1
    assert (await old.files(), len(await young.files())) == ([], 1)


async def test_what_was_chosen_is_kept_with_its_copy(platform: Platform, tmp_path: Path) -> None:
    store, subject, mine = put(platform, tmp_path), str(new_id()), basket(tmp_path)
    await mine.add("小票.jpg", BytesIO(picture()))
    await mine.add("合同.pdf", BytesIO(PDF))
    photo, contract = await keep_all(store, mine, subject)
    assert await store.read(subject, photo.sha256) == picture()
    assert b"CANARY-CAMERA" not in await store.read(subject, photo.public_copy)
    assert contract.public_copy == ""
    assert (await keep_all(store, mine, subject))[0] == photo, "the same when it is sent again"
    await mine.clear()
    assert await keep_all(store, mine, subject) == ()
