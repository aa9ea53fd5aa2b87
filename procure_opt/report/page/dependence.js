// Whom do we depend on? What each nation loses if one other denies its consent.
P.dependence = () => {
  const body = P.section("dependence", "Whom do we depend on",
    "Points of autonomy that a nation (row) loses if the one in the column says no. Point at a number, or reach it with the tab key, to see the tasks.", true);
  const holder = P.el("div", { class: "scroll" });
  const told = P.el("p", { class: "hint", "aria-live": "polite" });
  body.append(holder, told);
  P.onChange(() => P.fill(holder, P.denialTable(P.selected(), told)));
};

P.deniers = (structure) => {
  const found = new Set(P.data.nations.flatMap((nation, place) => Object.keys(P.gets(structure, place).lost)));
  const nations = P.data.nations.map((nation) => nation.id).filter((id) => found.has(id));
  return [...nations, ...[...found].filter((id) => !nations.includes(id)).sort()];
};

P.denialTable = (structure, told) => {
  const deniers = P.deniers(structure);
  if (!deniers.length) return P.el("p", {}, "In this structure nobody can take anything from anybody by denying consent.");
  const head = P.el("tr", {}, P.el("th", {}, "nation"), P.el("th", { class: "right" }, "with consent"), P.el("th", { class: "right" }, "worst denial"),
    deniers.map((denier) => P.el("th", {}, denier)));
  const rows = P.data.nations.map((nation, place) => {
    const gets = P.gets(structure, place);
    return P.el("tr", {}, P.el("th", { scope: "row" }, nation.name), P.el("td", { class: "right" }, `${gets.a0} of ${nation.points}`),
      P.el("td", { class: "right" }, gets.worst === null ? "none" : `${gets.n1} (${gets.worst})`),
      deniers.map((denier) => P.denialCell(nation, gets, denier, told)));
  });
  return P.el("table", { class: "heat" }, P.el("thead", {}, head), P.el("tbody", {}, rows));
};

P.denialCell = (nation, gets, denier, told) => {
  const tasks = Object.hasOwn(gets.lost, denier) ? gets.lost[denier] : [];
  const points = d3.sum(tasks, (task) => nation.weights[task]);
  if (!tasks.length) return P.el("td", { class: "heat" }, nation.id === denier ? "" : "-");
  const names = tasks.map((task) => `${P.data.tasks[task].id} (${nation.weights[task]})`).join(", ");
  const words = `Without the consent of ${denier}, ${nation.name} loses ${names}`;
  const cell = P.heatCell(points / Math.max(nation.points, 1), `−${points}`, words);
  cell.tabIndex = 0;
  for (const name of ["focus", "pointerenter"]) cell.addEventListener(name, () => P.fill(told, `${words}.`));
  return cell;
};
