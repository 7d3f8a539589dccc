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

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import compress
from pathlib import Path

from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule

_SIZE = 4
# Characters that are words by themselves and stand next to any other: 是高质量 is no slip of 提高质量.
_WORDS = frozenset(
    "的了在和与及以为是于有对将被把由从向到等也都要就并而且或其这那各每该本我你他她它们不未已再又还更最很较之所地得着过"
    "省市县区乡镇村州年月日时中上下里内外前后新高大小多少好老强全总今明想说看做来去走能会可让使给请需应须"
    "一二三四五六七八九十百千万亿两几第个项次名家条件元"
)
# Characters that end longer words: 实验室高质量 is no slip of 提高质量.
_SUFFIXES = frozenset(
    "力性化室者员家率度型式制法权业学部局科办会院厅处站队组网品量期费款金机器具线面体物版级感观界圈链群库"
)
_LARGEST = "\uffff"  # beyond it a character takes two units of UTF-16


def find_slips(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each word of two characters that is a slip in a phrase, once: 词 is the phrase as written, 改 as it should be."""
    text = document.text
    told: set[int] = set()
    for phrase, right in _off_by_one(text, document.beginnings(beginnings)):
        wrong = next(at for at in range(_SIZE) if text[phrase + at] != right[at])
        if phrase + wrong not in told and _is_slip(text, phrase, phrase + wrong, right[wrong]):
            told.add(phrase + wrong)
            half = wrong // 2 * 2
            word, written = right[half : half + 2], text[phrase : phrase + _SIZE]
            yield Hit(phrase + half, phrase + half + 2, {"词": written, "改": right}, word)


def beginnings(document: Document) -> frozenset[int]:
    """The two characters in the middle of each phrase."""
    return _codes()[0]


def _off_by_one(text: str, spots: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Where four characters differ from a phrase in exactly one, and the phrase; ``spots`` are where middles may be.

    Either the two in the middle are right then or the first and the last; both pairs are looked up at the speed of C,
    and both stand seldom together but in a phrase.
    """
    around, between = _phrases()
    exact = _exact()
    ends, last = _codes()[1], len(text) - _SIZE
    for at in spots:
        middle = text[at : at + 2]
        pairs = around.get(middle)
        if pairs and 0 < at <= last + 1:
            first, fourth = text[at - 1], text[at + 2]
            if (first in pairs or fourth in pairs) and first + middle + fourth not in exact:
                for pair in _sharing_one(first, fourth, pairs):
                    yield at - 1, pair[0] + middle + pair[1]
    for at in compress(range(last + 1), map(ends.__contains__, _outer(text))):
        said = text[at : at + _SIZE]
        if said not in exact:
            pairs, second, third = between[said[::3]], said[1], said[2]
            if second in pairs or third in pairs:
                for pair in _sharing_one(second, third, pairs):
                    yield at, said[0] + pair + said[3]


def _sharing_one(first: str, second: str, pairs: str) -> Iterator[str]:
    """The pairs, written one after another, that have one of two characters in its place."""
    for offset, character in ((0, first), (1, second)):
        at = pairs.find(character)
        while at >= 0:
            if at % 2 == offset:
                yield pairs[at - offset : at - offset + 2]
            at = pairs.find(character, at + 1)


def _outer(text: str) -> memoryview:
    """The first and the last of every four characters, as `scan.code` has two."""
    plain = text if text.isascii() or max(text) <= _LARGEST else "".join(c if c <= _LARGEST else "\ufffd" for c in text)
    units = plain.encode("utf-16-le", "surrogatepass")
    count = max(0, len(plain) - _SIZE + 1)
    codes = bytearray(4 * count)
    for byte, start in enumerate((0, 1, 6, 7)):
        codes[byte::4] = units[start : start + 2 * count : 2]
    return memoryview(codes).cast("I")


def _is_slip(text: str, phrase: int, wrong: int, right: str) -> bool:
    """Whether the character at ``wrong``, where a phrase has ``right``, is like it and makes no word there."""
    written = text[wrong]
    if written in _WORDS:
        return False
    alike = _alike()
    groups = alike.get(right, "")
    if not any(group in groups for group in alike.get(written, "")):
        return False
    seconds = _words()
    before, after = text[wrong - 1 : wrong], text[wrong + 1 : wrong + 2]
    if (after and after in seconds.get(written, "")) or (before and written in seconds.get(before, "")):
        return False
    if written in _SUFFIXES and wrong > 2 and text[wrong - 1] in seconds.get(text[wrong - 2], ""):
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
def _exact() -> frozenset[str]:
    """The phrases."""
    return frozenset(_sections()[0].split())


@cache
def _phrases() -> tuple[dict[str, str], dict[str, str]]:
    """For the middle of phrases the first and last characters, pair after pair; and the other way round."""
    around: dict[str, str] = {}
    between: dict[str, str] = {}
    for phrase in _sections()[0].split():
        middle, ends = phrase[1:3], phrase[::3]
        around[middle] = around.get(middle, "") + ends
        between[ends] = between.get(ends, "") + middle
    return around, between


@cache
def _codes() -> tuple[frozenset[int], frozenset[int]]:
    """The middles and the ends of all phrases, for `scan`."""
    middles, ends = (memoryview("".join(pairs).encode("utf-16-le")).cast("I") for pairs in _phrases())
    return frozenset(middles), frozenset(ends)


@cache
def _excluded() -> frozenset[str]:
    return frozenset(_sections()[1].split())


@cache
def _words() -> dict[str, str]:
    """Common words of two characters: for the first one the second ones."""
    return {line[0]: line[1:] for line in _sections()[2].split("\n") if line}


@cache
def _alike() -> dict[str, str]:
    """For each character the groups of alike ones that it belongs to, each as one character."""
    table = Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for number, line in enumerate(table.split("\n")):
        if line[:1] not in ("", "#", "["):
            for character in line[line.find(" ") + 1 :]:
                found[character] = found.get(character, "") + chr(number)
    return found


CHECKS = {"错字": Check(find_slips, values=("词", "改"))}
