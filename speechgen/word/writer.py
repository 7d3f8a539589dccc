"""`Draft` + `Layout` → the bytes of a .docx.

A speech is a package of static parts (one for each layout, see `build_template`) to which its text and its
properties are added. The static parts stay compressed as they are, so a batch pays for them once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby, zip_longest
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from speechgen import patterns
from speechgen.layout import Layout, TextStyle
from speechgen.model import Block, Draft
from speechgen.word import _oxml
from speechgen.word.title import break_title

_SPECIAL = {
    "title": _oxml.TITLE,
    "byline": _oxml.BYLINE,
    "date": _oxml.DATE,
    "salutation": _oxml.SALUTATION,
    "paragraph": _oxml.BODY,
}
_COMPRESSION = 6

# A run of half-width characters is not broken at a line's end; every other character stands alone.
_TOKEN = patterns.compiled(r"[!-~]+|.", re.DOTALL)
_HANGING = frozenset("，。、；：！？")
_NOT_FIRST = frozenset("”’）》〉】〕…—")
_NOT_LAST = frozenset("“‘（《〈【〔")


def write_docx(draft: Draft, layout: Layout, template: bytes | None = None) -> bytes:
    """A speech as a Word file; the same draft and layout give the same bytes.

    ``template`` is `build_template` of the same layout when the caller has kept it. Text goes in as it
    stands, but that tabs and line ends become spaces and control characters are left out.
    """
    package = BytesIO()
    package.write(build_template(layout) if template is None else template)
    with ZipFile(package, "a") as archive:
        _add(archive, "docProps/core.xml", _oxml.core(draft.title, draft.properties))
        paragraphs = [_paragraph(block, layout) for block in draft.blocks]
        _add(archive, "word/document.xml", _oxml.document(paragraphs, layout))
    return package.getvalue()


def build_template(layout: Layout) -> bytes:
    """A zip of all parts that every speech of ``layout`` shares: styles, settings, footers, relations."""
    package = BytesIO()
    with ZipFile(package, "w") as archive:
        for name, text in _oxml.static_parts(layout).items():
            _add(archive, name, text)
    return package.getvalue()


def title_width(layout: Layout) -> int:
    """Full-width characters that a line of the title holds."""
    return max(1, layout.text_width // layout.title.pitch)


def estimate_pages(draft: Draft, layout: Layout) -> int:
    """Pages of the speech by counting lines: indents, hanging punctuation, space before and after, and
    headings that move to the next page with their text. Word may differ by a line or two."""
    pages, used = 1, 0
    styles = [_style_of(block, layout) for block in draft.blocks]
    for block, style, following in zip_longest(draft.blocks, styles, styles[1:]):
        lines = _line_count(block, style, layout)
        used += style.before
        if style.keep_next and following:
            together = lines * style.line + following.line
            if used + together > layout.text_height:
                pages, used = pages + 1, 0
        for _ in range(lines):
            if used + style.line > layout.text_height:
                pages, used = pages + 1, 0
            used += style.line
        used += style.after
    return pages


# ── blocks → paragraphs ───────────────────────────────────────────────────────────────────────


def _paragraph(block: Block, layout: Layout) -> _oxml.Paragraph:
    style = _oxml.HEADINGS[_level(block)] if block.kind == "heading" else _SPECIAL[block.kind]
    return _oxml.Paragraph(style, tuple(_runs(block, layout)))


def _level(block: Block) -> int:
    """Index of a heading's level."""
    return min(max(block.level, 1), 4) - 1


def _runs(block: Block, layout: Layout) -> Iterator[_oxml.Run]:
    """The block's text in runs of one look and one line."""
    text = block.text
    blank = bytearray(len(text))
    for span in block.spans:
        if span.source.origin == "blank":
            blank[span.start : span.end] = b"\1" * len(blank[span.start : span.end])
    lead = block.lead if block.kind == "paragraph" else 0
    lead_style = _oxml.LEADS[block.level if 0 <= block.level <= 4 else 0]

    start = 0
    for number, line in enumerate(_lines(block, layout)):
        places = range(start, start + len(line))
        start += len(line)
        for (in_lead, marked), group in groupby(places, key=lambda at: (at < lead, bool(blank[at]))):
            at = list(group)
            style = lead_style if in_lead else _oxml.BLANK if marked else ""
            breaks = number > 0 and at[0] == places.start
            yield _oxml.Run(text[at[0] : at[-1] + 1], style, marked, breaks)


def _lines(block: Block, layout: Layout) -> tuple[str, ...]:
    return break_title(block.text, title_width(layout)) if block.kind == "title" else (block.text,)


def _add(archive: ZipFile, name: str, text: str) -> None:
    """Add a part with nothing in its entry that depends on the time or the machine."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system = 0
    archive.writestr(entry, text.encode("utf-8"), ZIP_DEFLATED, _COMPRESSION)


# ── counting lines ────────────────────────────────────────────────────────────────────────────


def _style_of(block: Block, layout: Layout) -> TextStyle:
    if block.kind == "heading":
        return layout.headings[_level(block)]
    styles = {
        "title": layout.title,
        "byline": layout.byline,
        "date": layout.date,
        "salutation": layout.salutation,
        "paragraph": layout.body,
    }
    return styles[block.kind]


def _line_count(block: Block, style: TextStyle, layout: Layout) -> int:
    if block.kind == "title":
        return max(1, len(_lines(block, layout)))
    lines, used = 1, style.indent * style.pitch // 100
    for token in _TOKEN.findall(block.text):
        width = len(token) * (style.pitch - style.size * 5) if token.isascii() else style.pitch
        room = width + style.pitch if token in _NOT_LAST else width
        if used + room > layout.text_width and used and token not in _HANGING:
            # Closing marks may not begin a line: they take the character before them along.
            lines, used = lines + 1, style.pitch if token in _NOT_FIRST else 0
        used += width
    return lines
