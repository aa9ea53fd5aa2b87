// Who builds what: package by nation, leads marked by a star, money on demand.
P.workshare = () => {
  const body = P.section("workshare", "Who builds what", "Percent of each package; a star marks who leads. The last column says the same in words.", true);
  const holder = P.el("div", { class: "scroll" });
  const flows = P.el("div", { hidden: true, class: "noprint" });
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

// Columns for those who work; with twenty nations at the table most do not.
P.workTable = (structure) => {
  const places = d3.range(P.data.nations.length).filter((place) => P.gets(structure, place).work.length);
  const head = P.el("tr", {}, P.el("th", {}, "package"), P.el("th", { class: "right" }, P.data.money),
    places.map((place) => P.el("th", { title: P.data.nations[place].name }, P.data.nations[place].id)), P.el("th", {}, "how"));
  const comes = (item, number) => P.data.lines[structure.packages[number]] !== "";
  const rows = P.data.packages.map((item, number) => (comes(item, number) ? P.workRow(structure, item, number, places) : null)).filter(Boolean);
  const absent = [...new Set(P.data.packages.filter((item, number) => !comes(item, number)).map((item) => item.pillar))];
  const total = P.el("tr", { class: "total" }, P.el("th", { scope: "row" }, "all work, million"), P.el("td"),
    places.map((place) => P.el("td", { class: "right" }, P.number(P.workOf(structure, place)))), P.el("td"));
  const idle = P.data.nations.filter((nation, place) => !places.includes(place)).map((nation) => nation.id);
  return [
    P.el("table", { class: "heat" }, P.el("thead", {}, head), P.el("tbody", {}, rows, total)),
    idle.length ? P.el("p", { class: "remark" }, `No work: ${idle.join(", ")}.`) : null,
    absent.length ? P.el("p", { class: "remark" }, `Does not come about: ${absent.join(", ")}.`) : null,
  ];
};

P.workOf = (structure, nation) => d3.sum(P.gets(structure, nation).work, (work) => work.million);

P.workRow = (structure, item, number, places) => {
  const cells = places.map((place) => {
    const nation = P.data.nations[place];
    const work = P.gets(structure, place).work.find((each) => each.pillar === item.pillar);
    const [share, lead] = work && Object.hasOwn(work.parts, item.id) ? work.parts[item.id] : [0, 0];
    return P.heatCell(share / 100, share || lead ? `${share}${lead ? " ★" : ""}` : "", `${nation.name}: ${share} % of ${item.name}${lead ? ", leads" : ""}`);
  });
  return P.el("tr", {}, P.el("th", { scope: "row" }, item.name), P.el("td", { class: "right" }, item.value_text), cells,
    P.el("td", { class: "how" }, P.data.lines[structure.packages[number]]));
};

// A cell whose ground grows with the share; the number says the same, so colour is never alone.
P.heatCell = (share, text, title) => {
  const cell = P.el("td", { class: share > 0.75 ? "heat strong" : "heat", title }, text);
  cell.style.setProperty("--share", share.toFixed(3));
  return cell;
};
