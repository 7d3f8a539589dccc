"""Content files → model: phrases, heading sets, 提法, statutes, topics, slots and outlines.

Each reader takes the top fields of one file and returns its records; slips go to the file's list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from speechgen import engine, facts
from speechgen.errors import Slip
from speechgen.fields import Fields, as_text, nearest
from speechgen.model import (
    HEADING_SET,
    HeadingSet,
    Outline,
    Part,
    Phrase,
    Season,
    Slot,
    Statute,
    Step,
    Topic,
    Wording,
)
from speechgen.schema import LEVELS, ROLES, WEIGHTS
from speechgen.yamlio import Keys, Mapping, Node, Scalar, Sequence

_PHRASE_KEYS: Keys = {
    k: {}
    for k in (
        "编号", "位置", "话题", "情形", "有词", "场合", "层级", "角色", "需要", "当", "起用", "止用", "替代",
        "依据", "文",
    )
}  # fmt: skip
_STEP_KEYS: Keys = {
    k: {}
    for k in (
        "句", "取", "当", "其中", "类", "归并", "键", "序号", "可省", "可简", "至多", "同进退", "必说", "连写",
        "每项", "要点",
    )
}  # fmt: skip
for _name in ("段", "做", "否则"):
    _STEP_KEYS[_name] = _STEP_KEYS  # steps hold steps
BANK_KEYS: Keys = {
    "格式": {},
    "停用": {},
    "语句": _PHRASE_KEYS,
    "标题组": {k: {} for k in ("编号", "位置", "提纲", "话题", "场合", "层级", "角色", "通用")} | {"标题": {"*": {}}},
    "提法": {k: {} for k in ("编号", "文", "来源", "起", "止", "查自", "确认", "话题", "备注")},
    "法规": {k: {} for k in ("编号", "名称", "简称", "施行", "首次施行", "止用", "替代", "查自", "备注")},
    "话题": {"*": {"词": {}, "牵头": {}, "情形": {"*": {"并有": {}}}}},
    "话题类": {"*": {}},
    "位置": {"*": {k: {} for k in ("说明", "类", "项", "先说", "已说")}},
    "季节": {"*": {"风险": {}}},
}
OUTLINE_KEYS: Keys = {
    "格式": {}, "编号": {}, "名称": {}, "说明": {}, "源自": {}, "场合": {}, "层级": {}, "关键词": {}, "话题": {},
    "篇幅": {}, "序号": {}, "标题": {}, "称谓": {}, "开头": _STEP_KEYS, "结束语": _STEP_KEYS,
    "部分": {"类型": {}, "键": {}, "小标题": {}, "内容": _STEP_KEYS},
}  # fmt: skip

PART_KINDS = ("形势", "措施", "领导", "其他")
NUMBERINGS = ("一、", "（一）", "1.", "（1）", "一是", "一要", "第一，")
GATHERINGS = ("类", "时限")
LEVEL_NUMBERINGS = NUMBERINGS[:4]  # of the four heading levels, where an outline says nothing


class Bank(NamedTuple):
    """What one bank file holds."""

    phrases: tuple[Phrase, ...] = ()
    headings: tuple[HeadingSet, ...] = ()
    wordings: tuple[Wording, ...] = ()
    statutes: tuple[Statute, ...] = ()
    topics: tuple[Topic, ...] = ()
    slots: tuple[Slot, ...] = ()
    kinds: tuple[tuple[str, tuple[str, ...]], ...] = ()  # 话题类: a kind and the topics of it
    seasons: tuple[Season, ...] = ()
    withdrawn: tuple[str, ...] = ()
    trees: dict[str, bytes] = {}  # noqa: RUF012 - sentence → what engine.kept makes of it


def read_bank(top: Fields) -> Bank:
    """Every record of a bank file."""
    return Bank(
        phrases=tuple(top.each("语句", lambda n, k: _phrase(n, k, top.slips))),
        headings=tuple(top.each("标题组", lambda n, k: _heading_set(n, k, top.slips))),
        wordings=tuple(top.each("提法", lambda n, k: _wording(n, k, top.slips))),
        statutes=tuple(top.each("法规", lambda n, k: _statute(n, k, top.slips))),
        topics=tuple(_topics(top)),
        slots=tuple(_slots(top)),
        kinds=_kinds(top),
        seasons=tuple(_seasons(top)),
        withdrawn=tuple(t.value for t in top.texts("停用")),
    )


# ── the phrase bank ───────────────────────────────────────────────────────────────────────────


def _record(node: Node, key: str, keys: Iterable[str], slips: list[Slip]) -> Fields | None:
    if isinstance(node, Mapping):
        return Fields(node, key, keys, slips)
    slips.append(Slip("not-keys", f"「{key}」里的每一条都要分行写各项", node.location,
                      "例如「- 编号: …」，下一行对齐写「位置: …」。"))  # fmt: skip
    return None


def _words(fields: Fields, name: str, known: Iterable[str] = ()) -> tuple[str, ...]:
    options = list(known)
    found = fields.texts(name)
    for text in found:
        if options and text.value not in options:
            fields.slip("not-a-choice", f"「{fields.key(name)}」写的是「{text.value}」", text.location,
                        nearest(text.value, options))  # fmt: skip
    return tuple(text.value for text in found)


def _phrase(node: Node, key: str, slips: list[Slip]) -> Phrase | None:
    fields = _record(node, key, _PHRASE_KEYS, slips)
    if fields is None:
        return None
    id_, slot = fields.text("编号", required=True), fields.text("位置", required=True)
    lines = fields.texts("文")
    when, replaced = fields.text("当"), fields.text("替代")
    if not lines:
        fields.slip("missing-key", "这条语料没有写「文」", fields.location, "请在「文」下面写出句子。")
    if id_ is None or slot is None or not lines:
        return None
    return Phrase(
        id=id_.value,
        text=tuple(t.value for t in lines),
        slot=slot.value,
        location=id_.location,
        topics=_words(fields, "话题"),
        situations=_words(fields, "情形"),
        words=_words(fields, "有词"),
        occasions=_words(fields, "场合"),
        levels=_words(fields, "层级", LEVELS),
        roles=_words(fields, "角色", ROLES),
        needs=_words(fields, "需要"),
        when=when.value if when else "",
        valid_from=fields.day("起用"),
        valid_until=fields.day("止用"),
        replaced_by=replaced.value if replaced else "",
        basis=_words(fields, "依据"),
    )


def _heading_set(node: Node, key: str, slips: list[Slip]) -> HeadingSet | None:
    fields = _record(node, key, BANK_KEYS["标题组"], slips)
    if fields is None:
        return None
    id_, slot, general = fields.text("编号", required=True), fields.text("位置", required=True), fields.text("通用")
    below = fields.below("标题", ("*",))
    headings = {e.key.text: t.value for e in below.node.entries if (t := below.text(e.key.text))} if below else {}
    if general:
        headings["通用"] = general.value
    if id_ is None or slot is None:
        return None
    return HeadingSet(
        id_.value, slot.value, headings, id_.location, _words(fields, "话题"), _words(fields, "场合"),
        _words(fields, "层级", LEVELS), _words(fields, "角色", ROLES), _words(fields, "提纲"),
    )  # fmt: skip


def _wording(node: Node, key: str, slips: list[Slip]) -> Wording | None:
    fields = _record(node, key, BANK_KEYS["提法"], slips)
    if fields is None:
        return None
    id_, text, source = (fields.text(k, required=True) for k in ("编号", "文", "来源"))
    looked_up, confirmed = fields.text("查自", required=True), fields.text("确认")
    since, until = fields.day("起"), fields.day("止")
    if id_ is None or text is None or source is None:
        return None
    return Wording(id_.value, text.value, source.value, id_.location, since, until,
                   looked_up.value if looked_up else "", confirmed.value if confirmed else "")  # fmt: skip


def _statute(node: Node, key: str, slips: list[Slip]) -> Statute | None:
    fields = _record(node, key, BANK_KEYS["法规"], slips)
    if fields is None:
        return None
    id_, title, short = fields.text("编号", required=True), fields.text("名称", required=True), fields.text("简称")
    effective, until, successor = fields.day("施行"), fields.day("止用"), fields.text("替代")
    looked_up = fields.text("查自", required=True)
    if id_ is None or title is None or effective is None:
        if effective is None and fields.get("施行") is None:
            fields.slip("missing-key", "这部法规没有写「施行」", fields.location, "请写上现行文本施行的日期。")
        return None
    return Statute(id_.value, (short or title).value, effective, id_.location, until,
                   successor.value if successor else "", looked_up.value if looked_up else "")  # fmt: skip


def _topics(top: Fields) -> Iterable[Topic]:
    below = top.below("话题", ("*",))
    for entry in below.node.entries if below else ():
        if not isinstance(entry.value, Mapping):
            top.slip("not-keys", f"话题「{entry.key.text}」下面要写「词」", entry.key.location,
                     "例如「词: [消防, 火灾]」。")  # fmt: skip
            continue
        fields = Fields(entry.value, f"话题.{entry.key.text}", ("词", "牵头", "情形"), top.slips)
        lead = fields.text("牵头")
        yield Topic(entry.key.text, _words(fields, "词"), dict(_situations(fields)), lead.value if lead else "")


def _situations(fields: Fields) -> Iterable[tuple[str, tuple[tuple[str, ...], ...]]]:
    below = fields.below("情形", ("*",))
    for entry in below.node.entries if below else ():
        groups = entry.value.get("并有") if isinstance(entry.value, Mapping) else None
        if not isinstance(groups, Sequence) or not all(isinstance(g, Sequence) for g in groups.items):
            fields.slip("bad-situation", f"情形「{entry.key.text}」要写「并有」", entry.key.location,
                        "例如「并有: [[安全出口, 通道], [锁, 堵]]」：每一组里至少出现一个词。")  # fmt: skip
            continue
        yield (
            entry.key.text,
            tuple(
                tuple(word.text for word in group.items if isinstance(word, Scalar))
                for group in groups.items
                if isinstance(group, Sequence)
            ),
        )


def _kinds(top: Fields) -> tuple[tuple[str, tuple[str, ...]], ...]:
    below = top.below("话题类", ("*",))
    names = [entry.key.text for entry in below.node.entries] if below else []
    return tuple((name, tuple(t.value for t in below.texts(name))) for name in names) if below else ()


def _seasons(top: Fields) -> Iterable[Season]:
    below = top.below("季节", ("*",))
    for entry in below.node.entries if below else ():
        fields = below.below(entry.key.text, BANK_KEYS["季节"]["*"]) if below else None
        if fields is not None:
            risks = tuple(text.value for text in fields.texts("风险"))
            yield Season(entry.key.text, risks, entry.key.location)


def _slots(top: Fields) -> Iterable[Slot]:
    below = top.below("位置", ("*",))
    for entry in below.node.entries if below else ():
        if not isinstance(entry.value, Mapping):
            top.slip("not-keys", f"位置「{entry.key.text}」下面要分行写各项", entry.key.location, "例如「类: 判断」。")
        else:
            fields = Fields(entry.value, f"位置.{entry.key.text}", BANK_KEYS["位置"]["*"], top.slips)
            kind, item, statement = fields.text("类"), fields.choice("项", facts.ITEMS), fields.text("先说")
            told = fields.flag("已说", False)
            yield Slot(entry.key.text, kind.value if kind else "", item, statement.value if statement else "", told)


# ── outlines ──────────────────────────────────────────────────────────────────────────────────


def read_outline(top: Fields) -> Outline | None:
    """The outline of a file; None when something it cannot do without is missing."""
    texts = {key: top.text(key, required=True) for key in ("编号", "名称", "标题")}
    salutation, copied = top.text("称谓"), top.text("源自")
    shortest, longest = _range(top)
    parts = tuple(top.each("部分", lambda n, k: _part(n, k, top.slips)))
    if not parts:
        top.slip("missing-key", "提纲没有写「部分」", top.location,
                 "至少要有一个部分，下面写「类型」「小标题」「内容」。")  # fmt: skip
    opening, closing = _steps(top, "开头"), _steps(top, "结束语")
    id_, name, title = texts["编号"], texts["名称"], texts["标题"]
    if not (id_ and name and title and parts):
        return None
    return Outline(
        id=id_.value, name=name.value, location=id_.location, title=title.value,
        salutation=salutation.value if salutation else "{{ 单位.称谓 }}：",
        opening=opening, parts=parts, closing=closing,
        occasions=_words(top, "场合"), keywords=_words(top, "关键词"), topics=_words(top, "话题"),
        numbering=_words(top, "序号", NUMBERINGS) or LEVEL_NUMBERINGS,
        levels=_words(top, "层级", LEVELS), shortest=shortest, longest=longest,
        copied_from=copied.value if copied else "",
    )  # fmt: skip


def _range(top: Fields) -> tuple[int, int]:
    text = top.text("篇幅")
    if text is None:
        return 800, 6000
    low, _, high = text.value.replace("－", "-").replace("—", "-").partition("-")
    if low.strip().isdigit() and high.strip().isdigit() and 0 < int(low) < int(high):
        return int(low), int(high)
    top.slip("bad-range", f"「篇幅」写的是「{text.value}」", text.location,
             "写成「1300-4000」的样子，是字数的下限和上限。")  # fmt: skip
    return 800, 6000


def _part(node: Node, key: str, slips: list[Slip]) -> Part | None:
    fields = _record(node, key, OUTLINE_KEYS["部分"], slips)
    if fields is None:
        return None
    kind, heading, key_ = fields.choice("类型", PART_KINDS), fields.text("小标题"), fields.text("键")
    if not kind:
        return None
    said = heading.value if heading else ""
    return Part(kind, said, _steps(fields, "内容"), fields.location, key_.value if key_ else "")


def _steps(fields: Fields, name: str) -> tuple[Step, ...]:
    return tuple(fields.each(name, lambda n, k: _step(n, k, fields.slips)))


def _step(node: Node, key: str, slips: list[Slip]) -> Step | None:
    if isinstance(node, Scalar):
        sentence = as_text(node, key)
        return Step("sentence", sentence.value, sentence.location)
    if not isinstance(node, Mapping):
        slips.append(Slip("bad-step", "这里多了一层列表", node.location, "一条写一行，以「- 」开头。"))
        return None
    fields = Fields(node, key, _STEP_KEYS, slips)
    kinds = [k for k in ("句", "取", "段", "每项", "要点") if node.get(k) is not None]
    if len(kinds) > 1 or (not kinds and node.get("做") is None):
        fields.slip("bad-step", "这一条看不出要做什么", fields.location,
                    "每一条写「句」「取」「段」「每项」「要点」中的一个。")  # fmt: skip
        return None
    kind = kinds[0] if kinds else ""
    text = fields.text(kind, required=True) if kind and kind != "段" else None
    when, only, key_, numbering = (fields.text(k) for k in ("当", "其中", "键", "序号"))
    if kind == "每项" and text and text.value not in facts.ITEMS:
        fields.slip("not-a-choice", f"「每项」写的是「{text.value}」", text.location, nearest(text.value, facts.ITEMS))
    if only and text and text.value == "任务" and only.value not in WEIGHTS:
        fields.slip("not-a-choice", f"「其中」写的是「{only.value}」", only.location, nearest(only.value, WEIGHTS))
    if numbering and numbering.value not in NUMBERINGS:
        fields.slip("not-a-choice", f"「序号」写的是「{numbering.value}」", numbering.location,
                    nearest(numbering.value, NUMBERINGS))  # fmt: skip
    kinds_by_key = {"句": "sentence", "取": "take", "段": "paragraph", "每项": "each", "要点": "point", "": "group"}
    return Step(
        kind=kinds_by_key[kind],  # type: ignore[arg-type]
        text=text.value if text else "",
        location=text.location if text else fields.location,
        steps=_steps(fields, "段" if kind == "段" else "做"),
        otherwise=_steps(fields, "否则"),
        when=when.value if when else "",
        only=only.value if only else "",
        kinds=_words(fields, "类"),
        gather=fields.choice("归并", GATHERINGS),
        key=key_.value if key_ else "",
        numbering=numbering.value if numbering else "",
        optional=fields.integer("可省", 1, 9) or 0,
        terse=fields.integer("可简", 1, 9) or 0,
        most=fields.integer("至多", 1, 99) or 0,
        together=fields.flag("同进退", False),
        required=fields.flag("必说", False),
        run_in=fields.flag("连写", False),
    )


# ── what the records say, checked against each other ──────────────────────────────────────────


def check_phrase(phrase: Phrase, slots: dict[str, Slot], topics: dict[str, Topic]) -> list[Slip]:
    """Slips of one phrase against the tables: unknown slot, topic or situation, a wrong name, a missing variable."""
    where = phrase.location
    slot = slots.get(phrase.slot)
    if slot is None:
        return [Slip("unknown-slot", f"语料「{phrase.id}」的位置「{phrase.slot}」不在位置表里", where,
                     nearest(phrase.slot, slots))]  # fmt: skip
    known = facts.known_names(slot.item)
    if phrase.slot.startswith("开头"):
        known += facts.NAMES_BY_ITEM["依据"]
    found = [
        Slip("unknown-topic", f"语料「{phrase.id}」的话题「{name}」不在话题表里", where, nearest(name, topics))
        for name in phrase.topics if name not in topics
    ] + [
        Slip("unknown-situation", f"语料「{phrase.id}」的情形「{name}」不在话题表里", where,
             nearest(name, [situation for topic in topics.values() for situation in topic.situations]))
        for name in phrase.situations if not any(name in topic.situations for topic in topics.values())
    ]  # fmt: skip
    whole = "".join(phrase.text)
    found += engine.slips(whole, where, known)
    if phrase.when:
        found += engine.condition_slips(phrase.when, where, known)
    found += engine.unknown_names(phrase.needs, "需要: " + "、".join(phrase.needs), where, known)
    if slot.statement and len(re.findall(r"\{\{[-+]?\s*" + re.escape(slot.statement) + r"\s*[-+|}]", whole)) > 1:
        found.append(Slip("variable", f"语料「{phrase.id}」里「{{{{ {slot.statement} }}}}」用了不止一次", where,
                          "请只留一处；不写，就放在最前面。"))  # fmt: skip
    return found


def check_outline(outline: Outline, slots: dict[str, Slot]) -> list[Slip]:
    """Slips of an outline's sentences, conditions and slots."""
    found = engine.slips(outline.title, outline.location, facts.known_names(""))
    found += engine.slips(outline.salutation, outline.location, facts.known_names(""))
    for part in outline.parts:
        if part.heading != HEADING_SET:
            found += engine.slips(part.heading, part.location, facts.known_names(""))
    for steps in (outline.opening, *(part.steps for part in outline.parts), outline.closing):
        found += _check_steps(steps, "", slots)
    return found


def _check_steps(steps: Iterable[Step], item: str, slots: dict[str, Slot]) -> list[Slip]:
    found: list[Slip] = []
    for step in steps:
        known = facts.known_names(item)
        if step.when:
            found += engine.condition_slips(step.when, step.location, known)
        if step.kind == "sentence" or (step.kind == "point" and step.text != HEADING_SET):
            found += engine.slips(step.text, step.location, known)
        if step.kind == "take":
            slot = slots.get(step.text)
            if slot is None:
                found.append(Slip("unknown-slot", f"位置「{step.text}」不在位置表里", step.location,
                                  nearest(step.text, slots)))  # fmt: skip
            elif slot.item and slot.item != item and not (slot.item == "问题" and item == "案例"):
                found.append(Slip("wrong-item", f"位置「{step.text}」说的是一项「{slot.item}」", step.location,
                                  f"请把它放在「每项: {slot.item}」的「做」下面。"))  # fmt: skip
        inner = step.text if step.kind == "each" else item
        found += _check_steps((*step.steps, *step.otherwise), inner, slots)
    return found
