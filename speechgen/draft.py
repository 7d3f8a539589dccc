"""The line as one function, for commands and batch: load → compose → check → write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from speechgen import compose, content, daysoff, files, ledger, schema
from speechgen.check.rule import Rulebook
from speechgen.check.run import check
from speechgen.content import Content
from speechgen.errors import SpeechgenError
from speechgen.fields import nearest
from speechgen.inforce import PROFILE, grounds_of, layout_of, rules_for
from speechgen.layout import Layout
from speechgen.model import DaysOff, Draft, Finding, Meeting, Office, Speaker
from speechgen.phrases import NO_WISHES, Wishes, sentence_keys
from speechgen.reading import read
from speechgen.word.writer import estimate_pages, write_docx

TOO_SHORT = ("朗读", "不足")  # 类别 and 查 of the rule that tells it
FORMATS = ("docx", "txt", "json")
_BOM = "BOM"  # what every file that we write for a secretary begins with is nothing to tell her of


class Made(NamedTuple):
    """A speech with everything it was made from and what is to be told about it."""

    meeting: Meeting
    office: Office
    speaker: Speaker
    content: Content
    layout: Layout
    draft: Draft
    rulebook: Rulebook
    findings: tuple[Finding, ...]
    notices: tuple[str, ...]

    @property
    def pages(self) -> int:
        return estimate_pages(self.draft, self.layout)

    @property
    def minutes(self) -> float:
        """Minutes at the speaker's pace, read as written."""
        return self.draft.characters / (self.speaker.pace or compose.DEFAULT_PACE)


class Beside(NamedTuple):
    """What a run may be given beside the meeting file.

    ``extra`` is a content folder laid over all others. ``swaps`` name slots, by path or by words of their sentence,
    that take their next choice. Of the speeches ``avoided`` no judgement or argument returns. ``ledger`` is the file
    that the season's speeches are kept in.
    """

    extra: Path | None = None
    swaps: tuple[str, ...] = ()
    avoided: tuple[Path, ...] = ()
    ledger: Path | None = None


NOTHING_BESIDE = Beside()
NO_PROFILE = "附近没有找到单位.yaml，单位和领导的名称会留空；可以先运行 speechgen new --office"


def make(
    meeting_file: Path,
    beside: Beside = NOTHING_BESIDE,
    cache_folder: Path | None = None,
    kept: Mapping[str, str] | None = None,
) -> Made:
    """The speech for a meeting file, not yet written.

    ``kept`` are an earlier run's picks. Raises SpeechgenError with every slip of the file that has any.
    """
    folder = meeting_file.resolve().parent
    meeting, notices = schema.load_meeting(meeting_file)
    office = Office()
    profile = content.nearest_above(folder, PROFILE)
    if profile:
        office, more = schema.load_office(profile)
        notices += more
    else:
        notices += (NO_PROFILE,)
    notices = tuple(notice for notice in notices if _BOM not in notice)
    means = means_of(folder, beside, cache_folder)
    office = office._replace(days_off=means.days_off)
    said = frozenset(key for path in beside.avoided for key in sentence_keys(as_text(read(path))))
    siblings = _siblings(beside.ledger, meeting, office, means.content)
    wishes = Wishes(kept or {}, said=said, siblings=siblings)
    made = made_of(meeting, office, means, wishes, beside.swaps)
    return made._replace(notices=(*notices, *made.notices))


class Means(NamedTuple):
    """What all speeches of one folder are made with."""

    content: Content
    rulebook: Rulebook
    days_off: tuple[DaysOff, ...] = ()
    cache_folder: Path | None = None


def means_of(folder: Path, beside: Beside = NOTHING_BESIDE, cache_folder: Path | None = None) -> Means:
    """What there is for meeting files in ``folder``. Raises SpeechgenError with every slip of every file."""
    library = content.load_content(content.layers_for(folder, beside.extra), cache_folder)
    announced = content.nearest_above(folder, daysoff.FILE)
    days_off = daysoff.load(announced) if announced else ()
    return Means(library, rules_for(folder, None, cache_folder, bare=True), days_off, cache_folder)


def made_of(
    meeting: Meeting, office: Office, means: Means, wishes: Wishes = NO_WISHES, swaps: tuple[str, ...] = ()
) -> Made:
    """The speech for a meeting that has been read. Raises SpeechgenError as `compose.compose` does."""
    library = means.content
    layout = layout_of(meeting, office, means.cache_folder)
    draft = compose.compose(meeting, office, library, wishes)
    notices: tuple[str, ...] = ()
    if swaps:
        draft, notices = _swapped(draft, swaps, meeting, office, library, wishes)
    found = check(draft, means.rulebook, grounds_of(meeting, office, library))
    return Made(
        meeting, office, schema.speaker_of(meeting, office), library, layout, draft, means.rulebook,
        tuple(finding for finding in found if not _is_told_anyway(finding, means.rulebook)),
        (*notices, *draft.notices),
    )  # fmt: skip


def _is_told_anyway(finding: Finding, rulebook: Rulebook) -> bool:
    """A blank that the run itself left is told among the gaps, with the line to fill; that the matter does not fill the
    minutes asked for, among the notices."""
    rule = rulebook.rules[finding.rule]
    return (finding.source is not None and finding.source.origin == "blank") or (rule.kind, rule.look) == TOO_SHORT


def _siblings(
    ledger_file: Path | None, meeting: Meeting, office: Office, library: Content
) -> tuple[frozenset[str], ...]:
    if ledger_file is None:
        return ()
    return ledger.siblings(ledger.read(ledger_file), compose.identity(meeting, office, library))


def _swapped(
    draft: Draft, swaps: tuple[str, ...], meeting: Meeting, office: Office, library: Content, wishes: Wishes
) -> tuple[Draft, tuple[str, ...]]:
    """The draft with other sentences in the slots asked for, and for each what stands there now and how to keep it."""
    paths = tuple(slot_of(draft, asked) for asked in swaps)
    now = compose.compose(meeting, office, library, wishes._replace(kept=draft.picks, swapped=paths))
    told = []
    for path in dict.fromkeys(paths):
        before, after = _sentences_of(draft, draft.picks[path]), _sentences_of(now, now.picks[path])
        told.append(
            f"「{before}」换成了「{after}」；以后还要用这一句，在会议文件的「选定」下面写「{path}: {now.picks[path]}」"
        )
    return now, tuple(told)


def _sentences_of(draft: Draft, id_: str) -> str:
    """What a draft says out of one phrase or heading set, pieces of one block joined."""
    said = []
    for block in draft.blocks:
        ours = [span for span in block.spans if any(s.name == id_ for s in (span.source, *span.via))]
        if ours:
            said.append(block.text[ours[0].start : ours[-1].end])
    return " / ".join(said)


def slot_of(draft: Draft, asked: str) -> str:
    """The slot of a draft that is called ``asked``, or whose sentence holds these words. Raises SpeechgenError when
    there is none, or more than one."""
    if asked in draft.picks:
        return asked
    of_phrase = {id_: path for path, id_ in draft.picks.items()}
    found: dict[str, None] = {}
    inside = False
    for block in draft.blocks:
        at = block.text.find(asked)
        while asked and at >= 0:
            inside = True
            for span in block.spans:
                if span.start < at + len(asked) and at < span.end:
                    found.update({of_phrase[s.name]: None for s in (span.source, *span.via) if s.name in of_phrase})
            at = block.text.find(asked, at + 1)
    if len(found) == 1:
        return next(iter(found))
    if found:
        message, remedy = f"「{asked}」在稿子里不止一处", f"请多写几个字，或写位置：{'、'.join(found)}。"
    elif inside:
        message, remedy = f"「{asked}」不是从语料里来的", "这句话按会议文件或提纲写成，请改会议文件或提纲。"
    else:
        message = f"稿子里没有「{asked}」"
        remedy = nearest(asked, draft.picks) if "/" in asked else "请从稿子里抄几个字。"
    raise SpeechgenError.of("no-such-slot", message, None, remedy)


def remake(
    meeting_file: Path, folder: Path | None, beside: Beside = NOTHING_BESIDE, cache_folder: Path | None = None
) -> Made:
    """`make`, keeping the picks of the newest run that the record of ``folder`` (where the outputs go; by
    default the meeting file's own) holds for this meeting, so that a speech already given out stays itself."""
    place = folder or meeting_file.parent
    record = files.read_record(place)
    before = record.newest(meeting_key(meeting_file, place / PROFILE))
    made = make(meeting_file, beside, cache_folder, before.picks if before else None)
    if record.damaged:
        notice = f"记录文件“{place / files.RECORD_NAME}”有 {record.damaged} 行读不出来，已跳过，不影响这次的稿子"
        made = made._replace(notices=(*made.notices, notice))
    return made


def rendered(made: Made, form: str) -> bytes:
    """The whole output file: a Word document, text for Notepad, or JSON with spans."""
    if form == "txt":
        return files.secretary_text(as_text(made.draft))
    if form == "json":
        return json.dumps(as_data(made.draft), ensure_ascii=False, indent=1).encode("utf-8")
    return write_docx(made.draft, made.layout)


def as_text(draft: Draft) -> str:
    """The speech as lines of text."""
    return "\n".join(block.text for block in draft.blocks) + "\n"


def as_data(draft: Draft) -> dict[str, object]:
    """The speech as plain data: blocks with their spans, gaps and picks.

    A span is ``{"start", "end", "origin", "name", "file", "line", "via"}``, offsets in code points.
    """

    def source(found: object) -> dict[str, object]:
        from speechgen.model import Source

        assert isinstance(found, Source)
        where = found.location
        place = {"file": Path(where.file).name, "line": where.line} if where else {}
        return {"origin": found.origin, "name": found.name, **place}

    return {
        "title": draft.title,
        "characters": draft.characters,
        "blocks": [
            {
                "kind": block.kind, "level": block.level, "lead": block.lead, "text": block.text,
                "spans": [
                    {"start": s.start, "end": s.end, **source(s.source), "via": [source(v) for v in s.via]}
                    for s in block.spans
                ],
            }
            for block in draft.blocks
        ],
        "gaps": [{"kind": g.kind, "key": g.key, "what": g.what, "line": g.location.line} for g in draft.gaps],
        "picks": draft.picks,
    }  # fmt: skip


def names_file(output: Path) -> bool:
    """Whether ``-o`` names a file: by its ending, so that a folder may be called 2026.12."""
    return output.suffix.lower().removeprefix(".") in FORMATS and not output.is_dir()


def output_folder(meeting_file: Path, output: Path | None) -> Path:
    """The folder that the speech goes to: that of ``output``, else the meeting file's."""
    if output is None:
        return meeting_file.parent
    return output.parent if names_file(output) else output


def output_path(made: Made, output: Path | None, form: str) -> Path:
    """Where the speech goes: ``output`` when it is a file's name, else a safe name from date and
    meeting in that folder, else beside the meeting file."""
    if output is not None and names_file(output):
        return output
    return output_folder(Path(made.meeting.file), output) / files.safe_name(name_of(made.meeting), f".{form}")


def name_of(meeting: Meeting) -> str:
    """What a speech's file is called by default: day and meeting."""
    return f"{meeting.day.value.isoformat()} {meeting.name.value}讲话稿"


def meeting_key(meeting_file: Path, target: Path) -> str:
    """How the record of the target's folder calls a meeting file: its path seen from there."""
    import os

    try:
        return Path(os.path.relpath(meeting_file.resolve(), target.resolve().parent)).as_posix()
    except ValueError:  # another drive on Windows
        return meeting_file.resolve().as_posix()


def save(made: Made, meeting_file: Path, target: Path, form: str) -> files.Written:
    """Write the speech and record it. Raises SpeechgenError when it cannot be written."""
    return files.write_output(
        target, rendered(made, form), meeting=meeting_key(meeting_file, target), content=made.content.hash,
        seed=made.meeting.seed or "", picks=made.draft.picks,
    )  # fmt: skip


def keep_in_ledger(ledger_file: Path, made: Made) -> None:
    """Write down what a speech has used. Raises SpeechgenError when the ledger cannot be written."""
    ledger.keep(ledger_file, compose.identity(made.meeting, made.office, made.content), ledger.said(made.draft))
