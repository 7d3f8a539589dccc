"""What a template may name: the meeting, the office and the calendar as one tree of traced text.

The tree's names are those of 《语料写法》. A fact that the files lack is there as `Missing`, so that
every known name can be asked for. Sentences that only code can make (a figure against last year, a
task with its lead and deadline) are made here, piece by piece, each with its origin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise, takewhile
from typing import Any

from speechgen import daysoff, figures, holidays, patterns
from speechgen.engine import Facts, Missing, Traced, cut, join, traced
from speechgen.model import (
    Basis,
    Day,
    Figure,
    Location,
    Meeting,
    Office,
    Problem,
    Quantity,
    Reading,
    Report,
    Season,
    Setting,
    Source,
    Speaker,
    Statute,
    Subject,
    Task,
    Text,
    Topic,
    Wording,
)

# How an office of each level names itself and those it speaks to; 单位.yaml overrides each.
_TERMS = ("自称", "全境", "党政", "下级", "群众")
_TERMS_BY_LEVEL = {
    "省": ("我省", "全省", "省委、省政府", "各地、各部门", "群众"),
    "市": ("我市", "全市", "市委、市政府", "各县区、各部门", "群众"),
    "县": ("我县", "全县", "县委、县政府", "各乡镇、各部门", "群众"),
    "区": ("我区", "全区", "区委、区政府", "各镇街、各部门", "群众"),
    "乡镇": ("我镇", "全镇", "镇党委、政府", "各村（社区）、各站所", "群众"),
    "街道": ("街道", "全街道", "街道党工委、办事处", "各社区、各科室", "居民"),
    "村社区": ("我村", "全村", "村“两委”", "各村民小组", "村民"),
    "部门": ("我局", "全局", "局党组", "各科室、各单位", "群众"),
    "学校": ("我校", "全校", "学校党委", "各年级、各部门", "师生"),
    "医院": ("我院", "全院", "医院党委", "各科室", "患者"),
    "企业": ("公司", "全公司", "公司党委", "各车间、各部室", "职工"),
}
# A meeting's own name tells the level where no profile does: 全县…会议.
_LEVEL_BY_NAME = (("全省", "省"), ("全市", "市"), ("全县", "县"), ("全区", "区"), ("全镇", "乡镇"),
                  ("全乡", "乡镇"), ("全街道", "街道"), ("全村", "村社区"), ("全局", "部门"), ("全校", "学校"),
                  ("全院", "医院"), ("公司", "企业"), ("集团", "企业"))  # fmt: skip

# What bodies are called where 单位.yaml does not name them.
_BODIES = {
    "应急": "应急管理部门", "公安": "公安机关", "交警": "公安交管部门", "消防": "消防救援机构",
    "住建": "住房城乡建设部门", "市场监管": "市场监管部门", "人社": "人力资源社会保障部门", "信访": "信访部门",
    "民政": "民政部门", "教育": "教育部门", "卫健": "卫生健康部门", "交通": "交通运输部门",
    "自然资源": "自然资源部门", "文旅": "文化和旅游部门", "林草": "林草部门", "水利": "水利部门", "气象": "气象部门",
    "司法": "司法行政部门", "财政": "财政部门", "发改": "发展改革部门", "商务": "商务部门", "宣传": "宣传部门",
    "网信": "网信部门", "城管": "城市管理部门", "生态环境": "生态环境部门", "农业农村": "农业农村部门",
    "工信": "工业和信息化部门", "纪检": "纪检监察机关", "政法": "政法部门", "工会": "工会组织", "派出所": "派出所",
    "司法所": "司法所", "供电": "供电单位", "综治": "综治中心",
}  # fmt: skip

# Which way is good. What is done comes first (整改率 before 隐患), unless it is not done (未整改隐患).
_DONE = "整改|销号|化解|办结|清欠|付清|兑付|完成|救助|挽回|满意|达标|合格|破案"
_DONE_OR_NOT = patterns.compiled(f"(未|没有|不|待)?(?:{_DONE})(?!不)")
_LESS_IS_BETTER = ("事故", "死亡", "伤亡", "受伤", "火灾", "信访", "来访", "上访", "案件", "发案", "警情", "欠薪",
                   "拖欠", "隐患", "投诉", "纠纷", "超期", "逾期", "溺水", "损失", "重复", "违法", "违章",
                   "失业")  # fmt: skip
_MORE_IS_BETTER = ("率", "增加值", "收入", "投资", "税收", "产值", "总值")

# What an office does: more may mean more trouble or more work, nobody can say from the figure alone. A rate tells.
_EITHER_WAY = (
    "查处", "查办", "查获", "处罚", "立案", "发现", "排查", "受理", "检查", "抽查", "巡查", "督查",
    "暗访", "约谈", "追发", "追缴", "移送", "抓获", "侦破", "破获", "关停", "取缔", "出动", "培训",
    "演练", "宣传", "听证", "接访", "下访", "走访", "回访", "调解",
)  # fmt: skip
_IS_RATE = patterns.compiled("[率度比]$")

# What happens and is told with that verb: 发生火灾6起.
_HAPPENING = patterns.compiled("(?:火灾|事故|火警|火情|警情|险情|案件?|事件|灾害|纠纷|诈骗|盗窃|溺水|中毒)$")

_STOP = "。！？…"

NO_SEASONS: Mapping[str, Season] = {}

ITEMS = ("议程", "数据", "问题", "案例", "风险", "经验", "任务", "依据", "要求")
NAMES_BY_ITEM: dict[str, tuple[str, ...]] = {
    "": (
        "会议.名称", "会议.日期", "会议.年月日", "会议.星期", "会议.农历", "会议.地点", "会议.听取", "会议.参会人员",
        "会议.部署", "会议.随后", "会议.主讲", "会议.分讲",
        "讲话人.职务", "讲话人.姓名", "讲话人.角色",
        "单位.名称", "单位.地区", "单位.层级", "单位.我", "单位.全", "单位.党政", "单位.下级", "单位.群众", "单位.称谓",
        "部门.*", "节日.合称", "节日.简称", "节日.倒数", "节日.年份", "节日.临近", "节日.放假",
        "节日.常见风险",
        "风险表", "重点", "重点事", "任务数", "重点数", "问题数", "风险数", "要求数", "见方案", "部分数",
        "分工.单位数", "分工.多家事项", "分工.最多单位", "分工.最多项数",
        "期限.最早", "期限.最早事项", "期限.最晚", "期限.最晚事项", "点名单位",
        "要求.*", "提法.*", "法规.*", "背景", "总评", "数据", "问题", "案例", "经验", "任务", "依据",
    ),
    "议程": ("议程.次序", "议程.单位", "议程.姓名", "议程.事项", "议程.谁", "议程.讲话"),
    "数据": ("陈述", "数据", "数据.名称", "数据.差", "数据.剩余"),
    "问题": ("陈述", "问题.内容", "问题.数量", "问题.单位", "问题.任务", "问题.对象"),
    "案例": ("陈述", "案例.次序", "案例.数量", "案例.单位", "案例.做得好", "案例.首个"),
    "风险": ("陈述", "风险.内容"),
    "经验": ("陈述", "经验.内容"),
    "任务": ("落点", "任务.主题", "任务.内容", "任务.牵头", "任务.时限", "任务.时限前", "任务.数量", "任务.做法",
        "任务.问题", "任务.问题数量", "任务.风险", "任务.上级", "任务.几家", "任务.首家", "任务.同办"),
    "依据": ("依据句", "依据.名称", "依据.日期", "依据.要点"),
    "要求": ("要求.内容",),
}  # fmt: skip


def known_names(item: str) -> tuple[str, ...]:
    """The names a sentence about ``item`` (empty: about the whole meeting) may use."""
    return NAMES_BY_ITEM[""] + (NAMES_BY_ITEM[item] if item else ())


# ── the tree ──────────────────────────────────────────────────────────────────────────────────


def build(
    meeting: Meeting,
    office: Office,
    speaker: Speaker,
    topics: Mapping[str, Topic],
    wordings: Iterable[Wording],
    statutes: Iterable[Statute],
    seasons: Mapping[str, Season] = NO_SEASONS,
) -> dict[str, Any]:
    """The whole tree for one meeting. Lists (数据, 问题, 案例, 风险, 任务, 依据, 要求) are tuples of
    trees, each with its 话题 and 情形 as plain tuples of names, the most telling first."""
    own = meeting.setting.office.name if meeting.setting.office else None
    problems = [_problem(p, topics, own) for p in meeting.problems if not p.case]
    cases = [_case(p, topics) for p in meeting.problems if p.case]
    tasks = [_task(t, topics, own) for t in meeting.tasks]
    risks = [
        {"内容": clause(r), "陈述": join(merely_named([clause(r)], others=False, numbered=False)), **_told(topics, r)}
        for r in meeting.risks
    ]
    _link(tasks, problems, risks, meeting, topics)
    _attach(cases, problems)
    _put_in_order(cases)
    heavy = [t for t in meeting.tasks if t.weight == "细讲"]
    by_plan = [t for t in meeting.tasks if t.weight == "见方案"]
    unit = _office(office, meeting)
    return {
        "会议": _meeting(meeting),
        "讲话人": {
            "职务": field(speaker.post) if speaker.post.value else Missing("讲话人.职务", "讲话人职务"),
            "姓名": field(speaker.name) if speaker.name else Missing("讲话人.姓名", "讲话人姓名"),
            "角色": traced(speaker.role, Source("computed", "角色(讲话人.职务)")),
        },
        "单位": unit,
        "部门": {
            **{key: traced(name, Source("table", f"部门.{key}")) for key, name in _BODIES.items()},
            **{key: field(text) for key, text in office.departments.items()},
        },
        "节日": _festival(meeting, office, seasons),
        "背景": _sentences(meeting.background) if meeting.background else Missing("背景"),
        "风险表": _list(meeting.risks) if meeting.risks else Missing("风险"),
        "重点": _list(t.topic for t in heavy) if heavy else Missing("任务"),
        "重点事": _these(heavy) if heavy else Missing("任务"),
        "见方案": _named_with_leads(by_plan) if by_plan else Missing("任务"),
        "任务数": _count(len(meeting.tasks), "任务"),
        "重点数": _count(len(heavy), "任务"),
        "问题数": _count(sum(not p.case for p in meeting.problems), "问题"),
        "风险数": _count(len(meeting.risks), "风险"),
        "要求数": _count(len(meeting.further_demands), "要求"),
        "要求": {
            **{k: Missing(f"要求.{k}", k) for k in ("值班电话", "报送")},
            **{k: field(t) for k, t in meeting.demands.items()},
        },
        "提法": {w.id: _wording(w, meeting.day.value) for w in wordings},
        "法规": {s.id: _statute(s, meeting.day.value) for s in statutes},
        "议程": tuple(_agenda(meeting.agenda)),
        "数据": tuple(_figures(meeting, unit["全"], topics)),
        "总评": _overall(meeting),
        "分工": _shared_out(meeting.tasks),
        "期限": _deadlines(meeting.tasks),
        "点名单位": _named(meeting.problems),
        "问题": tuple(problems),
        "案例": tuple(cases),
        "风险列": tuple(risks),
        "经验": tuple(
            {"内容": clause(x), "陈述": _sentences([x]), **_told(topics, x)} for x in meeting.lessons
        ),
        "任务": tuple(tasks),
        "依据": tuple(_basis(b, topics) for b in meeting.bases),
        "要求列": tuple({"内容": clause(t), **_told(topics, t)} for t in meeting.further_demands),
    }  # fmt: skip


def items(facts: Facts, kind: str) -> tuple[dict[str, Any], ...]:
    """The items that 每项 goes through."""
    found = facts[{"风险": "风险列", "要求": "要求列"}.get(kind, kind)]
    return found if isinstance(found, tuple) else ()


def bound(facts: Facts, kind: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """The tree as seen from one item: its own name means the item, 陈述 and 依据句 its sentence."""
    return {**facts, kind: item, **{name: item[name] for name in ("陈述", "依据句", "落点") if name in item}}


def available(facts: Facts, path: str) -> bool:
    """Whether a dotted name is there and says something."""
    value: Any = facts
    for name in path.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return bool(value)


# ── text with its origin ──────────────────────────────────────────────────────────────────────


def field(text: Text, value: str | None = None) -> Traced:
    """Typed words (or ``value``, their normal form) resting on the key they were typed under."""
    return traced(text.value if value is None else value, Source("field", text.key, text.location))


def made(words: str, by: str, *of: str) -> Traced:
    """Words that code made, from the named fields."""
    return traced(words, Source("computed", f"{by}({'、'.join(of)})" if of else by))


def clause(text: Text) -> Traced:
    """Typed words without their final stop, so that a sentence can go on after them."""
    return field(text, text.value.rstrip(_STOP + "；;，,、 "))


def sentence(*parts: Traced) -> Traced:
    """Parts joined and closed with a full stop unless the last one closes itself."""
    whole = join(parts)
    return whole if whole.endswith(tuple(_STOP)) else join([whole, made("。", "句号")])


def _list(texts: Iterable[Text]) -> Traced:
    return join([clause(t) for t in texts], "、", Source("computed", "列"))


def _these(tasks: Sequence[Task]) -> Traced:
    """「隐患清零、欠薪、夜间场所消防这三件事」: names of any kind, made something that can be done."""
    number = f"{figures.counted(len(tasks))}件事" if len(tasks) > 1 else "件事"
    return join([_list(t.topic for t in tasks), made(f"这{number}", "重点事", "任务")])


_FEW_TASKS = 3  # of which one hears who leads each


def _named_with_leads(tasks: Sequence[Task]) -> Traced:
    """「队伍演练由市应急局牵头，防火宣传由县融媒体中心牵头」; names alone where nobody leads, or of a long list."""
    if len(tasks) > _FEW_TASKS:
        return _list(t.topic for t in tasks)
    led = [
        join([clause(t.topic), made("由", "见方案"), _list(t.leads), made("牵头", "见方案")]) for t in tasks if t.leads
    ]  # fmt: skip
    alone = [t.topic for t in tasks if not t.leads]
    told = [*led, *([_list(alone)] if alone else [])]
    return join(told, "，", Source("computed", "列"))


def _count(number: int, of: str) -> Traced:
    """How many, as said before a measure word (两个, 九项); missing when there are none."""
    return made(figures.counted(number), "计数", of) if number else Missing(of)


def _sentences(texts: Iterable[Text]) -> Traced:
    """Typed words as sentences; a question or an exclamation keeps its mark."""
    return join(field(t) if t.value.endswith(tuple(_STOP)) else sentence(clause(t)) for t in texts)


# ── meeting, office, calendar ─────────────────────────────────────────────────────────────────


def _meeting(meeting: Meeting) -> dict[str, Any]:
    day = meeting.day
    return {
        "名称": field(meeting.name),
        "日期": field(day.text, figures.say_day(day.value)),
        "年月日": field(day.text, figures.say_day(day.value, year=True)),
        "星期": traced("星期" + "一二三四五六日"[day.value.weekday()], Source("calendar", "星期")),
        "农历": traced(holidays.lunar_text(day.value), Source("calendar", "农历")),
        "地点": field(meeting.place) if meeting.place else Missing("会议.地点", "会议地点"),
        "参会人员": _list(meeting.audience) if meeting.audience else Missing("会议.参会人员", "参会人员"),
        "听取": _heard(meeting.agenda) if meeting.agenda else Missing("会议.议程", "会议议程"),
        **_others(meeting.setting),
    }


def _others(setting: Setting) -> dict[str, Any]:
    """Who else speaks at the meeting, as the text of this speaker calls them."""
    main = Missing("讲话", "主要领导的讲话")
    whole = _with_post(setting.main) if setting.main else main
    return {
        "部署": _persons(setting.deployed) if setting.deployed else Missing("讲话", "作部署的领导"),
        "随后": main if setting.kind == "主持词" else whole,
        "主讲": whole if setting.kind == "主持词" else main,
        "分讲": made("分讲", "分讲", "讲话") if setting.kind else Missing("讲话", "几篇讲话"),
    }


def _persons(speakers: Sequence[Speaker]) -> Traced:
    """「宋立新、何俊同志」; whose name is not known, by the post."""
    named = [field(s.name) for s in speakers if s.name]
    posts = [field(s.post) for s in speakers if not s.name]
    people = join([join(named, "、", Source("computed", "列")), made("同志", "称呼")]) if named else Traced()
    return join([part for part in (people, *posts) if part], "、", Source("computed", "列"))


def _with_post(speaker: Speaker) -> Traced:
    """「县委副书记、县长陈志远同志」."""
    if speaker.name is None:
        return field(speaker.post)
    return join([field(speaker.post), field(speaker.name), made("同志", "称呼")])


_DOING = ("作", "宣读", "传达", "介绍", "汇报了", "通报了")  # acts that are verbs as they stand


def _agenda(agenda: Sequence[Report]) -> Iterator[dict[str, Any]]:
    """The items of the agenda as a chair announces them; 讲话 is there where the item is the leader's speech."""
    for number, report in enumerate(agenda):
        order = "首先" if number == 0 else "最后" if number == len(agenda) - 1 else "接下来"
        speech = report.act.value in ("讲话", "作讲话", "重要讲话", "作重要讲话")
        yield {
            "次序": made(order, "次序", "会议.议程"),
            "单位": field(report.unit),
            "姓名": field(report.person) if report.person else Missing("会议.议程", "姓名", report.unit.location),
            "谁": _reporter(report),
            "事项": join([made("" if report.act.value.startswith(_DOING) else "作", "议程"), clause(report.act)]),
            "讲话": made("讲话", "议程") if speech else Missing("会议.议程", "讲话", report.unit.location),
            **_told({}, report.act),
        }


def _heard(agenda: Iterable[Report]) -> Traced:
    """「县应急局、县信访局作了通报，县住建局作了发言」: those who did the same, together."""
    by_act: dict[str, list[Report]] = {}
    for report in agenda:
        by_act.setdefault(report.act.value, []).append(report)
    groups = []
    for reports in by_act.values():
        who = join([_one_heard(r) for r in reports], "、", Source("computed", "列"))
        act = reports[0].act
        did = "" if act.value.startswith(_DOING) else "作了"
        groups.append(join([who, made(did, "听取", "会议.议程"), field(act)]))
    return join(groups, "，", Source("computed", "听取(会议.议程)"))


def _one_heard(report: Report) -> Traced:
    """A unit, with its person where one is named; a leader with a speech of their own by name, without the post."""
    if report.leader and report.person:
        return join([field(report.person), made("同志", "称呼")])
    return _reporter(report)


def _reporter(report: Report) -> Traced:
    unit = field(report.unit)
    return join([unit, field(report.person), made("同志", "称呼")]) if report.person else unit


def level_of(office: Office, meeting: Meeting) -> str:
    """The office's level, else the one that the meeting's name tells (全县…), else empty."""
    return office.level or next((lv for sign, lv in _LEVEL_BY_NAME if sign in meeting.name.value), "")


def _office(office: Office, meeting: Meeting) -> dict[str, Any]:
    level = level_of(office, meeting)
    usual = dict(zip(_TERMS, _TERMS_BY_LEVEL.get(level, ()), strict=False))
    if level == "乡镇" and "乡" in (office.name.value if office.name else meeting.name.value)[-3:]:
        usual = {term: words.replace("镇", "乡") for term, words in usual.items()}

    def term(name: str) -> Traced:
        if name in office.terms:
            return field(office.terms[name])
        if name in usual:
            return made(usual[name], name, "单位.层级" if office.level else "会议.名称")
        return Missing(f"单位.{name}", name)

    return {
        "名称": field(office.name) if office.name else Missing("单位.名称", "单位名称"),
        "地区": field(office.region) if office.region else Missing("单位.地区", "地区"),
        "层级": made(level, "层级", "单位.层级"),
        "我": term("自称"),
        "全": term("全境"),
        "党政": term("党政"),
        "下级": term("下级"),
        "群众": term("群众"),
        "称谓": field(office.salutation, office.salutation.value.rstrip("：: "))
        if office.salutation
        else made("同志们", "通用称谓"),
    }


_NEAR = 20  # days before a festival, from which on one wishes it happy


def _festival(meeting: Meeting, office: Office, seasons: Mapping[str, Season]) -> dict[str, Any]:
    known = holidays.occasion(meeting.occasion.value, meeting.day.value) if meeting.occasion else None
    if known is None or meeting.occasion is None:
        names = ("合称", "简称", "倒数", "年份", "临近", "放假", "常见风险")
        return {name: Missing("会议.场合", "场合") for name in names}
    where = meeting.occasion.location
    countdown = holidays.say_countdown(known, meeting.day.value)
    near = any(days <= _NEAR for _, days in holidays.coming(known, meeting.day.value))
    announced = dict.fromkeys(daysoff.of(office.days_off, name, known.year) for name in known.festivals)
    off = [traced(daysoff.say(days), Source("table", "调休", days.location)) for days in announced if days]
    season = seasons.get(known.name)
    return {
        "合称": traced("、".join(known.festivals) or known.name, Source("calendar", "合称", where)),
        "简称": traced(known.short, Source("calendar", "简称", where)),
        "倒数": traced(countdown, Source("calendar", "倒数", where)) if countdown else Missing("会议.场合", "节日"),
        "年份": traced(f"{known.year}年", Source("calendar", "年份", where)),
        "临近": traced("临近", Source("calendar", "临近", where)) if near else Missing("会议.场合", "临近的节日"),
        "放假": join(off, "；", Source("computed", "列")) if off else Missing("会议.场合", "调休.yaml 里的放假安排"),
        "常见风险": traced("、".join(season.risks), Source("phrase", f"季节.{known.name}", season.location))
        if season
        else Missing("会议.场合", "这个场合的常见风险"),
    }


def _basis(basis: Basis, topics: Mapping[str, Topic]) -> dict[str, Any]:
    name = field(basis.name)
    typed = basis.name.value
    document = "《" in typed or typed.endswith(("通知", "意见", "方案", "文件", "规定", "办法", "要求", "指示", "批示"))
    points = join([clause(p) for p in basis.points], "、", Source("computed", "列"))
    reviewed = not document and patterns.compiled("反馈|通报|约谈|督查|督导|检查|巡查|考核").search(typed)
    done = "提出了明确要求" if document else "提出了要求" if reviewed else "作了部署"
    told = made(done, "依据句", "依据")
    when = [_said_day(basis.day), made("，", "依据句")] if basis.day else []
    about = [made("对", "依据句"), points] if basis.points else []
    return {
        "名称": name,
        "日期": _said_day(basis.day) if basis.day else Missing("依据.日期", "依据的日期"),
        "要点": points if basis.points else Missing("依据.要点", "上级要求的要点"),
        "依据句": sentence(*when, name, *about, told),
        **_told(topics, basis.name, *basis.points),
    }


def _said_day(day: Day) -> Traced:
    return field(day.text, figures.say_day(day.value))


@lru_cache(maxsize=4096)
def _wording(wording: Wording, day: date) -> Traced:
    """A 提法 whole, or missing when it does not hold on the day."""
    if (wording.valid_from or date.min) <= day <= (wording.valid_until or date.max):
        return traced(wording.text, Source("wording", wording.id, wording.location))
    return Missing(f"提法.{wording.id}", f"会议当天可用的提法（{wording.text}）", wording.location)


@lru_cache(maxsize=4096)
def _statute(statute: Statute, day: date) -> Traced:
    """A statute's title, or missing when its text is not in force on the day."""
    if statute.effective <= day <= (statute.until or date.max):
        return traced(f"《{statute.title}》", Source("statute", statute.id, statute.location))
    return Missing(f"法规.{statute.id}", f"会议当天施行的法规（{statute.title}）", statute.location)


# ── 数据 ──────────────────────────────────────────────────────────────────────────────────────


NUMBERS = 5  # in one sentence: more, and nobody remembers any


def _numbers(reading: Reading) -> int:
    """How many numbers a reading is said with: itself, its change, its total and the rest, its share of the target."""
    return 1 + bool(reading.before) + 2 * bool(reading.total) + bool(reading.target) + bool(reading.also)


def _figures(meeting: Meeting, whole: Traced, topics: Mapping[str, Topic]) -> Iterable[dict[str, Any]]:
    """Figures in pairs at most: a figure joins the one before it when both are of one topic, or when its
    own name tells none (事故起数, then 死亡). ``whole`` is what they are of (全县)."""
    groups: list[list[Figure]] = []
    for figure in (f for f in meeting.figures if f.public):
        last = groups[-1] if groups else []
        mine = _topic_names(topics, figure.name)[:1]
        same = len(last) == 1 and last[0].scope == figure.scope and mine in ((), _topic_names(topics, last[0].name)[:1])
        if same and _numbers(last[0].reading) + _numbers(figure.reading) <= NUMBERS:
            last.append(figure)
        else:
            groups.append([figure])
    of = whole or Traced()  # where nobody knows of what, the period stands alone
    scope = ""
    for group in _worse_together(groups):
        said = group[0].scope.value if group[0].scope else ""
        yield _figure_group(group, topics, of if said != scope else None)
        scope = said or scope


def _worse_together(groups: list[list[Figure]]) -> Iterator[list[Figure]]:
    """The groups of each period in order, but what got worse not amid what got better: behind it, or before it where
    the first figure of all got worse."""
    for _, found in groupby(groups, key=lambda group: group[0].scope):
        period = list(found)
        verdicts = [{_verdict(figure) for figure in group} for group in period]
        till = max((at + 1 for at, verdict in enumerate(verdicts) if "向好" in verdict), default=0)
        first = verdicts[0] == {"变差"}
        order = sorted(range(till), key=lambda at: (verdicts[at] == {"变差"}) != first)
        yield from (period[at] for at in (*order, *range(till, len(period))))


_FEW_FIGURES = 3  # that can be judged: of less, each speaks for itself
_FEW_WORSE = 2  # that are named


def _verdict(figure: Figure) -> str:
    return judged(figure.name.value, figures.direction(figure.reading.now, figure.reading.before))


def _overall(meeting: Meeting) -> Traced:
    """What the figures say as a whole against the year before, as the listener can count it in the sentences after it:
    all better, most, or how many are better and worse, and what is worse if it is not much. Missing where too few can
    be judged."""
    public = [figure for figure in meeting.figures if figure.public]
    compared = [f for f in public if figures.direction(f.reading.now, f.reading.before) in ("上升", "下降")]
    better = sum(_verdict(figure) == "向好" for figure in compared)
    worse = [figure for figure in compared if _verdict(figure) == "变差"]
    periods = {_than(figure).removeprefix("比") for figure in compared}
    if better + len(worse) < _FEW_FIGURES:
        return Missing("数据", "能同去年比的数据")
    than = periods.pop() if len(periods) == 1 else "上年"
    most = better * 2 > len(compared)
    those = f"有{figures.counted(len(worse))}项"
    if not worse:
        said = "主要" if better == len(compared) else "多数" if most else f"有{figures.counted(better)}项"
        return made(f"从数据看，{said}指标{'都' * (better == len(compared))}好于{than}。", "总评", "数据")
    if better <= len(worse):
        return made(f"从数据看，{those}指标不如{than}，形势不容乐观。", "总评", "数据")
    good = "多数" if most else f"有{figures.counted(better)}项"
    said = f"从数据看，{good}指标好于{than}，也{those}不如{than}"
    if len(worse) > _FEW_WORSE:
        return made(f"{said}。", "总评", "数据")
    return join([made(f"{said}，就是", "总评", "数据"), sentence(_list(figure.name for figure in worse))])


def _figure_group(group: list[Figure], topics: Mapping[str, Topic], whole: Traced | None) -> dict[str, Any]:
    """``whole`` (全县) opens the sentence with the period where these figures are of a new one."""
    first = group[0]
    reading = first.reading
    clauses = [_said_figure(figure) for figure in group]
    opening = [field(first.scope), made("，", "陈述"), whole] if first.scope and whole is not None else []
    direction = figures.direction(reading.now, reading.before)
    difference = figures.difference(reading.now, reading.before)
    rest = figures.remaining(reading.now, reading.total) if reading.total else ""
    name = first.name.value
    return {
        "名称": field(first.name),
        "差": made(difference, "差", first.name.key)
        if difference
        else Missing(first.name.key, f"{name}的去年同期数", first.text.location),
        "剩余": made(rest, "剩余", first.name.key)
        if rest
        else Missing(first.name.key, f"{name}的总数", first.text.location),
        "成对": len(group) > 1,
        "方向": direction,
        "评价": judged(name, direction),
        "陈述": _figures_stated(join(opening), clauses),
        **_told(topics, *(figure.name for figure in group)),
    }


def _figures_stated(opening: Traced, clauses: Sequence[Traced]) -> Traced:
    """The clauses in one sentence, or in one each where that would be long."""
    whole = sentence(opening, join(clauses, "；", Source("computed", "陈述")))
    if len(whole) <= BREATH:
        return whole
    first, *others = clauses
    return join([sentence(opening, first), *map(sentence, others)])


def _said_figure(figure: Figure) -> Traced:
    """「发生火灾7起，比去年同期减少2起」: what stands of the name as typed, the rest computed from the line."""
    name = figure.name.value
    said = figures.say_reading(name, figure.reading, _than(figure))
    typed = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(name, said, strict=False))))
    standing = [field(figure.standing)] if figure.standing and figure.standing.value == "预计" else []
    rest = traced(said[typed:], Source("computed", f"陈述({figure.name.key})", figure.text.location))
    happened = [made("发生", "陈述", figure.name.key)] if _happened(figure) else []
    return join([*happened, cut(field(figure.name), 0, typed), *standing, rest])


def _happened(figure: Figure) -> bool:
    """Whether a figure is so many fires, accidents, cases."""
    now, name = figure.reading.now, figure.name.value
    events = now.unit == "起" and now.value > 0 and figure.reading.total is None
    return events and bool(_HAPPENING.search(name)) and not _is_work(name) and not name.startswith(("发生", "未", "已"))


def _than(figure: Figure) -> str:
    """What a figure is set against, as its period calls it: a whole year is not a 同期."""
    scope = figure.scope.value if figure.scope else ""
    if "去年" in scope or "上年" in scope:
        return "比上一年"
    return "比上年" if "全年" in scope else figures.LAST_YEAR


def _is_work(name: str) -> bool:
    """Whether a figure counts what an office did: 查处酒驾, but not 检查合格率."""
    return any(word in name for word in _EITHER_WAY) and not _IS_RATE.search(name)


def judged(name: str, direction: str) -> str:
    """向好 or 变差 for a figure of this name that rose or fell; empty when nobody can say."""
    if direction not in ("上升", "下降") or _is_work(name):
        return ""
    done = _DONE_OR_NOT.search(name)
    if done:
        better_up = done[1] is None
    elif any(word in name for word in _LESS_IS_BETTER):
        better_up = False
    elif any(word in name for word in _MORE_IS_BETTER):
        better_up = True
    else:
        return ""
    return "向好" if (direction == "上升") == better_up else "变差"


# ── 问题、任务 ────────────────────────────────────────────────────────────────────────────────

_MEASURES = (
    (patterns.compiled("企业|单位|商户|门店|店铺|场所"), "家"),
    (patterns.compiled("隐患|点位|部位|工地|路段|站|楼"), "处"),
    (patterns.compiled("件|案|事项|纠纷|诉求|矛盾"), "件"),
)


# 两个项目拖欠126名工人工资，其中一个是政府投资项目: the count in the aside is not the problem's.
_ASIDE = patterns.compiled("[，,；;]其中[^，,。；;]*(?:是|为|属于|系)[^，,。；;]*")


def _problem(problem: Problem, topics: Mapping[str, Topic], own: Text | None = None) -> dict[str, Any]:
    """A problem; of ``own`` unit, whose 发言 it is, also what of the unit's the meeting named."""
    units = {s.unit.value: s.unit for s in problem.subjects if s.unit} if problem.named else {}
    counted = _several(problem.text)
    number = _subject_count(problem) if problem.subjects else ""
    key = problem.text.key
    quantity: Traced = Missing(key, "数量")
    if number:
        quantity = made(number, "计数", key)
    elif counted:
        quantity = field(problem.text, counted.text)
    return {
        "内容": clause(problem.text),
        "数量": quantity,
        "单位": _list(units.values()) if units else Missing(key, "责任单位"),
        "对象": _list(s.name._replace(value=s.name.value.removeprefix(own.value)) for s in problem.subjects)
        if own and problem.subjects and not counted and not _PREDICATE.search(problem.text.value)
        else Missing(key, "本单位的地点"),
        "任务": Missing("任务", "对应的任务", problem.text.location),
        "陈述": _stated(problem, number),
        **_told(topics, problem.text, *(s.name for s in problem.subjects)),
    }


# Words of work done well, and of harm: a case that tells harm is none of work done well.
_GOOD = patterns.compiled(
    "垫付|先行清偿|付清|到账|打到[^，]*卡上|没有再来|减到|降到|没有(?:一[处起件]|出过|发生|扩大|蔓延|造成)|全部(?:脱险|下楼|撤出|转移)|"
    "避免了|提前转移|当场化解|调成|谈成|签了字|奖励|达成协议|握手言和|挽回|表扬"
)
_HARM = patterns.compiled(
    "死|(?<!死)伤|遇难|身亡|烧[毁掉光]|坠落|中毒|落水|被[查骗盗困]|没有(?:人[看管守]|着落)|不知道|立案|爆炸|失控"
)
_UNHARMED = patterns.compiled("(?:没有|未|无)(?:造成|发生)?(?:人员?)?(?:受伤|伤亡|死亡)(?:人员)?")


def _case(case: Problem, topics: Mapping[str, Topic]) -> dict[str, Any]:
    """A case, and whether it tells work done well (it says so, and of no harm) or harm."""
    typed = _UNHARMED.sub("", case.text.value)
    harm = bool(_HARM.search(typed))
    good = not harm and bool(_GOOD.search(case.text.value))
    told = made("做得好", "做得好", case.text.key) if good else Missing(case.text.key, "做得好的事")
    lesson = made("教训", "教训", case.text.key) if harm else Missing(case.text.key, "教训")
    return {**_problem(case, topics), "做得好": told, "教训": lesson}


def _several(text: Text) -> Quantity | None:
    """The count in typed words of which one can go on to speak as 这4家; one alone is no number to argue from.

    It is the last: 抽查9家，4家上锁. Where parts make up a whole (7处没有修完，5处在白渡县，2处在青峪县), it is
    the whole; of several parts that do not (84辆客车，7辆…，3辆…), nobody could tell which are meant.
    """
    words = _ASIDE.sub("", _REMARK.sub("", text.value))
    found = figures.counts(words)
    before = figures.counts(words.partition("其中")[0])
    if len(before) > 1:  # 27栋，11栋的水泵不能启动，其中8栋没有物业
        found = before
    last = found[-1] if found else None
    if last is None or last.value < 2:
        return None
    first, *parts = [count for count in found if count and count.unit == last.unit]
    if len(parts) > 1:
        return first if sum(part.value for part in parts) == first.value else None
    if parts and "、" in words[words.index(first.text) : words.rindex(last.text)]:
        return None  # 中医院迁建112人、石塘公路76人: of two parts neither is the whole
    return last


def _subject_count(problem: Problem) -> str:
    label = problem.text.value
    measure = next((m for pattern, m in _MEASURES if pattern.search(label)), "个")
    return f"{figures.counted(len(problem.subjects))}{measure}"


_REMARK = patterns.compiled(r"[（(]([^（）()]+)[）)]$")


def _stated(problem: Problem, number: str) -> Traced:
    """A problem as a full sentence; its places and units only where the file says 点名.

    Brackets cannot be read aloud: figures in them become 「其中…」, units 「责任单位是…」 or go.
    """
    label = clause(problem.text)
    if not problem.subjects:
        remark = _REMARK.search(label)
        if remark is None:
            return sentence(label)
        body, inner = cut(label, 0, remark.start()), cut(label, remark.start(1), remark.end(1))
        if patterns.compiled(r"\d").search(inner):
            return sentence(body, made("，其中", "陈述"), inner)
        if not all(_UNIT.search(part) for part in inner.split("、")):
            return sentence(label)
        return sentence(body, made("，责任单位是", "陈述"), inner) if problem.named else sentence(body)
    if _PREDICATE.search(problem.text.value):  # 被盗六成在老旧小区：…
        places = join(map(_place, problem.subjects), "，", Source("computed", "陈述"))
        return sentence(label, made("，涉及", "陈述"), places) if problem.named else sentence(label)
    told = figures.last_quantity(problem.text.value) is not None  # 逾期未销号隐患2处：…
    counted = label if told else join([label, made(f"还有{number}", "陈述", problem.text.key)])
    if not problem.named:
        return sentence(counted)
    follows = "：" if not told or len(problem.subjects) == 1 else "，分别是"
    places = join(map(_place, problem.subjects), "，", Source("computed", "陈述"))
    return sentence(counted, made(follows, "陈述"), places)


_UNIT = patterns.compiled(
    "(局|委|办|室|部|科|队|所|站|院|校|中心|公司|镇|乡|街道|社区|村|车间|厂|组|会|处|集团|学校|医院)$"
)


# A problem that is a statement already, not a name that can be counted.
_PREDICATE = patterns.compiled("(?:[成数都多]在|集中在|主要在|发生在|出在|来自)")


def _place(subject: Subject) -> Traced:
    """「县住建局负责的城东液化气站」; a unit that the place's own name begins with is not said twice."""
    if subject.unit is None:
        return field(subject.name)
    short = subject.name.value.removeprefix(subject.unit.value)
    return join([field(subject.unit), made("负责的", "陈述"), field(subject.name, short or subject.name.value)])


# Words that end a bare noun phrase (隐患排查, 物资储备); anything else is taken for a clause.
_NOUN_END = patterns.compiled(
    "(排查|整治|检查|巡查|抽查|工作|保障|宣传|教育|管控|值守|演练|培训|监测|应对|行动|建设|服务|"
    "供应|投放|调度|管理|治理|监管|储备|防范|防控|准备|处置|巡护|巡防|调解|维护|改造)$"
)
_VERB_START = patterns.compiled(
    "^(开展|做好|抓好|组织|加强|完成|落实|推进|搞好|强化|启动|实施|完善|加快|逐|把|对|将|全部)"
)
# Signs of a clause, whatever noun it ends with: 两家医院各做一次演练, 由村里组织排查.
_CLAUSE = patterns.compiled(
    "[，,；;0-9０-９]|各[做办开练查派设备定报搞]|[一两三四][次遍轮场]|由|把(?!关)|将|[做办开练搞]好?一"
)


def wanted(text: Text) -> Traced:
    """What a task brings about, as words that can follow 「12月31日前，」.

    A clause or a verb phrase stands as typed; a bare noun (隐患排查) gets 「抓好」 before it.
    """
    words = clause(text)
    if _CLAUSE.search(words) or _VERB_START.search(words) or not _NOUN_END.search(words):
        return words
    return join([made("抓好", "动词", text.key), words])


def _task(task: Task, topics: Mapping[str, Topic], own: Text | None = None) -> dict[str, Any]:
    """A task; as ``own`` unit tells it, whose 发言 it is, who leads is not said."""
    name, where = task.topic.value, task.topic.location
    counted = _several(task.goal) if task.goal else None

    def lacking(field_name: str, what: str) -> Missing:
        return Missing(f"任务.{field_name}", what, where)

    told: dict[str, Any] = {
        "主题": clause(task.topic),
        "内容": wanted(task.goal) if task.goal else lacking("内容", f"{name}要办成什么"),
        "牵头": join([field(u) for u in task.leads], "、", Source("computed", "列")) if task.leads and not own
                else lacking("牵头", f"{name}由谁牵头"),
        "几家": made(f"{figures.counted(len(task.leads))}家", "计数", "任务.牵头") if len(task.leads) > 1
                else lacking("牵头", f"{name}的几家牵头单位"),
        "首家": field(task.leads[0]) if len(task.leads) > 1 else lacking("牵头", f"{name}的几家牵头单位"),
        "同办": join([field(u) for u in task.beside], "、", Source("computed", "列")) if task.beside
                else lacking("牵头", f"{name}的其他牵头单位"),
        "时限": field(task.deadline) if task.deadline else lacking("时限", f"{name}的时限"),
        "时限前": _by_when(task) if task.deadline else lacking("时限", f"{name}的时限"),
        "数量": field(task.goal, counted.text) if task.goal and counted else lacking("内容", f"{name}的数量"),
        "做法": _sentences(task.steps) if task.steps else lacking("做法", f"{name}怎么做"),
        "月": (task.due.year, task.due.month) if task.due else None,
        "权重": task.weight,
        **_told(topics, task.topic, *([task.goal] if task.goal else [])),
    }  # fmt: skip
    return {**told, "落点": _task_stated(told, task.weight, named=bool(own))}


_LASTING = ("长期", "常年", "常态化", "持续")

# Deadlines that 前 cannot follow: it stands there already, or they name a stretch of time or none at all.
_NO_MOMENT = patterns.compiled(
    "(?:前|内|期|期间|季|春运|假|中|后|起|止|以来|长期|常态|常态化|持续|始终|坚持|随时|立即|马上|全程|全年|常年|同步)$"
    "|^(?:长期|常年|全年|全程|持续|始终|随时|立即|马上|即日|每|贯穿)|[至到~～—–]"
)


def _by_when(task: Task) -> Traced:
    """「12月31日前」, 「春节前」; what has no end is 「长期坚持，」."""
    assert task.deadline is not None
    typed = task.deadline
    if task.due:
        return join([field(typed, figures.say_day(task.due)), made("前", "时限前", typed.key)])
    if patterns.compiled(r"\d+月|[一二三四五六七八九十]+月").fullmatch(typed.value):
        return join([field(typed), made("内", "时限前", typed.key)])  # by the end of it, not before it begins
    if typed.value in _LASTING:
        return join([field(typed), made("坚持，", "时限前", typed.key)])
    return field(typed) if _NO_MOMENT.search(typed.value) else join([field(typed), made("前", "时限前", typed.key)])


def _task_stated(told: Facts, weight: str, named: bool) -> Traced:
    """A task in the one form that listeners can follow, and how it is done. Without a goal it keeps a blank: nobody can
    act on a topic alone. ``named``: the sentence before has told its topic."""
    stated = _weighty(told) if weight == "细讲" else _small(told, named)
    return join([stated, told["做法"] or Traced()])


def _weighty(told: Facts) -> Traced:
    """「由县住建局牵头，12月31日前必须做到：…」. What is to be led, the outline says before it: 这件事, or the topic
    where no heading has named it."""
    demand = [told["时限前"] or Traced(), made("必须做到：", "落点"), told["内容"]]
    if not told["牵头"]:
        return sentence(*demand)
    whole = sentence(_led(told), made("，", "落点"), *demand)
    return whole if len(whole) <= BREATH else join([sentence(_led(told)), sentence(*demand)])


def _small(told: Facts, topic_told: bool) -> Traced:
    """「1月10日前，餐饮场所检查一遍，由县住建局牵头。」, after 「燃气方面，」 where these words do not tell the matter.

    A deadline that would meet a time in the typed words (节前…) comes behind them, and so does what has no end. A
    sentence that is long leaves who leads to a short one.
    """
    when, goal = told["时限前"], told["内容"]
    tells = topic_told or (goal and _tells(goal, told["主题"]))
    named = Traced() if tells else join([told["主题"], made("方面，", "落点")])
    day = end = Traced()
    if when and when.endswith(("，", "坚持")):  # 长期坚持，
        end = cut(when, 0, len(when) - when.endswith("，"))
    elif when and goal and _OWN_TIME.search(goal.partition("，")[0]):
        end = _done_by(when)
    elif when:
        day = join([when, made("，", "落点")])
    after = [part for part in (end, _led(told)) if part]
    whole = sentence(named, day, join([goal, *after], "，", Source("computed", "落点")))
    if len(whole) - len(named) <= BREATH or not told["牵头"]:
        return whole
    if end.startswith(_WHOLE):
        return join([sentence(named, goal), sentence(join(after, "，", Source("computed", "落点")))])
    kept = join([goal, end], "，", Source("computed", "落点")) if end else goal
    return join([sentence(named, day, kept), sentence(made("这件事", "落点"), _led(told))])


def _led(told: Facts) -> Traced:
    """「由县住建局牵头」; empty where nobody leads."""
    return join([made("由", "落点"), told["牵头"], made("牵头", "落点")]) if told["牵头"] else Traced()


# A time that a task's own words begin with: 夜班班车1月4日开通, 节前催提出港, 入梅前降到汛限水位.
_OWN_TIME = patterns.compiled(
    r"\d月\d+[日号]|[一二三四五六七八九十]月[初一二三四五六七八九十]|腊月|正月|"
    "(?:节|元旦|国庆|中秋|清明|端午|年|月|底|旬|汛|梅|开学|考|假|会|结束|运|周末|[日号])前(?![年期后面来端])"
)
_WHOLE = "整件事"


def _done_by(when: Traced) -> Traced:
    """A deadline at the end of a sentence: 「整件事1月15日前办完」, 「1月27日起执行」."""
    if when.endswith(("前", "内")):
        return join([made(_WHOLE, "落点"), when, made("办完", "落点")])
    return join([when, made("执行" if when.endswith("起") else "落实", "落点")])


def _tells(goal: str, topic: str) -> bool:
    """Whether a task's own words hold most of its topic's, or begin with what it is about (邻里纠纷: 2件没有化解的
    纠纷), so that the matter need not be named before them."""
    pairs = {at for at in range(len(topic) - 1) if topic[at : at + 2] in goal}
    held = sum(at in pairs or at - 1 in pairs for at in range(len(topic)))
    return held * 2 > len(topic) or topic[-2:] in goal.partition("，")[0]


BREATH = 45  # characters of a sentence, from which on the listener needs a short one beside it


def lacking(meeting: Meeting, wanted_lists: Iterable[str]) -> Iterator[Missing]:
    """What the file leaves out without any sentence asking for it: keys begun and left empty, lists that
    the outline goes through, a task's lead or deadline, a figure with nothing to set it against."""
    yield from (Missing(key, key.rpartition(".")[2]) for key in meeting.unfilled)
    present = {
        "依据": meeting.bases, "数据": meeting.figures, "问题": meeting.problems, "风险": meeting.risks,
        "经验": meeting.lessons, "任务": meeting.tasks,
    }  # fmt: skip
    for name in wanted_lists:
        if name in present and not present[name] and name not in meeting.unfilled:
            yield Missing(name, f"没有写{name}")
    for task in () if meeting.setting.kind in ("主持词", "发言") or meeting.setting.deployed else meeting.tasks:
        where = task.topic.location
        for there, name, what in ((task.leads, "牵头", "由谁牵头"), (task.deadline, "时限", "的时限")):
            if not there and task.weight != "见方案":
                yield Missing(f"任务.{name}", f"{task.topic.value}{what}", where)
    for figure in meeting.figures:
        reading = figure.reading
        if figure.public and not (reading.before or reading.total or reading.target):
            yield Missing(figure.name.key, f"{figure.name.value}的去年同期数或总数", figure.text.location)


def merely_named(risks: Sequence[Traced], others: bool, numbered: bool) -> list[Traced]:
    """Risks of which no more can be said, parts of one sentence: 「A，」 (四是) 「B，」 (五是) 「C，也都不能大意。」,
    where they are not numbered, parted by 、. ``others`` have been spoken of before."""
    if not risks:
        return []
    *before, last = risks
    warned = "，" + "也" * others + "都" * bool(before) + "不能大意。"
    parted = made("，" if numbered else "、", "陈述", "风险")
    return [*(join([risk, parted]) for risk in before), join([last, made(warned, "陈述", "风险")])]


# ── what belongs together ─────────────────────────────────────────────────────────────────────

SAME_WORDS = 3  # pairs of characters that two things must share to be taken for one matter


def answers(one: Facts, other: Facts) -> bool:
    """Whether two things said in the file are of one matter: one topic, or words and counts (12座) in common."""
    words = _shared_pairs(one, other)
    counts = len(_counts_in(one) & _counts_in(other)) if words else 0
    return bool(set(one["话题"]) & set(other["话题"])) or words + counts >= SAME_WORDS


def _shared_pairs(one: Facts, other: Facts) -> int:
    return len(_pairs(one) & _pairs(other))


def _pairs(item: Facts) -> set[str]:
    words = patterns.compiled(r"[^\u4e00-\u9fff]").sub(" ", "".join(item["原文"]))
    return {pair for pair in map("".join, pairwise(words)) if " " not in pair}


def _figures_in(item: Facts) -> set[str]:
    return set(patterns.compiled(r"\d{2,}").findall("".join(item["原文"])))


def _counts_in(item: Facts) -> set[str]:
    return {count.text for text in item["原文"] for count in figures.counts(text) if count}


def _nearest(item: Facts, others: Iterable[dict[str, Any]], alone: bool) -> dict[str, Any] | None:
    """Which of the others is the same matter beyond doubt, as far as words can tell; None when none is.

    One topic, and beside it a situation, a figure or words in common; without these it may only be the sole one of
    that topic, where the item is ``alone`` of it too.
    """
    first = item["话题"][:1]
    near = [other for other in others if first and first[0] in other["话题"]]
    ranked = [
        (len(set(item["情形"]) & set(other["情形"])), len(_figures_in(item) & _figures_in(other)),
         _shared_pairs(item, other))
        for other in near
    ]  # fmt: skip
    best = max(range(len(near)), key=ranked.__getitem__, default=None)
    if best is None:
        return None
    situations, figures_, words = ranked[best]
    same = [other for other in near if other["话题"][:1] == first]
    return near[best] if situations or figures_ or words >= SAME_WORDS or (alone and same == near[:1]) else None


def _link(
    tasks: Sequence[dict[str, Any]],
    problems: Sequence[dict[str, Any]],
    risks: Sequence[dict[str, Any]],
    meeting: Meeting,
    topics: Mapping[str, Topic],
) -> None:
    """Tell each task the problem that it answers, the risk that it meets and the superior that asked for it, and
    each problem its task. A task whose words tell no situation has that of its problem."""
    points = [{"名称": field(b.name), **_told(topics, p)} for b in meeting.bases for p in b.points]
    of_topic = Counter(task["话题"][:1] for task in tasks)
    for task, typed in zip(tasks, meeting.tasks, strict=True):
        where, alone = typed.topic.location, of_topic[task["话题"][:1]] == 1
        problem, risk, point = (_nearest(task, found, alone) for found in (problems, risks, points))
        if point is None:
            point = next((p for p in points if p["话题"][:1] == task["话题"][:1] != ()), None)
        task["问题"] = problem["内容"] if problem else Missing("问题", "对应的问题", where)
        task["问题数量"] = problem["数量"] if problem else Missing("问题", "对应的问题", where)
        task["风险"] = risk["内容"] if risk else Missing("风险", "对应的风险", where)
        task["上级"] = point["名称"] if point else Missing("依据", "上级的要求", where)
        if problem and not task["情形"]:
            of_task = {situation for topic in task["话题"] for situation in topics[topic].situations}
            task["情形"] = tuple(s for s in problem["情形"] if s in of_task)
        if problem:
            problem["任务"] = problem["任务"] or task["主题"]


def _attach(cases: list[dict[str, Any]], problems: Sequence[dict[str, Any]]) -> None:
    """Tell each case with the problem of its situation, as part of its statement, and take it from the list; a case
    whose situation no problem shares stays: names of places and persons in common (白渡县, 去年) make no one matter.
    So does work done well, which is no part of a fault."""
    for case in [case for case in cases if not case["做得好"]]:
        common = [len(set(case["情形"]) & set(problem["情形"])) for problem in problems]
        if any(common):
            shown = problems[common.index(max(common))]
            shown["陈述"] = join([shown["陈述"], case["陈述"]])
            cases.remove(case)


# How cases are come to: the first of a kind, the first where one of another kind went before, one more of the kind.
_COME_TO = {
    "做得好": ("有一个做法值得学", "也有做得好的", "还有一个做法也值得学"),
    "教训": ("有一个教训要记住", "也有一个教训要记住", "还有一个教训"),
    "": ("有一个情况要讲一讲", "还有一个情况", "再说一个情况"),
}


def _put_in_order(cases: Sequence[dict[str, Any]]) -> None:
    """Say of each case how it is come to: that it is work done well, a lesson, or neither."""
    told: list[str] = []
    for case in cases:
        kind = next((kind for kind in ("做得好", "教训") if case[kind]), "")
        first, after, more = _COME_TO[kind]
        case["次序"] = made(more if kind in told else after if told else first, "次序", "案例")
        case["首个"] = Missing("案例", "首个") if told else made("首个", "首个", "案例")
        told.append(kind)


def _shared_out(tasks: Sequence[Task]) -> dict[str, Any]:
    """Who has how much to do: units that lead, who leads most (two tasks at least), what several lead together."""
    led: dict[str, list[Text]] = {}
    for task in tasks:
        for unit in task.leads:
            led.setdefault(unit.value, []).append(unit)
    most = max(led.values(), key=len, default=[])
    alone = len(most) > 1 and sum(len(units) == len(most) for units in led.values()) == 1
    together = [task.topic for task in tasks if len(task.leads) > 1]
    return {
        "单位数": _count(len(led), "牵头") if len(led) > 1 else Missing("任务.牵头", "牵头单位"),
        "多家事项": _list(together) if together else Missing("任务.牵头", "几家牵头的任务"),
        "最多单位": field(most[0]) if alone else Missing("任务.牵头", "牵头最多的单位"),
        "最多项数": _count(len(most), "牵头") if alone else Missing("任务.牵头", "牵头最多的单位"),
    }


def _deadlines(tasks: Iterable[Task]) -> dict[str, Any]:
    """The first day by which something is due and the last, with what is due then; missing where all is due at once.
    Where a deadline is no day (春节前, 汛期), nobody knows which is the last."""
    tasks = list(tasks)
    vague = any(task.deadline and not task.due and task.deadline.value not in _LASTING for task in tasks)
    dated = [(task.due, task.deadline, task.topic) for task in tasks if task.due and task.deadline]
    days = {due for due, _, _ in dated}
    told: dict[str, Any] = {}
    for name, day in (("最早", min(days, default=None)), ("最晚", max(days, default=None))):
        due = [(typed, topic) for when, typed, topic in dated if when == day]
        if day is None or len(days) < 2 or (vague and name == "最晚"):
            told[name] = told[f"{name}事项"] = Missing("任务.时限", "任务的时限")
        else:
            told[name] = field(due[0][0], figures.say_day(day))
            told[f"{name}事项"] = _list(topic for _, topic in due)
    return told


def _named(problems: Iterable[Problem]) -> Traced:
    """The units that the file names (点名) with their problems, each once."""
    units = {s.unit.value: s.unit for p in problems if p.named for s in p.subjects if s.unit}
    return _list(units.values()) if units else Missing("问题", "点名的单位")


# ── many small tasks ──────────────────────────────────────────────────────────────────────────

_UNNAMED = ("其他", "值守")  # kinds that a group is not called by


def gathered(tasks: Sequence[Facts], by: str) -> Iterator[tuple[Traced, list[Facts]]]:
    """Tasks in groups of one kind (类, in the order that they are first met) or of one month (时限), each with the
    words that open it. What is alone of its kind or month goes with the rest, which come last. One month alone tells
    nothing apart: then all stand together."""
    groups: dict[str, list[Facts]] = {}
    for task in sorted(tasks, key=lambda task: task["月"] or _NEVER) if by == "时限" else tasks:
        month = f"{task['月'][1]}月份要办成的" if task["月"] else ""
        kind = "" if task["类"] in _UNNAMED else f"{task['类']}工作"
        groups.setdefault(month if by == "时限" else kind, []).append(task)
    named = {name: group for name, group in groups.items() if name and len(group) > 1}
    if by == "时限" and len(named) == 1:
        named = {}
    rest = [task for name, group in groups.items() if name not in named for task in group]
    for name, group in [*named.items(), *([("还", rest)] if rest else [])]:
        yield made(f"{name}有{figures.counted(len(group))}件事。" if named else "", "归并", "任务"), group


_NEVER = (9999, 12)

# ── topics ────────────────────────────────────────────────────────────────────────────────────


def _told(topics: Mapping[str, Topic], *texts: Text) -> dict[str, Any]:
    """The topics and situations that typed words tell, the first text weighing most."""
    whole = "；".join(t.value for t in texts)
    names = tuple(dict.fromkeys(name for text in texts for name in _topic_names(topics, text)))
    situations = tuple(situation for name in names for situation in situations_in(whole, topics[name]))
    kind = topics[names[0]].kind if names else ""
    sure = {name: sum(len(word) for word in topics[name].words if word in whole) for name in names}
    return {"话题": names, "情形": situations, "原文": (whole,), "类": kind or "其他", "把握": sure}


def told_by(topics: Mapping[str, Topic], words: str) -> tuple[str, ...]:
    """The topics that some words tell, the one with the longest run of words first."""
    return _topic_names(topics, Text(words, "", Location("")))


def kind_of(topics: Mapping[str, Topic], *texts: Text) -> str:
    """The kind of matter (安全, 稳定…) that typed words tell."""
    return str(_told(topics, *texts)["类"])


def situations_in(typed: str, topic: Topic) -> tuple[str, ...]:
    """The situations of a topic that typed words tell: of each word group at least one word stands there."""
    found = []
    for situation, groups in topic.situations.items():
        for group in groups:
            for word in group:  # plain loops: a speech asks this of some ten thousand words
                if word in typed:
                    break
            else:
                break
        else:
            found.append(situation)
    return tuple(found)


def _topic_names(topics: Mapping[str, Topic], text: Text) -> tuple[str, ...]:
    """Topics whose words occur, the one with the longest run of words first."""
    if not topics:
        return ()
    of_word, lengths = _by_word(topics)
    typed = text.value
    spoken = {typed[at : at + length] for length in lengths for at in range(len(typed) - length + 1)}
    weights: Counter[str] = Counter()
    for word in spoken & of_word.keys():
        for name in of_word[word]:
            weights[name] += len(word)
    return tuple(sorted(weights, key=lambda name: (-weights[name], name)))


_last: list[tuple[Mapping[str, Topic], dict[str, list[str]], tuple[int, ...]]] = []


def _by_word(topics: Mapping[str, Topic]) -> tuple[dict[str, list[str]], tuple[int, ...]]:
    """Which topics each word tells, and how long words are: made once for all the words of a file."""
    if not _last or _last[0][0] is not topics:
        of_word: dict[str, list[str]] = {}
        for name, topic in topics.items():
            for word in topic.words:
                of_word.setdefault(word, []).append(name)
        _last[:] = [(topics, of_word, tuple({len(word) for word in of_word}))]
    return _last[0][1:]


def location_of(blank: Source, meeting: Meeting) -> Location:
    """Where a missing fact would be filled in: its own line, its parent key's, or the file."""
    if blank.location:
        return blank.location
    key = blank.name
    while key:
        if key in meeting.key_lines:
            return Location(meeting.file, meeting.key_lines[key], 1)
        key = key.rpartition(".")[0]
    return Location(meeting.file, 0, 0)
