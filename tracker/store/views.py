"""The views that everything that answers reads: their columns are promised, the tables behind them may grow."""

from __future__ import annotations

WHO_SAID_WHAT = (
    "statement_id",
    "speaker",
    "speaker_as_written",
    "speaker_title",
    "speaker_type",
    "kind",
    "polarity",
    "quote",
    "lang",
    "said_on",
    "said_on_basis",
    "published_on",
    "source",
    "cited_source",
    "url",
    "title",
    "document_id",
    "start_char",
    "end_char",
    "confidence",
    "rule",
)

SPEAKERS_VIEW = (
    "speaker_id",
    "name",
    "names_ar",
    "names_he",
    "names_en",
    "statements",
    "sources",
    "first_said_on",
    "last_said_on",
)

CROSSCHECK = (
    "group_id",
    "relation",
    "statement_a",
    "statement_b",
    "speaker_a",
    "speaker_b",
    "source_a",
    "source_b",
    "lang_a",
    "lang_b",
    "said_on_a",
    "said_on_b",
    "score",
    "reason",
)

REVIEW_QUEUE = ("priority", "what", "why", "statement_id", "document_id", "speaker", "detail")

# The rows of who_said_what with the keys that filters need; the others are made from it.
_STATEMENT_ROWS = """
SELECT
  s.statement_id,
  coalesce(r.name, m.name) AS speaker,
  m.name AS speaker_as_written,
  m.title AS speaker_title,
  m.type AS speaker_type,
  s.kind,
  s.polarity,
  s.quote,
  s.lang,
  s.said_on,
  s.said_on_basis,
  s.published_on,
  s.source,
  s.cited_source,
  d.url,
  coalesce(a.title, d.title) AS title,
  d.document_id,
  s.start_char,
  s.end_char,
  s.confidence,
  s.rule,
  s.id,
  s.document,
  s.article,
  s.segment,
  s.mention,
  s.on_date,
  s.place,
  r.id AS entity
FROM statements s
JOIN documents d ON d.id = s.document
LEFT JOIN articles a ON a.id = s.article
LEFT JOIN mentions m ON m.id = s.mention
LEFT JOIN links l ON l.mention = s.mention
LEFT JOIN personas p ON p.id = l.persona
LEFT JOIN entities r ON r.id = p.entity
"""

_SPEAKERS = """
SELECT
  e.entity_id AS speaker_id,
  e.name,
  (SELECT group_concat(name, '; ') FROM (SELECT DISTINCT name FROM personas
    WHERE entity = e.id AND lang = 'ar' ORDER BY name)) AS names_ar,
  (SELECT group_concat(name, '; ') FROM (SELECT DISTINCT name FROM personas
    WHERE entity = e.id AND lang = 'he' ORDER BY name)) AS names_he,
  (SELECT group_concat(name, '; ') FROM (SELECT DISTINCT name FROM personas
    WHERE entity = e.id AND lang = 'en' ORDER BY name)) AS names_en,
  count(s.id) AS statements,
  count(DISTINCT s.source) AS sources,
  min(s.on_date) AS first_said_on,
  max(s.on_date) AS last_said_on
FROM entities e
JOIN personas p ON p.entity = e.id
JOIN links l ON l.persona = p.id
JOIN statements s ON s.mention = l.mention
GROUP BY e.id
"""

# Pairs with what a person said of them.
_JUDGED_PAIRS = """
SELECT
  p.*,
  a.statement_id AS first_id,
  b.statement_id AS second_id,
  (SELECT j.decision FROM pair_judgements j WHERE j.statement_a = a.statement_id AND j.statement_b = b.statement_id
    AND j.undone_at IS NULL ORDER BY j.id DESC LIMIT 1) AS judged
FROM pairs p
JOIN statements a ON a.id = p.statement_a
JOIN statements b ON b.id = p.statement_b
"""

_CROSSCHECK = """
SELECT
  p.group_id,
  p.relation,
  a.statement_id AS statement_a,
  b.statement_id AS statement_b,
  a.speaker AS speaker_a,
  b.speaker AS speaker_b,
  a.source AS source_a,
  b.source AS source_b,
  a.lang AS lang_a,
  b.lang AS lang_b,
  a.said_on AS said_on_a,
  b.said_on AS said_on_b,
  p.score,
  p.reason
FROM judged_pairs p
JOIN statement_rows a ON a.id = p.statement_a
JOIN statement_rows b ON b.id = p.statement_b
WHERE p.judged IS NOT 'dismiss'
"""

_REVIEW = """
SELECT 1 AS priority, 'conflict' AS what,
  'two statements contradict each other (' || coalesce(p.conflict, 'as a whole') || ')' AS why,
  v.statement_id, v.document_id, v.speaker, p.reason AS detail
FROM judged_pairs p JOIN statement_rows v ON v.id = p.statement_a WHERE p.relation = 'conflict' AND p.judged IS NULL
UNION ALL
SELECT 2, 'wording', CASE p.wording WHEN 'truncated' THEN 'a direct quotation is shorter elsewhere'
  ELSE 'a direct quotation is worded otherwise elsewhere' END,
  v.statement_id, v.document_id, v.speaker, o.quote
FROM judged_pairs p JOIN statement_rows v ON v.id = p.statement_a JOIN statements o ON o.id = p.statement_b
WHERE p.wording IN ('truncated', 'altered') AND p.judged IS NULL
UNION ALL
SELECT 2, 'speaker', 'the name may be somebody else''s', v.statement_id, v.document_id, v.speaker, l.reasons
FROM links l JOIN statement_rows v ON v.mention = l.mention WHERE l.method = 'unsure'
UNION ALL
SELECT 3, 'no speaker', 'a direct quotation whose speaker was not found', v.statement_id, v.document_id, NULL, v.quote
FROM statement_rows v WHERE v.kind = 'direct' AND v.mention IS NULL
UNION ALL
SELECT 4, 'text', g.message, NULL, d.document_id, NULL, g.code
FROM diagnostics g JOIN documents d ON d.id = g.document
UNION ALL
SELECT 5, 'unsure', 'found with a confidence under one half', v.statement_id, v.document_id, v.speaker, v.quote
FROM statement_rows v WHERE v.confidence < 0.5
"""


def _columns(names: tuple[str, ...], table: str) -> str:
    return f"SELECT {', '.join(names)} FROM {table}"  # noqa: S608 (names of this file only)


VIEWS = {
    "statement_rows": _STATEMENT_ROWS,
    "who_said_what": _columns(WHO_SAID_WHAT, "statement_rows"),
    "speakers_view": _SPEAKERS,
    "judged_pairs": _JUDGED_PAIRS,
    "crosscheck": _CROSSCHECK,
    "review_queue": _REVIEW,
}
"""View name to its SELECT, in the order in which they build on each other."""
