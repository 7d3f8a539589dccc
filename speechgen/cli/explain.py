"""speechgen explain: where each sentence of a speech comes from."""

from __future__ import annotations

from pathlib import Path

import click

from speechgen.cli.messages import CLEAN, cache_folder, say


@click.command(options_metavar="[选项]", help="逐句说明讲话稿里的话从哪里来。不写文件。")
@click.argument("file", metavar="会议.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--content", "extra", metavar="文件夹", type=click.Path(path_type=Path), help="另加一层提纲和语料。")
@click.option("--slots", is_flag=True, help="只列出每个位置选用的语料，可以抄到「选定」里。")
def explain(file: Path, extra: Path | None, slots: bool) -> int:
    """Print the speech with its sources."""
    from speechgen import draft as line
    from speechgen import report

    for made in line.remake_all(file, None, line.Beside(extra), cache_folder()):
        if label := made.meeting.setting.label:
            say(f"── {label} ──")
        if slots:
            say("\n".join(f"{path}: {id_}" for path, id_ in made.draft.picks.items()))
        else:
            say(report.explain(made.draft))
    return CLEAN
