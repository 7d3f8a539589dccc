"""speechgen check: what in a speech would embarrass a leader."""

from __future__ import annotations

from pathlib import Path

import click

from speechgen.cli.messages import CLEAN, NOTHING_WRITTEN, WITH_FINDINGS, cache_folder, say

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(options_metavar="[选项]", help="审校讲话稿（.docx 或 .txt），找出错漏。原稿不会改动。")
@click.argument("files", metavar="稿子…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--meeting", metavar="会议.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="对照会议文件和它旁边的单位.yaml 来查。")  # fmt: skip
@click.option("--rules", metavar="文件夹", type=click.Path(exists=True, path_type=Path), help="另加本单位的规则。")
@click.option("--against", metavar="文件夹", type=FOLDER, help="与这个文件夹里的稿子比，看有多少句子雷同。")
@click.option("--format", "form", metavar="text|json", type=click.Choice(["text", "json"]), default="text",
              help="text 给人看（不写就是它），json 给程序用。")  # fmt: skip
@click.option("--annotate", metavar="批注稿.docx", type=FILE, help="另存一份，在出错的地方加上批注（只用于 .docx）。")
@click.option("--fix", metavar="改好稿", type=FILE, help="另存一份，只改标点全半角和一定写错的字词，并逐处列出。")
def check(
    files: tuple[Path, ...], meeting: Path | None, rules: Path | None, against: Path | None, form: str,
    annotate: Path | None, fix: Path | None,
) -> int:  # fmt: skip
    """Check each file; the exit code tells whether anything was found."""
    from speechgen import patterns

    cache = cache_folder()
    patterns.load(cache)  # before the modules that need them are imported
    from speechgen import findings, inforce, report, review
    from speechgen.errors import Slip, SpeechgenError

    for name, output in (("--annotate", annotate), ("--fix", fix)):
        _usable(name, output, files)
    if annotate and fix and annotate.resolve() == fix.resolve():
        raise click.UsageError("--annotate 和 --fix 写的是同一个文件，请各写一个文件名。")
    others = review.against(against, files) if against else ()
    slips: list[Slip] = []
    told: list[dict[str, object]] = []
    texts: list[str] = []
    found = False
    for file in files:
        try:
            rulebook = inforce.rules_for((meeting or file).parent, rules, cache, bare=True)
            ground = review.grounds(meeting, file, cache)._replace(others=others)
            reviewed = review.review(file, rulebook, ground)
        except SpeechgenError as error:
            slips += [slip for slip in error.slips if slip not in slips]
            continue
        found = found or bool(reviewed.findings)
        if form == "json":
            told.append(findings.data_of(str(file), reviewed.draft, reviewed.findings, rulebook))
        else:
            texts.append(report.reviewed(reviewed))
        if annotate:
            say(f"批注稿已写好：{review.save_annotated(reviewed, annotate)}", error=form == "json")
        if fix:
            written, repairs = review.save_repaired(reviewed, fix)
            say(report.repaired(reviewed, written, repairs), error=form == "json")
    patterns.keep(cache)
    if form == "json" and told:
        import json

        say(json.dumps(told[0] if len(files) == 1 else told, ensure_ascii=False, indent=1))
    elif texts:
        say("\n\n".join(texts))
    if slips:
        say(report.slips(slips), error=True)
        return NOTHING_WRITTEN
    return WITH_FINDINGS if found else CLEAN


def _usable(name: str, output: Path | None, files: tuple[Path, ...]) -> None:
    """Raises UsageError when the output cannot be what was asked for."""
    if output is None:
        return
    if len(files) > 1:
        raise click.UsageError(f"{name} 一次只用于一份稿子。")
    if name == "--annotate" and (files[0].suffix.lower() != ".docx" or output.suffix.lower() != ".docx"):
        raise click.UsageError("--annotate 只用于 .docx：稿子和后面的文件名都要以 .docx 结尾。")
    if name == "--fix" and files[0].suffix.lower() != output.suffix.lower():
        raise click.UsageError(f"--fix 后面的文件名要和稿子一样，以 {files[0].suffix} 结尾。")
    if output.resolve() == files[0].resolve():
        raise click.UsageError(f"{name} 后面请写另一个文件名，原稿不会改动。")
