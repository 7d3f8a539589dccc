"""Bytes of a YAML file → plain data, and where each value stands (file, line, column).

Three steps: `decode` finds the encoding, the line scan (`yamlscan`) names the slips of spelling and corrects them in
memory, and the parser's events for the corrected text become data without recursion. Slips of the last two are told
at once, if need be together with what is wrong with the data (`told_together`).

Every value stays text exactly as typed (12:30, 010, NO, 3.10). Only a value typed over several lines is
joined, and then without a blank next to a Chinese character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from speechgen import encoding
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location
from speechgen.yamlscan import BREAK, ILLEGAL, Keys, Lines, scan

if TYPE_CHECKING:
    from pathlib import Path

    import yaml

__all__ = [
    "Document", "Entry", "Keys", "Mapping", "Node", "Scalar", "Sequence",
    "decode", "merged", "parse", "read_yaml", "told_together",
]  # fmt: skip

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 20


# ── the data ──────────────────────────────────────────────────────────────────────────────────


class Scalar(NamedTuple):
    """A text. ``plain`` means unquoted, so an empty plain one says that nothing was typed."""

    text: str
    location: Location
    plain: bool


class Sequence(NamedTuple):
    """A list, written with hyphens or in brackets."""

    items: tuple[Node, ...]
    location: Location


class Entry(NamedTuple):
    """A key and what stands under it."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """Keys with values, in file order. A key that was typed twice is a slip, and its first value counts."""

    entries: tuple[Entry, ...]
    location: Location

    def get(self, name: str) -> Node | None:
        """The value under the key ``name``; None if there is no such key."""
        for entry in self.entries:
            if entry.key.text == name:
                return entry.value
        return None


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node | None) -> Any:
    """What a node says, as texts, lists and dicts; its places left out."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {entry.key.text: plain(entry.value) for entry in node.entries}
    return None


def merged(base: Mapping, over: Mapping) -> Mapping:
    """``base`` with what ``over`` says in its place: keys under keys one by one, all else as a whole. What is empty
    leaves the base as it is."""
    found = {entry.key.text: entry for entry in base.entries}
    for entry in over.entries:
        before = found.get(entry.key.text)
        if isinstance(entry.value, Scalar) and not entry.value.text.strip():
            continue
        if before and isinstance(before.value, Mapping) and isinstance(entry.value, Mapping):
            found[entry.key.text] = Entry(before.key, merged(before.value, entry.value))
        else:
            found[entry.key.text] = entry
    return Mapping(tuple(found.values()), base.location if base.entries else over.location)


class Document(NamedTuple):
    """A whole file. ``notices`` are remarks for the user; ``line_count`` counts lines as Notepad does,
    an empty last one left out."""

    root: Mapping
    notices: tuple[str, ...]
    line_count: int


# ── size and encoding ─────────────────────────────────────────────────────────────────────────

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

    Raises SpeechgenError for more than 5 MB, for Word files and the like, and as `encoding.decode` does.
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
    return encoding.decode(data, file)


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
        self.lines = Lines(text)
        self.file = file
        # YAML 1.1 takes these for line breaks; Notepad does not, and a value may hold them
        specials = [char for char in "\x85\u2028\u2029" if char in text]
        spare = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)
        stand_ins = dict(zip(specials, spare, strict=False)) if specials else {}
        self.text = text.translate({ord(char): stand_in for char, stand_in in stand_ins.items()}) if specials else text
        self.restore = {ord(stand_in): char for char, stand_in in stand_ins.items()}
        self.slips: list[Slip] = []
        self.root: Node | None = None
        self.stack: list[_Open] = []

    def build(self) -> Slip | None:
        """Read everything; what the parser could not understand, if anything."""
        import yaml

        try:
            self._read(iter(_loader()(self.text).get_event, None))
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            return _translate(error, self.lines, self.file)
        return None

    def _place(self, mark: Any) -> Location:
        """Where the parser's mark is."""
        return self.lines.location(self.file, mark.index)

    def _slip(self, code: str, mark: Any, message: str, remedy: str) -> None:
        self.slips.append(Slip(code, message, self._place(mark), remedy))

    def _read(self, events: Iterator[yaml.Event]) -> None:
        import yaml

        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._refuse_marks(event)
                self._add(self._scalar(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                self._add(self.stack.pop().close())
            elif isinstance(event, yaml.CollectionStartEvent):
                self._refuse_marks(event)
                if len(self.stack) == MAX_DEPTH:
                    message = f"内容一层套一层，超过了 {MAX_DEPTH} 层。"
                    self._slip("yaml-depth", event.start_mark, message, "请减少层次，把里层的内容提到外层来写。")
                    return
                is_map = isinstance(event, yaml.MappingStartEvent)
                self.stack.append(_Open(is_map, self._place(event.start_mark)))
            elif isinstance(event, yaml.AliasEvent):
                self._refuse_marks(event)
                self._add(Scalar("", self._place(event.start_mark), False))
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                message = "一个文件里写了几份内容（中间有“---”），程序只认一份。"
                remedy = "请删去“---”这一行；几份会议请分成几个文件。"
                self._slip("yaml-documents", event.start_mark, message, remedy)
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

    def _scalar(self, event: Any) -> Scalar:
        value, start = event.value, event.start_mark
        raw = self.text[start.index : event.end_mark.index]
        if "\n" in raw or "\r" in raw:
            value = _unfold(value, raw, event.style or "")
        text = value.translate(self.restore) if self.restore else value
        if event.style == '"' and re.search(ILLEGAL, text):
            message = "双引号里的反斜杠“\\”写出了不能用的字符。"
            self._slip("yaml-escape", start, message, "请删去反斜杠，或把双引号改成单引号。")
        return Scalar(text, self._place(start), not event.style)

    def _refuse_marks(self, event: Any) -> None:
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
        self._slip(code, event.start_mark, message, f"如果“{sign}”是文字，请把整句放进引号里；否则请删去。")

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
        body = BREAK.split(raw)[1:]
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
    for line in BREAK.split(raw):
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
    (r"could not find expected ':'", True,
     "这一行看不懂：没有“栏目: 内容”的半角冒号，也不是上一行的延续。",
     "请在栏目名后面加半角冒号和空格；如果是说明文字，请在行首加“# ”；如果是上一行的话，请接到上一行末尾。"),
    (r"mapping values are not allowed", False,
     "这一行的半角冒号出现在不该有的地方：可能一行里有两个冒号，或者行首空格数不对。",
     f"{_ALIGN}；如果冒号是文字，请改用全角“：”。"),
    (r"sequence entries are not allowed", False,
     "这里不能出现“- ”。", f"请把“- ”另起一行，并与上下各条对齐；如果是文字，{_QUOTE}。"),
    (r"tab character|character '\\t'", False,
     "这一行用了 Tab（制表符），程序只认半角空格。", "请删去 Tab，改用半角空格。"),
    (r"cannot start any token", False, "这里有一个不能放在开头的符号。", f"{_QUOTE}。"),
    (r"unexpected end of stream|unexpected document", True,
     "引号只有前一半，没有后一半。", "请在这句话末尾补上同样的引号。"),
    (r"escape|hexdecimal|hexadecimal|Unicode character", False,
     "双引号里的反斜杠“\\”有特殊含义，这里看不懂。", "请把双引号改成单引号。"),
    (r"',' or '[\]}]'", True,
     "括号没有配对，或者里面各条之间少了逗号。",
     f"请检查“[ ]”“{{ }}”是否成对，各条之间用半角逗号加空格隔开；如果括号是文字，{_QUOTE}。"),
    (r"expected '-' indicator|expected <block end>, but found '(\?|<scalar>)'", False,
     "这一行与上下各条对不上：可能行首少了“- ”，或者行首空格数不对。", f"{_ALIGN}，属于清单的在行首加“- ”。"),
    (r"expected key|expected <block end>", False,
     "这一行与上下各行对不上：可能行首空格数不对、冒号前缺栏目名，或者上一行的引号、括号之后还有文字。",
     f"{_ALIGN}；引号、括号之后还有文字的，{_QUOTE}。"),
    (r"block scalar|chomping|comment or line break", False,
     "“|”或“>”后面不能再写字。", f"如果是文字，{_QUOTE}；否则请把正文另起一行写，行首多空两格。"),
    (r"node content", False, "这里应当有内容，却只有一个符号。", f"如果这个符号是文字，{_QUOTE}；否则请删去。"),
    (r"document start|directive|version|YAML document", False,
     "这一行看不懂，它不属于前面的任何栏目。", f"{_ALIGN}；如果是说明文字，请在行首加“# ”。"),
    (r"anchor|alias|alphabetic", False, "“&”“*”在 YAML 里有特殊含义。", f"{_QUOTE}。"),
    (r"tag|URI", False, "“!”在 YAML 里有特殊含义。", f"{_QUOTE}。"),
)  # fmt: skip


def _translate(error: Exception, lines: Lines, file: str) -> Slip:
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

# what the builder says of a line that the scan has explained already
_CONFUSED = {"yaml-key-shape", "yaml-key-empty", "yaml-anchor", "yaml-alias", "yaml-tag"}

# after these there is no telling what else the file holds
_FATAL = {"yaml-depth", "yaml-documents", "yaml-empty", "yaml-not-keys"}

# the corrected line is certainly what was meant, so what else is wrong with it can be told as well
_CERTAIN = {
    "yaml-colon-wide", "yaml-colon-space", "yaml-colon-missing", "yaml-indent", "yaml-hyphen", "yaml-braces",
    "yaml-flow-bracket", "yaml-invisible", "yaml-control",
}  # fmt: skip


def parse(text: str, file: str, keys: Keys, slips: list[Slip] | None = None) -> Mapping:
    """The data in ``text``. ``file`` is named in every Location; ``keys`` are the keys known in this kind of file.

    With ``slips`` given, those after which the file could be read as corrected are added there. Any others, and all
    without it, are raised together as SpeechgenError, in the order of their lines.
    """
    scanned = scan(text, file, keys)
    explained = scanned.explained | {slip.location.line - 1 for slip in scanned.slips if slip.location}
    builder = _Builder(scanned.text, file)
    complaint = builder.build()
    found = list(scanned.slips)
    for slip in [*builder.slips, *([complaint] if complaint else [])]:
        line = slip.location.line - 1 if slip.location else -1
        if not (slip is complaint or slip.code in _CONFUSED) or line not in explained:
            found.append(slip)
    found.sort(key=lambda slip: (slip.location.line, slip.location.column) if slip.location else (0, 0))
    is_whole = scanned.complete and complaint is None and not any(slip.code in _FATAL for slip in found)
    if not isinstance(builder.root, Mapping) or (found and (slips is None or not is_whole)):
        raise SpeechgenError(*found)
    if slips is not None:
        slips += found
    return builder.root


def told_together(slips: Iterable[Slip]) -> list[Slip]:
    """Slips of reading and of whatever then read the data, in the order of files and lines. Of a line that reading
    had to guess at, only its guess is told: anything more might come of that."""
    found = sorted(slips, key=_line_of)
    guessed = {_line_of(slip) for slip in found if slip.code.startswith("yaml-") and slip.code not in _CERTAIN}
    return [slip for slip in found if slip.code.startswith("yaml-") or _line_of(slip) not in guessed]


def _line_of(slip: Slip) -> tuple[str, int]:
    return (slip.location.file, slip.location.line) if slip.location else ("", 0)


def read_yaml(path: Path, keys: Keys, slips: list[Slip] | None = None) -> Document:
    """The file at ``path`` as data; `decode` and `parse` in one. Raises SpeechgenError as these do, also if the
    file cannot be opened. `told_together` puts ``slips`` in order with those found later."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        remedy = "请核对文件名和所在的文件夹。"
        raise SpeechgenError.of("yaml-missing", "找不到这个文件。", Location(file), remedy) from None
    except (OSError, ValueError):
        remedy = "请看它是不是文件夹、是否被别的程序占用、有没有读取权限。"
        raise SpeechgenError.of("yaml-unreadable", "这个文件打不开。", Location(file), remedy) from None
    text, notices = decode(data, file)
    return Document(parse(text, file, keys, slips), notices, _line_count(text))


def _line_count(text: str) -> int:
    lines = Lines(text)
    return len(lines) - (lines.starts[-1] == len(text))
