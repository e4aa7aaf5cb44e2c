"""Bytes of somebody's page as text, read as browsers read them (the Encoding Standard).

Only encodings of the web are known. Python knows more, some of which take time that grows with the
square of what is sent, refuse to replace what they cannot read, or are programs more than encodings.
"""

import codecs
import re

# Python's codec -> the names that pages use for it. What browsers read as a larger set is read so here.
_NAMES = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8",
    "cp1252": "windows-1252 iso-8859-1 iso8859-1 latin1 latin-1 l1 us-ascii ascii ansi_x3.4-1968 cp1252",
    "cp1250": "windows-1250 cp1250",
    "cp1251": "windows-1251 cp1251",
    "cp1253": "windows-1253 cp1253",
    "cp1254": "windows-1254 iso-8859-9 iso8859-9 latin5 cp1254",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "cp874": "windows-874 tis-620 iso-8859-11",
    "cp866": "ibm866 cp866",
    "iso8859-2": "iso-8859-2 iso8859-2 latin2",
    "iso8859-3": "iso-8859-3 iso8859-3 latin3",
    "iso8859-4": "iso-8859-4 iso8859-4 latin4",
    "iso8859-5": "iso-8859-5 iso8859-5",
    "iso8859-6": "iso-8859-6 iso8859-6",
    "iso8859-7": "iso-8859-7 iso8859-7",
    "iso8859-8": "iso-8859-8 iso8859-8 iso-8859-8-i",
    "iso8859-10": "iso-8859-10 iso8859-10 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13",
    "iso8859-14": "iso-8859-14 iso8859-14",
    "iso8859-15": "iso-8859-15 iso8859-15 latin-9 latin9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "koi8-r koi8 koi",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh x-mac-roman mac",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "gb18030 gbk gb2312 gb_2312-80 x-gbk chinese",
    "big5hkscs": "big5 big5-hkscs x-x-big5 cn-big5",
    "euc_jp": "euc-jp x-euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms932",
    "cp949": "euc-kr korean ks_c_5601-1987 windows-949",
    "utf-16-le": "utf-16 utf-16le unicode",
    "utf-16-be": "utf-16be",
}
_CODECS = {name: codec for codec, names in _NAMES.items() for name in names.split()}
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD = 4096  # bytes in which a page says how it is written
_COMMENT = re.compile(rb"<!--.*?(?:-->|$)", re.DOTALL)
_SAID_BY_PAGE = re.compile(
    rb"""<(?:meta\s[^>]{0,500}?charset|\?xml\s[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)


def decode(body: bytes, named: str = "") -> str:
    """The text behind the bytes; `named` is the encoding that came with them. What cannot be read is marked.

    A mark at the beginning counts most, then the name that came along, then what the page says of itself.
    Without any of them it is UTF-8 where that makes sense, and the encoding of old western pages elsewhere.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    codec = _CODECS.get(named.strip().lower()) or _said_by_page(body) or _guessed(body)
    return body.decode(codec, "replace")


def _said_by_page(body: bytes) -> str | None:
    found = _SAID_BY_PAGE.search(_COMMENT.sub(b"", body[:_HEAD]))
    codec = _CODECS.get(found[1].decode("ascii", "replace").lower()) if found else None
    # Whoever can read this sentence of the page does not read two bytes for each letter.
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _guessed(body: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)  # a letter that is cut at the end is no fault
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def content_type(value: str) -> tuple[str, str]:
    """The type and the encoding in the header of that name, "" for what it does not say."""
    kind, _, parameters = value.partition(";")
    charset = ""
    for parameter in parameters.split(";"):
        name, _, given = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = given.strip().strip("\"'")
    return kind.strip().lower(), charset
