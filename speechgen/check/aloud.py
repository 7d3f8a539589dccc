"""朗读: what a leader would stumble over at the lectern, and how long the speech takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.model import Meeting, Office

HAN = "\u4e00-\u9fff"
DEFAULT_PACE = 180  # characters a minute


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return patterns.compiled(pattern, re.MULTILINE)


# ── characters and names ──────────────────────────────────────────────────────────────────────


@cache
def _table() -> tuple[frozenset[str], dict[str, str]]:
    """The common characters of the 通用规范汉字表, and how the others of it are read ("" where that is not sure)."""
    common, _, others = Path(__file__).with_name("characters.txt").read_text(encoding="utf-8").partition("\n其余\n")
    characters = common.partition("\n一级\n")[2].replace("\n", "")
    readings = {}
    for row in others.splitlines():
        reading, _, group = row.partition(" ")
        for character in group:
            readings[character] = "" if reading == "?" else reading
    return frozenset(characters), readings


def common_characters() -> frozenset[str]:
    """The 3,500 characters of the first list of the 通用规范汉字表."""
    return _table()[0]


@cache
def _uncommon() -> re.Pattern[str]:
    """Any character of the table that is not among the common ones, and any beyond the first 65,536."""
    inside = "".join(character for character in _table()[1] if character <= "\uffff")
    return patterns.compiled(f"[{inside}\U00010000-\U0010ffff]")


def find_rare(document: Document, rule: Rule) -> Iterator[Hit]:
    """Each character outside the common ones, once, where it is first read out; those of 熟字 are known to all."""
    common, readings = _table()
    text = document.text
    known = set("".join(rule.options.get("熟字", ())))
    placed = set("".join(rule.options.get("地名字", ())))
    rare = (set(_uncommon().findall(text)) & readings.keys()) - common - known - placed
    found = []
    for char in rare:
        at = _not_a_place(text, char)
        line = document.line_at(at)
        if at >= 0 and line is not None:
            found.append((at, char))
    for at, char in sorted(found):
        reading = readings[char].replace("/", "、")
        how = (
            f"读 {reading}"
            if reading and "、" not in reading
            else f"有几个读音（{reading}）"
            if reading
            else "请查字典"
        )
        yield Hit(at, at + 1, {"字": char, "音": how})


_PLACES = (
    *"县市区镇乡村河江湖溪岭州港湾岛寨屯堡沟坝坪坡塘店集铺滩峡峰",
    *("山镇", "山村", "山县", "水库", "街道", "大桥", "高速"),
)


def _not_a_place(text: str, char: str) -> int:
    """Where a character first stands outside the name of a place; -1 where it does not."""
    at = text.find(char)
    while at >= 0 and text.startswith(_PLACES, at + 1):
        at = text.find(char, at + 1)
    return at


_TITLES = (
    "书记", "县长", "市长", "区长", "镇长", "乡长", "局长", "主任", "部长", "主席", "院长", "校长", "厂长", "总经理", "经理",  # noqa: E501
    "董事长", "处长", "科长", "所长", "队长", "组长", "秘书长", "专员", "州长", "盟长", "旗长", "村长", "厅长", "司长", "行长",  # noqa: E501
)  # fmt: skip
# What a single surname is called by; a place or an office may stand before it.
_CALLED = (
    *(
        "师傅",
        "大姐",
        "大哥",
        "大娘",
        "大爷",
        "大妈",
        "大嫂",
        "阿姨",
        "老师",
        "医生",
        "大夫",
        "护士长",
        "教授",
        "院士",
        "工程师",
    ),
    *(
        "站长",
        "支书",
        "园长",
        "教练",
        "警官",
        "法官",
        "检察官",
        "律师",
        "总工",
        "会长",
        "理事长",
        "社长",
        "连长",
        "政委",
        "老板",
    ),
)
_NOT_NAMES = (
    "解放",
    "解决",
    "解释",
    "解除",
    "解答",
    "解读",
    "解散",
    "解难",
    "解困",
    "查处",
    "查看",
    "查询",
    "查办",
    "查阅",
    "查明",
    "查找",
    "查实",
    "查清",
    "查验",
    "查漏",
    "查摆",
    "查补",
    "查封",
    "查改",
    "单独",
    "单位",
    "单列",
    "单设",
    "单项",
    "单一",
    "单纯",
    "单个",
    "任职",
    "任务",
    "任免",
    "任命",
    "任期",
    "任意",
    "任何",
    "任用",
    "任教",
    "任人",
    "任劳",
    "区域",
    "区长",
    "区委",
    "区直",
    "区政",
    "区人",
    "区级",
    "区县",
    "盖章",
    "盖板",
    "曾经",
    "曾任",
    "曾在",
    "曾是",
    "乐于",
    "乐观",
    "乐意",
    "折扣",
    "折射",
    "折叠",
    "繁荣",
    "繁重",
    "繁忙",
    "华侨",
    "华为",
    "华丽",
    "华东",
    "华北",
    "华中",
    "华南",
    "员工",
    "召开",
    "召集",
    "召回",
    "仇恨",
    "仇视",
    "朴实",
    "朴素",
    "秘密",
    "秘书",
    "应急",
    "应当",
    "应对",
    "应该",
    "应用",
    "应邀",
    "应及",
    "应切",
    "应带",
    "应加",
    "应主",
    "应把",
    "应在",
    "应以",
    "应坚",
    "应立",
    "车站",
    "车间",
    "车辆",
    "车主",
    "过去",
    "过程",
    "过问",
    "过硬",
    "宁夏",
    "宁可",
    "宁愿",
    "那么",
    "那里",
    "那些",
    "那个",
    "那样",
    "能够",
    "能力",
    "能源",
    "洗涤",
    "冲刺",
    "冲击",
    "种植",
    "种子",
    "种类",
    "重要",
    "重大",
    "重点",
    "重视",
    "重复",
    "万一",
    "都是",
    "都要",
    "都在",
    "相关",
    "相互",
    "令人",
    "还要",
    "还是",
    "还有",
    "还在",
    "洗衣",
    "单行",
    "解说",
    "解救",
    "查验",
    "任课",
    "宁静",
    "华东",
    "晟",
)


def _surnames(rule: Rule) -> dict[str, str]:
    """选项.姓: 「仇 Qiú，不读 Chóu」, a surname a line."""
    said = (entry.partition(" ") for entry in rule.options.get("姓", ()))
    return {surname: reading for surname, _, reading in said if reading}


def _people(meeting: Meeting | None, office: Office | None) -> Iterator[str]:
    """The names of people that the meeting file and the office profile hold."""
    if meeting:
        if meeting.speaker.name:
            yield meeting.speaker.name.value
        for report in meeting.agenda:
            if report.person:
                yield report.person.value
    for leader in office.leaders if office else ():
        yield leader.name.value


def find_surname(document: Document, rule: Rule) -> Iterator[Hit]:
    """A person whose surname is not read as the character usually is: once a name."""
    surnames = _surnames(rule)
    if not surnames:
        return
    text = document.text
    found: dict[str, tuple[int, int]] = {}
    for name in _people(document.meeting, document.office):
        bare = "".join(name.split())
        at = text.find(name) if len(bare) > 1 else -1
        if at >= 0 and _surname_of(bare, surnames):
            found.setdefault(bare, (at, at + len(name)))
    if any(surname in text for surname in surnames):
        for start, end, name in _written_names(document, surnames):
            if not any(name == other or name == other[: len(name)] for other in found):
                found[name] = (start, end)
    for name, (start, end) in sorted(found.items(), key=lambda item: item[1]):
        surname = _surname_of(name, surnames)
        yield Hit(start, end, {"词": text[start:end], "姓": surname, "音": surnames[surname]})


def _surname_of(name: str, surnames: dict[str, str]) -> str:
    return name[:2] if name[:2] in surnames else name[:1] if name[:1] in surnames else ""


_POSTS = (
    "委员", "常委", "代表", "同志", "干部", "队员", "民警", "辅警", "医生", "护士", "教师", "老师", "网格员", "协管员", "志愿者", "负责人", "带头人",  # noqa: E501
    "支书", "村主任", "网格长", "联系人：", "负责人：", "责任人：", "牵头人：", "组长：", "成员：", "带班领导：", "护士长", "站长", "厂长", "班长", "连长", "政委", "指导员", "教导员", "副县长", "副市长", "职工", "员工", "司机", "村民", "居民",  # noqa: E501
    "党员", "主播", "企业家", "工程师", "劳模", "楼长", "组织委员", "调解员", "联络员", "安全员", "记者", "军人", "大夫", "村医", "农技员", "工人", "战士", "快递员", "骑手", "保洁员", "护林员", "民兵", "消防员", "辅导员", "楼栋长", "大户", "能手", "标兵", "模范", "队长", "书记员", "老汉", "大学生", "驾驶员", "驾驶人", "技术员", "理货员", "老板", "校医", "乡医", "电工", "焊工", "矿工", "农民", "农民工", "退役军人", "老党员",  # noqa: E501
)  # fmt: skip
_DOES = (
    r"同志|负责|牵头|主持|出席|传达|通报|宣布|发言|发了言|汇报|带队|介绍|讲话|总结|带班|值班|在岗|连夜|带领|带头|担任|兼任|任组长|包保|"
    r"作(?:了|的|关|指示|讲话|部署|报告|动员|总结|交流|表态|典型|发言|说明|汇报|介绍)|[一二两三四五六七八九十]?[名位个]?同志|先生|女士"
)
# What is told of somebody after the name.
_TELLS = (
    "说(?!服|明|理|法)|讲[了的得到起述]|谈[了到起]|作了|做了|告诉|回忆|介绍|感慨|坦言|表示|是(?!否)|的(?!确)|今年|自(?!然|主|由|动)|每天|每年|连着|连续|一(?:人|个人|家|年|天|直|干|守|跑)|就(?!业|地)|"
    "也(?!许)|把|用|带着|冲|跳|跑|守|走|还(?!款)|都(?!市)|正(?!常|规|确)|已经|从|在(?!线|建|册)|给|常年|常常|年过|家|大(?:夫|姐|哥|爷|妈)|这样|这些|等"
)
_GIVEN_NAME = "(?![的了和与在是要把被将就位个各部委区级们地数主额])"


@cache
def _common_surnames() -> str:
    return (
        "李王张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩许邓冯董萧程曹袁潘蔡蒋余杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪"
        "范石廖贾夏韦傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤仇单解查盖朴任华缪曾覃翟应宁"
    )


@cache
def _name_patterns(families: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """What may follow where one of the surnames stands, by what stands before it."""
    family = "|".join(map(re.escape, families))
    given = rf"{_GIVEN_NAME}[{HAN}]"
    full = rf"(?P<name>(?:{family})[ \u3000]{{0,2}}(?:{given}){{1,2}}?)"
    title, posts = "|".join((*_TITLES, *_CALLED)), "|".join((*_TITLES, *_CALLED, *_POSTS))
    ends = rf"[、和，。；）)等一二两三四五六七八九十]|{_DOES}|$"
    before = "".join(sorted({word[-1] for word in (*_BEFORE, *_TITLES, *_POSTS, *_OFFICES, *_NAMED)}))
    return {name: patterns.compiled(pattern, re.MULTILINE) for name, pattern in {
        "first": f"[{''.join(sorted({name[0] for name in families}))}](?:(?<![一-龥].)|(?<=[{before}].))",
        "title": rf"(?P<name>{family})(?:副?(?:{title})|常委|总(?=[，。、：说]))(?![{HAN}]{{0,2}}(?:会议|办公))",
        "post": rf"{full}(?=[，。、：；）)\s]|{_DOES}|[等和]|$)",
        "sure": rf"(?P<name>[覃冼缪翟逄郗谌佘隗晁宓郇钭亓仉郜瞿訾](?:{given}){{2}})",
        "comrade": rf"{full}同志",
        "by": rf"{full}(?=同志|负责|牵头|介绍|发言|带队|主持|通报|汇报|宣读|具体|总负责|担任|任组长|包保|学习)",
        "bracket": rf"{full}(?=[）)])",
        "listed": rf"{full}(?={ends})",
        "named": rf"(?P<name>(?:{family})(?:{given}){{2}})(?={_TELLS})",
        "told": rf"(?P<name>(?:{family})(?:{given}){{2}})(?=[，、：；。）]|{_TELLS})",
        "listing": rf"{full}(?=[、和][{_common_surnames()}](?:{given}){{1,2}}(?:{ends}))",
        "holder": rf"{full}(?={posts})",
        "before": rf"(?:^|[^{HAN}])[{_common_surnames()}](?:{given}){{1,2}}[、和]$",
    }.items()}  # fmt: skip


def _written_names(document: Document, surnames: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where a person certainly stands: 仇书记, 县长单志远, 由单春梅负责 and the like, as (start, end, name)."""
    text = document.text
    patterns_of = _name_patterns(tuple(sorted(surnames, key=len, reverse=True)))
    posts = (*_TITLES, *_POSTS)
    for candidate in patterns_of["first"].finditer(text):
        at = candidate.start()
        before = text[at - 1 : at] if at else ""
        free = not "一" <= before <= "龥"
        lead = next((word for word in ("请", "由", "和", "与", "向", "听了", "刚才") if text.endswith(word, 0, at)), "")
        sure = candidate[0] in _SURE and not text.startswith(_WORDS, at)
        led = sure and before in _BEFORE_A_NAME and text[max(0, at - 2) : at] not in _NO_LEAD
        placed = sure and text.endswith(_OFFICES, 0, at)
        begins = free or (lead and not "一" <= text[at - len(lead) - 1 : at - len(lead)] <= "龥")
        match = patterns_of["title"].match(text, at) if begins or led or placed else None
        if (
            match
            and match["name"] not in tuple("任区员查召应冲过车都还")
            and not text.startswith(("组长", "员长"), match.end("name"))
        ):
            yield at, match.end(), match["name"]
            continue
        shapes = [name for name, may in (
            ("post", text.endswith(posts, 0, at) or (before in " \u3000" and text.endswith(posts, 0, at - 1))),
            ("sure", text.endswith(posts, 0, at)),
            ("comrade", free or lead == "刚才" or placed),
            ("by", placed or (before and before in "由请向对让")),
            ("bracket", before and before in "（("),
            ("listed", before and before in "、和" and patterns_of["before"].search(text[max(0, at - 5) : at])),
            ("listing", begins or lead in ("由", "请")),
            ("holder", begins or led or placed),
            ("told", sure and text.endswith(_NAMED, 0, at)),
            ("named", sure and (before == "\n" or not before or before in "，。；：！？“" or text.endswith(posts, 0, at))),  # noqa: E501
        ) if may]  # fmt: skip
        for shape in shapes:
            match = patterns_of[shape].match(text, at)
            name = "".join(match["name"].split()) if match else ""
            if not match or name.startswith(_NOT_NAMES) or not _person_like(name):
                continue
            if (shape != "comrade" or placed) and name.startswith(_WORDS):
                continue
            if placed and name[0] in "任查区" and name[1:2] in _common_surnames():
                continue  # 县委任王明同志为局长
            if shape not in ("post", "comrade", "sure") and len(name) < 3:
                continue  # 由单方负责, （任务）
            if shape in ("bracket", "holder") and name[0] in "区任应哈那过种重":
                continue  # （哈洽会）, 区公安局长
            yield at, match.end("name"), name
            break


_BEFORE_A_NAME = frozenset("的叫是像人位给找如同跟")
_BEFORE = (*"由请和与向对让", "听了", "刚才", *_BEFORE_A_NAME)  # besides posts, offices and the like
_NO_LEAD = frozenset(
    ("目的", "就是", "还是", "但是", "可是", "于是", "只是", "人人", "单位", "各位", "如同", "不同", "共同", "个人")
)
_NAMED = (
    *(
        "叫",
        "叫做",
        "名叫",
        "人是",
        "的是",
        "就是",
        "像",
        "位是",
        "一位",
        "认识",
        "感谢",
        "表扬",
        "学习",
        "还有",
        "像是",
        "比如",
    ),
    *(
        f"{place}的"
        for place in (
            "村",
            "镇",
            "乡",
            "社区",
            "所",
            "局",
            "厂",
            "院",
            "队",
            "班",
            "站",
            "中心",
            "公司",
            "车间",
            "小学",
            "中学",
        )
    ),
)
_SURE = frozenset("仇单解查盖朴区任华尉缪曾覃冼逄郗翟谌佘隗晁宓郇亓仉郜瞿訾令万澹")  # hardly a verb before a name's end
# Words that begin with such a surname.
_WORDS = tuple(
    surname + other
    for surname, others in (
        ("单", "身元车边程层次户体产价据方页词亲靠凭看说是从打兵人双季枪行向面边式株循环线边日月"),
        ("解", "冻约体压聘析甲乏渴忧气馋毒暑套码剖疑惑封绑脱开百民群企近当一救下"),
        ("查", "房岗酒收账缴扣堵究勘获出到没禁控核证对重体病隐问违思原一不清危风安火电案人车税路灾疫短短三两"),
        ("盖", "上住好房楼了起子被棚一新大"),
        ("任", "由凭性选重内中前后岗满副主一上下组班县局党"),
        ("华", "人商联润电能夏诞美灯语裔文山阴"),
        ("区", "内外间别分块位里乡属管情一二三两四镇城老新改中机教公农水应人财"),
        ("曾", "有被以多一获因几与对向担发提先用去到说当连为国家两三受"),
        ("朴", "素质拙"),
        ("万", "一元人亩名户家分众无事物年里吨斤立平"),
        ("令", "人牌行箭状"),
    )
    for other in others
)
_OFFICES = (
    *(
        "局",
        "办公室",
        "镇",
        "乡",
        "县",
        "市",
        "街道",
        "公司",
        "支队",
        "大队",
        "中心",
        "医院",
        "学校",
        "中学",
        "小学",
        "法院",
        "检察院",
    ),
    *("科", "股", "所", "站", "厂", "村", "社区", "车间", "党委", "政府", "县委", "市委"),
    *(
        "妇联",
        "团委",
        "残联",
        "科协",
        "文联",
        "侨联",
        "工商联",
        "总工会",
        "红十字会",
        "纪委",
        "居委会",
        "村委会",
        "派出所",
    ),
)
_IN_NO_NAME = frozenset("们的了和与各位部委区级办局会院所站组县市镇村路桥")


def _person_like(name: str) -> bool:
    return _IN_NO_NAME.isdisjoint(name[1:]) and "工作" not in name


def find_word(document: Document, rule: Rule) -> Iterator[Hit]:
    """Words that are read otherwise than they look, each once: 词表 with the reading as 注."""
    for entry in rule.entries:
        for word in entry.wrong:
            for start in document.occurrences(word):
                if entry.not_after and document.text.startswith(entry.not_after, start + len(word)):
                    continue
                if entry.not_before and document.text.endswith(entry.not_before, 0, start):
                    continue
                yield Hit(start, start + len(word), {"词": word, "注": entry.note})
                break


# ── figures and signs ─────────────────────────────────────────────────────────────────────────


def _spoken_matches(document: Document, pattern: str) -> Iterator[re.Match[str]]:
    """Matches in what is read out: not in title, byline and date."""
    for match in document.matches(_compiled(pattern)):
        line = document.line_at(match.start())
        if line is not None and line.kind in ("salutation", "heading", "paragraph"):
            yield match


def find_long_number(document: Document, rule: Rule) -> Iterator[Hit]:
    """A figure with more digits than an ear keeps, or four decimals; telephone numbers and codes are others."""
    most = int("".join(rule.options.get("上限", ())) or 6)
    number = r"[0-9０-９](?<![0-9０-９.．,，\-—/A-Za-z〔（(].)[0-9０-９,，]{0,18}(?:[.．][0-9０-９]{1,18})?(?=[%％万亿元人户件起处家个名吨亩公平立千米次条册辆台套头只公斤])"  # noqa: E501
    for match in _spoken_matches(document, number):
        said = match[0].replace(",", "").replace("，", "")
        whole, _, decimals = said.replace("．", ".").partition(".")
        digits = whole.strip("0") + decimals
        if "，" in match[0] and not patterns.compiled(r"[0-9０-９]{1,3}(?:，[0-9０-９]{3})+").fullmatch(match[0]):
            continue
        if len(digits.rstrip("0") if not decimals else digits) > most or len(decimals) >= 4:
            yield Hit(match.start(), match.end(), {"词": match[0], "数": str(len(digits))})


def find_abbreviation(document: Document, rule: Rule) -> Iterator[Hit]:
    """Five capital letters or more that no bracket explains; those of 除外 everybody can say."""
    known = set(rule.options.get("除外", ()))
    for match in _spoken_matches(document, r"(?<![A-Za-z0-9./@_-])[A-Z][A-Za-z]{4,}(?![A-Za-z0-9./@_-])"):
        text = document.text
        explained = text[match.end() : match.end() + 1] in ("（", "(") or (
            text[match.start() - 1 : match.start()] in ("（", "(")
            and text[match.end() : match.end() + 1] in ("）", ")")
        )
        if not explained and match[0] not in known and sum(map(str.isupper, match[0])) > 3:
            yield Hit(match.start(), match.end(), {"词": match[0]})


def _pattern(pattern: str) -> Callable[[Document, Rule], Iterator[Hit]]:
    def find(document: Document, rule: Rule) -> Iterator[Hit]:
        for match in _spoken_matches(document, pattern):
            group = match.lastgroup or 0
            yield Hit(match.start(group), match.end(group), {"词": match[group]})

    return find


_UNITS = {
    "km²": "平方公里", "km2": "平方公里", "㎞²": "平方公里", "m²": "平方米", "㎡": "平方米", "m2": "平方米", "m³": "立方米", "㎥": "立方米", "m3": "立方米",  # noqa: E501
    "km": "公里", "㎞": "公里", "kg": "公斤", "㎏": "公斤", "cm": "厘米", "㎝": "厘米", "mm": "毫米", "㎜": "毫米", "kW·h": "千瓦时", "kWh": "千瓦时", "kW": "千瓦",  # noqa: E501
    "MW": "兆瓦", "kV": "千伏", "mg/m3": "毫克每立方米", "mg/m³": "毫克每立方米", "μg/m³": "微克每立方米", "mg/L": "毫克每升", "km/h": "公里每小时", "hm²": "公顷", "t": "吨", "m": "米",  # noqa: E501
}  # fmt: skip


@cache
def _units() -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
    return patterns.compiled(rf"(?<=[0-9０-９万亿])[ ]?({units})(?![A-Za-z0-9²³/])")


def find_unit(document: Document, rule: Rule) -> Iterator[Hit]:
    """A unit written as a symbol after a figure, with the words to say."""
    for match in document.matches(_units()):
        line = document.line_at(match.start())
        if line is not None and line.kind in ("heading", "paragraph"):
            right = _UNITS[match[1]]
            yield Hit(match.start(1), match.end(1), {"词": match[1], "改": right}, right)


# ── minutes ───────────────────────────────────────────────────────────────────────────────────


def _characters(document: Document) -> int:
    """Characters that are read out."""
    return sum(len("".join(line.text.split())) for line in document.spoken)


def _pace(document: Document, rule: Rule) -> int:
    meeting, office = document.meeting, document.office
    if meeting and meeting.speaker.pace:
        return meeting.speaker.pace
    if meeting and office:
        for leader in office.leaders:
            same_name = meeting.speaker.name and leader.name.value == meeting.speaker.name.value
            if leader.pace and (
                same_name or (not meeting.speaker.name and leader.post.value == meeting.speaker.post.value)
            ):
                return leader.pace
    said = "".join(rule.options.get("语速", ()))
    return int(said) if said.isdecimal() and int(said) else DEFAULT_PACE


def _title_spot(document: Document) -> tuple[int, int]:
    line = next((line for line in document.lines if line.kind == "title"), document.lines[0])
    return line.start, line.end


def _minutes(characters: int, pace: int) -> str:
    return str(max(1, round(characters / pace)))


def _planned(meeting: Meeting, pace: int) -> int:
    """The characters that the meeting file plans; 0 when it does not say."""
    return meeting.characters or (meeting.minutes or 0) * pace


def find_over_plan(document: Document, rule: Rule) -> Iterator[Hit]:
    """A speech over its planned length by more than 3 %."""
    yield from _against_plan(document, rule, lambda said, planned: said * 100 > planned * 103)


def find_under_plan(document: Document, rule: Rule) -> Iterator[Hit]:
    """A speech of less than half its planned length."""
    yield from _against_plan(document, rule, lambda said, planned: said * 2 < planned)


def _against_plan(document: Document, rule: Rule, counts: Callable[[int, int], bool]) -> Iterator[Hit]:
    if not document.meeting or not document.lines:
        return
    pace, said = _pace(document, rule), _characters(document)
    planned = _planned(document.meeting, pace)
    if planned and counts(said, planned):
        values = {"字数": str(said), "分钟": _minutes(said, pace), "语速": str(pace),
                  "计划": _minutes(planned, pace), "差": str(abs(said - planned))}  # fmt: skip
        yield Hit(*_title_spot(document), values)


def find_over_hour(document: Document, rule: Rule) -> Iterator[Hit]:
    """A speech of more than so many minutes (上限); a report to a congress, told by 除外 in its head, is no such."""
    if not document.lines:
        return
    pace, said = _pace(document, rule), _characters(document)
    most = int("".join(rule.options.get("上限", ())) or 60)
    if said <= most * pace:
        return
    head = document.text[: document.lines[min(20, len(document.lines) - 1)].end]
    if not any(word in head for word in rule.options.get("除外", ())):
        yield Hit(*_title_spot(document), {"字数": str(said), "分钟": _minutes(said, pace), "语速": str(pace)})


def _checks(
    *named: tuple[str, Callable[[Document, Rule], Iterable[Hit]], tuple[str, ...], tuple[str, ...]],
) -> dict[str, Check]:
    return {name: Check(find, values=values, options=options) for name, find, values, options in named}


CHECKS: dict[str, Check] = _checks(
    ("生僻字", find_rare, ("字", "音"), ("熟字", "地名字")),
    ("姓氏", find_surname, ("词", "姓", "音"), ("姓",)),
    ("读音", find_word, ("词", "注"), ("词表",)),
    ("长数字", find_long_number, ("词", "数"), ("上限",)),
    ("缩写", find_abbreviation, ("词",), ("除外",)),
    ("单位符号", find_unit, ("词", "改"), ()),
    ("斜线", _pattern(rf"(?P<spot>[0-9]{{1,2}}月/[0-9]{{1,2}}月|(?<![0-9A-Za-z./〔\-])[0-9]{{1,3}}/[0-9]{{1,3}}(?![0-9./A-Za-z]|年|版)|[人班件次户天月台辆]/(?:班|组|村|户|月|日|年|人次|站|岗)(?![{HAN}]*/)|(?<![0-9])[0-9]{{1,9}}[{HAN}]{{1,3}}/[0-9]{{1,9}}[{HAN}]{{1,3}}|[{HAN}]{{2,4}}/(?!立方|平方|小时|公斤|公里|千克|毫升|[年月日天人户亩吨秒])[{HAN}]{{2}})"), ("词",), ()),  # noqa: E501
    ("多位小数", _pattern(r"(?P<spot>(?<![0-9０-９])[0-9０-９]{1,12}[.．][0-9０-９]{3,12}(?:[%％]|个百分点|‰))"), ("词",), ()),  # noqa: E501
    ("圈码", _pattern(rf"(?P<spot>[①-⑳❶-❿](?<=[{HAN}，。；：、].))(?=[{HAN}“])"), ("词",), ()),
    ("数学符号", _pattern(
        rf"(?P<spot>[≥≤＞＜≈±≠≧≦÷→←↑↓](?=[0-9０-９A-Z{HAN}])|(?<=[0-9])(?<!7)×(?=[0-9])|(?<=[{HAN}0-9%])[><](?=[0-9])|(?<=[{HAN}])[-－][0-9.]+℃"
        rf"|(?<=[{HAN}])=(?=[{HAN}])|[0-9][0-9.]{{0,8}}(?:‰|℃?[—–～~－-]-?[0-9][0-9.]{{0,8}}℃|[～~][0-9][0-9.]{{0,8}})(?![%％])"
        r"|(?<![A-Za-z])(?:CO|SO|NO|NH|CH|H|O|N)[₂₃₄ₓ][A-Z]?|(?<![A-Za-z0-9])(?:CO2|SO2|NO2|NOx|NH3|CH4|H2S|H2|O3)(?![A-Za-z0-9])|(?<![A-Za-z])(?:pH|PH|Ph)(?=[值为\u4e00-\u9fff0-9]))"),
        ("词",), ()),
    ("网址", _pattern(r"(?P<spot>(?:https?://|www\.)[A-Za-z0-9./?=&_%-]{1,200}|(?<![A-Za-z0-9._-])[A-Za-z0-9._-]{1,40}@[A-Za-z0-9-]{1,40}\.[A-Za-z.]{2,40})"), ("词",), ()),  # noqa: E501
    ("长括注", _pattern(r"(?P<spot>（[^（）\n]{30,200}）)"), ("词",), ()),
    ("超时", find_over_plan, ("字数", "分钟", "语速", "计划", "差"), ("语速",)),
    ("不足", find_under_plan, ("字数", "分钟", "语速", "计划", "差"), ("语速",)),
    ("过长", find_over_hour, ("字数", "分钟", "语速"), ("上限", "除外", "语速")),
)  # fmt: skip
