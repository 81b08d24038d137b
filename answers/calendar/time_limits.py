"""What kinds of time limits there are for somebody who keeps a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Limit(StrEnum):
    """How the day follows on which something must be done."""

    FIXED = "定日"  # 2025年3月31日前
    RECURRING = "周期"  # 每年12月25日前, 每两年
    RUNNING = "起算"  # 收到申请之日起三十日内


class Aside(StrEnum):
    """Why a time that a norm names is not one by which its bearer must do something."""

    RIGHT = "权利的行使期限"
    LIABILITY = "法律责任中的时间"
    OPTIONAL = "可以行使的职权"
    ENCOURAGED = "鼓励、倡导"
    BAN = "禁止或者限制的期间"
    CONDITION = "条件、对象中的时间"
    DURATION = "有效期、执行期间、保存期等"
    LENGTH = "期间长短的限定（不超过、不少于、延长）"
    RATE = "数额、费率、增幅的周期"
    START = "开始的日期"
    MENTIONED = "只是提到的日期、时刻"


@dataclass(frozen=True, slots=True)
class When:
    """By when, or how often, something must be done; the fields that its kind has are set.

    A recurring limit without `rule` names no day; a fixed one without `day` leaves open which year is meant.
    """

    kind: Limit
    words: str  # as written
    start: int  # of the words in the document's text
    end: int
    day: date | None = None  # last day of a fixed limit
    opens: date | None = None  # first day, where the limit is a stretch of days
    rule: str | None = None  # RFC 5545 recurrence of the last days: FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25
    every: str | None = None  # 年, 2年, 季度
    value: float | None = None  # of a running limit: 30
    unit: str | None = None  # 日, 工作日, 月, 年, 小时, 分钟, 周, 季度
    anchor: str | None = None  # 收到申请: from when it runs, as far as the text says
    note: str = ""  # what was assumed, in Chinese
