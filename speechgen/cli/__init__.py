"""The command line: arguments in, message out. Each command is a small file of its own."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

import click

from speechgen import __version__
from speechgen.cli import chinese
from speechgen.cli.batch import batch
from speechgen.cli.check import check
from speechgen.cli.demo import demo
from speechgen.cli.draft import draft
from speechgen.cli.explain import explain
from speechgen.cli.new import new
from speechgen.cli.phrases import phrases
from speechgen.cli.rules import rules
from speechgen.cli.season import season
from speechgen.cli.wordings import wordings

_SELDOM = 200_000  # records made between two searches for garbage: a run is short, and searching took an eighth of it


@click.group(
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="把会议的要点写成领导讲话稿。\n\n第一次用，运行 speechgen demo，看一个做好的例子。",
    epilog="每个命令的用法：speechgen 命令 --help",
)
@click.version_option(__version__, prog_name="speechgen", message="speechgen %(version)s", help="显示版本。")
def commands() -> None:
    """The group that all commands hang on."""


chinese.install()  # before anything is printed: click keeps the words of an option once it has said them
for command in (draft, batch, check, explain, new, demo, season, rules, phrases, wordings):
    commands.add_command(command)


def main() -> None:
    """Entry point. All is written when a command has ended, so the process leaves at once: to take every record apart
    on the way out took a seventh of a run."""
    status = run()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # who read it has gone
            stream.flush()
    os._exit(status)


def run() -> int:
    """Run the command of ``sys.argv`` and return its exit code: no traceback ever reaches a secretary, whatever the
    console can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from speechgen.cli.messages import guarded

    gc.set_threshold(_SELDOM)
    return guarded(commands)
