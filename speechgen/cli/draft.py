"""speechgen draft: a speech from a meeting file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from speechgen.cli.messages import CLEAN, FORMATS, WITH_FINDINGS, cache_folder, say

if TYPE_CHECKING:
    from speechgen.draft import Beside

OTHER_ENDINGS = ("doc", "docm", "dotx", "wps", "wpt", "pdf", "rtf", "odt", "md", "html", "htm", "yaml", "yml")


@click.command(options_metavar="[选项]", help="由会议文件写出讲话稿（Word 文档）。")
@click.argument(
    "files", metavar="会议.yaml…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "-o",
    "--output",
    metavar="文件或文件夹",
    type=click.Path(path_type=Path),
    help="写到哪里；不写，就放在会议文件旁边。",
)
@click.option(
    "--format",
    "form",
    metavar="|".join(FORMATS),
    type=click.Choice(FORMATS),
    help="docx 是 Word 文档，txt 是纯文字，json 带每句话的出处；不写，看 -o 的文件名，再不然就是 docx。",
)
@click.option(
    "--content",
    "extra",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="另加一层提纲和语料（里面有 outlines、phrasebank）。",
)
@click.option("--anew", is_flag=True, help="重新选句，不沿用上一次选的。")
@click.option(
    "--swap",
    "swaps",
    metavar="位置或原话",
    multiple=True,
    help="把这个位置的话（或者含有这几个字的那句话）换成下一个；可以写几次。",
)
@click.option(
    "--avoid",
    "avoided",
    metavar="旧稿",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="去年的稿子（.docx 或 .txt）：里面的判断和论述不再说；可以写几次。",
)
@click.option(
    "--ledger",
    metavar="台账",
    type=click.Path(dir_okay=False, path_type=Path),
    help="一个季节的稿子共用一本台账，各单位的话尽量不重样；没有就新建。",
)
def draft(
    files: tuple[Path, ...],
    output: Path | None,
    form: str | None,
    extra: Path | None,
    anew: bool,
    swaps: tuple[str, ...],
    avoided: tuple[Path, ...],
    ledger: Path | None,
) -> int:
    """Draft each file; the exit code tells whether anything is left to fill or look at."""
    from speechgen import patterns
    from speechgen.errors import Slip, SpeechgenError

    patterns.load(cache_folder())  # before the modules that need them are imported
    form = _form(output, form, several=len(files) > 1)
    from speechgen.draft import Beside

    beside = Beside(extra, swaps, avoided, ledger)
    slips: list[Slip] = []
    code = CLEAN
    for number, file in enumerate(files):
        if number:
            say("")
        try:
            code = max(code, _one(file, output, form, beside, anew))
        except SpeechgenError as error:
            slips += error.slips
    patterns.keep(cache_folder())
    if slips:
        raise SpeechgenError(*slips)
    return code


def _form(output: Path | None, form: str | None, several: bool) -> str:
    """The format that --format asks for or the output's name tells. Raises UsageError when they differ."""
    ending = output.suffix.lower().removeprefix(".") if output and not output.is_dir() else ""
    if ending in FORMATS:
        if several:
            raise click.UsageError("几个会议文件要写到一个文件夹里：-o 后面请写文件夹。")
        if form and form != ending:
            raise click.UsageError(f"-o 的文件名以 .{ending} 结尾，--format 却是 {form}，请改成一样的。")
        return ending
    if ending in OTHER_ENDINGS:
        raise click.UsageError(f"写不了 .{ending} 文件，-o 的文件名请以 .docx、.txt 或 .json 结尾。")
    return form or FORMATS[0]


def _one(file: Path, output: Path | None, form: str, beside: Beside, anew: bool) -> int:
    from speechgen import draft as line
    from speechgen import report

    if anew:
        texts = line.make_all(file, beside, cache_folder())
    else:
        texts = line.remake_all(file, line.output_folder(file, output), beside, cache_folder())
    targets = [line.output_path(made, output, form) for made in texts]
    for made, target in zip(texts, targets, strict=True):
        written = line.save(made, file, target, form)
        if beside.ledger:
            line.keep_in_ledger(beside.ledger, made)
        say(report.last_lines(made, written))
    if len(texts) > 1:
        found = line.rundown_of(texts)
        say(report.rundown(found, line.save_rundown(found, texts, file, output)))
    return WITH_FINDINGS if any(made.draft.gaps or made.findings for made in texts) else CLEAN
