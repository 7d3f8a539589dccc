"""Persons in a text: who certainly is one, and what names and posts are compared with."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen.check import people
from speechgen.check.document import Document, Grounds
from speechgen.check.rule import Rule
from speechgen.model import Block, Day, Draft, Leader, Location, Meeting, Office, Speaker, Text

NOWHERE = Location("单位.yaml", 1)
RULE = Rule("tf-10", "姓名", "名单", "error", "", NOWHERE)


def typed(value: str) -> Text:
    return Text(value, "领导", NOWHERE)


OFFICE = Office(
    region=typed("青峪县"),
    leaders=tuple(
        Leader(typed(name), typed(post))
        for name, post in (
            ("郑怀民", "县委书记"), ("陈志远", "县委副书记、县长"), ("何俊", "县委常委、常务副县长"), ("宋立新", "县委常委、政法委书记"),
        )
    ),
)  # fmt: skip


def document(text: str, office: Office | None = OFFICE, speaker: Speaker | None = None) -> Document:
    from datetime import date

    meeting = (
        Meeting("会议.yaml", typed("全县会议"), Day(date(2026, 12, 24), typed("12月24日")), speaker)
        if speaker
        else None
    )
    blocks = tuple(Block("paragraph", line) for line in text.split("\n"))
    return Document(Draft(blocks), Grounds(meeting=meeting, office=office))


def named(text: str, office: Office | None = None) -> list[tuple[str, str]]:
    return [(person.name, person.post) for person in people.persons(document(text, office))]


def said(look: str, text: str, office: Office | None = OFFICE, speaker: Speaker | None = None) -> list[str]:
    return [text[hit.start : hit.end] for hit in people.CHECKS[look].find(document(text, office, speaker), RULE)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("刚才，陈志远县长作了部署。", [("陈志远", "县长")]),
        ("县委副书记、县长　陈志远", [("陈志远", "县委副书记、县长")]),
        ("局长李　明出席。", [("李明", "局长")]),
        ("柳河镇李强书记、县应急局张伟局长作了汇报。", [("李强", "书记"), ("张伟", "局长")]),
        ("请欧阳文峰主任发言。", [("欧阳文峰", "主任")]),
        ("按照郑书记的要求办。", [("郑", "书记")]),
        ("县长陈志远同志主持。", [("陈志远", "县长")]),
        ("王建国同志作了交流。", [("王建国", "")]),
    ],
)
def test_persons_are_found_by_surname_and_post(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "许多同志反映，各位局长、主任要负责。",
        "车间主任应当负责，校长方面，局长高度重视。",
        "派出所所长、班主任和居委会主任要到岗。",
        "习近平总书记强调，焦裕禄同志是榜样。",
        "各部门主任安全责任要落实，书记项目、县长热线都要用好。",
        "副县长分管，常务副县长常态化调度，党委书记温暖工程要办好。",
        "李某某书记、王某县长。",
        "推行河长制、田长制，县委常委会议研究。",
        "老同志、全体同志、有的同志、个别同志。",
    ],
)
def test_ordinary_words_are_no_persons(text: str) -> None:
    assert named(text) == []


def test_the_span_is_the_name_and_of_a_surname_the_whole() -> None:
    text = "请陈志远县长、王书记到会。"
    assert [text[p.start : p.end] for p in people.persons(document(text))] == ["陈志远", "王书记"]
    assert [text[p.first : p.last] for p in people.persons(document(text))] == ["陈志远县长", "王书记"]


def test_names_of_the_profile_are_found_without_a_post() -> None:
    assert named("由何俊牵头，宋立新配合。", OFFICE) == [("何俊", ""), ("宋立新", "")]


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("郑怀明", "郑怀民", True), ("陈远志", "陈志远", True), ("陈远", "陈志远", True), ("郑怀民", "郑怀民", False),
        ("王强", "陈志远", False), ("何军", "何俊", True), ("", "何俊", False), ("志远陈", "陈志远", False),
    ],
)  # fmt: skip
def test_near_names_differ_by_one_slip(name: str, other: str, alike: bool) -> None:
    assert people.near(name, other) is alike and people.near(other, name) is alike


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("县委书记郑怀名强调。", "郑怀名"),
        ("请除怀民书记讲话。", "除怀民"),
        ("请陈远志县长讲话。", "陈远志"),
        ("郑怀敏县长到会。", "郑怀敏"),
    ],
)
def test_a_leaders_name_is_known_again_with_one_slip(text: str, spot: str) -> None:
    assert said("写错姓名", text) == [spot]


@pytest.mark.parametrize("text", ["请志远县长讲话。", "由局长陈志强牵头。", "何军同志配合。", "柳河镇怀民同志来了。"])
def test_a_name_that_is_only_somewhat_like_a_leaders_is_left_alone(text: str) -> None:
    assert said("写错姓名", text) == []


def test_an_order_is_judged_only_inside_one_list() -> None:
    assert said("排序", "陈志远县长、郑怀民书记到会。") == ["陈志远县长、郑怀民书记"]
    assert said("排序", "陈志远县长先讲，再请郑怀民书记讲。") == []
    hit = next(iter(people.CHECKS["排序"].find(document("陈志远县长、郑怀民书记到会。"), RULE)))
    assert hit.suggestion == "郑怀民书记、陈志远县长" and not hit.safe


def test_another_countys_leader_is_no_slip() -> None:
    assert said("另有其人", "请县长王强讲话。") == ["王强"]
    assert said("另有其人", "临水县县长王强介绍了经验，原县长李刚也来了。") == []


def test_a_meeting_file_without_a_profile_is_enough_for_the_byline() -> None:
    speaker = Speaker(typed("镇长"), typed("方敏"))
    text = "在全镇工作会议上的讲话\n镇长　罗晓峰\n（2026年12月24日）\n同志们：\n今天开会。"
    assert said("署名", text, None, speaker) == ["罗晓峰"]
    assert said("署名", text.replace("罗晓峰", "方　敏"), None, speaker) == []


def test_without_profile_and_meeting_only_the_text_itself_is_compared() -> None:
    text = "王强县长、李刚书记到会，陈志远书记讲话。"
    for look in ("写错姓名", "职务不符", "另有其人", "姓氏不符", "排序", "署名", "自称职务"):
        assert said(look, text, None) == [], look


PIECES = st.sampled_from(
    [
        "陈志远",
        "郑怀明",
        "王",
        "县长",
        "书记",
        "副",
        "同志",
        "、",
        "，",
        "。",
        "\n",
        "和",
        "　",
        "请",
        "县委",
        "要求",
        "李明",
        "县",
        "原",
        "的",
        "欧阳",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.booleans())
def test_any_text_is_read_without_trouble_and_hits_lie_inside_it(text: str, with_office: bool) -> None:
    made = document(text, OFFICE if with_office else None, Speaker(typed("县长"), None) if with_office else None)
    found = list(people.persons(made))
    assert [p.start for p in found] == sorted(p.start for p in found)
    assert all(0 <= p.first <= p.start < p.end <= p.last <= len(text) and p.name for p in found)
    for look, check in people.CHECKS.items():
        for hit in check.find(made, RULE):
            assert 0 <= hit.start < hit.end <= len(text), look
            assert set(hit.values) == set(check.values), look


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这项工作由单春梅负责。", [("单春梅", "")]),
        ("请王秀兰发言，由赵国庆具体负责。", [("王秀兰", ""), ("赵国庆", "")]),
        ("支部书记李强要带头，村主任王建军必须到场。", [("李强", "支部书记"), ("王建军", "村主任")]),
        ("村支书张大山应当带头。", [("张大山", "村支书")]),
    ],
)
def test_who_is_given_a_task_or_must_lead_is_a_person(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "由应急局负责，由各乡镇牵头，由包村干部落实。",
        "由高新区负责，由安监站配合，由卫健牵头。",
        "由金融办牵头，由石桥镇负责，由甘肃牵头。",
        "请各单位发言，请安排落实，由专人负责。",
        "支部书记要带头，校长必须到场，由施工方负责。",
    ],
)
def test_bodies_and_places_that_are_given_a_task_are_no_persons(text: str) -> None:
    assert named(text) == []


def test_who_merely_has_a_task_is_no_misspelt_leader() -> None:
    assert not said("写错姓名", "这项工作由陈志强负责。")
