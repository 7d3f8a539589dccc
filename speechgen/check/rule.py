"""A rule of the check as its YAML record says it, and what a check hands back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from speechgen.model import Location, Severity

# Where a rule comes from, by weight. A norm says 规定, usage says 通常.
NORMS = ("法律法规", "条例", "国标", "标准", "政策文件")
USAGE = ("实务", "单位")


class Hit(NamedTuple):
    """One find of a check at ``Document.text[start:end]``: what the message names, what should stand there
    instead where that is known, and whether putting it there can never be wrong."""

    start: int
    end: int
    values: Mapping[str, str] = {}
    suggestion: str = ""
    safe: bool = False


class Entry(NamedTuple):
    """One line of a 词表: words that should not stand there, and where they may (all plain substrings)."""

    wrong: tuple[str, ...]
    right: str = ""
    within: tuple[str, ...] = ()  # 除外: longer strings in which the word is at home
    before: tuple[str, ...] = ()  # 前: counts only directly after one of these
    after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # 同句: one of these stands in the sentence
    not_beside: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    safe: bool = False
    note: str = ""


class RuleSource(NamedTuple):
    """What a rule rests on. ``mood`` is 应 for what the norm demands, 宜 for what it recommends."""

    level: str
    name: str = ""
    clause: str = ""
    mood: str = ""
    looked_up: str = ""


class Example(NamedTuple):
    """A text that a rule must find something in, or must not. ``meeting`` and ``office`` are YAML files' texts."""

    text: str
    spot: str = ""  # what the finding must be; "" = any
    day: date | None = None
    meeting: str = ""
    office: str = ""


class Rule(NamedTuple):
    """One rule. ``kind`` and ``look`` (类别, 选项.查) name the check in code; ``options`` is what else 选项 holds."""

    code: str
    name: str
    kind: str
    severity: Severity
    message: str
    location: Location
    look: str = ""
    scope: tuple[str, ...] = ("全文",)
    what: str = ""
    why: str = ""
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    source: RuleSource = RuleSource("实务")
    contradiction: bool = False  # 矛盾: the text contradicts itself or the meeting file
    options: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - never changed
    entries: tuple[Entry, ...] = ()


class Rulebook(NamedTuple):
    """All rules that are in force, by code, and the layers that they come from."""

    rules: dict[str, Rule]
    layers: tuple[str, ...] = ()
