"""Tables: what stands in a cell is what Excel shows there; what cannot be shown is told with its place."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from speechgen.errors import Slip, SpeechgenError
from speechgen.sheet import Table, column_letter, read_tables, shown

HEADER = ("编号", "单位", "数据")


def book(tmp_path: Path, *rows: tuple[Any, ...], change: Callable[[Any], None] | None = None) -> Path:
    """A workbook with one sheet; ``change`` gets the sheet."""
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.title = "名册"
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    path = tmp_path / "名册.xlsx"
    made.save(path)
    return path


def patched(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """The same workbook with one part changed."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def with_cell(path: Path, place: str, xml: str) -> Path:
    """The same workbook with the XML of one cell replaced."""
    cell = rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)'
    return patched(path, "xl/worksheets/sheet1.xml", lambda text: re.sub(cell, xml, text, count=1, flags=re.DOTALL))


def read(path: Path) -> Table:
    slips: list[Slip] = []
    (table,) = read_tables(path, slips)
    assert slips == []
    return table


def read_with_slips(path: Path) -> tuple[Table, list[Slip]]:
    slips: list[Slip] = []
    (table,) = read_tables(path, slips)
    return table, slips


def refused(path: Path) -> Slip:
    with pytest.raises(SpeechgenError) as caught:
        read_tables(path, [])
    (slip,) = caught.value.slips
    assert slip.remedy and slip.location
    return slip


def cell(tmp_path: Path, value: Any, code: str = "") -> str:
    """What a single cell shows."""

    def format_it(sheet: Any) -> None:
        if code:
            sheet["B2"].number_format = code

    return read(book(tmp_path, ("编号", "值"), ("1", value), change=format_it)).lines[0].texts[1]


# ── the shape of a table ──────────────────────────────────────────────────────────────────────


def test_a_sheet_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    path = book(tmp_path, (), HEADER, ("甲", "县局", "7起"), (None, None, None), ("乙", None, " 8起\u3000"))
    table = read(path)
    assert table.file == f"{path}「名册」表" and table.name == "名册"
    assert (table.header.number, table.header.texts) == (2, HEADER)
    assert [(line.number, line.texts) for line in table.lines] == [(3, ("甲", "县局", "7起")), (5, ("乙", "", "8起"))]


def test_columns_of_nothing_at_the_end_are_left_out(tmp_path: Path) -> None:
    table = read(book(tmp_path, ("编号 ", "单位", "  ", None), ("甲", "局", " ", None)))
    assert table.header.texts == ("编号", "单位") and table.lines[0].texts == ("甲", "局")


def test_a_column_without_a_name_inside_the_table_stays(tmp_path: Path) -> None:
    assert read(book(tmp_path, ("编号", None, "数据"), ("甲", "记", "7"))).header.texts == ("编号", "", "数据")


def test_what_stands_beyond_the_header_is_told_not_lost(tmp_path: Path) -> None:
    table, slips = read_with_slips(book(tmp_path, ("编号", "单位"), ("甲", "局", None, "旁注")))
    assert table.lines[0].texts == ("甲", "局")
    assert [(s.code, s.location and s.location[1:]) for s in slips] == [("beyond-header", (2, 4))]
    assert "D 列" in slips[0].message


def test_hidden_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        for row in (3, 4):
            sheet.row_dimensions[row].hidden = True

    table = read(book(tmp_path, HEADER, ("甲", "局", "1"), ("乙", "局", "2"), (), ("丁", "局", "4"), change=hide))
    assert [line.texts[0] for line in table.lines] == ["甲", "丁"]
    assert [line.number for line in table.hidden] == [3]


def test_hidden_and_empty_sheets_are_no_tables(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for name, state in (("藏", "hidden"), ("深藏", "veryHidden"), ("任务", "visible"), ("空", "visible")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        if name != "空":
            sheet.append(["编号"])
    path = tmp_path / "册.xlsx"
    made.save(path)
    assert [table.name for table in read_tables(path, [])] == ["任务"]


def test_a_wrong_dimension_does_not_cut_the_sheet(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "局", "1"))
    patched(
        path, "xl/worksheets/sheet1.xml", lambda text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text)
    )
    assert read(path).lines[0].texts == ("甲", "局", "1")


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_called_as_in_excel(index: int, letters: str) -> None:
    assert column_letter(index) == letters


# ── titles and merged cells ───────────────────────────────────────────────────────────────────


def test_a_merged_title_is_not_the_header(tmp_path: Path) -> None:
    path = book(
        tmp_path, ("全县讲话名册", None, None), HEADER, ("甲", "局", "1"), change=lambda s: s.merge_cells("A1:C1")
    )
    table = read(path)
    assert table.header == (2, HEADER) and len(table.lines) == 1


def test_a_title_and_a_line_below_it_are_passed_over(tmp_path: Path) -> None:
    assert read(book(tmp_path, ("名册",), (), ("填报单位：县府办",), HEADER, ("甲", "局", "1"))).header.number == 4


def test_a_table_of_one_column_keeps_its_header(tmp_path: Path) -> None:
    table = read(book(tmp_path, ("内容",), ("甲",), ("乙",)))
    assert table.header.texts == ("内容",) and len(table.lines) == 2


def test_a_merged_cell_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        HEADER,
        ("甲", "县局", "1"),
        ("乙", None, "2"),
        ("丙", "镇", "3"),
        change=lambda s: s.merge_cells("B2:B3"),
    )
    assert [line.texts[1] for line in read(path).lines] == ["县局", "县局", "镇"]


def test_a_merged_cell_counts_for_each_of_its_columns(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "同上", None), change=lambda s: s.merge_cells("B2:C2"))
    assert read(path).lines[0].texts == ("甲", "同上", "同上")


def test_a_row_of_nothing_but_merged_cells_is_no_second_line(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        for column in "ABC":
            sheet.merge_cells(f"{column}2:{column}3")

    table = read(book(tmp_path, HEADER, ("甲", "局", "1"), (), ("乙", "局", "2"), change=merge))
    assert [line.number for line in table.lines] == [2, 4]


def test_a_merged_cell_that_begins_in_a_hidden_row_still_counts(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.merge_cells("B2:B3")
        sheet.row_dimensions[2].hidden = True

    table = read(book(tmp_path, HEADER, ("甲", "县局", "1"), ("乙", None, "2"), change=change))
    assert [line.texts for line in table.lines] == [("乙", "县局", "2")]


def test_a_range_over_all_columns_of_a_sheet_does_not_widen_the_table(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", None, None), change=lambda s: s.merge_cells("A2:XFD2"))
    assert read(path).lines[0].texts == ("甲", "甲", "甲")


# ── cells ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("12.30", "12.30"), ("010", "010"), ("\u3000 一、\n二 ", "一、\n二"), ("甲\r\n乙", "甲\n乙"), ("甲_x000D_\n乙", "甲\n乙"),
        (True, "是"), (False, "否"), (0, "0"), (42, "42"), (0.1 + 0.2, "0.3"), (0.00001, "0.00001"), (-1.5, "-1.5"),
        (202612240001, "202612240001"), (1 / 3, "0.333333333"), (1234567.891234, "1234567.891"),
    ],
)  # fmt: skip
def test_a_cell_without_a_format(tmp_path: Path, typed: Any, text: str) -> None:
    assert cell(tmp_path, typed) == text


@pytest.mark.parametrize(
    ("typed", "code", "text"),
    [
        (datetime(2026, 12, 24), "yyyy-mm-dd", "2026-12-24"),
        (datetime(2026, 12, 24), 'yyyy"年"m"月"d"日"', "2026-12-24"),
        (datetime(2026, 12, 24), "mm-dd-yy", "2026-12-24"),
        (datetime(2026, 12, 24), 'm"月"d"日"', "12月24日"),
        (datetime(2026, 12, 24), "m/d", "12月24日"),
        (datetime(2026, 12, 24), "d-mmm", "12月24日"),
        (datetime(2026, 12, 24), "[$-804]yyyy年m月d日 aaaa", "2026-12-24"),
        (datetime(2026, 12, 24), "aaaa", "星期四"),
        (datetime(2026, 12, 1), 'yyyy"年"m"月"', "2026年12月"),
        (datetime(2026, 12, 24, 14, 30), "yyyy-mm-dd h:mm:ss", "2026-12-24 14:30"),
        (datetime(2026, 12, 24, 0, 0), "yyyy-mm-dd h:mm:ss", "2026-12-24"),
        (datetime(2026, 12, 24, 9, 5), "m/d h:mm", "12月24日 09:05"),
        (date(2026, 12, 24), "", "2026-12-24"),
        (time(14, 30), "h:mm", "14:30"),
        (time(14, 30), "", "14:30"),
        (time(14, 30), "h:mm AM/PM", "14:30"),
        (timedelta(hours=26, minutes=5), "[h]:mm", "26:05"),
        (timedelta(hours=26, minutes=5), '[h]"小时"mm"分"', "26小时05分"),
        (12, "@", "12"),
        (12.3, "0.00", "12.30"),
        (0.125, "0.0%", "12.5%"),
    ],
)
def test_a_cell_with_a_format(tmp_path: Path, typed: Any, code: str, text: str) -> None:
    assert cell(tmp_path, typed, code) == text


@pytest.mark.parametrize(
    ("number", "text"), [(31, "2026-12-24"), (58, "12月24日"), (57, "2026年12月"), (14, "2026-12-24"), (20, "0:00")]
)
def test_formats_that_chinese_excel_names_by_number_only(tmp_path: Path, number: int, text: str) -> None:
    path = book(tmp_path, ("编号", "值"), ("1", datetime(2026, 12, 24)))
    patched(path, "xl/styles.xml", lambda xml: re.sub(r'numFmtId="16\d"(?! formatCode)', f'numFmtId="{number}"', xml))
    assert read(path).lines[0].texts[1] == text


def test_both_date_systems_give_the_same_day(tmp_path: Path) -> None:
    path = book(tmp_path, ("编号", "值"), ("1", datetime(2026, 12, 24)))
    made = openpyxl.load_workbook(path)
    made.epoch = CALENDAR_MAC_1904
    made["名册"]["B2"] = datetime(2026, 12, 24, 14, 30)
    made.save(path)
    assert read(path).lines[0].texts[1] == "2026-12-24 14:30"
    assert shown(46380, "yyyy-m-d") == shown(46380 - 1462, "yyyy-m-d", since_1904=True) == "2026-12-24"


def test_a_formula_is_its_result(tmp_path: Path) -> None:
    path = book(tmp_path, ("编号", "值"), ("1", "=1+1"))
    assert read(with_cell(path, "B2", '<c r="B2"><f>1+1</f><v>2</v></c>')).lines[0].texts[1] == "2"
    assert read(with_cell(path, "B2", '<c r="B2" t="str"><f>A2&amp;"号"</f><v>1号</v></c>')).lines[0].texts[1] == "1号"
    assert read(with_cell(path, "B2", '<c r="B2" t="str"><f>""</f><v></v></c>')).lines[0].texts[1] == ""


def test_a_formula_without_a_result_is_told_with_its_place(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "局", "1"), ("乙", "局", "=SUM(C2:C2)"))
    table, slips = read_with_slips(path)
    assert [(s.code, s.location) for s in slips] == [("no-cached-value", (table.file, 3, 3))]
    assert (
        slips[0].message == "这一格是公式，文件里没有存算好的结果"
        and slips[0].remedy == "请用 Excel 或 WPS 打开，保存一次。"
    )
    assert table.lines[1].texts == ("乙", "局", "")


@pytest.mark.parametrize("name", ["#N/A", "#REF!", "#DIV/0!", "#SPILL!"])
def test_an_error_value_is_named(tmp_path: Path, name: str) -> None:
    path = book(tmp_path, ("编号", "值"), ("1", "x"))
    _, slips = read_with_slips(with_cell(path, "B2", f'<c r="B2" t="e"><f>1/0</f><v>{name}</v></c>'))
    assert [(s.code, s.location and s.location[1:]) for s in slips] == [("cell-error", (2, 2))]
    assert name in slips[0].message and slips[0].remedy


def test_what_is_wrong_in_a_merged_cell_is_told_for_each_row(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "=A1", "1"), ("乙", None, "2"), change=lambda s: s.merge_cells("B2:B3"))
    _, slips = read_with_slips(path)
    assert [s.location and s.location[1:] for s in slips] == [(2, 2), (3, 2)]


def test_what_a_merged_cell_covers_does_not_count(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "局", "1"), change=lambda s: s.merge_cells("B2:C2"))
    assert read(with_cell(path, "C2", '<c r="C2"><f>A1</f></c>')).lines[0].texts == ("甲", "局", "局")


def test_what_is_wrong_in_a_hidden_row_is_nobodys_matter(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True

    assert read(book(tmp_path, HEADER, ("甲", "=A1", "1"), ("乙", "局", "2"), change=hide)).hidden[0].number == 2


# ── number formats ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (12.3, "0", "12"), (2.5, "0", "3"), (-2.5, "0", "-3"), (1.005, "0.00", "1.01"), (1234.4, "#,##0", "1234"),
        (7, '0"起"', "7起"), (3.25, '0.0"亿元"', "3.3亿元"), (3, "000", "003"), (1.5, "0.##", "1.5"), (1, "0.##", "1"),
        (0.5, "#.##", "0.5"), (-3, "0.0;(0.0)", "(3.0)"), (0, '0;-0;"无"', "无"), (5, "0;;", "5"), (-5, "0;;", ""),
        (-3, "[Red]0", "-3"), (-3, "0;[Red]-0", "-3"), (3, "0_);(0)", "3"), (3, "* 0", "3"), (3, r"0\起", "3起"),
        (3, "[$¥-804]0.00", "¥3.00"), (3, "[DBNum1][$-804]0", "3"), (5, 'General"人"', "5人"), (5, 'G/通用格式"人"', "5人"),
        (12345678, '0!.0,"万"', "1234.6万"), (1234567, '0.0,"千"', "1234.6千"), (15000, '[>=10000]0.0,"千";0', "15.0千"),
        (150, '[>=10000]0.0,"千";0', "150"), (0.5, "0%;-0%", "50%"), (0.125, '0.0"%"', "0.1%"),
        (12345, "0.00E+00", "12345"), (1.5, "# ?/?", "1.5"), (5, '0"没有收尾', "5"), (5, "xyz", "5"), (5, "", "5"),
        (13800138000, "000-0000-0000", "138-0013-8000"), (46380, "yyyy\\-mm\\-dd;@", "2026-12-24"), (0.6041666666666667, "hh:mm", "14:30"),
        (0.375, "h:mm", "9:00"), (0.5 + 15 / 86400, "h:mm:ss", "12:00:15"), (60, "yyyy-m-d", "1900-02-29"), (59, "yyyy-m-d", "1900-02-28"),
        (61, "yyyy-m-d", "1900-03-01"), (0, "yyyy-m-d", "1900-01-00"), (-5, "yyyy-m-d", "-5"), (99999999, "yyyy-m-d", "99999999"),
        (0.6, "上午/下午h:mm", "14:24"), (15.5, '0.0"days"', "15.5days"), (1e300, "0.00", "1E+300"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_in_excel(number: float, code: str, text: str) -> None:
    assert shown(number, code) == text


NUMBERS = st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 6))


@given(number=NUMBERS, places=st.integers(0, 6), thousands=st.booleans())
def test_rounding_is_exact_half_up(number: float, places: int, thousands: bool) -> None:
    code = ("#,##0" if thousands else "0") + ("." + "0" * places if places else "")
    fifteen = Context(prec=15, rounding=ROUND_HALF_UP).create_decimal(repr(number))
    expected = abs(fifteen).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert shown(number, code) == ("-" if number < 0 else "") + f"{expected:f}"


@given(number=NUMBERS, places=st.integers(0, 4))
def test_per_cents_are_a_hundred_times_the_number(number: float, places: int) -> None:
    code = "0" + ("." + "0" * places if places else "") + "%"
    fifteen = Context(prec=15, rounding=ROUND_HALF_UP).create_decimal(repr(number))
    expected = (abs(fifteen) * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    assert shown(number, code) == ("-" if number < 0 else "") + f"{expected:f}%"


@given(whole=st.integers(-(10**15), 10**15))
def test_a_whole_number_keeps_its_digits(whole: int) -> None:
    assert shown(whole, "General") == shown(float(whole), "General") == str(whole)


@given(number=st.floats(1e-9, 1e9))
def test_general_is_near_short_and_plain(number: float) -> None:
    text = shown(number, "General")
    assert re.fullmatch(r"\d+(\.\d*[1-9])?", text)
    assert len(text.replace(".", "").lstrip("0")) <= 11
    assert abs(Decimal(text) - Decimal(number)) <= Decimal(number) * Decimal("0.00001")


@given(day=st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_every_day_is_told_as_itself(day: date) -> None:
    assert shown((day - date(1899, 12, 30)).days, "yyyy/m/d") == day.isoformat()


@given(
    number=st.floats(allow_nan=False, allow_infinity=False),
    code=st.text('0#?.,%;:/@"\\_*[]<=>-$hmsydeaAPMGenral!E+万 1', max_size=15),
)
def test_no_format_is_too_odd(number: float, code: str) -> None:
    assert isinstance(shown(number, code), str)


# ── files that are no workbooks ───────────────────────────────────────────────────────────────


def test_files_of_other_kinds_are_refused_with_advice(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    cases = {
        "旧.xls": (ole, "old-format", "另存为"),
        "旧.et": (ole, "old-format", "另存为"),
        "密.xlsx": (ole + "EncryptedPackage".encode("utf-16-le"), "encrypted", "密码"),
        "坏.xlsx": (b"PK\x03\x04" + b"\0" * 50, "workbook-damaged", "另存为"),
        "空.xlsx": (b"", "workbook-damaged", "另存为"),
        "网页.xlsx": (b"<html><table></table></html>", "workbook-damaged", "另存为"),
        "~$名册.xlsx": (b"\x05admin", "owner-file", "关掉"),
        "册.pdf": (b"%PDF-1.7", "not-a-table", "另存为"),
    }
    for name, (data, code, advice) in cases.items():
        (tmp_path / name).write_bytes(data)
        slip = refused(tmp_path / name)
        assert slip.code == code and advice in slip.remedy, name


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("content.xml", "other-format"),
        ("xl/workbook.bin", "other-format"),
        ("word/document.xml", "not-a-table"),
        ("别的.xml", "workbook-damaged"),
    ],
)
def test_other_packages_are_refused_with_advice(tmp_path: Path, part: str, code: str) -> None:
    path = tmp_path / "册.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "<a/>")
    assert refused(path).code == code


def test_a_workbook_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "局", "1"))
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path).code == "workbook-damaged"


def test_a_workbook_with_broken_xml_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "局", "1"))
    assert refused(patched(path, "xl/worksheets/sheet1.xml", lambda xml: xml[:-30])).code == "workbook-damaged"


def test_a_package_without_a_workbook_is_not_said_to_be_in_use(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER)
    assert (
        refused(patched(path, "[Content_Types].xml", lambda xml: xml.replace("sheet.main+xml", "x+xml"))).code
        == "workbook-damaged"
    )


def test_a_workbook_by_another_name_is_read_all_the_same(tmp_path: Path) -> None:
    path = book(tmp_path, HEADER, ("甲", "局", "1"))
    assert read(path.rename(tmp_path / "名册.csv")).name == "名册"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.xlsx").code == "no-file"
    assert refused(tmp_path).code == "is-folder"


def test_a_file_that_the_system_keeps_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "held")

    path = book(tmp_path, HEADER)
    monkeypatch.setattr(Path, "open", held)
    assert "先关掉" in refused(path).remedy


# ── .csv ──────────────────────────────────────────────────────────────────────────────────────


def csv(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "册.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = csv(tmp_path, "编号,单位名称,工作数据\r\n001,县应急管理局,12.30\r\n", encoding)
    table = read(path)
    assert (table.file, table.name) == (str(path), "")
    assert table.header.texts == ("编号", "单位名称", "工作数据")
    assert [(line.number, line.texts) for line in table.lines] == [(2, ("001", "县应急管理局", "12.30"))]


@pytest.mark.parametrize("separator", [",", "\t", ";", "；"])
def test_the_header_tells_the_separator(tmp_path: Path, separator: str) -> None:
    text = f"编号{separator}单位{separator}数据\n甲{separator}局，所{separator}7\n"
    assert read(csv(tmp_path, text)).lines[0].texts == ("甲", "局，所", "7")


def test_a_separator_may_be_named_and_a_title_stand_above(tmp_path: Path) -> None:
    assert read(csv(tmp_path, "sep=;\n编号;单位\n甲;局,所\n")).lines == ((3, ("甲", "局,所")),)
    assert read(csv(tmp_path, "讲话名册\n编号,单位\n甲,局\n")).header.number == 2


def test_a_quoted_cell_holds_separators_and_line_breaks(tmp_path: Path) -> None:
    table = read(csv(tmp_path, '编号,任务\r\n甲,"一、查\r\n二、改,""严""查"\r\n\r\n乙,改\r\n'))
    assert [(line.number, line.texts[1]) for line in table.lines] == [(2, '一、查\n二、改,"严"查'), (5, "改")]


def test_a_row_that_is_too_long_is_told(tmp_path: Path) -> None:
    _, slips = read_with_slips(csv(tmp_path, "编号,单位\n甲,局,所\n乙,局,,\n丙\n"))
    assert [(s.code, s.location and s.location[1:]) for s in slips] == [("beyond-header", (2, 3))]
    assert "3 格" in slips[0].message and "逗号" in slips[0].remedy


def test_short_rows_are_filled_up(tmp_path: Path) -> None:
    assert read(csv(tmp_path, "编号,单位\n丙\n")).lines[0].texts == ("丙", "")


@pytest.mark.parametrize("row", ['甲,"没有收尾\n乙,局\n', '甲,"三查"行动\n乙,局\n'])
def test_a_quote_without_its_pair_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    slip = refused(csv(tmp_path, f"编号,单位\n{row}"))
    assert slip.code == "csv-quotes" and slip.location and slip.location.line == 2


def test_a_csv_that_holds_nothing_gives_no_table(tmp_path: Path) -> None:
    assert read_tables(csv(tmp_path, "\n,,\n"), []) == ()


def test_what_looks_like_a_formula_in_a_csv_stays_text(tmp_path: Path) -> None:
    assert read(csv(tmp_path, "编号,值\n甲,=1+1\n")).lines[0].texts[1] == "=1+1"
