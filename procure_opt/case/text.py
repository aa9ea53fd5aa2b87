"""From the bytes of a file to text: UTF-8 with plain line ends, or findings that name the place."""

from __future__ import annotations

import re

from procure_opt.errors import CaseError, Finding

from .events import MOST_BYTES

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
# A case begins with an ASCII character, so zero bytes around the first one give the encoding away.
_WIDE = re.compile(rb"(\x00\x00\x00[^\x00]|[^\x00]\x00\x00\x00)|(\x00[^\x00]|[^\x00]\x00)", re.DOTALL)
_UTF8_BOM = b"\xef\xbb\xbf"
_UNWELCOME = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_MOST_SHOWN = 10


def decoded(raw: bytes, name: str) -> str:
    r"""Return the text of the file ``name`` with ``\n`` as its only line end.

    Raises
    ------
    CaseError
        If ``raw`` is too long, empty, not UTF-8, or holds characters that no case needs.

    >>> decoded(b"\xef\xbb\xbfa: 1\r\n", "toy.yaml")
    'a: 1\n'
    """
    if len(raw) > MOST_BYTES:
        raise CaseError([_finding(name, 1, 1, too_large(len(raw)))])
    wide = _wide_encoding(raw)
    if wide:
        sentence = f"the file is {wide} (seen at byte 0), must be UTF-8: save it as UTF-8"
        raise CaseError([_finding(name, 1, 1, sentence)])
    text = _utf8(raw.removeprefix(_UTF8_BOM), len(raw) - len(raw.removeprefix(_UTF8_BOM)), name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise CaseError([_finding(name, 1, 1, "the file is empty, expected lines such as title: ...")])
    _refuse_unwelcome(text, name)
    return text


def too_large(size: int | None) -> str:
    """Return the sentence about a file of ``size`` bytes; None where its end was not reached.

    >>> too_large(50_000_000)
    'found 50.0 MB, a case file must be at most 4 MB'
    """
    found = "more than 4 MB" if size is None else f"{size / 1e6:.1f} MB"
    return f"found {found}, a case file must be at most {MOST_BYTES // 1_000_000} MB"


def _wide_encoding(raw: bytes) -> str:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return encoding
    match = _WIDE.match(raw)
    return "" if match is None else "UTF-32" if match[1] else "UTF-16"


def _utf8(raw: bytes, skipped: int, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line, column = _place(before, len(before))
        sentence = (
            f"byte {error.start + skipped} of the file (0x{raw[error.start]:02X}) is not UTF-8, "
            "perhaps the file is Latin-1 or Windows-1252: save it as UTF-8"
        )
        raise CaseError([_finding(name, line, column, sentence)]) from None


def _refuse_unwelcome(text: str, name: str) -> None:
    findings = []
    for match in _UNWELCOME.finditer(text):
        sentence = f"found the invisible character U+{ord(match[0]):04X}, remove it"
        findings.append(_finding(name, *_place(text, match.start()), sentence))
        if len(findings) == _MOST_SHOWN:
            break
    if findings:
        raise CaseError(findings)


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _finding(name: str, line: int, column: int, sentence: str) -> Finding:
    return Finding(name, line, column, "error", "", sentence)
