"""The kinds of check that rules are made of: 类别 → 选项.查 → the code that looks ("" where 查 is not needed)."""

from __future__ import annotations

from speechgen.check import invented, residue, reuse, voice, words
from speechgen.check.kind import Check

KINDS: dict[str, dict[str, Check]] = {
    "用词": words.WORDS,
    "式样": words.PATTERNS,
    "出处": invented.CHECKS,
    "雷同": reuse.CHECKS,
    "自称": voice.CHECKS,
    "张冠李戴": residue.CHECKS,
}
