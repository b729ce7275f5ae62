"""The speaker of a statement: which phrase beside the cue, or nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tracker.attribution.cuefinder import find_cues
from tracker.attribution.reading import scope_of
from tracker.attribution.readings import readings_of
from tracker.attribution.speakers import phrase_kind, speaker_candidates, topic_phrase
from tracker.attribution.tokens import Paragraph
from tracker.records import Statement

Read = Callable[..., Paragraph]
TokensOf = Callable[[Paragraph, str], tuple[int, int]]


@pytest.mark.parametrize(
    ("lang", "text", "mention"),
    [
        pytest.param("en", '"The quay is shut," said Mara Venn.', "Mara Venn", id="behind-the-cue"),
        pytest.param("en", '"The quay is shut," Mara Venn said.', "Mara Venn", id="between-quotation-and-cue"),
        pytest.param("en", "Mayor Mara Venn said the quay was shut.", "Mayor Mara Venn", id="title-included"),
        pytest.param("en", "According to Mara Venn, the quay is shut.", "Mara Venn", id="according-to"),
        pytest.param("en", 'Mara Venn: "The quay is shut for good."', "Mara Venn", id="label"),
        pytest.param("en", "The quay was shut, officials said.", "officials", id="bare-plural"),
        pytest.param("ar", "قال كريم الزيتوني إن الرصيف مغلق.", "كريم الزيتوني", id="ar-behind"),
        pytest.param("ar", "قال وزير النقل كريم الزيتوني إن الرصيف مغلق.", "وزير النقل كريم الزيتوني", id="ar-title"),
        pytest.param("ar", "ذكرت وكالة رويترز أن الرصيف مغلق.", "وكالة رويترز", id="ar-agency"),
        pytest.param("ar", "سيبقى الرصيف مغلقا حتى الربيع، بحسب وزارة النقل.", "وزارة النقل", id="ar-according"),
        pytest.param("ar", "قال لي كريم الزيتوني إن الرصيف مغلق.", "كريم الزيتوني", id="ar-behind-whom-it-was-told"),
        pytest.param(
            "ar", "وفقا للمتحدث باسم الشرطة، أُغلق الرصيف.", "للمتحدث باسم الشرطة", id="ar-according-to-an-office"
        ),
        pytest.param("he", "דנה אורלב אמרה כי הרציף סגור.", "דנה אורלב", id="he-before"),
        pytest.param("he", '"הרציף סגור לתנועה", אמרה דנה אורלב.', "דנה אורלב", id="he-behind"),
        pytest.param("he", "שר התחבורה אבנר כרמלי אמר כי הרציף סגור.", "שר התחבורה אבנר כרמלי", id="he-title"),
        pytest.param("he", "לדברי דנה אורלב, הרציף סגור עד האביב.", "דנה אורלב", id="he-according"),
        pytest.param("he", "משבילי המרכז נמסר כי הרציף סגור.", "שבילי המרכז", id="he-joined-to-an-unknown-name"),
        pytest.param("he", "הרציף סגור, כך עולה ממחקר העירייה.", "מחקר העירייה", id="he-source-of-a-passive"),
        pytest.param(
            "he", "לפי הודעת העירייה, הרציף סגור.", "הודעת העירייה", id="he-construct-that-begins-like-an-article"
        ),
        pytest.param("he", 'גולשת בשם דנה אורלב כתבה: "הרציף סגור".', "גולשת בשם דנה אורלב", id="he-called"),
        pytest.param("ar", "قالت امرأة تدعى هالة الديراوي إن الرصيف مغلق.", "امرأة تدعى هالة الديراوي", id="ar-called"),
        pytest.param("ar", 'وفقا لـ"مرصد الساحل"، الرصيف مغلق منذ أمس.', '"مرصد الساحل"', id="ar-letter-before-a-mark"),
        pytest.param(
            "en",
            "The quay is shut until the end of the year, Mara Venn, the council's chairman, said.",
            "Mara Venn, the council's chairman",
            id="name-then-description",
        ),
        pytest.param(
            "en", "The quay is shut for good, his agent, Mara Venn, said.", "his agent, Mara Venn", id="two-parts"
        ),
        pytest.param(
            "en",
            "The quay is shut for good, said his lawyer, Mara Venn.",
            "his lawyer, Mara Venn",
            id="two-parts-behind",
        ),
    ],
)
def test_mention(one: Callable[..., Statement], lang: str, text: str, mention: str) -> None:
    speaker = one(text, lang).speaker
    assert speaker is not None
    assert speaker.span is not None
    assert text[slice(*speaker.span)] == mention


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param("ar", "قال كريم الزيتوني إن الميناء آمن. وأضاف أن الفحوص ستستمر.", id="ar-pro-drop"),
        pytest.param("he", "דנה אורלב אמרה כי הנמל בטוח. לדבריה, הבדיקות יימשכו.", id="he-attached-pronoun"),
    ],
)
def test_implied_speaker_has_no_mention(said: Callable[..., tuple[Statement, ...]], lang: str, text: str) -> None:
    speaker = said(text, lang)[-1].speaker
    assert speaker is not None
    assert (speaker.span, speaker.resolved_by) == (None, "pro-drop")


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        pytest.param(
            'ونقلت وكالة "مرسى" للأنباء عن القاضي كريم الزيتوني قوله إن الرصيف مغلق.',
            "القاضي كريم الزيتوني",
            id="behind-from",
        ),
        pytest.param("ونقلت القناة عن مصدر حضر الجلسة قوله إن الرصيف مغلق.", "مصدر", id="clause-between"),
    ],
)
def test_relayed_speaker(said: Callable[..., tuple[Statement, ...]], text: str, mention: str) -> None:
    speakers = [one.speaker for one in said(text, "ar") if one.cue and text[slice(*one.cue)] == "قوله"]
    assert [text[slice(*speaker.span)] for speaker in speakers if speaker and speaker.span] == [mention]


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        pytest.param(
            "ar",
            "تحدث المدرب كريم الزيتوني بعد المباراة. وعن استبدال القائد عيسى البطحري، أجاب: «كان قرارا طبيا».",
            "كريم الزيتوني",
            id="ar-asked-about-somebody",
        ),
        pytest.param(
            "he",
            'השר אבנר כרמלי דיבר אתמול. על ראש הממשלה אמר: "אין כמוהו בכל הארץ".',
            "אבנר כרמלי",
            id="he-about-somebody",
        ),
        pytest.param(
            "he",
            'אבנר כרמלי הגיע אתמול לנמל. "הרציף סגור מאז הבוקר", כתב באנגלית, "ואיש לא הודיע לנו".',
            "אבנר כרמלי",
            id="he-singular-verb-has-no-source",
        ),
        pytest.param(
            "ar",
            "وأصدر نادي السهوة لاحقاً بياناً طالب فيه بالاستماع إلى التسجيل، وأكد أنه لن يصمت.",
            "نادي السهوة",
            id="ar-object-before-its-clause",
        ),
        pytest.param(
            "ar", "ونشرت وزارة النقل أمس تغريدة قالت فيها إن الرصيف مغلق.", "وزارة النقل", id="ar-said-in-a-tweet"
        ),
    ],
)
def test_somebody_beside_the_cue_is_not_the_speaker(
    said: Callable[..., tuple[Statement, ...]], lang: str, text: str, name: str
) -> None:
    speaker = said(text, lang)[-1].speaker
    assert speaker is not None
    assert speaker.name == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(
            "قالت السلطات الانفصالية إن الطريق مغلق. ووفقا للسلطات القبرصية، قُتل عشرة أشخاص.",
            ["السلطات الانفصالية", "السلطات القبرصية"],
            id="told-apart-by-their-adjectives",
        ),
        pytest.param(
            "قالت شركة أمواج إن الطريق مغلق. وأكدت الشركة القبرصية أن العمل يستمر.",
            ["شركة أمواج", "شركة أمواج"],
            id="one-that-is-described",
        ),
    ],
)
def test_bodies_of_one_kind(said: Callable[..., tuple[Statement, ...]], text: str, names: list[str]) -> None:
    assert [one.speaker.name for one in said(text, "ar") if one.speaker] == names


@pytest.mark.parametrize(
    "text", ["דרמה בנמל: שני רציפים נסגרו", "רשמי: הרציף ייסגר ביום ראשון", "בקרוב: רציף חדש לנמל"]
)
def test_label_without_a_speaker_is_no_statement(said: Callable[..., tuple[Statement, ...]], text: str) -> None:
    assert said(text, "he") == ()


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [
        pytest.param("en", "Mara Venn said that it rained.", {"before", "implied"}, id="en"),
        pytest.param("en", '"It rained all night," said Mara Venn.', {"after", "implied"}, id="en-inverted"),
        pytest.param("ar", "قال كريم الزيتوني إن الرصيف مغلق.", {"after", "implied"}, id="ar"),
        pytest.param("en", 'Mara Venn: "It rained all night."', {"label", "implied"}, id="label"),
    ],
)
def test_places_proposed(read: Read, lang: str, text: str, places: set[str]) -> None:
    paragraph = read(text, lang)
    cues = find_cues(paragraph)
    found = [
        candidate
        for reading in readings_of(paragraph, cues[0], cues, 0)
        for candidate in speaker_candidates(paragraph, cues[0], reading, scope_of(paragraph, cues[0]), -1)
    ]
    assert places <= {candidate.place for candidate in found}
    assert found[-1].phrase is None


def test_no_candidate_overlaps_the_content(read: Read) -> None:
    paragraph = read('"Dana Orlev stays," said Mara Venn, who had told Dana Orlev that ships would come.', "en")
    cues = find_cues(paragraph)
    for number, cue in enumerate(cues):
        for reading in readings_of(paragraph, cue, cues, number):
            for candidate in speaker_candidates(paragraph, cue, reading, scope_of(paragraph, cue), -1):
                if candidate.phrase is not None and candidate.place != "relative":
                    first, last = candidate.phrase
                    assert not any(first < end and begin < last for begin, end in reading.content)


@pytest.mark.parametrize(
    ("lang", "text", "phrase", "kind"),
    [
        pytest.param("en", "She left.", "She", "pronoun", id="pronoun"),
        pytest.param("en", "Mayor Mara Venn left.", "Mayor Mara Venn", "title", id="title"),
        pytest.param("en", "the ministry left.", "the ministry", "organisation", id="organisation"),
        pytest.param("ar", "مصادر أمنية غادرت.", "مصادر أمنية", "anonymous", id="ar-anonymous"),
        pytest.param("ar", "وزارة النقل غادرت.", "وزارة النقل", "organisation", id="ar-organisation"),
        pytest.param("he", "השר אבנר כרמלי הלך.", "השר אבנר כרמלי", "title", id="he-title"),
        pytest.param("he", "תושבים הלכו.", "תושבים", "group", id="he-group"),
    ],
)
def test_kind_of_a_phrase(read: Read, tokens_of: TokensOf, lang: str, text: str, phrase: str, kind: str) -> None:
    paragraph = read(text, lang)
    assert phrase_kind(paragraph, tokens_of(paragraph, phrase)) == kind


def test_topic_of_a_sentence(read: Read) -> None:
    paragraph = read("The mayor rejected the plan. Rain fell on it.", "en")
    (first, last), (second, end) = ((one.first, one.last) for one in paragraph.sentences)
    topic = topic_phrase(paragraph, first, last)
    assert topic is not None
    assert paragraph.text[slice(*paragraph.span(*topic))].lower().endswith("mayor")
    assert topic_phrase(paragraph, second, end) is None


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        pytest.param(
            "ar",
            "وصل كريم الزيتوني أمس. وقال في المؤتمر الصحفي: الرصيف مغلق حتى الربيع.",
            "كريم الزيتوني",
            id="ar-place",
        ),
        pytest.param("ar", "تحدث كريم الزيتوني أمس. وقال خلاله إن الرصيف مغلق.", "كريم الزيتوني", id="ar-preposition"),
        pytest.param(
            "he", '"הרציף סגור", אמר אבנר כרמלי. "לא ייפתח השנה", כתב באנגלית.', "אבנר כרמלי", id="he-language"
        ),
        pytest.param("he", 'אבנר כרמלי הגיע אתמול. "הרציף סגור לתנועה", אמר בשלב מסוים.', "אבנר כרמלי", id="he-time"),
    ],
)
def test_thing_beside_the_cue_does_not_speak(
    said: Callable[..., tuple[Statement, ...]], lang: str, text: str, name: str
) -> None:
    speaker = said(text, lang)[-1].speaker
    assert speaker is not None
    assert speaker.name == name
