"""自称: whether 我市, 全县, 各科室 are what this speaker can say, by the office's level or by the text itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule

# 我X → the level that speaks so. 省 and 自治区 are above everybody: a county says 我省 as well.
_LEVELS = {
    "市": "市", "州": "市", "盟": "市", "县": "县", "旗": "县", "区": "区", "镇": "乡镇", "乡": "乡镇", "街道": "街道",
    "社区": "村社区", "村": "村社区", "厂": "企业", "公司": "企业", "集团": "企业", "矿": "企业", "企业": "企业",
    "校": "学校", "学校": "学校", "院": "医院", "医院": "医院", "局": "部门", "委": "部门", "行": "企业",
}  # fmt: skip
_ORDER = ("省", "市", "县", "区", "乡镇", "街道", "村社区", "部门", "企业", "学校", "医院")

# Whom a speaker of a level addresses below it; a county's speech that turns to 各县区 was a city's.
_BELOW = {
    "市": ("各县区", "各县（市、区）", "各县(市、区)", "各县市区", "各县（区）", "各区县", "各县、区"),
    "县": ("各乡镇", "各镇街", "各乡（镇）", "各镇（街道）", "各乡镇（街道）", "各镇乡"),
    "乡镇": ("各村（社区）", "各村、社区", "各村民委员会"),
    "企业": ("各车间", "各工区", "各班组", "各部室", "各子公司", "各分公司"),
    "学校": ("各年级组", "各教研组"),
}
_ABOVE_WORDS = (
    "全市", "市委", "市政府", "市里", "全省", "省委", "上级", "全国", "中央", "县委", "县政府", "全县", "通知",
)  # fmt: skip


# What after 我 and a unit's sign makes another word of it: 我区别对待, 我市场主体, 我行业主管部门.
_ELSE = {
    "市": "场容", "区": "别分域", "县": "级", "镇": "定静", "乡": "镇村音亲愁情", "村": "口", "旗": "帜下舰",
    "盟": "友", "委": "托派员以", "局": "部限面势", "校": "园友正对", "院": "子落士校",
    "行": "我动为走将业使政程事", "矿": "产", "厂": "房", "企业": "家",
}  # fmt: skip
_HEAD_OF = "里|长(?![期远效年江])"  # 我市长, 我县里

# Whom and what only speakers of one kind name: a county 各乡镇, a hospital its 病区.
_TELLING = {
    "各乡镇": "县", "各乡（镇）": "县", "各县区": "市", "各县（市、区）": "市", "各社区": "街道", "街道办": "街道",
    "街道各科室": "街道", "街道党工委": "街道", "门诊": "院", "病区": "院", "护士": "院", "住院部": "院",
    "老师们": "校", "班主任": "校", "年级组": "校", "教研组": "校", "住校": "校", "车间": "公司", "班组": "公司",
}  # fmt: skip
_PLAIN = {"学校": "校", "医院": "院"}
_CLEARLY = 1.5  # times the score of the next


@cache
def _ours() -> re.Pattern[str]:
    return patterns.compiled(f"(?<![自忘敌你唯小大令叫被跟])我(?P<unit>{_units()})")


def _units() -> str:
    """A pattern for the sign of a unit where it is no other word's beginning."""
    others = {unit: f"[{_ELSE[unit]}]|{_HEAD_OF}" if unit in _ELSE else _HEAD_OF for unit in _LEVELS}
    return "|".join(f"{unit}(?!{others[unit]})" for unit in sorted(_LEVELS, key=len, reverse=True))


@cache
def _title_level() -> re.Pattern[str]:
    return patterns.compiled("全(?P<unit>市|州|县|旗|区|镇|乡|街道|公司|集团|厂|矿|校|院|局)")


def _said(document: Document) -> list[tuple[int, int, str]]:
    """Every 我市, 我县 … of the text with the unit it names."""
    return [(match.start(), match.end(), match["unit"]) for match in document.matches(_ours())]


def _own_units(document: Document) -> set[str]:
    """What may follow 我 here, by the profile: its level, its own word for itself, the ending of its name."""
    office = document.office
    if office is None or not office.level:
        return set()
    units = {unit for unit, level in _LEVELS.items() if level == office.level}
    own = office.terms.get("自称")
    region = office.region if office.level in ("省", "市", "县", "区") else None  # a firm's region is not its own voice
    names = [text.value for text in (own, office.name, region) if text]
    for name in names:
        units |= {unit for unit in _LEVELS if name.endswith(unit)}
    told = {unit for unit in units if any(name.endswith(unit) for name in names)}
    if told and office.level in ("企业", "学校", "医院", "部门", "乡镇"):
        return told  # a 公司 is no 厂
    if office.level in ("县", "区", "市"):  # a 县级市 says 我市; what its name ends with decides
        ending = office.region.value[-1:] if office.region else ""
        if ending in _LEVELS:
            units = {unit for unit in units if _LEVELS[unit] not in ("市", "县", "区") or unit == ending}
    return units


def wrong_voice(document: Document, rule: Rule) -> Iterator[Hit]:
    """我市 in a county's speech: against the profile."""
    own = _own_units(document)
    if not own:
        return
    right = document.office.terms.get("自称") if document.office else None
    word = right.value if right else "我" + min(own, key=lambda u: (len(u), list(_LEVELS).index(u)))
    for start, end, unit in document.once(_said):
        if unit not in own:
            yield Hit(start, end, {"自称": word, "层级": document.office.level if document.office else ""}, word)


@cache
def _marks() -> re.Pattern[str]:
    """What tells for whom a text speaks besides 我县: 本县, 全县 (not 全市…会议, which may be the superior's), 县委."""
    units = _units()
    return patterns.compiled(
        rf"(?<![基根资成样书])本(?P<own>{units})(?![身来质])|"
        rf"(?<![安健完齐])全(?P<all>{units})(?![^，。；]{{0,14}}(?:会议|部署))|"
        r"(?P<body>[市县区镇乡])(?:委|政府|党委|党政|直|城)|(?P<house>学校|医院)|"
        rf"(?P<hint>{'|'.join(_TELLING)})"
    )


def _scores(document: Document) -> Counter[str]:
    """How much in the text speaks for each unit: 我县, 本县, 全县 count double, 县委 and 县政府 once."""
    scores: Counter[str] = Counter()
    for _, _, unit in document.once(_said):
        scores[_PLAIN.get(unit, unit)] += 2
    for match in document.matches(_marks()):
        unit = match["own"] or match["all"] or match["body"] or match["house"] or _TELLING[match["hint"]]
        scores[_PLAIN.get(unit, unit)] += 1 if match["body"] or match["house"] else 2
    return scores


def _main_unit(document: Document) -> str:
    """The unit that the text itself speaks for: its title's 全县, else the one that clearly most speaks for."""
    for line in document.lines:
        if line.kind == "title" and (match := _title_level().search(line.text)):
            return match["unit"]
    ranked = document.once(_scores).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < _CLEARLY * ranked[1][1]):
        return ""
    return ranked[0][0]


def mixed_voice(document: Document, rule: Rule) -> Iterator[Hit]:
    """我市 where the text speaks for a county everywhere else; only where no profile tells who speaks."""
    if _own_units(document):
        return
    main = _main_unit(document)
    if not main or main not in _LEVELS:
        return
    for start, end, unit in document.once(_said):
        if _PLAIN.get(unit, unit) != main and not _LEVELS[unit] == _LEVELS[main] == "企业":
            yield Hit(start, end, {"自称": "我" + main}, "我" + main)


_BESIDE = {"县": ("区", "乡", "旗"), "区": ("县", "旗"), "旗": ("县", "区"), "镇": ("乡",), "乡": ("镇",)}


def wrong_whole(document: Document, rule: Rule) -> Iterator[Hit]:
    """全区人民 in a county's speech: the whole of something on the speaker's own level that it is not."""
    own = _own_units(document)
    main = next((unit for unit in (*_BESIDE, *_HOUSES) if unit in own), "") or _main_unit(document)
    if not main:  # as many for one as for the other: what comes first
        main = next((match["all"] for match in _marks().finditer(document.text) if match["all"]), "")
    if not main:
        return
    for match in document.matches(_whole_people()):
        if match["unit"] in _BESIDE.get(main, ()):
            yield Hit(match.start(), match.end("unit"), {"自称": "全" + main}, "全" + main)
    for match in document.matches(_whole_staff()):
        unit = _PLAIN.get(match["unit"], match["unit"])
        if (unit in _HOUSES and main in _HOUSES and _LEVELS[unit] != _LEVELS[main]) or (
            unit not in _HOUSES and main in _HOUSES
        ):
            yield Hit(match.start(), match.end("unit"), {"自称": "全" + main}, "全" + main)
    for match in document.matches(_beside_bureau()):
        if (match["unit"] or match["unit2"]) in _BESIDE.get(main, ()):
            yield Hit(match.start(), match.end(), {"自称": main})


_HOUSES = ("校", "院", "厂", "公司", "集团", "矿", "局", "企业")


@cache
def _whole_staff() -> re.Pattern[str]:
    return patterns.compiled(
        "全(?P<unit>市|县|区|镇|乡|村|校|院|公司|厂|矿|集团|局)(?=职工|员工|教职|师生|医护|干警|各科室|各车间|各班组)"
    )


@cache
def _beside_bureau() -> re.Pattern[str]:
    """区教体局 where no 区 has a say."""
    return patterns.compiled(
        "(?<![\u4e00-\u9fff])(?P<unit>[县区旗])[住应公信农教卫民司财发交水文市自林审统商科人生退医消][\u4e00-\u9fff]{1,4}局|"
        "(?<=[由请和与及让])(?P<unit2>[县区旗])[住应公信农教卫民司财发交水文市自林审统商科人生退医消][\u4e00-\u9fff]{1,4}局"
    )


@cache
def _whole_people() -> re.Pattern[str]:
    return patterns.compiled(
        "(?<![园库林景矿灾辖校厂牧半])全(?P<unit>[县区旗镇乡])(?=人民|上下|各级|干部|群众|广大|党员|老百姓|父老|经济|上上下下)"
    )


def mixed_names(document: Document, rule: Rule) -> Iterator[Hit]:
    """我厂 and 我公司 in one text, both an enterprise's: the rarer one."""
    counts = Counter(unit for _, _, unit in document.once(_said) if _LEVELS[unit] == "企业")
    if len(counts) < 2 or _own_units(document):
        return
    main = counts.most_common(1)[0][0]
    for start, end, unit in document.once(_said):
        if unit != main and unit in counts:
            yield Hit(start, end, {"自称": "我" + main}, "我" + main)


def wrong_below(document: Document, rule: Rule) -> Iterator[Hit]:
    """各县区 in a county's speech: words of another level for those below."""
    level = _speaking_level(document)
    if level == "部门":  # a bureau speaks to those of its city or county
        level = _LEVELS.get(document.office.region.value[-1:], "") if document.office and document.office.region else ""
    if level not in _ORDER:
        return
    for other, words in _BELOW.items():
        if other == level or (level in ("区", "县") and other == "县") or level in ("省", "市"):
            continue
        if _ORDER.index(other) > _ORDER.index(level) and other not in ("企业", "学校"):
            continue  # a county may well turn to villages and their people
        if other in ("企业", "学校") and level not in ("企业", "学校", "医院"):
            continue
        for word in words:
            start = document.text.find(word)
            while start >= 0:
                if not any(above in document.said_around(start) for above in _ABOVE_WORDS):
                    yield Hit(start, start + len(word), {"层级": level})
                start = document.text.find(word, start + 1)


def _speaking_level(document: Document) -> str:
    if document.office and document.office.level:
        return document.office.level
    return _LEVELS.get(_main_unit(document), "")


CHECKS = {
    "不是本级": Check(wrong_voice, values=("自称", "层级")),
    "前后不一": Check(mixed_voice, values=("自称",)),
    "全境": Check(wrong_whole, values=("自称",)),
    "混用": Check(mixed_names, values=("自称",)),
    "下级": Check(wrong_below, values=("层级",)),
}
