"""Plain data → model: what a meeting file and an office profile may hold, and what is wrong with one.

`MEETING_KEYS` and `OFFICE_KEYS` are the one table of Chinese keys. All problems of a file are
collected and raised together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from speechgen import figures, patterns
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import Fields, as_text, check_format, line_of, named_texts
from speechgen.model import (
    Basis,
    Day,
    Figure,
    Leader,
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
from speechgen.yamlio import Keys, Mapping, Node, Scalar, Sequence, read_yaml, told_together

_FIGURE_KEYS: Keys = {k: {} for k in ("名称", "数值", "今年", "去年", "总数", "目标", "口径", "来源", "性质", "公开")}
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
    "经验": {},
    "任务": {"主题": {}, "内容": {}, "牵头": {}, "时限": {}, "权重": {}, "做法": {}, "依据": {}},
    "要求": {"*": {}},
    "提纲": {},
    "版式": {},
    "种子": {},
    "选定": {"*": {}},
}  # fmt: skip
SEVERAL = "讲话"  # the several texts of one meeting, each with keys of its own over the meeting's

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
TEXT_KEYS: Keys = {
    "类型": {}, "单位": OFFICE_KEYS["单位"],
    **{key: keys for key, keys in MEETING_KEYS.items() if key not in ("格式", "会议")},
}  # fmt: skip
MEETING_KEYS = {**MEETING_KEYS, SEVERAL: TEXT_KEYS}

LEVELS = ("省", "市", "县", "区", "乡镇", "街道", "村社区", "部门", "学校", "医院", "企业")
ROLES = ("党委主要领导", "政府主要领导", "常务领导", "分管领导", "政法委书记", "部门负责人", "主持人")
WEIGHTS: tuple[Weight, ...] = ("细讲", "点到", "见方案")
STANDINGS = ("预计", "核定")
TEXTS = ("主持词", "部署", "发言", "讲话")  # kinds of texts that one meeting may have
HEAVY_BY_DEFAULT = 3  # 前三条细讲

# What a post tells of the role, the weightiest first; one post in a list of them is enough (县委副书记、县长).
_ROLE_BY_POST = (
    (
        patterns.compiled(r"(?<![副团纪])(?:[省市县区镇乡州盟旗]委|党委|工委|党总支|党支部)书记|(?<!副)董事长"),
        "党委主要领导",
    ),
    (patterns.compiled(r"(?<!副)(?:[省市县区镇乡州盟旗]长|街道办事处主任|总经理|总裁|校长|院长)$"), "政府主要领导"),
    (patterns.compiled(r"常务副"), "常务领导"),
    (patterns.compiled(r"政法委书记"), "政法委书记"),
    (patterns.compiled(r"副(?:[省市县区镇乡州盟旗]长|书记|主任|总经理|总裁|校长|院长|董事长|局长)"), "分管领导"),
    (patterns.compiled(r"(?:局长|主任|科长|处长|大队长|支队长|部长|所长|站长)$"), "部门负责人"),
    (patterns.compiled(r"副"), "分管领导"),
)
_BUREAU_HEAD = patterns.compiled(
    r"(?<!副)(?:局长|科长|处长|大队长|支队长)$"
)  # 局党委书记、局长 heads a bureau, not a place


def role_of(post: str) -> str:
    """The role a post usually speaks in; empty when the post does not tell."""
    posts = patterns.compiled(r"[、，,\s]+").split(post.strip())
    found = [role for pattern, role in _ROLE_BY_POST if any(map(pattern.search, posts))]
    if "党委主要领导" in found and any(map(_BUREAU_HEAD.search, posts)):
        return "部门负责人"
    return found[0] if found else ""


# ── the meeting file ──────────────────────────────────────────────────────────────────────────


def load_meeting(path: Path) -> tuple[Meeting, tuple[str, ...]]:
    """The meeting a file describes, and notices on how it was read.

    Raises SpeechgenError with every slip of the file.
    """
    slips: list[Slip] = []
    document = read_yaml(path, MEETING_KEYS, slips)
    meeting = read_meeting(document.root, str(path), slips)
    if slips:
        raise SpeechgenError(*told_together(slips))
    return meeting, document.notices


def read_meeting(root: Mapping, file: str, slips: list[Slip]) -> Meeting:
    """The meeting that the keys of ``root`` describe, which came from ``file``; what is wrong goes to ``slips``, and
    the meeting is whole only where nothing is."""
    top = Fields(root, "", MEETING_KEYS, slips)
    check_format(top)
    head = top.below("会议", MEETING_KEYS["会议"])
    if head is None:
        if top.get("会议") is None:
            top.slip("missing-key", "没有写「会议」", top.location, "请补上「会议:」，下面写「名称」和「日期」。")
        head = Fields(Mapping((), top.location), "会议", MEETING_KEYS["会议"], slips)
        name, day = None, None
    else:
        name, day = head.text("名称", required=True), _meeting_day(head)
    speaker = _speaker(top)
    demands, further = _demands(top)
    on = day.value if day else None  # the rest is read all the same: a file's slips are told at once
    nothing = Text("", "", top.location)
    return Meeting(
        file=file,
        name=name or nothing,
        day=day or Day(date.min, nothing),
        speaker=speaker or Speaker(nothing),
        occasion=head.text("场合"),
        place=head.text("地点"),
        audience=head.texts("参会人员"),
        agenda=tuple(head.each("议程", lambda n, k: _report(n, k, slips))),
        background=top.texts("背景"),
        bases=tuple(top.each("依据", lambda n, k: _basis(n, k, on, slips))),
        figures=_figures(top),
        problems=(
            *top.each("问题", lambda n, k: _problem(n, k, slips)),
            *(p._replace(case=True) for p in top.each("案例", lambda n, k: _problem(n, k, slips))),
        ),
        risks=top.texts("风险"),
        lessons=top.texts("经验"),
        tasks=_weighted(top.each("任务", lambda n, k: _task(n, k, on, slips))),
        demands=demands,
        further_demands=further,
        minutes=top.integer("分钟", 1, 180, "分钟"),
        characters=top.integer("字数", 100, 30_000, "字"),
        outline=top.text("提纲"),
        layout=top.text("版式"),
        seed=text.value if (text := top.text("种子")) else None,
        pins=named_texts(top, "选定"),
        key_lines=_key_lines(root),
        unfilled=tuple(_unfilled(root)),
    )


def _meeting_day(head: Fields) -> Day | None:
    text = head.text("日期", required=True)
    if text is None:
        return None
    if not patterns.compiled(r"\d{4}").search(text.value):
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
            fields.slip("missing-key", "「讲话人」没有写职务，也没有写姓名", fields.location,
                        "请至少写上一行，例如「职务: 县长」。")  # fmt: skip
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
    words = text.value.split()
    if len(words) not in (2, 3):
        problem = "没有写做什么" if len(words) == 1 else f"空了 {len(words) - 1} 处"
        slips.append(Slip("no-act", f"议程「{text.value}」{problem}", text.location,
                          f"单位和事项之间空一格，例如「{words[0]} 发言」「{words[0]} 王建国 发言」。"))  # fmt: skip
        return None
    person = text._replace(value=words[1]) if len(words) == 3 else None
    return Report(text._replace(value=words[0]), text._replace(value=words[-1]), person)


_BASIS = patterns.compiled(
    r"(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}[-./]\d{1,2}[-./]\d{1,2})?[\s，,]*"
    r"(?P<name>《[^》]*》[^：:]*|[^：:]*)(?:[：:](?P<points>.*))?"
)
_MORE_DAYS = patterns.compiled(r"(?:[至到、~～—-]|——)\s*\d|[上下中]午|晚上?(?![会间])|早上")


def _basis(node: Node, key: str, on: date | None, slips: list[Slip]) -> Basis | None:
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
    name_typed = found["name"].strip()
    if not name_typed or (found["day"] and _MORE_DAYS.match(name_typed)):
        problem = "的日期只能写一天" if name_typed else "没有写会议或文件的名称"
        slips.append(
            Slip("bad-basis", f"依据「{text.value}」{problem}", text.location,
                 "写成「12月21日 全市安全稳定工作视频会议：烟花爆竹、欠薪」的样子，日期、冒号和要点可以不写。")
        )  # fmt: skip
        return None
    day = text._replace(value=found["day"]) if found["day"] else None
    points = tuple(text._replace(value=p) for p in _outside_brackets(found["points"] or "", "、；;，,"))
    return Basis(text._replace(value=name_typed), _past(day, on, slips), points)


def _past(text: Text | None, on: date | None, slips: list[Slip]) -> Day | None:
    if text is None:
        return None
    value = figures.read_past_day(text.value, on or _ANY_LEAP_YEAR)
    if value is None:
        slips.append(Slip("bad-date", f"「{text.value}」不是一个真实的日期", text.location, "请核对月份和日子。"))
        return None
    return Day(value, text)


_ASKED_DEMANDS = ("值班电话", "报送")  # sentences of the bank ask for these by name


def _demands(top: Fields) -> tuple[dict[str, Text], tuple[Text, ...]]:
    """What sentences ask for by name, and the further demands, each said as it was typed."""
    if not isinstance(top.get("要求"), Mapping):
        return {}, top.texts("要求")
    named = named_texts(top, "要求")
    return named, tuple(text for key, text in named.items() if key not in _ASKED_DEMANDS)


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
        found = [_listed_figure(item, top.slips) for item in node.items if not _is_empty(item)]
    else:
        top.slip("not-keys", "「数据」下面要一行一个指标", node.location, "例如缩进两格写「生产安全事故: 7起 / 9起」。")
        return ()
    return tuple(figure for figure in found if figure)


def _listed_figure(node: Node, slips: list[Slip]) -> Figure | None:
    if isinstance(node, Mapping):
        only = node.entries[0]
        if len(node.entries) == 1 and only.key.text not in _FIGURE_KEYS:  # - 生产安全事故: 7起 / 9起
            return _figure(as_text(only.key, f"数据.{only.key.text}"), only.value, None, None, slips)
        fields = Fields(node, "数据", _FIGURE_KEYS, slips)
        name = fields.text("名称", required=True)
        return _figure_of(name._replace(key=f"数据.{name.value}"), fields, None, None) if name else None
    text = line_of(node, "数据", slips)
    if text is None:
        return None
    name_typed, _, value = (part.strip() for part in patterns.compiled("([：:])").split(text.value + "：", maxsplit=1))
    value = value.removesuffix("：").strip()
    if not (name_typed and value):
        slips.append(Slip("bad-figure", f"数据「{text.value}」要有名称，也要有数字", text.location,
                          "名称和数字之间用冒号隔开，例如「生产安全事故：7起 / 9起」。"))  # fmt: skip
        return None
    name = text._replace(value=name_typed, key=f"数据.{name_typed}")
    return _read_figure(name, text._replace(value=value, key=name.key), slips)


def _figure(name: Text, node: Node, scope: Text | None, source: Text | None, slips: list[Slip]) -> Figure | None:
    if isinstance(node, Scalar):
        if not node.text.strip():
            return None  # a figure still to come: the sentence on it goes, and nothing is computed
        figure = _read_figure(name, as_text(node, name.key), slips)
        return figure._replace(scope=scope, source=source) if figure else None
    if not isinstance(node, Mapping):
        slips.append(Slip("bad-figure", f"「{name.value}」要写成一行数字", node.location, "例如「7起 / 9起」。"))
        return None
    return _figure_of(name, Fields(node, f"数据.{name.value}", _FIGURE_KEYS, slips), scope, source)


def _figure_of(name: Text, fields: Fields, scope: Text | None, source: Text | None) -> Figure | None:
    node, slips = fields.node, fields.slips
    text = fields.text("今年") or fields.text("数值")
    if text is None:
        if node.get("今年") is None and node.get("数值") is None:
            fields.slip("missing-key", f"「{name.value}」没有写数字", fields.location,
                        "请补上一行「今年: 7起」，冒号用半角，后面空一格。")  # fmt: skip
        return None  # begun and left empty: a figure still to come
    whole = text.value
    for key, mark in (("去年", " / "), ("总数", "，共"), ("目标", "，目标")):
        if part := fields.text(key):
            whole += mark + part.value
    figure = _read_figure(name, text._replace(value=whole), slips)
    if figure is None:
        return None
    standing = fields.text("性质") if fields.choice("性质", STANDINGS) else None
    return figure._replace(scope=fields.text("口径") or scope, source=fields.text("来源") or source,
                   standing=standing, public=fields.flag("公开", True))  # fmt: skip


def _read_figure(name: Text, text: Text, slips: list[Slip]) -> Figure | None:
    called, typed = figures.whole_first(name.value, text.value)
    reading = figures.read_figure(typed)
    if reading is None:
        slips.append(
            Slip("bad-figure", f"「{name.value}」后面的「{text.value}」读不出数字，或者两个数的单位不一样",
                 text.location,
                 "写成「7起 / 9起」（今年 / 去年同期）、「41处，共43处」或「12.6亿元，目标13亿元」，数字后面都带单位。")
        )  # fmt: skip
        return None
    return Figure(name._replace(value=called), text, reading)


# ── 问题、任务 ────────────────────────────────────────────────────────────────────────────────

_NAMING = patterns.compiled(r"(?:[；;，,。]\s*(不?点名)|\s*[（(](不?点名)[）)])\s*[。.]?$")
_SUBJECT = patterns.compiled(r"(?P<name>.+?)\s*(?:[（(](?P<unit>(?:[^（()）]|[（(][^（()）]*[）)])+)[）)])?")
# After such words a colon opens a sentence, and brackets with these hold a remark, not who answers for a place.
_NO_LABEL = patterns.compiled(r"[，,。；;]|(?:发现|反映|表明|显示|指出|如|例如|包括|有|是|为|的)$")
_REMARK = patterns.compiled(
    r"^(?:已|未|正在|系|属|含|约|共|其中|包括|原|如|见|另)|投资$|[0-9０-９]\s*[家处个起件人名户%％]"
)


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
    named = naming is not None and "点名" in (naming[1], naming[2])
    label, subjects = _labelled(body, text)
    return Problem(text._replace(value=label or body.strip()), subjects, named, naming is not None and not named)


def _labelled(body: str, text: Text) -> tuple[str, tuple[Subject, ...]]:
    """「标签：A（单位）、B（单位）」 as its label and subjects; an ordinary sentence with a colon has none."""
    label, colon, rest = (part.strip() for part in patterns.compiled("([：:])").split(body + "：", maxsplit=1))
    parts = [_SUBJECT.fullmatch(part) for part in _outside_brackets(rest.removesuffix("：").rstrip("。. "), "、；;")]
    found = [part for part in parts if part]
    units = [part["unit"] for part in found if part["unit"]]
    listed = not any(patterns.compiled("[，,。]").search(part["name"]) for part in found)
    if not (label and colon and units and listed) or _NO_LABEL.search(label) or any(map(_REMARK.search, units)):
        return "", ()
    subjects = (
        Subject(text._replace(value=part["name"]), text._replace(value=part["unit"]) if part["unit"] else None)
        for part in found
    )
    return label, tuple(subjects)


def _outside_brackets(text: str, marks: str) -> list[str]:
    """The items of a list parted by ``marks``; a mark in brackets （甲局、乙局） parts nothing."""
    parts, depth = [""], 0
    for char in text:
        depth = max(depth + (char in "（(") - (char in "）)"), 0)
        if char in marks and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _subject(node: Node, key: str, slips: list[Slip]) -> Subject | None:
    if isinstance(node, Mapping):
        fields = Fields(node, key, ("名称", "单位"), slips)
        name = fields.text("名称", required=True)
        return Subject(name, fields.text("单位")) if name else None
    text = line_of(node, key, slips)
    found = _SUBJECT.fullmatch(text.value) if text else None
    if text is None or found is None:
        return None
    return Subject(text._replace(value=found["name"]), text._replace(value=found["unit"]) if found["unit"] else None)


def _task(node: Node, key: str, on: date | None, slips: list[Slip]) -> tuple[Task, bool] | None:
    """A task, and whether its weight was said."""
    if isinstance(node, Mapping):
        fields = Fields(node, key, MEETING_KEYS["任务"], slips)
        topic = fields.text("主题", required=True)
        weight = fields.choice("权重", WEIGHTS)
        leads = tuple(t._replace(value=u) for t in fields.texts("牵头") for u in _outside_brackets(t.value, "、，,"))
        deadline, goal = fields.text("时限"), fields.text("内容")
        steps, basis = fields.texts("做法"), fields.text("依据")
        if topic is None:
            return None
    else:
        text = line_of(node, key, slips)
        if text is None:
            return None
        cells = [text._replace(value=cell.strip()) for cell in patterns.compiled(r"[｜|]").split(text.value)]
        if len(cells) > 5:
            slips.append(Slip("bad-task", f"任务「{cells[0].value}」用竖线分成了 {len(cells)} 段，最多五段",
                              text.location, "顺序是：主题｜办成什么｜牵头｜时限｜权重；没有的空着。"))  # fmt: skip
            return None
        empty = text._replace(value="")
        if len(cells) > 1 and cells[-1].value in WEIGHTS:  # the weight may stand last wherever the rest ends
            cells = [*cells[:-1], *[empty] * (5 - len(cells)), cells[-1]]
        topic, goal, lead, deadline, weight_text = [*cells, *[empty] * (5 - len(cells))]
        weight = weight_text.value
        if weight and weight not in WEIGHTS:
            slips.append(Slip("not-a-choice", f"任务「{topic.value}」第五段写的是「{weight}」", text.location,
                              f"权重可以写：{'、'.join(WEIGHTS)}。"))  # fmt: skip
            weight = ""
        if not topic.value:
            slips.append(Slip("bad-task", "这项任务第一段没有写主题", text.location,
                              "顺序是：主题｜办成什么｜牵头｜时限。"))  # fmt: skip
            return None
        leads = tuple(lead._replace(value=unit) for unit in _outside_brackets(lead.value, "、，,"))
        steps, basis = (), None
    goal = goal if goal and goal.value else None
    deadline = deadline if deadline and deadline.value else None
    due = _due(deadline, on, slips)
    chosen = next((w for w in WEIGHTS if w == weight), WEIGHTS[1])
    return Task(topic, goal, leads, deadline, due, chosen, steps, basis), bool(weight)


# Stands in where the meeting's own date cannot be read, so that no day is refused for the year's sake.
_ANY_LEAP_YEAR = date(2000, 1, 1)


def _due(deadline: Text | None, on: date | None, slips: list[Slip]) -> date | None:
    """The day of a deadline; None for words such as 春节前."""
    if deadline is None or not patterns.compiled(r"\d{1,4}\s*[年月./-]").match(deadline.value):
        return None
    typed = deadline.value.removesuffix("前").strip()
    meeting = on or _ANY_LEAP_YEAR
    value = figures.read_day(typed, meeting.year, after=meeting)
    if (
        value is None
        and patterns.compiled(r"[\d年月日号./\s-]+").fullmatch(typed)
        and patterns.compiled(r"\d\s*[日号]?$").search(typed)
    ):
        slips.append(Slip("bad-date", f"时限「{deadline.value}」不是一个真实的日期", deadline.location,
                          "请核对月份和日子，写成「12月31日」的样子。"))  # fmt: skip
    if value and on and value < on:
        slips.append(Slip("past-deadline", f"时限「{deadline.value}」比会议日期还早", deadline.location,
                          f"会议是 {on.isoformat()} 开的，请核对年份。"))  # fmt: skip
    return value


def _weighted(tasks: list[tuple[Task, bool]]) -> tuple[Task, ...]:
    """The tasks with their weights: 前三条细讲, unless the file itself says the weight of any task."""
    if any(said for _, said in tasks):
        return tuple(task._replace(weighed=True) for task, _ in tasks)
    return tuple(t._replace(weight="细讲" if n < HEAVY_BY_DEFAULT else "点到") for n, (t, _) in enumerate(tasks))


# ── the office profile ────────────────────────────────────────────────────────────────────────


def load_office(path: Path) -> tuple[Office, tuple[str, ...]]:
    """The office a 单位.yaml describes, and notices. Raises SpeechgenError with every slip."""
    slips: list[Slip] = []
    document = read_yaml(path, OFFICE_KEYS, slips)
    office = read_office(document.root, str(path), slips)
    if slips:
        raise SpeechgenError(*told_together(slips))
    return office, document.notices


def read_office(root: Mapping, file: str, slips: list[Slip]) -> Office:
    """The office that the keys of ``root`` describe, which came from ``file``; what is wrong goes to ``slips``."""
    top = Fields(root, "", OFFICE_KEYS, slips)
    check_format(top)
    unit = top.below("单位", OFFICE_KEYS["单位"])
    if top.get("单位") is None:
        top.slip("missing-key", "没有写「单位」", top.location, "请补上「单位:」，下面写「名称」「地区」和「层级」。")
    byline = top.texts("署名")
    for part in byline:
        if part.value not in ("讲话人", "日期"):
            top.slip("not-a-choice", f"「署名」里写的是「{part.value}」", part.location,
                     "只能写「讲话人」和「日期」，先后由您定。")  # fmt: skip
    return Office(
        file=file,
        name=unit.text("名称", required=True) if unit else None,
        region=unit.text("地区") if unit else None,
        level=unit.choice("层级", LEVELS) if unit else "",
        terms={term: text for term in TERMS if unit and (text := unit.text(term))},
        departments=named_texts(top, "部门"),
        leaders=tuple(top.each("领导", lambda n, k: _leader(n, k, slips))),
        salutation=top.text("称谓"),
        layout=top.text("版式"),
        byline=tuple(part.value for part in byline) or Office().byline,
        key_lines=_key_lines(root),
    )


def _leader(node: Node, key: str, slips: list[Slip]) -> Leader | None:
    if isinstance(node, Mapping):
        fields = Fields(node, key, OFFICE_KEYS["领导"], slips)
        name, post = fields.text("姓名", required=True), fields.text("职务", required=True)
        role, pace = fields.choice("角色", ROLES), fields.integer("语速", 60, 400) or 0
        return Leader(name, post, role or role_of(post.value), pace) if name and post else None
    line = line_of(node, key, slips)
    if line is None:
        return None
    cells = line.value.split()
    if len(cells) != 2:
        slips.append(Slip("bad-leader", f"领导「{line.value}」要写姓名和职务", line.location,
                          "中间空一格，例如「- 王建国 县长」；两个字的姓名不要在中间空格。"))  # fmt: skip
        return None
    return Leader(line._replace(value=cells[0]), line._replace(value=cells[1]), role_of(cells[1]))


def speaker_of(meeting: Meeting, office: Office) -> Speaker:
    """The meeting's speaker, completed from the office's list of leaders.

    「县长」 finds 「县委副书记、县长」, 「书记」 finds 「镇党委书记」, neither finds a deputy (副). Raises
    SpeechgenError when several leaders fit.
    """
    speaker = meeting.speaker
    typed = speaker.post.value
    if speaker.name:
        wanted = [leader for leader in office.leaders if leader.name.value == speaker.name.value]
        wanted = [leader for leader in wanted if typed == leader.post.value] or wanted
    else:
        sought = "".join(typed.split())
        wanted = [leader for leader in office.leaders if sought in _called(leader)]
        wanted = wanted or [leader for leader in office.leaders if _holds_post(leader, sought)]
    if len(wanted) > 1:
        raise SpeechgenError.of(
            "which-leader", f"讲话人「{typed}」在单位.yaml 里对应 {len(wanted)} 位领导", speaker.post.location,
            "请写姓名：" + "、".join(leader.name.value for leader in wanted) + "。",
        )  # fmt: skip
    if not wanted:
        return speaker._replace(role=speaker.role or role_of(typed))
    leader = wanted[0]
    return Speaker(
        speaker.post if speaker.name and typed else leader.post,
        leader.name,
        speaker.role or leader.role,
        speaker.pace or leader.pace,
    )


def _called(leader: Leader) -> set[str]:
    """All that a leader may be called: name, whole post, one of several posts, post and name together."""
    posts = ["".join(leader.post.value.split()), *patterns.compiled(r"[、，,\s]+").split(leader.post.value)]
    return {leader.name.value, *posts, *(post + leader.name.value for post in posts)}


def _holds_post(leader: Leader, short: str) -> bool:
    """Whether one of a leader's posts ends in ``short`` (镇党委书记, 书记) and is no deputy's."""
    posts = patterns.compiled(r"[、，,\s]+").split(leader.post.value)
    return any(post.endswith(short) and not post.removesuffix(short).endswith(("副", "常务")) for post in posts)


# ── small readers ─────────────────────────────────────────────────────────────────────────────


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
    """The keys that were begun and left empty, with the keys above them."""
    for entry in root.entries:
        key = f"{path}{entry.key.text}"
        if _is_empty(entry.value):
            yield key
        elif isinstance(entry.value, Mapping):
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
