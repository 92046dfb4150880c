"""`gongzhi vault`: the keys under which personal data is sealed. Procedures: `deploy/KEYS.md`."""

from __future__ import annotations

from typing import Annotated

import typer

from deploy.cli.running import run
from deploy.cli.running import settings as read
from deploy.cli.said import fail, out, say, t
from events.keyring import DOMAINS, INFORMANTS, PERSONS
from services.platform import Platform
from services.transit import Transit
from services.vault_keys import Filed, keys

app = typer.Typer(no_args_is_help=True, help=t("个人信息的保险库", "The vault of personal data"))


_INFORMANTS = Annotated[
    bool, typer.Option("--informants", help=t("举报人的密钥环", "The ring of informants"))
]


@app.command(help=t("保险库密钥是否齐全", "Whether every key is there"))
def show() -> None:
    async def work(platform: Platform) -> int:
        vault = platform.vault
        for domain in DOMAINS:
            for name in getattr(vault.rings[domain], "keys", {}):
                seals = name == vault.rings[domain].first
                out.print(f"{name}{t('（加密用）', ' (seals)') if seals else ''}", markup=False)
        strange = await vault.strange()
        for name in strange:
            out.print(f"{name} {t('缺少', 'missing')}", markup=False)
        locked = any(vault.rings[domain].first is None for domain in DOMAINS)
        return 1 if strange or locked else 0

    if code := run(work):
        raise typer.Exit(code)


@app.command(help=t("换密钥第一步：生成新密钥，全部改用新密钥加密", "Begin to change the key"))
def rotate(informants: _INFORMANTS = False) -> None:
    domain = INFORMANTS if informants else PERSONS

    async def work(platform: Platform) -> None:
        if isinstance(place := keys(read())[domain], Transit):
            return await _rewrapped(platform, domain)
        place = _filed(domain)
        ring = place.read(domain).renewed()
        place.keep(ring)
        platform.vault.rings[domain] = ring
        many = await platform.vault.rewrap(domain)
        say(
            f"已改用新密钥加密 {many} 个个人密钥。请备份密钥文件；服务几秒内自己读到新密钥，"
            "之后运行 gongzhi vault retire。",
            f"{many} keys are wrapped under the new key. Back the file up; running services read "
            "it within seconds. Then run gongzhi vault retire.",
        )

    run(work)


@app.command(help=t("换密钥第二步：废除旧密钥", "Finish: the former keys are dropped"))
def retire(informants: _INFORMANTS = False) -> None:
    domain = INFORMANTS if informants else PERSONS

    async def work(platform: Platform) -> None:
        place = _filed(domain)
        many = await platform.vault.rewrap(domain)
        place.keep(place.read(domain).alone)
        say(
            f"又改了 {many} 个；旧密钥已从文件中删去。旧备份中的个人密钥从此不能再打开。",
            f"{many} more were wrapped anew; the former keys are gone from the file. What old "
            "backups hold of personal keys opens no more.",
        )

    run(work)


async def _rewrapped(platform: Platform, domain: str) -> None:
    """The key is changed where it is; here everything goes under its latest version."""
    many = await platform.vault.rewrap(domain)
    say(
        f"已改用 {platform.vault.rings[domain].first} 加密 {many} 个个人密钥。"
        "旧版本请在密钥服务器上废除（min_decryption_version）。",
        f"{many} keys are wrapped under {platform.vault.rings[domain].first}. Drop older versions "
        "at the server (min_decryption_version).",
    )


def _filed(domain: str) -> Filed:
    """The file of the ring; a ring that is set as text is changed where it is set."""
    place = keys(read())[domain]
    if not isinstance(place, Filed):
        name = "GONGZHI_INFORMANT_KEY" if domain else "GONGZHI_VAULT_KEY"
        fail(
            f"密钥由 {name} 给出，请在那里更换：新密钥写在第一行",
            f"The key is set by {name}; change it there, the new key in the first line",
            2,
        )
    return place
