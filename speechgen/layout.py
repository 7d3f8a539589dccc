"""Page layouts: the YAML file that describes a page and its type → `Layout`.

Lengths in a `Layout` are in the units that Word itself counts in, all whole numbers: twips (1/20 point) for
distances, half-points for type sizes, hundredths of a character for indents. What the file leaves to the
page (行数, 每行字数) is worked out here, so that nobody behind this module has to.

The values of ``layouts/gbt9704.yaml`` follow GB/T 9704—2012 《党政机关公文格式》, clauses 5 and 7.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar

from speechgen import patterns
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location
from speechgen.yamlio import Keys, Mapping, Scalar, read_yaml

SHIPPED = Path(__file__).with_name("layouts")

_T = TypeVar("_T")
Align = Literal["left", "center", "right", "both"]
NumberPlace = Literal["outer", "center", "right"]


class TextStyle(NamedTuple):
    """The type of one named style."""

    font: str
    size: int  # half-points
    line: int  # twips, exact
    spacing: int = 0  # twips added to every character
    align: Align = "both"
    indent: int = 0  # first line, hundredths of a character
    before: int = 0  # twips
    after: int = 0  # twips
    bold: bool = False
    keep_next: bool = False

    @property
    def pitch(self) -> int:
        """Width of a full-width character with its spacing, in twips."""
        return self.size * 10 + self.spacing


class PageNumber(NamedTuple):
    """The page number: ``before`` + number + ``after``, standing ``indent`` in from the edge."""

    font: str
    size: int  # half-points
    line: int  # twips, exact
    before: str
    after: str
    place: NumberPlace
    indent: int  # hundredths of a character


class Layout(NamedTuple):
    """A page and the type on it. ``headings[0]`` is level 1; ``leads[n]`` is the lead sentence of level n,
    ``leads[0]`` that of no level. Hashable, so that what is built from it can be kept by it."""

    name: str
    width: int  # twips, like all that follow
    height: int
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    lines: int  # lines a page
    columns: int  # full-width characters a line
    title: TextStyle
    byline: TextStyle
    date: TextStyle
    salutation: TextStyle
    body: TextStyle
    headings: tuple[TextStyle, ...]
    leads: tuple[TextStyle, ...]
    page_number: PageNumber

    @property
    def text_width(self) -> int:
        """Width of the text area in twips."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of the text area in twips."""
        return self.height - self.top - self.bottom

    @property
    def line_pitch(self) -> int:
        """Height of one of the page's ``lines`` in twips."""
        return self.text_height // self.lines


# ── the file's keys and words ─────────────────────────────────────────────────────────────────

_HEADINGS = ("一级标题", "二级标题", "三级标题", "四级标题")
_STYLES = ("标题", "署名", "日期", "称谓", "正文", *_HEADINGS)
_STYLE_KEYS = (
    "字体", "字号", "行距", "字距", "对齐", "首行缩进", "段前", "段后", "加粗", "与下段同页",
)  # fmt: skip
_LEAD = "段首主题句"


def _keys(*names: str) -> Keys:
    return {name: {} for name in names}


KEYS: Keys = {
    **_keys("格式", "基于", "版式", "纸张", "行数", "每行字数", "页脚距"),
    "页边距": _keys("上", "下", "左", "右"),
    "样式": {**{name: _keys(*_STYLE_KEYS) for name in _STYLES}, _LEAD: _keys("字体", "加粗")},
    "页码": _keys("字体", "字号", "行距", "样式", "位置", "空字"),
}

_PAPERS = {"A3": (297, 420), "A4": (210, 297), "B5": (176, 250), "16开": (184, 260)}
_SIZES = {
    "初号": "42", "小初": "36", "一号": "26", "小一": "24", "二号": "22", "小二": "18", "三号": "16",
    "小三": "15", "四号": "14", "小四": "12", "五号": "10.5", "小五": "9",
}  # fmt: skip
_ALIGNS: dict[str, Align] = {
    "左": "left", "左对齐": "left", "居中": "center", "中": "center", "右": "right", "右对齐": "right",
    "两端": "both", "两端对齐": "both",
}  # fmt: skip
_PLACES: dict[str, NumberPlace] = {"单右双左": "outer", "居中": "center", "右": "right"}
_SAME_AS_HEADING = "同级标题"
_BY_PAGE = 0  # a style's line or spacing that follows 行数 or 每行字数

_PAPER = patterns.compiled(r"(\d+)\s*[×xX*]\s*(\d+)\s*(?:mm|毫米)?")
_MEASURE = patterns.compiled(r"(-?[\d.]+)\s*([^\d\s.]*)")


class _Unfit(Exception):
    """A value that cannot be used; the text says in Chinese what would be."""


def _measure(text: str) -> tuple[Decimal, str]:
    """``16磅`` → (16, 磅)."""
    match = _MEASURE.fullmatch(text.replace("．", ".").replace("－", "-"))
    try:
        return (Decimal(match[1]), match[2]) if match else (Decimal("NaN"), "")
    except InvalidOperation:
        return Decimal("NaN"), ""


def _number(lowest: int, highest: int, units: tuple[str, ...], scale: Decimal) -> Callable[[str], int]:
    """A parser: a number between the bounds, with one of ``units`` or none → number × scale."""
    unit = units[0] if units else ""

    def parse(text: str) -> int:
        number, found = _measure(text)
        if number.is_nan() or found not in ("", *units) or not lowest <= number <= highest:
            raise _Unfit(f"要写 {lowest} 到 {highest} 之间的数{f'（单位{unit}）' if unit else ''}")
        return int((number * scale).to_integral_value())

    return parse


def _count(lowest: int, highest: int, unit: str) -> Callable[[str], int]:
    """A parser: a whole number between the bounds."""

    def parse(text: str) -> int:
        number, found = _measure(text)
        whole = not number.is_nan() and number == number.to_integral_value()
        if not whole or found not in ("", unit) or not lowest <= number <= highest:
            raise _Unfit(f"要写 {lowest} 到 {highest} 之间的整数")
        return int(number)

    return parse


def _choice(words: dict[str, _T]) -> Callable[[str], _T]:
    def parse(text: str) -> _T:
        if text not in words:
            raise _Unfit("可以写：" + "、".join(words))
        return words[text]

    return parse


_MM = Decimal(1440) / Decimal("25.4")
_millimetres = ("毫米", "mm")
_yes_no = _choice({"是": True, "否": False})
_chars = _number(0, 10, ("字", "个字", "字符"), Decimal(100))
_points = _number(6, 120, ("磅", "pt"), Decimal(20))


def _text(text: str) -> str:
    return text


def _font(text: str) -> str:
    # 31 characters is what Windows keeps of a font's name.
    if len(text) > 31 or not text.isprintable():
        raise _Unfit("要写 Word 字体列表里的名称，如 仿宋_GB2312")
    return text


def _size(text: str) -> int:
    """``三号`` or ``16`` or ``16磅`` → half-points."""
    number, unit = _measure(_SIZES.get(text, text))
    if number.is_nan() or unit not in ("", "磅", "pt") or not 5 <= number <= 72 or number * 2 % 1:
        raise _Unfit("可以写 二号、三号、小四 等，或 5 到 72 磅（可带半磅），如 16")
    return int(number * 2)


def _line(text: str) -> int:
    return _BY_PAGE if text == "按行数" else _points(text)


def _spacing(text: str) -> int | None:
    """Twips, or None for 按字数."""
    return None if text == "按字数" else _number(-5, 20, ("磅", "pt"), Decimal(20))(text)


def _paper(text: str) -> tuple[int, int]:
    """Name or ``宽×高`` in millimetres → twips."""
    match = _PAPER.fullmatch(text)
    wide, high = (int(match[1]), int(match[2])) if match else _PAPERS.get(text.upper(), (0, 0))
    if not (100 <= wide <= 500 and 100 <= high <= 500):
        raise _Unfit("可以写 A4、A3、B5、16开，或 宽×高（毫米），如 210×297")
    return int((wide * _MM).to_integral_value()), int((high * _MM).to_integral_value())


def _gap(text: str) -> tuple[Decimal, bool]:
    """``1行`` → (1, counted in lines); ``12磅`` → (12 points, no)."""
    number, unit = _measure(text)
    if number.is_nan() or not (
        (unit == "行" and 0 <= number <= 10)
        or (unit == "磅" and 0 <= number <= 200)
        or (not unit and not number)
    ):
        raise _Unfit("要写明单位：如 1行（0 到 10 行）或 12磅（0 到 200 磅）")
    return number, unit == "行"


def _number_pattern(text: str) -> tuple[str, str]:
    """``— 1 —`` → what stands before and after the number."""
    before, found, after = text.partition("1")
    if not found or any(c.isdigit() for c in before + after) or len(text) > 20:
        raise _Unfit("用一个 1 代表页码，如 — 1 —")
    return before, after


# ── file → Layout ─────────────────────────────────────────────────────────────────────────────

_Path = tuple[str, ...]


class _Form:
    """The values of a layout file by their path of keys, and the slips found while reading them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values: dict[_Path, Scalar] = {}
        self.slips: list[Slip] = []

    def location(self, path: _Path) -> Location:
        found = self.values.get(path)
        return found.location if found else Location(self.file)

    def slip(self, code: str, path: _Path, message: str, remedy: str) -> None:
        self.slips.append(Slip(code, message, self.location(path), remedy))

    def optional(self, path: _Path, parse: Callable[[str], _T], default: _T) -> _T:
        """The parsed value at ``path``; ``default`` when absent, and when unfit after noting the slip."""
        found = self.values.get(path)
        if found is None:
            return default
        try:
            return parse(found.text.strip())
        except _Unfit as unfit:
            name, value = "·".join(path), found.text.strip()
            self.slip("layout-value", path, f"「{name}」写的是「{value}」，用不上。", f"{unfit}。")
            return default

    def required(self, path: _Path, parse: Callable[[str], _T], stand_in: _T) -> _T:
        """As `optional`; absence is a slip too. ``stand_in`` only lets the reading go on."""
        if path not in self.values:
            remedy = f"请补上「{path[-1]}」；或者在第一行写 基于: gbt9704，只写不同的地方。"
            self.slip("layout-missing", path, f"版式里没有写「{'·'.join(path)}」。", remedy)
        return self.optional(path, parse, stand_in)


def load_layout(path: Path) -> Layout:
    """Read a layout file.

    ``path`` is a YAML file with the keys of `KEYS`; ``基于`` names a shipped layout whose values stand where
    the file says nothing. Returns the `Layout`; raises `SpeechgenError` with every slip of the file.
    """
    form = _Form(str(path))
    own = _flatten(read_yaml(path, KEYS).root, KEYS, (), form)
    base = own.get(("基于",))
    form.values = _base_values(base.text.strip(), form, base.location) | own if base else own
    layout = _layout(form, path.stem)
    if form.slips:
        raise SpeechgenError(*sorted(form.slips, key=lambda slip: slip.location.line if slip.location else 0))
    return layout


def _base_values(name: str, form: _Form, location: Location) -> dict[_Path, Scalar]:
    shipped = sorted(file.stem for file in SHIPPED.glob("*.yaml"))
    if name not in shipped:
        remedy = f"可以写：{'、'.join(shipped)}。"
        form.slips.append(Slip("layout-base", f"没有叫「{name}」的自带版式。", location, remedy))
        name = "gbt9704"
    return _flatten(read_yaml(SHIPPED / f"{name}.yaml", KEYS).root, KEYS, (), form)


def _flatten(node: Mapping, known: Keys, path: _Path, form: _Form) -> dict[_Path, Scalar]:
    """Nested entries → {path of keys: value}; unknown keys and values of the wrong shape become slips."""
    values: dict[_Path, Scalar] = {}
    for entry in node.entries:
        name, value = entry.key.text, entry.value
        here = (*path, name)
        if name not in known:
            form.slips.append(_unknown_key(name, known, entry.key.location))
        elif known[name] and isinstance(value, Mapping):
            values |= _flatten(value, known[name], here, form)
        elif known[name]:
            below = "、".join(known[name])
            form.slips.append(
                Slip(
                    "layout-shape",
                    f"「{name}」的内容要分行写。",
                    value.location,
                    f"另起一行，缩进两格，写：{below}。",
                )
            )
        elif not isinstance(value, Scalar):
            form.slips.append(
                Slip(
                    "layout-shape", f"「{name}」只能写一个值。", value.location, f"写成一行，如 {name}: 值。"
                )
            )
        elif not value.text.strip():
            remedy = "在冒号和空格后面写上内容，或者删去这一行。"
            form.slips.append(Slip("layout-empty", f"「{name}」后面没有内容。", entry.key.location, remedy))
        else:
            values[here] = value
    return values


def _unknown_key(name: str, known: Keys, location: Location) -> Slip:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.4)
    remedy = f"是不是「{near[0]}」？" if near else ""
    return Slip(
        "layout-key", f"这里不认识「{name}」。", location, f"{remedy}这里可以写：{'、'.join(known)}。"
    )


def _layout(form: _Form, default_name: str) -> Layout:
    width, height = form.required(("纸张",), _paper, (11906, 16838))
    margin = _number(0, 150, _millimetres, _MM)
    top, bottom, left, right = (form.required(("页边距", side), margin, 0) for side in "上下左右")
    lines = form.required(("行数",), _count(5, 80, "行"), 22)
    columns = form.required(("每行字数",), _count(5, 80, "字"), 28)
    if width - left - right < 50 * _MM or height - top - bottom < 50 * _MM:
        form.slip("layout-margins", ("纸张",), "页边距太大，版心不到 50 毫米见方。", "请改小「页边距」。")
        top = bottom = left = right = 0
    column = (width - left - right) // columns
    pitch = (height - top - bottom) // lines

    styles = {name: _style(form, name, pitch) for name in _STYLES}
    body = styles["正文"]
    styles = {name: _spaced(form, name, style, body.size, column) for name, style in styles.items()}
    headings = tuple(styles[name] for name in _HEADINGS)
    _check_fit(form, styles, lines, pitch, columns, column)
    return Layout(
        name=form.optional(("版式",), _text, default_name),
        width=width,
        height=height,
        top=top,
        bottom=bottom,
        left=left,
        right=right,
        footer=form.required(("页脚距",), margin, 0),
        lines=lines,
        columns=columns,
        title=styles["标题"],
        byline=styles["署名"],
        date=styles["日期"],
        salutation=styles["称谓"],
        body=styles["正文"],
        headings=headings,
        leads=_leads(form, (styles["正文"], *headings)),
        page_number=_page_number(form),
    )


def _style(form: _Form, name: str, pitch: int) -> TextStyle:
    """One entry of 样式, its spacing still to come."""
    at = ("样式", name)
    line = form.optional((*at, "行距"), _line, _BY_PAGE) or pitch

    def gap(key: str) -> int:
        number, in_lines = form.optional((*at, key), _gap, (Decimal(0), True))
        return int((number * (pitch if in_lines else 20)).to_integral_value())

    return TextStyle(
        font=form.required((*at, "字体"), _font, ""),
        size=form.required((*at, "字号"), _size, 0),
        line=line,
        align=form.optional((*at, "对齐"), _choice(_ALIGNS), "both"),
        indent=form.optional((*at, "首行缩进"), _chars, 0),
        before=gap("段前"),
        after=gap("段后"),
        bold=form.optional((*at, "加粗"), _yes_no, False),
        keep_next=form.optional((*at, "与下段同页"), _yes_no, False),
    )


def _spaced(form: _Form, name: str, style: TextStyle, body_size: int, column: int) -> TextStyle:
    """The style with its character spacing: as typed, else the body's grid for type of the body's size."""
    spacing = form.optional(("样式", name, "字距"), _spacing, None)
    if spacing is None:
        spacing = column - style.size * 10 if style.size == body_size else 0
    return style._replace(spacing=spacing)


def _check_fit(
    form: _Form, styles: dict[str, TextStyle], lines: int, pitch: int, columns: int, column: int
) -> None:
    """Note as slips what would be set on top of itself, or so loosely that the grid means nothing."""
    for name, style in styles.items():
        if style.size and style.line < style.size * 10:
            message = f"「{name}」的字有 {style.size / 2:g} 磅，行距只有 {style.line / 20:g} 磅，字会被切掉。"
            remedy = f"请改大「行距」，改小「字号」，或者减少「行数」（现在每页 {lines} 行）。"
            form.slip("layout-line", ("样式", name, "字号"), message, remedy)
    size = styles["正文"].size * 10
    width, height = column * columns, pitch * lines
    if size and not size * 85 <= column * 100 <= size * 200:
        message = f"正文 {size / 20:g} 磅，每行排 {columns} 字不合适。"
        remedy = f"「每行字数」可以写 {-(-width // (size * 2))} 到 {width * 100 // (size * 85)}。"
        form.slip("layout-columns", ("每行字数",), message, remedy)
    if size and pitch > size * 4:
        message = f"正文 {size / 20:g} 磅，每页只排 {lines} 行，行距太大。"
        form.slip("layout-lines", ("行数",), message, f"「行数」至少写 {-(-height // (size * 4))}。")


def _leads(form: _Form, levels: tuple[TextStyle, ...]) -> tuple[TextStyle, ...]:
    """The lead sentence of each level: its heading's font and weight unless 段首主题句 has its own."""
    weights = {"是": True, "否": False, _SAME_AS_HEADING: None}
    font = form.optional(("样式", _LEAD, "字体"), _font, _SAME_AS_HEADING)
    bold = form.optional(("样式", _LEAD, "加粗"), _choice(weights), None)
    own_font = font != _SAME_AS_HEADING
    return tuple(
        style._replace(font=font if own_font else style.font, bold=style.bold if bold is None else bold)
        for style in levels
    )


def _page_number(form: _Form) -> PageNumber:
    size = form.required(("页码", "字号"), _size, 28)
    before, after = form.optional(("页码", "样式"), _number_pattern, ("— ", " —"))
    return PageNumber(
        font=form.required(("页码", "字体"), _font, ""),
        size=size,
        line=form.optional(("页码", "行距"), _points, size * 12),
        before=before,
        after=after,
        place=form.optional(("页码", "位置"), _choice(_PLACES), "outer"),
        indent=form.optional(("页码", "空字"), _chars, 0),
    )
