"""speechgen draft: a speech from a meeting file."""

from __future__ import annotations

from pathlib import Path

import click

from speechgen.cli.messages import CLEAN, WITH_FINDINGS, cache_folder, say

FORMATS = ("docx", "txt", "json")


@click.command(help="由会议文件写出讲话稿（Word 文档）。")
@click.argument("files", metavar="会议.yaml…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", metavar="文件或文件夹", type=click.Path(path_type=Path), help="写到哪里；不写，就放在会议文件旁边。")
@click.option("--format", "form", metavar="|".join(FORMATS), type=click.Choice(FORMATS), default="docx", help="docx 是 Word 文档，txt 是纯文字，json 带每句话的出处。")
@click.option("--content", "extra", metavar="文件夹", type=click.Path(path_type=Path), help="另加一层提纲和语料（里面有 outlines、phrasebank）。")
@click.option("--anew", is_flag=True, help="重新选句，不沿用上一次选的。")
def draft(files: tuple[Path, ...], output: Path | None, form: str, extra: Path | None, anew: bool) -> int:
    """Draft each file; the exit code tells whether anything is left to fill or look at."""
    from speechgen.errors import Slip, SpeechgenError

    if len(files) > 1 and output is not None and output.suffix and not output.is_dir():
        raise click.UsageError("几个会议文件要写到一个文件夹里：-o 后面请写文件夹。")
    slips: list[Slip] = []
    code = CLEAN
    for number, file in enumerate(files):
        if number:
            say("")
        try:
            code = max(code, _one(file, output, form, extra, anew))
        except SpeechgenError as error:
            slips += error.slips
    if slips:
        raise SpeechgenError(*slips)
    return code


def _one(file: Path, output: Path | None, form: str, extra: Path | None, anew: bool) -> int:
    from speechgen import draft as line
    from speechgen import files, report

    made = line.make(file, extra, cache_folder())
    target = line.output_path(made, output, form)
    before = None if anew else files.read_record(target.parent).newest(line.meeting_key(file, target))
    if before and before.picks and before.picks != made.draft.picks:
        made = line.make(file, extra, cache_folder(), before.picks)
    written = line.save(made, file, target, form)
    say(report.last_lines(made, written))
    return WITH_FINDINGS if made.draft.gaps or made.findings else CLEAN
