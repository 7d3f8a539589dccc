"""提法: formulations of the centre that a text gives otherwise than the list of 提法 does, and titles of norms.

A formulation is looked for by a few short pieces of it that begin with a rare character. Around each piece the
text is compared with it twice: part by part (、，) for what is missing, replaced or out of order, and character by
character for what is written otherwise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain, pairwise
from operator import add
from typing import NamedTuple

from speechgen import patterns
from speechgen.check import scan
from speechgen.check.common import COMMONNESS
from speechgen.check.document import Document, Vocabulary
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.model import Statute, Wording

# Kinds of slips, as a rule's 查 names them.
CHANGED, CUT, ORDER, POINTS = "改字", "缺项", "换序", "标点"

_QUOTES = "“”‘’\"'「」"
_SEPARATORS = "、，；,;"
_QUOTE = patterns.compiled(f"[{_QUOTES}]")
_PART = patterns.compiled(f"[^{_SEPARATORS}]+")
_ENDS = patterns.compiled("[。！？!?\n：]")  # a formulation does not run over these
_BOUNDS = patterns.compiled(f"[{_SEPARATORS}。！？!?\n：]")
_PATIENCE = 2000  # chance resemblances of one formulation; a long report has a few dozen
_LONGEST = 200  # characters; no formulation is longer
_MARKS = frozenset(_QUOTES + _SEPARATORS + " \u3000\xa0")


class Slip(NamedTuple):
    """A formulation that stands otherwise than it should at ``text[start:end]``; ``what`` says in words how."""

    start: int
    end: int
    kind: str
    wording: Wording
    what: str


class _Shape(NamedTuple):
    """A formulation taken apart once; of 深入打好蓝天、碧水、净土保卫战 the members are 蓝天, 碧水 and 净土, between
    the head and the tail that all of them share."""

    wording: Wording
    text: str
    parts: tuple[str, ...]  # without quotes
    pairs: tuple[str, ...]  # every two characters that stand side by side, once, the rarest first
    most: int  # changes that still leave it recognisable
    head: str = ""
    members: tuple[str, ...] = ()
    tail: str = ""


class _Search(NamedTuple):
    wordings: tuple[Wording, ...]
    crossed: tuple[tuple[str, int], ...]  # a formulation with its halves crossed, numbered after the wordings; whose
    whole: frozenset[tuple[str, ...]]  # lists of parts and members that are complete: 安全第一、预防为主
    pieces: dict[str, tuple[tuple[int, int], ...]]  # three characters → (number of the wording, offset in it)
    found_by: Vocabulary  # the pieces


# ── the formulations, taken apart ─────────────────────────────────────────────────────────────


def _bare(text: str) -> str:
    return _QUOTE.sub("", text)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in patterns.compiled(f"[{_SEPARATORS}]").split(_bare(text)) if part)


def _most(text: str) -> int:
    size = len(text)
    return 0 if size < 6 else 1 if size < 9 else 2 if size < 15 else 3 if size < 25 else 4


@cache
def _shape(wording: Wording) -> _Shape:
    text, parts = wording.text, _parts(wording.text)
    pairs = tuple(sorted({text[n : n + 2] for n in range(len(text) - 1)}, key=scan.commonness))
    return _Shape(wording, text, parts, pairs, _most(text), *_members(text, parts))


def _members(text: str, parts: Sequence[str]) -> tuple[str, tuple[str, ...], str]:
    """What stands before, in and after a list whose members are of one length: 自治、法治、德治相结合."""
    sizes = {len(part) for part in parts[1:-1]}
    size = max(sizes, default=0)
    if len(sizes) != 1 or not 1 < size < 6 or text.count("、") != len(parts) - 1 or _bare(text) != text:
        return "", (), ""
    first, last = parts[0], parts[-1]
    if min(len(first), len(last)) < size or len(first) == len(last) == size:
        return "", (), ""
    return first[:-size], (first[-size:], *parts[1:-1], last[:size]), last[size:]


def _crossed(shape: _Shape) -> Iterator[str]:
    """The formulation with the halves of two neighbouring parts crossed: 大事不出村、小事不出镇."""
    for one, other in pairwise(shape.parts):
        size = len(one)
        if size < 4 or size != len(other) or not any(f"{one}{mark}{other}" in shape.text for mark in "、，"):
            continue
        unlike = [n for n in range(size) if one[n] != other[n]]
        cuts = [n for a, n in pairwise(unlike) if n > a + 1] or ([size // 2] if len(unlike) == size else unlike[1:])
        for cut in cuts:
            for mark in "、，":
                yield f"{other[:cut]}{one[cut:]}{mark}{one[:cut]}{other[cut:]}"
                yield f"{one[:cut]}{other[cut:]}{mark}{other[:cut]}{one[cut:]}"


def _pieces(shape: _Shape) -> Iterator[int]:
    """Where in the formulation the pieces stand that it is looked for by: one in each part or third."""
    text, listed = shape.text, len(shape.parts) > 2
    if listed:
        ends = [match.end() for match in patterns.compiled(f"[{_SEPARATORS}]").finditer(text)]
        bounds = [0, *ends, len(text)]
    else:
        count = 3 if len(text) > 8 else 2
        bounds = [len(text) * n // count for n in range(count)] + [len(text)]
    chosen = []
    for low, high in pairwise(bounds):
        fit = [at for at in range(low, min(high, len(text) - 2)) if text[at] not in _MARKS]
        whole = [at for at in fit if not _MARKS & set(text[at : at + 3])]
        whole = [at for at in whole if at + 3 <= high] or whole or fit
        if whole:
            chosen.append(min(whole, key=lambda at: COMMONNESS.get(text[at], 0)))
    yield from sorted(chosen, key=lambda at: COMMONNESS.get(text[at], 0))[:3]
    if len(shape.tail) > 2:
        yield len(text) - len(shape.tail)


@lru_cache(maxsize=4)
def _search(wordings: tuple[Wording, ...]) -> _Search:
    crossed, whole, pieces = patterns.table("wordings", _digest(wordings), lambda: _taken_apart(wordings))
    return _Search(wordings, crossed, whole, pieces, Vocabulary(pieces))


def _digest(wordings: Sequence[Wording]) -> str:
    return sha256("\n".join(wording.text for wording in wordings).encode("utf-8", "surrogatepass")).hexdigest()


_Crossed = tuple[tuple[str, int], ...]
_Pieces = dict[str, tuple[tuple[int, int], ...]]


def _taken_apart(wordings: Sequence[Wording]) -> tuple[_Crossed, frozenset[tuple[str, ...]], _Pieces]:
    """``crossed``, ``whole`` and ``pieces`` of a `_Search`."""
    shapes = tuple(_shape(wording) for wording in wordings)
    found: dict[str, list[tuple[int, int]]] = {}
    for number, shape in enumerate(shapes):
        if shape.most:
            for at in _pieces(shape):
                found.setdefault(shape.text[at : at + 3], []).append((number, at))
    texts = {shape.text for shape in shapes}
    crossed = tuple((said, n) for n, shape in enumerate(shapes) for said in _crossed(shape) if said not in texts)
    for number, (said, _) in enumerate(crossed, start=len(shapes)):
        found.setdefault(said[:3], []).append((number, 0))
    groups = [patterns.compiled("[，；]").split(shape.text) for shape in shapes]
    whole = {_parts(group) for split in groups for group in split} | {shape.members for shape in shapes}
    return crossed, frozenset(whole), {piece: tuple(places) for piece, places in found.items()}


# ── looking ───────────────────────────────────────────────────────────────────────────────────


def _in_force(document: Document) -> tuple[Wording, ...]:
    day = document.day
    return tuple(
        wording
        for wording in document.grounds.wordings
        if day is None
        or ((wording.valid_from is None or wording.valid_from <= day)
            and (wording.valid_until is None or day <= wording.valid_until))
    )  # fmt: skip


def beginnings(document: Document, pairs: Set[str]) -> Set[str]:
    """Those pairs of characters by which the pieces of the formulations in force are found."""
    return document.once(_sought).found_by.beginnings(pairs)


def _sought(document: Document) -> _Search:
    return _search(_in_force(document))


def _slips(document: Document) -> tuple[Slip, ...]:
    """Every formulation of the text that is not given as it should be, in order, one at a place."""
    search = document.once(_sought)
    if not search.pieces:
        return ()
    text = document.text
    exact: list[tuple[int, int]] = []
    found: dict[Slip, None] = {}
    tried: dict[tuple[int, int], int] = {}  # (formulation, where it would begin) → where the piece is
    pieces = search.pieces
    standing = search.found_by.occurrences_at(text, document.beginnings(beginnings))
    for at, piece in sorted((at, piece) for piece, places in standing.items() for at in places):
        for number, offset in pieces[piece]:
            if number >= len(search.wordings):
                said, whose = search.crossed[number - len(search.wordings)]
                if text.startswith(said, at):
                    meant = search.wordings[whose]
                    found[Slip(at, at + len(said), ORDER, meant, f"次序应为「{meant.text}」")] = None
                continue
            wording, start = search.wordings[number], at - offset
            if start >= 0 and text.startswith(wording.text, start):
                exact.append((start, start + len(wording.text)))
            else:
                tried.setdefault((number, start), at)
    looked: Counter[int] = Counter()
    for (number, start), at in tried.items():
        shape = _shape(search.wordings[number])
        looked[number] += 1
        if looked[number] > _PATIENCE:
            continue  # a text that is one piece over and over
        slip = _by_members(text, shape, at, search.whole) if shape.members else None
        slip = slip or (_by_parts(text, shape, at, search.whole) if len(shape.parts) > 1 else None)
        slip = slip or _by_characters(text, shape, at, start) or _shortened(text, shape, at, start)
        if slip:
            found[slip] = None
    for slip in _in_quotes(text, search):
        found[slip] = None
    right = sorted(set(exact))
    taken: set[int] = set()
    kept: list[Slip] = []
    for slip in sorted(
        found, key=lambda slip: (_GRAVITY[slip.kind], len(slip.what), slip.start - slip.end, slip.start)
    ):
        spot = range(slip.start, slip.end)
        if taken.isdisjoint(spot) and not _explained(text, slip, right):
            taken.update(spot)
            kept.append(slip)
    return tuple(sorted(kept, key=lambda slip: slip.start))


_GRAVITY = {CHANGED: 0, ORDER: 1, CUT: 2, POINTS: 3}


def _explained(text: str, slip: Slip, exact: Sequence[tuple[int, int]]) -> bool:
    """Whether other formulations, given as they should be, cover what is unlike this one."""
    covered: set[int] = set()
    foreign = False
    for number in range(bisect_left(exact, (slip.start - _LONGEST, 0)), len(exact)):
        start, end = exact[number]
        if start >= slip.end:
            break
        if start <= slip.start + (text[slip.start] in _QUOTES) and slip.end - (text[slip.end - 1] in _QUOTES) <= end:
            return True  # quotes around the whole of it are none of its own
        if slip.start < end:
            covered.update(range(max(start, slip.start), min(end, slip.end)))
            foreign = foreign or text[start:end] not in slip.wording.text
    return slip.kind != POINTS and foreign and len(covered) * 2 >= slip.end - slip.start


# ── part by part ──────────────────────────────────────────────────────────────────────────────


class _Token(NamedTuple):
    start: int
    end: int
    bare: str


def _tokens(text: str, at: int, reach: int) -> list[_Token]:
    """The pieces between 、，； around ``at``, within the clause and ``reach`` characters."""
    low, high = max(0, at - reach), min(len(text), at + reach)
    for match in _ENDS.finditer(text, low, high):
        if match.start() < at:
            low = match.end()
        else:
            high = match.start()
            break
    found = []
    for match in _PART.finditer(text, low, high):
        found.append(_Token(match.start(), match.end(), _bare(match[0]).strip()))
    return found


def _token_around(text: str, at: int, reach: int) -> str:
    """The one of the `_tokens` that holds ``at``, bare."""
    end = _BOUNDS.search(text, at, at + reach)
    before = _BOUNDS.split(text[max(0, at - reach) : at])[-1]
    return _bare(before + text[at : end.start() if end else at + reach]).strip()


def _by_parts(text: str, shape: _Shape, at: int, whole: frozenset[tuple[str, ...]]) -> Slip | None:
    parts, count, reach = shape.parts, len(shape.parts), len(shape.text) + 24
    if _lacks(text[max(0, at - reach) : at + reach], parts, 2 if count > 2 else 1):
        return None
    if _part(_token_around(text, at, reach), parts) < 0:
        return None
    tokens = _tokens(text, at, reach)
    here = next((n for n, token in enumerate(tokens) if token.start <= at < token.end), -1)
    if here < 0:
        return None
    which = [_part(token.bare, parts) for token in tokens]
    first = last = here
    while first > 0 and (which[first - 1] >= 0 or (first > 1 and which[first - 2] >= 0 and count > 2)):
        first -= 1
    while last + 1 < len(which) and (
        which[last + 1] >= 0 or (last + 2 < len(which) and which[last + 2] >= 0 and count > 2)
    ):
        last += 1
    damaged = _widen(tokens, which, first, last, parts)
    if damaged:
        first, last = min(first, damaged[0]), max(last, damaged[0])
    first, last = _edges(tokens, which, first, last, parts)
    run = which[first : last + 1]
    said = [number for number in run if number >= 0]
    gaps = [first + n for n, number in enumerate(run) if number < 0]
    if len(set(said)) < len(said) or len(said) < 2:
        return None
    place, form = damaged or (-1, "")
    forms = {n: form if n == place else parts[which[n]] for n in range(first, last + 1) if which[n] >= 0}
    if any(tokens[n].bare != forms[n] for n in range(first + 1, last) if n in forms):
        return None
    if not (tokens[first].bare.endswith(forms[first]) and tokens[last].bare.startswith(forms[last])):
        return None  # 既要综合治理，也要预防为主 is no list
    start, end = _bounds(text, tokens, first, last, forms[first], forms[last])
    missing = [number for number in range(count) if number not in said]
    if said != sorted(said):
        if gaps or (missing and (len(said) < 3 or len(said) <= count // 2)):
            return None
        return Slip(start, end, ORDER, shape.wording, f"次序应为「{shape.text}」")
    if not missing:
        if damaged:
            return Slip(start, end, CHANGED, shape.wording, f"「{form}」应为「{parts[which[place]]}」")
        if gaps:
            extra = "、".join(tokens[n].bare for n in gaps)
            return Slip(start, end, CHANGED, shape.wording, f"多了「{extra}」")
        return Slip(start, end, POINTS, shape.wording, _points(text[start:end], shape.text))
    if count < 3 or (
        len(said) <= count // 2 and (gaps or not _half(text, tokens[first : last + 1], said, parts, whole))
    ):
        return None
    if gaps:
        if len(gaps) != 1 or len(missing) != 1 or not which[gaps[0] - 1] < missing[0] < which[gaps[0] + 1]:
            return None
        return Slip(start, end, CHANGED, shape.wording, f"「{tokens[gaps[0]].bare}」应为「{parts[missing[0]]}」")
    if (first > 0 and text[tokens[first - 1].end] == "、") or (
        last + 1 < len(tokens) and text[tokens[last].end] == "、"
    ):
        return None  # another list that shares some members; a member that is alike is told character by character
    lost = "、".join(parts[number] for number in missing)
    return Slip(start, end, CUT, shape.wording, f"少了「{lost}」")


def _lacks(window: str, parts: Sequence[str], least: int) -> bool:
    """Whether surely less than ``least`` of the parts stand in a stretch of the text, quotes within them left out."""
    for part in parts:
        if part in window:
            least -= 1
            if not least:
                return False
    return not _QUOTE.search(window)


def _part(token: str, parts: Sequence[str]) -> int:
    """Which part a piece of the text is: the whole of it, its end or its beginning; -1 when none."""
    for number, part in enumerate(parts):
        if token == part:
            return number
    for number, part in enumerate(parts):
        if len(part) > 1 and (
            (number == 0 and token.endswith(part)) or (number == len(parts) - 1 and token.startswith(part))
        ):
            return number
    for number, part in enumerate(parts):
        if len(part) > 2 and (token.endswith(part) or token.startswith(part)):
            return number
    return -1


def _widen(
    tokens: Sequence[_Token], which: list[int], first: int, last: int, parts: Sequence[str]
) -> tuple[int, str] | None:
    """The one part that is still missing, damaged and beside the others: where it is, and what it has become."""
    missing = [number for number in range(len(parts)) if number not in which[first : last + 1]]
    if len(missing) != 1 or len(parts[missing[0]]) < 3:
        return None
    for n in (first - 1, last + 1):
        if 0 <= n < len(tokens) and which[n] < 0:
            form = _damaged(tokens[n].bare, parts[missing[0]], n < first, len(parts) > 2)
            if form:
                which[n] = missing[0]
                return n, form
    return None


def _damaged(token: str, part: str, at_end: bool, two: bool) -> str:
    """What of a piece of the text is a part with a character, or ``two``, left out or replaced; "" when nothing."""
    size = len(part)
    for lost in (1, 2) if two else (1,):
        said = token[lost - size :] if at_end else token[: size - lost]
        if len(said) != size - lost or not any(part[:n] + part[n + lost :] == said for n in range(size)):
            continue
        if len(said) > 2 or (len(said) == 2 and (said == token or (said[0] == part[0] and said[-1] == part[-1]))):
            return said
    said = token[-size:] if at_end else token[:size]
    if len(said) == size > 2:
        unlike = [n for n in range(size) if said[n] != part[n]]
        if unlike and unlike[-1] - unlike[0] < 2 and len(unlike) * 2 <= size and (size > 3 or two):
            return said
    return ""


def _edges(tokens: Sequence[_Token], which: list[int], first: int, last: int, parts: Sequence[str]) -> tuple[int, int]:
    """First and last piece with a short part that hangs on other words: 把握协调、创新、绿色…; …共享、开放的要求."""
    said = {number for number in which[first : last + 1] if number >= 0}
    if len(said) < max(2, len(parts) - 2) or -1 in which[first : last + 1]:
        return first, last
    for n, fits in ((first - 1, str.endswith), (last + 1, str.startswith)):
        if 0 <= n < len(tokens) and which[n] < 0:
            number = next((m for m, part in enumerate(parts) if m not in said and fits(tokens[n].bare, part)), -1)
            if number >= 0:
                which[n] = number
                said.add(number)
                first, last = min(first, n), max(last, n)
    return first, last


def _half(
    text: str, tokens: Sequence[_Token], said: Sequence[int], parts: Sequence[str], whole: frozenset[tuple[str, ...]]
) -> bool:
    """Whether a few parts of a longer formulation are so much its own that they are it, cut short."""
    few = tuple(parts[number] for number in said)
    return (
        few not in whole
        and said[-1] - said[0] < len(said)
        and all(len(part) > 3 for part in few)
        and all(text[token.end] == "、" for token in tokens[:-1])
    )


def _by_members(text: str, shape: _Shape, at: int, whole: frozenset[tuple[str, ...]]) -> Slip | None:
    """A list between a head and a tail of its own, with a member missing or out of place: 自治、德治相结合."""
    members, head, tail = shape.members, shape.head, shape.tail
    size, reach = len(members[0]), len(shape.text) + 24
    window = text[max(0, at - reach) : at + reach]
    if (tail or head) not in window or _lacks(window, members, 2):
        return None
    tokens = _tokens(text, at, reach)
    here = next((n for n, token in enumerate(tokens) if token.start <= at < token.end), -1)
    if here < 0:
        return None
    last = here
    while last + 1 < len(tokens) and text[tokens[last].end] == "、" and tokens[last].bare in members:
        last += 1
    if tokens[last].bare[:size] not in members or not tokens[last].bare.startswith(tail, size):
        return None
    first = last
    while first > 0 and text[tokens[first - 1].end] == "、" and (first == last or tokens[first].bare in members):
        first -= 1
    if first < last and tokens[first].bare[-size:] not in members:
        first += 1
    said = [tokens[first].bare[-size:], *(token.bare for token in tokens[first + 1 : last]), tokens[last].bare[:size]]
    if first == last or not set(said) <= set(members) or len(set(said)) < len(said) or tuple(said) in whole:
        return None
    if not tokens[first].bare.endswith(head + said[0]) or not (head or len(tail) > 1):
        return None
    if len(tokens[first].bare) == size and first > 0 and text[tokens[first - 1].end] == "、":
        return None  # the list began before
    start = tokens[first].end - size - len(head)
    end = text.index(said[-1] + tail, tokens[last].start) + size + len(tail)
    order = [members.index(member) for member in said]
    if order != sorted(order):
        return Slip(start, end, ORDER, shape.wording, f"次序应为「{shape.text}」")
    lost = "、".join(member for member in members if member not in said)
    return Slip(start, end, CUT, shape.wording, f"少了「{lost}」")


def _bounds(text: str, tokens: Sequence[_Token], first: int, last: int, head: str, tail: str) -> tuple[int, int]:
    """Where the run of parts begins and ends in the text: without what only goes before and after it."""
    start, end = tokens[first].start, tokens[last].end
    while (
        start < end
        and not _bare(text[start:end]).startswith(head)
        and len(_bare(text[start : tokens[first].end])) > len(head)
    ):
        start += 1
    stop = tokens[last].start
    while stop < end and len(_bare(text[tokens[last].start : stop])) < len(tail):
        stop += 1
    if stop < end and text[stop] in "”’":
        stop += 1
    return start, max(stop, start)


def _points(said: str, wanted: str) -> str:
    if sum(said.count(quote) for quote in "“”") < sum(wanted.count(quote) for quote in "“”"):
        return "少了引号"
    return "标点不同"


# ── character by character ────────────────────────────────────────────────────────────────────


def _by_characters(text: str, shape: _Shape, at: int, begin: int) -> Slip | None:
    """What the text gives for a formulation that has a piece at ``at`` and so would begin at about ``begin``."""
    wanted, most = shape.text, shape.most
    low, high = max(0, begin - most), min(len(text), begin + len(wanted) + most)
    if _is_other(text[low:high], shape):
        return None
    for match in _ENDS.finditer(text, low, high):
        if match.start() < at:
            low = match.end()
        else:
            high = match.start()
            break
    window = text[low:high]
    if _is_other(window, shape):
        return None
    latest = begin + most + 1 - low
    start = window.find(wanted[0], 0, latest)
    while start >= 0:
        slip = _aligned(window, start, shape, low)
        if slip:
            return slip
        start = window.find(wanted[0], start + 1, latest)
    return None


def _is_other(window: str, shape: _Shape) -> bool:
    """Whether a stretch of text lacks too much of a formulation to be meant for it."""
    lacking = 2 * shape.most
    for pair in shape.pairs:
        if pair not in window:
            lacking -= 1
            if lacking < 0:
                return True
    return False


def _aligned(window: str, start: int, shape: _Shape, low: int) -> Slip | None:
    """The stretch of the window from ``start`` that is the formulation but for a few characters."""
    wanted, most = shape.text, shape.most
    best: tuple[int, int, str] | None = None
    row = list(range(len(wanted) + 1))
    for n in range(start, min(len(window), start + len(wanted) + most)):
        character, before, diagonal = window[n], row[0], row[0]
        row[0] = before + 1
        for m, other in enumerate(wanted, start=1):
            diagonal, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, diagonal + (character != other))
        ends = character == wanted[-1]
        if not ends and character not in _MARKS and n - start + 1 >= len(wanted) - 1:  # the last word itself is wrong
            stops = len(shape.parts) > 1 and (n + 1 == len(window) or window[n + 1] in _MARKS)
            ends = window[n - 1] == wanted[-2] or (stops and not wanted.startswith(window[start : n + 1]))
        if min(row) > most:
            break
        if row[-1] <= most and ends and (best is None or row[-1] < best[0]):
            best = (row[-1], n + 1, window[start : n + 1])
    if best is None or best[0] == 0:
        return None
    said = best[2]
    if "".join(c for c in said if c not in _MARKS) == "".join(c for c in wanted if c not in _MARKS):
        if not set(said) & set(_SEPARATORS) and set(wanted) & set(_SEPARATORS) and not set(wanted) & set(_QUOTES):
            return None  # members run together without 、, which is a way to write them
        return Slip(low + start, low + best[1], POINTS, shape.wording, _points(said, wanted))
    if len(_bare(said)) < 4 or _number_only(said, wanted):
        return None
    if sorted(said) == sorted(wanted):
        return Slip(low + start, low + best[1], ORDER, shape.wording, f"次序应为「{wanted}」")
    return Slip(low + start, low + best[1], CHANGED, shape.wording, _difference(said, wanted))


def _shortened(text: str, shape: _Shape, at: int, start: int) -> Slip | None:
    """A long formulation that lacks a word, or whose first or last word is another of like meaning."""
    wanted, size = shape.text, len(shape.text)
    offset = at - start
    if size < 8 or start < 0:
        return None
    begun, ended = text.startswith(wanted[:offset], start), text.startswith(wanted[offset + 3 :], at + 3)
    if not (begun or ended) and 2 <= offset <= size - 5:
        return None
    if size >= 12 and (begun or ended):
        left, right = offset, offset + 3
        while left and text[at - offset + left - 1] == wanted[left - 1]:
            left -= 1
        while right < size and text[at - offset + right : at - offset + right + 1] == wanted[right]:
            right += 1
        for lost in range(2, min(7, size // 3 + 1)):
            if not left and right + lost < size and text.startswith(wanted[right + lost :], start + right):
                return _cut_short(text, shape, start, start + size - lost, wanted[right : right + lost])
            begin = start + lost
            if right == size and left > lost and text.startswith(wanted[: left - lost], begin):
                return _cut_short(text, shape, begin, start + size, wanted[left - lost : left])
    for a, b in ((0, 2), (size - 2, size)):
        said = text[start + a : start + b]
        alike = _ALIKE.get(wanted[a:b], frozenset())
        if said in alike and text[start : start + size] == wanted[:a] + said + wanted[b:]:
            return Slip(start, start + size, CHANGED, shape.wording, f"「{said}」应为「{wanted[a:b]}」")
    return None


def _cut_short(text: str, shape: _Shape, start: int, end: int, lost: str) -> Slip | None:
    if _MARKS & set(lost) or lost[0] in "和与及" or _number_only(text[start:end], shape.text):
        return None
    return Slip(start, end, CHANGED, shape.wording, f"少了「{lost}」")


# Words that are taken for one another at the beginning and the end of a formulation.
_GROUPS = """
    思想 理念 观念 理论 学说/意识 观念 理念 思想/布局 格局 规划/意义 作用 价值 地位/框架 体系 格局 机制/代价 条件 前提/
    发展 进步 增长/群众 人民 百姓 大众/预防 防范 防止/铸牢 筑牢 打牢 夯实/坚持 保持 秉持/安全 稳定 平安/
    增强 提升 提高/风险 隐患/问题 矛盾/绿水 青山 碧水/时时 时刻 常常 始终/安心 放心/初心 本心/了解 掌握/
    锲而 持之/统筹 兼顾/树立 确立/政治 思想/基层 一线/经验 做法/行动 计划 工程/伟业 大业 事业/
    时期 阶段/步伐 进展/执法 司法/学习 研究/共享 共赢 共有/经验 做法/治理 管理 整治/减负 松绑 减压/常态 经常/
    为人 替人/更加 愈加/领导 引领 带领/促一 推一/深刻 深入 充分/目的 目标/参与 配合/清明 清正 清廉/
    建立 构建/作风 行风/社会 全民
"""
_ALIKE = {
    word: frozenset(other for group in _GROUPS.split("/") if word in group.split() for other in group.split()) - {word}
    for word in _GROUPS.replace("/", " ").split()
}


# ── in quotes ─────────────────────────────────────────────────────────────────────────────────


def _in_quotes(text: str, search: _Search) -> Iterator[Slip]:
    """What stands in quotes, all of it one formulation but for a few characters."""
    if "“" not in text:
        return
    meant: dict[str, _Shape | None] = {}
    for match in patterns.compiled("“([^“”\n]{6,60})”").finditer(text):
        said = match[1].rstrip("。，")
        if said not in meant:
            meant[said] = _meant_in_quotes(said, search.wordings)
        shape = meant[said]
        if shape:
            at = match.start(1)
            yield Slip(at, at + len(said), CHANGED, shape.wording, _difference(said, shape.text))


def _meant_in_quotes(said: str, wordings: tuple[Wording, ...]) -> _Shape | None:
    index = _by_pair(wordings)
    known = [numbers for numbers in map(index.get, map(add, said, said[1:])) if numbers]
    if len(known) * 2 < len(said) - 2:
        return None
    for number, count in Counter(chain.from_iterable(known)).most_common(3):
        shape = _shape(wordings[number])
        if count * 2 < len(shape.pairs) - 1 or abs(len(said) - len(shape.text)) > 4:
            continue
        if said in shape.text or shape.text in said:
            return None
        near = _changes(said, shape.text) <= max(1, min(5, len(shape.text) // 4))
        if near and len(_parts(said)) <= len(shape.parts) + 1:
            same = _number_only(said, shape.text) or _letters(said) == _letters(shape.text)
            return None if same else shape
    return None


def _letters(text: str) -> str:
    return "".join(character for character in text if character not in _MARKS)


@lru_cache(maxsize=4)
def _by_pair(wordings: tuple[Wording, ...]) -> dict[str, tuple[int, ...]]:
    return patterns.table("pairs of wordings", _digest(wordings), lambda: _numbers_by_pair(wordings))


def _numbers_by_pair(wordings: Sequence[Wording]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for number, wording in enumerate(wordings):
        for pair in _shape(wording).pairs:
            found.setdefault(pair, []).append(number)
    return {pair: tuple(numbers) for pair, numbers in found.items()}


def _changes(said: str, wanted: str) -> int:
    """How many characters to put in, take out or replace to make one text of the other."""
    row = list(range(len(wanted) + 1))
    for n, character in enumerate(said, start=1):
        diagonal, row[0] = row[0], n
        for m, other in enumerate(wanted, start=1):
            diagonal, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, diagonal + (character != other))
    return row[-1]


def _number_only(said: str, wanted: str) -> bool:
    """Whether only a numeral differs: 2027年是… is told by the date, not here."""
    digits = patterns.compiled("[0-9]+")
    return digits.sub("", said) == digits.sub("", wanted)


def _difference(said: str, wanted: str) -> str:
    from difflib import SequenceMatcher

    told = []
    for tag, a, b, c, d in SequenceMatcher(None, said, wanted, autojunk=False).get_opcodes():
        if tag == "replace":
            told.append(f"「{said[a:b]}」应为「{wanted[c:d]}」")
        elif tag == "delete":
            told.append(f"多了「{said[a:b]}」")
        elif tag == "insert":
            told.append(f"少了「{wanted[c:d]}」")
    return "，".join(told)


# ── what rules ask ────────────────────────────────────────────────────────────────────────────


def _of_kind(kind: str) -> Check:
    def find(document: Document, rule: Rule) -> Iterator[Hit]:
        allowed = rule.options.get("除外", ())
        for slip in document.once(_slips):
            said = document.text[slip.start : slip.end]
            if slip.kind == kind and not any(said in other for other in allowed):
                values = {"正": slip.wording.text, "差": slip.what, "来源": slip.wording.source}
                yield Hit(slip.start, slip.end, values, slip.wording.text)

    return Check(find, values=("正", "差", "来源"), options=("除外",))


def find_outdated(document: Document, rule: Rule) -> Iterator[Hit]:
    """A formulation whose time was over on the day of the speech, unless the sentence looks back."""
    day = document.day
    if day is None:
        return
    looking_back = rule.options.get("不同句", ())
    for wording in document.grounds.wordings:
        if wording.valid_until is None or day <= wording.valid_until:
            continue
        start = document.text.find(wording.text)
        while start >= 0:
            if not any(word in document.said_around(start) for word in looking_back):
                until = wording.valid_until
                values = {
                    "词": wording.text,
                    "止": f"{until.year}年{until.month}月{until.day}日",
                    "来源": wording.source,
                }
                yield Hit(start, start + len(wording.text), values)
            start = document.text.find(wording.text, start + 1)


# ── titles of norms ───────────────────────────────────────────────────────────────────────────

_TYPES = ("法", "条例", "规定", "办法", "细则", "准则", "规则", "若干规定", "暂行办法")
_FILLERS = ("管理", "工作", "监督", "监督管理", "实施", "执行", "保护", "安全")
_COUNTRY = "中华人民共和国"
_OF_PLACES = patterns.compiled("^[^〈]{2,8}?[省市县区州盟旗](?!场|民)")


@lru_cache(maxsize=4)
def _known_titles(statutes: tuple[Statute, ...], wordings: tuple[Wording, ...]) -> tuple[str, ...]:
    """Titles as they should be, the one of the present first: those of the statutes, and of the 提法's sources."""
    titles = [statute.title for statute in statutes]
    for wording in wordings:
        titles += patterns.compiled("《([^《》〈〉]{4,40})》").findall(wording.source)
    norms = [title for title in titles if title.endswith(_TYPES)]
    short = [title.removeprefix(_COUNTRY) for title in norms]
    return tuple(dict.fromkeys(norms + short))


def find_title(document: Document, rule: Rule) -> Iterator[Hit]:
    """A title in 《》 that is a known norm's but for a character, its kind or a word too many."""
    text = document.text
    if "《" not in text:
        return
    known = _known_titles(document.grounds.statutes, document.grounds.wordings)
    whole = set(known)
    declared = document.declared
    for match in patterns.compiled("《([^《》〈〉\n]{3,40})》").finditer(text):
        title = match[1]
        bare = patterns.compiled("（[^（）]*）$").sub("", title)
        if bare in whole or bare.removeprefix(_COUNTRY) in whole or f"《{title}》" in declared:
            continue
        right = _meant(bare, known)
        if right:
            yield Hit(match.start(), match.end(), {"词": title, "正": right}, f"《{right}》")


def _meant(title: str, known: Sequence[str]) -> str:
    national = title.startswith(_COUNTRY)
    said = title.removeprefix(_COUNTRY)
    if not national and _OF_PLACES.match(said):
        return ""
    for right in known:
        wanted = right.removeprefix(_COUNTRY)
        if (national and right == wanted) or said == wanted:
            if said == wanted and national:
                return right  # 中华人民共和国 before a title that has none
            continue
        if _one_off(said, wanted) or _padded(said, wanted) or (national and _other_type(said, wanted)):
            return right
    return ""


def _one_off(said: str, wanted: str) -> bool:
    """Whether a character of the title is wrong, missing, added, or two changed places."""
    if len(wanted) < 5 or abs(len(said) - len(wanted)) > 1:
        return False
    if len(said) == len(wanted):
        unlike = [n for n, (a, b) in enumerate(zip(said, wanted, strict=True)) if a != b]
        return len(unlike) == 1 or (len(unlike) == 2 and sorted(said) == sorted(wanted))
    short, long = sorted((said, wanted), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _padded(said: str, wanted: str) -> bool:
    """安全生产管理法: a word too many before the kind of the norm; the kinds are alike."""
    kind = next((kind for kind in ("条例", "规定", "办法", "法") if wanted.endswith(kind)), "")
    if not kind or not said.endswith(kind) or len(wanted) - len(kind) < 3:
        return False
    return any(said == wanted[: -len(kind)] + filler + kind for filler in _FILLERS)


def _other_type(said: str, wanted: str) -> bool:
    """消防条例 for 消防法."""
    for kind in ("条例", "规定", "办法", "法"):
        if wanted.endswith(kind):
            stem = wanted[: -len(kind)]
            return any(said == stem + other for other in ("条例", "规定", "办法", "法") if other != kind)
    return False


CHECKS = {
    CHANGED: _of_kind(CHANGED),
    CUT: _of_kind(CUT),
    ORDER: _of_kind(ORDER),
    POINTS: _of_kind(POINTS),
    "过期": Check(find_outdated, values=("词", "止", "来源"), options=("不同句",)),
    "书名": Check(find_title, values=("词", "正")),
}
