"""名册: one row a speech. A row's columns are the keys of a meeting file (会议.名称, 任务, 要求.值班电话) and of an
office profile (单位.名称, 部门.教育), and go over what the rows share: a 会议.yaml and the 单位.yaml.

A table becomes the same nodes that a YAML file would give, each with the sheet, row and column it stands in, so that
one schema reads both and names the place. Lists stand in one cell, a line each, or in a sheet of their own, joined by
the row's 编号.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from speechgen import patterns, sheet
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import nearest
from speechgen.model import Location
from speechgen.schema import MEETING_KEYS, OFFICE_KEYS
from speechgen.sheet import Line, Table
from speechgen.yamlio import Entry, Keys, Mapping, Node, Scalar, Sequence, read_yaml

KEY, FILE, BASE, REMARK = "编号", "文件名", "会议文件", "备注"
OWN: Keys = {KEY: {}, FILE: {}, BASE: {}}  # keys of a row that neither file has
MAIN = "名册"
BASE_FILE = "会议.yaml"
_OFFICE = {key: keys for key, keys in OFFICE_KEYS.items() if key not in ("格式", "版式")}
_MEETING = {key: keys for key, keys in MEETING_KEYS.items() if key != "格式"}
ROW_KEYS: Keys = {**_MEETING, **_OFFICE, **OWN}
YAML_KEYS: Keys = {"格式": {}, BASE: {}, MAIN: ROW_KEYS}

# What is a list: in a cell each line is an item, and a sheet of this name gives the items of all rows.
LISTS = {
    "参会人员": "会议.参会人员", "议程": "会议.议程", "背景": "背景", "依据": "依据", "数据": "数据", "问题": "问题",
    "案例": "案例", "风险": "风险", "经验": "经验", "任务": "任务", "要求": "要求", "领导": "领导", "讲话": "讲话",
}  # fmt: skip
_LISTED = frozenset(LISTS.values())
_ITEM = "内容"  # the column of a sheet whose items are a line of text each
_ITEM_KEYS: Keys = {"数据": MEETING_KEYS["数据"]["*"]}  # elsewhere they may be named freely
_TELLING = ("单位.名称", "会议.名称", "会议.日期", "讲话人.姓名")  # what tells rows apart that have no 编号
_MANY = 500  # rows, among which it takes long to look for the nearest key
_BULLETS = patterns.compiled(r"\s*[-–—•·●]\s*")
_NUMBERED = patterns.compiled(r"\s*[（(]?([0-9０-９]{1,2})(?:[.．](?!\d)|[、)）])\s*")


class Row(NamedTuple):
    """One speech of a roster, not yet read: its ``key``, its own line, and the lines that other sheets hold for it.
    A roster in YAML has its node instead."""

    key: str
    location: Location
    line: Line | None = None
    more: tuple[tuple[int, Line], ...] = ()  # number of the table, line
    node: Mapping | None = None


class Roster(NamedTuple):
    """A roster that can be gone through row by row. ``tables[0]`` is the main one."""

    path: Path
    rows: tuple[Row, ...]
    tables: tuple[Table, ...] = ()
    base: Path | None = None
    slips: tuple[Slip, ...] = ()  # of single rows: these speeches are not made, all others are
    notices: tuple[str, ...] = ()


class Nodes(NamedTuple):
    """What a row says, as the two files would: ``meeting`` and ``office``; and the name for its output, the meeting
    file that it starts from."""

    meeting: Mapping
    office: Mapping
    file_name: str = ""
    base: Path | None = None


def read(path: Path, base: Path | None = None) -> Roster:
    """The roster at ``path`` (.xlsx, .csv, .yaml). ``base`` is the meeting file that all rows start from; by default
    会议.yaml beside the roster, where there is one.

    Raises SpeechgenError when the file cannot be read, has no rows, or has a column that is no key.
    """
    if base is None and (path.parent / BASE_FILE).is_file() and path.name != BASE_FILE:
        base = path.parent / BASE_FILE
    if path.suffix.lower() in (".yaml", ".yml"):
        return _of_yaml(path, base)
    slips: list[Slip] = []
    tables = sheet.read_tables(path, slips)
    main = next((table for table in tables if table.name == MAIN), None)
    main = main or next((table for table in tables if table.name not in LISTS), None)
    if main is None or not main.lines:
        raise SpeechgenError.of(
            "no-rows", "名册里没有一行讲话", Location(str(path)), "请在「名册」表里一行写一篇讲话。"
        )
    lists = [table for table in tables if table.name in LISTS and table is not main]
    _refuse_columns(main, lists)
    rows, found = _rows((main, *lists))
    notices = [
        f"没有用「{table.name}」表：表名不是{_quoted(LISTS)}里的一个"
        for table in tables
        if table is not main and table not in lists and table.name != "说明"
    ]
    notices += [
        f"「{table.name or path.name}」第 {_ranges(line.number for line in table.hidden)} 行是隐藏的，没有用"
        for table in (main, *lists)
        if table.hidden
    ]
    return Roster(path, rows, (main, *lists), base, (*slips, *found), tuple(notices))


def nodes(roster: Roster, row: Row) -> Nodes:
    """What a row says."""
    root = row.node or _root(roster.tables, row)
    own = {entry.key.text: entry.value for entry in root.entries if entry.key.text in OWN}
    meeting = [entry for entry in root.entries if entry.key.text in _MEETING]
    office = [entry for entry in root.entries if entry.key.text in _OFFICE]
    unknown = [e for e in root.entries if e.key.text not in ROW_KEYS]  # of YAML: the schema tells of it
    named, base = own.get(FILE), own.get(BASE)
    base_file = roster.path.parent / base.text if isinstance(base, Scalar) and base.text else roster.base
    return Nodes(
        Mapping((*meeting, *unknown), row.location), Mapping(tuple(office), row.location),
        named.text if isinstance(named, Scalar) else "", base_file,
    )  # fmt: skip


def in_words(slip: Slip, roster: Roster) -> Slip:
    """A slip of a row as it is told: with its column, and with a remedy for a table instead of one for a YAML file."""
    where = slip.location
    table = next((t for t in roster.tables if where and t.file == where.file), None)
    if table is None or where is None:
        return slip
    if slip.code == "missing-key":
        remedy = "请在名册里补上这一项；每行都一样的，可以写在会议.yaml 或单位.yaml 里。"
        return slip._replace(remedy=remedy)
    if not where.column:
        return slip
    return slip._replace(message=f"{sheet.column_letter(where.column - 1)} 列，{slip.message}")


# ── tables ────────────────────────────────────────────────────────────────────────────────────


def _refuse_columns(main: Table, lists: Iterable[Table]) -> None:
    """Refuse a column that is no key, and one that is there twice: its matter would be lost in every row."""
    slips = list(_column_slips(main, list(_paths(ROW_KEYS)), is_key))
    for table in lists:
        if KEY not in table.header.texts:
            where = Location(table.file, table.header.number)
            remedy = "请加上这一列，写清每一行属于哪一篇讲话。"
            slips.append(Slip("no-key-column", f"「{table.name}」表没有「{KEY}」这一列", where, remedy))
        known = [KEY, *_item_keys(table.name)]
        slips += _column_slips(table, known, partial(_begins_with, known))
    if slips:
        raise SpeechgenError(*slips)


def _column_slips(table: Table, known: list[str], is_known: Callable[[str], bool]) -> Iterator[Slip]:
    seen: set[str] = set()
    for number, name in enumerate(table.header.texts, start=1):
        where = Location(table.file, table.header.number, number)
        if name in seen:
            yield Slip("same-column", f"{sheet.column_letter(number - 1)} 列的「{name}」前面已经有了", where,
                       "请把两列并成一列。")  # fmt: skip
        elif name and not name.startswith(REMARK) and not is_known(name):
            yield Slip("unknown-column", f"不认识 {sheet.column_letter(number - 1)} 列「{name}」", where,
                       f"{nearest(name, known)}不用读的列，列名请以「{REMARK}」开头。")  # fmt: skip
        seen.add(name or str(number))


def _begins_with(known: list[str], name: str) -> bool:
    return name.partition(".")[0] in known


def _item_keys(name: str) -> list[str]:
    keys = MEETING_KEYS
    for step in LISTS[name].split("."):
        keys = keys.get(step, OFFICE_KEYS.get(step, {}))
    keys = _ITEM_KEYS.get(name, keys)
    return [*(key for key in keys if key not in ("*", _ITEM)), _ITEM, name]


def is_key(name: str) -> bool:
    """Whether a column's dotted name leads to a key."""
    keys: Keys = ROW_KEYS
    for step in name.split("."):
        if not step or (step not in keys and "*" not in keys):
            return False
        keys = keys.get(step) or keys.get("*", {})
    return True


def _paths(keys: Keys, above: str = "") -> Iterator[str]:
    """All dotted names that a column can have, free ones left out."""
    for key, below in keys.items():
        if key != "*":
            yield above + key
            if above + key not in _LISTED:
                yield from _paths(below, f"{above}{key}.")


def _rows(tables: tuple[Table, ...]) -> tuple[tuple[Row, ...], list[Slip]]:
    """The rows of the main table with what the other sheets hold for each, and what is wrong with the keys."""
    main, *lists = tables
    slips: list[Slip] = []
    own: dict[str, Line] = {}
    for line in main.lines:
        key = _key(main, line)
        if not key:
            problem = f"这一行没有「{KEY}」，也没有单位和会议的名称，分不清是哪一篇"
            remedy = f"请加一列「{KEY}」，每行一个，不要重复。"
            slips.append(Slip("no-key", problem, Location(main.file, line.number), remedy))
        elif key in own:
            slips.append(Slip("same-key", f"「{key}」和第 {own[key].number} 行重复，这一行没有做",
                              Location(main.file, line.number), f"请用「{KEY}」一列把两行分开。"))  # fmt: skip
        else:
            own[key] = line
    more: dict[str, list[tuple[int, Line]]] = {key: [] for key in own}
    hidden = {_key(main, line) for line in main.hidden}
    for number, table in enumerate(lists, start=1):
        at = table.header.texts.index(KEY)
        lost: dict[str, list[int]] = {}
        for line in table.lines:
            key = line.texts[at]
            if key in more:
                more[key].append((number, line))
            elif key not in hidden:
                lost.setdefault(key, []).append(line.number)
        for key, numbers in lost.items():
            problem = f"「{KEY}」写的「{key}」在名册里没有" if key else f"没有写「{KEY}」"
            remedy = nearest(key, own) if key and len(own) < _MANY else "请照名册核对。"
            slips.append(Slip("no-such-key", f"{problem}，第 {_ranges(numbers)} 行没有用",
                              Location(table.file, numbers[0], at + 1), remedy))  # fmt: skip
    rows = (Row(key, Location(main.file, line.number), line, tuple(more[key])) for key, line in own.items())
    return tuple(rows), slips


def _key(table: Table, line: Line) -> str:
    """What tells a row from all others: its 编号, else the unit and the meeting."""
    said = dict(zip(table.header.texts, line.texts, strict=True))
    if KEY in said:
        return said[KEY]
    return " ".join(filter(None, (said.get(name, "") for name in _TELLING)))


_Tree: TypeAlias = "dict[str, Node | _Tree]"


def _root(tables: tuple[Table, ...], row: Row) -> Mapping:
    """The row as keys with values."""
    assert row.line is not None
    tree: _Tree = {}
    main = tables[0]
    for number, (name, text) in enumerate(zip(main.header.texts, row.line.texts, strict=True), start=1):
        if name and text and not name.startswith(REMARK):
            where = Location(main.file, row.line.number, number)
            _put(tree, name.split("."), _listed(text, where) if name in _LISTED else Scalar(text, where, True))
    for number, path in ((n, LISTS[tables[n].name]) for n in dict.fromkeys(n for n, _ in row.more)):
        items = [_item(tables[number], line) for n, line in row.more if n == number]
        _put(tree, path.split("."), Sequence(tuple(items), items[0].location))
    return _mapping(tree, row.location)


def _put(tree: _Tree, path: list[str], node: Node) -> None:
    *above, last = path
    for step in above:
        below = tree.setdefault(step, {})
        if not isinstance(below, dict):  # 讲话人 and 讲话人.姓名: the further key says more
            below = tree[step] = {}
        tree = below
    tree[last] = node


def _mapping(tree: _Tree, where: Location) -> Mapping:
    entries = []
    for key, value in tree.items():
        node = _mapping(value, where) if isinstance(value, dict) else value
        entries.append(Entry(Scalar(key, node.location, True), node))
    return Mapping(tuple(entries), entries[0].value.location if entries else where)


def _listed(text: str, where: Location) -> Node:
    """A cell's lines as a list, hyphens and running numbers before them left out."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    numbers = [found[1] if (found := _NUMBERED.match(line)) else "" for line in lines]
    if len(lines) > 1 and [int(n) if n else 0 for n in numbers] == list(range(1, len(lines) + 1)):
        lines = [_NUMBERED.sub("", line, count=1) for line in lines]
    elif all(_BULLETS.match(line) for line in lines):
        lines = [_BULLETS.sub("", line, count=1) for line in lines]
    return Sequence(tuple(Scalar(line, where, True) for line in lines), where)


def _item(table: Table, line: Line) -> Node:
    """A line of a list's sheet: a text where the sheet has one column for it, else keys with values."""
    tree: _Tree = {}
    for number, (name, text) in enumerate(zip(table.header.texts, line.texts, strict=True), start=1):
        if name and text and name != KEY and not name.startswith(REMARK):
            where = Location(table.file, line.number, number)
            if _is_plain(table):
                return Scalar(text, where, True)
            several = "\n" in text and name in ("要点", "做法", "对象")
            _put(tree, name.split("."), _listed(text, where) if several else Scalar(text, where, True))
    return _mapping(tree, Location(table.file, line.number))


def _is_plain(table: Table) -> bool:
    """Whether a sheet's items are lines of text, the short forms of a meeting file among them: it has, beside the 编号,
    only their column."""
    columns = [name for name in table.header.texts if name and name != KEY and not name.startswith(REMARK)]
    return columns in ([_ITEM], [table.name])


# ── YAML ──────────────────────────────────────────────────────────────────────────────────────


def _of_yaml(path: Path, base: Path | None) -> Roster:
    """A roster in YAML: 名册, a list whose items have the keys of a meeting file and of an office profile."""
    slips: list[Slip] = []
    root = read_yaml(path, YAML_KEYS, slips).root
    listed, shared = root.get(MAIN), root.get(BASE)
    if isinstance(shared, Scalar) and shared.text:
        base = path.parent / shared.text
    items = listed.items if isinstance(listed, Sequence) else ()
    rows: dict[str, Row] = {}
    for item in items:
        if not isinstance(item, Mapping):
            slips.append(
                Slip("not-keys", "名册的这一条要分行写各项", item.location, "以「- 编号: …」开头，下面缩进两格。")
            )
            continue
        key = _key_of_node(item)
        if not key or key in rows:
            problem = f"「{key}」前面已经有了" if key else f"这一条没有写「{KEY}」"
            slips.append(Slip("same-key" if key else "no-key", problem, item.location, f"请写「{KEY}: …」，不要重复。"))
        else:
            rows[key] = Row(key, item.location, node=item)
    if not rows:
        slips = slips or [Slip("no-rows", "名册里没有一篇讲话", Location(str(path)), "请写「名册:」，下面一条一篇。")]
        raise SpeechgenError(*slips)
    return Roster(path, tuple(rows.values()), (), base, tuple(slips))


def _key_of_node(item: Mapping) -> str:
    typed = item.get(KEY)
    if isinstance(typed, Scalar):
        return typed.text.strip()
    found = []
    for path in _TELLING:
        node: Node | None = item
        for step in path.split("."):
            node = node.get(step) if isinstance(node, Mapping) else None
        found.append(node.text.strip() if isinstance(node, Scalar) else "")
    return " ".join(filter(None, found))


# ── words ─────────────────────────────────────────────────────────────────────────────────────


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"「{name}」" for name in names)


def _ranges(numbers: Iterable[int]) -> str:
    """3、5–8"""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found)
