"""Starter files of a batch: a roster workbook to fill in, one row a speech, and the meeting file that its rows share.

No row is given as an example, which could be taken for a real one: the examples stand in the notes on the headers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from speechgen.schema import LEVELS, ROLES, TEXTS, WEIGHTS
from speechgen.sheet import packed

if TYPE_CHECKING:
    from openpyxl.comments import Comment
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

ROSTER, HELP, OPTIONS = "名册", "说明", "选项"

_TEXT, _ANY, _DAY = "@", "General", "yyyy-mm-dd"


class _Column(NamedTuple):
    """A column: its ``note`` says what to write, ``example`` is one such cell. ``needed`` columns have a darker head.
    ``choices`` names the list it is chosen from."""

    name: str
    width: int  # characters of half width
    note: str
    example: str
    needed: bool = False
    choices: str = ""
    format: str = _ANY


class _Remark(NamedTuple):
    """What is told of an entry that is not among the choices. A ``strict`` one is refused."""

    title: str
    text: str
    strict: bool = True


# In the roster a cell may be a formula that puts a name together, so few of its columns are text.
_ROSTER = (
    _Column("编号", 9, "给每一篇定一个号，不要重复；别的表靠它和这一篇对上。必填。", "001", True, format=_TEXT),
    _Column("单位.名称", 15, "写这一篇是哪个单位的。必填，单位.yaml 里写过的可以空着。", "青峪县", True),
    _Column("单位.地区", 11, "写单位所在的地区，可以不写。", "青峪县"),
    _Column("单位.层级", 11, "从下拉列表里选，稿子里的自称、合称都按它来。", "县", choices="层级"),
    _Column("单位.自称", 11, "写稿子里怎么称呼自己；不写，就按层级用通常的叫法。", "我县"),
    _Column("讲话人.姓名", 12, "写讲话人的姓名；单位档案里有这位领导的，姓名和职务写一样就行。", "陈志远"),
    _Column("讲话人.职务", 18, "写讲话人的职务。姓名和职务至少写一样，会议.yaml 里写过的可以空着。",
            "县委副书记、县长", True),
    _Column("讲话人.角色", 14, "一般不用写，程序从职务看得出来；看错了，再从下拉列表里选。", "分管领导",
            choices="角色"),
    _Column("会议.名称", 30, "写会议的全称，标题“在……上的讲话”就用它。必填，会议.yaml 里写过的可以空着。",
            "全县2027年元旦春节期间安全稳定工作会议", True),
    _Column("会议.日期", 12, "写开会的日期，要写年份。必填，会议.yaml 里写过的可以空着。", "2026-12-24", True,
            format=_DAY),
    _Column("会议.地点", 14, "写会议在哪里开，可以不写。", "县委礼堂"),
    _Column("会议.场合", 12, "从下拉列表里选，列表里没有的也可以自己写。", "元旦春节", choices="场合"),
    _Column("会议.参会人员", 22, "写哪些人参加，一行一条，在格里换行按 Alt+Enter。", "各乡镇主要负责人"),
    _Column("分钟", 8, "写讲几分钟，1 到 180。", "15"),
    _Column("提纲", 24, "从下拉列表里选；不写，程序从场合和会议名称里认。", "节日期间安全稳定工作会议", choices="提纲"),
    _Column("文件名", 18, "写稿子存成什么名字；不写，程序自己起名。", "青峪县元旦春节讲话稿"),
)  # fmt: skip

# The cells of lists are text, so that they stay as typed: 12.30, 12月31日, and a line that begins with a hyphen.
_KEY = _Column(
    "编号", 10, "写这一行属于名册里的哪一篇，从下拉列表里选；同一篇有几条，就写几行。", "001", True, "编号", _TEXT
)
_LISTS = {
    "任务": (
        _KEY,
        _Column("主题", 16, "用几个字写是什么任务。", "欠薪", True, format=_TEXT),
        _Column("内容", 44, "写办成什么。", "126人工资付清", format=_TEXT),
        _Column("牵头", 24, "写由谁牵头，几家之间用顿号。", "县人社局、项目主管部门", format=_TEXT),
        _Column("时限", 12, "写办到哪一天，也可以写“春节前”。", "1月20日", format=_TEXT),
        _Column("权重", 10, "从下拉列表里选：细讲的单独成段，点到的一两句带过，见方案的只说由谁牵头。"
                "一篇的任务都不选，就是前三条细讲。", "细讲", choices="权重", format=_TEXT),
        _Column("做法", 40, "写具体怎么做，会接在任务后面说；一行一句，在格里换行按 Alt+Enter。",
                "每个项目把名单、数额、付款日期三样对齐", format=_TEXT),
    ),
    "问题": (
        _KEY,
        _Column("内容", 52, "写成一句话，会原样写进稿子；也可以只写是什么问题，把是哪几处写在「对象」里。",
                "逾期未销号隐患", True, format=_TEXT),
        _Column("对象", 36, "写是哪几处，后面括号里写责任单位；一行一处，在格里换行按 Alt+Enter。没有可以不写。",
                "城东液化气站（县住建局）", format=_TEXT),
        _Column("点名", 9, "选“是”，稿子才说出「对象」里是哪几处、谁负责；不选，只说有几处。", "是",
                choices="点名", format=_TEXT),
    ),
    "数据": (
        _KEY,
        _Column("名称", 26, "写是什么指标。", "生产安全事故", True, format=_TEXT),
        _Column("今年", 16, "写今年的数，后面带单位。", "7起", True, format=_TEXT),
        _Column("去年", 16, "写去年同期的数，单位和今年的一样；增减由程序算。", "9起", format=_TEXT),
        _Column("总数", 16, "写一共多少；「今年」里写的是其中完成了多少。", "43处", format=_TEXT),
        _Column("目标", 16, "写目标是多少。", "13亿元", format=_TEXT),
        _Column("口径", 16, "写数字的起止时间。", "1—11月", format=_TEXT),
        _Column("来源", 20, "写数字是哪里来的，留着备查，不进稿子。", "县信访局", format=_TEXT),
    ),
    "风险": (
        _KEY,
        _Column("内容", 60, "写这段时间容易出事的地方，几个字一样，一行一样。", "返乡集中", True, format=_TEXT),
    ),
    "案例": (
        _KEY,
        _Column("内容", 100, "写一件具体的事，一句话，会原样写进稿子。",
                "11月，县城一家快递驿站夜间充电起火，烧毁货架，没有人受伤", True, format=_TEXT),
    ),
    "讲话": (
        _KEY,
        _Column("类型", 10, "一个会要写几篇稿子的才填：从下拉列表里选，一篇一行，按讲话的先后写。"
                "讲话是主要领导的，部署是副职、分管领导的。", "部署", True, choices="类型"),
        _Column("讲话人", 24, "写谁讲：姓名或者职务；单位档案里没有的人，职务和姓名都写，中间空一格。",
                "副县长 周明", True, format=_TEXT),
        _Column("单位", 18, "发言的写是哪个单位的，别的空着。", "柳河镇", format=_TEXT),
        _Column("分钟", 8, "写讲几分钟。", "8", format=_TEXT),
    ),
}  # fmt: skip

# An outline may be written, and lists be filled in, before the other is there: such entries are only asked about.
_REMARKS = {
    "层级": _Remark("没有这个层级", "请从下拉列表里选一个，或者先空着。"),
    "角色": _Remark("没有这个角色", "请从下拉列表里选一个；不清楚的空着，程序从职务看。"),
    "提纲": _Remark("列表里没有这个提纲", "请核对提纲的名称。名册建好以后新写的提纲，照它的名称写，可以保留。",
                  strict=False),
    "权重": _Remark("没有这种权重", f"请从下拉列表里选：{'、'.join(WEIGHTS)}；也可以空着。"),
    "类型": _Remark("没有这种讲话", f"请从下拉列表里选：{'、'.join(TEXTS)}。"),
    "点名": _Remark("请选“是”或“否”", "选“是”，稿子才说出是哪几处；也可以空着。"),
    "编号": _Remark("名册里还没有这个编号", "请核对「名册」表的编号。名册还没有填到的，可以保留，回头补上。",
                  strict=False),
}  # fmt: skip
_DAY_REMARK = _Remark("日期看不懂", "请写成 2026-12-24 的样子，要写年份，并核对月份和日子。")
_FIRST_DAY, _LAST_DAY = "36526", "73415"  # 2000-01-01 and 2100-12-31, as a workbook counts days

_HELP = (
    "「名册」表一行写一篇讲话。鼠标停在表头的格上，能看到这一栏写什么和一个例子。",
    "表头颜色深的栏要填；会议.yaml 或单位.yaml 里写过的（编号除外），可以空着。",
    "各篇共用的内容写在会议.yaml 里，单位的写在单位.yaml 里。名册里写了的，这一篇按名册；空着的格，按这两个文件。",
    "任务、问题、数据、风险、案例、讲话这样有好几条的，写在同名的表里，一行一条，前面写清编号；"
    "也可以在名册里加一栏，写法和会议文件里一样，都写在一格里，每条之间按 Alt+Enter 换行。",
    "还要写别的，就在右边加栏，栏名用会议文件里的叫法，例如 数据.生产安全事故、要求.值班电话、部门.教育。",
    "栏名以“备注”开头的栏程序不读，办公室可以自己用。",
    "隐藏的行不写稿子。哪一篇暂时不要，把那一行隐藏起来就行，不必删。",
    "数字后面都带单位，如 7起、12.30亿元；增减、百分比由程序算。「数据」表各栏是文本格式，12.30 不会变成 12.3。",
    "填好以后存盘，在名册所在的文件夹里打开命令提示符，运行：speechgen batch 名册.xlsx -o 春节讲话",
    "改了名册再运行一次，只重写有变化的那几篇；有人改过的稿子，程序不会动它。",
)

_FONT = "宋体"
_LIGHT, _DARK = "DDEBF7", "9DC3E6"
_LAST_ROW = 1_048_576


def workbook(outlines: Sequence[str], occasions: Sequence[str]) -> bytes:
    """A roster to fill in, as .xlsx; the same bytes for the same ``outlines`` (their names) and ``occasions``, which
    are what its drop-down lists offer."""
    from openpyxl import Workbook

    book = Workbook()
    lists = {"层级": LEVELS, "角色": ROLES, "场合": occasions, "提纲": outlines, "权重": WEIGHTS, "点名": ("是", "否"),
             "类型": TEXTS}  # fmt: skip
    sources = dict(_sources(lists)) | {"编号": _KEYS}
    book.remove(book.worksheets[0])
    for name, columns in {ROSTER: _ROSTER, **_LISTS}.items():
        _columns(book.create_sheet(name), columns, sources, "C2" if name == ROSTER else "B2")
    _help(book.create_sheet(HELP))
    _options(book.create_sheet(OPTIONS), lists)
    return packed(book)


# ── sheets ────────────────────────────────────────────────────────────────────────────────────


def _columns(sheet: Worksheet, columns: Sequence[_Column], sources: Mapping[str, str], frozen: str) -> None:
    """An empty table: heads with their notes, the look of what is typed below, what is allowed there."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side("thin", "808080")
    for number, column in enumerate(columns, start=1):
        head = sheet.cell(1, number, column.name)
        head.font = Font(_FONT, 11, bold=True)
        head.fill = PatternFill("solid", _DARK if column.needed else _LIGHT)
        head.alignment = Alignment("center", "center")
        head.border = Border(line, line, line, line)
        head.number_format = _TEXT
        head.comment = _note(column)
        below = sheet.column_dimensions[head.column_letter]
        below.width = column.width
        below.font = Font(_FONT, 11)
        below.number_format = column.format
        below.alignment = Alignment("left", "top", wrap_text=True)
        rule = _rule(column, sources)
        if rule is not None:
            rule.add(f"{head.column_letter}2:{head.column_letter}{_LAST_ROW}")
            sheet.add_data_validation(rule)
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = frozen
    sheet.print_options.gridLines = True
    _printed(sheet, headed=True)


def _note(column: _Column) -> Comment:
    from openpyxl.comments import Comment

    text = f"{column.note}\n例如：{column.example}"
    lines = sum(-(-len(line) // 17) for line in text.split("\n"))
    return Comment(text, "speechgen", height=18 * lines + 16, width=240)


def _rule(column: _Column, sources: Mapping[str, str]) -> DataValidation | None:
    """What may be typed in a column; None for anything."""
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.format == _DAY:
        rule = DataValidation("date", operator="between", formula1=_FIRST_DAY, formula2=_LAST_DAY, allow_blank=True)
        remark: _Remark | None = _DAY_REMARK
    elif column.choices in sources:
        rule = DataValidation("list", formula1=sources[column.choices], allow_blank=True)
        remark = _REMARKS.get(column.choices)
    else:
        return None
    rule.showErrorMessage = remark is not None
    if remark is not None:
        rule.errorTitle, rule.error = remark.title, remark.text
        rule.errorStyle = "stop" if remark.strict else "warning"
    return rule


def _help(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.column_dimensions["A"].width = 5
    sheet.column_dimensions["B"].width = _HELP_WIDTH
    sheet.cell(1, 1, "怎样填名册").font = Font(_FONT, 14, bold=True)
    sheet.row_dimensions[1].height = 30
    for number, sentence in enumerate(_HELP, start=1):
        for cell in (sheet.cell(number + 1, 1, number), sheet.cell(number + 1, 2, sentence)):
            cell.font = Font(_FONT, 12)
            cell.alignment = Alignment("left", "top", wrap_text=True)
        sheet.row_dimensions[number + 1].height = 20 * -(-_columns_wide(sentence) // (_HELP_WIDTH - 12)) + 6
    _printed(sheet)


_HELP_WIDTH = 100


def _columns_wide(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _printed(sheet: Worksheet, headed: bool = False) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if headed:
        sheet.print_title_rows = "1:1"


# ── drop-down lists ───────────────────────────────────────────────────────────────────────────

# The 编号 typed so far, counted from the head: a deleted row leaves it whole, and no blanks stand in the list, at
# which it would open.
_KEYS = f"OFFSET('{ROSTER}'!$A$1,1,0,MAX(1,COUNTA('{ROSTER}'!$A:$A)-1),1)"


def _sources(lists: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Where the hidden sheet has each list; typed into the rule itself it could not be longer than 255 characters."""
    from openpyxl.utils import get_column_letter

    for number, (name, items) in enumerate(lists.items(), start=1):
        if items:
            letter = get_column_letter(number)
            yield name, f"'{OPTIONS}'!${letter}$2:${letter}${len(items) + 1}"


def _options(sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    for number, (name, items) in enumerate(lists.items(), start=1):
        sheet.cell(1, number, name)
        for row, item in enumerate(items, start=2):
            sheet.cell(row, number, item).data_type = "s"  # text, whatever it begins with
    sheet.sheet_state = "hidden"


# ── bytes ─────────────────────────────────────────────────────────────────────────────────────


# ── the shared meeting file ───────────────────────────────────────────────────────────────────

# Every key is commented out: one that is begun and left empty would be missed in each of the speeches.
_BASE = """\
# 会议文件：名册里各篇共用的内容，只在这里写一遍。名册的一行里写了同一项，那一篇就按名册的。
# 稿子里说的每一件事、每一个数，都只从这里、名册和单位.yaml 来；没有的，稿子不会编。
# 写法：冒号用半角，后面空一格；每一条以「- 」开头；井号后面的话是说明，不会写进稿子。
# 下面各项都还没有用上。要用哪一项，删去那一行最前面的井号，再往后填；用不着的不必管。
# 往里缩的行要用，它上面顶格的那一行也要删去井号，例如用「日期」，「会议:」那一行也要删。
格式: 1

#会议:
#  名称:               # 各篇都一样才写在这里，例如 全市2027年元旦春节期间安全稳定工作会议
#  日期:               # 例如 2026-12-24
#  场合:               # 例如 元旦春节
#  议程:               # 讲话前谁做了什么，例如 [应急局 通报, 信访局 发言]
#讲话人:
#  职务:               # 各篇都由同一个职务的领导讲话才写在这里，例如 县长
#分钟:                 # 例如 15；也可以写「字数: 3000」
#提纲:                 # 例如 节日期间安全稳定工作会议；不写，程序从场合和会议名称里认

#背景:                 # 总的情况，一句话；各篇都说得上才写在这里

#依据:                 # 上级的会议或文件：要点
#  -                   # 例如 12月21日 全市安全稳定工作视频会议：烟花爆竹、燃气、返乡交通、欠薪

#数据:
#  口径:               # 例如 1—11月；名册里「数据.」开头的各栏都用它，「数据」表另有口径一栏

#风险:                 # 这段时间容易出事的地方
#  -                   # 例如 返乡集中

#任务:                 # 主题｜办成什么｜牵头｜时限；各篇都布置的写在这里，自己有任务的那几篇只用自己的
#  -                   # 例如 值班值守｜每天有一名负责同志在岗带班｜各单位办公室｜12月31日

#要求:
#  值班电话:
#  报送:               # 例如 突发事件先电话报告、再书面报告
"""


def base_meeting() -> str:
    """The meeting file that all rows of a roster share, to fill in."""
    return _BASE
