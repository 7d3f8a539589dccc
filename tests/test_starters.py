"""The starter files: read without a slip, and a speech once they are filled in."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechgen import draft as line
from speechgen import schema, starters
from speechgen.errors import SpeechgenError
from speechgen.files import secretary_text
from speechgen.yamlio import read_yaml

OCCASIONS = ("", "元旦春节", "国庆中秋", "五一", "信访", "安全生产", "防汛")
ANSWERS = {"名称": "全县安全稳定和信访安全生产工作会议", "日期": "2026-12-24", "讲话人": "县长", "分钟": "12"}
OFFICE = {"名称": "青峪县", "层级": "县", "姓名": "陈志远", "职务": "县委副书记、县长"}


CACHE = tempfile.TemporaryDirectory()  # the content is parsed once for all tests of this file


def make(path: Path, extra: Path | None = None, cache_folder: Path = Path(CACHE.name)) -> line.Made:
    return line.make(path, line.Beside(extra), cache_folder)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(secretary_text(text))
    return path


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_a_filled_starter_gives_a_speech(tmp_path: Path, occasion: str) -> None:
    written(tmp_path, "单位.yaml", starters.office(OFFICE))
    made = make(written(tmp_path, "会议.yaml", starters.meeting(occasion, ANSWERS)))
    assert made.notices == made.draft.notices  # read without a remark
    assert made.draft.characters > 200
    assert made.speaker.name and made.speaker.name.value == "陈志远"
    # the festival of a starter may be far from the day that this test gives every meeting
    assert {finding.rule for finding in made.findings} <= {"zg-10"}


def test_an_empty_starter_names_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SpeechgenError) as caught:
        schema.load_meeting(written(tmp_path, "会议.yaml", starters.meeting("元旦春节", {})))
    told = "".join(slip.message for slip in caught.value.slips)
    assert all(name in told for name in ("会议.名称", "会议.日期", "讲话人"))


def test_an_empty_profile_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "单位.yaml", starters.office({"名称": "青峪县", "层级": "县"}))
    try:
        schema.load_office(path)
    except SpeechgenError as error:
        assert all("领导" in slip.message for slip in error.slips)


def test_a_filled_profile_is_read_without_a_notice(tmp_path: Path) -> None:
    office, notices = schema.load_office(written(tmp_path, "单位.yaml", starters.office(OFFICE)))
    assert all("BOM" in notice for notice in notices)  # which the run does not tell
    assert office.name and office.name.value == "青峪县" and office.level == "县"
    assert [(leader.name.value, leader.post.value, leader.pace) for leader in office.leaders] == [
        ("陈志远", "县委副书记、县长", 180)
    ]


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_the_commented_examples_of_a_starter_are_right_when_uncommented(tmp_path: Path, occasion: str) -> None:
    text = starters.meeting(occasion, ANSWERS)
    for comment in ("  # 生产安全事故", "  # - 逾期未销号", "  # - 暗访", "  # - 隐患清零"):
        assert comment in text
        text = text.replace(comment, comment.replace("# ", ""))
    meeting, notices = schema.load_meeting(written(tmp_path, "会议.yaml", text))
    assert all("BOM" in notice for notice in notices)  # which the run does not tell
    assert [len(x) for x in (meeting.figures, meeting.problems, meeting.tasks)] == [1, 2, 1]


def test_the_prompts_fit_the_occasion_and_no_other() -> None:
    assert "烟花爆竹" in starters.meeting("元旦春节", {}) and "场合: 元旦春节" in starters.meeting("元旦春节", {})
    assert "烟花爆竹" not in starters.meeting("防汛", {})
    assert "提纲: 信访工作联席会议" in starters.meeting("信访", {})


def test_the_file_name_is_safe() -> None:
    assert starters.meeting_name("五一/端午") == "会议-五一-端午.yaml"
    assert starters.meeting_name("") == "会议.yaml"


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=12))
def test_whatever_is_answered_comes_back_as_typed(answer: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), "单位.yaml", starters.office({"名称": answer}))
        document = read_yaml(
            path,
            {
                "格式": {},
                "单位": {"名称": {}, "层级": {}},
                "部门": {"*": {}},
                "领导": {k: {} for k in ("姓名", "职务", "语速")},
                "称谓": {},
                "版式": {},
                "署名": {},
            },
        )
    unit = document.root.get("单位")
    name = unit.get("名称") if unit is not None else None  # type: ignore[union-attr]
    assert " ".join((name.text if name is not None else "").split()) == " ".join(answer.split())  # type: ignore[union-attr]
