"""What the check has found, in Chinese for people and as plain data for programs; and its rules, as a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, groupby

from speechgen import patterns
from speechgen.check.rule import NORMS, Rule, Rulebook
from speechgen.model import Block, Draft, Finding, Severity

SEVERITIES: dict[Severity, str] = {"error": "错误", "warning": "警告", "hint": "提醒"}
AREAS = {
    "tf": "提法与姓名", "zg": "张冠李戴", "xh": "计数与序号", "sz": "数字与日期", "kq": "空缺", "wy": "网页残留",
    "yy": "用语与法规", "wz": "语言文字", "ld": "朗读", "bm": "版面", "lt": "雷同",
}  # fmt: skip
OWN_AREA = "本单位的规则"

_NAMED = patterns.compiled(r"\{\{\s*(.*?)\s*\}\}")
_AROUND = 14  # characters shown on either side of the spot
_LONGEST_SPOT = 40
_LONGEST_EXAMPLE = 120


# ── one finding ───────────────────────────────────────────────────────────────────────────────


def excerpt(found: Finding, draft: Draft) -> str:
    """The words that were found."""
    return draft.blocks[found.block].text[found.start : found.end]


def message(found: Finding, rule: Rule, draft: Draft) -> str:
    """The rule's message with the finding's values in it."""
    values = {**found.values, "处": _shortened(excerpt(found, draft))}
    return _NAMED.sub(lambda name: values.get(name[1], ""), rule.message)


def around(found: Finding, draft: Draft) -> str:
    """The words around the spot, the spot in 【】."""
    text = draft.blocks[found.block].text
    first, last = max(0, found.start - _AROUND), min(len(text), found.end + _AROUND)
    spot = _shortened(text[found.start : found.end])
    before = ("…" if first else "") + text[first : found.start]
    after = text[found.end : last] + ("…" if last < len(text) else "")
    return patterns.compiled(r"\s+").sub(" ", f"{before}【{spot}】{after}")


def _shortened(text: str) -> str:
    half = _LONGEST_SPOT // 2
    return text if len(text) <= _LONGEST_SPOT else f"{text[:half]}……{text[-half:]}"


def basis(rule: Rule) -> str:
    """What a rule rests on, as a secretary may repeat it: 依据《…》第…条, or that it is usage."""
    source = rule.source
    if rule.contradiction:
        return "稿子自身或与会议文件对不上"
    if source.level not in NORMS:
        return "本单位的写法" if source.level == "单位" else "通常的写法"
    clause = source.clause if not source.clause or source.clause.startswith("第") else f" {source.clause}"
    return f"{'推荐写法，见' if source.mood == '宜' else '依据'}{source.name}{clause}"


def comment(found: Finding, rulebook: Rulebook, draft: Draft) -> str:
    """A finding as a Word comment: how grave, the message, the remedy, the rule."""
    rule = rulebook.rules[found.rule]
    said = message(found, rule, draft)
    remedy = f"\n可改为：{found.suggestion}" if _is_untold(found.suggestion, said) else ""
    return f"{SEVERITIES[found.severity]}：{said}{remedy}\n（{rule.code} {rule.name}；{basis(rule)}）"


def _is_untold(suggestion: str, said: str) -> bool:
    """Whether a message does not show the suggestion already; a comma in it is its own."""
    if len(suggestion) > 1:
        return suggestion not in said
    return bool(suggestion) and not re.search(f"[「“]{re.escape(suggestion)}[」”]", said)


# ── text for people ───────────────────────────────────────────────────────────────────────────


def text_of(name: str, draft: Draft, findings: Iterable[Finding], rulebook: Rulebook, measure: str = "") -> str:
    """Everything found in one speech: a summary line, then the findings, the gravest first."""
    found = list(findings)
    lines = [f"{name}：{summary(found)}{'；' + measure if measure else ''}"]
    for severity, title in SEVERITIES.items():
        for finding in (f for f in found if f.severity == severity):
            rule = rulebook.rules[finding.rule]
            lines.append("")
            lines.append(f"{title}  第{finding.block + 1}段  {around(finding, draft)}")
            lines.append(f"      {message(finding, rule, draft)}")
            if _is_untold(finding.suggestion, lines[-1]):
                lines.append(f"      可改为：{finding.suggestion}")
            lines.append(f"      （{rule.code} {rule.name}；{basis(rule)}）")
    return "\n".join(lines)


def summary(found: Iterable[Finding]) -> str:
    """「错误 2 处，警告 3 处」, or that nothing was found."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in found:
        counts[finding.severity] += 1
    told = [f"{SEVERITIES[severity]} {count} 处" for severity, count in counts.items() if count]
    return "，".join(told) or "没有发现问题"


# ── plain data for programs ───────────────────────────────────────────────────────────────────


def data_of(name: str, draft: Draft, findings: Iterable[Finding], rulebook: Rulebook) -> dict[str, object]:
    """``{"file", "findings": [{"rule", "name", "severity", "line", "start", "end", "excerpt", "message",
    "suggestion"}]}``: ``line`` counts the paragraphs from 1, ``start`` and ``end`` are offsets (code points) in the
    text as read, which is the paragraphs joined by line breaks, and ``excerpt`` is that stretch of it."""
    starts = starts_of(draft.blocks)
    return {
        "file": name,
        "findings": [
            {
                "rule": found.rule, "name": rulebook.rules[found.rule].name, "severity": found.severity,
                "line": found.block + 1, "start": starts[found.block] + found.start,
                "end": starts[found.block] + found.end, "excerpt": excerpt(found, draft),
                "message": message(found, rulebook.rules[found.rule], draft), "suggestion": found.suggestion,
            }
            for found in findings
        ],
    }  # fmt: skip


def starts_of(blocks: Iterable[Block]) -> list[int]:
    """Where each block begins in the text as read."""
    return list(accumulate((len(block.text) + 1 for block in blocks), initial=0))


# ── the mechanical repairs ────────────────────────────────────────────────────────────────────


def repairs(findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose suggestion can be put in their place without asking, none overlapping another."""
    chosen: list[Finding] = []
    for finding in sorted((f for f in findings if f.safe), key=lambda f: (f.block, f.start, -f.end)):
        before = chosen[-1] if chosen else None
        apart = before is None or before.block != finding.block or before.end <= finding.start
        if apart and (before is None or _spot(before) != _spot(finding)):  # one stop put in by two rules
            chosen.append(finding)
    return chosen


def _spot(found: Finding) -> tuple[int, int, int]:
    return found.block, found.start, found.end


def repaired(draft: Draft, chosen: Iterable[Finding]) -> str:
    """The text as read with these findings repaired."""
    texts = [block.text for block in draft.blocks]
    for finding in sorted(chosen, key=lambda f: (f.block, f.start), reverse=True):
        text = texts[finding.block]
        texts[finding.block] = text[: finding.start] + finding.suggestion + text[finding.end :]
    return "\n".join(texts)


def repair_lines(draft: Draft, chosen: Iterable[Finding], rulebook: Rulebook) -> Iterator[str]:
    """Each repair: where, what it was, what it is now."""
    for finding in chosen:
        was, now = excerpt(finding, draft), finding.suggestion
        change = f"「{was}」改为「{now}」" if now else f"删去「{was}」"
        yield f"第{finding.block + 1}段  {around(finding, draft)}  {change}（{rulebook.rules[finding.rule].name}）"


# ── the rules ─────────────────────────────────────────────────────────────────────────────────


def area_of(rule: Rule) -> str:
    """The area that a rule's code tells."""
    return AREAS.get(rule.code.partition("-")[0], OWN_AREA)


def by_area(rules: Mapping[str, Rule]) -> Iterator[tuple[str, list[Rule]]]:
    """The rules of each area, areas and codes in order."""
    order = [*AREAS.values(), OWN_AREA]
    ranked = sorted(rules.values(), key=lambda rule: (order.index(area_of(rule)), rule.code))
    for area, group in groupby(ranked, area_of):
        yield area, list(group)


def rules_list(rulebook: Rulebook) -> str:
    """All rules, a line each."""
    lines: list[str] = []
    for area, rules in by_area(rulebook.rules):
        lines += ["", f"{area}（{len(rules)} 条）"] if lines else [f"{area}（{len(rules)} 条）"]
        lines += [f"  {rule.code}  {SEVERITIES[rule.severity]}  {rule.name}" for rule in rules]
    return "\n".join(lines)


def rule_text(rule: Rule) -> str:
    """One rule in full, for the console."""
    lines = [f"{rule.code} {rule.name}（{area_of(rule)}，{SEVERITIES[rule.severity]}）"]
    lines += [f"{title}：{said}" for title, said in _told(rule)]
    return "\n".join(lines)


def _told(rule: Rule) -> Iterator[tuple[str, str]]:
    yield from ((title, said) for title, said in (("找什么", rule.what), ("为什么", rule.why)) if said)
    yield "怎么说", _NAMED.sub(r"〔\1〕", rule.message)
    yield "根据", basis(rule) + (f"（查于：{rule.source.looked_up}）" if rule.source.looked_up else "")
    if rule.entries:
        pairs = [f"{'、'.join(entry.wrong)}{'→' + entry.right if entry.right else ''}" for entry in rule.entries]
        shown = "；".join(pairs[:12])
        yield "词表", f"共 {len(pairs)} 条，如：{shown}" if len(pairs) > 12 else shown
    for title, examples in (("不要这样写", rule.bad), ("这样写没有问题", rule.good)):
        for example in examples[:2]:
            text = " / ".join(example.text.split())
            yield title, text if len(text) <= _LONGEST_EXAMPLE else text[:_LONGEST_EXAMPLE] + "……"


def rules_page(rulebook: Rulebook) -> str:
    """docs/rules.md: every rule with what, why and examples."""
    count = len(rulebook.rules)
    lines = [
        "# 审校规则", "",
        "本页由 `speechgen rules --markdown` 生成，请不要手改；规则本身在 `speechgen/rules/` 里。", "",
        f"共 {count} 条。错误：文件明令的，或者稿子自相矛盾、与会议文件对不上的；警告：多半要改的；提醒：请看一眼的。",
    ]  # fmt: skip
    for area, rules in by_area(rulebook.rules):
        lines += ["", f"## {area}", ""]
        for rule in rules:
            lines += [f"### {rule.code} {rule.name}（{SEVERITIES[rule.severity]}）", ""]
            lines += [f"- {title}：{_escaped(said)}" for title, said in _told(rule)]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _escaped(text: str) -> str:
    return patterns.compiled(r"([*_<>`|\[\]])").sub(r"\\\1", text)
