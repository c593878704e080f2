'use strict';
/* Elements are made here, and every text goes in as a text node: nothing that a run brought is ever parsed as markup. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  return put(made, children);
}
function put(parent, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }
  return parent;
}
function svg(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  return put(made, children);
}
const byId = id => document.getElementById(id);
const badge = verdict => el('span', { class: 'badge ' + verdict }, verdict);
const number = value => value === null || value === undefined ? '–' : Number(value).toLocaleString('en');
/* With its end, as some begin alike. */
const shortId = id => id.slice(0, 8) + '…' + id.slice(-4);
const linkTo = run => run.path.split('/').map(encodeURIComponent).join('/') + '/' + run.page;
/* With room to break between the parts. */
const pointName = run => (run.point || '').replaceAll(',', ', ');
const shortIds = text => text.replace(/\b[0-9a-f]{64}\b/g, shortId);
/* What went wrong, in lists of runs: by what, and its first words. */
function problemTexts(run, tag, attributes, most = Infinity) {
  return run.problems.slice(0, most).map(([what, text]) => el(tag, attributes, el('b', {}, what + ': '), shortIds(text.startsWith(what + ':') ? text.slice(what.length + 1) : text)));
}
/* Data of this page: one element a run in lists, one in all in the page of a run; a line that was cut off is left out. */
function pageData() {
  const found = [];
  for (const script of document.querySelectorAll('script.data')) {
    try {
      found.push(JSON.parse(script.textContent));
    } catch (e) {
      found.broken = (found.broken || 0) + 1;
    }
  }
  return found;
}
function table(caption, heads, rows, numeric = []) {
  const kind = i => numeric.includes(i) ? 'n' : null;
  return el('div', { class: 'wide', tabindex: '0', role: 'region', 'aria-label': caption },
    el('table', {}, el('caption', {}, caption),
      el('thead', {}, el('tr', {}, heads.map((head, i) => head instanceof HTMLTableCellElement ? head : el('th', { scope: 'col', class: kind(i) }, head)))),
      el('tbody', {}, rows.map(row => el('tr', {},
        row.map((cell, i) => cell instanceof HTMLTableCellElement ? cell : el('td', { class: kind(i) }, cell)))))));
}
function fold(summary, fill, open = false) {
  const box = el('details', {}, el('summary', {}, summary));
  let filled = false;
  const show = () => {
    if (box.open && !filled) {
      filled = true;
      put(box, fill());
    }
  };
  box.addEventListener('toggle', show);
  box.open = open;
  show();
  return box;
}
function facts(pairs) {
  return el('dl', {}, pairs.filter(pair => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== '')
    .map(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
}
function copyButton(text, label) {
  const said = el('span', { role: 'status', class: 'soft' });
  const button = el('button', { type: 'button', on: { click: async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = 'copied';
    } catch (e) {
      const area = el('textarea', { 'aria-label': label }, text);
      document.body.append(area);
      area.select();
      said.textContent = document.execCommand('copy') ? 'copied' : 'select the text and copy it';
      area.remove();
    }
  } } }, label);
  return el('span', {}, button, ' ', said);
}
function clock(ms) {
  if (ms === null || ms === undefined || ms < 0) return '–';
  const s = ms / 1000, h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60, rest = s % 60;
  const text = (h || m ? String(Math.floor(rest)).padStart(2, '0') : String(Math.floor(rest)))
    + '.' + String(Math.floor(ms % 1000)).padStart(3, '0');
  return h ? h + ':' + String(m).padStart(2, '0') + ':' + text : m ? m + ':' + text : text + ' s';
}
function span(ms) {
  if (ms === null || ms === undefined || ms < 0) return '–';
  if (ms < 1000) return Math.round(ms) + ' ms';
  if (ms < 60000) return (ms / 1000).toFixed(ms < 10000 ? 1 : 0) + ' s';
  const m = Math.floor(ms / 60000), s = Math.round(ms % 60000 / 1000);
  return m < 60 ? m + ' min' + (s ? ' ' + s + ' s' : '') : Math.floor(m / 60) + ' h ' + (m % 60 ? m % 60 + ' min' : '');
}
