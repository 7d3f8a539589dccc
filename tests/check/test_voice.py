"""自称: 我市, 全县, 各科室 in the mouth of whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechgen import schema
from speechgen.check.document import Grounds
from speechgen.check.loader import load_rules
from speechgen.check.rule import Rulebook
from speechgen.check.run import check
from speechgen.model import Block, Draft

ONLY = Rulebook({code: rule for code, rule in load_rules().rules.items() if rule.kind == "自称"})
OFFICES = {
    "县": "单位: {名称: 青峪县, 地区: 青峪县, 层级: 县}\n",
    "县级市": "单位: {名称: 临江市, 地区: 临江市, 层级: 县}\n",
    "区": "单位: {名称: 临江区, 地区: 临江区, 层级: 区}\n",
    "镇": "单位: {名称: 柳河镇, 地区: 柳河镇, 层级: 乡镇}\n",
    "厂": "单位: {名称: 红星机械厂, 地区: 青峪县, 层级: 企业}\n",
}


def found(text: str, folder: Path | None = None, office: str = "") -> list[tuple[str, str]]:
    profile = None
    if folder:
        (folder / "单位.yaml").write_text(OFFICES[office], encoding="utf-8")
        profile, _ = schema.load_office(folder / "单位.yaml")
    draft = Draft(tuple(Block("paragraph", line) for line in text.split("\n")))
    return [(f.rule, draft.blocks[f.block].text[f.start : f.end]) for f in check(draft, ONLY, Grounds(None, profile))]


@pytest.mark.parametrize(
    ("office", "text", "wrong"),
    [
        ("县", "今年以来，我市形势平稳。", "我市"),
        ("县", "这项任务由我市承担。", "我市"),
        ("县", "我市将进一步压实责任。", "我市"),
        ("县", "我市对此高度重视。", "我市"),
        ("县", "我市部署早、动手快。", "我市"),
        ("县", "我市长期坚持这个做法。", "我市"),
        ("县", "我镇要抓好落实。", "我镇"),
        ("县", "我校要管好校门。", "我校"),
        ("县", "我局要带好头。", "我局"),
        ("县", "我公司要负起责任。", "我公司"),
        ("县级市", "我县要抓好落实。", "我县"),
        ("区", "我县要抓好落实。", "我县"),
        ("镇", "我县的同志要登记好。", "我县"),
        ("厂", "我公司各车间要绷紧弦。", "我公司"),
    ],
)
def test_a_voice_of_another_level(tmp_path: Path, office: str, text: str, wrong: str) -> None:
    assert found(text, tmp_path, office) == [("zg-01", wrong)]


@pytest.mark.parametrize(
    ("office", "text"),
    [
        ("县", "我县是我省的粮食大县，我国经济向好。"),
        ("县", "我市场监管工作有基础，使我市场主体受益。"),
        ("县", "我区别对待，我区分情况处理。"),
        ("县", "不能忘我工作就不要命，也不能自我市场化。"),
        ("县", "我行业主管部门要担起来，我行我素不行。"),
        ("县", "我企业家朋友很多，我校友也不少。"),
        ("县", "我乡镇干部都在一线，我乡音未改。"),
        ("县", "我委托他去，我委派专人，我局部地区有雨。"),
        ("县", "我旗帜鲜明地讲，我院子里有树，我市容面貌要变。"),
        ("县", "我市长当了十年，我们市区要快，敌我区别要清。"),
        ("县级市", "我市是县级市，下辖十二个乡镇。"),
        ("区", "我区各街道要跟上。"),
        ("镇", "我镇各村要跟上。"),
        ("厂", "我厂各车间要绷紧弦。"),
    ],
)
def test_a_voice_that_is_right_or_no_voice(tmp_path: Path, office: str, text: str) -> None:
    assert found(text, tmp_path, office) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("在全县工作会议上的讲话\n同志们：\n我市形势平稳，我县要抓好落实。", [("zg-02", "我市")]),
        ("在全市工作会议上的讲话\n同志们：\n我县要抓好。全市都要动起来。", [("zg-02", "我县")]),
        ("在全镇工作会议上的讲话\n同志们：\n我镇没有发生火灾，我县也没有。", [("zg-02", "我县")]),
        ("我县山多林密。今冬我县雨水偏少，我区森林防火不能松。", [("zg-02", "我区")]),
        ("我公司没有事故，我公司的弦要绷紧，我厂的老毛病不能犯。", [("zg-03", "我厂")]),
    ],
)
def test_a_text_that_contradicts_itself(text: str, wrong: list[tuple[str, str]]) -> None:
    assert found(text) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "我县是农业县，我省有新部署，我国形势向好。",
        "在全县工作会议上的讲话\n同志们：\n全市会议作了部署，我县要跟上。",
        "在全县工作会议上的讲话\n同志们：\n我市场监管部门要动起来，我区别对待。",
        "今年形势平稳，大家辛苦了。",
        "我市和我县都要动。",
        "",
    ],
)
def test_a_text_in_one_voice_or_none(text: str) -> None:
    assert found(text) == []


def test_words_for_those_below_fit_the_level(tmp_path: Path) -> None:
    assert found("各县区要把力量摆到一线。", tmp_path, "县") == [("zg-04", "各县区")]
    assert found("各乡镇要管好自己的人。", tmp_path, "厂") == [("zg-04", "各乡镇")]
    assert found("各乡镇要跟上，各村（社区）要跟上。", tmp_path, "县") == []
    assert found("市委要求各县区守住底线。", tmp_path, "县") == []
    assert found("各车间、各班组要跟上。", tmp_path, "厂") == []
