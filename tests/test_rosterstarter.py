"""The starter of a batch: a roster that holds nothing yet, says how it is filled in, and is read once it is."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from speechgen import roster, rosterstarter, schema, several, yamlio
from speechgen.errors import Slip, SpeechgenError
from speechgen.files import secretary_text
from speechgen.model import Meeting

OUTLINES = ("节日期间安全稳定工作会议", "信访工作联席会议", "安全生产工作会议")
OCCASIONS = ("元旦春节", "国庆中秋", "汛期")
FILLED_SHEETS = ("名册", "任务", "问题", "数据", "风险", "案例", "讲话")
COLUMNS = {
    "名册": ["编号", "单位.名称", "单位.地区", "单位.层级", "单位.自称", "讲话人.姓名", "讲话人.职务", "讲话人.角色",
           "会议.名称", "会议.日期", "会议.地点", "会议.场合", "会议.参会人员", "分钟", "提纲", "文件名"],
    "任务": ["编号", "主题", "内容", "牵头", "时限", "权重", "做法"],
    "问题": ["编号", "内容", "对象", "点名"],
    "数据": ["编号", "名称", "今年", "去年", "总数", "目标", "口径", "来源"],
    "风险": ["编号", "内容"],
    "案例": ["编号", "内容"],
    "讲话": ["编号", "类型", "讲话人", "单位", "分钟"],
}  # fmt: skip


@pytest.fixture(scope="module")
def starter() -> bytes:
    return rosterstarter.workbook(OUTLINES, OCCASIONS)


@pytest.fixture
def book(starter: bytes) -> Workbook:
    return opened(starter)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def head(book: Workbook, name: str) -> list[object]:
    return [cell.value for cell in book[name][1]]


def letter(sheet: Worksheet, column: str) -> str:
    return next(cell.column_letter for cell in sheet[1] if cell.value == column)


def rule(book: Workbook, name: str, column: str, row: int = 2) -> DataValidation:
    sheet = book[name]
    (found,) = [one for one in sheet.data_validations.dataValidation if f"{letter(sheet, column)}{row}" in one.cells]
    return found


def offered(book: Workbook, name: str, column: str) -> tuple[object, ...]:
    """What a drop-down list offers."""
    sheet, _, cells = rule(book, name, column).formula1.rpartition("!")
    return tuple(cell.value for (cell,) in book[sheet.strip("'")][cells.replace("$", "")])


# ── the workbook ──────────────────────────────────────────────────────────────────────────────


def test_the_roster_opens_first_with_its_columns_in_order(book: Workbook) -> None:
    assert book.sheetnames == [*FILLED_SHEETS, "说明", "选项"]
    assert book.active is not None and book.active.title == "名册"
    assert {name: head(book, name) for name in FILLED_SHEETS} == COLUMNS


def test_no_row_could_be_mistaken_for_a_real_one(book: Workbook) -> None:
    assert [book[name].max_row for name in FILLED_SHEETS] == [1] * len(FILLED_SHEETS)


def test_every_head_says_what_to_write_and_gives_an_example(book: Workbook) -> None:
    for name in FILLED_SHEETS:
        for cell in book[name][1]:
            assert cell.font.b and cell.comment, cell.value
            what, example = cell.comment.text.split("\n例如：")
            assert what.endswith("。") and example


def test_examples_are_taken_by_the_drop_down_lists(book: Workbook) -> None:
    for name, column in (
        ("名册", "单位.层级"),
        ("名册", "讲话人.角色"),
        ("名册", "会议.场合"),
        ("任务", "权重"),
        ("问题", "点名"),
    ):
        note = book[name][f"{letter(book[name], column)}1"].comment
        assert note and note.text.split("\n例如：")[1] in offered(book, name, column)


def test_needed_columns_are_darker_and_the_help_says_so(book: Workbook) -> None:
    fills = {cell.value: cell.fill.fgColor.rgb for cell in book["名册"][1]}
    needed = {"编号", "单位.名称", "讲话人.职务", "会议.名称", "会议.日期"}
    (dark,) = {fills[name] for name in needed}
    assert {name for name, fill in fills.items() if fill == dark} == needed
    assert "颜色深的栏要填" in helped(book)


def helped(book: Workbook) -> str:
    return "\n".join(str(cell.value) for cell in book["说明"]["B"] if cell.value)


def test_the_help_is_ten_sentences_on_what_a_secretary_must_know(book: Workbook) -> None:
    told = helped(book)
    assert len(told.splitlines()) == 10
    for word in (
        "会议.yaml",
        "Alt+Enter",
        "要求.值班电话",
        "部门.教育",
        "备注",
        "隐藏",
        "speechgen batch 名册.xlsx -o 春节讲话",
    ):
        assert word in told


def test_lists_offer_what_the_schema_takes(book: Workbook) -> None:
    assert offered(book, "名册", "单位.层级") == schema.LEVELS
    assert offered(book, "名册", "讲话人.角色") == schema.ROLES
    assert offered(book, "任务", "权重") == schema.WEIGHTS
    assert offered(book, "问题", "点名") == ("是", "否")
    assert offered(book, "名册", "提纲") == OUTLINES
    assert offered(book, "名册", "会议.场合") == OCCASIONS


def test_long_lists_are_offered_whole() -> None:
    outlines = [f"第{number}个很长很长的提纲的名称" for number in range(300)]
    book = opened(rosterstarter.workbook(outlines, OCCASIONS))
    assert offered(book, "名册", "提纲") == tuple(outlines)
    rules = [one for name in FILLED_SHEETS for one in book[name].data_validations.dataValidation]
    assert all(len(one.formula1) <= 255 for one in rules)  # what Excel takes
    assert book["选项"].sheet_state == "hidden"


def test_without_outlines_there_is_no_list_of_them() -> None:
    book = opened(rosterstarter.workbook((), ()))
    assert head(book, "名册") == COLUMNS["名册"]
    assert not any("O2" in one.cells for one in book["名册"].data_validations.dataValidation)


def test_a_name_that_begins_like_a_formula_stays_text() -> None:
    book = opened(rosterstarter.workbook(("=1+1", "+安全"), OCCASIONS))
    assert offered(book, "名册", "提纲") == ("=1+1", "+安全")
    assert all(cell.data_type == "s" for cell in book["选项"]["D"] if cell.value)


def test_wrong_entries_are_refused_with_advice_and_open_ones_are_not(book: Workbook) -> None:
    for name, column in (
        ("名册", "单位.层级"),
        ("名册", "讲话人.角色"),
        ("名册", "会议.日期"),
        ("任务", "权重"),
        ("问题", "点名"),
    ):
        told = rule(book, name, column)
        assert told.showErrorMessage and told.errorStyle in (None, "stop")
        assert told.error and "请" in told.errorTitle + told.error
    assert not rule(book, "名册", "会议.场合").showErrorMessage
    # an outline written later, a roster filled in after its lists
    assert rule(book, "名册", "提纲").errorStyle == rule(book, "任务", "编号").errorStyle == "warning"


def test_messages_are_no_longer_than_excel_takes(book: Workbook) -> None:
    for name in FILLED_SHEETS:
        for one in book[name].data_validations.dataValidation:
            assert len(one.errorTitle or "") <= 32 and len(one.error or "") <= 255


@pytest.mark.parametrize("name", FILLED_SHEETS[1:])
def test_lists_offer_the_keys_of_the_roster(book: Workbook, name: str) -> None:
    assert "'名册'!$A" in rule(book, name, "编号").formula1


def test_ten_thousand_rows_are_helped_along_as_the_first(book: Workbook) -> None:
    assert rule(book, "名册", "提纲", 10_000) is rule(book, "名册", "提纲")


def test_figures_and_keys_stay_as_typed(book: Workbook) -> None:
    formats = {
        name: book["数据"].column_dimensions[letter(book["数据"], name)].number_format for name in COLUMNS["数据"]
    }
    assert set(formats.values()) == {"@"}
    assert book["名册"].column_dimensions["A"].number_format == "@"
    assert book["名册"].column_dimensions[letter(book["名册"], "会议.日期")].number_format == "yyyy-mm-dd"
    assert book["任务"].column_dimensions[letter(book["任务"], "时限")].number_format == "@"


def test_a_roster_name_may_be_put_together_by_a_formula(book: Workbook) -> None:
    assert book["名册"].column_dimensions[letter(book["名册"], "会议.名称")].number_format == "General"


def test_pages_are_printed_across_with_the_head_on_each(book: Workbook) -> None:
    for name in (*FILLED_SHEETS, "说明"):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert all(book[name].print_title_rows for name in FILLED_SHEETS)
    assert book["名册"].freeze_panes == "C2"


def test_the_same_lists_give_the_same_bytes(starter: bytes) -> None:
    assert rosterstarter.workbook(list(OUTLINES), list(OCCASIONS)) == starter
    with zipfile.ZipFile(BytesIO(starter)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


# ── filled in ─────────────────────────────────────────────────────────────────────────────────


def filled(folder: Path, starter: bytes, rows: dict[str, list[list[object]]]) -> Path:
    """The starter with rows typed into it and saved."""
    book = opened(starter)
    for name, lines in rows.items():
        for row, line in enumerate(lines, start=2):
            for column, value in enumerate(line, start=1):
                cell = book[name].cell(row, column, value)
                cell.number_format = book[name].column_dimensions[cell.column_letter].number_format
    path = folder / "名册.xlsx"
    book.save(path)
    return path


def meeting(found: roster.Roster, number: int = 0) -> Meeting:
    slips: list[Slip] = []
    said = schema.read_meeting(roster.nodes(found, found.rows[number]).meeting, "名册", slips)
    assert slips == []
    return said


FIRST = ["001", "青峪县", None, "县", None, "陈志远", "县长", None, "全县安全稳定工作会议", datetime(2026, 12, 24), None,
         "元旦春节", "各乡镇主要负责人\n县直有关部门主要负责人", 15, OUTLINES[0], "青峪县讲话稿"]  # fmt: skip


def test_a_starter_as_it_is_says_that_no_speech_is_in_it(tmp_path: Path, starter: bytes) -> None:
    with pytest.raises(SpeechgenError, match="没有一行讲话"):
        roster.read(filled(tmp_path, starter, {}))


def test_a_filled_roster_is_read_without_a_remark(tmp_path: Path, starter: bytes) -> None:
    second = [
        "002",
        "柳河镇",
        "青峪县",
        "乡镇",
        "我镇",
        None,
        "镇党委书记",
        "党委主要领导",
        "全镇工作会议",
        datetime(2026, 12, 26),
    ]
    found = roster.read(filled(tmp_path, starter, {"名册": [FIRST, second]}))
    assert (found.slips, found.notices) == ((), ())
    said = meeting(found)
    assert (said.name.value, said.day.value.isoformat(), said.minutes) == ("全县安全稳定工作会议", "2026-12-24", 15)
    assert [text.value for text in said.audience] == ["各乡镇主要负责人", "县直有关部门主要负责人"]
    assert said.outline and said.outline.value == OUTLINES[0]
    slips: list[Slip] = []
    office = schema.read_office(roster.nodes(found, found.rows[1]).office, "名册", slips)
    assert not slips and office.name and (office.name.value, office.level) == ("柳河镇", "乡镇")
    assert office.terms["自称"].value == "我镇"
    assert roster.nodes(found, found.rows[0]).file_name == "青峪县讲话稿"


def test_lists_of_their_own_go_to_their_speech(tmp_path: Path, starter: bytes) -> None:
    found = roster.read(filled(tmp_path, starter, {
        "名册": [FIRST],
        "任务": [["001", "欠薪", "126人工资付清", "县人社局、县住建局", "1月20日", "细讲", "名单对齐\n数额对齐"]],
        "问题": [["001", "逾期未销号隐患", "城东液化气站（县住建局）\n柳河镇老粮站（柳河镇）", "是"]],
        "数据": [["001", "技改投资", "12.30亿元", None, None, "13亿元", "1—11月", "县发改局"]],
        "风险": [["001", "返乡集中"], ["001", "用火增多"]],
        "案例": [["001", "11月，一家快递驿站夜间充电起火，没有人受伤"]],
    }))  # fmt: skip
    assert (found.slips, found.notices) == ((), ())
    said = meeting(found)
    (task,) = said.tasks
    assert [lead.value for lead in task.leads] == ["县人社局", "县住建局"] and task.due and task.weight == "细讲"
    assert [step.value for step in task.steps] == ["名单对齐", "数额对齐"]
    problem, case = said.problems
    assert problem.named and [one.name.value for one in problem.subjects] == ["城东液化气站", "柳河镇老粮站"]
    assert case.case and case.text.value.startswith("11月")
    (figure,) = said.figures
    assert "12.30亿元" in figure.text.value and figure.scope and figure.scope.value == "1—11月"
    assert [risk.value for risk in said.risks] == ["返乡集中", "用火增多"]


# ── the shared meeting file ───────────────────────────────────────────────────────────────────


def read_base(folder: Path, text: str) -> tuple[Meeting, list[Slip]]:
    path = folder / "会议.yaml"
    path.write_bytes(secretary_text(text))
    slips: list[Slip] = []
    return schema.read_meeting(yamlio.read_yaml(path, schema.MEETING_KEYS, slips).root, str(path), slips), slips


def uncommented() -> str:
    """The file with every key in use, as if the hash before each had been deleted."""
    text = rosterstarter.base_meeting()
    begin = text.index("格式:")
    return text[:begin] + re.sub(r"(?m)^#", "", text[begin:])


def test_an_untouched_base_lays_nothing_on_the_speeches(tmp_path: Path) -> None:
    base, _ = read_base(tmp_path, rosterstarter.base_meeting())
    assert base.unfilled == ()
    assert not (base.figures or base.tasks or base.bases or base.risks or base.demands)


def test_every_key_of_the_base_is_known_when_its_hash_is_deleted(tmp_path: Path) -> None:
    base, slips = read_base(tmp_path, uncommented())
    assert {slip.code for slip in slips} == {"missing-key"}  # 名称, 日期, 讲话人: begun and not yet filled in
    assert {"会议.日期", "会议.场合", "依据", "数据.口径", "风险", "任务", "要求.值班电话"} <= set(base.unfilled)


def test_the_examples_of_the_base_are_right_when_typed(tmp_path: Path) -> None:
    typed = re.sub(r"(?m)^( *(?:-|[^-# ].*?:)) +# .*?例如 ([^；\n]*).*$", r"\1 \2", uncommented())
    base, slips = read_base(tmp_path, typed)
    assert slips == []
    assert base.name.value.startswith("全市") and base.minutes == 15 and base.speaker.post.value == "县长"
    assert [len(x) for x in (base.agenda, base.bases, base.risks, base.tasks)] == [2, 1, 1, 1]
    assert base.demands["报送"].value


def test_a_row_goes_over_the_base_and_an_empty_cell_leaves_it(tmp_path: Path, starter: bytes) -> None:
    text = rosterstarter.base_meeting()
    for key, value in (
        ("#会议:", "会议:"),
        ("#  日期:", "  日期: 2026-12-30"),
        ("#  场合:", "  场合: 春节"),
        ("#分钟:", "分钟: 20"),
    ):
        text = text.replace(key, value)
    (tmp_path / "会议.yaml").write_bytes(secretary_text(text))
    row = [*FIRST[:9], None, None, "元旦春节"]
    found = roster.read(filled(tmp_path, starter, {"名册": [row]}))
    assert found.base
    base = yamlio.read_yaml(found.base, schema.MEETING_KEYS).root
    slips: list[Slip] = []
    said = schema.read_meeting(yamlio.merged(base, roster.nodes(found, found.rows[0]).meeting), "名册", slips)
    assert slips == []
    assert (said.day.value.isoformat(), said.minutes) == ("2026-12-30", 20)
    assert said.occasion and said.occasion.value == "元旦春节"


def test_the_texts_of_a_meeting_may_stand_in_a_sheet(tmp_path: Path, starter: bytes) -> None:
    found = roster.read(filled(tmp_path, starter, {
        "名册": [FIRST],
        "讲话": [["001", "发言", "党委书记 周立", "柳河镇", "3"], ["001", "部署", "副县长 赵敏", None, "8"],
                ["001", "讲话", "县长", None, "12"]],
    }))  # fmt: skip
    slips: list[Slip] = []
    texts = several.read(roster.nodes(found, found.rows[0]).meeting, "名册", slips)
    assert not slips
    assert [text.setting.label for text in texts] == ["发言（柳河镇）", "部署（赵敏）", "讲话（县长）"]
    assert [text.minutes for text in texts] == [3, 8, 12]
    assert texts[0].speaker.post.value == "柳河镇党委书记"
