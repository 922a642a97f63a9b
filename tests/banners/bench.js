// What the bench's own pages share: keep a choice in the manner the page names, tell the server what was pressed
// (the truth the test reads), and put the banner in place when nothing was chosen yet.
// <script src="/bench.js" data-key="…" data-store="cookie|local|server" data-yes="…" data-no="…" data-delay="ms" data-on="scroll">
(() => {
  const me = document.currentScript;
  const set = me.dataset;
  const key = set.key || "site_cookie_choice";
  const store = set.store || "cookie";
  const values = { accept: set.yes || "accepted", refuse: set.no || "rejected", partial: "partial" };
  const read = () => (store === "local" ? localStorage.getItem(key) : (document.cookie.match(new RegExp("(?:^|; )" + key + "=([^;]*)")) || [])[1]);
  const tell = (what) => { new Image().src = "/did/" + what + "?" + Math.random(); };
  let shown = [];
  window.tell = tell;
  window.chosen = () => read();
  window.hideBanner = () => shown.forEach((el) => el.remove());
  window.choose = (what) => {
    tell(what);
    const value = values[what] || what;
    if (store === "local") localStorage.setItem(key, value);
    else if (store === "cookie") document.cookie = key + "=" + encodeURIComponent(value) + "; path=/; max-age=15552000";
    else if (store === "server") fetch("/keep/" + what, { method: "POST" });
    hideBanner();
  };
  // Save the state of the page's switches: all on, all off, or some.
  window.saveSwitches = (root) => {
    const boxes = [...(root || document).querySelectorAll("input[type=checkbox]:not(:disabled), [role=switch]:not([aria-disabled=true])")];
    const on = boxes.filter((b) => (b.type === "checkbox" ? b.checked : b.getAttribute("aria-checked") === "true")).length;
    choose(on === 0 ? "refuse" : on === boxes.length ? "accept" : "partial");
  };
  const show = () => {
    const template = document.querySelector("template[data-banner]");
    if (!template) return;
    const copy = template.content.cloneNode(true);
    shown = [...copy.children];
    const place = document.querySelector(template.dataset.banner || "body");
    template.dataset.first === undefined ? place.append(copy) : place.prepend(copy);
    shown.forEach((el) => el.querySelectorAll("script").forEach((old) => { const s = document.createElement("script"); s.textContent = old.textContent; old.replaceWith(s); }));
    document.dispatchEvent(new Event("banner"));
  };
  const start = () => {
    if (read() || (store === "server" && document.documentElement.dataset.kept)) return;
    if (set.on === "scroll") addEventListener("scroll", show, { once: true });
    else if (set.on === "move") addEventListener("mousemove", show, { once: true });
    else if (set.delay) setTimeout(show, Number(set.delay));
    else show();
  };
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", start) : start();
})();
