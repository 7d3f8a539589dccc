"""Workbooks written row by row: the looks of cells, tables with a head, and text that no cell takes for a formula.

The same data gives the same bytes (with `sheet.packed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LINKS = 65_530  # hyperlinks of a sheet; Excel calls a file with more of them damaged
LAST_ROW = 1_048_576
LONGEST = 32_767  # UTF-16 units in a cell, Excel's limit
CUT = "……（余下从略）"

Look = Literal["text", "number", "decimal", "link", "error", "blank", "warning", "head"]

_FONT = "等线"
_GB2312 = 134  # the character set, by which Excel finds another Chinese font where this one is missing
_LOOKS: dict[Look, str] = {
    "text": "审阅表 文字", "number": "审阅表 数字", "decimal": "审阅表 小数", "link": "审阅表 链接",
    "error": "审阅表 错误", "blank": "审阅表 待补充", "warning": "审阅表 警告", "head": "审阅表 表头",
}  # fmt: skip


class Entry(NamedTuple):
    """A cell to be: None is left empty."""

    value: str | float | None
    look: Look = "text"
    link: str = ""


def add_looks(book: Workbook) -> None:
    """Give a workbook the looks that its cells will have; to be done before the first sheet."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    def add(
        look: Look, font: Font, fill: str = "", number_format: str = "General", horizontal: str = "general"
    ) -> None:
        style = NamedStyle(_LOOKS[look], font, number_format=number_format)
        style.alignment = Alignment(horizontal, "center" if look == "head" else "top", wrap_text=True)
        if fill:
            style.fill = PatternFill("solid", fill)
        line = Side("thin", "BFBFBF")
        style.border = Border(line, line, line, line)
        book.add_named_style(style)

    def font(color: str = "000000", bold: bool = False, underline: Literal["single"] | None = None) -> Font:
        return Font(_FONT, 11, bold, charset=_GB2312, color=color, underline=underline)

    add("text", font())
    add("number", font(), number_format="0", horizontal="right")
    add("decimal", font(), number_format="0.0", horizontal="right")
    add("link", font("0563C1", underline="single"))
    add("error", font("9C0006", bold=True))
    add("blank", font(), "FFFF99")
    add("warning", font("9C5700"), "FFEB9C")
    add("head", font(bold=True), "DDEBF7", horizontal="center")


def add_table(
    book: Workbook,
    name: str,
    heads: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Entry]],
    *,
    filtered: bool = True,
) -> None:
    """A sheet, written row by row: heads with their widths, then as many rows as a sheet can have."""
    from openpyxl.utils import get_column_letter

    sheet: Worksheet = book.create_sheet(name)
    _set_up(sheet)
    for number, (_, width) in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, Entry(head, "head")) for head, _ in heads])
    count, links = 1, 0
    for row in islice(rows, LAST_ROW - 1):
        cells = []
        for entry in row:
            if entry.look == "link" and (not entry.link or links == LINKS):
                entry = Entry(entry.value)
            links += bool(entry.link)
            cells.append(_cell(sheet, entry))
        sheet.append(cells)
        count += 1
    if filtered:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"


def _set_up(sheet: Worksheet) -> None:
    """How a sheet is looked at and printed; to be said before its first row."""
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if (footer := sheet.oddFooter) is not None:
        footer.center.text = "第 &P 页，共 &N 页"
    sheet.page_margins = PageMargins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)  # inches


def _cell(sheet: Worksheet, entry: Entry) -> Cell | None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet.hyperlink import Hyperlink

    value = _cell_text(entry.value) if isinstance(entry.value, str) else entry.value
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(sheet, value)
    cell.style = _LOOKS[entry.look]
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula or an error value, whatever it looks like
        cell.quotePrefix = value[0] in "\t\n" or value.lstrip()[:1] in _FORMULA
    if entry.link:
        cell.hyperlink = Hyperlink("", target=entry.link)
    return cell


_FORMULA = tuple("=+-@＝＋－＠")  # a Chinese Excel takes the full-width ones for the others when a cell is retyped


def _cell_text(text: str) -> str:
    """Text for a cell: as XML and as Excel can hold it."""
    lines = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    kept = re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", lines)  # Excel reads _x0041_ as A
    units = kept.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return kept
    return units[: 2 * (LONGEST - len(CUT))].decode("utf-16-le", "ignore") + CUT


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """What may stand in XML."""
    return _NOT_XML.sub("", text)
