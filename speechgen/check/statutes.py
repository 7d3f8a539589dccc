"""法规: a statute cited by the day on which an older text of it took effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.check.words import AS_OF
from speechgen.model import Statute

_OF_THE_STATE = "中华人民共和国"
_DIGIT = "[0-9０-９〇○零一二三四五六七八九]"
_COUNT = "[0-9０-９一二三四五六七八九十]{1,3}"
_DAY = rf"{_DIGIT}{{4}} ?年(?: ?{_COUNT} ?月(?: ?{_COUNT} ?[日号])?)?"
_DATED = patterns.compiled(
    rf"(?P<日>{_DAY})(?P<间>[^，。；：！？《》（）()、\n]{{0,10}}?)"
    r"(?P<事>施行|实施|生效|执行|实行|修订|修正|修改|版)(?P<后>[^，。；：！？、）)\n]{0,4})"
)
# 2014年12月1日，新修订的《安全生产法》正式施行
_DATED_FIRST = patterns.compiled(
    rf"(?P<日>{_DAY})"
    r"(?![0-9０-９一二三四五六七八九十月日号])(?!的?(?:新?修订|修正|修改|公布|通过|印发))(?P<间>[^，。；：！？《》\n]{0,4}，?[^，。；：！？《》\n]{0,10}《[^》\n]{2,40}》[^，。；！？《》\n]{0,8}?)"
    r"(?P<事>施行|实施|生效)"
)
_IN_FORCE = frozenset({"施行", "实施", "生效", "执行", "实行"})
_TITLE_AFTER = patterns.compiled(r"[^，。；：！？《》\n]{0,14}《?(?:中华人民共和国)?")
_LEADS_TO_TITLE = patterns.compiled(r"[^，。；：！？《》\n]*(?:《(?:中华人民共和国)?)?")
_LATER = timedelta(days=400)  # a text takes effect within a year of being made, more or less

# The sentence tells how the statute came to be: nothing is cited.
_HISTORY = patterns.compiled(
    "先后|历次|历经|几经|多次(?:修|作)|首次|第一次修|周年|废止|取代|替代|代替|修订前|修改前|原来的|当年|当时|"
    "曾经|旧版|老版|最早|此前|起初|"
    "后来|又于|再次修|第[二三四]次修|施行到|施行至|又[一两二三四]次|(?:施行|实施|颁布|出台)以来"
)
_SINCE = patterns.compiled("[^，。；\n]{0,3}(?:以来|至今|已有|已经有|满|之初|那年|那天|之前|以前)")


class _Name(NamedTuple):
    """A name that a statute goes by."""

    text: str
    statute: Statute


def _names(document: Document) -> tuple[_Name, ...]:
    """The names of the statutes in force on the day of the speech, the longest first."""
    day = document.day or AS_OF
    found = [
        _Name(statute.title.removeprefix(_OF_THE_STATE), statute)
        for statute in document.grounds.statutes
        if statute.effective <= day and (statute.until is None or statute.until >= day)
    ]
    return tuple(sorted(found, key=lambda name: -len(name.text)))


def find_old_texts(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each day beside a statute's name that is older than the statute's present text."""
    names: tuple[_Name, ...] | None = None
    told: set[int] = set()
    for match in chain(document.matches(_DATED), document.matches(_DATED_FIRST)):
        names = document.once(_names) if names is None else names
        name = _named_beside(document, match, names)
        if name is None:
            continue
        if match.start() in told:
            continue
        sentence = document.said_around(match.start())
        said = _first_and_last(match["日"])
        if said is None or _HISTORY.search(sentence) or _SINCE.match(document.text, match.end("事")):
            continue
        present = name.statute.effective
        if said[1] >= (present if match["事"] in _IN_FORCE else present - _LATER) or _tells(sentence, present):
            continue
        told.add(match.start())
        values = {"法规": f"《{name.text}》", "日期": match["日"], "现行": _written(present)}
        yield Hit(match.start("日"), match.end("日"), values, _written(present) if match["事"] in _IN_FORCE else "")


def _named_beside(document: Document, match: re.Match[str], names: tuple[_Name, ...]) -> _Name | None:
    """The statute that the day is told of: the next one, else the one just before."""
    text = document.text
    after = _TITLE_AFTER.match(text, match.end("事"))
    within = match["间"]
    if "《" in within:
        opened = within.partition("《")[2].removeprefix(_OF_THE_STATE)
        return next((name for name in names if opened.startswith(name.text + "》")), None)
    stretch = text[match.end("事") : (after.end() if after else match.end("事")) + 24]
    # 版 and 修订 in brackets belong to the title before: 《安全生产法》（2014年修正）
    bracketed = text[match.start() - 1 : match.start()] in ("（", "(")
    if not bracketed:
        for name in names:
            at = stretch.find(name.text)
            if at >= 0 and _LEADS_TO_TITLE.fullmatch(stretch, 0, at) and _whole(stretch, at, name.text):
                return name
    start, _ = document.sentence_at(match.start())
    before = text[max(start, match.start() - 60) : match.start()]
    best: tuple[int, _Name] | None = None
    for name in names:
        at = before.rfind(name.text)
        if at < 0 or not _whole(before + text[match.start() : match.start() + 2], at, name.text):
            continue
        between = before[at + len(name.text) :]
        if len(between) <= 24 and "《" not in between and "；" not in between and (best is None or at > best[0]):
            best = (at, name)
    return best[1] if best else None


def _whole(text: str, at: int, name: str) -> bool:
    """Whether the name at ``at`` is all of a title: not that of a province's rules, nor of rules made under the law."""
    before = text[:at].removesuffix(_OF_THE_STATE)
    after = text[at + len(name) :]
    if after.startswith("规") and not after.startswith("规定"):  # 法规
        return False
    return not before.endswith(tuple("省市县区州旗盟")) and not after.startswith(
        ("律", "治", "制", "定", "实施", "施行条例", "施行细则", "〉", "（试行", "的实施办法", "的实施细则")
    )


def _first_and_last(written: str) -> tuple[date, date] | None:
    """The days that a date means: of a year alone, all of it."""
    from speechgen import figures

    text = "".join(written.split())
    year, _, rest = text.partition("年")
    month, _, day = rest.partition("月")
    if day:
        one = figures.read_day(text.replace("号", "日"), 0)
        return (one, one) if one else None
    first = figures.read_day(f"{year}年{month or 1}月1日", 0)
    if first is None:
        return None
    if not month:
        return first, first.replace(month=12, day=31)
    following = first.replace(day=28) + timedelta(days=4)
    return first, following - timedelta(days=following.day)


def _tells(sentence: str, day: date) -> bool:
    """Whether the sentence names the day of the present text too."""
    return any(
        within is not None and within[0] <= day <= within[1]
        for within in map(_first_and_last, _DAY_ANYWHERE.findall(sentence))
    )


_DAY_ANYWHERE = patterns.compiled(_DAY)


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


CHECKS = {"旧文本": Check(find_old_texts, values=("法规", "日期", "现行"))}
