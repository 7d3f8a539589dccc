"""Tables as Excel shows them: an .xlsx or .csv file → the texts that a person sees in its cells.

A cell of a workbook holds a number (0.125) and a format (0.0%), and a secretary means what the two show together
(12.5%). Dates are given in one way, however they are formatted: 2026-12-24, 12月24日, 2026-12-24 14:30. Commas between
thousands are left out. Hidden sheets and hidden rows are not read, a merged cell's text counts for every cell of it,
and a title above the header is passed over.

openpyxl reads the cells; what it does not tell while it reads row by row (hidden rows, merged ranges, formulas without
a result) is taken from the sheet's XML beforehand.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from itertools import chain, islice
from os import SEEK_END
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from speechgen import patterns
from speechgen.encoding import decode
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location

if TYPE_CHECKING:
    from zipfile import ZipFile

    from openpyxl import Workbook

LARGEST_TEXT = 50 * 1024 * 1024  # bytes of a .csv
LARGEST_UNPACKED = 512 * 1024 * 1024  # bytes of a workbook's XML; a roster of 10,000 rows has some 20 MB
TITLES = 3  # rows above a header that may hold a single cell each: 名册, 填报单位…


class Line(NamedTuple):
    """A row of a table. ``number`` is its row in the sheet, or the line of a .csv on which it begins."""

    number: int
    texts: tuple[str, ...]  # as many as the table has columns; "" where nothing stands


class Table(NamedTuple):
    """A sheet that holds something. ``file`` is what a Location names it; ``name`` is "" of a .csv. ``hidden`` are the
    rows that hold something and were left out because they are hidden."""

    file: str
    name: str
    header: Line
    lines: tuple[Line, ...]
    hidden: tuple[Line, ...]


def read_tables(path: Path, slips: list[Slip]) -> tuple[Table, ...]:
    """The tables of a workbook (.xlsx, .xlsm) or of a .csv, .tsv or .txt file, empty ones left out.

    What is wrong with single cells and rows is added to ``slips``. Raises SpeechgenError for a file that cannot be
    opened, is damaged, protected, far too large, or of another kind.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
            stream.seek(0)
            if head.startswith(b"PK"):
                return _of_workbook(path, stream, slips)
            if head == _OLE:
                raise _ole(path, stream)
            if path.suffix.lower() not in _TEXT_ENDINGS:
                raise _no_table(path)
            if stream.seek(0, SEEK_END) > LARGEST_TEXT:
                message = f"“{path}”太大，超过 {LARGEST_TEXT // 1024 // 1024} MB"
                raise _refused("too-large", path, message, "名册不会这么大，可能拿错了文件。")
            stream.seek(0)
            data = stream.read()
    except FileNotFoundError as error:
        raise _refused("no-file", path, f"找不到文件“{path}”", "请核对路径和文件名。") from error
    except OSError as error:
        if path.is_dir():  # Windows says only that access is denied
            raise _refused("is-folder", path, f"“{path}”是一个文件夹", "请写上表格文件的名字。") from error
        remedy = "请看看有没有权限，或者先关掉正在用它的程序（Excel、WPS）。"
        raise _refused("unreadable", path, f"“{path}”打不开", remedy) from error
    return _of_text(path, data, slips)


def column_letter(index: int) -> str:
    """How Excel calls a column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


# ── what is no table, in words ────────────────────────────────────────────────────────────────

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = (".csv", ".tsv", ".txt")
_SAVE_AS = "请用 Excel 或 WPS 打开，选“文件→另存为”，把保存类型改成“Excel 工作簿（*.xlsx）”，再用新存的文件。"


def _refused(code: str, path: Path, message: str, remedy: str) -> SpeechgenError:
    return SpeechgenError.of(code, f"{message}，没有读。", Location(str(path)), remedy)


def _ole(path: Path, stream: IO[bytes]) -> SpeechgenError:
    """What to say of a file in the packaging of old Office files: a workbook with a password is packed so too."""
    data = stream.read(LARGEST_TEXT)
    if "EncryptedPackage".encode("utf-16-le") in data:
        remedy = "请用 Excel 或 WPS 打开，去掉打开密码（文件→信息→保护工作簿→用密码进行加密，清空），保存后再用。"
        return _refused("encrypted", path, f"“{path}”设了打开密码", remedy)
    kind = {".et": "WPS 表格的 .et 文件", ".doc": "Word 文件", ".wps": "WPS 文字文件"}.get(path.suffix.lower())
    return _refused("old-format", path, f"“{path}”是{kind or '旧版的 .xls 文件'}", _SAVE_AS)


def _no_table(path: Path) -> SpeechgenError:
    if path.name.startswith(("~$", ".~")):
        remedy = f"请先关掉正在打开的表格，再用“{path.name.lstrip('.~$')}”。"
        return _refused("owner-file", path, f"“{path}”是 Excel 或 WPS 的临时文件", remedy)
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        message = f"“{path}”名字是 {path.suffix}，里面却不是工作簿，可能已经损坏，或是别的文件改了名"
        return _refused("workbook-damaged", path, message, _SAVE_AS)
    return _refused("not-a-table", path, f"“{path}”不是能读的表格（.xlsx、.csv）", _SAVE_AS)


def _check_package(path: Path, package: ZipFile) -> None:
    """Raise SpeechgenError for a package that is no workbook that we can read."""
    sizes = {member.filename: member.file_size for member in package.infolist()}
    if sizes.keys() & {"content.xml", "mimetype"}:
        raise _refused("other-format", path, f"“{path}”是 .ods 一类的文件", _SAVE_AS)
    if "xl/workbook.bin" in sizes:
        raise _refused("other-format", path, f"“{path}”是二进制工作簿（.xlsb）", _SAVE_AS)
    if "word/document.xml" in sizes:
        raise _refused("not-a-table", path, f"“{path}”是 Word 文件", "请把表格复制到 Excel 里，存成 .xlsx 再用。")
    if sum(size for name, size in sizes.items() if name.lower().endswith((".xml", ".rels"))) > LARGEST_UNPACKED:
        message = f"“{path}”展开后超过 {LARGEST_UNPACKED // 1024 // 1024} MB，太大了"
        raise _refused("too-large", path, message, "请把要用的行复制到一个新的工作簿里。")


# ── workbooks ─────────────────────────────────────────────────────────────────────────────────


class _Range(NamedTuple):
    """A merged range; numbers from 1, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


class _Facts(NamedTuple):
    """What a sheet's XML tells beside its cells. ``uncached`` are the columns of formulas without a result, by row;
    ``columns`` is how many columns the cells that hold something reach over."""

    hidden: frozenset[int]
    merged: tuple[_Range, ...]
    uncached: Mapping[int, tuple[int, ...]]
    columns: int


class _Problem(NamedTuple):
    """What is wrong with a cell: a slip that has no place yet."""

    code: str
    message: str
    remedy: str


class _Row(NamedTuple):
    """A row that holds something. ``filled`` counts its cells, a merged range as one; a column of ``problems`` counts
    from 1."""

    number: int
    texts: list[str]
    filled: int
    problems: tuple[tuple[int, _Problem], ...] = ()


_UNCACHED = _Problem("no-cached-value", "这一格是公式，文件里没有存算好的结果", "请用 Excel 或 WPS 打开，保存一次。")
_ERRORS = {
    "#N/A": "查找不到对应的内容", "#REF!": "引用的格子已经删掉", "#DIV/0!": "除数是零或空格",
    "#NAME?": "公式里有不认识的名称", "#VALUE!": "公式里的数据类型不对，或者日期超出了范围",
    "#NUM!": "算不出结果", "#NULL!": "引用的区域写得不对",
}  # fmt: skip


def _error(name: str) -> _Problem:
    why = f"（{_ERRORS[name]}）" if name in _ERRORS else ""
    return _Problem("cell-error", f"这一格是错误值 {name}{why}", "请在 Excel 或 WPS 里改好这一格，保存后再用。")


def _of_workbook(path: Path, stream: IO[bytes], slips: list[Slip]) -> tuple[Table, ...]:
    import warnings
    import zipfile

    import openpyxl
    from openpyxl.utils.datetime import MAC_EPOCH

    try:
        with zipfile.ZipFile(stream) as package, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl cannot keep: we write nothing back
            _check_package(path, package)
            book: Any = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            since_1904 = book.epoch == MAC_EPOCH
            found = []
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    with package.open(sheet._worksheet_path) as xml:
                        facts = _facts(xml)
                    sheet.reset_dimensions()  # other programs note wrong ones, which would cut the sheet
                    rows = _rows(sheet.iter_rows(), facts, since_1904)
                    file = f"{path}「{sheet.title}」表"
                    found.append(_table(file, sheet.title, rows, facts.hidden, slips))
    except (SpeechgenError, MemoryError):
        raise
    except Exception as error:  # a damaged workbook raises nearly anything
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise  # the system's, not openpyxl's
        raise _refused("workbook-damaged", path, f"“{path}”读不出来，可能已经损坏或没有下载完整", _SAVE_AS) from error
    return tuple(filter(None, found))


_LAST_ROW = 1_048_576


def _facts(xml: IO[bytes]) -> _Facts:
    """Go through a sheet's XML once. Raises ValueError for rows that no sheet can have."""
    from xml.etree.ElementTree import iterparse

    hidden: set[int] = set()
    merged: list[_Range] = []
    uncached: dict[int, tuple[int, ...]] = {}
    number = columns = 0
    for _, element in iterparse(xml):
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            number = int(element.get("r") or number + 1)
            if not 1 <= number <= _LAST_ROW:
                raise ValueError(f"row {number}")
            if element.get("hidden") in ("1", "true"):
                hidden.add(number)
            last, formulas = _cells(element)
            columns = max(columns, last)
            if formulas:
                uncached[number] = formulas
            element.clear()
        elif tag == "mergeCell":
            merged.append(_range(element.get("ref", "")))
            element.clear()
    return _Facts(frozenset(hidden), tuple(sorted(merged)), uncached, columns)


def _cells(row: Any) -> tuple[int, tuple[int, ...]]:
    """Of a row's XML: the last column that holds something, the columns of formulas without a result."""
    column = last = 0
    formulas = []
    for cell in row:
        place = cell.get("r")
        column = _column(place) if place else column + 1
        if not len(cell):
            continue
        last = column
        if cell[0].tag.rpartition("}")[2] == "f":  # a formula comes first, then its result
            result = cell[1] if len(cell) > 1 else None
            # The empty text as a result is an empty value of the kind "str".
            if result is None or not (len(result) or result.text or cell.get("t") == "str"):
                formulas.append(column)
    return last, tuple(formulas)


def _column(place: str) -> int:
    """AB12 → 28"""
    column = 0
    for letter in place:
        if not letter.isalpha():
            break
        column = column * 26 + ord(letter) - 64
    return column


def _range(ref: str) -> _Range:
    """A2:C3"""
    first, _, last = ref.replace("$", "").partition(":")
    corners = [(int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), _column(place)) for place in (first, last or first)]
    return _Range(*corners[0], *corners[1])


def _rows(rows: Iterable[Sequence[Any]], facts: _Facts, since_1904: bool) -> Iterator[_Row]:
    """The rows of a sheet that hold something of their own, merged cells filled in."""
    coming = list(reversed(facts.merged))
    open_: list[tuple[_Range, str, _Problem | None]] = []
    for number, cells in enumerate(rows, start=1):
        texts, problems = _read(cells, facts.uncached.get(number, ()), since_1904)
        filled = sum(map(bool, texts)) + sum(not texts[column - 1] for column in problems)
        open_ = [one for one in open_ if one[0].bottom >= number]
        while coming and coming[-1].top <= number:
            merged = coming.pop()
            text = texts[merged.left - 1] if merged.left <= len(texts) else ""
            open_.append((merged, text, problems.get(merged.left)))
        if filled:
            for merged, text, problem in open_:
                right = min(merged.right, facts.columns)
                texts += [""] * (right - len(texts))
                texts[merged.left - 1 : right] = [text] * (right - merged.left + 1)
                for column in range(merged.left, right + 1):
                    problems.pop(column, None)
                if problem:
                    problems[merged.left] = problem
            yield _Row(number, texts, filled, tuple(sorted(problems.items())))


def _read(cells: Sequence[Any], uncached: Iterable[int], since_1904: bool) -> tuple[list[str], dict[int, _Problem]]:
    """The texts of a row's cells, and what is wrong with cells, by column."""
    problems = dict.fromkeys(uncached, _UNCACHED)
    texts = []
    for column, cell in enumerate(cells, start=1):
        value = cell.value
        if value is None:
            texts.append("")
        elif cell.data_type == "e":
            texts.append("")
            problems[column] = _error(str(value))
        elif isinstance(value, str):
            texts.append(_clean(_unescaped(value)))
        else:
            texts.append(_clean(_text_of(value, _code(cell), since_1904)))
    texts += [""] * (max(problems, default=0) - len(texts))
    return texts, problems


_CLEAN_ENDS = " \t\r\n\v\f\x85\xa0\u2002\u2003\u2009\u200b\u2028\u2029\u3000\ufeff"
_ESCAPED = patterns.compiled("_x([0-9A-Fa-f]{4})_")
_CONTROL = patterns.compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _clean(text: str) -> str:
    """A cell's text without the spaces around it, its line breaks as \\n."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip(_CLEAN_ENDS)


def _unescaped(text: str) -> str:
    """A text as Excel writes it into XML, characters that XML cannot hold (_x000D_) given back or left out."""
    if "_x" not in text:
        return text
    return _CONTROL.sub("", _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))


def _text_of(value: object, code: str, since_1904: bool) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | time | timedelta):
        if code == "General":  # a cell of the kind "date" needs no format
            code = "h:mm" if isinstance(value, time) else "[h]:mm" if isinstance(value, timedelta) else "yyyy-m-d h:mm"
        return shown(_serial(value, since_1904), code, since_1904)
    if isinstance(value, int | float):
        return shown(value, code, since_1904)
    return str(value)


def _serial(value: date | time | timedelta, since_1904: bool) -> Decimal:
    """What openpyxl has made a date of, as the number of days that stands in the file."""
    if isinstance(value, timedelta):
        span = value
    elif isinstance(value, time):
        span = datetime.combine(date.min, value) - datetime.min
    else:
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        span = moment - (datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30))
        if not since_1904 and timedelta() < span < timedelta(days=61):
            span -= timedelta(days=1)  # before the February 29 that Excel gives to 1900
    return Decimal(span // timedelta(microseconds=1)) / (_DAY_SECONDS * 1_000_000)


# What the formats mean that a file names by number only, in Excel for China (ECMA-376 part 1, 18.8.30).
_MONTH, _DAY, _TIME = 'yyyy"年"m"月"', 'm"月"d"日"', 'h"时"mm"分"'
_OF_CHINA = {
    27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: _TIME, 33: f'{_TIME}ss"秒"', 34: _TIME,
    35: f'{_TIME}ss"秒"', 36: _MONTH, 50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _TIME,
    56: f'{_TIME}ss"秒"', 57: _MONTH, 58: _DAY,
}  # fmt: skip
_CUSTOM = 164  # formats from this number on stand in the file


def _code(cell: Any) -> str:
    """The number format of a cell."""
    number = cell.style_array.numFmtId
    if number in _OF_CHINA:
        return _OF_CHINA[number]
    code: str = cell.number_format or "General"
    return code if number >= _CUSTOM else code.replace('"$"', '"¥"')


# ── rows → table ──────────────────────────────────────────────────────────────────────────────


def _table(file: str, name: str, rows: Iterator[_Row], hidden_rows: frozenset[int], slips: list[Slip]) -> Table | None:
    """The table that rows make; None where nothing stands in a row that is shown."""
    hidden: list[_Row] = []
    shown_rows = _shown_rows(rows, hidden_rows, hidden)
    first = _without_titles(shown_rows)
    if not first:
        return None
    header = first.pop(0)
    names = header.texts
    while names and not names[-1]:
        names.pop()
    slips += _slips(file, header)
    lines = []
    for row in chain(first, shown_rows):
        slips += _slips(file, row)
        slips += _beyond(file, row, len(names), sheet=bool(name))
        lines.append(_line(row, len(names)))
    left_out = tuple(_line(row, len(names)) for row in hidden)
    return Table(file, name, Line(header.number, tuple(names)), tuple(lines), left_out)


def _line(row: _Row, width: int) -> Line:
    """A row with as many texts as the header."""
    texts = row.texts[:width]
    return Line(row.number, (*texts, *[""] * (width - len(texts))))


def _shown_rows(rows: Iterable[_Row], hidden_rows: frozenset[int], hidden: list[_Row]) -> Iterator[_Row]:
    """The rows that are not hidden; the others are added to ``hidden``."""
    for row in rows:
        if row.number in hidden_rows:
            hidden.append(row)
        else:
            yield row


def _without_titles(rows: Iterator[_Row]) -> list[_Row]:
    """The first rows from the header on, taken from ``rows``. Up to `TITLES` rows with a single cell each are titles
    where a fuller row follows them."""
    first: list[_Row] = []
    for row in rows:
        first.append(row)
        if row.filled > 1 or len(first) > TITLES:
            break
    return first[-1:] if first and first[-1].filled > 1 else first


def _slips(file: str, row: _Row) -> Iterator[Slip]:
    for column, problem in row.problems:
        yield Slip(problem.code, problem.message, Location(file, row.number, column), problem.remedy)


def _beyond(file: str, row: _Row, width: int, *, sheet: bool) -> Iterator[Slip]:
    """What to say of a row that goes on beyond the header."""
    column = next((column for column, text in enumerate(row.texts[width:], start=width + 1) if text), 0)
    if not column:
        return
    where = Location(file, row.number, column)
    if sheet:
        message = f"{column_letter(column - 1)} 列有内容，表头却没有这一列的名称"
        yield Slip("beyond-header", message, where, "请在表头补上列名；不用读的列，列名请以「备注」开头。")
    else:
        message = f"这一行有 {_last(row.texts)} 格，比表头的 {width} 格多"
        remedy = "多半是内容里有半角逗号（或别的分隔符），请把整格内容用半角双引号括起来，或改用全角逗号。"
        yield Slip("beyond-header", message, where, remedy)


def _last(texts: Sequence[str]) -> int:
    """How many cells a row has up to the last that holds something."""
    return max((number for number, text in enumerate(texts, start=1) if text), default=0)


# ── .csv ──────────────────────────────────────────────────────────────────────────────────────

_SEPARATORS = ",\t；;"
_DIRECTIVE = patterns.compiled("sep=(.)[\r\n]*", re.IGNORECASE)
_TEXT_LINE = patterns.compiled("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def _of_text(path: Path, data: bytes, slips: list[Slip]) -> tuple[Table, ...]:
    text, _ = decode(data, str(path))
    table = _table(str(path), "", _records(text, path), frozenset(), slips)
    return (table,) if table else ()


def _records(text: str, path: Path) -> Iterator[_Row]:
    """The records of a .csv that hold something. Raises SpeechgenError where quotes do not pair."""
    import csv

    first = next(_text_lines(text), "")
    directive = _DIRECTIVE.fullmatch(first)  # Excel's own way to name the separator
    skipped = 1 if directive else 0
    lines = islice(_text_lines(text), skipped, None)
    reader = csv.reader(lines, delimiter=directive[1] if directive else _separator(text), strict=True)
    number = skipped + 1
    try:
        for record in reader:
            texts = list(map(_clean, record))
            filled = sum(map(bool, texts))
            if filled:
                yield _Row(number, texts, filled)
            number = skipped + reader.line_num + 1
    except csv.Error as error:
        raise SpeechgenError.of(
            "csv-quotes",
            "从这一行起，半角双引号没有配成对，后面的格子分不清",
            Location(str(path), number),
            "一格内容要么不用半角双引号，要么首尾各一个；内容里的引号请用全角的“”，或把半角引号写两遍。",
        ) from error


def _text_lines(text: str) -> Iterator[str]:
    """The lines with their ends, one at a time."""
    return (found[0] for found in _TEXT_LINE.finditer(text))


def _separator(text: str) -> str:
    """What parts the cells: the separator that the header has most of, outside quotes."""
    for line in _text_lines(text):
        bare = line.split('"')[::2]
        counts = {one: sum(piece.count(one) for piece in bare) for one in _SEPARATORS}
        if any(counts.values()):
            return max(_SEPARATORS, key=counts.__getitem__)
    return ","


# ── number formats ────────────────────────────────────────────────────────────────────────────

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)  # digits that Excel shows at most
_WIDEST = 40  # digits before the point; larger numbers are shown as by General

_TOKEN = patterns.compiled(
    r"""
    (?P<literal> "[^"]*" | \\. | !(?=[.,\#?0]). | \[\$[^\]]*\] )
    | (?P<padding> _. | \*. )
    | (?P<elapsed> \[(?:h+|m+|s+)\] )
    | (?P<condition> \[(?:<=|>=|<>|<|>|=)-?[0-9.]+\] )
    | (?P<ignored> \[[^\]]*\] )
    | (?P<general> General | G/通用格式 )
    | (?P<noon> AM/PM | A/P | 上午/下午 )
    | (?P<weekday> a{3,4} | d{3,4} )
    | (?P<date> y+ | e+(?![+-]) | m+ | d+ | h+ | s+ (?:\.0+)? )
    | (?P<power> E[+-] )
    | (?P<digit> [0\#?] )
    | (?P<point> \. ) | (?P<comma> , ) | (?P<percent> % ) | (?P<slash> / ) | (?P<text> @ )
    | (?P<letter> [a-z"\\\[] )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """One of the parts that ; makes of a format. ``condition`` is the comparison and number before it, if any."""

    tokens: tuple[_Token, ...]
    kind: str  # number, date, elapsed, general, literal; "" = not understood
    condition: tuple[str, Decimal] | None = None


def shown(value: int | float | Decimal, code: str, since_1904: bool = False) -> str:
    """A number as Excel for China shows it in a cell with the number format ``code``, dates written in one way.

    What the program has no use for is left out: colours, padding, commas between thousands, a point with nothing
    after it. A format that is not understood shows the number as General does.
    """
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return str(value)
    section, signed = _chosen(_sections(code or "General"), number)
    if section is None or section.kind == "":
        return _general(number)
    if section.kind in ("date", "elapsed"):
        seconds = int((number * 86400).to_integral_value(ROUND_HALF_UP))
        told = _elapsed(seconds, section) if section.kind == "elapsed" else _date(seconds, section, since_1904)
        return _general(number) if told is None else told
    sign = "-" if number < 0 and signed else ""
    if section.kind == "number":
        body = _number(abs(number), section.tokens)
        return _general(number) if body is None else sign + body
    body = "".join(_general(abs(number)) if t.kind == "general" else _literal(t) for t in section.tokens)
    return sign + body if section.kind == "general" else body


def _general(number: Decimal) -> str:
    """As in a cell without a format: eleven characters at most after rounding, no powers of ten for ordinary sizes.
    A whole number keeps all its digits."""
    if not number:
        return "0"
    size = number.adjusted()
    if not -16 < size < 21:
        return f"{number.normalize(_FIFTEEN):.5E}".replace(".00000", "")
    if number == number.to_integral_value():
        return f"{number.to_integral_value():f}"
    number = _FIFTEEN.plus(number)
    places = max(10 - max(size + 1, 1), 0) if size >= -4 else 5 - size
    return _stripped(f"{number.quantize(Decimal(1).scaleb(-places), context=_EXACT):f}")


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts of a format that are for numbers, in order."""
    parts: list[list[_Token]] = [[]]
    for found in _TOKEN.finditer(code):
        if found[0] == ";":
            parts.append([])
        else:
            parts[-1].append(_Token(str(found.lastgroup), found[0]))
    numeric = [part for part in parts[:4] if not any(token.kind == "text" for token in part)]
    return tuple(map(_section, numeric[:3]))


def _section(found: Sequence[_Token]) -> _Section:
    condition = None
    for token in found:
        if token.kind == "condition":
            comparison = token.text[1:-1].rstrip("0123456789.-")
            number = token.text[1 + len(comparison) : -1]
            if patterns.compiled(r"-?[0-9]+(?:\.[0-9]*)?").fullmatch(number):
                condition = (comparison, Decimal(number))
    tokens = tuple(token for token in found if token.kind not in ("condition", "ignored", "padding"))
    return _Section(tokens, _kind(tokens), condition)


def _kind(tokens: tuple[_Token, ...]) -> str:
    kinds = {token.kind for token in tokens}
    dated = kinds & {"date", "weekday", "noon", "elapsed"}
    numbers = kinds & {"digit", "percent", "power"}
    if kinds & {"letter"} or (dated and numbers) or (dated and "general" in kinds):
        return ""
    if "elapsed" in kinds:
        return "elapsed"
    if dated:
        return "date"
    if "general" in kinds:
        return "" if numbers else "general"
    if "digit" in kinds:
        return "" if kinds & {"power", "slash"} else "number"
    return "" if numbers else "literal"


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """The section that shows a number, and whether a minus has to be put before it."""
    if not sections:
        return None, True
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(number, *section.condition):
                only_negative = section.condition and section.condition[0] in ("<", "<=") and section.condition[1] <= 0
                return section, not only_negative
        return None, True
    if len(sections) > 1 and number < 0:
        return sections[1], False
    if len(sections) > 2 and number == 0:
        return sections[2], False
    return sections[0], True


def _holds(number: Decimal, comparison: str, bound: Decimal) -> bool:
    return {
        "<": number < bound, "<=": number <= bound, ">": number > bound, ">=": number >= bound,
        "=": number == bound, "<>": number != bound,
    }[comparison]  # fmt: skip


def _literal(token: _Token) -> str:
    text = token.text
    if token.kind not in ("literal", "sign", "slash", "comma", "point"):
        return ""
    if text.startswith("[$"):
        return text[2:-1].partition("-")[0]
    return text[1:-1] if text.startswith('"') else text[-1]


def _number(number: Decimal, tokens: tuple[_Token, ...]) -> str | None:
    """A number that is not negative in the digits of a format; None where it is too large to be shown so."""
    kinds = [token.kind for token in tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    places = [at for at, kind in enumerate(kinds) if kind == "digit"]
    whole = [at for at in places if at < point]
    broken = [at for at in places if at > point]
    # Commas right after a digit that no digit of the same side follows mean thousands.
    commas = [at for at, kind in enumerate(kinds) if kind == "comma"]
    last_of = {at: whole if at < point else broken for at in commas}
    thousands = sum(1 for at in commas if last_of[at] and at > last_of[at][-1])
    number = _FIFTEEN.plus(number).scaleb(2 * kinds.count("percent") - 3 * thousands)
    if number.adjusted() > _WIDEST:
        return None
    digits = f"{number.quantize(Decimal(1).scaleb(-len(broken)), context=_EXACT):f}"
    before, _, after = digits.partition(".")
    at_digit = _before_point(before, whole, tokens) | _after_point(after, broken, tokens)
    out = []
    for at, token in enumerate(tokens):
        if token.kind == "digit":
            out.append(at_digit[at])
        elif at == point:
            any_before = any(at_digit[one] for one in whole)
            out.append(("" if any_before else "0") + ("." if any(at_digit[one] for one in broken) else ""))
        elif token.kind == "percent":
            out.append("%")
        elif token.kind == "literal" or token.kind == "sign":
            out.append(_literal(token))
        elif token.kind == "point":  # a second one
            out.append(".")
    return "".join(out)


def _before_point(digits: str, places: Sequence[int], tokens: Sequence[_Token]) -> dict[int, str]:
    """Which digits stand at which places, from the right; those that are too many stand at the first."""
    rest = digits.lstrip("0")
    found = {}
    for at in reversed(places):
        found[at] = rest[-1:] or ("0" if tokens[at].text == "0" else "")
        rest = rest[:-1]
    if places:
        found[places[0]] = rest + found[places[0]]
    return found


def _after_point(digits: str, places: Sequence[int], tokens: Sequence[_Token]) -> dict[int, str]:
    """The same after the point: zeros at the end stand only where the format has a 0."""
    found = dict(zip(places, digits, strict=False))
    for at in reversed(places):
        if tokens[at].text == "0" or found[at] != "0":
            break
        found[at] = ""
    return found


# ── dates ─────────────────────────────────────────────────────────────────────────────────────

_DAY_SECONDS = 86400
_WEEKDAYS = "一二三四五六日"


def _units(section: _Section) -> list[str]:
    """What a format shows, in order, by first letters: y m d h M(inutes) s, w(eekday), and literals as they are."""
    found: list[str] = []
    parts = [token for token in section.tokens if token.kind in ("date", "elapsed", "weekday")]
    for at, token in enumerate(parts):
        letter = "w" if token.kind == "weekday" else token.text.lstrip("[")[0].lower()
        if letter == "m" and len(token.text.strip("[]")) < 3:
            before = found[-1] if found else ""
            after = parts[at + 1].text.lstrip("[")[0].lower() if at + 1 < len(parts) else ""
            letter = "M" if before == "h" or after == "s" or token.kind == "elapsed" else "m"
        found.append("y" if letter == "e" else letter)
    return found


def _date(seconds: int, section: _Section, since_1904: bool) -> str | None:
    """A point in time, as much of it as the format shows; None where it is none that Excel knows."""
    if seconds < 0:
        return None
    units = set(_units(section))
    clock = seconds % _DAY_SECONDS
    if not units & set("ymdw"):
        return _clock(clock, section, units)
    told = _day(seconds // _DAY_SECONDS, units, since_1904)
    if told is not None and clock and units & set("hs"):
        hours, minutes = divmod(clock // 60, 60)
        told += f" {hours:02}:{minutes:02}" + (f":{clock % 60:02}" if "s" in units and clock % 60 else "")
    return told


def _day(days: int, units: set[str], since_1904: bool) -> str | None:
    """A day by its number. Excel knows a January 0 and a February 29 of 1900."""
    if not since_1904 and days in (0, 60):
        year, month, day, weekday = (1900, 1, 0, 5) if days == 0 else (1900, 2, 29, 2)
    else:
        first = date(1904, 1, 1) if since_1904 else date(1899, 12, 31 if days < 60 else 30)
        try:
            found = first + timedelta(days=days)
        except OverflowError:
            return None
        year, month, day, weekday = found.year, found.month, found.day, found.weekday()
    if {"y", "d"} <= units:
        return f"{year:04}-{month:02}-{day:02}"
    told = "".join(f"{n}{unit}" for n, unit, letter in ((year, "年", "y"), (month, "月", "m"), (day, "日", "d"))
                   if letter in units)  # fmt: skip
    return told or f"星期{_WEEKDAYS[weekday]}"


def _clock(clock: int, section: _Section, units: set[str]) -> str:
    """A time of day; the hour has two digits where the format asks for them."""
    minutes, rest = divmod(clock, 60)
    if "h" not in units:
        return f"{minutes % 60:02}:{rest:02}" if "s" in units else str(minutes % 60)
    wide = any(token.text.lower().startswith("hh") for token in section.tokens if token.kind == "date")
    noon = any(token.kind == "noon" for token in section.tokens)
    hour = f"{minutes // 60:02}" if wide or noon else str(minutes // 60)
    return f"{hour}:{minutes % 60:02}" + (f":{rest:02}" if "s" in units and rest else "")


def _elapsed(seconds: int, section: _Section) -> str:
    """A duration: the unit in brackets holds all of it, the further ones what is left."""
    units = iter(_units(section))
    left = abs(seconds)
    out = ["-" if seconds < 0 else ""]
    for token in section.tokens:
        if token.kind in ("date", "elapsed"):
            size = {"h": 3600, "M": 60, "s": 1}.get(next(units), _DAY_SECONDS)
            count, left = divmod(left, size)
            out.append(str(count).rjust(len(token.text.strip("[]").partition(".")[0]), "0"))
        else:
            out.append(_literal(token))
    return "".join(out)


# ── a workbook of our own ─────────────────────────────────────────────────────────────────────


def packed(book: Workbook) -> bytes:
    """The workbook as a file, with nothing in it that depends on the time or the machine. Raises OSError when
    there is no room for a temporary file."""
    from datetime import datetime
    from io import BytesIO
    from shutil import copyfileobj
    from tempfile import TemporaryFile
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    from openpyxl.writer.excel import ExcelWriter

    book.properties.creator = "speechgen"
    book.properties.created = book.properties.modified = datetime(2026, 1, 1)
    whole = BytesIO()
    with TemporaryFile() as written:
        ExcelWriter(book, ZipFile(written, "w")).save()  # Workbook.save would note the time
        with ZipFile(written) as parts, ZipFile(whole, "w", ZIP_DEFLATED, compresslevel=6) as archive:
            for name in parts.namelist():
                entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
                with parts.open(name) as part, archive.open(entry, "w") as copy:
                    copyfileobj(part, copy)
    return whole.getvalue()
