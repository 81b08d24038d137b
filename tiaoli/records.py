"""The nouns that every room shares: frozen and without behaviour. The store and the exports turn them into bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a clause is: the levels of a statute, those of a policy text, and what stands around them."""

    PART = "part"  # 编
    SUBPART = "subpart"  # 分编
    CHAPTER = "chapter"  # 章
    SECTION = "section"  # 节
    ARTICLE = "article"  # 条
    PARAGRAPH = "paragraph"  # 款; 段 outside an article
    ITEM = "item"  # 项
    SUBITEM = "subitem"  # 目
    HEADING = "heading"  # 一、
    SUBHEADING = "subheading"  # （一）
    POINT = "point"  # 1.
    SUBPOINT = "subpoint"  # （1）
    SUBSUBPOINT = "subsubpoint"  # ①
    PREAMBLE = "preamble"  # 题注, 文号, 受文单位, 目录, opening text
    CLOSING = "closing"  # 落款
    ATTACHMENT = "attachment"  # 附件, 附表
    TITLE = "title"  # 标题
    TABLE = "table"  # 表


class DocType(StrEnum):
    """文种 of a document, by who may issue it and in which form."""

    LAW = "法律"
    ADMIN_REGULATION = "行政法规"
    SUPERVISION_REGULATION = "监察法规"
    JUDICIAL_INTERPRETATION = "司法解释"
    LOCAL_REGULATION = "地方性法规"
    DEPARTMENTAL_RULE = "部门规章"
    LOCAL_RULE = "地方政府规章"
    NORMATIVE = "行政规范性文件"
    POWERS_LIST = "权责清单"
    OTHER = "其他"


class Status(StrEnum):
    """Whether a document is in force at a given date."""

    IN_FORCE = "现行有效"
    NOT_YET = "尚未生效"
    AMENDED = "已修改"  # a newer version of the same work is in force
    REPEALED = "已废止"
    EXPIRED = "失效"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's normalised text, in Unicode code points, end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document in one version; the fields of `documents.jsonl` (dates are dates, not text)."""

    doc_id: str
    title: str
    source: str  # file as it was given to ingest, with `#` and the member's mark where a file holds several documents
    sha256: str  # of the file
    doc_type: DocType = DocType.OTHER
    level: int = 9  # rank of force, 1 = 宪法/法律; larger is lower
    issuer: str | None = None
    region: str | None = None
    doc_number: str | None = None
    adopted: date | None = None  # 通过
    promulgated: date | None = None  # 公布, 发布, 印发
    effective: date | None = None  # 施行
    expires: date | None = None  # last day in force
    draft: bool = False  # 征求意见稿, 草案
    status: Status | None = None  # at the date asked for; None until it is computed
    version_of: str | None = None  # id of the work whose versions these are
    version: int = 1  # counts the changed files of the same source
    current: bool = True  # False for an older version of the file, or a withdrawn file
    n_clauses: int = 0


@dataclass(frozen=True, slots=True)
class Clause:
    """One unit of the clause tree; the fields of `clauses.jsonl`.

    `start` and `end` bound the own text: printed label, heading and text, without the children.
    """

    clause_id: str
    doc_id: str
    parent_id: str | None
    kind: Kind
    label: str  # as printed; 第一款, 段1, 标题 … where the source prints none
    path: tuple[str, ...]  # labels from the outermost ancestor to the clause itself
    heading: str
    text: str
    start: int
    end: int
    order: int  # position in the document, from 0
    number: int | None = None
    suffix: int | None = None  # 第十条之一: number 10, suffix 1
    function: str | None = None  # purpose, scope, definition …; None until norms are extracted


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not understood or not read; counted and shown, never silent."""

    code: str  # e.g. "number_gap"
    message: str  # Chinese, says what it is and what to do
    source: str  # file it is about
    doc_id: str | None = None
    start: int | None = None  # in the normalised text
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to an instrument or a provision; the fields of `citations.jsonl`."""

    clause_id: str
    doc_id: str
    start: int
    end: int
    text: str
    title: str  # without 《》
    label: str | None  # 第十二条第二款
    relation: str = "refers_to"  # based_on, applies, refers_to, amends, repeals
    target_doc_id: str | None = None
    target_clause_id: str | None = None
    status: str = "unknown_document"  # resolved, no_such_provision, not_in_force, unknown_document


@dataclass(frozen=True, slots=True)
class LedCitation(Citation):
    """A citation with what resolving tells of it; computed when it is asked for, never stored."""

    status_cited: str | None = None  # `status` on the day of the citing text, or no_version; None where it has no day
    now_doc_id: str | None = None  # the version in force today, where it is another than the cited one
    now_clause_id: str | None = None  # where the cited provision stands in it; None where it was dropped
    now_label: str | None = None  # 第十三条第一款
    change: Change | None = None  # what became of the provision on the way there


class Act(StrEnum):
    """What an amendment does to a provision."""

    REPLACE = "修改"
    ADD = "增加"
    DELETE = "删去"
    RENUMBER = "改序"  # 第五条改为第六条


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an amending decision orders to be done to one provision of one instrument."""

    clause_id: str  # of the amending document
    doc_id: str
    start: int
    end: int
    act: Act
    title: str  # of the amended instrument, without 《》
    label: str | None  # the provision, e.g. 第十七条第一款; None where the instrument as a whole is meant
    old: str | None = None  # words that go; None where the whole provision does
    new: str | None = None  # words that come
    new_label: str | None = None  # the place or number that the provision gets
    target_doc_id: str | None = None
    target_clause_id: str | None = None
    status: str = "unknown_document"  # as of a citation


class Role(StrEnum):
    """The part that a body has in a task."""

    LEAD = "牵头"
    RESPONSIBLE = "责任"
    SUPPORT = "配合"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A body that a clause makes responsible at its end: （责任单位：市民政局、市财政局）."""

    clause_id: str
    doc_id: str
    start: int
    end: int
    role: Role
    body: str  # as printed


class NormKind(StrEnum):
    """What a norm lays on somebody."""

    DUTY = "duty"  # 义务, 职责
    PROHIBITION = "prohibition"  # 禁止
    POWER = "power"  # 职权
    RIGHT = "right"  # 权利
    LIABILITY = "liability"  # 法律责任


class Strength(StrEnum):
    """How strictly a duty or prohibition binds."""

    MANDATORY = "mandatory"  # 应当, 必须, 须, 不得
    DIRECTIVE = "directive"  # 要, the bare imperative
    ENCOURAGED = "encouraged"  # 鼓励, 支持, 提倡


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody on whom a norm lies, as written; the span may lie in another clause of the document (a lead-in)."""

    name: str
    start: int
    end: int
    inherited: bool = False  # named by the lead-in, the heading or the unit before
    body_id: str | None = None  # None until it is resolved


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit or frequency of a norm as written, and what it says."""

    text: str
    start: int
    end: int
    value: float | None = None  # 20 of 二十日内
    unit: str | None = None  # 日, 工作日, 月, 年, 小时
    anchor: str | None = None  # 收到申请: from when it runs
    recurrence: str | None = None  # 年, 月, 2年: how often it returns


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum, a multiple or a share that a norm names, with its bounds: 五千元以上五万元以下."""

    text: str
    start: int
    end: int
    low: float | None
    high: float | None
    unit: str  # 元, 倍, %


@dataclass(frozen=True, slots=True)
class Norm:
    """One unit of a clause that lays something on somebody; the fields of `norms.jsonl`."""

    norm_id: str
    clause_id: str
    doc_id: str
    start: int
    end: int
    text: str
    kind: NormKind
    strength: Strength | None = None
    modal: str | None = None
    bearers: tuple[Bearer, ...] = ()
    counterparty: tuple[str, ...] = ()
    action: str = ""
    object: str | None = None
    condition: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    amounts: tuple[Amount, ...] = ()
    citations: tuple[Span, ...] = ()  # of the citations of the clause that it rests on
    power_type: str | None = None
    rule: str = ""  # what found it
    confidence: float = 0.0  # 0..1: how often norms found in this way are right


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a document names a body, and whom it means as far as the document itself tells."""

    clause_id: str
    doc_id: str
    start: int
    end: int
    text: str  # as printed: 本局, 市市场监管局
    name: str  # whom it means: 某市市场监督管理局; the printed words where nothing more can be told
    kind: str = "其他"  # 政府, 部门, 内设机构, 事业单位, 社会组织, 企业, 公民, 其他
    region: str | None = None  # name of the region that the body belongs to
    reason: str = ""  # why it is taken for that body, or why this cannot be told


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """All that ingest makes of one document, ready to enter the store in one piece."""

    document: Document
    text: str  # normalised
    clauses: tuple[Clause, ...]
    problems: tuple[Problem, ...] = ()
    citations: tuple[Citation, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    norms: tuple[Norm, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A public body or party; the fields of `bodies.jsonl`."""

    body_id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "其他"
    level: str | None = None
    region: str | None = None
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A typed link of the graph; the fields of `edges.jsonl`."""

    source: str
    target: str
    type: str
    clause_id: str | None = None
    norm_id: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search. `highlights` are spans of `text`."""

    rank: int
    score: float
    clause_id: str
    doc_id: str
    title: str
    path: tuple[str, ...]
    text: str
    highlights: tuple[Span, ...] = ()
    reason: str = ""  # why it was found, in Chinese


# --- a person's word -------------------------------------------------------------------------------------------------


class About(StrEnum):
    """What a person's word is about."""

    NORM = "norm"
    CITATION = "citation"
    BODY = "body"  # what a name means


class Verb(StrEnum):
    """What a person says of it."""

    CONFIRM = "confirm"  # it is right as it stands
    EDIT = "edit"
    REJECT = "reject"  # it is none
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a norm, a citation or the name of a body. Never changed: a later one takes its place.

    It is held by its words in its clause, since ids and offsets change with the next extraction.
    """

    decision_id: str  # follows from all the rest: the same word said twice is one
    about: About
    verb: Verb
    words: str  # of the unit, of the citation, or the name, as the text writes them
    who: str
    when: datetime  # in UTC
    why: str = ""
    value: str = "{}"  # what it is instead, as JSON text; see tiaoli.decisions
    doc_id: str | None = None  # None for a name that means the same in every document
    clause_id: str | None = None
    kind: NormKind | None = None  # of a norm, as it was extracted
    label: str | None = None  # of a citation, as it was extracted
    start: int | None = None  # of the words, to tell them from the same words further on
    clause_start: int | None = None
    clause_text: str = ""  # by which the clause is known again in another version
    work: str | None = None  # `Document.version_of`


# --- versions of a work ----------------------------------------------------------------------------------------------


class Change(StrEnum):
    """What became of a clause from one version to the next."""

    SAME = "未变"
    CHANGED = "修改"
    MOVED = "改序"  # the same words under another label
    MOVED_CHANGED = "改序并修改"
    SPLIT = "拆分"  # one became several
    MERGED = "合并"  # several became one
    ADDED = "新增"
    DROPPED = "删除"


@dataclass(frozen=True, slots=True)
class Pair:
    """Clauses of two versions that belong together; one side is empty for what is new or dropped."""

    change: Change
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    likeness: float  # of their words, from 0 to 1
    crossed: bool = False  # stands in another order among the others than before
    below: tuple[Pair, ...] = ()  # of the clauses below these: 款, 项, 目 of an article


@dataclass(frozen=True, slots=True)
class Present:
    """What became of a provision of an earlier version."""

    doc_id: str  # the version in force
    clause_id: str | None  # None where it was dropped
    label: str | None  # its address in that version
    change: Change
    likeness: float = 1.0  # of the words, from 0 to 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents clause by clause: every clause of both is in exactly one pair, or below one."""

    old: Document
    new: Document
    pairs: tuple[Pair, ...]  # in the order of the new text, what was dropped where it stood


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that stayed (SAME), went (DROPPED) or came (ADDED)."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """A work as it was from one day on."""

    document: Document
    begins: date | None  # first day on which it can be in force
    copies: tuple[Document, ...] = ()  # other files of the same version


@dataclass(frozen=True, slots=True)
class Work:
    """What stays the same while its versions follow one another."""

    name: str  # `Document.version_of` of its versions
    title: str  # of its newest version
    versions: tuple[Version, ...]  # the oldest first, those without a date last
