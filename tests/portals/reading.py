"""Reading: a page as a machine reads it, and what is wrong with it for the people who do."""

from __future__ import annotations

import ast
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

_SOURCE = Path(__file__).parents[2]
#: Elements whose text is nobody's words.
_SILENT = {"script", "style", "svg", "textarea", "code", "pre"}
_VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect"}
#: Elements that hold our own words, never a name somebody gave.
_LABELS = {"th", "button"}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{3,}")
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
#: Parties of the demo whose names are words of ours too.
_NAMES = {"平台运营方"}
#: Said alike in both languages.
_SAME = re.compile(r"CSV|GitHub|PDF|SHA-256|Gongzhi|English")
_TEMPLATE_WORDS = re.compile(r"""t\(\s*(["'])(.*?)\1\s*,\s*(["'])(.*?)\3\s*\)""", re.S)


class Form(NamedTuple):
    """Where it is sent; what it asks, each with the values it carries or offers."""

    action: str
    asked: dict[str, list[str]]


class Html(HTMLParser):
    """What counts on a page: language, headings, links, forms, texts with their element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lang, self.title, self.h1 = "", "", 0
        self.links: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.inline: list[str] = []
        self.csrf = ""
        #: Forms that are sent by POST, and the list whose choices are being read.
        self.forms: list[Form] = []
        self._list = ""
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.lang = given.get("lang", "") if tag == "html" else self.lang
        self.h1 += tag == "h1"
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        self._asks(tag, given)
        if given.get("name") == "csrf":
            self.csrf = given["value"]
        if "style" in given or any(name.startswith("on") for name in given):
            self.inline.append(self.get_starttag_text() or tag)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        if tag not in _VOID:
            self._open.append((tag, tag in _SILENT or ("lang" in given and tag != "html")))

    def _asks(self, tag: str, given: dict[str, str]) -> None:
        """What a form asks, and what it offers to choose from."""
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append(Form(given.get("action", ""), {}))
        if tag == "select":
            self._list = given.get("name", "")
        name = self._list if tag == "option" else given.get("name", "")
        if self.forms and name and tag in ("input", "select", "textarea", "option"):
            offered = self.forms[-1].asked.setdefault(name, [])
            offered += [given["value"]] if given.get("value") else []

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(each == tag for each, _ in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        inside = [tag for tag, _ in self._open]
        if "title" in inside and "svg" not in inside:
            self.title += text
        elif text and not any(silent for _, silent in self._open):
            self.texts.append((inside[-1] if inside else "", text))


def faults(html: Html, language: str) -> list[str]:
    """What is wrong with the page, each as one line."""
    found = []
    if html.lang != ("en" if language == "en" else "zh-CN"):
        found.append(f"lang={html.lang!r}")
    if html.h1 != 1:
        found.append(f"{html.h1} h1")
    if not html.title:
        found.append("no title")
    found += [f"inline: {each[:80]}" for each in html.inline]
    return found + untranslated(html, language)


def untranslated(html: Html, language: str) -> list[str]:
    """Texts of ours that stand on the page in the other language, and dates as machines write.

    Names and what people wrote may be in either: only labels, and texts that stand in our
    sources word for word, are held to the language of the page.
    """
    strange = chinese_texts() if language == "en" else english_texts()
    return [
        f"<{tag}> {text[:80]}"
        for tag, text in html.texts
        if text in strange - _NAMES
        or _ISO.search(text)
        or (tag in _LABELS and _foreign(text, language))
    ]


def _foreign(text: str, language: str) -> bool:
    if language == "en":
        return bool(_CHINESE.search(text))
    return bool(_ENGLISH.search(_SAME.sub("", text))) and not _CHINESE.search(text)


@cache
def chinese_texts() -> frozenset[str]:
    """Every Chinese text of the sources that has another English one."""
    return frozenset(zh for zh, en in _pairs() if zh != en and len(_CHINESE.findall(zh)) > 1)


@cache
def english_texts() -> frozenset[str]:
    """Every English text of the sources that has another Chinese one; short codes may be names."""
    return frozenset(
        en for zh, en in _pairs() if zh != en and _ENGLISH.search(en) and not en.islower()
    )


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for folder in ("events", "services", "portals"):
        for file in (_SOURCE / folder).rglob("*.py"):
            found += _of_python(file)
        for file in (_SOURCE / folder).rglob("*.html"):
            words = _TEMPLATE_WORDS.findall(file.read_text("utf-8"))
            found += [(zh, en) for _, zh, _, en in words]
    return tuple((" ".join(zh.split()), " ".join(en.split())) for zh, en in found)


def _of_python(file: Path) -> list[tuple[str, str]]:
    """`Words("…", "…")` of a module."""
    calls = [n for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Call)]
    words = [n.args for n in calls if getattr(n.func, "id", "") == "Words"]
    return [
        (zh.value, en.value)
        for zh, en in (args for args in words if len(args) == 2)
        if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant)
        if isinstance(zh.value, str) and isinstance(en.value, str)
    ]
