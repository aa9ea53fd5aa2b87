// Two structures side by side: what changes, nation by nation.
P.compare = () => {
  const body = P.section("compare", "What changes between two structures",
    "Press c (or the button above) on one structure, then select another: changes are told from the first to the second.");
  P.onChange(() => P.fill(body, P.comparison()));
};

P.comparison = () => {
  const { selected, compared } = P.state;
  if (compared === null) {
    return [P.el("p", {}, "Nothing is marked for comparison yet. "), P.button("Mark the selected structure", P.keep)];
  }
  if (compared === selected) {
    return [P.el("p", {}, `${P.selected().id} is marked (a dashed outline in the pictures); now select another. `), P.button("Let it go", P.keep)];
  }
  const [first, second] = [P.data.structures[compared], P.data.structures[selected]];
  return [
    P.el("p", {}, `From ${first.id} to ${second.id}. `, P.button("swap (x)", P.swap, { class: "noprint" })),
    P.goalChanges(first, second), P.decisionChanges(first, second), P.nationChanges(first, second),
    P.el("details", { "data-key": "sentences", class: "noprint" }, P.el("summary", {}, "In words"),
      P.el("pre", { class: "words" }, P.sentences(first, second).join("\n"))),
  ];
};

// A change in figures and signs: better, worse, the same; never by colour alone.
P.changed = (before, after, less) => {
  const change = after - before;
  if (!change) return P.el("td", { class: "right same" }, "=");
  const better = less ? change < 0 : change > 0;
  const sign = change > 0 ? "+" : "−";
  return P.el("td", { class: `right ${better ? "better" : "worse"}`, title: better ? "better" : "worse" }, `${sign}${P.number(Math.abs(change))} ${better ? "▲" : "▼"}`);
};

P.rowOf = (cells, head = false) => P.el("tr", {}, cells.map((cell) => (cell instanceof Node ? cell : P.el(head ? "th" : "td", {}, cell))));

P.goalChanges = (first, second) => P.el("table", {}, P.el("thead", {}, P.rowOf(["goal", "from", "to", "change"], true)), P.el("tbody", {},
  P.data.goals.map((goal, place) => P.rowOf([goal.name, first.texts[place], second.texts[place], P.changed(first.values[place], second.values[place], goal.sense === "min")]))));

P.decisionChanges = (first, second) => {
  const places = P.decisionsThatDiffer(first, second);
  if (!places.length) return P.el("p", {}, "No decision differs.");
  const rows = places.map((row) => P.rowOf(row));
  return P.el("details", { open: places.length <= 12, "data-key": "decisions" }, P.el("summary", {}, `${places.length} decisions differ`),
    P.el("table", {}, P.el("thead", {}, P.rowOf(["decision", "from", "to"], true)), P.el("tbody", {}, rows)));
};

P.nationChanges = (first, second) => {
  const rows = P.data.nations.map((nation, place) => {
    const [before, after] = [P.gets(first, place), P.gets(second, place)];
    const work = [first, second].map((structure) => P.workOf(structure, place));
    return P.rowOf([nation.id, P.changed(before.pays, after.pays, true), P.changed(before.spinoff, after.spinoff, false),
      P.changed(work[0], work[1], false), P.changed(before.a0, after.a0, false), P.changed(before.n1, after.n1, false), P.taskChanges(before, after)]);
  });
  const heads = ["nation", "pays", "spin-off", "work", "with consent", "worst denial", "tasks"];
  return P.el("div", { class: "scroll" }, P.el("table", {}, P.el("caption", {}, `Money in ${P.data.money}, autonomy in points; ▲ better, ▼ worse for the nation`),
    P.el("thead", {}, P.rowOf(heads, true)), P.el("tbody", {}, rows)));
};

P.taskChanges = (before, after) => {
  const told = [["able", "with consent"], ["kept", "under denial"]].flatMap(([what, when]) => {
    const gained = after[what].filter((task) => !before[what].includes(task));
    const lost = before[what].filter((task) => !after[what].includes(task));
    const names = (tasks) => tasks.map((task) => P.data.tasks[task].id).join(", ");
    return [gained.length ? `gains ${when}: ${names(gained)}` : null, lost.length ? `loses ${when}: ${names(lost)}` : null];
  }).filter(Boolean);
  const who = (denier) => denier ?? "nobody";
  if (before.worst !== after.worst) told.push(`worst denier ${who(before.worst)} → ${who(after.worst)}`);
  return told.join("; ") || "=";
};
