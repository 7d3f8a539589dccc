"""Which of many pairs of characters stand where in a text, at the speed of C.

A text is gone through once for all that is looked for in it: every two neighbouring characters are one number, looked
up in one table, which holds only what the text does. A word is found by the rarest two neighbours that it holds, so
that few places need a closer look.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from itertools import repeat
from operator import add

from speechgen import patterns
from speechgen.check import common

_LARGEST = "\uffff"  # beyond it a character takes two units of UTF-16
_MANY = 100  # words, of which it is worth while to keep for the next run how they are found
_MOST, _NEVER = 1_000, 10_000  # more than the commonness of any two characters; more than any pair's

# Characters that the rules' words hold more often than speeches do, so that their rarity tells little.
_OFTEN = frozenset("0123456789〇○零一二三四五六七八九十，。、；：“”（）《》 \n\u3000")


def pairs(text: str) -> set[str]:
    """All the different pairs of neighbouring characters of a text."""
    return set(map(add, text, text[1:]))


def code(pair: str) -> int:
    """Two characters as one number, as `marks` reads them."""
    return ord(pair[0]) | ord(pair[1]) << 16


def codes(some: Iterable[str]) -> frozenset[int]:
    """The `code` of each pair. A character beyond the sixteen bits, which `marks` does not see, has none."""
    joined = "".join(some)
    units = joined.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(joined):
        return frozenset(memoryview(units).cast("I"))
    return frozenset(code(a + b) for a, b in zip(joined[::2], joined[1::2], strict=True) if max(a, b) <= _LARGEST)


def by_rarest(words: Sequence[str]) -> dict[str, str]:
    """The words by the rarest two neighbours that they hold, joined by zero characters."""
    if len(words) < _MANY:
        return _by_rarest(words)
    digest = sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()
    return patterns.table("words", digest, lambda: _by_rarest(words))


def _by_rarest(words: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for word in words:
        held = [word[at : at + 2] for at in range(len(word) - 1)]
        found.setdefault(min(held, key=commonness), []).append(word)
    return {pair: "\0".join(held) for pair, held in found.items()}


def commonness(pair: str) -> int:
    """How often, roughly, two neighbours stand in a speech."""
    if max(pair) > _LARGEST:
        return _NEVER
    alone = sum(_MOST if one in _OFTEN else common.COMMONNESS.get(one, 0) for one in pair)
    return alone + _MOST * (pair[1] in common.words().get(pair[0], ""))


def table(sets: Sequence[Collection[int]]) -> dict[int, int]:
    """For `marks`: each code with a bit for each of some sets, eight at most, that hold it."""
    found: dict[int, int] = {}
    for number, some in enumerate(sets):
        bit = 1 << number
        both = {one: found[one] | bit for one in found.keys() & some}
        found.update(dict.fromkeys(some, bit))
        found.update(both)
    return found


def marks(text: str, numbers: Mapping[int, int]) -> bytearray:
    """For each place of the text what ``numbers`` (0–255) say of the two characters that stand there; 0 for others.

    The text is read as UTF-16 by pairs of units, once from the first and once from the second character: a number
    is made and looked up in half the time of a string.
    """
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) != 2 * len(text):
        text = "".join(character if character <= _LARGEST else "\ufffd" for character in text)
        units = text.encode("utf-16-le", "surrogatepass")
    found = bytearray(len(text))
    for first in (0, 1):
        part = memoryview(units)[2 * first :]
        numbered = part[: len(part) // 4 * 4].cast("I")
        found[first : first + 2 * len(numbered) : 2] = bytes(map(numbers.get, numbered, repeat(0)))
    return found


@cache
def _only(bit: int) -> bytes:
    return bytes(bool(number & bit) for number in range(256))


def only(marks: bytearray, bit: int) -> bytearray:
    """A one for each mark that has the bit."""
    return marks.translate(_only(bit))


def ones(marks: bytes | bytearray) -> list[int]:
    """The places, in order, of the ones."""
    found = []
    at = marks.find(1)
    while at >= 0:
        found.append(at)
        at = marks.find(1, at + 1)
    return found


def positions(text: str, some: Iterable[str]) -> list[int]:
    """The offsets, in order, at which one of some pairs stands."""
    return ones(marks(text, dict.fromkeys(codes(some), 1)))
