"""What a golden folder holds: the whole speech with its origins, and the Word parts, indented."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speechgen.draft import Made

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parent
WORD_PARTS = ("document.xml", "styles.xml")
WITH_WORD = ("2027年元旦春节安全稳定", "2027年春节前安全稳定", "2026年末安全生产", "十处缺项")  # one page is like another


def folder(example: Path) -> Path:
    """The golden folder of an example."""
    return GOLDEN / f"{example.parent.name}-{example.stem}"


def parts(example: Path) -> dict[str, str]:
    """File name → text of everything that the golden folder of an example holds."""
    from speechgen import draft

    texts = draft.make_all(example)
    if len(texts) > 1:
        return {f"{made.meeting.setting.label}.txt": _spoken(made) for made in texts}
    made = texts[0]
    said = {"speech.txt": _spoken(made)}
    if example.stem not in WITH_WORD:
        return said
    with zipfile.ZipFile(io.BytesIO(draft.rendered(made, "docx"))) as package:
        return said | {name: indented(package.read(f"word/{name}")) for name in WORD_PARTS}


def _spoken(made: Made) -> str:
    from speechgen import report

    spoken = f"{report.explain(made.draft)}\n\n{made.draft.characters} 字\n"
    gaps = "".join(f"{gap.kind} {gap.key}：{gap.what}（第 {gap.location.line} 行）\n" for gap in made.draft.gaps)
    notices = "".join(f"提醒：{notice}\n" for notice in made.notices)
    return spoken + gaps + notices


def indented(xml: bytes) -> str:
    """XML with an element a line, for a diff that can be read."""
    root = ET.fromstring(xml)
    for prefix, uri in (("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
                        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")):  # fmt: skip
        ET.register_namespace(prefix, uri)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"
