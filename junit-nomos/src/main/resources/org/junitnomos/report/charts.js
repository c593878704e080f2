/* Lines over time or over shares, as SVG with a table beside it. */
function chart(name, lines, options = {}) {
  const W = 640, H = options.height || 210, left = 52, right = 12, top = 10, bottom = 24;
  const xs = lines.flatMap(line => line.points.map(point => point[0])), ys = lines.flatMap(line => line.points.map(point => point[1]));
  if (!xs.length) return el('p', { class: 'soft' }, name + ': nothing to show.');
  const x0 = options.x0 !== undefined ? options.x0 : Math.min(...xs), x1 = options.x1 !== undefined ? options.x1 : Math.max(...xs, x0 + 1);
  const y0 = Math.min(0, ...ys), y1 = Math.max(...ys, y0 + 1);
  const x = at => left + (at - x0) / (x1 - x0) * (W - left - right), y = value => H - bottom - (value - y0) / (y1 - y0) * (H - top - bottom);
  const label = name + ': ' + lines.map(line => line.name + ' ends at ' + (options.y || number)(line.points.length ? line.points[line.points.length - 1][1] : 0)).slice(0, 8).join(', ');
  const picture = svg('svg', { viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': label });
  for (let i = 0; i <= 4; i++) {
    const value = y0 + (y1 - y0) * i / 4;
    picture.append(svg('path', { class: 'axis', d: `M${left} ${y(value)}H${W - right}` }),
      svg('text', { x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, (options.y || number)(y1 - y0 >= 8 ? Math.round(value) : Math.round(value * 100) / 100)));
  }
  const marks = options.xTicks ? options.xTicks(x0, x1) : ticks(x0, x1, 8).found.map(at => [at, tickLabel(at, 1000)]);
  for (const [at, text] of marks) picture.append(svg('text', { x: x(at), y: H - 6, 'text-anchor': 'middle' }, text));
  lines.forEach((line, i) => {
    let d = '', last = null;
    for (const [at, value] of line.points) {
      d += last === null ? `M${x(at).toFixed(1)} ${y(value).toFixed(1)}` : options.steps ? `H${x(at).toFixed(1)}V${y(value).toFixed(1)}` : `L${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
      last = value;
    }
    picture.append(svg('path', { class: line.bound ? 'curve bound' : 'curve c' + i % 8 + ' d' + Math.floor(i / 8) % 3, d }));
  });
  return el('figure', {}, el('figcaption', {}, el('b', {}, name)), picture,
    lines.length > 1 || options.legend ? el('ul', { class: 'legend' }, lines.slice(0, 16).map((line, i) => el('li', {}, el('span', { class: line.bound ? 'swatch bound' : 'swatch c' + i % 8 }), line.name)),
      lines.length > 16 ? el('li', {}, 'and ' + (lines.length - 16) + ' more') : null) : null);
}

function buildLoad() {
  const section = byId('load'), { transactions, blobs, delivered } = Run.data;
  if (!transactions.total && !blobs.total) put(section, [el('p', { class: 'soft' }, 'This run submitted nothing.')]);
  if (transactions.total) put(section, [el('h3', {}, 'Transactions'), loadPart(transactions, 'transactions')]);
  if (blobs.total) put(section, [el('h3', {}, 'Blobs'), loadPart(blobs, 'blobs')]);
  if (delivered.length) put(section, [table('Load that was due and delivered', ['Workload', 'Load', 'Due', 'Submitted', 'Accepted', 'Missed'],
    delivered.map(each => [each.workload, each.load, number(each.planned), number(each.submitted), number(each.accepted), Object.entries(each.missed).map(([why, count]) => why + ' (' + count + ')').join('; ')]), [2, 3, 4])]);
}

function loadPart(load, what) {
  const curves = Object.entries(load.curves).filter(([name]) => name !== 'step');
  const lines = curves.map(([name, counts]) => ({ name, points: counts.map((count, i) => [i * load.curves.step, count]) }));
  const latencies = Object.entries(load.latency).filter(([, each]) => each.count);
  const quantile = (each, share) => each.ms[Math.round(share * (each.ms.length - 1))];
  return el('div', {}, el('div', { class: 'columns' },
    el('div', {}, chart('All ' + what + ' so far, over time', lines)),
    el('div', {}, latencies.length ? chart('Latency: share of ' + what + ' that took no longer', latencies.map(([name, each]) => ({ name, points: each.ms.map((ms, i) => [ms, i]) })),
      { x0: 0, y: value => value + ' %', legend: true, xTicks: (a, b) => [0, 0.25, 0.5, 0.75, 1].map(share => [a + (b - a) * share, span(a + (b - a) * share)]) }) : el('p', { class: 'soft' }, 'No latency: nothing was included.'))),
  latencies.length ? table('Latency of ' + what, ['', 'Number', 'Least', 'Median', '90 %', '99 %', 'Most'],
    latencies.map(([name, each]) => [name, number(each.count), ...[0, 0.5, 0.9, 0.99, 1].map(share => span(quantile(each, share)))]), [1, 2, 3, 4, 5, 6]) : null,
  table('Count of ' + what + ' in the end', curves.map(([name]) => name), [curves.map(([, counts]) => number(counts[counts.length - 1]))], curves.map((_, i) => i)),
  load.refusals.length ? table('Refusals by text', ['Number', 'Text'], load.refusals.map(([count, text]) => [number(count), text]), [0])
    : el('p', { class: 'soft' }, 'Nothing was refused.'),
  fold('The ' + what + ' one by one, those that are on no chain first', () => loadTable(load, what)));
}

function loadTable(load, what) {
  const rows = load.rows.slice().sort((a, b) => (a[8] >= 0) - (b[8] >= 0) || a[4] - b[4]).slice(0, 500);
  const show = row => el('button', { type: 'button', on: { click: () => {
    View.focus(row[4], Math.max(row[4], row[7], row[6], row[5]));
    choose(what === 'transactions' ? { at: row[4], node: row[3] >= 0 ? row[3] : null, transaction: row } : { at: row[4], node: row[3] >= 0 ? row[3] : null });
    byId('timeline').scrollIntoView();
  } } }, 'show');
  return [load.rows.length > 500 ? el('p', { class: 'soft' }, '500 of ' + number(load.rows.length) + ' are listed.') : null,
    table('One by one', ['', 'Id', 'State', 'Workload', 'Node', 'Submitted', what === 'blobs' ? 'Dispersed' : 'Accepted', 'Included', 'Final', 'Left the chain', 'Why not'],
      rows.map(row => [show(row), el('code', {}, shortId(row[0])), row[1], row[2], nodeName(row[3]), clock(row[4]), clock(row[5]), clock(row[6]), clock(row[7]), row[10] || '', row[11] || '']))];
}
