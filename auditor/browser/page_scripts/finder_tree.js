// First part of the finder (see finder.js): one pass over the flat tree and the way from a cue to its container.
const SKIP = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "LINK", "META"]);
const ROLES = new Set(["button", "link", "menuitem", "switch", "checkbox", "radio"]);
const INPUTS = new Set(["button", "submit", "image", "reset", "checkbox", "radio"]);
const MAX_CANDIDATES = 12;
const MAX_CONTROLS = 220;
const kept = []; // elements by number, so that a later call can press or look at them again
let observer = null;
let changed = 0;
const closed = new Map(); // host -> closed shadow root, as far as the caller could open them

const rootOf = (el) => el.shadowRoot || closed.get(el) || null;

function children(node) {
  if (node.nodeType !== 1) return node.childNodes || [];
  const root = rootOf(node);
  if (root) return root.childNodes;
  if (node.localName === "slot") {
    const assigned = node.assignedNodes();
    if (assigned.length) return assigned;
  }
  return node.childNodes;
}

const keep = (el) => {
  const at = kept.indexOf(el);
  return at >= 0 ? at : kept.push(el) - 1;
};

const attributes = (el) => {
  const name = typeof el.className === "string" ? el.className : el.getAttribute("class") || "";
  return [el.localName, el.id, name, el.getAttribute("data-testid") || "", el.getAttribute("name") || ""]
    .join(" ")
    .slice(0, 300);
};

function shown(el) {
  if (!el.isConnected) return false;
  return el.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
}

function opacity(el, up) {
  let value = 1;
  for (let a = el; a && a.nodeType === 1; a = up.get(a)) value *= Number(getComputedStyle(a).opacity);
  return value;
}

function pressable(el) {
  const name = el.localName;
  if (name === "button" || name === "summary") return true;
  if (name === "a") return el.hasAttribute("href") || el.hasAttribute("onclick") || el.hasAttribute("role") || el.tabIndex >= 0;
  if (name === "input") return INPUTS.has(el.type);
  if (ROLES.has(el.getAttribute("role") || "")) return true;
  return el.hasAttribute("onclick") || (el.hasAttribute("tabindex") && el.tabIndex >= 0 && !el.hasAttribute("role"));
}

// One pass over the flat tree: parents, sizes of text, number of controls, landmarks.
function walk(settings) {
  const up = new Map();
  const facts = new Map();
  const cues = [];
  const roots = [];
  let count = 0;
  const visit = (node, parent) => {
    const fact = { text: 0, presses: 0, main: false, landmarks: 0 };
    for (const child of children(node)) {
      if (child.nodeType === 3) {
        const text = child.nodeValue;
        fact.text += text.trim().length;
        if (text.length > 2 && settings.cue.test(text) && cues.length < 600) cues.push(node);
      } else if (child.nodeType === 1 && !SKIP.has(child.nodeName) && count < 60000) {
        count++;
        up.set(child, node);
        const below = visit(child, node);
        fact.text += below.text;
        fact.presses += below.presses;
        fact.main = fact.main || below.main;
        fact.landmarks += below.landmarks;
      }
    }
    if (node.nodeType === 1) {
      if (rootOf(node)) roots.push(node);
      const name = node.localName;
      const role = node.getAttribute("role");
      if (name === "main" || role === "main") fact.main = true;
      if (["header", "nav", "footer", "article"].includes(name)) fact.landmarks++;
      if (pressable(node)) fact.presses++;
      const label = (node.getAttribute("aria-label") || "") + " " + (node.getAttribute("alt") || "") + " " + (node.getAttribute("value") || "");
      if ((settings.deeper && isToggle(node)) || settings.hint.test(attributes(node)) || (label.length > 4 && settings.cue.test(label))) cues.push(node);
    }
    facts.set(node, fact);
    return fact;
  };
  visit(document.documentElement, null);
  return { up, facts, cues, count };
}

const isDialog = (el) => el.localName === "dialog" || /^(alert)?dialog$/.test(el.getAttribute("role") || "") || el.getAttribute("aria-modal") === "true" || el.hasAttribute("popover");

function layered(el) {
  if (isDialog(el)) return "dialog";
  const style = getComputedStyle(el);
  if (style.position === "fixed" || style.position === "sticky") return style.position;
  if (style.position === "absolute" && Number(style.zIndex) >= 1) return "absolute";
  return null;
}

const holdsPage = (el, tree) => {
  if (el === document.body || el === document.documentElement) return true;
  const fact = tree.facts.get(el);
  return Boolean(fact && !isDialog(el) && (fact.main || fact.landmarks >= 3));
};

// Small parts of a page whose only controls are elements that merely look pressable.
function pointers(el, tree) {
  if (tree.facts.get(el).text > 3000) return 0;
  let count = 0;
  for (const inner of [...el.querySelectorAll("*")].slice(0, 150)) if (getComputedStyle(inner).cursor === "pointer" && ++count > 1) break;
  return count;
}

// From an element with a cue up to the element that is the banner.
function containers(el, tree, settings) {
  const chain = [];
  for (let a = el; a && a.nodeType === 1; a = tree.up.get(a)) chain.push(a);
  const found = [];
  let layer = null;
  let hinted = null;
  let manner = null;
  for (const a of chain) {
    if (holdsPage(a, tree)) break;
    const how = layered(a);
    const presses = tree.facts.get(a).presses || (how && how !== "absolute" ? pointers(a, tree) : 0);
    if (how && presses && (how !== "absolute" || !manner || manner === "absolute")) [layer, manner] = [a, how];
    if (presses && settings.hint.test(attributes(a)) && tree.facts.get(a).text < 20000) hinted = a;
  }
  if (layer) found.push([layer, manner]);
  if (!layer || manner === "absolute") {
    let a = chain.find((x) => tree.facts.get(x).presses > 0 || (x.nodeType === 1 && !holdsPage(x, tree) && pointers(x, tree)));
    if (a && !holdsPage(a, tree)) {
      for (let p = tree.up.get(a); p && p.nodeType === 1 && !holdsPage(p, tree); p = tree.up.get(p)) {
        const [mine, theirs] = [tree.facts.get(a).text, tree.facts.get(p).text];
        if (theirs > mine * 1.6 + 150) break;
        a = p;
      }
      if (hinted && hinted !== a && hinted.contains(a)) a = hinted;
      found.push([a, "static"]);
    }
  }
  if (settings.frameLayered && document.body && !found.some(([, how]) => how !== "static")) found.push([document.body, "frame"]);
  return found;
}
