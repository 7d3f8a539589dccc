"""The tree a template sees: every sentence reads right and every piece says what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speechgen import content, facts, schema
from speechgen.engine import Missing, Traced
from speechgen.errors import SpeechgenError
from speechgen.model import Location, Meeting, Office, Source, Speaker, Text, Topic
from tests.examples import SINGLE

ROOT = Path(__file__).resolve().parents[1]
HEAD = "会议:\n  名称: 全县安全会议\n  日期: 2026-12-24\n讲话人: 县长\n"
Tree = dict[str, Any]


@pytest.fixture(scope="module")
def topics() -> dict[str, Topic]:
    return content.load_content(content.layers_for(ROOT)).topics


@pytest.fixture
def meeting(tmp_path: Path) -> Callable[[str], Meeting]:
    def loaded(text: str) -> Meeting:
        path = tmp_path / "会议.yaml"
        path.write_text(text, encoding="utf-8")
        return schema.load_meeting(path)[0]

    return loaded


@pytest.fixture
def tree(meeting: Callable[[str], Meeting], topics: dict[str, Topic]) -> Callable[..., Tree]:
    def built(more: str = "", head: str = HEAD, office: Office | None = None) -> Tree:
        found = meeting(head + more)
        profile = office or Office()
        return facts.build(found, profile, schema.speaker_of(found, profile), topics, (), ())

    return built


def text(value: str, key: str = "甲") -> Text:
    return Text(value, key, Location("会议.yaml", 9, 1))


def traced_values(value: Any) -> Iterator[Traced]:
    if isinstance(value, Traced):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from traced_values(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from traced_values(inner)


def origins(value: Traced) -> list[tuple[str, str]]:
    return [(piece.text, piece.source.origin) for piece in value.pieces]


# ── 数据 ──────────────────────────────────────────────────────────────────────────────────────


def test_figures_pair_and_the_period_opens_once(tree: Any) -> None:
    said = [
        str(f["陈述"])
        for f in tree(
            "数据:\n  口径: 1—11月\n  生产安全事故: 7起 / 9起\n  死亡: 3人 / 5人\n  火灾: 46起 / 58起\n"
            "  重大事故隐患整改销号: 41处，共43处\n  信访总量: 486批次 / 563批次\n  信访事项按期办结率: 98.6% / 97.1%\n"
            "  道路交通事故: 112起 / 131起\n"
        )["数据"]
    ]
    assert said[0] == "1—11月，全县发生生产安全事故7起，比去年同期减少2起；死亡3人，比去年同期减少2人。"
    assert all(not s.startswith("1—11月") for s in said[1:])
    assert all(words in said[2] for words in ("43处", "41处", "2处"))
    assert "信访总量" in said[3]
    assert "信访事项按期办结率" in said[3]
    assert len(said) == 5


def test_a_new_period_is_said(tree: Any) -> None:
    found = tree("数据:\n  口径: 1—11月\n  火灾: 46起 / 58起\n  税收: {今年: 12亿元, 去年: 10亿元, 口径: 1—10月}\n")[
        "数据"
    ]
    assert str(found[1]["陈述"]).startswith("1—10月，全县税收")


def test_a_period_stands_even_where_nobody_knows_of_what(tree: Any) -> None:
    head = "会议:\n  名称: 安全工作会议\n  日期: 2026-12-24\n讲话人: 县长\n"
    assert str(tree("数据:\n  口径: 1—11月\n  火灾: 46起 / 58起\n", head)["数据"][0]["陈述"]).startswith(
        "1—11月，发生火灾46起"
    )


def test_figures_kept_from_the_public_are_not_there(tree: Any) -> None:
    found = tree("数据:\n  火灾: {今年: 46起, 公开: 否}\n  税收: {今年: 12亿元, 目标: 13亿元, 性质: 预计}\n")["数据"]
    assert len(found) == 1
    assert "税收预计12亿元" in found[0]["陈述"]
    assert isinstance(found[0]["差"], Missing)


def test_figure_pieces_rest_on_their_line(tree: Any) -> None:
    (figure,) = tree("数据:\n  火灾: 46起 / 58起\n")["数据"]
    happened, name, rest, stop = figure["陈述"].pieces
    assert (happened.text, happened.source.origin) == ("发生", "computed")
    assert (name.text, name.source.origin, name.source.name) == ("火灾", "field", "数据.火灾")
    assert (rest.source.origin, rest.source.name) == ("computed", "陈述(数据.火灾)")
    assert rest.source.location.line == 6
    assert stop.text == "。"
    assert (figure["方向"], figure["评价"], str(figure["差"])) == ("下降", "向好", "12起")


@pytest.mark.parametrize(
    ("name", "when_rising"),
    [
        ("生产安全事故", "变差"),
        ("死亡", "变差"),
        ("火灾", "变差"),
        ("道路交通事故", "变差"),
        ("信访总量", "变差"),
        ("重复信访", "变差"),
        ("越级走访", ""),
        ("刑事案件", "变差"),
        ("治安警情", "变差"),
        ("电信诈骗发案", "变差"),
        ("拖欠工资", "变差"),
        ("逾期未办件", "变差"),
        ("消费投诉", "变差"),
        ("直接经济损失", "变差"),
        ("溺水死亡", "变差"),
        ("交通违法", "变差"),
        ("隐患整改率", "向好"),
        ("信访事项按期办结率", "向好"),
        ("群众满意度", "向好"),
        ("矛盾纠纷化解", "向好"),
        ("重大隐患整改销号", "向好"),
        ("地区生产总值", "向好"),
        ("固定资产投资", "向好"),
        ("税收收入", "向好"),
        ("规上工业增加值", "向好"),
        ("安全培训", ""),
        ("查处酒驾醉驾", ""),
        ("信访听证", ""),
        ("移送涉嫌拒不支付劳动报酬案件", ""),
        ("侦破电信诈骗案件", ""),
        ("独居老人", ""),
        ("检查合格率", "向好"),
        ("救助困难群众", "向好"),
        ("案件破案率", "向好"),
        ("事故发生率", "变差"),
        ("信访超期率", "变差"),
        ("亿元产值死亡率", "变差"),
        ("未化解纠纷", "变差"),
        ("逾期未整改隐患", "变差"),
        ("整改隐患", "向好"),
        ("群众不满意件", "变差"),
        ("追发拖欠工资", ""),
        ("查处欠薪案件", ""),
        ("排查出隐患", ""),
        ("检查企业", ""),
        ("立案", ""),
        ("游客人次", ""),
        ("在建项目", ""),
    ],
)
def test_judged(name: str, when_rising: str) -> None:
    opposite = {"向好": "变差", "变差": "向好", "": ""}
    assert facts.judged(name, "上升") == when_rising
    assert facts.judged(name, "下降") == opposite[when_rising]
    assert facts.judged(name, "持平") == facts.judged(name, "缺") == ""


# ── 议程、依据 ────────────────────────────────────────────────────────────────────────────────


def test_those_who_did_the_same_are_heard_together(tree: Any) -> None:
    agenda = "[县应急局 通报, 县信访局 通报, 县住建局 王强 发言, 县委办 宣读文件]"
    head = f"会议:\n  名称: 甲\n  日期: 2026-12-24\n  议程: {agenda}\n讲话人: 县长\n"
    heard = tree(head=head)["会议"]["听取"]
    assert heard == "县应急局、县信访局作了通报，县住建局王强同志作了发言，县委办宣读文件"
    assert [t for t, o in origins(heard) if o == "field"] == [
        "县应急局",
        "县信访局",
        "通报",
        "县住建局",
        "王强",
        "发言",
        "县委办",
        "宣读文件",
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("12月21日 全市安全稳定视频会议：烟花爆竹、欠薪", "12月21日，全市安全稳定视频会议对烟花爆竹、欠薪作了部署。"),
        ("全市会议", "全市会议作了部署。"),
        ("《关于做好元旦春节工作的通知》", "《关于做好元旦春节工作的通知》提出了明确要求。"),
        ("市政府《安全生产通知》：燃气。", "市政府《安全生产通知》对燃气提出了明确要求。"),
        ("12月21日 市安委会通知：燃气、消防", "12月21日，市安委会通知对燃气、消防提出了明确要求。"),
    ],
)
def test_basis_sentence(tree: Any, line: str, said: str) -> None:
    assert tree(f"依据:\n  - {line}\n")["依据"][0]["依据句"] == said


# ── 问题 ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "said", "count"),
    [
        (
            "逾期未销号隐患：甲站（县住建局）、乙站（柳河镇）；点名",
            "逾期未销号隐患还有两处：县住建局负责的甲站，柳河镇负责的乙站。",
            "两处",
        ),
        ("逾期未销号隐患：甲站（县住建局）、乙站（柳河镇）；不点名", "逾期未销号隐患还有两处。", "两处"),
        ("逾期未销号隐患：甲站（县住建局）、乙站（柳河镇）", "逾期未销号隐患还有两处。", "两处"),
        (
            "逾期未销号隐患2处：甲站（县住建局）、乙站；点名",
            "逾期未销号隐患2处，分别是县住建局负责的甲站，乙站。",
            "两处",
        ),
        ("欠薪企业：甲公司（县人社局）；点名", "欠薪企业还有一家：县人社局负责的甲公司。", "一家"),
        ("超期信访事项：甲村低保（民政局）、乙村征地（国土所）", "超期信访事项还有两件。", "两件"),
        ("9件事项超期（甲局5件、乙街道4件）", "9件事项超期，其中甲局5件、乙街道4件。", "9件"),
        (
            "灯会没有分流方案（区文旅局、滨江街道）；点名",
            "灯会没有分流方案，责任单位是区文旅局、滨江街道。",
            "【待补充：数量】",
        ),
        ("灯会没有分流方案（区文旅局、滨江街道）；不点名", "灯会没有分流方案。", "【待补充：数量】"),
        ("逾期隐患：柳河镇老粮站（柳河镇）；点名", "逾期隐患还有一处：柳河镇负责的老粮站。", "一处"),
        ("暗访9家夜间营业场所，4家安全出口上锁；不点名", "暗访9家夜间营业场所，4家安全出口上锁。", "4家"),
        (
            "两个项目拖欠126名农民工工资，其中一个是政府投资项目",
            "两个项目拖欠126名农民工工资，其中一个是政府投资项目。",
            "126名",
        ),
        ("入户检查31户，其中7户没有装报警器", "入户检查31户，其中7户没有装报警器。", "7户"),
        ("门怎么又锁上了？", "门怎么又锁上了。", "【待补充：数量】"),
        ("7处没有修完，5处在白渡县，2处在青峪县", "7处没有修完，5处在白渡县，2处在青峪县。", "7处"),
        ("查了84辆，7辆定位不在线，3辆轮胎磨平", "查了84辆，7辆定位不在线，3辆轮胎磨平。", "【待补充：数量】"),
        ("县医院项目欠112人、公路项目欠76人", "县医院项目欠112人、公路项目欠76人。", "【待补充：数量】"),
        ("抽查27栋，11栋的水泵不能启动，其中8栋没有物业", "抽查27栋，11栋的水泵不能启动，其中8栋没有物业。", "11栋"),
    ],
)
def test_problem_sentence(tree: Any, line: str, said: str, count: str) -> None:
    (problem,) = tree(f"问题:\n  - {line}\n")["问题"]
    assert problem["陈述"] == said
    assert problem["数量"] == count


def test_units_are_named_only_where_the_file_says_so(tree: Any) -> None:
    named, unnamed = tree("问题:\n  - 隐患：甲站（县住建局）、丙站（县住建局）；点名\n  - 隐患：乙站（柳河镇）\n")[
        "问题"
    ]
    assert named["单位"] == "县住建局"
    assert isinstance(unnamed["单位"], Missing)
    assert "柳河镇" not in unnamed["陈述"]
    assert "乙站" not in unnamed["陈述"]


def test_cases_are_apart(tree: Any) -> None:
    found = tree("问题:\n  - 甲没有做\n案例:\n  - 一名工人进地坑没有先检测\n")
    assert [p["内容"] for p in found["问题"]] == ["甲没有做"]
    assert [p["内容"] for p in found["案例"]] == ["一名工人进地坑没有先检测"]
    assert facts.items(found, "案例") == found["案例"]


# ── 任务 ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12月31日", "12月31日前"),
        ("12月31日前", "12月31日前"),
        ("1月20日", "1月20日前"),
        ("2027-01-20", "1月20日前"),
        ("春节前", "春节前"),
        ("春节", "春节前"),
        ("1月底", "1月底前"),
        ("月底", "月底前"),
        ("三月上旬", "三月上旬前"),
        ("长期", "长期坚持，"),
        ("长期坚持", "长期坚持"),
        ("即日起", "即日起"),
        ("立即", "立即"),
        ("3日内", "3日内"),
        ("春节期间", "春节期间"),
        ("节后", "节后"),
        ("每周五", "每周五"),
        ("12月25日至27日", "12月25日至27日"),
        ("12月1日—次年3月15日", "12月1日—次年3月15日"),
        ("全年", "全年"),
        ("两会", "两会前"),
    ],
)
def test_by_when(tree: Any, typed: str, said: str) -> None:
    by = tree(f"任务:\n  - 甲｜乙｜丙｜{typed}\n")["任务"][0]["时限前"]
    assert by == said
    assert by.pieces[0].source.name == "任务"


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        ("隐患排查", "抓好隐患排查"),
        ("值班值守", "抓好值班值守"),
        ("除雪物资储备", "抓好除雪物资储备"),
        ("燃气安全专项整治", "抓好燃气安全专项整治"),
        ("开展消防检查", "开展消防检查"),
        ("做好市场供应", "做好市场供应"),
        ("加强巡查", "加强巡查"),
        ("126人工资付清", "126人工资付清"),
        ("困难群众走访到户", "困难群众走访到户"),
        ("逐户排查，当场整改", "逐户排查，当场整改"),
        ("餐饮场所用气检查一遍。", "餐饮场所用气检查一遍"),
        ("住院楼、养老院夜班各做一次搀扶下楼的演练", "住院楼、养老院夜班各做一次搀扶下楼的演练"),
        ("各类场所消防检查", "抓好各类场所消防检查"),
        ("由村里组织隐患排查", "由村里组织隐患排查"),
    ],
)
def test_wanted(goal: str, said: str) -> None:
    found = facts.wanted(text(goal))
    assert found == said
    assert [t for t, o in origins(found) if o == "computed"] == (["抓好"] if said.startswith("抓好") else [])


def test_task_statement_and_its_blanks(tree: Any) -> None:
    heavy, light, bare = tree(
        "任务:\n  - 隐患｜2处隐患销号｜县住建局｜12月31日｜细讲\n"
        "  - 燃气｜餐饮场所用气检查一遍｜县住建局｜1月10日\n  - 消防\n"
    )["任务"]
    for task, needed in (
        (heavy, ("县住建局", "12月31日前", "2处隐患销号")),
        (light, ("燃气", "县住建局", "餐饮场所用气检查一遍")),
    ):
        assert all(words in task["落点"] for words in needed)
        assert task["落点"].endswith("。")
        assert "【" not in task["落点"]
    assert "【待补充：消防要办成什么】" in bare["落点"]
    assert [bare[k].pieces[0].source.name for k in ("内容", "牵头", "时限", "时限前", "数量", "做法")] == [
        "任务.内容",
        "任务.牵头",
        "任务.时限",
        "任务.时限",
        "任务.内容",
        "任务.做法",
    ]
    assert heavy["数量"] == "2处"


def test_blanks_of_a_mapping_task_name_the_key_as_it_is_typed(tree: Any) -> None:
    (task,) = tree("任务:\n  - {主题: 消防, 做法: [先查, 再改？]}\n")["任务"]
    blank = task["牵头"].pieces[0].source
    assert (blank.name, blank.location.line) == ("任务.牵头", 6)
    assert task["做法"] == "先查。再改？"


# ── what is missing ───────────────────────────────────────────────────────────────────────────


def test_lacking_tells_what_no_sentence_asks_for(meeting: Any) -> None:
    found = meeting(
        HEAD
        + "数据:\n  火灾: 46起\n  事故:\n  秘密: {今年: 3起, 公开: 否}\n任务:\n  - 甲｜乙｜｜12月31日\n  - 丙｜丁｜戊\n"
        "  - 己｜｜｜｜见方案\n要求:\n  值班电话:\n"
    )
    told = [(m.pieces[0].source.name, str(m)) for m in facts.lacking(found, ["依据", "数据", "问题", "任务"])]
    assert told == [
        ("数据.事故", "【待补充：事故】"),
        ("要求.值班电话", "【待补充：值班电话】"),
        ("依据", "【待补充：没有写依据】"),
        ("问题", "【待补充：没有写问题】"),
        ("任务.牵头", "【待补充：甲由谁牵头】"),
        ("任务.时限", "【待补充：丙的时限】"),
        ("数据.火灾", "【待补充：火灾的去年同期数或总数】"),
    ]


def test_a_blank_is_to_be_filled_where_its_key_stands(meeting: Any) -> None:
    found = meeting(HEAD + "要求:\n  报送: 先电话\n")

    def line(key: str) -> int:
        return facts.location_of(Source("blank", key), found).line

    assert (line("要求.报送"), line("要求.值班电话"), line("会议.地点"), line("依据")) == (6, 5, 1, 0)
    assert facts.location_of(Source("blank", "甲", Location("乙", 7)), found).line == 7


# ── the whole tree ────────────────────────────────────────────────────────────────────────────


def test_every_known_name_is_there(tree: Any) -> None:
    """Whatever a phrase may name can be asked for, said or missing, also in an empty meeting."""
    full = tree(
        "数据:\n  火灾: 5起 / 8起\n问题: [甲未做]\n案例: [乙未做]\n风险: [丙]\n经验: [庚]\n任务: [丁]\n依据: [戊]\n要求: [己]\n",
        HEAD.replace("会议:\n", "会议:\n  议程: [县应急局 通报]\n"),
    )
    assert set(facts.NAMES_BY_ITEM) == {"", *facts.ITEMS}
    for kind in facts.ITEMS:
        (item,) = facts.items(full, kind)
        seen = facts.bound(full, kind, item)
        for name in facts.known_names(kind):
            if name.endswith(".*") or name == "部分数":  # the composer counts the parts
                continue
            value: Any = seen
            for step in name.split("."):
                assert isinstance(value, dict), name
                assert step in value, name
                value = value[step]
            if name.split(".")[0] not in facts.ITEMS:
                assert isinstance(value, Traced), name


@pytest.mark.parametrize("path", [path for path in SINGLE if path.stem.startswith("2")], ids=lambda p: p.parent.name)
def test_every_piece_of_the_examples_has_an_origin(path: Path, topics: dict[str, Topic]) -> None:
    meeting = schema.load_meeting(path)[0]
    office = schema.load_office(path.parent / "单位.yaml")[0]
    tree = facts.build(meeting, office, schema.speaker_of(meeting, office), topics, (), ())
    lines = path.read_text(encoding="utf-8").splitlines() + (path.parent / "单位.yaml").read_text("utf-8").splitlines()
    typed = "".join("".join(lines).split())
    for value in traced_values(tree):
        assert "".join(p.text for p in value.pieces) == value
        for piece in value.pieces:
            assert piece.source.name
            if piece.source.origin == "field" and not any(c.isdigit() for c in piece.text):
                assert "".join(piece.text.split()) in typed


def test_terms_follow_the_level_and_the_office_overrides(tree: Any) -> None:
    named = tree()["单位"]
    assert (named["我"], named["全"], named["党政"]) == ("我县", "全县", "县委、县政府")  # told by the meeting's name
    assert named["我"].pieces[0].source.name == "自称(会议.名称)"
    township = tree(office=Office(name=text("青山乡"), level="乡镇"))["单位"]
    assert (township["我"], township["党政"], township["下级"]) == ("我乡", "乡党委、政府", "各村（社区）、各站所")
    own = tree(office=Office(level="企业", terms={"自称": text("集团")}, salutation=text("各位同事：")))["单位"]
    assert (own["我"], own["群众"], own["称谓"]) == ("集团", "职工", "各位同事")
    nobody = tree(head="会议:\n  名称: 工作会议\n  日期: 2026-12-24\n讲话人: 主持人\n")["单位"]
    assert isinstance(nobody["我"], Missing)
    assert isinstance(nobody["名称"], Missing)
    assert nobody["称谓"] == "同志们"


def test_festival_and_calendar(tree: Any) -> None:
    head = "会议:\n  名称: 甲\n  日期: 2026-12-24\n  场合: 元旦春节\n讲话人: 县长\n"
    found = tree(head=head)
    assert (found["节日"]["简称"], found["会议"]["星期"]) == ("两节", "星期四")
    assert found["节日"]["合称"].pieces[0].source.origin == "calendar"
    assert isinstance(tree()["节日"]["简称"], Missing)
    assert isinstance(tree(head=head.replace("元旦春节", "开工"))["节日"]["简称"], Missing)
    assert found["节日"]["临近"] and not tree(head=head.replace("2026-12-24", "2026-12-01"))["节日"]["临近"]


def test_available(tree: Any) -> None:
    found = tree("风险: [甲]\n")
    assert facts.available(found, "会议.名称")
    assert not facts.available(found, "会议.地点")
    assert not facts.available(found, "会议.没有")
    assert not facts.available(found, "会议.名称.长")
    assert found["背景"].pieces[0].source.origin == "blank"
    assert tree("背景: [天冷了, 事多！]\n")["背景"] == "天冷了。事多！"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text("甲乙丙（）：、，。；｜0123456789处家月日前点名", min_size=1, max_size=25), min_size=1, max_size=4)
)
def test_any_lines_build_a_tree_with_origins(tree: Any, lines: list[str]) -> None:
    more = "".join(
        f"{key}:\n" + "".join(f"  - '{line}'\n" for line in lines) for key in ("问题", "任务", "风险", "依据", "要求")
    )
    try:
        built = tree(more)
    except SpeechgenError:
        return
    for value in traced_values(built):
        assert "".join(p.text for p in value.pieces) == value
        assert all(p.source.name for p in value.pieces)
    for problem in built["问题"]:
        assert problem["陈述"].endswith(("。", "！", "？", "…"))


# ── topics ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "topic", "situation"),
    [
        ("12月8日晚暗访9家夜间营业场所，4家安全出口上锁或堆物", "消防", "安全出口堵锁"),
        ("7户煤炉取暖没有装一氧化碳报警器", "用火用电", "煤炉取暖中毒"),
        ("一名外包工人进地坑没有先检测通风", "工贸企业", "有限空间作业"),
        ("两个在建项目拖欠126名农民工工资，其中一个是政府投资项目", "欠薪", "政府项目欠薪"),
        ("126人工资春节前付清", "欠薪", "年底集中兑付"),
        ("逾期未销号隐患", "隐患整治", "逾期未销号"),
        ("隐患反弹，3处整改后又堵上", "隐患整治", "久拖反复"),
        ("老街两处电动自行车在楼道里充电", "消防", "电动自行车充电"),
        ("电焊工无证动火", "消防", "违规动火"),
        ("火锅店用两个气瓶，没有装燃气报警", "燃气", "餐饮场所用气"),
        ("无证流动摊贩卖烟花", "烟花爆竹", "非法销售储存"),
        ("加油站卸油没有静电接地", "危化品", ""),
        ("接送务工人员的面包车超员", "道路交通", "面包车超员"),
        ("年底赶工", "建筑施工", "年底赶工"),
        ("三户农民自建房加层", "建筑施工", "自建房"),
        ("尾矿库没有人值守", "矿山", ""),
        ("除尘器检修没有办作业票", "工贸企业", "检修与承包"),
        ("春节停产和复产方案报审", "工贸企业", "停复产"),
        ("电梯超期未检", "特种设备", ""),
        ("办酒席的流动厨师没有备案", "食品药品", "农村集体聚餐"),
        ("17件初信初访没有按期答复", "信访", "超期未办"),
        ("同一件事反复来访6次", "信访", "重复信访"),
        ("回迁安置房逾期两年未交付", "矛盾纠纷", "拆迁安置"),
        ("业主与物业公司为停车费起纠纷", "矛盾纠纷", "物业小区"),
        ("中小企业账款拖欠1200万元", "企业账款", ""),
        ("冒充客服的电信诈骗增多", "社会治安", "电信诈骗"),
        ("庙会人多，出口窄", "文旅活动", "大型活动人群"),
        ("除雪融冰物资备足", "低温雨雪", ""),
        ("肉菜储备够七天", "市场保供", ""),
        ("困难群众走访到户", "民生保障", "走访慰问"),
        ("供热管网爆管停暖", "民生保障", "供暖不热"),
        ("值班室脱岗", "值班值守", ""),
        ("上坟烧纸引发火情", "森林防火", ""),
        ("谣言在短视频里传开", "舆情宣传", ""),
        ("流感高发，门诊排长队", "医疗卫生", ""),
        ("外包队伍更换", "工贸企业", "检修与承包"),
    ],
)
def test_topic_and_situation(topics: dict[str, Topic], typed: str, topic: str, situation: str) -> None:
    told = facts._told(topics, text(typed))
    assert told["话题"][:1] == (topic,)
    assert not situation or situation in told["情形"]


@pytest.mark.parametrize(
    ("typed", "not_about"),
    [
        ("暗访9家商户", "信访"),
        ("31户逐户回访", "信访"),
        ("走访慰问困难群众", "信访"),
        ("网格员入户走访", "信访"),
        ("企业用工服务", "工贸企业"),
        ("群众性宣传活动", "舆情宣传"),
        ("平安建设考核", "社会治安"),
        ("外来施工人员培训", "建筑施工"),
        ("煤气罐瓶颈问题", "煤矿"),
        ("责任区划分", "责任落实"),
        ("土地流转合同", "矛盾纠纷"),
        ("网络缴费", "舆情宣传"),
    ],
)
def test_topics_are_not_greedy(topics: dict[str, Topic], typed: str, not_about: str) -> None:
    assert not_about not in facts._told(topics, text(typed))["话题"]


def test_speaker_without_a_name_is_a_blank(tree: Any) -> None:
    found = tree(head=HEAD)["讲话人"]
    assert found["职务"] == "县长"
    assert isinstance(found["姓名"], Missing)
    assert Speaker(text("")).post.value == ""


def test_a_task_is_stated_in_one_form_by_weight_and_deadline(tree: Any) -> None:
    facts_ = tree(
        "任务:\n  - 隐患｜两处隐患销号｜县住建局｜12月31日｜细讲\n  - 燃气｜餐饮场所检查一遍｜县住建局｜1月10日｜点到\n"
        "  - 来访｜当面告知办理人｜县信访局｜长期｜点到\n  - 慰问｜走访到户｜｜春节前｜点到\n"
    )
    assert [task["落点"] for task in facts_["任务"]] == [
        "由县住建局牵头，12月31日前必须做到：两处隐患销号。",
        "燃气方面，1月10日前，餐饮场所检查一遍，由县住建局牵头。",
        "来访方面，当面告知办理人，长期坚持，由县信访局牵头。",
        "慰问方面，春节前，走访到户。",
    ]


@pytest.mark.parametrize(
    ("typed", "said"), [("12月", "12月内，"), ("汛期", "汛期，"), ("春运", "春运，"), ("春节", "春节前，")]
)
def test_a_stretch_of_time_is_no_moment_to_be_before(tree: Any, typed: str, said: str) -> None:
    (task,) = facts.items(tree(f"任务:\n  - 堤防｜险段修完｜县水利局｜{typed}｜点到\n"), "任务")
    assert f"堤防方面，{said}险段修完，由县水利局牵头。" == str(task["落点"])


def test_nobody_knows_the_last_deadline_where_one_is_no_day(tree: Any) -> None:
    dated = "任务:\n  - 隐患｜销号｜县住建局｜12月31日\n  - 欠薪｜付清｜县人社局｜1月20日\n  - 来访｜当面告知｜县信访局｜长期\n"
    assert str(tree(dated)["期限"]["最晚"]) == "1月20日"
    vague = tree(dated + "  - 慰问｜走访到户｜县民政局｜春节前\n")["期限"]
    assert str(vague["最早"]) == "12月31日"
    assert not vague["最晚"] and not vague["最晚事项"]


def test_tasks_left_to_the_plan_are_named_with_who_leads_them(tree: Any) -> None:
    facts_ = tree("任务:\n  - 演练｜练一遍｜县应急局、县消防救援局｜｜见方案\n  - 春运｜｜｜｜见方案\n")
    assert str(facts_["见方案"]) == "演练由县应急局、县消防救援局牵头，春运"
    many = tree("任务:\n" + "".join(f"  - {name}｜｜县应急局｜｜见方案\n" for name in ("演练", "春运", "防汛", "防火")))
    assert str(many["见方案"]) == "演练、春运、防汛、防火"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("火灾: 3起 / 4起\n  事故: 2起 / 3起\n  纠纷: 9件 / 12件\n  隐患: 3处", "从数据看，主要指标都好于去年同期。"),
        (
            "火灾: 3起 / 4起\n  事故: 2起 / 3起\n  纠纷: 9件 / 12件\n  查处案件: 9件 / 3件",
            "从数据看，多数指标好于去年同期。",
        ),
        (
            "火灾: 3起 / 4起\n  事故: 2起 / 3起\n  纠纷: 12件 / 9件\n  查处酒驾: 9起 / 3起\n  查处超载: 9起 / 3起",
            "从数据看，有两项指标好于去年同期，也有一项不如去年同期，就是纠纷。",
        ),
        (
            "火灾: 3起 / 4起\n  事故: 2起 / 3起\n  办结率: 98% / 97%\n  纠纷: 9件 / 8件\n  重复信访: 9件 / 8件\n"
            "  信访听证: 12场 / 7场",
            "从数据看，有三项指标好于去年同期，也有两项不如去年同期，就是纠纷、重复信访。",
        ),
        (
            "口径: 去年全年\n  火灾: 3起 / 4起\n  事故: 2起 / 3起\n  纠纷: 9件 / 12件",
            "从数据看，主要指标都好于上一年。",
        ),
        (
            "火灾: 3起 / 4起\n  事故: 2起 / 3起\n  纠纷: 12件 / 9件",
            "从数据看，多数指标好于去年同期，也有一项不如去年同期，就是纠纷。",
        ),
        ("火灾: 5起 / 4起\n  事故: 4起 / 3起\n  纠纷: 9件 / 12件", "从数据看，有两项指标不如去年同期，形势不容乐观。"),
    ],
)
def test_figures_are_judged_as_a_whole_where_there_are_enough(tree: Any, typed: str, said: str) -> None:
    assert str(tree(f"数据:\n  {typed}\n")["总评"]) == said


def test_two_figures_or_unknown_ones_are_not_judged_as_a_whole(tree: Any) -> None:
    assert not tree("数据:\n  火灾: 3起 / 4起\n  事故: 2起 / 3起\n  检查: 30家 / 20家\n")["总评"]


def test_a_superior_that_reviewed_made_demands(tree: Any) -> None:
    told = tree("依据:\n  - 4月16日 全省汛前检查反馈会：病险水库\n  - 4月18日 全市防汛抗旱工作会议：山洪预警\n")["依据"]
    assert [str(one["依据句"]) for one in told] == [
        "4月16日，全省汛前检查反馈会对病险水库提出了要求。",
        "4月18日，全市防汛抗旱工作会议对山洪预警作了部署。",
    ]


def test_a_risk_of_which_no_more_can_be_said_is_a_sentence_by_itself(tree: Any) -> None:
    found = tree("风险: [检修外包多, 前期少雨思想松懈]\n")
    assert [str(risk["陈述"]) for risk in facts.items(found, "风险")] == [
        "检修外包多，不能大意。",
        "前期少雨思想松懈，不能大意。",
    ]


@pytest.mark.parametrize(
    ("risks", "others", "numbered", "said"),
    [
        ("甲 乙 丙", True, True, ["甲，", "乙，", "丙，也都不能大意。"]),
        ("甲 乙", False, True, ["甲，", "乙，都不能大意。"]),
        ("甲 乙", False, False, ["甲、", "乙，都不能大意。"]),
        ("甲", True, True, ["甲，也不能大意。"]),
        ("甲", False, False, ["甲，不能大意。"]),
    ],
)
def test_risks_merely_named_make_one_sentence(risks: str, others: bool, numbered: bool, said: list[str]) -> None:
    named = [facts.clause(text(risk)) for risk in risks.split()]
    assert facts.merely_named(named, others, numbered) == said


def test_work_well_done_is_not_told_as_part_of_a_fault(tree: Any) -> None:
    fault = "问题:\n  - 两个项目拖欠126名农民工工资\n案例:\n  - 11月，一个项目拖欠34名农民工工资，"
    found = tree(fault + "总承包单位先垫付，7天发完\n")
    (problem,), (case,) = facts.items(found, "问题"), facts.items(found, "案例")
    assert str(problem["陈述"]) == "两个项目拖欠126名农民工工资。"
    assert case["做得好"]
    assert str(case["次序"]) == "有一个做法值得学"
    assert not facts.items(tree(fault + "有人堵了工地大门\n"), "案例")


def test_a_problem_that_is_a_statement_is_not_counted(tree: Any) -> None:
    (found,) = facts.items(
        tree("问题:\n  - 电动车被盗六成在老旧小区：机床厂院（北站街道）、纺织三村（纺织街道）；点名\n"), "问题"
    )
    assert str(found["陈述"]) == "电动车被盗六成在老旧小区，涉及北站街道负责的机床厂院，纺织街道负责的纺织三村。"


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (["村里包中巴接送，没有出过一起事故"], ["有一个做法值得学"]),
        (["3人落水，1人死亡", "总包先行清偿，12天打到工人卡上"], ["有一个教训要记住", "也有做得好的"]),
        (["巡堤员马上报告，管涌没有扩大", "刹车失灵，3人受伤"], ["有一个做法值得学", "也有一个教训要记住"]),
        (["两车相撞，1人死亡", "刹车失灵，3人受伤"], ["有一个教训要记住", "还有一个教训"]),
        (["烧掉菇棚半亩，没有人受伤"], ["有一个教训要记住"]),
        (["报警器响了，客人全部下楼，没有人员伤亡"], ["有一个做法值得学"]),
        (["来访的人去了三个窗口", "有人打了五次电话"], ["有一个情况要讲一讲", "再说一个情况"]),
    ],
)
def test_a_case_is_come_to_by_what_it_tells(tree: Any, cases: list[str], said: list[str]) -> None:
    found = facts.items(tree("案例:\n" + "".join(f"  - {case}\n" for case in cases)), "案例")
    assert [str(case["次序"]) for case in found] == said
    assert [bool(case["首个"]) for case in found] == [True] + [False] * (len(cases) - 1)


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("鞭炮｜两家小卖部的鞭炮清走｜派出所｜12月30日", "12月30日前，两家小卖部的鞭炮清走，由派出所牵头。"),
        (
            "领导包案｜剩下6件由包案领导见一面｜县信访局｜8月20日",
            "8月20日前，剩下6件由包案领导见一面，由县信访局牵头。",
        ),
        (
            "邻里纠纷｜2件没有化解的纠纷有人接着调｜综治中心｜2月2日",
            "2月2日前，2件没有化解的纠纷有人接着调，由综治中心牵头。",
        ),
        ("宅基地滴水｜2件由村干部量清｜有关村｜1月25日", "宅基地滴水方面，1月25日前，2件由村干部量清，由有关村牵头。"),
        ("消防｜｜县应急局｜1月25日", "消防方面，1月25日前，【待补充：消防要办成什么】，由县应急局牵头。"),
    ],
)
def test_a_small_task_names_its_matter_once(tree: Any, task: str, said: str) -> None:
    assert str(tree(f"任务:\n  - {task}｜点到\n")["任务"][0]["落点"]) == said


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("班车｜夜班班车1月4日开通｜后勤公司｜1月15日", "夜班班车1月4日开通，整件事1月15日前办完，由后勤公司牵头。"),
        (
            "车辆｜路口腊月二十起有人管车辆｜派出所｜1月27日起",
            "路口腊月二十起有人管车辆，1月27日起执行，由派出所牵头。",
        ),
        ("水位｜水位入梅前降下来｜县水利局｜6月8日", "水位入梅前降下来，整件事6月8日前办完，由县水利局牵头。"),
        ("慰问｜中秋前慰问到户｜镇民政办｜假期", "中秋前慰问到户，假期落实，由镇民政办牵头。"),
        (
            "国企｜国企自查一遍，欠的春节前付清｜市国资委｜1月20日",
            "1月20日前，国企自查一遍，欠的春节前付清，由市国资委牵头。",
        ),
        ("泵站｜清泵站前池｜县水利局｜6月5日", "6月5日前，清泵站前池，由县水利局牵头。"),
    ],
)
def test_two_times_do_not_meet_at_the_head_of_a_sentence(tree: Any, task: str, said: str) -> None:
    assert str(tree(f"任务:\n  - {task}｜点到\n")["任务"][0]["落点"]) == said


def test_a_long_task_with_a_time_of_its_own_says_the_rest_in_one_sentence(tree: Any) -> None:
    (task,) = tree(
        "任务:\n  - 水位调度｜内湖水位入梅前降到汛限水位以下，出梅以后的蓄水计划同时报县防汛抗旱指挥部｜"
        "县水利局、县气象局｜6月8日｜点到\n"
    )["任务"]
    assert str(task["落点"]).endswith("县防汛抗旱指挥部。整件事6月8日前办完，由县水利局、县气象局牵头。")


def test_a_weighty_task_that_is_long_says_who_leads_by_itself(tree: Any) -> None:
    (task,) = tree(
        "任务:\n  - 健身房退费｜1140名会员的预付款逐人核清，退款、转店或者依法起诉，三条路选一条办到底｜"
        "区文旅体局、区市场监管局、区司法局｜8月31日｜细讲\n"
    )["任务"]
    assert str(task["落点"]).startswith("由区文旅体局、区市场监管局、区司法局牵头。8月31日前必须做到：1140名")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("火灾: 6起 / 9起", "发生火灾6起"),
        ("刑事案件: 312起 / 350起", "发生刑事案件312起"),
        ("查处交通事故: 6起 / 9起", "查处交通事故6起"),
        ("行政处罚: 57起 / 41起", "行政处罚57起"),
        ("火灾: 0起 / 2起", "火灾0起"),
        ("纠纷化解: 83起，共88起", "纠纷共88起"),
    ],
)
def test_fires_and_accidents_happen(tree: Any, typed: str, said: str) -> None:
    assert str(tree(f"数据:\n  {typed}\n")["数据"][0]["陈述"]).startswith(said)


def test_what_got_worse_stands_behind_what_got_better(tree: Any) -> None:
    found = tree(
        "数据:\n  信访总量: 683件 / 741件\n  化解率: 89.6% / 86.9%\n  重复信访: 96件 / 88件\n  消费信访: 127件 / 74件\n"
        "  办结率: 97.9% / 96.4%\n  信访听证: 12场 / 7场\n"
    )["数据"]
    whole = "".join(str(figure["陈述"]) for figure in found)
    order = [whole.index(name) for name in ("信访总量", "化解率", "办结率", "重复信访", "消费信访", "信访听证")]
    assert order == sorted(order)
    led_by_worse = tree(
        "数据:\n  火灾: 9起 / 7起\n  交通事故: 2起 / 4起\n  重复信访: 26件 / 18件\n  刑事案件: 3起 / 5起\n"
    )
    whole = "".join(str(figure["陈述"]) for figure in led_by_worse["数据"])
    assert whole.index("火灾") < whole.index("重复信访") < whole.index("交通事故")


def test_a_count_in_common_tells_that_a_task_answers_a_problem(tree: Any) -> None:
    found = tree(
        "问题:\n  - 没有改造的烘干房12座，户主想等这一季香菇卖完再动\n任务:\n"
        "  - 烘干房｜12座没改的停火改好｜镇平安办｜1月10日｜细讲\n  - 集市｜12座摊棚退到白线里面｜镇城管办｜1月8日｜点到\n"
    )
    (problem,), (drying, market) = found["问题"], found["任务"]
    assert facts.answers(drying, problem)
    assert not facts.answers(market, problem)
