/* Nodes, links, numbers that nodes tell, and the machine. */
function buildCluster() {
  const section = byId('cluster'), { nodes, links, faults, metrics, host } = Run.data;
  const made = Math.max(1, nodes.reduce((sum, node) => sum + (node.made || 0), 0));
  const stake = nodes.reduce((sum, node) => sum + (node.stake || 0), 0);
  const cleanup = Run.data.phases.find(phase => phase.phase === 'CLEANUP'), driven = (cleanup ? cleanup.from : Run.end) - 1;
  put(section, [table('Nodes, and how many blocks they made by their own logs, as headers do not tell' + (Run.makers.size ? '' : '; the logs do not either'), ['Node', 'Role', 'Stake', 'Blocks made', 'Height', 'Irreversible', 'Restarts', 'Reorgs', 'Deepest', 'Unreadable', 'Contradictions', 'Before the cleanup'],
    nodes.map(node => {
      const reorgs = node.tips.reorg.filter(depth => depth > 0), last = stateAt(node, driven) || node.spans[node.spans.length - 1];
      return [node.name, node.role, node.stake === null ? '' : number(node.stake) + (stake ? ' (' + (node.stake / stake * 100).toFixed(1) + ' %)' : ''),
        node.made === undefined ? '' : number(node.made) + ' (' + (node.made / made * 100).toFixed(1) + ' %)', node.height, node.lib < 0 ? 'unknown' : node.lib,
        Math.max(0, node.states.filter(state => state[1] === 'SPAWNED').length - 1), reorgs.length, reorgs.length ? Math.max(...reorgs) : 0,
        node.blind.length, node.contradictions.length, last ? last.state : ''];
    }), [2, 3, 4, 5, 6, 7, 8, 9, 10])]);
  put(section, [el('h3', {}, 'Links'), el('p', {}, 'Layout ' + links.layout + ', ' + links.pairs.length + ' links, each with ' + links.latencyMs + ' ms latency and up to ' + links.jitterMs + ' ms jitter, '
    + links.lossPerMille + ' of 1000 transmissions lost' + (links.bandwidth ? ', ' + number(links.bandwidth) + ' bytes per second' : '') + '; faults change that while they are in force.')]);
  if (faults.length) put(section, [fold(faults.length === 1 ? '1 fault, and what it touched' : faults.length + ' faults, and what they touched', () => table('Faults', ['', 'Kind', 'Targets', 'Detail', 'Requested', 'In force', 'Healed', 'Proof'],
    faults.map(fault => [fault.n, fault.kind, fault.targets.join(', '), fault.detail, clock(fault.requested), fault.force < 0 ? 'never' : clock(fault.force), fault.healed < 0 ? 'never' : clock(fault.healed), fault.forceProof || ''])), faults.length <= 8)]);
  if (links.pairs.length) put(section, [fold('Links one by one', () => linkTable(links, faults))]);
  put(section, [el('h3', {}, 'Host'), hostTable(host)]);
  if (Run.data.constantMetrics) put(section, [el('p', { class: 'soft' }, Run.data.constantMetrics + ' metrics that never changed are not drawn.')]);
  if (metrics.length) put(section, [fold(metrics.length + ' series of metrics over time', () => el('div', { class: 'metrics' }, metrics.map(metric => metricChart(metric))), false)]);
}

function linkTable(links, faults) {
  const rows = links.pairs.slice(0, 600).map(([a, b]) => {
    const on = faults.filter(fault => fault.nodes.includes(a) || fault.nodes.includes(b));
    return [nodeName(a) + ' – ' + nodeName(b), links.latencyMs + ' + ' + links.jitterMs + ' ms', (links.lossPerMille / 10) + ' %', on.map(fault => fault.kind + ' ' + fault.n + (fault.detail ? ' (' + fault.detail.slice(0, 60) + ')' : '')).slice(0, 6).join('; ') + (on.length > 6 ? ' and ' + (on.length - 6) + ' more' : '')];
  });
  return table('Links', ['Link', 'Latency', 'Loss', 'Faults of its ends'], rows);
}

function hostTable(host) {
  const names = { processors: 'Processors', load: 'Load average (1 min)', memoryMb: 'Memory, MiB', memoryFreeMb: 'Memory free, MiB', heapUsedMb: 'Heap of the test JVM in use, MiB', heapMaxMb: 'Heap at most, MiB', diskMb: 'Disk, MiB', diskFreeMb: 'Disk free, MiB' };
  const keys = Object.keys(names).filter(key => host.end[key] !== undefined || host.begin[key] !== undefined), notes = [];
  if (host.end.load > host.end.processors * 1.5 && Run.data.run.time === 'real') notes.push('The load average is ' + host.end.load + ' on ' + host.end.processors + ' processors: this machine was busy with other work, and nodes may have been slow because of that.');
  if (host.end.diskFreeMb !== null && host.end.diskFreeMb < 500) notes.push('Little room is left on the disk.');
  return [notes.map(note => el('p', { class: 'warn' }, note)), table('The machine when the run began and ended', ['', 'Begin', 'End'], keys.map(key => [names[key], number(host.begin[key]), number(host.end[key])]), [1, 2])];
}

const mebibytes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
function metricChart(metric, bound) {
  const finite = metric.series.map(series => ({ name: nodeName(series.node), points: series.at.map((at, i) => [at, series.values[i]]).filter(point => typeof point[1] === 'number') })).filter(line => line.points.length);
  for (const line of finite) line.points.push([Run.end, line.points[line.points.length - 1][1]]);
  const y = /_bytes(\{|$)/.test(metric.name) ? value => mebibytes.format(value / 1048576) + ' MiB' : value => Math.abs(value) < 1e5 ? number(value) : compact.format(value);
  if (bound) finite.push({ name: bound.word + ' ' + y(bound.value), points: [[0, bound.value], [Run.end, bound.value]], bound: true });
  return chart(metric.name, finite, { height: 150, steps: true, x0: 0, x1: Run.end, y });
}
