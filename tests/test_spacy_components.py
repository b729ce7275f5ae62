"""The spaCy components: the records of ``tracker.extract``, and spans over them, that survive writing and reading."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import tracker

TEXTS = {
    "ar": 'قال وزير الزراعة ماهر الدباغ للصحافيين: "لن نرفع سعر الخبز هذا العام".',
    "he": '"לא נעלה את מחיר הלחם השנה", אמר שר החקלאות מאור דביר.',
    "en": '"We will not raise the price of bread," said Agriculture Minister Mark Dunning.',
}
SPLIT = '"We are ready," said Mara Venn, "and we will sail tonight."'


@pytest.fixture(scope="module", params=sorted(TEXTS))
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _pipeline(lang: str, *names: str) -> Language:
    nlp = spacy.blank(lang)
    for name in names or ("tracker_statements",):
        nlp.add_pipe(name)
    return nlp


def test_statements_are_those_of_extract(lang: str) -> None:
    doc = _pipeline(lang)(TEXTS[lang])
    assert len(doc._.statements) == 1
    assert doc._.statements == tracker.extract(TEXTS[lang], lang=lang).statements


def test_segments_and_articles_are_those_of_extract(lang: str) -> None:
    doc = _pipeline(lang)(TEXTS[lang])
    found = tracker.extract(TEXTS[lang], lang=lang)
    assert (doc._.segments, doc._.articles) == (found.segments, found.articles)


def test_spans_cover_content_and_speaker(lang: str) -> None:
    doc = _pipeline(lang)(TEXTS[lang])
    (statement,) = doc._.statements
    (content,) = doc.spans["statements"]
    assert content.start_char <= statement.start_char < statement.end_char <= content.end_char
    assert (content.label_, content.id_) == ("direct", statement.id)
    (speaker,) = doc.spans["speakers"]
    assert statement.speaker.name in speaker.text
    assert (speaker.label_, speaker.id_) == ("person", statement.id)


def test_a_word_with_a_glued_conjunction_is_covered_whole() -> None:
    text = 'وذكرت الوزيرة هالة القاسم أن المصنع "لم يغلق أبوابه".'
    doc = _pipeline("ar")(text)
    for span in doc.spans["statements"]:
        assert span.text == text[span.start_char : span.end_char]
        assert span.start_char == 0 or text[span.start_char - 1] in ' "'


def test_content_in_two_spans_gives_two_spans_of_one_id() -> None:
    doc = _pipeline("en")(SPLIT)
    assert [span.text for span in doc.spans["statements"]] == ["We are ready", "and we will sail tonight."]
    assert {span.id_ for span in doc.spans["statements"]} == {doc._.statements[0].id}


def test_segments_alone() -> None:
    doc = _pipeline("xx", "tracker_segments")(f"{TEXTS['ar']}\n\n{TEXTS['he']}")
    assert [segment.lang for segment in doc._.segments] == ["ar", "he"]
    assert [span.label_ for span in doc.spans["segments"]] == ["ar", "he"]
    assert doc._.statements == ()


def test_segments_before_statements_change_nothing(lang: str) -> None:
    both = _pipeline(lang, "tracker_segments", "tracker_statements")(TEXTS[lang])
    assert both._.statements == _pipeline(lang)(TEXTS[lang])._.statements


def test_languages_may_be_mixed_in_one_text() -> None:
    doc = _pipeline("xx")("\n\n".join(TEXTS.values()))
    assert [statement.lang for statement in doc._.statements] == ["ar", "he", "en"]


def test_languages_left_out_are_not_searched() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("tracker_statements", config={"langs": ["en"]})
    doc = nlp("\n\n".join(TEXTS.values()))
    assert [statement.lang for statement in doc._.statements] == ["en"]


def test_published_set_before_gives_the_day() -> None:
    nlp = _pipeline("en")
    doc = nlp.make_doc(TEXTS["en"])
    doc._.published = "2024-05-20"
    (statement,) = nlp(doc)._.statements
    assert (statement.said_on, statement.said_on_basis) == ("2024-05-20", "published")


def test_strange_marks_become_diagnostics() -> None:
    doc = _pipeline("en")('The "bridge stays closed, the mayor said. Nobody "knows when.')
    assert doc._.diagnostics


@pytest.mark.parametrize("text", ["", " ", "\n\n", '"', "😀"], ids=["empty", "space", "lines", "mark", "emoji"])
def test_texts_without_statements(text: str) -> None:
    doc = _pipeline("en")(text)
    assert doc._.statements == ()
    assert list(doc.spans["statements"]) == []


def test_untouched_doc_has_empty_attributes() -> None:
    doc = spacy.blank("en")("Nothing was looked for here.")
    assert (doc._.statements, doc._.segments, doc._.articles, doc._.diagnostics) == ((), (), (), ())


def test_pipe_gives_the_same_in_order(lang: str) -> None:
    nlp = _pipeline(lang)
    texts = [TEXTS[lang], "", TEXTS[lang]]
    piped = [doc._.statements for doc in nlp.pipe(texts, batch_size=2)]
    assert piped == [nlp(text)._.statements for text in texts]


def test_pipeline_written_and_read_finds_the_same(tmp_path: Path) -> None:
    nlp = spacy.blank("he")
    nlp.add_pipe("tracker_segments")
    nlp.add_pipe("tracker_statements", config={"langs": ["he"]})
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert again.pipe_names == ["tracker_segments", "tracker_statements"]
    assert again.get_pipe_config("tracker_statements")["langs"] == ["he"]
    text = "\n\n".join((TEXTS["he"], TEXTS["en"]))
    assert again(text)._.statements == nlp(text)._.statements
    assert len(nlp(text)._.statements) == 1


def test_pipeline_from_bytes_finds_the_same() -> None:
    nlp = _pipeline("en")
    again = spacy.blank("en")
    again.add_pipe("tracker_statements")
    again.from_bytes(nlp.to_bytes())
    assert again(TEXTS["en"])._.statements == nlp(TEXTS["en"])._.statements


def test_doc_written_and_read_keeps_its_statements(lang: str) -> None:
    doc = _pipeline(lang)(TEXTS[lang])
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert again._.statements == doc._.statements
    assert again._.segments == doc._.segments
    assert [span.text for span in again.spans["speakers"]] == [span.text for span in doc.spans["speakers"]]


def test_doc_bin_keeps_statements() -> None:
    nlp = _pipeline("ar")
    doc = nlp(TEXTS["ar"])
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(nlp.vocab)
    assert again._.statements == doc._.statements


def test_components_tell_what_they_assign() -> None:
    nlp = _pipeline("en", "tracker_segments", "tracker_statements")
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    assert "doc._.segments" in analysis["summary"]["tracker_segments"]["assigns"]
    assert "doc._.statements" in analysis["summary"]["tracker_statements"]["assigns"]
    assert analysis["problems"] == {"tracker_segments": [], "tracker_statements": []}


def test_module_may_be_loaded_again() -> None:
    import tracker.spacy_components as components

    importlib.reload(components)
    assert _pipeline("en")(TEXTS["en"])._.statements
