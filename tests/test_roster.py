"""名册: what a row of a table says, and what is told of a wrong one."""

from __future__ import annotations

import csv
from collections.abc import Sequence as Several
from pathlib import Path

import openpyxl
import pytest

from speechgen import roster
from speechgen.errors import SpeechgenError
from speechgen.yamlio import Mapping, Sequence, merged, plain


def written(path: Path, *rows: Several[str], encoding: str = "utf-8-sig") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def book(path: Path, **sheets: Several[Several[object]]) -> Path:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def said(found: roster.Roster, number: int = 0) -> tuple[object, object]:
    nodes = roster.nodes(found, found.rows[number])
    return plain(nodes.meeting), plain(nodes.office)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_columns_are_the_keys_of_both_files(tmp_path: Path, encoding: str) -> None:
    path = written(
        tmp_path / "名册.csv",
        ["编号", "单位.名称", "会议.名称", "讲话人.职务", "数据.火灾", "要求.值班电话", "备注", "部门.应急", "文件名"],
        ["甲", "柳溪镇", "春节会议", "镇长", "12.30起", "0000-1", "不读", "镇应急办", "柳溪"],
        encoding=encoding,
    )
    found = roster.read(path)
    meeting, office = said(found)
    assert meeting == {
        "会议": {"名称": "春节会议"}, "讲话人": {"职务": "镇长"}, "数据": {"火灾": "12.30起"}, "要求": {"值班电话": "0000-1"},
    }  # fmt: skip
    assert office == {"单位": {"名称": "柳溪镇"}, "部门": {"应急": "镇应急办"}}
    assert roster.nodes(found, found.rows[0]).file_name == "柳溪"
    assert not found.slips


def test_a_cell_of_several_lines_is_a_list_with_or_without_numbers_and_hyphens(tmp_path: Path) -> None:
    path = written(
        tmp_path / "名册.csv",
        ["编号", "问题", "风险", "任务", "会议.参会人员"],
        ["甲", "1. 渡船漏水\n2、 路灯不亮\n", "- 大雾\n- 结冰", "取暖｜查一遍｜应急办｜1月8日\n值班｜两人一班", "一行"],
    )
    meeting, _ = said(roster.read(path))
    assert meeting == {
        "问题": ["渡船漏水", "路灯不亮"],
        "风险": ["大雾", "结冰"],
        "任务": ["取暖｜查一遍｜应急办｜1月8日", "值班｜两人一班"],
        "会议": {"参会人员": ["一行"]},
    }


def test_what_only_looks_like_a_number_stays(tmp_path: Path) -> None:
    path = written(tmp_path / "名册.csv", ["编号", "问题"], ["甲", "3处隐患没有整改\n12.30前要办的2件没有办"])
    assert said(roster.read(path))[0] == {"问题": ["3处隐患没有整改", "12.30前要办的2件没有办"]}


def test_further_sheets_are_joined_by_their_key(tmp_path: Path) -> None:
    path = book(
        tmp_path / "名册.xlsx",
        名册=[["编号", "会议.名称"], ["甲", "春节会议"], ["乙", "春节会议"]],
        任务=[["编号", "主题", "内容", "牵头", "时限"], ["甲", "取暖", "查一遍", "应急办", "1月8日"], ["乙", "值班", "排好班", "", ""]],
        问题=[["编号", "内容"], ["乙", "路灯不亮；不点名"], ["乙", "渡船漏水"]],
        数据=[["编号", "名称", "今年", "去年"], ["甲", "火灾", "4起", "7起"]],
    )  # fmt: skip
    found = roster.read(path)
    assert said(found, 0)[0] == {
        "会议": {"名称": "春节会议"},
        "任务": [{"主题": "取暖", "内容": "查一遍", "牵头": "应急办", "时限": "1月8日"}],
        "数据": [{"名称": "火灾", "今年": "4起", "去年": "7起"}],
    }
    assert said(found, 1)[0] == {
        "会议": {"名称": "春节会议"},
        "任务": [{"主题": "值班", "内容": "排好班"}],
        "问题": ["路灯不亮；不点名", "渡船漏水"],  # one column: the short forms of a meeting file hold
    }


def test_every_place_is_named_by_sheet_row_and_column(tmp_path: Path) -> None:
    path = book(
        tmp_path / "名册.xlsx", 名册=[["编号", "会议.名称"], ["甲", "春节会议"]], 问题=[["编号", "内容"], ["甲", "路灯不亮"]]
    )
    found = roster.read(path)
    problems = roster.nodes(found, found.rows[0]).meeting.get("问题")
    assert isinstance(problems, Sequence)
    where = problems.items[0].location
    assert (Path(where.file).name, where.line, where.column) == ("名册.xlsx「问题」表", 2, 2)


def test_a_wrong_column_is_named_once_with_the_nearest_right_one(tmp_path: Path) -> None:
    path = written(
        tmp_path / "名册.csv", ["编号", "会议.名字", "会议.日期", "会议.日期"], *[[str(n), "a", "b", "c"] for n in range(50)]
    )
    with pytest.raises(SpeechgenError) as error:
        roster.read(path)
    wrong, twice = error.value.slips
    assert "B 列「会议.名字」" in wrong.message and "「会议.名称」" in wrong.remedy
    assert "D 列的「会议.日期」前面已经有了" in twice.message


def test_a_list_that_no_row_takes_is_told_by_its_lines_and_stops_nothing(tmp_path: Path) -> None:
    path = book(
        tmp_path / "名册.xlsx",
        名册=[["编号", "会议.名称"], ["001", "春节会议"]],
        问题=[["编号", "内容"], ["01", "甲"], ["01", "乙"], ["001", "丙"], [None, "丁"]],
    )
    found = roster.read(path)
    assert [slip.message for slip in found.slips] == [
        "「编号」写的「01」在名册里没有，第 2–3 行没有用",
        "没有写「编号」，第 5 行没有用",
    ]
    assert "是不是「001」" in found.slips[0].remedy
    assert said(found)[0] == {"会议": {"名称": "春节会议"}, "问题": ["丙"]}


def test_hidden_rows_are_left_out_with_their_lists_and_the_run_says_so(tmp_path: Path) -> None:
    path = book(
        tmp_path / "名册.xlsx",
        名册=[["编号", "会议.名称"], ["甲", "春节会议"], ["乙", "春节会议"]],
        问题=[["编号", "内容"], ["乙", "路灯不亮"]],
    )
    workbook = openpyxl.load_workbook(path)
    workbook["名册"].row_dimensions[3].hidden = True
    workbook.save(path)
    found = roster.read(path)
    assert [row.key for row in found.rows] == ["甲"] and not found.slips
    assert found.notices == ("「名册」第 3 行是隐藏的，没有用",)


def test_rows_without_numbers_are_told_apart_by_unit_and_meeting(tmp_path: Path) -> None:
    rows = [["柳溪镇", "春节会议"], ["东岭乡", "春节会议"], ["柳溪镇", "春节会议"]]
    found = roster.read(written(tmp_path / "名册.csv", ["单位.名称", "会议.名称"], *rows))
    assert [row.key for row in found.rows] == ["柳溪镇 春节会议", "东岭乡 春节会议"]
    assert ["第 2 行重复" in slip.message for slip in found.slips] == [True]


def test_a_row_goes_over_what_all_share(tmp_path: Path) -> None:
    base = Mapping((), roster.Location("会议.yaml"))
    found = roster.read(written(tmp_path / "名册.csv", ["编号", "会议.名称", "问题"], ["甲", "春节会议", ""], ["乙", "", "路灯不亮"]))
    first = merged(base, roster.nodes(found, found.rows[0]).meeting)
    second = merged(first, roster.nodes(found, found.rows[1]).meeting)
    assert plain(second) == {"会议": {"名称": "春节会议"}, "问题": ["路灯不亮"]}


def test_a_meeting_file_beside_the_roster_is_what_rows_start_from(tmp_path: Path) -> None:
    (tmp_path / "会议.yaml").write_text("分钟: 9\n", encoding="utf-8")
    path = written(tmp_path / "名册.csv", ["编号", "会议文件"], ["甲", ""], ["乙", "另一个.yaml"])
    found = roster.read(path)
    assert [roster.nodes(found, row).base for row in found.rows] == [tmp_path / "会议.yaml", tmp_path / "另一个.yaml"]
    other = tmp_path / "别的.yaml"
    assert roster.nodes(roster.read(path, other), found.rows[0]).base == other


def test_a_roster_in_yaml(tmp_path: Path) -> None:
    path = tmp_path / "名册.yaml"
    path.write_text(
        "名册:\n  - 编号: 甲\n    单位: {名称: 柳溪镇}\n    会议: {名称: 春节会议}\n    问题: [路灯不亮]\n"
        "  - 会议: {名称: 夏季会议}\n  - 编号: 甲\n",
        encoding="utf-8",
    )
    found = roster.read(path)
    assert [row.key for row in found.rows] == ["甲", "夏季会议"]
    assert said(found) == ({"会议": {"名称": "春节会议"}, "问题": ["路灯不亮"]}, {"单位": {"名称": "柳溪镇"}})
    assert [slip.message for slip in found.slips] == ["「甲」前面已经有了"]


@pytest.mark.parametrize("rows", [[["编号", "会议.名称"]], [[""]]])
def test_a_roster_without_a_row_is_refused(tmp_path: Path, rows: list[list[str]]) -> None:
    with pytest.raises(SpeechgenError):
        roster.read(written(tmp_path / "名册.csv", *rows))
