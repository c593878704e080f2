/* The timeline: phases, evidence, faults, the tree of blocks and heights above, a lane a node below. */
const GUTTER = 118, PAD = 12;
const Timeline = { selected: null, color: null };

function buildTimeline() {
  const section = byId('timeline');
  const many = Run.nodes.length > 24;
  Timeline.laneHeight = many ? 12 : 24;
  Timeline.rows = layoutRows();
  Timeline.head = el('canvas', { height: '10', 'aria-hidden': 'true' });
  Timeline.lanes = el('canvas', { height: '10', 'aria-hidden': 'true' });
  Timeline.overview = el('canvas', { height: '30', 'aria-hidden': 'true' });
  Timeline.readout = el('div', { id: 'readout' });
  Timeline.box = el('div', { id: 'drawing', tabindex: '0', role: 'group', 'aria-roledescription': 'timeline',
    'aria-label': 'Timeline of ' + Run.nodes.length + ' nodes over ' + span(Run.end) + '. Left and right arrows move, up and down show more nodes, plus and minus zoom, '
      + '0 shows all, N and P go to the next and previous evidence, Enter shows what happened in the middle. '
      + 'The same facts are in the table below.' },
    Timeline.head, el('div', { id: 'lanes' }, Timeline.lanes), Timeline.overview);
  put(section, [timelineTools(), Timeline.box, Timeline.readout, legend(),
    el('div', { id: 'around', role: 'region', 'aria-label': 'Around the chosen moment', 'aria-live': 'polite' },
      el('p', { class: 'soft' }, 'Click a block, a fault, a piece of evidence or any moment of a node: its facts, the logs of the nodes and the events of the journal around it appear here.')),
    fold('The timeline as a table: what happened in the part that is in view', () => eventTable()),
    fold('Nodes and their states as a table', () => stateTable())]);
  listen(Timeline.head, true);
  listen(Timeline.lanes, false);
  listenOverview();
  listenKeys();
  View.listeners.push(requestDraw);
  window.addEventListener('resize', requestDraw);
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { Timeline.color = null; requestDraw(); });
}

function layoutRows() {
  const rows = { phases: { y: 0, h: 20 } };
  let y = 22;
  rows.marks = { y, h: Run.marks.length ? 20 : 0 };
  y += rows.marks.h;
  rows.faults = { y, h: Run.data.faults.length ? Run.faultRows * 15 + 4 : 0 };
  y += rows.faults.h;
  rows.chain = { y, h: Run.branchRows.count * 11 + 10 };
  y += rows.chain.h;
  rows.heights = { y, h: 56 };
  y += rows.heights.h;
  rows.axis = { y, h: 18 };
  rows.total = y + 18;
  return rows;
}

function timelineTools() {
  const tool = (text, title, run) => el('button', { type: 'button', title, on: { click: run } }, text);
  return el('div', { class: 'tools', role: 'group', 'aria-label': 'Zoom and move' },
    tool('All', 'show the whole run (0)', () => View.all()),
    tool('Zoom in', 'zoom in (+)', () => View.zoom(0.5)),
    tool('Zoom out', 'zoom out (-)', () => View.zoom(2)),
    tool('◀', 'earlier (left arrow)', () => View.pan(-0.5)),
    tool('▶', 'later (right arrow)', () => View.pan(0.5)),
    Run.marks.length ? tool('Previous evidence', 'P', () => step(-1)) : null,
    Run.marks.length ? tool('Next evidence', 'N', () => step(1)) : null,
    el('span', { class: 'soft' }, 'Drag to zoom to a span, Shift + drag or the strip below to move, Ctrl + wheel to zoom.'));
}

function legend() {
  const item = (name, text) => {
    const swatch = el('span', { class: 'swatch' });
    swatch.style.background = 'var(--' + name + ')';
    return el('li', {}, swatch, text);
  };
  return el('ul', { class: 'legend', 'aria-label': 'Legend' },
    item('b0', 'block on the chain in the end'), item('b1', 'block on another branch, a colour each'),
    item('s-starting', 'starting'), item('s-ready', 'ready'), item('s-paused', 'paused'), item('s-stopped', 'stopped'),
    item('s-dead', 'dead or impaired'), item('fault', 'fault: light when requested, full while in force'),
    item('blind', 'hatched: could not be read'), item('contra', 'contradicts itself'),
    item('mark', 'evidence; triangle: reorg'), Run.makers.size ? el('li', {}, 'tall block: made by this node') : null);
}

let drawing = false;
function requestDraw() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(() => { drawing = false; draw(); });
  }
}

function surface(canvas, height) {
  const width = canvas.clientWidth || canvas.parentElement.clientWidth, ratio = window.devicePixelRatio || 1;
  canvas.style.height = height + 'px';
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const c = canvas.getContext('2d');
  c.scale(ratio, ratio);
  c.font = '11px system-ui, sans-serif';
  c.textBaseline = 'middle';
  return { c, width, height };
}

function scale(width) {
  const room = width - GUTTER - PAD, per = room / (View.to - View.from);
  return at => GUTTER + (at - View.from) * per;
}

function draw() {
  if (!Timeline.color) Timeline.color = colors();
  drawHead();
  drawLanes();
  drawOverview();
}

function drawHead() {
  const { c, width, height } = surface(Timeline.head, Timeline.rows.total), x = scale(width), k = Timeline.color, rows = Timeline.rows;
  c.save();
  c.beginPath();
  c.rect(GUTTER, 0, width - GUTTER - PAD, height);
  c.clip();
  drawGrid(c, x, k, rows);
  drawPhases(c, x, k, rows.phases);
  drawFaultBars(c, x, k, rows.faults);
  drawChain(c, x, k, rows.chain);
  drawHeights(c, x, k, rows.heights);
  c.restore();
  drawMarks(c, x, k, rows.marks, width, height);
  drawAxis(c, x, k, rows.axis, width);
  c.fillStyle = k.soft;
  c.textAlign = 'right';
  for (const [name, text] of [['phases', 'phases'], ['marks', 'evidence'], ['faults', 'faults'], ['chain', 'blocks'], ['heights', 'heights']]) {
    if (rows[name].h) c.fillText(text, GUTTER - 8, rows[name].y + Math.min(rows[name].h / 2, 12));
  }
}

function drawPhases(c, x, k, row) {
  c.textAlign = 'left';
  Run.data.phases.forEach((phase, i) => {
    const from = x(phase.from), to = Math.max(from + 1, x(phase.to));
    c.fillStyle = i % 2 ? k.line : k.panel;
    c.fillRect(from, row.y, to - from, row.h - 2);
    if (phase.problem) { c.fillStyle = k.mark; c.fillRect(from, row.y + row.h - 5, to - from, 3); }
    if (to - from > 40) { c.fillStyle = k.soft; c.fillText(phase.phase, Math.max(from, GUTTER) + 5, row.y + row.h / 2); }
  });
}

function drawFaultBars(c, x, k, row) {
  c.textAlign = 'left';
  for (const fault of Run.data.faults) {
    if (fault.to < View.from || fault.requested > View.to || fault.row >= 6) continue;
    const y = row.y + fault.row * 15 + 2, from = x(fault.requested), to = Math.max(from + 3, x(fault.to));
    c.fillStyle = k.fault;
    c.globalAlpha = 0.3;
    c.fillRect(from, y, to - from, 12);
    if (fault.force >= 0) { c.globalAlpha = 0.6; c.fillRect(x(fault.force), y, Math.max(2, to - x(fault.force)), 12); }
    c.globalAlpha = 1;
    if (fault.force < 0 || fault.healed < 0) { c.strokeStyle = k.mark; c.setLineDash([3, 2]); c.strokeRect(from + .5, y + .5, Math.max(2, to - from - 1), 11); c.setLineDash([]); }
    const next = Run.data.faults.find(other => other.row === fault.row && other.requested > fault.requested);
    const room = (next ? x(next.requested) : 1e9) - Math.max(from, GUTTER);
    const whole = faultName(fault), named = faultName({ ...fault, detail: '' });
    const text = c.measureText(whole).width + 8 < room ? whole : named;
    c.fillStyle = k.ink;
    if (room > c.measureText(text).width + 8) c.fillText(text, Math.max(from, GUTTER) + 4, y + 6.5);
  }
}

function drawChain(c, x, k, row) {
  const b = Run.data.blocks, y = i => row.y + 8 + Math.min(6, Run.branchRows.of[b.branch[i]] || 0) * 11;
  c.lineWidth = 1.2;
  for (let i = 0; i < b.at.length; i++) {
    const parent = b.parent[i], from = parent >= 0 ? x(b.at[parent]) : x(b.at[i]) - 6, to = x(b.at[i]);
    if (to < GUTTER - 50 || from > 1e5) continue;
    c.strokeStyle = k[branchColor(b.branch[i])];
    c.beginPath();
    c.moveTo(from, parent >= 0 ? y(parent) : y(i));
    c.lineTo(Math.max(from, to - 5), y(i));
    c.lineTo(to, y(i));
    c.stroke();
  }
  const r = (View.to - View.from) / Run.data.run.slot > 400 ? 1.6 : 3;
  for (let i = 0; i < b.at.length; i++) {
    c.fillStyle = k[branchColor(b.branch[i])];
    c.beginPath();
    c.arc(x(b.at[i]), y(i), b.branch[i] ? Math.max(2.2, r) : r, 0, 7);
    c.fill();
  }
}

/* Highest tip, lowest tip of nodes that run, lowest irreversible block. */
function heightLines() {
  if (Run.heights) return Run.heights;
  const steps = 300, lines = { at: [], top: [], low: [], lib: [] };
  for (let i = 0; i <= steps; i++) {
    const at = Run.end * i / steps;
    let top = 0, low = Infinity, lib = Infinity;
    for (const node of Run.nodes) {
      const tip = tipAt(node, at), state = stateAt(node, at);
      if (!tip) continue;
      top = Math.max(top, tip.height);
      if (state && state.color === 'ready') { low = Math.min(low, tip.height); if (tip.lib >= 0) lib = Math.min(lib, tip.lib); }
    }
    lines.at.push(at); lines.top.push(top);
    lines.low.push(low === Infinity ? null : low); lines.lib.push(lib === Infinity ? null : lib);
  }
  return Run.heights = lines;
}

function drawHeights(c, x, k, row) {
  const lines = heightLines(), most = Math.max(1, ...lines.top), y = value => row.y + row.h - 4 - value / most * (row.h - 10);
  c.lineWidth = 1.5;
  for (const [name, color, dash] of [['lib', k.b3, [5, 3]], ['low', k.b1, [2, 2]], ['top', k.b0, []]]) {
    c.strokeStyle = color;
    c.setLineDash(dash);
    c.beginPath();
    let pen = false;
    lines.at.forEach((at, i) => {
      const value = lines[name][i];
      if (value === null) { pen = false; return; }
      pen ? c.lineTo(x(at), y(value)) : c.moveTo(x(at), y(value));
      pen = true;
    });
    c.stroke();
  }
  c.setLineDash([]);
  c.textAlign = 'left';
  c.fillStyle = k.soft;
  c.fillText('highest ' + most + ' — highest tip, dotted: lowest, dashed: lowest irreversible block', GUTTER + 6, row.y + 7);
}

function drawGrid(c, x, k, rows) {
  c.strokeStyle = k.line;
  c.lineWidth = 1;
  c.globalAlpha = 0.6;
  for (const at of ticks(View.from, View.to, 12).found) {
    c.beginPath(); c.moveTo(x(at), rows.faults.y); c.lineTo(x(at), rows.axis.y + 3); c.stroke();
  }
  c.globalAlpha = 1;
}
function drawAxis(c, x, k, row, width) {
  const { step, found } = ticks(View.from, View.to, 12);
  c.textAlign = 'center';
  c.fillStyle = k.soft;
  for (const at of found) {
    const text = tickLabel(at, step);
    c.fillText(text, Math.min(x(at), width - c.measureText(text).width / 2), row.y + 11);
  }
}

/* Not clipped, so that what is at the end is seen as well. */
function drawMarks(c, x, k, row, width, height) {
  let labelled = -1e9;
  Run.marks.forEach((mark, i) => {
    if (mark.to < View.from || mark.from > View.to) return;
    const from = Math.max(GUTTER, x(mark.from)), to = Math.min(width - PAD, Math.max(from + 1.5, x(mark.to))), on = Timeline.selected === mark;
    c.fillStyle = k.mark;
    c.globalAlpha = on ? 0.28 : 0.1;
    c.fillRect(from, row.y + row.h, to - from, height);
    c.globalAlpha = on ? 0.9 : 0.4;
    c.fillRect(from, row.y, 1.5, height);
    c.globalAlpha = 1;
    if (from < labelled && !on) return;
    const middle = Math.max(GUTTER + 8, from);
    c.beginPath(); c.arc(middle, row.y + 9, 7.5, 0, 7); c.fill();
    c.fillStyle = k.bg;
    c.textAlign = 'center';
    c.fillText(mark.cut ? '■' : i + 1, middle, row.y + 9.5);
    labelled = from + 15;
  });
}

function drawLanes() {
  const lane = Timeline.laneHeight, { c, width } = surface(Timeline.lanes, Run.nodes.length * lane + 4), x = scale(width), k = Timeline.color;
  const b = Run.data.blocks, small = lane < 16;
  c.save();
  c.beginPath();
  c.rect(GUTTER, 0, width - GUTTER - PAD, Run.nodes.length * lane + 4);
  c.clip();
  for (const node of Run.nodes) {
    const y = node.index * lane + 2, h = lane - 3;
    for (const each of node.spans) {
      if (each.to < View.from || each.from > View.to) continue;
      c.fillStyle = k['s-' + each.color] || k['s-none'];
      c.fillRect(x(each.from), y, Math.max(1, x(each.to) - x(each.from)), h);
    }
    laneFaults(c, x, k, node, y, h);
    const tips = node.tips, first = Math.max(0, lastUpTo(tips.at, View.from) - 1);
    // Where they are too many to be told apart, states and what is not on the chain stay to be seen.
    const dense = (lastUpTo(tips.at, View.to) - first) * 4 > width - GUTTER;
    for (let i = first; i < tips.at.length && tips.at[i] <= View.to; i++) {
      const block = tips.block[i], px = x(tips.at[i]);
      c.fillStyle = k[branchColor(block < 0 ? 0 : b.branch[block])];
      c.globalAlpha = dense && (block < 0 || !b.branch[block]) ? 0.3 : 1;
      const own = block >= 0 && node.own && node.own.has(b.id[block]), inset = small ? (own ? 0 : 2) : own ? 1 : 5;
      c.fillRect(px - 1, y + inset, 2.2, h - 2 * inset);
      c.globalAlpha = 1;
      if (tips.reorg[i] > 0) {
        c.fillStyle = k.mark;
        c.beginPath(); c.moveTo(px - 4, y); c.lineTo(px + 4, y); c.lineTo(px, y + 6); c.fill();
      }
    }
    for (const [from, to] of node.blind) hatch(c, x(from), y, x(to < 0 ? Run.end : to), h, k.blind);
    c.fillStyle = k.contra;
    for (const [from, to] of node.contradictions) c.fillRect(x(from), y + h - 3, Math.max(3, x(to < 0 ? Run.end : to) - x(from)), 3);
  }
  Run.marks.forEach(mark => {
    c.fillStyle = k.mark;
    for (const node of Run.nodes) {
      const touched = mark.nodes.length === 0 || mark.nodes.includes(node.index);
      c.globalAlpha = touched ? (Timeline.selected === mark ? 0.5 : 0.22) : 0.05;
      c.fillRect(x(mark.from), node.index * lane, Math.max(1.5, x(mark.to) - x(mark.from)), lane);
    }
    c.globalAlpha = 1;
  });
  c.restore();
  c.textAlign = 'right';
  if (small) c.font = '9.5px system-ui, sans-serif';
  for (const node of Run.nodes) {
    c.fillStyle = Run.guilty.has(node.index) ? k.mark : k.ink;
    const name = node.name.length > 18 ? node.name.slice(0, 17) + '…' : node.name;
    c.fillText(name, GUTTER - 8, node.index * lane + lane / 2 + 0.5);
  }
}

function laneFaults(c, x, k, node, y, h) {
  for (const fault of Run.data.faults) {
    if (!fault.nodes.includes(node.index) || fault.to < View.from || fault.requested > View.to) continue;
    const strip = Math.max(3, Math.round(h / 5)), wide = from => Math.max(2, x(fault.to) - x(from));
    c.fillStyle = k.fault;
    c.globalAlpha = 0.12; // blocks and states stay what is seen first
    c.fillRect(x(fault.requested), y, wide(fault.requested), h);
    if (fault.force >= 0) { c.globalAlpha = 0.8; c.fillRect(x(fault.force), y + h - strip, wide(fault.force), strip); }
    c.globalAlpha = 1;
  }
}

function hatch(c, from, y, to, h, color) {
  c.save();
  c.beginPath();
  c.rect(from, y, Math.max(3, to - from), h);
  c.clip();
  c.strokeStyle = color;
  c.lineWidth = 1.2;
  const left = Math.max(from, GUTTER - h), right = Math.min(Math.max(from + 3, to), 20000);
  for (let at = left - h; at < right; at += 5) {
    c.beginPath(); c.moveTo(at, y + h); c.lineTo(at + h, y); c.stroke();
  }
  c.restore();
}

function drawOverview() {
  const { c, width } = surface(Timeline.overview, 30), k = Timeline.color, room = width - GUTTER - PAD;
  const x = at => GUTTER + at / Run.end * room;
  c.fillStyle = k.panel;
  c.fillRect(GUTTER, 8, room, 18);
  c.fillStyle = k.fault;
  c.globalAlpha = 0.5;
  for (const fault of Run.data.faults) c.fillRect(x(fault.requested), 12, Math.max(1, x(fault.to) - x(fault.requested)), 10);
  c.globalAlpha = 1;
  c.fillStyle = k.mark;
  for (const mark of Run.marks) c.fillRect(x(mark.from) - 1, 8, 2.5, 18);
  c.strokeStyle = k.link;
  c.lineWidth = 2;
  c.strokeRect(x(View.from), 7, Math.max(3, x(View.to) - x(View.from)), 20);
  c.fillStyle = k.soft;
  c.textAlign = 'right';
  c.fillText('whole run', GUTTER - 8, 17);
}
