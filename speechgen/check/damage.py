"""残留: what the web, a font or a wrong encoding left in a text: watermarks, page chrome, pinyin, stray characters.

Most looks ask first which characters the text holds at all, so that a clean text costs next to nothing.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from speechgen import patterns
from speechgen.check.document import Document
from speechgen.check.kind import Check
from speechgen.check.rule import Hit, Rule
from speechgen.check.shape import Line

_MANY = 20  # more finds of one sort than this are told once, with their number
_BLANKS = " \t\u3000\xa0"
_HAN = "\u4e00-\u9fff"
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_SYLLABLE = f"[a-zü{_TONES}]{{1,6}}"


# ── characters ────────────────────────────────────────────────────────────────────────────────


class Characters(NamedTuple):
    """What characters outside GB 2312 may be: traditional → simplified, (what is left of one, reading) → simplified."""

    simplified: dict[str, str]
    lost: dict[tuple[str, str], str]


@cache
def characters() -> Characters:
    """The tables of ``traditional.txt``, read when a text first needs them."""
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    pairs = lines[1]
    lost = {(word[0], word[1:-1]): word[-1] for word in lines[2].split()}
    return Characters(dict(zip(pairs[::2], pairs[1::2], strict=True)), lost)


# Characters that stand for others after a conversion from PDF or by look; "" where only the original can tell.
_SLIPS = dict(
    pair.split(":")
    for pair in [
        "臵:置",
        "臶:帜",
        "膯:",
        "癿:的",
        "丌:不",
        "収:",
        "觃:规",
        "弼:",
        "刡:到",
        "迖:达",
        "叐:受",
        "乀:",
        "幵:并",
        "兲:关",
        "徂:径",
        "揑:插",
        "忚:快",
        "仸:任",
        "呾:和",
        "叏:取",
        "徆:很",
        "亊:事",
        "乊:之",
        "丏:且",
        "刜:初",
        "迚:进",
        "栺:格",
        "叧:另",
        "彔:录",
        "朮:术",
        "迓:还",
        "迠:建",
        "旳:的",
        "値:值",
        "岀:出",
        "亽:令",
        "戓:或",
        "囻:国",
        "仂:",
        "屮:",
        "エ:工",
        "カ:力",
        "ニ:二",
        "ハ:八",
        "ロ:口",
        "タ:夕",
        "ト:卜",
        "ー:一",
        "ㄧ:一",
        "ㄟ:",
        "の:的",
    ]
)
_RADICALS = dict(
    zip(
        "⺁⺌⺍⺕⺙⺝⺟⺠⺢⺤⺩⺫⺬⺮⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂小小彐攵月母民水爪王目示竹虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)


def _unusual(document: Document) -> str:
    """The characters of the text that GB 2312 does not hold, each once."""
    found: set[str] = set()

    def note(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeEncodeError)
        found.update(error.object[error.start : error.end])
        return "", error.end

    codecs.register_error("speechgen.unusual", note)
    document.text.encode("gb2312", "speechgen.unusual")  # twenty times as fast as a set of all characters
    return "".join(sorted(found))


def _unusual_han(document: Document) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in document.once(_unusual))


def _ascii(document: Document) -> frozenset[str]:
    """The half-width characters that the text holds at all."""
    return frozenset(map(chr, document.text.encode("ascii", "ignore"))) - {"\x7f"}


_LOOKALIKES = "丌亍伒エカニハロタトーの"  # of _SLIPS, those that GB 2312 holds


@cache
def _strays_pattern() -> re.Pattern[str]:
    return patterns.compiled(
        f"[{_TONES}{_LOOKALIKES}\u0400-\u052f\u3041-\u30fa\u30fc-\u312f\uff66-\uff9f\uac00-\ud7af]"
    )


def _strays(document: Document) -> frozenset[str]:
    """Which letters with tone marks, letters of other scripts and characters like them the text holds."""
    return frozenset(_strays_pattern().findall(document.text))


def _runs(text: str, of: Iterable[str]) -> Iterator[re.Match[str]]:
    """Each run of the characters ``of`` in the text."""
    inside = "".join(map(re.escape, of))
    return re.finditer(f"[{inside}]+", text) if inside else iter(())


def _told(hits: Iterable[Hit], remedy: str) -> Iterator[Hit]:
    """The finds; of very many only the first, which says how many there are and what to do with all of them."""
    found = list(hits)
    if len(found) <= _MANY:
        yield from found
    else:
        yield found[0]._replace(
            values={**found[0].values, "注": f"全文共有{len(found)}处，{remedy}"}, suggestion="", safe=False
        )


def _hit(match: re.Match[str], right: str = "", safe: bool = False, note: str = "") -> Hit:
    return Hit(match.start(), match.end(), {"词": match[0], "改": right, "注": note}, right, safe)


def _covered(document: Document, *looks: Callable[[Document], list[Hit]]) -> bytearray:
    """A one for each character that one of the looks has found; empty when they found nothing."""
    hits = [hit for look in looks for hit in document.once(look)]
    covered = bytearray(len(document.text) if hits else 0)
    for hit in hits:
        covered[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    return covered


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end


def find_traditional(document: Document, rule: Rule) -> Iterator[Hit]:
    """Traditional characters in a simplified text, run by run, with the simplified form."""
    single = [c for c in "後麽" if c in document.text]  # GB 2312 has these
    if not single and not document.once(_unusual_han):
        return
    simplified = characters().simplified
    taken = _covered(document, _annotated, _misread, _shifted)
    yield from _told(
        (
            _hit(match, "".join(map(simplified.__getitem__, match[0])))
            for match in _runs(document.text, [*(c for c in document.once(_unusual) if c in simplified), *single])
            if not any(taken[match.start() : match.end()])
        ),
        "请先把全文转换成简体（Word 在「审阅」里点「繁转简」），再审校一遍。",
    )


def find_slips(document: Document, rule: Rule) -> Iterator[Hit]:
    """Characters that a conversion put in the place of others, and letters of other scripts."""
    unusual = document.once(_unusual)
    strays = document.once(_strays)
    wrong = [c for c in {*unusual, *strays} if c in _SLIPS and c not in "亍"]
    strange = [c for c in strays if _is_foreign(c) and c not in _SLIPS]
    text = document.text
    hits = []
    for match in _runs(text, wrong):
        right = [_SLIPS[character] for character in match[0]]
        hits.append(_hit(match, "".join(right) if all(right) else ""))
    for match in _runs(text, strange):
        wide = match[0][0] >= "\uff00"  # half-width kana
        hits.append(_hit(match, unicodedata.normalize("NFKC", match[0]) if wide else ""))
    if "亍" in text:
        hits += [_hit(m, "于") for m in patterns.compiled("(?<!彳)亍").finditer(text)]
    misread = _covered(document, _misread)
    clean = (hit for hit in sorted(hits, key=_place) if not any(misread[hit.start : hit.end]))
    yield from _told(clean, "请对照原件改正，或换一个来源重新复制。")


def _is_foreign(character: str) -> bool:
    """Kana, hangul, Cyrillic."""
    return character >= "\u0400" and (
        character <= "\u052f" or "\u3041" <= character <= "\u30fa" or "\u30fc" <= character <= "\u312f"
        or "\uff66" <= character <= "\uff9f" or "\uac00" <= character <= "\ud7af"
    )  # fmt: skip


def find_radicals(document: Document, rule: Rule) -> Iterator[Hit]:
    """Radicals and compatibility characters that look like the usual ones but are others."""
    unusual = document.once(_unusual)
    known = {c: _RADICALS.get(c) or unicodedata.normalize("NFKC", c) for c in unusual if _is_double(c)}
    wrong = [c for c, usual in known.items() if usual != c]
    yield from _told((_hit(match, "".join(known[c] for c in match[0]), True) for match in _runs(document.text, wrong)),
                     "请换成通常的汉字，或换一个来源重新复制。")  # fmt: skip


def _is_double(character: str) -> bool:
    return "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff" or character >= "\U0002f800"


def find_invisible(document: Document, rule: Rule) -> Iterator[Hit]:
    """Characters that nobody sees: zero width, direction marks, soft hyphens, control characters."""
    if patterns.compiled(f"[{_INVISIBLE}]").search(document.once(_unusual)) is None and not any(
        c < " " for c in document.once(_ascii) - {"\n", "\t"}
    ):
        return
    for match in patterns.compiled(f"[{_INVISIBLE}]+").finditer(document.text):
        names = "、".join(dict.fromkeys(f"U+{ord(c):04X}" for c in match[0]))
        yield Hit(match.start(), match.end(), {"词": names, "改": "", "注": ""}, "", True)


# ── encodings ─────────────────────────────────────────────────────────────────────────────────


@cache
def _misread_pattern() -> re.Pattern[str]:
    seeds = "锛銆鐨鏄鍦鎴鍜鍙鎬鏂鏈鍏鍒鍚鎵鎺缁鐢瀹浠璇闂缃鍔鍥鐜鏁骞鎶"
    sure = "锛銆鐨鏄鍦鍜鍙鎬鏂鏈鍏鍒鍚鎵鎺鍔鍥鐜鏁"
    latin = "[\xa1-\xff‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ€]"
    return patterns.compiled(
        "|".join((
            "\ufffd+",
            "(?:锟斤拷|锟斤|斤拷)+锟?",
            "烫{3,}|屯{3,}",
            "[\ue000-\uf8ff]+",
            rf"[ÃÂâåäæçïðîãÅ]{latin}[\xa0-\xff‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ€“”–—…\xad]*",
            rf"[\xa1-\xff]{latin}{{3,}}",
            rf"[{sure}][{_HAN}\ue000-\uf8ff€]{{0,2}}(?:[{seeds}][{_HAN}\ue000-\uf8ff€]{{0,2}})+",
        ))
    )  # fmt: skip


def _misread(document: Document) -> list[Hit]:
    """What a wrong encoding made of a text."""
    known = document.once(_by_pattern)
    taken = _covered(document, _by_pattern)
    return sorted([*known, *(hit for hit in _gibberish(document) if not any(taken[hit.start : hit.end]))], key=_place)


def _by_pattern(document: Document) -> list[Hit]:
    text = document.text
    telling = patterns.compiled("[\xa1-\xff\ufffd\ue000-\uf8ff鐨鏄鍦鍜鍙鎬鏂鏈鍏鍒鍚鎵鎺鍔鍥鐜鏁锛]")
    signs = telling.findall(document.once(_unusual))
    signs += [word for word in ("锟斤", "斤拷", "烫烫烫", "屯屯屯", "銆") if word in text]
    if not signs:
        return []
    latin = patterns.compiled("[\xa1-\xff][\xa1-\xff‚ƒ„†‡ˆ‰Š‹ŒŽ•˜™š›œžŸ€]")  # one alone, like ·, tells nothing
    sure = {"锛", *latin.findall(text), *(sign for sign in signs if not "\xa1" <= sign <= "\xff")}
    pattern = _misread_pattern()
    return [
        _hit(match) for line in document.lines_with(*sure) for match in pattern.finditer(text, line.start, line.end)
    ]


def _gibberish(document: Document) -> list[Hit]:
    """Runs of characters that are neither of today's set nor traditional: UTF-8 read as GBK and the like."""
    unusual = [c for c in document.once(_unusual) if "\u4e00" <= c <= "\u9fff"]
    if len(unusual) < 3:
        return []
    odd = "".join(c for c in unusual if c not in characters().simplified and c not in _SLIPS)
    if len(odd) < 3:
        return []
    pattern = rf"[{odd}](?:[{_HAN}\u3041-\u30fe\u2500-\u25ff]{{0,3}}[{odd}]){{2,}}[{_HAN}\u3041-\u30fe]?"
    return [_hit(match) for match in re.finditer(pattern, document.text)]


def find_misread(document: Document, rule: Rule) -> Iterator[Hit]:
    """Text read in the wrong encoding, and characters that only one font knows."""
    yield from _told(document.once(_misread), "请从原件重新复制，或换一种编码打开原文件。")


@cache
def _code_pattern() -> re.Pattern[str]:
    tags = (
        "p|br|div|span|a|strong|b|i|u|em|font|td|tr|th|table|tbody|img|h[1-6]|o:p|li|ul|ol|script|style|center|"
        "section|hr|input"
    )
    return patterns.compiled(
        "|".join((
            r"&(?:nbsp|lt|gt|amp|quot|[lr]dquo|[lr]squo|hellip|[mn]dash|middot|e[mn]sp|times|#\d{1,6}|"
            r"#x[0-9a-fA-F]{1,5});?",
            rf"</?(?:{tags})\b[^<>\n]{{0,200}}>",
            r"<!--[^\n]{0,200}?-->",
            r"\\[rnt]|\\u[0-9a-fA-F]{4}",
            r"(?:%[0-9A-F]{2}){3,}",
            r"x0d(?:x0a)?",
            r"@page[ ]?\{[^{}\n]{0,200}\}",
            r"\{[ ]?(?:[a-z-]{2,20}:[^{}\n:;]{1,60};? ?){1,20}\}",
            r"\[/?(?:b|url|img|size|color|font)(?:=[^\]\n]{0,60})?\]",
            r"javascript:[^\s，。]{0,60}|document\.write[^\s，。]{0,60}",
        ))
    )  # fmt: skip


@cache
def _escaped() -> re.Pattern[str]:
    return patterns.compiled(r"%[0-9A-F]{2}%|document\.write")


def find_code(document: Document, rule: Rule) -> Iterator[Hit]:
    """What the source of a page left: tags, entities, styles, escapes."""
    text, signs = document.text, document.once(_ascii)
    if signs & set("&<\\@{[") or "x0d" in text or "javascript" in text or ("%" in signs and _escaped().search(text)):
        yield from _told((_hit(match) for match in document.matches(_code_pattern())), "请从原件重新复制，只粘贴文字。")


# ── pinyin, and bytes out of step ─────────────────────────────────────────────────────────────


# Readings that are rightly given in a copy for the lectern: surnames and places said otherwise than usual.
_SAID_OTHERWISE = frozenset(
    "仇单解查盖朴区任华缪乐曾召秘折繁员覃冼逄郗尉迟万俟六番亳蔚铅台丽浚泌荥阿洪洞歙黟涡阆犍郫夏那宁种纪訾"
)


@cache
def _annotation_pattern() -> re.Pattern[str]:
    return patterns.compiled(rf"[（(](?P<reading>{_SYLLABLE})[）)]")


@cache
def _bare_pattern() -> re.Pattern[str]:
    return patterns.compiled(rf"[{_TONES}](?:['’]?[a-zü{_TONES}]){{0,20}}")


def _toned(document: Document) -> frozenset[str]:
    return document.once(_strays) & set(_TONES)


def _annotated(document: Document) -> list[Hit]:
    """Characters with their pinyin in brackets, as pages made for learners have them."""
    if not document.once(_toned) and not ("(" in document.once(_ascii) and document.once(_unusual_han)):
        return []
    text, simplified, hits = document.text, characters().simplified, []
    for match in _annotation_pattern().finditer(text):
        start, reading = match.start() - 1, match["reading"]
        han = text[start] if start >= 0 else ""
        if not "\u4e00" <= han <= "\u9fff" or han in _SAID_OTHERWISE:
            continue
        toned = not set(reading).isdisjoint(_TONES)
        if han in simplified or (toned and _is_common(han)):
            right = simplified.get(han, han)
            hits.append(Hit(start, match.end(), {"词": text[start : match.end()], "改": right, "注": ""}, right))
    return hits


def _is_common(han: str) -> bool:
    """Whether it is of the first level of GB 2312, which nobody needs the reading of."""
    return b"\xb0" <= han.encode("gb2312", "replace")[:1] <= b"\xd7"


def find_pinyin(document: Document, rule: Rule) -> Iterator[Hit]:
    """Pinyin after common characters, and pinyin that stands in the place of a word."""
    if not document.once(_toned) and not document.once(_annotated):
        return
    text = document.text
    taken = _covered(document, _annotated, _shifted)
    hits = list(document.once(_annotated))
    for match in _bare_pattern().finditer(text):
        start = match.start()
        while start and text[start - 1].isascii() and text[start - 1].isalpha():
            start -= 1
        around = text[start - 1 : start] + text[match.end() : match.end() + 1]
        if around.strip("（）() \n") and not any(taken[start : match.end()]):
            hits.append(Hit(start, match.end(), {"词": text[start : match.end()], "改": "", "注": ""}))
    yield from _told(sorted(hits, key=_place), "请先整篇去掉注音、转换成简体，再审校一遍。")


@cache
def _shifted_pattern() -> re.Pattern[str]:
    stray = r"[^\x00-\u2fff，。！？；：、“”‘’（）《》\uff00-\uffef]"
    return patterns.compiled(
        "|".join((
            rf"(?P<left>[A-Za-z?])[（(](?P<reading>{_SYLLABLE})[）)](?=[{_HAN}])",  # F(xiàn)在
            rf"[?？]{_SYLLABLE}[）)]",  # ?shù)
            rf"(?P<asked>[?？]{{1,4}}[a-zA-Z{_HAN}\ue000-\uf8ff]{stray}?)",  # ?h委, ?傊
            rf"(?<=[{_HAN}])(?P<stop>\?)(?=[！，。、；：])",
        ))
    )  # fmt: skip


# Words that make a sentence a question.
_ASKING = patterns.compiled(
    "[吗呢么谁哪何几怎吧否多啥]|是不是|能不能|会不会|有没有|好不好|行不行|对不对|该不该|为什|敢不敢|愿不愿|难道|岂"
)


def _shifted(document: Document) -> list[Hit]:
    """Characters that lost a byte: a letter or a question mark stands where a character was."""
    if not document.once(_ascii) & {"?", "("} and not document.once(_toned):
        return []
    text, lost, hits = document.text, characters().lost, []
    for match in _shifted_pattern().finditer(text):
        start = match.start()
        if match["stop"]:
            if not _ASKING.search(_clause(text, start)):
                hits.append(_hit(match))
        elif match["reading"]:
            before = text[start - 1 : start]
            if set(match["reading"]).isdisjoint(_TONES) or (before.isascii() and before.isalnum()):
                continue
            right = lost.get((match["left"], match["reading"]), "")
            hits.append(_hit(match, right))
        elif match["asked"] is None:
            if not set(match[0]).isdisjoint(_TONES):
                hits.append(_hit(match))
        else:
            hits += _questioned(text, match)
    return hits


def _questioned(text: str, match: re.Match[str]) -> Iterator[Hit]:
    """Whether a question mark in mid-sentence is what is left of a character."""
    start, said = match.start(), match[0].lstrip("?？")
    if said == match[0] or "？" in match[0]:
        return
    at = match.end() - len(said)  # what comes after the question marks
    clause = _clause(text, start)
    after = text[at + 1 : at + 2]
    rare = not _is_in_gb2312(said[0])
    letter = said[0].isascii() and said[0].isalpha() and "\u4e00" <= after <= "\u9fff"
    opens = not clause.strip(_BLANKS)
    middle = "\u4e00" <= text[start - 1 : start] <= "\u9fff" and not _ASKING.search(clause)
    if (
        rare
        or (letter and (opens or middle))
        or (not said[0].isascii() and opens and at - start == 1)
        or (middle and not said[0].isascii() and len(clause) < 6)
    ):
        yield Hit(start, at + 1, {"词": text[start : at + 1], "改": "", "注": ""})


def _clause(text: str, end: int) -> str:
    """What was said since the last stop."""
    return patterns.compiled("[，。！？；：\n?]").split(text[max(0, end - 40) : end])[-1]


def _is_in_gb2312(character: str) -> bool:
    return character.encode("gb2312", "ignore") != b""


def find_shifted(document: Document, rule: Rule) -> Iterator[Hit]:
    """Characters that lost a byte, with what they were where their reading tells."""
    yield from _told(document.once(_shifted), "请换一个来源重新复制。")


# ── watermarks and page chrome ────────────────────────────────────────────────────────────────


@cache
def _site() -> str:
    return (
        "(?:第一公文网|中国公文网|公文站|公文网|公文汇|公文之家|中国文秘网|中国文秘|文秘网|文秘家园|文秘资源网|"
        "文秘站|文秘之家|秘书网|秘书之家|老秘网|"
        "大秘书网|好秘书|笔杆子素材库|笔杆子网|笔杆子|第一范文网?|中国范文网?|范文网|范文大全|范文之家|老金范文|"
        "无忧公文|瑞文网|应届毕业生网|出国留学网|"
        "百度文库|豆丁网|道客巴巴|原创力文档|人人文库|金锄头文库|爱问共享资料|新浪爱问|冰豆网|文档之家|莲山课件|"
        "工作总结网|个人总结网|查字典范文网|"
        "论文网|作文网|代写网|写稿网|讲话稿网|演讲稿网|德育素材网|素材网|好范文网|精品文档网?)"
    )


_OPENING, _CLOSING = "〔【［（｛〈\\[({<", "〕】］）｝〉\\])}>"


@cache
def _signed_pattern() -> re.Pattern[str]:
    """A stretch in brackets that only a site would put there."""
    opening, closing = _OPENING, _CLOSING
    inside = f"[^{opening}{closing}\\n]"
    own = "(?:文库|范文|文秘|秘书|公文|写作|写手|笔杆|文档|素材|讲话稿|演讲稿|公众号|课件)"
    done = "(?:收集|整理|搜集|提供|首发|原创|编辑|采编|转载|荐|下载)"
    state = "(?!政府|政务|[^网]{0,8}(?:电|水|路|官|互联|政府|政务|新华|人民|门户)网)"
    few = f"[^{opening}{closing}，。；：\\n]"
    return patterns.compiled(
        f"[〔【［\\[]{inside}{{0,12}}{own}{inside}{{0,12}}[〕】］\\]]"
        f"|[（(]{few}{{0,8}}(?:文库|范文)(?!另|附){few}{{0,8}}[）)]"
        f"|[（(]{few}{{0,8}}{own}{few}{{0,3}}[网站吧库]{few}{{0,6}}[）)]"
        f"|[（(]{few}{{0,8}}(?:文秘|秘书|公文|写作|笔杆)(?:之家|家园|大全|论坛|平台|助手)?{few}{{0,1}}{done}{few}{{0,2}}[）)]"
        rf"|[〔【［\[]{few}{{2,14}}(?:网|帮|论坛|之家|工作室|资料库)[〕】］\]]"
        rf"|[{opening}](?:更多|全文|完整版|原文)(?!内容见附|见附){few}{{0,10}}(?:[见看搜在请]|关注|访问|点击){few}{{1,14}}(?<!附件)[{closing}]"
        f"|[{opening}](?:来源|出处|转自|摘自|选自|来自)[：:]?{few}{{1,14}}(?:网|库|站|帮|公众号)[{closing}]"
        f"|[{opening}]{state}{few}{{1,10}}[网站][ \u3000]?{done}{few}{{0,2}}[{closing}]"
    )


@cache
def _watermark_pattern() -> re.Pattern[str]:
    opening, closing = _OPENING, _CLOSING
    url = (
        r"(?:https?[：:]//[A-Za-z0-9]|[wW]{3}[．.。][A-Za-z0-9]|ｗｗｗ[．.。])"
        r"[A-Za-z0-9ａ-ｚ．.。/_?=&%#~:-]{0,200}[A-Za-z0-9ａ-ｚ/]"
    )
    host = r"[A-Za-z0-9-]{2,30}\.(?:com|net|org|cn|cc)(?:\.cn)?(?:/[A-Za-z0-9./_?=&%-]*)?(?![A-Za-z])"
    site = _site()
    inside = f"[^{opening}{closing}\\n]"
    by = "(?:收集整理|搜集整理|整理发布|整理提供|整理|收集|提供|原创|首发|发布|转载|欢迎您)?"
    body = "|".join((
        rf"(?:更多|请|访问|登录|关注|本站|网址|网站)[^，。！？；\n]{{0,20}}?{url}",
        rf"{site}[ \u3000]?(?:{url}|{host})",
        url,
        host,
        rf"(?:本文|此文|文章|资料|原文|内容|以上|转载|本资料)(?:由|来自|来源于|来源|出自|转自|转载自|摘自|选自|"
        rf"源自|自)[：:]?[^，。！？；\n{closing} ]{{0,20}}?(?:网站?|文库|论坛|公众号|站|之家|范文|"
        rf"公文)(?![络上点])(?:[ \u3000]?[A-Za-z.]{{4,30}})?{by}",
        rf"(?:文章|资料|信息|内容|本文|稿件)来源[：:][^，。！？；\n{closing} ]{{2,20}}",
        rf"更多[^，。！？\n]{{0,20}}?(?:访问|登录|尽在|关注|搜索|请点击)[：:]?[^，。"
        rf"！？\n{closing}]{{0,16}}?(?:网站?|文库|站|"
        rf"公众号(?:[：:“]{{1,2}}[一-龥A-Za-z0-9]{{1,12}}”?)?)(?![络上点])",
        r"(?:本文档?|本资料|此文档?|文档)(?:由|来源于|来自|源于|仅供)[^，。\n]{0,20}?(?:上传分享|上传|分享|网络|"
        r"互联网|学习交流|参考学习)(?:，?请(?:在|于)?下载后[^，。\n]{0,4}24小时[^。\n]{0,10})?",
        r"欢迎(?:下载|转载|访问本站)[^，。！？；\n]{0,12}",
        r"(?:转载|引用)请注明[^，。！？；\n]{0,16}",
        rf"版权所有[^，。！？\n{closing}]{{0,20}}|未经(?:许可|授权|允许|同意)[^，。\n]{{0,6}}(?:转载|复制)[^。"
        rf"\n]{{0,10}}",
        r"(?:润笔|代写|定制)?请?(?:加|联系)(?:[我客服站长]{0,2})(?:微信号?|QQ|Q群|微)[：:]?[ ]?[A-Za-z0-9_-]{5,20}",
        r"(?:QQ|微信|公众号|客服|QQ群)(?:号|群|电话)?[：:][ ]?[A-Za-z0-9_-]{5,20}",
        rf"{site}{by}",
    ))  # fmt: skip
    bracketed = f"[{opening}]{inside}{{0,24}}?(?:{body}){inside}{{0,24}}[{closing}]"
    return patterns.compiled(f"(?:{bracketed})|(?:{body})")


# Without one of these a line holds no watermark.
_TELLING = patterns.compiled(
    "|".join(map(re.escape, (
        *("网", "www", "WWW", "ｗｗｗ", "http", ".c", ".n", ".o", "文库", "公文", "范文", "文秘", "秘书", "公众号"),
        *("写作", "写手", "讲话稿", "演讲稿", "站整理", "站收集", "更多", "之家", "论坛", "工作室", "帮】", "帮〕"),
        *("下载", "转载", "版权", "微信", "QQ", "加微", "笔杆子", "文档", "素材", "未经", "资料", "客服", "道客"),
        *("来源", "课件"),
    )))
)  # fmt: skip


def _each(*parts: str) -> tuple[str, ...]:
    """Every way to join one word of each of some lists."""
    return tuple(map("".join, product(*(part.split("|") for part in parts))))


# Nor without one of these, which are rarer: something of each way in which the patterns can match.
_SIGNS = (
    *("http", "ww", "wW", "Ww", "WW", "ｗｗ", ".com", ".net", ".org", ".cn", ".cc"),  # addresses
    *("公文", "文秘", "秘书", "老秘网", "笔杆", "范文", "瑞文网", "生网"),
    *("留学网", "文库", "豆丁网", "道客巴巴", "文档", "爱问", "冰豆网", "课件", "总结网", "论文网", "作文网", "代写网"),
    *("写稿网", "稿网", "素材", "写作", "写手", "讲话稿", "演讲稿", "公众号"),
    *_each("网|帮|论坛|之家|工作室|资料库", "〕|】|］|]"),
    *_each("|".join(_OPENING.replace("\\", "")), "更多|全文|完整版|原文|来源|出处|转自|摘自|选自|来自"),
    *_each("网|站", "| |\u3000", "收集|整理|搜集|提供|首发|原创|编辑|采编|转载|荐|下载"),
    *_each("本文|此文|文章|资料|原文|内容|以上|转载", "由|来自|来源|出自|转自|转载自|摘自|选自|源自|自"),
    *_each("本文|文档|资料|此文", "由|来源于|来自|源于|仅供"),
    *("来源：", "来源:", "欢迎下载", "欢迎转载", "欢迎访问", "请注明", "版权所有", "微信", "QQ", "Q群", "客服"),
    *_each("未经", "许可|授权|允许|同意"),
    *_each("加|系|我|客|服|站|长", "微"),
)
_MORE = patterns.compiled("更多[^，。！？\n]{0,20}?(?:访问|登录|尽在|关注|搜索|请点击)")


def _watermarks(document: Document) -> list[Hit]:
    """Where a site put its name or address into the text; the stretch to cut."""
    text = document.text
    chrome = document.once(_chrome)
    hits: list[Hit] = []
    at = 0
    more = [match.start() for match in document.matches(_MORE)]
    for start, end in document.lines_around((*document.spots_of(_SIGNS), *more)):
        while at < len(chrome) and chrome[at].end <= start:
            at += 1
        if (at < len(chrome) and chrome[at].start < end) or not _TELLING.search(text, start, end):
            continue
        signed = [_hit(match) for match in _signed_pattern().finditer(text, start, end)]
        hits += signed
        for match in _watermark_pattern().finditer(text, start, end):
            if not any(hit.start < match.end() and match.start() < hit.end for hit in signed):
                hits.append(_hit(match))
    return hits


def find_watermarks(document: Document, rule: Rule) -> Iterator[Hit]:
    """The marks of a site in the text, also inside a word: the stretch that somebody put in."""
    yield from document.once(_watermarks)


_TOOLS = (
    "下载|打印|全屏|收藏|分享|分享到|转发|字号|字体|加大|还原|减小|大|中|小|】|【|打印本页|打印此页|打印本文|"
    "关闭|关闭窗口|关闭本页|返回|返回首页|返回顶部|返回列表|首页|>|»|"
    "上一篇|下一篇|上一页|下一页|尾页|末页|上一条|下一条|视力保护色|朗读|听新闻|语音播报|无障碍|无障碍浏览|"
    "长者模式|简体|繁体|繁體|RSS|RSS订阅|相关报道|相关新闻|相关链接|相关文章|相关阅读|"
    "相关推荐|相关信息|相关附件|相关稿件|猜你喜欢|热门推荐|热门文章|推荐阅读|延伸阅读|网友评论|发表评论|我要评论|"
    "评论功能已关闭|点赞|举报|纠错|我要纠错|复制链接|复制全文|正文复制|复制本文|下载文档|下载本文|"
    "下载全文|收藏本站|加入收藏|设为首页|网站地图|联系我们|关于我们|版权声明|免责声明|THE END|END|登录|注册|"
    "用户登录|会员登录|搜索|站内搜索|阅读原文|查看原文|在线阅读|微信|微博|QQ空间|新浪微博|QQ|"
    "扫一扫在手机打开当前页|保存|邮件|推荐|浏览|访问量|A-|A\\+"
)
_ALONE = frozenset(
    (
        "大",
        "中",
        "小",
        ">",
        "»",
        "推荐",
        "微信",
        "邮件",
        "保存",
        "浏览",
        "搜索",
        "简体",
        "中",
        "QQ",
        "分享",
        "关闭",
        "返回",
    )
)


@cache
def _chrome_pattern() -> re.Pattern[str]:
    gap = rf"[{_BLANKS}|｜·/\[\]【】()（）]"
    return patterns.compiled(
        "|".join((
            rf"(?P<tools>{gap}*(?:(?:{_TOOLS})(?:[：:]{gap}*|{gap}+|$))+)",
            rf"{gap}*(?:字号|字体|文字|字体大小)(?:大小)?[：:]?(?:{gap}|大|中|小|加|还原|减|默认|特|"
            rf"[AaＡ+＋－-])*(?:{gap}*(?:打印|关闭|收藏|下载|分享|窗口|本页))*{gap}*",
            r"(?:[您你](?:现在|当前)?所?在?的?位置|(?:现在|当前|所在)的?位置)[：:].{0,80}|当前位置.{0,60}",
            r"(?:网站)?首页[ \u3000]*(?:[>＞》»›/|→]|-+|&gt;).{0,80}",
            r"[\[【(（]?(?:上|下)一(?:篇|条|页)[：:\]】）)\s].{0,80}",
            r"(?:文章|信息|稿件|内容|本文|新闻)?(?:来源|出处)[：:].{1,60}",
            r"(?:稿源|转自|转载自|摘自)[：:].{1,40}",
            r"[\[【(（]?(?:文章)?(?:作者|编辑|责任编辑|责编|审核|审稿|校对|初审|复审|终审|录入|录入者|发布人|"
            r"发布者|编审|供稿|撰稿|摄影|责任审校|网络编辑|值班编辑|发布机构|供稿单位|发布单位)[：:].{0,60}",
            r"(?:发布|更新|录入|上传|添加|发表|发稿|生成|成文)(?:时间|日期)[：:].{0,80}",
            r"(?:时间|日期|发布于)[：:]?[ \u3000]?(?:20\d\d[-/.]\d{1,2}[-/.]\d{1,2}.{0,60})?",
            r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:[ \u3000T]+\d{1,2}:\d\d(?::\d\d)?)?(?:[ \u3000]+\S{0,20}(?:来源|"
            r"网|社|报|编辑|作者|浏览|阅读|点击).{0,40})?",
            r"(?:浏览|点击|阅读|访问|下载|查看|打印)(?:次数|量|数|人数|率)?[：:][ ]?\d*.{0,40}|(?:人气|评论|热度|"
            r"字体大小|文字大小|文档编号|上传人|下载积分|所需积分|标签|关键词|关键字|tags?|Tags?|索引号|信息分类|"
            r"文档格式|文件大小|已读)[：:].{0,60}|(?:阅读|浏览|点击)[ ]?\d+次?",
            r"(?:微信|手机)?扫(?:一扫|码|描).{0,40}|长按.{0,12}二维码.{0,30}",
            r"网友评论.{0,40}|(?:展开|阅读|查看|收起|显示)(?:全文|原文|剩余|更多).{0,20}",
            r"剩余.{0,14}(?:未读|完整版|阅读|下载).{0,20}|试读(?:已)?结束.{0,40}|预览(?:已)?结束.{0,40}|(?:免费|"
            r"立即|马上)(?:下载|获取|阅读|注册).{0,30}|开通(?:会员|VIP).{0,30}",
            rf"{_site()}[ \u3000]?(?:首页|网|www\S+|[A-Za-z]\S+)?",
            r"(?:第[ ]?\d{1,4}[ ]?页)(?:[ ,，/]*共?[ ]?\d{1,4}[ ]?页)?|[-—–][ ]?\d{1,3}[ ]?[-—–]|"
            r"第?[ ]?\d{1,3}[ ]?/[ ]?\d{1,3}[ ]?页?|[Pp]age[ ]?\d+.{0,12}|共[ ]?\d+[ ]?页",
            r"[（(](?:本报|本网|本台|新华社)?(?:记者|通讯员|编辑)[：: \u3000]?[一-龥 \u3000、]{2,20}[）)]",
        ))
    )  # fmt: skip


@cache
def _late_chrome_pattern() -> re.Pattern[str]:
    """The same, of lines that begin with anything."""
    return patterns.compiled(
        "|".join((
            r".{0,60}(?:版权所有|版权归|[Aa]ll [Rr]ights [Rr]eserved|Copyright|©|[A-Z一-龥]?ICP[备证]|公网安备|"
            r"网站标识码|技术支持[：:]|备案号[：:]|违法和不良信息举报).{0,80}",
            r".{0,40}未经.{0,12}(?:许可|授权|允许|同意).{0,10}(?:转载|复制|使用).{0,20}",
            r".{0,20}关注.{0,20}公众号.{0,20}",
            r"[^，。、；]{0,16}(?:点击(?![率量数])|点此|戳这里|下滑|上滑|点这里)[^，。、；]{0,6}(?:查看|下载|"
            r"阅读|展开|更多|全文|原文|进入|收听|关注)[^，。、；]{0,16}",
            r".{0,16}(?:需|请)(?:先)?(?:登录|注册)(?:后|方可|才能).{0,20}",
            r".{0,20}(?:海量|精品|更多)(?:公文|范文|文秘|写作)?(?:素材|资料|范文|文档)[^。]{0,40}(?:下载|网|微).{0,40}",
            r".{0,60}(?:本报|新华社|本网|全媒体|日报|特约)?(?:记者|"
            r"通讯员)[ \u3000]?[一-龥 \u3000、]{2,16}[ ]?(?:摄|文/图|图/文|报道|摄影报道)[）)]?",
        ))
    )  # fmt: skip


# Something of each way in which that can match.
_LATE_SIGNS = (
    *(
        "版权",
        "ights ",
        "Copyright",
        "ICP",
        "公网安备",
        "网站标识码",
        "技术支持",
        "备案号",
        "信息举报",
        "未经",
        "公众号",
    ),
    *("点击", "点此", "戳这里", "下滑", "上滑", "点这里", "登录", "注册", "素材", "资料", "范文", "文档", "记者"),
    *("通讯员", "©"),
)
WORDS = (*_SIGNS, *(word for word in _LATE_SIGNS if len(word) > 1))  # to be looked for with those of the rules


def _chrome(document: Document) -> list[Hit]:
    """The lines that belong to a page and not to the speech; a bar of buttons, one to a line, is one find."""
    pattern, hits, pending = _chrome_pattern(), [], list[Line]()
    late = {start for start, _ in document.lines_around(document.spots_of(_LATE_SIGNS))}
    bar: list[Line] = []
    before = False
    for line in document.lines:
        text = line.text.strip(_BLANKS)
        match = pattern.fullmatch(text) if len(text) <= 160 else None
        if match is None and line.start in late and len(text) <= 160:
            match = _late_chrome_pattern().fullmatch(text)
        if match is not None and text in _ALONE and not before and not bar:
            pending.append(line)  # such a word is chrome beside chrome only
            continue
        if match is not None and text.strip(_GAP + "：:"):
            bar += pending
            if len(text) <= _BUTTON:
                bar.append(line)
            else:
                hits += [*_bar(bar), *_bar([line])]
                bar = []
        elif match is None or bar == []:
            hits += _bar(bar)
            bar = []
        before = match is not None
        pending = []
    return [*hits, *_bar(bar)]


_BUTTON = 5  # characters


def _bar(lines: list[Line]) -> list[Hit]:
    if not lines:
        return []
    first, last = lines[0], lines[-1]
    start = first.start + len(first.text) - len(first.text.lstrip(_BLANKS))
    end = last.start + len(last.text.rstrip(_BLANKS))
    return [Hit(start, end, {"词": " ".join(line.text.strip(_BLANKS) for line in lines), "改": "", "注": ""})]


_GAP = _BLANKS + "|｜·/[]()（）"


@cache
def _spliced_chrome_pattern() -> re.Pattern[str]:
    words = (
        "打印|打印本页|关闭|关闭窗口|收藏|返回顶部|返回|下载|字号[^\\n】\\])）]{0,12}|"
        "责任编辑[^\\n】\\])）]{0,12}|编辑[：: ][^\\n】\\])）]{2,8}"
    )
    return patterns.compiled(
        rf"[【\[（(](?:{words})[】\])）]|(?:责任编辑|责编|文章来源|浏览次数|发布时间|点击次数|当前位置|点击查看|"
        rf"点击下载|上一篇|下一篇)[：:][^\n。]{{0,40}}|点击(?:查看|阅读|下载)(?:全文|原文|更多)"
    )


def find_chrome(document: Document, rule: Rule) -> Iterator[Hit]:
    """Lines of page chrome, and pieces of it at the ends of paragraphs."""
    whole = document.once(_chrome)
    yield from whole
    spans = [(hit.start, hit.end) for hit in whole]
    number = 0
    for match in document.matches(_spliced_chrome_pattern()):
        while number < len(spans) and spans[number][1] <= match.start():
            number += 1
        if number == len(spans) or spans[number][0] >= match.end():
            yield _hit(match)


# 著: what it ends or begins in today's words; the verbs that take 着; the words that begin with 着.
_ENDS_IN_ZHU = frozenset("显名编原土卓昭论合专译巨遗拙大新旧恶彰撰炳所知较力等执主批")
_BEGINS_WITH_ZHU = tuple("名作称述书录者")
_MAY_FOLLOW_ZHU = (*"文成说译于有《》〉。，；、）) \u3000\n", "")
_TAKES_ZHE = (
    "有随沿跟想带看朝向顺怀接靠盯为本存守抱站走忙听讲望挂藏握跑坐围绕味对冒迎乘趁借依拿抓管领陪拉推扛顶拼"
    "笑哭活穿戴写画摆放溢闪透散盼待候凭临持担负承影护顾牵引系跃伴聚"
)
_BEGINS_WITH_ZHE = (*"力手眼落急陆装火想实", "重强", "重抓", "重在", "重解", "重做", "重加", "重推")
_JOINED_VERBS = ("讨论", "议论", "谈论", "争论", "结合", "配合", "契合", "符合", "融合", "聚合", "活动", "等待")


def find_zhu(document: Document, rule: Rule) -> Iterator[Hit]:
    """著 where 着 belongs, with the character before it, or at the head of a word (著力) with the one after."""
    text = document.text
    at = text.find("著")
    while at >= 0:
        before, after, following = text[at - 1 : at], text[at + 1 : at + 2], at + 1
        if after not in _BEGINS_WITH_ZHU and (span := _zhu_span(text, at, before, after)):
            right = text[slice(*span)].replace("著", "着")
            yield Hit(*span, {"词": text[slice(*span)], "改": right, "注": ""}, right)
        at = text.find("著", following)


def _zhu_span(text: str, at: int, before: str, after: str) -> tuple[int, int] | None:
    verb = text.endswith(_JOINED_VERBS, 0, at) or (before and before in _TAKES_ZHE)
    if not verb and before not in _ENDS_IN_ZHU and text.startswith(_BEGINS_WITH_ZHE, at + 1):
        return at, at + 2
    if before == "等" and after not in _MAY_FOLLOW_ZHU:
        verb = True
    if verb or (before >= "一" and before not in _ENDS_IN_ZHU and after not in _MAY_FOLLOW_ZHU):
        return at - 1, at + 1
    return None


_VALUES = ("词", "改", "注")
_LOOKS: dict[str, Callable[[Document, Rule], Iterable[Hit]]] = {
    "水印": find_watermarks,
    "网页栏目": find_chrome,
    "网页代码": find_code,
    "注音": find_pinyin,
    "字节错位": find_shifted,
    "乱码": find_misread,
    "隐形字符": find_invisible,
    "部首字符": find_radicals,
    "转换错字": find_slips,
    "繁体字": find_traditional,
    "著字": find_zhu,
}
CHECKS = {name: Check(find, values=_VALUES) for name, find in _LOOKS.items()}
