"""Mappings: a mapping file is loaded by the subject it names."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from deploy.importing.mapping import BadMapping, Mapping
from deploy.importing.subjects import SUBJECTS
from events.words import Words


def load_mapping(path: Path) -> Mapping:
    """The mapping in the file; `BadMapping` says what is wrong with it."""
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        return _kind(path, str(said.get("subject"))).model_validate(said)
    except OSError as error:
        raise _bad(path, f"文件无法读取：{error.strerror}", str(error.strerror)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad(path, f"不是有效的 TOML（{error}）", f"not valid TOML ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "（整体）"
        raise _bad(path, f"{where}：{first['msg']}", f"{where}: {first['msg']}") from error


def _kind(path: Path, subject: str) -> type[Mapping]:
    if subject not in SUBJECTS:
        known = ", ".join(SUBJECTS)
        raise _bad(path, f"subject 应当是 {known} 之一", f"subject should be one of {known}")
    return SUBJECTS[subject].mapping


def shipped_mappings() -> list[Path]:
    """The mappings that come with the platform."""
    return sorted((Path(__file__).parent.parent / "mappings").glob("*.toml"))


def _bad(path: Path, zh: str, en: str) -> BadMapping:
    return BadMapping(
        Words(
            f"映射文件 {path.name} 不能用：{zh}。没有导入任何内容，改好后再运行。",
            f"The mapping {path.name} cannot be used: {en}. Nothing was imported.",
        )
    )
