"""张冠李戴: places, units, persons, documents, years and festivals left over from the text that was copied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date, timedelta
from functools import cache

from speechgen import patterns
from speechgen.check import people, places
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import Line

# Places in the names of things that belong to everybody.
_TERMS = (
        "延安精神",
        "井冈山精神",
        "西柏坡精神",
        "大庆精神",
        "遵义会议",
        "红旗渠精神",
        "沂蒙精神",
        "苏区精神",
        "大寨精神",
        "雷锋精神",
        "塞罕坝精神",
        "北京时间",
        "枫桥经验",
        "浦江经验",
        "千万工程",
        "长沙宣言",
        "上海合作组织",
        "北京奥运",
        "北京冬奥",
        "京津冀",
        "长三角",
        "粤港澳",
        "成渝",
        "长江",
        "黄河",
        "淮河",
        "珠江",
        "西柏坡",
        "井冈山",
        "延安整风",
        "南昌起义",
        "香港回归",
        "澳门回归",
        "港澳台",
        "东西部协作",
        "对口支援",
        "浙江经验",
        "三明医改",
        "晋江经验",
        "闽宁",
        "西安事变",
        "五四运动",
        "北京大学",
        "清华大学",
        "海南自由贸易港",
        "京东",
        "京九",
        "青藏",
        "川藏",
        "兰新",
        "沪昆",
        "陇海",
        "丰宁",
        "皮革",
    )
_OWN_ROLE = r"(?:市|县|区|旗|镇|乡)?(?:委|人民政府|政府|人大|政协|纪委|广大干部|广大群众|干部群众|各级各部门|人民)"


def _is_known(document: Document, mention: places.Mention, own: tuple[places.Place, ...]) -> bool:
    """Whether a place is one that this speech may name: declared, above or below its own region, or a term."""
    text, declared = document.text, document.declared
    name = text[mention.start : mention.end]
    around = text[max(0, mention.start - 4) : mention.end + 6]
    if any(term in around and name in term for term in _TERMS):
        return True
    for place in mention.places:
        if place.name in declared or (place.short and place.short in declared):
            return True
        if any(place == mine or places.contains(place, mine) or places.contains(mine, place) for mine in own):
            return True
    return False


def _own_places(document: Document) -> tuple[places.Place, ...]:
    """The places of the office and the meeting file."""
    office, meeting = document.office, document.meeting
    texts = [text.value for text in ((office.region, office.name) if office else ()) if text]
    if meeting:
        texts.append(meeting.name.value)
    return tuple(place for text in texts for mention in places.mentions(text) for place in mention.places)


def _mentions(document: Document) -> list[places.Mention]:
    return places.mentions(document.text, document.beginnings(beginnings))


def beginnings(_: Document, pairs: Set[str]) -> Set[str]:
    """Those pairs of characters that names of places begin with."""
    return places.beginnings(pairs)


_ON_THE_WAY = patterns.compiled("铁路|高铁|高速|航线|航班|特高压|支援|援建|援藏|援疆")
_ELSEWHERE = patterns.compiled(
    "事故|火灾|爆炸|案例|教训|坍塌|疫情|地震|事件|考察|学习|调研|对标|援|协作|交流|经验|先进|外地|各地|返乡|务工|省外|赴|招商|合作|客商|企业家"
)


def undeclared_places(document: Document, rule: Rule) -> Iterator[Hit]:
    """Places that the meeting file and the profile do not name; nothing where there is neither."""
    office = document.office
    if document.meeting is None and (office is None or office.region is None):
        return
    own = _own_places(document)
    for mention in document.once(_mentions):
        if _is_known(document, mention, own):
            continue
        name = document.text[mention.start : mention.end]
        if document.meeting is None and (
            mention.places[0].level == "省" or _ELSEWHERE.search(document.said_around(mention.start))
        ):
            continue  # the profile alone does not know all that a meeting is about
        if name == "北京" or (
            mention.places[0].level == "省" and _ELSEWHERE.search(document.said_around(mention.start))
        ):
            continue  # petitioners go to 北京 from everywhere, accidents elsewhere are told by province
        if _ON_THE_WAY.search(document.said_around(mention.start)) or document.text.startswith("同胞", mention.end):
            continue  # a railway from here to there, 香港同胞
        yield Hit(mention.start, mention.end, {"地名": name})


def _role_places(document: Document) -> list[tuple[places.Mention, bool]]:
    """Places that the text speaks of as its own (漯河市委, 开封广大干部), with whether that is in the title block."""
    found = []
    role = _role()
    for mention in document.once(_mentions):
        line = document.line_at(mention.start)
        head = line is not None and line.kind in ("title", "byline")
        before = document.text[max(0, mention.start - 1) : mention.start]
        if head or role.match(document.text, mention.end) or before == "我":
            found.append((mention, head))
    return found


@cache
def _role() -> re.Pattern[str]:
    return patterns.compiled(_OWN_ROLE)


def strange_places(document: Document, rule: Rule) -> Iterator[Hit]:
    """Without a meeting file: a place spoken of as the speaker's own that lies outside of the one in the title,
    or, without one there, of the one that stands there most and first."""
    if document.meeting is not None:
        return
    ours = document.once(_role_places)
    own = _own_places(document)
    if not own:
        titled = [mention for mention, head in ours if head]
        told = titled or [mention for mention, _ in ours]
        if not told:
            return
        counts: dict[tuple[places.Place, ...], int] = {}
        for mention in told:
            counts[mention.places] = counts.get(mention.places, 0) + 1
        own = max(counts, key=counts.__getitem__)
    for mention, head in ours:
        if head and not document.office:
            continue
        if not _is_known(document, mention, own):
            name = document.text[mention.start : mention.end]
            yield Hit(mention.start, mention.end, {"地名": name, "本地": own[0].name})


# ── units ─────────────────────────────────────────────────────────────────────────────────────

_UNIT_KINDS = (
    "有限责任公司|股份有限公司|有限公司|集团公司|化工厂|机械厂|水泥厂|造纸厂|食品厂|"
    "烟花厂|煤矿|铁矿|水库|加油站|液化气站|小学|中学(?!习)|幼儿园|酒店|商城"
)
_NOT_A_NAME = patterns.compiled(
    "[非古加快用好提升统筹聚焦整体落实集扎认真展开赋能文明振兴村他异家故下返进出回来去我本某两几多少县市省区的了在是对和与及或等各每全这那有无要把将被由从到向为以因就都也又还再更最不个家处所座名条项起次级类型式化性"
    "民办公立农村城乡乡镇社区街道中心大小新老旧重点有关相关部分辖区基层周边规模危险民营国有在建停产关闭私营寄宿完全普通高级初级职业示范]"
)


@cache
def _towns() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?:(?<=[，。；：、（“\n和与及在由对到向\u3000])|^)请?(?P<name>[\u4e00-\u9fff]{2,3}(?:街道|镇(?![中上])|乡(?![风之亲愁贤情音土])))"
        r"(?![\u4e00-\u9fff]{0,1}[镇乡村])",
        re.MULTILINE,
    )


@cache
def _firms() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?:(?<=[，。；：、（“\n和与及在由对到向是\u3000])|^)(?P<name>[\u4e00-\u9fff]{{2,10}}?(?:{_UNIT_KINDS}))",
        re.MULTILINE,
    )


@cache
def _short_firms() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?:(?<=[，。；：、（“\n和与及在由对到向是])|^)(?P<name>[\u4e00-\u9fff]{2,3}"
        r"(?:钢铁|化工|铸造|煤业|矿业|水泥|机械|食品|建材|重工|纺织|制药|酒业|乳业|集团))(?=全体|公司|集团|广大|职工|党委)",
        re.MULTILINE,
    )


def undeclared_units(document: Document, rule: Rule) -> Iterator[Hit]:
    """Towns and firms by name that the meeting file and the profile do not know."""
    if document.meeting is None:
        return
    declared = document.declared
    for match in document.matches(_towns()):
        name = match["name"]
        stem = name.removesuffix("街道") if name.endswith("街道") else name[:-1]
        if name not in declared and stem not in declared and not _NOT_A_NAME.search(stem):
            yield Hit(match.start("name"), match.end("name"), {"单位": name})
    for match in (*document.matches(_firms()), *document.matches(_short_firms())):
        name = match["name"]
        stem = patterns.compiled(f"(?:{_UNIT_KINDS})$").sub("", name)
        if name not in declared and stem not in declared and not _NOT_A_NAME.search(stem):
            yield Hit(match.start("name"), match.end("name"), {"单位": name})


@cache
def _reports() -> re.Pattern[str]:
    return patterns.compiled(
        "刚才[，,]?(?P<units>[^。；\n]{2,60}?)(?:分别|先后|都|各)?(?:作了?|进行了?|做了?|谈了?)[^，。；]{0,12}?(?:发言|通报|汇报|介绍|表态)"
    )


_UNIT_NAME = patterns.compiled(
    r"(?P<name>[县市区镇乡][\u4e00-\u9fff]{2,8}?(?:局|委|办|中心|大队|支队|公司)|[\u4e00-\u9fff]{2,4}(?:镇|乡|街道|村|社区))(?=$|[、和与，,及])"
)


def unlisted_reports(document: Document, rule: Rule) -> Iterator[Hit]:
    """刚才，县水利局作了发言, where the agenda has no 水利局."""
    meeting = document.meeting
    if meeting is None or not meeting.agenda:
        return
    for match in document.matches(_reports()):
        start = match.start("units")
        for part in patterns.compiled("[^、和与，,及]+").finditer(match["units"]):
            unit = _UNIT_NAME.fullmatch(part[0])
            if unit and part[0] not in document.declared:
                yield Hit(start + part.start(), start + part.end(), {"单位": part[0]})


@cache
def _superior_meetings() -> re.Pattern[str]:
    return patterns.compiled(
        "(?P<name>(?:全省|全市|全州|省委|市委|省政府|市政府|省安委会|市安委会)[^，。；、“”《》\n]{2,30}?(?:会议|大会|推进会|座谈会|部署会|动员会|调度会))(?:精神|要求|部署|强调|对|上|指出|召开|作|明确|。|，)"
    )


def undeclared_meetings(document: Document, rule: Rule) -> Iterator[Hit]:
    """A meeting of the superior that the meeting file does not give as a basis, where it gives some."""
    meeting = document.meeting
    if meeting is None or not meeting.bases:
        return
    for match in document.matches(_superior_meetings()):
        name = patterns.compiled(".{0,6}(?:召开了?|举行了?|组织召开)(?:了|的)?").sub(match["name"][:2], match["name"])
        if name not in document.declared and not any(name in base.name.value for base in meeting.bases):
            yield Hit(match.start("name"), match.end("name"), {"会议": name})


# ── persons ───────────────────────────────────────────────────────────────────────────────────


def undeclared_persons(document: Document, rule: Rule) -> Iterator[Hit]:
    """Persons by name and post that the meeting file and the profile do not know."""
    if document.meeting is None and document.office is None:
        return
    declared = document.declared
    told = {hit.start for hit in people.find_other_holder(document, rule)}  # by a rule of its own
    for person in people.persons(document):
        if person.start in told:
            continue
        if person.name and person.name not in declared and not _is_near(person.name, document):
            yield Hit(person.start, person.end, {"姓名": person.name})


def _is_near(name: str, document: Document) -> bool:
    """A slip of the pen in a declared name is told by another rule."""
    leaders = document.office.leaders if document.office else ()
    for leader in leaders:
        known = leader.name.value
        if len(known) == len(name) and sum(a != b for a, b in zip(known, name, strict=True)) == 1:
            return True
    return False


# ── documents ─────────────────────────────────────────────────────────────────────────────────


@cache
def _titles() -> re.Pattern[str]:
    return patterns.compiled("《(?P<title>[^《》\n]{4,80}(?:〈[^〉]*〉)?[^《》\n]*)》")


@cache
def _numbers() -> re.Pattern[str]:
    return patterns.compiled(r"[\u4e00-\u9fff]{1,8}[〔\[（(【]20[0-9]{2}[〕\]）)】]\s*[0-9]{1,4}\s*号")


@cache
def _citing() -> re.Pattern[str]:
    return patterns.compiled("按照|依照|对照|根据|依据|落实|执行|贯彻|印发|转发|关于|以及|[和与及](?=.{2})")


_OF_OFFICES = (
    "通知",
    "方案",
    "意见",
    "办法",
    "要点",
    "规划",
    "责任状",
    "责任书",
    "纪要",
    "清单",
    "通报",
    "预案",
    "批复",
    "汇报",
    "简报",
)
_OF_THE_CENTRE = ("国务院", "中共中央", "中央", "全国", "中华人民共和国", "中办", "国家")


def undeclared_documents(document: Document, rule: Rule) -> Iterator[Hit]:
    """Documents by title or number that the meeting file does not give as a basis."""
    if document.meeting is None:
        return
    declared = patterns.compiled(r"\s").sub("", document.declared)
    sources = "".join(wording.source for wording in document.grounds.wordings)
    statutes = {statute.title for statute in document.grounds.statutes}
    for match in document.matches(_titles()):
        title = match["title"]
        of_office = title.endswith(_OF_OFFICES) or patterns.compiled("（.{0,12}）$").search(title)
        public = title.startswith(_OF_THE_CENTRE) or "国民经济和社会发展" in title or title in statutes
        if not of_office or public or len(patterns.compiled("（.*?）$").sub("", title)) < 6:
            continue
        if title not in declared and title not in sources and f"《{title}》" not in declared:
            yield Hit(match.start(), match.end(), {"文件": f"《{title}》"})
    for match in document.matches(_numbers()):
        start = match.start() + max((citing.end() for citing in _citing().finditer(match[0])), default=0)
        plain = patterns.compiled(r"\s").sub("", document.text[start : match.end()])
        if plain not in declared and not plain.startswith(("国发", "国办发", "中发", "中办发")):
            yield Hit(start, match.end(), {"文件": plain})


# ── years and festivals ───────────────────────────────────────────────────────────────────────

_FESTIVALS = {
    "元旦": "元旦", "春节": "春节", "新春": "春节", "农历新年": "春节", "除夕": "除夕", "元宵节": "元宵",
    "元宵": "元宵", "清明": "清明", "清明节": "清明", "五一": "五一", "“五一”": "五一", "劳动节": "五一",
    "端午": "端午", "中秋": "中秋", "国庆": "国庆", "重阳": "重阳",
}  # fmt: skip
_NEAR = 62  # days: earlier nobody calls a festival near (春节 is prepared from December on)
_LINGERS = 20  # days: 春节刚过


@cache
def _festival_named() -> re.Pattern[str]:
    names = "|".join(sorted(_FESTIVALS, key=len, reverse=True))
    return patterns.compiled(
        rf"(?:祝|拜|贺).{{0,24}}?(?P<wished>{names})(?:节)?(?:快乐|愉快|安康|好|吉祥)|"
        rf"(?P<near>{names})[”节]?(?:佳节|假期|小长假|长假|[、和]?(?:{names})[”节]?)?(?:期间)?(?:日益|已经|正在|就要|马上|即将|很快|一天天|越来越)?"
        r"(?:将至|临近|来临|到来|在即|快到|要到|将近|近在|前夕|之际|即将)|"
        rf"(?:离|距离?|临近|迎接|迎来|即将到来的)[“]?(?P<ahead>{names})|"
        rf"(?:过一个|过好|度过|欢度|过上)[^，。；\n]{{0,16}}?(?P<spent>{names})"
    )


def _days_off(name: str, day: date) -> int:
    """Days from ``day`` to the nearest return of a festival, before (negative) or after."""
    from speechgen import holidays

    found = [
        (one.day - day).days
        for year in (day.year - 1, day.year, day.year + 1)
        for one in holidays.festivals(year)
        if one.name == name
    ]
    return min(found, key=abs) if found else 0


def wrong_festival(document: Document, rule: Rule) -> Iterator[Hit]:
    """A festival said to be near, or wished for, on a day that is far from it."""
    day = document.day
    if day is None:
        return
    for match in document.matches(_festival_named()):
        group = match.lastgroup or ""
        name = _FESTIVALS[match[group]]
        off = _days_off(name, day)
        past = match[0].endswith(("前夕", "之际")) and _in_the_past(document.said_around(match.start()))
        if not past and not -_LINGERS <= off <= _NEAR:
            values = {"节日": match[group], "日期": f"{day.month}月{day.day}日"}
            yield Hit(match.start(group), match.end(group), values)
    for line, start, end, name in _titled_festivals(document):
        if not -_LINGERS <= _days_off(name, day) <= _NEAR + 30 and line.kind == "title":
            yield Hit(start, end, {"节日": document.text[start:end], "日期": f"{day.month}月{day.day}日"})


def _in_the_past(said: str) -> bool:
    """Whether a sentence tells of what has been: 去年春节前夕发生一起火灾."""
    return "了" in said or bool(_looking_back().search(said))


def _titled_festivals(document: Document) -> Iterator[tuple[Line, int, int, str]]:
    pattern = _festival_alone()
    for line in document.lines:
        if line.kind in ("title", "heading"):
            for match in pattern.finditer(line.text):
                yield line, line.start + match.start(), line.start + match.end(), _FESTIVALS[match[0]]


@cache
def _festival_alone() -> re.Pattern[str]:
    return patterns.compiled("|".join(sorted((name for name in _FESTIVALS if name != "新春"), key=len, reverse=True)))


def other_festival(document: Document, rule: Rule) -> Iterator[Hit]:
    """In a speech for one festival, a title or heading that names another one."""
    meeting = document.meeting
    if meeting is None or meeting.occasion is None:
        return
    from speechgen import holidays

    occasion = holidays.occasion(meeting.occasion.value, meeting.day.value)
    if occasion is None or not occasion.festivals:
        return
    own = {*occasion.festivals, *({"除夕", "元宵"} if "春节" in occasion.festivals else ())}
    titled = {start for _, start, _, _ in _titled_festivals(document)}
    for match in document.matches(_festival_alone()):
        name = _FESTIVALS[match[0]]
        if name in own or name in document.declared:
            continue
        far = not -_LINGERS <= _days_off(name, meeting.day.value) <= _NEAR
        if match.start() in titled or (far and not _looking_back().search(document.said_around(match.start()))):
            yield Hit(match.start(), match.end(), {"节日": match[0], "场合": occasion.name})


@cache
def _year_of_occasion() -> re.Pattern[str]:
    names = "|".join(sorted(_FESTIVALS, key=len, reverse=True))
    return patterns.compiled(
        rf"(?P<year>(?:19|20)[0-9]{{2}})年(?:全国|全省|全市|全县|我[市县区镇])?“?(?P<what>{names}|两会|“两会”|高考|汛期|春运|防汛|秋冬季)"
    )


@cache
def _looking_back() -> re.Pattern[str]:
    return patterns.compiled(
        "去年|前年|上年|同期|当年|回顾|以来|曾|历史|亲临|考察|视察|比|(?<!不)发生|案例|教训|(?<!将)至(?![关少上])|到20|那年|经验|做法|延续"
    )


def wrong_year(document: Document, rule: Rule) -> Iterator[Hit]:
    """A festival or season with a year that is not its coming (or just past) one, and any year in the title that is
    neither the speech's nor the next."""
    day = document.day
    if day is None:
        return
    told: set[int] = set()
    for match in document.matches(_year_of_occasion()):
        year, what = int(match["year"]), match["what"].strip("“”")
        if _looking_back().search(document.said_around(match.start())) or f"{year}年" in document.declared:
            continue
        if what in _FESTIVALS:
            nearest = day + timedelta(days=_days_off(_FESTIVALS[what], day))
            right = nearest.year
        else:
            right = day.year + (day.month >= 11 and what in ("两会", "春运"))
        if year != right:
            told.add(match.start("year"))
            yield Hit(
                match.start("year"), match.end("year") + 1, {"年份": f"{year}年", "应为": f"{right}年"}, f"{right}年"
            )
    for match in document.matches(_cited_year()):
        year = int(match["year"])
        late = year < day.year - (day.month <= 3)
        if late and f"{year}年" not in document.declared:
            values = {"年份": f"{year}年", "应为": f"{day.year}年"}
            yield Hit(match.start("title"), match.end("title"), values)
    for match in document.matches(_held_now()):
        start, year = match.start("year"), int(match["year"])
        if year not in (day.year, day.year + 1) and start not in told:
            yield Hit(start, match.end("year") + 1, {"年份": f"{year}年", "应为": f"{day.year}年"}, f"{day.year}年")
    for line in document.lines:
        if line.kind == "title":
            for found in patterns.compiled("((?:19|20)[0-9]{2})年").finditer(line.text):
                start, year = line.start + found.start(), int(found[1])
                if start not in told and year not in (day.year, day.year + 1) and f"{year}年" not in document.declared:
                    yield Hit(start, line.start + found.end(), {"年份": f"{year}年", "应为": f"{day.year}年"})


_ANIMALS = "猴鸡狗猪鼠牛虎兔龙蛇马羊"  # by the remainder of the year by twelve


@cache
def _animal_year() -> re.Pattern[str]:
    return patterns.compiled(
        f"(?P<year>[{_ANIMALS}]年)(?=吉祥|大吉|快乐|新春|如意|安康|行大运|春节|即将|将至|到来|临近|的钟声|伊始|新年)|"
        f"(?:祝|迎|贺|喜迎|辞旧迎|在)[^，。；\n]{{0,14}}?(?P<wished>[{_ANIMALS}]年)"
    )


def wrong_animal(document: Document, rule: Rule) -> Iterator[Hit]:
    """龙年吉祥 in the year of the sheep."""
    day = document.day
    if day is None:
        return
    spring = day + timedelta(days=_days_off("春节", day))
    coming = day < spring <= day + timedelta(days=90)
    right = {_ANIMALS[(spring.year if coming or day >= spring else spring.year - 1) % 12]}
    for match in document.matches(_animal_year()):
        group = match.lastgroup or ""
        if match[group][0] not in right:
            values = {"生肖": match[group], "应为": f"{_ANIMALS[spring.year % 12]}年"}
            yield Hit(match.start(group), match.end(group), values)


# 当前正值主汛期 and the months in which somebody in China can say so.
_SEASONS = {
    "汛": range(3, 11), "高温": range(5, 10), "酷暑": range(6, 10), "盛夏": range(6, 9), "夏季": range(5, 10),
    "暑期": range(6, 10), "暑假": range(6, 10), "隆冬": (11, 12, 1, 2), "严冬": (11, 12, 1, 2), "寒冬": (11, 12, 1, 2),
    "冬季": (10, 11, 12, 1, 2, 3), "寒假": (12, 1, 2, 3), "春运": (12, 1, 2, 3), "春耕": (2, 3, 4, 5),
    "秋收": range(8, 12), "三夏": range(5, 8), "高考": (4, 5, 6), "中考": (4, 5, 6, 7),
}  # fmt: skip


@cache
def _season_now() -> re.Pattern[str]:
    return patterns.compiled(
        rf"(?:当前|眼下|目前|现在|时下)[^。；\n]{{0,8}}?(?:正值|正处|处在|处于|已经?进入|进入|是)[^，。；\n]{{0,4}}?(?P<name>主?(?:{'|'.join(_SEASONS)})期?)|"
        rf"(?:正值|时值|已经?进入)[^，。；\n]{{0,4}}?(?P<now>主?(?:{'|'.join(_SEASONS)})期?)"
    )


def wrong_season(document: Document, rule: Rule) -> Iterator[Hit]:
    """A season said to be now, in a month in which it is nowhere."""
    day = document.day
    if day is None:
        return
    for match in document.matches(_season_now()):
        group = match.lastgroup or ""
        season = next(name for name in _SEASONS if name in match[group])
        if day.month not in _SEASONS[season]:
            yield Hit(match.start(), match.end(), {"季节": match[group], "日期": f"{day.month}月{day.day}日"})


@cache
def _cited_year() -> re.Pattern[str]:
    """按照《关于做好2025年…的通知》要求: what this year's work is told to follow."""
    return patterns.compiled(
        r"(?:按照|根据|依据|贯彻|落实|对照|执行)[^。；《\n]{0,16}(?P<title>《[^《》\n]{0,30}?(?P<year>20[0-9]{2})年(?!—|-|至)[^《》\n]{0,40}(?:通知|方案|要点|意见|清单)》)"
    )


@cache
def _held_now() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?:今天|今日|这次|本次|此次)[^。；\n]{0,6}?(?:召开|举行|开|的)[^。；，\n]{0,10}?(?P<year>(?:19|20)[0-9]{2})年[^。；，\n]{0,24}?(?:会议|大会|座谈会|推进会|动员会|培训班)"
    )


@cache
def _year_alone() -> re.Pattern[str]:
    return patterns.compiled(
        r"(?<![0-9—－–\-至到《])(?P<year>20[0-9]{2})年(?![来前内—－–\-至到以后起版底初末]|[0-9]{1,2}月[^。，；]{0,12}(?:印发|施行|实施|出台|发布|修订|以来|起))"
    )


_LONG_AGO = patterns.compiled(
    "以来|起|施行|实施|印发|出台|修订|发布|通过|召开|成立|建成|获|荣|提出|连续|历史|曾|自|目标|规划|远景|同期|相比|比|教训|案例|事故|火灾|回顾|当年"
)


def strange_year(document: Document, rule: Rule) -> Iterator[Hit]:
    """A year further off than last and next year, undeclared, in a sentence that does not look back."""
    day = document.day
    if day is None or document.meeting is None:
        return
    for match in document.matches(_year_alone()):
        year = int(match["year"])
        if day.year - 1 <= year <= day.year + 1 or f"{year}年" in document.declared:
            continue
        line = document.line_at(match.start())
        if line is not None and line.kind in ("title", "date", "byline"):
            continue
        if not _LONG_AGO.search(document.said_around(match.start())):
            yield Hit(match.start(), match.end(), {"年份": match[0]})


CHECKS = {
    "地名": Check(undeclared_places, values=("地名",)),
    "别处": Check(strange_places, values=("地名", "本地")),
    "单位": Check(undeclared_units, values=("单位",)),
    "人名": Check(undeclared_persons, values=("姓名",)),
    "文件": Check(undeclared_documents, values=("文件",)),
    "节日": Check(wrong_festival, values=("节日", "日期")),
    "场合": Check(other_festival, values=("节日", "场合")),
    "年份": Check(wrong_year, values=("年份", "应为")),
    "生肖": Check(wrong_animal, values=("生肖", "应为")),
    "议程": Check(unlisted_reports, values=("单位",)),
    "上级会议": Check(undeclared_meetings, values=("会议",)),
    "季节": Check(wrong_season, values=("季节", "日期")),
    "别的年份": Check(strange_year, values=("年份",)),
}
