"""张冠李戴: what was left over from the text that was copied, and what belongs where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from speechgen import schema
from speechgen.check.document import Grounds
from speechgen.check.loader import load_rules
from speechgen.check.rule import Rulebook
from speechgen.check.run import check
from speechgen.model import Block, Draft

ONLY = Rulebook({code: rule for code, rule in load_rules().rules.items() if rule.kind == "张冠李戴"})
MEETING = """会议: {名称: 全市安全生产工作会议, 日期: 2026-12-10, 议程: [柳河镇 发言]}
讲话人: {姓名: 陈志远, 职务: 市长}
依据: [《全市冬春火灾防控工作方案》]
"""
OFFICE = """单位: {名称: 开封市, 地区: 开封市, 层级: 市}
领导:
  - {姓名: 郑怀民, 职务: 市委书记}
  - {姓名: 陈志远, 职务: 市长}
"""


def found(text: str, folder: Path | None = None, meeting: str = "", day: date | None = None) -> list[tuple[str, str]]:
    grounds = Grounds(day=day)
    if folder:
        (folder / "会议.yaml").write_text(meeting or MEETING, encoding="utf-8")
        (folder / "单位.yaml").write_text(OFFICE, encoding="utf-8")
        grounds = Grounds(schema.load_meeting(folder / "会议.yaml")[0], schema.load_office(folder / "单位.yaml")[0])
    draft = Draft(tuple(Block("paragraph", line) for line in text.split("\n")))
    return [(f.rule, draft.blocks[f.block].text[f.start : f.end]) for f in check(draft, ONLY, grounds)]


# ── places, units, persons, documents ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("今冬明春，漯河的任务很重。", [("zg-05", "漯河")]),
        ("把临颍县的做法照搬过来不行。", [("zg-05", "临颍县")]),
        ("漯河市委高度重视。", [("zg-05", "漯河市")]),
        ("刚才，双桥镇发言讲得很好。", [("zg-07", "双桥镇")]),
        ("宏达化工厂要停产整改。", [("zg-07", "宏达化工厂")]),
        ("刚才，李建国局长通报了情况。", [("zg-08", "李建国")]),
        ("要对照《全市道路交通整治工作方案》抓落实。", [("zg-09", "《全市道路交通整治工作方案》")]),
        ("按照汴政发〔2024〕12号文件要求抓好落实。", [("zg-09", "汴政发〔2024〕12号")]),
        ("2023年各项任务已经部署，关键在落实。", [("zg-13", "2023年")]),
    ],
)
def test_what_nobody_declared(tmp_path: Path, text: str, wrong: list[tuple[str, str]]) -> None:
    assert found(text, tmp_path) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "我们在河南，开封的事要办好，兰考县也要办好。",
        "东风浩荡，和平安宁，朝阳初升，海南北路要修。",
        "要弘扬延安精神、大庆精神，坚持新时代“枫桥经验”。",
        "北京时间八点开会，要做好进京人员的服务。",
        "郑州至开封高速公路要巡查到位。",
        "长江流域、京津冀、粤港澳的做法很多。",
        "浙江省发生的那起火灾，教训很深。",
        "刚才，柳河镇发言讲得很好，各乡镇、街道要学。",
        "某化工厂、中心小学、民办幼儿园、县第一中学都要查。",
        "陈志远市长强调过，郑怀民书记也强调过。",
        "各位局长、各位主任，刚才市长讲了话。",
        "要对照《全市冬春火灾防控工作方案》，严格执行《中华人民共和国消防法》。",
        "要落实《国务院安委会关于加强工作的通知》。",
        "2026年的任务快完成了，2027年要早动手，自2021年以来一直这样。",
        "到2035年的目标要记住。",
    ],
)
def test_what_belongs_here_or_to_everybody(tmp_path: Path, text: str) -> None:
    assert found(text, tmp_path) == []


def test_without_a_meeting_file_the_title_tells_whose_speech_it_is() -> None:
    head = "在开封市安全生产工作会议上的讲话\n同志们：\n"
    assert found(head + "近年来，漯河市委、市政府高度重视。") == [("zg-06", "漯河市")]
    assert found(head + "近年来，开封市委高度重视，河南省委作出部署，兰考县政府行动快。") == []
    assert found(head + "前不久漯河发生的一起火灾，教训很深。") == []


def test_without_a_meeting_file_nothing_else_is_held_against_it() -> None:
    assert found("刚才，双桥镇的李建国局长说，要对照《全县整治工作方案》抓落实。") == []


# ── festivals, years, seasons ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "day", "wrong"),
    [
        ("春节将至，人员流动加大。", date(2026, 9, 22), [("zg-10", "春节")]),
        ("最后，祝大家国庆节快乐！", date(2026, 4, 28), [("zg-10", "国庆")]),
        ("春节前夕，各级要走访慰问。", date(2026, 7, 1), [("zg-10", "春节")]),
        ("端午临近，要防溺水。", date(2026, 12, 20), [("zg-10", "端午")]),
        ("做好2026年元旦春节期间的工作。", date(2026, 12, 20), [("zg-12", "2026年")]),
        ("2026年春节将至，大家辛苦。", date(2026, 12, 20), [("zg-12", "2026年")]),
        ("今天召开2025年全县安全生产工作会议。", date(2027, 3, 1), [("zg-12", "2025年")]),
        ("当前正值主汛期，各村要盯住山洪。", date(2026, 12, 15), [("zg-14", "当前正值主汛期")]),
        ("眼下已进入高温季节。", date(2026, 11, 20), [("zg-14", "眼下已进入高温")]),
    ],
)
def test_a_festival_year_or_season_of_another_day(text: str, day: date, wrong: list[tuple[str, str]]) -> None:
    assert found(text, day=day) == wrong


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("元旦、春节将至，人员流动加大。", date(2026, 12, 20)),
        ("国庆、中秋将至。", date(2026, 9, 20)),
        ("祝大家新春愉快！", date(2027, 1, 25)),
        ("祝大家“五一”快乐！", date(2026, 4, 28)),
        ("春节刚过，就要收心。", date(2027, 2, 20)),
        ("春节以来，全县上下干劲很足。", date(2026, 6, 24)),
        ("去年春节前夕发生的那起火灾，教训很深。", date(2026, 7, 1)),
        ("今年春节前夕，我们走访了困难群众。", date(2026, 7, 1)),
        ("做好2027年元旦春节期间的工作。", date(2026, 12, 24)),
        ("2026年春节期间没有发生较大事故。", date(2026, 12, 24)),
        ("当前正值主汛期，各村要盯住山洪。", date(2026, 7, 15)),
        ("要总结今年汛期的经验。", date(2026, 12, 15)),
        ("眼下正是春耕大忙时节。", date(2026, 4, 1)),
        ("现在已进入冬季，要防一氧化碳中毒。", date(2026, 12, 1)),
    ],
)
def test_a_festival_year_or_season_of_its_day_or_of_the_past(text: str, day: date) -> None:
    assert found(text, day=day) == []


def test_without_a_day_no_festival_is_wrong() -> None:
    assert found("春节将至，当前正值主汛期，2020年两会快到了。") == []


def test_the_day_under_the_title_counts() -> None:
    assert found("在全县工作会议上的讲话\n（二〇二六年九月二十二日）\n同志们：\n春节将至。") == [("zg-10", "春节")]


def test_a_heading_for_another_festival_than_the_meetings(tmp_path: Path) -> None:
    meeting = "会议: {名称: 全市春节期间工作会议, 日期: 2027-01-20, 场合: 春节}\n讲话人: 市长\n"
    assert found("二、盯住重点，确保国庆期间安全稳定", tmp_path, meeting) == [("zg-11", "国庆")]
    assert found("二、盯住重点，确保春节、元宵期间安全稳定", tmp_path, meeting) == []
