// What the reader does with the marks in a text, once per window: cards of norms, bodies and citations; which of them are shown.
(() => {
  if (window.tiaoliMarks) return;
  window.tiaoliMarks = true;
  const KINDS = ["duty", "prohibition", "power", "right", "liability", "body"];
  const MARK = ".law .n, .law .b, .law .cite[data-c]";
  const narrow = matchMedia("(max-width: 46rem)");
  const made = (name, css, text) => {
    const element = document.createElement(name);
    if (css) element.className = css;
    if (text) element.textContent = text;
    return element;
  };

  // --- what the address says -----------------------------------------------------------------------------------------

  const asked = () => {
    const params = new URLSearchParams(location.search);
    const kinds = params.getAll("kind");
    return { kinds: kinds.length ? kinds.filter((kind) => KINDS.includes(kind)) : KINDS, body: params.get("body") ?? "", norm: params.get("norm") ?? "" };
  };
  const write = ({ kinds, body }) => {
    const url = new URL(location.href);
    url.searchParams.delete("kind");
    if (kinds.length < KINDS.length) for (const kind of kinds.length ? kinds : ["none"]) url.searchParams.append("kind", kind);
    if (body) url.searchParams.set("body", body);
    else url.searchParams.delete("body");
    history.replaceState(history.state, "", url);
    document.querySelectorAll(".law[data-cards]").forEach(dress);
  };

  // --- the text in the state of the address --------------------------------------------------------------------------

  const read = new WeakMap();
  const cardsOf = (law) => {
    if (!read.has(law)) read.set(law, JSON.parse(law.dataset.cards));
    return read.get(law);
  };
  const parts = (law, norm) => law.querySelectorAll(`[data-n="${norm}"]`);
  const setText = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  const dress = (law) => {
    const { kinds, body } = asked();
    const cards = cardsOf(law);
    law.dataset.off = KINDS.filter((kind) => !kinds.includes(kind)).join(" ");
    const only = body ? cards.names.indexOf(body) : -1;
    for (const part of law.querySelectorAll(".n")) {
      part.classList.toggle("dim", Boolean(body) && !cards.norms[part.dataset.n].bodies.includes(only));
    }
    for (const mark of law.querySelectorAll(".b")) mark.classList.toggle("picked", Boolean(body) && cards.marks[mark.dataset.b].body === only);
    const main = law.closest(".main");
    for (const button of main.querySelectorAll(".legend [data-kind]")) {
      button.setAttribute("aria-pressed", String(kinds.includes(button.dataset.kind)));
    }
    strip(main, cards, body, only);
    if (!law.querySelector('.n[tabindex="0"]')) {
      (law.querySelector(".aim .n") ?? law.querySelector(".n"))?.setAttribute("tabindex", "0");
    }
  };

  const strip = (main, cards, body, only) => {
    const legend = main.querySelector(".legend");
    let line = main.querySelector(".only");
    if (!body || !legend) return line?.remove();
    if (!line) {
      line = made("div", "only");
      line.append(made("span", "who"), made("a", "act", "列成清单"), made("button", "", "取消"));
      line.lastChild.type = "button";
      legend.after(line);
    }
    const here = only < 0 ? 0 : cards.norms.filter((norm) => norm.bodies.includes(only)).length;
    const all = only < 0 ? 0 : cards.borne[only];
    const rest = all > here ? `，本页 ${here} 条` : "";
    setText(line.firstChild, all ? `只标出“${body}”承担的 ${all} 条规范${rest}` : `本页没有标出由“${body}”承担的规范`);
    line.children[1].setAttribute("href", listOf(cards, body));
  };

  const listOf = (cards, body) => (body ? `${cards.list}&body=${encodeURIComponent(body)}` : cards.list);

  // --- the card ------------------------------------------------------------------------------------------------------

  let card = null; // the open card
  let anchor = null; // the mark it belongs to
  let pinned = false; // opened by a click or a key: it stays until it is closed
  let timer = 0;

  const close = (back) => {
    clearTimeout(timer);
    if (!card) return;
    card.remove();
    card = null;
    document.querySelectorAll(".law .on").forEach((mark) => mark.classList.remove("on"));
    if (back && anchor?.isConnected) anchor.focus({ preventScroll: true });
    pinned = false;
  };

  const part = (given) => {
    const [words, link, css] = typeof given === "string" ? [given, "", ""] : given;
    const element = made(link ? "a" : "span", css, words);
    if (link) element.setAttribute("href", link);
    return element;
  };

  const rows = (given) => {
    const list = made("dl");
    for (const [name, found] of given) {
      const line = list.appendChild(made("div"));
      if (name) line.append(made("dt", "", name));
      line.appendChild(made("dd")).append(...found.map(part));
    }
    return list;
  };

  const footOfBody = (cards, about) => {
    const foot = made("div", "foot");
    const name = cards.names[about.body];
    const count = cards.borne[about.body];
    if (!count) {
      foot.append(made("span", "soft", "本文件没有由它承担的规范"));
      return foot;
    }
    const button = made("button", "", asked().body === name ? "取消只看" : `只看它承担的 ${count} 条规范`);
    button.type = "button";
    button.dataset.only = name;
    const link = made("a", "act", "列成清单");
    link.setAttribute("href", listOf(cards, name));
    foot.append(button, link);
    return foot;
  };

  const footOf = (about) => {
    const foot = made("div", "foot");
    for (const [act, words] of about.acts) {
      const button = foot.appendChild(made("button", "", words));
      button.type = "button";
      Object.assign(button.dataset, { act, ask: JSON.stringify(about.ask) });
    }
    return foot;
  };

  // The form of a correction is drawn by the app: the address asks for it, and the page stays where it is.
  let selected = "";
  document.addEventListener("pointerdown", () => { selected = getSelection().toString(); }, { capture: true });
  const correct = (wanted) => {
    const url = new URL(location.href);
    for (const name of ["act", "norm", "cite", "named", "in", "words"]) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(wanted)) if (value) url.searchParams.set(name, value);
    close();
    history.replaceState({}, "", url);
    window.dispatchEvent(new PopStateEvent("popstate"));
  };

  const build = (law, mark) => {
    const cards = cardsOf(law);
    const { n, b, c } = mark.dataset;
    const about = n !== undefined ? cards.norms[n] : b !== undefined ? cards.marks[b] : cards.cites[c];
    const box = made("div", `tl pop ${about.css}`);
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", about.head);
    box.tabIndex = -1;
    box.style.colorScheme = getComputedStyle(document.querySelector(".stApp")).colorScheme;
    const head = made("div", "top");
    head.append(made("strong", "", about.head), made("span", "soft", about.tag));
    const shut = head.appendChild(made("button", "shut", "×"));
    shut.type = "button";
    shut.setAttribute("aria-label", "关闭");
    box.append(head, rows(about.rows));
    if (b !== undefined) box.append(footOfBody(cards, about));
    box.append(footOf(about));
    return box;
  };

  const open = (mark, stays) => {
    const law = mark.closest(".law[data-cards]");
    if (!law) return;
    if (card && anchor === mark) {
      pinned ||= stays;
      return;
    }
    close();
    card = build(law, mark);
    anchor = mark;
    pinned = stays;
    (mark.dataset.n === undefined ? [mark] : parts(law, mark.dataset.n)).forEach((one) => one.classList.add("on"));
    document.body.append(card);
    place();
    if (stays && narrow.matches) uncover();
  };

  const GAP = 14;
  const place = () => {
    if (!card) return;
    if (!anchor.isConnected) return close();
    if (narrow.matches) return Object.assign(card.style, { left: "", top: "" });
    const edges = anchor.getClientRects();
    const box = anchor.closest(".law").getBoundingClientRect();
    const [wide, high] = [card.offsetWidth, card.offsetHeight];
    const beside = anchor.dataset.n !== undefined && box.right + GAP + wide < innerWidth - 8;
    const lowest = innerHeight - high - 10;
    let top = edges[0].top;
    let left = box.right + GAP;
    if (!beside) {
      const last = edges[edges.length - 1];
      left = Math.max(8, Math.min(edges.length > 1 ? box.left : last.left, innerWidth - wide - 12));
      top = last.bottom + 6;
      if (top > lowest && edges[0].top - high - 6 > 70) top = edges[0].top - high - 6;
    }
    card.style.left = `${left}px`;
    card.style.top = `${Math.max(64, Math.min(top, lowest))}px`;
  };
  const uncover = () => {
    const hidden = anchor.getBoundingClientRect().bottom - (innerHeight - card.offsetHeight - 16);
    if (hidden > 0) document.querySelector('[data-testid="stMain"]')?.scrollBy({ top: hidden });
  };

  // --- pointing, clicking, keys --------------------------------------------------------------------------------------

  // The innermost mark that is shown: what is switched off is plain text.
  const shown = (element) => {
    for (let mark = element?.closest?.(MARK); mark; mark = mark.parentElement?.closest(MARK)) {
      const off = mark.closest(".law").dataset.off?.split(" ") ?? [];
      if (mark.matches(".cite")) return mark;
      if (mark.matches(".b") ? !off.includes("body") : !off.some((kind) => kind && mark.classList.contains(kind)) && !mark.classList.contains("dim")) return mark;
    }
    return null;
  };
  const heat = (mark) => {
    document.querySelectorAll(".law .n.hot").forEach((one) => one.classList.remove("hot"));
    const norm = mark?.closest(".law .n");
    if (norm && shown(norm)) parts(norm.closest(".law"), norm.dataset.n).forEach((one) => one.classList.add("hot"));
  };

  const leave = () => { if (!pinned) timer = setTimeout(close, 250); };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const mark = shown(event.target);
    heat(mark);
    if (card?.contains(event.target)) return clearTimeout(timer);
    if (pinned || (card && mark === anchor)) return mark === anchor && clearTimeout(timer);
    clearTimeout(timer);
    if (mark && mark.dataset.n === undefined) timer = setTimeout(() => open(mark, false), 280);
    else if (card) leave();
  });

  const pick = (mark) => {
    open(mark, true);
    if (mark.dataset.b === undefined) return;
    const cards = cardsOf(mark.closest(".law"));
    const about = cards.marks[mark.dataset.b];
    if (cards.borne[about.body]) filter(cards.names[about.body]);
  };
  const filter = (name) => {
    const now = asked();
    write({ ...now, body: now.body === name ? "" : name });
    const button = card?.querySelector("[data-only]");
    if (button) button.textContent = asked().body === button.dataset.only ? "取消只看" : "只看它承担的规范";
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    const kind = target.closest(".legend [data-kind]")?.dataset.kind;
    if (kind) {
      const now = asked();
      close();
      return write({ ...now, kinds: KINDS.filter((one) => (one === kind) !== now.kinds.includes(one)) });
    }
    if (target.closest(".only button")) return write({ ...asked(), body: "" });
    if (target.closest(".pop .shut")) return close(true);
    const act = target.closest(".tl [data-act]");
    if (act) return correct({ act: act.dataset.act, ...JSON.parse(act.dataset.ask) });
    const into = target.closest(".law [data-add]")?.dataset.add;
    if (into) return correct({ act: "add", in: into, words: selected });
    const only = target.closest(".pop [data-only]")?.dataset.only;
    if (only !== undefined) return filter(only);
    if (target.closest(".pop")) {
      if (target.closest("a[href]") && !event.ctrlKey && !event.metaKey) setTimeout(close);
      return;
    }
    const mark = target.closest("a[href], button") ? null : shown(target);
    if (!mark) return close();
    if (getSelection().isCollapsed) pick(mark);
  });

  const step = (law, from, by, only) => {
    const marks = [...law.querySelectorAll(only)].filter((mark) => shown(mark) === mark);
    const firsts = marks.filter((mark, at) => mark.dataset.n === undefined || mark.dataset.n !== marks[at - 1]?.dataset.n);
    const at = firsts.indexOf(from);
    const near = by > 0 ? firsts.find((mark) => from.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING) : undefined;
    const next = at >= 0 ? firsts[at + by] : near;
    if (!next) return;
    for (const one of law.querySelectorAll("[tabindex]")) one.setAttribute("tabindex", "-1");
    next.tabIndex = 0;
    close();
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card) return close(pinned);
    const mark = event.target.closest?.(".law .n, .law .b");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const law = mark.closest(".law");
    const moves = { ArrowDown: [1, ".n"], ArrowUp: [-1, ".n"], ArrowRight: [1, ".n, .b"], ArrowLeft: [-1, ".n, .b"] };
    const [by, only] = moves[event.key] ?? [];
    if (by) step(law, only === ".n" ? (mark.closest(".n") ?? mark) : mark, by, only);
    else if ((event.key === "Enter" || event.key === " ") && event.target === mark) {
      pick(mark);
      card?.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  });
  document.addEventListener("scroll", () => { if (card) requestAnimationFrame(place); }, { capture: true, passive: true });
  addEventListener("resize", place);

  // --- new pages -----------------------------------------------------------------------------------------------------

  const arrive = () => {
    if (card && !anchor.isConnected) close();
    for (const law of document.querySelectorAll(".law[data-cards]:not([data-dressed])")) {
      law.dataset.dressed = "1";
      dress(law);
      const norm = asked().norm;
      const at = norm ? cardsOf(law).norms.findIndex((one) => one.id === norm) : -1;
      const mark = at < 0 ? null : law.querySelector(`[data-n="${at}"]`);
      if (mark) setTimeout(() => mark.isConnected && !card && open(mark, true), 500); // when the clause is in its place
    }
  };
  addEventListener("popstate", () => document.querySelectorAll(".law[data-cards]").forEach(dress));
  let waiting = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(arrive);
  }).observe(document.body, { childList: true, subtree: true });
  arrive();
})();
