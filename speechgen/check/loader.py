"""Rule files (YAML) → `Rulebook`: the shipped rules, over them the office's 审校.yaml and rule folders."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from speechgen import __version__, cache, patterns
from speechgen.check.kind import Check
from speechgen.check.kinds import KINDS
from speechgen.check.rule import NORMS, USAGE, Entry, Example, Rule, Rulebook, RuleSource
from speechgen.check.words import PATTERN_FLAGS
from speechgen.errors import Slip, SpeechgenError
from speechgen.fields import Fields, check_format, nearest
from speechgen.model import Severity
from speechgen.yamlio import Keys, Mapping, Node, Scalar, Sequence, read_yaml, told_together

SHIPPED = Path(__file__).resolve().parents[1] / "rules"
OFFICE_FILE = "审校.yaml"

SEVERITIES: dict[str, Severity] = {"错误": "error", "警告": "warning", "提醒": "hint"}
SCOPES = ("全文", "标题", "称谓", "小标题", "正文", "开头", "结束语")
MOODS = ("应", "宜")
EVERYWHERE = ("处",)  # the value that every message may name: the words found
NUMBERS = ("下限", "上限", "不足", "语速")  # options that are whole numbers, whatever the kind

_ENTRY_KEYS = ("误", "正", "除外", "前", "后", "不前", "不后", "同句", "不同句", "起", "止", "可改", "注")
_EXAMPLE_KEYS = ("文", "处", "日期", "会议", "单位")
_SOURCE_KEYS = ("级别", "名称", "条款", "语气", "查于")
_RULE_KEYS = (
    "代码", "名称", "类别", "级别", "范围", "提示", "说明", "理由", "反例", "正例", "来源", "选项", "矛盾",
)  # fmt: skip
_OPTION_KEYS = {"查", *(name for looks in KINDS.values() for check in looks.values() for name in check.options)}
KEYS: Keys = {
    "格式": {},
    "停用": {},
    "级别": {"*": {}},
    "规则": {key: {} for key in _RULE_KEYS}
    | {
        "反例": {key: {} for key in _EXAMPLE_KEYS},
        "正例": {key: {} for key in _EXAMPLE_KEYS},
        "来源": {key: {} for key in _SOURCE_KEYS},
        "选项": {key: {} for key in _OPTION_KEYS} | {"词表": {key: {} for key in _ENTRY_KEYS}},
    },
}

_CODE = patterns.compiled(r"[a-z]{2,8}-[0-9]{2,3}")
_NAMED = patterns.compiled(r"\{\{\s*(.*?)\s*\}\}")
_TITLE = patterns.compiled("《[^》]*》")


class _File(NamedTuple):
    """What one rule file holds."""

    rules: tuple[Rule, ...] = ()
    withdrawn: dict[str, Slip] = {}  # noqa: RUF012 - code → what to say when there is no such rule
    levels: dict[str, tuple[Severity, Slip]] = {}  # noqa: RUF012


def load_rules(
    folders: Iterable[Path] = (), cache_folder: Path | None = None, *, bare: bool = False
) -> Rulebook:
    """The shipped rules with those of ``folders`` over them, in their order.

    A folder gives all its .yaml files; a path to a file, that file alone. The same 代码 replaces a rule, a new one
    adds one, 停用 withdraws, 级别 changes how grave one is. Raises SpeechgenError with every slip of every file.
    ``bare`` leaves out 说明, 理由 and the examples: two thirds of it all, which no check needs.
    """
    files: dict[Path, Path] = {}  # by where they really are: the same file may be found by two names
    for place in (SHIPPED, *folders):
        found = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
        if not found:
            raise SpeechgenError.of("no-rules", f"“{place}”里没有规则文件（.yaml）", None, "请核对文件夹。")
        for path in found:
            files.setdefault(path.resolve(), path)
    digest = hashlib.sha256(__version__.encode())
    for path in files.values():
        with suppress(OSError):  # what cannot be opened is told of, by name, when it is read
            digest.update(f"\0{path}\0".encode("utf-8", "surrogatepass") + hashlib.sha256(path.read_bytes()).digest())
    key = digest.hexdigest()
    if bare:
        return cache.through(cache_folder, "bare-rules", key, Rulebook, lambda: _bare(_load(files.values())))
    return cache.through(cache_folder, "rules", key, Rulebook, lambda: _load(files.values()))


def _bare(rulebook: Rulebook) -> Rulebook:
    rules = {code: rule._replace(what="", why="", bad=(), good=()) for code, rule in rulebook.rules.items()}
    return rulebook._replace(rules=rules)


def _load(files: Iterable[Path]) -> Rulebook:
    rules: dict[str, Rule] = {}
    slips: list[Slip] = []
    layers: dict[str, None] = {}
    own: dict[str, Path] = {}
    for path in files:
        read = _read(path, slips)
        layers["自带规则" if path.parent == SHIPPED else path.name] = None
        for rule in read.rules:
            if rule.code in rules and own[rule.code].parent == path.parent:
                where = f"{Path(rules[rule.code].location.file).name} 第 {rules[rule.code].location.line} 行"
                slips.append(Slip("same-id", f"代码「{rule.code}」用了两次，另一处在 {where}", rule.location,
                                  "请给其中一条换一个代码。"))  # fmt: skip
            rules[rule.code] = rule
            own[rule.code] = path
        for code, (severity, slip) in read.levels.items():
            if code in rules:
                rules[code] = rules[code]._replace(severity=severity)
            elif code not in own:
                slips.append(_with_nearest(slip, code, rules))
        for code, slip in read.withdrawn.items():
            if code not in own:
                slips.append(_with_nearest(slip, code, rules))
            rules.pop(code, None)  # another layer may have withdrawn it already
    if slips:
        raise SpeechgenError(*told_together(slips))
    return Rulebook(rules, tuple(layers))


def _with_nearest(slip: Slip, code: str, rules: dict[str, Rule]) -> Slip:
    advice = nearest(code, rules) if re.fullmatch(r"[a-z]+-?[0-9]*", code) else ""
    return Slip(slip.code, slip.message, slip.location, advice or "运行 speechgen rules 看全部代码。")


def _read(path: Path, slips: list[Slip]) -> _File:
    try:
        document = read_yaml(path, KEYS, slips)
    except SpeechgenError as error:
        slips += error.slips
        return _File()
    top = Fields(document.root, "", KEYS, slips)
    check_format(top)
    rules = tuple(top.each("规则", lambda node, key: _rule(node, key, slips)))
    withdrawn = {
        text.value: Slip("unknown-code", f"要停用的规则「{text.value}」没有找到", text.location)
        for text in top.texts("停用")
    }
    levels = {}
    below = top.below("级别", ("*",))
    for entry in below.node.entries if below else ():
        level = below.choice(entry.key.text, SEVERITIES) if below else ""
        if level:
            unknown = Slip("unknown-code", f"要改级别的规则「{entry.key.text}」没有找到", entry.key.location)
            levels[entry.key.text] = (SEVERITIES[level], unknown)
    return _File(rules, withdrawn, levels)


# ── one rule ──────────────────────────────────────────────────────────────────────────────────


def _rule(node: Node, key: str, slips: list[Slip]) -> Rule | None:
    if not isinstance(node, Mapping):
        example = "例如「- 代码: dw-01」，下面对齐写「名称: …」。"
        slips.append(Slip("not-keys", "每一条规则都要分行写各项", node.location, example))
        return None
    fields = Fields(node, key, _RULE_KEYS, slips)
    code, name, kind, message = (fields.text(k, required=True) for k in ("代码", "名称", "类别", "提示"))
    severity = fields.choice("级别", SEVERITIES)
    if not severity and fields.get("级别") is None:
        fields.slip("missing-key", "这条规则没有写「级别」", fields.location, f"可以写：{'、'.join(SEVERITIES)}。")
    if code and not _CODE.fullmatch(code.value):
        fields.slip("bad-code", f"代码写的是「{code.value}」", code.location,
                    "请写成小写字母加短横加数字，例如「dw-01」。")  # fmt: skip
    if kind and kind.value not in KINDS:
        fields.slip("not-a-choice", f"「类别」写的是「{kind.value}」", kind.location, nearest(kind.value, KINDS))
        return None
    look, options, entries, check = _options(fields, kind.value) if kind else ("", {}, (), None)
    if code is None or name is None or kind is None or message is None or not severity or check is None:
        return None
    what, why = fields.text("说明"), fields.text("理由")
    rule = Rule(
        code.value, name.value, kind.value, SEVERITIES[severity], message.value, code.location, look,
        _scopes(fields), what.value if what else "", why.value if why else "",
        tuple(_examples(fields, "反例")), tuple(_examples(fields, "正例")),
        _source(fields), fields.flag("矛盾", False), options, entries,
    )  # fmt: skip
    slips += _unfit(rule, check)
    return rule


def _scopes(fields: Fields) -> tuple[str, ...]:
    found = fields.texts("范围")
    for text in found:
        if text.value not in SCOPES:
            fields.slip("not-a-choice", f"「范围」写的是「{text.value}」", text.location, nearest(text.value, SCOPES))
    return tuple(text.value for text in found if text.value in SCOPES) or ("全文",)


def _source(fields: Fields) -> RuleSource:
    below = fields.below("来源", _SOURCE_KEYS)
    if below is None:
        return RuleSource("单位")
    level = below.choice("级别", (*NORMS, *USAGE))
    texts = (below.text(key) for key in ("名称", "条款"))
    name, clause = ("" if text is None else text.value for text in texts)
    looked_up = below.text("查于")
    return RuleSource(level or "单位", name, clause, below.choice("语气", MOODS), looked_up.value if looked_up else "")


def _unfit(rule: Rule, check: Check) -> Iterator[Slip]:
    """What a rule says more than it may: graver than its source, 规定 without a norm, a value that there is not."""
    source = rule.source
    binding = source.level in NORMS and source.mood != "宜"
    if rule.severity == "error" and not (binding or rule.contradiction):
        yield Slip("too-grave", f"规则「{rule.code}」定为错误，来源却是「{source.level}」", rule.location,
                   "通常的写法和推荐的写法最高定为警告；稿子前后矛盾的，加一行「矛盾: 是」。")  # fmt: skip
    if source.level in USAGE and "规定" in _TITLE.sub("", rule.message):
        yield Slip("not-a-norm", f"规则「{rule.code}」的提示里说了「规定」，来源却是「{source.level}」", rule.location,
                   "没有文件作依据的，请说「通常」。")  # fmt: skip
    known = (*check.values, *EVERYWHERE)
    for name in _NAMED.findall(rule.message):
        if name not in known:
            yield Slip("unknown-value", f"规则「{rule.code}」的提示用了「{name}」", rule.location, nearest(name, known))


def _examples(fields: Fields, name: str) -> Iterator[Example]:
    node = fields.get(name)
    for item in node.items if isinstance(node, Sequence) else (node,) if node else ():
        if isinstance(item, Scalar):
            yield Example(item.text)
        elif isinstance(item, Mapping):
            below = Fields(item, fields.key(name), _EXAMPLE_KEYS, fields.slips)
            said = {key: _raw(below.get(key)) for key in _EXAMPLE_KEYS}
            if not said["文"]:
                below.slip("missing-key", f"「{name}」里有一条没有写「文」", item.location, "请写上例句。")
            yield Example(said["文"], said["处"], below.day("日期"), said["会议"], said["单位"])


def _raw(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""


# ── options ───────────────────────────────────────────────────────────────────────────────────


def _options(
    fields: Fields, kind: str
) -> tuple[str, dict[str, tuple[str, ...]], tuple[Entry, ...], Check | None]:
    """The 查, the options, the word list, and the check that they are for; no check when 查 is wrong."""
    looks = KINDS[kind]
    node = fields.get("选项")
    below = fields.below("选项", ("查", *{name for check in looks.values() for name in check.options}))
    asked = below.text("查") if below else None
    look = asked.value if asked else ""
    check = looks.get(look)
    if check is None:
        where = asked.location if asked else node.location if node else fields.location
        remedy = nearest(look, looks) if look else f"请在「选项」下面写「查: …」，可以写：{'、'.join(looks)}。"
        fields.slip("not-a-choice", f"类别「{kind}」的「查」写的是「{look}」", where, remedy)
        return "", {}, (), None
    options = {
        name: tuple(_values(below, name)) for name in check.options if below and name != "词表" and below.get(name)
    }
    for name in NUMBERS:
        said = "".join(options.get(name, ()))
        if said and not re.fullmatch("[0-9]{1,9}", said):
            fields.slip("not-number", f"「选项.{name}」写的是「{said}」", fields.location,
                        f"请写数字，例如「{name}: 30」。")  # fmt: skip
    for pattern in (*options.get("式", ()), *(options.get("除外", ()) if "式" in options else ())):
        try:
            patterns.compiled(pattern, PATTERN_FLAGS)
        except (re.error, OverflowError, RecursionError):
            fields.slip("bad-pattern", f"「式」写的「{pattern}」不是正确的正则表达式", fields.location,
                        "请核对括号和斜杠。")  # fmt: skip
    entries = tuple(below.each("词表", lambda node, key: _entry(node, key, fields.slips))) if below else ()
    return look, options, entries, check


def _values(fields: Fields, name: str) -> Iterator[str]:
    node = fields.get(name)
    for item in node.items if isinstance(node, Sequence) else (node,) if node else ():
        if isinstance(item, Scalar):
            yield item.text
        else:
            fields.slip("not-text", f"「{fields.key(name)}」里要写文字", item.location, "一条写一行，以「- 」开头。")


def _entry(node: Node, key: str, slips: list[Slip]) -> Entry | None:
    if not isinstance(node, Mapping):
        example = "例如「- {误: 布署, 正: 部署}」。"
        slips.append(Slip("not-keys", "「词表」里的每一条要写「误」和「正」", node.location, example))
        return None
    fields = Fields(node, key, _ENTRY_KEYS, slips)

    def words(name: str) -> tuple[str, ...]:
        return tuple(_values(fields, name))

    wrong = words("误")
    if not wrong:
        fields.text("误", required=True)
        return None
    for word in wrong:
        if len(word) < 2:
            fields.slip("too-short", f"「误」写的「{word}」只有一个字", fields.location,
                        "请至少写两个字，免得处处误报。")  # fmt: skip
    for longer in words("除外"):
        if not any(word in longer for word in wrong):
            fields.slip("not-within", f"「除外」写的「{longer}」里没有「{'、'.join(wrong)}」", fields.location,
                        "除外的词要包含「误」里的词，才起作用。")  # fmt: skip
    right, note = fields.text("正"), fields.text("注")
    return Entry(
        wrong, right.value if right else "", words("除外"), words("前"), words("后"), words("不前"), words("不后"),
        words("同句"), words("不同句"), fields.day("起"), fields.day("止"), fields.flag("可改", False),
        note.value if note else "",
    )  # fmt: skip
