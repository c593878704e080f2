document.addEventListener('DOMContentLoaded', () => {
  const data = pageData()[0];
  if (!data) {
    byId('verdict').append(el('p', { class: 'warn' }, 'The data of this page are not whole; see report.json and journal.jsonl beside it.'));
    return;
  }
  prepare(data);
  buildHeader();
  buildTimeline();
  buildVerdict();
  buildLoad();
  buildCluster();
  buildCompare();
  buildPlan();
  // What is scrolled to must not be below the head of the page, which has more lines in a narrow window.
  const head = () => { document.documentElement.style.scrollPaddingTop = byId('top').offsetHeight + 8 + 'px'; };
  window.addEventListener('resize', head);
  head();
  View.all();
  document.documentElement.dataset.ready = 'yes';
});
