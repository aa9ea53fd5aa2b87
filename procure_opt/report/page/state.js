// What is looked at: the selected structure, the one it is compared with, and what is left of the front.
// It stands in the address, so that a view can be mailed.
P.state = { selected: 0, compared: null, limits: {}, wishes: [], pair: "cost,autonomy" };
P.listeners = [];

P.onChange = (act) => P.listeners.push(act);

P.change = (changes) => {
  Object.assign(P.state, changes);
  P.left = P.remaining();
  P.listeners.forEach((act) => act(Object.keys(changes)));
  clearTimeout(P.later); // browsers slow down whoever writes the address at every step
  P.later = setTimeout(() => history.replaceState(null, "", `#${P.address()}`), 150);
};

P.select = (place) => place !== null && P.change({ selected: place });

P.selected = () => P.data.structures[P.state.selected];

P.gets = (structure, nation) => P.data.gets[structure.gets[nation]];

// -- what is left ----------------------------------------------------------------------------------------

// Every axis: the three goals, and for each nation its autonomy, spin-off and payment.
P.axes = () => {
  const goals = P.data.goals.map((goal, place) => ({
    key: goal.key, label: goal.name, unit: goal.unit, less: goal.sense === "min",
    of: (structure) => structure.values[place],
  }));
  const national = P.data.nations.flatMap((nation, place) => [
    ["autonomy", "autonomy", "weighted points", false], ["spinoff", "spin-off", P.data.money, false], ["pays", "pays", P.data.money, true],
  ].map(([what, words, unit, less]) => ({
    key: `${nation.id}.${what}`, label: `${nation.id} ${words}`, unit, less,
    of: (structure) => P.gets(structure, place)[what],
  })));
  return [...goals, ...national];
};

P.axis = (key) => P.everyAxis.find((axis) => axis.key === key);

P.remaining = () => P.data.structures.map((structure) =>
  Object.entries(P.state.limits).every(([key, [low, high]]) => {
    const value = P.axis(key).of(structure);
    return low <= value && value <= high;
  }) && P.state.wishes.every((wish) => P.meets(structure, wish)));

// -- wishes: "ITA joins", "ITA sits core", "ITA leads engine", "ITA can upgrade", "ITA keeps upgrade" -----

P.verbs = {
  joins: "is in", stays: "stays out of all", sits: "sits as", leads: "leads", holds: "has work in",
  can: "can, if all consent:", keeps: "can, whoever refuses:",
};
P.mostWishes = 20;

P.meets = (structure, [nation, verb, object]) => {
  const place = P.data.nations.findIndex((each) => each.id === nation);
  const gets = P.gets(structure, place);
  const parts = gets.work.flatMap((work) => Object.entries(work.parts).map(([name, part]) => [`${work.pillar}/${name}`, part]));
  const task = P.data.tasks.findIndex((each) => each.id === object);
  if (verb === "joins") return P.joins(structure, nation);
  if (verb === "stays") return !P.joins(structure, nation);
  if (verb === "sits") return Object.entries(gets.tiers).some(([pillar, tier]) => `${pillar}/${tier}` === object);
  if (verb === "leads") return parts.some(([name, [, lead]]) => lead && (object === "" || name === object));
  if (verb === "holds") return parts.some(([name, [share]]) => share && (object === "" || name === object));
  return (verb === "can" ? gets.able : gets.kept).includes(task);
};

P.joins = (structure, nation) => structure.seated.includes(nation);

// -- the address -----------------------------------------------------------------------------------------

P.address = () => {
  const { selected, compared, limits, wishes, pair } = P.state;
  const id = (place) => P.data.structures[place]?.id ?? "";
  const told = new URLSearchParams({ s: id(selected) });
  if (compared !== null) told.set("c", id(compared));
  if (pair !== "cost,autonomy") told.set("t", pair);
  for (const [key, [low, high]] of Object.entries(limits)) told.append("l", [key, low, high].join("~"));
  for (const wish of wishes) told.append("w", wish.join("~"));
  return told.toString();
};

// An address is typed or mailed by anybody: what does not fit the data is left out.
P.fromAddress = () => {
  const told = new URLSearchParams(location.hash.slice(1));
  const place = (id) => {
    const found = P.data.structures.findIndex((structure) => structure.id === id);
    return found < 0 ? null : found;
  };
  const limits = told.getAll("l").map((text) => text.split("~"))
    .map(([key, ...ends]) => [key, ends.map((end) => (end === "" ? NaN : Number(end)))])
    .filter(([key, ends]) => P.axis(key) && ends.length === 2 && ends.every(Number.isFinite))
    .map(([key, ends]) => [key, d3.sort(ends)]);
  const wishes = [...new Set(told.getAll("w"))].map((text) => text.split("~")).filter(P.isWish).slice(0, P.mostWishes);
  return {
    selected: place(told.get("s")) ?? P.balanced(), compared: place(told.get("c")), limits: Object.fromEntries(limits),
    wishes, pair: P.pairs.includes(told.get("t")) ? told.get("t") : "cost,autonomy",
  };
};

P.isWish = ([nation, verb, object = ""]) => P.data.nations.some((each) => each.id === nation)
  && Object.hasOwn(P.verbs, verb) && P.objects(verb).some(([key]) => key === object);

P.objects = (verb) => {
  if (verb === "joins" || verb === "stays") return [["", ""]];
  if (verb === "sits") return P.data.tiers.map(([pillar, tier]) => [`${pillar}/${tier}`, `${tier} in ${pillar}`]);
  if (verb === "can" || verb === "keeps") return P.data.tasks.map((task) => [task.id, P.shortened(`${task.id}: ${task.text}`)]);
  return [["", "something"], ...P.data.packages.map((each) => [`${each.pillar}/${each.id}`, each.name])];
};

P.shortened = (text) => (text.length > 70 ? `${text.slice(0, 68)} …` : text);

P.pairs = ["cost,autonomy", "cost,spinoff", "spinoff,autonomy"];
