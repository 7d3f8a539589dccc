"""The sentence language: a small, total part of Jinja inside one sentence, and text that knows its origin.

A sentence may hold text, ``{{ }}`` with names, dots, constants, our own filters and tests, and
``{% if %}`` with ``==``, ``!=``, ``and``, ``or``, ``not``. There is no loop, assignment, call or
arithmetic, so rendering costs no more than the sentence and its values are long. Jinja parses, we evaluate:
no sentence is ever compiled to Python, and a value's attributes are out of reach by construction.

Values enter as `Traced`, a string that carries its pieces; rendering joins pieces, so every
character of the result can name what it rests on.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from speechgen import patterns
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Location, Source, Span

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

MAX_SENTENCE = 2_000  # characters; far above any sentence a leader can say
MAX_DEPTH = 30  # levels of a sentence's tree; far above any that a person writes

Facts = Mapping[str, Any]  # name → Traced | Missing | Facts | tuple of these


class Piece(NamedTuple):
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


class Missing(Traced):
    """A fact that the files do not give. False in a condition; a 【待补充：…】 when printed."""

    def __new__(cls, key: str, what: str = "", location: Location | None = None) -> Self:
        return super().__new__(cls, [Piece(f"【待补充：{what or key}】", Source("blank", key, location))])

    def __bool__(self) -> bool:
        return False


def traced(text: str, source: Source) -> Traced:
    """``text`` as a single piece."""
    found = str.__new__(Traced, text)  # past `Traced.__new__`: most of a thousand a speech are of one piece
    found.pieces = (Piece(text, source),) if text else ()
    return found


def plain(text: Traced) -> str:
    """The text alone, its pieces dropped."""
    return str(text)


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
            pieces.append(piece._replace(text=piece.text[left:right]))
        at += len(piece.text)
    return Traced(pieces)


def within(text: Traced, *around: Source) -> Traced:
    """The same text, every piece's chain begun with ``around``."""
    return Traced(piece._replace(via=around + piece.via) for piece in text.pieces)


def spans(text: Traced) -> tuple[Span, ...]:
    """The spans of a text, neighbours of the same source and chain run together."""
    found: list[Span] = []
    at = 0
    for piece in text.pieces:
        end = at + len(piece.text)
        last = found[-1] if found else None
        if last and last.source == piece.source and last.via == piece.via:
            found[-1] = last._replace(end=end)
        else:
            found.append(Span(at, end, piece.source, piece.via))
        at = end
    return tuple(found)


# ── sentences ─────────────────────────────────────────────────────────────────────────────────


def has_expression(sentence: str) -> bool:
    """Whether there is anything to fill in; most sentences are plain text."""
    return "{{" in sentence or "{%" in sentence


def render(sentence: str, facts: Facts, source: Source) -> Traced:
    """``sentence`` filled from ``facts``; its own words rest on ``source``.

    Raises SpeechgenError when the sentence is not in the language or names an unknown fact.
    """
    if not has_expression(sentence):
        return traced(sentence, source)
    try:
        return Traced(_filled(parse(sentence), facts, source))
    except SpeechgenError as error:
        raise _told_of(error, sentence, source.location) from error


def holds(condition: str, facts: Facts) -> bool:
    """Whether a 当 condition is true of ``facts``. Raises SpeechgenError as `render` does."""
    ((_, expression),) = parse(as_sentence(condition))
    try:
        return bool(_value(expression, facts))
    except SpeechgenError as error:
        raise _told_of(error, condition, None) from error


def _told_of(error: SpeechgenError, typed: str, location: Location | None) -> SpeechgenError:
    def told(slip: Slip) -> Slip:
        message = f"「{typed}」填写时出错：{slip.message}" if slip.code == "fill" else slip.message
        return slip._replace(message=message, location=location)

    return SpeechgenError(*map(told, error.slips))


def as_sentence(condition: str) -> str:
    """A condition as the sentence that would print its value: what is parsed and remembered of it.

    Raises SpeechgenError when it is more than a condition.
    """
    if any(mark in condition for mark in ("{", "}", "%")):
        raise SpeechgenError.of(
            "template", f"「当」后面只写条件，不写花括号和百分号：{condition}", None, "例如「当: 会议.听取」。"
        )
    return "{{ " + condition + " }}"


def names(*sentences: str) -> tuple[str, ...]:
    """The dotted names that sentences ask for, in order, each once."""
    asked = (name for sentence in sentences if has_expression(sentence) for name in _dotted(parse(sentence)))
    return tuple(dict.fromkeys(asked))


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
        sentence = as_sentence(condition)
    except SpeechgenError as error:
        return [slip._replace(location=location) for slip in error.slips]
    return _slips(sentence, condition, location, known)


def _slips(sentence: str, typed: str, location: Location, known: Iterable[str] | None) -> list[Slip]:
    try:
        asked = names(sentence)
    except SpeechgenError as error:
        return [slip._replace(location=location, message=slip.message.replace(sentence, typed)) for slip in error.slips]
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


# ── the language: Jinja's grammar, a small part of it, as plain data ──────────────────────────────
#
# A sentence is a tuple of texts and steps: ("say", expression) and ("if", expression, sentence, sentence).
# An expression is ("name", "会议", "名称"), ("const", value), ("filter" | "is", name, expression),
# ("not", expression), ("and" | "or" | "==" | "!=", one, other) or ("choose", test, one, other).
# Jinja only parses; what becomes no tuple here is refused, so nothing else can ever be evaluated. The
# tuples are plain data and are kept with the parsed content, so a run whose content is in the cache
# does not even import Jinja.

Tree = tuple[Any, ...]

_parsed: dict[str, Tree] = {}
_kept: dict[str, bytes] = {}  # what an earlier run has parsed; of it a run needs one sentence in twenty


def parse(sentence: str) -> Tree:
    """The tree of a sentence, parsed once. Raises SpeechgenError when it is not in the language."""
    if sentence not in _parsed:
        kept = _kept.get(sentence)
        _parsed[sentence] = _parse(sentence) if kept is None else marshal.loads(kept)
    return _parsed[sentence]


def kept(sentence: str) -> bytes:
    """The tree of a sentence as it can be kept for a later run, which is to `remember` it."""
    return marshal.dumps(parse(sentence))


def remember(trees: Mapping[str, bytes]) -> None:
    """Take trees that an earlier run parsed."""
    _kept.update(trees)


@cache
def _jinja() -> Environment:
    from jinja2 import Environment

    return Environment(keep_trailing_newline=True)


def _parse(sentence: str) -> Tree:
    from jinja2 import TemplateSyntaxError

    if len(sentence) > MAX_SENTENCE:
        raise SpeechgenError.of("template", f"句子太长，超过 {MAX_SENTENCE} 个字符：{sentence[:30]}…")
    if _VERBATIM.search(sentence):
        raise _outside(sentence)
    try:
        return _sentence(_jinja().parse(sentence).body, 0)
    except TemplateSyntaxError as error:
        raise SpeechgenError.of(
            "template", f"双花括号没有写对：{sentence}", None,
            "变量写成 {{ 会议.名称 }} 的样子，条件写成 {% if 会议.地点 %}…{% endif %}，符号都用半角。",
        ) from error  # fmt: skip
    except (RecursionError, _TooDeep) as error:
        raise SpeechgenError.of("template", f"括号或条件套得太深：{sentence}", None, "请拆成几句来写。") from error
    except _NotInTheLanguage as error:
        raise _outside(sentence) from error


_VERBATIM = patterns.compiled(r"\{%[-+]?\s*raw|\{#")  # the lexer swallows these before anything here could see them


class _NotInTheLanguage(Exception):
    """Jinja knows it; we do not."""


class _TooDeep(Exception):
    """Deeper than any sentence that a person writes."""


def _outside(sentence: str) -> SpeechgenError:
    return SpeechgenError.of(
        "template", f"句子里只能取值和判断，这里有不认识的判断或算法：{sentence}", None,
        "循环请用「每项」，条件请用「当」，取语料请用「取」。",
    )  # fmt: skip


def _sentence(body: Iterable[nodes.Node], depth: int) -> Tree:
    from jinja2 import nodes

    steps: list[Any] = []
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    plain_text = isinstance(part, nodes.TemplateData)
                    steps.append(part.data if plain_text else ("say", _expression(part, depth + 1)))  # type: ignore[attr-defined]
            case nodes.If():
                elses = node.else_
                for branch in reversed(node.elif_):
                    branch.else_, elses = elses, [branch]
                test = _expression(node.test, depth + 1)
                steps.append(("if", test, _sentence(node.body, depth + 1), _sentence(elses, depth + 1)))
            case _:
                raise _NotInTheLanguage
    return tuple(steps)


def _expression(node: nodes.Node, depth: int) -> Tree:
    from jinja2 import nodes

    if depth > MAX_DEPTH:
        raise _TooDeep
    match node:
        case nodes.Name() | nodes.Getattr() | nodes.Getitem():
            return ("name", *_path(node))
        case nodes.Const(value=str() | bool() | int()):
            return ("const", node.value)
        case nodes.Filter(node=nodes.Expr() as inner) if node.name in FILTERS and _bare(node):
            return ("filter", node.name, _expression(inner, depth + 1))
        case nodes.Test() if node.name in TESTS and _bare(node):
            return ("is", node.name, _expression(node.node, depth + 1))
        case nodes.Not():
            return ("not", _expression(node.node, depth + 1))
        case nodes.And() | nodes.Or():
            word = "and" if isinstance(node, nodes.And) else "or"
            return (word, _expression(node.left, depth + 1), _expression(node.right, depth + 1))
        case nodes.Compare(ops=[nodes.Operand(op="eq" | "ne") as other]):  # templates never order figures
            word = "==" if other.op == "eq" else "!="
            return (word, _expression(node.expr, depth + 1), _expression(other.expr, depth + 1))
        case nodes.CondExpr(expr2=nodes.Expr()):
            parts = (node.test, node.expr1, node.expr2)
            return ("choose", *(_expression(part, depth + 1) for part in parts))  # type: ignore[arg-type]
    raise _NotInTheLanguage


def _bare(node: Any) -> bool:
    return not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)


_JINJAS_OWN = ("self", "super", "loop", "caller", "varargs", "kwargs")


def _path(node: nodes.Node) -> tuple[str, ...]:
    """The names of 会议.名称, which is an item of our data and never an attribute of a Python object."""
    from jinja2 import nodes

    steps: list[str] = []
    while not isinstance(node, nodes.Name):
        match node:
            case nodes.Getattr():
                steps.append(node.attr)
            case nodes.Getitem(arg=nodes.Const(value=str() as name)):
                steps.append(name)
            case _:
                raise _NotInTheLanguage
        node = node.node
    steps.append(node.name)
    if len(steps) > MAX_DEPTH:
        raise _TooDeep
    if node.ctx != "load" or node.name in _JINJAS_OWN or any(step.startswith("_") for step in steps):
        raise _NotInTheLanguage
    return tuple(reversed(steps))


def _dotted(tree: Tree) -> Iterator[str]:
    """The names in a sentence or expression."""
    if tree and tree[0] == "name":
        yield ".".join(tree[1:])
        return
    for part in tree:
        if isinstance(part, tuple):
            yield from _dotted(part)


# ── filling in ────────────────────────────────────────────────────────────────────────────────


def _filled(tree: Tree, facts: Facts, source: Source) -> Iterator[Piece]:
    for step in tree:
        if isinstance(step, str):
            yield Piece(step, source)
        elif step[0] == "if":
            yield from _filled(step[2] if _value(step[1], facts) else step[3], facts, source)
        else:
            value = _value(step[1], facts)
            if isinstance(value, Traced):
                yield from (piece._replace(via=(source, *piece.via)) for piece in value.pieces)
            elif isinstance(value, str) or type(value) is int:
                yield Piece(str(value), source)
            else:  # a whole branch of the tree would come out as Python's own writing
                raise _unfit("双花括号里要写到有文字的那一项")


def _value(expression: Tree, facts: Facts) -> Any:
    match expression:
        case ("name", *path):
            return _looked_up(path, facts)
        case ("const", value):
            return value
        case ("filter", name, inner):
            return FILTERS[name](_value(inner, facts))
        case ("is", name, inner):
            return TESTS[name](_value(inner, facts))
        case ("not", inner):
            return not _value(inner, facts)
        case ("and", one, other):
            return _value(one, facts) and _value(other, facts)
        case ("or", one, other):
            return _value(one, facts) or _value(other, facts)
        case ("==", one, other):
            return _value(one, facts) == _value(other, facts)
        case ("!=", one, other):
            return _value(one, facts) != _value(other, facts)
        case ("choose", test, one, other):
            return _value(one if _value(test, facts) else other, facts)
    raise AssertionError(expression)


def _looked_up(path: Iterable[str], facts: Facts) -> Any:
    value: Any = facts
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            raise _unfit(f"不认识「{name}」")
        value = value[name]
    return value


def _unfit(message: str) -> SpeechgenError:
    return SpeechgenError.of("fill", message, None, "请检查里面的名称，可以用的名称见《语料写法》。")


# ── our own filters and tests ─────────────────────────────────────────────────────────────────


def _listed(items: Any) -> Traced:
    """A list of words with 、 between them; words already joined stay as they are."""
    if isinstance(items, Traced):
        return items
    if not isinstance(items, tuple) or not all(isinstance(item, Traced) for item in items):
        raise _unfit("「列」只能用在一串词语上")
    return join(items, "、", Source("computed", "列"))


def _is(property_name: str, wanted: str) -> Any:
    def test(value: Any) -> bool:
        return isinstance(value, Mapping) and value.get(property_name) == wanted

    return test


def _counted_by(*measures: str) -> Any:
    """Whether a quantity (4家, 126名) is counted by one of these: what 「这4家」 is said of must be true of it."""

    def test(value: Any) -> bool:
        return isinstance(value, str) and bool(value) and value.endswith(measures)

    return test


FILTERS: dict[str, Any] = {"列": _listed}
TESTS = {
    "上升": _is("方向", "上升"),
    "下降": _is("方向", "下降"),
    "持平": _is("方向", "持平"),
    "缺": _is("方向", "缺"),
    "向好": _is("评价", "向好"),
    "变差": _is("评价", "变差"),
    "论人": _counted_by("人", "名", "位"),
    "论户": _counted_by("户"),
    "论家": _counted_by("家"),
    "论处": _counted_by("处", "个", "座", "栋", "幢", "间", "所", "段", "条", "口", "台", "辆", "部", "块", "片", "项"),
    "论件": _counted_by("件", "起", "宗", "批", "次"),
}
