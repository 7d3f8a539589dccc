"""The text of a Word file, and where in its XML every character of it stands.

Reader, annotate and amend share this one mapping, so that a block and an offset mean the same place to all three. The
text is what Word shows once all tracked changes are accepted: insertions, content controls, smart tags, hyperlinks,
field results and tables count; deletions, hidden text and the codes of fields do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from speechgen.word._package import Package
from speechgen.word._styles import Styles, W, on

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _R, _T, _TABLE = f"{W}p", f"{W}r", f"{W}t", f"{W}tbl"
_FIELD, _RUBY = f"{W}fldChar", f"{W}ruby"
_ACCEPTED = (f"{W}ins", f"{W}moveTo")
_REJECTED = (f"{W}del", f"{W}moveFrom")
_AROUND = {f"{_MC}AlternateContent": f"{_MC}Choice", f"{W}sdt": f"{W}sdtContent"}  # holds text one level down
_IN_BLOCKS = {f"{W}{name}" for name in ("tbl", "tr", "tc", "customXml", "smartTag")} | set(_ACCEPTED)
_IN_PARAGRAPHS = {f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")} | set(
    _ACCEPTED
)
_MARKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


class Piece(NamedTuple):
    """``text`` of a block from ``start`` on, as one element of the file gives it."""

    start: int
    text: str
    run: Any  # the w:r
    child: Any  # the run's child that it stands in
    node: Any  # the w:t, w:tab, w:br … that gives it: the child itself, but inside a ruby

    @property
    def end(self) -> int:
        """Where it ends in the block's text."""
        return self.start + len(self.text)


class Paragraph(NamedTuple):
    """A paragraph as Word shows it: one w:p, or several whose marks between are deleted or hidden."""

    elements: tuple[Any, ...]
    pieces: tuple[Piece, ...]
    in_table: bool = False

    @property
    def text(self) -> str:
        """Its text, "\\n" for a line break."""
        return "".join(piece.text for piece in self.pieces)


def styles_of(package: Package) -> Styles:
    """The styles of a Word file."""
    return Styles(package.related_xml("styles"), package.related_xml("theme"))


def paragraphs_of(document: Any, styles: Styles) -> list[Paragraph]:
    """The paragraphs of a document's root element in their order, those in tables and the empty ones too. Text boxes,
    notes, headers and footers are left out."""
    body = document.find(f"{W}body")
    groups = [] if body is None else list(_groups(body, in_table=False))
    return [Paragraph(group, tuple(_pieces(group, styles)), in_table) for group, in_table in groups]


def _groups(container: Any, in_table: bool) -> Iterator[tuple[tuple[Any, ...], bool]]:
    """The w:p elements under a container, those that show as one paragraph together."""
    joined: list[Any] = []
    for child in container:
        if child.tag == _P:
            joined.append(child)
            if not _mark_is_gone(child):
                yield tuple(joined), in_table
                joined = []
            continue
        inner = child.find(_AROUND[child.tag]) if child.tag in _AROUND else child if child.tag in _IN_BLOCKS else None
        if inner is None or _row_is_gone(child):
            continue
        if joined:
            yield tuple(joined), in_table
            joined = []
        yield from _groups(inner, in_table or child.tag == _TABLE)
    if joined and any(next(runs_of(element), None) is not None for element in joined):
        yield tuple(joined), in_table


def _mark_is_gone(paragraph: Any) -> bool:
    properties = paragraph.find(f"{W}pPr/{W}rPr")
    if properties is None:
        return False
    hidden = properties.find(f"{W}vanish")
    return (hidden is not None and on(hidden)) or any(properties.find(tag) is not None for tag in _REJECTED)


def _row_is_gone(element: Any) -> bool:
    return element.tag == f"{W}tr" and element.find(f"{W}trPr/{W}del") is not None


def runs_of(container: Any) -> Iterator[Any]:
    """The runs of a paragraph that are there once all changes are accepted."""
    for child in container:
        if child.tag == _R:
            yield child
        elif child.tag in _IN_PARAGRAPHS:
            yield from runs_of(child)
        elif child.tag in _AROUND:
            inner = child.find(_AROUND[child.tag])
            if inner is not None:
                yield from runs_of(inner)


def _pieces(group: tuple[Any, ...], styles: Styles) -> Iterator[Piece]:
    at = 0
    for paragraph in group:
        fields: list[bool] = []  # of each field that is open, whether its result has begun
        for run in runs_of(paragraph):
            hidden = styles.hidden(run, paragraph)
            for child in run:
                if child.tag == _FIELD:
                    _turn(fields, child.get(f"{W}fldCharType", ""))
                elif not hidden and all(fields):
                    for node in _nodes(child):
                        text = _text_of(node)
                        if text:
                            yield Piece(at, text, run, child, node)
                            at += len(text)


def _turn(fields: list[bool], kind: str) -> None:
    if kind == "begin":
        fields.append(False)
    elif fields and kind == "separate":
        fields[-1] = True
    elif fields and kind == "end":
        fields.pop()


def _nodes(child: Any) -> Iterator[Any]:
    """The elements with text in a run's child: itself, or the characters under the pinyin of a ruby."""
    if child.tag == _RUBY:
        yield from child.iterfind(f"{W}rubyBase/{W}r/*")
    else:
        yield child


def _text_of(node: Any) -> str:
    if node.tag == _T:
        return node.text or ""
    if node.tag == f"{W}br":
        return "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else ""
    return _MARKS.get(node.tag, "")


def revisions(document: Any) -> int:
    """How many tracked changes of the text wait to be accepted."""
    count = 0
    for change in document.iter(*_ACCEPTED, *_REJECTED):
        parent = change.getparent()
        if parent.tag == f"{W}rPr":  # of a paragraph mark: counts when nothing else in the paragraph does
            paragraph = parent.getparent().getparent()
            others = () if paragraph is None else paragraph.iter(*_ACCEPTED, *_REJECTED)
            count += not any(other.getparent().tag != f"{W}rPr" for other in others)
        else:
            count += parent.tag == f"{W}trPr" or next(change.iter(_R), None) is not None
    return count
