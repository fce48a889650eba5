// page.js: puts the pieces into the page.

function cost(entry, circuit, key) {
  return entry[circuit] ? number(entry[circuit][key]) : null;
}

function perMac(entry, circuit, key) {
  return entry[circuit] && entry[circuit].per_mac ? number(entry[circuit].per_mac[key]) : null;
}

function pairButton(entry) {
  return element('button', { type: 'button', class: 'pair', onclick: () => showRecord(entry), text: entry.name });
}

function pairColumns() {
  return [
    { title: 'pair', unit: 'weights × act.', text: true, value: (entry) => entry.name, show: pairButton },
    { title: 'family', text: true, value: (entry) => entry.point.family, show: (entry) => familyCell(entry.point.family) },
  ];
}

function buttons(place, names, chosen, choose) {
  const group = element('span', { class: 'buttons' });
  names.forEach((name, index) => group.append(element('button', { type: 'button', 'aria-pressed': String(index === chosen), text: name,
    onclick: () => {
      group.childNodes.forEach((button, i) => button.setAttribute('aria-pressed', String(i === index)));
      choose(index);
    } })));
  place.append(group);
  choose(chosen);
}

function fillHead() {
  document.title = `narrowgauge: ${word(results.study)}`;
  byId('study').textContent = ` · study ${word(results.study)} · ${word(results.generated)}`;
  byId('headline').textContent = data.summary.headline;
  byId('evidence').textContent = data.summary.evidence;
  byId('best').replaceChildren(...data.summary.networks.map((texts) => element('li', { text: texts.best })));
}

const severalRecipes = data.summary.extras.length > 1;

// Point, price and accuracy of an answer on one network, or that there is none. of: entry => answer or null.
function answerColumns(network, of) {
  const group = network.name;
  const column = (title, unit, value, show) => ({ group, title, unit, value: (entry) => (of(entry) ? value(of(entry)) : ''), show: (entry) => (of(entry) ? show(of(entry)) : '–') });
  const interval = (found) => (number(found.interval95_pct) === null ? '' : ' ± ' + fixed(found.interval95_pct, 2));
  return [
    { group, title: 'cheapest', unit: severalRecipes ? 'pair, recipe' : 'weights × act.', text: true, start: true, value: (entry) => (of(entry) ? pairs[of(entry).pair].name : ''),
      show: (entry) => (of(entry) ? element('span', {}, pairButton(pairs[of(entry).pair]), ...(severalRecipes ? [element('span', { class: 'below', text: of(entry).recipe })] : [])) : 'none') },
    column('sites', 'LUT / MAC', (found) => found.sites_per_mac, (found) => fixed(found.sites_per_mac, 1)),
    column('top-1', '% ± 95 %', (found) => found.top1_pct, (found) => fixed(found.top1_pct, 2) + interval(found)),
    column('memory', 'KiB', (found) => number(found.weight_kib), (found) => fixed(found.weight_kib, 1)),
  ];
}

function fillAnswers() {
  if (networks.length === 0) {
    byId('answers').append(element('p', { text: 'Accuracies are missing: this study has no networks.' }));
    return;
  }
  makeTable(byId('answers'), [
    { title: 'loss', unit: 'points below FP32', text: true, value: (entry) => entry.loss_points, show: (entry) => `at most ${entry.loss_points}` },
    ...networks.flatMap((network, index) => answerColumns(network, (entry) => entry.answers[index])),
  ], data.summary.answers, { open: true, caption: 'The answer: the cheapest verified point for each loss of accuracy' });
  byId('answers').append(element('p', { class: 'note', text: 'Honest LUT sites per MAC of an xc7 dot product, memory of all weights.' + (severalRecipes
    ? ' What a recipe adds to the circuit is in this price; recipes that add something without a price take no part here.' : '') }));
}

function fillCheapest() {
  const allowed = data.summary.allowed_loss_points;
  if (networks.length === 0) {
    return;
  }
  const found = new Map(data.summary.cheapest.map((entry) => [`${entry.family} ${entry.network}`, entry.answer]));
  makeTable(byId('cheapest'), [
    { title: 'family', text: true, value: (family) => family, show: familyCell },
    ...networks.flatMap((network, index) => answerColumns(network, (family) => found.get(`${family} ${index}`) || null)),
  ], familyNames, { open: true, caption: `The cheapest of each family at most ${allowed} point below FP32` });
}

function scatterFigure(caption, text) {
  const canvas = element('canvas', { role: 'img', 'aria-label': caption });
  const figure = element('figure', {}, element('figcaption', { text: caption }), element('div', { class: 'chart' }, canvas),
    element('p', { class: 'front-text', text }));
  return { figure, canvas };
}

function addNetwork(network, index) {
  const texts = data.summary.networks[index];
  const area = scatterFigure(`${network.name}: accuracy against area of a dot product`, texts.front_area);
  const memory = scatterFigure(`${network.name}: accuracy against weight memory`, texts.front_memory);
  const controls = element('div', { class: 'controls', role: 'group', 'aria-label': `Accuracy range of ${network.name}` }, 'accuracies shown');
  const below = element('span', { class: 'count' });
  const facts = `FP32 ${fixed(network.fp32_top1_pct, 2)} % · ${grouped(network.images)} images · ${grouped(network.parameters)} parameters · ${grouped(network.macs)} MACs per image`;
  byId('networks').append(element('div', { class: 'network-head' }, element('h3', { text: network.name }), element('span', { class: 'facts', text: facts }), controls),
    element('div', { class: 'pair-row' }, area.figure, memory.figure));
  const scatters = [
    makeScatter(area.canvas, index, { cost: 'sites_per_mac', flag: 'on_front_area', title: 'honest LUT sites per MAC (xc7 dot product, log scale)', logarithmic: true }),
    makeScatter(memory.canvas, index, { cost: 'weight_kib', flag: 'on_front_memory', title: 'weight memory (KiB)', logarithmic: false }),
  ];
  buttons(controls, zooms.map((zoom) => zoom.name), 2, (chosen) => {
    const counts = scatters.map((scatter) => zoomScatter(scatter, zooms[chosen]));
    below.textContent = counts[0] > 0 ? `${counts[0]} ${counts[0] === 1 ? 'pair' : 'pairs'} below` : 'all pairs shown';
  });
  controls.append(below);
}

function networkColumns(network, index) {
  const row = (entry) => entry.rows[index];
  const of = (key) => (entry) => (row(entry) ? number(row(entry)[key]) : null);
  const front = (key, coordinate) => (entry) => (of(coordinate)(entry) === null || of('top1_pct')(entry) === null ? null : Number(row(entry)[key]));
  const mark = (key) => (entry) => (row(entry)[key] ? '●' : '');
  const group = network.name;
  return [
    { group, title: 'top-1', unit: '%', start: true, descending: true, value: of('top1_pct'), show: (entry) => fixed(row(entry).top1_pct, 2) },
    { group, title: 'loss', unit: 'points', value: of('loss_points'), show: (entry) => fixed(row(entry).loss_points, 2) },
    { group, title: 'weights', unit: 'KiB', value: of('weight_kib'), show: (entry) => fixed(row(entry).weight_kib, 1) },
    { group, title: 'sum', unit: 'bits', value: (entry) => (row(entry) && row(entry).accuracyRecord ? number(row(entry).accuracyRecord.accumulator_bits) : null) },
    { group, title: 'A', descending: true, value: front('on_front_area', 'sites_per_mac'), show: mark('on_front_area') },
    { group, title: 'M', descending: true, value: front('on_front_memory', 'weight_kib'), show: mark('on_front_memory') },
  ];
}

function statusCell(entry) {
  return element('span', { class: entry.verified ? '' : 'bad', text: entry.verified ? 'yes' : word(entry.point.status) });
}

function isOnFront(entry) {
  return entry.rows.some((row) => row && (row.on_front_area || row.on_front_memory));
}

function fillPairs() {
  const cases = (level) => (entry) => (entry.verified ? sumChecks(entry.point, level) : null);
  const columns = [
    ...pairColumns(),
    { title: 'verified', text: true, value: (entry) => (entry.verified ? 'yes' : word(entry.point.status)), show: statusCell },
    { group: 'dot product per MAC', title: 'sites', unit: 'honest LUT', start: true, value: (entry) => perMac(entry, 'dot', 'honest_sites'), show: (entry) => fixed(perMac(entry, 'dot', 'honest_sites'), 1) },
    { group: 'dot product per MAC', title: 'LUTs', unit: 'cells', value: (entry) => perMac(entry, 'dot', 'lut_cells'), show: (entry) => fixed(perMac(entry, 'dot', 'lut_cells'), 1) },
    { group: 'dot product per MAC', title: 'depth', unit: 'LUTs', value: (entry) => cost(entry, 'dot', 'depth') },
    { group: 'MAC', title: 'sites', unit: 'honest LUT', start: true, value: (entry) => cost(entry, 'mac', 'honest_sites') },
    ...networks.flatMap(networkColumns),
    { group: 'cases checked', title: 'RTL', start: true, value: cases('rtl'), show: (entry) => grouped(cases('rtl')(entry)) },
    { group: 'cases checked', title: 'netlist', value: cases('netlist'), show: (entry) => grouped(cases('netlist')(entry)) },
  ];
  const table = makeTable(byId('pair-table'), columns, pairs, { rowClass: (entry) => (isOnFront(entry) ? 'front' : '') });
  table.sortBy(3);
  fillFilter(table);
}

function fillFilter(table) {
  const words = element('input', { type: 'search', placeholder: 'e4m3, int8, mx …', 'aria-label': 'Names to show' });
  const boxes = familyNames.map((name) => ({ name, box: element('input', { type: 'checkbox', checked: '' }) }));
  const only = element('input', { type: 'checkbox' });
  const count = element('span', { class: 'count', 'aria-live': 'polite' });
  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hidden = boxes.filter(({ box }) => !box.checked).map(({ name }) => name);
    const kept = table.filter((entry) => wanted.every((part) => entry.name.toLowerCase().includes(part)) &&
      !hidden.includes(entry.point.family) && (!only.checked || isOnFront(entry)));
    count.textContent = `${kept} of ${pairs.length} pairs`;
  };
  byId('filter').append('show', words, ...boxes.map(({ name, box }) => element('label', {}, box, familyCell(name))),
    element('label', {}, only, 'on a front only'), count);
  byId('filter').addEventListener('input', apply);
  byId('filter').addEventListener('submit', (event) => event.preventDefault());
  apply();
}

const convertReasons = {
  block_format: 'one product of a block is not converted, or no circuit quantises to that format',
  product_unaligned: 'the product is not aligned',
  no_unit: 'no unit rounds to that format',
};

function missingSplits(circuit) {
  const reasons = new Map();
  for (const entry of pairs) {
    if (entry[circuit] && splitValue(entry[circuit], 'convert_back') === null) {
      const status = word((entry[circuit].split || {}).convert_back_status);
      const reason = convertReasons[status] || status;
      reasons.set(reason, (reasons.get(reason) || []).concat(entry.name));
    }
  }
  const absent = pairs.filter((entry) => !entry[circuit]).map((entry) => entry.name);
  const texts = [...reasons].map(([reason, names]) => `Convert back is missing for ${names.join(', ')}: ${reason}.`);
  return texts.concat(absent.length ? `No verified circuit: ${absent.join(', ')}.` : []).join(' ');
}

function fillSplit() {
  let chart = null;
  const circuits = ['dot', 'mac'];
  buttons(byId('split-controls'), ['dot product', 'single MAC'], 0, (chosen) => {
    if (chart) {
      chart.destroy();
    }
    chart = makeSplit(byId('split-chart'), circuits[chosen]);
    byId('split-missing').textContent = missingSplits(circuits[chosen]);
  });
}

function fillTargets() {
  const of = (circuit, group) => [
    { group, title: 'LUT cells', start: true, value: (entry) => cost(entry, circuit, 'lut_cells') },
    { group, title: 'honest sites', unit: 'LUT sites', value: (entry) => cost(entry, circuit, 'honest_sites') },
    { group, title: 'carry', unit: 'cells', value: (entry) => cost(entry, circuit, 'carry') },
    { group, title: 'FF', unit: 'bits', value: (entry) => cost(entry, circuit, 'ff') },
    { group, title: 'depth', unit: 'LUTs', value: (entry) => cost(entry, circuit, 'depth') },
  ];
  const ratio = (entry) => {
    const [a, b] = [cost(entry, 'ice40', 'honest_sites'), cost(entry, 'mac', 'honest_sites')];
    return a === null || b === null || b === 0 ? null : a / b;
  };
  const columns = [...pairColumns(), ...of('mac', 'xc7 (LUT6)'), ...of('ice40', 'iCE40 (LUT4)'),
    { title: 'iCE40 / xc7', unit: 'honest sites', start: true, value: ratio, show: (entry) => fixed(ratio(entry), 2) }];
  const table = fillTable('target-table', 'Missing: this study prices no MAC on xc7 or iCE40.', columns, pairs.filter((entry) => entry.verified && (entry.mac || entry.ice40)), false);
  if (table) {
    table.sortBy(3);
  }
}

function fillArithmetic() {
  networks.forEach((network, index) => {
    const layers = new Map();
    for (const row of data.rows.filter((candidate) => candidate.network === index && candidate.accuracyRecord)) {
      for (const layer of row.accuracyRecord.layers || []) {
        const entry = layers.get(layer.name) || { name: word(layer.name), reduction: number(layer.reduction), kinds: new Set() };
        entry.kinds.add(word(layer.arithmetic));
        layers.set(layer.name, entry);
      }
    }
    const place = element('div');
    byId('arithmetic').append(place);
    makeTable(place, [
      { title: 'operation', text: true, value: (entry) => entry.name },
      { title: 'products per sum', value: (entry) => entry.reduction },
      { title: 'arithmetic', text: true, value: (entry) => [...entry.kinds].sort().join(', ') },
    ], [...layers.values()], { caption: network.name });
  });
}

// All records of a pair on a network, by recipe.
function recipesOf(entry, network) {
  return new Map(entry.point.accuracy.filter((accuracy) => accuracy.network === network.name).map((accuracy) => [recipeOf(accuracy), accuracy]));
}

function fillRecipes() {
  const foreign = (entry, accuracy) => (accuracy.layers || []).some((layer, i, layers) => layer.weights !== undefined &&
    !(i === 0 && accuracy.first !== undefined) && !(i === layers.length - 1 && accuracy.last !== undefined) &&
    (layer.weights !== entry.point.weights || layer.activations !== entry.point.activations));
  const names = [...new Set(pairs.flatMap((entry) => entry.point.accuracy.map(recipeOf)))];
  fillExtras();
  if (names.length < 2) {
    byId('recipe-tables').append(element('p', { text: names.length ? `This study has one recipe, ${names[0]}: its accuracies stand above.` : 'Missing: no accuracies.' }));
    return;
  }
  networks.forEach((network, index) => {
    const entries = pairs.filter((entry) => entry.rows[index] && entry.rows[index].accuracyRecord);
    const best = (entry) => entry.rows[index].accuracyRecord;
    const top1 = (entry, name) => number((recipesOf(entry, network).get(name) || {}).top1_pct);
    const place = element('div');
    byId('recipe-tables').append(place);
    makeTable(place, [
      ...pairColumns(),
      { title: 'best', unit: '%', start: true, descending: true, value: (entry) => number(best(entry).top1_pct), show: (entry) => fixed(best(entry).top1_pct, 2) },
      { title: 'with', text: true, value: (entry) => recipeOf(best(entry)) },
      { title: 'sites', unit: 'per MAC, pair', value: (entry) => number(entry.rows[index].sites_per_mac), show: (entry) => fixed(entry.rows[index].sites_per_mac, 1) },
      { title: 'recipe adds', unit: 'per MAC', value: (entry) => number(entry.rows[index].extra.sites_per_mac), show: (entry) => extraCell(entry.rows[index].extra) },
      ...names.map((name, i) => ({ group: 'each recipe', title: name, start: i === 0, descending: true, value: (entry) => top1(entry, name), show: (entry) => fixed(top1(entry, name), 2) + (foreign(entry, recipesOf(entry, network).get(name)) ? ' *' : '') })),
    ], entries, { caption: `${network.name} (FP32 ${fixed(network.fp32_top1_pct, 2)} %)` });
  });
}

function extraCell(extra) {
  return extra.status === 'missing' ? element('span', { class: 'missing', text: 'missing' }) : extraText(extra).replace(' sites per MAC', '');
}

function fillExtras() {
  makeTable(byId('extras'), [
    { title: 'recipe', text: true, value: (entry) => entry.recipe },
    { title: 'adds', unit: 'honest LUT sites per MAC', value: (entry) => number(entry.sites_per_mac) || 0, show: extraCell },
    { title: 'what, or why it is missing', text: true, wide: true, value: (entry) => entry.text },
  ], data.summary.extras, { open: true, caption: 'What each recipe adds to the circuit' });
}

const verdictWords = ['holds', 'does not hold', 'not separable', 'missing'];

function verdictCell(text) {
  const known = verdictWords.findIndex((start) => text.startsWith(start));
  return element('span', { class: 'verdict v' + known, text: verdictWords[known] || text });
}

function fillClaims() {
  const count = (key, index) => (entry) => entry[key][index];
  const columns = (key, group) => verdictWords.slice(0, 3).map((title, index) => ({ group, title, start: index === 0, descending: true, value: count(key, index) }));
  const any = (entry) => entry.accuracy.some((value) => value > 0);
  fillTable('claims', 'Missing: no widths from 4 bits up with both kinds.', [
    { title: 'network', text: true, value: (entry) => networks[entry.network].name },
    { title: 'recipe', text: true, value: (entry) => entry.recipe || 'best of all' },
    ...columns('accuracy', 'minifloats more accurate: at so many widths'),
    ...columns('front', 'integer Pareto-optimal: at so many widths'),
  ], data.summary.claims.filter(any));
}

function contestColumns(kind) {
  const side = (entry) => entry[kind];
  const real = (key) => (entry) => (side(entry) ? number(side(entry)[key]) : null);
  return [
    { group: kind, title: 'pair', text: true, start: true, value: (entry) => (side(entry) ? pairs[side(entry).pair].name : null), show: (entry) => pairButton(pairs[side(entry).pair]) },
    { group: kind, title: 'top-1', unit: '% ± 95 %', value: real('top1_pct'), show: (entry) => fixed(side(entry).top1_pct, 2) + (number(side(entry).interval95_pct) === null ? '' : ' ± ' + fixed(side(entry).interval95_pct, 2)) },
    { group: kind, title: 'sites', unit: 'per MAC', value: real('sites_per_mac'), show: (entry) => fixed(side(entry).sites_per_mac, 1) },
    { group: kind, title: 'recipe', text: true, value: (entry) => (side(entry) ? side(entry).recipe : null) },
  ];
}

function fillContest() {
  const list = data.summary.contest;
  byId('contest-texts').replaceChildren(...data.summary.networks.map((texts) => element('li', { text: texts.contest })));
  fillClaims();
  if (list.length === 0) {
    return;
  }
  const table = makeTable(byId('contest'), [
    { title: 'network', text: true, value: (entry) => networks[entry.network].name },
    { title: 'widths', text: true, value: (entry) => `W${entry.weight_bits}A${entry.activation_bits}` },
    ...contestColumns('integer'),
    ...contestColumns('minifloat'),
    { title: 'lead', unit: 'points', start: true, descending: true, value: (entry) => number(entry.lead_points),
      show: (entry) => `${entry.lead_points > 0 ? '+' : ''}${fixed(entry.lead_points, 2)}` },
    { group: 'verdict', title: 'accuracy', text: true, start: true, value: (entry) => entry.accuracy, show: (entry) => verdictCell(entry.accuracy) },
    { group: 'verdict', title: 'front', text: true, value: (entry) => entry.front, show: (entry) => verdictCell(entry.front) },
    { group: 'verdict', title: 'integer behind', text: true, value: (entry) => (number(entry.beaten_by) === null ? '' : pairs[entry.beaten_by].name) },
  ], list);
  const recipes = [...new Set(list.map((entry) => entry.recipe))];
  buttons(byId('contest-controls'), recipes.map((recipe) => recipe || 'best of all recipes'), 0, (chosen) => table.filter((entry) => entry.recipe === recipes[chosen]));
}

function fillEmulation() {
  byId('emulation-text').textContent = data.summary.emulation_text;
  if (data.summary.emulation.length === 0) {
    return;
  }
  const percent = (key) => (entry) => fixed(entry[key], 2);
  makeTable(byId('emulation-table'), [
    { title: 'pair', unit: 'weights × act.', text: true, value: (entry) => pairs[entry.pair].name, show: (entry) => pairButton(pairs[entry.pair]) },
    { title: 'family', text: true, value: (entry) => pairs[entry.pair].point.family, show: (entry) => familyCell(pairs[entry.pair].point.family) },
    { title: 'network', text: true, value: (entry) => networks[entry.network].name },
    { title: 'recipe', text: true, value: (entry) => entry.recipe },
    { title: 'exact', unit: 'top-1 %', start: true, descending: true, value: (entry) => entry.exact_top1_pct, show: percent('exact_top1_pct') },
    { title: 'fp32 emulation', unit: 'top-1 %', descending: true, value: (entry) => entry.fake_top1_pct, show: percent('fake_top1_pct') },
    { title: 'difference', unit: 'points ± 95 %', start: true, descending: true, value: (entry) => entry.difference_points,
      show: (entry) => `${entry.difference_points > 0 ? '+' : ''}${fixed(entry.difference_points, 2)} ± ${fixed(entry.interval95_points, 2)}` },
    { title: 'predictions that differ', unit: 'images', descending: true, value: (entry) => entry.differ, show: (entry) => `${grouped(entry.differ)} of ${grouped(entry.images)}` },
    { title: 'right in exact alone', unit: 'images', value: (entry) => entry.exact_only },
    { title: 'right in fp32 alone', unit: 'images', value: (entry) => entry.fake_only },
  ], data.summary.emulation);
}

function fillChecks() {
  const groups = new Map();
  for (const entry of pairs.filter((pair) => pair.verified)) {
    for (const check of entry.point.verify) {
      const key = [check.unit, check.level, check.target || ''].map(word).join('\n');
      const group = groups.get(key) || { unit: word(check.unit), level: word(check.level), target: check.target ? String(check.target) : '–',
        circuits: 0, cases: 0, exhaustive: 0, mismatches: 0, seeds: new Set() };
      group.circuits += 1;
      group.cases += check.cases;
      group.exhaustive += check.exhaustive === true ? 1 : 0;
      group.mismatches += check.mismatches;
      group.seeds.add(word(check.seed));
      groups.set(key, group);
    }
  }
  makeTable(byId('checks'), [
    { title: 'unit', text: true, value: (group) => group.unit },
    { title: 'level', text: true, value: (group) => group.level },
    { title: 'target', text: true, value: (group) => group.target },
    { title: 'circuits', value: (group) => group.circuits },
    { title: 'cases', value: (group) => group.cases, show: (group) => grouped(group.cases) },
    { title: 'circuits with every input', unit: 'exhaustive', value: (group) => group.exhaustive },
    { title: 'mismatches', value: (group) => group.mismatches },
    { title: 'seed', text: true, value: (group) => [...group.seeds].join(', ') },
  ], [...groups.values()], { open: true });
}

// The records of one kind under the priced circuits of verified pairs.
function knownRecords(kind) {
  return pairs.filter((entry) => entry.verified).flatMap((entry) => entry.point.costs.filter((record_) => record_[kind]).map((record_) => ({ entry, cost: record_, known: record_[kind] })));
}

// A table, or the reason why there is none. open: as high as its rows.
function fillTable(id, none, columns, rows, open = true) {
  if (rows.length === 0) {
    byId(id).append(element('p', { text: none }));
    return null;
  }
  return makeTable(byId(id), columns, rows, { open });
}

function fillEnergy() {
  const of = (model, key) => (entry) => number(((entry.point.energy || {})[model] || {})[key]);
  const relative = (model) => (entry) => number(((entry.point.energy || {}).relative || {})[model]);
  const show = (value, digits) => (entry) => fixed(value(entry), digits);
  const column = (group, title, unit, value, digits, start) => ({ group, title, unit, start, value, show: show(value, digits) });
  const factor = (entry) => number((entry.point.energy || {}).glitch_factor);
  const table = fillTable('energy-table', 'Missing: the study does not ask for it (energy: true), or it has a data set of its own, on which energy is not counted.', [...pairColumns(),
    column('relative to int8 × int8', 'zero delay', 'quotient', relative('zero_delay'), 2, true),
    column('relative to int8 × int8', 'unit delay', 'quotient', relative('unit_delay'), 2),
    column('toggles × fan-out per MAC', 'zero delay', 'inputs', of('zero_delay', 'proxy_per_mac'), 1, true),
    column('toggles × fan-out per MAC', 'unit delay', 'inputs', of('unit_delay', 'proxy_per_mac'), 1),
    column('', 'glitches', 'unit / zero', factor, 2, true),
  ], pairs.some((entry) => entry.point.energy) ? pairs.filter((entry) => entry.verified) : []);
  if (table) {
    table.sortBy(2);
  }
}

// Circuits in DSP blocks: rows of their own, since their sites are not all they take.
function fillBlocks() {
  const share = (key) => (row) => number((row.cost.per_mac || {})[key]);
  const column = (title, unit, key, digits) => ({ title, unit, value: share(key), show: (row) => fixed(share(key)(row), digits) });
  const rows = pairs.filter((entry) => entry.verified).flatMap((entry) => entry.point.costs.filter((cost) => cost.dsp > 0).map((cost) => ({ entry, cost })));
  fillTable('block-table', 'Missing: the study asks for no circuits in DSP blocks.', [
    { title: 'weights × activations', text: true, value: (row) => row.entry.name },
    { title: 'unit', text: true, value: (row) => word(row.cost.unit) },
    { title: 'products', unit: 'per block', value: (row) => number(row.cost.width) },
    { title: 'DSP blocks', value: (row) => number(row.cost.dsp) },
    column('DSP blocks', 'per product', 'dsp', 2), column('honest sites', 'per product', 'honest_sites', 2),
    column('LUT cells', 'per product', 'lut_cells', 2), column('flip-flops', 'per product', 'ff', 2),
    { title: 'delay', unit: 'ns, cells only', value: (row) => number(row.cost.delay_ns_estimate), show: (row) => fixed(number(row.cost.delay_ns_estimate), 1) },
  ], rows);
}

// The errors of the estimates of this report's own circuits of a target, in rising order.
function estimateErrors(target, key) {
  return pairs.filter((entry) => entry.verified).flatMap((entry) => entry.point.costs)
    .filter((record_) => record_.target === target && record_.estimate && record_[key] > 0)
    .map((record_) => Math.abs(record_.estimate[key] / record_[key] - 1)).sort((a, b) => a - b);
}

function fillEstimates() {
  const known = (results.estimates || {}).targets || {};
  const rows = Object.keys(known).map((target) => ({ target, known: known[target], own: estimateErrors(target, 'honest_sites'),
    cells: estimateErrors(target, 'lut_cells') }));
  const percent = (value) => (row) => fixed(100 * value(row), 1);
  const column = (group, title, value, start) => ({ group, title, unit: '%', start, value, show: percent(value) });
  const middle = (list) => (list.length ? list[Math.floor(list.length / 2)] : NaN);
  const last = (list) => (list.length ? list[list.length - 1] : NaN);
  fillTable('estimate-table', 'Missing: these results hold no fitted coefficients (make designs, make fit).', [
    { title: 'target', text: true, value: (row) => row.target },
    { group: 'held out of the fit', title: 'circuits', start: true, value: (row) => number(row.known.held_out) },
    column('held out of the fit', 'LUT cells, median', (row) => row.known.lut_cells.median),
    column('held out of the fit', 'worst', (row) => row.known.lut_cells.worst),
    column('held out of the fit', 'sites, median', (row) => row.known.honest_sites.median),
    column('held out of the fit', 'worst', (row) => row.known.honest_sites.worst),
    { group: 'circuits of this report', title: 'circuits', start: true, value: (row) => row.own.length },
    column('circuits of this report', 'LUT cells, median', (row) => middle(row.cells)),
    column('circuits of this report', 'worst', (row) => last(row.cells)),
    column('circuits of this report', 'sites, median', (row) => middle(row.own)),
    column('circuits of this report', 'worst', (row) => last(row.own)),
  ], rows);
}

function routeText(route) {
  const fmax = route.fmax_mhz;
  return `${fixed(fmax.median, 1)} MHz (${fixed(fmax.least, 1)} to ${fixed(fmax.largest, 1)}, ${word(route.seeds)} seeds), ${word(route.luts)} LUT cells, ${word(route.nextpnr)}`;
}

function fillRoutes() {
  const fmax = (key) => (row) => number(row.known.fmax_mhz[key]);
  fillTable('route-table', 'Missing: none of these circuits has been routed here (make route, narrowgauge route).', [
    { title: 'circuit', unit: 'unit, weights × act.', text: true, value: (row) => `${word(row.cost.unit)} ${row.entry.name}`,
      show: (row) => element('span', {}, `${word(row.cost.unit)} `, pairButton(row.entry)) },
    { title: 'target', text: true, value: (row) => word(row.cost.target) },
    { title: 'median', unit: 'MHz', value: fmax('median'), show: (row) => fixed(fmax('median')(row), 1) + (row.known.doubtful ? ' (doubtful)' : '') },
    { title: 'least', unit: 'MHz', value: fmax('least'), show: (row) => fixed(fmax('least')(row), 1) },
    { title: 'largest', unit: 'MHz', value: fmax('largest'), show: (row) => fixed(fmax('largest')(row), 1) },
    { title: 'seeds', value: (row) => number(row.known.seeds) },
    { title: 'LUT cells', unit: 'routed', value: (row) => number(row.known.luts) },
    { title: 'LUT cells', unit: 'mapped', value: (row) => number(row.cost.lut_cells) },
    { title: 'program', text: true, value: (row) => word(row.known.nextpnr) },
  ], knownRecords('route'));
}

function mutantGroups() {
  const groups = new Map();
  for (const record_ of results.mutants || []) {
    const key = [record_.group, record_.class].map(word).join('\n');
    const group = groups.get(key) || { group: word(record_.group), kind: word(record_.class), units: new Set(), mutants: 0, caught: 0, equivalent: 0, survivors: [], assumed: [] };
    group.units.add(`${word(record_.unit)} (${word(record_.weights)} × ${word(record_.activations)})`);
    group.mutants += record_.mutants;
    group.caught += record_.caught;
    group.equivalent += record_.equivalent;
    if (record_.assumed) group.assumed.push(`${record_.assumed} of the equivalent of ${word(record_.unit)} where ${word(record_.assumption)}`);
    group.survivors.push(...(record_.survivors || []).map((text) => `${word(record_.unit)}: ${word(text)}`));
    groups.set(key, group);
  }
  return [...groups.values()];
}

function fillMutants() {
  const groups = mutantGroups();
  const score = (group) => (group.mutants > group.equivalent ? (100 * group.caught) / (group.mutants - group.equivalent) : null);
  fillTable('mutants', 'Missing: none was made here with the present circuits and checks (make mutants).', [
    { title: 'family', text: true, value: (group) => group.group },
    { title: 'changes in', text: true, value: (group) => (group.kind === 'rtl' ? 'RTL' : group.kind) },
    { title: 'mutants', value: (group) => group.mutants },
    { title: 'caught', value: (group) => group.caught },
    { title: 'equivalent', unit: 'proven', value: (group) => group.equivalent },
    { title: 'survived', value: (group) => group.survivors.length },
    { title: 'score', unit: '% of those that differ', value: score, show: (group) => fixed(score(group), 1) },
    { title: 'of', text: true, wide: true, value: (group) => [...group.units].sort().join(', ') },
  ], groups);
  for (const text of groups.flatMap((group) => group.assumed)) {
    byId('mutants').append(element('p', { class: 'note', text: `Proven under an assumption: ${text}.` }));
  }
  for (const text of groups.flatMap((group) => group.survivors)) {
    byId('mutants').append(element('p', { class: 'note', text: `Survived: ${text}` }));
  }
}

function proofText(record_) {
  const proof = record_.equivalence;
  return proof ? `${word(proof.result)} after ${fixed(proof.seconds, 1)} s of at most ${word(proof.limit_s)} s (${word(proof.method)})` : 'not tried';
}

function fillEquivalence() {
  const groups = new Map();
  for (const record_ of pairs.filter((entry) => entry.verified).flatMap((entry) => entry.point.costs)) {
    const key = [record_.unit, record_.target].map(word).join('\n');
    const group = groups.get(key) || { unit: word(record_.unit), target: word(record_.target), circuits: 0, proven: 0, open: 0, untried: 0, seconds: null };
    group.circuits += 1;
    group.proven += record_.equivalence && record_.equivalence.result === 'proven' ? 1 : 0;
    group.open += record_.equivalence && record_.equivalence.result !== 'proven' ? 1 : 0;
    group.untried += record_.equivalence ? 0 : 1;
    group.seconds = record_.equivalence ? Math.max(group.seconds || 0, number(record_.equivalence.seconds) || 0) : group.seconds;
    groups.set(key, group);
  }
  fillTable('equivalence', 'Missing: no circuit is priced.', [
    { title: 'unit', text: true, value: (group) => group.unit },
    { title: 'target', text: true, value: (group) => group.target },
    { title: 'circuits', value: (group) => group.circuits },
    { title: 'proven', value: (group) => group.proven },
    { title: 'not ended', unit: 'in its time', value: (group) => group.open },
    { title: 'not tried', unit: 'make prove', value: (group) => group.untried },
    { title: 'longest', unit: 's', value: (group) => (group.seconds === null ? '' : group.seconds), show: (group) => (group.seconds === null ? '–' : fixed(group.seconds, 1)) },
  ], [...groups.values()]);
}

function fillProvenance() {
  const provenance = results.provenance || {};
  const entries = (object) => Object.entries(object || {});
  makeList(byId('tools'), entries(provenance.tools));
  makeList(byId('machine'), entries(provenance.machine));
  byId('commands').textContent = (provenance.commands || []).join('\n');
  makeList(byId('hashes'), [
    ['seed', results.seed],
    ...entries(provenance.hashes).map(([name, value]) => [`SHA-256 of ${name}`, value, true]),
    ...networks.map((network) => [`SHA-256 of ${network.name}`, network.sha256, true]),
  ]);
}

function fillMissing() {
  const list = results.missing || [];
  if (list.length === 0) {
    byId('missing-table').append(element('p', { text: 'Nothing: every figure of the study is here.' }));
    return;
  }
  makeTable(byId('missing-table'), [
    { title: 'pair', text: true, value: (entry) => pairName(entry) },
    { title: 'what', text: true, value: (entry) => word(entry.what) },
    { title: 'why', text: true, wide: true, value: (entry) => word(entry.why) },
  ], list, { open: true });
}

const recordFields = [
  ['circuit', 'unit'], ['architecture', 'architecture'], ['target', 'target'], ['lanes', 'lanes'], ['terms', 'terms'], ['LUT cells', 'lut_cells'], ['sites', 'sites'],
  ['route-throughs', 'route_throughs'], ['honest sites', 'honest_sites'], ['carry cells', 'carry'], ['flip-flops', 'ff'], ['wide multiplexers', 'muxf'],
  ['depth (LUTs)', 'depth'], ['synthesis', 'yosys'], ['netlist SHA-256', 'netlist_sha256'], ['RTL SHA-256', 'rtl_sha256'],
];

function costRows(record_) {
  const sizes = Object.entries(record_.lut_cells_by_size || {}).map(([size, count]) => `LUT${size} ${count}`).join(', ');
  const parameters = Object.entries(record_.parameters || {}).map(([name, value]) => `${name} = ${value}`).join(', ');
  return [...recordFields.map(([name, key]) => [name, record_[key], key.endsWith('sha256')]), ['LUTs by size', sizes], ['RTL parameters', parameters],
    ['critical path', (record_.critical_path || []).join(' → '), true], ['RTL = netlist', proofText(record_)],
    ...(record_.route ? [['after place and route', routeText(record_.route)]] : [])];
}

function accuracyRows(row) {
  const accuracy = row.accuracyRecord || {};
  return [['top-1', accuracyText(row)], ['loss against FP32 (points)', fixed(row.loss_points, 2)], ['images', accuracy.images], ['weight memory (KiB)', fixed(row.weight_kib, 2)],
    ['accumulator (bits)', accuracy.accumulator_bits], ['longest sum (terms)', accuracy.terms], ['calibration', accuracy.calibration], ['recipe', recipeOf(accuracy)], ['recipe adds to the circuit', row.extra ? `${extraText(row.extra)} (${row.extra.text})` : null], ['seed', accuracy.seed],
    ['on the front of', [row.on_front_area ? 'area' : '', row.on_front_memory ? 'weight memory' : ''].filter(Boolean).join(' and ') || 'neither']];
}

function showRecord(entry) {
  const body = byId('record-body');
  const add = (title, rows) => {
    const place = element('div');
    body.append(element('h3', { text: title }), place);
    makeList(place, rows);
  };
  byId('record-title').textContent = `${entry.name} (${entry.point.family}, ${word(entry.point.status)})`;
  body.replaceChildren();
  networks.forEach((network, index) => {
    if (entry.rows[index]) {
      add(`Accuracy on ${network.name}`, accuracyRows(entry.rows[index]));
    }
  });
  add('Checks', entry.point.verify.map((check) => [`${word(check.unit)} ${word(check.level)} ${check.target || ''}`,
    `${grouped(check.cases)} cases${check.exhaustive ? ' (exhaustive)' : ''}, ${word(check.mismatches)} mismatches, lanes ${word(check.lanes)}, seed ${word(check.seed)}`]));
  for (const record_ of entry.verified ? entry.point.costs : []) {
    add(`Cost: ${word(record_.kind)} on ${word(record_.target)}`, costRows(record_));
  }
  byId('record').showModal();
}

fillHead();
fillAnswers();
fillCheapest();
networks.forEach(addNetwork);
fillPairs();
fillRecipes();
fillContest();
fillEmulation();
fillSplit();
fillTargets();
fillArithmetic();
fillChecks();
fillBlocks();
fillEstimates();
fillEnergy();
fillRoutes();
fillMutants();
fillEquivalence();
fillProvenance();
fillMissing();
