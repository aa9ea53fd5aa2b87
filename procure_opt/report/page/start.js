// Put the page together; an empty front has a head and says why, and nothing to draw.
P.brief = () => {
  const body = P.section("brief", "The selected structure, nation by nation", null, true);
  P.onChange(() => {
    const rows = P.data.nations.map((nation, place) => {
      const gets = P.gets(P.selected(), place);
      return P.rowOf([nation.name, gets.role, gets.pays_text, gets.spinoff_text, P.number(P.workOf(P.selected(), place)), `${gets.a0} of ${nation.points}`,
        gets.worst === null ? "nobody" : `${gets.n1} (${gets.worst})`]);
    });
    const heads = ["nation", "role", "pays", "spin-off", "work", "with consent", "worst denial"];
    P.fill(body, P.el("p", {}, `${P.selected().id}: ${P.selected().members}. Money in ${P.data.money}, autonomy in points.`),
      P.el("table", {}, P.el("thead", {}, P.rowOf(heads, true)), P.el("tbody", {}, rows)));
  });
};

P.start = () => {
  const skip = (event) => {
    event.preventDefault(); // the address holds the view
    document.querySelector("#table-title")?.focus();
  };
  const page = [P.el("a", { href: "#table-title", class: "skip", onclick: skip }, "to the table of structures"), P.el("header"), P.el("div", { id: "bar", role: "region", "aria-label": "selected structure" }), P.el("main"), P.el("footer"), P.tip.box];
  document.body.append(...page);
  P.everyAxis = P.axes();
  P.header();
  if (!P.data.structures.length) {
    document.querySelector("#bar").remove();
    return document.querySelector("main").append(P.el("p", {}, `There is no structure to show: ${P.data.completeness}.`));
  }
  Object.assign(P.state, P.fromAddress());
  P.left = P.remaining();
  P.order = d3.range(P.data.structures.length);
  P.bar();
  for (const panel of ["triangle", "tradeoff", "parallel", "words", "compare", "brief", "workshare", "dependence", "cards", "table", "inputs"]) P[panel]();
  P.keys();
  P.change({});
  window.addEventListener("hashchange", () => location.hash.includes("s=") && P.change(P.fromAddress()));
};

P.start();
