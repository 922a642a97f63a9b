// Finds what may be a consent banner in one frame and describes everything in it that can be pressed.
// Evaluated in an isolated world: the page neither sees it nor can it lie through patched prototypes.
// Judges nothing by its words but for two patterns given from outside (cues in text, hints in names).
// Third part: the bodies of finder_tree.js, finder_sight.js and this file form one function, in this order.
function describe(el, tree) {
  const toggle = isToggle(el);
  const stands = toggle ? face(el, tree) : el;
  const r = stands.getBoundingClientRect();
  const style = getComputedStyle(stands);
  const open = openPoint(stands);
  const inView = r.width > 0 && r.height > 0 && r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth;
  const seen = shown(stands) && r.width >= 5 && r.height >= 5 && opacity(stands, tree.up) > 0.1;
  const drawn = style.pointerEvents !== "none" || open !== null;
  return {
    i: keep(el),
    tag: el.localName,
    role: el.getAttribute("role") || "",
    type: el.localName === "input" ? el.type : "",
    toggle,
    group: el.localName === "input" && el.type === "radio" ? el.name || "?" : null,
    text: (toggle ? toggleText(el, tree) : texts(el)).slice(0, 300),
    label: label(el).slice(0, 200),
    hint: attributes(el) + " " + (el.getAttribute("data-cc") || "") + " " + (el.getAttribute("data-role") || "") + " " + (el.getAttribute("data-action") || ""),
    href: el.localName === "a" ? el.href : null,
    ownHref: el.localName === "a" ? el.getAttribute("href") : null,
    rect: [r.x, r.y, r.width, r.height],
    visible: seen && drawn && reachable(stands, tree) && !(clipped(stands, tree) && !open) && (open !== null || !inView),
    inView: open !== null,
    colour: style.color,
    background: background(stands, tree),
    fontSize: parseFloat(style.fontSize) || null,
    fontWeight: style.fontWeight,
    checked: toggle ? checkedOf(el) : null,
    disabled: el.disabled === true || el.getAttribute("aria-disabled") === "true" || el.closest("[inert]") !== null,
  };
}

function controls(container, tree) {
  const list = [];
  const go = (node, inPointer, parentPress) => {
    for (const child of children(node)) {
      if (child.nodeType !== 1 || SKIP.has(child.nodeName) || list.length >= MAX_CONTROLS) continue;
      const caption = child.localName === "label" && child.control;
      let press = !caption && (pressable(child) || isToggle(child)) ? child : null;
      let pointer = inPointer;
      if (!press && !inPointer && !caption && child.childNodes.length < 12) {
        pointer = getComputedStyle(child).cursor === "pointer";
        if (pointer && (child.textContent || "").trim().length < 80) press = child;
      } else if (press || caption) pointer = true;
      if (press && parentPress && !isToggle(press) && press.textContent.trim() === parentPress.textContent.trim()) press = null;
      if (press) list.push(press);
      go(child, pointer, press || parentPress);
    }
  };
  if (container !== document.body && pressable(container)) list.push(container);
  go(container, false, null);
  return list.map((el) => describe(el, tree));
}

// The box that the eye sees: a container without area of its own may hold a fixed window.
function extent(container) {
  if (usable(container)) return container.getBoundingClientRect();
  let best = null;
  const queue = [container];
  for (let n = 0; queue.length && n < 300; n++) {
    const node = queue.shift();
    if (node !== container && node.nodeType === 1 && usable(node)) {
      const r = node.getBoundingClientRect();
      if (!best || r.width * r.height > best.width * best.height) best = r;
    } else if (node.nodeType === 1) queue.push(...children(node));
  }
  return best;
}

// Where the page's content ends: a page shorter than the view still counts as high as the view.
function pageEnd() {
  const page = document.scrollingElement || document.documentElement;
  if (page.scrollHeight > innerHeight + 1) return page.scrollHeight;
  return Math.min(page.scrollHeight, document.body.getBoundingClientRect().bottom + scrollY);
}

function place(container, tree) {
  const r = extent(container) || container.getBoundingClientRect();
  const top = r.top + scrollY;
  const wide = r.width >= innerWidth * 0.6;
  const inside = [];
  for (let a = container; a && a.nodeType === 1; a = tree.up.get(a)) inside.push(a.localName === "div" ? a.getAttribute("role") || "div" : a.localName);
  return {
    rect: [r.x, r.y, r.width, r.height],
    atTop: wide && top <= 160,
    atBottom: wide && top + r.height >= pageEnd() - 260,
    inContent: inside.includes("main") || inside.includes("article"),
    inFooter: inside.includes("footer"),
  };
}

function candidate(container, manner, tree) {
  const inputs = [...new Set(controlsInputs(container))];
  return {
    i: keep(container),
    manner,
    text: texts(container).slice(0, 6000),
    names: names(container),
    z: Number(getComputedStyle(container).zIndex) || 0,
    inputs,
    controls: controls(container, tree),
    ...place(container, tree),
  };
}

function names(container) {
  const own = [attributes(container), container.getAttribute("aria-label") || ""];
  for (const child of [...(rootOf(container) || container).children].slice(0, 12)) own.push(attributes(child));
  const parent = parentOf(container);
  if (parent && parent !== document.body) own.push(attributes(parent));
  return own.join(" ").slice(0, 1500);
}

function controlsInputs(container) {
  const out = [];
  const go = (node) => {
    for (const child of children(node)) {
      if (child.nodeType !== 1) continue;
      if ((child.localName === "input" && !INPUTS.has(child.type) && child.type !== "hidden") || child.localName === "textarea" || child.localName === "select") {
        if (shown(child)) out.push(child.localName === "input" ? child.type : child.localName);
      }
      go(child);
    }
  };
  go(container);
  return out;
}

function onScreen(el) {
  if (!el || !el.isConnected) return false;
  const stands = isToggle(el) ? face(el, null) : el;
  const r = stands.getBoundingClientRect();
  if (r.width < 5 || r.height < 5 || !shown(stands) || opacity(stands, { get: parentOf }) <= 0.1) return false;
  const inside = r.bottom > 2 && r.right > 2 && r.left < innerWidth - 2 && r.top < innerHeight - 2;
  return inside ? openPoint(stands) !== null : reachable(stands, { up: { get: parentOf } }) && !clipped(stands, { up: { get: parentOf } });
}

return {
  // options: {cue, hint: pattern sources, frameLayered, deeper: bool, also: numbers of elements to look at}; the further arguments are closed shadow roots.
  survey(options, ...roots) {
    for (const root of roots) if (root && root.host) closed.set(root.host, root);
    const settings = {
      cue: new RegExp(options.cue, "i"),
      hint: new RegExp(options.hint, "i"),
      frameLayered: options.frameLayered,
      deeper: options.deeper,
    };
    if (!document.body) return { candidates: [], elements: 0, width: innerWidth, height: innerHeight };
    const tree = walk(settings);
    for (const n of options.also || []) if (kept[n] && kept[n].isConnected && tree.facts.has(kept[n])) tree.cues.push(kept[n]);
    const found = new Map();
    for (const el of tree.cues) {
      if (el === document.documentElement || el === document.body) {
        if (!settings.frameLayered) continue;
      } else if (!shown(el)) continue;
      for (const [container, manner] of containers(el, tree, settings)) {
        const seen = found.get(container);
        if (!seen || seen === "static") found.set(container, manner);
      }
      if (found.size > 60) break;
    }
    const rank = { dialog: 0, fixed: 0, sticky: 1, frame: 1, absolute: 2, static: 3 };
    const list = [...found]
      .filter(([el]) => el === document.body || extent(el))
      .sort((a, b) => rank[a[1]] - rank[b[1]] || tree.facts.get(a[0]).text - tree.facts.get(b[0]).text)
      .slice(0, MAX_CANDIDATES);
    return {
      candidates: list.map(([el, manner]) => candidate(el, manner, tree)),
      elements: tree.count,
      lang: document.documentElement.lang,
      width: innerWidth,
      height: innerHeight,
    };
  },
  // Is the banner still there for the eye? Where its deciding controls are given (by number), they must be there too:
  // what stays without them is a thank-you, or a part of the page that the banner stood in.
  present(i, deciding) {
    const el = kept[i];
    if (!el || !el.isConnected) return false;
    if (deciding && deciding.length) return deciding.some((n) => onScreen(kept[n]));
    return onScreen(el) || [...(rootOf(el) || el).querySelectorAll("*")].slice(0, 300).some(onScreen);
  },
  // Bring a control into view and name the point to press: {x, y} or {why}.
  aim(i) {
    const el = kept[i];
    if (!el || !el.isConnected) return { why: "the control is no longer in the page" };
    const stands = isToggle(el) ? face(el, null) : el;
    if (!openPoint(stands)) stands.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const point = openPoint(stands);
    if (point) return point;
    const r = stands.getBoundingClientRect();
    const over = deepest(r.left + r.width / 2, r.top + r.height / 2);
    return { why: over ? "covered by <" + over.localName + ">" : "outside the view" };
  },
  // How often the document changed since the first call: saves looking again at a page that stands still.
  changes() {
    if (!observer) {
      observer = new MutationObserver((list) => { changed += list.length; });
      observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style", "hidden", "open"] });
    }
    return changed;
  },
  clickByScript(i) {
    const el = kept[i];
    if (!el || !el.isConnected) return false;
    el.click();
    return true;
  },
  checked(i) {
    const el = kept[i];
    return el && el.isConnected ? checkedOf(el) : null;
  },
  storage() {
    const out = {};
    try {
      for (let n = 0; n < localStorage.length && n < 200; n++) out[localStorage.key(n)] = (localStorage.getItem(localStorage.key(n)) || "").slice(0, 2048);
    } catch (error) {
      return null;
    }
    return out;
  },
  matches(selectors) {
    const roots = [document, ...[...document.querySelectorAll("*")].map(rootOf).filter(Boolean)];
    return selectors.filter((s) => roots.some((root) => { try { return root.querySelector(s) !== null; } catch (error) { return false; } }));
  },
};
