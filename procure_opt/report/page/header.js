P.header = () => {
  const data = P.data;
  const line = (text, name = "") => P.el("p", { class: name }, text);
  document.querySelector("header").append(
    line(data.marking, "marking"),
    P.el("h1", {}, data.title),
    line(`${data.as_of}; ${data.edition}; case ${data.case}`),
    line(data.completeness, data.complete ? "complete" : "incomplete"),
    line(`View ${data.view}: ${data.view_text}.`),
    P.el("div", { class: "trilemma" }, data.trilemma.map((text) => line(text))),
    line(`Data: ${data.quality}.`),
    P.recordLines(),
    P.el("details", {}, P.el("summary", {}, "How to reproduce, and which red lines apply"),
      P.el("p", {}, P.el("code", {}, data.reproduce)),
      line(`with ${data.version}; sha256 of the case as it was solved: ${data.digest}`),
      P.el("ul", {}, data.standing.map((text) => P.el("li", {}, text)))),
    P.el("nav", { class: "tools", "aria-label": "tools" },
      P.button("Light or dark", P.turnTheme),
      ...(data.structures.length ? P.tools() : [])),
  );
  document.querySelector("footer").append(line(data.marking, "marking"), line(`${data.title}, ${data.as_of}. ${data.version}.`));
};

P.tools = () => [
  P.button("Print a brief", () => window.print()),
  P.button("Forget limits and wishes", () => P.change({ limits: {}, wishes: [] })),
  P.el("span", { class: "hint" }, "Left and right arrows go through the structures in the order of the table; c marks the selected one for comparison, or lets it go; x swaps the two."),
];

P.recordLines = () => P.el("div", {}, P.data.records.map((record) => {
  const many = record.nearest.length === 1 ? "one structure shown agrees" : `${record.nearest.length} structures shown agree`;
  return P.el("p", {}, `Signed ${record.date} (${record.text.replace(/\.$/, "")}): ${many} with ${record.most} of its ${record.items.length} known items (ringed).`);
}));

P.turnTheme = () => {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
  document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
};

// The structure looked at, in one line that stays in sight.
P.bar = () => {
  const bar = document.querySelector("#bar");
  const said = P.el("span", { class: "said", "aria-live": "polite" });
  const count = P.el("span", { class: "count" });
  bar.append(
    P.button("‹", () => P.step(-1), { "aria-label": "previous structure" }),
    P.button("›", () => P.step(1), { "aria-label": "next structure" }),
    said, P.button("compare with this (c)", P.keep), count,
  );
  P.onChange(() => {
    const { id, texts } = P.selected();
    said.textContent = `${id}: ${P.data.goals.map((goal, place) => `${goal.name} ${texts[place]}`).join(", ")}`;
    const [left, all] = [d3.sum(P.left), P.left.length];
    const marked = P.state.compared === null ? "" : `compared with ${P.data.structures[P.state.compared].id}; `;
    count.textContent = marked + (left < all ? `${left} of ${all} structures left` : all === 1 ? "1 structure" : `all ${all} structures`);
  });
};

// The next structure that the table shows, in its order; from one that it does not show, the first.
P.step = (direction) => {
  const now = P.order.indexOf(P.state.selected);
  const next = now < 0 ? P.order[0] : P.order[now + direction];
  if (next !== undefined) P.select(next);
};

P.keep = () => P.change({ compared: P.state.compared === P.state.selected ? null : P.state.selected });
P.swap = () => P.state.compared !== null && P.change({ selected: P.state.compared, compared: P.state.selected });

P.keys = () => document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = { ArrowLeft: () => P.step(-1), ArrowRight: () => P.step(1), c: P.keep, x: P.swap, C: P.keep, X: P.swap }[event.key];
  if (act) {
    act();
    event.preventDefault();
  }
});
