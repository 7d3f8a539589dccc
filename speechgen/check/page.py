"""The kind 版面: how a Word file is set, against the page layout that the office uses.

Each check tells of its kind of slip once: at the first place, with how many there are. A text file has no page, so
nothing is said of it. Fonts that are cuts of one face (仿宋_GB2312, 方正仿宋_GBK, FangSong) count as the same.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import Line
from speechgen.layout import SHIPPED, Layout, TextStyle, load_layout
from speechgen.model import Face, Look, Page

DEFAULT = "gbt9704"

_MM = 1440 / 25.4  # twips
_NEAR = 0.5 * _MM  # a page's measures may be off by so much
_PAPERS = {
    "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "B5": (176, 250), "16开": (184, 260), "Letter": (216, 279),
}  # fmt: skip
_SIZES = {
    42: "初号", 36: "小初", 26: "一号", 24: "小一", 22: "二号", 18: "小二", 16: "三号", 15: "小三", 14: "四号",
    12: "小四", 10.5: "五号", 9: "小五",
}  # fmt: skip
# Parts of a font's name that tell its face, in the order in which they are looked for.
_FACES = (
    ("小标宋", ("小标宋", "xiaobiaosong", "xbs")),
    ("仿宋", ("仿宋", "fangsong", "fzfs")),
    ("楷体", ("楷体", "kaiti", "公文楷", "正楷", "方正楷")),
    ("黑体", ("黑体", "simhei", "heiti", "公文黑")),
    ("宋体", ("宋体", "simsun", "书宋", "stsong", "songti")),
)
_HAN_FACES = tuple(face for face, _ in _FACES)
_ALIGNS = {"left": "靠左", "right": "靠右", "center": "居中", "both": "两端对齐", "": "靠左"}
_PLACES = {"outer": "单页靠右、双页靠左", "center": "居中", "right": "靠右"}
_STOPS = ("。", "！", "？", "；", "!", "?", ";", "”", "…")
_QUOTES = "“”‘’"
_DIGITS = patterns.compiled("[0-9]+")
_LEAST = 13  # characters; of spots as short as a word run.check tells only one for an area
_LOOSE_LINE = 30  # twips: 28 to 30 points are all taken for the page's 22 lines
_SHORT = 30  # characters; a shorter line without a stop may be a heading or a signature


class _Ground(NamedTuple):
    """A document with its page and the layout to hold it against."""

    page: Page
    layout: Layout
    body: tuple[tuple[Line, Look], ...]  # paragraphs of the speech, tables left out


@cache
def _default_layout() -> Layout:
    return load_layout(SHIPPED / f"{DEFAULT}.yaml")


def _ground(document: Document) -> _Ground | None:
    page = document.draft.page
    if page is None:
        return None
    body = tuple(
        (line, page.looks[line.block])
        for line in document.lines
        if line.kind == "paragraph" and not page.looks[line.block].in_table
    )
    return _Ground(page, document.grounds.layout or _default_layout(), body)


def _on(find: Callable[[Document, _Ground], Iterable[Hit]]) -> Callable[[Document, Rule], Iterator[Hit]]:
    """A check for documents with a page and at least one line."""

    def checked(document: Document, rule: Rule) -> Iterator[Hit]:
        ground = document.once(_ground)
        if ground and document.lines:
            yield from find(document, ground)

    return checked


# ── how it is told ────────────────────────────────────────────────────────────────────────────


def _hit(document: Document, line: Line, now: str, wanted: str, count: int = 1) -> Hit:
    end = min(max(line.end, line.start + _LEAST), len(document.text))
    return _spot(line.start, end, now, wanted, count)


def _spot(start: int, end: int, now: str, wanted: str, count: int) -> Hit:
    return Hit(start, end, {"现在": now, "版式": wanted, "处数": str(count)})


def _first(
    document: Document, rows: Iterable[tuple[Line, Look]], now: Callable[[Look], str], wanted: str
) -> Iterator[Hit]:
    """One hit for all rows whose value is told and is not the wanted one, at the first with the most frequent value."""
    wrong = [(line, value) for line, look in rows if (value := now(look)) and value != wanted]
    if wrong:
        most = Counter(value for _, value in wrong).most_common(1)[0][0]
        line = next(line for line, value in wrong if value == most)
        yield _hit(document, line, most, wanted, len(wrong))


def face_of(font: str) -> str:
    """The face that a font is a cut of: 仿宋 for 方正仿宋_GBK; a font of none of the usual ones is its own."""
    name = font.partition(";")[0].strip()
    plain = name.lower().replace(" ", "")
    if "行楷" in plain or "雅黑" in plain:
        return name
    found = (face for face, parts in _FACES if plain == face or any(part in plain for part in parts))
    return next(found, name)


def _font(font: str, style: TextStyle) -> str:
    """How to call a font: as the layout does when it is a cut of the same face."""
    return style.font if font and face_of(font) == face_of(style.font) else font


def _look_font(look: Look, style: TextStyle) -> str:
    return _font(look.face.font, style)


def _size(points: float) -> str:
    name = _SIZES.get(points)
    return f"{name}（{points:g}磅）" if name else f"{points:g}磅" if points else ""


def _millimetres(twips: float) -> str:
    return f"{twips / _MM:.1f}".removesuffix(".0")


# ── paper and margins ─────────────────────────────────────────────────────────────────────────


def _paper(document: Document, ground: _Ground) -> Iterator[Hit]:
    page, layout = ground.page, ground.layout
    if not (page.width and page.height):
        return
    if max(abs(page.width - layout.width), abs(page.height - layout.height)) > _NEAR:
        now, wanted = _paper_name(page.width, page.height), _paper_name(layout.width, layout.height)
        yield _hit(document, document.lines[0], now, wanted)


def _paper_name(width: int, height: int) -> str:
    for name, (wide, high) in _PAPERS.items():
        if abs(width - wide * _MM) < _MM and abs(height - high * _MM) < _MM:
            return name
        if abs(height - wide * _MM) < _MM and abs(width - high * _MM) < _MM:
            return f"横放的 {name}"
    return f"{_millimetres(width)}×{_millimetres(height)} 毫米"


def _margins(document: Document, ground: _Ground) -> Iterator[Hit]:
    page, layout = ground.page, ground.layout
    sides = {"上": (page.top, layout.top), "下": (page.bottom, layout.bottom), "左": (page.left, layout.left),
             "右": (page.right, layout.right)}  # fmt: skip
    wrong = {side: pair for side, pair in sides.items() if page.width and abs(pair[0] - pair[1]) > _NEAR}
    if wrong:
        now, usual = ("、".join(f"{side} {_millimetres(wrong[side][n])}" for side in wrong) for n in (0, 1))
        yield _hit(document, document.lines[0], f"{now} 毫米", f"{usual} 毫米", len(wrong))


# ── title, headings, byline ───────────────────────────────────────────────────────────────────


def _rows(document: Document, ground: _Ground, *kinds: str) -> list[tuple[Line, Look]]:
    return [(line, ground.page.looks[line.block]) for line in document.lines if line.kind in kinds]


def _title_font(document: Document, ground: _Ground) -> Iterator[Hit]:
    style = ground.layout.title
    yield from _first(document, _rows(document, ground, "title"), partial(_look_font, style=style), style.font)


def _title_size(document: Document, ground: _Ground) -> Iterator[Hit]:
    rows = _rows(document, ground, "title")
    yield from _first(document, rows, lambda look: _size(look.face.size), _size(ground.layout.title.size / 2))


def _title_align(document: Document, ground: _Ground) -> Iterator[Hit]:
    if ground.layout.title.align == "center":
        rows = _rows(document, ground, "title")
        yield from _first(document, rows, lambda look: _ALIGNS.get(look.align, ""), _ALIGNS["center"])


def _byline_font(document: Document, ground: _Ground) -> Iterator[Hit]:
    style = ground.layout.byline
    rows = _rows(document, ground, "byline", "date")
    yield from _first(document, rows, partial(_look_font, style=style), style.font)


def _heading_font(document: Document, ground: _Ground) -> Iterator[Hit]:
    """One hit for each level of headings."""
    for level, style in enumerate(ground.layout.headings, start=1):
        rows = [row for row in _rows(document, ground, "heading") if row[0].level == level]
        for hit in _first(document, rows, partial(_look_font, style=style), style.font):
            yield hit._replace(values={**hit.values, "级": "一二三四"[level - 1]})


# ── body ──────────────────────────────────────────────────────────────────────────────────────


def _body_face(document: Document) -> Face | None:
    """The face that most of the body is set in; None when there is no body."""
    ground = document.once(_ground)
    amounts: Counter[tuple[str, float]] = Counter()
    for line, look in ground.body if ground else ():
        amounts[face_of(look.face.font), look.face.size] += len(line.text)
    if not ground or not amounts:
        return None
    most = amounts.most_common(1)[0][0]
    return next(look.face for _, look in ground.body if (face_of(look.face.font), look.face.size) == most)


def _body_font(document: Document, ground: _Ground) -> Iterator[Hit]:
    style, face = ground.layout.body, document.once(_body_face)
    if face and face.font and face_of(face.font) != face_of(style.font):
        rows = [row for row in ground.body if face_of(row[1].face.font) == face_of(face.font)]
        yield _hit(document, rows[0][0], face.font, style.font, len(rows))


def _body_size(document: Document, ground: _Ground) -> Iterator[Hit]:
    wanted, face = ground.layout.body.size / 2, document.once(_body_face)
    if face and face.size != wanted:
        rows = [row for row in ground.body if row[1].face.size == face.size]
        yield _hit(document, rows[0][0], _size(face.size), _size(wanted), len(rows))


def _mixed(document: Document, ground: _Ground) -> Iterator[Hit]:
    """Words of the body in another font or size than the rest, but for lead sentences, emphasis and odd characters."""
    body = document.once(_body_face)
    odd: list[tuple[int, int, Face]] = []
    for line, look in ground.body:
        for start, end, face in look.stretches:
            text = line.text[start:end].strip()
            same = face_of(face.font) == face_of(body.font) if body else True
            if body and not (same and face.size == body.size) and not _on_purpose(line, start, end, text, face, body):
                odd.append((line.start + start, line.start + end, face))
    if odd and body:
        start, end, face = odd[0]
        other_font = face_of(face.font) != face_of(body.font)
        other_size = face.size != body.size
        now, usual = (_face_words(f, other_font, other_size) for f in (face, body))
        yield _spot(start, end, now, usual, len(odd))


def _face_words(face: Face, font: bool, size: bool) -> str:
    """Its font, its size, or both."""
    return (face.font if font else "") + (_size(face.size) if size else "")


def _on_purpose(line: Line, start: int, end: int, text: str, face: Face, body: Face) -> bool:
    if not _has_words(text) or start < line.lead:
        return True
    if end - start >= len(line.text.strip()):  # the whole paragraph: a heading or a signature that is not known as one
        return len(text) < _SHORT and not text.endswith("。")
    begins = not line.text[:start].strip()
    leads = begins and text.endswith(_STOPS)
    emphasised = face.bold and not body.bold and face.size == body.size
    return (leads and face.size == body.size) or emphasised


def _has_words(text: str) -> bool:
    """Whether there are two Han characters at least: one alone may be rare, and lack in the font."""
    return sum("\u4e00" <= character <= "\u9fff" for character in text) > 1


def _line_pitch(document: Document, ground: _Ground) -> Iterator[Hit]:
    wanted, page = ground.layout.body.line, ground.page

    def fits(look: Look) -> bool:
        if look.line_rule in ("exact", "atLeast"):
            return abs(look.line - wanted) <= _LOOSE_LINE
        single = look.line in (0, 240)  # by the page's grid, which is what the layout's lines a page come to
        return single and bool(page.grid) and abs(_on_grid(look, page) - wanted) <= _LOOSE_LINE

    wrong = [(line, look) for line, look in ground.body if not fits(look)]
    if wrong:
        line, look = wrong[0]
        yield _hit(document, line, _line_words(look), f"固定值 {wanted / 20:g} 磅", len(wrong))


def _on_grid(look: Look, page: Page) -> int:
    """Height of a single line that snaps to the page's grid: type of that size takes so many of its lines."""
    return page.grid * max(1, math.ceil(look.face.size * 20 / page.grid))


def _line_words(look: Look) -> str:
    if look.line_rule in ("exact", "atLeast"):
        return f"{'固定值' if look.line_rule == 'exact' else '最小值'} {look.line / 20:g} 磅"
    return "单倍行距" if look.line in (0, 240) else f"{look.line / 240:g} 倍行距"


def _indents(document: Document, ground: _Ground) -> Iterator[Hit]:
    """First lines that do not begin the layout's characters in, spaces that were typed counted along."""
    wanted = ground.layout.body.indent / 100
    wrong: list[tuple[Line, float]] = []
    for line, look in ground.body:
        size = look.face.size * 20
        typed = line.text[: len(line.text) - len(line.text.lstrip())]
        spaces = sum(1.0 if character == "\u3000" else 0.5 for character in typed)
        if size and look.align in ("left", "both", "") and len(line.text) >= _SHORT:
            found = look.first_line / size + spaces
            if abs(found - wanted) > 0.35:
                wrong.append((line, found))
    if wrong:
        line, found = wrong[0]
        ahead = f"空 {found:.1f}".removesuffix(".0") + " 个字"
        words = "没有缩进" if abs(found) < 0.2 else ahead if found > 0 else "悬挂缩进"
        yield _hit(document, line, words, f"空 {wanted:g} 个字", len(wrong))


def _quotes(document: Document, ground: _Ground) -> Iterator[Hit]:
    """Quotation marks in a Western font, which are narrow and stand askew in Chinese."""
    found = [
        (line.start + at, face)
        for line, look in ground.body
        for start, end, face in look.stretches
        if face.quotes and face_of(face.quotes) not in _HAN_FACES and face.quotes != face.font and face.font
        for at in range(start, min(end, len(line.text)))
        if line.text[at] in _QUOTES
    ]
    if found:
        at, face = found[0]
        yield _spot(at, at + 1, face.quotes, face.font, len(found))


def _digits(document: Document, ground: _Ground) -> Iterator[Hit]:
    """Digits of the body that are some in one font and some in another, among words of one font."""
    body = document.once(_body_face)
    fonts: dict[str, list[tuple[int, int]]] = {}
    for line, look in ground.body:
        for start, end, face in look.stretches:
            other = body is not None and face_of(face.font) != face_of(body.font) and _has_words(line.text[start:end])
            match = _DIGITS.search(line.text, max(start, line.lead), end)
            if match and face.latin and not other:
                fonts.setdefault(face_of(face.latin), []).append((line.start + match.start(), line.start + match.end()))
    if len(fonts) > 1:
        order = sorted(fonts, key=lambda font: (-len(fonts[font]), fonts[font][0]))
        rest = [spot for font in order[1:] for spot in fonts[font]]
        start, end = fonts[order[1]][0]
        yield _spot(start, end, order[1], order[0], len(rest))


# ── page number ───────────────────────────────────────────────────────────────────────────────


def _no_number(document: Document, ground: _Ground) -> Iterator[Hit]:
    page, wanted = ground.page, ground.layout.page_number
    if page.number is None or page.odd_only:
        now = "双页没有页码" if page.number else "没有页码"
        yield _hit(document, document.lines[0], now, f"{wanted.before}1{wanted.after}")


def _number_font(document: Document, ground: _Ground) -> Iterator[Hit]:
    number, wanted = ground.page.number, ground.layout.page_number
    if number is None:
        return
    font, size = number.face.latin or number.face.font, number.face.size
    other_font, other_size = bool(font) and face_of(font) != face_of(wanted.font), size != wanted.size / 2
    if other_font or other_size:
        now = _face_words(Face(font, size=size), other_font, other_size)
        usual = _face_words(Face(wanted.font, size=wanted.size / 2), other_font, other_size)
        yield _hit(document, document.lines[0], now, usual)


def _number_form(document: Document, ground: _Ground) -> Iterator[Hit]:
    page, wanted = ground.page, ground.layout.page_number
    form = f"{wanted.before}1{wanted.after}"
    if page.number and "".join(page.number_text.split()) != "".join(form.split()):
        yield _hit(document, document.lines[0], page.number_text, form)


def _number_place(document: Document, ground: _Ground) -> Iterator[Hit]:
    page, place = ground.page, ground.layout.page_number.place
    if page.number is None or page.odd_only:
        return
    now = "outer" if page.mirrored else page.number.align
    if now != place:
        yield _hit(document, document.lines[0], _PLACES.get(now) or _ALIGNS.get(now, "别处"), _PLACES[place])


_VALUES = ("现在", "版式", "处数")
CHECKS = {
    "纸张": Check(_on(_paper), _VALUES),
    "页边距": Check(_on(_margins), _VALUES),
    "标题字体": Check(_on(_title_font), _VALUES),
    "标题字号": Check(_on(_title_size), _VALUES),
    "标题对齐": Check(_on(_title_align), _VALUES),
    "署名字体": Check(_on(_byline_font), _VALUES),
    "小标题字体": Check(_on(_heading_font), (*_VALUES, "级")),
    "正文字体": Check(_on(_body_font), _VALUES),
    "正文字号": Check(_on(_body_size), _VALUES),
    "字体混用": Check(_on(_mixed), _VALUES),
    "行距": Check(_on(_line_pitch), _VALUES),
    "首行缩进": Check(_on(_indents), _VALUES),
    "引号字体": Check(_on(_quotes), _VALUES),
    "数字字体": Check(_on(_digits), _VALUES),
    "页码有无": Check(_on(_no_number), _VALUES),
    "页码字体": Check(_on(_number_font), _VALUES),
    "页码样式": Check(_on(_number_form), _VALUES),
    "页码位置": Check(_on(_number_place), _VALUES),
}
