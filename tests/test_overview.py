"""审阅表: what a secretary sees of a batch, in a workbook and on a page."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechgen import workbook
from speechgen.errors import Slip
from speechgen.model import Location
from speechgen.overview import Overview, Pair, Speech, as_html, as_xlsx, totals
from speechgen.workbook import LONGEST

GOOD = Speech("1", "柳溪镇", "柳溪镇 讲话稿.docx", "新写", 1072, 1458, 6.0, 3, nearest="2", share=18)
POOR = Speech(
    "2", "东岭乡", "东岭乡 #1 50%.docx", "重写", 980, 1458, 5.4, 3, blanks=("讲话人姓名", "值班电话"), omissions=1,
    errors=("【第3段】两个数对不上",), warnings=("【第5段】一口气念不完",), hints=2, nearest="1", share=18, changed="改了 3 句",
    notices=("材料不够说满",),
)  # fmt: skip
LOST = Speech("3", "", "", "没有写成")
SLIP = Slip(
    "bad-date", "G 列，会议日期「2027-02-30」不是一个真实的日期", Location("/x/名册.xlsx「名册」表", 4, 7), "请核对。"
)
WHOLE = Overview("名册", (GOOD, POOR, LOST), (SLIP,), (Pair("1", "2", 18, ("水上不比陆上。",)),), ("第 5 行是隐藏的",))


def rows(overview: Overview, sheet: str) -> list[dict[str, Any]]:
    found = openpyxl.load_workbook(io.BytesIO(as_xlsx(overview)))[sheet]
    head, *rest = found.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_row_a_speech_in_the_order_given() -> None:
    found = rows(WHOLE, "稿子")
    assert [row["编号"] for row in found] == ["1", "2", "3"]
    assert found[1]["单位"] == "东岭乡" and found[1]["情况"] == "重写" and found[1]["字数"] == 980
    assert "改了 3 句" in found[1].values()


def test_what_to_look_at_comes_the_gravest_first() -> None:
    found = rows(WHOLE, "问题")
    texts = [row["内容"] for row in found]
    assert any("2027-02-30" in text and "请核对" in text for text in texts)
    order = [next(n for n, text in enumerate(texts) if word in text) for word in ("对不上", "念不完")]
    assert order == sorted(order)
    assert sum(word in text for text in texts for word in ("讲话人姓名", "值班电话")) == 2


def test_pairs_are_told_with_their_sentences() -> None:
    (pair,) = rows(WHOLE, "雷同")
    assert "水上不比陆上。" in pair.values() and 18 in pair.values()


def test_links_lead_to_the_file_whatever_its_name() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(WHOLE)))["稿子"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["柳溪镇%20讲话稿.docx", "东岭乡%20%231%2050%25.docx"]
    page = as_html(WHOLE).decode()
    assert all(f'href="{link}"' in page for link in links)


def test_columns_that_nobody_fills_are_left_out() -> None:
    assert not any("往年" in name for name in rows(WHOLE, "稿子")[0])
    later = WHOLE._replace(speeches=(GOOD._replace(last_year=40), POOR))
    assert [row[name] for row in rows(later, "稿子") for name in row if "往年" in name][:1] == [40]


@settings(max_examples=25)
@given(st.sampled_from("=+-@\t\r"), st.text(max_size=20))
def test_no_cell_is_a_live_formula(first: str, rest: str) -> None:
    text = first + rest
    nasty = Speech(
        text, text, "", text, blanks=(text,), errors=(text,), warnings=(text,), notices=(text,), changed=text
    )
    data = as_xlsx(Overview(text, (nasty,), (Slip("x", text, None, text),), (Pair(text, text, 1, (text,)),), (text,)))
    for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", '"><b>', "&amp;", "' onclick='x"])
def test_the_page_shows_what_was_typed_and_runs_none_of_it(text: str) -> None:
    nasty = Speech(text, text, f"{text}.docx", text, blanks=(text,), notices=(text,))
    page = as_html(Overview(text, (nasty,), (), (), (text,))).decode()
    body = re.sub(r"<script>.*?</script>", "", page, count=1, flags=re.DOTALL) if "alert" not in text else page
    assert text not in body or text == "&amp;"
    assert "alert(1)</script>" not in page
    assert 'charset="utf-8"' in page.lower() or "charset=utf-8" in page.lower()


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = as_html(WHOLE).decode()
    assert "http://" not in page and "https://" not in page and "src=" not in page
    for word in ("柳溪镇", "东岭乡", "没有写成", "两个数对不上", "2027-02-30", "水上不比陆上"):
        assert word in page


def test_the_same_run_gives_the_same_bytes() -> None:
    assert as_xlsx(WHOLE) == as_xlsx(WHOLE) and as_html(WHOLE) == as_html(WHOLE)


def test_what_is_too_long_or_no_text_of_xml_is_cut() -> None:
    odd = POOR._replace(warnings=("长" * (LONGEST + 5),), errors=("坏\x00\x0b字\ud800",))
    texts = [row["内容"] for row in rows(Overview("名册", (odd,)), "问题")]
    assert any(text.endswith("（余下从略）") and len(text) <= LONGEST for text in texts)
    assert any("坏字" in text for text in texts)
    assert as_html(Overview("名册", (odd,)))


def test_many_rows() -> None:
    many = tuple(POOR._replace(key=str(number)) for number in range(500))
    assert len(rows(Overview("名册", many), "稿子")) == 500
    assert dict(totals(Overview("名册", many)))["待补充"] == "1000 处"


def test_an_empty_roster() -> None:
    assert as_xlsx(Overview("名册", ())) and as_html(Overview("名册", ()))


@pytest.mark.parametrize("text", ["=1+1", "+8", "-8", "@甲", "\t=1", "\r=1", " =1", "＝1+1", "#N/A"])
def test_what_looks_like_a_formula_stays_text_when_it_is_typed_over(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(Overview("名册", (GOOD._replace(unit=text),)))))["稿子"]
    cell = sheet["B2"]
    assert cell.data_type == "s" and cell.value == text.replace("\r", "\n")
    assert bool(cell.quotePrefix) == (text != "#N/A")


@pytest.mark.parametrize(
    "file", ["../密.docx", "\\\\主机\\共享\\甲.docx", "//主机/甲.docx", "javascript:alert(1)", "C:甲.docx"]
)
def test_only_a_file_of_the_same_folder_is_linked(file: str) -> None:
    whole = Overview("名册", (GOOD._replace(file=file, errors=("错",)),))
    for sheet in openpyxl.load_workbook(io.BytesIO(as_xlsx(whole))).worksheets:
        assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert "href" not in as_html(whole).decode()
    assert rows(whole, "稿子")[0]["文件"] == file


def test_more_links_than_excel_bears_are_plain_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LINKS", 3)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(Overview("名册", (POOR,) * 5))))
    for name in ("稿子", "问题"):
        files = [row[2] for row in book[name].iter_rows(min_row=2)]
        assert [bool(cell.hyperlink) for cell in files[:4]] == [True, True, True, False]
        assert all(cell.value == POOR.file for cell in files)


def test_two_thousand_rows_keep_their_links_and_their_filter() -> None:
    many = tuple(POOR._replace(key=str(number), file=f"{number} 讲话稿.docx") for number in range(2000))
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(Overview("名册", many))))
    links = [row[2].hyperlink.target for row in book["稿子"].iter_rows(min_row=2)]
    assert links == [f"{number}%20讲话稿.docx" for number in range(2000)]
    assert book["稿子"].auto_filter.ref.endswith("2001") and book["问题"].max_row == 8001


def test_errors_stand_above_blanks_above_warnings_of_any_speech() -> None:
    found = rows(Overview("名册", (POOR, POOR._replace(key="9"))), "问题")
    assert [row["轻重"] for row in found] == ["错误"] * 2 + ["要补"] * 4 + ["警告"] * 2
    assert [row["编号"] for row in found[:2]] == ["2", "9"]


def test_a_speech_that_failed_for_no_known_reason_is_told_all_the_same() -> None:
    (found,) = rows(Overview("名册", (GOOD, LOST)), "问题")
    assert (found["编号"], found["种类"]) == ("3", "没有写成")
    assert dict(totals(Overview("名册", (GOOD, LOST))))["没写成"] == "1 篇"


def test_the_sheets_print_on_wide_pages_with_their_head_on_each() -> None:
    for sheet in openpyxl.load_workbook(io.BytesIO(as_xlsx(WHOLE))).worksheets:
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0 and sheet.print_title_rows == "$1:$1"
        assert sheet.freeze_panes == "B2" and "&P" in sheet.oddFooter.center.text


def test_gravity_is_seen_and_text_is_wrapped() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(WHOLE)))["问题"]
    cells = {row[4].value: row[4] for row in sheet.iter_rows(min_row=2)}
    assert cells["错误"].font.b and cells["错误"].font.color.rgb.endswith("9C0006")
    assert cells["警告"].fill.fgColor.rgb.endswith("FFEB9C")
    assert all(row[5].alignment.wrap_text for row in sheet.iter_rows(min_row=2))


def test_the_totals_name_the_pair_most_alike() -> None:
    assert dict(totals(WHOLE))["最像的一对"] == "「1 柳溪镇」与「2 东岭乡」，相同 18%"
    assert "最像的一对" not in dict(totals(Overview("名册", (LOST,))))
    for name, value in totals(WHOLE):
        assert f"<th>{name}</th>" in as_html(WHOLE).decode() and value in as_html(WHOLE).decode()
        assert any(row["项目"] == name and value in row.values() for row in rows(WHOLE, "合计"))
