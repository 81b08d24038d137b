"""An OFD file as a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.readers.layout.characters import Characters
from ingest.readers.layout.flow import flow_of
from ingest.readers.layout.seen import Found, Note, notes_of, page_numbers, seen_on
from ingest.readers.ofd.package import Package, children, text_at
from ingest.readers.ofd.page import POINTS, Placement, numbers
from ingest.readers.reading import Reading
from ingest.readers.zipped import BrokenPart, Element
from tiaoli.errors import UnreadableFile

_ROOT = "OFD.xml"
_A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres
_MOST_PAGES = 3000
_SAVE_AGAIN = "请用 OFD 阅读器打开后另存为 PDF 再导入"
_NO_COMMENTS = ("Link", "Watermark")


def read(data: bytes) -> Reading:
    """Return the text of an OFD file, one paragraph a line; UnreadableFile where there is none."""
    package, characters = Package(data), Characters()
    if package.find("", _ROOT) is None:
        raise UnreadableFile(f"文件里没有 {_ROOT}，不是 OFD 文档或已损坏；{_SAVE_AGAIN}")
    try:
        bodies = list(children(package.xml(_ROOT), "DocBody"))
        documents = [_Document(package, name) for body in bodies if (name := _location(package, body))]
    except BrokenPart as error:
        raise UnreadableFile(f"OFD 的 {error} 已损坏，无法读取；{_SAVE_AGAIN}") from None
    found: list[Found] = []
    for document in documents:
        found += document.pages(characters, len(found))
    if not any(page.visible for page in found):
        raise UnreadableFile(f"OFD 里没有可读的文字（可能全是图片，或已加密）；{_SAVE_AGAIN}")
    flow = flow_of([page for one in found for page in one.pages])
    extras = [note for document in documents for note in document.notes()]
    notes = (*_pictures(found), *characters.notes(), *flow.notes, *notes_of(found), *extras, *_seals(package, bodies))
    return Reading(flow.text, rows=flow.rows, notes=notes)


def _location(package: Package, body: Element) -> str | None:
    return package.find(_ROOT, text_at(body, "DocRoot"))


def _pictures(found: Sequence[Found]) -> Iterator[Note]:
    if pages := [index for index, page in enumerate(found) if page.is_picture]:
        yield "pages_without_text", f"第 {page_numbers(pages)} 页是图片或扫描页，图中文字未能读入，请核对原文件"


def _seals(package: Package, bodies: Sequence[Element]) -> Iterator[Note]:
    count = 0
    for body in bodies:
        name = package.find(_ROOT, text_at(body, "Signatures"))
        count += sum(1 for _ in children(_part(package, name), "Signature"))
    if count:
        yield "signatures", f"OFD 有 {count} 处电子签名或签章，未核验"


def _part(package: Package, name: str | None) -> Element | None:
    """Return the root element of a part that may be missing or broken."""
    try:
        return package.xml(name) if name else None
    except BrokenPart:
        return None


class _Document:
    """One document of the file."""

    def __init__(self, package: Package, name: str) -> None:
        self._package, self._name = package, name
        self._root = package.xml(name)
        common = next(children(self._root, "CommonData"), None)
        self._box = numbers(text_at(common, "PageArea", "PhysicalBox"), 4) or _A4
        self._templates = {
            template.get("ID", ""): self._find(template.get("BaseLoc")) for template in children(common, "TemplatePage")
        }
        resources = [*children(common, "PublicRes"), *children(common, "DocumentRes")]
        self._units = {
            unit.get("ID", ""): unit
            for resource in resources
            for unit in children(self._linked(resource.text), "CompositeGraphicUnits", "CompositeGraphicUnit")
        }

    def pages(self, characters: Characters, before: int) -> Iterator[Found]:
        """Yield what is on each page, counted on from those of the documents before."""
        pages = list(children(self._root, "Pages", "Page"))
        if before + len(pages) > _MOST_PAGES:
            raise UnreadableFile(f"OFD 有 {before + len(pages)} 页，超过 {_MOST_PAGES} 页的上限，请拆分后再导入")
        comments = self._comments()
        for number, page in enumerate(pages, before + 1):
            found = self._page(self._find(page.get("BaseLoc")), number, characters)
            found.comments = comments.get(page.get("ID", ""), 0)
            yield found

    def _page(self, name: str | None, number: int, characters: Characters) -> Found:
        root = _part(self._package, name)
        if root is None:
            return Found(is_broken=True)
        left, top, width, height = numbers(text_at(root, "Area", "PhysicalBox"), 4) or self._box
        placement = Placement(left, top, self._units, characters)
        for template in children(root, "Template"):
            layout = _part(self._package, self._templates.get(template.get("TemplateID", "")))
            if layout is not None:
                placement.add(layout)
        placement.add(root)
        return seen_on(number, width * POINTS, height * POINTS, placement.characters, placement.drawing)

    def _comments(self) -> dict[str, int]:
        """Return how many notes lie over each page, by its id."""
        counts: dict[str, int] = {}
        name = self._find(text_at(self._root, "Annotations"))
        for page in children(_part(self._package, name), "Page"):
            inner = self._package.find(name or "", text_at(page, "FileLoc"))
            kinds = [note.get("Type", "") for note in children(_part(self._package, inner), "Annot")]
            counts[page.get("PageID", "")] = sum(kind not in _NO_COMMENTS for kind in kinds)
        return counts

    def notes(self) -> Iterator[Note]:
        """Yield what the document has beside its pages."""
        count = sum(1 for _ in children(self._linked(text_at(self._root, "Attachments")), "Attachment"))
        if count:
            yield "attached_files", f"OFD 内嵌 {count} 个附件文件，未读入，请另存后分别导入"

    def _find(self, location: str | None) -> str | None:
        return self._package.find(self._name, location)

    def _linked(self, location: str | None) -> Element | None:
        return _part(self._package, self._find(location))
