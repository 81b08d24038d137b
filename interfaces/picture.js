// The picture of the graph page, drawn by Cytoscape. The app says what stands in it and where every link leads; here it is laid
// out, moved and given away. Words of documents enter the page as text only. Colours are those of theme.css.

const SIZE = 12; // of the letters in a box
const LINE = 16;
const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const READABLE = 0.7; // how small letters may become where a picture begins
const MANY = 250; // lines from which on each is faint until it is asked for
const FEW = 25; // lines that carry their words while nothing is picked
const PALETTE = ["ink", "soft", "paper", "panel", "aim", "aim-edge"];
const still = matchMedia("(prefers-reduced-motion: reduce)");

// --- how it looks ------------------------------------------------------------------------------------------------------

// What the colours of the theme are on this page, and how theme.css draws each kind and type in the legend: a canvas knows no CSS.
const palette = (root, names) => {
  const probe = root.appendChild(document.createElement("i"));
  const found = { of: {}, dash: {} };
  for (const name of PALETTE) {
    probe.style.color = `var(--${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  for (const name of names) {
    probe.className = `key ${name}`;
    const sample = getComputedStyle(probe.appendChild(document.createElement("b")));
    [found.of[name], found.dash[name]] = [sample.borderTopColor, sample.borderTopStyle];
    probe.replaceChildren();
  }
  probe.remove();
  return found;
};

const style = (colour) => [
  { selector: "node", style: {
    label: "data(label)", color: colour.ink, "font-size": SIZE, "font-family": FONT,
    "text-wrap": "wrap", "text-valign": "center", "text-halign": "center", "line-height": LINE / SIZE, "min-zoomed-font-size": 5.5,
    width: "data(wide)", height: "data(high)", shape: "round-rectangle", "background-color": colour.paper, "border-width": 1.5,
    "border-color": (node) => colour.of[node.data("kind")] ?? colour.ink, "border-style": (node) => colour.dash[node.data("kind")] ?? "solid", "overlay-opacity": 0,
  } },
  { selector: "node[kind = 'body']", style: { shape: "round-rectangle", "corner-radius": 20 } },
  { selector: "node[kind = 'norm']", style: { shape: "cut-rectangle" } },
  { selector: "node[kind = 'clause'], node[kind = 'norm']", style: { "background-color": colour.panel } },
  { selector: "node[?opened]", style: { "border-width": 2.5 } },
  { selector: "node[?centre]", style: { "background-color": colour.aim, "border-color": colour["aim-edge"], "font-weight": "bold", "min-zoomed-font-size": 0 } },
  { selector: "node[?group]", style: { "text-valign": "top", "text-halign": "center", "text-margin-y": -4, "background-opacity": 0.35, "background-color": colour.panel, padding: 14, "text-wrap": "ellipsis", "text-max-width": 320, "font-weight": "bold" } },
  { selector: "node[?sign]", style: { "border-width": 0, "background-opacity": 0, color: colour.soft, "font-weight": "bold", "min-zoomed-font-size": 0, events: "no" } },
  { selector: "edge", style: {
    color: colour.ink, "font-size": 10, "font-family": FONT, "min-zoomed-font-size": 9,
    "text-background-color": colour.paper, "text-background-opacity": 0.85, "text-background-padding": 2, "text-rotation": "autorotate",
    "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.8, "overlay-padding": 4, "overlay-opacity": 0,
    width: (edge) => Math.min(1 + Math.log2(edge.data("weight")) / 4, 3), "line-opacity": 0.7,
    "line-color": (edge) => colour.of[edge.data("type")], "target-arrow-color": (edge) => colour.of[edge.data("type")],
    "line-style": (edge) => colour.dash[edge.data("type")],
  } },
  { selector: "edge.faint", style: { "line-opacity": 0.25 } },
  { selector: "edge.told", style: { label: "data(label)", "line-opacity": 0.8 } },
  { selector: ".far", style: { opacity: 0.18 } },
  { selector: ":selected", style: { "border-width": 3, "border-color": colour["aim-edge"], "z-index": 9 } },
  { selector: "edge:selected", style: { "line-color": colour["aim-edge"], "target-arrow-color": colour["aim-edge"], "min-zoomed-font-size": 0 } },
];

// --- where everything goes ---------------------------------------------------------------------------------------------

const GAP = 12; // between two boxes, at least
const ROOM = 3; // how much larger than all boxes together a picture is, at least

// Boxes are wide and low, and forces know them as points: what overlaps afterwards is pushed apart, the centre stays.
const spread = (cy) => {
  const boxes = cy.nodes().map((node) => ({ node, ...node.position(), w: node.width() + GAP, h: node.height() + GAP, fixed: node.data("centre") }));
  const { w, h } = cy.nodes().boundingBox();
  const wider = Math.sqrt(Math.max(1, (ROOM * boxes.reduce((sum, box) => sum + box.w * box.h, 0)) / (w * h)));
  for (const box of boxes) [box.x, box.y] = [box.x * wider, box.y * wider];
  for (let round = 0, moved = true; moved && round < 100; round++) {
    moved = false;
    for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
      const [a, b] = [boxes[i], boxes[j]];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const [over, under] = [(a.w + b.w) / 2 - Math.abs(dx), (a.h + b.h) / 2 - Math.abs(dy)];
      if (over <= 0 || under <= 0) continue;
      moved = true;
      const [axis, by, sign] = under <= over ? ["y", under, dy < 0 ? -1 : 1] : ["x", over, dx < 0 ? -1 : 1];
      const share = a.fixed || b.fixed ? 1 : 0.5;
      if (!a.fixed) a[axis] -= sign * by * share;
      if (!b.fixed) b[axis] += sign * by * share;
    }
  }
  settle(boxes);
  for (const { node, x, y } of boxes) node.position({ x, y });
};

// What still overlaps moves away from the middle until it is free, those nearest to the middle first.
const settle = (boxes) => {
  const middle = boxes.find((box) => box.fixed) ?? { x: 0, y: 0 };
  const far = (box) => (box.fixed ? -1 : Math.hypot(box.x - middle.x, box.y - middle.y));
  const placed = [];
  for (const box of boxes.sort((a, b) => far(a) - far(b))) {
    const away = far(box) || 1;
    const [dx, dy] = [(box.x - middle.x) / away, (box.y - middle.y) / away || 0.1];
    const crowded = (other) => Math.abs(other.x - box.x) < (other.w + box.w) / 2 && Math.abs(other.y - box.y) < (other.h + box.h) / 2;
    while (!box.fixed && placed.some(crowded)) [box.x, box.y] = [box.x + dx * GAP, box.y + dy * GAP];
    placed.push(box);
  }
};

// Boxes side by side from a point on, in lines of so many, each line around the same middle; returns where the next line begins.
const PER_LINE = 7;
const inLines = (nodes, y) => {
  for (let at = 0; at < nodes.length; at += PER_LINE) {
    const part = nodes.slice(at, at + PER_LINE);
    const wide = part.reduce((sum, node) => sum + node.width() + 2 * GAP, 0);
    let x = -wide / 2;
    for (const node of part) {
      node.position({ x: x + node.width() / 2 + GAP, y });
      x += node.width() + 2 * GAP;
    }
    y += Math.max(...part.map((node) => node.height())) + 3 * GAP;
  }
  return y;
};

// The centre in the middle of the first line of its row.
const centred = (row) => {
  const at = row.findIndex((node) => node.data("centre"));
  if (at >= 0) row.splice(Math.floor((Math.min(row.length, PER_LINE) - 1) / 2), 0, ...row.splice(at, 1));
  return row;
};

const forces = (cy, anew) => {
  const count = cy.nodes().length;
  const many = count > 60;
  cy.layout({
    name: "fcose", animate: false, fit: false, randomize: anew, packComponents: true, tile: true,
    quality: count > 250 ? "draft" : count > 150 ? "default" : "proof", // 500 boxes are to stand within seconds
    numIter: Math.min(2500, Math.round(150000 / count)),
    nodeSeparation: 140, nodeRepulsion: many ? 90000 : 20000, idealEdgeLength: many ? 180 : 140, edgeElasticity: 0.1, gravity: 0.08,
  }).run();
  spread(cy);
};

// What stands in one document as a block of lines, round about twice as wide as high.
const block = (nodes) => {
  const wide = Math.max(...nodes.map((node) => node.width())) + GAP;
  const high = Math.max(...nodes.map((node) => node.height())) + GAP;
  const columns = Math.max(1, Math.min(nodes.length, Math.round(Math.sqrt((nodes.length * 2 * high) / wide))));
  const rows = Math.ceil(nodes.length / columns);
  const place = (at) => ({ x: ((at % columns) - (columns - 1) / 2) * wide, y: (Math.floor(at / columns) - (rows - 1) / 2) * high });
  return { w: columns * wide + 4 * GAP, h: rows * high + 5 * GAP, nodes, place };
};

const inText = (a, b) => (a.data("order") ?? 0) - (b.data("order") ?? 0) || a.id().localeCompare(b.id(), "zh", { numeric: true });

const arranged = {
  forces,
  // Documents are laid out as wholes in a graph of their own, then what stands in them is set into its place.
  documents: (cy) => {
    const blocks = new Map(cy.nodes().orphans().map((unit) => [unit.id(), block((unit.isParent() ? unit.children().sort(inText) : unit).toArray())]));
    const unit = (node) => node.data("parent") ?? node.id();
    const pairs = new Map(cy.edges().map((edge) => [unit(edge.source()), unit(edge.target())]).filter(([a, b]) => a !== b).map((pair) => [pair.join("\n"), pair]));
    const whole = cytoscape({
      headless: true, styleEnabled: true, style: [{ selector: "node", style: { width: "data(w)", height: "data(h)" } }],
      elements: [
        ...[...blocks].map(([id, { w, h, nodes }]) => ({ data: { id, w, h, centre: nodes.some((node) => node.data("centre")) } })),
        ...[...pairs.values()].map(([source, target]) => ({ data: { source, target } })),
      ],
    });
    forces(whole, true);
    for (const [id, { nodes, place }] of blocks) {
      const { x, y } = whole.getElementById(id).position();
      nodes.forEach((node, at) => node.position({ x: x + place(at).x, y: y + place(at).y }));
    }
    whole.destroy();
  },
  // Around the centre by the number of steps that lead there, a ring of twice as many boxes after each that is full.
  rings: (cy) => {
    const depths = new Map();
    cy.elements().breadthFirstSearch({ roots: cy.nodes("[?centre]"), directed: false, visit: (node, edge, before, at, depth) => { depths.set(node.id(), depth); } });
    const nodes = cy.nodes().sort((a, b) => (depths.get(a.id()) ?? 99) - (depths.get(b.id()) ?? 99));
    const rings = new Map();
    let [ring, room, depth] = [0, 1, 0];
    for (const node of nodes) {
      const far = depths.get(node.id()) ?? 99;
      if (!room || far !== depth) [ring, room, depth] = [ring + 1, 8 * (ring + 1), far];
      rings.set(node.id(), ring);
      room--;
    }
    cy.layout({
      name: "concentric", animate: false, fit: false, concentric: (node) => -rings.get(node.id()), levelWidth: () => 1, minNodeSpacing: GAP,
      startAngle: 1.5 * Math.PI, transform: (node, { x, y }) => ({ x, y: y * 0.55 }),
    }).run();
    spread(cy);
  },
  // A row for each rank of force, the highest on top; bodies and what is not in the store have rows of their own.
  levels: (cy) => {
    const signs = cy.nodes("[?sign]");
    let y = 0;
    for (const sign of signs.sort((a, b) => a.data("rank") - b.data("rank"))) {
      const row = cy.nodes().filter((node) => !node.data("sign") && node.data("rank") === sign.data("rank"));
      const begin = y;
      y = inLines(centred(row.sort((a, b) => a.data("title").localeCompare(b.data("title"), "zh")).toArray()), y) + 4 * GAP;
      sign.position({ x: 0, y: begin });
    }
    const left = Math.min(...cy.nodes().not(signs).map((node) => node.position("x") - node.width() / 2));
    for (const sign of signs) sign.position("x", left - sign.width() / 2 - 2 * GAP);
  },
};

// Lays the boxes out and moves them there from where they were.
const arrange = (cy, name, anew) => {
  const before = new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
  arranged[name](cy, anew);
  const after = new Map(cy.nodes().map((node) => [node.id(), { ...node.position() }]));
  const moving = !anew && !still.matches && after.size < 200;
  if (moving) cy.nodes().not(":parent").positions((node) => before.get(node.id()));
  return cy.layout({ name: "preset", positions: (node) => after.get(node.id()), fit: true, padding: 24, animate: moving, animationDuration: 350 });
};

// The whole of a large picture is too small to be read: it begins at its centre, rows at the top, and a button shows the whole.
const legible = (cy, name) => {
  const level = Math.min(Math.max(cy.zoom(), READABLE), 1.1);
  const larger = level > cy.zoom();
  cy.zoom({ level, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  if (!larger) return;
  cy.center(name === "levels" ? undefined : cy.nodes("[?centre]"));
  if (name === "levels") cy.panBy({ x: 0, y: 48 - cy.elements().renderedBoundingBox().y1 });
};

// --- what stands in it -------------------------------------------------------------------------------------------------

const box = (node) => ({
  group: "nodes",
  data: { ...node, wide: (node.columns ?? 1) * (SIZE + 1) + 22, high: (node.rows ?? 1) * LINE + 14 },
});
const line = (edge) => ({ group: "edges", data: edge });

// New boxes begin beside the box that they belong to, so that what was there stays about where it was.
const merge = (cy, nodes, edges) => {
  const wanted = new Map([...nodes.map(box), ...edges.map(line)].map((one) => [one.data.id, one]));
  const kept = cy.elements().filter((one) => wanted.has(one.id()));
  const spots = new Map(kept.nodes().map((node) => [node.id(), { ...node.position() }]));
  const beside = new Map();
  for (const { source, target } of edges) {
    if (spots.has(source)) beside.set(target, spots.get(source));
    else if (spots.has(target)) beside.set(source, spots.get(target));
  }
  cy.batch(() => {
    cy.elements().remove();
    cy.add([...wanted.values()].map((one, at) => {
      const near = beside.get(one.data.id);
      const position = spots.get(one.data.id) ?? (near && { x: near.x + 90 * Math.cos(at), y: near.y + 90 * Math.sin(at) });
      return position ? { ...one, position: { ...position } } : one;
    }));
  });
  return !spots.size;
};

// --- what is said of one box or line -----------------------------------------------------------------------------------

const made = (name, css, text) => {
  const element = document.createElement(name);
  if (css) element.className = css;
  if (text) element.textContent = text;
  return element;
};
const linked = (words, target) => {
  const link = made("a", "act", words);
  link.setAttribute("href", target);
  return link;
};

const describe = (card, one) => {
  card.replaceChildren();
  card.hidden = !one;
  if (!one) return;
  const about = one.data();
  const foot = made("div", "foot");
  if (one.isEdge()) {
    card.append(made("span", "soft small", about.what + (about.weight > 1 ? ` · ${about.weight} 处` : "")));
    card.append(made("strong", "", `${one.source().data("title")} → ${one.target().data("title")}`));
  } else {
    card.append(made("span", "soft small", about.what), made("strong", "", about.title));
    if (about.rest) card.append(made("span", "soft small", about.rest));
    if (about.open) Object.assign(foot.appendChild(linked(about.opened ? "收起" : "展开", about.open)).dataset, { open: "", stay: "" });
    if (about.about) foot.append(linked("以它为中心", about.about));
  }
  if (about.page) foot.append(linked(about.to, about.page));
  card.append(foot);
};

// --- giving it away ----------------------------------------------------------------------------------------------------

const save = (content, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const drawn = (name, attributes, text) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
};
const DASHES = { dashed: "6 4", dotted: "2 3" };
const dashed = (kind) => (DASHES[kind] ? { "stroke-dasharray": DASHES[kind] } : {});

const lineOf = (edge) => {
  const [from, to, bend] = [edge.sourceEndpoint(), edge.targetEndpoint(), edge.controlPoints()?.[0]];
  const group = drawn("g", { stroke: edge.style("line-color"), fill: "none", "stroke-width": parseFloat(edge.style("width")) });
  const path = bend ? `M${from.x} ${from.y} Q${bend.x} ${bend.y} ${to.x} ${to.y}` : `M${from.x} ${from.y} L${to.x} ${to.y}`;
  group.append(drawn("path", { d: path, ...dashed(edge.style("line-style")) }));
  const angle = (Math.atan2(to.y - (bend ?? from).y, to.x - (bend ?? from).x) * 180) / Math.PI;
  group.append(drawn("path", { d: "M0 0 L-7 -3 L-7 3 Z", stroke: "none", fill: edge.style("line-color"), transform: `translate(${to.x} ${to.y}) rotate(${angle})` }));
  const middle = edge.midpoint();
  group.append(drawn("text", { x: middle.x, y: middle.y - 3, "font-size": 10, "text-anchor": "middle", fill: edge.style("color"), stroke: "none" }, edge.hasClass("told") ? edge.data("label") : ""));
  return group;
};

const boxOf = (node) => {
  const { x1, y1, w, h } = node.boundingBox({ includeLabels: false, includeOverlays: false });
  const group = drawn("g", {});
  const look = { fill: node.style("background-color"), stroke: node.style("border-color"), "stroke-width": parseFloat(node.style("border-width")), "fill-opacity": node.style("background-opacity") };
  group.append(drawn("rect", { x: x1, y: y1, width: w, height: h, rx: node.data("kind") === "body" ? 14 : 5, ...look, ...dashed(node.style("border-style")) }));
  const lines = node.data("label").split("\n");
  const top = node.data("group") ? y1 - 6 : y1 + h / 2 - ((lines.length - 1) * LINE) / 2 + SIZE * 0.36;
  const text = drawn("text", { "text-anchor": "middle", "font-size": SIZE, fill: node.style("color"), ...(node.data("centre") ? { "font-weight": "bold" } : {}) });
  lines.forEach((words, at) => text.append(drawn("tspan", { x: x1 + w / 2, y: top + at * LINE }, words)));
  group.append(text);
  return group;
};

const asSvg = (cy, colour) => {
  const { x1, y1, w, h } = cy.elements().boundingBox();
  const picture = drawn("svg", { viewBox: `${x1 - 20} ${y1 - 20} ${w + 40} ${h + 40}`, width: w + 40, height: h + 40, "font-family": FONT });
  picture.append(drawn("rect", { x: x1 - 20, y: y1 - 20, width: w + 40, height: h + 40, fill: colour.paper }));
  const groups = cy.nodes(":parent");
  picture.append(...groups.map(boxOf), ...cy.edges().map(lineOf), ...cy.nodes().difference(groups).map(boxOf));
  return new Blob([new XMLSerializer().serializeToString(picture)], { type: "image/svg+xml" });
};

// --- the picture on its page -------------------------------------------------------------------------------------------

const begin = (root) => {
  const card = root.querySelector(".about");
  const cy = cytoscape({ container: root.querySelector(".sheet"), minZoom: 0.08, maxZoom: 3, boxSelectionEnabled: false });
  const state = { cy, shown: "", colour: {}, name: "" };
  const near = (one) => (one.isEdge() ? one.connectedNodes().union(one) : one.closedNeighborhood().union(one.ancestors()).union(one.descendants()));
  const pick = (one) => {
    cy.elements().removeClass("far told");
    if (one) cy.elements().difference(near(one)).addClass("far");
    cy.edges().toggleClass("faint", cy.edges().length > MANY);
    (one ? near(one).edges() : cy.edges().sort((a, b) => b.data("weight") - a.data("weight")).slice(0, FEW)).addClass("told");
    describe(card, one);
  };
  cy.on("tap", (event) => pick(event.target === cy ? null : event.target));
  cy.on("dbltap", "node", () => card.querySelector("[data-open]")?.click());
  cy.on("mouseover", "node, edge", () => { root.style.cursor = "pointer"; });
  cy.on("mouseout", "node, edge", () => { root.style.cursor = ""; });
  // The wheel moves the page until somebody has clicked into the picture.
  cy.userZoomingEnabled(false);
  root.addEventListener("pointerdown", () => cy.userZoomingEnabled(true));
  root.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") cy.userZoomingEnabled(false); });
  const middle = () => ({ x: cy.width() / 2, y: cy.height() / 2 });
  const acts = {
    nearer: () => cy.zoom({ level: cy.zoom() * 1.3, renderedPosition: middle() }),
    farther: () => cy.zoom({ level: cy.zoom() / 1.3, renderedPosition: middle() }),
    fit: () => cy.fit(undefined, 24),
    whole: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    png: () => save(cy.png({ output: "blob", full: true, scale: 2, maxWidth: 12000, maxHeight: 12000, bg: state.colour.paper }), `${state.name}.png`),
    svg: () => save(asSvg(cy, state.colour), `${state.name}.svg`),
  };
  root.addEventListener("click", (event) => acts[event.target.closest("[data-act-picture]")?.dataset.actPicture]?.());
  new ResizeObserver(() => cy.resize()).observe(root);
  root.picture = cy; // for whoever looks into it, such as a test
  state.pick = pick;
  return state;
};

const pictures = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".picture");
  if (!pictures.has(root)) pictures.set(root, begin(root));
  const state = pictures.get(root);
  const wanted = JSON.stringify(data);
  if (state.shown === wanted) return;
  const opener = state.centre === data.centre;
  Object.assign(state, { shown: wanted, name: data.name, centre: data.centre, colour: palette(root, new Set([...data.nodes.map((node) => node.kind), ...data.edges.map((edge) => edge.type)])) });
  if (!opener) state.cy.elements().remove();
  const anew = merge(state.cy, data.nodes, data.edges);
  state.cy.style(style(state.colour));
  state.pick(null);
  root.setAttribute("aria-label", data.words);
  root.dataset.ready = "";
  const run = arrange(state.cy, data.layout, anew);
  run.one("layoutstop", () => {
    legible(state.cy, data.layout);
    root.dataset.ready = data.layout;
  });
  run.run();
}
