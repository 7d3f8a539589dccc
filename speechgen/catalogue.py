"""The phrase bank as a secretary looks through it: lists, single records, counts, and what is to be confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from speechgen import figures
from speechgen.content import Content
from speechgen.model import Phrase, Wording

SOON = timedelta(days=90)  # a wording that ends so soon is told of
_SCOPES = (("话题", "topics"), ("情形", "situations"), ("有词", "words"), ("场合", "occasions"), ("层级", "levels"),
           ("角色", "roles"), ("需要", "needs"), ("依据", "basis"))  # fmt: skip


# ── phrases ───────────────────────────────────────────────────────────────────────────────────


def select(content: Content, slot: str = "", topic: str = "", situation: str = "", words: str = "") -> list[Phrase]:
    """The phrases of a slot (or of all whose name begins so), a topic and a situation that hold all ``words``."""
    return [
        phrase
        for phrase in content.phrases.values()
        if phrase.slot.startswith(slot)
        and (not topic or topic in phrase.topics)
        and (not situation or situation in phrase.situations)
        and all(word in "".join(phrase.text) for word in words.split())
    ]


def rows(phrases: Iterable[Phrase]) -> str:
    """A line for each phrase: its id, where it stands, what it is of, its words."""
    return "\n".join(
        f"{p.id}　{p.slot}　{'、'.join(p.situations or p.topics) or '通用'}　{''.join(p.text)}" for p in phrases
    )


def record(phrase: Phrase, content: Content) -> str:
    """One phrase with everything that decides where it may stand, and the file and line to edit it at."""
    slot = content.slots[phrase.slot]
    told = [f"{phrase.id}　{phrase.slot}（{slot.kind}{'，说一项' + slot.item if slot.item else ''}）"]
    told += [f"　　{line}" for line in phrase.text]
    told += [f"{name}：{'、'.join(values)}" for name, key in _SCOPES if (values := getattr(phrase, key))]
    if phrase.when:
        told.append(f"当：{phrase.when}")
    told += [f"{name}：{day.isoformat()}" for name, day in
             (("起用", phrase.valid_from), ("止用", phrase.valid_until)) if day]  # fmt: skip
    told.append(f"写在：{Path(phrase.location.file).name} 第 {phrase.location.line} 行")
    return "\n".join(told)


def stats(content: Content) -> str:
    """How much the bank holds: by slot, and by topic with its situations and the fewest moves that one of them has."""
    phrases = content.phrases.values()
    sentences = sum(len(phrase.text) for phrase in phrases)
    told = [
        f"语料 {len(content.phrases)} 条（{sentences} 句），标题组 {len(content.headings)} 组，"
        f"提法 {len(content.wordings)} 条，法规 {len(content.statutes)} 部，提纲 {len(content.outlines)} 个",
        "",
        "按位置：",
    ]
    slots = Counter(phrase.slot for phrase in phrases)
    told += [f"  {name}　{slots[name]}" for name in content.slots]
    sets = Counter(found.slot for found in content.headings.values())
    told += ["", "标题组：", *(f"  {slot}　{count}" for slot, count in sets.items())]
    told += ["", "按话题（条数；情形数；说问题最少的那个情形有几种说法）："]
    for topic in content.topics.values():
        ways = [len(select(content, "形势.问题", topic.name, situation)) for situation in topic.situations]
        mine = sum(topic.name in phrase.topics for phrase in phrases)
        told.append(f"  {topic.name}　{mine}；{len(ways)}；{min(ways, default=0)}")
    return "\n".join(told)


# ── wordings ──────────────────────────────────────────────────────────────────────────────────


class Due(NamedTuple):
    """A wording that somebody should look at, and why: 已过期, 快到期, 本季没有确认."""

    wording: Wording
    why: str


def due(content: Content, day: date) -> list[Due]:
    """Wordings that have ended, end soon, or were not confirmed since the quarter began, the used ones first."""
    quoted = _quoted(content)
    found = [Due(wording, why) for wording in content.wordings.values() if (why := _why(wording, day))]
    order = ("已过期", "快到期", "本季没有确认")
    return sorted(found, key=lambda one: (order.index(one.why), one.wording.id not in quoted))


def _quoted(content: Content) -> set[str]:
    """The wordings that a phrase or an outline says."""
    from speechgen.content import sentences

    said = "".join(sentences(content))
    return {id_ for id_ in content.wordings if f"提法.{id_}" in said}


def _why(wording: Wording, day: date) -> str:
    if wording.valid_until and wording.valid_until < day:
        return "" if wording.confirmed_by else "已过期"
    if wording.valid_until and wording.valid_until < day + SOON:
        return "快到期"
    confirmed = confirmed_on(wording)
    return "" if confirmed and confirmed >= quarter(day) else "本季没有确认"


def confirmed_on(wording: Wording) -> date | None:
    """The day written under 确认 (「王芳 2026-10-08」), None when there is none."""
    words = wording.confirmed_by.split()
    return next((found for word in words if (found := figures.read_day(word, 0))), None)


def quarter(day: date) -> date:
    """The first day of the quarter that a day is in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def due_rows(found: Iterable[Due], day: date) -> Iterator[str]:
    """What to tell of them, a group after the other."""
    why = ""
    for one in found:
        if one.why != why:
            why = one.why
            yield f"{why}："
        until = f"，用到{one.wording.valid_until.isoformat()}" if one.wording.valid_until else ""
        last = f"；上次确认：{one.wording.confirmed_by}" if one.wording.confirmed_by else ""
        yield f"  {one.wording.text}"
        yield f"      {one.wording.id}；{one.wording.source}{until}；查自 {one.wording.looked_up}{last}"


def to_confirm(found: Iterable[Due]) -> str:
    """The text of a bank file that holds these wordings, 确认 left for the office to fill in."""
    told = [
        "# 本单位确认的提法：对照上级最新文件核过的，在「确认」后面写谁核的、哪一天，如「确认: 王芳 2026-10-08」。",
        "# 不再用的，把「止」写上；本季不用的整条删掉也可以，程序就用自带的那一条。",
        "格式: 1",
        "提法:",
    ]
    for wording, _ in found:
        told += [f"  - 编号: {wording.id}", f"    文: {_plain(wording.text)}", f"    来源: {_plain(wording.source)}"]
        told += [f"    起: {wording.valid_from.isoformat()}"] if wording.valid_from else []
        told += [f"    止: {wording.valid_until.isoformat()}"] if wording.valid_until else []
        told += [f"    查自: {_plain(wording.looked_up)}", "    确认:"]
    return "\n".join(told) + "\n"


def _plain(text: str) -> str:
    return f'"{text}"' if text[:1] in "“‘[{&*!|>%@`\"'#" or ": " in text or " #" in text else text
