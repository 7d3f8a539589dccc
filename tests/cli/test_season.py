"""speechgen season, as a secretary runs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_here(run_in: Callable[[Path], Run], tmp_path: Path) -> Run:
    return run_in(tmp_path)


def test_the_days_of_an_occasion_and_how_far_they_are(run_here: Run) -> None:
    code, out, _ = run_here("season", "--occasion", "元旦春节", "--day", "2026-12-24")
    assert code == 0
    assert "元旦  1月1日（星期五）  农历十一月廿四  从12月24日算起还有8天" in out
    assert "除夕  2月5日" in out and "元宵  2月20日" in out
    assert "- 返乡集中" in out


def test_days_off_are_not_guessed(run_here: Run) -> None:
    code, out, _ = run_here("season", "2027", "--occasion", "春节")
    assert code == 0 and "没有2027年春节的安排，这里不猜" in out


def test_days_off_come_from_the_office_file(run_here: Run, tmp_path: Path) -> None:
    code, out, _ = run_here("season", "2027", "--new")
    assert code == 0 and "调休.yaml" in out
    typed = "2027:\n  来源: 放假通知\n  春节:\n    放假: 2月5日至2月11日\n    上班: 2月14日\n"
    (tmp_path / "调休.yaml").write_text(typed, encoding="utf-8")
    _, out, _ = run_here("season", "2027", "--occasion", "春节")
    assert "春节：2月5日至11日放假，2月14日上班（放假通知）" in out and "不猜" not in out
    code, _, err = run_here("season", "--new")
    assert code == 3 and "调休.yaml" in err  # never written over


def test_an_unknown_occasion_is_told_with_the_nearest(run_here: Run) -> None:
    code, _, err = run_here("season", "--occasion", "春天")
    assert code == 3 and "不认识场合「春天」" in err and "春节" in err


def test_an_outline_may_say_the_days_off(run_in: Callable[[Path], Run], tmp_path: Path) -> None:
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "own.yaml").write_text(
        "编号: own\n名称: 放假安排\n标题: 放假安排\n称谓: 同志们：\n开头:\n  - 段:\n"
        "      - 句: 春节{{ 节日.放假 }}。\n        当: 节日.放假\n"
        "部分:\n  - 类型: 其他\n    内容:\n      - 要留意{{ 节日.常见风险 }}。\n",
        encoding="utf-8",
    )
    (tmp_path / "会议.yaml").write_text(
        "会议: {名称: 会议, 日期: 2027-01-12, 场合: 春节}\n讲话人: 县长\n字数: 300\n提纲: 放假安排\n", encoding="utf-8"
    )
    run = run_in(tmp_path)
    run("draft", "会议.yaml", "--format", "txt", "-o", "无.txt")
    assert "放假" not in (tmp_path / "无.txt").read_text(encoding="utf-8-sig").replace("放假安排", "")
    typed = "2027:\n  来源: 放假通知\n  春节:\n    放假: 2月5日至2月11日\n"
    (tmp_path / "调休.yaml").write_text(typed, encoding="utf-8")
    run("draft", "会议.yaml", "--format", "txt", "-o", "有.txt")
    said = (tmp_path / "有.txt").read_text(encoding="utf-8-sig")
    assert "春节2月5日至11日放假。" in said and "要留意返乡集中、" in said
