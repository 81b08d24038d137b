"""Makes the pictures in docs/images from the sample corpus: `python docs/screenshots.py`. Needs Chromium and a Chinese font."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.app import CHROMIUM, QUIET, running_app, some_store  # noqa: E402

IMAGES = ROOT / "docs" / "images"
DOCUMENT = "江川市居家社区养老服务管理办法（2023年）"
PICTURES = {  # name → address, and what is there when it is painted
    "search": (f"?q={quote('养老服务补贴的标准和申请')}", ".hit"),
    "reader": (f"read?clause={quote(DOCUMENT + '#第一章/第五条/第二款', safe='')}", ".law .aim"),
    "corpus": ("corpus?view=charts", "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"),
    "powers": (f"body?name={quote('机构/江川市民政局')}&view=powers", "table.answer"),
    "obligations": (f"obligations?about={quote('养老服务设施')}", ".tl article, .tl table"),
    "graph": (f"graph?node={quote(DOCUMENT)}", ".picture[data-ready=forces]"),
}


def main() -> None:
    """Take the pictures."""
    IMAGES.mkdir(exist_ok=True)
    with some_store(None) as store, running_app(store) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="zh-CN")
        for name, (path, sign) in PICTURES.items():
            page.goto(f"{address}/{path}")
            page.locator(sign).first.wait_for(timeout=60_000)
            page.wait_for_timeout(1500)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
