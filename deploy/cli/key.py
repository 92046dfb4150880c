"""`gongzhi key`: the key that signs the log's heads."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.cli.running import settings as read
from deploy.cli.said import fail, out, say, t
from events.proofs.keys import SignerKey
from events.proofs.verdicts import Malformed
from services.heads import signing

app = typer.Typer(no_args_is_help=True, help=t("日志签名密钥", "The key that signs the log"))


@app.command(
    help=t("生成密钥；ORIGIN 是日志的名称，例如 gz.example.cn/log", "Make the key of a log")
)
def new(
    origin: Annotated[str, typer.Argument(help=t("日志名称，以后不能更改", "Its name, for ever"))],
) -> None:
    path = signing.key_path(read())
    try:
        key = SignerKey.generate(origin)
        signing.keep(path, key)
    except Malformed as wrong:
        fail(wrong.said.zh, wrong.said.en, 2)
    except signing.KeyTrouble as trouble:
        fail(trouble.words.zh, trouble.words.en, 2)
    say(f"密钥保存在 {path}，请妥善备份。", f"The key is in {path}; keep a copy in a safe place.")
    out.print(str(key.verifier), markup=False, soft_wrap=True)


@app.command(help=t("公钥：交给各方，用来核验", "The public key, for every party's verifier"))
def show() -> None:
    try:
        signer = signing.signer(read())
    except signing.KeyTrouble as trouble:
        fail(trouble.words.zh, trouble.words.en, 2)
    if signer is None:
        fail("还没有密钥：gongzhi key new 名称", "There is no key yet: gongzhi key new ORIGIN", 1)
    out.print(str(signer.verifier), markup=False, soft_wrap=True)
