"""Stretches of text replaced in a copy of a Word file."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from speechgen.word import _oxml
from speechgen.word._package import damaged, open_package, repacked, written
from speechgen.word._runs import Paragraph, Piece, paragraphs_of, styles_of
from speechgen.word._styles import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_T = f"{W}t"
_BREAKS = {"\t": f"{W}tab", "\n": f"{W}br"}


class Edit(NamedTuple):
    """``text`` in place of ``text[start:end]`` of a block as `reader.read_docx` gives it."""

    block: int
    start: int
    end: int
    text: str


def amend(path: Path, edits: Sequence[Edit]) -> bytes:
    """A copy of the Word file at ``path`` with the edits made and nothing else changed; the same input gives the same
    bytes.

    What is put in is set like the first character that it replaces, a pure insertion like the character before it.
    Line breaks and tabs in it become Word's. Raises SpeechgenError as `reader.read_docx` does; ValueError when edits
    overlap or lie outside of their block, IndexError for a block that there is not.
    """
    package = open_package(path)
    try:
        document = package.xml(package.main)
        paragraphs = paragraphs_of(document, styles_of(package))
    except Exception as error:  # the same that reading refuses
        raise damaged(path) from error
    by_block: dict[int, list[Edit]] = {}
    for edit in sorted(edits, key=lambda edit: (edit.block, edit.start, edit.end)):
        by_block.setdefault(edit.block, []).append(edit)
    for block, own in by_block.items():
        _apply(paragraphs[block], own)
    return repacked(package, {package.main: written(document)} if edits else {})


def _apply(paragraph: Paragraph, edits: list[Edit]) -> None:
    """Make the edits of one paragraph, in their order, from the last to the first so that offsets hold."""
    length = len(paragraph.text)
    if any(not 0 <= edit.start <= edit.end <= length for edit in edits):
        raise ValueError("an edit outside of its block")
    if any(after.start < before.end for before, after in pairwise(edits)):
        raise ValueError("edits overlap")
    pieces = paragraph.pieces or (_fresh_piece(paragraph),)
    texts = [piece.text for piece in pieces]
    for edit in reversed(edits):
        covered = [n for n, piece in enumerate(pieces) if piece.start < edit.end and edit.start < piece.end]
        if not covered:  # an insertion between two pieces
            covered = [n for n, piece in enumerate(pieces) if piece.end == edit.start][:1] or [0]
        for n in covered:
            piece, text = pieces[n], texts[n]
            first, last = (max(0, min(at - piece.start, len(piece.text))) for at in (edit.start, edit.end))
            texts[n] = text[:first] + (_legal(edit.text) if n == covered[0] else "") + text[last:]
    for piece, text in zip(pieces, texts, strict=True):
        if text != piece.text:
            _write(piece, text)


def _fresh_piece(paragraph: Paragraph) -> Piece:
    """A place for text in an empty paragraph, set as its mark is."""
    from lxml import etree

    element = paragraph.elements[-1]
    run = etree.SubElement(element, f"{W}r")
    mark = element.find(f"{W}pPr/{W}rPr")
    if mark is not None:
        properties = copy.deepcopy(mark)
        for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange"):
            for change in properties.findall(f"{W}{name}"):
                properties.remove(change)
        run.append(properties)
    node = etree.SubElement(run, _T)
    return Piece(0, "", run, node, node)


def _write(piece: Piece, text: str) -> None:
    """Put ``text`` where the piece stands; a tab or a line break that it begins with still stays the same one."""
    node, kept = piece.node, False
    if node.tag != _T and text.startswith(piece.text):
        kept, text = True, text[len(piece.text) :]
    for element in reversed(list(_elements(text))):
        node.addnext(element)
    if not kept:
        node.getparent().remove(node)


def _elements(text: str) -> Iterator[Any]:
    """Text as the elements of a run."""
    from lxml import etree

    for part in re.split("([\t\n])", text):
        if part in _BREAKS:
            yield etree.Element(_BREAKS[part])
        elif part:
            element = etree.Element(_T)
            element.text = part
            if part != part.strip():
                element.set(_SPACE, "preserve")
            yield element


def _legal(text: str) -> str:
    """Text that XML can hold, with line breaks and tabs left in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(map(_oxml.clean, line.split("\t"))) for line in lines)
