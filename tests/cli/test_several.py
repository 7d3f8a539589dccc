"""speechgen with a meeting of several texts, as a secretary runs it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.examples import SEVERAL

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_here(run_in: Callable[[Path], Run], tmp_path: Path) -> Run:
    shutil.copy(SEVERAL[0], tmp_path / "会议.yaml")
    shutil.copy(SEVERAL[0].with_name("单位.yaml"), tmp_path / "单位.yaml")
    return run_in(tmp_path)


def test_all_texts_and_the_table_of_who_says_what(run_here: Run, tmp_path: Path) -> None:
    code, out, err = run_here("draft", "会议.yaml", "-o", "会议 材料")
    assert code == 0, out + err
    names = sorted(path.name for path in (tmp_path / "会议 材料").iterdir() if not path.name.startswith("."))
    assert [name.partition("会议 ")[2] for name in names if name.endswith(".docx")] == [
        "主持词（何俊）.docx", "发言（县住建局）.docx", "发言（柳河镇）.docx", "讲话（县长）.docx", "部署（宋立新）.docx",
    ]  # fmt: skip
    table = openpyxl.load_workbook(next((tmp_path / "会议 材料").glob("*讲话分工.xlsx")))["谁讲什么"]
    rows = {row[1]: row for row in table.iter_rows(values_only=True)}
    assert rows["讲话人"][2:] == ("县委常委、常务副县长 何俊", "县住建局局长 高立民", "柳河镇党委书记 周立",
                               "县委常委、政法委书记 宋立新", "县委副书记、县长 陈志远")  # fmt: skip
    assert rows["低温雨雪应对"][5] and not rows["低温雨雪应对"][6]
    assert "谁讲什么：" in out and "没有一篇说到" not in out
    code, out, _ = run_here("draft", "会议.yaml", "-o", "会议 材料")
    assert code == 0 and out.count("内容没有变化") == 6


def test_several_texts_are_not_written_into_one_file(run_here: Run, tmp_path: Path) -> None:
    code, _, err = run_here("draft", "会议.yaml", "-o", "稿.docx")
    assert code == 3 and "请写文件夹" in err
    assert not list(tmp_path.glob("*.docx"))


def test_each_text_is_explained(run_here: Run) -> None:
    code, out, _ = run_here("explain", "会议.yaml")
    assert code == 0 and "── 部署（宋立新） ──" in out and "语料 " in out


def test_a_speech_that_was_written_passes_its_own_check(run_here: Run, tmp_path: Path) -> None:
    run_here("draft", "会议.yaml", "-o", "材料", "--format", "txt")
    for path in (tmp_path / "材料").glob("*.txt"):
        _, out, err = run_here("check", str(path), "--meeting", "会议.yaml")
        assert "错误" not in out and "警告" not in out, path.name + out + err
