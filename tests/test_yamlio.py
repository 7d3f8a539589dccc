"""Reading YAML: what secretaries type wrongly is named with the corrected line, what is right left alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen import yamlio
from speechgen.content import Layer, load_content
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location
from speechgen.schema import load_meeting, load_office
from speechgen.yamlio import Keys, Mapping, Scalar, Sequence, decode, parse, plain, read_yaml, told_together

TEXT: Keys = {}
KEYS: Keys = {
    "会议": {"名称": TEXT, "日期": TEXT, "场合": TEXT, "地点": TEXT, "议程": {"单位": TEXT, "事项": TEXT}},
    "讲话人": {"姓名": TEXT, "职务": TEXT},
    "分钟": TEXT,
    "依据": {"名称": TEXT, "要点": TEXT},
    "数据": {"口径": TEXT, "*": {"今年": TEXT, "同期": TEXT}},
    "问题": {"事实": TEXT, "点名": TEXT},
    "风险": TEXT,
    "任务": {"主题": TEXT, "目标": TEXT, "牵头": TEXT, "时限": TEXT},
    "要求": {"*": TEXT},
    "正文": TEXT,
    "标题": TEXT,
    "称谓": TEXT,
}

EXAMPLE = """\
会议:
  名称: 全县2027年元旦春节期间安全稳定工作会议
  日期: 2026-12-24
  场合: 元旦春节
  议程: [县应急局 通报, 县信访局 通报, 县住建局 发言, 柳河镇 发言]
讲话人: 县长
分钟: 15
依据: [12月21日 全市安全稳定工作视频会议：烟花爆竹、燃气、返乡交通、欠薪]
数据:                 # 今年 / 去年同期
  口径: 1—11月
  生产安全事故: 7起 / 9起
  重大事故隐患整改销号: 41处，共43处
问题:
  - 逾期未销号隐患：城东液化气站（县住建局）、柳河镇老粮站（柳河镇）；点名
  - 12月8日晚暗访9家夜间营业场所，4家安全出口上锁或堆物；不点名
风险: [年底赶工, 返乡集中, 用火用电用气增多]
任务:                 # 主题｜办成什么｜牵头｜时限；前三条细讲
  - 隐患清零｜2处逾期隐患销号，销号前停用｜县住建局、柳河镇｜12月31日
  - 主题: 欠薪
    目标: 126人工资付清
    牵头: 县人社局、项目主管部门
"""


def read(text: str) -> Any:
    return plain(parse(text, "会议.yaml", KEYS))


def slips(text: str, keys: Keys = KEYS) -> tuple[Slip, ...]:
    with pytest.raises(SpeechgenError) as caught:
        parse(text, "会议.yaml", keys)
    return caught.value.slips


def only_slip(text: str, keys: Keys = KEYS) -> Slip:
    found = slips(text, keys)
    assert len(found) == 1, found
    return found[0]


REMEDY = re.compile(r"请(?:把第 (\d+) 行)?改为(?:（行首 \d+ 个半角空格）)?：(.*?)(?:（如果[^（）]*）)?")


def line_of(slip: Slip) -> int:
    assert slip.location
    return slip.location.line


def follow(text: str, found: tuple[Slip, ...]) -> str:
    """``text`` after somebody did what the remedies say."""
    lines = text.split("\n")
    for slip in found:
        match = REMEDY.fullmatch(slip.remedy)
        assert match, slip
        number = int(match[1]) if match[1] else line_of(slip)
        typed = lines[number - 1]
        indent = "" if slip.code in ("yaml-indent", "yaml-align") else typed[: len(typed) - len(typed.lstrip())]
        lines[number - 1] = indent + match[2]
    return "\n".join(lines)


# ── slips: what was typed, the line it is told for, its code, the corrected line ─────────────────

SLIPS = [
    # full-width colon behind a key of this place
    ("会议：\n  名称: 甲", 1, "colon-wide", "会议:"),
    ("会议:\n  名称：全县会议", 2, "colon-wide", "名称: 全县会议"),
    ("会议:\n  名称 ：　全县会议", 2, "colon-wide", "名称: 全县会议"),
    ("会议:\n  名称﹕全县会议", 2, "colon-wide", "名称: 全县会议"),
    ("讲话人:\n  姓名：张三", 2, "colon-wide", "姓名: 张三"),
    ("任务:\n  - 主题：隐患清零", 2, "colon-wide", "- 主题: 隐患清零"),
    ("任务:\n  - 主题: 欠薪\n    牵头：县人社局", 3, "colon-wide", "牵头: 县人社局"),
    ("数据:\n  生产安全事故：7起 / 9起", 2, "colon-wide", "生产安全事故: 7起 / 9起"),
    ("分钟: 3\n讲活人：县长", 2, "colon-wide", "讲活人: 县长"),
    ('会议:\n  "名称"：甲', 2, "colon-wide", '"名称": 甲'),
    ("任务: [{主题：甲, 牵头: 乙}]", 1, "colon-wide", "任务: [{主题: 甲, 牵头: 乙}]"),
    ('讲话人: {"姓名"：甲}', 1, "colon-wide", '讲话人: {"姓名": 甲}'),
    ("会议:\n  名称：通知：全县会议 # 注", 2, "colon-wide", "名称: 通知：全县会议 # 注"),
    # no space after the colon
    ("会议:\n  名称:全县会议", 2, "colon-space", "名称: 全县会议"),
    ("分钟:15", 1, "colon-space", "分钟: 15"),
    ("分钟:　15", 1, "colon-space", "分钟: 15"),
    ("分钟:\u00a015", 1, "colon-space", "分钟: 15"),
    ("任务:\n  - 主题:甲", 2, "colon-space", "- 主题: 甲"),
    ("讲话人: {姓名:甲}", 1, "colon-space", "讲话人: {姓名: 甲}"),
    # no colon
    ("会议:\n  名称 全县会议", 2, "colon-missing", "名称: 全县会议"),
    ("会议:\n  日期: 1\n  名称；全县会议", 3, "colon-missing", "名称: 全县会议"),
    ("会议\n  名称: 甲", 1, "colon-missing", "会议:"),
    # indent
    ("会议:\n\t名称: 甲", 2, "indent", "  名称: 甲"),
    ("会议:\n　　名称: 甲", 2, "indent", "  名称: 甲"),
    ("会议:\n\u00a0\u00a0名称: 甲", 2, "indent", "  名称: 甲"),
    ("会议:\n    名称: 甲\n\t日期: 乙", 3, "indent", "    日期: 乙"),
    ("会议:\n  名称: 甲\n　日期: 乙", 3, "indent", "  日期: 乙"),
    ("风险:\n\t- 甲", 2, "indent", "  - 甲"),
    ("会议:\n  \u200b名称: 甲", 2, "indent", "  名称: 甲"),
    ("正文: |\n　　同志们：大家好", 2, "indent", "  同志们：大家好"),
    ("正文: |\n    甲\n  乙", 3, "indent", "    乙"),
    ("会议:\n  名称: 甲\n    日期: 乙", 3, "align", "  日期: 乙"),
    ("会议:\n  名称: 甲\n 日期: 乙", 3, "align", "  日期: 乙"),
    ("任务:\n  - 主题: 丙\n   牵头: 丁", 3, "align", "    牵头: 丁"),
    ("风险:\n  - 甲\n   - 乙", 3, "align", "  - 乙"),
    ("风险:\n  - 甲\n - 乙", 3, "align", "  - 乙"),
    ("会议:\n  名称: 甲\n  议程:\n    - 丙\n    日期: 乙", 5, "align", "  日期: 乙"),
    ("正文: 甲\n\t乙", 2, "indent", "  乙"),
    ("会议:\n    名称: 甲\n　日期: 乙", 3, "indent", "    日期: 乙"),
    ("风险:\n  - 甲\n　 - 乙", 3, "indent", "  - 乙"),
    # hyphens
    ("风险:\n  -甲", 2, "hyphen", "- 甲"),
    ("风险:\n  － 甲", 2, "hyphen", "- 甲"),
    ("风险:\n  －甲", 2, "hyphen", "- 甲"),
    ("风险:\n  -　甲", 2, "hyphen", "- 甲"),
    ("风险:\n  -\t甲", 2, "hyphen", "- 甲"),
    ("风险:\n  - 甲\n  —乙", 3, "hyphen", "- 乙"),
    ("风险:\n  - 甲\n  -5家上锁", 3, "hyphen", "- 5家上锁"),
    ("风险:\n  - 甲\n  乙", 3, "hyphen", "- 乙"),
    ("任务:\n  -主题: 甲\n    牵头: 乙", 2, "hyphen", "- 主题: 甲"),
    ("风险:\n-甲", 2, "hyphen", "- 甲"),
    # lists in brackets
    ("风险: [甲，乙，丙]", 1, "flow-comma", "风险: [甲, 乙, 丙]"),
    ("风险: [甲, 乙］", 1, "flow-bracket", "风险: [甲, 乙]"),
    ("风险: ［甲, 乙］", 1, "flow-bracket", "风险: [甲, 乙]"),
    ("风险: [甲, 乙\n分钟: 15", 1, "unclosed", "风险: [甲, 乙]"),
    ("风险: [甲,\n  乙\n分钟: 15", 1, "unclosed", "乙]"),
    ("风险: [甲 #1楼, 乙]", 1, "hash", '风险: ["甲 #1楼", 乙]'),
    ("风险: [甲[1], 乙]", 1, "leading", '风险: ["甲[1]", 乙]'),
    ('风险: ["两节"期间, 乙]', 1, "goes-on", "风险: [“两节”期间, 乙]"),
    ("风险: [注意: 用火, 乙]", 1, "text-colon", "风险: [注意：用火, 乙]"),
    ("风险: [{{ 甲 }}, 乙{{ 丙 }}]", 1, "template", '风险: ["{{ 甲 }}", "乙{{ 丙 }}"]'),
    ("风险: [甲｛｛ 丙 ｝｝, 乙]", 1, "braces", '风险: ["甲{{ 丙 }}", 乙]'),
    # a value that begins with a quote or bracket and goes on after it
    ('标题: "两节"期间工作会议', 1, "goes-on", "标题: “两节”期间工作会议"),
    ("标题: '两节'前后的'三件事' # 注", 1, "goes-on", "标题: ‘两节’前后的‘三件事’ # 注"),
    ('标题: "{{ 甲 }}"的讲话', 1, "goes-on", "标题: '\"{{ 甲 }}\"的讲话'"),
    ('风险:\n  - "两节"期间', 2, "goes-on", "- “两节”期间"),
    ("标题: [重要]会议", 1, "goes-on", '标题: "[重要]会议"'),
    ("标题: [重要，紧急]会议", 1, "goes-on", '标题: "[重要，紧急]会议"'),
    ("标题: {甲}乙", 1, "goes-on", '标题: "{甲}乙"'),
    ('标题: "全县会议\n分钟: 15', 1, "unclosed", '标题: "全县会议"'),
    ('标题: "全县会议”', 1, "unclosed", '标题: "全县会议"'),
    ('标题: "C:\\docs"', 1, "escape", "标题: 'C:\\docs'"),
    # a line of text with a half-width colon in it
    ("风险:\n  - 注意: 用火", 2, "text-colon", "- 注意：用火"),
    ("称谓:\n  - 同志们:", 2, "text-colon", "- 同志们："),
    ("风险:\n  - GDP: 增长5%", 2, "text-colon", '- "GDP: 增长5%"'),
    ("任务:\n  - 隐患: 2处", 2, "text-colon", "- 隐患：2处"),
    ("标题: 通知: 全县会议", 1, "second-colon", "标题: 通知：全县会议"),
    ("称谓: 同志们:", 1, "second-colon", "称谓: 同志们："),
    # signs that YAML takes for its own
    ("标题: {{ 会议.名称 }}", 1, "template", '标题: "{{ 会议.名称 }}"'),
    ('标题: {{ "甲" }}的', 1, "template", "标题: '{{ \"甲\" }}的'"),
    ("标题: {% if 甲 %}乙{% endif %}", 1, "template", '标题: "{% if 甲 %}乙{% endif %}"'),
    ("标题: *重点*", 1, "leading", '标题: "*重点*"'),
    ("标题: &甲", 1, "leading", '标题: "&甲"'),
    ("标题: !甲", 1, "leading", '标题: "!甲"'),
    ("标题: %甲", 1, "leading", '标题: "%甲"'),
    ("标题: @甲", 1, "leading", '标题: "@甲"'),
    ("标题: `甲", 1, "leading", '标题: "`甲"'),
    ("标题: > 5起", 1, "leading", '标题: "> 5起"'),
    ("标题: |甲", 1, "leading", '标题: "|甲"'),
    ("风险:\n  - *甲", 2, "leading", '- "*甲"'),
    ("正文: ｜\n  甲", 1, "leading", "正文: |"),
    ("会议:\n  地点: 甲 #1楼", 2, "hash", '地点: "甲 #1楼"'),
    ("会议:\n  地点: #1楼", 2, "hash", '地点: "#1楼"'),
    ("风险:\n  - 甲 #1楼 # 注", 2, "hash", '- "甲 #1楼" # 注'),
    ("正文: 甲\n  乙 #丙", 2, "hash", "乙 ＃丙"),
    ("标题: ｛｛ 会议.名称 ｝｝的讲话", 1, "braces", '标题: "{{ 会议.名称 }}的讲话"'),
    ("标题: 在｛{ 会议.名称 }｝上", 1, "braces", "标题: 在{{ 会议.名称 }}上"),
    ('标题: "｛｛ 甲 ｝｝"', 1, "braces", '标题: "{{ 甲 }}"'),
    ("标题: ｛% if 甲 %｝乙", 1, "braces", '标题: "{% if 甲 %}乙"'),
    # what cannot be seen
    ("会议:\n  名\u200b称: 甲", 2, "invisible", "名称: 甲"),
    ("标题: 甲\x0b乙", 1, "control", "标题: 甲乙"),
]


@pytest.mark.parametrize(("text", "line", "code", "corrected"), SLIPS)
def test_names_the_slip_with_its_line_and_the_corrected_line(text: str, line: int, code: str, corrected: str) -> None:
    found = slips(text)
    first = next(slip for slip in found if slip.code == f"yaml-{code}")
    assert line_of(first) == line
    match = REMEDY.fullmatch(first.remedy)
    assert match, first.remedy
    assert match[2] == corrected
    read(follow(text, found))  # the remedies leave nothing wrong


@pytest.mark.parametrize("text", [text for text, *_ in SLIPS])
def test_tells_each_slip_once_and_adds_no_complaint_of_the_parser(text: str) -> None:
    codes = [slip.code for slip in slips(text)]
    assert "yaml-syntax" not in codes
    assert len(codes) == len(set(codes)) <= 2


def test_an_indent_slip_says_how_many_spaces() -> None:
    assert only_slip("会议:\n\t名称: 甲").remedy == "请改为（行首 2 个半角空格）：  名称: 甲"


def test_says_which_columns_there_are_where_a_line_of_text_has_a_colon() -> None:
    assert "主题、目标、牵头、时限" in only_slip("任务:\n  - 隐患: 2处").remedy


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [("风险: - 甲\n      - 乙", "风险:", "  - 甲"), ("会议: 名称: 甲", "会议:", "  名称: 甲")],
)
def test_what_needs_a_line_of_its_own_is_shown_on_two_lines(text: str, first: str, second: str) -> None:
    slip = only_slip(text)
    assert slip.code == "yaml-own-line"
    assert f"“{first}”" in slip.remedy and f"“{second}”" in slip.remedy


def test_a_list_below_a_text_is_not_glued_to_it() -> None:
    slip = only_slip("风险: 甲\n  - 乙")
    assert (slip.code, line_of(slip)) == ("yaml-list-mixed", 2)


def test_all_slips_of_a_line_share_one_corrected_line() -> None:
    found = slips("风险：［甲，乙］")
    assert {slip.code for slip in found} == {"yaml-colon-wide", "yaml-flow-bracket", "yaml-flow-comma"}
    assert all("请改为：风险: [甲, 乙]" in slip.remedy for slip in found)


def test_all_slips_of_a_file_at_once_in_the_order_of_lines() -> None:
    text = "会议：\n  名称:甲\n\t日期: 乙\n风险:\n  -甲\n  - 乙: 丙\n标题: {{ 甲 }}\n标题: 丁\n称谓: &a 戊\n"
    found = slips(text)
    assert [(line_of(slip), slip.code) for slip in found] == [
        (1, "yaml-colon-wide"),
        (2, "yaml-colon-space"),
        (3, "yaml-indent"),
        (5, "yaml-hyphen"),
        (6, "yaml-text-colon"),
        (7, "yaml-template"),
        (8, "yaml-duplicate"),
        (9, "yaml-leading"),
    ]
    assert all(slip.location and slip.location.file == "会议.yaml" for slip in found)


def test_messages_are_chinese_without_the_words_of_programmers() -> None:
    for text, *_ in SLIPS:
        for slip in slips(text):
            assert "会议.yaml" not in slip.message
            for word in ("mapping", "scalar", "token", "flow", "None", "映射", "标量", "解析"):
                assert word not in slip.message + slip.remedy


# ── no false alarms ──────────────────────────────────────────────────────────────────────────────

GOOD = [
    ("风险:\n  - 逾期隐患：城东站；点名\n  - 时间：9:00", {"风险": ["逾期隐患：城东站；点名", "时间：9:00"]}),
    ("标题: 名称：甲；日期：乙", {"标题": "名称：甲；日期：乙"}),
    ("问题:\n  - 隐患：2处", {"问题": ["隐患：2处"]}),
    ("称谓: 各位代表、同志们：", {"称谓": "各位代表、同志们："}),
    ("称谓:\n  同志们：\n  大家好", {"称谓": "同志们：大家好"}),
    ("正文: 甲\n  日期：乙\n  丙", {"正文": "甲日期：乙丙"}),
    ("正文:\n  同志们：今天开会", {"正文": "同志们：今天开会"}),
    ("依据: [12月21日 全市会议：燃气、欠薪]", {"依据": ["12月21日 全市会议：燃气、欠薪"]}),
    ("分钟: 12:30", {"分钟": "12:30"}),
    ("议程: [12:30 开会, 9:00]", {"议程": ["12:30 开会", "9:00"]}),
    ("标题: http://a.b/c:d#e?f=g", {"标题": "http://a.b/c:d#e?f=g"}),
    ("要求:\n  网址: https://a.b:80/c", {"要求": {"网址": "https://a.b:80/c"}}),
    ("标题: “两节”期间工作会议", {"标题": "“两节”期间工作会议"}),
    ("标题: ‘甲’乙「丙」丁", {"标题": "‘甲’乙「丙」丁"}),
    ("标题: 【待补充：时间】", {"标题": "【待补充：时间】"}),
    ("标题: ［2026］12号", {"标题": "［2026］12号"}),
    ("标题: 甲[1]、{乙}、“丙”", {"标题": "甲[1]、{乙}、“丙”"}),
    ("标题: 在{{ 会议.名称 }}上的讲话", {"标题": "在{{ 会议.名称 }}上的讲话"}),
    ('标题: "{{ 会议.名称 }}的讲话"', {"标题": "{{ 会议.名称 }}的讲话"}),
    ("标题: 3 * 4 & 5 ! 甲 @ 乙 % 丙", {"标题": "3 * 4 & 5 ! 甲 @ 乙 % 丙"}),
    ("标题: C#语言、甲#1楼、# ", {"标题": "C#语言、甲#1楼、#"}),
    ("标题: 甲 # 乙：丙", {"标题": "甲"}),
    ("标题: 甲 ## 乙", {"标题": "甲"}),
    ("会议: #注\n  名称: 甲", {"会议": {"名称": "甲"}}),
    ("#会议：甲\n\n   # -乙\n标题: 丙 #\n", {"标题": "丙"}),
    ("正文: |\n  会议：甲\n  -乙\n\n  \"丙\"丁 #戊\n    {{ 己\n分钟: 3", {
        "正文": '会议：甲\n-乙\n\n"丙"丁 #戊\n  {{ 己\n', "分钟": "3"}),
    ("正文: |2-  # 注\n    甲\n  ：乙\n", {"正文": "  甲\n：乙"}),
    ("正文: >-\n  甲，\n  乙\n分钟: 3", {"正文": "甲，乙", "分钟": "3"}),
    ("风险:\n  - |\n    名称：甲\n  - 乙", {"风险": ["名称：甲\n", "乙"]}),
    ("正文: '会议：甲\n  -乙 #丙\n\n  ''丁'' \"戊\"'\n分钟: 3", {
        "正文": "会议：甲-乙 #丙\n'丁' \"戊\"", "分钟": "3"}),
    ('正文: "甲\n\t乙"\n分钟: 3', {"正文": "甲乙", "分钟": "3"}),
    ('标题: "甲\\t\\"乙\\u4e00"', {"标题": '甲\t"乙一'}),
    ("标题: '注意: 用火 #1'", {"标题": "注意: 用火 #1"}),
    ("风险: [甲,\n  \"乙，丙\", # 注，\n  丁、戊\n]\n分钟: 3", {
        "风险": ["甲", "乙，丙", "丁、戊"], "分钟": "3"}),
    ("风险: [［甲］乙, “丙”, 丁：戊]", {"风险": ["［甲］乙", "“丙”", "丁：戊"]}),
    ("风险: [甲 # 注\n  , 乙]", {"风险": ["甲", "乙"]}),
    ("风险: []", {"风险": []}),
    ("会议:\n\t# 注\n  名称: 甲", {"会议": {"名称": "甲"}}),
    ("正文: |\n  甲\n\t\n  乙\n", {"正文": "甲\n\n乙\n"}),
    ("风险:\n- 甲\n- 乙\n分钟: 3", {"风险": ["甲", "乙"], "分钟": "3"}),
    ("风险:\n  -\n    甲\n  - -8%\n  - ——乙", {"风险": ["甲", "-8%", "——乙"]}),
    ("标题:\n  ——副题\n称谓:\n  -8%", {"标题": "——副题", "称谓": "-8%"}),
    ("任务:\n  - 主题: 甲\n    牵头: 乙\n\n  - 丙|丁｜戊", {
        "任务": [{"主题": "甲", "牵头": "乙"}, "丙|丁｜戊"]}),
    ("任务:\n  - 主旨: 甲\n    牵头: 乙", {"任务": [{"主旨": "甲", "牵头": "乙"}]}),
    ('风险:\n  - "注意": 用火', {"风险": [{"注意": "用火"}]}),
    ("数据:\n  甲:\n    今年: 1\n  \"乙：\": 2", {"数据": {"甲": {"今年": "1"}, "乙：": "2"}}),
    ("会议 : \n   名称:   甲  \n\t\n　\n   日期:\t乙\n", {"会议": {"名称": "甲", "日期": "乙"}}),
    ("---\n标题: 甲\n...\n", {"标题": "甲"}),
    ("风险:\n  - - 甲\n    - 乙", {"风险": [["甲", "乙"]]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "data"), GOOD)
def test_good_files_raise_no_alarm(text: str, data: object) -> None:
    assert read(text) == data


def test_reads_a_meeting_file() -> None:
    data = read(EXAMPLE)
    assert data["会议"]["议程"] == ["县应急局 通报", "县信访局 通报", "县住建局 发言", "柳河镇 发言"]
    assert data["数据"]["重大事故隐患整改销号"] == "41处，共43处"
    assert data["任务"][1] == {"主题": "欠薪", "目标": "126人工资付清", "牵头": "县人社局、项目主管部门"}


@pytest.mark.parametrize(
    "typed",
    ["12:30", "010", "NO", "3.10", "2026-02-30", "~", "null", "yes", "1e3", "0x1F", "1_000", "=", "<<"],
)
def test_a_value_stays_as_typed(typed: str) -> None:
    assert read(f"标题: {typed}\n风险: [{typed}]\n称谓:\n  - {typed}") == {
        "标题": typed,
        "风险": [typed],
        "称谓": [typed],
    }


def test_nothing_typed_differs_from_an_empty_text() -> None:
    root = parse('标题:\n称谓: ""\n', "f", KEYS)
    assert root.get("标题") == Scalar("", Location("f", 1, 4), plain=True)
    assert root.get("称谓") == Scalar("", Location("f", 2, 5), plain=False)
    assert root.get("分钟") is None


def test_lines_of_a_chinese_text_join_without_a_blank_and_english_ones_with() -> None:
    assert read("标题: 全县\n  会议\n\n  the end\n  of it") == {"标题": "全县会议\nthe end of it"}


# ── where things stand ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_lines_and_columns_are_those_of_notepad(line_end: str, last: str) -> None:
    text = line_end.join(["# 注\u2028", "标题: 😀\u2028\u0085甲", "", "风险: [乙, 丙]", "称谓: 丁"])
    root = parse(text + (line_end if last else ""), "f", KEYS)
    title, risks = root.get("标题"), root.get("风险")
    assert isinstance(title, Scalar) and isinstance(risks, Sequence)
    assert title.text == "😀\u2028\u0085甲"
    assert (title.location.line, title.location.column) == (2, 5)
    assert [(item.location.line, item.location.column) for item in risks.items] == [(4, 6), (4, 9)]
    assert root.entries[2].key.location == Location("f", 5, 1)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_slips_have_the_same_lines_whatever_the_line_ends(line_end: str) -> None:
    text = line_end.join(["会议:", "  名称: 甲\u2028乙", "  日期：丙", ""])
    assert [(line_of(slip), slip.code) for slip in slips(text)] == [(3, "yaml-colon-wide")]


def test_counts_the_lines_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "会议 一.yaml"
    for data, count in ((b"a: 1", 1), (b"a: 1\r\n", 1), (b"a: 1\rb: 2", 2), (b"a: 1\n\n", 2)):
        path.write_bytes(data)
        assert read_yaml(path, KEYS).line_count == count


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["", "\n \n", "# 只有批注\n", "---\n"])
def test_an_empty_file_is_told_as_such(text: str) -> None:
    assert only_slip(text).code == "yaml-empty"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("- 甲\n- 乙", 1, "not-keys"),
        ("同志们，大家好", 1, "not-keys"),
        ("标题: 甲\n---\n称谓: 乙", 2, "documents"),
        ("标题: 甲\n会议:\n  名称: 乙\n  名称: 丙", 4, "duplicate"),
        ("&甲a 标题: 乙", 1, "syntax"),
        ("&a 标题: 乙", 1, "anchor"),
        ("标题: 甲\n*a : 乙", 2, "alias"),
        ("!a 标题: 乙", 1, "tag"),
        ("会议:\n  <<: 甲", 2, "merge"),
        ("标题: 甲\n? [乙]\n: 丙", 2, "key-shape"),
        ("标题: 甲\n?\n: 乙", 2, "key-empty"),
        ("标题: 甲\n: 乙", 2, "syntax"),
        ("标题: 甲\n乙丙", 2, "syntax"),
        ("会议:\n  名称:\n    - 甲\n   乙", 4, "syntax"),
        ("标题: 甲\n  乙: 丙", 2, "syntax"),
        ('标题: "\\ud800"', 1, "syntax"),
        ('标题: "\\0"', 1, "escape"),
        ("标题: 甲\n%YAML 9.9\n---\n称谓: 乙", 2, "syntax"),
    ],
)
def test_refuses(text: str, line: int, code: str) -> None:
    slip = only_slip(text)
    assert (slip.code, line_of(slip)) == (f"yaml-{code}", line)
    assert slip.message and slip.remedy


def test_a_key_typed_twice_is_told_with_both_lines() -> None:
    slip = only_slip("标题: 甲\n称谓: 乙\n标题: 丙")
    assert "“标题”" in slip.message and "第 1 行" in slip.message and "第 3 行" in slip.message


def test_a_duplicate_key_is_found_although_its_colon_was_misspelt() -> None:
    assert {slip.code for slip in slips("标题: 甲\n标题：乙")} == {"yaml-duplicate", "yaml-colon-wide"}


@pytest.mark.parametrize("nested", ["[" * 30 + "]" * 30, "\n" + "".join(" " * i + "- \n" for i in range(1, 30))])
def test_refuses_more_than_twenty_levels(nested: str) -> None:
    assert only_slip("标题: " + nested).code == "yaml-depth"


def test_reads_twenty_levels() -> None:
    assert read("标题: " + "[" * 19 + "]" * 19)


@pytest.mark.parametrize("opening", ["[", "{", "- ", "- [", "? ", "a: [\n", '"', "［", "｛｛", "甲{{"])
def test_hostile_nesting_does_no_harm(opening: str) -> None:
    check_always("标题: " + opening * 20_000)
    check_always(opening * 20_000)


# ── reading on after a slip ──────────────────────────────────────────────────────────────────────


def read_on(text: str) -> tuple[Any, list[tuple[int, str]]]:
    """The data as corrected in memory, and the slips that were noted on the way."""
    noted: list[Slip] = []
    root = parse(text, "f", KEYS, noted)
    return plain(root), [(line_of(slip), slip.code) for slip in noted]


def test_reads_on_with_the_corrected_lines() -> None:
    data, noted = read_on("会议：\n  名称:甲\n\t日期: 乙\n风险：［丙，丁］\n标题: {{ 戊 }}\n称谓: 己\x0b庚")
    assert data == {"会议": {"名称": "甲", "日期": "乙"}, "风险": ["丙", "丁"], "标题": "{{ 戊 }}", "称谓": "己庚"}
    assert [line for line, _ in noted] == [1, 2, 3, 4, 4, 4, 5, 6]


def test_notes_nothing_in_a_good_file() -> None:
    assert read_on(EXAMPLE) == (read(EXAMPLE), [])


def test_a_key_typed_twice_counts_as_its_first_value() -> None:
    noted: list[Slip] = []
    title = parse("标题: 甲\n标题: 乙", "f", KEYS, noted).get("标题")
    assert isinstance(title, Scalar) and title.text == "甲"
    assert [slip.code for slip in noted] == ["yaml-duplicate"]


@pytest.mark.parametrize(
    "text",
    [
        "会议: 名称: 甲",
        "风险: 甲\n  - 乙",
        '标题: "甲\n  乙"丙',
        "标题: 甲\n---\n称谓: 乙",
        "标题: " + "[" * 30 + "]" * 30,
        "标题: 甲\n乙丙",
    ],
)
def test_does_not_read_on_where_the_rest_would_be_guesswork(text: str) -> None:
    noted: list[Slip] = []
    with pytest.raises(SpeechgenError) as caught:
        parse(f"分钟:15\n{text}", "f", KEYS, noted)
    assert not noted
    first, _ = caught.value.slips
    assert first.code == "yaml-colon-space"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("分钟：甲", ["yaml-colon-wide", "not-number"]),  # both are true of the line
        ("分钟: [甲，乙]", ["yaml-flow-comma"]),  # perhaps no list was meant at all
    ],
)
def test_only_what_does_not_come_of_a_guess_is_told_of_the_same_line(text: str, told: list[str]) -> None:
    noted: list[Slip] = []
    root = parse(text, "f", KEYS, noted)
    found = told_together([Slip("not-number", "要写整数", root.location), *noted])
    assert sorted(slip.code for slip in found) == sorted(told)


def test_what_is_told_together_is_in_the_order_of_files_and_lines() -> None:
    places = [None, Location("a", 3), Location("a", 12), Location("b", 1), Location("b", 2)]
    slips_of = [Slip("code", str(place), place) for place in places]
    assert told_together(slips_of[::-1]) == slips_of


def codes_told(read_file: Any, *arguments: Any) -> list[tuple[int, str]]:
    with pytest.raises(SpeechgenError) as caught:
        read_file(*arguments)
    return [(line_of(slip), slip.code) for slip in caught.value.slips]


def test_slips_of_spelling_and_of_content_are_told_in_one_run(tmp_path: Path) -> None:
    meeting = tmp_path / "会议.yaml"
    meeting.write_text("会议:\n  名称:全县会议\n  日期: 2026-02-30\n讲话人: 县长\n分针: 15\n", encoding="utf-8")
    assert codes_told(load_meeting, meeting) == [(2, "yaml-colon-space"), (3, "bad-date"), (5, "unknown-key")]

    office = tmp_path / "单位.yaml"
    office.write_text("单位:\n  名称：某县\n  层级: 郡\n署明: [日期]\n", encoding="utf-8")
    assert codes_told(load_office, office) == [(2, "yaml-colon-wide"), (3, "not-a-choice"), (4, "unknown-key")]

    bank = tmp_path / "phrasebank"
    bank.mkdir()
    (bank / "a.yaml").write_text("格式:1\n不识: 甲\n", encoding="utf-8")
    (bank / "b.yaml").write_text("格式: 1\n  - 甲\n", encoding="utf-8")
    told = codes_told(load_content, [Layer("本单位", (bank,))])
    assert told == [(1, "yaml-colon-space"), (2, "unknown-key"), (2, "yaml-list-mixed")]


# ── encodings ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("encoding", "notice"),
    [("utf-8", ""), ("utf-8-sig", "BOM"), ("gb18030", "GBK"), ("utf-16", "UTF-16")],
)
def test_reads_the_encodings_of_notepad(encoding: str, notice: str) -> None:
    text, notices = decode(EXAMPLE.encode(encoding), "f")
    assert text == EXAMPLE
    assert len(notices) == bool(notice) and notice in "".join(notices)


def test_reads_utf16_of_either_byte_order() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decode(mark + EXAMPLE.encode(encoding), "f")[0] == EXAMPLE


@pytest.mark.parametrize("text", ["会议: 甲", "标题: 全县工作会议", "职务: 县长", "a: 好"])
def test_reads_short_gbk(text: str) -> None:
    assert decode(text.encode("gbk"), "f")[0] == text


TRADITIONAL = "會議:\n  名稱: 全縣安全穩定工作會議\n風險: [年底趕工, 返鄉集中]\n"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (TRADITIONAL.encode("big5"), "encoding", "Big5"),
        (EXAMPLE.encode()[:-400] + b"\xff" + EXAMPLE.encode()[-397:], "encoding", "UTF-8"),
        (b"\xef\xbb\xbfa: \xff", "encoding", "UTF-8"),
        (b"\xff\xfea", "encoding", "UTF-16"),
        (EXAMPLE.encode("utf-16-le"), "binary", "不是文字"),
        (b"a: \0", "binary", "不是文字"),
        (EXAMPLE.encode("utf-32"), "binary", "不是文字"),
        (b"PK\x03\x04abc", "binary", "Word"),
        (b"\xd0\xcf\x11\xe0abc", "binary", "Word"),
        (b"%PDF-1.7", "binary", "PDF"),
        ("会議のお知らせ、よろしくお願いします".encode("shift_jis"), "encoding", "乱码"),
        (bytes(range(128, 256)), "encoding", "乱码"),
        (b"a" * (5 * 1024 * 1024 + 1), "too-large", "5 MB"),
    ],
)
def test_refuses_what_it_cannot_be_sure_of(data: bytes, code: str, words: str) -> None:
    with pytest.raises(SpeechgenError) as caught:
        decode(data, "f")
    (slip,) = caught.value.slips
    assert slip.code.endswith(f"-{code}")
    assert words in slip.message and slip.remedy


def test_a_damaged_utf8_file_is_told_with_the_line() -> None:
    data = EXAMPLE.replace("分钟: 15", "分钟: 十五").encode().replace("十五".encode(), "十".encode() + b"\xe4\xba", 1)
    with pytest.raises(SpeechgenError) as caught:
        decode(data, "f")
    assert line_of(caught.value.slips[0]) == EXAMPLE.split("\n").index("分钟: 15") + 1


def test_reads_a_file_and_names_it_in_every_location(tmp_path: Path) -> None:
    path = tmp_path / "会议 一.yaml"
    path.write_bytes(EXAMPLE.encode("gbk"))
    document = read_yaml(path, KEYS)
    assert plain(document.root)["分钟"] == "15"
    assert document.root.location.file == str(path)
    assert document.notices == ("文件是 GBK 编码，已照常读取；建议另存为 UTF-8。",)


@pytest.mark.parametrize("name", ["没有.yaml", "."])
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(SpeechgenError) as caught:
        read_yaml(tmp_path / name, KEYS)
    assert caught.value.slips[0].remedy


# ── what must always hold ────────────────────────────────────────────────────────────────────────

SIGNS = st.text(
    st.sampled_from(
        [
            *"会议名称日期甲 \t　\u00a0\n\n\n\r-－—:：[]{}［］｛｝,，\"'“”#|>&*!%@`?\\0",
            "\u2028",
            "\u200b",
            "\x00",
        ]
    )
    | st.characters(),
    max_size=60,
)


@pytest.fixture(params=["C", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.setattr(yamlio, "_loader", lambda: yaml.BaseLoader)


def check_always(text: str) -> None:
    line_count = len(re.findall(r"\r\n|\r|\n", text)) + 1
    try:
        root = parse(text, "f", KEYS)
    except SpeechgenError as error:
        assert error.slips
        for slip in error.slips:
            assert slip.message and slip.remedy and slip.location
            assert slip.location.line <= line_count
    else:
        assert isinstance(root, Mapping)
        plain(root)


@pytest.mark.usefixtures("parser")
def test_any_text_is_read_or_refused() -> None:
    @settings(max_examples=300, deadline=None)
    @given(SIGNS)
    def holds(text: str) -> None:
        check_always(text)

    holds()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80) | SIGNS.map(lambda text: text.encode("utf-8", "ignore")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data, "f")
    except SpeechgenError as error:
        assert error.slips[0].remedy
    else:
        check_always(text)


WORDS = st.text(st.sampled_from([*"会议甲乙：:，、“”\"'#-[](){}&*!%@|>?0 12./aB—…《》"]), max_size=12)
NAMES = WORDS.filter(lambda word: bool(word) and word == word.strip() and word[0] not in "-—")
DATA = st.dictionaries(
    NAMES,
    st.recursive(
        WORDS,
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.usefixtures("parser")
def test_what_a_program_wrote_is_read_back_without_an_alarm() -> None:
    """PyYAML quotes exactly what must be quoted, so a slip named here would be a false one."""

    @settings(max_examples=200, deadline=None)
    @given(DATA, st.sampled_from([2, 4]), st.sampled_from([None, '"', "'"]))
    def holds(data: dict[str, object], indent: int, quotes: str | None) -> None:
        text = yaml.safe_dump(
            data, allow_unicode=True, width=10**6, indent=indent, default_style=quotes, sort_keys=False
        )
        root = parse(text, "f", {"*": {"*": {"*": {"*": {"*": {}}}}}})
        assert plain(root) == data

    holds()


def mistype(line: str, how: int) -> str:
    """``line`` with one of the usual slips."""
    if how == 0:
        return line.replace(": ", "：", 1)
    if how == 1:
        return line.replace(": ", ":", 1)
    if how == 2:
        return line.replace("- ", "-", 1)
    if how == 3:
        return line.replace("- ", "－", 1)
    if how == 4:
        return line.replace("  ", "\t", line[:4].count("  "))
    if how == 5:
        return line.replace("  ", "　", line[:4].count("  "))
    return line.replace("[", "［", 1).replace(", ", "，").replace("]", "］", 1)


CLEAN = [re.sub(r" {3,}#.*", "", line) for line in EXAMPLE.rstrip("\n").split("\n")]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.integers(0, len(CLEAN) - 1), st.integers(0, 6), max_size=5))
def test_following_the_remedies_restores_the_file(mistakes: dict[int, int]) -> None:
    lines = list(CLEAN)
    for number, how in mistakes.items():
        lines[number] = mistype(lines[number], how)
    typed = [number + 1 for number, line in enumerate(lines) if line != CLEAN[number]]
    text = "\n".join(lines)
    if not typed:
        assert read(text) == read("\n".join(CLEAN))
        return
    found = slips(text)
    assert sorted({line_of(slip) for slip in found}) == typed
    assert follow(text, found) == "\n".join(CLEAN)
    noted: list[Slip] = []
    assert plain(parse(text, "会议.yaml", KEYS, noted)) == read("\n".join(CLEAN))
    assert tuple(noted) == found
