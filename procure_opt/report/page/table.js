// Every structure in a table that sorts and filters; wishes narrow it down by what a nation shall have.
P.columns = [
  ["id", "structure", (structure) => structure.id, (structure) => structure.id],
  ["autonomy", "autonomy", (structure) => structure.cells[0], (structure) => structure.values[0]],
  ["spinoff", "spin-off", (structure) => structure.cells[2], (structure) => structure.values[1]],
  ["cost", "cost", (structure) => structure.cells[3], (structure) => structure.values[2]],
  ["members", "who is in it", (structure) => structure.members, (structure) => structure.members],
  ["leads", "who leads (holders)", (structure) => structure.leads, (structure) => structure.leads],
];

P.mostRows = 500; // of thousands, a browser needs seconds to lay out each new order

P.table = () => {
  const body = P.section("table", "All structures", `${P.data.units}. Click a heading to sort, a row to select; shift and click to compare. Limits and wishes leave only what meets them.`, true);
  const view = { sort: "autonomy", down: true, text: "", most: P.mostRows };
  const rows = P.el("tbody");
  const heads = P.el("tr");
  const count = P.el("p", { class: "hint", "aria-live": "polite" });
  const all = P.button("list all", () => { view.most = Infinity; draw(); }, { class: "noprint" });
  const draw = () => {
    P.fill(heads, P.columns.map((column) => P.headCell(column, view, draw)));
    const shown = P.shown(view);
    P.order = shown.map((structure) => P.data.structures.indexOf(structure));
    P.fill(rows, shown.slice(0, view.most).map(P.tableRow));
    all.hidden = shown.length <= view.most;
    count.textContent = `${shown.length} of ${P.data.structures.length} structures${all.hidden ? "" : `; the first ${view.most} of them are listed`}`;
  };
  const search = P.el("input", { type: "search", placeholder: "what must occur, separated by commas: ITA core, SWE", oninput: (event) => { view.text = event.target.value; draw(); } });
  body.append(P.wishes(), P.el("p", { class: "noprint" }, P.el("label", {}, "Filter ", search), " ",
    P.button("Save these as CSV", () => P.save(`${P.data.case}.csv`, P.csv(P.shown(view)), "text/csv")), " ", all), count,
  P.el("div", { class: "scroll tall" }, P.el("table", { class: "list" }, P.el("thead", {}, heads), rows)));
  P.onChange((changed) => (changed.some((name) => name === "limits" || name === "wishes") || !rows.childElementCount ? draw() : P.markRows(rows)));
};

P.headCell = ([key, words], view, draw) => {
  const sorted = view.sort === key;
  const act = () => {
    Object.assign(view, { sort: key, down: sorted ? !view.down : key !== "cost" && key !== "id" });
    draw();
  };
  return P.el("th", { "aria-sort": sorted ? (view.down ? "descending" : "ascending") : "none" },
    P.button(words + (sorted ? (view.down ? " ▼" : " ▲") : ""), act, { class: "sort" }));
};

P.shown = (view) => {
  const words = view.text.toLowerCase().split(",").map((text) => text.trim()).filter(Boolean);
  const says = (structure) => `${structure.id} ${structure.members} ${structure.leads}`.toLowerCase();
  const kept = P.data.structures.filter((structure, place) => P.left[place] && words.every((word) => says(structure).includes(word)));
  const by = P.columns.find(([key]) => key === view.sort)[3];
  return d3.sort(kept, (a, b) => (view.down ? d3.descending : d3.ascending)(by(a), by(b)));
};

P.tableRow = (structure) => {
  const place = P.data.structures.indexOf(structure);
  const key = (event) => event.key === "Enter" && P.pick(event, place);
  const row = P.el("tr", { tabindex: 0, "data-place": place, onclick: (event) => P.pick(event, place), onkeydown: key },
    P.columns.map(([name, , told]) => P.el("td", { class: ["autonomy", "spinoff", "cost"].includes(name) ? "right" : "" }, told(structure))));
  P.markRow(row);
  return row;
};

P.markRow = (row) => {
  const place = Number(row.dataset.place);
  row.classList.toggle("selected", place === P.state.selected);
  row.classList.toggle("compared", place === P.state.compared);
  row.toggleAttribute("aria-current", place === P.state.selected);
};

P.markRows = (rows) => [...rows.children].forEach(P.markRow);

// -- wishes ----------------------------------------------------------------------------------------------

P.wishes = () => {
  const draft = { nation: P.data.nations[0].id, verb: "joins", object: "" };
  const objects = P.choice("what", P.objects("joins"), "", (value) => { draft.object = value; }, false);
  const follow = (verb) => {
    const known = P.objects(verb);
    Object.assign(draft, { verb, object: known[0]?.[0] ?? "" });
    P.fill(objects.querySelector("select"), P.options(known, draft.object));
    objects.hidden = known.length < 2 && draft.object === "";
  };
  const line = P.el("p", { class: "wishes noprint" }, "Only structures in which ",
    P.choice("nation", P.data.nations.map((nation) => [nation.id, nation.name]), draft.nation, (value) => { draft.nation = value; }, false),
    P.choice("does", Object.entries(P.verbs), draft.verb, follow, false), objects,
    P.button("add", () => {
      const wish = [draft.nation, draft.verb, draft.object];
      const known = P.state.wishes.some((other) => other.join("~") === wish.join("~"));
      if (!known && P.isWish(wish)) P.change({ wishes: [...P.state.wishes, wish] });
    }));
  follow(draft.verb);
  const list = P.el("p", { class: "chosen" });
  P.onChange(() => P.fill(list, P.state.wishes.map((wish, place) => P.button(`${P.wishText(wish)} ✕`,
    () => P.change({ wishes: P.state.wishes.filter((other, number) => number !== place) }), { title: "take this wish back" }))));
  return P.el("div", {}, line, list);
};

P.wishText = ([nation, verb, object]) => {
  const named = P.objects(verb).find(([key]) => key === object)?.[1] ?? object;
  return `${nation} ${P.verbs[verb]} ${named}`.trim();
};

// -- for spreadsheets ------------------------------------------------------------------------------------

// Text that a spreadsheet would take for a formula is led by an apostrophe, also after a semicolon, where some
// spreadsheets begin a new cell; numbers stay numbers.
P.csvCell = (value) => {
  if (typeof value === "number") return String(value);
  const text = value.replace(/(^|;)(?=\s*[=+\-@\t\r])/g, "$1'");
  return /[",;\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

P.csv = (structures) => {
  const goals = P.data.goals.map((goal) => `${goal.name} (${goal.unit})`);
  const national = P.data.nations.flatMap((nation) => [`${nation.id} role`, `${nation.id} autonomy`, `${nation.id} spin-off`, `${nation.id} pays`]);
  const head = ["structure", ...goals, "who is in it", "who leads (holders)", ...national];
  const rows = structures.map((structure) => [structure.id, ...structure.values, structure.members, structure.leads,
    ...P.data.nations.flatMap((nation, place) => {
      const { role, autonomy, spinoff, pays } = P.gets(structure, place);
      return [role, autonomy, spinoff, pays];
    })]);
  return "\ufeff" + [[P.data.marking], [`${P.data.title}; ${P.data.as_of}`], head, ...rows].map((row) => row.map(P.csvCell).join(",")).join("\r\n") + "\r\n";
};
