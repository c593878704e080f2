/* What was expected, what was seen, and how to see it again. */
function buildHeader() {
  const { run, versions, compare } = Run.data;
  document.title = run.verdict + ' – ' + run.scenario;
  byId('badge').append(badge(run.verdict));
  byId('scenario').textContent = run.scenario;
  const fact = (name, value) => value ? el('span', {}, name + ' ', el('b', {}, value)) : null;
  put(byId('facts'), [fact('seed', run.seed), fact('system under test', run.system), fact('backend', run.backend + ', ' + run.time + ' time'),
    fact('ran', span(run.end)), fact('junit-nomos', versions.junit_nomos), fact('Java', versions.java)]);
  if (!compare) for (const link of document.querySelectorAll('nav a[href="#compare"]')) link.remove();
}

function buildVerdict() {
  const section = byId('verdict'), { run, expectations, failures, thinned, warnings, leftOut } = Run.data;
  const bad = expectations.filter(each => each.verdict !== 'PASSED');
  put(section, [el('p', {}, summary(run, expectations, failures))]);
  if (run.cut) put(section, [el('p', {}, el('b', {}, 'The run window ended early: '), run.cut, ' ', Run.cut ? markButton(Run.cut, 'show the moment') : null)]);
  for (const each of failures) put(section, [failureCard(each)]);
  const order = ['FAILED', 'INFRASTRUCTURE', 'INCONCLUSIVE'];
  bad.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  for (const each of bad.slice(0, 12)) put(section, [expectationCard(each)]);
  if (bad.length > 12) put(section, [fold((bad.length - 12) + ' more that did not hold', () => bad.slice(12).map(expectationCard))]);
  const held = expectations.filter(each => each.verdict === 'PASSED');
  if (held.length) put(section, [fold(held.length + (held.length === 1 ? ' expectation' : ' expectations') + ' held', () => heldTable(held), !bad.length && !failures.length)]);
  if (leftOut.length) put(section, [fold(leftOut.length + ' left out', () => table('Expectations that do not judge this run', ['Expectation', 'Why'], leftOut))]);
  put(section, [el('h3', {}, 'Run it again'), el('div', { class: 'replay' }, el('code', {}, run.replay), copyButton(run.replay, 'Copy command')),
    el('p', { class: 'soft' }, 'Evidence: ', el('a', { href: 'report.json' }, 'report.json'), ', ', el('a', { href: 'journal.jsonl' }, 'journal.jsonl'), ' and nodes/ in ', el('code', {}, run.directory))]);
  for (const warning of warnings) put(section, [el('p', { class: 'warn' }, 'Warning: ' + warning)]);
  if (thinned.length) put(section, [el('div', { class: 'thinned', role: 'note' }, el('p', {}, 'This page does not hold everything; report.json and journal.jsonl do. Left out here:'),
    el('ul', { class: 'plain' }, thinned.map(each => el('li', {}, each))))]);
}

function summary(run, expectations, failures) {
  const count = verdict => expectations.filter(each => each.verdict === verdict).length;
  const words = [];
  if (count('FAILED')) words.push(count('FAILED') + ' of ' + expectations.length + ' expectations did not hold');
  if (count('INCONCLUSIVE')) words.push(count('INCONCLUSIVE') + ' could not be judged');
  for (const each of failures) words.push((each.what === 'infrastructure' ? 'the infrastructure' : each.what === 'test' ? 'the test itself' : each.what) + ' failed');
  if (!words.length) return expectations.length ? 'All ' + expectations.length + ' expectations held.' : 'Nothing failed; nothing was expected either.';
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1) + '.';
}

function markButton(mark, text) {
  return el('button', { type: 'button', class: 'mark', on: { click: () => {
    showMark(mark);
    byId('timeline').scrollIntoView();
    byId('drawing').focus({ preventScroll: true });
  } } }, text);
}
function markButtons(name) {
  const own = Run.marks.filter(mark => mark.what === name);
  if (!own.length) return null;
  return el('div', {}, el('span', { class: 'soft' }, 'On the timeline: '),
    own.slice(0, 12).map(mark => markButton(mark, (Run.marks.indexOf(mark) + 1) + '. ' + mark.label + (mark.label.startsWith('at ') ? '' : ' at ' + clock(mark.from)))),
    own.length > 12 ? el('span', { class: 'soft' }, 'and ' + (own.length - 12) + ' more') : null);
}

/* The first lines say what was found; the rest is numbers and lists. */
function findings(text) {
  const lines = text.split('\n'), first = lines.slice(0, 2).join('\n'), rest = lines.slice(2).join('\n');
  if (first.length > 700) return [el('p', { class: 'finding' }, first.slice(0, 700) + '…'), fold('The whole text', () => el('pre', { tabindex: '0' }, text))];
  return [el('p', { class: 'finding' }, first),
    rest ? fold((lines.length - 2) + (lines.length === 3 ? ' line more' : ' lines more'), () => el('pre', { tabindex: '0' }, rest), lines.length <= 14) : null];
}

function expectationCard(each) {
  return el('article', { class: 'card v-' + each.verdict, 'aria-label': each.name + ': ' + each.verdict },
    el('h3', {}, badge(each.verdict), each.name), each.text ? findings(each.text) : null,
    facts([['promise', each.promise], ['expected', each.expected], ['seen', each.actual], ['seen in the journal', each.seen],
      ['bound', each.bound], ['false alarms', each.odds ? 'a healthy cluster fails this once in ' + each.odds + ' runs' : null],
      ['settings', each.settings], ['nodes named', each.nodes.map(nodeName).join(', ')]]),
    markButtons(each.name));
}
function failureCard(each) {
  return el('article', { class: 'card v-' + (each.what === 'infrastructure' ? 'INFRASTRUCTURE' : 'FAILED'), 'aria-label': each.what },
    el('h3', {}, badge(each.what === 'infrastructure' ? 'INFRASTRUCTURE' : 'FAILED'), each.what), findings(each.text || ''), markButtons(each.what));
}
function heldTable(held) {
  return table('What held', ['Expectation', 'Promise', 'Seen', 'False alarms', 'Settings'],
    held.map(each => [each.name, each.promise || '', each.seen || '', each.odds ? 'once in ' + each.odds : '', each.settings || '']));
}

function buildCompare() {
  const section = byId('compare'), compare = Run.data.compare;
  if (!compare) { section.remove(); return; }
  put(section, [el('p', {}, 'This run replays ', el('code', {}, compare.original), '.')]);
  if (compare.problem) { put(section, [el('p', { class: 'warn' }, 'Not compared: ' + compare.problem)]); return; }
  if (compare.same !== undefined) { put(section, [el('p', {}, 'All ' + number(compare.same) + ' ' + compare.what + ' of the two journals are the same.')]); return; }
  put(section, [el('p', { class: 'finding' }, 'The journals differ first at event ' + compare.event + ' (of the ' + compare.what + ').'),
    table('Where they part', ['', 'Event'], [['before, in both', compare.before], ['original', compare.first], ['this run', compare.second]])]);
  if (compare.at >= 0) put(section, [el('button', { type: 'button', class: 'mark', on: { click: () => { View.focus(compare.at, compare.at); choose({ at: compare.at, node: null }); byId('timeline').scrollIntoView(); } } }, 'Show the moment')]);
}

function buildPlan() {
  put(byId('plan'), [fold('The plan, as printed', () => el('pre', { tabindex: '0' }, Run.data.plan.join('\n'))),
    table('Phases', ['Phase', 'From', 'To', 'Protocol time', 'Wall time', 'Problem'],
      Run.data.phases.map(phase => [phase.phase, clock(phase.from), clock(phase.to), span(phase.to - phase.from), span(phase.wall), phase.problem || '']), [3, 4])]);
}
