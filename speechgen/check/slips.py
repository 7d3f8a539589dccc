"""近音近形: one wrong character in a fixed phrase, which sounds or looks like the right one and makes no word there.

A phrase is two words of two characters (安全生产). Where one of them stands untouched and the other is off by one
character (安全生铲), that is a slip – unless the wrong character makes a common word with a neighbour: then the text
may say something else (安全升级). What no list of slips could hold is found so, and what is in such a list is told
by that list: it holds the slips that are words themselves (人生安全).

The tables stand beside this module: ``phrases.txt`` holds the phrases, what looks like a slip of one and is none,
and common words (read by `common`); ``sounds.txt`` the groups of characters that are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from speechgen import patterns
from speechgen.check import common, scan
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
_EDGE = "\n" * (_SIZE - 1)


def find_slips(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each word of two characters that is a slip in a phrase, once: 词 is the phrase as written, 改 as it should be."""
    text = _EDGE + document.text + _EDGE
    alike = _tables().alike
    slips: list[tuple[bool, int, bool, int, str]] = []
    for wrong in _suspects(document):
        if document.text[wrong] in alike and document.text[wrong] not in _WORDS:
            around = text[wrong : wrong + 2 * _SIZE - 1]
            if _resembles(around):
                for at, right in _off_by_one(around):
                    if _is_slip(around, at, right):
                        slips.append((0 < at < 3, wrong - at, at < 2, at, right))
                        break
    for _, phrase, _, wrong, right in sorted(slips):
        half = wrong // 2 * 2
        word, written = right[half : half + 2], document.text[phrase : phrase + _SIZE]
        yield Hit(phrase + half, phrase + half + 2, {"词": written, "改": right}, word)


def words(_: Document, pairs: Set[str]) -> Set[str]:
    """Those pairs of characters that are common words."""
    known = common.words()
    return {pair for pair in pairs if pair[1] in known.get(pair[0], "")}


def before_wrong(_: Document, pairs: Set[str]) -> Set[str]:
    """Those that may stand before the wrong character of a phrase: its first two, or the two in the middle."""
    return pairs & _tables().first | pairs & _tables().by_middle.keys()


def after_wrong(_: Document, pairs: Set[str]) -> Set[str]:
    """Those that may stand after it: the last two characters of a phrase, or the two in the middle."""
    return pairs & _tables().by_middle.keys() | pairs & _tables().last


PAIRS = (words, before_wrong, after_wrong)


def _suspects(document: Document) -> list[int]:
    """Where a character stands that makes no word with its neighbours and has beside it what may be of a phrase.

    What stands where is a byte for each place of the text, and all of them together one large number: each step is
    one sum over the whole text.
    """
    size = len(document.text)
    word, before, after = (int.from_bytes(document.marks(pairs), "little") for pairs in PAIRS)
    beside = before << 16 | after >> 8
    return scan.ones((beside & ~(word | word << 8)).to_bytes(size + 2, "little")[:size])


def _resembles(around: str) -> bool:
    """Whether three of four characters around the one in the middle of seven are perhaps those of a phrase."""
    a, b, c, _, d, e, f = tuple(around)
    by_middle, by_ends = _tables().by_middle, _tables().by_ends
    return (
        a in by_middle.get(b + c, "")
        or f in by_middle.get(d + e, "")
        or c in by_ends.get(b + d, "")
        or d in by_ends.get(c + e, "")
    )


def _off_by_one(around: str) -> Iterator[tuple[int, str]]:
    """The phrases that a character, in the middle of seven, would make if it were another: its place in the phrase,
    and the phrase. The two in the middle are right then, or the first and the last."""
    a, b, c, _, d, e, f = tuple(around)
    by_middle, by_ends = _tables().by_middle, _tables().by_ends
    for at, key, pairs, other in ((3, b + c, by_middle, a), (0, d + e, by_middle, f),
                                  (2, b + d, by_ends, c), (1, c + e, by_ends, d)):  # fmt: skip
        if key in pairs and not _is_phrase(around[3 - at : 7 - at]):
            for first, second in zip(pairs[key][::2], pairs[key][1::2], strict=True):
                if other == (second if at < 2 else first):
                    yield at, first + key + second if pairs is by_middle else key[0] + first + second + key[1]


def _is_slip(around: str, at: int, right: str) -> bool:
    """Whether the character in the middle of seven, the one at ``at`` of a phrase, is like the right one."""
    written, before = around[3], around[2]
    alike = _tables().alike
    groups = alike.get(right[at], "")
    if not any(group in groups for group in alike[written]):
        return False
    if written in _SUFFIXES and before in common.words().get(around[1], ""):
        return False
    return around[3 - at : 7 - at] not in _excluded()


class _Tables(NamedTuple):
    """The tables as they are asked for."""

    by_middle: dict[str, str]  # for the middle of phrases their first and last characters, pair after pair
    by_ends: dict[str, str]  # the other way round
    first: frozenset[str]  # the first two characters of all phrases
    last: frozenset[str]  # the last two
    alike: dict[str, str]  # for each character the groups of alike ones that it belongs to, each as one character


@cache
def _tables() -> _Tables:
    sounds = Path(__file__).with_name("sounds.txt").read_text(encoding="utf-8")
    phrases = common.sections()[0]
    digest = sha256(f"{phrases}\0{sounds}".encode()).hexdigest()
    return _Tables(*patterns.table("slips", digest, lambda: _made(phrases.split(), sounds)))


def _made(
    phrases: list[str], sounds: str
) -> tuple[dict[str, str], dict[str, str], frozenset[str], frozenset[str], dict[str, str]]:
    by_middle: dict[str, str] = {}
    by_ends: dict[str, str] = {}
    for phrase in phrases:
        middle, ends = phrase[1:3], phrase[::3]
        by_middle[middle] = by_middle.get(middle, "") + ends
        by_ends[ends] = by_ends.get(ends, "") + middle
    alike: dict[str, str] = {}
    for number, line in enumerate(sounds.split("\n")):
        if line[:1] not in ("", "#", "["):
            for character in line[line.find(" ") + 1 :]:
                alike[character] = alike.get(character, "") + chr(number)
    first, last = frozenset(phrase[:2] for phrase in phrases), frozenset(phrase[2:] for phrase in phrases)
    return by_middle, by_ends, first, last, alike


@cache
def _excluded() -> frozenset[str]:
    return frozenset(common.sections()[1].split())


def _is_phrase(four: str) -> bool:
    """Whether four characters are one of the phrases."""
    ends = _tables().by_middle.get(four[1:3], "")
    return any(ends.startswith(four[::3], at) for at in range(0, len(ends), 2))


CHECKS = {"错字": Check(find_slips, values=("词", "改"))}
