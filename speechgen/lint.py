"""The phrase bank's own gates: what no phrase may hold, whoever wrote it.

Slips whose code begins with ``warn-`` ask for a second look; every other one must be mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from speechgen import engine, figures
from speechgen.content import Content
from speechgen.errors import Slip
from speechgen.model import HeadingSet, Phrase

ENOUGH = 200  # characters that langdetect needs to tell a language
SHARED_RUN = 15  # characters in a row that two people do not write by chance
LONGEST_CLAUSE, LONGEST_SENTENCE = 27, 80  # what can be said in a breath, and followed by ear
TOO_ALIKE = 85  # rapidfuzz ratio, in per cent

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_HALF_WIDTH = re.compile(r"(?<=[^\x00-\x7f])[,;:?!.()\"']|[,;:?!.()\"'](?=[^\x00-\x7f])|[()\"']")
_PAIRS = (("“", "”"), ("‘", "’"), ("（", "）"), ("《", "》"), ("〈", "〉"), ("【", "】"))
_OTHER_SCRIPTS = re.compile("[\u3040-\u30ff\uac00-\ud7af]")  # kana, hangul
_HAN = re.compile("[\u4e00-\u9fff]")
_END = re.compile("[。！？…]")
_CLAUSE_END = re.compile("[，；：、。！？…]|——")
_ARGUED_FROM = re.compile(r"(?:任务|问题|案例|要求)\.\S+|数据\.(?:差|剩余)")


def lint(content: Content, corpus: str = "") -> list[Slip]:
    """What is wrong with the phrases and heading sets of ``content``, in the order of the bank.

    ``corpus`` is published text that no phrase may share a run of 15 characters with. What loading
    refuses already (unknown names) is not looked for again.
    """
    found: list[Slip] = []
    spared = _spared(content)
    published = re.sub(r"\s", "", corpus)
    for phrase in content.phrases.values():
        own = _own_words(phrase)
        found += _figures(phrase, own)
        found += _punctuation(phrase, own)
        found += _undeclared(phrase)
        found += _silent(phrase, content)
        found += _too_long(phrase, own)
        found += _borrowed(phrase, own, published, spared)
    for headings in content.headings.values():
        found += _heading_slips(headings)
    found += _near_duplicates(content.phrases.values())
    found += _language(content.phrases.values())
    return found


def _own_words(phrase: Phrase) -> str:
    """The phrase without its variables."""
    return _EXPRESSION.sub("", "".join(phrase.text))


def _said(phrase: Phrase) -> str:
    """The phrase with a mark in the place of each variable, for measuring and reading."""
    return _EXPRESSION.sub(lambda m: "□" if m[0].startswith("{{") else "", "".join(phrase.text))


def _slip(phrase: Phrase, code: str, message: str, remedy: str) -> Slip:
    return Slip(code, f"语料「{phrase.id}」{message}", phrase.location, remedy)


# ── one phrase ────────────────────────────────────────────────────────────────────────────────


def _figures(phrase: Phrase, own: str) -> Iterator[Slip]:
    # A figure may not grow out of what a variable leaves behind, so each stretch is read by itself.
    for stretch in _EXPRESSION.split("".join(phrase.text)):
        for start, end in figures.quantities(stretch):
            yield _slip(
                phrase,
                "own-figure",
                f"写死了「{stretch[start:end]}」",
                "数字和日期只能来自会议文件，请换成变量，或换个说法。",
            )


def _punctuation(phrase: Phrase, own: str) -> Iterator[Slip]:
    if found := _HALF_WIDTH.search(own):
        yield _slip(phrase, "half-width", f"有半角标点「{found[0]}」", "请改成全角标点。")
    for left, right in _PAIRS:
        if not _balanced(own, left, right):
            yield _slip(phrase, "unbalanced", f"的「{left}{right}」不成对", "请补上或删去一半。")


def _balanced(text: str, left: str, right: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == left) - (character == right)
        if depth not in (0, 1):
            return False
    return depth == 0


def _undeclared(phrase: Phrase) -> Iterator[Slip]:
    """A phrase that names a fact of its item without 需要 would be said with a hole in it."""
    guarded = {name for line in phrase.text for test in re.findall(r"\{%\s*if(.*?)%\}", line)
               for name in engine.names("{{" + test + "}}")}  # fmt: skip
    for name in engine.names(*phrase.text):
        if _ARGUED_FROM.fullmatch(name) and name not in phrase.needs and name not in guarded:
            yield _slip(phrase, "undeclared", f"用了「{name}」，却没有写进「需要」", f"请在「需要」里加上 {name}。")


def _silent(phrase: Phrase, content: Content) -> Iterator[Slip]:
    """Where no statement goes before it, a phrase about an item must name the item."""
    slot = content.slots.get(phrase.slot)
    if slot and slot.item and not slot.statement:
        asked = engine.names(*phrase.text)
        if not any(name.startswith(slot.item + ".") for name in asked):
            yield _slip(phrase, "silent", f"没有说出是哪一样{slot.item}", f"请用上「{slot.item}.内容」这样的变量。")


def _too_long(phrase: Phrase, own: str) -> Iterator[Slip]:
    said = _said(phrase)
    for sentence in _END.split(said):
        if len(sentence) > LONGEST_SENTENCE:
            yield _slip(
                phrase,
                "warn-long-sentence",
                f"有一句 {len(sentence)} 字",
                f"一句不超过 {LONGEST_SENTENCE} 字，请断开。",
            )
        for clause in _CLAUSE_END.split(sentence):
            if len(clause) > LONGEST_CLAUSE:
                yield _slip(
                    phrase,
                    "warn-long-clause",
                    f"有一个分句 {len(clause)} 字：{clause}",
                    f"不超过 {LONGEST_CLAUSE} 字，请断开。",
                )


# ── against what others have written ──────────────────────────────────────────────────────────


def _spared(content: Content) -> tuple[str, ...]:
    """Titles of statutes and 提法: everybody writes these alike."""
    return (*(s.title for s in content.statutes.values()), *(w.text for w in content.wordings.values()))


def _borrowed(phrase: Phrase, own: str, published: str, spared: Iterable[str]) -> Iterator[Slip]:
    if not published:
        return
    text = own
    for known in spared:
        text = text.replace(known, "\n")
    for at in range(len(text) - SHARED_RUN + 1):
        run = text[at : at + SHARED_RUN]
        if "\n" not in run and run in published:
            yield _slip(phrase, "borrowed", f"与公开文稿连续 {SHARED_RUN} 字相同：{run}", "请自己写。")
            return


def _near_duplicates(phrases: Iterable[Phrase]) -> Iterator[Slip]:
    """Two phrases of a slot that say nearly the same."""
    from rapidfuzz import fuzz

    by_slot: dict[str, list[tuple[Phrase, str]]] = {}
    for phrase in phrases:
        text = _own_words(phrase)
        for other, theirs in by_slot.setdefault(phrase.slot, []):
            if text and theirs and (ratio := fuzz.ratio(text, theirs, score_cutoff=TOO_ALIKE)):
                yield _slip(
                    phrase, "near-duplicate", f"与「{other.id}」有 {ratio:.0f}% 相同", "请删去一条，或换一个局面来写。"
                )
        by_slot[phrase.slot].append((phrase, text))


def _language(phrases: Iterable[Phrase]) -> Iterator[Slip]:
    """Phrases by the file, since langdetect needs some length; kana, hangul and Latin words one by one."""
    by_file: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_file.setdefault(phrase.location.file, []).append(phrase)
        own = _own_words(phrase)
        if found := _OTHER_SCRIPTS.search(own) or re.search("[A-Za-z]{2,}", own):
            yield _slip(phrase, "not-chinese", f"里有「{found[0]}」", "语料只用简体中文。")
    for found_in in by_file.values():
        text = "".join(map(_own_words, found_in))
        if len(text) >= ENOUGH and not simplified(text):
            yield _slip(found_in[0], "not-simplified", "所在的文件不像简体中文", "请换成简体中文。")


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
        return han * 2 > len(text) and not _OTHER_SCRIPTS.search(text) and _traditional(text) * 50 < han
    return bool(language == "zh-cn") and _traditional(text) * 50 < han


def _traditional(text: str) -> int:
    """How many characters Big5 has and GB 2312 has not: forms that simplified text does not use."""
    return sum(not _in(c, "gb2312") and _in(c, "big5") for c in _HAN.findall(text))


def _in(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


# ── heading sets ──────────────────────────────────────────────────────────────────────────────


def _heading_slips(found: HeadingSet) -> Iterator[Slip]:
    for heading in found.headings.values():
        own = _EXPRESSION.sub("", heading)
        for start, end in figures.quantities(own):
            yield Slip("own-figure", f"标题组「{found.id}」写死了「{own[start:end]}」", found.location, "请换个说法。")
        if mark := _HALF_WIDTH.search(own):
            yield Slip("half-width", f"标题组「{found.id}」有半角标点「{mark[0]}」", found.location, "请改成全角标点。")
    lengths = [len(_EXPRESSION.sub("□□□□", heading)) for heading in found.headings.values()]
    if lengths and max(lengths) - min(lengths) > 4:
        yield Slip(
            "warn-uneven",
            f"标题组「{found.id}」的字数相差 {max(lengths) - min(lengths)}",
            found.location,
            "一组里相差不超过四个字。",
        )
