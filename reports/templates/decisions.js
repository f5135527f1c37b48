(() => {
  /* Decisions on findings: kept in this tab, exported as baseline or log, and read from them again. */
  const panel = document.getElementById("decisions");
  const form = document.getElementById("decide");
  if (!panel || !form) return;

  const DAY = 86400000;
  const place = `vestige-decisions-${panel.dataset.scan}`;
  const say = panel.dataset;
  const words = { "confirmed": say.confirmed, "false-alarm": say.falseAlarm, "accepted": say.accepted };
  const fill = (text, values) => text.replace(/\{([a-z]+)\}/g, (_, name) => values[name]);
  const status = document.getElementById("decisions-shown");
  const today = () => new Date().toISOString().slice(0, 10);
  const cards = new Map([...document.querySelectorAll(".finding[data-fingerprint]")]
    .map((card) => [card.id, card]));
  const causes = [...document.querySelectorAll(".cause")].map((element) => ({
    element,
    ids: [...element.querySelectorAll(".finding[data-fingerprint]")].map((card) => card.id),
  })).filter((cause) => cause.ids.length);

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

  const table = document.getElementById("decisions-made");
  const marked = (element) => {
    let mark = element.querySelector(":scope > details > summary .decided");
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "decided";
      element.querySelector(":scope > details > summary .what").append(mark);
    }
    return mark;
  };
  const told = (decision) => {
    const values = { decision: words[decision.decision], who: decision.by, day: decision.until };
    if (!decision.by) return values.decision;
    return fill(decision.decision === "confirmed" ? say.by : say.byUntil, values);
  };
  const line = (id, card, decision) => {
    const row = document.createElement("tr");
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = id;
    const title = card.querySelector(".what :is(h4, h5)").textContent;
    const cells = [null, words[decision.decision], `${decision.by} ${decision.because}`.trim(),
      decision.decision === "confirmed" ? "" : decision.until, decision.on];
    for (const text of cells) {
      const cell = document.createElement(text === null ? "th" : "td");
      if (text === null) {
        cell.scope = "row";
        cell.append(link, ` ${title}`);
      } else cell.textContent = text;
      row.append(cell);
    }
    return row;
  };

  const show = () => {
    const counts = { "confirmed": 0, "false-alarm": 0, "accepted": 0 };
    const rows = [];
    for (const [id, card] of cards) {
      const decision = state.decisions[id];
      marked(card).textContent = decision ? told(decision) : "";
      if (!decision) continue;
      counts[decision.decision] += 1;
      rows.push(line(id, card, decision));
    }
    for (const cause of causes) {
      const some = cause.ids.filter((id) => state.decisions[id]).length;
      marked(cause.element).textContent = some ? fill(say.some, { some, all: cause.ids.length }) : "";
    }
    table.querySelector("tbody").replaceChildren(...rows);
    table.hidden = !rows.length;
    const open = cards.size - rows.length;
    const carried = state.carried.length;
    status.textContent = fill(say.counts, {
      accepted: counts.accepted, false: counts["false-alarm"], confirmed: counts.confirmed, open,
    }) + (carried ? fill(say.carried, { count: carried }) : "");
  };

  /* --- deciding --- */

  const wrong = (decision) => {
    if (!decision.decision) return say.choose;
    if (decision.decision === "confirmed") return "";
    if (!decision.by) return say.who;
    if (!decision.because) return say.why;
    if (!/^\d{4}-\d\d-\d\d$/.test(decision.until)) return say.until;
    const days = (Date.parse(decision.until) - Date.parse(today())) / DAY;
    if (days < 0) return say.over;
    if (days > Number(panel.dataset.longest)) return say.longer;
    return "";
  };

  const plain = (text) => text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, " ").trim();

  const filled = (fields, decision) => {
    for (const box of fields.elements.decision) box.checked = box.value === decision.decision;
    for (const name of ["by", "because", "until"]) fields.elements[name].value = decision[name] || "";
  };

  /* One form, for one finding or for all that are shown of a cause. */
  const offer = (place, ids, legend) => {
    if (!place || place.querySelector(":scope > .decide")) return;
    place.append(form.content.cloneNode(true));
    const fields = place.querySelector(":scope > .decide");
    const said = fields.querySelector("[role=status]");
    if (legend) fields.querySelector("legend").textContent = legend;
    if (ids.length === 1) filled(fields, state.decisions[ids[0]] || {});
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
      said.textContent = trouble || say.kept;
      if (trouble) return;
      for (const id of ids) state.decisions[id] = { ...decision };
      keep();
      refill();
      show();
    });
    fields.elements.undo.addEventListener("click", () => {
      for (const id of ids) delete state.decisions[id];
      filled(fields, {});
      said.textContent = "";
      keep();
      refill();
      show();
    });
  };
  const refill = () => {
    for (const [id, card] of cards) {
      const fields = card.querySelector(".more > .decide");
      if (fields) filled(fields, state.decisions[id] || {});
    }
  };

  /* --- the file --- */

  const quoted = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007F");
  const day = /^\d{4}-\d\d-\d\d$/;
  const dated = new Set(["until", "accepted-on"]);
  const inFile = (value, key) => {
    if (Array.isArray(value)) {
      if (value.length < 2) return `[${value.map(quoted).join("")}]`;
      return `[\n${value.map((one) => `    ${quoted(one)},\n`).join("")}]`;
    }
    if (typeof value === "number" || (dated.has(key) && day.test(value))) return String(value);
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

  /* The log: all decisions with what they are about, masked as the page is. */
  const logged = () => JSON.stringify({
    format: "vestige-decisions",
    version: 1,
    scan: say.scan,
    key: say.key,
    exported: new Date().toISOString(),
    findings: cards.size,
    decisions: [...cards].filter(([id]) => state.decisions[id]).map(([id, card]) => ({
      finding: id,
      title: card.querySelector(".what :is(h4, h5)").textContent,
      place: card.querySelector(".place").textContent,
      ...granted(card, state.decisions[id]),
    })),
  }, null, 2);

  const save = (text, name, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  document.getElementById("decisions-export").addEventListener("click", () => save(written(), "vestige-baseline.toml", "application/toml"));
  document.getElementById("decisions-log").addEventListener("click", () => save(`${logged()}\n`, "vestige-decisions.json", "application/json"));

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

  const KEYS = ["scope", "decision", "rule", "by", "because", "accepted-on", "until", "band", "fingerprint", "entries", "held", "values"];
  const sound = (grant) => Object.hasOwn(words, grant.decision)
    && ["scope", "rule", "by", "because", "until", "accepted-on", "band", "fingerprint"].every((key) => typeof grant[key] === "string")
    && Number.isInteger(grant.entries)
    && [grant.held, grant.values].every((list) => Array.isArray(list) && list.every((one) => typeof one === "string"));
  const opened = (text) => {
    if (!text.trimStart().startsWith("{")) return parsed(text);
    const log = JSON.parse(text);
    if (log.format !== "vestige-decisions" || !Array.isArray(log.decisions)) throw new Error("format");
    if (!log.decisions.every(sound)) throw new Error("decisions");
    return { top: log, grants: log.decisions.map((one) => Object.fromEntries(KEYS.map((key) => [key, one[key]]))) };
  };
  const take = (text) => {
    const { top, grants } = opened(text);
    if (top.version !== 1) throw new Error("version");
    if (top.key !== panel.dataset.key) return say.foreign;
    const carried = [];
    let count = 0;
    for (const grant of grants) {
      const found = [...cards].find(([, card]) => matches(grant, card));
      if (found && sound(grant)) {
        state.decisions[found[0]] = {
          decision: grant.decision,
          by: grant.by,
          because: grant.because,
          until: grant.until,
          on: grant["accepted-on"],
        };
        count += 1;
      } else if (grant.decision !== "confirmed") {
        carried.push(grant);
      }
    }
    state.carried = carried;
    keep();
    refill();
    show();
    return `${fill(say.taken, { count })} ${status.textContent}`;
  };

  document.getElementById("decisions-import").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    let said = "";
    try {
      said = take(await file.text());
    } catch {
      said = say.unread;
    }
    status.textContent = said;
    event.target.value = "";
  });

  const whenOpen = (details, act) => {
    details.addEventListener("toggle", () => { if (details.open) act(); });
    if (details.open) act();
  };
  for (const [id, card] of cards) {
    whenOpen(card.querySelector("details"), () => offer(card.querySelector(".more"), [id], ""));
  }
  for (const { element, ids } of causes) {
    const shared = element.querySelector(".shared");
    whenOpen(element.firstElementChild, () => offer(shared, ids, fill(say.all, { count: ids.length })));
  }
  panel.hidden = false;
  show();
})();
