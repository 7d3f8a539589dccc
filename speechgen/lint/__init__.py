"""The phrase bank's own gates: what no phrase may hold, whoever wrote it.

Slips whose code begins with ``warn-`` ask for a second look; every other one must be mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from speechgen.content import Content
from speechgen.errors import Slip
from speechgen.lint import language, likeness, matter
from speechgen.model import HeadingSet


def lint(content: Content, corpus: str = "") -> list[Slip]:
    """What is wrong with the phrases and heading sets of ``content``, in the order of the bank.

    ``corpus`` is published text that no phrase may share a run of 15 characters with. What loading
    refuses already (unknown names) is not looked for again.
    """
    found: list[Slip] = []
    for phrase in content.phrases.values():
        found += matter.slips(phrase, content)
        found += language.slips(phrase)
    for headings in content.headings.values():
        found += _heading_slips(headings)
    found += likeness.borrowed(content, corpus)
    found += likeness.near_duplicates(content.phrases.values())
    found += language.not_simplified(content.phrases.values())
    return found


MOST_UNEVEN = 4  # characters between the longest and the shortest heading of a set


def _heading_slips(found: HeadingSet) -> Iterator[Slip]:
    name = f"标题组「{found.id}」"
    for heading in found.headings.values():
        for said in matter.figures_in(heading):
            yield Slip("own-figure", f"{name}写死了「{said}」", found.location, "请换个说法。")
        if mark := language.HALF_WIDTH.search(language.own_words(heading)):
            yield Slip("half-width", f"{name}有半角标点「{mark[0]}」", found.location, "请改成全角标点。")
    lengths = [len(language.said(heading)) for heading in found.headings.values()]
    if lengths and max(lengths) - min(lengths) > MOST_UNEVEN:
        yield Slip("warn-uneven", f"{name}的字数相差 {max(lengths) - min(lengths)}", found.location,
                   "一组里相差不超过四个字。")  # fmt: skip
