"""How fast pages are read from files and archives, and in what memory: ``python -m benchmarks.inputs``.

The same pages (2,000; the paragraphs of data/gold, shuffled, as HTML) are read as a folder of files, from WARC files,
packed and not, and from a ZIP archive. Rates are pages a CPU second, the time is a multiple of the folder's in the same
run. Memory is the process's peak after a tenth of the pages and at the end: what lies between is what an archive of ten
times the length costs.

``--pages N`` takes another number, ``--json`` prints the figures as JSON.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from benchmarks.speed import make_documents
from tracker.read import read_inputs
from tracker.records import Document

PAGES = 2_000
NOISE = "".join(f'<li><a href="/section/{number}">Section {number}</a></li>' for number in range(60))
"""What surrounds the story on every page."""


def make_pages(count: int) -> Iterator[bytes]:
    """``count`` pages of a story each, in three languages, the same in every run."""
    documents = [one for lang in ("ar", "he", "en") for one in make_documents(lang, count // 3 + 1)]
    for one in documents[:count]:
        title, *paragraphs = [html.escape(line) for line in one.text.split("\n") if line.strip()]
        body = "".join(f"<p>{line}</p>\n" for line in paragraphs)
        yield (
            f'<!DOCTYPE html><html lang="{one.lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
            f"<body><nav><ul>{NOISE}</ul></nav><article><h1>{title}</h1>\n{body}</article>"
            f"<footer><ul>{NOISE}</ul></footer></body></html>"
        ).encode()


def make_record(page: bytes, number: int) -> bytes:
    """The page as a response in a WARC file."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2024-03-04T05:06:07Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write_inputs(folder: Path, count: int) -> dict[str, Path]:
    """The pages in every form below ``folder``."""
    paths = {name: folder / name for name in ("html", "pages.warc", "pages.warc.gz", "pages.zip")}
    paths["html"].mkdir()
    with (
        paths["pages.warc"].open("wb") as plain,
        paths["pages.warc.gz"].open("wb") as packed,
        zipfile.ZipFile(paths["pages.zip"], "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for number, page in enumerate(make_pages(count)):
            (paths["html"] / f"{number:06}.html").write_bytes(page)
            record = make_record(page, number)
            plain.write(record)
            packed.write(gzip.compress(record))
            archive.writestr(f"{number:06}.html", page)
    return paths


def measure(path: Path, count: int) -> tuple[float, int, int]:
    """CPU seconds, and the peak of memory in KB after a tenth of the pages and at the end."""
    begun = time.process_time()
    early = read = 0
    for item in read_inputs([path]):
        assert isinstance(item, Document), item
        read += 1
        if read == count // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read == count
    return time.process_time() - begun, early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = write_inputs(Path(folder), options.pages)
        figures = {}
        for name, path in paths.items():
            with get_context("spawn").Pool(1) as pool:  # a process each, or the peak of one would hide the next's
                seconds, early, late = pool.apply(measure, (path, options.pages))
            figures[name] = {"seconds": seconds, "early_kb": early, "late_kb": late, "bytes": _size(path)}
    base = figures["html"]["seconds"]
    if options.json:
        json.dump(figures, sys.stdout, indent=1)
        return
    print(f"{'input':15} {'pages/s':>8} {'time':>6} {'MB':>7} {'peak after 1/10':>16} {'at the end':>11}")
    for name, one in figures.items():
        rate, ratio = options.pages / one["seconds"], one["seconds"] / base
        early, late = one["early_kb"] / 1024, one["late_kb"] / 1024
        print(f"{name:15} {rate:8.0f} {ratio:6.2f} {one['bytes'] / 1e6:7.1f} {early:13.0f} MB {late:8.0f} MB")


def _size(path: Path) -> int:
    return sum(one.stat().st_size for one in path.iterdir()) if path.is_dir() else path.stat().st_size


if __name__ == "__main__":
    main()
