"""What is in force in a folder: rules, layout, and what a speech may rest on. For drafts and for foreign speeches."""

from __future__ import annotations

import hashlib
from pathlib import Path

from speechgen import __version__, cache, content
from speechgen.check.document import Grounds
from speechgen.check.loader import OFFICE_FILE, load_rules
from speechgen.check.rule import Rulebook
from speechgen.content import Content, Quoted
from speechgen.errors import SpeechgenError
from speechgen.fields import nearest
from speechgen.layout import SHIPPED, Layout, load_layout
from speechgen.model import Location, Meeting, Office, Text

PROFILE = "单位.yaml"
DEFAULT_LAYOUT = "gbt9704"


def grounds_of(meeting: Meeting | None, office: Office | None, library: Content | Quoted) -> Grounds:
    """What a speech may rest on, of what is loaded already."""
    return Grounds(meeting, office, tuple(library.wordings.values()), tuple(library.statutes.values()))


def rules_for(
    folder: Path, extra: Path | None = None, cache_folder: Path | None = None, *, bare: bool = False
) -> Rulebook:
    """The shipped rules, over them the nearest 审校.yaml at or above ``folder``, over that ``extra``.

    ``bare`` rules have no explanations and examples, and are read sooner.
    """
    nearest_file = content.nearest_above(folder.resolve(), OFFICE_FILE)
    return load_rules([path for path in (nearest_file, extra) if path], cache_folder, bare=bare)


def layout_of(meeting: Meeting | None, office: Office | None, cache_folder: Path | None) -> Layout:
    """The layout that the meeting file, else the profile names: a shipped one, or a file beside them.
    Raises SpeechgenError when there is none of that name, or it has slips."""
    asked = (meeting.layout if meeting else None) or (office.layout if office else None)
    wanted = asked or Text(DEFAULT_LAYOUT, "版式", Location(meeting.file if meeting else ""))
    beside = Path(wanted.location.file).parent / wanted.value
    candidates = (SHIPPED / f"{wanted.value}.yaml", beside, beside.with_name(beside.name + ".yaml"))
    path = next((p for p in candidates if p.is_file()), None)
    if path is None:
        known = sorted(p.stem for p in SHIPPED.glob("*.yaml"))
        raise SpeechgenError.of(
            "no-layout", f"没有名为「{wanted.value}」的版式", wanted.location, nearest(wanted.value, known)
        )
    # A layout may start from a shipped one, so the shipped ones' bytes belong to the key.
    parts = [__version__.encode(), str(path).encode(), path.read_bytes()]
    parts += [p.read_bytes() for p in sorted(SHIPPED.glob("*.yaml"))]
    key = hashlib.sha256(b"\0".join(parts)).hexdigest()
    return cache.through(cache_folder, "layout", key, Layout, lambda: load_layout(path))
