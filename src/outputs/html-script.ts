/**
 * The page's only script: it draws the table from the data block, a page at a time, as text nodes. Its hash is in the
 * content security policy, so no other script runs.
 */
export const HTML_SCRIPT = `'use strict';
const rows = JSON.parse(document.getElementById('data').textContent);
const PAGE = 100;
const words = { y: 'yes', n: 'no', v: '?' };
const classes = { y: 'yes', n: 'no', v: 'not-visible' };
const find = document.getElementById('find');
const only = document.getElementById('only');
const body = document.getElementById('rows');
const more = document.getElementById('more');
let order = 0, down = true, shown = PAGE;
function cell(tr, text, name) {
  const td = tr.insertCell();
  td.textContent = text;
  if (name) td.className = name;
  return td;
}
function draw() {
  const wanted = find.value.toLowerCase();
  const answer = only.value === '' ? -1 : Number(only.value);
  const list = rows.filter((row) => (answer < 0 || row[3][answer] === 'y') &&
    (wanted === '' || (row[0] + ' ' + row[1] + ' ' + row[2] + ' ' + row[5]).toLowerCase().includes(wanted)));
  list.sort((a, b) => {
    const [x, y] = order === 0 ? [b[6], a[6]] : [a[order - 1], b[order - 1]];
    const sign = x < y ? -1 : x > y ? 1 : 0;
    return down ? sign : -sign;
  });
  body.replaceChildren();
  for (const row of list.slice(0, shown)) {
    const tr = body.insertRow();
    const first = cell(tr, '');
    if (row[7] >= 0) {
      const link = document.createElement('a');
      link.href = '#server-' + row[7];
      link.textContent = row[0];
      first.append(link);
    } else first.textContent = row[0];
    cell(tr, row[1]);
    cell(tr, row[2], 'word');
    for (const one of row[3]) cell(tr, words[one], classes[one]);
    cell(tr, row[4], 'severity ' + row[4]);
    cell(tr, row[5]);
  }
  document.getElementById('count').textContent = list.length + ' of ' + rows.length + ' servers';
  more.hidden = list.length <= shown;
}
find.addEventListener('input', () => { shown = PAGE; draw(); });
only.addEventListener('change', () => { shown = PAGE; draw(); });
more.addEventListener('click', () => { shown += PAGE * 5; draw(); });
for (const head of document.querySelectorAll('th[data-sort] button')) {
  head.addEventListener('click', () => {
    const at = Number(head.parentElement.dataset.sort);
    down = order === at ? !down : true;
    order = at;
    draw();
  });
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('.copy button');
  if (!button) return;
  const text = button.previousElementSibling.textContent;
  const done = () => { button.textContent = 'copied'; };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, () => {});
  else { const range = document.createRange(); range.selectNodeContents(button.previousElementSibling); getSelection().removeAllRanges(); getSelection().addRange(range); }
});
function open() {
  const place = document.getElementById(location.hash.slice(1));
  if (place) { place.querySelector('details').open = true; place.scrollIntoView(); }
}
addEventListener('hashchange', open);
addEventListener('beforeprint', () => { for (const one of document.querySelectorAll('details')) one.open = true; });
draw();
open();
`;
