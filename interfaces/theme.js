// What a page needs beyond Streamlit, once per window: links that stay in the session, copying, and scrolling to a clause.
(() => {
  if (window.tiaoli) return;
  window.tiaoli = true;
  document.documentElement.lang = "zh-CN";
  const narrow = matchMedia("(max-width: 46rem)");

  // Streamlit rebuilds the page from the address whenever the history changes, so a link is a change of history.
  const go = (href, stay) => {
    history.pushState({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (!stay) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };

  // Which marks of a text are shown goes along to the other views and places of the same document.
  const page = (url) => url.pathname.split("/").pop();
  const document_ = (url) => url.searchParams.get("doc") ?? url.searchParams.get("clause")?.split("#")[0];
  const carried = (href) => {
    const [here, to] = [new URL(location.href), new URL(href)];
    if (page(here) !== "read" || page(to) !== "read" || document_(here) !== document_(to)) return href;
    for (const name of ["kind", "body"]) {
      if (!to.searchParams.has(name)) for (const value of here.searchParams.getAll(name)) to.searchParams.append(name, value);
    }
    return to.href;
  };

  const copy = async (text, button) => {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      done = document.execCommand("copy");
      area.remove();
    }
    const before = button.dataset.label || (button.dataset.label = button.textContent);
    button.textContent = done ? "已复制" : "复制失败";
    setTimeout(() => { button.textContent = before; }, 1500);
  };

  const address = (link) => new URL(link, location.href).href;

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".tl button[data-copy], .tl button[data-cite], .tl button[data-link]");
    if (button) {
      const head = button.closest("[data-head]")?.dataset.head ?? "";
      const { copy: text, cite, link } = button.dataset;
      copy(text ?? (link !== undefined ? address(link) : head + cite), button);
      return;
    }
    for (const line of document.querySelectorAll(".law .picked")) line.classList.remove("picked");
    event.target.closest(".law .line")?.classList.add("picked");
    const print = event.target.closest(".tl button[data-print]");
    if (print) return window.print();
    const link = event.target.closest(".tl a[href]");
    const given = link?.getAttribute("href");
    const href = given ? address(given) : "";
    if (!href.startsWith(location.origin) || link.getAttribute("target") || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.closest("[data-exact]") ? href : carried(href), link.closest("[data-stay]"));
  });

  // Streamlit's own links to the pages take what stands in the address along and leave empty states to go back to: ours do not.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('[data-testid="stTopNavLink"]');
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    go(link.href);
  }, { capture: true });

  // A page that is still being laid out may push the clause away again: look twice more, unless the reader has moved on.
  let moved = false;
  for (const sign of ["wheel", "touchmove", "keydown", "mousedown"]) {
    document.addEventListener(sign, () => { moved = true; }, { passive: true, capture: true });
  }
  const show = (aim) => {
    moved = false;
    aim.scrollIntoView({ block: "start" });
    const top = aim.getBoundingClientRect().top;
    for (const wait of [400, 1500]) {
      setTimeout(() => {
        const pushed = Math.abs(aim.getBoundingClientRect().top - top) > 40;
        if (pushed && !moved && aim.isConnected) aim.scrollIntoView({ block: "start" });
      }, wait);
    }
  };

  // Elements of a new page announce themselves: the clause to show, its place in the outline, the page and the view one is at, what folds on small screens.
  const arrive = () => {
    for (const fold of document.querySelectorAll(".tl details[data-fold]:not([data-seen])")) {
      fold.dataset.seen = "1";
      fold.open = !narrow.matches;
    }
    for (const place of document.querySelectorAll(".outline a.on:not([data-seen])")) {
      place.dataset.seen = "1";
      const box = place.closest(".outline");
      box.scrollTop = place.offsetTop - box.offsetTop - box.clientHeight / 3;
    }
    for (const here of document.querySelectorAll(":is(.small-nav, .tabs) [aria-current]:not([data-seen])")) {
      here.dataset.seen = "1";
      const row = here.parentElement;
      row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.clientWidth) / 2;
    }
    for (const aim of document.querySelectorAll(".tl [data-aim]:not([data-seen])")) {
      aim.dataset.seen = "1";
      if (aim.dataset.aim === "scroll") show(aim);
    }
  };
  let waiting = 0;
  new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(arrive);
  }).observe(document.body, { childList: true, subtree: true });
  arrive();
})();
