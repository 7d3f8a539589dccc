"""What a phrase shares with others: with published text, and with its neighbours in a slot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from speechgen.content import Content
from speechgen.errors import Slip
from speechgen.lint.language import own_words
from speechgen.model import Phrase

SHARED_RUN = 15  # characters in a row that two people do not write by chance
TOO_ALIKE = 85  # rapidfuzz ratio, in per cent


def borrowed(content: Content, corpus: str) -> Iterator[Slip]:
    """Phrases that share a run with published text, save titles of statutes and 提法, which everybody writes alike."""
    published = re.sub(r"\s", "", corpus)
    if not published:
        return
    spared = (*(s.title for s in content.statutes.values()), *(w.text for w in content.wordings.values()))
    runs = {published[at : at + SHARED_RUN] for at in range(len(published) - SHARED_RUN + 1)}
    for phrase in content.phrases.values():
        text = own_words(*phrase.text)
        for known in spared:
            text = text.replace(known, "\n")
        here = (text[at : at + SHARED_RUN] for at in range(len(text) - SHARED_RUN + 1))
        if run := next((run for run in here if run in runs), ""):
            message = f"语料「{phrase.id}」与公开文稿连续 {SHARED_RUN} 字相同：{run}"
            yield Slip("borrowed", message, phrase.location, "请自己写。")


def near_duplicates(phrases: Iterable[Phrase]) -> Iterator[Slip]:
    """Two phrases of a slot that say nearly the same."""
    from rapidfuzz import fuzz, process

    by_slot: dict[str, list[tuple[Phrase, str]]] = {}
    for phrase in phrases:
        if text := own_words(*phrase.text):
            by_slot.setdefault(phrase.slot, []).append((phrase, text))
    for said in by_slot.values():
        texts = [text for _, text in said]
        for number, (phrase, text) in enumerate(said):
            for _, ratio, other in process.extract(
                text, texts[:number], scorer=fuzz.ratio, score_cutoff=TOO_ALIKE, limit=None
            ):
                message = f"语料「{phrase.id}」与「{said[other][0].id}」有 {ratio:.0f}% 相同"
                yield Slip("near-duplicate", message, phrase.location, "请删去一条，或换一个局面来写。")
