// What is left if a value must stay within limits? Drag along an axis, or type limits.
P.parallel = () => {
  const body = P.section("parallel", "What is left within limits",
    "Each line is a structure; up is better on every axis. Drag along an axis to set limits, click beside the box to lift them, or type them below. Add axes of single nations.", true);
  const shown = new Set(P.data.goals.map((goal) => goal.key));
  const holder = P.el("div", { class: "scroll" });
  const typed = P.el("div");
  const draw = () => {
    P.drawParallel(holder, shown);
    P.fill(typed, P.everyAxis.filter((axis) => shown.has(axis.key)).map(P.limitRow));
  };
  const menu = P.axisMenu(shown, draw);
  body.append(menu, holder, P.el("details", { class: "noprint" }, P.el("summary", {}, "Limits as numbers"), typed));
  P.onChange(() => {
    const asked = Object.keys(P.state.limits).filter((key) => !shown.has(key));
    asked.forEach((key) => shown.add(key));
    if (asked.length || !holder.lines) draw();
    menu.querySelectorAll("input").forEach((box) => { box.checked = shown.has(box.dataset.axis); });
    P.restyleParallel(holder);
    P.showLimits(typed);
  });
};

P.axisMenu = (shown, act) => {
  const toggle = (axis) => (event) => {
    if (event.target.checked) shown.add(axis.key);
    else shown.delete(axis.key);
    act();
    P.change({ limits: Object.fromEntries(Object.entries(P.state.limits).filter(([key]) => shown.has(key))) });
  };
  const boxes = P.everyAxis.slice(3).map((axis) => P.el("label", { class: "tick" },
    P.el("input", { type: "checkbox", onchange: toggle(axis), "data-axis": axis.key }), axis.label));
  return P.el("details", { class: "noprint" }, P.el("summary", {}, "Axes of single nations"), P.el("div", { class: "ticks" }, boxes));
};

P.drawParallel = (holder, shown) => {
  holder.replaceChildren();
  const axes = P.everyAxis.filter((axis) => shown.has(axis.key));
  const [width, height, top] = [Math.max(1160, 130 * axes.length + 100), 330, 44];
  const svg = P.drawing(holder, width, height, "Parallel coordinates of every structure").attr("class", "drawing broad");
  svg.style("min-width", `${Math.round(width * 0.62)}px`);
  const x = d3.scalePoint(axes.map((axis) => axis.key), [110, width - 110]);
  const scales = new Map(axes.map((axis) => [axis.key, P.upwards(axis, top, height - 24)]));
  const path = (structure) => d3.line()(axes.map((axis) => [x(axis.key), scales.get(axis.key)(axis.of(structure))]));
  holder.lines = svg.append("g").selectAll("path").data(P.data.structures).join("path").attr("class", "line")
    .attr("d", path).attr("stroke", P.colour)
    .on("click", (event, structure) => P.pick(event, P.data.structures.indexOf(structure)))
    .on("pointermove", (event, structure) => P.tip.show(event, P.told(structure)))
    .on("pointerleave", () => P.tip.hide());
  holder.brushes = axes.map((axis) => P.drawAxis(svg, axis, x(axis.key), scales.get(axis.key), [top, height - 24]));
  P.restyleParallel(holder);
};

// A scale on which better is up.
P.upwards = (axis, top, bottom) => {
  let [low, high] = d3.extent(P.data.structures, axis.of);
  if (low === high) [low, high] = [low - 1, high + 1];
  return d3.scaleLinear(axis.less ? [high, low] : [low, high], [bottom, top]);
};

P.drawAxis = (svg, axis, at, scale, [top, bottom]) => {
  const group = svg.append("g").attr("transform", `translate(${at},0)`).attr("class", "axis");
  group.call(d3.axisLeft(scale).ticks(6).tickFormat(P.short));
  group.append("text").attr("class", "name").attr("y", top - 28).text(axis.label + (axis.less ? " (less is up)" : ""));
  group.append("text").attr("class", "unit").attr("y", top - 13).text(axis.unit);
  const brush = d3.brushY().extent([[-14, top], [14, bottom]]).on("end", (event) => {
    if (!event.sourceEvent) return;
    const limits = { ...P.state.limits };
    delete limits[axis.key];
    if (event.selection) limits[axis.key] = d3.sort(event.selection.map(scale.invert));
    P.change({ limits });
  });
  const drawn = group.append("g").attr("class", "brush").call(brush);
  return () => {
    const limit = P.state.limits[axis.key];
    const span = limit ? d3.sort(limit.map((end) => Math.max(top, Math.min(bottom, scale(end))))) : null;
    drawn.call(brush.move, span);
  };
};

P.restyleParallel = (holder) => {
  P.restyle(holder.lines);
  holder.lines.filter(".compared").raise();
  holder.lines.filter(".selected").raise();
  holder.brushes.forEach((show) => show());
};

// The same limits as numbers, for the keyboard and for exact ones.
P.limitRow = (axis) => {
  const [low, high] = d3.extent(P.data.structures, axis.of);
  const ends = [["from", low], ["to", high]].map(([word, end], side) => P.el("label", {}, `${word} `, P.el("input", {
    type: "number", step: "any", placeholder: P.exact(end), "data-axis": axis.key, "data-side": side,
    onchange: (event) => P.typed(axis, [low, high], side, event.target.value),
  })));
  return P.el("div", { class: "typed" }, P.el("span", {}, `${axis.label}, ${axis.unit}`), ...ends);
};

P.showLimits = (box) => box.querySelectorAll("input").forEach((input) => {
  if (input === document.activeElement) return;
  const limit = P.state.limits[input.dataset.axis];
  input.value = limit ? Number(limit[input.dataset.side].toPrecision(8)) : "";
});

P.typed = (axis, whole, side, text) => {
  const limit = [...(P.state.limits[axis.key] ?? whole)];
  limit[side] = text === "" ? whole[side] : Number(text);
  const limits = { ...P.state.limits, [axis.key]: limit };
  if (limit[0] <= whole[0] && limit[1] >= whole[1]) delete limits[axis.key];
  P.change({ limits });
};
