"""Meeting files and office profiles: every form a secretary may type, and every slip told at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechgen import schema
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Leader, Location, Meeting, Office, Speaker, Text
from speechgen.schema import load_meeting, load_office, role_of, speaker_of
from tests.examples import SINGLE

ROOT = Path(__file__).resolve().parents[1]
HEAD = "会议:\n  名称: 全县安全会议\n  日期: 2026-12-24\n讲话人: 县长\n"


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(text: str, name: str = "会议.yaml", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return written


@pytest.fixture
def meeting(write: Any) -> Any:
    """The meeting of a file with the usual head and these further lines."""

    def loaded(more: str, head: str = HEAD) -> Meeting:
        return load_meeting(write(head + more))[0]

    return loaded


@pytest.fixture
def slips(write: Any) -> Any:
    def found(more: str, head: str = HEAD, load: Any = load_meeting) -> tuple[Slip, ...]:
        with pytest.raises(SpeechgenError) as caught:
            load(write(head + more))
        for slip in caught.value.slips:
            assert slip.location is not None
            assert slip.location.line > 0
            assert slip.remedy
            assert not any(word in slip.message + slip.remedy for word in ("None", "Scalar", "Mapping", "Error"))
        return caught.value.slips

    return found


def values(texts: Any) -> list[str]:
    return [t.value for t in texts]


# ── every item form ───────────────────────────────────────────────────────────────────────────


def test_head_of_a_meeting(meeting: Any) -> None:
    found = meeting(
        "",
        head="会议: {名称: 全县会议, 日期: 2026年12月24日, 地点: 二楼会议室, 场合: 春节, 参会人员: [各乡镇, 各部门]}\n"
        "讲话人: {姓名: 陈志远, 职务: 县长, 角色: 政府主要领导, 语速: 170}\n"
        "分钟: 15分钟\n字数: ２５００\n提纲: jieri\n版式: gbt9704\n种子: 甲\n选定: {开头: kt.1}\n背景: 天冷了。\n",
    )
    assert found.day.value == date(2026, 12, 24)
    assert values([found.name, found.place, found.occasion]) == ["全县会议", "二楼会议室", "春节"]
    assert values(found.audience) == ["各乡镇", "各部门"]
    assert found.speaker == Speaker(found.speaker.post, found.speaker.name, "政府主要领导", 170)
    assert (found.minutes, found.characters, found.seed) == (15, 2500, "甲")
    assert found.pins["开头"].value == "kt.1"
    assert values(found.background) == ["天冷了。"]
    assert found.name.location.line == 1


def test_agenda_forms(meeting: Any) -> None:
    agenda = meeting(
        "",
        head="会议:\n  名称: 甲\n  日期: 2026-12-24\n  议程:\n    - 县应急局 通报\n    - 县住建局　发言\n"
        "    - 县信访局 王强 发言\n    - {单位: 柳河镇, 事项: 发言, 姓名: 李明}\n讲话人: 县长\n",
    ).agenda
    assert [(r.unit.value, r.act.value, r.person.value if r.person else "") for r in agenda] == [
        ("县应急局", "通报", ""),
        ("县住建局", "发言", ""),
        ("县信访局", "发言", "王强"),
        ("柳河镇", "发言", "李明"),
    ]


@pytest.mark.parametrize(
    ("line", "name", "day", "points"),
    [
        (
            "12月21日 全市安全稳定视频会议：烟花爆竹、燃气；欠薪",
            "全市安全稳定视频会议",
            date(2026, 12, 21),
            ["烟花爆竹", "燃气", "欠薪"],
        ),
        ("2026年12月21日，全市会议", "全市会议", date(2026, 12, 21), []),
        ("2026-12-21 全市会议", "全市会议", date(2026, 12, 21), []),
        ("全市会议：燃气（管道、瓶装）、欠薪", "全市会议", None, ["燃气（管道、瓶装）", "欠薪"]),
        ("《关于做好2027年元旦春节工作的通知》", "《关于做好2027年元旦春节工作的通知》", None, []),
        ("《工作要点：安全》：燃气", "《工作要点：安全》", None, ["燃气"]),
        ("{名称: 全市会议, 日期: 12月21日, 要点: [燃气, 欠薪]}", "全市会议", date(2026, 12, 21), ["燃气", "欠薪"]),
        ("12月26日 全市会议", "全市会议", date(2025, 12, 26), []),
    ],
)
def test_basis_forms(meeting: Any, line: str, name: str, day: date | None, points: list[str]) -> None:
    (basis,) = meeting(f"依据:\n  - {line}\n").bases
    assert basis.name.value == name
    assert (basis.day.value if basis.day else None) == day
    assert values(basis.points) == points


@pytest.mark.parametrize(
    "line", ["12月21日", "12月21日：燃气", "12月21日至22日 全市会议", "12月21日下午 全市会议", "2月30日 全市会议"]
)
def test_a_basis_that_cannot_be_read(slips: Any, line: str) -> None:
    (slip,) = slips(f"依据:\n  - {line}\n")
    assert slip.location.line == 6


def test_figure_forms(meeting: Any) -> None:
    found = meeting(
        "数据:\n  口径: 1—11月\n  来源: 县统计局\n  事故: 7起 / 9起\n  销号: 41处，共43处\n"
        "  收入: {今年: 12.6亿元, 目标: 13亿元, 口径: 全年, 性质: 预计, 来源: 财政局, 公开: 否}\n"
        "  总数法: {数值: 41处, 总数: 43处}\n  同比法: {今年: 7起, 去年: 9起}\n  火灾:\n  待报: {今年: }\n"
    ).figures
    by_name = {f.name.value: f for f in found}
    assert list(by_name) == ["事故", "销号", "收入", "总数法", "同比法"]  # those still to come are no figures
    assert by_name["事故"].reading.before.value == Decimal(9)
    assert by_name["事故"].scope.value == "1—11月"
    assert by_name["事故"].source.value == "县统计局"
    assert by_name["事故"].name.key == "数据.事故"
    assert by_name["销号"].reading.total.value == Decimal(43)
    income = by_name["收入"]
    assert values([income.scope, income.standing, income.source]) == ["全年", "预计", "财政局"]
    assert not income.public
    assert income.reading.target.text == "13亿元"
    assert by_name["总数法"].reading.total.text == "43处"
    assert by_name["同比法"].reading.before.text == "9起"


def test_figures_as_a_list(meeting: Any) -> None:
    found = meeting(
        "数据:\n  - 生产安全事故：7起 / 9起\n  - 火灾: 5起 / 8起\n  - {名称: 死亡, 今年: 3人, 去年: 5人}\n"
    ).figures
    assert [(f.name.value, f.reading.now.text, f.reading.before.text) for f in found] == [
        ("生产安全事故", "7起", "9起"),
        ("火灾", "5起", "8起"),
        ("死亡", "3人", "5人"),
    ]
    assert {f.name.key for f in found} == {"数据.生产安全事故", "数据.火灾", "数据.死亡"}


def test_unfilled_keys_are_remembered_with_their_lines(meeting: Any) -> None:
    found = meeting("风险:\n数据:\n  火灾:\n  事故: {今年: , 去年: 5起}\n要求:\n  值班电话:\n任务: []\n")
    assert set(found.unfilled) == {"风险", "数据.火灾", "数据.事故.今年", "要求.值班电话", "任务"}
    assert found.key_lines["数据.火灾"] == 7
    assert found.key_lines["要求.值班电话"] == 10


def test_problem_forms(meeting: Any) -> None:
    found = meeting(
        "问题:\n"
        "  - 逾期未销号隐患：城东液化气站（县住建局）、柳河镇老粮站（柳河镇）；点名\n"
        "  - 逾期未销号隐患：二号煤气柜（一期）围栏（熔炼车间）、老粮站（县粮食局（储备科）、柳河镇）；不点名\n"
        "  - 12月8日晚暗访9家夜间营业场所，4家安全出口上锁或堆物；不点名\n"
        "  - 检查发现：出口上锁（4家）、通道堆物（2家）\n"
        "  - 欠薪：龙源小区项目（政府投资）、西环路项目\n"
        "  - 除尘器检修没有办作业票（点名）\n"
        "  - {内容: 逾期隐患, 对象: [{名称: 甲站, 单位: 县住建局}, 乙站（柳河镇）, 丙站], 点名: 是}\n"
        "案例:\n  - 9月，一名工人进地坑没有先检测\n"
    ).problems
    read = [
        (p.text.value, [(s.name.value, s.unit.value if s.unit else "") for s in p.subjects], p.named) for p in found
    ]
    assert read == [
        ("逾期未销号隐患", [("城东液化气站", "县住建局"), ("柳河镇老粮站", "柳河镇")], True),
        ("逾期未销号隐患", [("二号煤气柜（一期）围栏", "熔炼车间"), ("老粮站", "县粮食局（储备科）、柳河镇")], False),
        ("12月8日晚暗访9家夜间营业场所，4家安全出口上锁或堆物", [], False),
        ("检查发现：出口上锁（4家）、通道堆物（2家）", [], False),
        ("欠薪：龙源小区项目（政府投资）、西环路项目", [], False),
        ("除尘器检修没有办作业票", [], True),
        ("逾期隐患", [("甲站", "县住建局"), ("乙站", "柳河镇"), ("丙站", "")], True),
        ("9月，一名工人进地坑没有先检测", [], False),
    ]
    assert [p.case for p in found] == [False] * 7 + [True]


@pytest.mark.parametrize(
    "sentence", ["反映突出的有：甲、乙", "原因：一是管理松，二是人手少（3人）", "通报：甲（未整改）", "甲站（乙局"]
)
def test_an_ordinary_sentence_with_a_colon_stays_one(meeting: Any, sentence: str) -> None:
    (problem,) = meeting(f"问题:\n  - {sentence}\n").problems
    assert (problem.text.value, problem.subjects) == (sentence, ())


def test_task_forms_and_default_weights(meeting: Any) -> None:
    tasks = meeting(
        "任务:\n  - 隐患清零｜2处隐患销号，销号前停用｜县住建局（燃气办、安监站）、柳河镇｜12月31日\n"
        "  - 欠薪|126人工资付清|县人社局|1月20日前\n  - 烟花爆竹\n  - 燃气｜检查一遍｜｜春节前\n"
    ).tasks
    assert [t.topic.value for t in tasks] == ["隐患清零", "欠薪", "烟花爆竹", "燃气"]
    assert [values(t.leads) for t in tasks] == [["县住建局（燃气办、安监站）", "柳河镇"], ["县人社局"], [], []]
    assert [t.due for t in tasks] == [date(2026, 12, 31), date(2027, 1, 20), None, None]  # January is next year's
    assert [t.deadline.value if t.deadline else "" for t in tasks] == ["12月31日", "1月20日前", "", "春节前"]
    assert [t.weight for t in tasks] == ["细讲", "细讲", "细讲", "点到"]
    assert tasks[2].goal is None


def test_a_stated_weight_replaces_the_default(meeting: Any) -> None:
    tasks = meeting(
        "任务:\n  - 甲｜｜｜｜细讲\n  - 乙｜办成｜见方案\n  - 丙\n"
        "  - {主题: 丁, 内容: 办成, 牵头: [甲局、乙局, 丙局], 时限: 节前, 权重: 细讲, 做法: [先查, 再改], 依据: 通知}\n"
    ).tasks
    assert [t.weight for t in tasks] == ["细讲", "见方案", "点到", "细讲"]
    assert tasks[1].goal.value == "办成"
    assert not tasks[1].leads
    assert values(tasks[3].leads) == ["甲局", "乙局", "丙局"]
    assert values(tasks[3].steps) == ["先查", "再改"]


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("2027年1月20日", date(2027, 1, 20)),
        ("12月24日", date(2026, 12, 24)),
        ("12月23日", date(2027, 12, 23)),
        ("春节前", None),
        ("2027年春节前", None),
        ("1月底", None),
        ("12月25日至27日", None),
        ("长期", None),
        ("3日内", None),
    ],
)
def test_deadlines(meeting: Any, typed: str, due: date | None) -> None:
    (task,) = meeting(f"任务:\n  - 甲｜乙｜丙｜{typed}\n").tasks
    assert (task.due, task.deadline.value) == (due, typed)


def test_demands_as_keys_and_as_a_list(meeting: Any) -> None:
    keyed = meeting("要求:\n  值班电话: 0000-6660110\n  报送: 先电话后书面\n")
    assert {k: t.value for k, t in keyed.demands.items()} == {"值班电话": "0000-6660110", "报送": "先电话后书面"}
    assert keyed.further_demands == ()
    assert keyed.demands["报送"].key == "要求.报送"
    listed = meeting("要求:\n  - 领导带班\n  - 不得迟报\n")
    assert (values(listed.further_demands), listed.demands) == (["领导带班", "不得迟报"], {})
    assert values(meeting("要求: 领导带班\n").further_demands) == ["领导带班"]


# ── slips ─────────────────────────────────────────────────────────────────────────────────────


def test_all_slips_of_a_file_at_once_with_their_lines(slips: Any) -> None:
    found = slips(
        head="会议:\n  名称:\n  日期: 2026-02-30\n  议程: [县应急局]\n",
        more="分钟: 半小时\n依椐:\n  - 甲\n数据:\n  事故: 很多\n  火灾: {性质: 大概, 今年: 7起}\n任务:\n"
        "  - ｜没有主题\n  - 甲｜乙｜丙｜2月30日\n  - 甲｜乙｜丙｜丁｜戊｜己\n  - {内容: 乙}\n"
        "问题:\n  - {内容: 甲, 点名: 也许}\n",
    )
    told = {(s.code, s.location.line) for s in found}
    assert told == {
        ("missing-key", 2),
        ("bad-date", 3),
        ("no-act", 4),
        ("missing-key", 1),
        ("not-number", 5),
        ("unknown-key", 6),
        ("bad-figure", 9),
        ("not-a-choice", 10),
        ("bad-task", 12),
        ("bad-date", 13),
        ("bad-task", 14),
        ("missing-key", 15),
        ("not-a-choice", 17),
    }
    unknown = next(s for s in found if s.code == "unknown-key")
    assert unknown.remedy == "是不是「依据」？"


@pytest.mark.parametrize(
    ("more", "code", "line"),
    [
        ("分钟: 0\n", "not-number", 5),
        ("分钟: 十五\n", "not-number", 5),
        ("分钟: [1]\n", "not-text", 5),
        ("字数: 99999999999999999999\n", "not-number", 5),
        ("格式: 2\n", "newer-format", 5),
        ("格式: ²\n", "bad-format", 5),
        ("格式: 一\n", "bad-format", 5),
        ("风险: {甲: 乙}\n", "not-text", 5),
        ("背景:\n  - [甲]\n", "not-text", 6),
        ("选定: [甲]\n", "not-keys", 5),
        ("数据: 7起\n", "not-keys", 5),
        ("数据:\n  事故: [7起]\n", "bad-figure", 6),
        ("数据:\n  - 生产安全事故 7起\n", "bad-figure", 6),
        ("数据:\n  事故: {口径: 全年}\n", "missing-key", 6),
        ("数据:\n  - {今年: 7起}\n", "missing-key", 6),
        ("数据:\n  事故: 7起 / 9人\n", "bad-figure", 6),
        ("任务:\n  - 甲｜乙｜丙｜12月31日｜重要\n", "not-a-choice", 6),
        ("任务:\n  - 甲｜乙｜丙｜2025-12-31\n", "past-deadline", 6),
        ("任务:\n  - {主题: 甲, 权重: 重}\n", "not-a-choice", 6),
        ("任务:\n  - {主题: 甲, 办成: 乙}\n", "unknown-key", 6),
        ("问题:\n  - {对象: 甲}\n", "missing-key", 6),
        ("问题:\n  - {内容: 甲, 对象: [{单位: 乙}]}\n", "missing-key", 6),
        ("依据:\n  - {日期: 12月21日}\n", "missing-key", 6),
        ("提纲: [甲, 乙]\n", "not-text", 5),
        ("要求:\n  值班电话: [1, 2]\n", "not-text", 6),
        ("任务:\n  - [甲]\n", "not-text", 6),
        ("问题:\n  - [甲]\n", "not-text", 6),
        ("依据:\n  - [甲]\n", "not-text", 6),
        ("数据:\n  - [甲]\n", "not-text", 6),
        ("问题:\n  - {内容: 甲, 对象: [[乙]]}\n", "not-text", 6),
    ],
)
def test_one_slip(slips: Any, more: str, code: str, line: int) -> None:
    found = slips(more)
    assert [(s.code, s.location.line) for s in found if s.code == code] == [(code, line)], found


@pytest.mark.parametrize(
    ("head", "codes"),
    [
        ("会议:\n  名称: 甲\n  日期: 12月24日\n讲话人: 县长\n", ["no-year"]),
        ("会议:\n  名称: 甲\n  日期: 2026-13-24\n讲话人: 县长\n", ["bad-date"]),
        ("会议:\n  名称: 甲\n讲话人: 县长\n", ["missing-key"]),
        ("讲话人: 县长\n", ["missing-key"]),
        ("会议: 全县会议\n讲话人: 县长\n", ["not-keys"]),
        ("会议: [甲]\n", ["not-keys", "missing-key"]),
        ("会议:\n  名称: 甲\n  日期: 2026-12-24\n讲话人: {语速: 180}\n", ["missing-key"]),
        ("会议:\n  名称: 甲\n  日期: 2026-12-24\n  场所: 乙\n讲话人:\n", ["unknown-key", "missing-key"]),
        ("会议:\n  名称: 甲\n  日期: 2026-12-24\n  议程: [甲 乙 丙 丁, [戊]]\n讲话人: 县长\n", ["no-act", "not-text"]),
    ],
)
def test_slips_of_the_head(slips: Any, head: str, codes: list[str]) -> None:
    assert [s.code for s in slips("", head=head)] == codes


def test_a_key_begun_and_left_empty_is_told_where_it_stands(slips: Any) -> None:
    (slip,) = slips("", head="会议:\n  名称: 甲\n  日期: 2026-12-24\n讲话人:\n")
    assert (slip.code, slip.location.line) == ("missing-key", 4)


def test_gbk_file_is_read_with_a_notice(write: Any) -> None:
    found, notices = load_meeting(write(HEAD + "背景: 各乡镇各部门要把安全稳定工作抓到底。\n", encoding="gb18030"))
    assert found.name.value == "全县安全会议"
    assert len(notices) == 1


NODES = st.recursive(
    st.sampled_from(
        [
            "",
            "甲",
            "2026-12-24",
            "7起 / 9起",
            "甲（乙）：丙（丁）",
            "是",
            "细讲",
            "甲｜乙｜丙｜1月1日｜细讲",
            "12月31日",
            "99",
            "（",
            "：",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *schema.MEETING_KEYS,
                    *schema.OFFICE_KEYS,
                    "名称",
                    "日期",
                    "议程",
                    "单位",
                    "主题",
                    "内容",
                    "对象",
                    "今年",
                    "姓名",
                    "层级",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def _flow(node: Any) -> str:
    if isinstance(node, str):
        return f"'{node}'"
    if isinstance(node, list):
        return "[" + ", ".join(map(_flow, node)) + "]"
    return "{" + ", ".join(f"{key}: {_flow(value)}" for key, value in node.items()) + "}"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*schema.MEETING_KEYS, *schema.OFFICE_KEYS]), NODES, min_size=1, max_size=6))
def test_any_tree_is_a_meeting_or_slips(write: Any, root: dict[str, Any]) -> None:
    head = {"会议": {"名称": "甲", "日期": "2026-12-24"}, "讲话人": "县长"}
    for tree in (root, {**head, **root}):
        path = write("\n".join(f"{key}: {_flow(value)}" for key, value in tree.items()) + "\n")
        for load in (load_meeting, load_office):
            try:
                found, _ = load(path)
            except SpeechgenError as error:
                assert all(slip.message and slip.location for slip in error.slips)
            else:
                assert isinstance(found, Meeting | Office)


# ── the office profile, the speaker ───────────────────────────────────────────────────────────

OFFICE = """单位: {名称: 青峪县, 地区: 青峪县, 层级: 县, 自称: 我们县}
部门: {信访: 县信访局}
领导:
  - {姓名: 郑怀民, 职务: 县委书记, 语速: 170}
  - {姓名: 陈志远, 职务: 县委副书记、县长}
  - 何俊 县委常委、常务副县长
  - {姓名: 王海, 职务: 副县长, 角色: 分管领导}
  - 刘洋 副县长
称谓: 同志们：
版式: gbt9704
署名: [日期, 讲话人]
"""


def test_office_profile(write: Any) -> None:
    office, notices = load_office(write(OFFICE, "单位.yaml"))
    assert office.name is not None
    assert (office.name.value, office.level, office.byline, notices) == ("青峪县", "县", ("日期", "讲话人"), ())
    assert office.terms["自称"].value == "我们县"
    assert office.departments["信访"].value == "县信访局"
    assert [(p.name.value, p.role, p.pace) for p in office.leaders] == [
        ("郑怀民", "党委主要领导", 170),
        ("陈志远", "政府主要领导", 0),
        ("何俊", "常务领导", 0),
        ("王海", "分管领导", 0),
        ("刘洋", "分管领导", 0),
    ]


def test_office_slips_at_once(slips: Any) -> None:
    found = slips(
        head="",
        load=load_office,
        more="单位: {地区: 甲, 层级: 国}\n部门: [甲]\n领导:\n  - 王 建 国 县长\n  - [甲]\n  - {姓名: 甲}\n"
        "署名: [电话]\n称呼: 甲\n格式: 9\n",
    )
    assert sorted((s.code, s.location.line) for s in found) == sorted(
        [
            ("missing-key", 1),
            ("not-a-choice", 1),
            ("not-keys", 2),
            ("bad-leader", 4),
            ("not-text", 5),
            ("missing-key", 6),
            ("not-a-choice", 7),
            ("unknown-key", 8),
            ("newer-format", 9),
        ]
    )
    assert [s.code for s in slips(head="", load=load_office, more="称谓: 同志们\n")] == ["missing-key"]


HERE = Location("会议.yaml", 4, 1)


def text(value: str) -> Text:
    return Text(value, "讲话人", HERE)


def spoken_by(post: str, name: str = "", *leaders: tuple[str, str]) -> Speaker:
    listed = leaders or (
        ("郑怀民", "县委书记"),
        ("陈志远", "县委副书记、县长"),
        ("何俊", "县委常委、常务副县长"),
        ("王海", "副县长"),
        ("刘洋", "副县长"),
        ("宋立新", "县委常委、政法委书记"),
    )
    office = Office(leaders=tuple(Leader(text(n), text(p), role_of(p), 170) for n, p in listed))
    from speechgen.model import Day

    meeting = Meeting(
        "会议.yaml", text("甲"), Day(date(2026, 12, 24), text("")), Speaker(text(post), text(name) if name else None)
    )
    return speaker_of(meeting, office)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("县长", "陈志远"),
        ("县委副书记、县长", "陈志远"),
        ("陈志远", "陈志远"),
        ("县长 陈志远", "陈志远"),
        ("县长陈志远", "陈志远"),
        ("常务副县长", "何俊"),
        ("县委书记", "郑怀民"),
        ("政法委书记", "宋立新"),
        ("副县长 王海", "王海"),
    ],
)
def test_speaker_is_found_by_post_or_name(typed: str, name: str) -> None:
    found = spoken_by(typed)
    assert (found.name.value if found.name else "", found.pace) == (name, 170)


def test_short_posts_and_unlisted_speakers() -> None:
    assert spoken_by("书记", "", ("罗晓峰", "镇党委书记"), ("方敏", "镇党委副书记、镇长")).post.value == "镇党委书记"
    stranger = spoken_by("县人大常委会主任")
    assert (stranger.name, stranger.role) == (None, "部门负责人")
    named = spoken_by("副县长", "刘洋")
    assert (named.name.value if named.name else "", named.post.value) == ("刘洋", "副县长")
    assert spoken_by("", "刘洋").post.value == "副县长"
    assert spoken_by("县长", "外来人").name == text("外来人")
    twins = spoken_by("乡长", "李明", ("李明", "乡长"), ("李明", "副乡长"))
    assert twins.role == "政府主要领导"


@pytest.mark.parametrize("typed", ["副县长", "书记"])
def test_a_post_of_several_asks_for_the_name(typed: str) -> None:
    with pytest.raises(SpeechgenError) as caught:
        spoken_by(typed)
    (slip,) = caught.value.slips
    assert slip.code == "which-leader"
    assert slip.location == HERE
    assert ("王海" in slip.remedy) == (typed == "副县长")


@pytest.mark.parametrize(
    ("post", "role"),
    [
        ("县委书记", "党委主要领导"),
        ("市委书记、市人大常委会主任", "党委主要领导"),
        ("镇党委书记", "党委主要领导"),
        ("党委书记、董事长", "党委主要领导"),
        ("街道党工委书记", "党委主要领导"),
        ("村党支部书记、村委会主任", "党委主要领导"),
        ("县委副书记、县长", "政府主要领导"),
        ("代县长", "政府主要领导"),
        ("总经理", "政府主要领导"),
        ("校长", "政府主要领导"),
        ("县委常委、常务副县长", "常务领导"),
        ("副县长", "分管领导"),
        ("副县长、县公安局局长", "分管领导"),
        ("县委常委、政法委书记", "政法委书记"),
        ("县委副书记、政法委书记", "政法委书记"),
        ("县委副书记", "分管领导"),
        ("副总经理", "分管领导"),
        ("副董事长", "分管领导"),
        ("公安局党委书记、局长", "部门负责人"),
        ("局党组书记、局长", "部门负责人"),
        ("教育局副局长", "分管领导"),
        ("团县委书记", ""),
        ("调研员", ""),
        ("", ""),
    ],
)
def test_role_of_a_post(post: str, role: str) -> None:
    assert role_of(post) == role


@pytest.mark.parametrize("path", SINGLE, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_examples_are_read(path: Path) -> None:
    assert load_meeting(path)[0].file == str(path)
    profile = path.with_name("单位.yaml")
    assert load_office(profile)[0].file == str(profile)
