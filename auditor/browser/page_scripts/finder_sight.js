// Second part of the finder (see finder.js): what a control says, and whether the eye and the pointer reach it.
function texts(el) {
  const out = [];
  const go = (node) => {
    for (const child of children(node)) {
      if (child.nodeType === 3) {
        out.push(child.nodeValue.replace(/\s+/g, " "));
      } else if (child.nodeType === 1 && !SKIP.has(child.nodeName)) {
        if (!shown(child) && getComputedStyle(child).display !== "contents") continue;
        go(child);
        const alt = child.localName === "img" ? child.alt : "";
        if (alt) out.push(" " + alt + " ");
        if (child.localName === "br" || !/^(?:inline|contents)$/.test(getComputedStyle(child).display)) out.push("\n");
      }
    }
  };
  go(el);
  return out.join("").replace(/[ \t\u00a0]+/g, " ").replace(/\s*\n\s*/g, "\n").trim();
}

function byIds(el, name) {
  const root = el.getRootNode();
  return (el.getAttribute(name) || "")
    .split(/\s+/)
    .map((id) => (id && root.getElementById ? root.getElementById(id) : null))
    .filter(Boolean)
    .map((x) => x.textContent.trim())
    .join(" ");
}

function label(el) {
  const title = el.querySelector && el.querySelector("svg title");
  return (
    el.getAttribute("aria-label") ||
    byIds(el, "aria-labelledby") ||
    (el.localName === "input" && !isToggle(el) ? el.value : "") ||
    el.getAttribute("alt") ||
    el.getAttribute("title") ||
    (title && title.textContent) ||
    ""
  ).replace(/\s+/g, " ").trim();
}

const isToggle = (el) => {
  if (el.localName === "input") return el.type === "checkbox" || el.type === "radio";
  const role = el.getAttribute("role");
  if (role === "switch" || role === "checkbox" || role === "radio") return true;
  if (el.localName === "button" && (el.hasAttribute("aria-checked") || (el.hasAttribute("aria-pressed") && !el.textContent.trim()))) return true;
  return drawnSwitch(el);
};

// A switch that is nothing but a picture with a name: no input, no role, its position only in its class.
const SWITCH = /(?:^|[\s_-])(?:switch|toggle|slider|schuif\w*|schieber)(?:[\s_-]|$)/i;
const DRAWN = new Set(["div", "span", "i", "a", "b"]);
const ON = /(?:^|[\s_-])(?:on|active|checked|enabled|selected)(?:[\s_-]|$)/i;
const OFF = /(?:^|[\s_-])(?:off|inactive|unchecked|disabled)(?:[\s_-]|$)/i;
const wasOn = new WeakSet(); // drawn switches that said "on" once: without that word they are off
const classOf = (el) => (el ? el.getAttribute("class") || "" : "");

function drawnSwitch(el) {
  if (!DRAWN.has(el.localName) || !SWITCH.test(classOf(el)) || el.textContent.trim() || el.hasAttribute("role")) return false;
  if (el.querySelector("input, button, a, [role]") || el.closest("label, button, [role=switch], [role=checkbox]")) return false;
  if (el.parentElement && el.parentElement.querySelector(":scope > input")) return false;
  const r = el.getBoundingClientRect();
  return r.width >= 18 && r.width <= 90 && r.height >= 10 && r.height <= 50 && r.width > r.height && getComputedStyle(el).cursor === "pointer";
}

// true, false, or null: a drawn switch that does not say where it stands.
const checkedOf = (el) => {
  if (el.localName === "input") return el.checked;
  const said = el.getAttribute("aria-checked") || el.getAttribute("aria-pressed");
  if (said !== null || !drawnSwitch(el)) return said === "true";
  const names = [el, el.firstElementChild, el.parentElement].map(classOf).join(" ");
  if (ON.test(names) && !OFF.test(names)) wasOn.add(el);
  return OFF.test(names) ? false : ON.test(names) ? true : wasOn.has(el) ? false : null;
};

// What stands for a toggle on the screen: the input itself, its label, or the drawn switch around it.
function face(el, tree) {
  const r = el.getBoundingClientRect();
  const aside = r.right <= 0 || r.left >= innerWidth || r.bottom + scrollY <= 0; // put out of the view on purpose
  if (usable(el) && !aside) return el;
  for (const l of el.labels || []) if (usable(l)) return l;
  let a = tree ? tree.up.get(el) : el.parentElement;
  for (let n = 0; a && n < 2; n++, a = tree ? tree.up.get(a) : a.parentElement) if (usable(a) && a.getBoundingClientRect().height < 90) return a;
  return el;
}

const usable = (el) => {
  const r = el.getBoundingClientRect();
  return shown(el) && r.width >= 5 && r.height >= 5 && Number(getComputedStyle(el).opacity) > 0.05;
};

function toggleText(el, tree) {
  const own = label(el) || [...(el.labels || [])].map((l) => texts(l)).join(" ").trim();
  if (own) return own;
  for (let a = tree.up.get(el), n = 0; a && a.nodeType === 1 && n < 4; a = tree.up.get(a), n++) {
    const text = texts(a);
    if (text) return text.slice(0, 160);
  }
  return "";
}

function deepest(x, y) {
  let el = document.elementFromPoint(x, y);
  for (let n = 0; el && n < 20; n++) {
    const root = rootOf(el);
    const inner = root && root.elementFromPoint(x, y);
    if (!inner || inner === el) break;
    el = inner;
  }
  return el;
}

const parentOf = (el) => el.assignedSlot || el.parentElement || (el.getRootNode() instanceof ShadowRoot ? el.getRootNode().host : null);

function within(inner, outer) {
  for (let a = inner; a; a = parentOf(a)) if (a === outer) return true;
  return outer.contains(inner);
}

// A point of the element that a pointer would really hit, or null when something lies over all of it.
function openPoint(el) {
  const boxes = [...el.getClientRects()].filter((r) => r.width > 3 && r.height > 3);
  const also = el.labels ? [...el.labels] : [];
  for (const r of boxes.length ? boxes : [el.getBoundingClientRect()]) {
    for (const [fx, fy] of [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.25], [0.5, 0.75], [0.08, 0.5]]) {
      const [x, y] = [r.left + r.width * fx, r.top + r.height * fy];
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const hit = deepest(x, y);
      if (!hit) continue;
      if (within(hit, el) || also.some((l) => within(hit, l))) return { x, y };
      if (hit.localName === "label" && hit.control === el) return { x, y };
    }
  }
  return null;
}

// Outside the view, but a visitor can scroll to it (the page or a box inside the banner).
function reachable(el, tree) {
  const r = el.getBoundingClientRect();
  if (r.right > 1 && r.bottom > 1 && r.left < innerWidth - 1 && r.top < innerHeight - 1) return true;
  for (let a = tree.up.get(el); a && a.nodeType === 1; a = tree.up.get(a)) {
    const style = getComputedStyle(a);
    const box = a.getBoundingClientRect();
    const scrolls = /auto|scroll/.test(style.overflowY) && a.scrollHeight > a.clientHeight + 4;
    if (scrolls && box.bottom > 0 && box.top < innerHeight && r.left < innerWidth && r.right > 0) return true;
    if (style.position === "fixed") return false;
  }
  const page = document.scrollingElement || document.documentElement;
  return r.right + scrollX > 0 && r.bottom + scrollY > 0 && r.left + scrollX < page.scrollWidth && r.top + scrollY < page.scrollHeight;
}

function clipped(el, tree) {
  const r = el.getBoundingClientRect();
  for (let a = el; a && a.nodeType === 1; a = tree.up.get(a)) {
    const style = getComputedStyle(a);
    if (/inset\((50|100)%|circle\(0/.test(style.clipPath) || style.clip === "rect(0px, 0px, 0px, 0px)") return true;
    if (a !== el && style.overflow === "hidden") {
      const box = a.getBoundingClientRect();
      if (box.width < 3 || box.height < 3) return true;
      if (r.bottom <= box.top || r.top >= box.bottom || r.right <= box.left || r.left >= box.right) return true;
    }
    if (style.position === "fixed") break;
  }
  return false;
}

function background(el, tree) {
  for (let a = el; a && a.nodeType === 1; a = tree.up.get(a)) {
    const colour = getComputedStyle(a).backgroundColor;
    if (colour && colour !== "rgba(0, 0, 0, 0)" && colour !== "transparent") return colour;
  }
  return "rgb(255, 255, 255)";
}
