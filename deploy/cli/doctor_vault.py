"""What the doctor says of the vault."""

from __future__ import annotations

from deploy.cli.finding import Finding
from events.keyring import INFORMANTS, PERSONS
from events.words import Words
from services.platform import Platform

_WHAT = Words("保险库", "vault of personal data")
#: How the file of a missing ring is called by itself.
_NAMES = {PERSONS: "vault.key", INFORMANTS: "informants.key"}


async def vault_finding(platform: Platform) -> Finding:
    """Whether personal data can be read and entered."""
    strange = await platform.vault.strange()
    empty = [
        getattr(ring, "key", _NAMES[name])
        for name, ring in platform.vault.rings.items()
        if ring.first is None
    ]
    if empty or strange:
        named = "、".join(strange or empty)
        return Finding(
            _WHAT,
            False,
            Words(
                f"缺少密钥（{named}）：个人信息不能读取或登记。把密钥文件放回 data/vault.key、"
                "data/informants.key，或者让密钥服务器可用，见 deploy/KEYS.md",
                f"its key is missing ({named}): personal data can be neither read nor entered. "
                "Put the file back to data/vault.key or data/informants.key, or bring the key "
                "server back; see deploy/KEYS.md",
            ),
        )
    return Finding(_WHAT, True, Words("密钥齐全", "every key is there"))
