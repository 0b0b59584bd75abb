"use strict";
(() => {
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // "12,346", "48.2 %" and "−5.1" are numbers; words and dashes come last, whichever way a column is sorted
  const number = text => {
    const found = /^[+−-]?[\d,]*\.?\d+(e[+−-]?\d+)?/i.exec(text.trim());
    return found ? parseFloat(found[0].replaceAll(",", "").replaceAll("−", "-")) : NaN;
  };
  const words = new Intl.Collator("en", { numeric: true });
  const compare = (numeric, way) => (a, b) => {
    if (!numeric) return way * words.compare(a, b);
    const [x, y] = [number(a), number(b)];
    if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
    return way * (x - y);
  };

  // headings become buttons that sort; `sorted` is told the column and the way (1 up, -1 down)
  const sortable = (headings, sorted) => headings.forEach((heading, column) => {
    const button = make("button", { type: "button" });
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const way = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      headings.forEach(other => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      sorted(column, way);
    });
  });

  const field = (label, control) => make("label", {}, label, control);

  // small tables: the rows are there
  for (const table of document.querySelectorAll(".scroll > table")) {
    const body = table.tBodies[0];
    const all = [...body.rows];
    const headings = [...table.tHead.rows[0].cells];
    sortable(headings, (column, way) => {
      const order = compare(headings[column].classList.contains("n"), way);
      body.append(...[...body.rows].sort((a, b) => order(a.cells[column].textContent, b.cells[column].textContent)));
    });
    if (all.length < 15) continue;
    const search = make("input", { type: "search" });
    search.addEventListener("input", () => {
      const wanted = search.value.toLowerCase();
      all.forEach(row => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    });
    table.parentElement.before(make("div", { className: "tools" }, field("Show rows with", search)));
  }

  // large tables: rows are positions in each column's list of different cells, as steps from the row above
  const SIZE = 50;
  const turned = place => {
    const { heads, cells, rows: steps } = JSON.parse(document.getElementById(place.dataset.rows).textContent);
    let above = heads.map(() => 0);
    const rows = steps.split(";").map(row => above = row.split(",").map((step, column) => above[column] + Number(step)));
    const text = (row, column) => {
      const cell = cells[column][row[column]];
      return typeof cell === "string" ? cell : cell[0];
    };
    const sought = rows.map(row => heads.map((_, column) => text(row, column)).join("\n").toLowerCase());
    let order = rows.map((_, index) => index);
    let kept = order;
    let first = 0;

    const search = make("input", { type: "search" });
    const choices = heads.flatMap(([name, , choose], column) => {
      if (!choose) return [];
      const select = make("select", {}, make("option", { value: "", textContent: "all" }));
      cells[column].forEach((cell, index) =>
        select.append(make("option", { value: index, textContent: (typeof cell === "string" ? cell : cell[0]) || "(empty)" })));
      return [{ name, column, select }];
    });
    const back = make("button", { type: "button", textContent: "Earlier rows" });
    const on = make("button", { type: "button", textContent: "Later rows" });
    const told = make("span", { className: "quiet" });
    told.setAttribute("role", "status");
    const headings = heads.map(([name, numeric]) => make("th", { scope: "col", className: numeric ? "n" : "", textContent: name }));
    const body = make("tbody", {});
    const region = make("div", { className: "scroll", tabIndex: 0 },
      make("table", {}, make("caption", { textContent: place.dataset.title }), make("thead", {}, make("tr", {}, ...headings)), body));
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", `Table: ${place.dataset.title}`);

    const show = () => {
      const page = kept.slice(first, first + SIZE);
      body.replaceChildren(...page.map(index => make("tr", {}, ...heads.map(([, numeric], column) => {
        const cell = cells[column][rows[index][column]];
        const inside = typeof cell === "string" ? [cell]
          : cell.slice(1).flatMap(([textContent, href]) => [" ", make("a", { href, textContent })]).slice(1);
        return column ? make("td", { className: numeric ? "n" : "" }, ...inside)
          : make("th", { scope: "row", className: numeric ? "n" : "" }, ...inside);
      }))));
      const count = n => n.toLocaleString("en");
      told.textContent = kept.length
        ? `${count(first + 1)} to ${count(first + page.length)} of ${count(kept.length)} rows` : "no such row";
      back.disabled = first === 0;
      on.disabled = first + SIZE >= kept.length;
    };
    const filter = () => {
      const wanted = search.value.toLowerCase();
      const chosen = choices.filter(({ select }) => select.value !== "");
      kept = order.filter(index => sought[index].includes(wanted)
        && chosen.every(({ column, select }) => rows[index][column] === Number(select.value)));
      first = 0;
      show();
    };
    search.addEventListener("input", filter);
    choices.forEach(({ select }) => select.addEventListener("change", filter));
    back.addEventListener("click", () => { first = Math.max(0, first - SIZE); show(); });
    on.addEventListener("click", () => { first += SIZE; show(); });
    sortable(headings, (column, way) => {
      const by = compare(heads[column][1], way);
      order = [...order].sort((a, b) => by(text(rows[a], column), text(rows[b], column)));
      filter();
    });
    place.replaceChildren(
      make("div", { className: "tools" }, field("Show rows with", search),
        ...choices.map(({ name, select }) => field(name, select)), back, on, told),
      region);
    show();
  };
  for (const place of document.querySelectorAll("[data-rows]")) {
    const holder = place.closest("details");
    const fill = () => { if (holder.open && place.dataset.rows && !place.dataset.filled) { place.dataset.filled = "yes"; turned(place); } };
    holder.addEventListener("toggle", fill);
    fill();
  }

  // what does not fit says so
  const mark = () => document.querySelectorAll(".scroll").forEach(region =>
    region.classList.toggle("aside", region.scrollWidth > region.clientWidth + 1));
  addEventListener("resize", mark);
  document.addEventListener("toggle", mark, true);
  mark();

  // a link to something inside a closed part opens it
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let part = target && target.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // on paper everything is open but the longest tables, which stand in their files, and what is left of long lists
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open]):not([data-long], [data-folded])")];
    closed.forEach(part => { part.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach(part => { part.open = false; }));
})();
