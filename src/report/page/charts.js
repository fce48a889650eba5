// charts.js: the charts, all by Chart.js.
Chart.defaults.animation = false;
Chart.defaults.font.family = '"Helvetica Neue", Arial, "DejaVu Sans", sans-serif';
Chart.defaults.font.size = 12;
Chart.defaults.color = '#44505d';
Chart.defaults.maintainAspectRatio = false;

const zooms = [
  { name: 'all', low: () => null },
  { name: '≥ 60 %', low: () => 60 },
  { name: 'FP32 − 10 points', low: (fp32) => fp32 - 10 },
  { name: 'FP32 − 2 points', low: (fp32) => fp32 - 2 },
];

function boxesMeet(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

// The first box of a text that ends at `right`, climbing from `middle`, that meets nothing taken; null without room.
function freeBox(right, width, middle, top, taken) {
  for (let y = middle - 3; y > top + 7; y -= 2) {
    const box = { left: right - width - 3, right: right + 2, top: y - 7, bottom: y + 7 };
    if (!taken.some((other) => boxesMeet(box, other))) {
      return box;
    }
  }
  return null;
}

function drawLabel(ctx, text, box, x, y) {
  ctx.fillStyle = '#222b35';
  ctx.fillText(text, box.right - 2, (box.top + box.bottom) / 2);
  if (y - box.bottom > 5) {
    ctx.strokeStyle = '#a9b3be';
    ctx.beginPath();
    ctx.moveTo(Math.min(box.right, x), box.bottom - 4);
    ctx.lineTo(x, y - 6);
    ctx.stroke();
  }
}

// Names the points of a front, up and to the left of them, where no other point can be; a name without room there goes to
// the right, or is left to the tooltip.
const frontLabels = {
  id: 'frontLabels',
  afterDatasetsDraw(chart, _, options) {
    const { ctx, chartArea: area, scales } = chart;
    const taken = options.rows.map((row) => {
      const x = scales.x.getPixelForValue(row[options.cost]);
      const y = scales.y.getPixelForValue(row.top1_pct);
      return { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
    });
    const line = scales.y.getPixelForValue(options.fp32);
    taken.push({ left: area.left, right: area.right, top: line - 1, bottom: line + 1 });
    taken.push({ left: area.right, right: Infinity, top: area.top, bottom: area.bottom });
    ctx.save();
    ctx.font = '11px ' + Chart.defaults.font.family;
    ctx.textAlign = 'right';
    ctx.textBaseline = 'middle';
    options.rows.forEach((row, index) => {
      const text = row.pairEntry.name;
      const width = ctx.measureText(text).width;
      const marker = taken[index];
      const middle = (marker.top + marker.bottom) / 2;
      if (middle > area.bottom || !chart.isDatasetVisible(familyNames.indexOf(row.pairEntry.point.family))) {
        return;
      }
      const box = freeBox(Math.max(marker.left - 3, area.left + width + 2), width, middle, area.top, taken) ||
        freeBox(marker.right + 3 + width, width, middle - 12, area.top, taken);
      if (box) {
        taken.push(box);
        drawLabel(ctx, text, box, (marker.left + marker.right) / 2, middle);
      }
    });
    ctx.restore();
  },
};

function familyDataset(name, rows, cost, flag) {
  const style = families[name];
  const own = rows.filter((row) => row.pairEntry.point.family === name);
  return {
    label: name,
    data: own.map((row) => ({ x: row[cost], y: row.top1_pct, row })),
    pointStyle: style.shape,
    pointRotation: style.rotation,
    pointRadius: own.map((row) => style.size * (row[flag] ? 6 : 4.5)),
    pointHoverRadius: own.map(() => style.size * 8),
    backgroundColor: own.map((row) => style.colour + (row[flag] ? 'ff' : '40')),
    borderColor: own.map((row) => (row[flag] && !style.line ? '#1d2733' : style.colour)),
    borderWidth: own.map((row) => (style.line ? (row[flag] ? 3.2 : 1.6) : 1)),
    legendStyle: style,
  };
}

function lineDataset(label, points, extra) {
  return Object.assign({ label, data: points, showLine: true, pointRadius: 0, pointHitRadius: 0, pointHoverRadius: 0, fill: false }, extra);
}

function costRange(rows, cost, logarithmic) {
  const values = rows.map((row) => row[cost]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  return logarithmic ? [low / 1.45, high * 1.15] : [Math.max(0, low - 0.16 * (high - low || low)), high + 0.05 * (high - low || high)];
}

function legendLabels(chart) {
  return chart.data.datasets.map((dataset, index) => ({
    text: dataset.label,
    datasetIndex: index,
    hidden: !chart.isDatasetVisible(index),
    fillStyle: dataset.legendStyle ? dataset.legendStyle.colour : 'transparent',
    strokeStyle: dataset.legendStyle ? dataset.legendStyle.colour : dataset.borderColor,
    lineWidth: dataset.legendStyle && !dataset.legendStyle.line ? 1 : 2,
    lineDash: dataset.borderDash || [],
    pointStyle: dataset.legendStyle ? dataset.pointStyle : 'line',
    rotation: dataset.legendStyle ? dataset.legendStyle.rotation : 0,
  }));
}

function tooltipOptions() {
  return {
    filter: (item) => Boolean(item.raw.row),
    displayColors: false,
    backgroundColor: 'rgba(24, 33, 43, .95)',
    padding: 10,
    bodyFont: { size: 11 },
    callbacks: {
      title: (items) => items.map((item) => `${item.raw.row.pairEntry.name}  (${item.raw.row.pairEntry.point.family})`)[0],
      label: (item) => recordLines(item.raw.row),
    },
  };
}

function costAxis(title, range, logarithmic) {
  const axis = { type: logarithmic ? 'logarithmic' : 'linear', min: range[0], max: range[1], grid: { color: '#eef1f5' },
    title: { display: true, text: title } };
  axis.ticks = { maxRotation: 0, includeBounds: false, autoSkip: !logarithmic, callback: (value) => {
    const lead = value / 10 ** Math.floor(Math.log10(value) + 1e-9);
    const round = [1, 2, 3, 5].some((digit) => Math.abs(lead - digit) < 1e-6);
    const inside = value >= range[0] * (1 + 1e-9) && value <= range[1];
    return !inside ? '' : !logarithmic || round ? String(+value.toPrecision(6)) : '';
  } };
  return axis;
}

// A scatter of one network: accuracy against row[cost].
function makeScatter(canvas, network, { cost, flag, title, logarithmic }) {
  const rows = data.rows.filter((row) => row.network === network && number(row[cost]) !== null && number(row.top1_pct) !== null);
  const front = rows.filter((row) => row[flag]).sort((a, b) => a[cost] - b[cost] || a.top1_pct - b.top1_pct);
  const fp32 = networks[network].fp32_top1_pct;
  const range = rows.length ? costRange(rows, cost, logarithmic) : [1, 100];
  const steps = front.map((row) => ({ x: row[cost], y: row.top1_pct }));
  if (steps.length) {
    steps.push({ x: range[1], y: steps[steps.length - 1].y });
  }
  const chart = new Chart(canvas, {
    type: 'scatter',
    data: { datasets: [
      ...familyNames.map((name) => familyDataset(name, rows, cost, flag)),
      lineDataset('Pareto front', steps, { borderColor: '#1d2733', borderWidth: 1.6, stepped: 'before' }),
      lineDataset(`FP32 ${fixed(fp32, 2)} %`, range.map((x) => ({ x, y: fp32 })), { borderColor: '#77828e', borderWidth: 1.5, borderDash: [6, 5] }),
    ] },
    options: {
      onClick: (event, items) => {
        const hit = items.find((item) => chart.data.datasets[item.datasetIndex].data[item.index].row);
        if (hit) {
          showRecord(chart.data.datasets[hit.datasetIndex].data[hit.index].row.pairEntry);
        }
      },
      scales: { x: costAxis(title, range, logarithmic),
        y: { grid: { color: '#eef1f5' }, title: { display: true, text: 'top-1 accuracy (%)' },
          ticks: { includeBounds: false, callback: (value) => (value <= 100 ? String(+value.toFixed(2)) : '') } } },
      plugins: { legend: { position: 'bottom', labels: { usePointStyle: true, boxHeight: 8, generateLabels: legendLabels } },
        tooltip: tooltipOptions(), frontLabels: { rows: front, cost, fp32 } },
    },
    plugins: [frontLabels],
  });
  return { chart, rows, fp32 };
}

// Sets the lowest accuracy shown; returns how many rows lie below it.
function zoomScatter({ chart, rows, fp32 }, zoom) {
  const tops = rows.map((row) => row.top1_pct);
  const low = zoom.low(fp32);
  const floor = low === null ? Math.min(fp32, ...tops) : low;
  const high = Math.max(fp32, ...tops);
  chart.options.scales.y.min = low === null ? Math.max(0, floor - 0.03 * (high - floor)) : low;
  chart.options.scales.y.max = high + 0.16 * Math.max(high - floor, 0.5);
  chart.update();
  return tops.filter((top) => low !== null && top < low).length;
}

const splitParts = [
  { key: 'multiply', label: 'multiply', colour: '#0072B2' },
  { key: 'align', label: 'align / shift', colour: '#E69F00' },
  { key: 'accumulate', label: 'accumulate', colour: '#56B4E9' },
  { key: 'convert_back', label: 'convert back', colour: '#8c96a1' },
];

function splitValue(cost, key) {
  const part = cost.split && cost.split[key];
  const sites = part ? number(part.honest_sites) : null;
  return sites === null ? null : sites / (number(cost.lanes) || 1);
}

function splitEntries(circuit) {
  const order = (entry) => familyNames.indexOf(entry.point.family);
  const total = (entry) => entry[circuit].per_mac.honest_sites;
  return pairs.filter((entry) => entry[circuit] && entry[circuit].split)
    .sort((a, b) => order(a) - order(b) || total(a) - total(b));
}

function makeSplit(canvas, circuit) {
  const entries = splitEntries(circuit);
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: entries.map((entry) => entry.name),
      datasets: splitParts.map((part) => ({ label: part.label, data: entries.map((entry) => splitValue(entry[circuit], part.key)),
        backgroundColor: part.colour, barPercentage: 0.86, categoryPercentage: 0.92 })),
    },
    options: {
      interaction: { mode: 'index', intersect: false },
      onClick: (event, items) => { if (items.length) { showRecord(entries[items[0].index]); } },
      scales: {
        x: { stacked: true, grid: { display: false }, title: { display: true, text: 'pair of formats (weights × activations), coloured by family' },
          ticks: { autoSkip: false, minRotation: 60, maxRotation: 90, font: { size: 11 },
            color: (tick) => (entries[tick.index] ? families[entries[tick.index].point.family].colour : '#44505d') } },
        y: { stacked: true, grid: { color: '#eef1f5' }, title: { display: true, text: 'honest LUT sites per MAC (xc7)' } },
      },
      plugins: {
        legend: { position: 'top', align: 'end', labels: { boxWidth: 14 } },
        tooltip: { callbacks: {
          title: (items) => `${items[0].label}  (${entries[items[0].dataIndex].point.family})`,
          label: (item) => `${item.dataset.label}: ${item.raw === null ? 'missing' : fixed(item.raw, 2) + ' sites per MAC'}`,
          footer: (items) => `sum without convert back: ${fixed(entries[items[0].dataIndex][circuit].per_mac.honest_sites, 2)}`,
        } },
      },
    },
  });
}
