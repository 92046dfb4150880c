"""`gongzhi vault`: the keys under which personal data is sealed. Procedures: `deploy/KEYS.md`."""

from __future__ import annotations

import typer

from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import fail, out, say, t
from events.keyring import Keyring
from services.platform import Platform
from services.vault_keys import Filed, keys

app = typer.Typer(no_args_is_help=True, help=t("个人信息的保险库", "The vault of personal data"))


@app.command(help=t("保险库密钥是否齐全", "Whether every key is there"))
def show() -> None:
    async def work(platform: Platform) -> int:
        for name in platform.vault.keyring.keys:
            mark = t("（加密用）", " (seals)") if name == platform.vault.keyring.first else ""
            out.print(f"{name}{mark}", markup=False)
        strange = await platform.vault.strange()
        for name in strange:
            out.print(f"{name} {t('缺少', 'missing')}", markup=False)
        return 1 if strange or platform.vault.locked else 0

    if code := run(work):
        raise typer.Exit(code)


@app.command(help=t("换密钥第一步：生成新密钥，全部改用新密钥加密", "Begin to change the key"))
def rotate() -> None:
    async def work(platform: Platform) -> None:
        place = _filed()
        platform.vault.keyring = platform.vault.keyring.renewed()
        place.keep(platform.vault.keyring)
        many = await platform.vault.rewrap()
        say(
            f"已改用新密钥加密 {many} 个个人密钥。请备份密钥文件；服务几秒内自己读到新密钥，"
            "之后运行 gongzhi vault retire。",
            f"{many} keys are wrapped under the new key. Back the file up; running services read "
            "it within seconds. Then run gongzhi vault retire.",
        )

    run(work)


@app.command(help=t("换密钥第二步：废除旧密钥", "Finish: the former keys are dropped"))
def retire() -> None:
    async def work(platform: Platform) -> None:
        place, ring = _filed(), platform.vault.keyring
        many = await platform.vault.rewrap()
        first = Keyring(list(ring.keys.values())[:1])
        place.keep(first)
        say(
            f"又改了 {many} 个；旧密钥已从文件中删去。旧备份中的个人密钥从此不能再打开。",
            f"{many} more were wrapped anew; the former keys are gone from the file. What old "
            "backups hold of personal keys opens no more.",
        )

    run(work)


def _filed() -> Filed:
    """The file of the ring; a ring that is set as text is changed where it is set."""
    place = keys(read())
    if not isinstance(place, Filed):
        fail(
            "密钥由 GONGZHI_VAULT_KEY 给出，请在那里更换：新密钥写在第一行",
            "The key is set by GONGZHI_VAULT_KEY; change it there, the new key in the first line",
            2,
        )
    return place
