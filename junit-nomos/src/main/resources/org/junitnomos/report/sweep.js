/* The points of a sweep against what was expected; the last run of each point counts. */
document.addEventListener('DOMContentLoaded', () => {
  const runs = pageData(), main = byId('main');
  const sessions = [...new Set(runs.map(run => run.session))].reverse();
  const name = runs.length ? runs[0].scenario.replace(' ' + runs[0].point, '') : 'no run';
  byId('title').textContent = 'Sweep: ' + name;
  document.title = 'Sweep – ' + name;
  const choice = el('select', {}, sessions.map((session, i) => el('option', { value: session }, session + (i ? '' : ' (newest)'))));
  const holder = el('div', {});
  put(main, [el('div', { class: 'tools' }, el('label', {}, 'Session ', choice)), holder]);
  const show = () => {
    const points = new Map();
    for (const run of runs) if (run.session === choice.value) points.set(run.point, run);
    holder.replaceChildren(...sweepParts([...points.values()]));
    byId('facts').textContent = points.size + ' points, ' + [...points.values()].filter(run => run.verdict === 'PASSED').length + ' passed';
  };
  choice.addEventListener('change', show);
  show();
  document.documentElement.dataset.ready = 'yes';
});
function sweepParts(runs) {
  const expectations = [...new Set(runs.flatMap(run => run.expectations.map(each => each[0])))];
  const cell = (run, verdict) => el('td', { class: 'cell' }, verdict ? el('a', { href: linkTo(run), class: verdict, 'aria-label': run.point + ': ' + verdict }, verdict === 'PASSED' ? 'held' : verdict.toLowerCase()) : '–');
  const rows = runs.map(run => {
    const found = new Map(run.expectations);
    return [el('td', { class: 'name' }, el('a', { href: linkTo(run) }, pointName(run))), badge(run.verdict), ...expectations.map(each => cell(run, found.get(each))),
      number(run.inWindow) + ' / ' + number(run.expectedBlocks), number(run.blocks - run.height), number(run.included) + ' / ' + number(run.accepted), span(run.wallMs), run.seed];
  });
  const blocks = 2 + expectations.length;
  return [table('Points; blocks: of the chain in the run window / expected, transactions: included / accepted', ['Point', 'Run', ...expectations.map(name => el('th', { scope: 'col', class: 'cell' }, name)), 'Blocks', 'Off the chain', 'Transactions', 'Wall', 'Seed'], rows, [blocks, blocks + 1, blocks + 2, blocks + 3]),
    grid(runs),
    ...runs.filter(run => run.problems.length).map(run => el('article', { class: 'card v-' + run.verdict }, el('h2', {}, badge(run.verdict), ' ', el('a', { href: linkTo(run) }, pointName(run))),
      problemTexts(run, 'p', { class: 'finding' })))];
}
/* How many blocks of those expected each point made, where two things are swept. */
function grid(runs) {
  const parts = runs.map(run => Object.fromEntries((run.point || '').split(',').map(each => each.split('='))));
  const keys = [...new Set(parts.flatMap(Object.keys))].filter(key => new Set(parts.map(part => part[key])).size > 1);
  if (keys.length < 2) return el('div', {});
  const [down, across] = [keys.slice(0, -1), keys[keys.length - 1]], label = part => down.map(key => key + ' ' + part[key]).join(', ');
  const columns = [...new Set(parts.map(part => part[across]))], rows = [...new Set(parts.map(label))];
  return table('Blocks on the chain as a share of those expected, by ' + keys.join(', '), ['', ...columns.map(each => across + ' ' + each)],
    rows.map(row => [row, ...columns.map(column => {
      const i = parts.findIndex(part => label(part) === row && part[across] === column);
      return i < 0 ? '–' : Math.round(runs[i].inWindow / Math.max(1, runs[i].expectedBlocks) * 100) + ' %';
    })]));
}
