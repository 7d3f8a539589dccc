"""One meeting, several texts: what its listeners would notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechgen import draft, report, several
from speechgen.draft import Made
from speechgen.errors import SpeechgenError
from speechgen.likeness import argued
from speechgen.phrases import sentence_key
from tests.examples import SEVERAL

COUNTY = SEVERAL[0].parent
MATTER = SEVERAL[0].read_text(encoding="utf-8-sig").partition("讲话:")
AFTER = "依据:" + MATTER[2].partition("依据:")[2]


def written(folder: Path, texts: str, matter: str = MATTER[0], after: str = AFTER) -> Path:
    """A meeting of the example with other texts (the lines under 讲话)."""
    (folder / "单位.yaml").write_text((COUNTY / "单位.yaml").read_text(encoding="utf-8-sig"), encoding="utf-8")
    path = folder / "会议.yaml"
    path.write_text(f"{matter}讲话:\n{texts}\n{after}", encoding="utf-8")
    return path


def by_label(made: tuple[Made, ...]) -> dict[str, str]:
    """The speeches as text, by their labels."""
    return {one.meeting.setting.label: draft.as_text(one.draft) for one in made}


def made_of(folder: Path, *texts: str, after: str = AFTER) -> dict[str, str]:
    return by_label(draft.make_all(written(folder, "".join(f"  - {text}\n" for text in texts), after=after)))


def refused(folder: Path, *texts: str) -> list[str]:
    path = written(folder, "".join(f"  - {text}\n" for text in texts))
    with pytest.raises(SpeechgenError) as caught:
        draft.make_all(path)
    return [slip.message for slip in caught.value.slips]


@pytest.fixture(scope="module")
def example() -> tuple[Made, ...]:
    return draft.make_all(SEVERAL[0])


def test_the_texts_come_in_the_order_of_the_file(example: tuple[Made, ...]) -> None:
    labels = [one.meeting.setting.label for one in example]
    assert labels == ["主持词（何俊）", "发言（县住建局）", "发言（柳河镇）", "部署（宋立新）", "讲话（县长）"]


def test_no_judgement_argument_or_heading_set_is_in_two_texts(example: tuple[Made, ...]) -> None:
    said = [{sentence_key(s) for s in argued(one.draft, one.content)} for one in example]
    used = [set(one.draft.picks.values()) for one in example]
    for number, mine in enumerate(said):
        for other, theirs in enumerate(said[:number]):
            assert not mine & theirs
            assert not used[number] & used[other]
    assert draft.rundown_of(example).repeated == ()


def test_the_chair_calls_each_by_post_and_name(example: tuple[Made, ...]) -> None:
    chair = by_label(example)["主持词（何俊）"]
    calls = ["请县应急局作通报", "请县住建局局长高立民同志作发言", "请柳河镇党委书记周立同志作发言",
             "请县委常委、政法委书记宋立新同志作工作部署", "请县委副书记、县长陈志远同志讲话"]  # fmt: skip
    assert [chair.index(call) for call in calls] == sorted(chair.index(call) for call in calls)


def test_each_speaker_knows_who_came_before_and_who_follows(example: tuple[Made, ...]) -> None:
    said = by_label(example)
    assert "县住建局、柳河镇作了发言，宋立新同志作了部署。" in said["讲话（县长）"]
    assert "作了部署" not in said["部署（宋立新）"]
    assert "县委副书记、县长陈志远同志" in said["部署（宋立新）"]
    assert "柳河镇作了发言" not in said["发言（县住建局）"]
    assert "县住建局作了发言" in said["发言（柳河镇）"]


def test_the_matter_is_shared_out(example: tuple[Made, ...]) -> None:
    said = by_label(example)
    for text, has, lacks in (
        ("讲话（县长）", ["486批次", "返乡集中", "4家安全出口"], ["餐饮场所用气检查一遍", "由县住建局牵头"]),
        ("部署（宋立新）", ["餐饮场所用气检查一遍", "由县住建局牵头"], ["486批次", "督查组"]),
        ("发言（县住建局）", ["我局有一处：城东液化气站", "餐饮场所用气检查一遍"], ["老粮站", "126人工资", "486批次"]),
        ("发言（柳河镇）", ["我镇有一处：老粮站", "12月31日前，老粮站整改完毕"], ["城东液化气站", "餐饮场所", "两处逾期隐患"]),
    ):
        assert [words for words in has if words not in said[text]] == []
        assert [words for words in lacks if words in said[text]] == []


def test_every_task_and_problem_is_said_by_some_text_and_the_table_tells_which(example: tuple[Made, ...]) -> None:
    found = draft.rundown_of(example)
    assert [row.words for row in found.rows if not any(row.counts)] == []
    row = next(row for row in found.rows if row.words == "燃气")
    assert dict(zip(found.labels, row.counts, strict=True))["讲话（县长）"] == 0
    assert dict(zip(found.labels, row.counts, strict=True))["部署（宋立新）"] > 0


def test_without_a_deployment_the_main_leader_tells_the_tasks(tmp_path: Path) -> None:
    said = made_of(tmp_path, "主持词｜何俊｜3", "讲话｜县长｜18")
    assert "餐饮场所用气检查一遍" in said["讲话（县长）"]


def test_deputies_share_the_tasks_and_a_named_task_is_nobody_elses(tmp_path: Path) -> None:
    said = made_of(tmp_path, "部署｜何俊｜8", "部署｜宋立新｜8", "讲话｜县长｜10")
    assert "17件没有化解的纠纷" in said["部署（宋立新）"]  # stability is the 政法委书记's
    assert "17件没有化解的纠纷" not in said["部署（何俊）"]
    assert "除雪融冰物资" in said["部署（何俊）"]
    named = made_of(tmp_path, "{类型: 部署, 讲话人: 何俊, 任务: [矛盾纠纷, 燃气]}", "部署｜宋立新｜8", "讲话｜县长｜10")
    assert "17件没有化解的纠纷" in named["部署（何俊）"]
    assert "17件没有化解的纠纷" not in named["部署（宋立新）"]
    assert "除雪融冰物资" in named["部署（宋立新）"]


def test_a_leader_whom_the_agenda_names_speaks_at_that_place(tmp_path: Path) -> None:
    path = written(tmp_path, "  - 主持词｜何俊｜3\n  - 部署｜宋立新｜8\n  - 讲话｜县长｜10\n", matter=MATTER[0].replace(
        "[县应急局 通报, 县信访局 通报]", "[县应急局 通报, 县政府 陈志远 讲话, 县信访局 通报]"
    ))  # fmt: skip
    chair = by_label(draft.make_all(path))["主持词（何俊）"]
    order = ["请县应急局", "政法委书记宋立新", "县长陈志远同志讲话", "请县信访局"]
    assert [chair.index(words) for words in order] == sorted(chair.index(words) for words in order)
    assert chair.count("陈志远") == chair.count("县委副书记、县长陈志远同志")


def test_what_an_entry_says_is_for_its_text_alone(tmp_path: Path) -> None:
    said = made_of(
        tmp_path, "部署｜宋立新｜8", "{类型: 讲话, 讲话人: 县长, 背景: 今年的雪来得早。, 字数: 1200}", after=f"分钟: 3\n{AFTER}"
    )
    assert "今年的雪来得早。" in said["讲话（县长）"]
    assert "今年的雪来得早" not in said["部署（宋立新）"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["布署｜何俊｜8"], "看不明白"),
        (["部署"], "看不明白"),
        (["{讲话人: 何俊}"], "类型"),
        (["{类型: 部署}"], "没有写讲话人"),
        (["{类型: 发言, 讲话人: 周立}"], "哪个单位"),
        (["{类型: 部署, 讲话人: 何俊, 任务: [燃器]}"], "没有「燃器」"),
        (["部署｜何俊｜8", "部署｜何俊｜9"], "2 条都是"),
        (["部署｜何俊｜八"], "分钟"),
    ],
)
def test_a_slip_in_a_text_is_told(texts: list[str], told: str, tmp_path: Path) -> None:
    assert any(told in message for message in refused(tmp_path, *texts))


def test_what_is_wrong_with_the_meeting_is_told_once(tmp_path: Path) -> None:
    path = written(tmp_path, "  - 部署｜何俊｜8\n  - 讲话｜县长｜8\n", after=AFTER.replace("12月28日", "12月32日"))
    with pytest.raises(SpeechgenError) as caught:
        draft.make_all(path)
    assert len(caught.value.slips) == 1


def test_a_deputy_who_speaks_longer_than_the_main_leader_is_told(tmp_path: Path) -> None:
    made = draft.make_all(written(tmp_path, "  - 部署｜宋立新｜20\n  - 讲话｜县长｜10\n"))
    assert any("比主要领导的 10 分钟还长" in notice for one in made for notice in one.notices)


def test_what_only_a_unit_itself_can_say_is_asked_of_it(tmp_path: Path) -> None:
    after = AFTER.replace("  - 两个在建项目", "  - 3个工地没有围挡，柳河镇2个、东岭乡1个\n  - 两个在建项目")
    made = draft.make_all(written(tmp_path, "  - 发言｜柳河镇 周立｜3\n  - 发言｜东岭乡｜3\n  - 讲话｜县长｜10\n", after=after))
    told = "".join(notice for one in made for notice in one.notices)
    assert "发言（柳河镇）：「隐患清零」是几家牵头的" in told
    assert "「3个工地没有围挡，柳河镇2个、东岭乡1个」也说到这个单位" in told
    assert "发言（东岭乡）：会议文件里没有由这个单位牵头的任务" in told
    said = by_label(made)
    assert "工地" not in said["发言（柳河镇）"]
    assert "【待补充" in said["发言（东岭乡）"]


def test_a_unit_tells_its_own_share_in_full(tmp_path: Path) -> None:
    said = made_of(
        tmp_path, "{类型: 发言, 单位: 柳河镇, 讲话人: 党委书记 周立, 任务: [隐患清零｜老粮站整改销号｜｜12月31日]}", "讲话｜县长｜10"
    )
    assert "12月31日前，老粮站整改销号。" in said["发言（柳河镇）"]


def test_a_swapped_sentence_is_found_in_its_text(tmp_path: Path) -> None:
    path = written(tmp_path, "  - 部署｜宋立新｜8\n  - 讲话｜县长｜10\n")
    first = draft.make_all(path)
    closing = next(id_ for slot, id_ in first[1].draft.picks.items() if slot.endswith("结束.号召"))
    words = first[1].draft.blocks[-1].text[5:20]
    now = draft.make_all(path, draft.Beside(swaps=(words,)), kept=lambda label: {})
    assert now[0].draft == first[0].draft
    assert closing not in now[1].draft.picks.values()
    with pytest.raises(SpeechgenError, match="都有"):
        draft.make_all(path, draft.Beside(swaps=("标题组/部分",)))


def test_a_second_run_keeps_every_text(tmp_path: Path) -> None:
    path = written(tmp_path, "  - 部署｜宋立新｜8\n  - 讲话｜县长｜10\n")
    made = draft.make_all(path)
    for one in made:
        draft.save(one, path, draft.output_path(one, None, "txt"), "txt")
    path.write_text(path.read_text(encoding="utf-8").replace("7起 / 9起", "6起 / 9起"), encoding="utf-8")
    assert [one.draft.picks for one in draft.remake_all(path, None)] == [one.draft.picks for one in made]
    with pytest.raises(SpeechgenError, match="几篇讲话"):
        draft.output_path(made[0], tmp_path / "稿.txt", "txt")


def test_a_speech_is_checked_against_the_text_it_is_named_after() -> None:
    texts, _ = several.load(SEVERAL[0])
    office = draft.make_all(SEVERAL[0])[0].office
    named = several.text_called(texts, office, "2026-12-24 会议 部署（宋立新）")
    assert named.setting.label == "部署（宋立新）"
    assert several.text_called(texts, office, "旧稿").setting.label == "讲话（县长）"
    assert {"周立", "陈志远"} <= {one.person.value for one in named.agenda if one.person}


def test_the_run_tells_what_no_text_says(tmp_path: Path, example: tuple[Made, ...]) -> None:
    made = draft.make_all(written(tmp_path, "  - {类型: 部署, 讲话人: 何俊, 任务: [燃气]}\n  - 讲话｜县长｜10\n"))
    assert any("没有人部署的任务" in notice and "烟花爆竹" in notice for notice in made[0].notices)
    from speechgen.files import Written

    told = report.rundown(draft.rundown_of(example), Written(tmp_path / "分工.xlsx"))
    assert "任务「燃气」：发言（县住建局）、部署（宋立新）\n" in told
