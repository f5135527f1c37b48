"use strict";
(() => {
  const form = document.getElementById("filter");

  /* A link to a finding opens it. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = target && target.querySelector(":scope > details");
    if (details) {
      target.hidden = false;
      target.closest(".group").hidden = false;
      details.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  if (location.hash.length > 1) reveal();
  if (!form) return;

  const text = document.getElementById("filter-text");
  const order = document.getElementById("filter-order");
  const shown = document.getElementById("filter-shown");
  const toggle = document.getElementById("filter-open");
  const groups = [...document.querySelectorAll(".group")].map((element) => ({
    element,
    list: element.querySelector(".list"),
    items: [...element.querySelectorAll(".finding")].map((item) => ({
      item,
      details: item.firstElementChild,
      text: item.textContent.toLowerCase(),
      rank: Number(item.dataset.rank),
      people: Number(item.dataset.people),
      files: Number(item.dataset.files),
    })),
  }));
  const all = groups.flatMap((group) => group.items);

  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const bands = new Set([...form.querySelectorAll("[name=band]:checked")].map((box) => box.value));
    let count = 0;
    for (const group of groups) {
      let any = false;
      for (const entry of group.items) {
        const fits = bands.has(group.element.dataset.band)
          && words.every((word) => entry.text.includes(word));
        entry.item.hidden = !fits;
        any = any || fits;
        count += fits ? 1 : 0;
      }
      group.element.hidden = !any;
    }
    shown.textContent = count === all.length
      ? `Showing all ${all.length.toLocaleString("en")} on this page`
      : `Showing ${count.toLocaleString("en")} of ${all.length.toLocaleString("en")} on this page`;
  };

  const sort = () => {
    const key = order.value;
    const before = key === "rank"
      ? (a, b) => a.rank - b.rank
      : (a, b) => b[key] - a[key] || a.rank - b.rank;
    for (const group of groups) {
      group.list.append(...[...group.items].sort(before).map((entry) => entry.item));
    }
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  order.addEventListener("change", sort);
  toggle.addEventListener("click", () => {
    const open = !all.some((entry) => entry.details.open && !entry.item.hidden);
    for (const entry of all) {
      if (!entry.item.hidden) entry.details.open = open;
    }
  });
  /* The button says what it will do, however the findings were opened or closed. */
  document.addEventListener("toggle", () => {
    const open = all.some((entry) => entry.details.open && !entry.item.hidden);
    toggle.textContent = open ? "Close all" : "Open all";
  }, true);

  form.hidden = false;
  filter();
})();
