'use strict';
// Tables sort by a click on a heading. Without this they are complete, in the order of the files.
const UNITS = { k: 1e3, M: 1e6, B: 1e9 };

// What a cell sorts by: its exact figure, the first figure of its words, or the words themselves.
function key(cell) {
  if (cell.dataset.value !== undefined) return cell.dataset.value === '' ? null : Number(cell.dataset.value);
  const words = cell.textContent.trim();
  if (cell.tagName === 'TH' || cell.classList.contains('words')) return words;
  if (words === 'never') return Infinity;
  const found = words.match(/(-?)[^\d-]*(\d[\d,]*\.?\d*)\s?([kMB]?)/);
  if (!found) return words === '' || words === '-' || words === 'n/a' ? null : words;
  return (found[1] ? -1 : 1) * Number(found[2].replaceAll(',', '')) * (UNITS[found[3]] ?? 1);
}

// Cells without a figure come last, whichever way the others go.
function order(a, b, sign) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (typeof a === 'number' && typeof b === 'number') return sign * (a < b ? -1 : a > b ? 1 : 0);
  return sign * String(a).localeCompare(String(b), 'en', { numeric: true });
}

function sort(table, head, column) {
  const sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
  for (const other of head.parentNode.children) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => [key(row.cells[column]), row]);
  body.append(...rows.sort((a, b) => order(a[0], b[0], sign)).map((pair) => pair[1]));
}

for (const table of document.querySelectorAll('table.sortable')) {
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => sort(table, head, column));
  });
}
