"""speechgen new: a commented meeting file or office profile to fill in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from speechgen.cli.messages import CLEAN, say


@click.command(
    options_metavar="[选项]",
    help="建一个带说明的会议文件；加 --office，建单位档案。\n\n"
    "场合可以写 元旦春节、国庆中秋、五一、信访、安全生产 等。",
)
@click.argument("occasion", metavar="[场合]", required=False)
@click.option("--office", is_flag=True, help="建单位档案（单位.yaml）。")
@click.option(
    "-o", "--output", metavar="文件", type=click.Path(path_type=Path), help="写到哪里；不写，就放在当前文件夹。"
)
def new(occasion: str | None, office: bool, output: Path | None) -> int:
    """Write a starter, asking at the terminal only when run without options there."""
    from speechgen import starters

    asks = occasion is None and output is None and sys.stdin.isatty() and sys.stdout.isatty()
    if office:
        answers = _ask(starters.OFFICE_QUESTIONS) if asks else {}
        path, text = output or Path("单位.yaml"), starters.office(answers)
    else:
        answers = _ask(starters.MEETING_QUESTIONS) if asks else {}
        wanted = occasion or answers.get("场合", "")
        path, text = output or Path(starters.meeting_name(wanted)), starters.meeting(wanted, answers)
    from speechgen import files

    files.write_new(path, files.secretary_text(text))
    then = "" if office else f"；填好后运行 speechgen draft {path}"
    say(f"已建好：{path}\n请用记事本打开，照着说明填{then}")
    return CLEAN


def _ask(questions: tuple[tuple[str, str], ...]) -> dict[str, str]:
    say("逐项回答，不清楚的直接按回车，以后再补。")
    return {key: click.prompt(question, default="", show_default=False).strip() for key, question in questions}
