"""The page of a Word file → `Page`: paper, margins, how each paragraph is set, and the page number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from speechgen import patterns
from speechgen.model import Face, Look, Page, Stretch
from speechgen.word._package import RELATION, Package
from speechgen.word._runs import Paragraph, runs_of
from speechgen.word._styles import Styles, W, number, on

_P = f"{W}p"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PAGE_FIELD = patterns.compiled(r"\s*PAGE\b", re.IGNORECASE)
_DASHED = patterns.compiled(r"ArabicDash|NumberInDash", re.IGNORECASE)


def page_of(package: Package, document: Any, styles: Styles, paragraphs: Sequence[Paragraph]) -> Page:
    """The page of a document, by its last section, with a look for each of ``paragraphs``."""
    looks = tuple(_look(paragraph, styles) for paragraph in paragraphs)
    sections = list(document.iter(f"{W}sectPr"))
    sections = [section for section in sections if section.getparent().tag != f"{W}sectPrChange"]
    size, margins, grid = (_latest(sections, name) for name in ("pgSz", "pgMar", "docGrid"))
    found = _page_number(package, sections, styles)
    gridded = grid.get("type", "default") != "default"
    top, right, bottom, left = (abs(number(margins.get(side))) for side in ("top", "right", "bottom", "left"))
    width, height, pitch = number(size.get("w")), number(size.get("h")), number(grid.get("linePitch"))
    return Page(width, height, top, right, bottom, left, looks, pitch if gridded else 0, *found)


def _latest(sections: list[Any], name: str) -> dict[str, str]:
    """The attributes of an element of the last section, those of an earlier one where it has none."""
    found = [element for element in (section.find(f"{W}{name}") for section in sections) if element is not None]
    return {key.removeprefix(W): value for key, value in found[-1].attrib.items()} if found else {}


# ── one paragraph ─────────────────────────────────────────────────────────────────────────────


def _look(paragraph: Paragraph, styles: Styles) -> Look:
    last = paragraph.elements[-1]
    stretches: list[Stretch] = []
    amounts: Counter[Face] = Counter()
    run = face = None
    for piece in paragraph.pieces:
        if piece.run is not run:
            run, face = piece.run, styles.face(piece.run, last)
        assert face is not None
        amounts[face] += len("".join(piece.text.split()))
        if stretches and stretches[-1].face == face:
            stretches[-1] = stretches[-1]._replace(end=piece.end)
        else:
            stretches.append(Stretch(piece.start, piece.end, face))
    most = amounts.most_common(1)[0][0] if amounts else Face()
    return _set(last, styles, most, tuple(stretches), paragraph.in_table)


def _set(element: Any, styles: Styles, face: Face, stretches: tuple[Stretch, ...] = (), in_table: bool = False) -> Look:
    said = styles.paragraph(element)
    ahead = _indent(said, "firstLine", face) - _indent(said, "hanging", face)
    rule = said.get("lineRule", "")
    return Look(face, said.get("align", ""), ahead, number(said.get("line")), rule, stretches, in_table)


def _indent(said: dict[str, str], name: str, face: Face) -> int:
    """An indent in twips: in characters of the paragraph where the file counts in them."""
    in_characters = number(said.get(f"{name}Chars"))
    return round(in_characters * face.size * 20 / 100) if in_characters else number(said.get(name))


# ── the page number ───────────────────────────────────────────────────────────────────────────


class _Number(NamedTuple):
    look: Look
    text: str
    align: str


def _page_number(package: Package, sections: list[Any], styles: Styles) -> tuple[Look | None, str, bool, bool]:
    """The page number's look and text, whether it changes sides, whether even pages lack it."""
    parts = {**package.related("footer"), **package.related("header")}
    dashed = "InDash" in _latest(sections, "pgNumType").get("fmt", "")
    names: dict[tuple[str, str], str] = {}  # a section without its own footer has that of the one before
    for section in sections:
        for place in ("footer", "header"):
            for reference in section.iterfind(f"{W}{place}Reference"):
                kind = reference.get(f"{W}type", "default")
                names[kind, place] = parts.get(reference.get(f"{{{RELATION}}}id", ""), "")
    found = {}
    for (kind, _), name in names.items():
        root = package.xml(name)
        numbers = () if root is None else (n for n in _numbers(root, styles, dashed) if n)
        first = next(iter(numbers), None)
        if first and kind not in found:
            found[kind] = first
    settings = package.related_xml("settings")
    alternating = settings is not None and (mark := settings.find(f"{W}evenAndOddHeaders")) is not None and on(mark)
    odd, even = found.get("default"), found.get("even")
    if not alternating:
        return (odd.look, odd.text, odd.align in ("outside", "inside"), False) if odd else (None, "", False, False)
    shown = odd or even
    if shown is None:
        return None, "", False, False
    sides = {n.align for n in (odd, even) if n}
    return shown.look, shown.text, sides in ({"left", "right"}, {"outside"}), even is None


def _numbers(root: Any, styles: Styles, dashed: bool) -> Iterator[_Number]:
    for paragraph in root.iter(_P):
        text, run, in_dashes = "", None, dashed
        for piece, of_field, code in _footer_text(paragraph):
            if of_field:
                text += "1"
                run = run if run is not None else piece
                in_dashes = in_dashes or bool(_DASHED.search(code))
            else:
                text += code
        if run is not None:
            face = styles.face(run, paragraph)
            look = _set(paragraph, styles, face)
            align = _placed(paragraph) or look.align or "left"
            text = text.replace("1", "- 1 -", 1) if in_dashes else text
            yield _Number(look._replace(align=align), text.strip(), align)


def _footer_text(paragraph: Any) -> Iterator[tuple[Any, bool, str]]:
    """What a footer says, piece by piece: (run, False, text), and (run, True, code) for the page number."""
    code, in_code, result, told = "", False, None, False
    for run in runs_of(paragraph):
        simple = run.getparent()
        if simple.tag == f"{W}fldSimple":
            if _PAGE_FIELD.match(simple.get(f"{W}instr", "")) and simple.find(f"{W}r") is run:
                yield run, True, simple.get(f"{W}instr", "")
            continue
        for child in run:
            if child.tag == f"{W}fldChar":
                kind = child.get(f"{W}fldCharType")
                if kind == "begin":
                    code, in_code, result, told = "", True, None, False
                elif kind == "separate":
                    in_code, result = False, code
                elif kind == "end":
                    if _PAGE_FIELD.match(code) and not told:
                        yield run, True, code  # a field whose result was never worked out
                    code, in_code, result = "", False, None
            elif child.tag == f"{W}instrText":
                code += child.text or ""
            elif child.tag == f"{W}pgNum":
                yield run, True, ""
            elif child.tag == f"{W}t" and not in_code:
                if result is None or not _PAGE_FIELD.match(result):
                    yield run, False, child.text or ""
                elif not told:
                    told = True
                    yield run, True, result


def _placed(paragraph: Any) -> str:
    """Where a frame or a text box puts a paragraph; "" when it stands in the line."""
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    if frame is not None and frame.get(f"{W}xAlign"):
        return str(frame.get(f"{W}xAlign"))
    for box in paragraph.iterancestors(f"{_DRAWING}anchor"):
        align = box.find(f"{_DRAWING}positionH/{_DRAWING}align")
        if align is not None and align.text:
            return str(align.text)
    return ""
