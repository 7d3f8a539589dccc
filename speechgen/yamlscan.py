"""The spelling slips of people who seldom type YAML (``名称：甲``, ``-甲``, a Tab …), each with the corrected line.

One pass over the lines, before any parser sees them. It follows the indentation to know which keys stand where,
because inside a value a full-width colon is good Chinese. The parser then reads the text as corrected here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple, TypeAlias

from speechgen import patterns
from speechgen.errors import Slip
from speechgen.model import Location

Keys: TypeAlias = dict[str, "Keys"]
"""The known keys of a place → the keys below each. A list is transparent: the keys of its items.
``"*"`` means that any key may stand here."""

SCAN_DEPTH = 60
"""Brackets and blocks nested deeper than this are not followed; whoever builds the data must refuse them."""


class Scanned(NamedTuple):
    """What a scan found. ``text`` is the text as corrected, line for line. ``explained`` are lines (from 0) whose
    trouble has been named. ``complete`` is False if a slip could not be corrected: then ``text`` is no good file."""

    text: str
    slips: list[Slip]
    explained: set[int]
    complete: bool


def scan(text: str, file: str, keys: Keys) -> Scanned:
    """Look for spelling slips in the YAML ``text``; ``file`` is named in their locations, ``keys`` are the keys
    known in this kind of file. Raises nothing: the slips are in what comes out."""
    return _Scan(text, keys).run(file)


# ── lines ─────────────────────────────────────────────────────────────────────────────────────

BREAK = patterns.compiled(r"\r\n|\r|\n")


class Lines:
    """Where the lines of a text begin and end (offsets; the line break is not part of a line)."""

    def __init__(self, text: str) -> None:
        breaks = list(BREAK.finditer(text))
        self.starts = [0, *(found.end() for found in breaks)]
        self.ends = [*(found.start() for found in breaks), len(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The index (from 0) of the line that ``offset`` is in."""
        return bisect_right(self.starts, offset) - 1

    def location(self, file: str, offset: int) -> Location:
        line = bisect_right(self.starts, offset)
        return Location(file, line, offset - self.starts[line - 1] + 1)


# ── vocabulary ────────────────────────────────────────────────────────────────────────────────

_ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BLANKS = f" \\t{_ODD_BLANKS}"

# what every file needs
_SPACES = patterns.compiled(r" *")
_SPACES_AND_TABS = patterns.compiled(r"[ \t]*")
_INDENT = patterns.compiled(f"[{_BLANKS}{_INVISIBLE}]*")
_COLON = patterns.compiled(f"[:：﹕∶︰][{_BLANKS}]*")
_PROPER_COLON = patterns.compiled(r":(?=[ \t]|$)")
_HYPHEN = patterns.compiled(r"-(?: +|$)")
_HASH = patterns.compiled(r"[ \t]+#+([^ \t#])?")  # a comment; a text if a character is glued to it
_PLAIN_VALUE = patterns.compiled(r"[\w《“（「][^:#｛｝\t]*")  # an unquoted text that nothing can be wrong with
_WORD = r"[\w《“（「][^,，:：﹕∶︰#\"'\[\]{}［］｛｝\t]*"
_ITEM = rf"(?:{_WORD}|\"[^\"\\｛｝]*\"|'[^'｛｝]*')"
_LIST = rf"\[{_ITEM}(?:, *{_ITEM})*\]"
_PAIR = rf"{_WORD}: +(?:{_ITEM}|{_LIST})"
_PLAIN_FLOW = patterns.compiled(rf"(?:{_LIST}|\{{{_PAIR}(?:, *{_PAIR})*\}}) *")  # the same of brackets on one line
_FLOW_STOP = patterns.compiled(r"[,，\[\]{}［］｛｝]|[ \t]+#+|:(?=[ \t,\[\]{}]|$)")

# what only a slip needs: left as strings, since compiling takes longer than reading a good file
ILLEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
_INVISIBLE_CHARACTER = f"[{_INVISIBLE}]"
_FIRST_INDENT = r"(?:^|[\r\n])( {1,8})[^ \t\r\n#]"
_DOCUMENT_MARK = r"(?:---|\.\.\.)(?:[ \t]|$)"
_MISSING_COLON = f"[{_BLANKS};；=＝]+|$"
_DASHES = "-－﹣—–‐‑−•"
_LOOSE_HYPHEN = f"([{_DASHES}])([{_BLANKS}]*)"
_BLOCK_TEXT = r"[|>][-+0-9]{0,2}[ \t]*(?:[ \t]#.*)?"
_WIDE_BRACES = r"｛[｛{%％]|\{[｛％]|[｝}%％]｝|｝\}"
_WIDE_FLOW = r"［[^［］\[\]]*[］\]]|｛[^｛｝{}]*[｝}]"
_CLOSING_QUOTE = {'"': r"\\.|\"", "'": r"''|'"}
_GOOD_ESCAPE = r"\\(?:[\\0abtnvfre \"/N_LP\t]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
_NOT_IN_A_KEY = f"[{_BLANKS}，。；！？,;!?{{}}\\[\\]｜|]"

_TEMPLATE = ("{{", "{%")
_LEADING = "*&!%@`|>,]}"
_CLOSER = {"[": "]", "{": "}"}
_TO_ASCII = {"［": "[", "］": "]", "｛": "{", "｝": "}"}
_TO_ASCII_BRACES = str.maketrans("｛｝％", "{}%")
_BRACKET_REACH = 200  # how far a bracket inside an item is followed: far enough, and the scan stays linear

_HASH_CUTS = "“#”会被当成批注的开头，从它往后的字都会丢掉。"
_WIDE_BRACES_USED = "花括号要用半角“{{ }}”，这里用了全角“｛｛ ｝｝”。"
_TEXT_HAS_COLON = "这一条是一句话，里面的半角冒号会被当成“栏目: 内容”。"
_QUOTE_WHOLE = "请把整段话写在一行，放进一对引号里；或者把里面的引号改成中文引号“ ”。"


def _visible(name: str) -> str:
    """``name`` without the characters that cannot be seen."""
    return name if name.isprintable() else patterns.compiled(_INVISIBLE_CHARACTER).sub("", name)


def _is_remark(typed: str) -> bool:
    """Whether a text that begins with ``#`` is a comment: nothing is glued to the sign."""
    return typed.lstrip("#")[:1] in ("", " ", "\t")


def _has_wide_braces(typed: str) -> bool:
    return ("｛" in typed or "｝" in typed) and bool(patterns.compiled(_WIDE_BRACES).search(typed))


def _quote(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _chinese_quotes(value: str, quote: str) -> str:
    """``"两节"期间`` → ``“两节”期间``: the quotes take turns, opening and closing."""
    marks = "“”" if quote == '"' else "‘’"
    first, *rest = value.split(quote)
    return first + "".join(marks[number % 2] + piece for number, piece in enumerate(rest))


def _shorten(line: str) -> str:
    return line if len(line) <= 400 else line[:400] + "……（下略）"


def _below(keys: Keys, name: str) -> Keys:
    """The keys under ``name``; a mistyped name passes for the one it resembles, so the scan goes on."""
    alike = name if name in keys else "*" if "*" in keys else _nearest(keys, name)
    return keys[alike] if alike else {}


def _nearest(keys: Keys, name: str) -> str | None:
    return _nearest_of(tuple(keys), name[:40]) if keys else None


def _may_stand(keys: Keys, name: str) -> bool:
    """Whether ``name`` can have been meant as one of ``keys``."""
    return name in keys or "*" in keys or _nearest(keys, name) is not None


@lru_cache(1000)
def _nearest_of(names: tuple[str, ...], name: str) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, 1, 0.5)), None)


def _could_be_key(name: str, after: str) -> bool:
    """Whether ``name`` with a misspelt colon can have been meant as a key (12:30 and http:// cannot)."""
    if not name or len(name) > 30 or name[-1].isdecimal() or after.startswith("//"):
        return False
    return not patterns.compiled(_NOT_IN_A_KEY).search(name)


# ── notes: what was found ─────────────────────────────────────────────────────────────────────

_Edit: TypeAlias = tuple[int, int, str]
"""Put the text in place of what stands from the first offset to the second."""


class _Found(NamedTuple):
    """A slip. Its remedy is ``remedy``, or else line ``shown`` (from 0) with all its edits, and ``note``."""

    code: str
    offset: int
    message: str
    note: str
    shown: int
    remedy: str


class _Notes:
    """Slips by code and line, edits by line, and the lines whose trouble has been named."""

    __slots__ = ("edits", "explained", "found")

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], _Found] = {}
        self.edits: dict[int, list[_Edit]] = {}
        self.explained: set[int] = set()

    def add(self, other: _Notes) -> None:
        self.found = other.found | self.found
        for line, edits in other.edits.items():
            self.edits.setdefault(line, []).extend(edits)
        self.explained |= other.explained


# ── the scan ──────────────────────────────────────────────────────────────────────────────────


class _Frame(NamedTuple):
    """An open block whose lines begin in column ``indent`` (from 0): a ``map`` or a ``list``. Or a ``key`` or the
    hyphen of an ``item`` in that column with nothing behind it: then deeper lines are its value."""

    indent: int
    kind: Literal["map", "list", "key", "item"]
    keys: Keys


class _Key(NamedTuple):
    """A key at the beginning of a line; its value begins at ``after``."""

    name: str
    after: int
    quoted: bool


_KEY_AHEAD = patterns.compiled(r"[ \t\u3000]*([^\s,，:：{}\[\]]+)[ \t]*[:：]")


class _FlowItem:
    """What was read of one item inside brackets."""

    __slots__ = ("has_text", "key")

    def __init__(self, has_text: bool = False) -> None:
        self.key: str | None = None
        self.has_text = has_text


class _Scan:
    """One pass over the lines, taking notes. Methods that take an ``index`` and return an int are given a line and
    return the line to scan next."""

    def __init__(self, text: str, keys: Keys) -> None:
        self.text = text
        self.lines = Lines(text)
        self.keys = keys
        self.notes = _Notes()
        self.frames: list[_Frame] = []
        self.waiting: _Frame | None = _Frame(-1, "key", keys)
        self.open_text: int | None = None  # deeper lines than this go on with an unquoted text

    def run(self, file: str) -> Scanned:
        illegal = self._blank_out_illegal()
        index = 0
        while index < len(self.lines):
            index = self._line(index)
        for offset in illegal:
            self._slip("yaml-control", offset, "这一行夹着看不见的控制字符（多半是从别处复制来的）。")
            self._edit(offset, offset + 1, "")
        found = self.notes.found.values()
        slips = [
            Slip(each.code, each.message, self.lines.location(file, each.offset), each.remedy or self._remedy(each))
            for each in found
        ]
        return Scanned(self._corrected(), slips, self.notes.explained, not any(each.remedy for each in found))

    def _blank_out_illegal(self) -> list[int]:
        """Scan as if blanks stood where a character is that no YAML file may hold; the offsets of these."""
        if self.text.replace("\n", "").replace("\r", "").isprintable():
            return []
        offsets = [found.start() for found in patterns.compiled(ILLEGAL).finditer(self.text)]
        at_line_start = f"(?<![^\r\n]){ILLEGAL}"  # where a blank would be an indent
        self.text = patterns.compiled(ILLEGAL).sub(" ", patterns.compiled(at_line_start).sub("\u200b", self.text))
        return offsets

    # results

    def _corrected_line(self, index: int) -> str:
        done, end = self.lines.starts[index], self.lines.ends[index]
        pieces = []
        # insertions first, then the longest: what overlaps an edit before it is dropped
        edits = sorted(self.notes.edits.get(index, ()), key=lambda edit: (edit[0], edit[1] > edit[0], -edit[1]))
        for start, stop, new in edits:
            if start >= done:
                pieces += [self.text[done:start], new]
                done = stop
        return "".join([*pieces, self.text[done:end]])

    def _corrected(self) -> str:
        pieces, done = [], 0
        for index in sorted(self.notes.edits):
            pieces += [self.text[done : self.lines.starts[index]], self._corrected_line(index)]
            done = self.lines.ends[index]
        return "".join([*pieces, self.text[done:]])

    def _remedy(self, found: _Found) -> str:
        corrected = self._corrected_line(found.shown)
        if found.code in ("yaml-indent", "yaml-align"):
            spaces = len(corrected) - len(corrected.lstrip(" "))
            return f"请改为（行首 {spaces} 个半角空格）：{_shorten(corrected)}{found.note}"
        where = "" if found.shown == self.lines.at(found.offset) else f"把第 {found.shown + 1} 行"
        note = f"（{found.note}）" if found.note else ""
        return f"请{where}改为：{_shorten(corrected.strip(' '))}{note}"

    # taking notes

    def _slip(
        self, code: str, offset: int, message: str, note: str = "", *, shown: int | None = None, remedy: str = ""
    ) -> None:
        """Note a slip. It is mended by edits of its line (or of line ``shown``), else ``remedy`` says what to do."""
        line = self.lines.at(offset)
        self.notes.explained |= {line, line + 1}
        found = _Found(code, offset, message, note, line if shown is None else shown, remedy)
        self.notes.found.setdefault((code, line), found)

    def _edit(self, start: int, end: int, new: str) -> None:
        self.notes.edits.setdefault(self.lines.at(start), []).append((start, end, new))

    # looking

    def _skip(self, offset: int, end: int, blanks: re.Pattern[str] = _SPACES_AND_TABS) -> int:
        """Where the ``blanks`` that stand at ``offset`` end."""
        match = blanks.match(self.text, min(offset, end), end)
        assert match
        return match.end()

    def _body(self, index: int) -> int:
        """Where the first character of a line stands that is neither blank nor Tab."""
        return self._skip(self.lines.starts[index], self.lines.ends[index])

    def _next_body(self, index: int, comments: bool) -> tuple[int, int] | None:
        """The next line after ``index`` that is not empty (nor a comment): its index and its body."""
        for later in range(index + 1, len(self.lines)):
            body = self._body(later)
            if body < self.lines.ends[later] and not (comments and self.text[body] == "#"):
                return later, body
        return None

    def _is_nested(self, index: int, indent: int, is_item: bool) -> bool:
        """Whether the lines after ``index`` belong under a key or hyphen in column ``indent``."""
        following = self._next_body(index, comments=True)
        if following is None:
            return False
        later, body = following
        depth = body - self.lines.starts[later]
        may_be_list = depth == indent and not is_item
        return depth > indent or (may_be_list and bool(_HYPHEN.match(self.text, body, self.lines.ends[later])))

    def _name(self, body: int, end: int) -> str:
        colon = _COLON.search(self.text, body, end)
        return self.text[body : colon.start()].strip() if colon else ""

    def _frame_of(self, name: str, frames: list[_Frame]) -> _Frame | None:
        """The innermost of ``frames`` that knows the key ``name``."""
        return next((frame for frame in reversed(frames) if frame.kind == "map" and name in frame.keys), None)

    # one line

    def _line(self, index: int) -> int:
        text, start, end = self.text, self.lines.starts[index], self.lines.ends[index]
        body = self._skip(start, end, _SPACES)
        column = body - start
        if body < end and not text[body].isalnum() and text[body] not in "-#":
            body = self._skip(body, end, _INDENT)
        is_odd = body != start + column
        if body == end:
            if is_odd:  # an empty line with a Tab in it does no harm
                self._edit(start, end, "")
            return index + 1
        if self.open_text is not None and column > self.open_text:
            return self._continuation(index, start + column)
        if text[body] == "#":
            if is_odd:
                self._edit(start, body, " " * column)
            return index + 1
        if is_odd:
            column = self._mend_indent(start, body, end)
        if column == 0 and text[body] in "-." and patterns.compiled(_DOCUMENT_MARK).match(text[body:end]):
            self.frames.clear()
            self.waiting, self.open_text = _Frame(-1, "key", self.keys), None
            return index + 1
        if self.open_text is not None and column > self.open_text:
            return self._continuation(index, body)
        self.open_text = None
        return self._block_line(index, body, column)

    @cached_property
    def _step(self) -> int:
        """How many spaces this file indents by."""
        first = patterns.compiled(_FIRST_INDENT).search(self.text)
        return len(first[1]) if first else 2

    def _mend_indent(self, start: int, body: int, end: int) -> int:
        """Name an indent of other characters than spaces; the column that must have been meant."""
        indent = _visible(self.text[start:body].replace("\t", " " * self._step).replace("\u3000", "  "))
        width = len(indent)
        levels = [frame.indent for frame in self.frames]
        if self.waiting and width > self.waiting.indent:
            width = 0 if self.waiting.indent < 0 else self.waiting.indent + self._step
        elif levels and width not in levels:
            name = self._name(body, end)
            known = self._frame_of(name, self.frames)
            begins_something = bool(name) or self.text[body] in _DASHES
            if known:
                width = known.indent
            elif begins_something or self.open_text is None or width <= self.open_text:
                width = min(reversed(levels), key=lambda level: abs(level - width))
        names = {"\t": "Tab（制表符）", "\u3000": "全角空格", "\u00a0": "不间断空格"}
        kinds = dict.fromkeys(
            names.get(char, "特殊空格" if _visible(char) else "看不见的字符")
            for char in self.text[start:body]
            if char != " "
        )
        self._slip("yaml-indent", start, f"行首用了{'、'.join(kinds)}，程序只认半角空格。")
        self._edit(start, body, " " * width)
        return width

    def _continuation(self, index: int, body: int) -> int:
        """A deeper line after an unquoted text goes on with it, unless it was indented by mistake."""
        end = self.lines.ends[index]
        frame = self.frames[-1] if self.frames else None
        if frame and _HYPHEN.match(self.text, body, end):
            if frame.kind == "list":
                return self._align(index, body, frame)
            message = "上一行的冒号后面已经有内容，下面就不能再一条一条地列。"
            remedy = "请把上一行冒号后面的内容也另起一行写成“- ”开头的一条；如果是同一句话，请接到上一行。"
            self._slip("yaml-list-mixed", body, message, remedy=remedy)
            return index + 1
        colon = _PROPER_COLON.search(self.text, body, end)
        if frame and colon and self.text[body : colon.start()].rstrip() in frame.keys:
            return self._align(index, body, frame)
        for found in _HASH.finditer(self.text, body, self._comment_start(body, end)):
            signs = found[0].count("#")
            stop = found.start(1)
            self._slip("yaml-hash", stop - 1, _HASH_CUTS)
            self._edit(stop - signs, stop, "＃" * signs)
        return index + 1

    def _align(self, index: int, body: int, frame: _Frame) -> int:
        """Name a line whose indent fits nowhere, and read it as a line of ``frame``."""
        start = self.lines.starts[index]
        what = "这一条" if frame.kind == "list" else f"“{self._name(body, self.lines.ends[index])}”"
        self._slip("yaml-align", start, f"{what}没有和上面同一级的内容对齐。")
        self._edit(start, body, " " * frame.indent)
        self.waiting = self.open_text = None
        return self._block_line(index, body, frame.indent)

    def _block_line(self, index: int, body: int, column: int) -> int:
        end = self.lines.ends[index]
        is_item = self._is_item(body, end, True)
        closed = []
        while self.frames and self.frames[-1].indent > column:
            closed.append(self.frames.pop())
        waiting, self.waiting = self.waiting, None
        if waiting and (column > waiting.indent or (waiting.kind == "key" and column == waiting.indent and is_item)):
            return self._child(index, body, column, waiting)
        if not is_item and [frame[:2] for frame in self.frames[-2:]] == [(column, "map"), (column, "list")]:
            self.frames.pop()  # a list in the column of its key ends here
        top = self.frames[-1] if self.frames else None
        if top is None or top.indent != column:
            return self._stray(index, body, closed)
        if top.kind == "list":
            return self._list_line(index, body, column, top)
        key = self._key(body, end, top.keys, any_key=True)
        if key is None:
            self._missing_colon(body, end, top.keys)
            return index + 1
        return self._entry(index, key, column, top.keys)

    def _stray(self, index: int, body: int, closed: list[_Frame]) -> int:
        """A line in a column where no block stands: find the block it belongs to, else leave it alone."""
        end = self.lines.ends[index]
        frames = self.frames + closed[::-1]
        if self._is_item(body, end, False):
            fits = next((frame for frame in reversed(frames) if frame.kind == "list"), None)
        else:
            fits = self._frame_of(self._name(body, end), frames)
        if fits is None:
            return index + 1
        self.frames = frames[: frames.index(fits) + 1]
        return self._align(index, body, fits)

    def _child(self, index: int, body: int, column: int, parent: _Frame) -> int:
        """The first line under a key or hyphen that had nothing behind it."""
        end, keys = self.lines.ends[index], parent.keys
        if self._is_item(body, end, False):
            self.frames.append(_Frame(column, "list", keys))
            return self._item(index, body, column, keys)
        is_root = parent.indent < 0
        key = self._key(body, end, keys, any_key=is_root or "*" in keys)
        if key:
            self.frames.append(_Frame(column, "map", keys))
            return self._entry(index, key, column, keys)
        if (parent.kind == "key" and self._missing_colon(body, end, keys)) or is_root:
            self.frames.append(_Frame(column, "map", keys))
            return index + 1
        return self._value(index, body, parent.indent, keys, is_item=True)

    # list items

    def _is_item(self, body: int, end: int, among_items: bool) -> bool:
        """Whether a list item begins here, well or badly typed."""
        if _HYPHEN.match(self.text, body, end):
            return True
        loose = self._loose_hyphen(body, end)
        if not loose:
            return False
        following = self.text[loose.end() : end][:1]
        if loose[2] or not following:
            return True
        if following == loose[1]:  # ——
            return False
        return among_items or loose[1] == "－" or (loose[1] == "-" and not following.isdecimal())

    def _loose_hyphen(self, body: int, end: int) -> re.Match[str] | None:
        if self.text[body] not in _DASHES:
            return None
        return patterns.compiled(_LOOSE_HYPHEN).match(self.text, body, end)

    def _list_line(self, index: int, body: int, column: int, frame: _Frame) -> int:
        end = self.lines.ends[index]
        if self._is_item(body, end, True):
            return self._item(index, body, column, frame.keys)
        known = self._frame_of(self._name(body, end), self.frames)
        if known:
            self.frames = self.frames[: self.frames.index(known) + 1]
            return self._align(index, body, known)
        self._slip("yaml-hyphen", body, "这一行和上面各条对齐，开头却没有“- ”。")
        self._edit(body, body, "- ")
        return self._item_content(index, body, column, column + 2, frame.keys)

    def _item(self, index: int, body: int, column: int, keys: Keys) -> int:
        """A list item whose hyphen stands at ``body``, in ``column``."""
        end = self.lines.ends[index]
        good = _HYPHEN.match(self.text, body, end)
        if good:
            return self._item_content(index, good.end(), column, column + good.end() - body, keys)
        loose = self._loose_hyphen(body, end)
        assert loose
        if loose[1] != "-":
            message = f"各条开头要用半角“-”加一个空格，这里用了“{loose[1]}”。"
        elif loose[2]:
            message = "“-”后面要用一个半角空格，这里用了全角空格或 Tab（制表符）。"
        else:
            message = "“-”后面少了一个空格。"
        self._slip("yaml-hyphen", body, message)
        self._edit(body, loose.end(), "- ")
        return self._item_content(index, loose.end(), column, column + 2, keys)

    def _item_content(self, index: int, body: int, column: int, content: int, keys: Keys) -> int:
        """What stands behind a hyphen in ``column``; the first character is in column ``content``."""
        end = self.lines.ends[index]
        while (nested := _HYPHEN.match(self.text, body, end)) and nested.end() < end:
            if len(self.frames) > SCAN_DEPTH:
                return len(self.lines)
            self.frames.append(_Frame(content, "list", keys))
            column, content, body = content, content + nested.end() - body, nested.end()
        key = self._key(body, end, keys, any_key=False)
        # ``- 注意: 用火`` may have been meant as a key with a value or as a line of text
        if key and (key.quoted or _may_stand(keys, key.name) or self._is_nested(index, column, True)):
            self.frames.append(_Frame(content, "map", keys))
            return self._entry(index, key, content, keys)
        return self._value(index, body, column, keys, is_item=True)

    # keys

    def _key(self, body: int, end: int, keys: Keys, any_key: bool) -> _Key | None:
        """The key that a line begins with; None if it begins with a text.

        A misspelt colon is named behind a known key; behind any key if the line must have one (``any_key``).
        """
        text, first = self.text, self.text[body:end][:1]
        quoted = first in ("'", '"')
        if quoted:
            close = self._find_quote(first, body + 1, end)
            colon = None if close is None else _COLON.match(text, self._skip(close + 1, end), end)
            if close is None or colon is None:
                return None
            name, name_end, limit = text[body + 1 : close], close + 1, end
        else:
            comment = _HASH.search(text, body, end)
            limit = comment.start() if comment else end
            colon = _COLON.search(text, body, limit)
            if colon is None or first in ("[", "{"):
                return None
            name = text[body : colon.start()].rstrip(" \t\u3000\u00a0")
            name_end = body + len(name)
        if _PROPER_COLON.match(text, colon.start(), end):
            return self._named(name, body, name_end, self._skip(colon.start() + 1, end), quoted)
        name = _visible(name)
        if name not in keys:
            later = None if quoted else _PROPER_COLON.search(text, body, limit)
            if later:
                name = text[body : later.start()].rstrip(" \t")
                return self._named(name, body, body + len(name), self._skip(later.end(), end), False)
            if not (any_key and _could_be_key(name, text[colon.end() : colon.end() + 2])):
                return None
        self._mend_colon(name, name_end, colon, end)
        return self._named(name, body, name_end, colon.end(), quoted)

    def _named(self, name: str, start: int, end: int, after: int, quoted: bool) -> _Key:
        if quoted or _visible(name) == name:
            return _Key(name, after, quoted)
        self._slip("yaml-invisible", start, "这一行开头的栏目名里夹着看不见的字符。")
        for found in patterns.compiled(_INVISIBLE_CHARACTER).finditer(self.text, start, end):
            self._edit(found.start(), found.end(), "")
        return _Key(_visible(name), after, quoted)

    def _mend_colon(self, name: str, name_end: int, colon: re.Match[str], end: int) -> None:
        """Name a colon, and what blanks follow it, that are not ``:`` and a space."""
        sign = colon[0][0]
        if sign == ":":
            self._slip("yaml-colon-space", colon.start(), f"“{name}”的冒号后面要有一个半角空格。")
        else:
            message = f"“{name}”后面用了全角冒号“{sign}”，要用半角冒号加一个空格。"
            self._slip("yaml-colon-wide", colon.start(), message)
        self._edit(name_end, colon.end(), ": " if colon.end() < end else ":")

    def _missing_colon(self, body: int, end: int, keys: Keys) -> bool:
        """Name a known key with a blank or the like behind it where the colon should be; whether there is."""
        for name in sorted(keys, key=len, reverse=True):
            if self.text.startswith(name, body, end):
                gap = patterns.compiled(_MISSING_COLON).match(self.text, body + len(name), end)
                if gap:
                    self._slip("yaml-colon-missing", body, f"“{name}”后面少了半角冒号。")
                    self._edit(body + len(name), gap.end(), ": " if gap.end() < end else ":")
                    return True
        return False

    def _entry(self, index: int, key: _Key, column: int, keys: Keys) -> int:
        return self._value(index, key.after, column, _below(keys, key.name), is_item=False)

    # values

    def _value(self, index: int, start: int, indent: int, keys: Keys, *, is_item: bool) -> int:
        """The value that begins at ``start``; lines deeper than ``indent`` belong to it."""
        text, end = self.text, self.lines.ends[index]
        if len(self.frames) > SCAN_DEPTH:
            return len(self.lines)
        start = self._skip(start, end)
        if _PLAIN_VALUE.fullmatch(text, start, end):
            self.open_text = indent
            return index + 1
        if _PLAIN_FLOW.fullmatch(text, start, end):
            return index + 1
        if start == end or self._is_comment(index, start, indent, is_item):
            self.waiting = _Frame(indent, "item" if is_item else "key", keys)
            return index + 1
        first = text[start]
        if first in "|>" and patterns.compiled(_BLOCK_TEXT).fullmatch(text[start:end]):
            return self._block_text(index, start, indent)
        if first in "｜＞" and start + 1 == self._content_end(start, end) and self._is_nested(index, indent, is_item):
            self._slip("yaml-leading", start, f"表示“下面几行都是正文”的符号要用半角，这里用了“{first}”。")
            self._edit(start, end, "|" if first == "｜" else ">")
            return self._block_text(index, start, indent)
        if first in "\"'":
            return self._quoted(index, start, indent)
        stop = self._comment_start(start, end)
        is_template = text.startswith(_TEMPLATE, start) or _has_wide_braces(text[start : start + 2])
        if not is_template and (
            first in "[{" or (first in "［｛" and patterns.compiled(_WIDE_FLOW).fullmatch(text[start:stop]))
        ):
            return self._flow(index, start, indent, keys)
        colon = _PROPER_COLON.search(text, start, stop)
        is_key = colon is not None and text[start : colon.start()].rstrip() in keys
        if not is_item and (is_key or _HYPHEN.match(text, start, end)):
            return self._on_its_own_line(index, start, indent, keys)
        typed = text[start:stop]
        self._replace(start, typed, self._mend_plain(typed, start, is_item, keys))
        self.open_text = indent
        return index + 1

    def _is_comment(self, index: int, start: int, indent: int, is_item: bool) -> bool:
        """Whether everything behind a key or hyphen is a comment (``#1楼`` is not, if nothing follows)."""
        if self.text[start] != "#":
            return False
        return _is_remark(self.text[start : self.lines.ends[index]]) or self._is_nested(index, indent, is_item)

    def _comment_start(self, start: int, end: int) -> int:
        """Where an unquoted value ends: before a comment, that is ``#`` with a blank on both sides."""
        comments = (found.start() for found in _HASH.finditer(self.text, start, end) if not found[1])
        return next(comments, self._content_end(start, end))

    def _content_end(self, start: int, end: int) -> int:
        return start + len(self.text[start:end].rstrip(" \t"))

    def _replace(self, start: int, typed: str, mended: str) -> None:
        if mended != typed:
            self._edit(start, start + len(typed), mended)

    def _mend_plain(self, typed: str, start: int, is_item: bool, keys: Keys) -> str:
        """The unquoted ``typed`` as it can stand in the file; what is wrong with it is named at ``start``."""
        mended = typed
        must_quote = False
        if _has_wide_braces(typed):
            mended = typed.translate(_TO_ASCII_BRACES)
            self._slip("yaml-braces", start, _WIDE_BRACES_USED)
        if mended.startswith(_TEMPLATE):
            must_quote = True
            if typed.startswith(_TEMPLATE):
                self._slip("yaml-template", start, f"以“{typed[:2]}”开头的句子，整句要放进引号里。")
        elif mended[0] in _LEADING or (mended[0] in "?-" and mended[1:2] in ("", " ", "\t")):
            must_quote = True
            self._slip("yaml-leading", start, f"这句话以“{mended[0]}”开头，程序会误会，整句要放进引号里。")
        if mended[0] == "#" or any(found[1] for found in _HASH.finditer(mended)):
            must_quote = True
            note = "如果“#”后面本来就是批注，请在“#”后面加一个空格"
            self._slip("yaml-hash", start + mended.index("#"), _HASH_CUTS, note)
        if _PROPER_COLON.search(mended):
            if is_item:
                known = "、".join(name for name in keys if name != "*")
                note = f"如果本来要写栏目，这里可用的是：{known}" if known else ""
                self._slip("yaml-text-colon", start, _TEXT_HAS_COLON, note)
            else:
                self._slip("yaml-second-colon", start, "一行里有两个半角冒号，程序分不清哪一个在前。")
            if not must_quote:
                mended = patterns.compiled(r"(?<=[^\x00-\x7f]):(?:[ \t]+|$)").sub("：", mended)
                must_quote = bool(_PROPER_COLON.search(mended))
        return _quote(mended) if must_quote else mended

    def _on_its_own_line(self, index: int, start: int, indent: int, keys: Keys) -> int:
        """``风险: - 甲`` and ``会议: 名称: 甲``: what stands behind the key must begin on the next line."""
        end = self.lines.ends[index]
        key, value = self.text[self._body(index) : start].rstrip(), self.text[start:end].rstrip()
        what = "各条" if value.startswith("-") else "下一级的栏目"
        remedy = f"请改成两行：第一行“{key}”，第二行“{' ' * (indent + 2)}{value}”。"
        self._slip("yaml-own-line", start, f"{what}要另起一行写，不能跟在冒号后面。", remedy=remedy)
        self._edit(start, end, "")
        self.waiting = _Frame(indent, "key", keys)
        return index + 1

    def _block_text(self, index: int, header: int, indent: int) -> int:
        """Pass over the lines of a ``|`` or ``>`` text; only their indent can be wrong."""
        says_indent = any(char.isdecimal() for char in self.text[header + 1 : header + 3])  # |2
        depth = 0
        for later in range(index + 1, len(self.lines)):
            start, end = self.lines.starts[later], self.lines.ends[later]
            spaces, blanks = self._skip(start, end, _SPACES), self._skip(start, end, _INDENT)
            width = spaces - start
            if width > indent:
                if says_indent or spaces == end:
                    continue
                depth = depth or width
                if width < depth and self.text[spaces] != "#":
                    self._slip("yaml-indent", start, "这段正文里，这一行行首的空格比第一行少。")
                    self._edit(start, spaces, " " * depth)
            elif blanks == end:
                if spaces != end:
                    self._edit(start, end, "")
            elif blanks > spaces:
                self._slip("yaml-indent", start, "这段正文的行首要用半角空格缩进，这里用了 Tab 或全角空格。")
                self._edit(start, blanks, " " * (depth or indent + 2))
            else:
                return later
        return len(self.lines)

    # quotes

    def _find_quote(self, quote: str, start: int, end: int) -> int | None:
        """Where, from ``start`` on, a quote closes on the same line."""
        found = patterns.compiled(_CLOSING_QUOTE[quote]).finditer(self.text, start, end)
        return next((each.start() for each in found if each[0] == quote), None)

    def _find_quote_below(self, index: int, start: int, indent: int) -> tuple[int | None, int]:
        """Where the quote at ``start`` closes, at most at the end of its block; and the line reached."""
        quote = self.text[start]
        close = self._find_quote(quote, start + 1, self.lines.ends[index])
        while close is None:
            following = self._next_body(index, comments=False)
            if following is None:
                return None, len(self.lines)
            index, body = following
            if body - self.lines.starts[index] <= indent:
                return None, index
            close = self._find_quote(quote, body, self.lines.ends[index])
        return close, index

    def _quoted(self, index: int, start: int, indent: int) -> int:
        """A value that begins with a quote."""
        close, last = self._find_quote_below(index, start, indent)
        if close is None:
            self._unclosed_quote(start, self.lines.ends[index])
            self.notes.explained.update(range(index, last + 1))
            return max(last, index + 1)
        if self._is_all(close, last):
            self._check_quoted(start, close, index == last)
        else:
            what = f"引号“{self.text[start]}”开头，后半个引号之后又有文字。"
            self._goes_on(index, start, close, last, f"这句话以{what}", self._mend_quotes)
        return last + 1

    def _is_all(self, close: int, index: int) -> bool:
        """Whether nothing but a comment stands on the line behind the quote or bracket at ``close``."""
        end = self.lines.ends[index]
        after = self._skip(close + 1, end)
        return after == end or (self.text[after] == "#" and after > close + 1)

    def _goes_on(
        self, index: int, start: int, close: int, last: int, message: str, mend: Callable[[str, int], str]
    ) -> None:
        """Name a value that begins with a quote or bracket and goes on behind the closing one."""
        if index != last:
            self._slip("yaml-goes-on", start, message, remedy=_QUOTE_WHOLE)
            self.notes.explained.update(range(index, last + 2))
            return
        self._slip("yaml-goes-on", start, message)
        typed = self.text[start : self._comment_start(close + 1, self.lines.ends[index])]
        self._replace(start, typed, mend(typed, start))

    def _mend_quotes(self, typed: str, start: int) -> str:
        """A text with quotes in it, as it can stand in the file: with Chinese ones, or quoted as a whole."""
        if any(sign in typed for sign in _TEMPLATE) or typed.count(typed[0]) % 2:
            return _quote(typed)
        return self._mend_plain(_chinese_quotes(typed, typed[0]), start, False, {})

    def _unclosed_quote(self, start: int, end: int) -> None:
        typed = self.text[start:end].rstrip(" \t")
        quote = typed[0]
        note = "如果引号本来是文字，请改用中文引号“ ”"
        self._slip("yaml-unclosed", start, f"引号“{quote}”只有前一半，没有后一半。", note)
        inner = typed[1:-1] if typed[-1] in "”’＂＇" else typed[1:]
        mended = inner.replace("'", "''") if quote == "'" else inner
        self._edit(start, end, f"{quote}{mended}{quote}" if "\\" not in inner else _quote(inner))

    def _check_quoted(self, start: int, close: int, one_line: bool) -> None:
        """Check what stands between good quotes."""
        inner = self.text[start + 1 : close]
        if _has_wide_braces(inner):
            for braces in patterns.compiled(_WIDE_BRACES).finditer(self.text, start + 1, close):
                self._slip("yaml-braces", braces.start(), _WIDE_BRACES_USED)
                self._edit(braces.start(), braces.end(), braces[0].translate(_TO_ASCII_BRACES))
        if self.text[start] != '"' or "\\" not in inner:
            return
        for escape in patterns.compiled(_CLOSING_QUOTE['"']).finditer(inner):
            if not patterns.compiled(_GOOD_ESCAPE).match(inner, escape.start()):
                message = "双引号里的反斜杠“\\”有特殊含义，这里要改用单引号。"
                remedy = "" if one_line else "请把前后的双引号都改成单引号。"
                self._slip("yaml-escape", start + 1 + escape.start(), message, remedy=remedy)
                if one_line:
                    single = inner.replace('\\"', '"').translate(_TO_ASCII_BRACES).replace("'", "''")
                    self._edit(start, close + 1, f"'{single}'")
                return

    # brackets

    def _flow(self, index: int, start: int, indent: int, keys: Keys) -> int:
        """A value in brackets, perhaps over several lines.

        What is noted inside counts only if the brackets hold the whole value: ``[重要，紧急]会议`` is a text.
        """
        outer, self.notes = self.notes, _Notes()
        close, last, content_end, too_deep = self._flow_items(index, start, indent, keys)
        inner, self.notes = self.notes, outer
        if too_deep:
            return len(self.lines)
        if close is not None and not self._is_all(close, last):
            message = f"这句话以括号“{self.text[start]}”开头，后半个括号之后又有文字，要把整句放进引号里。"
            self._goes_on(index, start, close, last, message, lambda typed, _: _quote(typed))
            return last + 1
        self.notes.add(inner)
        if close is None:
            self._unclosed_bracket(index, start, content_end, last)
            return max(last, index + 1)
        return last + 1

    def _unclosed_bracket(self, index: int, start: int, content_end: int, last: int) -> None:
        opener = _TO_ASCII.get(self.text[start], self.text[start])
        message, note = f"括号“{opener}”只有前一半，没有后一半。", "如果括号本来是文字，请把整句放进引号里"
        self._slip("yaml-unclosed", start, message, note, shown=self.lines.at(content_end))
        self._edit(content_end, content_end, _CLOSER[opener])
        self.notes.explained.update(range(index, last + 1))

    def _flow_items(self, index: int, start: int, indent: int, keys: Keys) -> tuple[int | None, int, int, bool]:
        """Walk through brackets. Out: where they close (None if never), the line reached, where their
        content ends, and whether the walk was given up because they nest too deep."""
        text, position, content_end = self.text, start, start
        stack: list[tuple[str, Keys]] = []
        item = _FlowItem()
        while True:
            end = self.lines.ends[index]
            position = self._skip(position, end)
            if position < end and text[position] == "#" and self._is_flow_comment(index, position):
                position = end
            if position == end:
                following = self._next_body(index, comments=False)
                if following is None:
                    return None, len(self.lines), content_end, False
                index, position = following
                if position - self.lines.starts[index] <= indent and text[position] not in "]}］｝":
                    return None, index, content_end, False
                continue
            char = text[position]
            if char in ",，":
                position = self._flow_comma(position, end)
                item = _FlowItem()
            elif char in "]}］｝":
                self._mend_bracket(position, _CLOSER[stack.pop()[0]])
                position += 1
                if not stack:
                    return position - 1, index, position, False
                item = _FlowItem(has_text=True)
            elif position == start or (char in "[{" and not item.has_text and not text.startswith(_TEMPLATE, position)):
                opener, here = _TO_ASCII.get(char, char), stack[-1][1] if stack else keys
                stack.append((opener, _below(here, item.key) if item.key else here))
                self._mend_bracket(position, opener)
                if len(stack) > SCAN_DEPTH:
                    return None, index, content_end, True
                position += 1
                item = _FlowItem()
            elif char in "\"'" and not item.has_text:
                close, last = self._find_quote_below(index, position, indent)
                if close is None:
                    return None, last, content_end, False
                index, position = last, self._flow_quoted(index, last, position, close, item, stack[-1][0])
            else:
                position = self._flow_plain(position, end, item, *stack[-1])
            content_end = position

    def _is_flow_comment(self, index: int, position: int) -> bool:
        is_apart = self.text[position - 1] in " \t" and _is_remark(self.text[position : self.lines.ends[index]])
        return is_apart or position == self._body(index)

    def _flow_comma(self, position: int, end: int) -> int:
        if self.text[position] == ",":
            return position + 1
        note = "如果逗号是一条里面的话，请给这一条加上引号"
        self._slip("yaml-flow-comma", position, "方括号里各条之间要用半角逗号，这里用了“，”。", note)
        after = self._skip(position + 1, end, _INDENT)
        self._edit(position, after, ", " if after < end else ",")
        return after

    def _mend_bracket(self, position: int, proper: str) -> None:
        char = self.text[position]
        if char != proper:
            what = "括号" if proper in _CLOSER else "后半个括号"
            self._slip("yaml-flow-bracket", position, f"{what}要用半角“{proper}”，这里用了“{char}”。")
            self._edit(position, position + 1, proper)

    def _flow_quoted(self, index: int, last: int, start: int, close: int, item: _FlowItem, opener: str) -> int:
        """An item that begins with a quote; where to go on."""
        end = self.lines.ends[last]
        after = self._skip(close + 1, end)
        colon = _COLON.match(self.text, after, end)
        if colon and (colon[0][0] == ":" or (opener == "{" and not item.key)):
            item.key = self.text[start + 1 : close]
            if colon[0][0] == ":":
                return after + 1
            self._mend_colon(item.key, after, colon, end)
            return colon.end()
        item.has_text = True
        if self._is_all(close, last) or self.text[after] in ",，]}］｝":
            self._check_quoted(start, close, index == last)
            return close + 1
        message = f"这一条以引号“{self.text[start]}”开头，后半个引号之后又有文字。"
        stops = (stop.start() for stop in _FLOW_STOP.finditer(self.text, after, end) if stop[0] in ",，]}］｝")
        stop = next(stops, end)
        self._slip("yaml-goes-on", start, message, remedy="" if index == last else _QUOTE_WHOLE)
        if index == last:
            typed = self.text[start:stop].rstrip(" \t")
            self._replace(start, typed, self._mend_quotes(typed, start))
        return stop

    def _flow_plain(self, start: int, end: int, item: _FlowItem, opener: str, keys: Keys) -> int:
        """An unquoted item or key inside brackets; where to go on."""
        text, stop, must_quote = self.text, start, False
        while found := _FLOW_STOP.search(text, stop, end):
            stop, sign = found.start(), found[0]
            if sign == "，" and opener == "{" and item.key and not self._is_key_at(stop + 1, end, keys):
                stop = found.end()  # a comma of the text: in braces what follows a parting one is a key
                continue
            if sign in ",，]}］｝:":
                break
            if sign[-1] == "#":
                if _is_remark(text[stop:end].lstrip(" \t")):
                    break
                must_quote = True
                self._slip("yaml-hash", found.end() - 1, _HASH_CUTS)
                stop = found.end()
            else:
                stop, is_text = self._flow_inner_bracket(start, stop, end)
                must_quote = must_quote or is_text
        else:
            stop = end
        if found and found[0] == ":" and not must_quote:
            return self._flow_key(start, stop, end, item, opener, keys)
        typed = text[start:stop].rstrip(" \t")
        colon = _COLON.search(text, start, start + len(typed))
        if colon and opener == "{" and item.key is None and not item.has_text:
            name, colon = typed[: colon.start() - start].strip(), _COLON.match(text, colon.start(), end)
            if colon and (name in keys or _could_be_key(name, typed[colon.start() - start + 1 :][:2])):
                self._mend_colon(name, colon.start(), colon, end)
                item.key = name
                return colon.end()
        item.has_text = True
        if must_quote:
            mended = _quote(typed.translate(_TO_ASCII_BRACES) if _has_wide_braces(typed) else typed)
        else:
            mended = self._mend_plain(typed, start, True, keys) if typed else typed
        self._replace(start, typed, mended)
        return max(stop, start + 1)

    def _is_key_at(self, start: int, end: int, keys: Keys) -> bool:
        """Whether a key that is known here, and its colon, follow."""
        found = _KEY_AHEAD.match(self.text, start, end)
        return found is not None and _may_stand(keys, found[1])

    def _flow_inner_bracket(self, start: int, at: int, end: int) -> tuple[int, bool]:
        """A bracket inside an item's text: where it closes, and whether the item must be quoted for it."""
        char, is_text = self.text[at], True
        if self.text.startswith(_TEMPLATE, at):
            closer = "}}" if self.text[at + 1] == "{" else "%}"
            self._slip("yaml-template", start, "方括号里有“{{”或“{%”的一条，要整条放进引号里。")
        elif _has_wide_braces(self.text[at : at + 2]):
            closer = "｝｝"
            self._slip("yaml-braces", start, _WIDE_BRACES_USED)
        elif char in "［｛":
            closer, is_text = {"［": "］", "｛": "｝"}[char], False
        else:
            closer = _CLOSER[char]
            self._slip("yaml-leading", start, f"这一条里有括号“{char}”，要整条放进引号里。")
        close = self.text.find(closer, at, min(end, at + _BRACKET_REACH))
        return (close if close >= 0 else at) + len(closer), is_text

    def _flow_key(self, start: int, colon: int, end: int, item: _FlowItem, opener: str, keys: Keys) -> int:
        """``甲: 乙`` inside brackets: an entry in braces, but in a list perhaps a text with a colon in it."""
        name = self.text[start:colon].rstrip(" \t")
        after = self._skip(colon + 1, end)
        is_text = opener == "[" and not _may_stand(keys, name)
        if is_text and name and after < end and self.text[after] not in "[{\"'":
            self._slip("yaml-text-colon", start, _TEXT_HAS_COLON)
            self._edit(colon, after, "：")
            item.has_text = True
        else:
            item.key, item.has_text = name, False
        return after
