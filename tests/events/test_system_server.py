"""The log on the system's PostgreSQL (15 or newer), beside the embedded one of the other tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import tree_of

pytestmark = pytest.mark.postgres
AGAIN = ("test_log.py", "test_writer.py", "test_concurrency.py", "test_recorder.py")


def test_the_log_is_the_same_on_the_systems_server() -> None:
    """The whole suite can run there as well: `GONGZHI_TEST_TREE=system make test`."""
    if tree_of("system") is None:
        pytest.skip("no PostgreSQL 15 or newer of the system here")
    if os.environ.get("GONGZHI_TEST_TREE") == "system":
        pytest.skip("the suite runs on the system's server already")
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *(str(here / name) for name in AGAIN)],
        env={**os.environ, "GONGZHI_TEST_TREE": "system"}, cwd=here.parents[1],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
