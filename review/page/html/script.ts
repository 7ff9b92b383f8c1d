/**
 * The page's script: search and filters, which work from the URL's hash and keep it there. It makes no elements of texts, and asks for
 * nothing. Without it the page shows everything.
 */
export const PAGE_SCRIPT = `'use strict';
(() => {
  const NAMES = ['q', 'weight', 'action', 'environment', 'stack', 'severity'];
  const form = document.getElementById('filters');
  const found = document.getElementById('found');
  const items = [...document.querySelectorAll('[data-i]')];
  const groups = [...document.querySelectorAll('[data-group]')];
  const texts = new Map();
  const opened = new Set();
  form.hidden = false;
  const textOf = (item) => {
    let text = texts.get(item);
    if (text === undefined) {
      text = (item.textContent + ' ' + (item.dataset.stack || '')).toLowerCase();
      texts.set(item, text);
    }
    return text;
  };
  const read = () => {
    const wanted = {};
    const given = new URLSearchParams(location.hash.slice(1));
    for (const name of NAMES) wanted[name] = (given.get(name) || '').slice(0, 1000).trim();
    return wanted;
  };
  const matches = (item, wanted) => {
    for (const name of NAMES) {
      const value = wanted[name];
      if (value === '') continue;
      if (name === 'q') {
        const text = textOf(item);
        for (const word of value.toLowerCase().split(/\\s+/)) if (!text.includes(word)) return false;
      } else {
        const own = (item.dataset[name] || '').split(' ');
        if (!value.split(',').some((one) => own.includes(one))) return false;
      }
    }
    return true;
  };
  const show = (wanted) => {
    const active = NAMES.some((name) => wanted[name] !== '');
    const kept = new Set();
    let count = 0;
    for (const item of items) {
      const hit = !active || matches(item, wanted);
      if (item.hidden === hit) item.hidden = !hit;
      if (!hit) continue;
      count += 1;
      if (active) for (let up = item.parentElement; up !== null && !kept.has(up); up = up.parentElement) kept.add(up);
    }
    for (const group of groups) group.hidden = active && !kept.has(group);
    for (const one of opened) one.open = false;
    opened.clear();
    if (active) {
      for (const one of document.querySelectorAll('details.s')) {
        if (opened.size >= 25) break;
        if (!one.open && kept.has(one)) {
          one.open = true;
          opened.add(one);
        }
      }
    }
    found.textContent = active ? count + ' of ' + items.length + ' shown' : 'all ' + items.length + ' items shown';
  };
  const fill = (wanted) => {
    for (const name of NAMES) {
      const field = form.elements.namedItem(name);
      if (field !== null && field.value !== wanted[name]) field.value = wanted[name];
    }
  };
  const fromHash = () => {
    const wanted = read();
    fill(wanted);
    show(wanted);
    const hash = location.hash.slice(1);
    const at = hash.includes('=') ? new URLSearchParams(hash).get('at') : hash;
    if (at !== null && at !== '') go(at);
  };
  // A hash may want several weights, which no field shows: what the reader did not touch stays.
  const touched = new Set();
  const fromForm = () => {
    const hash = new URLSearchParams();
    const wanted = read();
    for (const name of NAMES) {
      const field = form.elements.namedItem(name);
      if (touched.has(name)) wanted[name] = field === null ? '' : field.value.trim();
      if (wanted[name] !== '') hash.set(name, wanted[name]);
    }
    touched.clear();
    const text = hash.toString();
    history.replaceState(null, '', text === '' ? location.pathname + location.search : '#' + text);
    show(wanted);
  };
  const go = (id) => {
    const target = document.getElementById(id);
    if (target === null) return;
    const details = target.closest('details');
    if (details !== null) details.open = true;
    target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  };
  let waiting;
  form.addEventListener('input', (event) => {
    touched.add(event.target.name);
    clearTimeout(waiting);
    waiting = setTimeout(fromForm, 120);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    fromForm();
  });
  form.addEventListener('reset', () => {
    for (const name of NAMES) touched.add(name);
    clearTimeout(waiting);
    waiting = setTimeout(fromForm, 0);
  });
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link === null) return;
    event.preventDefault();
    const at = link.getAttribute('href').slice(1);
    const hash = new URLSearchParams(location.hash.includes('=') ? location.hash.slice(1) : '');
    hash.set('at', at);
    history.replaceState(null, '', '#' + hash);
    go(at);
  });
  addEventListener('hashchange', fromHash);
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')];
    for (const one of closed) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of closed) one.open = false;
  });
  fromHash();
})();`;
