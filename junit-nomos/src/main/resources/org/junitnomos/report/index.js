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
  put(main, [el('div', { class: 'tools' }, el('label', {}, 'Verdict ', filter), el('label', {}, 'Name has ', search))]);
  const holder = el('div', {});
  main.append(holder);
  const show = () => {
    const fits = run => (filter.value === 'all' || (filter.value === 'not passed' ? run.verdict !== 'PASSED' : run.verdict === filter.value)) && run.scenario.toLowerCase().includes(search.value.toLowerCase());
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
  const rows = list.slice(0, 1000).map(run => [badge(run.verdict), [el('a', { href: run.path.split('/').map(encodeURIComponent).join('/') + '/' + run.page }, run.scenario),
      run.problems.slice(0, 3).map(([what, text]) => el('div', { class: 'problem' }, el('b', {}, what + ': '), text.startsWith(what + ':') ? text.slice(what.length + 1) : text))],
    run.validators + ' + ' + run.executors + ', ' + run.layout, run.backend, run.seed, span(run.protocolMs), span(run.wallMs), number(run.inWindow) + ' / ' + number(run.expectedBlocks), number(run.included) + ' / ' + number(run.accepted)]);
  return table('Runs; blocks: of the chain in the run window / expected, transactions: included / accepted', ['Verdict', 'Scenario, and what went wrong', 'Nodes', 'Backend', 'Seed', 'Run time', 'Wall', 'Blocks', 'Transactions'], rows, [5, 6, 7, 8]);
}
