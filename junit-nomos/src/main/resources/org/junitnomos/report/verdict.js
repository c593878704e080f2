/* What was expected, what was seen, and how to see it again. */
function buildHeader() {
  const { run, versions, compare } = Run.data;
  document.title = run.verdict + ' – ' + run.scenario;
  byId('badge').append(badge(run.verdict));
  byId('scenario').textContent = run.scenario;
  const fact = (name, value) => value ? el('span', {}, name + ' ', el('b', {}, value)) : null;
  put(byId('facts'), [fact('seed', run.seed), fact('system under test', run.system), fact('backend', run.backend + ', ' + run.time + ' time'),
    fact('ran', span(run.end)), fact('on', (Run.data.host.begin.date || '').slice(0, 16).replace('T', ' ')), fact('junit-nomos', versions.junit_nomos === 'unknown' ? null : versions.junit_nomos), fact('Java', versions.java)]);
  if (!compare) for (const link of document.querySelectorAll('nav a[href="#compare"]')) link.remove();
}

function buildVerdict() {
  const section = byId('verdict'), { run, expectations, failures, thinned, warnings, leftOut } = Run.data;
  // What was not evaluated tells of the infrastructure failure above once more, and of nothing else.
  const mute = failures.length ? expectations.filter(each => each.verdict === 'INFRASTRUCTURE') : [];
  const bad = expectations.filter(each => each.verdict !== 'PASSED' && !mute.includes(each));
  put(section, [el('p', {}, summary(run, expectations, failures))]);
  if (run.cut) put(section, [el('p', {}, el('b', {}, (Run.cut ? Run.cut.label : 'The run window ended early') + ': '), run.cut.replace(/^(the test body failed): .*$/s, '$1'), ' ', Run.cut ? markButton(Run.cut, 'show the moment') : null)]);
  for (const each of failures) put(section, [failureCard(each)]);
  const order = ['FAILED', 'INFRASTRUCTURE', 'INCONCLUSIVE'];
  bad.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  for (const each of bad.slice(0, 12)) put(section, [expectationCard(each)]);
  if (bad.length > 12) put(section, [fold((bad.length - 12) + ' more that did not hold', () => bad.slice(12).map(expectationCard))]);
  if (mute.length) put(section, [fold(mute.length + (mute.length === 1 ? ' expectation was' : ' expectations were') + ' not evaluated', () => mute.map(expectationCard))]);
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
  const say = (verdict, what) => {
    if (!count(verdict)) return;
    words.push(words.length ? count(verdict) + ' ' + what : expectations.length === 1 ? 'the only expectation ' + what : count(verdict) + ' of ' + expectations.length + ' expectations ' + what);
  };
  say('FAILED', 'did not hold');
  say('INCONCLUSIVE', 'could not be judged');
  for (const each of failures) words.push((each.what === 'infrastructure' ? 'the infrastructure' : each.what === 'test' ? 'the test itself' : each.what) + ' failed');
  if (!words.length) return expectations.length ? (expectations.length === 1 ? 'The only expectation held.' : 'All ' + expectations.length + ' expectations held.') : 'Nothing failed; nothing was expected either.';
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1) + '.';
}

function markButton(mark, text) {
  return el('button', { type: 'button', class: 'mark', on: { click: () => goTo(mark) } }, text);
}
function goTo(mark) {
  showMark(mark);
  byId('timeline').scrollIntoView();
  byId('drawing').focus({ preventScroll: true });
}
/* Faults that were there when the evidence happened, or shortly before: where a cause is looked for first. Where there were none, those of the nodes at any time. */
function faultsAround(name, nodes) {
  const own = Run.marks.filter(mark => mark.what === name);
  const margin = 8 * Run.data.run.slot;
  const then = Run.data.faults.filter(fault => own.some(mark => fault.requested <= mark.to && mark.from <= fault.to + margin));
  const found = then.length ? then : Run.data.faults.filter(fault => fault.nodes.some(node => nodes.includes(node)));
  if (!found.length) return null;
  const text = fault => faultName(fault) + ', ' + clock(fault.requested) + ' to ' + (fault.healed < 0 ? 'the end' : clock(fault.healed));
  const when = then.length ? 'faults then'
    : own.length && found.every(fault => own.every(mark => fault.to <= mark.from)) ? 'faults before'
    : own.length && found.every(fault => own.every(mark => fault.requested >= mark.to)) ? 'faults after' : 'other faults';
  return [when, [found.slice(0, 6).map(fault => el('button', { type: 'button', class: 'fault', on: { click: () => {
    View.focus(fault.requested, fault.to);
    choose({ at: fault.requested, fault, node: fault.nodes.length ? fault.nodes[0] : null });
    byId('timeline').scrollIntoView();
  } } }, text(fault))), found.length > 6 ? el('span', { class: 'soft' }, 'and ' + (found.length - 6) + ' more') : null]];
}
function markButtons(name, nodes) {
  const own = Run.marks.filter(mark => mark.what === name);
  if (!own.length) return !nodes.length ? null : el('div', {}, el('span', { class: 'soft' }, 'Over the whole run, on the timeline: '),
    nodes.slice(0, 12).map(node => el('button', { type: 'button', class: 'mark', on: { click: () => {
      View.all();
      choose({ at: driveEnd(), node });
      byId('timeline').scrollIntoView();
    } } }, nodeName(node))));
  return el('div', {}, el('span', { class: 'soft' }, 'On the timeline: '),
    own.slice(0, 12).map(mark => markButton(mark, (Run.marks.indexOf(mark) + 1) + '. ' + mark.label + (/^(at|until|since|from) /.test(mark.label) ? '' : ' at ' + clock(mark.from)))),
    own.length > 12 ? el('span', { class: 'soft' }, 'and ' + (own.length - 12) + ' more') : null);
}

/* A text with its ids made short: each is whole when pointed at or copied with the text, and leads to its evidence. */
function withIds(text, name) {
  return text.split(/\b([0-9a-f]{64})\b/).map((part, i) => {
    if (i % 2 === 0) return part;
    const mark = Run.marks.find(each => each.id === part && each.what === name);
    return mark ? el('button', { type: 'button', class: 'id', title: part, on: { click: () => goTo(mark) } }, shortId(part)) : el('code', { title: part }, shortId(part));
  });
}
/* The first lines say what was found; the rest is numbers and lists. */
function findings(text, name) {
  // Of the failure of a test, what this page says anyway; 'Copy text' has it.
  const lines = text.split('\n').filter(line => !/^  (ran|cluster|system under test|seed|logs|journal|report|replay): /.test(line));
  const told = lines.filter(line => !/^\s*measured: /.test(line)), measured = told.length < lines.length;
  const first = told.slice(0, 2).join('\n'), rest = told.slice(2).join('\n');
  const long = first.length > 1200;
  return [el('p', { class: 'finding' }, withIds(long ? first.slice(0, 1200) + '…' : first, name)),
    long ? fold('The whole text', () => el('pre', { tabindex: '0' }, text))
      : rest ? fold((told.length - 2) + (told.length === 3 ? ' line more' : ' lines more'), () => el('pre', { tabindex: '0' }, withIds(rest, name)), told.length <= 14) : null,
    measured && !long ? fold('With the values that were measured', () => el('pre', { tabindex: '0' }, lines.join('\n'))) : null];
}
/* Of what was expected and seen, line by line, what differs and the text does not say anyway. */
function differing({ text, expected, actual }) {
  if (!expected || !actual) return [null, null];
  const left = expected.split('\n'), right = actual.split('\n');
  const unlike = (lines, others) => lines.length < 2 ? lines : lines.filter((line, i) => line !== others[i]);
  const seen = unlike(right, left).filter(line => !(text || '').includes(line));
  return [unlike(left, right).join('\n'), seen.join('\n')];
}
const settingsText = text => text ? text.replace(/^\((.*)\)(?:, )?/, (_, inner) => inner + '; ').replace(/\w+ ""(?:, |(?=;))/g, '').replace(/(?:, )?; $/, '') : null;

function expectationCard(each) {
  const [expected, seen] = differing(each);
  return el('article', { class: 'card v-' + each.verdict, 'aria-label': each.name + ': ' + each.verdict },
    el('h3', {}, badge(each.verdict), each.name, each.text ? copyButton(each.name + ': ' + each.text, 'Copy text') : null),
    each.text ? findings(each.text, each.name) : null,
    facts([faultsAround(each.name, each.nodes), ['promise', each.promise], ['expected', expected], ['seen', seen], ['seen in the journal', each.seen],
      ['bound', each.bound], ['false alarms', each.odds && !each.bound ? 'a healthy cluster fails this once in ' + each.odds + ' runs' : null],
      ['settings', settingsText(each.settings)], ['nodes named', each.nodes.map(nodeName).join(', ')]]),
    markButtons(each.name, each.nodes), metricsOf(each));
}
/* What a text says that the value of a metric must not pass. */
function boundOf({ text }) {
  const found = /\bthe value of \S+ to be at (most|least) (-?[\d.]+)/.exec(text || '');
  return found ? { word: 'at ' + found[1], value: Number(found[2]) } : null;
}
/* The metrics that an expectation is about. */
function metricsOf(each) {
  const words = new Set((each.name + ' ' + (each.text || '')).match(/\w+/g));
  const found = Run.data.metrics.filter(metric => words.has(metric.name.replace(/\{.*/s, ''))).slice(0, 2);
  return found.length ? el('div', { class: 'metrics' }, found.map(metric => metricChart(metric, boundOf(each)))) : null;
}
function failureCard(each) {
  return el('article', { class: 'card v-' + (each.what === 'infrastructure' ? 'INFRASTRUCTURE' : 'FAILED'), 'aria-label': each.what },
    el('h3', {}, badge(each.what === 'infrastructure' ? 'INFRASTRUCTURE' : 'FAILED'), each.what,
      each.text ? copyButton(each.what + ': ' + each.text, 'Copy text') : null),
    findings(each.text || '', each.what), facts([faultsAround(each.what, each.nodes)]), markButtons(each.what, each.nodes));
}
function heldTable(held) {
  return table('What held', ['Expectation', 'Promise', 'Seen', 'False alarms', 'Settings'],
    held.map(each => [each.name, each.promise || '', each.seen || '', each.odds ? 'once in ' + each.odds : '', settingsText(each.settings) || '']));
}

/* A text in which that is marked in which it differs from another one. */
function differingPart(text, other) {
  const most = Math.min(text.length, other.length);
  let from = 0, after = 0;
  while (from < most && text[from] === other[from]) from++;
  while (after < most - from && text[text.length - 1 - after] === other[other.length - 1 - after]) after++;
  return [text.slice(0, from), el('mark', {}, text.slice(from, text.length - after)), text.slice(text.length - after)];
}
function sameText({ what, same }) {
  if (what === 'events') return 'All ' + number(same) + ' events of the two journals are the same.';
  return (same === 0 ? 'Neither run decided on a fault.' : same === 1 ? 'The one fault that was decided on is the same in both.' : 'The ' + number(same) + ' faults that were decided on are the same in both.')
    + ' In real time nothing else is compared: every event comes at another time.';
}
function buildCompare() {
  const section = byId('compare'), compare = Run.data.compare;
  if (!compare) { section.remove(); return; }
  put(section, [el('p', {}, 'This run replays ', el('code', {}, compare.original), '.')]);
  if (compare.problem) { put(section, [el('p', { class: 'warn' }, 'Not compared: ' + compare.problem)]); return; }
  if (compare.same !== undefined) { put(section, [el('p', {}, sameText(compare))]); return; }
  put(section, [el('p', { class: 'finding' }, compare.what === 'events' ? 'The journals differ first at event ' + number(compare.event) + ', line ' + compare.event + ' of journal.jsonl.'
      : 'Of the ' + compare.what + ', the journals differ first in number ' + compare.event + '.'),
    table('Where they part', ['', 'Event'], [['before, in both', compare.before], ['original', differingPart(compare.first, compare.second)], ['this run', differingPart(compare.second, compare.first)]])]);
  if (compare.at >= 0) put(section, [el('button', { type: 'button', class: 'mark', on: { click: () => { View.focus(compare.at, compare.at); choose({ at: compare.at, node: null }); byId('timeline').scrollIntoView(); } } }, 'Show the moment')]);
}

function buildPlan() {
  put(byId('plan'), [fold('The plan, as printed', () => el('pre', { tabindex: '0' }, Run.data.plan.join('\n'))),
    table('Phases', ['Phase', 'From', 'To', 'Protocol time', 'Wall time', 'Problem'],
      Run.data.phases.map(phase => [phase.phase, clock(phase.from), clock(phase.to), span(phase.to - phase.from), span(phase.wall), phase.problem || '']), [3, 4])]);
}
