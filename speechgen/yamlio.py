"""Bytes of a YAML file → plain data, and where each value stands (file, line, column).

Three steps. `decode` finds the encoding. A line scan then names the slips of people who seldom type
YAML (``名称：甲``, ``-甲``, a Tab …), each with the corrected line; it follows the indentation to know
which keys stand where, because inside a value a full-width colon is good Chinese. Last, the parser's events
become data without recursion. Slips of all three steps are told at once: the parser reads the text as the
scan corrected it.

Every value stays text exactly as typed (12:30, 010, NO, 3.10). Only a value typed over several lines is
joined, and then without a blank next to a Chinese character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20


# ── the data ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. ``plain`` means unquoted, so an empty plain one says that nothing was typed."""

    text: str
    location: Location
    plain: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, written with hyphens or in brackets."""

    items: tuple[Node, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what stands under it."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in file order; no key twice."""

    entries: tuple[Entry, ...]
    location: Location

    def get(self, name: str) -> Node | None:
        """The value under the key ``name``; None if there is no such key."""
        return next((entry.value for entry in self.entries if entry.key.text == name), None)


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file. ``notices`` are remarks for the user; ``line_count`` counts lines as Notepad does,
    an empty last one left out."""

    root: Mapping
    notices: tuple[str, ...]
    line_count: int


Keys: TypeAlias = dict[str, "Keys"]
"""The known keys of a place → the keys below each. A list is transparent: the keys of its items.
``"*"`` means that any key may stand here."""


# ── lines ─────────────────────────────────────────────────────────────────────────────────────

_BREAK = re.compile(r"\r\n|\r|\n")


class _Lines:
    """Where the lines of a text begin and end (offsets; the line break is not part of a line)."""

    def __init__(self, text: str) -> None:
        breaks = list(_BREAK.finditer(text))
        self.starts = [0, *(found.end() for found in breaks)]
        self.ends = [*(found.start() for found in breaks), len(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The index (from 0) of the line that ``offset`` is in."""
        return bisect_right(self.starts, offset) - 1

    def location(self, file: str, offset: int) -> Location:
        line = self.at(offset)
        return Location(file, line + 1, offset - self.starts[line] + 1)


def _line_count(text: str) -> int:
    lines = _Lines(text)
    return len(lines) - (lines.starts[-1] == len(text))


# ── size and encoding ─────────────────────────────────────────────────────────────────────────

_SAVE_AS_UTF8 = "请用记事本打开，选“文件→另存为”，把下方的“编码”改成“UTF-8”，保存后再试。"

_FOREIGN_FILES = (
    (b"PK\x03\x04", "这是 Word、Excel 一类的文件（.docx、.xlsx）或压缩包，只是改了扩展名，不是文字文件。"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Word 或 Excel 文件（.doc、.xls），不是文字文件。"),
    (b"%PDF", "这是 PDF 文件，不是文字文件。"),
    (b"{\\rtf", "这是写字板的 RTF 文件，不是文字文件。"),
    (b"\x89PNG", "这是图片，不是文字文件。"),
    (b"\xff\xd8\xff", "这是图片，不是文字文件。"),
)


def decode(data: bytes, file: str) -> tuple[str, tuple[str, ...]]:
    """The text in ``data`` (without a byte order mark), and notices about its encoding.

    Reads UTF-8, UTF-16 with a byte order mark, and GB18030 (GBK). Raises SpeechgenError for more than
    5 MB, for anything that is not text, and whenever the encoding is in doubt.
    """
    if len(data) > MAX_BYTES:
        raise SpeechgenError.of(
            "yaml-too-large",
            "文件超过 5 MB，一份会议文件通常只有几 KB，可能拿错了文件。",
            Location(file),
            "请核对文件；如果没有拿错，请把多余的内容删去再试。",
        )
    for magic, message in _FOREIGN_FILES:
        if data.startswith(magic):
            remedy = "请在 Word 或 WPS 里把文字复制出来，粘贴到记事本，另存为 UTF-8 编码的 .yaml 文件。"
            raise SpeechgenError.of("yaml-binary", message, Location(file), remedy)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_utf16(data, file), ("文件是 UTF-16 编码（记事本里叫“Unicode”），已照常读取；建议另存为 UTF-8。",)
    if b"\0" in data:
        raise _not_text(file)
    if data.startswith(b"\xef\xbb\xbf"):
        try:
            text = data[3:].decode("utf-8")
        except UnicodeDecodeError as error:
            raise _damaged_utf8(data, error.start + 3, file) from None
        return text, ("文件是带 BOM 标记的 UTF-8 编码（记事本常这样保存），已照常读取，不必改动。",)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise _damaged_utf8(data, error.start, file) from None
    return _decode_gb18030(data, file), ("文件是 GBK 编码，已照常读取；建议另存为 UTF-8。",)


def _decode_utf16(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        message = "文件开头标明是 UTF-16 编码，里面却有不合规的内容，可能已经损坏。"
        raise SpeechgenError.of("yaml-encoding", message, Location(file), _SAVE_AS_UTF8) from None
    if "\0" in text:
        raise _not_text(file)
    return text


def _decode_gb18030(data: bytes, file: str) -> str:
    """GB18030 gives a meaning to nearly any bytes, so the outcome must also read like Chinese: most of its
    characters common ones (GB 2312 level 1), and more of them than if the bytes were Big5."""
    try:
        text = data.decode("gb18030")
        gb = _share_of_common(text, "gbk", range(0xB0, 0xD8), range(0xA1, 0xAA))
    except UnicodeDecodeError:
        text, gb = "", 0.0
    try:
        big5 = _share_of_common(data.decode("big5"), "big5", range(0xA4, 0xC7), range(0xA1, 0xA4))
    except UnicodeDecodeError:
        big5 = 0.0
    if gb >= 0.75 and gb >= big5:
        return text
    if big5 >= 0.75:
        message = "文件像是 Big5（繁体中文）编码，程序不敢确定，没有读取。"
    else:
        message = "认不出文件是什么编码，勉强读取会出现乱码，所以没有读取。"
    raise SpeechgenError.of("yaml-encoding", message, Location(file), _SAVE_AS_UTF8)


def _share_of_common(text: str, encoding: str, ideographs: range, signs: range) -> float:
    """Of the characters beyond ASCII, the share that stands in the given rows of a double-byte set."""
    counts = Counter(char for char in text[:50_000] if ord(char) > 127)
    common = 0
    for char, count in counts.items():
        code = char.encode(encoding, "ignore")
        upper_half = encoding == "big5" or code[-1:] >= b"\xa1"
        if len(code) == 2 and (code[0] in ideographs or code[0] in signs) and upper_half:
            common += count
    return common / max(counts.total(), 1)


def _is_damaged_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(ord(char) > 127 for char in text) >= 10 * damaged


def _damaged_utf8(data: bytes, offset: int, file: str) -> SpeechgenError:
    line = len(re.findall(rb"\r\n|\r|\n", data[:offset])) + 1
    message = "文件是 UTF-8 编码，但这一行有损坏的字，读不出来。"
    remedy = "请用记事本打开，把这一行的乱码改好，再以 UTF-8 编码保存。"
    return SpeechgenError.of("yaml-encoding", message, Location(file, line, 1), remedy)


def _not_text(file: str) -> SpeechgenError:
    message = "这不是文字文件，或者是程序认不出的编码。"
    return SpeechgenError.of("yaml-binary", message, Location(file), _SAVE_AS_UTF8)


# ── the line scan: vocabulary ─────────────────────────────────────────────────────────────────

_ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BLANKS = f" \\t{_ODD_BLANKS}"

_SPACES = re.compile(r" *")
_SPACES_AND_TABS = re.compile(r"[ \t]*")
_INDENT = re.compile(f"[{_BLANKS}{_INVISIBLE}]*")
_FIRST_INDENT = re.compile(r"(?:^|[\r\n])( {1,8})[^ \t\r\n#]")
_INVISIBLE_CHARACTER = re.compile(f"[{_INVISIBLE}]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_DOCUMENT_MARK = re.compile(r"(?:---|\.\.\.)(?=[ \t]|$)")
_COLON = re.compile("[:：﹕∶︰]")
_PROPER_COLON = re.compile(r":(?=[ \t]|$)")
_COLON_AND_BLANKS = re.compile(f"[:：﹕∶︰][{_BLANKS}]*")
_COMMENT = re.compile(r"[ \t]+#+")
_MISSING_COLON = re.compile(f"[{_BLANKS};；=＝]+|$")
_HYPHEN = re.compile(r"-(?: +|$)")
_LOOSE_HYPHEN = re.compile(f"([-－﹣—–‐‑−•])([{_BLANKS}]*)")
_BLOCK_TEXT = re.compile(r"[|>][-+0-9]{0,2}[ \t]*(?:[ \t]#.*)?$")
_WIDE_BLOCK_TEXT = re.compile(r"[｜＞][ \t]*$")
_TEMPLATE = re.compile(r"\{[{%]")
_LEADING = re.compile(r"[*&!%@`|>,\]}]|\?(?=[ \t]|$)|-(?=[ \t]|$)")
_WIDE_BRACES = re.compile(r"｛[｛{%％]|\{[｛％]|[｝}%％]｝|｝\}")
_TO_ASCII_BRACES = str.maketrans("｛｝％", "{}%")
_ESCAPE = re.compile(r"\\.|\"")
_DOUBLED = re.compile(r"''|'")
_GOOD_ESCAPE = re.compile(r"\\(?:[\\0abtnvfre \"/N_LP\t]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_FLOW_STOP = re.compile(r"[,，\[\]{}［］｛｝]|[ \t]+#+|:(?=[ \t,\[\]{}]|$)")
_FULL_WIDTH_FLOW = re.compile(r"［[^［］\[\]]*[］\]]|\[[^［］\[\]]*］|｛[^｛｝{}]*[｝}]|\{[^｛｝{}]*｝")
_NOT_IN_A_KEY = re.compile(f"[{_BLANKS}，。；！？,;!?{{}}\\[\\]｜|]")
_CLOSER = {"[": "]", "{": "}"}
_TO_ASCII = {"［": "[", "］": "]", "｛": "{", "｝": "}"}

_QUOTE_WHOLE = "请把整段话写在一行，放进一对引号里；或者把里面的引号改成中文引号“ ”。"
_SINGLE_QUOTES = "请把前后的双引号都改成单引号。"
_BRACKET_REACH = 200  # how far a bracket inside an item is followed: far enough, and the scan stays linear
_SCAN_DEPTH = 3 * MAX_DEPTH  # deeper than this the scan gives up: the depth itself will be refused


def _quote(value: str) -> str:
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'


def _chinese_quotes(value: str, quote: str) -> str:
    """``"两节"期间`` → ``“两节”期间``: the quotes take turns, opening and closing."""
    pieces = value.split(quote)
    marks = "“”" if quote == '"' else "‘’"
    joined = pieces[0]
    for number, piece in enumerate(pieces[1:]):
        joined += marks[number % 2] + piece
    return joined


def _below(keys: Keys, name: str) -> Keys:
    """The keys under ``name``; a mistyped name passes for the one it resembles, so the scan goes on."""
    if name in keys:
        return keys[name]
    if "*" in keys:
        return keys["*"]
    alike = _nearest(keys, name)
    return keys[alike] if alike else {}


def _nearest(keys: Keys, name: str) -> str | None:
    return _nearest_of(tuple(keys), name[:40]) if keys else None


@lru_cache(1000)
def _nearest_of(names: tuple[str, ...], name: str) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, 1, 0.5)), None)


def _could_be_key(name: str, after: str) -> bool:
    """Whether ``name`` with a misspelt colon can have been meant as a key (12:30 and http:// cannot)."""
    if not name or len(name) > 30 or name[-1].isdecimal() or after.startswith("//"):
        return False
    return not _NOT_IN_A_KEY.search(name)


# ── the line scan ─────────────────────────────────────────────────────────────────────────────


class _Frame(NamedTuple):
    """An open block: its lines begin in column ``indent`` (from 0)."""

    indent: int
    kind: Literal["map", "list"]
    keys: Keys


class _Waiting(NamedTuple):
    """A key or a hyphen with nothing behind it: deeper lines are its value."""

    indent: int
    keys: Keys
    is_item: bool


class _Edit(NamedTuple):
    start: int
    end: int
    new: str


class _Found(NamedTuple):
    """A slip. The corrected line is that of ``shown_line`` with all its edits."""

    code: str
    offset: int
    message: str
    note: str = ""
    shown_line: int | None = None
    remedy: str = ""


class _FlowItem:
    """What was read of one item inside brackets."""

    __slots__ = ("has_text", "key")

    def __init__(self, has_text: bool = False) -> None:
        self.key: str | None = None
        self.has_text = has_text


class _Scan:
    """One pass over the lines, gathering slips and the edits that mend them."""

    def __init__(self, text: str, keys: Keys) -> None:
        self.text = text
        self.lines = _Lines(text)
        self.keys = keys
        self.found: dict[tuple[str, int], _Found] = {}
        self.edits: dict[int, list[_Edit]] = {}
        self.explained: set[int] = set()  # lines whose trouble has been named
        self.frames: list[_Frame] = []
        self.waiting: _Waiting | None = _Waiting(-1, keys, False)
        self.open_text: int | None = None  # deeper lines than this go on with an unquoted text
        first = _FIRST_INDENT.search(text)
        self.step = len(first[1]) if first else 2
        index = 0
        while index < len(self.lines):
            index = self._line(index)

    # results

    def corrected_line(self, index: int) -> str:
        start, end = self.lines.starts[index], self.lines.ends[index]
        pieces = []
        for edit in sorted(self.edits.get(index, ()), key=lambda edit: (edit.start, edit.end)):
            if edit.start < start:  # overlaps the one before it
                continue
            pieces += [self.text[start : edit.start], edit.new]
            start = edit.end
        return "".join([*pieces, self.text[start:end]])

    def corrected(self) -> str:
        if not self.edits:
            return self.text
        pieces = []
        done = 0
        for index in sorted(self.edits):
            pieces += [self.text[done : self.lines.starts[index]], self.corrected_line(index)]
            done = self.lines.ends[index]
        return "".join([*pieces, self.text[done:]])

    def slips(self, file: str) -> list[Slip]:
        slips = []
        for found in self.found.values():
            index = self.lines.at(found.offset) if found.shown_line is None else found.shown_line
            remedy = found.remedy or self._remedy(found, index)
            slips.append(Slip(found.code, found.message, self.lines.location(file, found.offset), remedy))
        return slips

    def _remedy(self, found: _Found, index: int) -> str:
        if index not in self.edits:
            return found.note
        corrected = self.corrected_line(index)
        if found.code in ("yaml-indent", "yaml-align"):
            spaces = len(corrected) - len(corrected.lstrip(" "))
            return f"请改为（行首 {spaces} 个半角空格）：{_shorten(corrected)}{found.note}"
        where = "" if found.shown_line is None else f"把第 {index + 1} 行"
        note = f"（{found.note}）" if found.note else ""
        return f"请{where}改为：{_shorten(corrected.strip(' '))}{note}"

    # recording

    def _slip(
        self,
        code: str,
        offset: int,
        message: str,
        note: str = "",
        shown_line: int | None = None,
        remedy: str = "",
    ) -> None:
        line = self.lines.at(offset)
        self.explained |= {line, line + 1}
        self.found.setdefault((code, line), _Found(code, offset, message, note, shown_line, remedy))

    def _edit(self, start: int, end: int, new: str) -> None:
        self.edits.setdefault(self.lines.at(start), []).append(_Edit(start, end, new))

    # looking ahead

    def _body(self, index: int) -> int:
        """Where the first character of a line stands that is neither blank nor Tab."""
        match = _SPACES_AND_TABS.match(self.text, self.lines.starts[index], self.lines.ends[index])
        assert match
        return match.end()

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
        return depth > indent or (
            depth == indent and not is_item and bool(_HYPHEN.match(self.text, body, self.lines.ends[later]))
        )

    # one line

    def _line(self, index: int) -> int:
        """Scan the line ``index``; the index of the line to scan next."""
        text, start, end = self.text, self.lines.starts[index], self.lines.ends[index]
        indent_match, spaces_match = _INDENT.match(text, start, end), _SPACES.match(text, start, end)
        assert indent_match and spaces_match
        body, spaces = indent_match.end(), spaces_match.end() - start
        odd = body != spaces_match.end()
        if body == end:
            if odd:  # an empty line with a Tab in it does no harm
                self._edit(start, end, "")
            return index + 1
        if self.open_text is not None and spaces > self.open_text:
            return self._continuation(index, spaces_match.end())
        if text[body] == "#":
            if odd:
                self._edit(start, body, " " * spaces)
            return index + 1
        column = self._mend_indent(start, body, end) if odd else spaces
        if column == 0 and _DOCUMENT_MARK.match(text, body, end):
            self.frames.clear()
            self.waiting, self.open_text = _Waiting(-1, self.keys, False), None
            return index + 1
        if self.open_text is not None and column > self.open_text:
            return self._continuation(index, body)
        self.open_text = None
        return self._block_line(index, body, column)

    def _mend_indent(self, start: int, body: int, end: int) -> int:
        """Name an indent of other characters than spaces; the column that must have been meant."""
        indent = self.text[start:body]
        width = 0
        for char in indent:
            if char == "\t":
                width += self.step
            elif not _INVISIBLE_CHARACTER.match(char):
                width += 2 if char == "\u3000" else 1
        levels = [frame.indent for frame in self.frames]
        if self.waiting and width > self.waiting.indent:
            width = 0 if self.waiting.indent < 0 else self.waiting.indent + self.step
        elif levels and width not in levels:
            known = self._frame_of(self._name(body, end), self.frames)
            width = known.indent if known else min(reversed(levels), key=lambda level: abs(level - width))
        names = {"\t": "Tab（制表符）", "\u3000": "全角空格", "\u00a0": "不间断空格"}
        kinds = dict.fromkeys(
            names.get(char, "看不见的字符" if _INVISIBLE_CHARACTER.match(char) else "特殊空格")
            for char in indent
            if char != " "
        )
        self._slip("yaml-indent", start, f"行首用了{'、'.join(kinds)}，程序只认半角空格。")
        self._edit(start, body, " " * width)
        return width

    def _name(self, body: int, end: int) -> str:
        colon = _COLON.search(self.text, body, end)
        return self.text[body : colon.start()].strip() if colon else ""

    def _frame_of(self, name: str, frames: list[_Frame]) -> _Frame | None:
        """The innermost of ``frames`` that knows the key ``name``."""
        return next((frame for frame in reversed(frames) if frame.kind == "map" and name in frame.keys), None)

    def _continuation(self, index: int, body: int) -> int:
        """A deeper line after an unquoted text goes on with it, unless it was indented by mistake."""
        end = self.lines.ends[index]
        frame = self.frames[-1] if self.frames else None
        if frame and frame.kind == "list" and _HYPHEN.match(self.text, body, end):
            return self._align(index, body, frame)
        if frame and frame.kind == "map" and _HYPHEN.match(self.text, body, end):
            message = "上一行的冒号后面已经有内容，下面就不能再一条一条地列。"
            remedy = "请把上一行冒号后面的内容也另起一行写成“- ”开头的一条；如果是同一句话，请接到上一行。"
            self._slip("yaml-list-mixed", body, message, remedy)
            return index + 1
        proper = _PROPER_COLON.search(self.text, body, end)
        if frame and proper and self.text[body : proper.start()].rstrip() in frame.keys:
            return self._align(index, body, frame)
        for comment in _COMMENT.finditer(self.text, body, end):
            if comment.end() == end or self.text[comment.end()] in " \t":
                break
            self._slip("yaml-hash", comment.end() - 1, "“#”会被当成批注的开头，从它往后的字都会丢掉。")
            hashes = comment[0].lstrip(" \t")
            self._edit(comment.end() - len(hashes), comment.end(), "＃" * len(hashes))
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
        closed = []
        while self.frames and self.frames[-1].indent > column:
            closed.append(self.frames.pop())
        top = self.frames[-1] if self.frames else None
        waiting, self.waiting = self.waiting, None
        if waiting:
            may_be_item = not waiting.is_item and column == waiting.indent
            if column > waiting.indent or (may_be_item and self._hyphen(body, end, True)):
                return self._child(index, body, column, waiting)
        if top and top.kind == "list" and top.indent == column and not self._hyphen(body, end, True):
            below = self.frames[-2] if len(self.frames) > 1 else None
            if below and below.indent == column:  # a list may stand in the column of its key
                self.frames.pop()
                top = below
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
        if self._hyphen(body, end, False):
            fits = next((frame for frame in reversed(frames) if frame.kind == "list"), None)
        else:
            fits = self._frame_of(self._name(body, end), frames)
        if fits is None:
            return index + 1
        self.frames = frames[: frames.index(fits) + 1]
        return self._align(index, body, fits)

    def _child(self, index: int, body: int, column: int, waiting: _Waiting) -> int:
        """The first line under a key or hyphen that had nothing behind it."""
        end = self.lines.ends[index]
        if self._hyphen(body, end, False):
            self.frames.append(_Frame(column, "list", waiting.keys))
            return self._item(index, body, column, waiting.keys)
        is_root = waiting.indent < 0
        key = self._key(body, end, waiting.keys, any_key=is_root or "*" in waiting.keys)
        if key is None:
            if is_root:
                self.frames.append(_Frame(column, "map", waiting.keys))
                self._missing_colon(body, end, waiting.keys)
                return index + 1
            if not waiting.is_item and self._missing_colon(body, end, waiting.keys):
                self.frames.append(_Frame(column, "map", waiting.keys))
                return index + 1
            return self._value(index, body, waiting.indent, waiting.keys, is_item=True)
        self.frames.append(_Frame(column, "map", waiting.keys))
        return self._entry(index, key, column, waiting.keys)

    # list items

    def _hyphen(self, body: int, end: int, among_items: bool) -> bool:
        """Whether a list item begins here, well or badly typed."""
        if _HYPHEN.match(self.text, body, end):
            return True
        loose = _LOOSE_HYPHEN.match(self.text, body, end)
        if not loose:
            return False
        following = self.text[loose.end() : loose.end() + 1] if loose.end() < end else ""
        if loose[2] or not following:
            return True
        if following == loose[1]:  # ——
            return False
        return among_items or loose[1] == "－" or (loose[1] == "-" and not following.isdecimal())

    def _list_line(self, index: int, body: int, column: int, frame: _Frame) -> int:
        end = self.lines.ends[index]
        if self._hyphen(body, end, True):
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
        loose = _LOOSE_HYPHEN.match(self.text, body, end)
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
            if len(self.frames) > _SCAN_DEPTH:
                return len(self.lines)
            self.frames.append(_Frame(content, "list", keys))
            column, content = content, content + nested.end() - body
            body = nested.end()
        key = self._key(body, end, keys, any_key=False)
        if key and self._is_entry(index, key, column, keys):
            self.frames.append(_Frame(content, "map", keys))
            return self._entry(index, key, content, keys)
        return self._value(index, body, column, keys, is_item=True)

    def _is_entry(self, index: int, key: _Key, column: int, keys: Keys) -> bool:
        """Whether ``- 注意: 用火`` was meant as a key with a value, not as a line of text."""
        if key.name in keys or "*" in keys or key.quoted or self._is_nested(index, column, True):
            return True
        return _nearest(keys, key.name) is not None

    # keys

    def _key(self, body: int, end: int, keys: Keys, any_key: bool) -> _Key | None:
        """The key that a line begins with; None if it begins with a text.

        A misspelt colon is named behind a known key; behind any key if the line must have one (``any_key``).
        """
        text = self.text
        quoted = text[body] in "\"'" if body < end else False
        if quoted:
            close = self._closing_quote(body, end)
            colon = _COLON_AND_BLANKS.match(text, self._skip(close + 1, end), end) if close else None
            if close is None or colon is None:
                return None
            name, name_end = text[body + 1 : close], close + 1
        else:
            if body < end and text[body] in "[{":
                return None
            comment = _COMMENT.search(text, body, end)
            limit = comment.start() if comment else end
            colon = _COLON_AND_BLANKS.search(text, body, limit)
            if colon is None:
                return None
            name = text[body : colon.start()].rstrip(" \t\u3000\u00a0")
            name_end = body + len(name)
        if _PROPER_COLON.match(text, colon.start(), end):
            return self._named(name, body, name_end, self._skip(colon.start() + 1, end), quoted)
        name = _INVISIBLE_CHARACTER.sub("", name)
        if name not in keys:
            later = None if quoted else _PROPER_COLON.search(text, body, limit)
            if later:
                name = text[body : later.start()].rstrip(" \t")
                after = self._skip(later.end(), end)
                return self._named(name, body, body + len(name), after, False)
            if not (any_key and _could_be_key(name, text[colon.end() : colon.end() + 2])):
                return None
        if colon[0][0] != ":":
            message = f"“{name}”后面用了全角冒号“{colon[0][0]}”，要用半角冒号加一个空格。"
            self._slip("yaml-colon-wide", colon.start(), message)
        else:
            message = f"“{name}”的冒号后面要有一个半角空格。"
            self._slip("yaml-colon-space", colon.start(), message)
        self._edit(name_end, colon.end(), ": " if colon.end() < end else ":")
        return self._named(name, body, name_end, colon.end(), quoted)

    def _named(self, name: str, start: int, end: int, after: int, quoted: bool) -> _Key:
        if not quoted and _INVISIBLE_CHARACTER.search(name):
            self._slip("yaml-invisible", start, "这一行开头的栏目名里夹着看不见的字符。")
            for found in _INVISIBLE_CHARACTER.finditer(self.text, start, end):
                self._edit(found.start(), found.end(), "")
            name = _INVISIBLE_CHARACTER.sub("", name)
        return _Key(name, after, quoted)

    def _skip(self, offset: int, end: int) -> int:
        match = _SPACES_AND_TABS.match(self.text, min(offset, end), end)
        assert match
        return match.end()

    def _missing_colon(self, body: int, end: int, keys: Keys) -> bool:
        """Name a known key with a blank or the like behind it where the colon should be; whether there is."""
        for name in sorted(keys, key=len, reverse=True):
            if self.text.startswith(name, body, end):
                gap = _MISSING_COLON.match(self.text, body + len(name), end)
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
        if len(self.frames) > _SCAN_DEPTH:
            return len(self.lines)
        start = self._skip(start, end)
        if start == end or self._is_comment(index, start, end, indent, is_item):
            self.waiting = _Waiting(indent, keys, is_item)
            return index + 1
        first = text[start]
        if _BLOCK_TEXT.match(text, start, end):
            return self._block_text(index, start, indent)
        if _WIDE_BLOCK_TEXT.match(text, start, end) and self._is_nested(index, indent, is_item):
            self._slip("yaml-leading", start, f"表示“下面几行都是正文”的符号要用半角，这里用了“{first}”。")
            self._edit(start, end, "|" if first == "｜" else ">")
            return self._block_text(index, start, indent)
        if first in "\"'":
            return self._quoted(index, start, indent)
        stop = self._comment_start(start, end)
        is_template = _TEMPLATE.match(text, start, end) or _WIDE_BRACES.match(text, start, end)
        if not is_template and (first in "[{" or _FULL_WIDTH_FLOW.fullmatch(text, start, stop)):
            return self._flow(index, start, indent, keys)
        colon = _PROPER_COLON.search(text, start, stop)
        is_key = colon is not None and text[start : colon.start()].rstrip() in keys
        if not is_item and (is_key or _HYPHEN.match(text, start, end)):
            return self._on_its_own_line(index, start, indent, keys)
        self._plain(start, stop, is_item, keys)
        self.open_text = indent
        return index + 1

    def _is_comment(self, index: int, start: int, end: int, indent: int, is_item: bool) -> bool:
        """Whether everything behind a key or hyphen is a comment (``#1楼`` is not, if nothing follows)."""
        if self.text[start] != "#":
            return False
        after = self.text[start:end].lstrip("#")
        return not after or after[0] in " \t" or self._is_nested(index, indent, is_item)

    def _comment_start(self, start: int, end: int) -> int:
        """Where an unquoted value ends: before a comment, that is ``#`` with a blank on both sides."""
        for comment in _COMMENT.finditer(self.text, start, end):
            if comment.end() == end or self.text[comment.end()] in " \t":
                return comment.start()
        return start + len(self.text[start:end].rstrip(" \t"))

    def _plain(self, start: int, end: int, is_item: bool, keys: Keys) -> None:
        """Check the unquoted text ``[start:end]`` that stands on one line."""
        typed = self.text[start:end]
        mended = self._mend_plain(typed, start, is_item, keys)
        if mended != typed:
            self._edit(start, end, mended)

    def _mend_plain(self, typed: str, start: int, is_item: bool, keys: Keys) -> str:
        """``typed`` as it can stand in the file; what is wrong with it is named at ``start``."""
        mended = typed
        must_quote = False
        if _WIDE_BRACES.search(typed):
            mended = typed.translate(_TO_ASCII_BRACES)
            self._slip("yaml-braces", start, "花括号要用半角“{{ }}”，这里用了全角“｛｛ ｝｝”。")
        if _TEMPLATE.match(mended):
            must_quote = True
            if _TEMPLATE.match(typed):
                self._slip("yaml-template", start, f"以“{typed[:2]}”开头的句子，整句要放进引号里。")
        elif _LEADING.match(mended):
            must_quote = True
            self._slip("yaml-leading", start, f"这句话以“{mended[0]}”开头，程序会误会，整句要放进引号里。")
        if mended.startswith("#") or any(
            found.end() < len(mended) and mended[found.end()] not in " \t" for found in _COMMENT.finditer(mended)
        ):
            must_quote = True
            self._slip(
                "yaml-hash",
                start + mended.index("#"),
                "“#”会被当成批注的开头，从它往后的字都会丢掉。",
                "如果“#”后面本来就是批注，请在“#”后面加一个空格",
            )
        if _PROPER_COLON.search(mended):
            if is_item:
                known = "、".join(name for name in keys if name != "*")
                self._slip(
                    "yaml-text-colon",
                    start,
                    "这一条是一句话，里面的半角冒号会被当成“栏目: 内容”。",
                    f"如果本来要写栏目，这里可用的是：{known}" if known else "",
                )
            else:
                self._slip("yaml-second-colon", start, "一行里有两个半角冒号，程序分不清哪一个在前。")
            if not must_quote:
                mended = re.sub(r"(?<=[^\x00-\x7f]):(?:[ \t]+|$)", "：", mended)
                must_quote = bool(_PROPER_COLON.search(mended))
        return _quote(mended) if must_quote else mended

    def _on_its_own_line(self, index: int, start: int, indent: int, keys: Keys) -> int:
        """``风险: - 甲`` and ``会议: 名称: 甲``: what stands behind the key must begin on the next line."""
        end = self.lines.ends[index]
        key, value = self.text[self._body(index) : start].rstrip(), self.text[start:end].rstrip()
        what = "各条" if value.startswith("-") else "下一级的栏目"
        self._slip(
            "yaml-own-line",
            start,
            f"{what}要另起一行写，不能跟在冒号后面。",
            remedy=f"请改成两行：第一行“{key}”，第二行“{' ' * (indent + 2)}{value}”。",
        )
        self._edit(start, end, "")
        self.waiting = _Waiting(indent, keys, False)
        return index + 1

    def _block_text(self, index: int, header: int, indent: int) -> int:
        """Pass over the lines of a ``|`` or ``>`` text; only their indent can be wrong."""
        says_indent = any(char.isdecimal() for char in self.text[header + 1 : header + 3])  # |2
        depth = 0
        for later in range(index + 1, len(self.lines)):
            start, end = self.lines.starts[later], self.lines.ends[later]
            spaces, blanks = _SPACES.match(self.text, start, end), _INDENT.match(self.text, start, end)
            assert spaces and blanks
            width = spaces.end() - start
            if width > indent:
                if says_indent or spaces.end() == end:
                    continue
                depth = depth or width
                if width < depth and self.text[spaces.end()] != "#":
                    self._slip("yaml-indent", start, "这段正文里，这一行行首的空格比第一行少。")
                    self._edit(start, spaces.end(), " " * depth)
            elif blanks.end() == end:
                if spaces.end() != end:
                    self._edit(start, end, "")
            elif blanks.end() > spaces.end():
                self._slip("yaml-indent", start, "这段正文的行首要用半角空格缩进，这里用了 Tab 或全角空格。")
                self._edit(start, blanks.end(), " " * (depth or indent + 2))
            else:
                return later
        return len(self.lines)

    # quotes

    def _closing_quote(self, start: int, end: int) -> int | None:
        """Where the quote that opens just before or at ``start`` closes on the same line."""
        return self._find_quote(self.text[start], start + 1, end)

    def _find_quote(self, quote: str, start: int, end: int) -> int | None:
        pattern = _ESCAPE if quote == '"' else _DOUBLED
        return next((found.start() for found in pattern.finditer(self.text, start, end) if found[0] == quote), None)

    def _find_quote_below(self, index: int, start: int, indent: int) -> tuple[int | None, int]:
        """Where the quote at ``start`` closes, at most at the end of its block; and the line reached."""
        quote = self.text[start]
        close = self._closing_quote(start, self.lines.ends[index])
        while close is None:
            following = self._next_body(index, comments=False)
            if following is None:
                return None, len(self.lines)
            if following[1] - self.lines.starts[following[0]] <= indent:
                return None, following[0]
            index = following[0]
            close = self._find_quote(quote, following[1], self.lines.ends[index])
        return close, index

    def _quoted(self, index: int, start: int, indent: int) -> int:
        """A value that begins with a quote."""
        text, quote, end = self.text, self.text[start], self.lines.ends[index]
        close, last = self._find_quote_below(index, start, indent)
        if close is None:
            self._unclosed_quote(start, end)
            self.explained.update(range(index, last + 1))
            return max(last, index + 1)
        after = self._skip(close + 1, self.lines.ends[last])
        if after == self.lines.ends[last] or (text[after] == "#" and after > close + 1):
            self._check_quoted(start, close, index == last)
            return last + 1
        message = f"这句话以引号“{quote}”开头，后半个引号之后又有文字。"
        if index != last:
            self._slip("yaml-goes-on", start, message, _QUOTE_WHOLE)
            self.explained.update(range(index, last + 2))
            return last + 1
        stop = self._comment_start(close + 1, end)
        self._slip("yaml-goes-on", start, message)
        self._edit(start, stop, self._mend_quotes(text[start:stop], start))
        return index + 1

    def _mend_quotes(self, typed: str, start: int) -> str:
        """A text with quotes in it, as it can stand in the file: with Chinese ones, or quoted as a whole."""
        if _TEMPLATE.search(typed) or typed.count(typed[0]) % 2:
            return _quote(typed)
        return self._mend_plain(_chinese_quotes(typed, typed[0]), start, False, {})

    def _unclosed_quote(self, start: int, end: int) -> None:
        typed = self.text[start:end].rstrip(" \t")
        quote = typed[0]
        self._slip(
            "yaml-unclosed",
            start,
            f"引号“{quote}”只有前一半，没有后一半。",
            "如果引号本来是文字，请改用中文引号“ ”",
        )
        inner = typed[1:-1] if typed[-1] in "”’＂＇" else typed[1:]
        mended = inner.replace("'", "''") if quote == "'" else inner
        self._edit(start, end, f"{quote}{mended}{quote}" if "\\" not in inner else _quote(inner))

    def _check_quoted(self, start: int, close: int, one_line: bool) -> None:
        """Check what stands between good quotes."""
        inner = self.text[start + 1 : close]
        for braces in _WIDE_BRACES.finditer(self.text, start + 1, close):
            self._slip("yaml-braces", braces.start(), "花括号要用半角“{{ }}”，这里用了全角“｛｛ ｝｝”。")
            self._edit(braces.start(), braces.end(), braces[0].translate(_TO_ASCII_BRACES))
        if self.text[start] != '"' or "\\" not in inner:
            return
        for escape in _ESCAPE.finditer(self.text, start + 1, close):
            if escape[0] != '"' and not _GOOD_ESCAPE.match(self.text, escape.start(), close):
                message = "双引号里的反斜杠“\\”有特殊含义，这里要改用单引号。"
                self._slip("yaml-escape", escape.start(), message, "" if one_line else _SINGLE_QUOTES)
                if one_line:
                    single = inner.replace('\\"', '"').translate(_TO_ASCII_BRACES).replace("'", "''")
                    self._edit(start, close + 1, f"'{single}'")
                return

    # brackets

    def _flow(self, index: int, start: int, indent: int, keys: Keys) -> int:
        """A value in brackets, perhaps over several lines.

        What is found inside counts only if the brackets hold the whole value: ``[重要，紧急]会议`` is a text.
        """
        outer = self.found, self.edits, self.explained
        self.found, self.edits, self.explained = {}, {}, set()
        close, last, content_end, too_deep = self._flow_items(index, start, indent, keys)
        inner = self.found, self.edits, self.explained
        self.found, self.edits, self.explained = outer
        if too_deep:
            return len(self.lines)
        if close is not None:
            end = self.lines.ends[last]
            after = self._skip(close + 1, end)
            if after < end and not (self.text[after] == "#" and after > close + 1):
                self._bracket_goes_on(index, start, last)
                return last + 1
        for place, slip in inner[0].items():
            self.found.setdefault(place, slip)
        for line, more in inner[1].items():
            self.edits.setdefault(line, []).extend(more)
        self.explained |= inner[2]
        if close is None:
            self._unclosed_bracket(index, start, content_end, last)
            return max(last, index + 1)
        return last + 1

    def _bracket_goes_on(self, index: int, start: int, last: int) -> None:
        message = f"这句话以括号“{self.text[start]}”开头，后半个括号之后又有文字，要把整句放进引号里。"
        if index == last:
            stop = self._comment_start(start, self.lines.ends[index])
            self._slip("yaml-goes-on", start, message)
            self._edit(start, stop, _quote(self.text[start:stop]))
        else:
            self._slip("yaml-goes-on", start, message, _QUOTE_WHOLE)
            self.explained.update(range(index, last + 2))

    def _unclosed_bracket(self, index: int, start: int, content_end: int, last: int) -> None:
        opener = _TO_ASCII.get(self.text[start], self.text[start])
        line = self.lines.at(content_end)
        self._slip(
            "yaml-unclosed",
            start,
            f"括号“{opener}”只有前一半，没有后一半。",
            "如果括号本来是文字，请把整句放进引号里",
            None if line == index else line,
        )
        self._edit(content_end, content_end, _CLOSER[opener])
        self.explained.update(range(index, last + 1))

    def _flow_items(self, index: int, start: int, indent: int, keys: Keys) -> tuple[int | None, int, int, bool]:
        """Walk through brackets. Out: where they close (None if never), the line reached, where their
        content ends, and whether the walk was given up because they nest too deep."""
        text, position, content_end = self.text, start, start
        stack: list[tuple[str, Keys]] = []
        item = _FlowItem()
        while True:
            end = self.lines.ends[index]
            position = self._skip(position, end)
            if position < end and text[position] == "#" and self._flow_comment(index, position):
                position = end
            if position == end:
                following = self._next_body(index, comments=False)
                if following is None:
                    return None, len(self.lines), content_end, False
                depth = following[1] - self.lines.starts[following[0]]
                if depth <= indent and text[following[1]] not in "]}］｝":
                    return None, following[0], content_end, False
                index, position = following
                continue
            char = text[position]
            if char in ",，":
                position = self._flow_comma(position, end)
                item = _FlowItem()
            elif char in "]}］｝":
                opener, _ = stack.pop()
                if char != _CLOSER[opener]:
                    message = f"后半个括号要用半角“{_CLOSER[opener]}”，这里用了“{char}”。"
                    self._slip("yaml-flow-bracket", position, message)
                    self._edit(position, position + 1, _CLOSER[opener])
                if not stack:
                    return position, index, position + 1, False
                position += 1
                item = _FlowItem(has_text=True)
            elif self._opens(position, start, item):
                here = stack[-1][1] if stack else keys
                stack.append((_TO_ASCII.get(char, char), _below(here, item.key) if item.key else here))
                if char in "［｛":
                    ascii_char = _TO_ASCII[char]
                    self._slip("yaml-flow-bracket", position, f"括号要用半角“{ascii_char}”，这里用了“{char}”。")
                    self._edit(position, position + 1, ascii_char)
                if len(stack) > _SCAN_DEPTH:
                    return None, index, content_end, True
                position += 1
                item = _FlowItem()
            elif char in "\"'" and not item.has_text:
                close, last = self._find_quote_below(index, position, indent)
                if close is None:
                    return None, last, content_end, False
                index, position = last, self._flow_quoted(index, last, position, close, item, stack[-1][0])
            else:
                position = self._flow_plain(position, end, item, stack[-1])
            content_end = position

    def _opens(self, position: int, start: int, item: _FlowItem) -> bool:
        char = self.text[position]
        if position == start:
            return True
        return char in "[{" and not item.has_text and not _TEMPLATE.match(self.text, position)

    def _flow_comment(self, index: int, position: int) -> bool:
        if position == self._body(index):
            return True
        after = self.text[position : self.lines.ends[index]].lstrip("#")
        return self.text[position - 1] in " \t" and (not after or after[0] in " \t")

    def _flow_comma(self, position: int, end: int) -> int:
        if self.text[position] == ",":
            return position + 1
        self._slip(
            "yaml-flow-comma",
            position,
            "方括号里各条之间要用半角逗号，这里用了“，”。",
            "如果逗号是一条里面的话，请给这一条加上引号",
        )
        blanks = _INDENT.match(self.text, position + 1, end)
        assert blanks
        self._edit(position, blanks.end(), ", " if blanks.end() < end else ",")
        return blanks.end()

    def _flow_quoted(self, index: int, last: int, start: int, close: int, item: _FlowItem, opener: str) -> int:
        """An item that begins with a quote; where to go on."""
        end = self.lines.ends[last]
        after = self._skip(close + 1, end)
        item.has_text = True
        if after < end and self.text[after] == ":":
            item.key, item.has_text = self.text[start + 1 : close], False
            return after + 1
        colon = _COLON_AND_BLANKS.match(self.text, after, end) if opener == "{" and not item.key else None
        if colon:
            item.key, item.has_text = self.text[start + 1 : close], False
            message = f"“{item.key}”后面用了全角冒号“{colon[0][0]}”，要用半角冒号加一个空格。"
            self._slip("yaml-colon-wide", after, message)
            self._edit(after, colon.end(), ": ")
            return colon.end()
        is_comment = after < end and self.text[after] == "#" and after > close + 1
        if after == end or is_comment or self.text[after] in ",，]}］｝":
            self._check_quoted(start, close, index == last)
            return close + 1
        message = f"这一条以引号“{self.text[start]}”开头，后半个引号之后又有文字。"
        stop = self._flow_end(after, end)
        self._slip("yaml-goes-on", start, message, "" if index == last else _QUOTE_WHOLE)
        if index == last:
            typed = self.text[start:stop].rstrip(" \t")
            self._edit(start, start + len(typed), self._mend_quotes(typed, start))
        return stop

    def _flow_end(self, start: int, end: int) -> int:
        for stop in _FLOW_STOP.finditer(self.text, start, end):
            if stop[0] in ",，]}］｝":
                return stop.start()
        return end

    def _flow_plain(self, start: int, end: int, item: _FlowItem, place: tuple[str, Keys]) -> int:
        """An unquoted item or key inside brackets; where to go on."""
        text, opener, keys = self.text, place[0], place[1]
        stop, is_key, must_quote = start, False, False
        while True:
            found = _FLOW_STOP.search(text, stop, end)
            if found is None:
                stop = end
                break
            stop, sign = found.start(), found[0]
            if sign in ",，]}］｝":
                break
            if sign == ":":
                is_key = True
                break
            if sign[-1] == "#":
                if found.end() == end or text[found.end()] in " \t":
                    break
                must_quote = True
                message = "“#”会被当成批注的开头，从它往后的字都会丢掉。"
                self._slip("yaml-hash", found.end() - 1, message)
                stop = found.end()
            else:
                stop, is_text = self._flow_inner_bracket(start, stop, end)
                must_quote = must_quote or is_text
        typed = text[start:stop].rstrip(" \t")
        if is_key and not must_quote:
            return self._flow_key(start, stop, end, item, opener, keys)
        colon = _COLON.search(typed) if opener == "{" and item.key is None and not item.has_text else None
        item.has_text = True
        if colon and self._flow_colon(start, colon.start(), end, typed, keys):
            item.key, item.has_text = typed[: colon.start()].strip(), False
            after = _COLON_AND_BLANKS.match(text, start + colon.start(), end)
            assert after
            return after.end()
        if not must_quote:
            mended = self._mend_plain(typed, start, True, keys) if typed else typed
        else:
            mended = _quote(typed.translate(_TO_ASCII_BRACES) if _WIDE_BRACES.search(typed) else typed)
        if mended != typed:
            self._edit(start, start + len(typed), mended)
        return max(stop, start + 1)

    def _flow_inner_bracket(self, start: int, at: int, end: int) -> tuple[int, bool]:
        """A bracket inside an item's text: where it closes, and whether the item must be quoted for it."""
        text, char, reach = self.text, self.text[at], min(end, at + _BRACKET_REACH)
        if _TEMPLATE.match(text, at, end):
            closer, is_text = "}}" if text[at + 1] == "{" else "%}", True
            self._slip("yaml-template", start, "方括号里有“{{”或“{%”的一条，要整条放进引号里。")
        elif _WIDE_BRACES.match(text, at, end):
            closer, is_text = "｝｝", True
            self._slip("yaml-braces", start, "花括号要用半角“{{ }}”，这里用了全角“｛｛ ｝｝”。")
        elif char in "［｛":
            closer, is_text = {"［": "］", "｛": "｝"}[char], False
        else:
            closer, is_text = _CLOSER[char], True
            self._slip("yaml-leading", start, f"这一条里有括号“{char}”，要整条放进引号里。")
        close = text.find(closer, at, reach)
        return (close if close >= 0 else at) + len(closer), is_text

    def _flow_key(self, start: int, colon: int, end: int, item: _FlowItem, opener: str, keys: Keys) -> int:
        """``甲: 乙`` inside brackets: an entry in braces, but in a list perhaps a text with a colon in it."""
        name = self.text[start:colon].rstrip(" \t")
        after = self._skip(colon + 1, end)
        is_text = opener == "[" and name not in keys and "*" not in keys and _nearest(keys, name) is None
        if is_text and name and after < end and self.text[after] not in "[{\"'":
            self._slip("yaml-text-colon", start, "这一条是一句话，里面的半角冒号会被当成“栏目: 内容”。")
            self._edit(colon, after, "：")
            item.has_text = True
        else:
            item.key, item.has_text = name, False
        return after if after > colon else colon + 1

    def _flow_colon(self, start: int, colon: int, end: int, typed: str, keys: Keys) -> bool:
        """Name a misspelt colon behind a key in braces."""
        name = typed[:colon].strip()
        if name not in keys and not _could_be_key(name, typed[colon + 1 : colon + 3]):
            return False
        after = _COLON_AND_BLANKS.match(self.text, start + colon, end)
        assert after
        if typed[colon] == ":":
            self._slip("yaml-colon-space", start + colon, f"“{name}”的冒号后面要有一个半角空格。")
        else:
            message = f"“{name}”后面用了全角冒号“{typed[colon]}”，要用半角冒号加一个空格。"
            self._slip("yaml-colon-wide", start + colon, message)
        self._edit(start + colon, after.end(), ": ")
        return True


class _Key(NamedTuple):
    """A key at the beginning of a line; its value begins at ``after``."""

    name: str
    after: int
    quoted: bool


def _shorten(line: str) -> str:
    return line if len(line) <= 400 else line[:400] + "……（下略）"


# ── events into data ──────────────────────────────────────────────────────────────────────────


class _Open:
    """A list or a block of keys whose end has not come yet. ``seen``: the line of each key so far."""

    __slots__ = ("entries", "is_map", "items", "key", "location", "seen")

    def __init__(self, is_map: bool, location: Location) -> None:
        self.is_map = is_map
        self.location = location
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.key: Node | None = None
        self.seen: dict[str, int] = {}

    def close(self) -> Node:
        if self.is_map:
            return Mapping(tuple(self.entries), self.location)
        return Sequence(tuple(self.items), self.location)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Builder:
    """Turns the parser's events into data. ``slips`` holds what our files do without."""

    def __init__(self, text: str, file: str) -> None:
        self.lines = _Lines(text)
        self.file = file
        # YAML 1.1 takes these for line breaks; Notepad does not, and a value may hold them
        specials = [char for char in "\x85\u2028\u2029" if char in text]
        spare = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)
        stand_ins = dict(zip(specials, spare, strict=False)) if specials else {}
        self.text = text.translate({ord(char): stand_in for char, stand_in in stand_ins.items()})
        self.restore = {ord(stand_in): char for char, stand_in in stand_ins.items()}
        self.slips: list[Slip] = []
        self.root: Node | None = None
        self.stack: list[_Open] = []

    def build(self) -> Slip | None:
        """Read everything; what the parser could not understand, if anything."""
        import yaml

        try:
            self._read(yaml.parse(self.text, Loader=_loader()))
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            return _translate(error, self.lines, self.file)
        return None

    def _slip(self, code: str, offset: int, message: str, remedy: str) -> None:
        self.slips.append(Slip(code, message, self.lines.location(self.file, offset), remedy))

    def _read(self, events: Iterator[yaml.Event]) -> None:
        import yaml

        for event in events:
            offset = event.start_mark.index if event.start_mark else 0
            if isinstance(event, yaml.ScalarEvent):
                self._refuse_marks(event, offset)
                self._add(self._scalar(event, offset))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._add(self.stack.pop().close())
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse_marks(event, offset)
                if len(self.stack) == MAX_DEPTH:
                    message = f"内容一层套一层，超过了 {MAX_DEPTH} 层。"
                    self._slip("yaml-depth", offset, message, "请减少层次，把里层的内容提到外层来写。")
                    return
                is_map = isinstance(event, yaml.MappingStartEvent)
                self.stack.append(_Open(is_map, self.lines.location(self.file, offset)))
            elif isinstance(event, yaml.AliasEvent):
                self._refuse_marks(event, offset)
                self._add(Scalar("", self.lines.location(self.file, offset), False))
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                message = "一个文件里写了几份内容（中间有“---”），程序只认一份。"
                remedy = "请删去“---”这一行；几份会议请分成几个文件。"
                self._slip("yaml-documents", offset, message, remedy)
                return
        self._check_root()

    def _check_root(self) -> None:
        root = self.root
        if root is None or (isinstance(root, Scalar) and root.plain and not root.text):
            message = "文件是空的，没有可读的内容。"
            remedy = "请先写上内容再保存，或者用 speechgen new 生成一份样例照着改。"
            self.slips.append(Slip("yaml-empty", message, Location(self.file), remedy))
        elif not isinstance(root, Mapping):
            what = "一段文字" if isinstance(root, Scalar) else "一条一条的清单"
            message = f"整个文件只是{what}，最外层应当是一个个栏目，例如“会议:”“讲话人:”。"
            remedy = "请在前面写上栏目名和半角冒号，例如：会议: …"
            self.slips.append(Slip("yaml-not-keys", message, root.location, remedy))

    def _scalar(self, event: yaml.ScalarEvent, offset: int) -> Scalar:
        value = event.value
        raw = self.text[offset : event.end_mark.index if event.end_mark else offset]
        if "\n" in raw or "\r" in raw:
            value = _unfold(value, raw, event.style or "")
        text = value.translate(self.restore) if self.restore else value
        if event.style == '"' and _ILLEGAL.search(text):
            message = "双引号里的反斜杠“\\”写出了不能用的字符。"
            self._slip("yaml-escape", offset, message, "请删去反斜杠，或把双引号改成单引号。")
        return Scalar(text, self.lines.location(self.file, offset), not event.style)

    def _refuse_marks(self, event: Any, offset: int) -> None:
        """Anchors, aliases and tags: nobody means them here."""
        tag = getattr(event, "tag", None)
        if event.anchor is None and tag is None:
            return
        if tag is not None:
            sign, name, code = "!", "", "yaml-tag"
        elif hasattr(event, "implicit"):
            sign, name, code = "&", event.anchor, "yaml-anchor"
        else:
            sign, name, code = "*", event.anchor, "yaml-alias"
        message = f"“{sign}{name}”这样的写法在 YAML 里有特殊含义，这里不能用。"
        self._slip(code, offset, message, f"如果“{sign}”是文字，请把整句放进引号里；否则请删去。")

    def _add(self, node: Node) -> None:
        """Put a finished value where it belongs."""
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if not parent.is_map:
            parent.items.append(node)
        elif parent.key is None:
            parent.key = node
            self._check_key(node, parent)
        else:
            if isinstance(parent.key, Scalar):
                parent.entries.append(Entry(parent.key, node))
            parent.key = None

    def _check_key(self, key: Node, parent: _Open) -> None:
        place = key.location
        if not isinstance(key, Scalar):
            message = "冒号前面应当是栏目名，这里却是括号或清单。"
            self.slips.append(Slip("yaml-key-shape", message, place, "如果括号是文字，请把整句放进引号里。"))
            return
        if key.text == "" and key.plain:
            message = "冒号前面没有栏目名。"
            self.slips.append(Slip("yaml-key-empty", message, place, "请在冒号前面补上栏目名，或删去这一行。"))
            return
        if key.text == "<<" and key.plain:
            message = "“<<”这样的写法在 YAML 里有特殊含义，这里不能用。"
            self.slips.append(Slip("yaml-merge", message, place, "请删去这一行，把要用的内容直接写出来。"))
            return
        if key.text in parent.seen:
            message = f"“{key.text}”写了两次：第 {parent.seen[key.text]} 行和第 {place.line} 行。"
            self.slips.append(Slip("yaml-duplicate", message, place, "请删去一处，或把两处合成一处。"))
        parent.seen.setdefault(key.text, place.line)


def _unfold(value: str, raw: str, style: str) -> str:
    """Join the lines of a value as Chinese is written: YAML puts a blank where a line ends.

    ``raw`` is the value as it stands in the file, ``value`` what YAML makes of it.
    """
    if style == "":
        return _join_lines(raw)
    if style == ">":
        body = _BREAK.split(raw)[1:]
        indents = {len(line) - len(line.lstrip(" ")) for line in body if line.strip(" \t")}
        if len(indents) == 1 and body[0].strip(" \t"):
            return _join_lines("\n".join(body)) + value[len(value.rstrip("\n")) :]
    elif style in ("'", '"'):
        inner = raw[1:-1]
        if inner == inner.strip(" \t\r\n") and "\\" not in inner:
            return _join_lines(inner.replace("''", "'") if style == "'" else inner)
    return value


def _join_lines(raw: str) -> str:
    pieces: list[str] = []
    blank_lines = 0
    for line in _BREAK.split(raw):
        stripped = line.strip(" \t")
        if not stripped:
            blank_lines += 1
            continue
        if pieces:
            between_ascii = pieces[-1][-1].isascii() and stripped[0].isascii()
            pieces.append("\n" * blank_lines or (" " if between_ascii else ""))
        pieces.append(stripped)
        blank_lines = 0
    return "".join(pieces)


# ── the parser's complaints, in Chinese ───────────────────────────────────────────────────────

_ALIGN = "请让这一行与同级的各行对齐"
_QUOTE = "请把整句放进引号里"

# what the parser says (C or pure Python), whether the slip is where it began, message, remedy
_COMPLAINTS = (
    (
        r"could not find expected ':'",
        True,
        "这一行看不懂：没有“栏目: 内容”的半角冒号，也不是上一行的延续。",
        "请在栏目名后面加半角冒号和空格；如果是说明文字，请在行首加“# ”；如果是上一行的话，请接到上一行末尾。",
    ),
    (
        r"mapping values are not allowed",
        False,
        "这一行的半角冒号出现在不该有的地方：可能一行里有两个冒号，或者行首空格数不对。",
        f"{_ALIGN}；如果冒号是文字，请改用全角“：”。",
    ),
    (
        r"sequence entries are not allowed",
        False,
        "这里不能出现“- ”。",
        f"请把“- ”另起一行，并与上下各条对齐；如果是文字，{_QUOTE}。",
    ),
    (
        r"tab character|character '\\t'",
        False,
        "这一行用了 Tab（制表符），程序只认半角空格。",
        "请删去 Tab，改用半角空格。",
    ),
    (r"cannot start any token", False, "这里有一个不能放在开头的符号。", f"{_QUOTE}。"),
    (
        r"unexpected end of stream|unexpected document",
        True,
        "引号只有前一半，没有后一半。",
        "请在这句话末尾补上同样的引号。",
    ),
    (
        r"escape|hexdecimal|hexadecimal|Unicode character",
        False,
        "双引号里的反斜杠“\\”有特殊含义，这里看不懂。",
        "请把双引号改成单引号。",
    ),
    (
        r"',' or '[\]}]'",
        True,
        "括号没有配对，或者里面各条之间少了逗号。",
        f"请检查“[ ]”“{{ }}”是否成对，各条之间用半角逗号加空格隔开；如果括号是文字，{_QUOTE}。",
    ),
    (
        r"expected '-' indicator|expected <block end>, but found '(\?|<scalar>)'",
        False,
        "这一行与上下各条对不上：可能行首少了“- ”，或者行首空格数不对。",
        f"{_ALIGN}，属于清单的在行首加“- ”。",
    ),
    (
        r"expected key|expected <block end>",
        False,
        "这一行与上下各行对不上：可能行首空格数不对、冒号前缺栏目名，或者上一行的引号、括号之后还有文字。",
        f"{_ALIGN}；引号、括号之后还有文字的，{_QUOTE}。",
    ),
    (
        r"block scalar|chomping|comment or line break",
        False,
        "“|”或“>”后面不能再写字。",
        f"如果是文字，{_QUOTE}；否则请把正文另起一行写，行首多空两格。",
    ),
    (
        r"node content",
        False,
        "这里应当有内容，却只有一个符号。",
        f"如果这个符号是文字，{_QUOTE}；否则请删去。",
    ),
    (
        r"document start|directive|version|YAML document",
        False,
        "这一行看不懂，它不属于前面的任何栏目。",
        f"{_ALIGN}；如果是说明文字，请在行首加“# ”。",
    ),
    (r"anchor|alias|alphabetic", False, "“&”“*”在 YAML 里有特殊含义。", f"{_QUOTE}。"),
    (r"tag|URI", False, "“!”在 YAML 里有特殊含义。", f"{_QUOTE}。"),
)


def _translate(error: Exception, lines: _Lines, file: str) -> Slip:
    """A parser's complaint as a slip."""
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None)
    message, remedy = "这一行看不懂。", "请检查这一行的冒号、引号、括号和行首空格。"
    for pattern, at_beginning, its_message, its_remedy in _COMPLAINTS:
        if re.search(pattern, problem) or (not at_beginning and re.search(pattern, context)):
            message, remedy = its_message, its_remedy
            if at_beginning and began:
                mark = began
            break
    place = lines.location(file, min(mark.index, lines.ends[-1])) if mark else Location(file)
    return Slip("yaml-syntax", message, place, remedy)


# ── all together ──────────────────────────────────────────────────────────────────────────────

_CONFUSED = {"yaml-key-shape", "yaml-key-empty", "yaml-anchor", "yaml-alias", "yaml-tag"}


def _without_illegal(text: str, file: str) -> tuple[str, list[Slip]]:
    """``text`` with each character that no YAML file may hold replaced by a blank, and those named."""
    if not _ILLEGAL.search(text):
        return text, []
    lines = _Lines(text)
    at_line_start = re.compile(f"(?<![^\r\n]){_ILLEGAL.pattern}")
    clean = _ILLEGAL.sub(" ", at_line_start.sub("\u200b", text))  # there a blank would be an indent
    slips = {}
    for found in _ILLEGAL.finditer(text):
        line = lines.at(found.start())
        if line not in slips:
            fixed = _ILLEGAL.sub("", text[lines.starts[line] : lines.ends[line]]).strip(" ")
            slips[line] = Slip(
                "yaml-control",
                "这一行夹着看不见的控制字符（多半是从别处复制来的）。",
                lines.location(file, found.start()),
                f"请改为：{_shorten(fixed)}",
            )
    return clean, list(slips.values())


def parse(text: str, file: str, keys: Keys) -> Mapping:
    """The data in ``text``. ``file`` is named in every Location; ``keys`` are the keys known in this kind
    of file. Raises SpeechgenError with all slips, in the order of their lines."""
    clean, slips = _without_illegal(text, file)
    scan = _Scan(clean, keys)
    slips += scan.slips(file)
    explained = scan.explained | {slip.location.line - 1 for slip in slips if slip.location}
    builder = _Builder(scan.corrected(), file)
    complaint = builder.build()
    for slip in [*builder.slips, *([complaint] if complaint else [])]:
        line = slip.location.line - 1 if slip.location else -1
        if not (slip is complaint or slip.code in _CONFUSED) or line not in explained:
            slips.append(slip)
    if slips or not isinstance(builder.root, Mapping):
        raise SpeechgenError(*sorted(slips, key=_place))
    return builder.root


def _place(slip: Slip) -> tuple[int, int]:
    return (slip.location.line, slip.location.column) if slip.location else (0, 0)


def read_yaml(path: Path, keys: Keys) -> Document:
    """The file at ``path`` as data; `decode` and `parse` in one. Raises SpeechgenError, also if the file
    cannot be opened."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SpeechgenError.of(
            "yaml-missing", "找不到这个文件。", Location(file), "请核对文件名和所在的文件夹。"
        ) from None
    except (OSError, ValueError):
        raise SpeechgenError.of(
            "yaml-unreadable",
            "这个文件打不开。",
            Location(file),
            "请看它是不是文件夹、是否被别的程序占用、有没有读取权限。",
        ) from None
    text, notices = decode(data, file)
    return Document(parse(text, file, keys), notices, _line_count(text))
