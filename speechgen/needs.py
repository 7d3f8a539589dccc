"""What a text must hold for a regular expression to match in it: read from the parsed expression.

Most of the check's patterns begin with something that is everywhere and go on with something rare. Looking for the
rare first, and trying the pattern only around it, finds the same a hundred times sooner. Where anything in an
expression is not understood, it is said to need nothing, and is tried everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, NamedTuple

_BREAK = ord("\n")
_MOST = 48  # words that one need may have
_LONGEST = 20  # characters of a word
_WIDEST = 400  # characters; a match that may be longer has no limit
_TOO_DENSE = 0.04  # of all characters: then looking for the words first saves nothing
_A_SEARCH = 1e-4  # what looking for one word more costs, in the same measure
_PUNCTUATION = frozenset("，。、；：“”（）《》\n \u3000")
_FREQUENT = frozenset(
    "的一是在不了有和人这中大为上个国年月日二三四五六七八九十要到以全工作发会地市县进行各安业实生产于成部力级对本同点加强动理学政新生区法面主民经下出分"
)

Need = frozenset[str]


class Reach(NamedTuple):
    """Where in a text a pattern need be tried at all. Each of its matches holds one of ``words`` (none: it may match
    anywhere) and has at most ``width`` characters, and it looks at most ``ahead`` characters beyond; None = no limit.
    Of a pattern within ``line``, neither a match nor what it looks at beyond goes over the end of a line."""

    words: tuple[str, ...] = ()
    width: int | None = None
    ahead: int | None = None
    line: bool = False


def reach_of(pattern: str, flags: int) -> Reach:
    """The rarest words of which every match holds one, and how far a match goes."""
    try:
        from re import _parser  # type: ignore[attr-defined]

        tree = _parser.parse(pattern, flags)
        if tree.state.flags & (re.IGNORECASE | re.VERBOSE | re.LOCALE):
            return Reach()
        needs = list(_needs(tree))
        best = min(needs, key=_density) if needs else None
        if best is None or _density(best) > _TOO_DENSE:
            return Reach()
        width = _limited(tree.getwidth()[1])
        ahead = _limited(sum(_aheads(tree)))
        line = not any(_leaves_line(tree, tree.state.flags))
    except (ImportError, AttributeError, TypeError, ValueError, RecursionError):
        return Reach()
    return Reach(tuple(sorted(_shortest(frozenset(word[:_LONGEST] for word in best)))), width, ahead, line)


def _shortest(words: Need) -> Need:
    """Without those that hold another one."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def _limited(width: int) -> int | None:
    return int(width) if width <= _WIDEST else None


def _density(need: Need) -> float:
    """How much of a text, roughly, is such words."""
    return sum(map(_share, need)) + _A_SEARCH * sum(len(word) > 1 for word in need)


def _share(word: str) -> float:
    if len(word) > 1:
        return 5e-3 if word.isascii() and word.isdigit() else 3e-4 if len(word) == 2 else 1e-4
    if word in _PUNCTUATION:
        return 2e-2
    if word in _FREQUENT or word.isdigit():
        return 1e-2
    return 2e-3 if "\u4e00" <= word <= "\u9fff" else 5e-4


def _needs(items: Iterable[Any]) -> Iterator[Need]:
    """Sets of words: of each, every match of the sequence holds one."""
    so_far = {""}  # what a match may hold here without a gap
    for item in _flat(items):
        exact = _exact([item])
        if exact is not None and len(exact) * len(so_far) <= _MOST:
            so_far = {before + after for before, after in product(so_far, exact)}
            continue
        if "" not in so_far:
            yield frozenset(so_far)
        so_far = {""}
        if exact is not None:
            so_far = exact
        else:
            yield from _inner_needs(item)
    if "" not in so_far:
        yield frozenset(so_far)


def _inner_needs(item: Any) -> Iterator[Need]:
    name, value = str(item[0]), item[1]
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        yield from _needs(value[2])
    elif name == "ATOMIC_GROUP":
        yield from _needs(value)
    elif name == "BRANCH":
        best = [min(_needs(way), key=_density, default=None) for way in value[1]]
        if all(best):
            words = frozenset(word for need in best if need for word in need)
            if len(words) <= 4 * _MOST:
                yield _shortest(words)


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """The items of a sequence, groups opened, what takes no room left out."""
    for item in items:
        name = str(item[0])
        if name == "SUBPATTERN" and not item[1][1] and not item[1][2]:
            yield from _flat(item[1][3])
        elif name not in ("AT", "ASSERT", "ASSERT_NOT"):
            yield item


def _exact(items: Iterable[Any]) -> set[str] | None:
    """All that a sequence can match, when that is a few plain words; None otherwise."""
    words = {""}
    for item in _flat(items):
        name, value = str(item[0]), item[1]
        more: set[str] | None = None
        if name == "LITERAL":
            more = {chr(value)}
        elif name == "IN":
            more = _characters(value)
        elif name == "BRANCH":
            ways = [_exact(way) for way in value[1]]
            more = set().union(*(way for way in ways if way)) if all(ways) else None
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and value[0] == value[1] == 1:
            more = _exact(value[2])
        if not more or len(more) * len(words) > _MOST:
            return None
        words = {before + after for before, after in product(words, more)}
    return words


def _characters(members: list[Any]) -> set[str] | None:
    """The characters of a class, when they are few."""
    found: set[str] = set()
    for name, value in members:
        if str(name) == "LITERAL":
            found.add(chr(value))
        elif str(name) == "RANGE" and value[1] - value[0] < _MOST:
            found |= set(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return found


def _leaves_line(items: Iterable[Any], flags: int) -> Iterator[bool]:
    """For each part of an expression whether it may match a line break or tells the end of the text from that of a
    line; look-behinds, which see the text before in any case, are left out."""
    for name, value in items:
        name = str(name)
        if name == "LITERAL":
            yield value == _BREAK
        elif name == "NOT_LITERAL":
            yield value != _BREAK
        elif name == "ANY":
            yield bool(flags & re.DOTALL)
        elif name == "IN":
            yield _may_be_break(value)
        elif name == "AT":
            yield not (str(value) == "AT_BEGINNING" or (str(value) == "AT_END" and bool(flags & re.MULTILINE)))
        elif name in ("ASSERT", "ASSERT_NOT"):
            if value[0] > 0:
                yield from _leaves_line(value[1], flags)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from _leaves_line(value[2], flags)
        elif name == "SUBPATTERN":
            yield from _leaves_line(value[3], flags)
        elif name == "ATOMIC_GROUP":
            yield from _leaves_line(value, flags)
        elif name == "BRANCH":
            for way in value[1]:
                yield from _leaves_line(way, flags)
        elif name != "GROUPREF":
            yield True


def _may_be_break(members: list[Any]) -> bool:
    """Whether a class may hold the line break."""
    negated = str(members[0][0]) == "NEGATE"
    for name, value in members:
        kind, what = str(name), str(value)
        if kind == "CATEGORY":
            if not (what.endswith(("CATEGORY_DIGIT", "CATEGORY_WORD")) and "NOT" not in what):
                return True
        elif (kind == "LITERAL" and value == _BREAK) or (kind == "RANGE" and value[0] <= _BREAK <= value[1]):
            return not negated
    return negated


def _aheads(items: Iterable[Any]) -> Iterator[int]:
    """How far each look-ahead in an expression looks."""
    for name, value in items:
        name = str(name)
        if name in ("ASSERT", "ASSERT_NOT"):
            if value[0] > 0:
                yield value[1].getwidth()[1]
            yield from _aheads(value[1])
        elif name == "AT":
            yield 1
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from _aheads(value[2])
        elif name == "SUBPATTERN":
            yield from _aheads(value[3])
        elif name == "ATOMIC_GROUP":
            yield from _aheads(value)
        elif name == "BRANCH":
            for way in value[1]:
                yield from _aheads(way)
