// Who pays for what, as flows from treasuries to what is bought.
P.items = {
  development: "common development", production: "common production", support: "common support",
  own: "own access, licences, lines", units: "own units and their support", outside: "outside options and gaps", levies: "levies",
};

P.money = (holder) => {
  const structure = P.selected();
  const items = P.data.nations.flatMap((nation, place) => P.gets(structure, place).items
    .map(([item, million]) => ({ source: nation.id, target: P.items[item], value: million })));
  const flows = items.filter((flow) => flow.value > 0);
  const received = items.filter((flow) => flow.value < 0).map((flow) => `${flow.source} ${P.number(-flow.value)} (${flow.target})`);
  holder.replaceChildren();
  if (!flows.length) return holder.append(P.el("p", {}, "Nobody pays anything."));
  const [width, height] = [1000, 60 + 26 * Math.max(P.data.nations.length, 7)];
  const svg = P.drawing(holder, width, height, "Who pays for what");
  const names = [...new Set(flows.flatMap((flow) => [flow.source, flow.target]))];
  const graph = d3.sankey().nodeId((node) => node.name).nodeWidth(14).nodePadding(10).nodeSort(null)
    .extent([[90, 8], [width - 260, height - 12]])({ nodes: names.map((name) => ({ name })), links: flows });
  svg.append("g").selectAll("path").data(graph.links).join("path").attr("class", "flow").attr("d", d3.sankeyLinkHorizontal())
    .attr("stroke-width", (link) => Math.max(1, link.width))
    .on("pointermove", (event, link) => P.tip.show(event, [`${link.source.name}: ${link.target.name}`, `${P.number(link.value)} ${P.data.money}`]))
    .on("pointerleave", () => P.tip.hide());
  const nodes = svg.append("g").selectAll("g").data(graph.nodes).join("g");
  nodes.append("rect").attr("class", "node").attr("x", (node) => node.x0).attr("y", (node) => node.y0).attr("width", 14)
    .attr("height", (node) => Math.max(1, node.y1 - node.y0));
  nodes.append("text").attr("dy", "0.35em").attr("y", (node) => (node.y0 + node.y1) / 2)
    .attr("x", (node) => (node.x0 < width / 2 ? node.x0 - 6 : node.x1 + 6)).attr("text-anchor", (node) => (node.x0 < width / 2 ? "end" : "start"))
    .text((node) => `${node.name} ${P.number(node.value)}`);
  holder.append(P.el("p", { class: "hint" }, `In ${P.data.money}, over the whole life that the case counts.`));
  if (received.length) holder.append(P.el("p", { class: "remark" }, `Received, and not taken off above: ${received.join(", ")}.`));
};
