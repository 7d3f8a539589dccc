"""Plain data → model: what a meeting file and an office profile may hold, and what is wrong with one.

`MEETING_KEYS` and `OFFICE_KEYS` are the one table of Chinese keys. All problems of a file are
collected and raised together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from speechgen import figures
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import Fields, as_text, check_format, line_of, named_texts
from speechgen.model import (
    Basis,
    Day,
    Figure,
    Leader,
    Location,
    Meeting,
    Office,
    Problem,
    Report,
    Speaker,
    Subject,
    Task,
    Text,
    Weight,
)
from speechgen.yamlio import Keys, Mapping, Node, Scalar, Sequence, read_yaml

_FIGURE_KEYS: Keys = {
    k: {} for k in ("名称", "数值", "今年", "去年", "总数", "目标", "口径", "来源", "性质", "公开")
}
_PROBLEM_KEYS: Keys = {"内容": {}, "对象": {"名称": {}, "单位": {}}, "点名": {}}
MEETING_KEYS: Keys = {
    "格式": {},
    "会议": {
        "名称": {}, "日期": {}, "场合": {}, "地点": {}, "参会人员": {},
        "议程": {"单位": {}, "事项": {}, "姓名": {}},
    },
    "讲话人": {"姓名": {}, "职务": {}, "角色": {}, "语速": {}},
    "分钟": {},
    "字数": {},
    "背景": {},
    "依据": {"名称": {}, "日期": {}, "要点": {}},
    "数据": {**_FIGURE_KEYS, "*": _FIGURE_KEYS},
    "问题": _PROBLEM_KEYS,
    "案例": _PROBLEM_KEYS,
    "风险": {},
    "任务": {"主题": {}, "内容": {}, "牵头": {}, "时限": {}, "权重": {}, "做法": {}, "依据": {}},
    "要求": {"*": {}},
    "提纲": {},
    "版式": {},
    "种子": {},
    "选定": {"*": {}},
}  # fmt: skip

TERMS = ("自称", "全境", "党政", "下级", "群众")
OFFICE_KEYS: Keys = {
    "格式": {},
    "单位": {"名称": {}, "地区": {}, "层级": {}, **{term: {} for term in TERMS}},
    "部门": {"*": {}},
    "领导": {"姓名": {}, "职务": {}, "角色": {}, "语速": {}},
    "称谓": {},
    "版式": {},
    "署名": {},
}

LEVELS = ("省", "市", "县", "区", "乡镇", "街道", "村社区", "部门", "学校", "医院", "企业")
ROLES = ("党委主要领导", "政府主要领导", "常务领导", "分管领导", "政法委书记", "部门负责人", "主持人")
WEIGHTS: tuple[Weight, ...] = ("细讲", "点到", "见方案")
STANDINGS = ("预计", "核定")
HEAVY_BY_DEFAULT = 3  # 前三条细讲

# A post tells the role, the first that fits (常务副县长 before 县长, 副书记 before 书记).
_ROLE_BY_POST = (
    (re.compile(r"政法委书记"), "政法委书记"),
    (re.compile(r"常务副"), "常务领导"),
    (re.compile(r"([省市县区镇乡州盟旗]长|街道办事处主任|总经理|总裁|校长|院长)$"), "政府主要领导"),
    (re.compile(r"(?<!副)([省市县区镇乡]委|党委|党工委|党组|党总支|党支部)书记|董事长"), "党委主要领导"),
    (re.compile(r"副"), "分管领导"),
    (re.compile(r"(局长|主任|科长|处长|大队长|支队长)$"), "部门负责人"),
)


def role_of(post: str) -> str:
    """The role a post usually speaks in; empty when the post does not tell."""
    last = re.split(r"[、，,\s]", post.strip())[-1]
    for pattern, role in _ROLE_BY_POST:
        if pattern.search(last) and not (role == "政府主要领导" and "副" in last):
            return role
    return ""


# ── the meeting file ──────────────────────────────────────────────────────────────────────────


def load_meeting(path: Path) -> tuple[Meeting, tuple[str, ...]]:
    """The meeting a file describes, and notices on how it was read.

    Raises SpeechgenError with every slip of the file.
    """
    document = read_yaml(path, MEETING_KEYS)
    slips: list[Slip] = []
    top = Fields(document.root, "", MEETING_KEYS, slips)
    check_format(top)
    head = top.below("会议", MEETING_KEYS["会议"])
    if head is None:
        if not slips or top.node.get("会议") is None:
            top.slip("missing-key", "没有写「会议」", top.location, "请补上「会议:」，下面写「名称」和「日期」。")
        raise SpeechgenError(*slips)
    name, day = head.text("名称", required=True), _meeting_day(head)
    speaker = _speaker(top)
    if name is None or day is None or speaker is None:
        raise SpeechgenError(*slips)
    on = day.value
    meeting = Meeting(
        file=str(path),
        name=name,
        day=day,
        speaker=speaker,
        occasion=head.text("场合"),
        place=head.text("地点"),
        audience=head.texts("参会人员"),
        agenda=tuple(head.each("议程", lambda n, k: _report(n, k, slips))),
        background=top.texts("背景"),
        bases=tuple(top.each("依据", lambda n, k: _basis(n, k, on, slips))),
        figures=_figures(top),
        problems=(
            *top.each("问题", lambda n, k: _problem(n, k, slips)),
            *(replace(p, case=True) for p in top.each("案例", lambda n, k: _problem(n, k, slips))),
        ),
        risks=top.texts("风险"),
        tasks=_weighted(top.each("任务", lambda n, k: _task(n, k, on, slips))),
        demands=named_texts(top, "要求"),
        further_demands=top.texts("要求") if isinstance(top.get("要求"), Scalar | Sequence) else (),
        minutes=top.integer("分钟", 1, 180, "分钟"),
        characters=top.integer("字数", 100, 30_000, "字"),
        outline=top.text("提纲"),
        layout=top.text("版式"),
        seed=text.value if (text := top.text("种子")) else None,
        pins=named_texts(top, "选定"),
        key_lines=_key_lines(document.root),
        unfilled=tuple(_unfilled(document.root)),
    )
    if slips:
        raise SpeechgenError(*slips)
    return meeting, document.notices


def _meeting_day(head: Fields) -> Day | None:
    text = head.text("日期", required=True)
    if text is None:
        return None
    if not re.search(r"\d{4}", text.value):
        head.slip("no-year", f"会议日期「{text.value}」没有写年份", text.location, "请写成「日期: 2026-12-24」的样子。")
        return None
    value = figures.read_day(text.value, 0)
    if value is None:
        head.slip("bad-date", f"会议日期「{text.value}」不是一个真实的日期", text.location,
                  "请写成「日期: 2026-12-24」的样子，并核对月份和日子。")  # fmt: skip
        return None
    return Day(value, text)


def _speaker(top: Fields) -> Speaker | None:
    node = top.get("讲话人")
    if isinstance(node, Mapping):
        fields = Fields(node, "讲话人", MEETING_KEYS["讲话人"], top.slips)
        post, name = fields.text("职务"), fields.text("姓名")
        if post is None and name is None:
            fields.slip("missing-key", "「讲话人」没有写职务，也没有写姓名", fields.location, "请至少写上「职务: 县长」的样子。")
            return None
        return Speaker(post or Text("", "讲话人.职务", fields.location), name,
                       fields.choice("角色", ROLES), fields.integer("语速", 60, 400) or 0)  # fmt: skip
    text = top.text("讲话人", required=True)
    return Speaker(text) if text else None


def _report(node: Node, key: str, slips: list[Slip]) -> Report | None:
    if isinstance(node, Mapping):
        fields = Fields(node, key, ("单位", "事项", "姓名"), slips)
        unit, act = fields.text("单位", required=True), fields.text("事项", required=True)
        return Report(unit, act, fields.text("姓名")) if unit and act else None
    text = line_of(node, key, slips)
    if text is None:
        return None
    unit_name, _, act_name = text.value.rpartition(" ")
    if not unit_name:
        slips.append(Slip("no-act", f"议程「{text.value}」没有写做什么", text.location,
                          f"单位和事项之间空一格，例如「{text.value} 发言」。"))  # fmt: skip
        return None
    return Report(replace(text, value=unit_name.strip()), replace(text, value=act_name))


_BASIS = re.compile(r"(?:(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2})\s*)?(?P<name>[^：:]+)(?:[：:](?P<points>.*))?")


def _basis(node: Node, key: str, on: date, slips: list[Slip]) -> Basis | None:
    if isinstance(node, Mapping):
        fields = Fields(node, key, ("名称", "日期", "要点"), slips)
        name, day = fields.text("名称", required=True), fields.text("日期")
        return Basis(name, _past(day, on, slips), fields.texts("要点")) if name else None
    text = line_of(node, key, slips)
    if text is None:
        return None
    found = _BASIS.fullmatch(text.value)
    if found is None:
        return Basis(text)
    day = replace(text, value=found["day"]) if found["day"] else None
    points = tuple(replace(text, value=p) for p in _split(found["points"] or "", "、；;"))
    return Basis(replace(text, value=found["name"].strip()), _past(day, on, slips), points)


def _past(text: Text | None, on: date, slips: list[Slip]) -> Day | None:
    if text is None:
        return None
    value = figures.read_past_day(text.value, on)
    if value is None:
        slips.append(Slip("bad-date", f"「{text.value}」不是一个真实的日期", text.location, "请核对月份和日子。"))
        return None
    return Day(value, text)


# ── 数据 ──────────────────────────────────────────────────────────────────────────────────────


def _figures(top: Fields) -> tuple[Figure, ...]:
    node = top.get("数据")
    if node is None:
        return ()
    if isinstance(node, Mapping):
        common = Fields(node, "数据", ("*",), top.slips)
        scope, source = common.text("口径"), common.text("来源")
        found = [
            _figure(as_text(e.key, f"数据.{e.key.text}"), e.value, scope, source, top.slips)
            for e in node.entries
            if e.key.text not in ("口径", "来源")
        ]
    elif isinstance(node, Sequence):
        found = [_listed_figure(item, top.slips) for item in node.items]
    else:
        top.slip("not-keys", "「数据」下面要一行一个指标", node.location, "例如缩进两格写「生产安全事故: 7起 / 9起」。")
        return ()
    return tuple(figure for figure in found if figure)


def _listed_figure(node: Node, slips: list[Slip]) -> Figure | None:
    if isinstance(node, Mapping):
        name = Fields(node, "数据", _FIGURE_KEYS, slips).text("名称", required=True)
        return _figure(name, node, None, None, slips) if name else None
    text = line_of(node, "数据", slips)
    if text is None:
        return None
    name_part, _, value = text.value.partition("：")
    return _read_figure(replace(text, value=name_part.strip()), replace(text, value=value.strip()), slips)


def _figure(name: Text, node: Node, scope: Text | None, source: Text | None, slips: list[Slip]) -> Figure | None:
    if isinstance(node, Scalar):
        if not node.text.strip():
            return None  # a figure still to come: the sentence on it goes, and nothing is computed
        figure = _read_figure(name, as_text(node, name.key), slips)
        return replace(figure, scope=scope, source=source) if figure else None
    if not isinstance(node, Mapping):
        slips.append(Slip("bad-figure", f"「{name.value}」要写成一行数字", node.location, "例如「7起 / 9起」。"))
        return None
    fields = Fields(node, f"数据.{name.value}", _FIGURE_KEYS, slips)
    text = fields.text("今年") or fields.text("数值", required=True)
    if text is None:
        return None
    whole = text.value
    for key, mark in (("去年", " / "), ("总数", "，共"), ("目标", "，目标")):
        if part := fields.text(key):
            whole += mark + part.value
    figure = _read_figure(name, replace(text, value=whole), slips)
    if figure is None:
        return None
    standing = fields.text("性质") if fields.choice("性质", STANDINGS) else None
    return replace(figure, scope=fields.text("口径") or scope, source=fields.text("来源") or source,
                   standing=standing, public=fields.flag("公开", True))  # fmt: skip


def _read_figure(name: Text, text: Text, slips: list[Slip]) -> Figure | None:
    reading = figures.read_figure(text.value)
    if reading is None:
        slips.append(
            Slip("bad-figure", f"「{name.value}」后面的「{text.value}」读不出数字，或者两个数的单位不一样", text.location,
                 "写成「7起 / 9起」（今年 / 去年同期）、「41处，共43处」或「12.6亿元，目标13亿元」，数字后面都带单位。")
        )  # fmt: skip
        return None
    return Figure(name, text, reading)


# ── 问题、任务 ────────────────────────────────────────────────────────────────────────────────

_NAMING = re.compile(r"[；;，,]\s*(不?点名)\s*[。.]?$")
_SUBJECT = re.compile(r"(?P<name>[^（(]+?)\s*(?:[（(](?P<unit>[^）)]+)[）)])?")


def _problem(node: Node, key: str, slips: list[Slip]) -> Problem | None:
    if isinstance(node, Mapping):
        fields = Fields(node, key, _PROBLEM_KEYS, slips)
        text = fields.text("内容", required=True)
        subjects = tuple(fields.each("对象", lambda n, k: _subject(n, k, slips)))
        return Problem(text, subjects, fields.flag("点名", False)) if text else None
    text = line_of(node, key, slips)
    if text is None:
        return None
    naming = _NAMING.search(text.value)
    body = text.value[: naming.start()] if naming else text.value
    named = naming is not None and naming[1] == "点名"
    label, colon, rest = body.partition("：")
    parts = [_SUBJECT.fullmatch(part.strip()) for part in _split(rest, "、；")] if colon else []
    if not parts or not all(parts) or not any(p and p["unit"] for p in parts):
        return Problem(replace(text, value=body), (), named)
    subjects = tuple(
        Subject(replace(text, value=p["name"]), replace(text, value=p["unit"]) if p["unit"] else None)
        for p in parts
        if p
    )
    return Problem(replace(text, value=label.strip()), subjects, named)


def _subject(node: Node, key: str, slips: list[Slip]) -> Subject | None:
    if isinstance(node, Mapping):
        fields = Fields(node, key, ("名称", "单位"), slips)
        name = fields.text("名称", required=True)
        return Subject(name, fields.text("单位")) if name else None
    text = line_of(node, key, slips)
    found = _SUBJECT.fullmatch(text.value) if text else None
    if text is None or found is None:
        return None
    return Subject(replace(text, value=found["name"]), replace(text, value=found["unit"]) if found["unit"] else None)


def _task(node: Node, key: str, on: date, slips: list[Slip]) -> tuple[Task, bool] | None:
    """A task, and whether its weight was said."""
    if isinstance(node, Mapping):
        fields = Fields(node, key, MEETING_KEYS["任务"], slips)
        topic = fields.text("主题", required=True)
        weight = fields.choice("权重", WEIGHTS)
        leads = tuple(replace(t, value=u) for t in fields.texts("牵头") for u in _split(t.value, "、，,"))
        deadline, goal = fields.text("时限"), fields.text("内容")
        steps, basis = fields.texts("做法"), fields.text("依据")
        if topic is None:
            return None
    else:
        text = line_of(node, key, slips)
        if text is None:
            return None
        cells = [replace(text, value=cell.strip()) for cell in re.split(r"[｜|]", text.value)]
        if len(cells) > 5:
            slips.append(Slip("bad-task", f"任务「{cells[0].value}」用竖线分成了 {len(cells)} 段，最多五段", text.location,
                              "顺序是：主题｜办成什么｜牵头｜时限｜权重；没有的空着。"))  # fmt: skip
            return None
        topic, goal, lead, deadline, weight_text = [*cells, *[replace(text, value="")] * (5 - len(cells))]
        weight = weight_text.value
        if weight and weight not in WEIGHTS:
            slips.append(Slip("not-a-choice", f"任务「{topic.value}」第五段写的是「{weight}」", text.location,
                              f"权重可以写：{'、'.join(WEIGHTS)}。"))  # fmt: skip
            weight = ""
        if not topic.value:
            slips.append(Slip("bad-task", "这项任务第一段没有写主题", text.location,
                              "顺序是：主题｜办成什么｜牵头｜时限。"))  # fmt: skip
            return None
        leads = tuple(replace(lead, value=unit) for unit in _split(lead.value, "、，,"))
        steps, basis = (), None
    goal = goal if goal and goal.value else None
    deadline = deadline if deadline and deadline.value else None
    due = _due(deadline, on, slips)
    chosen = next((w for w in WEIGHTS if w == weight), "点到")
    return Task(topic, goal, leads, deadline, due, chosen, steps, basis), bool(weight)


def _due(deadline: Text | None, on: date, slips: list[Slip]) -> date | None:
    """The day of a deadline; None for words such as 春节前."""
    if deadline is None or not re.match(r"\d{1,4}\s*[年月./-]", deadline.value):
        return None
    typed = deadline.value.removesuffix("前").strip()
    value = figures.read_day(typed, on.year, after=on)
    if value is None and re.fullmatch(r"[\d年月日号./\s-]+", typed) and re.search(r"\d\s*[日号]?$", typed):
        slips.append(Slip("bad-date", f"时限「{deadline.value}」不是一个真实的日期", deadline.location,
                          "请核对月份和日子，写成「12月31日」的样子。"))  # fmt: skip
    return value


def _weighted(tasks: list[tuple[Task, bool]]) -> tuple[Task, ...]:
    """前三条细讲, unless the file itself says the weight of any task."""
    if any(said for _, said in tasks):
        return tuple(task for task, _ in tasks)
    return tuple(replace(t, weight="细讲" if n < HEAVY_BY_DEFAULT else "点到") for n, (t, _) in enumerate(tasks))


# ── the office profile ────────────────────────────────────────────────────────────────────────


def load_office(path: Path) -> tuple[Office, tuple[str, ...]]:
    """The office a 单位.yaml describes, and notices. Raises SpeechgenError with every slip."""
    document = read_yaml(path, OFFICE_KEYS)
    slips: list[Slip] = []
    top = Fields(document.root, "", OFFICE_KEYS, slips)
    check_format(top)
    unit = top.below("单位", OFFICE_KEYS["单位"])
    byline = tuple(text.value for text in top.texts("署名"))
    for text in top.texts("署名"):
        if text.value not in ("讲话人", "日期"):
            top.slip("not-a-choice", f"「署名」里写的是「{text.value}」", text.location, "只能写「讲话人」和「日期」，先后由您定。")
    office = Office(
        file=str(path),
        name=unit.text("名称", required=True) if unit else None,
        region=unit.text("地区") if unit else None,
        level=unit.choice("层级", LEVELS) if unit else "",
        terms={term: text for term in TERMS if unit and (text := unit.text(term))},
        departments=named_texts(top, "部门"),
        leaders=tuple(top.each("领导", lambda n, k: _leader(n, k, slips))),
        salutation=top.text("称谓"),
        layout=top.text("版式"),
        byline=byline or Office.__dataclass_fields__["byline"].default,
        key_lines=_key_lines(document.root),
    )
    if slips:
        raise SpeechgenError(*slips)
    return office, document.notices


def _leader(node: Node, key: str, slips: list[Slip]) -> Leader | None:
    if isinstance(node, Mapping):
        fields = Fields(node, key, OFFICE_KEYS["领导"], slips)
        name, post = fields.text("姓名", required=True), fields.text("职务", required=True)
        role, pace = fields.choice("角色", ROLES), fields.integer("语速", 60, 400) or 0
        return Leader(name, post, role or role_of(post.value), pace) if name and post else None
    text = line_of(node, key, slips)
    if text is None:
        return None
    cells = text.value.split()
    if len(cells) != 2:
        slips.append(Slip("bad-leader", f"领导「{text.value}」要写姓名和职务", text.location,
                          "中间空一格，例如「- 王建国 县长」；两个字的姓名不要在中间空格。"))  # fmt: skip
        return None
    return Leader(replace(text, value=cells[0]), replace(text, value=cells[1]), role_of(cells[1]))


def speaker_of(meeting: Meeting, office: Office) -> Speaker:
    """The meeting's speaker, completed from the office's list of leaders.

    「县长」 finds 「县委副书记、县长」; a post that fits several leaders is a slip.
    """
    speaker = meeting.speaker
    typed = speaker.post.value
    wanted = [
        leader
        for leader in office.leaders
        if (speaker.name and speaker.name.value == leader.name.value)
        or (not speaker.name and typed in (leader.name.value, leader.post.value, f"{leader.post.value} {leader.name.value}"))
    ] or [leader for leader in office.leaders if not speaker.name and typed in leader.post.value.split("、")]
    if len(wanted) > 1:
        raise SpeechgenError.of(
            "which-leader", f"讲话人「{typed}」在单位.yaml 里对应 {len(wanted)} 位领导", speaker.post.location,
            "请写姓名：" + "、".join(leader.name.value for leader in wanted) + "。",
        )  # fmt: skip
    if not wanted:
        return replace(speaker, role=speaker.role or role_of(typed))
    leader = wanted[0]
    return Speaker(
        speaker.post if speaker.name and typed else leader.post,
        leader.name,
        speaker.role or leader.role,
        speaker.pace or leader.pace,
    )


# ── small readers ─────────────────────────────────────────────────────────────────────────────


def _split(text: str, marks: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{re.escape(marks)}]", text) if part.strip()]


def _key_lines(root: Mapping) -> dict[str, int]:
    """Where each key of the first two levels stands, so that a remedy can name a line."""
    lines = {"": root.location.line}
    for entry in root.entries:
        lines[entry.key.text] = entry.key.location.line
        if isinstance(entry.value, Mapping):
            for inner in entry.value.entries:
                lines[f"{entry.key.text}.{inner.key.text}"] = inner.key.location.line
    return lines


def _unfilled(root: Mapping, path: str = "") -> Iterator[str]:
    """The keys of the first two levels that were begun and left empty."""
    for entry in root.entries:
        key = f"{path}{entry.key.text}"
        if _is_empty(entry.value):
            yield key
        elif isinstance(entry.value, Mapping) and not path:
            yield from _unfilled(entry.value, f"{key}.")


def _is_empty(node: Node) -> bool:
    match node:
        case Scalar():
            return not node.text.strip()
        case Sequence():
            return all(_is_empty(item) for item in node.items)
        case Mapping():
            return not node.entries
    return False
