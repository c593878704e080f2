/* All runs below a directory, the newest session first. */
document.addEventListener('DOMContentLoaded', () => {
  const runs = pageData(), main = byId('main'), sessions = new Map();
  for (const run of runs) {
    if (!sessions.has(run.session)) sessions.set(run.session, []);
    sessions.get(run.session).push(run);
  }
  const count = (list, verdict) => list.filter(run => run.verdict === verdict).length;
  const words = list => ['FAILED', 'INFRASTRUCTURE', 'INCONCLUSIVE', 'PASSED'].filter(verdict => count(list, verdict)).map(verdict => count(list, verdict) + ' ' + verdict.toLowerCase()).join(', ');
  byId('facts').textContent = number(runs.length) + (runs.length === 1 ? ' run' : ' runs') + ' in ' + sessions.size + (sessions.size === 1 ? ' session' : ' sessions') + '. Links lead nowhere once a directory is removed.';
  const filter = el('select', {}, ['all', 'not passed', 'FAILED', 'INFRASTRUCTURE', 'INCONCLUSIVE', 'PASSED'].map(each => el('option', {}, each)));
  const search = el('input', { type: 'search', size: '30' });
  put(main, [el('div', { class: 'tools' }, el('label', {}, 'Verdict ', filter), el('label', {}, 'Name or text has ', search))]);
  const textOf = new Map(runs.map(run => [run, [run.scenario, ...run.problems.flat()].join(' ').toLowerCase()]));
  const holder = el('div', {});
  main.append(holder);
  const show = () => {
    const fits = run => (filter.value === 'all' || (filter.value === 'not passed' ? run.verdict !== 'PASSED' : run.verdict === filter.value)) && textOf.get(run).includes(search.value.toLowerCase());
    const parts = [];
    [...sessions.entries()].reverse().forEach(([session, all], i) => {
      const list = all.filter(fits).sort((a, b) => (a.verdict === 'PASSED') - (b.verdict === 'PASSED'));
      if (!list.length) return;
      parts.push(fold((i ? 'Session ' : 'Newest session, ') + session + ': ' + words(list), () => runTable(list), i < 2));
    });
    holder.replaceChildren(...parts);
  };
  filter.addEventListener('change', show);
  search.addEventListener('input', show);
  show();
  document.documentElement.dataset.ready = 'yes';
});
function runTable(list) {
  const rows = list.slice(0, 1000).flatMap(run => [[badge(run.verdict), el('td', { class: 'name' }, el('a', { href: linkTo(run) }, run.point ? run.scenario.replace(run.point, () => pointName(run)) : run.scenario)),
    run.validators + ' + ' + run.executors + ', ' + run.layout, run.backend, run.seed, span(run.protocolMs), span(run.wallMs), number(run.inWindow) + ' / ' + number(run.expectedBlocks), number(run.included) + ' / ' + number(run.accepted)],
  ...(run.problems.length ? [[el('td', { colspan: 9, class: 'problems' }, problemTexts(run, 'div', { class: 'problem' }, 3),
    run.problems.length > 3 ? el('div', { class: 'soft' }, 'and ' + (run.problems.length - 3) + ' more') : null)]] : [])]);
  return table('Runs; blocks: of the chain in the run window / expected, transactions: included / accepted', ['Verdict', 'Scenario, and what went wrong', 'Nodes', 'Backend', 'Seed', 'Run time', 'Wall', 'Blocks', 'Transactions'], rows, [5, 6, 7, 8]);
}
