"""Saved pages in one file (MHTML) and mails (newsletters): the text that is shown, and what the headers say."""

from __future__ import annotations

import base64
import io
import quopri
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newspages import page
from reading import assert_one_line, document, message, read, told, write

from tracker.read import ReadFailure
from tracker.records import Document

CpuSeconds = Callable[..., float]
HTML = page("en", "posts")[0]
AR_BODY = (
    "<p>قالت مديرة الميناء دانا أورليف مساء الأحد إن ميناء لارنكا سيعود إلى العمل يوم الاثنين المقبل.</p>"
    "<p>وأضافت: «لقد أخلينا الرصيف»، مشيرة إلى أن سفينتين تنتظران خارج الميناء منذ ثلاثة أيام.</p>"
)
EN_BODY = (
    "<p>The port of Larnaca will reopen on Monday, the harbour master Dana Orlev said on Sunday evening.</p>"
    "<p>&quot;We have cleared the quay,&quot; said Orlev, who has run the harbour since 2019.</p>"
)
PLAIN = '"We have cleared the quay," said Dana Orlev, the harbour master.\n'


def part(kind: str, body: bytes | str, *headers: str, encoding: str = "8bit") -> bytes:
    """A part of a message."""
    data = body if isinstance(body, bytes) else body.encode()
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(data)
    head = [f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + packed


def multipart(*parts: bytes, kind: str = "mixed", extra: str = "", head: str = "", boundary: str = "=_b0_") -> bytes:
    """A message of parts."""
    begin = f'{head}MIME-Version: 1.0\r\nContent-Type: multipart/{kind};\r\n\tboundary="{boundary}"{extra}\r\n\r\nnot shown\r\n'
    pieces = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    return begin.encode() + pieces + b"--" + boundary.encode() + b"--\r\n"


PAGE = "Content-Location: https://ledger.example/port?a=1"
PICTURE = part("image/png", b"\x89PNG\r\n" * 9, "Content-Location: https://ledger.example/a.png", encoding="base64")
FRAME = part(
    "text/html", EN_BODY.replace("Larnaca", "Limassol"), "Content-ID: <frame@x>", "Content-Location: cid:frame"
)
MAIL_HEAD = (
    "From: Harbour Ledger <news@ledger.example>\r\nTo: reader@mail.example\r\nSubject: Port to reopen\r\n"
    "Date: Sun, 03 Mar 2024 23:10:00 +0200\r\nMessage-ID: <17@ledger.example>\r\n"
)


# ---------------------------------------------------------------- saved pages


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("name", ["page.mht", "page.mhtml", "page", "page.html"])
def test_a_saved_page_is_its_page(tmp_path: Path, encoding: str, name: str) -> None:
    root = part('text/html; charset="utf-8"', HTML, PAGE, "Content-ID: <root@x>", encoding=encoding)
    saved = multipart(
        root,
        FRAME,
        PICTURE,
        kind="related",
        head="From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/\r\n",
    )
    found = document(write(tmp_path / name, saved))
    plain = document(write(tmp_path / "plain.html", HTML))
    assert found.text.split() == plain.text.split()
    assert [hint.block for hint in found.hints] == [hint.block for hint in plain.hints]
    assert found.input_format == "mhtml"
    assert found.origin == str(tmp_path / name)


def test_the_address_it_was_saved_from(tmp_path: Path) -> None:
    saved = multipart(part("text/html", EN_BODY, PAGE), kind="related")
    assert document(write(tmp_path / "a.mht", saved)).url == "https://ledger.example/port?a=1"


def test_start_names_the_page(tmp_path: Path) -> None:
    root = part("text/html", EN_BODY, "Content-ID: <root@x>")
    saved = multipart(FRAME, PICTURE, root, kind="related", extra=';\r\n\tstart="<root@x>"; type="text/html"')
    assert "Larnaca" in document(write(tmp_path / "a.mht", saved)).text
    lost = saved.replace(b"Content-ID: <root@x>", b"X: y")
    assert "Limassol" in document(write(tmp_path / "b.mht", lost)).text


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        pytest.param("windows-1256", "windows-1256", id="windows-1256"),
        pytest.param("windows-1256", "utf-8", id="mislabelled"),
        pytest.param("utf-8", "windows-1256", id="utf-8-mislabelled"),
        pytest.param("utf-16", "utf-16", id="utf-16"),
    ],
)
def test_encoding_of_the_page(tmp_path: Path, codec: str, declared: str) -> None:
    root = part(f"text/html; charset={declared}", AR_BODY.encode(codec), encoding="base64")
    assert "«لقد أخلينا الرصيف»" in document(write(tmp_path / "a.mhtml", multipart(root, kind="related"))).text


def test_a_page_alone_and_parts_inside_parts(tmp_path: Path) -> None:
    assert document(write(tmp_path / "a.mht", b"MIME-Version: 1.0\r\n" + part("text/html", EN_BODY))).text
    inner = multipart(part("text/plain", "no"), part("text/html", EN_BODY), kind="alternative", boundary="=_b1_")
    assert "Larnaca" in document(write(tmp_path / "b.mht", multipart(inner, PICTURE, kind="related"))).text


def test_plain_html_under_that_name(tmp_path: Path) -> None:
    assert document(write(tmp_path / "a.mht", HTML)).input_format == "html"


# ---------------------------------------------------------------- mails


def test_a_newsletter(tmp_path: Path) -> None:
    body = multipart(
        part("text/plain", "Look at it in a browser."), part("text/html", EN_BODY), kind="alternative", head=MAIL_HEAD
    )
    found = document(write(tmp_path / "a.eml", body))
    assert (found.title, found.source, found.published) == ("Port to reopen", "Harbour Ledger", "2024-03-03")
    assert found.text.splitlines()[0] == "Port to reopen"
    assert '"We have cleared the quay,"' in found.text
    assert "browser" not in found.text
    assert (found.input_format, found.url) == ("eml", None)
    assert [one.value for one in found.metadata if one.name == "published"] == ["2024-03-03T23:10:00+02:00"]


def test_a_press_release_in_plain_text(tmp_path: Path) -> None:
    mail = MAIL_HEAD.encode() + part("text/plain; charset=utf-8", PLAIN)
    found = document(write(tmp_path / "a.eml", mail))
    assert found.text == f"Port to reopen\n\n{PLAIN}"
    assert (found.title, found.hints) == ("Port to reopen", ())


def test_soft_line_ends_are_none(tmp_path: Path) -> None:
    text = '"We have cleared \nthe quay," said \nDana Orlev.\nShe left.\n-- \nThe desk'
    mail = MAIL_HEAD.encode() + part("text/plain; format=flowed", text)
    assert document(write(tmp_path / "a.eml", mail)).text.splitlines()[2:] == [
        '"We have cleared the quay," said Dana Orlev.',
        "She left.",
        "-- ",
        "The desk",
    ]


def test_a_page_of_pictures_is_its_plain_text(tmp_path: Path) -> None:
    body = multipart(
        part("text/plain", PLAIN), part("text/html", "<img src=a.png>"), kind="alternative", head=MAIL_HEAD
    )
    assert PLAIN in document(write(tmp_path / "a.eml", body)).text


@pytest.mark.parametrize(
    ("sender", "source"),
    [
        pytest.param("News <alerts@mail.aljazeera.net>", "الجزيرة", id="domain"),
        pytest.param("Al Jazeera English <bounce@sender.example>", "الجزيرة", id="name"),
        pytest.param('"Ledger, The Harbour" <news@ledger.example>', "Ledger, The Harbour", id="quoted"),
        pytest.param("news@ledger.example", "ledger.example", id="address-alone"),
        pytest.param("", None, id="nobody"),
    ],
)
def test_sender(tmp_path: Path, sender: str, source: str | None) -> None:
    mail = f"From: {sender}\r\nSubject: Port\r\nMIME-Version: 1.0\r\n".encode() + part("text/plain", PLAIN)
    assert document(write(tmp_path / "a.eml", mail)).source == source


TITLE_AR, TITLE_HE = "أورليف: سنعيد فتح الميناء", "אורליף: נפתח מחדש את הנמל ביום שני"


def _word(text: str, codec: str, encoding: str) -> str:
    data = text.encode(codec)
    if encoding == "b":
        return f"=?{codec}?B?{base64.b64encode(data).decode()}?="
    return f"=?{codec}?q?{''.join(f'={byte:02X}' for byte in data)}?="


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        pytest.param(_word(TITLE_AR, "windows-1256", "b"), TITLE_AR, id="windows-1256-base64"),
        pytest.param(_word(TITLE_HE, "windows-1255", "q"), TITLE_HE, id="windows-1255-quoted"),
        pytest.param(_word(TITLE_HE, "iso-8859-8", "q").replace("8859-8", "8859-8-I"), TITLE_HE, id="iso-8859-8-i"),
        pytest.param(_word(TITLE_AR, "utf-8", "b"), TITLE_AR, id="utf-8"),
        pytest.param(TITLE_AR.encode(), TITLE_AR, id="raw-utf-8"),
        pytest.param(TITLE_HE.encode("windows-1255"), TITLE_HE, id="raw-windows-1255"),
        pytest.param("Ledger: " + _word("אורליף: ", "utf-8", "b") + "\r\n " + _word("נפתח", "utf-8", "b"), "Ledger: אורליף: נפתח", id="two-words-folded"),
        pytest.param("=?no-such-code?q?Port?=", "Port", id="unknown-charset"),
        pytest.param("=?utf-8?b?a?= Port", "=?utf-8?b?a?= Port", id="broken-base64"),
    ],
)  # fmt: skip
def test_subject(tmp_path: Path, subject: str | bytes, title: str) -> None:
    written = subject if isinstance(subject, bytes) else subject.encode()
    mail = b"From: a@b.example\r\nSubject: " + written + b"\r\nMIME-Version: 1.0\r\n" + part("text/plain", PLAIN)
    assert document(write(tmp_path / "a.eml", mail)).title == title


def test_attached_mails_are_documents_one_level_deep(tmp_path: Path) -> None:
    deepest = MAIL_HEAD.replace("Port", "Deepest").encode() + part("text/plain", "Too deep, said Dana Orlev.")
    deeper = multipart(
        part("text/html", EN_BODY),
        part("message/rfc822", deepest),
        head=MAIL_HEAD.replace("Port", "Forwarded port"),
        boundary="=_b1_",
    )
    mail = multipart(
        part("text/plain", "See below."), part("message/rfc822", deeper), head=MAIL_HEAD.replace("Port", "Outer port")
    )
    assert told(read(write(tmp_path / "a.eml", mail)), tmp_path) == [
        ("a.eml", "Outer port to reopen"),
        ("a.eml!/1", "Forwarded port to reopen"),
    ]
    wrapper = multipart(part("message/rfc822", deeper), head=MAIL_HEAD)
    assert told(read(write(tmp_path / "b.eml", wrapper)), tmp_path) == [("b.eml!/1", "Forwarded port to reopen")]


def test_attachments_are_not_shown(tmp_path: Path) -> None:
    attached = part("text/html", EN_BODY, "Content-Disposition: attachment; filename=a.html")
    mail = multipart(attached, part("text/plain", PLAIN), head=MAIL_HEAD)
    assert "Larnaca" not in document(write(tmp_path / "a.eml", mail)).text


def test_the_same_mail_in_two_mailboxes_is_one_document(tmp_path: Path) -> None:
    mail = MAIL_HEAD.encode() + part("text/plain", PLAIN)
    first = document(write(tmp_path / "a.eml", mail))
    second = document(write(tmp_path / "b.eml", b"Received: from x by y\r\n" + mail))
    other = document(write(tmp_path / "c.eml", mail.replace(b"<17@", b"<18@")))
    assert first.document_id == second.document_id != other.document_id


def test_a_mail_of_a_mailbox_file(tmp_path: Path) -> None:
    mail = b"From news@ledger.example Sun Mar  3 23:10:00 2024\n" + MAIL_HEAD.encode() + part("text/plain", PLAIN)
    assert document(write(tmp_path / "a.eml", mail)).title == "Port to reopen"


@pytest.mark.parametrize("name", ["a", "a.txt", "a.html", "a.mht"])
def test_content_tells_a_mail(tmp_path: Path, name: str) -> None:
    mail = multipart(part("text/html", EN_BODY), part("text/plain", PLAIN), kind="alternative", head=MAIL_HEAD)
    assert document(write(tmp_path / name, mail)).input_format == ("mhtml" if name == "a.mht" else "eml")


def test_a_memo_with_a_head_is_text(tmp_path: Path) -> None:
    memo = f"From: The harbour\nDate: Sunday\nSubject: Port\n\n{PLAIN}"
    assert document(write(tmp_path / "memo", memo)).text == memo


# ---------------------------------------------------------------- broken and hostile


NESTED = b"".join(
    f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode() for n in range(3000)
) + part("text/plain", PLAIN)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("a.eml", b"", "is empty", id="empty"),
        pytest.param("a.eml", PLAIN.encode(), "does not begin with headers", id="no-mail"),
        pytest.param("a.mht", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "does not begin with headers", id="binary"),
        pytest.param("a.eml", MAIL_HEAD.encode(), "no text that is shown", id="no-body"),
        pytest.param("a.eml", multipart(PICTURE, head=MAIL_HEAD), "no text that is shown", id="picture"),
        pytest.param("a.mht", multipart(PICTURE, kind="related"), "holds no HTML page", id="no-page"),
        pytest.param("a.mht", multipart(kind="related"), "holds no HTML page", id="no-parts"),
        pytest.param("a.mht", multipart(part("text/html", "<p></p>")), "no article text", id="empty-page"),
        pytest.param("a.mht", multipart(part("text/html", EN_BODY * 200)), "(read.max_html_bytes)", id="large-page"),
        pytest.param("a.eml", b"X: " + b"y" * 200_000, "headers have more than", id="endless-header"),
        pytest.param("a.eml", b"MIME-Version: 1.0\r\n" + NESTED, "no text that is shown", id="nested"),
    ],
)
def test_a_bad_message_is_one_clear_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    assert said in message(write(tmp_path / name, data), max_html_bytes=20_000)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda mail: mail.replace(b"--=_b0_--", b""), id="no-last-boundary"),
        pytest.param(lambda mail: mail.replace(b"\r\n", b"\n"), id="unix-line-ends"),
        pytest.param(lambda mail: mail.replace(b'"=_b0_"', b"=_b0_"), id="boundary-without-quotes"),
        pytest.param(lambda mail: mail[:-90], id="cut"),
        pytest.param(lambda mail: mail.replace(b"MIME-Version: 1.0", b"MIME-Version 1.0"), id="header-without-colon"),
        pytest.param(
            lambda mail: mail.replace(b"Transfer-Encoding: 8bit", b"Transfer-Encoding: x-none"), id="strange-encoding"
        ),
        pytest.param(lambda mail: mail.replace(b"text/html", b"TEXT/HTML; charset==;;x"), id="strange-parameters"),
    ],
)
def test_a_broken_mail_gives_what_there_is(tmp_path: Path, damage: object) -> None:
    mail = multipart(part("text/html", EN_BODY), part("text/plain", PLAIN), kind="alternative", head=MAIL_HEAD)
    found = document(write(tmp_path / "a.eml", damage(mail)))  # type: ignore[operator]
    assert "Larnaca" in found.text
    assert found.title == "Port to reopen"


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(b"\n--b", id="delimiters"),
        pytest.param(b"\n--b\n\nx", id="parts"),
        pytest.param(b"\n--bb", id="almost-delimiters"),
        pytest.param(b"a: b\n", id="headers"),
        pytest.param(b"=?", id="words"),
        pytest.param(b"\n", id="lines"),
        pytest.param(b"\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\n", id="two-levels"),
        pytest.param(b"\n--b\nContent-Type: multipart/mixed; boundary=b\n\n", id="own-boundary"),
    ],
)
def test_time_is_in_proportion(tmp_path: Path, cpu_seconds: CpuSeconds, piece: bytes) -> None:
    times = []
    for count in (30_000, 240_000):
        path = write(
            tmp_path / "a.eml", b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n" + piece * count
        )
        times.append(cpu_seconds(partial(read, path)))
    assert times[1] < max(0.5, 24 * times[0])


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("=?a?q?" * 60_000, id="words"),
        pytest.param(";a=b" * 80_000, id="parameters"),
        pytest.param('"\\' * 80_000, id="quotes"),
        pytest.param("(" * 90_000, id="comments"),
        pytest.param("<a@b>," * 50_000, id="addresses"),
    ],
)
def test_long_headers_take_no_time(tmp_path: Path, cpu_seconds: CpuSeconds, value: str) -> None:
    names = ("From", "Subject", "Date", "Content-Type", "Content-Disposition")
    for name in names:
        head = f"{name}: {value[:90_000]}\r\nMIME-Version: 1.0\r\n\r\n{PLAIN}"
        assert cpu_seconds(partial(read, write(tmp_path / "a.eml", head))) < 1


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_is_told(data: st.DataObject) -> None:
    saved = multipart(part("text/html", EN_BODY, PAGE, encoding="base64"), FRAME, kind="related")
    mail = multipart(
        part("text/html", EN_BODY, encoding="quoted-printable"), part("message/rfc822", saved), head=MAIL_HEAD
    )
    whole = bytearray(data.draw(st.sampled_from([saved, mail])))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(whole) - 1), st.binary(max_size=4)), max_size=6)
    ):
        whole[place : place + 1] = value
    for item in read("-", stdin=io.BytesIO(bytes(whole)), input_format=data.draw(st.sampled_from(["eml", "mhtml"]))):
        if isinstance(item, ReadFailure):
            assert_one_line(item)
        else:
            assert isinstance(item, Document)
            item.text.encode()
