"""Languages that are none of the three must not be called one; those with a folder get their own code."""

from __future__ import annotations

import hashlib

import pytest

from tracker.records import Document
from tracker.segment import segment_document

ARABIC = (
    "أعلنت الوزارة أن أعمال الصيانة في الجسر القديم ستبدأ الأسبوع المقبل وتستمر شهرين.",
    "وقال رئيس البلدية إن السكان طالبوا بهذا المشروع منذ أكثر من عشر سنوات.",
)
HEBREW = (
    "העירייה הודיעה כי הגשר הישן ייסגר לתנועה החל משבוע הבא למשך חודשיים.",
    "תושבי השכונה אמרו שהם מחכים לשיפוץ הזה כבר יותר מעשר שנים.",
)
ENGLISH = (
    "The city council said on Monday that the old bridge would be closed for two months.",
    "Residents told the mayor they had been waiting for the repairs for more than ten years.",
)
FOREIGN = {
    "az": (
        "Şəhər meri bildirib ki, köhnə körpünün təmiri gələn həftə başlayacaq və iki ay davam edəcək.",
        "Sakinlər deyirlər ki, bu işi on ildən çoxdur gözləyirlər, amma heç kim onlara cavab verməyib.",
        "Məktəb yeni dərs ilinə hazır deyil, çünki pəncərələr hələ dəyişdirilməyib.",
    ),
    "de": (
        "Der Bürgermeister sagte, die alte Brücke werde ab der kommenden Woche zwei Monate lang gesperrt.",
        "Viele Anwohner warten schon seit mehr als zehn Jahren auf die Arbeiten und sind nicht zufrieden.",
        "Nach dem Regen stand das Wasser in den Kellern, doch niemand wurde verletzt.",
    ),
    "es": (
        "El alcalde dijo que el puente viejo estará cerrado durante dos meses a partir de la próxima semana.",
        "Los vecinos llevan más de diez años esperando las obras y no están contentos con la respuesta.",
        "Las escuelas abrirán más tarde porque todavía faltan ventanas en muchas aulas.",
    ),
    "fa": (
        "شهردار گفت پل قدیمی از هفته آینده به مدت دو ماه بسته می‌شود و مردم باید از راه دیگری بروند.",
        "ساکنان محله می‌گویند بیش از ده سال است که منتظر این تعمیرات هستند.",
    ),
    "fr": (
        "Le maire a déclaré que le vieux pont serait fermé pendant deux mois à partir de la semaine prochaine.",
        "Les habitants attendent ces travaux depuis plus de dix ans et ne sont pas satisfaits.",
    ),
    "id": (
        "Wali kota mengatakan bahwa jembatan lama akan ditutup selama dua bulan mulai pekan depan.",
        "Warga sudah menunggu perbaikan itu lebih dari sepuluh tahun dan mereka tidak puas dengan jawabannya.",
        "Sekolah belum siap untuk tahun ajaran baru karena jendela kelas masih rusak.",
    ),
    "ps": (
        "ښاروال وویل چې زوړ پل به د راتلونکې اونۍ څخه د دوو میاشتو لپاره تړلی وي.",
        "د سیمې اوسېدونکي وايي چې دوی له لسو کلونو راهیسې د دې کار په تمه دي.",
        "په ښوونځي کې لا هم کړکۍ ماتې دي او زده کوونکي په يخ کې ناست دي.",
    ),
    "so": (
        "Duqa magaalada ayaa sheegay in buundada hore la xiri doono laba bilood laga bilaabo toddobaadka soo socda.",
        "Dadka deegaanka waxay sheegeen inay sugayeen dayactirkan in ka badan toban sano.",
        "Iskuulku weli diyaar uma aha sanad dugsiyeedka cusub sababtoo ah daaqadaha ayaa jaban.",
    ),
    "tr": (
        "Belediye başkanı eski köprünün gelecek haftadan itibaren iki ay boyunca kapalı olacağını söyledi.",
        "Mahalle sakinleri bu onarımı on yıldan fazla bir süredir beklediklerini söylüyor.",
    ),
    "ug": (
        "شەھەر باشلىقى كونا كۆۋرۈكنىڭ كېلەر ھەپتىدىن باشلاپ ئىككى ئاي تاقىلىدىغانلىقىنى ئېيتتى.",
        "ئاھالىلەر بۇ ئىشنى ئون يىلدىن بۇيان كۈتۈۋاتقانلىقىنى سۆزلىدى.",
        "مەكتەپنىڭ دېرىزىلىرى تېخى ئوڭشالمىغان، شۇڭا بالىلار سوغۇقتا ئولتۇرىدۇ.",
    ),
    "ur": (
        "میئر نے کہا کہ پرانا پل اگلے ہفتے سے دو ماہ کے لیے بند رہے گا۔",
        "علاقے کے لوگ دس سال سے زیادہ عرصے سے اس مرمت کا انتظار کر رہے ہیں۔",
    ),
    "yi": (
        "דער בירגערמײַסטער האָט געזאָגט אַז די אַלטע בריק וועט זײַן פֿאַרמאַכט אויף צוויי חדשים.",
        "די איינוואוינער ווארטן שוין מער ווי צען יאר אויף דער ארבעט און זענען נישט צופרידן.",
        "אין דער שול זענען נאָך אַלץ צעבראָכן די פֿענצטער און די קינדער זיצן אין דער קעלט.",
    ),
}


def _document(text: str) -> Document:
    return Document("d", text, "test", hashlib.sha256(text.encode()).hexdigest())


def _pages() -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Pages that set each foreign sentence between two of our own, on lines of their own and on one line."""
    own = (("ar", ARABIC), ("he", HEBREW), ("en", ENGLISH))
    pages = []
    for code, sentences in FOREIGN.items():
        for number, sentence in enumerate(sentences):
            before, after = own[number % 3], own[(number + 1) % 3]
            parts = ((before[0], before[1][0]), (code, sentence), (after[0], after[1][1]))
            pages.append((f"{code}-{number}-lines", "\n", parts))
            same_script = {"fa": "ar", "ps": "ar", "ug": "ar", "ur": "ar", "yi": "he"}.get(code, "en")
            neighbours = [entry for entry in own if entry[0] != same_script]
            parts = ((neighbours[0][0], neighbours[0][1][0]), (code, sentence), (neighbours[1][0], neighbours[1][1][1]))
            pages.append((f"{code}-{number}-one-line", " ", parts))
    return pages


PAGES = _pages()


@pytest.mark.parametrize(("glue", "parts"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
def test_foreign_sentence_has_its_own_stretch(glue: str, parts: tuple[tuple[str, str], ...]) -> None:
    text = glue.join(part for _, part in parts)
    segments = segment_document(_document(text)).segments
    assert [(segment.lang, text[segment.start_char : segment.end_char]) for segment in segments] == list(parts)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        pytest.param("Мэр сказал, что старый мост закроют на два месяца.", "ru", id="russian"),
        pytest.param("Міський голова сказав, що старий міст закриють на два місяці.", "uk", id="ukrainian"),
        pytest.param("Ο δήμαρχος είπε ότι η παλιά γέφυρα θα κλείσει.", "el", id="greek"),
        pytest.param("Քաղաքապետն ասաց, որ հին կամուրջը կփակվի։", "hy", id="armenian"),
        pytest.param("市长说，这座旧桥将关闭两个月。", "zh", id="chinese"),
        pytest.param("ᎣᏏᏲ ᏙᎯᏧ", "und", id="script-nobody-here-knows"),
    ],
)
def test_other_scripts(text: str, lang: str) -> None:
    assert {segment.lang for segment in segment_document(_document(text)).segments} == {lang}
