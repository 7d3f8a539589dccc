"""What a run has to say, as Chinese text for a secretary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from speechgen import findings
from speechgen.check.run import GRAVITY
from speechgen.errors import Slip
from speechgen.likeness import sentences
from speechgen.model import Block, Draft, Finding, Gap, Location, Source

if TYPE_CHECKING:  # drafts and foreign speeches: a run has to do with one of them, and imports no more
    from speechgen.batch import Ran
    from speechgen.draft import Made
    from speechgen.files import Written
    from speechgen.review import Reviewed
    from speechgen.rundown import Rundown

_ORIGINS = {
    "outline": "提纲", "phrase": "语料", "wording": "提法", "field": "所填", "computed": "推算", "table": "对照表",
    "calendar": "日历", "statute": "法规", "numbering": "序号", "blank": "待补充", "source": "原文",
}  # fmt: skip


def place(location: Location | None) -> str:
    """「会议.yaml 第 7 行」, as much of it as is known."""
    if location is None:
        return ""
    name = Path(location.file).name
    return f"{name} 第 {location.line} 行" if location.line else name


# ── errors ────────────────────────────────────────────────────────────────────────────────────


def slips(found: Iterable[Slip]) -> str:
    """Every slip of a run: where, what, and what to do."""
    ordered = sorted(found, key=lambda s: (s.location.file, s.location.line) if s.location else ("", 0))
    return "\n".join(_slip(slip) for slip in ordered)


def _slip(slip: Slip) -> str:
    where = place(slip.location)
    head = f"{where}：{slip.message}" if where else slip.message
    return head + ("\n    " + slip.remedy if slip.remedy else "")


# ── the run's last lines ──────────────────────────────────────────────────────────────────────


def last_lines(made: Made, written: Written) -> str:
    """What was written, how long it is, what is still to do."""
    return "\n".join(
        line
        for part in (_file(written), _measures(made), _gaps(made.draft), _findings(made), _layers(made), _notices(made))
        for line in part
    )


def _file(written: Written) -> Iterator[str]:
    if written.beside:
        why = {
            "edited": "原来的稿子有人改过，没有动它",
            "open": "原来的稿子正开着，没有动它（如果并没有打开，可以删掉旁边以 ~$ 开头的临时文件）",
            "unknown": "这个名字已有一份别的文件，没有动它",
        }[written.reason or "unknown"]
        yield f"{why}：{written.beside}"
        yield f"新稿另存为：{written.path}"
    elif written.unchanged:
        yield f"内容没有变化，稿子照旧：{written.path}"
    else:
        yield f"已写好：{written.path}"


def _measures(made: Made) -> Iterator[str]:
    from speechgen.compose import AD_LIB, DEFAULT_PACE, ceiling

    pace = made.speaker.pace or DEFAULT_PACE
    limit = ceiling(made.meeting, made.speaker)
    asked = ""
    if made.meeting.minutes and not made.meeting.characters:
        asked = f"；要求 {made.meeting.minutes} 分钟，留出{_share(AD_LIB)}脱稿，合 {limit} 字"
    elif limit:
        asked = f"；要求 {limit} 字"
    yield f"{made.draft.characters} 字，按每分钟 {pace} 字约讲 {made.minutes:.1f} 分钟{asked}；约 {made.pages} 页"


def _share(parts: int) -> str:
    return "一成" if parts == 10 else f" 1/{parts} "


def _gaps(draft: Draft) -> Iterator[str]:
    for kind, title in (("blank", "待补充 {} 处（稿子里标黄）："), ("omission", "因为缺少内容，省去 {} 句：")):
        found = [gap for gap in draft.gaps if gap.kind == kind]
        if found:
            yield title.format(len(found))
            yield from (f"    {_gap(gap)}" for gap in found)


def _gap(gap: Gap) -> str:
    where = place(gap.location)
    if not gap.location.line:
        return f"{gap.what}：请在 {where} 里补上「{gap.key}」"
    return f"{gap.what}：请在 {where} 补上「{gap.key}」"


def _findings(made: Made) -> Iterator[str]:
    if made.findings:
        yield f"审校：{findings.summary(made.findings)}"
        for found in sorted(made.findings, key=lambda f: GRAVITY[f.severity]):
            rule = made.rulebook.rules[found.rule]
            yield f"    {findings.SEVERITIES[found.severity]}  {findings.around(found, made.draft)}"
            yield f"        {findings.message(found, rule, made.draft)}（{_from(found.source)}{rule.code}）"


def _from(source: Source | None) -> str:
    return f"{source_words(source)}；" if source else ""


# ── several texts of one meeting ──────────────────────────────────────────────────────────────


def rundown(found: Rundown, written: Written) -> str:
    """Who says what, what none says, and what two say."""
    return "\n".join([*_shared_out(found), *_file(written)])


def _shared_out(found: Rundown) -> Iterator[str]:
    yield "谁讲什么："
    for (kind, speakers), rows in groupby(found.rows, key=lambda row: (row.kind, tuple(map(bool, row.counts)))):
        named = "」「".join(row.words for row in rows)
        told = "、".join(label for label, speaks in zip(found.labels, speakers, strict=True) if speaks)
        yield f"    {kind}「{named}」：{told or '没有一篇说到'}"
    for sentence, labels in found.repeated:
        yield f"提醒：「{sentence}」{'、'.join(labels)}都说了。"


# ── a batch ───────────────────────────────────────────────────────────────────────────────────


def ran(found: Ran, folder: Path) -> str:
    """What a batch has done, what to look at, and where the review sheet is."""
    return "\n".join([*_counts(found, folder), *_failures(found), *_spared(found), *_to_see(found)])


def _counts(found: Ran, folder: Path) -> Iterator[str]:
    states = Counter(outcome.state for outcome in found.outcomes)
    told = "，".join(f"{state} {count} 篇" for state, count in states.items())
    yield f"“{folder}”：{told}"


def _failures(found: Ran) -> Iterator[str]:
    if found.failed:
        yield f"有 {len(found.failed)} 处要改，改好再运行，只补做这几篇："
        yield from ("    " + line for line in slips(found.failed).splitlines())


def _spared(found: Ran) -> Iterator[str]:
    for outcome in found.outcomes:
        if outcome.written and outcome.written.beside:
            yield from _file(outcome.written)


def _to_see(found: Ran) -> Iterator[str]:
    from speechgen.overview import totals

    yield "；".join(f"{name} {value}" for name, value in totals(found.overview))
    if found.sheets:
        yield f"逐篇看：{found.sheets[0].path}"
    yield from (f"提醒：{notice.removesuffix('。')}。" for notice in found.overview.notices)


# ── a foreign speech ──────────────────────────────────────────────────────────────────────────


def reviewed(found: Reviewed) -> str:
    """What the check says of a speech that was read."""
    notices = [f"提醒：{notice}" for notice in found.draft.notices]
    measure = f"{found.draft.characters} 字"
    told = findings.text_of(str(found.path), found.draft, found.findings, found.rulebook, measure)
    return "\n".join([*notices, told])


def repaired(found: Reviewed, written: Path, repairs: list[Finding]) -> str:
    """What was repaired, place by place."""
    head = f"改好 {len(repairs)} 处，另存为：{written}" if repairs else f"没有可以直接改的，照原样另存为：{written}"
    lines = findings.repair_lines(found.draft, repairs, found.rulebook)
    return "\n".join([head, *(f"    {line}" for line in lines)])


def _layers(made: Made) -> Iterator[str]:
    yield f"语料：{'、'.join(made.content.layers)}；用了 {len(_used(made.draft))} 条"


def _used(draft: Draft) -> set[str]:
    """The phrases and heading sets whose words stand in the speech; picks may have been left out for length."""
    spans = (span for block in draft.blocks for span in block.spans)
    return {source.name for span in spans for source in (*span.via, span.source) if source.origin == "phrase"}


def _notices(made: Made) -> Iterator[str]:
    yield from (f"提醒：{notice.removesuffix('。')}。" for notice in made.notices)


# ── explain ───────────────────────────────────────────────────────────────────────────────────


def explain(draft: Draft) -> str:
    """Sentence by sentence, what each rests on, outermost first."""
    lines = []
    for block in draft.blocks:
        for start, end in sentences(block):
            lines.append(block.text[start:end])
            lines.append("    " + "；".join(_rests_on(block, start, end)))
    return "\n".join(lines)


def _rests_on(block: Block, start: int, end: int) -> list[str]:
    found: dict[str, None] = {}
    for span in block.spans:
        if span.start < end and span.end > start:
            for source in (*span.via, span.source):
                found.setdefault(source_words(source))
    return list(found)


def source_words(source: Source) -> str:
    """「语料 zm-xf-001（safety.yaml 第 12 行）」."""
    where = place(source.location)
    return f"{_ORIGINS[source.origin]} {source.name}" + (f"（{where}）" if where else "")
