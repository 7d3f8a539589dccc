"""近音近形: one wrong character in a fixed phrase, which sounds or looks like the right one and makes no word there.

A phrase is two words of two characters (安全生产). Where one of them stands untouched and the other is off by one
character (安全生铲), that is a slip – unless the wrong character makes a common word with a neighbour: then the text
may say something else (安全升级). What no list of slips could hold is found so, and what is in such a list is told
by that list: it holds the slips that are words themselves (人生安全).

The tables stand beside this module: ``phrases.txt`` holds the phrases, what looks like a slip of one and is none,
and common words; ``sounds.txt`` the groups of characters that are alike. Both are read on first use, the words and
groups only when something was found that may be a slip.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from speechgen.check import scan
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule

_SIZE = 4


def find_slips(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each word of two characters that is a slip in a phrase, once: 词 is the phrase as written, 改 as it should be."""
    text = document.text
    following, leading = _phrases()
    told: set[int] = set()
    for at in scan.positions(text, _codes()):
        word = text[at : at + 2]
        others = following.get(word)
        if others:
            third, fourth = text[at + 2 : at + 3], text[at + 3 : at + 4]
            if (third in others or fourth in others) and fourth and third + fourth not in others:
                for other in _off_by_one(third, fourth, others):
                    wrong = at + 2 if other[0] != third else at + 3
                    if wrong not in told and _is_slip(text, at, wrong, other[wrong - at - 2]):
                        told.add(wrong)
                        yield _hit(text, at, at + 2, word + other, other)
        others = leading.get(word)
        if others and at >= 2:
            first, second = text[at - 2], text[at - 1]
            if (first in others or second in others) and first + second not in others:
                for other in _off_by_one(first, second, others):
                    wrong = at - 2 if other[0] != first else at - 1
                    if wrong not in told and _is_slip(text, at - 2, wrong, other[wrong - at + 2]):
                        told.add(wrong)
                        yield _hit(text, at - 2, at - 2, other + word, other)


def _hit(text: str, phrase: int, word: int, right: str, right_word: str) -> Hit:
    return Hit(word, word + 2, {"词": text[phrase : phrase + _SIZE], "改": right}, right_word)


def _off_by_one(first: str, second: str, words: str) -> Iterator[str]:
    """The words of two characters, written one after another, that differ from the two characters in one."""
    for offset, character in ((0, first), (1, second)):
        at = words.find(character)
        while at >= 0:
            if at % 2 == offset:
                yield words[at - offset : at - offset + 2]
            at = words.find(character, at + 1)


def _is_slip(text: str, phrase: int, wrong: int, right: str) -> bool:
    """Whether the character at ``wrong``, where a phrase has ``right``, is like it and makes no word there."""
    written = text[wrong]
    alike = _alike()
    if not alike.get(written, frozenset()) & alike.get(right, frozenset()):
        return False
    seconds = _words()
    before, after = text[wrong - 1 : wrong], text[wrong + 1 : wrong + 2]
    if (after and after in seconds.get(written, "")) or (before and written in seconds.get(before, "")):
        return False
    return text[phrase : phrase + _SIZE] not in _excluded()


@cache
def _sections() -> tuple[str, str, str]:
    """The parts of the table: phrases, what is no slip, common words."""
    table = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8")
    phrases, _, rest = table.partition("\n[除外]\n")
    excluded, _, words = rest.partition("\n[词]\n")
    return phrases.partition("[搭配]\n")[2], excluded, words


@cache
def _phrases() -> tuple[dict[str, str], dict[str, str]]:
    """For the first word of phrases the second ones, written one after another; and the other way round."""
    following: dict[str, str] = {}
    leading: dict[str, str] = {}
    for line in _sections()[0].split("\n"):
        word, others = line[:2], line[3:]
        following[word] = others
        for at in range(0, len(others), 2):
            other = others[at : at + 2]
            leading[other] = leading.get(other, "") + word
    return following, leading


@cache
def _codes() -> frozenset[int]:
    """The words of all phrases, for `scan`."""
    following, leading = _phrases()
    together = "".join(following) + "".join(leading)
    return frozenset(memoryview(together.encode("utf-16-le")).cast("I"))


@cache
def _excluded() -> frozenset[str]:
    return frozenset(_sections()[1].split())


@cache
def _words() -> dict[str, str]:
    """Common words of two characters: for the first one the second ones."""
    return {line[0]: line[1:] for line in _sections()[2].split("\n") if line}


@cache
def _alike() -> dict[str, frozenset[int]]:
    """For each character the groups of alike ones that it belongs to."""
    table = Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(table.split("\n")):
        if line[:1] not in ("", "#", "["):
            for character in line.rpartition(" ")[2]:
                found.setdefault(character, set()).add(number)
    return {character: frozenset(groups) for character, groups in found.items()}


CHECKS = {"错字": Check(find_slips, values=("词", "改"))}
