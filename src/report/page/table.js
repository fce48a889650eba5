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

function familyCell(name) {
  const known = familyNames.includes(name) ? name : '';
  return element('span', {}, element('span', { class: 'swatch ' + known, 'aria-hidden': 'true' }), name);
}
