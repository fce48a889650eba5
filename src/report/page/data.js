// data.js: the embedded results with their figures joined, and the way values become text.
// Text from the data only ever reaches the page through textContent.
const data = JSON.parse(document.getElementById('data').textContent);
const results = data.results;
const networks = results.networks;
// The families that occur, by name: colour, shape, rotation, line, size.
const families = Object.fromEntries(data.families.map((family) => [family.name, family]));
const familyNames = Object.keys(families);

function number(value) {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function fixed(value, digits) {
  return number(value) === null ? 'missing' : value.toFixed(digits);
}

function grouped(value) {
  return number(value) === null ? 'missing' : value.toLocaleString('en-US').replace(/,/g, '\u202f');
}

function word(value) {
  return value === undefined || value === null || value === '' ? 'missing' : String(value);
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'text') {
      made.textContent = value;
    } else if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else {
      made.setAttribute(name, value);
    }
  }
  made.append(...children);
  return made;
}

function byId(id) {
  return document.getElementById(id);
}

function pairName(point) {
  return point.weights === point.activations ? point.weights : point.weights + ' × ' + point.activations;
}

function record(point, list, index) {
  return index === null || index === undefined ? null : point[list][index] || null;
}

function sumChecks(point, level) {
  return point.verify.filter((check) => check.level === level).reduce((sum, check) => sum + (number(check.cases) || 0), 0);
}

// One entry a pair: its point, the cost records that price it, and its row of figures on each network (or null).
const pairs = results.points.map((point, index) => ({
  point,
  name: pairName(point),
  verified: data.pairs[index].verified,
  dot: record(point, 'costs', data.pairs[index].dot),
  mac: record(point, 'costs', data.pairs[index].mac),
  ice40: record(point, 'costs', data.pairs[index].mac_ice40),
  rows: networks.map(() => null),
}));
for (const row of data.rows) {
  row.accuracyRecord = record(results.points[row.pair], 'accuracy', row.accuracy);
  row.pairEntry = pairs[row.pair];
  pairs[row.pair].rows[row.network] = row;
}

function accuracyText(row) {
  const interval = row && row.accuracyRecord ? number(row.accuracyRecord.interval95_pct) : null;
  return fixed(row && row.top1_pct, 2) + ' %' + (interval === null ? '' : ' ± ' + interval.toFixed(2));
}

function checkText(check) {
  const target = check.target ? ' ' + check.target : '';
  return `${word(check.unit)} ${word(check.level)}${target}: ${grouped(check.cases)} cases${check.exhaustive ? ', exhaustive' : ''}`;
}

function recipeOf(accuracy) {
  return accuracy && accuracy.recipe ? accuracy.recipe : 'plain';
}

// What a recipe adds to the price of a pair, as one line; extra: of a row or of data.summary.extras.
function extraText(extra) {
  return !extra ? 'missing' : extra.status === 'none' ? 'nothing' : extra.status === 'missing' ? 'what it adds has no price here'
    : number(extra.sites_per_mac) === null ? 'by pair' : `${extra.sites_per_mac < 0 ? '−' : '+'}${fixed(Math.abs(extra.sites_per_mac), 1)} sites per MAC`;
}

// The lines of a chart's tooltip.
function recordLines(row) {
  const pair = row.pairEntry;
  const dot = pair.dot || {};
  const accuracy = row.accuracyRecord || {};
  return [
    `top-1 ${accuracyText(row)}, ${fixed(row.loss_points, 2)} points below FP32`,
    `${fixed(row.sites_per_mac, 1)} honest LUT sites per MAC, weights ${fixed(row.weight_kib, 1)} KiB`,
    `${word(dot.unit)}, ${word(dot.lanes)} lanes: ${word(dot.architecture)}`,
    `${word(dot.lut_cells)} LUT cells, ${word(dot.sites)} sites + ${word(dot.route_throughs)} route-throughs, depth ${word(dot.depth)}`,
    `accumulator ${word(accuracy.accumulator_bits)} bits, calibration ${word(accuracy.calibration)}, recipe ${recipeOf(accuracy)}`,
    ...(row.extra && row.extra.status !== 'none' ? [`${recipeOf(accuracy)}: ${extraText(row.extra)}`] : []),
    ...pair.point.verify.map(checkText),
  ];
}
