"""Verdicts: how a check can end, as exit code and as sentences in both languages.

Every failure of this package is a `Failed` with a verdict, so that no input, however broken or
hostile, ends in anything but a sentence and a code.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Verdict(IntEnum):
    """The exit code of a check; a script can tell them apart."""

    OK = 0
    #: The head is the log's, but too few witnesses of the policy have cosigned it.
    UNWITNESSED = 10
    #: Two heads that cannot be of one history: proof of a split view.
    DIVERGED = 20
    #: Something does not fit what was signed.
    TAMPERED = 30
    #: Not in the form that the specifications ask for.
    MALFORMED = 40
    #: Something that must be there is not.
    INCOMPLETE = 50


class Said(NamedTuple):
    """One sentence in zh-CN and English; `str()` gives the English."""

    zh: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in `language`; anything but "en" is Chinese."""
        return self.en if language == "en" else self.zh

    def __str__(self) -> str:
        return self.en


class Failed(Exception):
    """A check failed; `said` tells where and why."""

    verdict = Verdict.TAMPERED

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)

    def at(self, place: str) -> Failed:
        """The same failure with the file or position in front."""
        return type(self)(f"{place}：{self.said.zh}", f"{place}: {self.said.en}")


class Tampered(Failed):
    """Bytes that are not what was signed."""


class Malformed(Failed, ValueError):
    """Bytes that no honest writer produces."""

    verdict = Verdict.MALFORMED


class Diverged(Failed):
    """Two signed heads that exclude each other."""

    verdict = Verdict.DIVERGED


class Incomplete(Failed):
    """A part that must be there is missing."""

    verdict = Verdict.INCOMPLETE


class Unwitnessed(Failed):
    """The policy's quorum is not reached."""

    verdict = Verdict.UNWITNESSED
