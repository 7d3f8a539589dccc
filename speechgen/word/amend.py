"""Stretches of text replaced in a copy of a Word file."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from speechgen.word import _oxml
from speechgen.word._package import damaged, open_package, repacked, written
from speechgen.word._runs import Paragraph, Piece, paragraphs_of, styles_of
from speechgen.word._styles import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_T = f"{W}t"


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
    pieces = [piece._replace(node=_text_element(piece)) for piece in paragraph.pieces]
    said = {piece.start: piece.text for piece in pieces}
    touched: dict[int, Piece] = {}
    for edit in reversed(edits):
        covered = [piece for piece in pieces if piece.start < edit.end and edit.start < piece.end]
        if not covered:
            before = [piece for piece in pieces if piece.end == edit.start]
            covered = before or pieces[:1] or [_fresh_piece(paragraph)]
        for which, piece in enumerate(covered):
            text = said.get(piece.start, "")
            first, last = (max(0, min(at - piece.start, len(text))) for at in (edit.start, edit.end))
            said[piece.start] = text[:first] + ("" if which else _legal(edit.text)) + text[last:]
            touched[piece.start] = piece
    for start, piece in touched.items():
        _write(piece.node, said[start])
    _keep_untouched(pieces, touched)


def _legal(text: str) -> str:
    """Text that XML can hold, with line breaks and tabs left in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("\t".join(map(_oxml.clean, line.split("\t"))) for line in lines)
