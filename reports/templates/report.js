"use strict";
(() => {
  const form = document.getElementById("filter");

  /* A link to a finding opens it, and all that it lies in. */
  const reveal = (id) => {
    const target = document.getElementById(id);
    if (!target) return;
    if (target.matches(".finding, .cause")) {
      for (let at = target; at; at = at.parentElement) {
        if (at.hidden) at.hidden = false;
        if (at.tagName === "DETAILS") at.open = true;
      }
      target.querySelector(":scope > details").open = true;
    }
    target.scrollIntoView();
  };

  /* Commands can be copied; where that is refused, they are selected. */
  for (const button of document.querySelectorAll(".copy")) {
    const code = button.parentElement.querySelector("code");
    const parts = [...button.children];
    const said = parts.map((one) => one.textContent);
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code);
        document.execCommand("copy");
      }
      for (const one of parts) one.textContent = button.dataset.done;
      setTimeout(() => parts.forEach((one, at) => { one.textContent = said[at]; }), 2000);
    });
  }

  /* Not every browser prints what is closed: what is printed in full is opened for it. */
  let printing = [];
  addEventListener("beforeprint", () => {
    const closed = ".full > details:not([open]), .cause > details:not([open]), .fold:not([open])";
    printing = [...document.querySelectorAll(closed)];
    for (const one of printing) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of printing) one.open = false;
    printing = [];
  });

  /* What the address says after its # is a link, or after #? the state of the filter. */
  const fragment = () => {
    try { return decodeURIComponent(location.hash.slice(1)); } catch { return ""; }
  };
  const follow = () => { if (location.hash.length > 1 && location.hash[1] !== "?") reveal(fragment()); };
  if (!form) {
    addEventListener("hashchange", follow);
    follow();
    return;
  }

  const part = (id) => document.getElementById(`filter-${id}`);
  const text = part("text");
  const order = part("order");
  const shown = part("shown");
  const toggle = part("open");
  const nothing = part("nothing");
  const boxes = [...form.querySelectorAll("[name=band]")];
  const facets = ["kind", "rule", "folder"].map((name) => ({ name, select: part(name) }))
    .filter((facet) => facet.select);

  const entry = (item) => ({
    item,
    details: item.firstElementChild,
    rank: Number(item.dataset.rank),
    people: Number(item.dataset.people),
    files: Number(item.dataset.files),
  });
  const finding = (item, above) => ({
    ...entry(item),
    text: `${above} ${item.textContent} ${item.dataset.rule}`.toLowerCase(),
    kind: [item.dataset.kind],
    rule: [item.dataset.rule],
    folder: item.dataset.folders.split(" "),
  });
  const groups = [...document.querySelectorAll(".group")].map((element) => {
    const list = element.querySelector(".list");
    const parts = [...list.children].map((item) => {
      if (item.matches(".finding")) return { ...entry(item), list: null, items: [finding(item, "")] };
      const head = item.querySelector("summary").textContent + item.querySelector(".shared").textContent;
      const inner = item.querySelector(".list");
      return { ...entry(item), list: inner, items: [...inner.children].map((one) => finding(one, head)) };
    });
    return { element, list, parts };
  });
  const parts = groups.flatMap((group) => group.parts);
  const all = parts.flatMap((one) => one.items);
  /* Every details of the lists once: of findings, and of causes that hold several. */
  const foldable = [...parts.filter((one) => one.list), ...all];

  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const bands = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = facets.filter((facet) => facet.select.value);
    const fits = (one) => wanted.every((facet) => one[facet.name].includes(facet.select.value))
      && words.every((word) => one.text.includes(word));
    let count = 0;
    for (const group of groups) {
      const open = bands.has(group.element.dataset.band);
      let any = false;
      for (const one of group.parts) {
        let some = 0;
        for (const item of one.items) {
          const fit = open && fits(item);
          item.item.hidden = !fit;
          some += fit ? 1 : 0;
        }
        one.item.hidden = !some;
        any = any || some > 0;
        count += some;
      }
      group.element.hidden = !any;
    }
    const whole = all.length.toLocaleString(document.documentElement.lang);
    shown.textContent = (count === all.length ? shown.dataset.all : shown.dataset.some)
      .replace("{some}", count.toLocaleString(document.documentElement.lang)).replace("{all}", whole);
    nothing.hidden = count > 0;
  };

  const sort = () => {
    const key = order.value;
    const before = key === "rank"
      ? (a, b) => a.rank - b.rank
      : (a, b) => b[key] - a[key] || a.rank - b.rank;
    const put = (list, entries) => list.append(...[...entries].sort(before).map((one) => one.item));
    for (const group of groups) {
      for (const one of group.parts) if (one.list) put(one.list, one.items);
      put(group.list, group.parts);
    }
  };

  /* The state stands in the address, so that a view can be kept, reloaded and sent on. */
  const state = () => {
    const said = new URLSearchParams();
    if (text.value.trim()) said.set("q", text.value.trim());
    const off = boxes.filter((box) => !box.checked).map((box) => box.value);
    if (off.length) said.set("without", off.join("."));
    for (const facet of facets) if (facet.select.value) said.set(facet.name, facet.select.value);
    if (order.value !== "rank") said.set("first", order.value);
    const open = foldable.filter((one) => one.details.open).map((one) => one.item.id);
    if (open.length && open.length < 30) said.set("open", open.join("."));
    return said.toString();
  };
  const write = () => {
    const said = state();
    const hash = said ? `#?${said}` : "";
    if (hash === location.hash) return;
    try { history.replaceState(null, "", hash || location.pathname + location.search); } catch { /* refused */ }
  };
  const choose = (select, value) => {
    select.value = [...select.options].some((option) => option.value === value) ? value : select.options[0].value;
  };
  const read = () => {
    if (location.hash[1] !== "?") return follow();
    const said = new URLSearchParams(location.hash.slice(2));
    const off = new Set((said.get("without") || "").split("."));
    const open = new Set((said.get("open") || "").split("."));
    text.value = said.get("q") || "";
    for (const box of boxes) box.checked = !off.has(box.value);
    for (const facet of facets) choose(facet.select, said.get(facet.name) || "");
    choose(order, said.get("first") || "rank");
    for (const one of foldable) one.details.open = open.has(one.item.id);
    sort();
    filter();
    document.getElementById("findings").scrollIntoView();
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { filter(); write(); });
  order.addEventListener("change", () => { sort(); write(); });
  part("clear").addEventListener("click", () => {
    form.reset();
    sort();
    filter();
    write();
    text.focus();
  });
  const anyOpen = () => foldable.some((one) => one.details.open && !one.item.hidden);
  toggle.addEventListener("click", () => {
    const open = !anyOpen();
    for (const one of foldable) if (!one.item.hidden) one.details.open = open;
  });
  /* The button says what it will do, however the findings were opened or closed. */
  const said = () => { toggle.textContent = anyOpen() ? toggle.dataset.close : toggle.dataset.open; };
  document.addEventListener("toggle", (event) => {
    if (!event.target.closest(".list")) return;
    said();
    if (!printing.length && (location.hash.length < 2 || location.hash[1] === "?")) write();
  }, true);

  addEventListener("hashchange", read);
  form.hidden = false;
  filter();
  read();
})();
