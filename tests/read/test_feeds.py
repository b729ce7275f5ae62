"""Feeds: each item is a document, as whole as the feed has it; broken ones give what there is."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import assert_one_line, document, message, read, told, write, zipped

from tracker.pipeline import annotate
from tracker.read import ReadFailure
from tracker.records import Document

CpuSeconds = Callable[..., float]
BODY = (
    "<p>The port of Larnaca will reopen on Monday, the harbour master Dana Orlev said on Sunday evening.</p>"
    "<p>&quot;We have cleared the quay,&quot; said Orlev, who has run the harbour since 2019.</p>"
    '<blockquote class="twitter-tweet"><p lang="en">The quay is clear, and the first ferry is on its way.</p>&mdash; '
    'Dana Orlev (@dana_orlev) <a href="https://twitter.com/dana_orlev/status/17">March 3, 2024</a></blockquote>'
    "<p>Two ships are waiting outside the harbour, and a third is expected before the end of the week.</p>"
)
AR_TITLE = "أورليف: سنعيد فتح الميناء يوم الاثنين"
AR_BODY = (
    "<p>قالت مديرة الميناء دانا أورليف مساء الأحد إن ميناء لارنكا سيعود إلى العمل يوم الاثنين المقبل.</p>"
    "<p>وأضافت: «لقد أخلينا الرصيف»، مشيرة إلى أن سفينتين تنتظران خارج الميناء منذ ثلاثة أيام.</p>"
)


def rss(*items: str, head: str = "", root: str = 'rss version="2.0"', before: str = '<?xml version="1.0"?>') -> str:
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"'
    )
    channel = f"<title>The Harbour Ledger</title><link>https://ledger.example/</link>{head}{''.join(items)}"
    return f"{before}\n<{root} {spaces}><channel>{channel}</channel></{root.split()[0]}>"


FULL = (
    "<item><title>Port of Larnaca to reopen</title><link>https://ledger.example/1?utm_source=rss</link>"
    "<guid isPermaLink='false'>17</guid><pubDate>Sun, 03 Mar 2024 23:10:00 +0200</pubDate>"
    "<dc:creator><![CDATA[Noa Levi]]></dc:creator><description>Short.</description>"
    f"<content:encoded><![CDATA[{BODY}]]></content:encoded></item>"
)
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title type="text">مرصد الساحل</title>
<link rel="self" href="https://coast.example/feed"/><link href="https://coast.example/"/>
<entry><title>{AR_TITLE}</title><link rel="replies" href="https://coast.example/1/comments"/>
<link rel="alternate" href="https://coast.example/1"/><updated>2024-03-04T00:30:00+02:00</updated>
<published>2024-03-03T22:00:00+02:00</published><author><name>سمر حداد</name></author><author><name>Noa Levi</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{AR_BODY}</div></content></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Harbour Ledger",
        "home_page_url": "https://ledger.example/",
        "language": "en-GB",
        "authors": [{"name": "Samar Haddad"}],
        "items": [
            {
                "id": "1",
                "url": "https://ledger.example/1",
                "title": "Port to reopen",
                "content_html": BODY,
                "date_published": "2024-03-03T22:00:00+02:00",
                "authors": [{"name": "Noa Levi"}],
            },
            {
                "id": "https://ledger.example/2",
                "content_text": '"Nobody was hurt," said Orlev.\n\nShe thanked the crews.',
            },
        ],
    },
    ensure_ascii=False,
)


def items(path: Path, text: str | bytes, **options: object) -> list[Document]:
    found = read(write(path, text), **options)
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def blocks(found: Document) -> list[tuple[str, str]]:
    return [(hint.block, found.text[hint.start_char : hint.end_char]) for hint in found.hints]


def test_rss_item_is_its_whole_story(tmp_path: Path) -> None:
    (found,) = items(tmp_path / "feed.xml", rss(FULL, head="<language>en-gb</language>"))
    assert (found.title, found.url) == ("Port of Larnaca to reopen", "https://ledger.example/1?utm_source=rss")
    assert (found.published, found.source, found.lang) == ("2024-03-03", "The Harbour Ledger", "en")
    assert (found.authors, found.input_format) == (("Noa Levi",), "feed")
    assert found.origin == f"{tmp_path}/feed.xml#1"
    assert [block for block, _ in blocks(found)] == ["headline", "body", "body", "post", "post-signature", "body"]
    assert blocks(found)[2][1] == '"We have cleared the quay," said Orlev, who has run the harbour since 2019.'
    assert found.hints[3].handle == "@dana_orlev"
    published = [(one.value, one.found_in) for one in found.metadata if one.name == "published"]
    assert published == [("2024-03-03T23:10:00+02:00", "feed")]


def test_atom_entry(tmp_path: Path) -> None:
    (found,) = items(tmp_path / "feed.atom", ATOM)
    assert (found.title, found.url) == (AR_TITLE, "https://coast.example/1")
    assert (found.published, found.source, found.lang) == ("2024-03-03", "مرصد الساحل", "ar")
    assert found.authors == ("سمر حداد", "Noa Levi")
    assert [block for block, _ in blocks(found)] == ["headline", "body", "body"]
    assert "«لقد أخلينا الرصيف»" in found.text


def test_json_feed(tmp_path: Path) -> None:
    first, second = items(tmp_path / "feed", JSON_FEED)
    assert (first.title, first.url, first.published) == ("Port to reopen", "https://ledger.example/1", "2024-03-03")
    assert (first.source, first.lang, first.authors) == ("The Harbour Ledger", "en", ("Noa Levi",))
    assert "post" in dict(blocks(first))
    assert second.text == '"Nobody was hurt," said Orlev.\nShe thanked the crews.'
    assert (second.url, second.authors) == ("https://ledger.example/2", ("Samar Haddad",))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<rss version="0.91"><channel>{}</channel></rss>', id="rss-0.91"),
        pytest.param('<rss version="0.92"><channel>{}</channel></rss>', id="rss-0.92"),
        pytest.param(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            "<channel><title>T</title></channel>{}</rdf:RDF>",
            id="rss-1.0",
        ),
        pytest.param(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>T</title></channel>{}</rdf:RDF>',
            id="rss-0.90",
        ),
    ],
)
def test_older_rss(tmp_path: Path, text: str) -> None:
    item = (
        "<item><title>Port to reopen</title><link>https://ledger.example/1</link>"
        "<description>&quot;We have cleared the quay,&quot; said Dana Orlev.</description></item>"
    )
    (found,) = items(tmp_path / "feed.rdf", text.format(item))
    assert found.text == 'Port to reopen\n"We have cleared the quay," said Dana Orlev.'
    assert found.url == "https://ledger.example/1"


def test_atom_0_3_and_atom_without_its_namespace(tmp_path: Path) -> None:
    entry = (
        "<entry><title>Port to reopen</title><link rel='alternate' type='text/html' href='https://ledger.example/1'/>"
        "<{0}>2024-03-03T22:00:00Z</{0}><summary>Dana Orlev said the quay was clear.</summary></entry>"
    )
    old = f"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>T</title>{entry.format('issued')}</feed>"
    bare = f"<feed><title>T</title>{entry.format('published')}</feed>"
    first, second = items(tmp_path / "a.xml", old)[0], items(tmp_path / "b.xml", bare)[0]
    assert first.text == second.text == "Port to reopen\nDana Orlev said the quay was clear."
    assert (first.url, first.published) == (second.url, second.published) == ("https://ledger.example/1", "2024-03-03")


@pytest.mark.parametrize(
    ("item", "text"),
    [
        pytest.param("<title>Orlev: the port will reopen</title>", "Orlev: the port will reopen", id="title-alone"),
        pytest.param("<title>Orlev: we reopen</title><description><![CDATA[<img src='a.png'>]]></description>", "Orlev: we reopen", id="picture"),
        pytest.param("<title>A</title><description>Orlev said: no.</description>", "A\nOrlev said: no.", id="plain-text"),
        pytest.param("<title>A</title><description>&lt;p&gt;No, he said.&lt;/p&gt;</description>", "A\nNo, he said.", id="escaped-html"),
        pytest.param("<title>A</title><description>He said &amp;quot;no&amp;quot;.</description>", 'A\nHe said "no".', id="escaped-twice"),
        pytest.param("<description>Orlev said: no.</description>", "Orlev said: no.", id="no-title"),
        pytest.param("<title><![CDATA[<b>A</b> &amp; B]]></title>", "A & B", id="markup-in-title"),
        pytest.param("<title>A</title><description>Short.</description><content:encoded>Orlev said: no.</content:encoded>", "A\nOrlev said: no.", id="content-wins"),
        pytest.param("<title>A</title><description>Orlev said: no.</description><content:encoded> </content:encoded>", "A\nOrlev said: no.", id="empty-content"),
    ],
)  # fmt: skip
def test_text_of_an_item(tmp_path: Path, item: str, text: str) -> None:
    (found,) = items(tmp_path / "feed.xml", rss(f"<item>{item}</item>"))
    assert found.text == text


def test_a_title_alone_is_a_headline_with_a_statement(tmp_path: Path) -> None:
    (found,) = items(
        tmp_path / "feed.xml", rss('<item><title>Orlev: "We will reopen the port on Monday"</title></item>')
    )
    assert [block for block, _ in blocks(found)] == ["headline"]
    (statement,) = annotate(found).statements
    assert statement.text == "We will reopen the port on Monday"


def test_an_item_of_nothing_costs_itself(tmp_path: Path) -> None:
    first, second = read(write(tmp_path / "feed.xml", rss("<item><link>https://ledger.example/1</link></item>", FULL)))
    assert isinstance(first, ReadFailure)
    assert (first.origin, first.message) == (f"{tmp_path}/feed.xml#1", "an item without title and text")
    assert isinstance(second, Document)


def test_a_later_fetch_brings_the_same_document(tmp_path: Path) -> None:
    news = "<item><title>Something new</title></item>"
    (first,) = items(tmp_path / "a.xml", rss(FULL))
    again = items(tmp_path / "b.xml", rss(news, FULL.replace("17</guid>", "17</guid><comments>4</comments>")))
    assert again[1].document_id == first.document_id
    assert again[0].document_id != first.document_id


@pytest.mark.parametrize(
    ("head", "item", "source"),
    [
        pytest.param("", "", "The Harbour Ledger", id="feed-title"),
        pytest.param("", "<link>https://www.aljazeera.net/news/1</link>", "الجزيرة", id="address-of-the-item"),
        pytest.param("", "<source url='https://x.example/f'>Al Jazeera English</source>", "الجزيرة", id="source-of-the-item"),
        pytest.param("<link>https://www.aljazeera.net/</link>", "", "الجزيرة", id="address-of-the-feed"),
        pytest.param("<title>Al Jazeera - World</title>", "", "الجزيرة", id="section-of-an-outlet"),
    ],
)  # fmt: skip
def test_source(tmp_path: Path, head: str, item: str, source: str) -> None:
    channel = head + ("" if "<title>" in head else "<title>The Harbour Ledger</title>")
    text = f"<rss><channel>{channel}<item><title>Port to reopen</title>{item}</item></channel></rss>"
    assert items(tmp_path / "feed.xml", text)[0].source == source


@pytest.mark.parametrize(
    ("author", "name"),
    [
        pytest.param("<author>desk@ledger.example (Noa Levi)</author>", "Noa Levi", id="rss"),
        pytest.param("<author>Noa Levi &lt;desk@ledger.example&gt;</author>", "Noa Levi", id="mail"),
        pytest.param("<dc:creator>נועה לוי</dc:creator>", "נועה לוי", id="hebrew"),
    ],
)
def test_author(tmp_path: Path, author: str, name: str) -> None:
    assert items(tmp_path / "f.xml", rss(f"<item><title>A port</title>{author}</item>"))[0].authors == (name,)


@pytest.mark.parametrize("codec", ["utf-8", "windows-1256", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "windows-1256"])
def test_encodings(tmp_path: Path, codec: str, declared: str) -> None:
    text = rss(
        f"<item><title>{AR_TITLE}</title><description><![CDATA[{AR_BODY}]]></description></item>",
        before=f'<?xml version="1.0" encoding="{declared}"?>',
    )
    (found,) = items(tmp_path / "feed.xml", text.encode(codec))
    assert found.title == AR_TITLE


# ---------------------------------------------------------------- broken and hostile


@pytest.mark.parametrize(
    ("item", "title"),
    [
        pytest.param("<title>Fish &amp; chips & a port&nbsp;&mdash; reopened</title>", "Fish & chips & a port — reopened", id="entities"),
        pytest.param("<title>Port to\x0b re\x1fopen&#x1f;&#0; now</title>", "Port to reopen\ufffd now", id="control-characters"),
        pytest.param("<title>Port</tite><link>x</link>", "Port", id="wrong-end-tag"),
        pytest.param("<title>Port</title><media:thumb url=x><foo:bar>", "Port", id="unclosed"),
        pytest.param("<title>Port &unknown; open</title>", "Port &unknown; open", id="unknown-entity"),
    ],
)  # fmt: skip
def test_xml_that_is_not_well_formed(tmp_path: Path, item: str, title: str) -> None:
    assert items(tmp_path / "feed.xml", rss(f"<item>{item}</item>"))[0].title == title


def test_a_cut_feed_gives_what_is_whole(tmp_path: Path) -> None:
    text = rss(FULL, FULL.replace("Monday", "Tuesday"))
    first, cut = read(write(tmp_path / "feed.xml", text[: text.rindex("Two ships")]))
    assert isinstance(first, Document)
    assert isinstance(cut, ReadFailure)
    assert cut.message == "is cut off: its item 2 is left out, those before it were read"
    assert len(items(tmp_path / "feed.xml", text.removesuffix("</channel></rss>"))) == 2


def _doctype(*entities: str) -> str:
    return f'<?xml version="1.0"?>\n<!DOCTYPE rss [{"".join(entities)}]>'


LAUGHS = _doctype('<!ENTITY a0 "ha">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)))


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(LAUGHS, id="billion-laughs"),
        pytest.param(_doctype('<!ENTITY a11 SYSTEM "file:///etc/hostname">'), id="file"),
        pytest.param(_doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'), id="parameter-entity"),
        pytest.param('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd">', id="external-dtd"),
    ],
)
@pytest.mark.parametrize("name", ["feed.xml", "feed"])
def test_entities_are_never_expanded(tmp_path: Path, before: str, name: str) -> None:
    begun = time.perf_counter()
    item = "<item><title>Port &a11; open</title><link href='&a11;&a11;'/></item>"
    (found,) = items(tmp_path / name, rss(item, before=before))
    assert found.text == "Port &a11; open"
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("a.xml", "", "is empty", id="empty"),
        pytest.param("a.xml", '<?xml version="1.0"?><sitemap><url/></sitemap>', "its root is <sitemap>", id="sitemap"),
        pytest.param("a", '<?xml version="1.0"?><sitemap><url/></sitemap>', "its root is <sitemap>", id="sitemap-no-suffix"),
        pytest.param("a.rss", "no markup", "no root element", id="text"),
        pytest.param("a.rss", "<!DOCTYPE rss [<!ENTITY", "no root element", id="cut-in-the-doctype"),
        pytest.param("a.rss", "<?xml version", "no root element", id="cut-in-the-declaration"),
        pytest.param("a.xml", rss(), "a feed without items", id="no-items"),
        pytest.param("a.xml", "<rss>" + "<a>" * 5_000, "a feed without items", id="deep"),
        pytest.param("a.xml", rss(FULL * 40), "larger than 20,000 bytes", id="too-large"),
        pytest.param("a", '{"version": "https://jsonfeed.org/version/1", "items": 3}', "no list", id="json-without-items"),
        pytest.param("a", '{"version": "https://jsonfeed.org/version/1", "items": [', "no JSON", id="cut-json"),
        pytest.param("a", '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 9000, "too deep", id="deep-json"),
        pytest.param("a", '{"version": "https://jsonfeed.org/version/1", "items": [3]}', "without title", id="strange-item"),
    ],
)  # fmt: skip
def test_a_bad_feed_is_one_clear_line(tmp_path: Path, name: str, data: str, said: str) -> None:
    assert said in message(write(tmp_path / name, data), max_html_bytes=20_000)


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("<item>", id="items"),
        pytest.param("<item><title>x</title></item>", id="short-items"),
        pytest.param("<![CDATA[", id="sections"),
        pytest.param("&", id="ampersands"),
        pytest.param("&amp;" * 3 + "&#1", id="references"),
        pytest.param("<a ", id="tags"),
        pytest.param("<!--", id="comments"),
        pytest.param("]]>", id="section-ends"),
        pytest.param("<x xmlns='u'>", id="namespaces"),
    ],
)
def test_time_is_in_proportion(tmp_path: Path, cpu_seconds: CpuSeconds, piece: str) -> None:
    times = []
    for count in (500, 4_000):
        path = write(tmp_path / "feed.xml", "<rss><channel>" + piece * count)
        times.append(cpu_seconds(partial(read, path)))
    assert times[1] < max(0.3, 24 * times[0])


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_is_told(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([rss(FULL), ATOM, JSON_FEED])).encode())
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.binary(max_size=4)), max_size=5)
    ):
        whole[place : place + 1] = value
    for item in read("-", stdin=io.BytesIO(bytes(whole)), input_format="feed"):
        if isinstance(item, ReadFailure):
            assert_one_line(item)
        else:
            item.text.encode()


# ---------------------------------------------------------------- where feeds are found


@pytest.mark.parametrize("name", ["feed", "feed.html", "feed.txt", "feed.json", "feed.gz"])
@pytest.mark.parametrize("text", [rss(FULL), ATOM, LAUGHS + rss(FULL, before="")], ids=["rss", "atom", "doctype"])
def test_content_tells_a_feed(tmp_path: Path, name: str, text: str) -> None:
    assert document(write(tmp_path / name, text)).input_format == "feed"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<?xml version='1.0'?><!-- a feed of <rss> --><html><body><p>Orlev said that the port is open again.</p></body></html>", id="xhtml"),
        pytest.param("<p>A page about <rss> and <feed>, Orlev said, and about much else besides that.</p>", id="fragment"),
    ],
)  # fmt: skip
def test_a_page_is_no_feed(tmp_path: Path, text: str) -> None:
    assert document(write(tmp_path / "a.html", text)).input_format == "html"


def test_feeds_in_archives_and_on_standard_input(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.zip", zipped({"b.rss": rss(FULL), "a.atom": ATOM})))
    assert told(found, tmp_path) == [
        ("a.zip!/a.atom#1", AR_TITLE),
        ("a.zip!/b.rss#1", "Port of Larnaca to reopen"),
    ]
    assert told(read("-", stdin=io.BytesIO(rss(FULL).encode())), "") == [("-#1", "Port of Larnaca to reopen")]
