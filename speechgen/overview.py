"""审阅表: all speeches of a batch in one table, as a workbook and as a page, so that a secretary sees in a minute what
to look at.

Both are made from the same plain data and tell the same; the same data gives the same bytes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from speechgen.errors import Slip
from speechgen.sheet import packed
from speechgen.workbook import Entry, Look, add_looks, add_table, clean


class Speech(NamedTuple):
    """One speech of the roster. ``blanks``, ``errors`` and ``warnings`` hold one text each."""

    key: str
    unit: str
    file: str  # its name in the folder of the sheet; empty: it could not be made
    state: str  # 新写, 重写, 没有变 …
    characters: int = 0
    asked: int = 0  # characters; 0: none
    minutes: float = 0.0
    pages: int = 0
    blanks: tuple[str, ...] = ()
    omissions: int = 0  # sentences left out for lack of matter
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    hints: int = 0
    nearest: str = ""  # key of the speech most like it
    share: int = 0  # per cent of judgements and arguments that it shares with that one
    last_year: int | None = None  # per cent that it shares with the unit's own of last season; None: none is known
    changed: str = ""  # since the last run: 改了 3 句
    notices: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two speeches, by key, the per cent that they share, and the sentences that both say."""

    one: str
    other: str
    share: int
    sentences: tuple[str, ...]


class Overview(NamedTuple):
    """A run. ``title`` is the roster's name, ``failed`` why rows could not be made; ``pairs``: the most alike first."""

    title: str
    speeches: tuple[Speech, ...]
    failed: tuple[Slip, ...] = ()
    pairs: tuple[Pair, ...] = ()
    notices: tuple[str, ...] = ()


def totals(overview: Overview) -> tuple[tuple[str, str], ...]:
    """What it comes to: names and values, for the sheet, the page and the console."""
    speeches = overview.speeches
    made = sum(bool(speech.file) for speech in speeches)
    found = [
        ("共", f"{len(speeches)} 篇"),
        ("写成", f"{made} 篇"),
        ("没写成", f"{len(speeches) - made} 篇"),
        ("待补充", f"{sum(len(speech.blanks) for speech in speeches)} 处"),
        ("错误", f"{sum(len(speech.errors) for speech in speeches)} 处"),
        ("警告", f"{sum(len(speech.warnings) for speech in speeches)} 处"),
    ]
    if overview.failed:
        found.insert(3, ("名册里要改的", f"{len(overview.failed)} 处"))
    if likest := _likest(overview):
        found.append(("最像的一对", likest))
    return tuple(found)


def _likest(overview: Overview) -> str:
    pairs = [(pair.share, pair.one, pair.other) for pair in overview.pairs]
    if not pairs:
        pairs = [(speech.share, speech.key, speech.nearest) for speech in overview.speeches if speech.nearest]
    if not pairs:
        return ""
    share, one, other = max(pairs, key=lambda pair: pair[0])
    units = _units(overview)
    return f"{_called(one, units)}与{_called(other, units)}，相同 {share}%"


def _units(overview: Overview) -> dict[str, str]:
    return {speech.key: speech.unit for speech in overview.speeches}


def _called(key: str, units: dict[str, str]) -> str:
    unit = units.get(key, "")
    return f"「{key} {unit}」" if unit else f"「{key}」"


# ── columns and rows ──────────────────────────────────────────────────────────────────────────


class _Column(NamedTuple):
    """A column of the speeches: its head, its width in a workbook, and what stands in it, None or "" for nothing."""

    name: str
    width: int
    of: Callable[[Speech], str | float | None]
    look: Look = "text"
    always: bool = False


_COLUMNS = (
    _Column("编号", 10, lambda speech: speech.key, always=True),
    _Column("单位", 22, lambda speech: speech.unit),
    _Column("文件", 40, lambda speech: speech.file, "link"),
    _Column("情况", 16, lambda speech: speech.state, always=True),
    _Column("变化", 12, lambda speech: speech.changed),
    _Column("错误", 8, lambda speech: len(speech.errors) or None, "error"),
    _Column("待补充", 9, lambda speech: len(speech.blanks) or None, "blank"),
    _Column("警告", 8, lambda speech: len(speech.warnings) or None, "warning"),
    _Column("提示", 8, lambda speech: speech.hints or None, "number"),
    _Column("省去（句）", 12, lambda speech: speech.omissions or None, "number"),
    _Column("字数", 8, lambda speech: speech.characters or None, "number"),
    _Column("要求字数", 11, lambda speech: speech.asked or None, "number"),
    _Column("分钟", 8, lambda speech: round(speech.minutes, 1) or None, "decimal"),
    _Column("页数", 8, lambda speech: speech.pages or None, "number"),
    _Column("最像的一篇", 13, lambda speech: speech.nearest),
    _Column("与它相同（%）", 12, lambda speech: speech.share if speech.nearest else None, "number"),
    _Column("与往年相同（%）", 13, lambda speech: speech.last_year, "number"),
)
_NOTICES = _Column("提醒", 50, lambda speech: "\n".join(speech.notices))


def _filled(columns: Iterable[_Column], speeches: Sequence[Speech]) -> tuple[_Column, ...]:
    """The columns that some speech has something in."""
    return tuple(
        column for column in columns if column.always or any(column.of(speech) not in (None, "") for speech in speeches)
    )


def _look(column: _Column, speech: Speech) -> Look:
    return "error" if column.name == "情况" and not speech.file else column.look


class _Problem(NamedTuple):
    """Something to look at; ``speech`` is None where only the roster's row is known."""

    speech: Speech | None
    kind: str
    gravity: str
    text: str
    look: Look


def _problems(overview: Overview) -> Iterator[_Problem]:
    """All there is to look at: what was not written, errors, blanks, warnings; each in the order of the speeches."""
    for slip in overview.failed:
        yield _Problem(None, "没有写成", "错误", "\n".join(filter(None, _slip(slip))), "error")
    for speech in overview.speeches:
        if not speech.file and not overview.failed:
            yield _Problem(speech, "没有写成", "错误", speech.state, "error")
    for speech in overview.speeches:
        yield from (_Problem(speech, "审校", "错误", text, "error") for text in speech.errors)
    for speech in overview.speeches:
        yield from (_Problem(speech, "待补充", "要补", text, "blank") for text in speech.blanks)
    for speech in overview.speeches:
        yield from (_Problem(speech, "审校", "警告", text, "warning") for text in speech.warnings)


def _slip(slip: Slip) -> tuple[str, str]:
    """What and where; what to do."""
    where = ""
    if slip.location:
        where = Path(slip.location.file).name
        where += f" 第 {slip.location.line} 行：" if slip.location.line else "："
    return where + slip.message, slip.remedy


# ── text ──────────────────────────────────────────────────────────────────────────────────────

def _link(file: str) -> str:
    """The relative address of a file in the same folder; empty where ``file`` is no mere name.

    Chinese characters stay: a percent sign before a byte of UTF-8 means something else to old browsers and to Excel,
    which read it in the system's own encoding.
    """
    if not file or re.search(r"[/\\:]", file) or clean(file) != file:
        return ""
    return re.sub(r'[\x00-\x20"#%<>?\[\]^`{|}\x7f]', lambda found: f"%{ord(found[0]):02X}", file)


# ── the workbook ──────────────────────────────────────────────────────────────────────────────

def as_xlsx(overview: Overview) -> bytes:
    """The overview as a workbook with the sheets 稿子, 问题, 雷同 and 合计. Raises OSError when there is no room for
    temporary files, in which the sheets grow."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    add_looks(book)
    columns = _filled((*_COLUMNS, _NOTICES), overview.speeches)
    add_table(book, "稿子", [(column.name, column.width) for column in columns], _speech_rows(columns, overview))
    heads = [("编号", 10), ("单位", 22), ("文件", 40), ("种类", 11), ("轻重", 8), ("内容", 90)]
    add_table(book, "问题", heads, _problem_rows(overview))
    heads = [("编号", 10), ("单位", 22), ("另一篇", 10), ("单位", 22), ("相同（%）", 10), ("两篇都有的句子", 90)]
    add_table(book, "雷同", heads, _pair_rows(overview))
    add_table(book, "合计", [("项目", 16), (overview.title, 90)], _total_rows(overview), filtered=False)
    return packed(book)


def _speech_rows(columns: Iterable[_Column], overview: Overview) -> Iterator[list[Entry]]:
    for speech in overview.speeches:
        link = _link(speech.file)
        yield [
            Entry(column.of(speech), _look(column, speech), link if column.look == "link" else "")
            for column in columns
        ]


def _problem_rows(overview: Overview) -> Iterator[list[Entry]]:
    for speech, kind, gravity, text, look in _problems(overview):
        key, unit, file = speech[:3] if speech else ("", "", "")
        yield [
            Entry(key), Entry(unit), Entry(file, "link", _link(file)),
            Entry(kind), Entry(gravity, look), Entry(text),
        ]  # fmt: skip


def _pair_rows(overview: Overview) -> Iterator[list[Entry]]:
    """A row for each sentence: in one cell, more than some twenty could not be seen."""
    units = _units(overview)
    for pair in overview.pairs:
        for sentence in pair.sentences or ("",):
            yield [
                Entry(pair.one), Entry(units.get(pair.one)), Entry(pair.other), Entry(units.get(pair.other)),
                Entry(pair.share, "number"), Entry(sentence),
            ]  # fmt: skip


def _total_rows(overview: Overview) -> Iterator[list[Entry]]:
    for name, value in totals(overview):
        yield [Entry(name), Entry(value)]
    for notice in overview.notices:
        yield [Entry("提醒"), Entry(notice)]


# ── the page ──────────────────────────────────────────────────────────────────────────────────

# For the browsers of offices: 360 and others take the new engine by the line with "renderer"; no flexible boxes, no
# script newer than ES5. A browser that knows no <details> shows them open.
_HEAD = """\
<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<meta name="renderer" content="webkit">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>{title}</title>
<style>
body { font: 15px/1.6 "等线", DengXian, "宋体", SimSun, "Noto Sans CJK SC", sans-serif; color: #222; margin: 1.5em; }
h1 { font-size: 1.5em; text-align: center; margin: 0 0 .6em; }
h2 { font-size: 1.15em; margin: 1.4em 0 .4em; }
ul, ol { margin: .2em 0; padding-left: 1.6em; }
table { border-collapse: separate; border-spacing: 0; border: solid #bbb; border-width: 1px 0 0 1px; }
th, td { border: solid #bbb; border-width: 0 1px 1px 0; padding: .2em .5em; text-align: left; vertical-align: top; }
td { word-wrap: break-word; }
thead th { background: #ddebf7; position: -webkit-sticky; position: sticky; top: 0; }
#speeches thead th { cursor: pointer; white-space: nowrap; }
#totals { margin: 0 auto; }
#totals th { background: #f2f2f2; text-align: center; }
#totals td { text-align: center; }
#speeches { width: 100%; }
.number, .decimal { text-align: right; }
.file { min-width: 10em; }
.error { color: #9c0006; font-weight: bold; }
.blank { background: #ff9; }
.warning { background: #ffeb9c; color: #9c5700; }
td.error, td.blank, td.warning { text-align: right; }
td.state { text-align: left; white-space: nowrap; }
.more { min-width: 18em; }
summary { cursor: pointer; }
.remedy { color: #555; }
@page { size: A4 landscape; margin: 1.5cm; }
@media print {
  body { font-size: 9pt; margin: 0; }
  thead { display: table-header-group; }
  thead th { position: static; }
  #speeches thead th { white-space: normal; }
  th, td { padding: .1em .3em; }
  .file, .more { min-width: 8em; }
  tr, li { page-break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
</style>
</head>
<body>
"""
_SCRIPT = """\
<script>
(function () {
  var body = document.getElementById("speeches").tBodies[0];
  var heads = document.getElementById("speeches").tHead.rows[0].cells;
  var order = window.Intl ? new Intl.Collator("zh", { numeric: true }).compare : function (a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  };
  var last = -1, way = 1, opened = [];
  function sort(at) {
    var number = heads[at].getAttribute("data-number"), rows = [], sorted = document.createDocumentFragment(), i;
    way = at === last ? -way : number ? -1 : 1;
    last = at;
    for (i = 0; i < body.rows.length; i++) {
      rows.push([body.rows[i].cells[at].textContent, i, body.rows[i]]);
    }
    rows.sort(function (a, b) {
      return way * (number ? (parseFloat(a[0]) || 0) - (parseFloat(b[0]) || 0) : order(a[0], b[0])) || a[1] - b[1];
    });
    for (i = 0; i < rows.length; i++) { sorted.appendChild(rows[i][2]); }
    body.appendChild(sorted);
  }
  function listen(at) { heads[at].onclick = function () { sort(at); }; }
  for (var at = 0; at < heads.length; at++) { listen(at); }
  window.onbeforeprint = function () {
    opened = document.querySelectorAll("details:not([open])");
    for (var i = 0; i < opened.length; i++) { opened[i].open = true; }
  };
  window.onafterprint = function () { for (var i = 0; i < opened.length; i++) { opened[i].open = false; } };
})();
</script>
"""


def as_html(overview: Overview) -> bytes:
    """The overview as a page that needs nothing from elsewhere."""
    return "".join(_page(overview)).encode()


def _page(overview: Overview) -> Iterator[str]:
    title = _escaped(f"{overview.title} 审阅表")
    yield _HEAD.replace("{title}", title)
    yield f"<h1>{title}</h1>\n"
    yield from _totals_table(overview)
    if overview.notices:
        yield f"<h2>提醒</h2>\n{_listed(overview.notices)}\n"
    if overview.failed:
        yield "<h2>没有写成的，请改好再运行一次</h2>\n<ul>\n"
        for slip in overview.failed:
            what, remedy = map(_escaped, _slip(slip))
            yield f'<li><span class="error">{what}</span>'
            yield f'<br><span class="remedy">{remedy}</span></li>\n' if remedy else "</li>\n"
        yield "</ul>\n"
    yield "<h2>稿子</h2>\n"
    yield from _speeches_table(overview)
    if overview.pairs:
        yield "<h2>最像的几对</h2>\n"
        units = _units(overview)
        for pair in overview.pairs:
            head = f"{_called(pair.one, units)}与{_called(pair.other, units)}：相同 {pair.share}%"
            if pair.sentences:
                yield _details(f"{head}，{len(pair.sentences)} 句", _listed(pair.sentences, "ol"))
            else:
                yield f"<div>{_escaped(head)}</div>"
            yield "\n"
    yield _SCRIPT
    yield "</body>\n</html>\n"


def _totals_table(overview: Overview) -> Iterator[str]:
    found = totals(overview)
    looks = {"没写成": "error", "名册里要改的": "error", "错误": "error", "待补充": "blank", "警告": "warning"}
    yield '<table id="totals">\n<tr>'
    yield from (f"<th>{_escaped(name)}</th>" for name, _ in found)
    yield "</tr>\n<tr>"
    for name, value in found:
        look = looks.get(name, "") if not value.startswith("0 ") else ""
        yield f'<td style="text-align: center" class="{look}">{_escaped(value)}</td>'
    yield "</tr>\n</table>\n"


def _speeches_table(overview: Overview) -> Iterator[str]:
    columns = _filled(_COLUMNS, overview.speeches)
    yield '<table id="speeches">\n<thead><tr>'
    for column in columns:
        number = ' data-number="1"' if column.look not in ("text", "link") else ""
        yield f'<th title="按这一栏排序"{number}>{_escaped(column.name)}</th>'
    yield '<th title="按这一栏排序">要看的</th></tr></thead>\n<tbody>\n'
    for speech in overview.speeches:
        yield "<tr>"
        yield from (_data(column, speech) for column in columns)
        yield f'<td class="more">{_to_see(speech)}</td></tr>\n'
    yield "</tbody>\n</table>\n"


def _data(column: _Column, speech: Speech) -> str:
    value = column.of(speech)
    if value is None or value == "":
        return "<td></td>"
    look = _look(column, speech)
    text = _escaped(f"{value:.1f}" if look == "decimal" else str(value))
    if column.look == "link":
        link = _link(speech.file)
        return f'<td class="file"><a href="{_escaped(link)}">{text}</a></td>' if link else f"<td>{text}</td>"
    classes = {"编号": "key", "情况": f"{look} state"}.get(column.name, look)
    return f'<td class="{classes}">{text}</td>'


def _to_see(speech: Speech) -> str:
    """The texts of a speech's row, folded away under their numbers."""
    groups = (("错误", "error", speech.errors), ("待补充", "", speech.blanks),
              ("警告", "", speech.warnings), ("提醒", "", speech.notices))  # fmt: skip
    there = [(name, look, texts) for name, look, texts in groups if texts]
    if not there:
        return ""
    head = "，".join(f"{name} {len(texts)}" for name, _, texts in there)
    body = "".join(f'<div class="{look}">{name}</div>{_listed(texts)}' for name, look, texts in there)
    return _details(head, body)


def _details(summary: str, body: str) -> str:
    return f"<details><summary>{_escaped(summary)}</summary>{body}</details>"


def _listed(texts: Iterable[str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{_escaped(text)}</li>' for text in texts)}</{tag}>"


def _escaped(text: str) -> str:
    return html.escape(clean(text))
