"""The package stands alone: standard library and `cryptography`, in one file, in isolation."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from events.proofs.writing import write_verifier
from tests.proofs.sample import sample_log, with_verifier, write_bundle

PACKAGE = Path(__file__).resolve().parents[2] / "events/proofs"


def test_it_imports_the_standard_library_and_cryptography_only() -> None:
    allowed = set(sys.stdlib_module_names) | {"cryptography"}
    for path in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0
                names = [node.module or ""]
            for name in names:
                assert name.startswith("events.proofs") or name.partition(".")[0] in allowed, path


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `cryptography` and what it needs, and nothing else."""
    folder = tmp_path_factory.mktemp("alone")
    for name in ("cryptography", "cffi", "_cffi_backend", "pycparser"):
        spec = find_spec(name)
        if spec and spec.origin:
            origin = Path(spec.origin)
            origin = origin.parent if origin.name == "__init__.py" else origin
            (folder / origin.name).symlink_to(origin)
    return folder


def _isolated(path: Path | None, *words: str) -> subprocess.CompletedProcess[str]:
    """As `python -I -S`: no environment, no site-packages, no current directory."""
    more = f"sys.path.append({str(path)!r}); " if path else ""
    program = f"import sys, runpy; {more}sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])"
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, *words],
        capture_output=True, text=True, timeout=60, cwd="/",
        env={"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_the_one_file_checks_its_bundle_in_isolation(tmp_path: Path, alone: Path) -> None:
    bundle = write_bundle(tmp_path, sample_log(300), sums=False)
    verifier = with_verifier(bundle)
    done = _isolated(alone, str(verifier), "bundle", str(bundle), "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "300 entries and 300 states checked" in done.stdout
    (bundle / "tile/entries/000").write_bytes(b"\0\1x" * 256)
    done = _isolated(alone, str(verifier), "bundle", str(bundle))
    assert done.returncode == 30
    assert "已被改动" in done.stdout


def test_without_cryptography_it_says_what_is_missing(tmp_path: Path) -> None:
    verifier = tmp_path / "verify.pyz"
    write_verifier(verifier)
    done = _isolated(None, str(verifier), "--help")
    assert done.returncode == 1
    assert "pip install cryptography" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_one_file_is_the_same_whenever_it_is_written(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_verifier(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with zipfile.ZipFile(tmp_path / "a") as archive:
        names = archive.namelist()
    assert len(names) == len(list(PACKAGE.glob("*.py"))) + 2


def test_the_one_file_writes_itself_again(tmp_path: Path, alone: Path) -> None:
    """A party may hand on what she was given."""
    write_verifier(tmp_path / "a")
    places, target = [str(tmp_path / "a"), str(alone)], str(tmp_path / "b")
    program = (
        f"import sys, pathlib; sys.path[:0] = {places!r}; "
        f"from events.proofs.writing import write_verifier as w; w(pathlib.Path({target!r}))"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True, timeout=60)
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()
