// Finds what may be a consent banner in one frame and describes everything in it that can be pressed.
// Evaluated in an isolated world: the page neither sees it nor can it lie through patched prototypes.
// Judges nothing by its words but for two patterns given from outside (cues in text, hints in names).
(() => {
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
    return el.localName === "button" && (el.hasAttribute("aria-checked") || (el.hasAttribute("aria-pressed") && !el.textContent.trim()));
  };

  const checkedOf = (el) => (el.localName === "input" ? el.checked : (el.getAttribute("aria-checked") || el.getAttribute("aria-pressed")) === "true");

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

  function place(container, tree) {
    const r = extent(container) || container.getBoundingClientRect();
    const page = document.scrollingElement || document.documentElement;
    const top = r.top + scrollY;
    const wide = r.width >= innerWidth * 0.6;
    const inside = [];
    for (let a = container; a && a.nodeType === 1; a = tree.up.get(a)) inside.push(a.localName === "div" ? a.getAttribute("role") || "div" : a.localName);
    return {
      rect: [r.x, r.y, r.width, r.height],
      atTop: wide && top <= 160,
      atBottom: wide && top + r.height >= page.scrollHeight - 260,
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
})()
