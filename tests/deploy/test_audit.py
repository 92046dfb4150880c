"""The audit says what it found, and that it could not ask where nobody answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy import audit


def test_a_known_weakness_is_named_with_what_mends_it() -> None:
    weak = {"id": "PYSEC-1", "fix_versions": ["2.0"]}
    said = {"dependencies": [
        {"name": "one", "version": "1.0", "vulns": [weak]},
        {"name": "two", "version": "3", "vulns": []},
    ]}  # fmt: skip
    assert audit.python_weaknesses(json.dumps(said)) == ["one 1.0: PYSEC-1 → 2.0"]
    npm = {"vulnerabilities": {"x": {"name": "x", "range": "<2", "severity": "high"}}}
    assert audit.npm_weaknesses(json.dumps(npm)) == ["x <2: high"]
    assert audit.npm_weaknesses(json.dumps({"vulnerabilities": {}})) == []


@pytest.mark.parametrize(
    "said", ["", "<html>", '{"message": "405"}', '{"dependencies": []}',
             '{"dependencies": [{"name": "one", "skip_reason": "not found"}]}'],
)  # fmt: skip
def test_no_answer_is_not_taken_for_a_good_one(said: str) -> None:
    with pytest.raises(audit.CouldNotAsk):
        audit.python_weaknesses(said)
    with pytest.raises(audit.CouldNotAsk):
        audit.npm_weaknesses(said)


def test_whoever_has_no_tools_or_network_is_told_and_not_stopped(tmp_path: Path) -> None:
    script = (
        "import sys; from deploy import audit; "
        "audit._said = lambda command: ''; audit.KEPT = __import__('pathlib').Path(sys.argv[1]); "
        "sys.exit(audit.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "kept.json")],
        capture_output=True, text=True, cwd=audit.ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("could not ask") == 2
    assert not (tmp_path / "kept.json").exists()
