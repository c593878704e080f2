/* The data of a run, and what follows from it. */
const Run = { data: null };
const STATE_COLORS = { SPAWNED: 'starting', PORT_OPEN: 'starting', API_READY: 'starting', READY: 'ready',
  STOPPED: 'stopped', REMOVED: 'stopped', DEAD: 'dead', IMPAIRED: 'dead', PAUSED: 'paused' };
const STATE_WORDS = { starting: 'starting', ready: 'ready', stopped: 'stopped', dead: 'dead or impaired', paused: 'paused' };

function prepare(data) {
  Run.data = data;
  Run.end = Math.max(1, data.run.end);
  Run.nodes = data.nodes.map((node, index) => Object.assign(node, { index, spans: stateSpans(node) }));
  const empty = { at: [], block: [], height: [], lib: [], reorg: [] };
  Run.makers = new Map();
  for (const log of data.logs) {
    const node = Run.nodes.find(each => each.name === log.node);
    if (node) { node.made = log.proposed.length; node.own = new Set(log.proposed); }
    for (const id of log.proposed) if (!Run.makers.has(id)) Run.makers.set(id, log.node); else Run.makers.set(id, Run.makers.get(id) + ', ' + log.node);
  }
  for (const node of Run.nodes) if (!node.tips.at) node.tips = empty;
  const failing = [];
  for (const each of data.expectations) {
    if (each.verdict !== 'PASSED') failing.push({ what: each.name, verdict: each.verdict, marks: each.marks, nodes: each.nodes });
  }
  for (const each of data.failures) failing.push({ what: each.what, verdict: data.run.verdict, marks: each.marks, nodes: each.nodes });
  Run.marks = [];
  for (const each of failing) {
    for (const mark of each.marks) Run.marks.push(Object.assign({ what: each.what, nodes: each.nodes }, mark));
  }
  const drive = data.phases.find(phase => phase.phase === 'DRIVE');
  if (data.run.cut && drive) {
    // A deadline may run out when the window is over.
    const deadline = data.events.find(event => event[1] === 'deadline'), at = deadline ? deadline[0] : drive.to;
    Run.cut = { label: deadline ? 'The run was cut off' : 'The run window ended early', what: data.run.cut, from: at, to: at, nodes: [], cut: true };
    Run.marks.push(Run.cut);
  }
  Run.marks.sort((a, b) => a.from - b.from);
  Run.guilty = new Set(failing.flatMap(each => each.nodes));
  Run.children = new Map();
  data.blocks.parent.forEach((parent, index) => {
    if (!Run.children.has(parent)) Run.children.set(parent, []);
    Run.children.get(parent).push(index);
  });
  Run.branchRows = branchRows(data.blocks);
  Run.faultRows = faultRows(data.faults);
}

function stateSpans(node) {
  const spans = [];
  node.states.forEach(([at, state, intended, reason], i) => {
    const to = i + 1 < node.states.length ? node.states[i + 1][0] : Run.end;
    spans.push({ from: at, to, state, intended, reason, color: STATE_COLORS[state] || 'none' });
  });
  return spans;
}

/* Each branch gets the first row that is free while it lives; the chain has row 0. */
function branchRows(blocks) {
  const lives = [];
  blocks.branch.forEach((branch, i) => {
    const parent = blocks.parent[i];
    if (!lives[branch]) lives[branch] = { from: parent >= 0 ? blocks.at[parent] : blocks.at[i], to: blocks.at[i] };
    lives[branch].to = Math.max(lives[branch].to, blocks.at[i]);
  });
  const free = [], rows = [0];
  for (let branch = 1; branch < lives.length; branch++) {
    const life = lives[branch];
    if (!life) continue;
    let row = free.findIndex(until => until < life.from);
    if (row < 0) row = free.length;
    free[row] = life.to + Run.end / 200;
    rows[branch] = row + 1;
  }
  return { of: rows, count: Math.min(7, free.length + 1) };
}

function faultRows(faults) {
  const free = [];
  faults.forEach(fault => {
    const to = fault.healed >= 0 ? fault.healed : Run.end;
    let row = free.findIndex(until => until < fault.requested);
    if (row < 0) row = free.length;
    free[row] = to + Run.end / 60;
    fault.row = row;
    fault.to = to;
  });
  return Math.min(6, free.length);
}

const driveEnd = () => (Run.data.phases.find(phase => phase.phase === 'DRIVE') || { to: Run.end }).to;
const nodeName = index => index >= 0 && Run.nodes[index] ? Run.nodes[index].name : 'unknown node';
const branchColor = branch => 'b' + (branch === 0 ? 0 : 1 + (branch - 1) % 7);
const slotAt = at => Run.data.run.slotZero === null ? null : Math.floor((at - Run.data.run.slotZero) / Run.data.run.slot);
const faultName = fault => fault.kind + (fault.targets.length && fault.targets.length <= 2 ? ' ' + fault.targets.join(', ') : '') + (fault.detail ? ': ' + fault.detail : '');

function stateAt(node, at) {
  return node.spans.find(each => each.from <= at && at < each.to) || null;
}
/* The last place in a sorted column that is not after a time; -1 before the first. */
function lastUpTo(column, at) {
  let low = 0, high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle] <= at) low = middle + 1; else high = middle;
  }
  return low - 1;
}
function tipAt(node, at) {
  const i = lastUpTo(node.tips.at, at);
  return i < 0 ? null : { block: node.tips.block[i], height: node.tips.height[i], lib: node.tips.lib[i], at: node.tips.at[i] };
}
function faultsAt(at) {
  return Run.data.faults.filter(fault => fault.requested <= at && at <= fault.to);
}
