// Who builds what: package by nation, leads marked by a star, money on demand.
P.workshare = () => {
  const body = P.section("workshare", "Who builds what", "Percent of each package; a star marks who leads. The last column says how it is done where nobody shares it.", true);
  const holder = P.el("div", { class: "scroll" });
  const flows = P.el("div", { hidden: true });
  const turn = P.button("Show who pays for what", () => {
    flows.hidden = !flows.hidden;
    turn.textContent = flows.hidden ? "Show who pays for what" : "Hide who pays for what";
    if (!flows.hidden) P.money(flows);
  }, { class: "noprint" });
  body.append(holder, turn, flows);
  P.onChange(() => {
    P.fill(holder, P.workTable(P.selected()));
    if (!flows.hidden) P.money(flows);
  });
};

P.workTable = (structure) => {
  const head = P.el("tr", {}, P.el("th", {}, "package"), P.el("th", { class: "right" }, P.data.money),
    P.data.nations.map((nation) => P.el("th", { title: nation.name }, nation.id)), P.el("th", {}, "how"));
  const rows = P.data.packages.map((item, place) => P.workRow(structure, item, place));
  const total = P.el("tr", { class: "total" }, P.el("th", { scope: "row" }, "all work, million"), P.el("td"),
    P.data.nations.map((nation, place) => P.el("td", { class: "right" }, P.number(P.workOf(structure, place)))), P.el("td"));
  return P.el("table", { class: "heat" }, P.el("thead", {}, head), P.el("tbody", {}, rows, total));
};

P.workOf = (structure, nation) => d3.sum(P.gets(structure, nation).work, (work) => work.million);

P.workRow = (structure, item, place) => {
  const cells = P.data.nations.map((nation, number) => {
    const work = P.gets(structure, number).work.find((each) => each.pillar === item.pillar);
    const [share, lead] = work?.parts[item.id] ?? [0, 0];
    return P.heatCell(share / 100, share || lead ? `${share}${lead ? " ★" : ""}` : "", `${nation.name}: ${share} % of ${item.name}${lead ? ", leads" : ""}`);
  });
  return P.el("tr", {}, P.el("th", { scope: "row" }, item.name), P.el("td", { class: "right" }, item.value_text), cells,
    P.el("td", { class: "how" }, P.data.lines[structure.packages[place]] || "the pillar does not come about"));
};

// A cell whose ground grows with the share; the number says the same, so colour is never alone.
P.heatCell = (share, text, title) => {
  const cell = P.el("td", { class: share > 0.55 ? "heat strong" : "heat", title }, text);
  cell.style.setProperty("--share", share.toFixed(3));
  return cell;
};
