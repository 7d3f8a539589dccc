"""The parts of a .docx as XML text (ECMA-376 transitional); the only raw XML of the program.

Everything is written out here rather than taken from a library's template: the parts hold what a speech needs
and nothing else, they change only when this file changes, and writing them needs no library at all.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from speechgen import patterns
from speechgen.layout import Layout, PageNumber, TextStyle

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# Style ids are ASCII because some readers trip over others; the names are what the secretary sees.
# "Normal" and "heading n" are Word's own: only by these names do headings reach the navigation pane as such.
NORMAL = "Normal"
TITLE = "SpeechTitle"
BYLINE = "SpeechByline"
DATE = "SpeechDate"
SALUTATION = "SpeechSalutation"
BODY = "SpeechBody"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")
LEADS = ("Lead", "Lead1", "Lead2", "Lead3", "Lead4")
BLANK = "Blank"
_FOOTER_ODD = "SpeechFooter"
_FOOTER_EVEN = "SpeechFooterEven"

_LEVEL_NAMES = ("", " 一级", " 二级", " 三级", " 四级")

# Where a font is missing, the name it may go by instead (Word's and WPS's own substitution reads this).
_OTHER_NAMES = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "方正小标宋_GBK",
    "方正小标宋_GBK": "方正小标宋简体",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "黑体": "SimHei",
    "宋体": "SimSun",
}

_WHITE = patterns.compiled("[\t\n\r\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 cannot hold (production 2, Char), plus the C1 controls that it discourages.
_ILLEGAL = patterns.compiled("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Run(NamedTuple):
    """Text of one look: ``style`` is a character style's id or empty; ``marked`` is a yellow blank."""

    text: str
    style: str = ""
    marked: bool = False
    line_break: bool = False  # a line break stands before the text


class Paragraph(NamedTuple):
    """One paragraph in the paragraph style with the id ``style``."""

    style: str
    runs: tuple[Run, ...]


def clean(text: str) -> str:
    """``text`` without what XML cannot carry: tabs and line ends become spaces, other controls go."""
    return _ILLEGAL.sub("", _WHITE.sub(" ", text))


def _escaped(text: str) -> str:
    # Not xml.sax.saxutils: it brings urllib along, which takes longer to load than all that is written here.
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return '"' + _escaped(text).replace('"', "&quot;") + '"'


# ── the parts that change with the speech ─────────────────────────────────────────────────────


def document(paragraphs: list[Paragraph], layout: Layout) -> str:
    """word/document.xml: the paragraphs, then the page."""
    body = "".join(map(_paragraph, paragraphs)) + _section(layout)
    return f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'


def _paragraph(paragraph: Paragraph) -> str:
    runs = "".join(map(_run, paragraph.runs))
    return f'<w:p><w:pPr><w:pStyle w:val="{paragraph.style}"/></w:pPr>{runs}</w:p>'


def _run(run: Run) -> str:
    style = f'<w:rStyle w:val="{run.style}"/>' if run.style else ""
    # Highlight, not shading in the style: it is what the highlighter button takes off and Find can look for.
    highlight = '<w:highlight w:val="yellow"/>' if run.marked else ""
    look = f"<w:rPr>{style}{highlight}</w:rPr>" if style or highlight else ""
    line_break = "<w:br/>" if run.line_break else ""
    return f'<w:r>{look}{line_break}<w:t xml:space="preserve">{_escaped(run.text)}</w:t></w:r>'


def _section(layout: Layout) -> str:
    # type="lines": a character grid (linesAndChars) makes LibreOffice set 14 characters a line.
    return (
        '<w:sectPr><w:footerReference w:type="even" r:id="rId5"/>'
        '<w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{layout.width}" w:h="{layout.height}"/>'
        f'<w:pgMar w:top="{layout.top}" w:right="{layout.right}" w:bottom="{layout.bottom}" '
        f'w:left="{layout.left}" w:header="851" w:footer="{layout.footer}" w:gutter="0"/>'
        f'<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="{layout.line_pitch}"/></w:sectPr>'
    )


def core(title: str, properties: dict[str, str]) -> str:
    """docProps/core.xml. ``properties`` may hold title, subject, author, keywords and created (ISO date);
    a date that is none is left out."""
    title = properties.get("title") or title
    author = properties.get("author", "")
    parts = [
        _element("dc:title", title),
        _element("dc:subject", properties.get("subject", "")),
        _element("dc:creator", author),
        _element("cp:keywords", properties.get("keywords", "")),
        _element("cp:lastModifiedBy", author),
        "<cp:revision>1</cp:revision>",
    ]
    try:
        day = date.fromisoformat(properties.get("created", "")).isoformat()
    except ValueError:
        day = ""
    if day:
        parts += [
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:{name}>'
            for name in ("created", "modified")
        ]
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{"".join(parts)}</cp:coreProperties>'
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>" if text else ""


# ── the parts that are the same for every speech of a layout ──────────────────────────────────


def static_parts(layout: Layout) -> dict[str, str]:
    """Name → text of every part but document.xml and core.xml, in the order of the package."""
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": (
            f'{_HEAD}<Properties xmlns="{_OFFICE}/extended-properties">'
            "<Application>speechgen</Application></Properties>"
        ),
        "word/_rels/document.xml.rels": _relationships(
            (f"{_OFFICE}/relationships/styles", "styles.xml"),
            (f"{_OFFICE}/relationships/settings", "settings.xml"),
            (f"{_OFFICE}/relationships/fontTable", "fontTable.xml"),
            (f"{_OFFICE}/relationships/footer", "footer1.xml"),
            (f"{_OFFICE}/relationships/footer", "footer2.xml"),
        ),
        "word/fontTable.xml": _font_table(layout),
        "word/footer1.xml": _footer(layout.page_number, _FOOTER_ODD),
        "word/footer2.xml": _footer(layout.page_number, _FOOTER_EVEN),
        "word/settings.xml": _settings(),
        "word/styles.xml": _styles(layout),
    }


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
        "/word/styles.xml": f"{_WORD_TYPE}.styles+xml",
        "/word/settings.xml": f"{_WORD_TYPE}.settings+xml",
        "/word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
        "/word/footer1.xml": f"{_WORD_TYPE}.footer+xml",
        "/word/footer2.xml": f"{_WORD_TYPE}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(*targets: tuple[str, str]) -> str:
    """Relationships numbered rId1, rId2 … in the order given as (type, target)."""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _settings() -> str:
    uri = "http://schemas.microsoft.com/office/word"
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    # doNotCompress: compressed punctuation would give lines of more than the grid's characters.
    return (
        f'{_HEAD}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat><w:useFELayout/>{compat}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>'
        '<w:listSeparator w:val=","/></w:settings>'
    )


def _font_table(layout: Layout) -> str:
    fonts = dict.fromkeys([*(style.font for style in _all_styles(layout)), layout.page_number.font])
    inner = "".join(
        f"<w:font w:name={_quoted(font)}>"
        + (f"<w:altName w:val={_quoted(_OTHER_NAMES[font])}/>" if font in _OTHER_NAMES else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for font in fonts
    )
    return f'{_HEAD}<w:fonts xmlns:w="{_W}">{inner}</w:fonts>'


def _all_styles(layout: Layout) -> list[TextStyle]:
    plain = [layout.body, layout.title, layout.byline, layout.date, layout.salutation]
    return [*plain, *layout.headings, *layout.leads]


def _footer(number: PageNumber, style: str) -> str:
    def text(words: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{_escaped(words)}</w:t></w:r>' if words else ""

    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{text(number.before)}{field}{text(number.after)}</w:p></w:ftr>"
    )


# ── styles ────────────────────────────────────────────────────────────────────────────────────


def _styles(layout: Layout) -> str:
    body = layout.body
    styles = [
        _style(
            "paragraph", NORMAL, "Normal", ppr=_normal_ppr(body), rpr=_rpr(body.font, body.size), default=True
        ),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>",
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>",
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        _text_style(TITLE, "讲话标题", layout.title, following=BYLINE),
        _text_style(BYLINE, "讲话署名", layout.byline, following=DATE),
        _text_style(DATE, "讲话日期", layout.date, following=SALUTATION),
        _text_style(SALUTATION, "讲话称谓", layout.salutation, following=BODY),
        _text_style(BODY, "讲话正文", body, following=BODY),
        *(
            _text_style(style_id, f"heading {level}", style, following=BODY, outline=level - 1)
            for level, (style_id, style) in enumerate(zip(HEADINGS, layout.headings, strict=True), 1)
        ),
        *(
            _lead_style(style_id, f"段首主题句{name}", lead, body)
            for style_id, name, lead in zip(LEADS, _LEVEL_NAMES, layout.leads, strict=True)
        ),
        _style("character", BLANK, "待补充"),
        _footer_style(_FOOTER_ODD, "讲话页码（单页）", layout.page_number, even=False),
        _footer_style(_FOOTER_EVEN, "讲话页码（双页）", layout.page_number, even=True),
    ]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(body.font)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    )
    # Word's own 260-odd styles stay out of the gallery: a secretary sees the ones above.
    latent = (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
        'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    )
    return f'{_HEAD}<w:styles xmlns:w="{_W}">{defaults}{latent}{"".join(styles)}</w:styles>'


def _style(
    kind: str,
    style_id: str,
    name: str,
    *,
    based_on: str = "",
    following: str = "",
    ppr: str = "",
    rpr: str = "",
    default: bool = False,
) -> str:
    own = ' w:customStyle="1"'
    origin = ' w:default="1"' if default else "" if name.startswith("heading ") else own
    return (
        f'<w:style w:type="{kind}"{origin} w:styleId="{style_id}">'
        f"<w:name w:val={_quoted(name)}/>"
        + (f'<w:basedOn w:val="{based_on}"/>' if based_on else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + f'<w:uiPriority w:val="{1 if kind == "paragraph" else 2}"/><w:qFormat/>'
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


def _normal_ppr(body: TextStyle) -> str:
    # overflowPunct on: LibreOffice drops commas at line ends from a PDF otherwise. Widow control off and no
    # snapping: both would take lines off a page of the grid.
    return (
        '<w:widowControl w:val="0"/><w:overflowPunct w:val="1"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:snapToGrid w:val="0"/><w:spacing w:line="{body.line}" w:lineRule="exact"/>'
    )


def _text_style(
    style_id: str, name: str, style: TextStyle, *, following: str, outline: int | None = None
) -> str:
    ppr = (
        ("<w:keepNext/>" if style.keep_next else "")
        + f'<w:spacing w:before="{style.before}" w:after="{style.after}" '
        + f'w:line="{style.line}" w:lineRule="exact"/>'
        + f'<w:ind w:firstLine="{style.indent * style.pitch // 100}" w:firstLineChars="{style.indent}"/>'
        + f'<w:jc w:val="{style.align}"/>'
        + ("" if outline is None else f'<w:outlineLvl w:val="{outline}"/>')
    )
    rpr = _rpr(style.font, style.size, style.spacing, bold=style.bold)
    return _style("paragraph", style_id, name, based_on=NORMAL, following=following, ppr=ppr, rpr=rpr)


def _lead_style(style_id: str, name: str, lead: TextStyle, body: TextStyle) -> str:
    # Bold is a toggle (ECMA-376 17.7.3): in a character style it turns the paragraph's weight over.
    rpr = _fonts(lead.font) + ("<w:b/><w:bCs/>" if lead.bold != body.bold else "")
    return _style("character", style_id, name, rpr=rpr)


def _footer_style(style_id: str, name: str, number: PageNumber, *, even: bool) -> str:
    side = {"outer": "left" if even else "right", "center": "center", "right": "right"}[number.place]
    indent = number.indent * number.size * 10 // 100
    ppr = f'<w:spacing w:line="{number.line}" w:lineRule="exact"/>'
    if side != "center" and number.indent:
        ppr += f'<w:ind w:{side}="{indent}" w:{side}Chars="{number.indent}"/>'
    ppr += f'<w:jc w:val="{side}"/>'
    return _style("paragraph", style_id, name, based_on=NORMAL, ppr=ppr, rpr=_rpr(number.font, number.size))


def _rpr(font: str, size: int, spacing: int = 0, *, bold: bool = False) -> str:
    """Run properties in the order of ECMA-376 17.3.2, which Word insists on."""
    return (
        _fonts(font)
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:spacing w:val="{spacing}"/>' if spacing else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _fonts(font: str) -> str:
    # The hint makes “ ” … — full width: Word sets them as Western characters otherwise.
    name = _quoted(font)
    return f'<w:rFonts w:hint="eastAsia" w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/>'
