"""speechgen batch, as a secretary runs it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def run_here(run_in: Callable[[Path], Run], tmp_path: Path) -> Run:
    for name in ("单位.yaml", "会议.yaml", "名册.csv"):
        shutil.copy(ROOT / "examples" / "towns" / name, tmp_path / name)
    return run_in(tmp_path)


def test_the_example_and_a_second_run(run_here: Run, tmp_path: Path) -> None:
    code, out, err = run_here("batch", "名册.csv", "-o", "春节 讲话")
    assert code == 0, out + err
    assert "“春节 讲话”：新写 4 篇" in out and "逐篇看：" in out
    assert "写稿 4/4" in err
    assert len(list((tmp_path / "春节 讲话").glob("*.docx"))) == 4
    code, out, _ = run_here("batch", "名册.csv", "-o", "春节 讲话")
    assert code == 0 and "没有变 4 篇" in out


def test_without_a_folder_one_of_the_roster_s_name_is_made(run_here: Run, tmp_path: Path) -> None:
    assert run_here("batch", "名册.csv", "--format", "txt", "--processes", "1")[0] == 0
    assert len(list((tmp_path / "名册").glob("*.txt"))) == 4


def test_a_new_roster_can_be_filled_and_run(run_here: Run, tmp_path: Path) -> None:
    code, out, _ = run_here("batch", "--new", "我的 名册.xlsx")
    assert code == 0 and "我的 名册.xlsx" in out
    book = openpyxl.load_workbook(tmp_path / "我的 名册.xlsx")
    sheet = book["名册"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    filled = {"编号": "001", "单位.名称": "柳溪镇", "单位.地区": "柳溪镇", "单位.层级": "乡镇", "讲话人.职务": "镇长"}
    for name, text in filled.items():
        sheet.cell(2, columns[name]).value = text
    book.save(tmp_path / "我的 名册.xlsx")
    code, out, err = run_here("batch", "我的 名册.xlsx", "-o", "出")
    assert "新写 1 篇" in out, out + err
    code, _, err = run_here("batch", "--new", "我的 名册.xlsx")
    assert code == 3 and "没有改动" in err  # never written over


def test_all_that_is_wrong_is_told_with_its_place(run_here: Run, tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    text = roster.read_text(encoding="utf-8-sig")
    roster.write_text(text.replace("2027-01-21", "1月21日").replace("2027-01-23", "2027-01-32"), encoding="utf-8-sig")
    code, out, _ = run_here("batch", "名册.csv", "-o", "出")
    assert code == 1 and "新写 2 篇，没有写成 2 篇" in out.replace("没有写成 2 篇，新写 2 篇", "新写 2 篇，没有写成 2 篇")
    assert "名册.csv 第 2 行：G 列，会议日期「1月21日」没有写年份" in out and "2027-01-32" in out


def test_a_wrong_column_stops_the_run(run_here: Run, tmp_path: Path) -> None:
    roster = tmp_path / "名册.csv"
    roster.write_text(roster.read_text(encoding="utf-8-sig").replace("数据.火灾", "数字.火灾"), encoding="utf-8-sig")
    code, _, err = run_here("batch", "名册.csv", "-o", "出")
    assert code == 3 and err.count("数字.火灾") == 1 and "H 列" in err and "备注" in err
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize("name", ["没有.xlsx", "会议.yaml", "单位.yaml"])
def test_what_is_no_roster_is_refused(run_here: Run, name: str) -> None:
    code, out, err = run_here("batch", name, "-o", "出")
    assert code == 3 and name in err, out + err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C goes to the whole console there")
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(run_here: Run, tmp_path: Path, cache: Path) -> None:
    rows = "".join(f"  - {{编号: '{n:03d}', 单位: {{名称: 第{n}镇, 地区: 第{n}镇}}}}\n" for n in range(60))
    (tmp_path / "名册.yaml").write_text(f"名册:\n{rows}", encoding="utf-8")
    command = [sys.executable, "-m", "speechgen", "batch", str(tmp_path / "名册.yaml"), "-o", str(tmp_path / "出")]
    run_here("batch", "名册.csv", "-o", "热身")  # the content is parsed
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8",
                               env={"XDG_CACHE_HOME": str(cache), "PYTHONUTF8": "1", "PATH": ""})  # fmt: skip
    deadline = time.monotonic() + 60
    while len(list((tmp_path / "出").glob("*.docx"))) < 3 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (130, 0) and "Traceback" not in err
    if process.returncode == 130:
        assert "再运行同样的命令，会接着做" in err
    assert not list((tmp_path / "出").glob(".speechgen-临时-*"))
    code, out, _ = run_here("batch", "名册.yaml", "-o", "出")
    assert code in (0, 1) and "没有变" in out
    assert len(list((tmp_path / "出").glob("*.docx"))) == 60
