"use strict";
// One name for everything of ours. Text becomes text nodes, never markup: names in a case file may be hostile.
const P = {
  data: JSON.parse(document.getElementById("data").textContent),
  panels: [],
};

// el("p", {class: "hint"}, "text", child, ...): an element; "on..." attributes are listeners, null ones are left out.
P.el = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null));
  return made;
};

// Put other content into a holder. Who works with the keyboard stays where they were, and what was open stays open.
P.fill = (holder, ...children) => {
  const reachable = () => [...holder.querySelectorAll("button, select, input, summary, [tabindex]")];
  const focused = reachable().indexOf(document.activeElement);
  const open = [...holder.querySelectorAll("details[data-key]")].map((each) => [each.dataset.key, each.open]);
  holder.replaceChildren(...children.flat().filter((child) => child !== null));
  for (const [key, state] of open) {
    const again = [...holder.querySelectorAll("details[data-key]")].find((each) => each.dataset.key === key);
    if (again) again.open = state;
  }
  if (focused >= 0) reachable()[focused]?.focus();
};

// A panel of the page: a heading, one sentence on how to read it, and where its content goes.
P.section = (id, title, hint, wide = false) => {
  const body = P.el("div", { class: "body" });
  const section = P.el(
    "section",
    { id, class: wide ? "panel wide" : "panel", "aria-labelledby": `${id}-title` },
    P.el("h2", { id: `${id}-title`, tabindex: -1 }, title),
    hint ? P.el("p", { class: "hint" }, hint) : null,
    body,
  );
  document.querySelector("main").append(section);
  return body;
};

// A drawing that scales with its panel; what it shows is said to those who do not see it.
P.drawing = (holder, width, height, label) =>
  d3.select(holder).append("svg").attr("viewBox", `0 0 ${width} ${height}`).attr("role", "img")
    .attr("aria-label", label).attr("class", "drawing");

P.button = (text, act, attributes = {}) => P.el("button", { type: "button", onclick: act, ...attributes }, text);

P.choice = (label, options, value, act, shown = true) => {
  const list = P.el("select", { onchange: (event) => act(event.target.value), "aria-label": label }, P.options(options, value));
  return P.el("label", {}, shown ? `${label} ` : "", list);
};

P.options = (options, value) => options.map(([key, text]) => P.el("option", { value: key, selected: key === value }, text));

// What a pointer rests on is told beside it; the same lines go to those who listen.
P.tip = {
  box: P.el("div", { class: "tip", hidden: true }),
  show(event, lines) {
    P.fill(this.box, lines.map((line) => P.el("div", {}, line)));
    this.box.hidden = false;
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    this.box.style.left = `${Math.max(4, Math.min(event.clientX + 14, width - this.box.offsetWidth - 8))}px`;
    this.box.style.top = `${Math.max(4, Math.min(event.clientY + 14, height - this.box.offsetHeight - 8))}px`;
  },
  hide() {
    this.box.hidden = true;
  },
};

P.save = (name, text, type) => {
  const link = P.el("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
};
