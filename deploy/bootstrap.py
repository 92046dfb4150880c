"""Set up a fresh checkout: the virtual environment, the locked packages, the front-end assets.

Runs with the system's Python before anything is installed, so it uses the standard library only;
`deploy/python.sh` has seen before that it is new enough. A second run compares stamps and is done
in a moment.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VENDOR = ROOT / "portals" / "static" / "vendor"
FONTS = ROOT / "services" / "letters" / "vendor"
MODULES = ROOT / "node_modules"
OUR_NPM = str(VENV / "bin" / "npm")
APT = "apt-get install -y python3-venv"

# GOV.UK's typeface and crest may only be used on gov.uk: neither files nor names are taken over.
FONT_FACE = re.compile(r"@font-face\s*{[^}]*}")
FONT_NAME = re.compile(r"""["']?GDS Transport["']?\s*,\s*arial\s*,\s*sans-serif""")
CREST = "url(/assets/images/govuk-crest.svg)"
OUR_FONT = "var(--gz-font,arial,sans-serif)"
SOURCE_MAP = re.compile(r"\n?(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)")


class Trouble(Exception):
    """Something the person at the keyboard has to mend, said in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__("{}\n{}".format("错误：" + zh, "Error: " + en))


def main() -> None:
    """Bring the checkout to the state the lock files describe; do nothing that is done already."""
    with_one_at_a_time(set_up)


def with_one_at_a_time(work: Callable[[], None]) -> None:
    """Hold the checkout while working: `make demo` and `make test` may be started together."""
    here = os.open(str(ROOT), os.O_RDONLY)
    try:
        fcntl.flock(here, fcntl.LOCK_EX)
        work()
    finally:
        os.close(here)


def set_up() -> None:
    """Each step leaves a stamp and is skipped when what it depends on has not changed."""
    in_venv = PYTHON.exists() and PYTHON.resolve().exists()
    if not in_venv or not fresh("venv", VENV, str(ROOT)):
        make_venv()
    step("packages", VENV, digest("requirements.lock"), install_packages)
    step("project", VENV, digest("pyproject.toml"), install_project)
    assets = digest("package.json", "package-lock.json", "deploy/bootstrap.py")
    step("assets", VENDOR, assets, install_assets)


def step(name: str, place: Path, mark: str, work: Callable[[], None]) -> None:
    """Do `work` unless the stamp in `place` says it was done for this very `mark`."""
    if not fresh(name, place, mark):
        work()
        stamp(name, place, mark)


def fresh(name: str, place: Path, mark: str) -> bool:
    """Whether this step was finished for `mark`."""
    note = place / ("." + name + ".stamp")
    return note.exists() and note.read_text(encoding="utf-8") == mark


def stamp(name: str, place: Path, mark: str) -> None:
    """Remember that this step was finished, only after it was."""
    place.mkdir(parents=True, exist_ok=True)
    (place / ("." + name + ".stamp")).write_text(mark, encoding="utf-8")


def digest(*names: str) -> str:
    """One hash over the files that decide a step."""
    whole = hashlib.sha256()
    for name in names:
        whole.update((ROOT / name).read_bytes())
    return whole.hexdigest()


def make_venv() -> None:
    """Start afresh: an environment moved or made by another Python does not mend itself."""
    need_venv_module()
    say("建立虚拟环境 .venv", "Creating .venv")
    shutil.rmtree(str(VENV), ignore_errors=True)
    run([sys.executable, "-m", "venv", str(VENV)])
    stamp("venv", VENV, str(ROOT))


def need_venv_module() -> None:
    """Debian and Ubuntu keep half of `venv` in a package of its own."""
    if venv_works():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("安装系统包 python3-venv", "Installing the system package python3-venv")
        subprocess.call(["apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
        subprocess.call(APT.split(), stdout=subprocess.DEVNULL, env=quiet_apt())
    if not venv_works():
        raise Trouble(
            "缺少 Python 的 venv 组件，请先以 root 运行：" + APT,
            "Python's venv component is missing; please run as root: " + APT,
        )


def venv_works() -> bool:
    """Ask a new process, because this one remembers what it did not find."""
    ask = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.call(ask, stderr=subprocess.DEVNULL) == 0


def quiet_apt() -> dict[str, str]:
    """Apt must never wait for an answer."""
    return dict(os.environ, DEBIAN_FRONTEND="noninteractive")


def install_packages() -> None:
    """Exactly the locked versions, every file checked against its hash."""
    say("安装 Python 依赖（首次约一分钟）", "Installing Python packages (about a minute at first)")
    pip("--require-hashes", "-r", "requirements.lock")


def install_project() -> None:
    """Editable, so that the checkout is what runs."""
    pip("--no-deps", "--no-build-isolation", "-e", ".")


def install_assets() -> None:
    """Fetch with npm, copy the few files the pages use, and leave the rest out of reach."""
    say("安装前端资源", "Installing front-end assets")
    program = npm()
    env = os.environ if program != OUR_NPM else for_our_npm()
    run([program, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], env=quiet_npm(env))
    copy_assets()


def npm() -> str:
    """The system's npm, else the one that comes as a Python wheel."""
    found = shutil.which("npm")
    if found:
        return found
    say("系统没有 npm，改用 wheel 版本", "No npm on this system, using the wheel")
    pip("--require-hashes", "-r", "deploy/npm.lock")
    return OUR_NPM


def for_our_npm() -> dict[str, str]:
    """The wheel's npm looks for its node beside itself.

    It is told to trust whom the system trusts: behind an organisation's proxy nothing could be
    fetched otherwise.
    """
    path = str(VENV / "bin") + os.pathsep + os.environ.get("PATH", "")
    options = os.environ.get("NODE_OPTIONS", "") + " --use-system-ca"
    return dict(os.environ, PATH=path, NODE_OPTIONS=options.strip())


def quiet_npm(env: Mapping[str, str]) -> dict[str, str]:
    """No advertisement of newer versions."""
    return dict(env, npm_config_update_notifier="false")


def copy_assets() -> None:
    """Styles and scripts only: no GOV.UK typeface, crest or logo."""
    shutil.rmtree(str(VENDOR), ignore_errors=True)
    VENDOR.mkdir(parents=True)
    govuk = MODULES / "govuk-frontend" / "dist" / "govuk"
    styles = (govuk / "govuk-frontend.min.css").read_text(encoding="utf-8")
    styles = FONT_NAME.sub(OUR_FONT, FONT_FACE.sub("", styles))
    write("govuk-frontend.min.css", styles.replace(CREST, "none"))
    write("govuk-frontend.min.js", (govuk / "govuk-frontend.min.js").read_text(encoding="utf-8"))
    axe = MODULES / "axe-core"
    shutil.copy(str(axe / "axe.min.js"), str(VENDOR / "axe.min.js"))
    shutil.copy(str(axe / "locales" / "zh_CN.json"), str(VENDOR / "axe.zh_CN.json"))
    copy_fonts()


def copy_fonts() -> None:
    """Two weights of the face that letters are set in, and the pictures people write with."""
    shutil.rmtree(str(FONTS), ignore_errors=True)
    FONTS.mkdir(parents=True)
    faces = MODULES / "@expo-google-fonts"
    for weight in ("400Regular", "700Bold"):
        name = "NotoSerifSC_" + weight + ".ttf"
        shutil.copy(str(faces / "noto-serif-sc" / weight / name), str(FONTS))
    emoji = faces / "noto-emoji" / "400Regular" / "NotoEmoji_400Regular.ttf"
    shutil.copy(str(emoji), str(FONTS))


def write(name: str, text: str) -> None:
    """Without the pointer to a source map, which we do not serve."""
    (VENDOR / name).write_text(SOURCE_MAP.sub("", text), encoding="utf-8")


def pip(*words: str) -> None:
    """Pip of the environment, silent unless it fails."""
    run([str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-q", *words])


def run(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run quietly; show everything it said when it fails."""
    done = subprocess.run(
        command,
        cwd=str(ROOT),
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        sys.stderr.write(done.stdout.decode("utf-8", "replace"))
        raise Trouble(
            "上面的步骤没有成功：" + " ".join(command[:4]),
            "The step above did not succeed: " + " ".join(command[:4]),
        )


def say(zh: str, en: str) -> None:
    """One short line per step."""
    print("· " + zh + " / " + en, flush=True)


if __name__ == "__main__":
    try:
        main()
    except Trouble as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(130)
