"""How a phrase is written: simplified characters, marks in pairs, clauses that can be said, verbs with objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from speechgen.check.aloud import common_characters
from speechgen.errors import Slip
from speechgen.model import Phrase

ENOUGH = 200  # characters that langdetect needs to tell a language
LONGEST_CLAUSE, LONGEST_SENTENCE = 27, 80  # what can be said in a breath, and followed by ear
WORN = re.compile("进一步|切实|全面|不断|着力|扎实|持续|有力|有效|强化|深入")
WORN_PER = 100  # characters that one such word may stand in
SHORT = 10  # characters; so short a sentence may be mere emphasis

# Beyond the 3,500 common characters, and read without trouble: the check (ld-01) spares them too.
TERMS = frozenset("诿坍祉")

HALF_WIDTH = re.compile(r"(?<=[^\x00-\x7f])[,;:?!.()\"']|[,;:?!.()\"'](?=[^\x00-\x7f])|[()\"']")
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_PAIRS = (("“", "”"), ("‘", "’"), ("（", "）"), ("《", "》"), ("〈", "〉"), ("【", "】"))
_OTHER_SCRIPTS = re.compile("[\u3040-\u30ff\uac00-\ud7af]")  # kana, hangul
_HAN = re.compile("[\u4e00-\u9fff]")
_END = re.compile("[。！？…]")
_CLAUSE_END = re.compile("[，；：、。！？…]|——")
_MEASURES = ("措施.细讲", "措施.点到")


def own_words(*lines: str) -> str:
    """Lines without their variables."""
    return _EXPRESSION.sub("", "".join(lines))


def said(*lines: str) -> str:
    """Lines with a mark in the place of each variable, for measuring and reading."""
    return _EXPRESSION.sub(lambda m: "□" if m[0].startswith("{{") else "", "".join(lines))


def slips(phrase: Phrase) -> Iterator[Slip]:
    """What is wrong with the wording of one phrase."""
    own, whole = own_words(*phrase.text), said(*phrase.text)

    def slip(code: str, message: str, remedy: str) -> Slip:
        return Slip(code, f"语料「{phrase.id}」{message}", phrase.location, remedy)

    if found := HALF_WIDTH.search(own):
        yield slip("half-width", f"有半角标点「{found[0]}」", "请改成全角标点。")
    for left, right in _PAIRS:
        if not _balanced(own, left, right):
            yield slip("unbalanced", f"的「{left}{right}」不成对", "请补上或删去一半。")
    if found := _OTHER_SCRIPTS.search(own) or re.search("[A-Za-z]{2,}", own):
        yield slip("not-chinese", f"里有「{found[0]}」", "语料只用简体中文。")
    if rare := sorted(set(_HAN.findall(own)) - common_characters() - TERMS):
        yield slip("rare-character", f"里有不常用的字「{''.join(rare)}」", "请换一个常用的字，领导念起来不用停。")
    if traditional := _traditional(own):
        yield slip("traditional", f"里有繁体字「{traditional}」", "请换成简体字。")
    worn = WORN.findall(own)
    if len(worn) > 1 + len(own) // WORN_PER:
        yield slip("worn-words", f"里「{'、'.join(worn)}」用得太密", "一百字里最多用一个，请说具体怎么做。")
    yield from (slip(*wrong) for wrong in _too_long(whole))
    if phrase.slot in _MEASURES:
        for sentence in _END.split(whole):
            if len(sentence) > SHORT and not demands(sentence):
                yield slip("no-verb-object", f"有一句没有说做什么：{sentence}", "一项措施要有动作，也要有对象。")


def _balanced(text: str, left: str, right: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == left) - (character == right)
        if depth not in (0, 1):
            return False
    return depth == 0


def _too_long(whole: str) -> Iterator[tuple[str, str, str]]:
    for sentence in _END.split(whole):
        if len(sentence) > LONGEST_SENTENCE:
            remedy = f"一句不超过 {LONGEST_SENTENCE} 字，请断开。"
            yield "warn-long-sentence", f"有一句 {len(sentence)} 字", remedy
        for clause in _CLAUSE_END.split(sentence):
            if len(clause) > LONGEST_CLAUSE:
                remedy = f"不超过 {LONGEST_CLAUSE} 字，请断开。"
                yield "warn-long-clause", f"有一个分句 {len(clause)} 字：{clause}", remedy


# ── verb and object ───────────────────────────────────────────────────────────────────────────

_VERBS = frozenset("管看查问改办拆装停开关讲待盯抓守备送装摆清")  # jieba takes some of these for other words


def demands(sentence: str) -> bool:
    """Whether a sentence has a verb and something that it bears on (a noun, a place, 能修的)."""
    words = list(_words(sentence.replace("□", "事情")))
    verb = any(flag.startswith("v") or word[0] in _VERBS for word, flag in words)
    thing = any(flag[0] in "nrstf" or flag in ("vn", "an", "j", "l", "i", "m", "q", "uj") for _, flag in words)
    return verb and thing


def _words(sentence: str) -> Iterator[tuple[str, str]]:
    return ((pair.word, pair.flag) for pair in _cutter()(sentence))


@cache
def _cutter() -> Any:
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.ERROR)
    return jieba.posseg.cut


# ── simplified Chinese ────────────────────────────────────────────────────────────────────────


def not_simplified(phrases: Iterable[Phrase]) -> Iterator[Slip]:
    """Phrases by the file, since langdetect needs some length."""
    by_file: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_file.setdefault(phrase.location.file, []).append(phrase)
    for found_in in by_file.values():
        text = "".join(own_words(*phrase.text) for phrase in found_in)
        if len(text) >= ENOUGH and not simplified(text):
            message = f"语料「{found_in[0].id}」所在的文件不像简体中文"
            yield Slip("not-simplified", message, found_in[0].location, "请换成简体中文。")


def simplified(text: str) -> bool:
    """Whether ``text`` (200 characters or more) is simplified Chinese.

    langdetect calls Han text Korean, Japanese or Vietnamese at times; without kana, hangul or Latin
    letters it can only be Chinese.
    """
    from langdetect import DetectorFactory, detect

    DetectorFactory.seed = 0
    language = detect(text)
    han = len(_HAN.findall(text))
    if language in ("ko", "ja", "vi"):
        return han * 2 > len(text) and not _OTHER_SCRIPTS.search(text) and len(_traditional(text)) * 50 < han
    return bool(language == "zh-cn") and len(_traditional(text)) * 50 < han


def _traditional(text: str) -> str:
    """The characters that OpenCC would change into others."""
    plain = _opencc().convert(text)
    return "".join(c for c, other in zip(text, plain, strict=False) if c != other) if plain != text else ""


@cache
def _opencc() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
