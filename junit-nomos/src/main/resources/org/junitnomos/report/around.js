/* What the pointer and the keys do on the timeline, and what is shown around a moment. */
function timeAt(canvas, clientX) {
  const box = canvas.getBoundingClientRect();
  return View.from + (clientX - box.left - GUTTER) / (box.width - GUTTER - PAD) * (View.to - View.from);
}

function listen(canvas, isHead) {
  let begun = null;
  const brush = el('div', {});
  Object.assign(brush.style, { position: 'fixed', pointerEvents: 'none', background: 'var(--link)', opacity: '0.2', display: 'none', zIndex: 4 });
  document.body.append(brush);
  canvas.addEventListener('pointerdown', event => {
    if (event.button) return;
    begun = { x: event.clientX, from: View.from, to: View.to, pan: event.shiftKey };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', event => {
    readOut(canvas, event, isHead);
    if (!begun) return;
    const box = canvas.getBoundingClientRect(), per = (begun.to - begun.from) / (box.width - GUTTER - PAD);
    if (begun.pan) {
      View.set(begun.from - (event.clientX - begun.x) * per, begun.to - (event.clientX - begun.x) * per);
    } else if (Math.abs(event.clientX - begun.x) > 4) {
      const outer = Timeline.box.getBoundingClientRect();
      Object.assign(brush.style, { display: 'block', left: Math.min(begun.x, event.clientX) + 'px', top: outer.top + 'px',
        width: Math.abs(event.clientX - begun.x) + 'px', height: outer.height + 'px' });
    }
  });
  canvas.addEventListener('pointerup', event => {
    brush.style.display = 'none';
    const was = begun;
    begun = null;
    if (!was || was.pan) return;
    if (Math.abs(event.clientX - was.x) > 4) {
      const a = timeAt(canvas, was.x), b = timeAt(canvas, event.clientX);
      View.set(Math.min(a, b), Math.max(a, b));
    } else {
      choose(hit(canvas, event, isHead));
    }
  });
  canvas.addEventListener('pointercancel', () => { begun = null; brush.style.display = 'none'; });
  canvas.addEventListener('wheel', event => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    View.zoom(event.deltaY > 0 ? 1.25 : 0.8, timeAt(canvas, event.clientX));
  }, { passive: false });
}

function listenOverview() {
  const canvas = Timeline.overview;
  const move = event => {
    const box = canvas.getBoundingClientRect(), at = (event.clientX - box.left - GUTTER) / (box.width - GUTTER - PAD) * Run.end;
    const half = (View.to - View.from) / 2;
    View.set(at - half, at + half);
  };
  canvas.addEventListener('pointerdown', event => { canvas.setPointerCapture(event.pointerId); move(event); });
  canvas.addEventListener('pointermove', event => { if (event.buttons) move(event); });
}

function listenKeys() {
  Timeline.box.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const keys = {
      ArrowLeft: () => View.pan(-0.2), ArrowRight: () => View.pan(0.2), '+': () => View.zoom(0.6), '=': () => View.zoom(0.6),
      '-': () => View.zoom(1.7), '0': () => View.all(), Home: () => View.pan(-1e6), End: () => View.pan(1e6),
      n: () => step(1), p: () => step(-1), N: () => step(1), P: () => step(-1),
      ArrowUp: () => scrollLanes(-1), ArrowDown: () => scrollLanes(1), // the page scrolls where all lanes are in view
      Enter: () => choose({ at: (View.from + View.to) / 2, node: null }),
    };
    if (keys[event.key] && keys[event.key]() !== false) event.preventDefault();
  });
}

function step(by) {
  if (!Run.marks.length) return;
  const now = Run.marks.indexOf(Timeline.selected);
  const next = now < 0 ? (by > 0 ? 0 : Run.marks.length - 1) : (now + by + Run.marks.length) % Run.marks.length;
  showMark(Run.marks[next]);
}
function showMark(mark) {
  View.focus(mark.from, mark.to);
  choose({ at: mark.from, mark, node: mark.nodes.length ? mark.nodes[0] : null });
}

function hit(canvas, event, isHead) {
  const box = canvas.getBoundingClientRect(), y = event.clientY - box.top, at = timeAt(canvas, event.clientX);
  const near = (View.to - View.from) / (box.width - GUTTER - PAD) * 7, rows = Timeline.rows, inRow = row => y >= row.y && y < row.y + row.h;
  const found = { at: Math.max(0, Math.min(Run.end, at)), node: null };
  if (!isHead) {
    const node = Run.nodes[Math.floor(y / Timeline.laneHeight)];
    if (!node) return found;
    found.node = node.index;
    const i = lastUpTo(node.tips.at, at + near);
    if (i >= 0 && Math.abs(node.tips.at[i] - at) <= near) {
      found.at = node.tips.at[i];
      found.block = node.tips.block[i];
      found.reorg = node.tips.reorg[i];
    }
  } else if (inRow(rows.marks)) {
    found.mark = nearest(Run.marks, mark => Math.abs(mark.from - at), near * 2);
    if (found.mark) { found.at = found.mark.from; found.node = found.mark.nodes.length ? found.mark.nodes[0] : null; }
  } else if (inRow(rows.faults)) {
    const row = Math.floor((y - rows.faults.y) / 15);
    found.fault = Run.data.faults.find(fault => fault.row === row && at >= fault.requested - near && at <= fault.to + near);
    if (found.fault) found.at = found.fault.requested;
  } else if (inRow(rows.chain)) {
    const row = Math.round((y - rows.chain.y - 8) / 11), b = Run.data.blocks;
    const block = nearest(b.at.map((_, i) => i).filter(i => Math.min(6, Run.branchRows.of[b.branch[i]] || 0) === row),
      i => Math.abs(b.at[i] - at), near);
    if (block !== undefined) { found.block = block; found.at = b.at[block]; }
  }
  return found;
}
function nearest(all, distance, most) {
  let best, least = most;
  for (const each of all) {
    const is = distance(each);
    if (is <= least) { least = is; best = each; }
  }
  return best;
}

function readOut(canvas, event, isHead) {
  const at = timeAt(canvas, event.clientX);
  if (at < 0 || at > Run.end) { Timeline.readout.textContent = ''; return; }
  let text = clock(at) + (slotAt(at) !== null && slotAt(at) >= 0 ? ', slot ' + slotAt(at) : '');
  const box = canvas.getBoundingClientRect(), node = isHead ? null : Run.nodes[Math.floor((event.clientY - box.top) / Timeline.laneHeight)];
  if (node) {
    const state = stateAt(node, at), tip = tipAt(node, at);
    text += ' · ' + node.name + (state ? ': ' + state.state : '') + (tip ? ', height ' + tip.height + ', irreversible up to ' + tip.lib : '');
  }
  const faults = faultsAt(at).map(fault => fault.kind + ' ' + fault.targets.join(', '));
  if (faults.length) text += ' · fault: ' + faults.slice(0, 3).join('; ');
  Timeline.readout.textContent = text.slice(0, 300);
}

/* Shows a moment: what was chosen, the logs and the journal around it. */
function choose(what) {
  Timeline.selected = what.mark || null;
  requestDraw();
  if (what.node !== null && what.node !== undefined) showLane(what.node);
  const box = byId('around');
  box.replaceChildren();
  const width = el('select', { 'aria-label': 'How far around the moment' },
    [1, 2, 5, 10, 30, 120].map(s => el('option', { value: s, selected: s === 5 }, '± ' + s + ' s')));
  const content = el('div', {});
  const fill = () => content.replaceChildren(...aroundMoment(what.at, Number(width.value) * 1000, what.node));
  width.addEventListener('change', fill);
  put(box, [el('h3', {}, title(what)), describe(what), el('div', { class: 'tools' }, 'Around ' + clock(what.at) + ' ', width), content]);
  fill();
}

/* Of many nodes, only some lanes are in view. */
function showLane(node) {
  const lanes = byId('lanes'), top = node * Timeline.laneHeight;
  if (top < lanes.scrollTop || top + Timeline.laneHeight > lanes.scrollTop + lanes.clientHeight) lanes.scrollTop = top - lanes.clientHeight / 2;
}
function scrollLanes(by) {
  const lanes = byId('lanes'), overflows = lanes.scrollHeight > lanes.clientHeight;
  if (overflows) lanes.scrollTop += by * 3 * Timeline.laneHeight;
  return overflows;
}

function title(what) {
  if (what.mark) return what.mark.cut ? what.mark.label : 'Evidence ' + (Run.marks.indexOf(what.mark) + 1) + ': ' + what.mark.label;
  if (what.fault) return 'Fault ' + what.fault.n + ': ' + what.fault.kind;
  if (what.transaction) return 'Transaction ' + shortId(what.transaction[0]);
  if (what.block !== undefined && what.block >= 0) return 'Block at height ' + Run.data.blocks.height[what.block] + (what.node !== null ? ' on ' + nodeName(what.node) : '');
  return what.node !== null ? nodeName(what.node) + ' at ' + clock(what.at) : 'At ' + clock(what.at);
}

function describe(what) {
  const parts = [];
  if (what.mark) {
    const block = what.mark.id ? Run.data.blocks.id.indexOf(what.mark.id) : -1;
    const row = what.mark.id ? Run.data.transactions.rows.find(each => each[0] === what.mark.id) : null;
    parts.push(facts([['of', what.mark.what], ['when', what.mark.to > what.mark.from ? clock(what.mark.from) + ' to ' + clock(what.mark.to) : clock(what.mark.from)],
      ['id', block < 0 && !row ? what.mark.id : null], ['nodes', what.mark.nodes.map(nodeName).join(', ')]]));
    if (block >= 0) parts.push(blockFacts(block));
    if (row) parts.push(transactionFacts(row));
  }
  if (what.fault) parts.push(faultFacts(what.fault));
  if (what.transaction) parts.push(transactionFacts(what.transaction));
  if (what.block !== undefined && what.block >= 0) parts.push(blockFacts(what.block));
  if (what.reorg < 0) parts.push(el('p', {}, 'The node had started anew, without ' + -what.reorg + ' blocks of its chain.'));
  if (what.reorg > 0) parts.push(el('p', { class: 'warn' }, 'Reorg: the node left ' + what.reorg + (what.reorg === 1 ? ' block' : ' blocks') + ' of its chain for this one.'));
  if (what.node !== null && what.node !== undefined && Run.nodes[what.node]) parts.push(nodeFacts(Run.nodes[what.node], what.at));
  const others = faultsAt(what.at).filter(fault => fault !== what.fault);
  if (others.length) parts.push(el('p', {}, 'Faults at this moment: ', others.map(fault => fault.kind + ' ' + fault.targets.join(', ')).join('; ')));
  return parts;
}

function blockFacts(i) {
  const b = Run.data.blocks, children = (Run.children.get(i) || []).length;
  return facts([['block', el('code', {}, b.id[i])], ['height, slot', b.height[i] + ', ' + b.slot[i]],
    ['made by', Run.makers.has(b.id[i]) ? Run.makers.get(b.id[i]) + ', as its log says' : null], ['first seen', clock(b.at[i]) + ' on ' + nodeName(b.node[i])],
    ['branch', b.branch[i] === 0 ? 'the chain in the end' : 'branch ' + b.branch[i] + ', not on the chain in the end'],
    ['parent', b.parent[i] < 0 ? 'genesis' : shortId(b.id[b.parent[i]]) + ' (slot ' + b.slot[b.parent[i]] + ')'],
    ['blocks on it', children > 1 ? children + ': the chain forks here' : children], ['transactions', b.txs[i]]]);
}
function faultFacts(f) {
  return facts([['targets', f.targets.join(', ')], ['detail', f.detail], ['asked for by', f.workload],
    ['requested', clock(f.requested)], ['in force', f.force < 0 ? 'never seen in force' : clock(f.force) + ': ' + f.forceProof],
    ['healed', f.healed < 0 ? 'never seen healed' : clock(f.healed) + ': ' + f.healedProof]]);
}
function transactionFacts(row) {
  const [id, state, workload, node, submitted, accepted, included, last, block, attempts, orphanings, rejection] = row;
  return facts([['transaction', el('code', {}, id)], ['state', state], ['submitted', clock(submitted) + ' by ' + workload + ' to ' + nodeName(node) + (attempts > 1 ? ', ' + attempts + ' times' : '')],
    ['accepted', clock(accepted)], ['included', included < 0 ? '–' : clock(included) + (block >= 0 ? ' at height ' + Run.data.blocks.height[block] : '')],
    ['final', clock(last)], ['left the chain', orphanings || ''], ['refused', rejection]]);
}
function nodeFacts(node, at) {
  const state = stateAt(node, at), tip = tipAt(node, at);
  const blind = node.blind.find(([from, to]) => from <= at && (to < 0 || at <= to));
  const against = node.contradictions.filter(([from, to]) => from <= at && (to < 0 || at <= to));
  return facts([[node.name, state ? state.state + ' since ' + clock(state.from) + ': ' + state.reason : 'not seen yet'],
    ['stood at', tip ? 'height ' + tip.height + ', irreversible up to ' + tip.lib + ', since ' + clock(tip.at) : null],
    ['could not be read', blind ? blind[2] : null],
    ...against.map(each => ['contradicts itself', each[2] + ': expected ' + each[3] + ', observed ' + each[4]])]);
}

function aroundMoment(at, width, node) {
  const logs = [];
  for (const log of Run.data.logs) {
    for (const [line, time, text] of log.rows) {
      if (time !== null && Math.abs(time - at) <= width) logs.push([time, log.node, text, line]);
    }
  }
  logs.sort((a, b) => a[0] - b[0]);
  const own = node === null || node === undefined ? null : nodeName(node);
  const lines = nearest400(logs, at).map(([time, name, text]) => [time, el('div', { class: 'line mono' + (name === own ? ' hit' : '') },
    el('span', { class: 'soft' }, clock(time)), el('span', {}, name), el('span', { class: /\b(ERROR|WARN|panicked)\b/.test(text) ? 'warn' : null, title: text }, shortLine(text)))]);
  const events = nearest400(eventsBetween(at - width, at + width), at).map(([time, kind, who, text, line]) => [time, el('div', { class: 'line mono' },
    el('span', { class: 'soft' }, clock(time)), el('span', {}, kind + (line ? ' #' + line : '')), el('span', { title: text }, (who >= 0 ? nodeName(who) + ': ' : '') + shortLine(text)))]);
  const empty = Run.data.logs.length ? 'No line of a log in this span' + (Run.data.thinned.length ? ', as far as logs are in this page' : '') + '.' : 'The logs of the nodes were not in the directory of this run.';
  return [el('div', { class: 'columns' },
    el('div', {}, el('h4', {}, 'Logs of the nodes (' + logs.length + ' lines)'), lines.length ? listAround(lines, at, 'Lines of logs') : el('p', { class: 'soft' }, empty)),
    el('div', {}, el('h4', {}, 'Journal (' + events.length + ' events; # is the line in journal.jsonl)'), events.length ? listAround(events, at, 'Events of the journal') : el('p', { class: 'soft' }, 'Nothing.')))];
}

/* The 400 that are nearest to a moment, in their order. */
function nearest400(sorted, at) {
  const here = sorted.findIndex(each => each[0] >= at), middle = here < 0 ? sorted.length : here;
  const from = Math.max(0, Math.min(middle - 200, sorted.length - 400));
  return sorted.slice(from, from + 400);
}
/* Without the date, as the run time stands before it, and with short ids; the whole is its title. */
const shortLine = text => shortIds(text).replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z?\s+/, '');
/* A list that scrolls, with the moment marked and in its middle. */
function listAround(lines, at, label) {
  const here = lines.findIndex(([time]) => time >= at), moment = el('div', { class: 'moment' }, clock(at));
  const parts = lines.map(([, line]) => line);
  parts.splice(here < 0 ? parts.length : here, 0, moment);
  const list = el('div', { class: 'lines', tabindex: '0', role: 'region', 'aria-label': label }, parts);
  requestAnimationFrame(() => { list.scrollTop = moment.offsetTop - list.clientHeight / 3; });
  return list;
}

/* Events of the journal in a span, with those that have columns of their own. */
function eventsBetween(from, to) {
  const found = Run.data.events.filter(event => event[0] >= from && event[0] <= to), b = Run.data.blocks;
  for (let i = 0; i < b.at.length; i++) {
    if (b.at[i] >= from && b.at[i] <= to) found.push([b.at[i], 'block', b.node[i], 'height ' + b.height[i] + ', slot ' + b.slot[i] + ', ' + shortId(b.id[i])
      + (b.branch[i] ? ', branch ' + b.branch[i] : '') + ', ' + b.txs[i] + ' transactions', 0]);
  }
  for (const row of Run.data.transactions.rows) {
    for (const [i, kind] of [[4, 'submitted'], [5, 'accepted'], [6, 'included'], [7, 'final']]) {
      if (row[i] >= Math.max(0, from) && row[i] <= to) found.push([row[i], kind, i < 6 ? row[3] : -1, 'transaction ' + shortId(row[0]), 0]);
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
}

function eventTable() {
  const holder = el('div', {}), fill = () => {
    const all = eventsBetween(View.from, View.to);
    holder.replaceChildren(el('p', { class: 'soft' }, all.length > 300 ? 'The first 300 of ' + number(all.length) + ' events in view; zoom in for the others.' : ''),
      table('Events from ' + clock(View.from) + ' to ' + clock(View.to), ['Time', 'Kind', 'Node', 'What happened'],
        all.slice(0, 300).map(([at, kind, node, text]) => [clock(at), kind, node >= 0 ? nodeName(node) : '', text])));
  };
  let due = 0;
  View.listeners.push(() => { clearTimeout(due); due = setTimeout(fill, 200); });
  fill();
  return holder;
}
function stateTable() {
  const rows = [];
  for (const node of Run.nodes) for (const each of node.spans) rows.push([node.name, clock(each.from), clock(each.to), each.state, each.intended ? 'yes' : 'no', each.reason]);
  return table('States of the nodes', ['Node', 'From', 'To', 'State', 'Intended', 'Reason'], rows.slice(0, 1000));
}
