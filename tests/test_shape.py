"""The shape of the code: what one person can read in one go, under names that say what it is for.

Each rule yields a sentence per finding: the place, what was counted, and what to do about it.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("events", "services", "portals", "deploy", "tests")
MODULE = 300
#: A module of tests is a list of cases that is looked through, not code that is followed: all
#: cases of a subject in one place show best which one is missing.
TEST_MODULE = 500
#: Its docstring is not counted: explaining a function must not make it too long.
FUNCTION = 40
TEMPLATE = 200
#: Names under which anything could stand, so that in the end everything does.
EMPTY = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc", "base"}
PUT_OFF = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
LATER = "do it now, or write in CONTRIBUTING.md which gap a user could meet"

Rule = Callable[[PurePath, str], Iterator[str]]


def long_modules(path: PurePath, text: str) -> Iterator[str]:
    most = TEST_MODULE if path.parts[0] == "tests" else MODULE
    if (lines := len(text.splitlines())) > most:
        yield (
            f"{path}: {lines} lines, at most {most}; make it a package, one module per stage or "
            "question of its subject (see services/actions/complaints/)"
        )


def long_functions(path: PurePath, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = _lines(node) - (_lines(node.body[0]) if ast.get_docstring(node) else 0)
            if lines > FUNCTION:
                yield (
                    f"{path}:{node.lineno}: {node.name} has {lines} lines, at most {FUNCTION}; "
                    "give a step of it a name of its own"
                )


def empty_names(path: PurePath, text: str) -> Iterator[str]:
    for part in path.with_suffix("").parts:
        if word := _empty(part):
            yield f"{path}: 1 name with {word!r}; name the module or folder after what it is for"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and (word := _empty(node.name)):
            yield f"{path}:{node.lineno}: class {node.name}; say what it is for instead of {word!r}"


def no_docstring(path: PurePath, text: str) -> Iterator[str]:
    if not ast.get_docstring(ast.parse(text)):
        yield f"{path}:1: no docstring; say in one sentence what the module means to a reader"


def put_off(path: PurePath, text: str) -> Iterator[str]:
    """In comments and docstrings; elsewhere the letters may be what somebody typed."""
    tree = ast.parse(text)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and (found := PUT_OFF.search(token.string)):
            yield f"{path}:{token.start[0]}: {found[0]} in a comment; {LATER}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            said = ast.get_docstring(node) or ""
            if found := PUT_OFF.search(said):
                line = getattr(node, "lineno", 1)
                yield f"{path}:{line}: {found[0]} in a docstring; {LATER}"


def long_templates(path: PurePath, text: str) -> Iterator[str]:
    if (lines := len(text.splitlines())) > TEMPLATE:
        yield (
            f"{path}: {lines} lines, at most {TEMPLATE}; move a part of the page that has a "
            "heading of its own into a template beside it and include it"
        )


def put_off_in_text(path: PurePath, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if found := PUT_OFF.search(line):
            yield f"{path}:{number}: {found[0]}; {LATER}"


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _empty(name: str) -> str | None:
    """The word of the name that says nothing: of `FormHelper` it is `helper`."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return next((word.lower() for word in words if word.lower() in EMPTY), None)


def files(*endings: str) -> list[Path]:
    """Our own files that end so; what is fetched at set-up is not ours."""
    found = (path for top in FOLDERS for end in endings for path in (ROOT / top).rglob(f"*{end}"))
    return sorted(path for path in found if "vendor" not in path.parts)


RULES: dict[Rule, tuple[str, ...]] = {
    long_modules: (".py",),
    long_functions: (".py",),
    empty_names: (".py",),
    no_docstring: (".py",),
    put_off: (".py",),
    long_templates: (".html",),
    put_off_in_text: (".html", ".sql", ".css", ".js", ".sh"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_code_keeps_its_shape(rule: Rule) -> None:
    looked_at = files(*RULES[rule])
    assert looked_at, "no such file was found: the folders have moved, mend FOLDERS"
    found = [
        said
        for path in looked_at
        for said in rule(path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_is_looked_at(folder: str) -> None:
    assert any(path.is_relative_to(ROOT / folder) for path in files(".py"))


LONG = "def long():\n" + "    one()\n" * 40
EXPLAINED = 'def long():\n    """Why."""\n' + "    one()\n" * 39
SAID = '"""Says what it is."""\n\n'


@pytest.mark.parametrize(
    ("rule", "path", "text", "said"),
    [
        (long_modules, "services/x.py", "\n" * 301, "services/x.py: 301 lines, at most 300"),
        (long_modules, "tests/test_x.py", "\n" * 501, "501 lines, at most 500"),
        (long_functions, "events/x.py", LONG, "events/x.py:1: long has 41 lines, at most 40"),
        (long_functions, "events/x.py", f"async {LONG}", "long has 41 lines"),
        (empty_names, "portals/utils.py", "", "'utils'"),
        (empty_names, "portals/common/pages.py", "", "'common'"),
        (empty_names, "portals/form_helpers.py", "", "'helpers'"),
        (empty_names, "events/x.py", "class LogManager: ...", "events/x.py:1: class LogManager"),
        (empty_names, "events/x.py", "class BaseView: ...", "'base'"),
        (no_docstring, "deploy/__init__.py", "", "deploy/__init__.py:1: no docstring"),
        (put_off, "events/x.py", "one()  # TODO: two", "events/x.py:1: TODO in a comment"),
        (put_off, "events/x.py", 'def one():\n    """FIXME"""', "FIXME in a docstring"),
        (long_templates, "portals/a.html", "\n" * 201, "201 lines, at most 200"),
        (put_off_in_text, "events/a.sql", "\n-- XXX later", "events/a.sql:2: XXX"),
    ],
)
def test_what_is_out_of_shape_is_found(rule: Rule, path: str, text: str, said: str) -> None:
    (found,) = rule(PurePath(path), text)
    assert said in found


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (long_modules, "services/x.py", "\n" * 300),
        (long_modules, "tests/test_x.py", "\n" * 500),
        (long_functions, "events/x.py", EXPLAINED),
        (empty_names, "tests/database.py", "class Database: ..."),
        (no_docstring, "deploy/x.py", SAID),
        (put_off, "deploy/x.py", f'{SAID}placeholder = "XXX"'),
        (put_off_in_text, "portals/a.html", "138XXXXXXXX"),
    ],
)
def test_what_is_in_shape_is_left_alone(rule: Rule, path: str, text: str) -> None:
    assert list(rule(PurePath(path), text)) == []
