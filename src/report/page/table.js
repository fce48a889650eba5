// table.js: tables that sort by any column, with the keyboard too. Missing values come last in either direction.
//
// A column: { title, unit, value: entry => number | string | null, show: entry => string | Node, text: true for words,
//             group: heading above, start: true to rule a line before }

function compareValues(a, b) {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
}

function sortEntries(entries, column, direction) {
  const known = entries.filter((entry) => column.value(entry) !== null);
  const missing = entries.filter((entry) => column.value(entry) === null);
  known.sort((a, b) => direction * compareValues(column.value(a), column.value(b)));
  return known.concat(missing);
}

function makeCell(column, entry, index) {
  const value = column.value(entry);
  const shown = value === null ? 'missing' : column.show ? column.show(entry) : String(value);
  const classes = [column.text ? 'text' : '', column.start && index > 0 ? 'start' : '', column.wide ? 'wide' : '', value === null ? 'missing' : ''];
  const cell = element('td', { class: classes.join(' ').trim() });
  cell.append(shown);
  return cell;
}

function groupRow(columns) {
  const row = element('tr', { class: 'groups' });
  for (let i = 0; i < columns.length;) {
    const group = columns[i].group || '';
    let end = i;
    while (end < columns.length && (columns[end].group || '') === group) {
      end += 1;
    }
    row.append(element('th', { colspan: end - i, scope: 'colgroup', text: group }));
    i = end;
  }
  return row;
}

function makeTable(place, columns, entries, options = {}) {
  const body = element('tbody');
  const headings = element('tr');
  const state = { column: null, direction: 1, keep: () => true };
  const draw = () => {
    const kept = entries.filter(state.keep);
    const sorted = state.column === null ? kept : sortEntries(kept, columns[state.column], state.direction);
    body.replaceChildren(...sorted.map((entry) => {
      const row = element('tr', { class: options.rowClass ? options.rowClass(entry) : '' });
      row.append(...columns.map((column, index) => makeCell(column, entry, index)));
      return row;
    }));
    return kept.length;
  };
  const sortBy = (index) => {
    const first = columns[index].descending ? -1 : 1;
    state.direction = state.column === index ? -state.direction : first;
    state.column = index;
    headings.childNodes.forEach((heading, i) => {
      heading.removeAttribute('aria-sort');
      if (i === index) {
        heading.setAttribute('aria-sort', state.direction > 0 ? 'ascending' : 'descending');
      }
    });
    draw();
  };
  columns.forEach((column, index) => {
    const button = element('button', { type: 'button', onclick: () => sortBy(index) }, column.title);
    if (column.unit) {
      button.append(element('span', { class: 'unit', text: column.unit }));
    }
    const classes = (column.text ? 'text' : '') + (column.start && index > 0 ? ' start' : '');
    headings.append(element('th', { scope: 'col', class: classes.trim() }, button));
  });
  const head = element('thead');
  if (columns.some((column) => column.group)) {
    head.append(groupRow(columns));
  }
  head.append(headings);
  const table = element('table', {}, head, body);
  if (options.caption) {
    table.prepend(element('caption', { text: options.caption }));
  }
  place.replaceChildren(element('div', { class: options.open ? 'scroll open' : 'scroll', tabindex: options.open ? '-1' : '0' }, table));
  draw();
  return { sortBy, filter: (keep) => { state.keep = keep; return draw(); } };
}

// A table of names and values, not sorted.
function makeList(place, rows) {
  const body = element('tbody', {}, ...rows.map(([name, value, mono]) => element('tr', {},
    element('td', { class: 'text', text: name }), element('td', { class: mono ? 'wide mono' : 'wide', text: word(value) }))));
  place.replaceChildren(element('div', { class: 'scroll open' }, element('table', { class: 'list' }, body)));
}

// A family's mark as in the charts, 12 by 12 around the middle.
const markPaths = {
  circle: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0',
  triangle: 'M0 -5.5L5.5 4.5L-5.5 4.5Z',
  rect: 'M-4.5 -4.5H4.5V4.5H-4.5Z',
  rectRounded: 'M-2 -4.5H2Q4.5 -4.5 4.5 -2V2Q4.5 4.5 2 4.5H-2Q-4.5 4.5 -4.5 2V-2Q-4.5 -4.5 -2 -4.5Z',
  rectRot: 'M0 -6L6 0L0 6L-6 0Z',
  cross: 'M0 -5V5M-5 0H5',
  crossRot: 'M-4 -4L4 4M-4 4L4 -4',
  star: 'M0 -5V5M-5 0H5M-4 -4L4 4M-4 4L4 -4',
};

function familyMark(name) {
  const style = families[name] || { colour: '#888888', shape: 'circle', rotation: 0, line: false };
  const mark = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  mark.setAttribute('class', 'mark');
  mark.setAttribute('viewBox', '-6 -6 12 12');
  mark.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', markPaths[style.shape] || markPaths.circle);
  path.setAttribute('transform', `rotate(${style.rotation})`);
  path.setAttribute('fill', style.line ? 'none' : style.colour);
  path.setAttribute('stroke', style.colour);
  path.setAttribute('stroke-width', style.line ? 2 : 0);
  mark.append(path);
  return mark;
}

function familyCell(name) {
  return element('span', { class: 'family' }, familyMark(name), name);
}
