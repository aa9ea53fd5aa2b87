// What everything rests on: each number with its range, basis and source; what is assumed is marked.
P.inputs = () => {
  const body = P.section("inputs", "The numbers of the case", `${P.data.quality}. A diamond marks what is assumed.`, true);
  const rows = P.el("tbody");
  const draw = (text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const says = (input) => Object.values(input).join(" ").toLowerCase();
    P.fill(rows, P.data.inputs.filter((input) => words.every((word) => says(input).includes(word))).map(P.inputRow));
  };
  const search = P.el("input", { type: "search", placeholder: "for example: assumed, or a name", oninput: (event) => draw(event.target.value) });
  const heads = ["number of", "value", "range", "unit", "basis", "source", "note"];
  const box = P.el("details", { class: "noprint", ontoggle: () => rows.childElementCount || draw("") },
    P.el("summary", {}, `${P.data.inputs.length} numbers`), P.el("p", {}, P.el("label", {}, "Filter ", search)),
    P.el("div", { class: "scroll tall" }, P.el("table", { class: "list" }, P.el("thead", {}, P.el("tr", {}, heads.map((text) => P.el("th", {}, text)))), rows)));
  body.append(box);
};

P.inputRow = (input) => P.el("tr", { class: input.basis }, [
  input.where, input.value, input.low === "" && input.high === "" ? "" : `${input.low} to ${input.high}`, input.unit,
  `${input.basis === "assumed" ? "◇ " : ""}${input.basis}`, input.source, input.note,
].map((text) => P.el("td", {}, text)));
