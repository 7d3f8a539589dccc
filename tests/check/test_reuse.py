"""雷同: what counts as the same sentence, and how much of a speech is shared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from speechgen.check.document import Grounds, Speech
from speechgen.check.loader import load_rules
from speechgen.check.rule import Rulebook
from speechgen.check.run import check
from speechgen.model import Block, Draft, Finding, Location, Wording

ONLY = Rulebook({code: rule for code, rule in load_rules().rules.items() if rule.kind == "雷同"})

OURS = "要把隐患排查做在前头，一处一处登记，一处一处销号。"
OTHER = "森林防火关键在人，护林员要到位，卡口要有人守。"


def findings(text: str, *others: str, wordings: tuple[Wording, ...] = ()) -> list[tuple[str, Finding, str]]:
    speeches = tuple(Speech(f"旧稿{n}.txt", other) for n, other in enumerate(others, start=1))
    draft = Draft(tuple(Block("paragraph", line) for line in text.split("\n")))
    found = check(draft, ONLY, Grounds(wordings=wordings, others=speeches))
    return [(f.rule, f, draft.blocks[f.block].text[f.start : f.end]) for f in found]


def shared(text: str, *others: str) -> list[str]:
    return [excerpt for rule, _, excerpt in findings(text, *others) if rule == "lt-03"]


def test_without_other_speeches_nothing_is_shared() -> None:
    assert findings(OURS) == []


def test_a_sentence_said_elsewhere_is_found_with_the_speech_that_says_it() -> None:
    ((rule, found, excerpt),) = [one for one in findings(OURS + OTHER, "别的话。", OTHER) if one[0] == "lt-03"]
    assert (rule, excerpt, found.values["稿"]) == ("lt-03", OTHER, "旧稿2.txt")


def test_other_figures_and_another_place_make_no_other_sentence() -> None:
    theirs = "今年以来，我市共排查各类隐患1,263处，已经整改到位1200处。"
    ours = "今年以来，我县共排查各类隐患98处，已经整改到位９５处。"
    assert shared(ours, theirs) == [ours]


def test_other_punctuation_and_line_breaks_make_no_other_sentence() -> None:
    assert shared(OTHER, "森林防火关键在人;护林员要到位\n卡口要有人守") == [OTHER]


def test_a_sentence_of_ones_own_is_not_shared() -> None:
    assert shared(OURS, OTHER) == []
    assert shared("要把隐患排查做在前头，怎么做，各单位自己想办法，我只看年底的结果。", OURS) == []


def test_a_few_words_belong_to_nobody() -> None:
    assert shared("谢谢大家！让我们共同努力！", "谢谢大家！让我们共同努力！") == []


def test_title_and_date_are_not_compared() -> None:
    head = "在全县森林防火和安全生产工作会议上的讲话\n（2026年12月24日）\n同志们：\n"
    assert shared(head + OURS, head) == []


def test_a_formulation_of_the_centre_may_be_said_by_all() -> None:
    said = "坚持人民至上、生命至上，统筹发展和安全。"
    wording = Wording("tf-x", said.rstrip("。"), "", Location("提法.yaml", 1, 1))
    assert shared(said, said) == [said]
    assert findings(said, said, wordings=(wording,)) == []


def test_the_share_tells_characters_sentences_and_speeches() -> None:
    rules = {rule: found for rule, found, _ in findings(f"{OURS}\n{OTHER}", OTHER)}
    assert "lt-01" in rules and "lt-02" not in rules
    assert rules["lt-01"].values["句数"] == "1"
    assert 40 <= int(rules["lt-01"].values["比例"].rstrip("%")) <= 55
    assert "旧稿1.txt" in rules["lt-01"].values["稿"]


def test_little_that_is_shared_is_only_a_hint() -> None:
    own = "".join(f"第{n}件事，{word}的同志今天晚上就要动手做起来，做完以后报到值班室。" for n, word in enumerate("水电气路桥", start=1))
    rules = {rule for rule, _, _ in findings(f"{own}\n{OTHER}", OTHER)}
    assert rules == {"lt-02", "lt-03"}


def test_three_speeches_at_most_are_named() -> None:
    sentences = [f"{word}这件事要由一把手亲自来抓，抓到底、抓到位、抓出结果来。" for word in ("水库", "桥梁", "道路", "学校", "医院")]
    rules = {rule: found for rule, found, _ in findings("\n".join(sentences), *sentences)}
    assert rules["lt-01"].values["稿"].count("旧稿") == 3


@given(st.text(st.sampled_from([*"安全生产1０，。！\n我县"]), max_size=150))
def test_a_speech_shares_all_its_long_sentences_with_itself(text: str) -> None:
    found = findings(text, text)
    told = {rule for rule, _, _ in found}
    assert told <= {"lt-01", "lt-03"}
    assert not told or next(one.values["比例"] for rule, one, _ in found if rule == "lt-01") == "100%"
