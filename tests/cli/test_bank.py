"""speechgen phrases and speechgen wordings, as a secretary runs them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_here(run_in: Callable[[Path], Run], tmp_path: Path) -> Run:
    return run_in(tmp_path)


def test_stats_count_the_shipped_bank(run_here: Run) -> None:
    code, out, _ = run_here("phrases", "stats")
    assert code == 0 and "按位置：" in out and "形势.问题" in out and "消防" in out


def test_a_phrase_is_found_by_its_words_and_shown(run_here: Run) -> None:
    code, out, _ = run_here("phrases", "search", "出口", "--topic", "消防")
    assert code == 0 and "共 " in out
    id_ = out.split("　")[0].strip()
    code, out, _ = run_here("phrases", "show", id_)
    assert code == 0 and "话题：消防" in out and "写在：" in out and ".yaml 第" in out


def test_a_search_that_finds_nothing_says_so(run_here: Run) -> None:
    assert run_here("phrases", "search", "没有这样的话吧")[:2] == (0, "没有找到。\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("phrases", "list", "--topic", "消妨"), "是不是「消防」"),
        (("phrases", "list", "--situation", "安全出口堵"), "是不是「安全出口堵锁」"),
        (("phrases", "list", "--slot", "形势.向题"), "是不是「形势.问题」"),
        (("phrases", "show", "没有-1"), "没有编号为「没有-1」的语料"),
        (("wordings", "-o", "提法.yaml"), "-o 要与 --due 一起用"),
    ],
)
def test_what_is_not_there_is_told_with_the_nearest(run_here: Run, arguments: tuple[str, ...], told: str) -> None:
    code, _, err = run_here(*arguments)
    assert code == 2 and told in err


def test_wordings_due_are_told_and_written_to_confirm(run_here: Run, tmp_path: Path) -> None:
    code, out, _ = run_here("wordings", "--due", "--day", "2026-12-24")
    assert code == 0 and "本季没有确认：" in out and "人民至上、生命至上" in out
    target = tmp_path / "本单位 提法.yaml"
    code, out, _ = run_here("wordings", "--due", "--day", "2026-12-24", "-o", str(target))
    assert code == 0 and "已写好" in out
    data = target.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and b"\r\n" in data and "确认:" in data.decode("utf-8-sig")
    code, _, err = run_here("wordings", "--due", "--day", "2026-12-24", "-o", str(target))
    assert code == 3 and "已经有" in err  # what somebody may have filled in is never written over


def test_wordings_are_searched(run_here: Run) -> None:
    code, out, _ = run_here("wordings", "生命至上")
    assert code == 0 and "人民至上、生命至上" in out and "共 " in out
