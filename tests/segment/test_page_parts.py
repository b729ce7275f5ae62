"""Pages of our own: every stretch with its block, language and account, and the articles they make."""

from __future__ import annotations

import hashlib

import pytest

from tracker.records import BlockHint, Document
from tracker.segment import Segmentation, segment_document

HARBOUR = """\
Home
Harbour workers end strike after pay deal
By Dana Whitfield
Published: October 5, 2023 10:15 GMT
Photo: The harbour at dawn (Reuters)
Workers at the northern harbour ended a nine-day strike on Thursday after the union said it had reached a deal on pay.
"We got what we asked for," union leader Mark Rowe told reporters.
Read more: Minister promises new cranes
What happens next
The port authority said ships would be unloaded in the order in which they had arrived, beginning on Friday morning.
Source: Coastal News Agency
Tags: harbour, strike, pay
Share this article
Read also:
Ferry line to the islands reopens
The ferry line to the islands reopened on Wednesday, the operator said, after repairs that took three weeks.
"The islands are connected again," said director Lena Holt.
© 2023 Coastal Daily. All rights reserved.
"""
HARBOUR_PARTS = [
    ("boilerplate", "en", None, "Home"),
    ("headline", "en", 0, "Harbour workers end strike"),
    ("credit", "en", 0, "By Dana Whitfield"),
    ("dateline", "en", 0, "Published: October 5, 2023"),
    ("caption", "en", 0, "Photo: The harbour"),
    ("body", "en", 0, "Workers at the northern"),
    ("body", "en", 0, '"We got what we asked for,"'),
    ("related", "en", 0, "Read more: Minister"),
    ("headline", "en", 0, "What happens next"),
    ("body", "en", 0, "The port authority said"),
    ("credit", "en", 0, "Source: Coastal News"),
    ("tags", "en", 0, "Tags: harbour, strike"),
    ("boilerplate", "en", None, "Share this article"),
    ("boilerplate", "en", None, "Read also:"),
    ("headline", "en", 1, "Ferry line to the islands"),
    ("body", "en", 1, "The ferry line to the"),
    ("body", "en", 1, '"The islands are connected'),
    ("boilerplate", "en", None, "© 2023 Coastal Daily."),
]

BEACH = """\
החוף הצפוני נפתח מחדש לרוחצים
מאת: נועה ברק
פורסם: 5 באוקטובר 2023
העירייה פתחה היום את החוף הצפוני אחרי חודש של עבודות ניקיון, ומאות רוחצים הגיעו כבר בשעות הבוקר.
"חיכינו לזה כל הקיץ", אמרה תושבת העיר רותם לביא.
המים נקיים
במשרד הבריאות אמרו כי הבדיקות האחרונות היו תקינות וכי אין עוד סכנה לרוחצים באף אחת מהתחנות שלאורך החוף.
תגיות: חוף, עירייה, בריאות
קראו עוד:
מחירי החניה בעיר יעלו
מבקר העירייה: הביטוח יקר מדי
גשר חדש ייבנה ליד הנמל
"""
BEACH_PARTS = [
    ("headline", "he", 0, "החוף הצפוני נפתח"),
    ("credit", "he", 0, "מאת: נועה ברק"),
    ("dateline", "he", 0, "פורסם: 5 באוקטובר"),
    ("body", "he", 0, "העירייה פתחה היום"),
    ("body", "he", 0, '"חיכינו לזה כל הקיץ"'),
    ("headline", "he", 0, "המים נקיים"),
    ("body", "he", 0, "במשרד הבריאות אמרו"),
    ("tags", "he", 0, "תגיות: חוף"),
    ("boilerplate", "he", None, "קראו עוד:"),
    ("related", "he", None, "מחירי החניה"),
    ("related", "he", None, "מבקר העירייה"),
    ("related", "he", None, "גשר חדש"),
]

LIBRARY = """\
افتتاح المكتبة العامة بعد ترميمها
نشر في: 5 تشرين الأول 2023
افتتحت البلدية المكتبة العامة بعد ترميم استمر عامين، وقال رئيس البلدية إن المبنى صار جاهزا لاستقبال القراء.
الكتب في مكانها — Library Fan (@libfan) October 4, 2023ردود الفعل
وقالت سعاد مراد، وهي معلمة في المدرسة القريبة، إن التلاميذ انتظروا هذا اليوم طويلا وإنهم سيزورون المكتبة كل أسبوع.
שמחים שהספרייה נפתחה https://t.co/abc
— Noa (@noa_b) 4 באוקטובר 2023
اقرأ أيضا:
ارتفاع أسعار الخبز
جسر جديد قرب الميناء
وأضاف رئيس البلدية أن ساعات الدوام ستمتد حتى المساء، وأن الدخول مجاني للجميع طوال أيام الأسبوع.
المصدر: وكالة الساحل
"""
LIBRARY_PARTS = [
    ("headline", "ar", 0, "افتتاح المكتبة"),
    ("dateline", "ar", 0, "نشر في: 5 تشرين"),
    ("body", "ar", 0, "افتتحت البلدية"),
    ("post", "ar", 0, "الكتب في مكانها"),
    ("post-signature", "en", 0, "— Library Fan (@libfan) October 4, 2023"),
    ("headline", "ar", 0, "ردود الفعل"),
    ("body", "ar", 0, "وقالت سعاد مراد"),
    ("post", "he", 0, "שמחים שהספרייה נפתחה https://t.co/abc"),
    ("post-signature", "he", 0, "— Noa (@noa_b) 4 באוקטובר 2023"),
    ("boilerplate", "ar", 0, "اقرأ أيضا:"),
    ("related", "ar", 0, "ارتفاع أسعار الخبز"),
    ("related", "ar", 0, "جسر جديد قرب الميناء"),
    ("body", "ar", 0, "وأضاف رئيس البلدية"),
    ("credit", "ar", 0, "المصدر: وكالة الساحل"),
]


def segment(text: str, **metadata: str) -> Segmentation:
    return segment_document(Document("d", text, "test", hashlib.sha256(text.encode()).hexdigest(), **metadata))


def parts(text: str) -> list[tuple[str, str]]:
    return [(one.block, text[one.start_char : one.end_char]) for one in segment(text).segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(HARBOUR, HARBOUR_PARTS, id="english"),
        pytest.param(BEACH, BEACH_PARTS, id="hebrew"),
        pytest.param(LIBRARY, LIBRARY_PARTS, id="arabic-with-posts"),
    ],
)
def test_every_part_of_a_page(text: str, expected: list[tuple[str, str, int | None, str]]) -> None:
    found = [(one.block, one.lang, one.article, text[one.start_char : one.end_char]) for one in segment(text).segments]
    assert [(block, lang, article) for block, lang, article, _ in found] == [entry[:3] for entry in expected]
    for (*_, piece), (*_, beginning) in zip(found, expected, strict=True):
        assert piece.startswith(beginning)


def test_each_article_has_its_own_title_date_and_source() -> None:
    articles = segment(HARBOUR, published="2024-01-01", source="a list of feeds", title="Another title").articles
    assert [(article.title, article.published, article.source) for article in articles] == [
        ("Harbour workers end strike after pay deal", "2023-10-05", "Coastal News Agency"),
        ("Ferry line to the islands reopens", None, None),
    ]
    assert HARBOUR[articles[1].start_char :].startswith("Ferry line")


def test_metadata_fills_only_the_first_article() -> None:
    text = HARBOUR.replace("Published: October 5, 2023 10:15 GMT\n", "").replace("Source: Coastal News Agency\n", "")
    articles = segment(text, published="2023-10-06", source="Coastal Daily").articles
    assert [(one.published, one.source) for one in articles] == [("2023-10-06", "Coastal Daily"), (None, None)]


def test_posts_carry_the_account_of_their_signature() -> None:
    handles = [one.handle for one in segment(LIBRARY).segments if one.block in ("post", "post-signature")]
    assert handles == ["@libfan", "@libfan", "@noa_b", "@noa_b"]


def test_title_over_a_dateline_opens_another_article() -> None:
    text = (
        "Bridge closed for repairs\nPublished: 3 May 2024\nThe old bridge is closed, the city said on Friday morning.\n"
        "School gets new windows\nPublished: 4 May 2024\nThe school on the hill has new windows, its head said.\n"
    )
    assert [(article.title, article.published) for article in segment(text).articles] == [
        ("Bridge closed for repairs", "2024-05-03"),
        ("School gets new windows", "2024-05-04"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Just one short line", id="one-line"),
        pytest.param("شكرا", id="one-word"),
        pytest.param("Q: Will you resign?\nNo.\nQ: Why not?\nBecause the voters gave me four years.", id="interview"),
        pytest.param("The mayor said\nthat he would\nnot resign and\nhe meant it", id="verse"),
        pytest.param(
            "He answered at once.\n\n“No.”\n\nThen he left the room and took his papers with him.", id="short-quote"
        ),
        pytest.param(
            "The list was long.\n- bread\n- milk\nAnd nobody wanted to carry it home, she said later.", id="list"
        ),
        pytest.param(
            'وقال:\n"لن نرحل من هنا"\nثم غادر القاعة من دون أن يجيب عن أسئلة الصحفيين الآخرين.', id="colon-line"
        ),
        pytest.param(
            "Share prices fell on Monday, the exchange said.\nSources close to the firm said nothing.", id="label-words"
        ),
        pytest.param(
            "شارك الوزير في الاجتماع وقال إن المحادثات كانت مفيدة.\nنشر الموقع في 2023 تقريرا عن ذلك.", id="label-verbs"
        ),
        pytest.param(
            "כתב העיתון נכח במקום ואמר כי הכול נראה רגיל.\nמקור בעירייה אמר כי הגשר ייסגר בקרוב.", id="label-nouns"
        ),
        pytest.param(
            "By Monday the water had gone, residents said.\nUpdated figures were not given by the ministry.", id="by"
        ),
    ],
)
def test_body_stays_body(text: str) -> None:
    assert {block for block, _ in parts(text)} == {"body"}


@pytest.mark.parametrize(
    ("line", "block"),
    [
        pytest.param("Source: Reuters", "credit", id="source"),
        pytest.param("المصدر: وكالات", "credit", id="source-ar"),
        pytest.param("מקור: סוכנות החוף", "credit", id="source-he"),
        pytest.param("(Additional reporting by Ann Bell; editing by Tom Cray)", "credit", id="byline-in-brackets"),
        pytest.param("بقلم: سعاد مراد", "credit", id="byline-ar"),
        pytest.param("كلمات دلالية: جسر بلدية ترميم", "tags", id="tags-ar"),
        pytest.param("#bridge #repairs #city", "tags", id="hashtags"),
        pytest.param("Last updated on 12 March 2024", "dateline", id="updated"),
        pytest.param("Wednesday, 4 October 2023", "dateline", id="bare-date"),
        pytest.param("5 أكتوبر 2023", "dateline", id="bare-date-ar"),
        pytest.param("צילום מסך: ערוץ העירייה", "caption", id="caption-he"),
        pytest.param("صورة أرشيفية: الجسر القديم", "caption", id="caption-ar"),
        pytest.param("Sign up for our newsletter", "boilerplate", id="newsletter"),
        pytest.param("جميع الحقوق محفوظة", "boilerplate", id="rights-ar"),
        pytest.param("כל הזכויות שמורות לחוף היומי", "boilerplate", id="rights-he"),
        pytest.param("***", "boilerplate", id="stars"),
    ],
)
def test_line_below_a_story(line: str, block: str) -> None:
    story = "Bridge closed\nThe old bridge is closed for two months, the city said on Friday morning.\n"
    assert parts(story + line)[-1] == (block, line)


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param("— Noa Bar (@noa_b) October 4, 2023", id="long-dash"),
        pytest.param("– Noa Bar (@noa_b) 4 October 2023", id="short-dash"),
        pytest.param("-- Noa Bar (@noa_b) Oct 4, 2023", id="two-hyphens"),
        pytest.param("— نوى (@noa_b) 4 أكتوبر 2023", id="arabic-month"),
        pytest.param("— نوى (@noa_b) 4 تشرين الأول 2023", id="arabic-month-of-two-words"),
        pytest.param("— נועה (@noa_b) 4 באוקטובר 2023", id="hebrew-month"),
        pytest.param("\u202b— Noa Bar (\u202c@noa_b\u200e) October 4, 2023", id="marks-of-direction"),
        pytest.param("— Noa Bar (@noa_b)", id="no-date"),
        pytest.param("— @noa_b, 04/10/2023", id="no-brackets"),
    ],
)
def test_signature(signature: str) -> None:
    text = f"The bridge is closed, the city said.\nCan't believe it https://t.co/x1\n{signature}"
    segments = segment(text).segments
    assert [(one.block, one.handle) for one in segments] == [
        ("body", None),
        ("post", "@noa_b"),
        ("post-signature", "@noa_b"),
    ]
    assert text[segments[-1].start_char : segments[-1].end_char] == signature


def test_name_with_an_account_in_a_sentence_is_no_signature() -> None:
    text = "The mayor – Noa Bar (@noa_b) – said that the bridge would be closed for two months."
    assert parts(text) == [("body", text)]


def test_long_paragraph_above_a_signature_is_no_post() -> None:
    paragraph = "The city said on Friday that the bridge would be closed. " * 12
    text = f"{paragraph.strip()}\n\n— Noa Bar (@noa_b) October 4, 2023"
    assert [block for block, _ in parts(text)] == ["body", "post-signature"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The council met on Monday to discuss the budget for the coming\n"
        "year, and the mayor said that he would not accept\n"
        "any cut to the schools. He added that the money was there and\n"
        "that the question was only how to spend it, to which\n"
        "nobody in the hall had an answer that evening, and so the\nvote was put off.\n\n"
        "The next vote is set for next week. Until then both sides\nwill try to find a compromise, officials said."
    )
    assert len(parts(text)) == 2


def test_label_of_a_caption_in_markup_is_nobodys_words() -> None:
    text = "صورة: رصيف المرفأ صباح الأربعاء"
    document = Document("d", text, "test", "", hints=(BlockHint(0, len(text), "caption"),))
    segments = segment_document(document).segments
    assert [(one.block, text[one.start_char : one.end_char]) for one in segments] == [
        ("boilerplate", "صورة:"),
        ("caption", "رصيف المرفأ صباح الأربعاء"),
    ]


def test_hints_say_what_lines_are_and_where_stories_begin() -> None:
    lines = [
        "First story",
        "One line",
        "then another, both of the body",
        "2 h ago",
        "Second story",
        "It begins here, they said.",
    ]
    text = "\n".join(lines)
    blocks = ["headline", "body", "body", "dateline", "headline", "body"]
    place, hints = 0, []
    for number, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        value = "2024-05-03" if block == "dateline" else None
        hints.append(BlockHint(place, place + len(line), block, None, number in (0, 4), value))  # type: ignore[arg-type]
        place += len(line) + 1
    found = segment_document(Document("d", text, "test", "", hints=tuple(hints)))
    assert [one.block for one in found.segments] == blocks
    assert [(one.title, one.published) for one in found.articles] == [
        ("First story", "2024-05-03"),
        ("Second story", None),
    ]
