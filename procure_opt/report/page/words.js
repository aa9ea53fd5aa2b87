// The selected structure in plain words, as `procure-opt explain` says them.
P.words = () => {
  const body = P.section("words", "The selected structure in words", null);
  const text = P.el("pre", { class: "words" });
  const tasks = P.el("details", { class: "noprint" }, P.el("summary", {}, "What the tasks mean"),
    P.el("dl", {}, P.data.tasks.flatMap((task) => [P.el("dt", {}, task.id), P.el("dd", {}, task.text)])));
  body.append(text, tasks);
  P.onChange(() => { text.textContent = P.selected().explain.map((place) => P.data.lines[place]).join("\n"); });
};
