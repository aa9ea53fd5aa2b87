// What does the next step cost? Two goals against each other, the third as colour.
P.tradeoff = () => {
  const body = P.section("tradeoff", "What the next step costs",
    "Two goals against each other, the third as colour. The line joins the structures that no other beats in these two; all others are efficient for the sake of the third.");
  const holder = P.el("div");
  const prices = P.el("div", { class: "prices" });
  const names = { "cost,autonomy": "autonomy against cost", "cost,spinoff": "spin-off against cost", "spinoff,autonomy": "autonomy against spin-off" };
  const choice = P.choice("Show", Object.entries(names), P.state.pair, (pair) => P.change({ pair }));
  body.append(P.el("p", { class: "noprint" }, choice), holder, prices);
  let drawn = null;
  P.onChange((changed) => {
    if (drawn === null || changed.includes("pair")) drawn = P.drawTradeoff(holder);
    choice.querySelector("select").value = P.state.pair;
    P.restyle(drawn);
    drawn.filter(".selected, .compared").raise();
    P.fill(prices, P.priceLines());
  });
};

P.drawTradeoff = (holder) => {
  holder.replaceChildren();
  const [across, up] = P.state.pair.split(",").map(P.axis);
  const third = P.everyAxis.slice(0, 3).find((axis) => axis !== across && axis !== up);
  const [width, height, left, bottom] = [560, 410, 74, 360];
  const svg = P.drawing(holder, width, height, `${up.label} against ${across.label}, ${third.label} as colour`);
  const x = d3.scaleLinear(d3.extent(P.data.structures, across.of), [left, width - 20]).nice();
  const y = d3.scaleLinear(d3.extent(P.data.structures, up.of), [bottom, 46]).nice();
  const shade = P.shades(third);
  const at = (structure) => [x(across.of(structure)), y(up.of(structure))];
  P.scaleAxes(svg, x, y, across, up, [left, bottom, width]);
  const steps = P.staircase(across, up);
  svg.append("path").attr("class", "stairs").attr("d", d3.line()(steps.map(at)));
  const knee = P.knee(steps, across, up);
  if (knee) {
    svg.append("text").attr("class", "knee").attr("x", at(knee)[0]).attr("y", at(knee)[1] - 14).text("knee");
    svg.append("circle").attr("class", "knee").attr("r", 13).attr("transform", `translate(${at(knee)})`);
  }
  P.rings(svg.append("g"), at);
  P.shadeKey(svg, third, shade, width);
  return P.markers(svg.append("g").attr("class", "shaded"), P.data.structures, at, () => 55).attr("fill", (structure) => shade(third.of(structure)));
};

P.scaleAxes = (svg, x, y, across, up, [left, bottom, width]) => {
  svg.append("g").attr("class", "axis").attr("transform", `translate(0,${bottom})`).call(d3.axisBottom(x).ticks(6).tickFormat(P.short));
  svg.append("g").attr("class", "axis").attr("transform", `translate(${left},0)`).call(d3.axisLeft(y).ticks(6).tickFormat(P.short));
  svg.append("text").attr("class", "name").attr("x", (left + width - 20) / 2).attr("y", bottom + 38).attr("text-anchor", "middle").text(`${across.label}, ${across.unit}`);
  svg.append("text").attr("class", "name").attr("x", left - 60).attr("y", 16).attr("text-anchor", "start").text(`${up.label}, ${up.unit}`);
};

// From dark blue to yellow, which everybody's eyes put in the same order (cividis).
P.shades = (axis) => {
  const [low, high] = d3.extent(P.data.structures, axis.of);
  return d3.scaleSequential(d3.interpolateCividis).domain(low === high ? [low - 1, high + 1] : [low, high]);
};

P.shadeKey = (svg, axis, shade, width) => {
  const [low, high] = d3.extent(P.data.structures, axis.of);
  const key = svg.append("g").attr("transform", `translate(${width - 212},8)`);
  key.selectAll("rect").data(d3.range(20)).join("rect").attr("x", (step) => step * 5 + 46).attr("width", 5.2).attr("height", 9)
    .attr("fill", (step) => shade(low + (high - low) * step / 19));
  key.append("text").attr("class", "unit").attr("x", 42).attr("y", 8).attr("text-anchor", "end").text(P.short(low));
  key.append("text").attr("class", "unit").attr("x", 150).attr("y", 8).attr("text-anchor", "start").text(P.short(high));
  key.append("text").attr("class", "unit").attr("x", 96).attr("y", 21).attr("text-anchor", "middle").text(axis.label);
};

// The structures that no other beats in two goals, from the cheapest (or least) on.
P.staircase = (across, up) => {
  const better = (axis) => (axis.less ? (value) => -value : (value) => value);
  const [first, second] = [across, up].map((axis) => (structure) => better(axis)(axis.of(structure)));
  const sorted = d3.sort(P.data.structures, (a, b) => first(b) - first(a) || second(b) - second(a));
  const kept = [];
  for (const structure of sorted) {
    if (!kept.length || second(structure) > second(kept.at(-1))) kept.push(structure);
  }
  return kept;
};

// The step farthest from the straight line between the ends, both goals counted in shares of their ranges.
P.knee = (steps, across, up) => {
  if (steps.length < 3) return null;
  const [a, b] = [across, up].map(P.scores);
  const [start, end] = [steps[0], steps.at(-1)];
  const far = (structure) => (b(structure) - b(start)) * (a(start) - a(end)) - (a(start) - a(structure)) * (b(end) - b(start));
  const best = d3.greatest(steps, far);
  return far(best) > 0 ? best : null;
};

P.priceLines = () => {
  const wishes = ["More autonomy", "More spin-off", "Less cost"];
  const rows = P.selected().next.map((step, goal) => step === null
    ? P.el("li", {}, `${wishes[goal]}: no other structure of this front has it.`)
    : P.el("li", {}, `${wishes[goal]}: ${step.text} `, P.button("look at it", () => P.select(step.to))));
  return [
    P.el("p", {}, `From ${P.selected().id}, the structure that gives up least for one goal more:`), P.el("ul", {}, rows),
    P.kneeLine(), P.stepTable(),
  ];
};

// Per step: what a unit of the upper goal costs in the other one.
P.stepPrices = () => {
  const [across, up] = P.state.pair.split(",").map(P.axis);
  const steps = P.staircase(across, up);
  return { across, up, steps, rates: d3.pairs(steps, (a, b) => Math.abs((across.of(b) - across.of(a)) / (up.of(b) - up.of(a)))) };
};

P.perUnit = (rate, across, up) => {
  const goal = P.data.goals[0];
  const whole = up.key === "autonomy" ? goal.maximum / 100 : 1;
  const each = up.key === "autonomy" ? "percent of autonomy" : `${P.plainUnit(up)} of ${up.label}`;
  return `${P.number(rate * whole)} ${P.plainUnit(across)} of ${across.label} per ${each}`;
};

P.plainUnit = (axis) => (axis.unit.startsWith("per mille") ? "per mille" : axis.unit);

P.kneeLine = () => {
  const { across, up, steps, rates } = P.stepPrices();
  const knee = P.knee(steps, across, up);
  if (!knee) return null;
  const place = steps.indexOf(knee);
  const [before, after] = [rates[place - 1], rates[place]].map((rate) => P.perUnit(rate, across, up));
  return P.el("p", {}, `At the knee (${knee.id}) the step up to it takes ${before}, the next one ${after}. `,
    P.button("look at it", () => P.select(P.data.structures.indexOf(knee))));
};

P.stepTable = () => {
  const { across, up, steps, rates } = P.stepPrices();
  const rows = rates.map((rate, place) => P.el("tr", {},
    P.el("td", {}, steps[place].id), P.el("td", {}, steps[place + 1].id),
    P.el("td", { class: "right" }, P.perUnit(rate, across, up))));
  return P.el("details", { class: "noprint", "data-key": "steps" }, P.el("summary", {}, `The price of every step along the line (${rates.length})`),
    P.el("div", { class: "scroll" }, P.el("table", {},
      P.el("thead", {}, P.el("tr", {}, ["from", "to", "price"].map((text) => P.el("th", {}, text)))), P.el("tbody", {}, rows))));
};
