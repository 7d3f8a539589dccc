"""Names of China's provinces, prefectures and counties, and where a text names them.

The table is ``places.txt`` beside this module: the codes of the Ministry of Civil Affairs with the approvals of the
State Council, as of 2025-12-31, after github.com/yescallop/areacodes (CC0 1.0); read on first use. Hong Kong, Macao
and Taiwan are there as provinces only, development zones not at all.

A name counts in four spellings: in full (临颍县), short (漯河), as autonomous places are spoken of (恩施州), and as it
was called before a change of 2010–2025 (户县, which is 鄠邑区 now). Which names may be shortened, and which count only
in certain company, is marked in the table.

What counts as a mention, and what does not:

- A name inside a longer one still counts: 北京大学, 郑州东站, 青岛啤酒, 南京长江大桥, 武汉市场.
- Streets, lines of thought and events of history do not: 北京路, 延安精神, 遵义会议, 南昌起义, 北京时间.
- Neither do people called so (孙中山, 李玉林同志), nor the river, hill, town or village that shares a county's name
  (洪泽湖, 杜集镇).
- Names across two words (推广安全 is not 广安) are told by the strings that the table lists. 城区, 市中区, 新县 and the
  like count only right behind a place that contains them, 文县 or 安居区 also behind punctuation or 在, 到 and so on.
- Where several places bear a name (鼓楼区), a mention holds all of them, or those within the place named right before.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from speechgen import patterns
from speechgen.check import scan

Level = Literal["省", "市", "县"]


class Place(NamedTuple):
    """A division: ``short`` is what it may be called by itself, "" when its name may not be shortened."""

    code: str
    name: str
    level: Level
    short: str


class Mention(NamedTuple):
    """Where a text names a place; several places may bear the name."""

    start: int
    end: int
    places: tuple[Place, ...]


class _Name(NamedTuple):
    """One way to write a place; ``need``: "" any company, ? behind a boundary or a place, ! behind what contains it."""

    place: Place
    need: str
    short: bool


_MARKED = patterns.compiled(r"([?!]?)([^|:.]*)([|:.]?)(.*)")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄吴徐孙胡朱郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田姜范姚谭廖邹熊陆郝孔崔毛邱秦史顾侯邵孟段雷钱汤尹黎易武乔贺赖龚"
)
_COMRADE = "同志"
_TITLES = (_COMRADE, "书记", "主任", "局长", "部长", "县长", "市长", "区长", "省长", "主席", "常委", "先生", "女士")
# what makes a street, a saying or an event of history out of a short name
_OTHER = patterns.compiled(
    r"[东西南北中]?路(?![网径桥段况线面政长由演权局港基域])|[东西南北中]?街(?![头区道坊巷面])|道(?![路德歉理教家口地])"
    r"|大道|大街|胡同|精神(?!文明|病|卫生|面貌|状态|障碍|风貌)|起义|条约|战役|保卫战|大屠杀"
)
# what makes a river, a hill, a town or a village out of a county's short name
_OTHER_OF_COUNTY = patterns.compiled(
    r"[江湖岭岛]|河(?![长道])|山(?![区洪体火林水])|[镇乡村](?![镇村级庄民土居风落亲贤愁])|街道|社区"
)
_NOT_BEHIND = {  # after a full name: another word begins with its last character
    "市": ("场", "值", "况", "价", "盈"),
    "区": ("域", "间", "划", "块", "位", "隔"),
    "县": (),
}


def mentions(text: str, spots: Iterable[int] | None = None) -> list[Mention]:
    """All places that ``text`` names, in order: the longest name at each spot, none overlapping another.

    ``spots`` are where names may begin, when that is known already: all places where one of the `beginnings` stands.
    """
    found: list[Mention] = []
    end = 0  # of what is taken already
    for at in scan.positions(text, beginnings(scan.pairs(text))) if spots is None else spots:
        if at >= end:
            for name in _names(text[at : at + 2]):
                if text.startswith(name, at):
                    last = found[-1] if found and found[-1].end == at else None
                    places = _named(text, at, name, last)
                    if places is not None:
                        end = at + len(name)
                        if places:
                            found.append(Mention(at, end, places))
                        break
    return found


def by_name(name: str) -> tuple[Place, ...]:
    """The places that are written so: in full, short, as spoken, or formerly."""
    return tuple(dict.fromkeys(entry.place for entry in _entries(name)))


def contains(outer: Place, inner: Place) -> bool:
    """Whether ``inner`` lies within ``outer`` and is not the same."""
    if outer.code == inner.code:
        return False
    if outer.code == _ILI:
        return inner.code.startswith(_OF_ILI)
    return inner.code.startswith(outer.code[: {"省": 2, "市": 4, "县": 6}[outer.level]])


_ILI, _OF_ILI = "654000", ("6540", "6542", "6543")  # 伊犁州 has two prefectures under it


def _named(text: str, start: int, name: str, last: Mention | None) -> tuple[Place, ...] | None:
    """The places that ``name`` means at ``start``; empty when it belongs to something else, None when it is no name."""
    end = start + len(name)
    if _is_other_words(text, start, name):
        return None
    entries = _entries(name)
    within = tuple(entry for entry in entries if last and any(contains(outer, entry.place) for outer in last.places))
    need = min(entry.need for entry in entries)
    if need and not within and (need == "!" or not (last or _bounded(text, start))):
        return None
    entries = within or tuple(entry for entry in entries if entry.need != "!")
    if entries[0].short:
        county = all(entry.place.level == "县" for entry in entries)
        if _OTHER.match(text, end) or (county and _OTHER_OF_COUNTY.match(text, end)) or _is_person(text, start, end):
            return ()
    elif text.startswith(_NOT_BEHIND.get(name[-1], ()), end):
        return None
    return tuple(dict.fromkeys(entry.place for entry in entries))


def _is_other_words(text: str, start: int, name: str) -> bool:
    """Whether a string of the table that holds the name (of 成都市 also 成都), and does not mean it, stands there."""
    excluded = _excluded()
    for stem in (name, name[:-1]):
        for longer, at in excluded.get(stem, ()):
            if at <= start and text.startswith(longer, start - at):
                return True
    return False


def _bounded(text: str, at: int) -> bool:
    """Whether the word before surely ends there: no Han character stands before, or 在, 到 and the like."""
    return not at or not "一" <= text[at - 1] <= "鿿" or text[at - 1] in "在到赴从由向"


def _is_person(text: str, start: int, end: int) -> bool:
    """Whether the name is somebody's: 玉林同志, 李玉林书记."""
    if text.startswith(_COMRADE, end):
        return not text.startswith("们", end + len(_COMRADE))
    return text.startswith(_TITLES, end) and start > 0 and text[start - 1] in _SURNAMES


@cache
def _text() -> str:
    return Path(__file__).with_name("places.txt").read_text(encoding="utf-8")


@cache
def _sections() -> tuple[list[str], list[str], list[str]]:
    """The lines of the table: places, former names, strings in which a name is none."""
    places, _, rest = _text().partition("[旧称]\n")
    former, _, excluded = rest.partition("[除外]\n")
    parts = (places, former, excluded)
    now, then, never = ([line for line in part.split("\n") if line[:1] not in ("", "#")] for part in parts)
    return now, then, never


@cache
def _index() -> dict[str, list[str]]:
    return patterns.table("places", sha256(_text().encode()).hexdigest(), _make_index)


def _make_index() -> dict[str, list[str]]:
    """The places by the first two characters of their names, each with its code and its marked name (411100漯河|市);
    those of former names after them, with the old name behind a = (610118鄠邑|区=户县)."""
    lines, former, _ = _sections()
    index: dict[str, list[str]] = {}
    by_code: dict[str, str] = {}
    for line in lines:
        first, *counties = line.split(" ")
        base = first[:4] if first[2:3].isdigit() else first[:2]
        words = [base + county for county in counties]
        if base != first:
            words.append(base.ljust(6, "0") + first[len(base) :])
        for word in words:
            by_code[word[:6]] = word
            head = word[7:9] if word[6] in "?!" else word[6:8]
            if head[1] in "|.:":
                head = head[0] + word[word.index(head[1], 6) + 1]
            if head in index:
                index[head].append(word)
            else:
                index[head] = [word]
    for line in former:
        code, *olds = line.split(" ")
        for old in olds:
            index.setdefault(old[:2], []).append(f"{by_code[code]}={old}")
    return index


@cache
def _names(head: str) -> dict[str, list[str]]:
    """Every spelling of every place that begins with two characters, the longest first, with those it may be."""
    found: dict[str, list[str]] = {}
    for word in _index().get(head, ()):
        marked, _, old = word[6:].partition("=")
        for spelling in (old,) if old else _spellings(marked):
            found.setdefault(spelling, []).append(word[:6] + marked)
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _spellings(marked: str) -> tuple[str, ...]:
    """What a marked name of the table lets one write: 通道.侗族自治县 is said 通道县 as well."""
    if marked[0] in "?!":
        marked = marked[1:]
    for mark in "|.:":
        if mark in marked:
            stem, _, kind = marked.partition(mark)
            spellings = (stem + kind,) if mark == "." else (stem + kind, stem)
            return (*spellings, stem + kind[-1]) if kind[-3:-1] == "自治" else spellings
    return (marked,)


def _entry(spelling: str, word: str) -> _Name:
    """What a spelling says of one place that may be written so."""
    need, stem, mark, kind = _MARKED.fullmatch(word, 6).groups()  # type: ignore[union-attr]
    code, name = word[:6], stem + kind
    level: Level = "县" if code[4:] != "00" else "市" if code[2:4] != "00" else "省"
    place = Place(code, name, level, stem if mark == "|" else "")
    if spelling == stem and mark:
        return _Name(place, "!" if mark == ":" else "", True)
    if spelling == name:
        return _Name(place, "" if "自治" in kind else need, False)
    if spelling == stem + kind[-1:]:
        return _Name(place, need, False)
    return _Name(place, "?" if len(spelling) == 2 else "", False)  # a former name: 户县


@cache
def _entries(spelling: str) -> tuple[_Name, ...]:
    return tuple(_entry(spelling, word) for word in _names(spelling[:2]).get(spelling, ()))


def beginnings(pairs: Set[str]) -> Set[str]:
    """Those pairs of characters that names begin with."""
    return pairs & _index().keys()


@cache
def _excluded() -> dict[str, tuple[tuple[str, int], ...]]:
    """For a name, the longer strings that hold it and do not mean it, each with the name's place in it."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for line in _sections()[2]:
        name, *longer = line.split()
        found[name] = (*found.get(name, ()), *((text, text.index(name)) for text in longer))
    return found
