// A comparison in the words of `procure-opt compare`, line for line; a test holds the two together.
P.sentences = (first, second) => {
  const decisions = P.decisionsThatDiffer(first, second).map(([place, was, becomes]) => `${place}: ${was} -> ${becomes}`);
  const nations = P.data.nations.flatMap((nation, place) => P.nationLines(nation, P.gets(first, place), P.gets(second, place)));
  return [
    `from ${P.headline(first)}`, `to   ${P.headline(second)}`, `that is ${P.difference(first, second)}`,
    "", "Decisions that differ", ...P.indented(decisions.length ? decisions : ["none"]),
    "", "What each nation wins and loses", ...P.indented(nations),
  ];
};

P.indented = (lines) => lines.map((line) => `  ${line}`);

P.headline = (structure) => `${structure.id}: autonomy ${structure.texts[0]}, spin-off ${structure.texts[1]}, cost ${structure.texts[2]}`;

// Four leading digits; below a thousand one decimal where there is a fraction.
P.amount = (value) => {
  const size = Math.abs(value);
  const whole = String(Math.floor(size)).length;
  const decimals = !Number.isInteger(value) && whole < 4 ? 1 : 0;
  const unit = 10 ** Math.max(whole - 4, -decimals);
  const rounded = Math.sign(value) * Math.floor(size / unit + 0.5 + 1e-9) * unit;
  return d3.format(decimals ? ",.1f" : ",.0f")(rounded || 0).replace(/\.0$/, "").replace("−", "-");
};

P.signed = (value) => (value > 0 ? "+" : "") + P.amount(value);

P.wholeSigned = (value) => (value > 0 ? "+" : "") + d3.format(",d")(value).replace("−", "-");

P.difference = (first, second) => {
  const [autonomy, spinoff, cost] = P.data.goals.map((goal, place) => second.values[place] - first.values[place]);
  if (P.data.view === "egalitarian") return `autonomy ${P.signed(autonomy)} per mille, spin-off ${P.signed(spinoff)} per mille, cost ${P.signed(cost)} per mille`;
  const tenths = Math.sign(autonomy) * Math.floor(1000 * Math.abs(autonomy) / (P.data.goals[0].maximum || 1) + 0.5 + 1e-9);
  const share = `${autonomy > 0 ? "+" : ""}${(tenths / 10).toFixed(1)} % of its maximum`;
  const money = P.data.money;
  return `autonomy ${P.wholeSigned(autonomy)} points (${share}), spin-off ${P.signed(spinoff)} ${money}, cost ${P.signed(cost)} ${money}`;
};

P.inOrder = (names) => [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));

// [decision, from, to], sorted by decision.
P.decisionsThatDiffer = (first, second) => {
  const [before, after] = [first, second].map((structure) => new Map(structure.decided.map((place) => P.data.decided[place])));
  return P.inOrder([...before.keys(), ...after.keys()]).filter((place) => before.get(place) !== after.get(place))
    .map((place) => [place, before.get(place) ?? "-", after.get(place) ?? "-"]);
};

P.nationLines = (nation, before, after) => {
  const moved = (what, a, b) => (a === b ? [] : [`${what} ${P.amount(a)} -> ${P.amount(b)} ${P.data.money} (${P.signed(b - a)})`]);
  const lines = [
    ...moved("pays", before.pays, after.pays), ...moved("spin-off", before.spinoff, after.spinoff),
    ...P.workLines(before, after), ...P.autonomyLines(nation, before, after),
  ];
  return [`${nation.name}${lines.length ? "" : ": nothing changes"}`, ...P.indented(lines)];
};

P.workLines = (before, after) => {
  const share = (gets, pillar) => gets.work.find((work) => work.pillar === pillar) ?? { million: 0, share: "0.0 %" };
  const pillars = P.inOrder([...before.work, ...after.work].map((work) => work.pillar));
  return pillars.filter((pillar) => share(before, pillar).million !== share(after, pillar).million)
    .map((pillar) => `work of ${pillar} ${share(before, pillar).share} -> ${share(after, pillar).share}`);
};

P.autonomyLines = (nation, before, after) => {
  const whole = d3.format(",d");
  const lines = before.autonomy === after.autonomy ? [] : [
    `autonomy ${whole(before.autonomy)} -> ${whole(after.autonomy)} points (${P.wholeSigned(after.autonomy - before.autonomy)})`];
  for (const [what, when] of [["able", "with everybody's consent"], ["kept", "under the worst denial"]]) {
    for (const [verb, has, had] of [["gains", after, before], ["loses", before, after]]) {
      const tasks = has[what].filter((task) => !had[what].includes(task));
      if (tasks.length) lines.push(`${verb} ${when}: ${P.listed(tasks.map((task) => `${P.data.tasks[task].id} (${nation.weights[task]})`))}`);
    }
  }
  if (before.worst !== after.worst) lines.push(`worst denier ${P.holderName(before.worst)} -> ${P.holderName(after.worst)}`);
  return lines;
};

P.listed = (words) => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);

P.holderName = (holder) => (holder === null ? "nobody" : P.data.holders[holder] ?? holder);
