"""The line that a foreign speech takes: read → check, for commands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from speechgen import content, files, findings, inforce, schema, several
from speechgen.check.document import Grounds, Speech
from speechgen.check.rule import Rulebook
from speechgen.check.run import check
from speechgen.errors import Slip, SpeechgenError
from speechgen.model import Draft, Finding, Meeting, Office
from speechgen.reading import read


class Reviewed(NamedTuple):
    """A speech that was read, and what the check found in it."""

    path: Path
    draft: Draft
    findings: tuple[Finding, ...]
    rulebook: Rulebook


def grounds(meeting_file: Path | None, beside: Path, cache_folder: Path | None = None) -> Grounds:
    """What a speech may rest on: the meeting file (of several texts that which the speech's file is named after, else
    the main leader's), the profile near it (without a meeting file, near the speech ``beside``), the 提法 and statutes
    of the content in force there. Raises SpeechgenError."""
    folder = (meeting_file or beside).resolve().parent
    meeting: Meeting | None = None
    profile = content.nearest_above(folder, inforce.PROFILE)
    office: Office | None = schema.load_office(profile)[0] if profile else None
    if meeting_file:
        texts, _ = several.load(meeting_file)
        meeting = several.text_called(texts, office or Office(), beside.stem)
        office = several.office_of(meeting, office) if office else meeting.setting.office
    quoted = content.load_quoted(content.layers_for(folder), cache_folder)
    ground = inforce.grounds_of(meeting, office, quoted)
    return ground._replace(layout=inforce.layout_of(meeting, office, cache_folder))


def against(folder: Path, spare: Iterable[Path]) -> tuple[Speech, ...]:
    """The other speeches in a folder (.docx and .txt, at any depth), ``spare`` left out.

    Raises SpeechgenError with every one that cannot be read.
    """
    spared = {path.resolve() for path in spare}
    speeches: list[Speech] = []
    slips: list[Slip] = []
    for path in sorted(folder.rglob("*")):
        is_speech = path.suffix.lower() in (".docx", ".txt") and not path.name.startswith(("~$", "."))
        if not is_speech or path.resolve() in spared or not path.is_file():
            continue
        try:
            speeches.append(Speech(str(path.relative_to(folder)), "\n".join(block.text for block in read(path).blocks)))
        except SpeechgenError as error:
            slips += error.slips
    if slips:
        raise SpeechgenError(*slips)
    if not speeches:
        message, remedy = f"“{folder}”里没有 .docx 或 .txt 稿子", "请核对 --against 后面的文件夹。"
        raise SpeechgenError.of("nothing-against", message, None, remedy)
    return tuple(speeches)


def review(path: Path, rulebook: Rulebook, ground: Grounds) -> Reviewed:
    """A speech read and checked. Raises SpeechgenError when it cannot be read."""
    speech = read(path)
    return Reviewed(path, speech, check(speech, rulebook, ground), rulebook)


def save_annotated(reviewed: Reviewed, target: Path) -> Path:
    """A copy of a Word file with a comment at each finding. Raises SpeechgenError when it cannot be written."""
    from speechgen.word.annotate import Note, annotate

    notes = [
        Note(found.block, found.start, found.end, findings.comment(found, reviewed.rulebook, reviewed.draft))
        for found in reviewed.findings
    ]
    return files.write_new(target, annotate(reviewed.path, notes))


def save_repaired(reviewed: Reviewed, target: Path) -> tuple[Path, list[Finding]]:
    """A copy with the mechanical repairs, and which those are. Raises SpeechgenError when it cannot be written."""
    chosen = findings.repairs(reviewed.findings)
    if target.suffix.lower() == ".docx":
        from speechgen.word.amend import Edit, amend

        data = amend(reviewed.path, [Edit(f.block, f.start, f.end, f.suggestion) for f in chosen])
    else:
        data = files.secretary_text(findings.repaired(reviewed.draft, chosen) + "\n")
    return files.write_new(target, data), chosen
