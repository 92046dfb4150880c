"""Unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters, check digit."""

from __future__ import annotations

from unicodedata import normalize

from events.words import Words

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, i, 31) for i in range(17)]


def tidy(typed: str) -> str:
    """As it stands on a licence: wide or small letters, blanks and hyphens are forgiven."""
    return "".join(c for c in normalize("NFKC", typed).upper() if c != "-" and not c.isspace())


def check_character(first_17: str) -> str:
    """The eighteenth character for the first seventeen (GB 32100-2015, annex)."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first_17, _WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def fault(code: str) -> Words | None:
    """What is wrong with the code, or None."""
    if len(code) != 18:
        return Words(
            f"统一社会信用代码应为 18 位，您填写了 {len(code)} 位",
            f"A unified social credit code has 18 characters; this has {len(code)}",
        )
    strange = sorted({c for c in code if c not in ALPHABET})
    if strange:
        return Words(
            f"统一社会信用代码不能含有“{''.join(strange)}”",
            f"A unified social credit code cannot contain “{''.join(strange)}”",
        )
    if check_character(code[:17]) != code[17]:
        return Words(
            "统一社会信用代码的校验码不符，请核对是否抄错",
            "The check character of this credit code does not match; please check for a slip",
        )
    return None
