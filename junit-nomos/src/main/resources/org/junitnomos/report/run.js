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
  View.all();
  document.documentElement.dataset.ready = 'yes';
});
