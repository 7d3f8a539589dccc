"""What a Word file says of the look of its text, worked out through run, character style, paragraph style and defaults.

ECMA-376 17.7.2: the nearest one speaks; of bold and hidden (17.7.3), styles turn each other over.
"""

from __future__ import annotations

from typing import Any

from speechgen.model import Face

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TOGGLES = ("b", "vanish")
_FONTS = (("eastAsia", "eastAsiaTheme"), ("ascii", "asciiTheme"), ("hAnsi", "hAnsiTheme"))
_ALIGNS = {"start": "left", "end": "right", "distribute": "both", "thaiDistribute": "both"}

_Said = dict[str, str]  # what one place says, by name


class Styles:
    """The styles of a Word file. Made from the roots of styles.xml and theme1.xml, both may be None."""

    def __init__(self, styles: Any = None, theme: Any = None) -> None:
        self._theme = _theme_fonts(theme)
        self._styles: dict[str, Any] = {}
        self._default = ""
        self._plain: dict[str, Face] = {}  # of runs that say nothing themselves, by the paragraph's style
        self._runs: dict[str, _Said] = {}
        self._paragraphs: dict[str, _Said] = {}
        self._run_defaults: _Said = {}
        self._paragraph_defaults: _Said = {}
        self._toggled: set[str] = set()  # what any style says at all
        if styles is None:
            return
        for style in styles.iterfind(f"{W}style"):
            style_id = style.get(f"{W}styleId", "")
            self._styles[style_id] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self._default = style_id
        self._toggled = {name for name in _TOGGLES if next(styles.iter(f"{W}{name}"), None) is not None}
        defaults = styles.find(f"{W}docDefaults")
        if defaults is not None:
            self._run_defaults = self._run_said(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self._paragraph_defaults = _paragraph_said(defaults.find(f"{W}pPrDefault/{W}pPr"))

    def paragraph_style(self, paragraph: Any) -> str:
        """The id of a paragraph's style, the file's default one where it names none that there is."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style_id = "" if named is None else named.get(f"{W}val", "")
        return style_id if style_id in self._styles else self._default

    def chain(self, style_id: str) -> list[Any]:
        """The style and what it is based on, nearest first."""
        found: list[Any] = []
        while style_id in self._styles and self._styles[style_id] not in found:
            found.append(self._styles[style_id])
            based = found[-1].find(f"{W}basedOn")
            style_id = "" if based is None else based.get(f"{W}val", "")
        return found

    def hidden(self, run: Any, paragraph: Any) -> bool:
        """Whether a run is hidden text."""
        return self._toggle("vanish", run.find(f"{W}rPr"), paragraph)

    def face(self, run: Any, paragraph: Any) -> Face:
        """The type that a run is set in."""
        direct = run.find(f"{W}rPr")
        style_id = self.paragraph_style(paragraph)
        if direct is not None:
            return self._face(style_id, direct, paragraph)
        if style_id not in self._plain:
            self._plain[style_id] = self._face(style_id, None, paragraph)
        return self._plain[style_id]

    def _face(self, style_id: str, direct: Any, paragraph: Any) -> Face:
        style = self._run_style(style_id)
        said = self._run_defaults | style | self._run_style(_run_style_id(direct)) | self._run_said(direct)
        font, western = said.get("eastAsia", ""), said.get("hAnsi", "")
        return Face(
            font,
            said.get("ascii", ""),
            font if said.get("hint") == "eastAsia" else western,
            number(said.get("sz", "20")) / 2,  # 10 points where nothing is said
            self._toggle("b", direct, paragraph),
        )

    def paragraph(self, paragraph: Any) -> dict[str, str]:
        """What is said of a paragraph: align, line, lineRule, firstLine, firstLineChars, hanging, hangingChars."""
        style_id = self.paragraph_style(paragraph)
        if style_id not in self._paragraphs:
            said: _Said = {}
            for style in reversed(self.chain(style_id)):
                said |= _paragraph_said(style.find(f"{W}pPr"))
            self._paragraphs[style_id] = said
        direct = _paragraph_said(paragraph.find(f"{W}pPr"))
        return self._paragraph_defaults | self._paragraphs[style_id] | direct

    def _toggle(self, name: str, direct: Any, paragraph: Any) -> bool:
        own = None if direct is None else direct.find(f"{W}{name}")
        if own is not None:
            return on(own)
        if name not in self._toggled:
            return False
        if self._run_defaults.get(name) == "1":
            return True
        of_paragraph = self._run_style(self.paragraph_style(paragraph)).get(name) == "1"
        return of_paragraph != (self._run_style(_run_style_id(direct)).get(name) == "1")

    def _run_style(self, style_id: str) -> _Said:
        if style_id not in self._runs:
            said: _Said = {}
            for style in reversed(self.chain(style_id)):
                said |= self._run_said(style.find(f"{W}rPr"))
            self._runs[style_id] = said
        return self._runs[style_id]

    def _run_said(self, properties: Any) -> _Said:
        said: _Said = {}
        if properties is None:
            return said
        fonts = properties.find(f"{W}rFonts")
        if fonts is not None:
            for plain, themed in _FONTS:
                name = self._theme.get(fonts.get(f"{W}{themed}", "")) or fonts.get(f"{W}{plain}")
                if name:
                    said[plain] = name
            if fonts.get(f"{W}hint"):
                said["hint"] = fonts.get(f"{W}hint")
        size = properties.find(f"{W}sz")
        if size is not None:
            said["sz"] = size.get(f"{W}val", "")
        for name in _TOGGLES:
            element = properties.find(f"{W}{name}")
            if element is not None:
                said[name] = "1" if on(element) else "0"
        return said


def on(element: Any) -> bool:
    """What an on-off element says."""
    return element.get(f"{W}val", "1") not in ("0", "false", "off")


def number(text: str | None) -> int:
    """A whole number as Word writes it; 0 for anything else."""
    try:
        return round(float(text or 0))
    except (ValueError, OverflowError):
        return 0


def _run_style_id(properties: Any) -> str:
    named = None if properties is None else properties.find(f"{W}rStyle")
    return "" if named is None else str(named.get(f"{W}val", ""))


def _paragraph_said(properties: Any) -> _Said:
    said: _Said = {}
    if properties is None:
        return said
    align, indent, spacing = (properties.find(f"{W}{name}") for name in ("jc", "ind", "spacing"))
    if align is not None:
        value = align.get(f"{W}val", "")
        said["align"] = _ALIGNS.get(value, value)
    if indent is not None:
        # A hanging indent speaks instead of a first line's at the same place.
        for names in (("firstLine", "hanging"), ("firstLineChars", "hangingChars")):
            found = {name: indent.get(f"{W}{name}") for name in names if indent.get(f"{W}{name}") is not None}
            said |= dict.fromkeys(names, "0") | found if found else {}
    if spacing is not None:
        said |= {name: spacing.get(f"{W}{name}") for name in ("line", "lineRule") if spacing.get(f"{W}{name}")}
        if "line" in said:
            said.setdefault("lineRule", "auto")
    return said


def _theme_fonts(theme: Any) -> dict[str, str]:
    """The fonts that a theme's names stand for: minorEastAsia → 宋体."""
    found: dict[str, str] = {}
    if theme is None:
        return found
    for name in ("major", "minor"):
        fonts = theme.find(f".//{_A}{name}Font")
        if fonts is None:
            continue
        latin, east = (fonts.find(f"{_A}{kind}") for kind in ("latin", "ea"))
        chinese = fonts.find(f"{_A}font[@script='Hans']")
        han, hans, western = ("" if font is None else font.get("typeface", "") for font in (east, chinese, latin))
        han = han or hans
        found |= {f"{name}EastAsia": han, f"{name}Ascii": western, f"{name}HAnsi": western}
    return found
