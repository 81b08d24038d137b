"""Word files of our own making: packages with as little in them as a reader needs."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{RELATIONS}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)


def part(root, inner):
    """One part: what stands in its root element."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{root} {_SPACES}>{inner}</w:{root}>'


def word_file(body, *, chunks=(), main="word/document.xml", **parts):
    """A .docx: the XML of its body and, by name, of its numbering, styles, footnotes, header1 … parts."""
    roots = {"styles": "styles", "numbering": "numbering", "settings": "settings", "header": "hdr", "footer": "ftr"}
    members = {main: part("document", f"<w:body>{body}</w:body>")}
    targets = []
    for name, inner in parts.items():
        kind = name.rstrip("0123456789")
        members[f"word/{name}.xml"] = part(roots.get(kind, kind), inner)
        targets.append((name, kind, f"{name}.xml"))
    for count, (name, data) in enumerate(chunks, 1):
        members[f"word/{name}"] = data
        targets.append((f"chunk{count}", "aFChunk", f"/word/{name}"))
    members["_rels/.rels"] = _relations([("main", "officeDocument", main)])
    members["word/_rels/document.xml.rels"] = _relations(targets)
    types = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{_type(k)}"/>' for n, k, _ in targets if k in _KINDS
    )
    members["[Content_Types].xml"] = (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="mht" ContentType="message/rfc822"/>'
        f'<Override PartName="/{main}" ContentType="{_MAIN}"/>{types}</Types>'
    )
    return package(members)


_KINDS = ("styles", "numbering", "settings", "header", "footer", "footnotes", "endnotes", "comments")


def _type(kind):
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def _relations(targets):
    rows = "".join(
        f'<Relationship Id="{i}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for i, kind, target in targets
    )
    return f'<Relationships xmlns="{_PACKAGE}">{rows}</Relationships>'


def package(members):
    """A zip file of named members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return data.getvalue()


def p(*texts, num=None, level=0, style="", props=""):
    """A paragraph: strings are runs of text, what begins with "<" is XML."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        inner += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    runs = "".join(text if text.startswith("<") else r(text) for text in texts)
    return f"<w:p><w:pPr>{inner}{props}</w:pPr>{runs}</w:p>"


def r(text, props=""):
    """A run of text."""
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows, grid=2):
    """A table of rows of cells; a cell is a text, or XML of a whole cell."""
    cells = [[c if c.startswith("<w:tc>") else tc(c) for c in row] for row in rows]
    body = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * grid}</w:tblGrid>{body}</w:tbl>"


def tc(content, props=""):
    """A cell: a text, or the XML of its paragraphs."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"


def level(number, form, text, *, start=1, more=""):
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number, *levels):
    """The definition of a list."""
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'


def num(number, of, *overrides):
    """A list that uses a definition."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{"".join(overrides)}</w:num>'
