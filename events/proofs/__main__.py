"""`python verify.pyz …` and `python -m events.proofs …`."""

import sys

try:
    from events.proofs.command import main
except ModuleNotFoundError as missing:
    if missing.name is None or missing.name.partition(".")[0] != "cryptography":
        raise
    sys.exit(
        "需要 Python 包 cryptography：pip install cryptography / "
        "the Python package cryptography is needed: pip install cryptography"
    )

main()
