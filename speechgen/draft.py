"""The line as one function, for commands and batch: load → compose → check → write."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from speechgen import compose, content, daysoff, files, ledger, schema, several
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

if TYPE_CHECKING:
    from speechgen.rundown import Rundown

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
    """The speech for a meeting file that asks for one, not yet written.

    ``kept`` are an earlier run's picks. Raises SpeechgenError with every slip of the file that has any.
    """
    (made,) = make_all(meeting_file, beside, cache_folder, lambda _: kept or {})
    return made


def make_all(
    meeting_file: Path,
    beside: Beside = NOTHING_BESIDE,
    cache_folder: Path | None = None,
    kept: Callable[[str], Mapping[str, str]] = lambda _: {},
) -> tuple[Made, ...]:
    """The speeches for a meeting file, in its order, not yet written: one, or those that it lists under 讲话.

    ``kept`` tells an earlier run's picks of the text with this label (empty: the only one). Raises SpeechgenError with
    every slip of the file that has any.
    """
    folder = meeting_file.resolve().parent
    typed, notices = several.load(meeting_file)
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
    texts = several.shared_out(typed, office, means.content.topics)
    notices += several.notices(texts)
    said = frozenset(key for path in beside.avoided for key in sentence_keys(as_text(read(path))))
    book = ledger.read(beside.ledger) if beside.ledger else {}

    def wishes(text: Meeting) -> Wishes:
        own = several.office_of(text, office)
        siblings = ledger.siblings(book, compose.identity(text, own, means.content)) if book else ()
        return Wishes(kept(text.setting.label), said=said, siblings=siblings)

    made = _all_made(texts, office, means, wishes)
    if beside.swaps:
        made = _all_swapped(made, beside.swaps, means, wishes)
    first, *others = made
    return (first._replace(notices=(*notices, *first.notices)), *others)


def _all_made(
    texts: Sequence[Meeting], office: Office, means: Means, wishes: Callable[[Meeting], Wishes]
) -> tuple[Made, ...]:
    """The texts of a meeting in their order, no phrase, heading set, judgement or argument in two of them: the main
    leader's is composed first, then the others' from what is left."""
    order = sorted(range(len(texts)), key=lambda n: several.turn(texts[n]))
    done: dict[int, Made] = {}
    for number in order:
        asked = wishes(texts[number])
        spoken = [as_text(made.draft) for made in done.values()]
        said = frozenset(key for words in spoken for key in sentence_keys(words))
        barred = frozenset(id_ for made in done.values() for id_ in made.draft.picks.values())
        asked = asked._replace(said=asked.said | said, barred=barred)
        done[number] = made_of(texts[number], several.office_of(texts[number], office), means, asked)
    return tuple(done[number] for number in range(len(texts)))


def _all_swapped(
    made: tuple[Made, ...], swaps: tuple[str, ...], means: Means, wishes: Callable[[Meeting], Wishes]
) -> tuple[Made, ...]:
    """The texts with other sentences where asked; a sentence is looked for in all of them."""
    if len(made) == 1:
        only = made[0]
        return (made_of(only.meeting, only.office, means, wishes(only.meeting), swaps),)
    asked: dict[int, list[str]] = {}
    for swap in swaps:
        asked.setdefault(_text_with(made, swap), []).append(swap)
    done = list(made)
    for number, own in asked.items():
        others = [one for at, one in enumerate(done) if at != number]
        barred = frozenset(id_ for one in others for id_ in one.draft.picks.values())
        wish = wishes(made[number].meeting)._replace(barred=barred)
        done[number] = made_of(made[number].meeting, made[number].office, means, wish, tuple(own))
    return tuple(done)


def _text_with(made: Sequence[Made], swap: str) -> int:
    """Which text has the slot or sentence that is called ``swap``. Raises SpeechgenError unless it is just one."""
    found, why = [], None
    for number, one in enumerate(made):
        try:
            slot_of(one.draft, swap)
        except SpeechgenError as error:
            why = why if why and "没有" not in why.slips[0].message else error
        else:
            found.append(number)
    if len(found) == 1:
        return found[0]
    if not found and why:
        raise why
    labels = "、".join(made[number].meeting.setting.label for number in found)
    message = f"「{swap}」在{labels}里都有"
    raise SpeechgenError.of("no-such-slot", message, None, "请抄那一篇里的原话，不要写位置。")


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
    (made,) = remake_all(meeting_file, folder, beside, cache_folder)
    return made


def remake_all(
    meeting_file: Path, folder: Path | None, beside: Beside = NOTHING_BESIDE, cache_folder: Path | None = None
) -> tuple[Made, ...]:
    """`make_all`, keeping earlier picks as `remake` does."""
    place = folder or meeting_file.parent
    record = files.read_record(place)

    def kept(label: str) -> Mapping[str, str]:
        before = record.newest(meeting_key(meeting_file, place / PROFILE, label))
        return before.picks if before else {}

    first, *others = make_all(meeting_file, beside, cache_folder, kept)
    if record.damaged:
        notice = f"记录文件“{place / files.RECORD_NAME}”有 {record.damaged} 行读不出来，已跳过，不影响这次的稿子"
        first = first._replace(notices=(*first.notices, notice))
    return (first, *others)


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
    meeting in that folder, else beside the meeting file. Raises SpeechgenError where several texts have one file's
    name."""
    if output is not None and names_file(output) and made.meeting.setting.label:
        raise SpeechgenError.of(
            "several-texts", "这个会议文件有几篇讲话，写不进一个文件", None, "-o 后面请写文件夹。"
        )
    if output is not None and names_file(output):
        return output
    return output_folder(Path(made.meeting.file), output) / files.safe_name(name_of(made.meeting), f".{form}")


def name_of(meeting: Meeting) -> str:
    """What a speech's file is called by default: day and meeting, and which text where there are several."""
    label = meeting.setting.label
    return f"{meeting.day.value.isoformat()} {meeting.name.value}{f' {label}' if label else '讲话稿'}"


def meeting_key(meeting_file: Path, target: Path, label: str = "") -> str:
    """How the record of the target's folder calls a meeting file: its path seen from there, and the text's label
    where it asks for several."""
    import os

    try:
        path = Path(os.path.relpath(meeting_file.resolve(), target.resolve().parent)).as_posix()
    except ValueError:  # another drive on Windows
        path = meeting_file.resolve().as_posix()
    return f"{path} {label}" if label else path


def save(made: Made, meeting_file: Path, target: Path, form: str) -> files.Written:
    """Write the speech and record it. Raises SpeechgenError when it cannot be written."""
    return files.write_output(
        target, rendered(made, form), meeting=meeting_key(meeting_file, target, made.meeting.setting.label),
        content=made.content.hash, seed=made.meeting.seed or "", picks=made.draft.picks,
    )  # fmt: skip


def rundown_of(made: Sequence[Made]) -> Rundown:
    """Who says what among the texts of one meeting."""
    from speechgen import rundown

    return rundown.rundown([rundown.Spoken(one.meeting, one.speaker, one.draft, one.minutes) for one in made])


def save_rundown(found: Rundown, made: Sequence[Made], meeting_file: Path, output: Path | None) -> files.Written:
    """Write the table of who says what beside the texts. Raises SpeechgenError when it cannot be written."""
    from speechgen import rundown

    meeting = made[0].meeting
    name = files.safe_name(f"{meeting.day.value.isoformat()} {meeting.name.value} {rundown.TITLE}", ".xlsx")
    target = output_folder(meeting_file, output) / name
    key = meeting_key(meeting_file, target, rundown.TITLE)
    return files.write_output(target, rundown.as_xlsx(found), meeting=key, content="", seed="", picks={})


def keep_in_ledger(ledger_file: Path, made: Made) -> None:
    """Write down what a speech has used. Raises SpeechgenError when the ledger cannot be written."""
    ledger.keep(ledger_file, compose.identity(made.meeting, made.office, made.content), ledger.said(made.draft))
