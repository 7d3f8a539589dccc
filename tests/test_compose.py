"""From a meeting to a speech: structure, numbers, length, gaps and origins."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen import compose as composing
from speechgen import content as contents
from speechgen import figures, ledger, schema
from speechgen.compose import compose, numeral, outline_for
from speechgen.content import Content
from speechgen.errors import SpeechgenError
from speechgen.model import (
    Block,
    Day,
    Draft,
    Figure,
    HeadingSet,
    Leader,
    Location,
    Meeting,
    Office,
    Outline,
    Part,
    Phrase,
    Problem,
    Quantity,
    Reading,
    Slot,
    Speaker,
    Step,
    Task,
    Text,
    Topic,
)
from speechgen.phrases import Wishes
from tests.examples import SINGLE as EXAMPLES

HERE = Location("会议.yaml", 3, 1)
ROOT = Path(__file__).resolve().parents[1]
COUNTY = ROOT / "examples" / "county" / "2027年元旦春节安全稳定.yaml"


@cache
def shipped() -> Content:
    return contents.load_content(contents.layers_for(ROOT / "examples" / "county"))


@cache
def example(path: Path) -> tuple[Meeting, Office]:
    meeting, _ = schema.load_meeting(path)
    office, _ = schema.load_office(path.with_name("单位.yaml"))
    return meeting, office


def drafted(path: Path, **changes: Any) -> Draft:
    meeting, office = example(path)
    return compose(meeting._replace(**changes), office, shipped())


# ── a small meeting and outline of our own ────────────────────────────────────────────────────


def text(words: str, key: str = "会议.名称", line: int = 3) -> Text:
    return Text(words, key, Location("会议.yaml", line, 1))


def meeting(**more: Any) -> Meeting:
    base = Meeting(
        file="会议.yaml",
        name=text("全县安全工作会议"),
        day=Day(date(2026, 12, 24), text("2026-12-24", "会议.日期", 4)),
        speaker=Speaker(text("县长", "讲话人", 5), text("陈志远", "讲话人", 5)),
        key_lines={"会议": 2, "会议.名称": 3},
    )
    return base._replace(**more)


def office(**more: Any) -> Office:
    base = Office(file="单位.yaml", name=Text("青峪县", "单位.名称", Location("单位.yaml", 3, 1)), level="县")
    return base._replace(**more)


def task(topic: str, **more: Any) -> Task:
    return Task(text(topic, "任务", 20), goal=text(f"{topic}办完", "任务", 20), **more)


def say(words: str, **more: Any) -> Step:
    return Step("sentence", words, HERE, **more)


def paragraph(*steps: Step, **more: Any) -> Step:
    return Step("paragraph", "", HERE, steps, **more)


def point(heading: str, *steps: Step, **more: Any) -> Step:
    return Step("point", heading, HERE, steps, **more)


def each(name: str, *steps: Step, **more: Any) -> Step:
    return Step("each", name, HERE, steps, **more)


def take(slot: str, **more: Any) -> Step:
    return Step("take", slot, HERE, **more)


def part(kind: str, *steps: Step, heading: str = "") -> Part:
    return Part(kind, heading or f"{kind}的事", steps, HERE)


def outline(*parts: Part, **more: Any) -> Outline:
    base = Outline(
        "ours", "我们的提纲", HERE, "在{{ 会议.名称 }}上的讲话", "{{ 单位.称谓 }}：", (), parts, (), keywords=("安全",)
    )
    return base._replace(**more)


def made(
    *parts: Part, of: Meeting | None = None, by: Office | None = None, bank: Content | None = None, **more: Any
) -> Draft:
    ours = outline(*parts, **more)
    content = (bank or Content())._replace(outlines={"ours": ours})
    return compose(of or meeting(), by or office(), content)


def texts(draft: Draft, *kinds: str) -> list[str]:
    return [block.text for block in draft.blocks if block.kind in (kinds or ("heading", "paragraph"))]


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("style", "third", "eleventh"),
    [
        ("一、", "三、", "十一、"),
        ("（一）", "（三）", "（十一）"),
        ("1.", "3.", "11."),
        ("（1）", "（3）", "（11）"),
        ("一是", "三是", "十一是"),
        ("一要", "三要", "十一要"),
        ("第一，", "第三，", "第十一，"),
    ],
)
def test_numerals(style: str, third: str, eleventh: str) -> None:
    assert (numeral(style, 3), numeral(style, 11)) == (third, eleventh)


def test_headings_are_numbered_at_every_level_and_begin_anew_under_each() -> None:
    def inner(name: str) -> Step:
        return point(
            name,
            point(f"{name}甲", point(f"{name}甲一", say("话。")), point(f"{name}甲二", say("话。"))),
            point(f"{name}乙", say("话。")),
        )

    draft = made(
        part("形势", inner("子"), inner("丑")), part("措施", say("话。")), part("领导", inner("寅"), inner("卯"))
    )
    heads = [(block.level, block.text) for block in draft.blocks if block.kind == "heading"]
    assert heads == [
        (1, "一、形势的事"),
        (2, "（一）子"),
        (3, "1.子甲"),
        (4, "（1）子甲一"),
        (4, "（2）子甲二"),
        (3, "2.子乙"),
        (2, "（二）丑"),
        (3, "1.丑甲"),
        (4, "（1）丑甲一"),
        (4, "（2）丑甲二"),
        (3, "2.丑乙"),
        (1, "二、措施的事"),
        (1, "三、领导的事"),
        (2, "（一）寅"),
        (3, "1.寅甲"),
        (4, "（1）寅甲一"),
        (4, "（2）寅甲二"),
        (3, "2.寅乙"),
        (2, "（二）卯"),
        (3, "1.卯甲"),
        (4, "（1）卯甲一"),
        (4, "（2）卯甲二"),
        (3, "2.卯乙"),
    ]


def test_the_outline_says_how_each_level_is_numbered() -> None:
    draft = made(
        part("形势", point("甲", say("话。")), point("乙", say("话。"))),
        part("措施", say("话。")),
        numbering=("第一，", "1."),
    )
    assert texts(draft, "heading") == ["第一，形势的事", "1.甲", "2.乙", "第二，措施的事"]


@pytest.mark.parametrize("style", ["一是", "一要", "第一，", "（1）"])
def test_a_series_inside_a_paragraph_is_numbered(style: str) -> None:
    steps = paragraph(each("任务", say("{{ 任务.主题 }}抓紧。"), numbering=style))
    draft = made(part("措施", steps), of=meeting(tasks=(task("消防"), task("燃气"), task("欠薪"))))
    expected = "".join(numeral(style, n) + f"{name}抓紧。" for n, name in enumerate(("消防", "燃气", "欠薪"), 1))
    assert texts(draft, "paragraph") == [expected]


def test_a_series_of_one_gets_no_number() -> None:
    series = each("任务", say("{{ 任务.主题 }}抓紧。"), numbering="一是")
    draft = made(part("措施", paragraph(series), point("只有一点", say("话。"))), of=meeting(tasks=(task("消防"),)))
    assert texts(draft) == ["措施的事", "消防抓紧。", "只有一点", "话。"]


def test_one_task_said_in_several_sentences_is_one_item_of_the_series() -> None:
    series = each("任务", say("{{ 任务.主题 }}抓紧。"), say("不拖。"), numbering="一是")
    draft = made(part("措施", paragraph(series)), of=meeting(tasks=(task("消防"), task("燃气"))))
    assert texts(draft, "paragraph") == ["一是消防抓紧。不拖。二是燃气抓紧。不拖。"]


def test_paragraphs_are_numbered_under_each_heading_anew() -> None:
    three = [paragraph(say(f"{n}。"), numbering="第一，") for n in "甲乙丙"]
    draft = made(
        part("形势", *three), part("领导", point("子", *three[:2]), point("丑", *three[:2], paragraph(say("别的。"))))
    )
    assert texts(draft, "paragraph") == [
        "第一，甲。",
        "第二，乙。",
        "第三，丙。",
        "第一，甲。",
        "第二，乙。",
        "第一，甲。",
        "第二，乙。",
        "别的。",
    ]


def test_a_lone_numbered_paragraph_gets_no_number() -> None:
    assert texts(made(part("形势", paragraph(say("甲。"), numbering="第一，"))), "paragraph") == ["甲。"]


# ── what stands ───────────────────────────────────────────────────────────────────────────────


def test_a_heading_with_nothing_under_it_vanishes_and_the_rest_move_up() -> None:
    gone = point("消防", say("{{ 会议.地点 }}见。"))
    draft = made(part("措施", gone, point("燃气", say("话。")), point("欠薪", say("话。"))), part("领导", gone))
    assert texts(draft) == ["措施的事", "（一）燃气", "话。", "（二）欠薪", "话。"]
    assert [(gap.kind, gap.key) for gap in draft.gaps] == [("omission", "会议.地点")]


@pytest.mark.parametrize(("tasks", "said"), [((task("消防"),), "三"), ((), "两")])
def test_the_parts_that_stand_are_counted(tasks: tuple[Task, ...], said: str) -> None:
    parts = (part("形势", say("话。")), part("措施", each("任务", say("{{ 任务.主题 }}。"))), part("领导", say("话。")))
    draft = made(*parts, of=meeting(tasks=tasks), opening=(say("下面，我讲{{ 部分数 }}点意见。"),))
    assert f"下面，我讲{said}点意见。" in texts(draft)
    assert len(texts(draft, "heading")) == (3 if tasks else 2)


def test_a_part_that_loses_its_only_sentence_is_not_counted() -> None:
    parts = (part("形势", say("话。")), part("措施", say("{{ 会议.地点 }}见。")), part("领导", say("话。")))
    draft = made(*parts, opening=(say("下面，我讲{{ 部分数 }}点意见。"),))
    assert texts(draft) == ["下面，我讲两点意见。", "一、形势的事", "话。", "二、领导的事", "话。"]


def test_a_part_hidden_for_length_is_not_counted() -> None:
    long = "这是一句可以不说的话。" * 20
    parts = (part("形势", say("话。")), part("措施", say(long, optional=5)), part("领导", say("话。")))
    draft = made(*parts, of=meeting(characters=100), opening=(say("下面，我讲{{ 部分数 }}点意见。"),))
    assert texts(draft)[0] == "下面，我讲两点意见。" and long not in texts(draft)


def test_a_real_meeting_without_tasks_has_two_points() -> None:
    draft = drafted(COUNTY, tasks=())
    assert any("我讲两点意见" in words for words in texts(draft, "paragraph"))
    assert sum(block.level == 1 for block in draft.blocks if block.kind == "heading") == 2


def test_sentences_that_follow_each_other_share_a_paragraph() -> None:
    draft = made(part("形势", say("甲。"), say("乙。"), paragraph(say("丙。")), say("丁。")))
    assert texts(draft, "paragraph") == ["甲。乙。", "丙。", "丁。"]


def test_a_condition_chooses_and_otherwise_stands_in() -> None:
    step = say("有任务。", when="任务数", otherwise=(say("没有任务。"),))
    assert texts(made(part("形势", step)), "paragraph") == ["没有任务。"]
    assert texts(made(part("形势", step), of=meeting(tasks=(task("消防"),))), "paragraph") == ["有任务。"]


def test_a_run_in_heading_leads_its_paragraph() -> None:
    points = [point(name, paragraph(say("话。")), run_in=True) for name in ("消防要严", "燃气要查！")]
    draft = made(part("措施", *points))
    found = [block for block in draft.blocks if block.kind == "paragraph"]
    assert [block.text for block in found] == ["（一）消防要严。话。", "（二）燃气要查！话。"]
    assert [(block.text[: block.lead], block.level) for block in found] == [
        ("（一）消防要严。", 2),
        ("（二）燃气要查！", 2),
    ]


def test_a_run_in_heading_over_headings_stands_alone() -> None:
    draft = made(
        part(
            "措施",
            point("甲", point("子", say("话。")), point("丑", say("话。")), run_in=True),
            point("乙", say("话。")),
        )
    )
    assert texts(draft) == ["措施的事", "（一）甲", "1.子", "话。", "2.丑", "话。", "（二）乙", "话。"]


# ── heading sets ──────────────────────────────────────────────────────────────────────────────


def test_no_heading_of_a_set_stands_twice() -> None:
    bank = Content(
        headings={"bt": HeadingSet("bt", "措施", {"消防": "把火看住", "通用": "{{ 任务.主题 }}要办好"}, HERE)},
        topics=shipped().topics,
    )
    steps = each("任务", point("标题组", say("话。")))
    draft = made(part("措施", steps), of=meeting(tasks=(task("消防演练"), task("火灾消防"), task("信访"))), bank=bank)
    assert texts(draft, "heading") == ["措施的事", "（一）把火看住", "（二）火灾消防要办好", "（三）信访要办好"]
    assert draft.picks == {"标题组/措施": "bt"}


def test_a_set_that_lacks_a_heading_is_not_chosen() -> None:
    def ld(id_: str, *keys: str) -> HeadingSet:
        return HeadingSet(id_, "领导", {key: f"{id_}{key}" for key in keys}, HERE)

    points = [point("标题组", say("话。"), key=key) for key in ("责任", "督查")]
    bank = Content(headings={s.id: s for s in (ld("缺", "责任"), ld("全", "责任", "督查"))})
    for seed in map(str, range(8)):
        draft = made(part("领导", *points), of=meeting(seed=seed), bank=bank)
        assert texts(draft, "heading") == ["领导的事", "（一）全责任", "（二）全督查"]


def test_headings_out_of_the_set_for_parts_and_a_pin_to_none() -> None:
    bank = Content(headings={"bf": HeadingSet("bf", "部分", {"形势": "看清", "领导": "扛起"}, HERE)})
    parts = (part("形势", say("话。"), heading="标题组"), part("领导", say("话。"), heading="标题组"))
    assert texts(made(*parts, bank=bank), "heading") == ["一、看清", "二、扛起"]
    with pytest.raises(SpeechgenError) as caught:
        made(*parts, bank=bank, of=meeting(pins={"标题组/部份": text("bf", "选定", 30)}))
    slip = caught.value.slips[0]
    assert slip.location and slip.location.line == 30 and "标题组/部分" in slip.remedy


# ── slots ─────────────────────────────────────────────────────────────────────────────────────


def bank_of(*phrases: Phrase, slot: Slot) -> Content:
    return Content(phrases={p.id: p for p in phrases}, slots={slot.name: slot})


TASK_SLOT = Slot("措施.点到", "措施", "任务", "落点")


def test_after_a_stated_fact_nothing_is_said_that_could_follow_any() -> None:
    plain = Phrase("p", ("看住它。",), "措施.点到", HERE)
    draft = made(
        part("措施", each("任务", take("措施.点到"))),
        of=meeting(tasks=(task("消防"),)),
        bank=bank_of(plain, slot=TASK_SLOT),
    )
    assert "看住它" not in "".join(texts(draft)) and draft.picks == {}


def test_the_statement_comes_first_unless_the_phrase_says_where() -> None:
    plain = Phrase("p", ("看住它。",), "措施.点到", HERE, words=("消防",))
    woven = Phrase("p", ("先听清楚。", "{{ 落点 }}", "看住它。"), "措施.点到", HERE, words=("消防",))
    found = [
        texts(
            made(
                part("措施", each("任务", take("措施.点到"))),
                of=meeting(tasks=(task("消防"),)),
                bank=bank_of(phrase, slot=TASK_SLOT),
            ),
            "paragraph",
        )[0]
        for phrase in (plain, woven)
    ]
    assert found[0].endswith("看住它。") and not found[0].startswith("看住它")
    assert found[1].startswith("先听清楚。") and found[1].endswith("看住它。") and found[1].count("消防办完") == 1


def test_a_slot_that_no_phrase_fits_keeps_its_facts() -> None:
    draft = made(
        part("措施", each("任务", take("措施.点到"))), of=meeting(tasks=(task("消防"),)), bank=bank_of(slot=TASK_SLOT)
    )
    assert "消防办完" in texts(draft, "paragraph")[0]


def test_short_of_room_the_argument_goes_and_the_facts_stay() -> None:
    phrase = Phrase("p", ("这里是许多道理，" * 20 + "完。",), "措施.点到", HERE, words=("消防",))
    draft = made(
        part("措施", each("任务", take("措施.点到", terse=3))),
        of=meeting(tasks=(task("消防"),), characters=60),
        bank=bank_of(phrase, slot=TASK_SLOT),
    )
    assert "消防办完" in texts(draft, "paragraph")[0] and "道理" not in texts(draft, "paragraph")[0]
    assert draft.picks  # the pick stays for the next run, whatever the length


# ── length ────────────────────────────────────────────────────────────────────────────────────


def test_what_is_optional_goes_by_its_number_and_comes_back_where_it_fits() -> None:
    sentences = [
        say("甲" * 50 + "。", optional=2),
        say("乙" * 50 + "。", optional=9),
        say("丙" * 50 + "。"),
        say("丁" * 10 + "。", optional=8),
    ]
    shown = {}
    for limit in (60, 85, 125, 140, 180):
        said = "".join(texts(made(part("形势", *sentences), of=meeting(characters=limit)), "paragraph"))
        shown[limit] = "".join(name for name in "甲乙丙丁" if name in said)
    assert shown == {60: "丙", 85: "丙丁", 125: "甲丙丁", 140: "甲丙丁", 180: "甲乙丙丁"}


@given(st.sampled_from(EXAMPLES), st.integers(100, 5000))
@settings(max_examples=60)
def test_the_ceiling_is_hard_wherever_what_must_be_said_allows_it(path: Path, target: int) -> None:
    most = target * (100 + composing.OVER) // 100
    length = drafted(path, characters=target, minutes=None).characters
    assert length <= max(most, least(path))


@cache
def least(path: Path) -> int:
    """The shortest that an example can be: everything optional hidden."""
    return drafted(path, characters=1, minutes=None).characters


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_picks_do_not_depend_on_the_minutes(path: Path) -> None:
    """But for small tasks that are told by their names alone, and so take no phrase."""
    brief, whole = drafted(path, minutes=3).picks, drafted(path, minutes=40).picks
    assert brief.items() <= whole.items()
    assert all("措施.点到" in path for path in whole.keys() - brief.keys())


def test_minutes_pace_and_characters() -> None:
    speaker = Speaker(text("县长"), pace=200)
    assert composing.ceiling(meeting(minutes=10), speaker) == 1800  # a tenth is left for speaking freely
    assert composing.ceiling(meeting(minutes=10), Speaker(text("县长"))) == 1620
    assert composing.ceiling(meeting(minutes=10, characters=999), speaker) == 999
    assert composing.ceiling(meeting(), speaker) == 0


def test_too_little_and_too_much_matter_are_told() -> None:
    short = made(part("形势", say("话。")), of=meeting(characters=5000), longest=2000)
    assert any("材料不够" in notice and "2000" in notice for notice in short.notices)
    full = made(part("形势", say("话" * 300 + "。")), of=meeting(characters=100))
    assert any("材料多" in notice for notice in full.notices)
    assert not any("材料" in notice for notice in made(part("形势", say("话。"))).notices)


# ── gaps ──────────────────────────────────────────────────────────────────────────────────────


def test_what_must_be_said_is_said_with_a_blank_and_the_rest_goes() -> None:
    draft = made(
        part("形势", say("在{{ 会议.地点 }}开会。", required=True), say("到{{ 会议.参会人员 }}为止。"), say("话。"))
    )
    assert texts(draft, "paragraph") == ["在【待补充：会议地点】开会。话。"]
    assert {(gap.kind, gap.key, gap.location.line) for gap in draft.gaps} == {
        ("blank", "会议.地点", 2),
        ("omission", "会议.参会人员", 2),
    }


def test_a_blank_that_the_profile_owes_names_the_profile() -> None:
    draft = made(part("形势", say("{{ 单位.地区 }}的事。")))
    gap = next(gap for gap in draft.gaps if gap.key == "单位.地区")
    assert (gap.kind, gap.location.file) == ("blank", "单位.yaml")
    nobody = made(part("形势", say("{{ 单位.地区 }}的事。")), by=Office())
    assert all(Path(g.location.file).name == "单位.yaml" for g in nobody.gaps if g.key.startswith("单位."))


def test_the_ten_gaps_are_all_told() -> None:
    path = next(p for p in EXAMPLES if p.stem == "十处缺项")
    draft = drafted(path)
    lines = {gap.location.line for gap in draft.gaps}
    wanted = {
        number for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if re.search(r"# +\d+ ", line)
    }
    assert len(wanted) == 10
    assert wanted <= lines
    assert "【待补充" in "".join(texts(draft, "byline", "paragraph"))


def test_problems_that_no_task_answers_are_told() -> None:
    whole = drafted(COUNTY)
    assert not any("没有一项任务来回应" in notice for notice in whole.notices)
    answered = [t for t in example(COUNTY)[0].tasks if "欠薪" not in t.topic.value]
    assert any("拖欠126名农民工工资" in notice for notice in drafted(COUNTY, tasks=tuple(answered)).notices)


def test_private_figures_stay_out_of_the_speech() -> None:
    hidden = Figure(
        text("重大舆情", "数据.重大舆情"),
        text("37起", "数据.重大舆情"),
        Reading(Quantity(Decimal(37), "起", "37起")),
        public=False,
    )
    meeting_, _ = example(COUNTY)
    draft = drafted(COUNTY, figures=(*meeting_.figures, hidden))
    assert not any("舆情" in words or "37" in words for words in texts(draft))
    assert any("重大舆情" in notice for notice in draft.notices)


# ── head ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("order", [("讲话人", "日期"), ("日期", "讲话人"), ("讲话人",), ()])
def test_byline_and_date_stand_in_the_order_of_the_office(order: tuple[str, ...]) -> None:
    draft = made(part("形势", say("话。")), by=office(byline=order))
    kinds = {"讲话人": "byline", "日期": "date"}
    assert [block.kind for block in draft.blocks[: len(order) + 2]] == [
        "title",
        *(kinds[name] for name in order),
        "salutation",
    ]


def test_title_byline_date_and_salutation() -> None:
    draft = drafted(COUNTY)
    assert [block.text for block in draft.blocks[:4]] == [
        "在全县2027年元旦春节期间安全稳定工作会议上的讲话",
        "县委副书记、县长　陈志远",
        "（2026年12月24日）",
        "同志们：",
    ]
    assert draft.title == draft.blocks[0].text
    assert draft.properties == {
        "title": draft.title,
        "subject": "全县2027年元旦春节期间安全稳定工作会议",
        "author": "青峪县",
        "created": "2026-12-24",
    }


# ── which outline ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("全县信访工作联席会议", "信访工作联席会议"),
        ("全市安全生产工作会议", "安全生产工作会议"),
        ("全镇春节期间安全稳定工作会议", "节日期间安全稳定工作会议"),
    ],
)
def test_the_name_of_the_meeting_calls_for_an_outline(name: str, wanted: str) -> None:
    found, notices = outline_for(meeting(name=text(name)), shipped())
    assert found.name == wanted and wanted in notices[0]


def test_an_outline_can_be_named_and_an_unknown_one_is_refused() -> None:
    for wanted in ("信访工作联席会议", "xinfang-lianxi"):
        assert outline_for(meeting(outline=text(wanted, "提纲", 7)), shipped())[0].id == "xinfang-lianxi"
    with pytest.raises(SpeechgenError) as caught:
        outline_for(meeting(outline=text("信访联席会议", "提纲", 7)), shipped())
    assert caught.value.slips[0].location == Location("会议.yaml", 7, 1)
    assert "信访工作联席会议" in caught.value.slips[0].remedy


def test_a_name_that_tells_nothing_is_refused_with_the_choices() -> None:
    with pytest.raises(SpeechgenError) as caught:
        outline_for(meeting(name=text("全县读书会")), shipped())
    assert "信访工作联席会议" in caught.value.slips[0].remedy


# ── seeds ─────────────────────────────────────────────────────────────────────────────────────


def test_a_postponed_meeting_keeps_its_words() -> None:
    before = drafted(COUNTY)
    later = drafted(COUNTY, day=example(COUNTY)[0].day._replace(value=date(2026, 12, 28)))
    assert later.picks == before.picks


def test_another_unit_has_other_words() -> None:
    meeting_, office_ = example(COUNTY)
    assert office_.name
    sister = office_._replace(name=office_.name._replace(value="邻山县"))
    mine, theirs = (compose(meeting_, o, shipped()).picks for o in (office_, sister))
    same = sum(mine[path] == theirs.get(path) for path in mine)
    assert same < len(mine) * 3 / 4


def test_another_speaker_and_another_seed_have_other_words() -> None:
    meeting_, office_ = example(COUNTY)
    picks = {str(compose(meeting_._replace(seed=seed), office_, shipped()).picks) for seed in ("1", "2", None)}
    assert len(picks) == 3


def test_a_rerun_keeps_its_picks_and_its_headings() -> None:
    meeting_, office_ = example(COUNTY)
    first = compose(meeting_._replace(seed="别的"), office_, shipped())
    assert compose(meeting_, office_, shipped(), Wishes(first.picks)).picks == first.picks


# ── every character has its origin ────────────────────────────────────────────────────────────


def covered(block: Block) -> bool:
    ends = [0, *(span.end for span in block.spans)]
    return [span.start for span in block.spans] == ends[:-1] and ends[-1] == len(block.text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_spans_cover_every_character(path: Path) -> None:
    for block in drafted(path).blocks:
        assert block.text and covered(block), block.text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_what_rests_on_a_field_stands_in_the_file(path: Path) -> None:
    typed = path.read_text("utf-8") + path.with_name("单位.yaml").read_text("utf-8")
    for block in drafted(path).blocks:
        for span in block.spans:
            words = block.text[span.start : span.end]
            if span.source.origin == "field" and not re.fullmatch(r"(\d{4}年)?\d+月\d+日", words):
                assert words in typed, words
            if span.source.origin == "blank":
                assert words.startswith("【待补充：")
            if span.source.origin in ("phrase", "outline", "field"):
                assert span.source.location and span.source.location.line > 0


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_field_inside_a_phrase_names_both(path: Path) -> None:
    spans = [span for block in drafted(path).blocks for span in block.spans]
    assert any(span.source.origin == "field" and [v.origin for v in span.via][-1:] == ["phrase"] for span in spans)
    assert any(span.source.origin == "phrase" and [v.origin for v in span.via] == ["outline"] for span in spans)


def test_pins_of_the_meeting_file_are_kept() -> None:
    meeting_, office_ = example(COUNTY)
    path, id_ = next((p, i) for p, i in drafted(COUNTY).picks.items() if p.startswith("结束语/"))
    slot = shipped().phrases[id_].slot
    other = next(p for p in shipped().phrases.values() if p.slot == slot and p.id != id_)
    pinned = compose(meeting_._replace(pins={path: text(other.id, "选定")}), office_, shipped())
    assert pinned.picks[path] == other.id
    assert sum(pinned.picks[p] != i for p, i in drafted(COUNTY).picks.items()) <= 2


def test_leaders_of_the_profile_speak_with_their_own_pace() -> None:
    boss = Leader(Text("郑怀民", "领导.姓名", HERE), Text("县委书记", "领导.职务", HERE), pace=170)
    draft = made(
        part("形势", say("话。")), of=meeting(speaker=Speaker(text("县委书记", "讲话人"))), by=office(leaders=(boss,))
    )
    assert texts(draft, "byline") == ["县委书记　郑怀民"]


FIGURE_SLOT = Slot("形势.成绩", "判断", "数据", "陈述")


def figure(name: str, typed: str) -> Figure:
    reading = figures.read_figure(typed)
    assert reading is not None
    return Figure(Text(name, f"数据.{name}", HERE), text(typed, f"数据.{name}"), reading)


def test_where_only_some_are_argued_the_worst_figure_is_among_them() -> None:
    """至多: the figures keep their order; the argument goes to what has become worse, then to the first."""
    words = ("收入", "事故", "火灾")
    said_of_all = (Phrase(f"p{n}", ("要重视。",), "形势.成绩", HERE, words=words) for n in range(3))
    bank = bank_of(*said_of_all, slot=FIGURE_SLOT)
    typed = {"收入": "9亿元 / 8亿元，目标10亿元", "火灾": "3起 / 4起，目标3起", "事故": "9起 / 7起，目标6起"}  # too much for pairs
    told = meeting(figures=tuple(figure(name, value) for name, value in typed.items()))
    draft = made(part("形势", each("数据", take("形势.成绩", most=1))), of=told, bank=bank)
    said = "".join(texts(draft, "paragraph"))
    assert said.startswith("收入9亿元") and said.endswith("要重视。") and said.count("要重视") == 1


def test_of_two_figures_in_one_sentence_none_is_argued() -> None:
    """Nobody could tell which of the two is meant."""
    bank = bank_of(Phrase("p", ("要重视。",), "形势.成绩", HERE, words=("事故", "火灾")), slot=FIGURE_SLOT)
    told = meeting(figures=(figure("事故", "9起 / 7起"), figure("火灾", "3起 / 4起")))
    draft = made(part("形势", each("数据", take("形势.成绩"))), of=told, bank=bank)
    assert texts(draft, "paragraph") == ["发生事故9起，比去年同期增加2起；发生火灾3起，比去年同期减少1起。"]


@pytest.mark.parametrize(("limit", "both"), [(0, True), (30, False)])
def test_a_list_said_together_is_said_whole_or_not_at_all(limit: int, both: bool) -> None:
    """同进退: neither a missing phrase nor the length leaves half a list standing."""
    told = meeting(risks=(text("雨雪"), text("返乡")), characters=limit or None)
    risks = each("风险", say("{{ 风险.内容 }}要防住，路上要慢。", optional=3), together=True)
    draft = made(part("形势", say("天冷。"), risks), of=told)
    said = "".join(texts(draft, "paragraph"))
    assert ("雨雪要防住" in said, "返乡要防住" in said) == (both, both)


def test_a_list_said_together_goes_when_one_item_has_no_phrase() -> None:
    bank = bank_of(Phrase("p1", ("当心。",), "形势.风险", HERE), slot=Slot("形势.风险", "论证", "风险"))
    told = meeting(risks=(text("雨雪"), text("返乡")))
    draft = made(part("形势", say("天冷。"), each("风险", take("形势.风险"), together=True)), of=told, bank=bank)
    assert texts(draft, "paragraph") == ["天冷。"]


def test_the_run_asks_where_bu_dianming_and_a_name_stand_together() -> None:
    words = "三分厂外包队伍5人没有培训"
    named = Problem(text(words, "问题", 9), withheld=True)
    assert any("不点名" in n and "三分厂" in n for n in made(part("形势", say("话。")), of=meeting(problems=(named,))).notices)
    plain = named._replace(withheld=False)
    assert not any("不点名" in n for n in made(part("形势", say("话。")), of=meeting(problems=(plain,))).notices)


def test_a_weighty_task_without_a_phrase_is_told_not_padded() -> None:
    slot = Slot("措施.细讲", "论证", "任务", "落点")
    heavy = task("冷库", weight="细讲")
    draft = made(part("措施", each("任务", take("措施.细讲", terse=1))), of=meeting(tasks=(heavy,)), bank=bank_of(slot=slot))
    assert any("没有合适的语料来细讲「冷库」" in notice for notice in draft.notices)


# ── cases ─────────────────────────────────────────────────────────────────────────────────────

CHARGING = Topic("消防", ("充电", "起火"), {"飞线充电": (("充电",),)})
CASES = meeting(
    problems=(
        Problem(text("17个小区飞线充电", "问题", 9)),
        Problem(text("水管冻裂没有人修", "问题", 10)),
        Problem(text("一块电池在屋里充电起火", "案例", 12), case=True),
        Problem(text("一名游客落水", "案例", 13), case=True),
    )
)


def test_a_case_is_told_once_beside_the_problem_of_its_situation() -> None:
    alone = paragraph(each("案例", say("{{ 陈述 }}")))
    beside = paragraph(each("问题", say("{{ 陈述 }}")))
    draft = made(part("形势", beside, alone), of=CASES, bank=Content(topics={"消防": CHARGING}))
    first, last = texts(draft, "paragraph")
    assert first == "17个小区飞线充电。一块电池在屋里充电起火。水管冻裂没有人修。"
    assert last == "一名游客落水。"
    assert not any("没有写进稿子" in notice for notice in draft.notices)


def test_what_is_argued_from_a_problem_is_said_after_its_case() -> None:
    phrase = Phrase("p", ("充电一出事，人就难跑出来。",), "形势.问题", HERE, situations=("飞线充电",), words=("飞线充电",))
    bank = bank_of(phrase, slot=Slot("形势.问题", "论证", "问题", "陈述"))._replace(topics={"消防": CHARGING})
    draft = made(part("形势", paragraph(each("问题", take("形势.问题")))), of=CASES, bank=bank)
    said = "17个小区飞线充电。一块电池在屋里充电起火。充电一出事，人就难跑出来。"
    assert texts(draft, "paragraph")[0].startswith(said)


def test_a_risk_that_no_phrase_fits_is_stated() -> None:
    """What a phrase says of a risk holds its few words; without a phrase they stand alone."""
    bound = Phrase("p", ("{{ 风险.内容 }}，路上要慢。",), "形势.风险", HERE, words=("雨雪",))
    bank = bank_of(bound, slot=Slot("形势.风险", "论证", "风险", "陈述"))
    told = meeting(risks=(text("雨雪多"), text("返乡集中")))
    draft = made(part("形势", paragraph(each("风险", take("形势.风险", terse=3)))), of=told, bank=bank)
    assert texts(draft, "paragraph") == ["雨雪多，路上要慢。返乡集中，也不能大意。"]


def test_what_the_outline_has_no_place_for_is_told() -> None:
    problems_only = paragraph(each("问题", say("{{ 陈述 }}"), kinds=("安全",)))
    draft = made(part("形势", problems_only), of=CASES, bank=Content(topics={"消防": CHARGING._replace(kind="安全")}))
    notice = next(notice for notice in draft.notices if "没有写进稿子" in notice)
    assert all(words in notice for words in ("问题「水管冻裂没有人修」", "案例「一名游客落水」"))
    assert "飞线充电" not in notice and "电池" not in notice


# ── sister speeches ───────────────────────────────────────────────────────────────────────────


def test_what_sister_speeches_have_argued_is_withheld_and_told() -> None:
    """Ten problems and one thing to say of each: the second unit hears its problems, not the same ten arguments."""
    kinds = "甲乙丙丁戊己庚辛壬癸"
    phrases = [Phrase(f"p-{kind}", (f"{kind}要有人管到底。",), "形势.问题", HERE, words=(f"{kind}没有",)) for kind in kinds]
    bank = bank_of(*phrases, slot=Slot("形势.问题", "论证", "问题", "陈述"))
    told = meeting(problems=tuple(Problem(text(f"{kind}没有办", "问题", 9)) for kind in kinds))
    parts = part("形势", paragraph(each("问题", take("形势.问题"))))

    def speech(*siblings: frozenset[str]) -> Draft:
        content = bank._replace(outlines={"ours": outline(parts)})
        return compose(told, office(), content, Wishes(siblings=siblings))

    first = speech()
    assert len(ledger.said(first)) == 10 and not any("没有展开" in notice for notice in first.notices)
    second = speech(ledger.said(first))
    assert len(ledger.said(second) & ledger.said(first)) * 10 <= 3 * 10
    assert all(f"{kind}没有办。" in "".join(texts(second)) for kind in kinds)
    assert any("没有展开" in notice for notice in second.notices)


def test_what_tells_no_topic_is_of_the_meetings_own() -> None:
    """大风天气多, typed at a meeting on forest fires, is a matter of forest fires."""
    windy = Phrase("p", ("{{ 风险.内容 }}，火借风势。",), "形势.风险", HERE, topics=("森林防火",), words=("大风", "天气"))
    bank = bank_of(windy, slot=Slot("形势.风险", "论证", "风险", "陈述"))
    bank = bank._replace(topics={"森林防火": Topic("森林防火", ("林区",)), "消防": Topic("消防", ("着火",))})
    told = meeting(risks=(text("大风天气多"),))
    step = part("形势", paragraph(each("风险", take("形势.风险", terse=3))))
    own = made(step, of=told, bank=bank, topics=("森林防火",))
    assert texts(own, "paragraph") == ["大风天气多，火借风势。"]
    other = made(step, of=told, bank=bank, topics=("消防",))
    assert "火借风势" not in "".join(texts(other))
