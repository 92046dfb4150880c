"""Vectors of others, which are read where they lie; where they are not, tests skip and say so.

`GONGZHI_VECTORS` names the folder (merkle/, golden/, rfc8785-jcs/, c2sp-examples/); without it,
shared/vectors beside the checkout.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VECTORS = Path(os.environ.get("GONGZHI_VECTORS") or ROOT.parent / "shared" / "vectors")

needs_vectors = pytest.mark.skipif(
    not VECTORS.is_dir(), reason=f"no vectors at {VECTORS}; GONGZHI_VECTORS names their folder"
)


def found(pattern: str) -> list[Path]:
    """The files of a pattern, none where the vectors are absent."""
    return sorted(VECTORS.glob(pattern))
