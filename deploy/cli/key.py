"""`gongzhi key`: the keys that sign the log's heads. The procedures stand in `deploy/KEYS.md`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Annotated

import typer

from deploy.cli.acting import administrator
from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import fail, out, say, t
from events.proofs.cosignatures import ED25519, ML_DSA_44
from events.proofs.keys import SignerKey, VerifierKey
from events.proofs.verdicts import Malformed
from services.actions.log_keys import (
    IntroduceLogKey,
    ReplaceLostLogKey,
    RetireLogKey,
    introduce_log_key,
    replace_lost_log_key,
    retire_log_key,
    statement,
)
from services.actions.refused import AlreadyDecided
from services.heads import signing
from services.heads.publisher import Heads
from services.heads.witnesses import amend_policy
from services.platform import Platform
from services.private_files import KeyTrouble

app = typer.Typer(no_args_is_help=True, help=t("日志签名密钥", "The keys that sign the log"))
Origin = Annotated[str, typer.Argument(help=t("日志名称，以后不能更改", "Its name, for ever"))]
Reason = Annotated[str, typer.Option(help=t("原因", "Reason"))]
_REGULAR = t("定期更换", "regular change")


@app.command(
    help=t("生成密钥；ORIGIN 是日志的名称，例如 gz.example.cn/log", "Make the key of a log")
)
def new(origin: Origin) -> None:
    with _told():
        key = _keep_new(origin)
    out.print(str(key.verifier), markup=False, soft_wrap=True)


@app.command(help=t("公钥：交给各方，用来核验", "The public keys, for every party's verifier"))
def show() -> None:
    with _told():
        signer = signing.signer(read())
        if signer is None:
            fail(
                "还没有密钥：gongzhi key new 名称", "There is no key yet: gongzhi key new ORIGIN", 1
            )
        for each in signer.verifiers:
            out.print(str(each), markup=False, soft_wrap=True)


@app.command(
    "ml-dsa",
    help=t("再加一行抗量子签名（ML-DSA-44），其他核验程序会略过", "Sign with ML-DSA-44 as well"),
)
def ml_dsa() -> None:
    with _told():
        keys = _in_file()
        if any(key.kind == ML_DSA_44 for key in keys):
            fail("已经有 ML-DSA-44 密钥", "There is an ML-DSA-44 key already", 2)
        added = SignerKey.generate(keys[0].name, ML_DSA_44)
        vkey = str(added.verifier)
        signing.change(signing.key_path(read()), [*keys, added])
        _restart()
    out.print(vkey, markup=False, soft_wrap=True)


@app.command(help=t("换密钥第一步：新旧密钥同时签名", "Begin to change the key: both sign"))
def rotate() -> None:
    async def work(platform: Platform) -> None:
        by = await administrator(platform)
        new, former, *_ = _both()
        command = IntroduceLogKey(
            by=by, vkey=str(new.verifier), former=str(former.verifier),
            statement=statement(new, former),
        )  # fmt: skip
        with contextlib.suppress(AlreadyDecided):  # begun before, and broken off
            await platform.perform(introduce_log_key, command)
        _changed(new.verifier)
        say(
            "请各见证方运行 gongzhi witness know 目录 新公钥，"
            "把新公钥交给各方；都换好后运行 gongzhi key retire。",
            "Let each witness run gongzhi witness know HOME KEY, give the key to all parties, "
            "and when all have it run gongzhi key retire.",
        )

    with _told():
        run(work)


@app.command(help=t("换密钥第二步：停用原密钥", "End the change: the former key signs no more"))
def retire(reason: Reason = _REGULAR) -> None:
    async def work(platform: Platform) -> None:
        by = await administrator(platform)
        keys = _in_file()
        new, *former = [key for key in keys if key.kind == ED25519]
        if not former:
            fail("只有一把密钥，没有可停用的", "There is one key only: nothing to retire", 2)
        await _signed_by(platform, new.verifier)
        for each in former:
            command = RetireLogKey(by=by, vkey=str(each.verifier), reason=reason)
            with contextlib.suppress(AlreadyDecided):
                await platform.perform(retire_log_key, command)
        signing.change(signing.key_path(read()), [key for key in keys if key not in former])
        _restart()

    with _told():
        run(work)


@app.command(
    help=t(
        "密钥丢失：日志换一个名称，从最后的检查点继续",
        "The key is lost: the log goes on under another name, from its last head",
    )
)
def lost(origin: Origin, reason: Reason) -> None:
    async def work(platform: Platform) -> None:
        by = await administrator(platform)
        last = await Heads(platform.pool).latest()
        if last is None:
            fail("还没有签过检查点：gongzhi key new 名称", "Nothing was ever signed: key new", 2)
        key = _keep_new(origin)
        command = ReplaceLostLogKey(
            by=by, vkey=str(key.verifier), former=last.head.origin,
            checkpoint=bytes(last).decode(), reason=reason,
        )  # fmt: skip
        await platform.perform(replace_lost_log_key, command)
        _changed(key.verifier)
        say(
            f"请各见证方运行 gongzhi witness know 目录 新公钥 --instead-of {last.head.origin}",
            f"Let each witness run gongzhi witness know HOME KEY --instead-of {last.head.origin}",
        )

    with _told():
        run(work)


def _keep_new(origin: str) -> SignerKey:
    path = signing.key_path(read())
    key = SignerKey.generate(origin)
    signing.keep(path, key)
    say(f"密钥保存在 {path}，请妥善备份。", f"The key is in {path}; keep a copy in a safe place.")
    return key


def _in_file() -> list[SignerKey]:
    """The keys of the file. Raises `KeyTrouble` where they are held elsewhere."""
    chosen = read()
    if chosen.log_signer or chosen.log_key is not None:
        raise KeyTrouble(
            "密钥不在文件里（GONGZHI_LOG_KEY 或 GONGZHI_LOG_SIGNER）：请在保管它的地方更换，"
            "步骤见 deploy/KEYS.md",
            "the key is not in a file (GONGZHI_LOG_KEY or GONGZHI_LOG_SIGNER): change it where it "
            "is held, as deploy/KEYS.md says",
        )
    return signing.kept(signing.key_path(chosen))


def _both() -> list[SignerKey]:
    """The new key and the former, on disk before anything is said of them."""
    keys = _in_file()
    if len([key for key in keys if key.kind == ED25519]) == 1:
        keys = [SignerKey.generate(keys[0].name), *keys]
        signing.change(signing.key_path(read()), keys)
    return [key for key in keys if key.kind == ED25519]


def _changed(vkey: VerifierKey) -> None:
    """The policy knows the key, and the operator what to do next."""
    if (path := amend_policy(read(), vkey)) is not None:
        say(f"已写入见证策略 {path}", f"Added to the policy {path}")
    _restart()
    out.print(str(vkey), markup=False, soft_wrap=True)


def _restart() -> None:
    say("重启 gongzhi serve 后生效。", "It counts when gongzhi serve is started again.")


async def _signed_by(platform: Platform, key: VerifierKey) -> None:
    """End here unless heads are signed with the new key already."""
    last = await Heads(platform.pool).latest()
    if last is None or not any(line.by(key) for line in last.note.signatures):
        fail(
            "最近的检查点还没有新密钥的签名：请先重启 gongzhi serve，等一两秒再停用原密钥",
            "No head is signed with the new key yet: restart gongzhi serve, then retire the former",
            2,
        )


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a key is one sentence."""
    try:
        yield
    except Malformed as wrong:
        fail(wrong.said.zh, wrong.said.en, 2)
    except KeyTrouble as trouble:
        fail(trouble.words.zh, trouble.words.en, 2)
