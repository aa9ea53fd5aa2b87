// Where between the three corners? Each value counts from 0 (worst on the front) to 1 (best).
P.triangle = () => {
  const body = P.section("triangle", "Between the three corners",
    "The nearer to a corner, the more a structure has of that goal compared with the other two; the larger, the more of all three together. Squares: what the nations of the selected structure get, each between its own worst and best on this front.");
  const [width, height] = [560, 470];
  const svg = P.drawing(body, width, height, "Triangle of autonomy, spin-off and saving with every structure");
  const corners = [[280, 40], [500, 420], [60, 420]];
  P.corners(svg, corners);
  const place = (scores) => {
    const sum = d3.sum(scores);
    const parts = sum ? scores.map((score) => score / sum) : [1 / 3, 1 / 3, 1 / 3];
    return [0, 1].map((axis) => d3.sum(parts, (part, corner) => part * corners[corner][axis]));
  };
  const scores = P.everyAxis.slice(0, 3).map(P.scores);
  const at = (structure) => place(scores.map((score) => score(structure)));
  const size = (structure) => 25 + 70 * (d3.mean(scores, (score) => score(structure)) ** 2);
  P.rings(svg.append("g"), at);
  const points = P.markers(svg.append("g"), P.data.structures, at, size).attr("fill", P.colour);
  const nations = svg.append("g").attr("class", "nations");
  const national = P.data.nations.map((nation) => ["autonomy", "spinoff", "pays"].map((what) => P.scores(P.axis(`${nation.id}.${what}`))));
  P.legend(body);
  P.onChange(() => {
    P.restyle(points);
    points.filter(".selected, .compared").raise();
    const found = P.data.nations.map((nation, number) => ({ nation, spot: place(national[number].map((score) => score(P.selected()))) }));
    P.nationMarks(nations, P.apart(found));
  });
};

P.corners = (svg, corners) => {
  svg.append("path").attr("class", "frame").attr("d", d3.line()(corners) + "Z");
  const middle = [d3.mean(corners, (corner) => corner[0]), d3.mean(corners, (corner) => corner[1])];
  corners.forEach((corner) => svg.append("path").attr("class", "grid").attr("d", d3.line()([corner, middle])));
  const words = [["autonomy", "middle", 0, -14], ["spin-off", "end", 40, 26], ["saving (low cost)", "start", -40, 26]];
  words.forEach(([text, anchor, dx, dy], corner) => svg.append("text").attr("class", "corner").attr("text-anchor", anchor)
    .attr("x", corners[corner][0] + dx).attr("y", corners[corner][1] + dy).text(text));
};

P.nationMarks = (group, found) => {
  const marks = group.selectAll("g").data(found, ({ nation }) => nation.id).join((enter) => {
    const made = enter.append("g").attr("class", "nation");
    made.append("line");
    made.append("rect").attr("x", -4).attr("y", -4).attr("width", 8).attr("height", 8);
    made.append("text").attr("dy", "0.35em").text(({ nation }) => nation.id);
    return made;
  });
  marks.attr("transform", ({ spot }) => `translate(${spot})`);
  marks.select("text").attr("x", ({ label }) => label[0]).attr("y", ({ label }) => label[1])
    .attr("text-anchor", ({ label }) => (label[0] < 0 ? "end" : "start"));
  marks.select("line").attr("x2", ({ label }) => label[0]).attr("y2", ({ label }) => label[1]);
};

// Put the label of each nation where it covers no other, nor the names of the corners: nearest free place.
P.apart = (found) => {
  const taken = [[280, 26], [300, 26], [260, 26], ...d3.range(20, 150, 30).map((x) => [x, 442]), ...d3.range(470, 560, 30).map((x) => [x, 442])];
  const free = ([x, y]) => x > 18 && x < 542 && taken.every(([a, b]) => Math.abs(a - x) > 34 || Math.abs(b - y) > 13);
  return found.map((each) => {
    const tries = d3.range(1, 8).flatMap((ring) => d3.range(12).map((turn) => {
      const angle = (turn % 2 ? -1 : 1) * Math.ceil(turn / 2) * Math.PI / 6;
      return [Math.cos(angle) * 12 * ring, Math.sin(angle) * 12 * ring];
    }));
    const box = ([x, y]) => [each.spot[0] + x + (x < 0 ? -17 : 17), each.spot[1] + y];
    const label = tries.find((spot) => free(box(spot))) ?? tries[0];
    taken.push(box(label), each.spot);
    return { ...each, label };
  });
};
