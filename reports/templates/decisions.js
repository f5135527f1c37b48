(() => {
  /* Decisions on findings: kept in this tab, exported as a baseline, and read from one again. */
  const panel = document.getElementById("decisions");
  const form = document.getElementById("decide");
  if (!panel || !form) return;

  const DAY = 86400000;
  const place = `vestige-decisions-${panel.dataset.scan}`;
  const words = { "confirmed": "Confirmed", "false-alarm": "False alarm", "accepted": "Accepted" };
  const status = document.getElementById("decisions-shown");
  const today = () => new Date().toISOString().slice(0, 10);
  const cards = new Map([...document.querySelectorAll(".finding[data-fingerprint]")]
    .map((card) => [card.id, card]));

  /* Some browsers refuse storage to local files: then decisions live as long as the page. */
  const state = { decisions: {}, carried: [] };
  const keep = () => {
    try { sessionStorage.setItem(place, JSON.stringify(state)); } catch { /* kept in memory */ }
  };
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) || "null");
    if (kept && kept.decisions && Array.isArray(kept.carried)) Object.assign(state, kept);
  } catch { /* nothing was kept */ }

  const listed = (text) => (text ? text.split(" ") : []);
  const granted = (card, decision) => ({
    scope: card.dataset.scope,
    decision: decision.decision,
    rule: card.dataset.rule,
    by: decision.by,
    because: decision.because,
    "accepted-on": decision.on,
    until: decision.until,
    band: card.dataset.band,
    fingerprint: card.dataset.fingerprint,
    entries: Number(card.dataset.entries),
    held: listed(card.dataset.held),
    values: listed(card.dataset.values),
  });

  /* --- what is shown --- */

  const show = () => {
    const counts = { "confirmed": 0, "false-alarm": 0, "accepted": 0 };
    for (const [id, card] of cards) {
      const decision = state.decisions[id];
      let mark = card.querySelector(".decided");
      if (!mark) {
        mark = document.createElement("span");
        mark.className = "decided";
        card.querySelector(".what").append(mark);
      }
      mark.textContent = decision ? ` ${words[decision.decision]}` : "";
      if (decision) counts[decision.decision] += 1;
    }
    const open = cards.size - counts.confirmed - counts["false-alarm"] - counts.accepted;
    const carried = state.carried.length;
    status.textContent = `${counts.accepted} accepted, ${counts["false-alarm"]} false alarms, `
      + `${counts.confirmed} confirmed, ${open} open`
      + (carried ? `; ${carried} more of the opened baseline are kept as they are` : "");
  };

  /* --- deciding --- */

  const wrong = (decision) => {
    if (!decision.decision) return "Choose one of the three.";
    if (decision.decision === "confirmed") return "";
    if (!decision.by) return "Say who answers for it.";
    if (!decision.because) return "Say why.";
    if (!/^\d{4}-\d\d-\d\d$/.test(decision.until)) return "Say until when.";
    const days = (Date.parse(decision.until) - Date.parse(today())) / DAY;
    if (days < 0) return "This day is over (days end by UTC).";
    if (days > Number(panel.dataset.longest)) return "At most two years from today.";
    return "";
  };

  const plain = (text) => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, " ").trim();

  const filled = (fields, decision) => {
    for (const box of fields.elements.decision) box.checked = box.value === decision.decision;
    for (const name of ["by", "because", "until"]) fields.elements[name].value = decision[name] || "";
  };

  const offer = (card) => {
    const more = card.querySelector(".more");
    if (!more || more.querySelector(".decide")) return;
    more.append(form.content.cloneNode(true));
    const fields = more.querySelector(".decide");
    const said = fields.querySelector("[role=status]");
    filled(fields, state.decisions[card.id] || {});
    fields.addEventListener("submit", (event) => {
      event.preventDefault();
      const decision = {
        decision: fields.elements.decision.value,
        by: plain(fields.elements.by.value),
        because: plain(fields.elements.because.value),
        until: fields.elements.until.value,
        on: today(),
      };
      const trouble = wrong(decision);
      said.textContent = trouble || "Kept in this tab.";
      if (trouble) return;
      state.decisions[card.id] = decision;
      keep();
      show();
    });
    fields.elements.undo.addEventListener("click", () => {
      delete state.decisions[card.id];
      filled(fields, {});
      said.textContent = "";
      keep();
      show();
    });
  };

  /* --- the file --- */

  const quoted = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007F");
  const inFile = (value, key) => {
    if (Array.isArray(value)) {
      if (value.length < 2) return `[${value.map(quoted).join("")}]`;
      return `[\n${value.map((one) => `    ${quoted(one)},\n`).join("")}]`;
    }
    if (typeof value === "number" || key === "until" || key === "accepted-on") return String(value);
    return quoted(value);
  };
  const entry = (grant) => ["[[accepted]]", ...Object.entries(grant)
    .map(([key, value]) => `${key} = ${inFile(value, key)}`)].join("\n");

  /* An acceptance that covers no more than a new one does is replaced by it. */
  const contains = (made, old) => old.scope !== "below" && made.scope === old.scope
    && made.rule === old.rule && made.fingerprint === old.fingerprint
    && old.held.every((one) => made.held.includes(one))
    && old.values.every((one) => made.values.includes(one));

  const written = () => {
    const made = [...cards]
      .filter(([id]) => state.decisions[id] && state.decisions[id].decision !== "confirmed")
      .map(([id, card]) => granted(card, state.decisions[id]));
    return [
      "# A baseline of Vestige, exported from a report. It holds keyed digests: no name, no value and",
      "# no path. Give it to `vestige scan --baseline`; keep it under version control.",
      "version = 1",
      `key = ${quoted(panel.dataset.key)}`,
      ...[...state.carried.filter((old) => !made.some((one) => contains(one, old))), ...made].map((grant) => `\n${entry(grant)}`),
      "",
    ].join("\n");
  };

  document.getElementById("decisions-export").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([written()], { type: "application/toml" }));
    link.download = "vestige-baseline.toml";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });

  /* Reads what Vestige writes, and refuses all else: a program must not guess what was accepted. */
  const value = (text) => {
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return text;
    return JSON.parse(text.replace(/,\s*\]$/, "]"));
  };
  const parsed = (text) => {
    const lines = text.split(/\r?\n/);
    const top = {};
    const grants = [];
    let table = top;
    for (let at = 0; at < lines.length; at += 1) {
      let line = lines[at].trim();
      if (!line || line.startsWith("#")) continue;
      if (line === "[[accepted]]") {
        table = {};
        grants.push(table);
        continue;
      }
      while (/^[\w-]+\s*=\s*\[/.test(line) && !line.endsWith("]") && at + 1 < lines.length) {
        at += 1;
        line += lines[at].trim();
      }
      const pair = /^([a-z-]+)\s*=\s*(.+)$/.exec(line);
      if (!pair) throw new Error("line");
      table[pair[1]] = value(pair[2]);
    }
    return { top, grants };
  };

  const same = (one, other) => one.length === other.length && one.every((item, at) => item === other[at]);
  const matches = (grant, card) => grant.fingerprint === card.dataset.fingerprint
    && grant.rule === card.dataset.rule && grant.scope === card.dataset.scope
    && grant.band === card.dataset.band
    && same(grant.held, listed(card.dataset.held)) && same(grant.values, listed(card.dataset.values));

  const take = (text) => {
    const { top, grants } = parsed(text);
    if (top.version !== 1) throw new Error("version");
    if (top.key !== panel.dataset.key) return "This baseline was made under another key; nothing was taken from it.";
    const carried = [];
    let count = 0;
    for (const grant of grants) {
      const found = [...cards].find(([, card]) => matches(grant, card));
      if (found && words[grant.decision]) {
        state.decisions[found[0]] = {
          decision: grant.decision,
          by: grant.by,
          because: grant.because,
          until: grant.until,
          on: grant["accepted-on"],
        };
        count += 1;
      } else {
        carried.push(grant);
      }
    }
    state.carried = carried;
    keep();
    for (const [id, card] of cards) {
      const fields = card.querySelector(".decide");
      if (fields) filled(fields, state.decisions[id] || {});
    }
    show();
    return `${count} decisions were taken from it. ${status.textContent}`;
  };

  document.getElementById("decisions-import").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    let said = "";
    try {
      said = take(await file.text());
    } catch {
      said = "This is no baseline that this page can read; nothing was taken from it.";
    }
    status.textContent = said;
    event.target.value = "";
  });

  for (const card of cards.values()) {
    const details = card.querySelector("details");
    details.addEventListener("toggle", () => { if (details.open) offer(card); });
    if (details.open) offer(card);
  }
  panel.hidden = false;
  show();
})();
