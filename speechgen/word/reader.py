"""A .docx → `Draft`: the paragraphs of a Word file as blocks, for checking a speech that is there already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from speechgen import patterns
from speechgen.model import Block, BlockKind, Draft, Location, Source, Span
from speechgen.word import _oxml
from speechgen.word._package import Package, core_part, damaged, open_package
from speechgen.word._page import page_of
from speechgen.word._runs import Paragraph, paragraphs_of, revisions, styles_of
from speechgen.word._styles import Styles, W

_KINDS: dict[str, BlockKind] = {
    _oxml.TITLE: "title",
    _oxml.BYLINE: "byline",
    _oxml.DATE: "date",
    _oxml.SALUTATION: "salutation",
    _oxml.BODY: "paragraph",
}
_HEADING = patterns.compiled(r"heading ([1-4])", re.IGNORECASE)
_CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(path: Path) -> Draft:
    """The speech in a Word file, a block for each paragraph, the empty ones and those in tables too.

    The blocks joined by line breaks are the text as Word shows it once all tracked changes are accepted, "\\n" for a
    line break inside a paragraph. Text boxes, notes, headers and footers are left out, and so is what Word itself
    puts before a paragraph that is numbered automatically: readers see it, the file does not hold it.

    Paragraphs in our own styles become blocks of that kind; in other files a paragraph with an outline level from 1 to
    4 (of its own, by its style or its style's name; numbered automatically or not) is a heading and every other one
    a paragraph. A block with text rests on one ``source`` span whose location is the file and the paragraph's number.
    The draft's ``page`` tells how all that is set, its ``notices`` of tracked changes and comments.
    Raises SpeechgenError for what is not a .docx, damaged, protected, with macros, or far too large.
    """
    package = open_package(path)
    try:
        document = package.xml(package.main)
        styles = styles_of(package)
        paragraphs = paragraphs_of(document, styles)
        blocks = tuple(_blocks(paragraphs, styles, path))
        page = page_of(package, document, styles, paragraphs)
        title = _title(package)
        notices = tuple(_notices(document))
    except Exception as error:  # what is not XML, or has another shape than any Word file
        raise damaged(path) from error
    first = next((block.text.replace("\n", "") for block in blocks if block.kind == "title"), "")
    return Draft(blocks, title=title or first, notices=notices, page=page)


def _title(package: Package) -> str:
    core = package.xml(core_part(package.parts))
    title = None if core is None else core.find(_CORE_TITLE)
    return "" if title is None else str(title.text or "")


def _notices(document: Any) -> Iterator[str]:
    changes = revisions(document)
    comments = sum(1 for _ in document.iter(f"{W}commentReference"))
    noted = f"稿子里还有 {comments} 条批注没有处理" if comments else ""
    if changes:
        yield f"稿子里还有 {changes} 处修订没有接受，已按接受后的样子审校" + (f"；{noted}" if noted else "")
    elif noted:
        yield noted


# ── paragraphs → blocks ───────────────────────────────────────────────────────────────────────


def _blocks(paragraphs: Sequence[Paragraph], styles: Styles, path: Path) -> Iterator[Block]:
    file = str(path)
    for count, paragraph in enumerate(paragraphs, start=1):
        element, text = paragraph.elements[-1], paragraph.text
        style_id = styles.paragraph_style(element)
        kind = _KINDS.get(style_id, "paragraph")
        level = lead = 0
        if text.strip():
            level = _outline_level(element, styles) if style_id not in _KINDS else 0
            if level:
                kind = "heading"
            elif kind == "paragraph":
                lead, level = _lead(paragraph)
        source = Source("source", f"第{count}段", Location(file, count, 0))
        yield Block(kind, text, (Span(0, len(text), source),) if text else (), level, lead)


def _outline_level(element: Any, styles: Styles) -> int:
    """1 to 4 for a heading, else 0: the paragraph's own outline level, its style's, or the style's name."""
    own = _outline_of(element)
    if own is not None:
        return own
    for style in styles.chain(styles.paragraph_style(element)):
        found = _outline_of(style)
        if found is not None:
            return found
        name = style.find(f"{W}name")
        if name is not None and (named := _HEADING.fullmatch(name.get(f"{W}val", ""))):
            return int(named[1])
    return 0


def _outline_of(element: Any) -> int | None:
    found = element.find(f"{W}pPr/{W}outlineLvl")
    if found is None:
        return None
    value = found.get(f"{W}val", "9")
    return int(value) + 1 if value in ("0", "1", "2", "3") else 0


def _lead(paragraph: Paragraph) -> tuple[int, int]:
    """How many characters at the beginning are in one of our lead styles, and of which level."""
    length, level = 0, 0
    for piece in paragraph.pieces:
        named = piece.run.find(f"{W}rPr/{W}rStyle")
        style_id = "" if named is None else named.get(f"{W}val", "")
        if style_id not in _oxml.LEADS:
            break
        length, level = piece.end, _oxml.LEADS.index(style_id)
    return length, level
