// Each nation: its seat, what it pays and gets, and what it could have outside, in one chart.
P.cards = () => {
  const body = P.section("cards", "What each nation gets",
    "Bars: points of autonomy with everybody's consent (light) and under the worst single denial (dark). Below, the same for its ways outside.", true);
  const holder = P.el("div", { class: "cards" });
  body.append(holder);
  P.onChange(() => P.fill(holder, P.data.nations.map((nation, place) => P.card(nation, P.gets(P.selected(), place)))));
};

P.card = (nation, gets) => {
  const seat = P.joins(P.selected(), nation.id);
  const bars = [{ way: "here", ...gets, pays_text: gets.pays_text, here: true }, ...nation.outside];
  return P.el("article", { class: "card" },
    P.el("h3", {}, nation.name),
    P.el("p", {}, gets.role),
    P.el("p", {}, `Pays ${gets.pays_text}, gains ${gets.spinoff_text} ${P.data.money} of spin-off.`),
    seat ? P.el("p", {}, gets.work.length ? gets.work.map((work) => `${work.share} of the work of ${work.pillar}`).join("; ") : "No work.") : null,
    P.el("p", {}, P.worstDeniers(nation, gets)),
    P.barChart(nation, bars),
    P.redLines(nation),
  );
};

// All whose refusal costs most: the model names one of them, the first by name.
P.worstDeniers = (nation, gets) => {
  if (gets.worst === null) return "Nobody alone can take any of its autonomy away.";
  const loss = (denier) => d3.sum(gets.lost[denier], (task) => nation.weights[task]);
  const most = Object.keys(gets.lost).filter((denier) => loss(denier) === loss(gets.worst));
  return most.length > 1 ? `Its worst deniers are ${most.join(", ")}; each alone costs ${loss(gets.worst)} points.` : `Its worst denier is ${gets.worst}.`;
};

P.barChart = (nation, bars) => {
  const scale = (value) => `${(100 * value / Math.max(nation.points, 1)).toFixed(1)}%`;
  const bar = (points, name) => {
    const made = P.el("span", { class: name });
    made.style.width = scale(points);
    return made;
  };
  const row = (each) => P.el("tr", { class: each.here ? "here" : "" },
    P.el("th", { scope: "row" }, each.way), P.el("td", { class: "bars" }, P.el("span", { class: "bar" }, bar(each.a0, "consent"), bar(each.n1, "denied"))),
    P.el("td", { class: "right" }, `${each.a0} / ${each.n1}`), P.el("td", { class: "right" }, each.pays_text), P.el("td", { class: "right" }, each.spinoff_text));
  const head = P.el("tr", {}, ["", `of ${nation.points} points`, "with / without", "pays", "spin-off"].map((text) => P.el("th", {}, text)));
  const more = nation.outside_more ? P.el("p", { class: "remark" }, `${nation.outside_more} more ways outside, with no more autonomy than these.`) : "";
  return P.el("div", { class: "scroll" }, P.el("table", { class: "chart" }, P.el("thead", {}, head), P.el("tbody", {}, bars.map(row))), more);
};

// A line binds here if it applies and what it is about is the case in this structure.
P.redLines = (nation) => {
  if (!nation.red_lines.length) return P.el("p", { class: "hint" }, "No red line of its own.");
  const bind = new Set(P.selected().bind);
  const state = (line) => (line.why_not ? `does not apply: ${line.why_not}` : bind.has(line.id) ? "binds here" : "applies, but asks nothing of this structure");
  const items = nation.red_lines.map((line) => P.el("li", { class: bind.has(line.id) ? "binds" : "" }, `${bind.has(line.id) ? "■ " : "□ "}${line.text} (${state(line)})`));
  const count = nation.red_lines.filter((line) => bind.has(line.id)).length;
  return P.el("details", { "data-key": `lines ${nation.id}` }, P.el("summary", {}, `Red lines: ${count} of ${nation.red_lines.length} bind here`), P.el("ul", { class: "lines" }, items));
};
