"""朗读: names, characters, figures and minutes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check.aloud import CHECKS
from speechgen.check.document import Document, Grounds
from speechgen.check.rule import Hit, Rule
from speechgen.model import Block, Day, Draft, Leader, Location, Meeting, Office, Speaker, Text

SURNAMES = ("仇 Qiú，不读 Chóu", "单 Shàn，不读 Dān", "解 Xiè，不读 Jiě", "查 Zhā，不读 Chá")


def text_of(value: str) -> Text:
    return Text(value, "", Location("x"))


def meeting(minutes: int | None = None, pace: int = 0, name: str = "") -> Meeting:
    speaker = Speaker(text_of("县长"), text_of(name) if name else None, pace=pace)
    return Meeting("x", text_of("会"), Day(date(2026, 12, 24), text_of("2026年12月24日")), speaker, minutes=minutes)


def hits(look: str, text: str, grounds: Grounds | None = None, **options: tuple[str, ...]) -> list[Hit]:
    document = Document(Draft(tuple(Block("paragraph", line) for line in text.split("\n"))), grounds)
    rule = Rule("xx-01", "试", "朗读", "hint", "试", Location("试"), look, options={"姓": SURNAMES, **options})
    return list(CHECKS[look].find(document, rule))


def test_a_rare_character_is_told_once_with_its_reading() -> None:
    found = hits("生僻字", "踔厉奋发，再说一遍，踔厉奋发。")
    assert [(hit.start, hit.values["音"]) for hit in found] == [(0, "读 chuō")]


def test_a_character_with_several_readings_is_not_decided() -> None:
    (found,) = hits("生僻字", "参观翟家村。")
    assert "几个读音" in found.values["音"]


def test_a_known_character_can_be_silenced() -> None:
    assert hits("生僻字", "踔厉奋发。", 熟字=("踔",)) == []


def test_names_of_the_office_are_told_where_they_stand() -> None:
    office = Office(leaders=(Leader(text_of("查国平"), text_of("县长")),))
    (found,) = hits("姓氏", "请查国平讲话，查国平要点名。", Grounds(office=office))
    assert (found.start, found.end, found.values["姓"]) == (1, 4, "查")
    assert hits("姓氏", "请王国平讲话。", Grounds(office=office)) == []


@pytest.mark.parametrize(
    "text", ["书记解放思想。", "局长查处案件，", "由检查组长带队。", "各单位同志要到岗。", "清单县里已经下发。"]
)
def test_words_are_no_names(text: str) -> None:
    assert hits("姓氏", text) == []


def test_the_length_is_measured_at_the_leaders_pace() -> None:
    text = "同志们：\n" + "要抓好安全。" * 350  # 2,104 characters
    assert hits("超时", text, Grounds(meeting(minutes=10, pace=200)))[0].values["分钟"] == "11"
    assert hits("超时", text, Grounds(meeting(minutes=10, pace=205))) == []  # within 3 %
    assert hits("不足", text, Grounds(meeting(minutes=25, pace=200)))
    assert hits("超时", text) == []


def test_the_pace_may_come_from_the_office() -> None:
    office = Office(leaders=(Leader(text_of("陈志远"), text_of("县长"), pace=150),))
    (found,) = hits("超时", "要抓好安全。" * 300, Grounds(meeting(minutes=10, name="陈志远"), office))
    assert found.values["语速"] == "150"


def test_an_hour_is_the_most_but_for_a_report_to_a_congress() -> None:
    speech = "要抓好安全。" * 2000
    assert hits("过长", "在会上的讲话\n同志们：\n" + speech)
    assert hits("过长", "在人民代表大会上的报告\n各位代表：\n" + speech, 除外=("人民代表大会",)) == []


def test_telephone_numbers_are_no_figures() -> None:
    assert hits("长数字", "值班电话13800138000，传真0517-88888888。") == []
    assert [hit.values["词"] for hit in hits("长数字", "投入1234567.89元。")] == ["1234567.89"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="仇单解查书记县长同志，。：、踔淠1234567890.%元㎡km²/≥①（）abAB@w. \n", max_size=60))
def test_any_text_gives_hits_inside_it(text: str) -> None:
    for look, check in CHECKS.items():
        for hit in hits(look, text, Grounds(meeting(minutes=5))):
            assert 0 <= hit.start < hit.end <= len(text)
            assert set(hit.values) <= set(check.values)


@pytest.mark.parametrize(
    "text",
    ["派出所所长{}连夜带队。", "由{}负责，月底前完成。", "驻村干部（{}）每天上报。", "表扬李明、{}、王强三名同志。", "网格员{}介绍了做法。",
     "{}同志讲得好。", "刚才，{}和王强发了言。"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["单春梅", "仇志强"])
def test_a_name_is_known_by_what_stands_around_it(text: str, name: str) -> None:
    said = text.format(name)
    assert [said[hit.start : hit.end] for hit in hits("姓氏", said)] == [name]


@pytest.mark.parametrize(
    "text", ["由单位负责，由查处组牵头。", "各村（单独设点）都要落实。", "发现、查处、整改一批。", "所长解决问题要快。"]
)
def test_a_word_is_no_name(text: str) -> None:
    assert hits("姓氏", text) == []


def test_a_rare_character_of_a_place_is_left_to_those_who_live_there() -> None:
    assert hits("生僻字", "淠河沿线、垭口村要有人值守。", 地名字=("垭",)) == []
    assert [hit.values["字"] for hit in hits("生僻字", "赓续血脉。", 地名字=("垭",))] == ["赓"]


@pytest.mark.parametrize("said", ["0.35‰", "12—15℃", "CO₂", "pH", "≥", "±", "8～10"])
def test_what_cannot_be_said_is_told(said: str) -> None:
    text = f"标准是{said}5。" if said in "≥±" else f"标准是{said}值。"
    assert [text[hit.start : hit.end] for hit in hits("数学符号", text)] == [said]


def test_a_sum_in_a_slogan_is_no_sign() -> None:
    assert hits("数学符号", "推广“互联网+政务服务”，7×24小时值守。") == []
