"""What short typed words plainly mean, in the four languages: pure rules, no guesses about long texts.

People type where a button waits for them. These rules say when a text looks like the answer to a check-in, like the
number of an answer, or like a question; what they decide is always shown and never done in silence.
"""

import re
import unicodedata
from typing import Final

# Letters that people leave out or replace on a keyboard without them.
_FOLDED: Final = str.maketrans("ёҳқғӯӣҷ’ʼ`´", "ехкгуич''''")
_DROPPED: Final = {"Mn", "Me", "Cf"}
_WORD: Final = re.compile(r"[\w']+")

# "I am here", "present" and the like, as a whole text or its beginning; folded as `normalized` folds.
_HERE: Final = frozenset({
    "here", "i'm here", "im here", "i am here", "am here", "present", "i'm present", "i am present", "yes here",
    "yes i'm here", "yes i am here", "we are here", "we're here",
    "здесь", "я здесь", "тут", "я тут", "да здесь", "да я здесь", "да я тут", "на месте", "я на месте", "с вами",
    "я с вами", "присутствую", "я присутствую", "мы здесь", "мы тут",
    "хозирам", "ман хозирам", "хозир", "ман хозир", "хозир хастам", "ман хозир хастам", "ман дар инчо",
    "ман дар инчоям", "дар инчоям", "ман инчо", "ман инчоям", "инчоям", "инчо хастам", "ман дар инчо хастам",
    "ман хастам", "хастам", "мо дар инчо", "мо дар инчоем", "ха ман хозирам", "бале ман хозирам",
    "여기", "여기요", "여기 있어요", "여기 있습니다", "저 여기 있어요", "저 여기 있습니다", "저는 여기 있어요",
    "저는 여기 있습니다", "네 여기 있어요", "네 여기 있습니다", "여기 왔어요", "여기 왔습니다", "출석", "출석이요",
    "출석입니다", "출석했습니다", "참석", "참석합니다", "함께해요", "네 함께해요", "함께합니다",
})  # fmt: skip
# These say yes to something, or wish a good morning: perhaps to the check-in, perhaps to a person.
_YES: Final = frozenset({
    "yes", "ok", "okay", "good morning", "all good", "i'm ok", "i am ok", "i'm fine", "i am fine",
    "да", "ок", "хорошо", "все хорошо", "у меня все хорошо", "доброе утро", "с добрым утром",
    "ха", "бале", "хуб", "нагз", "хама нагз", "хайр аст", "субх ба хайр", "субхатон ба хайр",
    "네", "예", "넵", "있어요", "있습니다", "왔어요", "왔습니다", "도착했어요", "도착했습니다", "좋은 아침",
    "좋은 아침이에요", "좋은 아침입니다", "안녕하세요",
})  # fmt: skip

# Words that begin a question.
_BEGINS: Final = frozenset({
    "when", "where", "where's", "which", "who", "whose", "why", "can", "could", "is", "are", "do", "does", "did",
    "will", "would", "should", "may", "shall", "must", "что", "когда", "кто", "кого", "кому", "чей", "можно",
    "подскажите", "скажите", "разве", "кист", "чист", "чихел", "чигуна", "мумкин", "магар", "ое",
})  # fmt: skip
# These too, but for what ends with "!": "What a day", "Как хорошо!", "Чӣ рӯзи хуб!"
_BEGINS_OR_EXCLAIMS: Final = frozenset(
    {"what", "what's", "whats", "how", "как", "какой", "какая", "какое", "какие", "какую", "чи"}
)
# Words that ask wherever they stand.
_ASKS: Final = frozenset({
    "где", "куда", "откуда", "почему", "зачем", "сколько", "кай", "качан", "кучо", "кучост", "кани", "чанд", "чандто",
    "кадом", "чаро",
})  # fmt: skip
# Korean has no place for question words, and its endings hang on the verb.
_ASKS_KO: Final = ("언제", "어디", "누구", "누가", "무엇", "뭐", "뭘", "왜", "어떻게", "어느", "얼마", "몇", "무슨")
_ENDS_KO: Final = ("까", "나요", "까요", "인가요", "은가요", "는지요")
# Whoever writes one of these about their day wants more than to have written it.
_CALLS: Final = frozenset({
    "help", "sos", "lost", "sick", "ill", "hospital", "doctor", "police", "помогите", "помощь", "потерялся",
    "потерялась", "заболел", "заболела", "больнице", "больницу", "врач", "врача", "полиция", "ери", "ердам", "кумак",
    "мадад", "гум", "касал", "бемор", "беморхона", "духтур", "табиб", "도와주세요", "도와줘요", "살려주세요", "아파요",
    "아픕니다", "병원", "병원에", "잃었어요",
})  # fmt: skip

_FACES: Final = ("😞", "🙁", "😐", "🙂", "😄")
_NUMBER: Final = re.compile(r"(?:№|#|no\.?|n\.?)?\s*\(?(\d{1,2})\s*[.)!]*")
_SENTENCE: Final = re.compile(r"[^.!\n。！]+[.!\n。！]*")
_OF_FIVE: Final = re.compile(r"([1-5])\s*(?:/|из|аз|of|out of|점)?\s*(?:5|five|пяти|панч)?")
_HERE_AND_MORE: Final = tuple(f"{begin} " for begin in _HERE)
_CODE_DIGITS: Final = 4
_BETWEEN: Final = "-–.,"
_SHORT: Final = 60  # characters; whoever writes more says more than a press of a button


def says_here(text: str) -> bool:
    """Whether the text is "I am here" and nothing else, typed in place of a press at a check-in."""
    return normalized(text) in _HERE or text.strip() in {"+", "++"}


def may_say_here(text: str) -> bool:
    """Whether the text may answer a check-in: "yes", "5", "👍", or "I am here" with more after it."""
    said = normalized(text)
    if said in _HERE or said in _YES or mood(text) is not None:
        return True
    if not said:
        return bool(text.strip()) and len(text) <= _SHORT and not asks(text)
    return len(said) <= _SHORT and not asks(text) and said.startswith(_HERE_AND_MORE)


def mood(text: str) -> int | None:
    """The mood from 1 (hard) to 5 that a text is: a number, "4 of 5", or one of the faces; else None."""
    seen = text.strip().replace("\ufe0f", "")
    if seen in _FACES:
        return _FACES.index(seen) + 1
    match = _OF_FIVE.fullmatch(_bare(text))
    return int(match[1]) if match else None


def number(text: str) -> int | None:
    """The number, from 1, that a text is ("2", "2.", "№ 2", "2️⃣"); None for any other text."""
    match = _NUMBER.fullmatch(_bare(text, keep=".)!(#№/"))
    return int(match[1]) if match and int(match[1]) > 0 else None


def code(text: str) -> str | None:
    """The four digits that a text is, in any script and with spaces or signs between them; None for any other text."""
    said = _fold(text)
    found = [unicodedata.decimal(char, None) for char in said if not (char.isspace() or char in _BETWEEN)]
    if len(found) != _CODE_DIGITS or None in found:
        return None
    return "".join(str(digit) for digit in found)


def calls(text: str) -> bool:
    """Whether the text speaks of being ill or lost, or of help: whoever types that may need it at once."""
    return any(word in _CALLS for word in normalized(text).split())


def asks(text: str) -> bool:
    """Whether the text asks something, or calls for somebody, so that it is more than words about a day."""
    if any(sign in text for sign in "?？؟"):
        return True
    return any(_asks(sentence) for sentence in _SENTENCE.findall(text))


def _asks(sentence: str) -> bool:
    said = normalized(sentence).split()
    if not said:
        return False
    exclaims = "!" in sentence or "！" in sentence or said[1:2] in (["a"], ["an"])
    if said[0] in _BEGINS or (said[0] in _BEGINS_OR_EXCLAIMS and not exclaims):
        return True
    if any(word in _ASKS or word in _CALLS or word.startswith(_ASKS_KO) for word in said):
        return True
    return said[-1].endswith(_ENDS_KO)


def normalized(text: str) -> str:
    """The words of a text on one line, in small letters, without signs and without what keyboards leave out."""
    return " ".join(_WORD.findall(_fold(text)))


def _bare(text: str, keep: str = "/") -> str:
    """A text of a number, in small letters, without the signs around it."""
    folded = _fold(text)
    return "".join(char for char in folded if char.isalnum() or char.isspace() or char in keep).strip()


def _fold(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(char for char in composed if unicodedata.category(char) not in _DROPPED)
    return kept.translate(_FOLDED)
