"""The sentence language: a small, total part of Jinja inside one sentence, and text that knows its origin.

A sentence may hold text, ``{{ }}`` with names, dots, constants, our own filters and tests, and
``{% if %}`` with ``==``, ``!=``, ``and``, ``or``, ``not``. There is no loop, assignment, call or
arithmetic, so rendering costs no more than the sentence and its values are long.

Values enter as `Traced`, a string that carries its pieces; rendering joins pieces, so every
character of the result can name what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location, Source, Span

if TYPE_CHECKING:
    from jinja2 import nodes

MAX_SENTENCE = 2_000  # characters; far above any sentence a leader can say
MAX_DEPTH = 30  # levels of a sentence's tree; a deeper one would exhaust the compiler's stack

Facts = Mapping[str, Any]  # name → Traced | Missing | Facts | tuple of these


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with one source; ``via`` is the chain around it, outermost first."""

    text: str
    source: Source
    via: tuple[Source, ...] = ()


class Traced(str):
    """A string and the pieces it is made of; equal and hashed as its text."""

    pieces: tuple[Piece, ...]

    def __new__(cls, pieces: Iterable[Piece] = ()) -> Self:
        kept = tuple(piece for piece in pieces if piece.text)
        self = super().__new__(cls, "".join(piece.text for piece in kept))
        self.pieces = kept
        return self

    def __str__(self) -> Traced:
        return self  # Jinja calls str() on every value it prints; the pieces must survive that


class Missing(Traced):
    """A fact that the files do not give. False in a condition; a 【待补充：…】 when printed."""

    def __new__(cls, key: str, what: str = "", location: Location | None = None) -> Self:
        return super().__new__(cls, [Piece(f"【待补充：{what or key}】", Source("blank", key, location))])

    def __bool__(self) -> bool:
        return False


def traced(text: str, source: Source) -> Traced:
    """``text`` as a single piece."""
    return Traced([Piece(text, source)])


def plain(text: Traced) -> str:
    """The text alone, its pieces dropped."""
    return str.__str__(text)


def join(parts: Iterable[str], between: str = "", source: Source | None = None) -> Traced:
    """Join traced strings, with ``between`` attributed to ``source`` where it is given."""
    pieces: list[Piece] = []
    for number, part in enumerate(parts):
        if number and between:
            pieces.append(Piece(between, source or Source("computed", "连接")))
        pieces += part.pieces if isinstance(part, Traced) else [Piece(part, source or Source("computed", "连接"))]
    return Traced(pieces)


def cut(text: Traced, start: int, end: int | None = None) -> Traced:
    """``text[start:end]`` with its pieces cut to match."""
    stop = len(text) if end is None else end
    pieces, at = [], 0
    for piece in text.pieces:
        left, right = max(start - at, 0), min(stop - at, len(piece.text))
        if left < right:
            pieces.append(replace(piece, text=piece.text[left:right]))
        at += len(piece.text)
    return Traced(pieces)


def within(text: Traced, *around: Source) -> Traced:
    """The same text, every piece's chain begun with ``around``."""
    return Traced(replace(piece, via=around + piece.via) for piece in text.pieces)


def spans(text: Traced) -> tuple[Span, ...]:
    """The spans of a text, neighbours of the same source and chain run together."""
    found: list[Span] = []
    at = 0
    for piece in text.pieces:
        end = at + len(piece.text)
        last = found[-1] if found else None
        if last and last.source == piece.source and last.via == piece.via:
            found[-1] = replace(last, end=end)
        else:
            found.append(Span(at, end, piece.source, piece.via))
        at = end
    return tuple(found)


# ── sentences ─────────────────────────────────────────────────────────────────────────────────


def has_expression(sentence: str) -> bool:
    """Whether there is anything to compile; most sentences are plain text."""
    return "{{" in sentence or "{%" in sentence


def render(sentence: str, facts: Facts, source: Source) -> Traced:
    """``sentence`` filled from ``facts``; its own words rest on ``source``.

    Raises SpeechgenError when the sentence is not in the language or names an unknown fact.
    """
    if not has_expression(sentence):
        return traced(sentence, source)
    result = _filled(sentence, sentence, facts, source.location)
    own = _OWN_WORDS
    return Traced(
        replace(piece, source=source) if piece.source is own else replace(piece, via=(source, *piece.via))
        for piece in result.pieces
    )


def holds(condition: str, facts: Facts) -> bool:
    """Whether a 当 condition is true of ``facts``. Raises SpeechgenError as `render` does."""
    return bool(_filled(_as_sentence(condition), condition, facts, None))


def _filled(sentence: str, typed: str, facts: Facts, location: Location | None) -> Traced:
    from jinja2 import TemplateError

    try:
        filled: Traced = _compiled(sentence).render(facts)
    except SpeechgenError as error:
        raise SpeechgenError(*(replace(slip, location=location) for slip in error.slips)) from error
    except TemplateError as error:
        raise SpeechgenError.of(
            "template", f"「{typed}」填写时出错：{error}", location, "请检查里面的名称，可以用的名称见《语料写法》。"
        ) from error
    return filled


def _as_sentence(condition: str) -> str:
    """A condition as a sentence that says something when it holds. Raises SpeechgenError when it is
    more than a condition."""
    if any(mark in condition for mark in ("{", "}", "%")):
        raise SpeechgenError.of(
            "template", f"「当」后面只写条件，不写花括号和百分号：{condition}", None, "例如「当: 会议.听取」。"
        )
    return "{% if " + condition + " %}是{% endif %}"


def names(sentence: str) -> tuple[str, ...]:
    """The dotted names a sentence (or, with ``{{ }}`` around it, a condition) asks for, in order."""
    if not has_expression(sentence):
        return ()
    return tuple(dict.fromkeys(_dotted(_parsed(sentence))))


def slips(sentence: str, location: Location, known: Iterable[str] | None = None) -> list[Slip]:
    """What is wrong with a sentence: not in the language, or (with ``known``) an unknown name.

    A known name ending in ``.*`` admits any name below it.
    """
    if not has_expression(sentence):
        stray = next((mark for mark in ("}}", "%}", "{#", "#}", "｛｛", "｝｝") if mark in sentence), "")
        if stray:
            return [Slip("template", f"有「{stray}」却没有配对的双花括号：{sentence}", location,
                         "变量写成 {{ 会议.名称 }} 的样子，花括号用半角。")]  # fmt: skip
        return []
    return _slips(sentence, sentence, location, known)


def condition_slips(condition: str, location: Location, known: Iterable[str] | None = None) -> list[Slip]:
    """What is wrong with a 当 condition, as `slips` tells it of a sentence."""
    try:
        sentence = _as_sentence(condition)
    except SpeechgenError as error:
        return [replace(slip, location=location) for slip in error.slips]
    return _slips(sentence, condition, location, known)


def _slips(sentence: str, typed: str, location: Location, known: Iterable[str] | None) -> list[Slip]:
    try:
        asked = names(sentence)
    except SpeechgenError as error:
        return [
            replace(slip, location=location, message=slip.message.replace(sentence, typed)) for slip in error.slips
        ]
    return [] if known is None else unknown_names(asked, typed, location, known)


def unknown_names(asked: Iterable[str], typed: str, location: Location, known: Iterable[str]) -> list[Slip]:
    """A slip for each dotted name that is not ``known``; ``typed`` is where it was asked for."""
    admitted = set(known)
    unknown = [n for n in asked if n not in admitted and n.rpartition(".")[0] + ".*" not in admitted]
    return [Slip("name", f"不认识「{name}」：{typed}", location, _nearest(name, admitted)) for name in unknown]


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), n=1, cutoff=0.4)
    return f"是不是「{close[0]}」？" if close else "可以用的名称见《语料写法》。"


# ── the language, guarded ─────────────────────────────────────────────────────────────────────

_OWN_WORDS = Source("outline", "")


def _concat(parts: Iterable[str]) -> Traced:
    pieces: list[Piece] = []
    for part in parts:
        pieces += part.pieces if isinstance(part, Traced) else [Piece(part, _OWN_WORDS)]
    return Traced(pieces)


@cache
def _environment() -> Any:
    from jinja2 import StrictUndefined, TemplateRuntimeError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Unknown(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            return f"不认识「{self._undefined_name}」"

    def printable(value: Any) -> str:
        """Only text is printed: a whole branch of the tree would come out as Python's own writing."""
        if isinstance(value, str | Unknown) or type(value) is int:
            return str(value)
        raise TemplateRuntimeError("双花括号里要写到有文字的那一项")

    class Sentences(ImmutableSandboxedEnvironment):
        concat = staticmethod(_concat)

        def getitem(self, obj: Any, argument: Any) -> Any:
            """Look-up in our own data only: no attribute of a Python object is ever reached."""
            if isinstance(obj, Mapping) and argument in obj:
                return obj[argument]
            return self.undefined(obj=obj, name=argument)

    environment = Sentences(
        undefined=Unknown, finalize=printable, autoescape=False, keep_trailing_newline=True, optimized=False
    )
    environment.globals.clear()
    environment.filters = dict(FILTERS)
    environment.tests = dict(TESTS)
    return environment


def _parsed(sentence: str) -> nodes.Template:
    from jinja2 import TemplateSyntaxError, nodes

    if len(sentence) > MAX_SENTENCE:
        raise SpeechgenError.of("template", f"句子太长，超过 {MAX_SENTENCE} 个字符：{sentence[:30]}…")
    if _VERBATIM.search(sentence):
        raise _outside(sentence)
    try:
        tree: nodes.Template = _environment().parse(sentence)
    except TemplateSyntaxError as error:
        raise SpeechgenError.of(
            "template", f"双花括号没有写对：{sentence}", None,
            "变量写成 {{ 会议.名称 }} 的样子，条件写成 {% if 会议.地点 %}…{% endif %}，符号都用半角。",
        ) from error  # fmt: skip
    except RecursionError as error:
        raise _too_deep(sentence) from error
    if _deeper_than(tree, MAX_DEPTH):
        raise _too_deep(sentence)
    tree = _dots_to_items(tree)
    allowed = (
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getitem, nodes.Filter,
        nodes.Test, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    )  # fmt: skip
    for node in (tree, *tree.find_all(nodes.Node)):
        if type(node) not in allowed or not _tame(node):
            raise _outside(sentence)
    return tree


_VERBATIM = re.compile(r"\{%[-+]?\s*raw|\{#")  # the lexer swallows these before the guard could see them


def _outside(sentence: str) -> SpeechgenError:
    return SpeechgenError.of(
        "template", f"句子里只能取值和判断，不能写别的算法：{sentence}", None,
        "循环请用「每项」，条件请用「当」，取语料请用「取」。",
    )  # fmt: skip


def _too_deep(sentence: str) -> SpeechgenError:
    return SpeechgenError.of("template", f"括号或条件套得太深：{sentence}", None, "请拆成几句来写。")


def _deeper_than(tree: nodes.Node, levels: int) -> bool:
    rank = [tree]
    for _ in range(levels):
        rank = [child for node in rank for child in node.iter_child_nodes()]
        if not rank:
            return False
    return True


_JINJAS_OWN = ("self", "super", "loop", "caller", "varargs", "kwargs")


def _tame(node: nodes.Node) -> bool:
    from jinja2 import nodes

    match node:
        case nodes.Name():
            return node.ctx == "load" and not node.name.startswith("_") and node.name not in _JINJAS_OWN
        case nodes.Getitem():
            return isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str) and node.arg.value[:1] != "_"
        case nodes.Const():
            return isinstance(node.value, str | bool | int)
        case nodes.CondExpr():
            return node.expr2 is not None
        case nodes.Operand():
            return node.op in ("eq", "ne")  # templates never order figures; the tests do
        case nodes.Filter():
            return node.node is not None and node.name in FILTERS and not (node.args or node.kwargs)
        case nodes.Test():
            return node.name in TESTS and not (node.args or node.kwargs)
    return True


def _dots_to_items(node: Any) -> Any:
    """``会议.名称`` means an item of our data, never an attribute of a Python object."""
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    class Rewrite(NodeTransformer):
        def visit_Getattr(self, node: nodes.Getattr) -> nodes.Getitem:
            inner = self.visit(node.node)
            return nodes.Getitem(inner, nodes.Const(node.attr, lineno=node.lineno), "load", lineno=node.lineno)

    return Rewrite().visit(node)


def _dotted(node: Any) -> Iterable[str]:
    from jinja2 import nodes

    path: list[str] = []
    inner = node
    while isinstance(inner, nodes.Getitem) and isinstance(inner.arg, nodes.Const):
        path.append(str(inner.arg.value))
        inner = inner.node
    if isinstance(inner, nodes.Name):
        yield ".".join([inner.name, *reversed(path)])
        return
    for child in node.iter_child_nodes():
        yield from _dotted(child)


@cache
def _compiled(sentence: str) -> Any:
    return _environment().from_string(_parsed(sentence))


# ── our own filters and tests ─────────────────────────────────────────────────────────────────


def _listed(items: Any) -> Traced:
    """A list of words with 、 between them; words already joined stay as they are."""
    if isinstance(items, Traced):
        return items
    if not isinstance(items, tuple) or not all(isinstance(item, Traced) for item in items):
        from jinja2 import TemplateRuntimeError

        raise TemplateRuntimeError("「列」只能用在一串词语上")
    return join(items, "、", Source("computed", "列"))


def _is(property_name: str, wanted: str) -> Any:
    def test(value: Any) -> bool:
        return isinstance(value, Mapping) and value.get(property_name) == wanted

    return test


FILTERS: dict[str, Any] = {"列": _listed}
TESTS = {
    "上升": _is("方向", "上升"),
    "下降": _is("方向", "下降"),
    "持平": _is("方向", "持平"),
    "缺": _is("方向", "缺"),
    "向好": _is("评价", "向好"),
    "变差": _is("评价", "变差"),
}
