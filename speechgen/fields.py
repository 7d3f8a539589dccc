"""Reading the fields of one place in a YAML file, all slips going to the file's common list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from speechgen import figures, patterns
from speechgen.errors import Slip
from speechgen.model import Location, Text
from speechgen.yamlio import Mapping, Node, Scalar, Sequence

FORMAT = 1

T = TypeVar("T")


class Fields:
    """The fields of one place in a file; every slip found goes to the file's common list."""

    def __init__(self, node: Mapping, path: str, keys: Iterable[str], slips: list[Slip]) -> None:
        self.node, self.path, self.slips = node, path, slips
        self.location = node.location
        known = list(keys)
        if "*" not in known:
            for entry in node.entries:
                if entry.key.text not in known:
                    self.slip("unknown-key", f"{self._place()}不认识「{entry.key.text}」这一项",
                              entry.key.location, nearest(entry.key.text, known))  # fmt: skip

    def _place(self) -> str:
        return f"「{self.path}」下面" if self.path else ""

    def key(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def slip(self, code: str, message: str, location: Location, remedy: str = "") -> None:
        self.slips.append(Slip(code, message, location, remedy))

    def get(self, name: str) -> Node | None:
        node = self.node.get(name)
        return None if isinstance(node, Scalar) and not node.text.strip() else node

    def text(self, name: str, required: bool = False) -> Text | None:
        """One piece of text, or None when nothing was typed."""
        node = self.get(name)
        if node is None:
            begun = next((entry.key for entry in self.node.entries if entry.key.text == name), None)
            if required and begun:
                self.slip("missing-key", f"「{self.key(name)}」后面还空着", begun.location,
                          "请在冒号后面空一格，写上内容。")  # fmt: skip
            elif required:
                self.slip("missing-key", f"没有写「{self.key(name)}」", self.location,
                          f"请补上一行「{name}: …」，冒号用半角，后面空一格。")  # fmt: skip
            return None
        if not isinstance(node, Scalar):
            self.slip("not-text", f"「{self.key(name)}」这里要写一行文字", node.location,
                      f"请写成「{name}: 文字」，不要分行列项。")  # fmt: skip
            return None
        return as_text(node, self.key(name))

    def texts(self, name: str) -> tuple[Text, ...]:
        """One piece of text or a list of them."""
        return tuple(self.each(name, lambda node, key: line_of(node, key, self.slips)))

    def each(self, name: str, read: Callable[[Node, str], T | None]) -> list[T]:
        """``read`` applied to every item; a single value counts as a list of one."""
        node = self.get(name)
        if node is None:
            return []
        items = node.items if isinstance(node, Sequence) else (node,)
        found = (read(i, self.key(name)) for i in items if not (isinstance(i, Scalar) and not i.text.strip()))
        return [item for item in found if item is not None]

    def integer(self, name: str, low: int, high: int, unit: str = "") -> int | None:
        text = self.text(name)
        if text is None:
            return None
        value = _whole(text.value.removesuffix(unit).strip())
        if value is not None and low <= value <= high:
            return value
        self.slip("not-number", f"「{self.key(name)}」写的是「{text.value}」，要写 {low} 到 {high} 之间的整数",
                  text.location, f"例如「{name}: {min(max(15, low), high)}」。")  # fmt: skip
        return None

    def choice(self, name: str, options: Iterable[str]) -> str:
        text = self.text(name)
        known = list(options)
        if text is None:
            return ""
        if text.value in known:
            return text.value
        self.slip("not-a-choice", f"「{self.key(name)}」写的是「{text.value}」", text.location,
                  f"可以写：{'、'.join(known)}。")  # fmt: skip
        return ""

    def flag(self, name: str, default: bool) -> bool:
        text = self.text(name)
        if text is None:
            return default
        if text.value in ("是", "否"):
            return text.value == "是"
        self.slip("not-a-choice", f"「{self.key(name)}」写的是「{text.value}」", text.location, "请写「是」或「否」。")
        return default

    def day(self, name: str) -> date | None:
        """A date with its year, as content files write it."""
        text = self.text(name)
        if text is None:
            return None
        value = figures.read_day(text.value, 0)
        if value is None:
            self.slip("bad-date", f"「{self.key(name)}」写的是「{text.value}」，不是一个真实的日期", text.location,
                      "请写成「2026-01-01」的样子。")  # fmt: skip
        return value

    def below(self, name: str, keys: Iterable[str]) -> Fields | None:
        """The fields under a key; a slip when the key holds something else."""
        node = self.get(name)
        if node is None:
            return None
        if isinstance(node, Mapping):
            return Fields(node, self.key(name), keys, self.slips)
        self.not_keys(name, node, keys)
        return None

    def not_keys(self, name: str, node: Node, keys: Iterable[str] = ()) -> None:
        """The slip of a key that has a line or a list where keys of its own should stand."""
        example = next((key for key in keys if key != "*"), "名称")
        self.slip("not-keys", f"「{self.key(name)}」下面要分行写各项", node.location,
                  f"例如下一行缩进两格写「{example}: …」。")  # fmt: skip


def as_text(node: Scalar, key: str) -> Text:
    """A scalar as text, line breaks and runs of space folded as a reader would."""
    value = node.text.strip()
    if len(value.split(None, 1)) < 2:
        return Text(value, key, node.location)
    value = patterns.compiled(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])").sub(
        lambda m: "" if "\n" in m[0] else m[0], value
    )
    return Text(patterns.compiled(r"\s*\n\s*").sub(" ", value), key, node.location)


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice that names the nearest known word, or lists them all."""
    options = list(known)
    close = get_close_matches(word, options, n=1, cutoff=0.4)
    return f"是不是「{close[0]}」？" if close else f"这里可以写：{'、'.join(options)}。"


def check_format(fields: Fields) -> None:
    """Refuse a file written for a newer program."""
    text = fields.text("格式")
    if text is None:
        return
    number = _whole(text.value)
    if number is None or number < 1:
        fields.slip("bad-format", f"「格式」写的是「{text.value}」", text.location,
                    f"请写「格式: {FORMAT}」，或者删去这一行。")  # fmt: skip
    elif number > FORMAT:
        fields.slip("newer-format", f"这个文件是为更新的 speechgen 写的（格式 {text.value}）", text.location,
                    "请先升级 speechgen，再打开这个文件。")  # fmt: skip


def _whole(text: str) -> int | None:
    """A whole number of at most nine digits, full-width ones too (an input method types them)."""
    return int(text) if patterns.compiled("[0-9０-９]{1,9}").fullmatch(text) else None


def line_of(node: Node, key: str, slips: list[Slip]) -> Text | None:
    """A node as one line of text; a slip when it is a list or has keys."""
    if isinstance(node, Scalar):
        return as_text(node, key)
    slips.append(Slip("not-text", f"「{key}」里这一条要写成一行文字", node.location, "一条写一行，以「- 」开头。"))
    return None


def named_texts(top: Fields, name: str) -> dict[str, Text]:
    """What stands under a key whose own keys are free (要求, 部门, 选定); a slip when it has none."""
    fields = top.below(name, ("*",))
    if fields is None:
        return {}
    found = {entry.key.text: fields.text(entry.key.text) for entry in fields.node.entries}
    return {key: text for key, text in found.items() if text}
