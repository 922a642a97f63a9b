// Works on what is already on the page: sorts and filters tables, folds long sheets, copies links. Nothing is fetched.
(() => {
  "use strict";
  const words = document.body.dataset;

  const valueOf = (row, column) => {
    const cell = row.cells[column];
    if (!cell) return "";
    return cell.dataset.v === undefined ? cell.textContent.trim() : Number(cell.dataset.v);
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), document.documentElement.lang, { numeric: true });

  const sortBy = (table, column, header) => {
    const down = header.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [valueOf(row, column), row]);
    rows.sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
    body.append(...rows.map(([, row]) => row));
  };

  const makeSortable = (table) => {
    [...table.tHead.rows[0].cells].forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      button.title = `${words.sort}: ${header.textContent}`;
      button.addEventListener("click", () => sortBy(table, column, header));
      header.replaceChildren(button);
    });
  };

  const makeFilter = (table) => {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 6) return;
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const tool = document.createElement("div");
    const label = document.createElement("label");
    const input = document.createElement("input");
    const count = document.createElement("span");
    tool.className = "tool";
    input.type = "search";
    input.id = `filter-${table.id}`;
    label.htmlFor = input.id;
    label.textContent = words.filter;
    count.setAttribute("role", "status");
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, n) => {
        row.hidden = !wanted.every((word) => texts[n].includes(word));
        if (!row.hidden) shown += 1;
      });
      count.textContent = wanted.length ? words.rows.replace("{shown}", shown).replace("{all}", rows.length) : "";
    });
    tool.append(label, input, count);
    table.closest(".scroll").before(tool);
  };

  for (const table of document.querySelectorAll("table[data-tool]")) {
    makeSortable(table);
    makeFilter(table);
  }

  // Open without script, so that everything can be read; folded with it, because these are long.
  for (const sheet of document.querySelectorAll("details[data-fold]")) sheet.open = false;

  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let node = target; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const sheet of folded) sheet.open = true;
  });
  addEventListener("afterprint", () => {
    for (const sheet of folded) sheet.open = false;
  });

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false; // no permission or not a secure page: the link itself still works
    }
  };
  for (const link of document.querySelectorAll("a.copy")) {
    link.addEventListener("click", async () => {
      if (!(await copied(link.href))) return;
      link.textContent = words.copied;
      setTimeout(() => (link.textContent = words.copy), 2000);
    });
  }
})();
