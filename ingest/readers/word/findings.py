"""What a reader of Word files has left out or made of things, counted, and how it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

Note = tuple[str, str]

_MOST_COMMENTS = 50  # told one by one
_LONGEST_QUOTE = 30  # characters
_LONGEST_COMMENT = 120  # characters
_MOST_EXAMPLES = 3
_COUNTED = {  # in the order in which they are told
    "picture": ("pictures", "有 {} 张图片没有文字，未读取；图中若有条文，请另行录入"),
    "object": ("unread_objects", "有 {} 个图表或嵌入对象未读取，请打开原文件核对"),
    "note": ("footnotes", "有 {} 条脚注或尾注：正文中以 [序号] 标出，注文移到了全文末尾"),
    "formula": ("formulas", "有 {} 个公式按一行文字读取，请与原文件核对"),
    "phonetic": ("phonetics", "有 {} 处注音未计入正文，只保留了被注音的文字"),
    "field": ("fields", "有 {} 个域没有保存结果，其显示内容未能读取；请在 Word 中按 Ctrl+A、F9 更新域后另存"),
    "symbol": ("symbols", "有 {} 个符号认不出，已用 ▯ 代替，请与原文件核对"),
    "format": ("number_formats", "有 {} 个自动编号的格式不认识，已按阿拉伯数字读取，请与原文件核对"),
    "chunk": ("chunks", "有 {} 处嵌入的外部内容未能读取；请用 Word 打开后另存为 .docx 再导入"),
}


@dataclass(slots=True)
class Comment:
    """A comment: who says what about which words."""

    author: str
    text: str
    quoted: str = ""

    def message(self) -> str:
        """Return the comment in one short line."""
        about = f"批注“{_short(self.quoted, _LONGEST_QUOTE)}”" if self.quoted.strip() else "批注"
        return f"{self.author or '佚名'}{about}：{_short(self.text, _LONGEST_COMMENT)}"


@dataclass(slots=True)
class Findings:
    """What was found on the way through a file."""

    counts: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)  # words of headers and footers
    comments: list[Comment] = field(default_factory=list)
    embedded: list[Note] = field(default_factory=list)  # what is to be told of files that are embedded

    def hide(self, text: str) -> None:
        """Keep words that are not printed."""
        if words := text.strip():
            self.hidden.append(words)

    def notes(self) -> Iterator[Note]:
        """Yield what is to be told of the file."""
        yield from self._changes()
        yield from self._hidden()
        yield from self._margins()
        for key, (code, message) in _COUNTED.items():
            if self.counts[key]:
                yield code, message.format(self.counts[key])
        yield from self._comments()
        yield from self.embedded

    def _changes(self) -> Iterator[Note]:
        kinds = (("inserted", "插入"), ("deleted", "删除"), ("moved", "移动"))
        told = "、".join(f"{word} {self.counts[key]} 处" for key, word in kinds if self.counts[key])
        if told:
            yield "tracked_changes", f"有修订痕迹（{told}），按接受全部修订后的文字读取，请确认"

    def _hidden(self) -> Iterator[Note]:
        if self.hidden:
            length = sum(len(text) for text in self.hidden)
            yield (
                "hidden_text",
                f"有 {len(self.hidden)} 处隐藏文字（共 {length} 字）未计入正文，如{_examples(self.hidden)}",
            )

    def _margins(self) -> Iterator[Note]:
        if self.margins:
            yield "headers_footers", f"有 {len(self.margins)} 处页眉、页脚未计入正文，如{_examples(self.margins)}"

    def _comments(self) -> Iterator[Note]:
        if self.comments:
            yield "comments", f"有 {len(self.comments)} 条批注，未计入正文"
        for comment in self.comments[:_MOST_COMMENTS]:
            yield "comment", comment.message()
        if len(self.comments) > _MOST_COMMENTS:
            yield "comment", f"其余 {len(self.comments) - _MOST_COMMENTS} 条批注请在原文件中查看"


def _examples(texts: list[str]) -> str:
    return "、".join(f"“{_short(text, _LONGEST_QUOTE)}”" for text in texts[:_MOST_EXAMPLES])


def _short(text: str, limit: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
