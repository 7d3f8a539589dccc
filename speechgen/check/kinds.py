"""The kinds of check that rules are made of: 类别 → 选项.查 → the code that looks ("" where 查 is not needed)."""

from __future__ import annotations

from speechgen.check import (
    aloud,
    arithmetic,
    counting,
    damage,
    dates,
    invented,
    numbering,
    page,
    people,
    people_rights,
    prose,
    punctuation,
    residue,
    reuse,
    slips,
    statutes,
    voice,
    wordings,
    words,
)
from speechgen.check.kind import Check

KINDS: dict[str, dict[str, Check]] = {
    "用词": words.WORDS,
    "式样": words.PATTERNS,
    "提法": wordings.CHECKS,
    "名单": people.CHECKS,
    "张冠李戴": residue.CHECKS,
    "自称": voice.CHECKS,
    "序号": numbering.CHECKS,
    "计数": counting.CHECKS,
    "算术": arithmetic.CHECKS,
    "日期": dates.CHECKS,
    "残留": damage.CHECKS,
    "标点": punctuation.CHECKS,
    "句段": prose.CHECKS,
    "朗读": aloud.CHECKS,
    "版面": page.CHECKS,
    "雷同": reuse.CHECKS,
    "出处": invented.CHECKS,
    "维权": people_rights.CHECKS,
    "法规": statutes.CHECKS,
    "近音近形": slips.CHECKS,
}
