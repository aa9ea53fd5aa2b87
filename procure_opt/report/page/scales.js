// Colours, shapes and places that several panels share. Colours are told apart by the colour-blind (Okabe and Ito);
// every colour has a shape of its own beside it.
P.colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D31", "#888888"];
P.hexagon = {
  draw(context, size) {
    const radius = Math.sqrt(size / 2.6);
    d3.range(6).forEach((corner) => {
      const angle = corner * Math.PI / 3;
      context[corner ? "lineTo" : "moveTo"](radius * Math.cos(angle), radius * Math.sin(angle));
    });
    context.closePath();
  },
};
P.shapes = [d3.symbolCircle, d3.symbolSquare, d3.symbolTriangle, d3.symbolDiamond, d3.symbolCross, d3.symbolStar, d3.symbolWye, P.hexagon];

P.kindOf = (structure) => Math.min(structure.kind, P.colours.length - 1);
P.colour = (structure) => P.colours[P.kindOf(structure)];
P.shape = (structure, area = 60) => d3.symbol(P.shapes[P.kindOf(structure)], area)();

P.kindName = (place) => (place < P.data.kinds.length ? P.data.kinds[place] : "other coalitions");

// 0 at the worst value of an axis on the front, 1 at its best; 1 where all are alike.
P.scores = (axis) => {
  const [low, high] = d3.extent(P.data.structures, axis.of);
  return (structure) => {
    if (low === high) return 1;
    const share = (axis.of(structure) - low) / (high - low);
    return axis.less ? 1 - share : share;
  };
};

// The structure whose worst goal is best: a place to begin to look, no recommendation.
P.balanced = () => {
  const scores = P.everyAxis.slice(0, 3).map(P.scores);
  return d3.greatestIndex(P.data.structures, (structure) => d3.min(scores, (score) => score(structure)));
};

P.marked = new Set(P.data.records.flatMap((record) => record.nearest));

P.short = d3.format(",.4~r");
// Four digits that count, as everywhere in this program.
P.number = (value) => (value === 0 ? "0" : P.short(value));
P.exact = d3.format(",.12~g");

P.told = (structure) => {
  const lines = [structure.id, ...P.data.goals.map((goal, place) => `${goal.name} ${structure.texts[place]}`), structure.members];
  return P.marked.has(P.data.structures.indexOf(structure)) ? [...lines, "agrees most with what was signed"] : lines;
};

// Points of a picture: click selects, shift-click compares.
P.markers = (group, structures, at, area) => group.selectAll("path.point").data(structures).join("path")
  .attr("class", "point")
  .attr("d", (structure) => P.shape(structure, area(structure)))
  .attr("transform", (structure) => `translate(${at(structure)})`)
  .on("click", (event, structure) => P.pick(event, P.data.structures.indexOf(structure)))
  .on("pointermove", (event, structure) => P.tip.show(event, P.told(structure)))
  .on("pointerleave", () => P.tip.hide());

P.pick = (event, place) => P.change(event.shiftKey ? { compared: place } : { selected: place });

// Classes only: nothing is drawn anew when the selection moves, so hundreds of points stay fluid.
P.restyle = (points) => points
  .classed("out", (structure, place) => !P.left[place])
  .classed("selected", (structure, place) => place === P.state.selected)
  .classed("compared", (structure, place) => place === P.state.compared);

// A ring around what was signed, or comes nearest to it.
P.rings = (group, at) => group.selectAll("circle.signed").data([...P.marked]).join("circle")
  .attr("class", "signed").attr("r", 10)
  .attr("transform", (place) => `translate(${at(P.data.structures[place])})`);

P.legend = (holder) => {
  const used = d3.union(P.data.structures.map(P.kindOf));
  const items = d3.sort(used).map((place) => {
    const picture = d3.create("svg").attr("class", "key").attr("viewBox", "-8 -8 16 16").attr("aria-hidden", "true");
    picture.append("path").attr("d", d3.symbol(P.shapes[place], 90)()).attr("fill", P.colours[place]);
    const many = P.data.structures.filter((structure) => P.kindOf(structure) === place).length;
    return P.el("li", {}, picture.node(), `${P.kindName(place)} (${many})`);
  });
  const ring = d3.create("svg").attr("class", "key").attr("viewBox", "-8 -8 16 16").attr("aria-hidden", "true");
  ring.append("circle").attr("class", "signed").attr("r", 6);
  const dates = P.data.records.map((record) => record.date).join(" or ");
  if (P.marked.size) items.push(P.el("li", {}, ring.node(), `agrees most with what was signed ${dates}`));
  holder.append(P.el("ul", { class: "legend", "aria-label": "who is in it" }, items));
};
