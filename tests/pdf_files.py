"""PDF files of our own making: pages of text in a font that every reader of PDFs knows, and needs no embedding."""

import hashlib
import itertools
import math
import zlib

WIDTH, HEIGHT = 595, 842
LEFT, RIGHT, TOP = 90, 490, 100  # edges of the text that `typeset` sets, from the upper left corner
SIZE, LEADING = 16, 28
_NEVER_FIRST = "，。；：、）》”"


def words(x, y, text, size=SIZE, *, mode=0, color="0", turn=0, spacing=0):
    """Text whose baseline begins `y` below the upper edge."""
    c, s = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    code = text.encode("utf-16-be").hex()
    place = f"{c:.4f} {s:.4f} {-s:.4f} {c:.4f} {x} {HEIGHT - y}"
    return f"q {color} g BT /F {size} Tf {mode} Tr {spacing} Tc {place} Tm <{code}> Tj ET Q\n"


def line(x0, y0, x1, y1):
    """A thin line."""
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def box(x0, y0, x1, y1, color):
    """A filled area."""
    return f"q {color} rg {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f Q\n"


def table(xs, ys, cells, missing=()):
    """A ruled table: `cells` by row and column; `missing` are walls ("|", row, column) or floors ("-", row, column)."""
    drawn = ""
    for row, (top, bottom) in enumerate(itertools.pairwise(ys)):
        drawn += "".join(line(x, top, x, bottom) for at, x in enumerate(xs) if ("|", row, at) not in missing)
    for at, y in enumerate(ys):
        for column, (left, right) in enumerate(itertools.pairwise(xs)):
            drawn += "" if ("-", at, column) in missing else line(left, y, right, y)
    for (row, column), text in cells.items():
        for number, part in enumerate(text.split("\n")):
            drawn += words(xs[column] + 5, ys[row] + 14 + 14 * number, part, 10)
    return drawn


def wrapped(text, columns, indent=0):
    """The lines that a text fills, so many characters wide, no stop first in a line."""
    lines, rest = [], " " * indent + text
    while rest:
        stop = columns
        while stop < len(rest) and rest[stop] in _NEVER_FIRST:
            stop -= 1
        lines.append(rest[:stop])
        rest = rest[stop:]
    return lines


def typeset(paragraphs, *, left=LEFT, right=RIGHT, top=TOP, bottom=760, indent=2, gap=0, size=SIZE):
    """The pages of paragraphs, each as its lines set one below the other."""
    pages, y = [""], top
    for paragraph in paragraphs:
        for number, text in enumerate(wrapped(paragraph, int((right - left) // size), indent)):
            if y > bottom:
                pages.append("")
                y = top
            shift = size * indent if number == 0 else 0
            pages[-1] += words(left + shift, y, text.strip(), size)
            y += LEADING
        y += gap
    return pages


def pdf_file(*pages, page="", catalog="", objects=(), password=None):
    """A PDF of pages, each what is drawn on it; `page` and `catalog` add to their entries, `objects` begin at number 9."""
    kids = " ".join(f"{20 + 2 * number} 0 R" for number in range(len(pages)))
    fixed = {
        1: f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        4: "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000/W[1 95 500]"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        5: "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
        6: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    parts = {number: text.encode() for number, text in fixed.items()}
    parts |= {9 + number: text if isinstance(text, bytes) else text.encode() for number, text in enumerate(objects)}
    for number, drawn in enumerate(pages):
        at = 20 + 2 * number
        size = "" if "/MediaBox" in page else f"/MediaBox[0 0 {WIDTH} {HEIGHT}]"
        fonts = "/Font<</F 3 0 R/H 6 0 R>>"
        parts[at] = (
            f"<</Type/Page/Parent 2 0 R{size}/Contents {at + 1} 0 R/Resources<<{fonts}/XObject<</I 9 0 R>>>>{page}>>"
        ).encode()
        parts[at + 1] = drawn if isinstance(drawn, bytes) else stream(drawn.encode())
    return _file(parts, password)


def stream(data, entries="", *, packed=True):
    """A stream object."""
    data = zlib.compress(data) if packed else data
    kind = "/Filter/FlateDecode" if packed else ""
    return f"<<{kind}{entries}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def picture(width=8, height=8):
    """A grey picture, as object 9 that a page draws with `q 595 0 0 842 0 0 cm /I Do Q`."""
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray/BitsPerComponent 8"
    return stream(bytes([200]) * width * height, entries)


SCAN = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /I Do Q\n"


def _file(parts, password):
    trailer = f"<</Size {max(parts) + 1}/Root 1 0 R"
    if password is not None:
        owner, user, key = _locks(password)
        parts = {number: _locked(part, key, number) for number, part in parts.items()}
        parts[7] = f"<</Filter/Standard/V 1/R 2/P -4/O<{owner.hex()}>/U<{user.hex()}>>>".encode()
        trailer += f"/Encrypt 7 0 R/ID[<{_ID.hex()}><{_ID.hex()}>]"
    data, places = b"%PDF-1.7\n", {}
    for number, part in sorted(parts.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = "".join(
        f"{places[n]:010d} 00000 n \n" if n in places else "0000000000 65535 f \n" for n in range(max(parts) + 1)
    )
    return data + f"xref\n0 {max(parts) + 1}\n{table}trailer\n{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n".encode()


# --- a password ------------------------------------------------------------------------------------------------------

_ID = bytes(range(16))
_PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def _locks(password):
    """What the oldest way of locking a PDF writes for owner and user."""
    padded = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + _ID).digest()[:5]
    return owner, _rc4(key, _PADDING), key


def _locked(part, key, number):
    """An object whose stream nobody reads without the key."""
    head, mark, rest = part.partition(b"stream\n")
    own = hashlib.md5(key + number.to_bytes(3, "little") + bytes(2)).digest()[:10]
    return head + mark + (_rc4(own, rest.removesuffix(b"\nendstream")) + b"\nendstream" if mark else b"")


def _rc4(key, data):
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
