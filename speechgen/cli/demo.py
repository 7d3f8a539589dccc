"""speechgen demo: the shipped example, drafted in the working folder."""

from __future__ import annotations

from pathlib import Path

import click

from speechgen.cli.messages import WITH_FINDINGS, cache_folder, say

FOLDER = "讲话稿示例"
EXAMPLE = "2027年元旦春节安全稳定.yaml"


@click.command(options_metavar="[选项]", help="在当前文件夹里放一个例子，写成讲话稿，并说明下一步怎么做。")
def demo() -> int:
    """Copy the example, draft it, say what to open and what to edit next."""
    from speechgen import draft as line
    from speechgen import files, inforce, report
    from speechgen.content import shipped_root

    source = shipped_root() / "examples" / "county"
    target = Path(FOLDER)
    for name in (inforce.PROFILE, EXAMPLE):
        if not (target / name).exists():  # what she has edited since stays hers
            files.write_new(target / name, files.secretary_text((source / name).read_text(encoding="utf-8-sig")))
    meeting = target / EXAMPLE
    made = line.remake(meeting, target, cache_folder=cache_folder())
    written = line.save(made, meeting, line.output_path(made, None, "docx"), "docx")
    say(report.last_lines(made, written))
    say(
        f"\n接下来：\n"
        f"  1. 用 Word 或 WPS 打开 {written.path}\n"
        f"  2. 用记事本打开 {meeting}，改一项任务或一个数字，存盘\n"
        f"  3. 再运行 speechgen draft {meeting}，看稿子跟着变\n"
        f"  4. 写自己的：speechgen new --office 建单位档案，speechgen new 元旦春节 建会议文件"
    )
    return WITH_FINDINGS if made.draft.gaps or made.findings else 0
