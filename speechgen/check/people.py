"""名单: persons in a text, and their names, posts and order against the office profile and the meeting file.

Only persons that certainly are some: a surname and one or two characters directly before or after a post word
(县长陈志远, 陈志远同志), a surname alone before one (陈县长), and the names that the profile and the meeting file hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.model import Leader
from speechgen.patterns import compiled

COMRADE = "同志"


class Person(NamedTuple):
    """A person at ``Document.text[start:end]``: the name, or of 陈县长 the whole. ``name`` is without inner spaces,
    for 陈县长 the surname; ``post`` is as written, several joined by 、; "" where none stands there. ``first`` and
    ``last`` bound name, post and 同志 together; ``named`` is what stands before the post: the place or unit."""

    start: int
    end: int
    name: str
    post: str = ""
    comrade: bool = False
    first: int = 0
    last: int = 0
    foreign: bool = False  # of another place or unit, or in office before: 临水县县长, 原县长

    @property
    def full(self) -> bool:
        """Whether more than the surname is known."""
        return len(self.name) > 1


# ── words ─────────────────────────────────────────────────────────────────────────────────────

_POST_WORDS = """
    书记 支书 省长 市长 州长 盟长 县长 区长 旗长 镇长 乡长 主任 局长 厅长 部长 处长 科长
    所长 校长 院长 厂长 矿长 行长 站长 队长 组长 会长 秘书长 检察长 政委 主席 总经理 董事长
    总裁 常委 委员
    """
HEADS = (*_POST_WORDS.split(), COMRADE)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤花方"
    "俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛狄米贝明臧计伏成戴谈"
    "宋茅庞熊纪舒屈项祝董梁杜阮蓝闵季贾路娄江童颜郭梅林钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓郁单杭洪"
    "包诸左石崔吉龚程邢裴陆荣翁荀甄曲封储靳井段富乌焦巴牧隗侯班仇甘厉祖武符刘景詹龙叶司韶郜黎薄白蒲邰鄂赖卓蔺屠蒙"
    "池乔闻党翟谭劳冉桑桂牛寿边燕冀浦尚农温庄晏柴瞿阎慕连茹艾鱼容古易廖衡耿满弘匡文欧师巩聂关勾荆游盖权肖曾付闫覃"
    "涂佟辛岳向冼麦丛查仝苟冷岩柒佘代车邸蓟原"
)
_COMPOUNDS = "欧阳 司马 上官 诸葛 皇甫 尉迟 公孙 慕容 令狐 端木 夏侯 司徒 南宫 呼延"
_COMPOUND = tuple(_COMPOUNDS.split())
_SELDOM_ALONE = frozenset(
    "任向于应常党成原车明文乐师代连满农容权昌元宗计解班司包花路边管单富荣封查关和安万宣房金古劳尚游左项祖"
)
_BETWEEN = frozenset("任向于应常管关查原代连从单")  # words too: 于张伟 is 张伟 after 于
_NEVER_GIVEN = frozenset(
    "的了是在我你他她它们各位这那哪个些每某不没要就都也又并或把被让给从向对于其以与等由请去说做作任原副级县市区乡"
    "镇村局委部办厅科处室所队站组员者府厂司书记省州旗盟届次项名月日时因但而且若虽则该此很更最太还再已将会能须必需"
    "责务事况面性制度活同兼和及为有无使叫跟随至到得过着地第多少谁怎何样X０１２"
)
_ORDINARY_WORDS = """
    安全 安保 安置 安排 安监 安委 应急 应当 应该 高级 高度 高效 高位 高层 全体 许可 常务 常委
    常态 常年 方面 方式 方案 方可 方能 马上 车间 车站 车辆 管理 管委 关键 关心 成立 成功 成效
    金融 石油 石化 文明 文化 文旅 文体 林业 江河 田间 路段 路面 党组 党委 党政 党建 纪委 纪检
    纪律 计划 计生 施工 项目 龙头 温暖 温馨 谈话 谈心 包村 包联 包保 包案 路线 连续 单位 查看
    查处 明确 明显 平安 武装 武警 司法 司机 房屋 房产 商务 农业 农村 白天 黄河 解决 解放 左右
    边防 边境 花园 花炮 雷电 严格 严肃 严重 严禁 严把 梅花 易发 万一 宁可 古镇 谷物 安办 曾经
    祝贺 祝福 游客 凌晨 班子 师生 师傅 宣传 宣布 宣读 经济 金属 文件 文艺 高校 高中 华侨 民兵
    江南 江北 古城 方向 关注 关爱 连接 连日 权力 荣誉 尚未 劳动 劳模 满意 农民 管护 单独 查办
    解释 包片 包抓 包干 计算 诸如 代理 代表 代管 原任 原则 向上 于今 任期 任职 任命 任免 应有
    常规 乐于 龙舟 石材 水利 钱款 万名 白酒 牛羊 叶片 项目长 章程 段落 路长 田长 林长 苗木 康养
    康复 余下 余款 时任 冷库 景区 燕子 党员 党群 班长 师长 华东 华南 华北 华中 易地 明年 明天
    元旦 元月 连片 文物 武术 宗教 宗旨 富裕 富余 金牌 包括 封闭 封控 管控 管制 查验 查封 安检
    安防 程序
    """
_NO_NAMES = frozenset(_ORDINARY_WORDS.split())
_EVERYBODYS = """
    习近平 毛泽东 周恩来 刘少奇 朱德 邓小平 陈云 任弼时 江泽民 胡锦涛 马克思 列宁 雷锋 焦裕禄
    孔繁森 谷文昌 杨善洲 廖俊波 黄文秀 张桂梅 王进喜 郭明义 黄大年 沈浩 张富清 袁隆平 甘祖昌 王杰
    欧阳海 邱少云 黄继光 董存瑞 刘胡兰 江竹筠 方志敏 李大钊 白求恩 张思德 时传祥 王继才 李保国 罗阳
    南仁东
    """
_PUBLIC = frozenset(_EVERYBODYS.split())
_BEFORE = (
    "(?:[请由和与及同跟向对让给将被是随陪叫听受为在了按照据以经]|刚才|下面|现在|今天|昨天|此前|日前|会前|上午|下午|其中|包括|邀请|委托|代表|感谢|欢迎|落实|贯彻|传达"
    "|学习|围绕|尊敬的|敬爱的|以来|之后|期间|首先|随后|接着|最后|近日|前天|[县市区镇乡局委部办厅司院校村会处所队站社室组矿厂])\\Z"
)
_AFTER = (
    "同志|讲话|作了?|主持|出席|参加|传达|通报|宣布|发言|汇报|带队|带领|[的在和与及对等同就将已也到率任为于从同向]|强调|指出|要求|表示|一行|兼任|牵头|负责|分别|亲自|调研|深入|担任"
    "|主要|会见|签|点评|总结|部署|批示|介绍|致辞|致词|要|必须|应当?|须|可以|不得|不能|具体|配合|协助|组织|协调|带头|任|代表|先后|陪同|检查|督|看望|慰问|走访|现场|专门|多次|刚才|今天"
)
_PREFIX = (
    "(?:中共|[省市县区旗州盟镇乡村处]|街道|社区|党委|党组|党工委|工委|委|政法委员?会?|纪委|监委|统战部?|组织部?|宣传部?|人大|常委会|政协|人民政府|政府|公安局?|机关|办公室|党?总?支部?"
    "|公司|集团|学校|学院|医院|车间|人武部?|武装部?|[\u4e00-\u9fff]{2,6}[局办]|教育|工会|法院|检察院|第一|首席|常务|副|总|代)+\\Z"
)
_DEPUTY = "(?:常务|第一|代)?副?代?总?\\Z"
_FORMER = ("原", "时任", "前任", "前", "老", "历任", "曾任", "现任其他")
_SPACES = " \u3000\xa0"


def _head_words() -> re.Pattern[str]:
    return compiled("|".join(sorted(HEADS, key=len, reverse=True)))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


# ── finding persons ───────────────────────────────────────────────────────────────────────────


def persons(document: Document) -> Iterator[Person]:
    """The persons that certainly stand in a text, in its order."""
    yield from document.once(_persons)


def known_names(document: Document) -> dict[str, None]:
    """The full names that the profile and the meeting file hold, in their order."""
    names = [leader.name.value for leader in document.office.leaders] if document.office else []
    if document.meeting:
        said = [document.meeting.speaker.name, *(report.person for report in document.meeting.agenda)]
        names += [name.value for name in said if name]
    return dict.fromkeys(bare for name in names if len(bare := "".join(name.split())) > 1)


def _persons(document: Document) -> tuple[Person, ...]:
    text, known = document.text, known_names(document)
    found: dict[int, Person] = {}
    posts: list[tuple[int, int]] = []  # posts before the next one, joined to it by 、 (县委副书记、县长陈志远)
    for match in document.matches(_head_words()):
        at, end = match.span()
        if text.startswith(("们", "制", "会议", "办公会", "令"), end) or text.startswith("总书记", at - 1):
            continue
        if match[0] == COMRADE:
            span = _name_before(text, at, known)
            if span:
                person = found.get(span[0])
                name = _bare(text[span[0] : span[1]])
                if person and person.end == span[1]:
                    found[span[0]] = person._replace(comrade=True, last=max(end, person.last))
                elif name not in _PUBLIC:
                    found[span[0]] = Person(span[0], span[1], name, "", True, span[0], end)
            continue
        if posts and text[posts[-1][1] : at] and not _joined(text, posts[-1][1], at):
            posts = []
        short = compiled(_DEPUTY).search(text, max(0, at - 4), at)
        start = short.start() if short else at
        before = _name_before(text, start, known) or _surname_before(text, start, known)
        if before:
            name = _bare(text[before[0] : before[1]])
            if name not in _PUBLIC:
                last = end if len(name) == 1 else before[1]
                foreign = _is_foreign(document, before[0], "")
                found[before[0]] = Person(before[0], last, name, text[start:end], False, before[0], end, foreign)
            posts = []
            continue
        long = compiled(_PREFIX).search(text, max(0, at - 14), at)
        first = long.start() if long else at
        if posts and first < posts[-1][1]:
            first = posts[-1][1] + 1
        posts.append((first, end))
        after = _name_after(text, end, known)
        if after:
            name = _bare(text[after[0] : after[1]])
            post = "、".join(text[a:b] for a, b in posts)
            if name not in _PUBLIC:
                foreign = _is_foreign(document, posts[0][0], text[posts[0][0] : posts[0][1]])
                found[after[0]] = Person(*after, name, post, False, posts[0][0], after[1], foreign)
            posts = []
    for start, end in _charged(document):
        found.setdefault(start, Person(start, end, text[start:end], "", False, start, end))
    for name in known:
        for start, end in _occurrences(text, name):
            if start not in found:
                found[start] = Person(start, end, name, "", False, start, end)
    return tuple(found[start] for start in sorted(found))


# Who is given a task or the floor: 由单春梅负责, 请刘志刚发言. What looks like a name there and is none:
_CHARGED = (
    "(?<=[由请])(?P<name>[\u4e00-\u9fff]{2,4}?)(?:负责|牵头|配合|协助|发言|表态|主持|讲话|具体|协调|落实|带队|作[了表说汇部介]"
    "|担任|任[组副总]|宣读|通报|汇报|介绍|安排|总结|点评|督办|跟进|组织|陪同|联系|包保|记录|上台|兼任|统筹|汇总|起草|审核)"
)
_NAMES_OF_BODIES = "林草 林水 卫健 卫生 卫计 段长 江苏 江西 甘肃 宁夏 党群 农牧 林场 水务 安排 任何 于是 石化 项目 钱塘"
_BODIES = frozenset(_NAMES_OF_BODIES.split())


def _charged(document: Document) -> Iterator[tuple[int, int]]:
    """The full names between 由 or 请 and a verb; a place, an office and a group are none."""
    for match in document.matches(compiled(_CHARGED)):
        start, end = match.span("name")
        name = match["name"]
        sure = len(name) > 2 or (name[0] in _SURNAMES - _SELDOM_ALONE and name[1] not in "州阳都京川江河山湖海方办")
        if sure and name not in _PUBLIC and name[:2] not in _BODIES and _is_name(name) and name[-1] not in _UNITS:
            yield start, end


_UNITS = "方办县市区镇乡局委部厅司院校村会处所队站社室组矿厂店园线段岗户家长员工人州"


def _bare(name: str) -> str:
    return "".join(name.split())


def _occurrences(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands, also one of two characters that are set apart (李　明)."""
    forms = [name] + ([f"{name[0]}{space}{name[1]}" for space in (" ", "\u3000", "  ")] if len(name) == 2 else [])
    for form in forms:
        at = text.find(form)
        while at >= 0:
            yield at, at + len(form)
            at = text.find(form, at + 1)


def _joined(text: str, before: int, at: int) -> bool:
    """Whether a post at ``at`` is listed after one that ended at ``before`` (县委副书记、县长)."""
    return text[before] == "、" and at - before <= 15 and not compiled("[，。；：\n、]").search(text, before + 1, at)


def _name_before(text: str, end: int, known: dict[str, None]) -> tuple[int, int] | None:
    """The full name that ends at ``end``, when what stands before it shows that it begins there."""
    stripped = end
    if end and text[end - 1] in _SPACES and end > 1 and _is_han(text[end - 2]):
        stripped = end - 1
    for length in (4, 3, 2):
        start = stripped - length
        if start < 0:
            continue
        name = text[start:stripped]
        if name in known or (_is_name(name) and _begins(text, start)):
            return start, stripped
    return None


def _begins(text: str, start: int) -> bool:
    if start == 0 or not _is_han(text[start - 1]):
        return True
    return bool(compiled(_BEFORE).search(text, max(0, start - 4), start)) or bool(
        _head_words().search(text, max(0, start - 3), start)
    )


def _is_name(name: str) -> bool:
    """Whether two to four characters can be a full name and nothing else."""
    if not all(map(_is_han, name)):
        return False
    if name[:2] in _COMPOUND:
        given = name[2:]
        return 1 <= len(given) <= 2 and not any(c in _NEVER_GIVEN for c in given)
    if len(name) > 3 or name[0] not in _SURNAMES or name[:2] in _NO_NAMES or name in _NO_NAMES:
        return False
    if len(name) == 3 and name[0] in _BETWEEN and name[1] in _SURNAMES and not _in_bad_pair(name[1:]):
        return False
    if len(name) == 3 and name[1:] in _NO_NAMES:
        return False
    return not any(c in _NEVER_GIVEN for c in name[1:])


def _in_bad_pair(name: str) -> bool:
    return name in _NO_NAMES or any(c in _NEVER_GIVEN for c in name)


def _surname_before(text: str, end: int, known: dict[str, None]) -> tuple[int, int] | None:
    """The surname that ends at ``end`` (陈县长), when nothing is joined to it in front."""
    for length in (2, 1):
        start = end - length
        if start < 0:
            continue
        name = text[start:end]
        family = name in _COMPOUND if length == 2 else name in _SURNAMES and name not in _SELDOM_ALONE
        family = family or any(
            other.startswith(name) and len(other) > length for other in known if length == 1 or name in _COMPOUND
        )
        if family and (start == 0 or not _is_han(text[start - 1]) or _called(text, start)):
            return start, end
    return None


_BEFORE_SURNAME = (
    "(?:[请由和与及同跟向对让给被是随陪听]|刚才|下面|邀请|委托|感谢|欢迎|落实|传达|按照|尊敬的|敬爱的|首先|随后)\\Z"
)


def _called(text: str, start: int) -> bool:
    return bool(compiled(_BEFORE_SURNAME).search(text, max(0, start - 4), start))


def _name_after(text: str, at: int, known: dict[str, None]) -> tuple[int, int] | None:
    """The full name that begins at ``at`` or after a space, when what follows shows that it ends there."""
    start = at
    while start - at < 3 and text[start : start + 1] in tuple(_SPACES):
        start += 1
    for length in (4, 3, 2):
        name = text[start : start + length]
        if len(name) == length and (name in known or (_is_name(name) and _ends(text, start + length))):
            return start, start + length
    spread = compiled(rf"[\u4e00-\u9fff][{_SPACES}]{{1,2}}[\u4e00-\u9fff]").match(text, start)
    if spread:
        name = _bare(spread[0])
        if name in known or (_is_name(name) and _ends(text, spread.end())):
            return spread.span()
    return None


def _ends(text: str, end: int) -> bool:
    return end == len(text) or not _is_han(text[end]) or bool(compiled(_AFTER).match(text, end))


def _is_foreign(document: Document, start: int, post: str) -> bool:
    """Whether a post is another place's or unit's, or a former one's, by what stands directly before it."""
    text = document.text
    before = text[max(0, start - 12) : start]
    if before.endswith(_FORMER):
        return True
    own = [name.value for name in ((document.office.region, document.office.name) if document.office else ()) if name]
    stems = [stem for name in own for stem in (name, name[:-1]) if len(stem) > 1]
    if before.endswith((*stems, *(f"中共{stem}" for stem in stems), "我", "全", "本", "中共")):
        return False
    if not before or not _is_han(before[-1]):
        return False
    if post:
        return not _connects(before)
    return before[-1] in "县市区镇乡局委部办厅司院校村会处所队站社室组矿厂"


def _connects(before: str) -> bool:
    """Whether ordinary words stand there, and no name of a place."""
    return bool(compiled(_BEFORE_SURNAME).search(before)) or before.endswith(
        (
            "了",
            "为",
            "以",
            "在",
            "的",
            "县长",
            "书记",
            "今天",
            "会上",
            "经",
            "将",
            "任",
            "中",
            "时",
            "其中",
            "现任",
            "代表",
            "受",
            "按",
        )
    )


# ── against the profile ───────────────────────────────────────────────────────────────────────

_ORDINARY = (
    "书记",
    "县长",
    "市长",
    "区长",
    "旗长",
    "镇长",
    "乡长",
    "局长",
    "主任",
    "校长",
    "院长",
    "厂长",
    "总经理",
    "董事长",
)


def _posts(leader: Leader) -> list[str]:
    return [part for part in compiled(r"[、，,/\s]+").split(leader.post.value) if part]


def _base(post: str) -> str:
    """The head of a post: 书记 of 县委副书记; "" of what is none of HEADS."""
    return next((head for head in HEADS if post.endswith(head)), "")


def _is_deputy(post: str) -> bool:
    return "副" in post[-len(_base(post)) - 2 : -len(_base(post))] if _base(post) else "副" in post


def _bare_post(post: str) -> str:
    """A post without what says whose: 副书记 of 县委副书记."""
    return ("副" if _is_deputy(post) else "") + _base(post)


def _holds(leader: Leader, post: str) -> bool:
    """Whether a leader may be called by one post: it is one of theirs, with more or less in front of it."""
    for own in _posts(leader):
        if _is_deputy(own) == _is_deputy(post) and (own.endswith(post) or post.endswith(own)):
            return True
        if own.replace("常务", "") == post.replace("常务", "") or own.replace("常务", "").endswith(post):
            return _is_deputy(own) == _is_deputy(post)
    return False


def _leaders(document: Document) -> tuple[Leader, ...]:
    return document.office.leaders if document.office else ()


def _name(leader: Leader) -> str:
    return _bare(leader.name.value)


def _parts(post: str) -> list[str]:
    return [part for part in post.split("、") if part]


def _holder(document: Document, post: str) -> Leader | None:
    """The one leader of the profile who holds a post as a whole (县长, 县委书记), none where two could be meant."""
    leaders = _leaders(document)
    exact = [leader for leader in leaders if post in _posts(leader)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    held = [leader for leader in leaders if _holds(leader, post)]
    return held[0] if len(held) == 1 and (_base(post) != "书记" or post != "书记") else None


def _leader_of(document: Document, person: Person) -> Leader | None:
    """The leader whom a person is: by full name, or by surname and post."""
    for leader in _leaders(document):
        if _name(leader) == person.name:
            return leader
    if person.full or not person.post:
        return None
    held = [leader for leader in _leaders(document)
            if _name(leader).startswith(person.name) and _holds(leader, person.post)]  # fmt: skip
    return held[0] if len(held) == 1 else None


def near(name: str, other: str) -> bool:
    """Whether one name can be the other misspelt: a character differs or is missing, or two changed places."""
    if name == other or not name or not other:
        return False
    if len(name) == len(other):
        unlike = [n for n, (a, b) in enumerate(zip(name, other, strict=True)) if a != b]
        if len(unlike) == 1:
            return True
        swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1
        return swapped and name[unlike[0]] == other[unlike[1]] and name[unlike[1]] == other[unlike[0]]
    if abs(len(name) - len(other)) == 1 and min(len(name), len(other)) >= 2 and name[0] == other[0]:
        short, long = sorted((name, other), key=len)
        return any(long[:n] + long[n + 1 :] == short for n in range(1, len(long)))
    return False


def _misspelt(document: Document) -> list[tuple[int, int, Leader]]:
    """Names that are a leader's but for a character, told by the post beside them."""
    text, leaders = document.text, _leaders(document)
    if not leaders:
        return []
    names = {_name(leader) for leader in leaders} | set(known_names(document))
    found: dict[int, tuple[int, int, Leader]] = {}
    for person in persons(document):
        if not person.full or person.name in names or person.foreign:
            continue
        for leader in leaders:
            posts = _parts(person.post)
            fits = any(_holds(leader, post) or (_holder(document, post) and len(person.name) > 2) for post in posts)
            longer = (
                max(len(person.name), len(_name(leader))) > 2 and document.text[person.start - 1 : person.start] != "由"
            )
            if near(person.name, _name(leader)) and (fits if posts else longer and len(person.name) == 3):
                found[person.start] = (person.start, person.end, leader)
    for match in document.matches(_head_words()):  # what is no name of its own: 除怀民书记, 郑怀名书记
        at, end = match.span()
        for leader in leaders:
            name, size = _name(leader), len(_name(leader))
            if size < 3 or (match[0] != COMRADE and not any(_base(post) == match[0] for post in _posts(leader))):
                continue
            for start in (at - size, at - size - 1 if text[at - 1 : at] == "副" else -1, end):
                said = text[max(0, start) : start + size]
                if start >= 0 and len(said) == size and said not in names and near(said, name) and _whole(said):
                    found.setdefault(start, (start, start + size, leader))
    return [found[start] for start in sorted(found)]


def _whole(said: str) -> bool:
    """Whether the characters beside a post can be one name: no mark, no word that only leads up to a name."""
    return all(map(_is_han, said)) and said[-1] not in "的和与及" and said[0] not in _NOT_FIRST


_NOT_FIRST = "请由和与及同跟向对让给将被是随陪叫听受为在了按照据以经的县市区镇乡局委部办厅司院校村会处所队站社室组矿厂"


def find_misspelt(document: Document, rule: Rule) -> Iterator[Hit]:
    """A leader's name with a character wrong, missing or out of place."""
    for start, end, leader in document.once(_misspelt):
        name = _name(leader)
        yield Hit(start, end, {"词": _bare(document.text[start:end]), "姓名": name, "职务": leader.post.value}, name)


def find_wrong_post(document: Document, rule: Rule) -> Iterator[Hit]:
    """A leader by full name with a post that another leader holds, or that is another body's."""
    leaders = _leaders(document)
    heads = {_base(post) for leader in leaders for post in _posts(leader)}
    for person in persons(document):
        leader = _leader_of(document, person) if person.full else None
        if leader is None or not person.post or person.foreign:
            continue
        for post in _parts(person.post):
            if "第一" in post or "党组" in post or "兼" in post or _holds(leader, post):
                continue
            others = any(post in _posts(other) for other in leaders if other is not leader)
            same_head = any(_bare_post(own) == _bare_post(post) for own in _posts(leader))
            plain = post == _bare_post(post) and _base(post) in heads and _base(post) in _ORDINARY
            if others or same_head or plain:
                yield Hit(
                    person.first,
                    max(person.last, person.end),
                    {"姓名": person.name, "词": post, "职务": leader.post.value},
                )
                break


def find_other_holder(document: Document, rule: Rule) -> Iterator[Hit]:
    """A leader's post with the name of somebody whom the profile does not know: a former leader left over."""
    names = set(known_names(document))
    told = {start for start, _, _ in document.once(_misspelt)}
    for person in persons(document):
        if not person.full or person.foreign or person.name in names or person.start in told:
            continue
        for post in _parts(person.post):
            leader = _holder(document, post)
            if leader and not _is_deputy(post) and post != COMRADE:
                values = {"词": post, "姓名": person.name, "应为": _name(leader)}
                yield Hit(person.start, person.end, values, _name(leader))
                break


def find_other_surname(document: Document, rule: Rule) -> Iterator[Hit]:
    """王县长 where the profile has neither a 县长 nor a 副县长 of that surname."""
    for person in persons(document):
        if person.full or person.foreign or "副" in person.post or _base(person.post) not in _ORDINARY:
            continue
        leader = _holder(document, person.post)
        surnames = {_name(other) for other in _leaders(document)} | set(known_names(document))
        if leader and not any(name.startswith(person.name) for name in surnames):
            values = {"词": f"{person.name}{person.post}", "姓名": _name(leader), "职务": leader.post.value}
            yield Hit(person.start, person.end, values, f"{_name(leader)[0]}{person.post}")


def _lists(document: Document) -> list[list[Person]]:
    """Persons that are listed side by side: 郑怀民书记、陈志远县长."""
    found: list[list[Person]] = []
    text = document.text
    row: list[Person] = []
    for person in persons(document):
        if row and patterns.compiled(rf"[{_SPACES}]*(?:、|和|与|及|以及|，)[{_SPACES}]*").fullmatch(
            text[row[-1].last : max(row[-1].last, person.first)]
        ):
            row.append(person)
            continue
        if len(row) > 1:
            found.append(row)
        row = [person]
    return [*found, row] if len(row) > 1 else found


def find_rank(document: Document, rule: Rule) -> Iterator[Hit]:
    """Leaders listed in another order than the profile's."""
    leaders = _leaders(document)
    ranks = {_name(leader): rank for rank, leader in enumerate(leaders)}
    for row in document.once(_lists):
        ranked = [(ranks[_name(leader)], person) for person in row if (leader := _leader_of(document, person))]
        if any(later[0] < earlier[0] for earlier, later in pairwise(ranked)):
            first, last = ranked[0][1].first, ranked[-1][1].last
            order = [
                document.text[person.first : person.last] for _, person in sorted(ranked, key=lambda item: item[0])
            ]
            names = [_name(leaders[rank]) for rank in sorted(rank for rank, _ in ranked)]
            whole = len(ranked) == len(row)
            yield Hit(first, last, {"名单": "、".join(names)}, "、".join(order) if whole else "")


def find_comrade(document: Document, rule: Rule) -> Iterator[Hit]:
    """同志 after some names of a list and not after others; after the last alone it stands for all."""
    for row in document.once(_lists):
        said = [person.comrade for person in row]
        if any(said[:-1]) and not all(said):
            bare = next(person for person in row if not person.comrade)
            yield Hit(row[0].first, row[-1].last, {"姓名": bare.name})


# ── the speaker ───────────────────────────────────────────────────────────────────────────────

_SAYS = ("要求", "强调", "指出", "讲话", "的讲话", "说的", "提出", "安排", "部署")


def _speaker(document: Document) -> tuple[str, str]:
    """Name and post of the speaker: the meeting file's, completed from the profile; else the byline's."""
    meeting, leaders = document.meeting, _leaders(document)
    if meeting:
        post, name = meeting.speaker.post.value, meeting.speaker.name
        if name:
            known = next((leader.post.value for leader in leaders if _name(leader) == _bare(name.value)), "")
            return _bare(name.value), post or known
        held = [
            leader
            for leader in leaders
            if post
            and (
                post == leader.post.value or post == _name(leader) or any(_holds(leader, part) for part in _parts(post))
            )
        ]
        exact = [leader for leader in held if post in _posts(leader)] or held
        return (_name(exact[0]), exact[0].post.value) if len(exact) == 1 else ("", post)
    for person in persons(document):
        line = document.line_at(person.start)
        if line is not None and line.kind == "byline" and person.full:
            return person.name, person.post
    return "", ""


def find_own_post(document: Document, rule: Rule) -> Iterator[Hit]:
    """The speaker speaking of himself as of another: 陈县长要求 in his own speech."""
    name, post = document.once(_speaker)
    if not name:
        return
    for person in persons(document):
        line = document.line_at(person.start)
        if line is None or line.kind in ("title", "byline", "date") or not person.post:
            continue
        leader = _leader_of(document, person)
        held = {_bare_post(part) for part in _parts(post)}
        same = _name(leader) == name if leader else _bare_post(person.post) in held
        own = person.name == name or (not person.full and name.startswith(person.name) and same)
        if own and not person.foreign and document.text.startswith(_SAYS, person.last):
            yield Hit(person.first, person.last, {"词": document.text[person.first : person.last]})


def find_byline(document: Document, rule: Rule) -> Iterator[Hit]:
    """A byline with another name or post than the meeting file's speaker has."""
    name, post = document.once(_speaker)
    if document.meeting is None:
        return
    named = {person.start: person for person in persons(document)}
    for line in document.lines:
        if line.kind != "byline":
            continue
        inside = [person for start, person in named.items() if line.start <= start < line.end and person.full]
        said = _bare(line.text.strip("（）() "))
        if not inside and 2 <= len(said) <= 4 and _is_name(said):
            at = line.start + len(line.text) - len(line.text.lstrip("（( \u3000"))
            inside = [Person(at, at + len(line.text.strip("（）() \u3000")), said)]
        for person in inside[:1]:
            if name and person.name != name:
                yield Hit(person.start, person.end, {"词": person.name, "应为": name}, name)
            elif person.post and post and not _agree(document, person, name, post):
                start = document.text.index(person.post.split("、")[0], line.start)
                yield Hit(start, start + len(person.post), {"词": person.post, "应为": post}, post)


def _agree(document: Document, person: Person, name: str, post: str) -> bool:
    """Whether a post written in the byline is the speaker's: the meeting file's, or one of the profile's."""
    written = _parts(person.post)
    own = [*_parts(post), *(part for leader in _leaders(document) if _name(leader) == name for part in _posts(leader))]
    return any(_is_deputy(a) == _is_deputy(b) and (a.endswith(b) or b.endswith(a)) for a in written for b in own)


# ── the text against itself ───────────────────────────────────────────────────────────────────


def find_two_spellings(document: Document, rule: Rule) -> Iterator[Hit]:
    """Two names that differ by a character and share a post: the rarer, or the later."""
    told = {start for start, _, _ in document.once(_misspelt)}
    full = [person for person in persons(document) if len(person.name) > 2]
    counts = Counter(person.name for person in full)
    posts: dict[str, set[str]] = {}
    for person in full:
        posts.setdefault(person.name, set()).update(_bare_post(part) for part in _parts(person.post))
    known = set(known_names(document))
    for one, other in combinations(counts, 2):
        if not near(one, other) or len(one) != len(other) or (one in known and other in known):
            continue
        if posts[one] and posts[other] and not posts[one] & posts[other]:
            continue
        rare, usual = (one, other) if (counts[one], one in known) < (counts[other], other in known) else (other, one)
        for person in full:
            if person.name == rare and person.start not in told:
                yield Hit(person.start, person.end, {"词": rare, "姓名": usual}, usual)


def find_two_posts(document: Document, rule: Rule) -> Iterator[Hit]:
    """One name as 县长 here and as 书记 there; where the profile knows the person, its own rule tells."""
    known = {_name(leader) for leader in _leaders(document)}
    seen: dict[str, Person] = {}
    joint: dict[str, set[str]] = {}
    for person in persons(document):
        parts = {_bare_post(part) for part in _parts(person.post)} & set(_ORDINARY)
        if not person.full or person.name in known or not parts or person.foreign:
            continue
        first = seen.setdefault(person.name, person)
        before = joint.setdefault(person.name, set())
        if len(before | parts) > 1 and not before & parts and len(_parts(first.post)) == len(_parts(person.post)) == 1:
            values = {"姓名": person.name, "词": person.post, "先": first.post}
            yield Hit(person.first, person.last, values)
        before |= parts


CHECKS = {
    "写错姓名": Check(find_misspelt, values=("词", "姓名", "职务")),
    "职务不符": Check(find_wrong_post, values=("词", "姓名", "职务")),
    "另有其人": Check(find_other_holder, values=("词", "姓名", "应为")),
    "姓氏不符": Check(find_other_surname, values=("词", "姓名", "职务")),
    "排序": Check(find_rank, values=("名单",)),
    "同志": Check(find_comrade, values=("姓名",)),
    "自称职务": Check(find_own_post, values=("词",)),
    "署名": Check(find_byline, values=("词", "应为")),
    "前后两名": Check(find_two_spellings, values=("词", "姓名")),
    "前后两职": Check(find_two_posts, values=("姓名", "词", "先")),
}
