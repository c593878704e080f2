/* What part of the run is in view; everything that is drawn over time listens to it. */
const View = {
  from: 0, to: 1, listeners: [],
  set(from, to) {
    const least = Math.min(Run.end, 50);
    let width = Math.min(Run.end, Math.max(least, to - from));
    this.from = Math.max(0, Math.min(from, Run.end - width));
    this.to = this.from + width;
    this.listeners.forEach(listener => listener());
  },
  all() { this.set(0, Run.end); },
  zoom(factor, around = (this.from + this.to) / 2) {
    this.set(around - (around - this.from) * factor, around + (this.to - around) * factor);
  },
  pan(share) { const by = (this.to - this.from) * share; this.set(this.from + by, this.to + by); },
  focus(from, to) {
    const margin = Math.max((to - from) * 0.6, Run.data.run.slot * 6, 200);
    this.set(from - margin, to + margin);
  },
};
function ticks(from, to, most) {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000,
    900000, 1800000, 3600000, 7200000, 14400000, 43200000, 86400000];
  const step = steps.find(each => (to - from) / each <= most) || steps[steps.length - 1];
  const found = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) found.push(at);
  return { step, found };
}
function tickLabel(at, step) {
  const s = at / 1000, h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
  const rest = step < 1000 ? (s % 60).toFixed(step < 10 ? 3 : step < 100 ? 2 : 1) : String(Math.floor(s % 60));
  if (!h && !m) return rest + ' s';
  return (h ? h + ':' + String(m).padStart(2, '0') : m) + ':' + rest.padStart(step < 1000 ? 4 : 2, '0');
}
function colors() {
  const style = getComputedStyle(document.documentElement), found = {};
  for (const name of ['bg', 'panel', 'ink', 'soft', 'line', 'link', 's-starting', 's-ready', 's-stopped', 's-dead', 's-paused',
    's-none', 'fault', 'mark', 'blind', 'contra', 'b0', 'b1', 'b2', 'b3', 'b4', 'b5', 'b6', 'b7']) {
    found[name] = style.getPropertyValue('--' + name).trim();
  }
  return found;
}
