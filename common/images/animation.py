"""Animations as files: counted, measured and rewritten block by block, without decoding their frames.

Decoding and encoding again would cost seconds and gigabytes and spoil the colours, so the picture
data is taken over as it is and everything else is left behind. Formats: GIF89a specification (W3C),
WebP container specification (RFC 9649).
"""

from dataclasses import dataclass

_GIF_HEADER = 13  # signature and logical screen descriptor
_GIF_EXTENSION, _GIF_IMAGE, _GIF_END = 0x21, 0x2C, 0x3B
_GIF_CONTROL, _GIF_APPLICATION = 0xF9, 0xFF
_GIF_LOOPS = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")  # how often it plays: the one application block we keep
_WEBP_KEPT = {b"ANIM", b"ANMF"}
_WEBP_FRAME_KEPT = {b"ALPH", b"VP8 ", b"VP8L"}
_WEBP_FRAME_HEADER = 16
_WEBP_FLAG_ALPHA, _WEBP_FLAG_ANIMATION = 0x10, 0x02


class Broken(ValueError):
    """The blocks of the file do not fit together."""


@dataclass(frozen=True, slots=True)
class Animation:
    """Pixels of the canvas, number of frames, and the file without anything but the pictures."""

    width: int
    height: int
    frames: int
    clean: bytes


def read_gif(data: bytes) -> Animation:
    """Walk over the blocks of a GIF. Raises Broken when it ends within one or a frame leaves the canvas."""
    width, height = _little(data, 6), _little(data, 8)
    at = _GIF_HEADER + _gif_palette(data, 10)
    clean = bytearray(data[:at])
    frames = 0
    while at < len(data) and data[at] != _GIF_END:
        start = at
        if data[at] == _GIF_EXTENSION:
            at = _gif_blocks_end(data, at + 2)
            if _gif_is_kept(data, start):
                clean += data[start:at]
        elif data[at] == _GIF_IMAGE:
            _check_inside(data, start, width, height)
            at = _gif_blocks_end(data, start + 10 + _gif_palette(data, start + 9) + 1)
            clean += data[start:at]
            frames += 1
        else:
            raise Broken(f"unknown block {data[at]:#x}")
    clean.append(_GIF_END)
    return Animation(width, height, frames, bytes(clean))


def read_webp(data: bytes) -> Animation:
    """Walk over the chunks of a WebP; a still one has one frame. Raises Broken when it ends within one."""
    chunks = list(_chunks(data, 12, min(len(data), 8 + _little(data, 4, 4))))
    first, header = chunks[0] if chunks else (b"", b"")
    if first != b"VP8X" or not header[0] & _WEBP_FLAG_ANIMATION:
        return Animation(0, 0, 1, b"")
    width, height = _little(header, 4, 3) + 1, _little(header, 7, 3) + 1
    flags = header[0] & (_WEBP_FLAG_ALPHA | _WEBP_FLAG_ANIMATION)
    kept = [_chunk(b"VP8X", bytes([flags]) + header[1:10])]
    kept += [_chunk(name, _webp_body(name, body)) for name, body in chunks if name in _WEBP_KEPT]
    frames = sum(name == b"ANMF" for name, _ in chunks)
    clean = b"WEBP" + b"".join(kept)
    return Animation(width, height, frames, b"RIFF" + len(clean).to_bytes(4, "little") + clean)


def _gif_palette(data: bytes, flags_at: int) -> int:
    """Bytes of the colour table that the flags announce."""
    flags = _little(data, flags_at, 1)
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _gif_blocks_end(data: bytes, at: int) -> int:
    """Where a row of sub-blocks ends: each starts with its length, the last has none."""
    while length := _little(data, at, 1):
        at += length + 1
    return at + 1


def _gif_is_kept(data: bytes, at: int) -> bool:
    label = data[at + 1]
    return label == _GIF_CONTROL or (label == _GIF_APPLICATION and data[at + 2 : at + 14] in _GIF_LOOPS)


def _check_inside(data: bytes, at: int, width: int, height: int) -> None:
    left, top, wide, high = (_little(data, at + offset) for offset in (1, 3, 5, 7))
    if left + wide > width or top + high > height:
        raise Broken("a frame reaches over the edge")


def _webp_body(name: bytes, body: bytes) -> bytes:
    if name != b"ANMF":
        return body[:6]  # background colour and how often it plays
    inner = _chunks(body, _WEBP_FRAME_HEADER, len(body))
    return body[:_WEBP_FRAME_HEADER] + b"".join(
        _chunk(kind, data) for kind, data in inner if kind in _WEBP_FRAME_KEPT
    )


def _chunks(data: bytes, at: int, end: int) -> list[tuple[bytes, bytes]]:
    found = []
    while at + 8 <= end:
        length = _little(data, at + 4, 4)
        if at + 8 + length > end:
            raise Broken("the file ends within a chunk")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    return found


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)


def _little(data: bytes, at: int, size: int = 2) -> int:
    if at + size > len(data):
        raise Broken("the file ends too early")
    return int.from_bytes(data[at : at + size], "little")
