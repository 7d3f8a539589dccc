"""What is common in speeches: characters, words of two characters, phrases of four. Read on first use from
``phrases.txt`` beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path

# Characters, the most frequent first.
_CHARACTERS = (
    "业化新展发建全实产和进国大动推设高加力工增的中人一能持提生区等务政民体强重质创成深地市平资行量会经保制作长施合家"
    "开治入升城改个服好项企省造以上年现基水科点效济代理优用技有坚要快育机面级心为五目社万支农文在主域更安源性稳续品融"
    "出定投场色公规态型不度革领完系程金费三共学标同法十事消位统放总府通策到集本村营向商活亿数境运群智打元是分电方落乡"
    "促善期防我环部扩台协居整各特绿就海外多对引医管办教步时应达收局做精培范战值障转自第风护式构与物江口兴西关联四综流"
    "试准路党险际内习健二下县老小模线结决贸均导取专批极旅北积供利园近计们争术得验链础网先超信交筹义空碳来前院央突势次"
    "镇立解果研游道略件表监山间接养划两河明调求首任于预干功及题示清贯率指众固天着委带易破振配美速房员格聚低比拓才类字"
    "核过航问算攻排条需神林广彻确校团把气备查双届单常千抓形断思布案牢意别东列子价车零港军装补铁减难头举降权边景议土所"
    "污层措界置督疗奋记惠显想食额严组之招住左历宜扎右原百传可"
)
COMMONNESS = {character: len(_CHARACTERS) - n for n, character in enumerate(_CHARACTERS)}


@cache
def sections() -> tuple[str, str, str]:
    """The parts of the table: phrases, what looks like a slip of one and is none, words."""
    table = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8")
    phrases, _, rest = table.partition("\n[除外]\n")
    excluded, _, words = rest.partition("\n[词]\n")
    return phrases.partition("[搭配]\n")[2], excluded, words


@cache
def words() -> dict[str, str]:
    """Common words of two characters: for the first one the second ones."""
    return {line[0]: line[1:] for line in sections()[2].split("\n") if line}
