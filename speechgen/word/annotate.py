"""Comments into a copy of a Word file, at exact spots of its text."""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from speechgen.word import _oxml
from speechgen.word._package import (
    PACKAGE,
    RELATION,
    TYPES,
    Package,
    damaged,
    open_package,
    parsed,
    relations_of,
    repacked,
    written,
)
from speechgen.word._runs import Paragraph, Piece, paragraphs_of, styles_of
from speechgen.word._styles import W, number

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EMPTY_COMMENTS = f'<w:comments xmlns:w="{W[1:-1]}"/>'.encode()


class Note(NamedTuple):
    """A comment on ``text[start:end]`` of a block as `reader.read_docx` gives it; an empty range is the whole block."""

    block: int
    start: int
    end: int
    text: str
    author: str = "审校"


def annotate(path: Path, notes: Sequence[Note]) -> bytes:
    """A copy of the Word file at ``path`` with a comment for each note; nothing else in it changes.

    The same file and notes give the same bytes: comments carry no date. A range that ends inside what cannot be
    parted (a character under pinyin) takes all of it. Raises SpeechgenError as `reader.read_docx` does; IndexError
    for a block that there is not.
    """
    package = open_package(path)
    try:
        document = package.xml(package.main)
        paragraphs = paragraphs_of(document, styles_of(package))
        name, comments = _comments_part(package)
    except Exception as error:  # the same that reading refuses
        raise damaged(path) from error
    taken = [number(element.get(f"{W}id")) for root in (comments, document) for element in _numbered(root)]
    first = max(taken, default=-1) + 1
    by_block: dict[int, list[tuple[int, Note]]] = {}
    for comment_id, note in enumerate(notes, start=first):
        comments.append(_comment(comment_id, note))
        by_block.setdefault(note.block, []).append((comment_id, note))
    for block, own in by_block.items():
        _mark(paragraphs[block], own)
    if not notes:
        return repacked(package, {})
    return repacked(package, {package.main: written(document), name: written(comments)} | _linked(package, name))


def _numbered(root: Any) -> Iterator[Any]:
    yield from root.iter(f"{W}comment", f"{W}commentReference", f"{W}commentRangeStart", f"{W}commentRangeEnd")


# ── into the text ─────────────────────────────────────────────────────────────────────────────


def _mark(paragraph: Paragraph, notes: list[tuple[int, Note]]) -> None:
    """Put the marks of all comments of one paragraph into it."""
    length = len(paragraph.text)
    ranges = [(comment_id, *_range(note, length)) for comment_id, note in notes]
    pieces = _parted(paragraph.pieces, {offset for _, start, end in ranges for offset in (start, end)})
    last: dict[Any, Any] = {}  # after which element the next mark behind a run, or what holds it, is to stand
    for comment_id, start, end in ranges:
        covered = [piece.run for piece in pieces if piece.start < end and start < piece.end]
        begin, finish = (_element(f"commentRange{which}", comment_id) for which in ("Start", "End"))
        reference = _element("r")
        reference.append(_element("commentReference", comment_id))
        if not covered:
            paragraph.elements[0].extend([begin, finish, reference])
            continue
        covered[0].addprevious(begin)
        _add_after(covered[-1], finish, last)
        top = covered[-1]  # outside of insertions and links: the mark of a comment is neither
        while top.getparent().tag != f"{W}p":
            top = top.getparent()
        _add_after(top, reference, last)


def _add_after(anchor: Any, element: Any, last: dict[Any, Any]) -> None:
    last.get(anchor, anchor).addnext(element)
    last[anchor] = element


def _range(note: Note, length: int) -> tuple[int, int]:
    start, end = max(0, min(note.start, length)), max(0, min(note.end, length))
    return (start, end) if start < end else (0, length)


def _parted(pieces: Iterable[Piece], cuts: set[int]) -> list[Piece]:
    """The pieces with their runs split wherever a cut falls, so that a mark can stand there."""
    parted: list[Piece] = []
    latest: dict[Any, Any] = {}  # what has been split off a run last
    before: Piece | None = None
    for piece in _cut(pieces, cuts):
        run = latest.get(piece.run, piece.run)
        if before and before.run is piece.run and before.child is not piece.child and piece.start in cuts:
            run = latest[piece.run] = _split(run, piece.child)
        parted.append(piece._replace(run=run))
        before = piece
    return parted


def _cut(pieces: Iterable[Piece], cuts: set[int]) -> Iterator[Piece]:
    """The pieces with their w:t parted at each cut; what cannot be parted stays whole."""
    for piece in pieces:
        inside = sorted(cut for cut in cuts if piece.start < cut < piece.end)
        if not inside or piece.node is not piece.child or piece.node.tag != f"{W}t":
            yield piece
            continue
        node = piece.node
        for start, end in pairwise([piece.start, *inside, piece.end]):
            text = piece.text[start - piece.start : end - piece.start]
            if start > piece.start:
                tail = _element("t")
                node.addnext(tail)
                node = tail
            _say(node, text)
            yield Piece(start, text, piece.run, node, node)


def _split(run: Any, child: Any) -> Any:
    """Move ``child`` and what follows it into a run of its own with the same formatting; that run."""
    fresh = _element("r")
    fresh.attrib.update(run.attrib)
    properties = run.find(f"{W}rPr")
    if properties is not None:
        fresh.append(copy.deepcopy(properties))
    following = [child, *child.itersiblings()]
    for element in following:
        fresh.append(element)
    run.addnext(fresh)
    return fresh


def _say(element: Any, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")


def _element(name: str, comment_id: int | None = None) -> Any:
    from lxml import etree

    element = etree.Element(f"{W}{name}", nsmap={"w": W[1:-1]})
    if comment_id is not None:
        element.set(f"{W}id", str(comment_id))
    return element


# ── the comments themselves ───────────────────────────────────────────────────────────────────


def _comment(comment_id: int, note: Note) -> Any:
    comment = _element("comment", comment_id)
    author = _oxml.clean(note.author)
    comment.set(f"{W}author", author)
    comment.set(f"{W}initials", author[:1])
    for line in note.text.splitlines() or [""]:
        # Plain small type: a comment would otherwise take the speech's own size and line height.
        comment.append(parsed(
            f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:spacing w:line="240" w:lineRule="auto"/>'
            '<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="left"/></w:pPr>'
            '<w:r><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr><w:t/></w:r></w:p>'.encode()
        ))  # fmt: skip
        _say(comment[-1].find(f"{W}r/{W}t"), _oxml.clean(line))
    return comment


def _comments_part(package: Package) -> tuple[str, Any]:
    """The name and root of the part with the comments that are there already, else of a new one."""
    for name in package.related("comments").values():
        if name in package.parts:
            return name, package.xml(name)
    folder = posixpath.dirname(package.main)
    names = (posixpath.join(folder, f"comments{suffix}.xml") for suffix in ("", *range(1, 100)))
    return next(name for name in names if name not in package.parts), parsed(_EMPTY_COMMENTS)


def _linked(package: Package, name: str) -> dict[str, bytes]:
    """The parts that must know of a new comments part; none when it was there before."""
    if name in package.related("comments").values():
        return {}
    relations_name = relations_of(package.main)
    relations = package.xml(relations_name)
    if relations is None:
        relations = parsed(f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode())
    used = {relation.get("Id") for relation in relations}
    fresh = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used)
    target = posixpath.relpath(name, posixpath.dirname(package.main) or ".")
    relations.append(_plain(relations, "Relationship", Id=fresh, Type=f"{RELATION}/comments", Target=target))
    types = package.xml(TYPES)
    types.append(_plain(types, "Override", PartName=f"/{name}", ContentType=_COMMENTS_TYPE))
    return {relations_name: written(relations), TYPES: written(types)}


def _plain(parent: Any, tag: str, **attributes: str) -> Any:
    from lxml import etree

    namespace = parent.tag.partition("}")[0]
    return etree.Element(f"{namespace}}}{tag}", attributes, nsmap=parent.nsmap)
