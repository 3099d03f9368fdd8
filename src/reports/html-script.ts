/**
 * The page's only script: filter, copy, open and close. The page is complete without it. It reads no address, stores
 * nothing and asks for nothing. ES2020, no backslashes that a template literal would eat.
 */
export const script = `(() => {
  const root = document.documentElement;
  root.classList.add('js');
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const cards = all('details.card');
  const box = document.getElementById('filter');
  const said = document.getElementById('said');
  const fold = document.querySelector('#leads > details');
  const plain = (text) => text.toLowerCase().replaceAll('[.]', '.').replaceAll('[:]', ':').replaceAll('[@]', '@').replaceAll('hxxp', 'http');
  const texts = new Map();
  const textOf = (card) => {
    if (!texts.has(card)) texts.set(card, plain(card.textContent));
    return texts.get(card);
  };
  const links = new Map(all('.index a').map((a) => [a.getAttribute('href').slice(1), a.parentElement]));
  const filter = () => {
    const words = plain(box.value).split(' ').filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const hit = words.every((word) => textOf(card).includes(word));
      card.hidden = !hit;
      const link = links.get(card.id);
      if (link) link.hidden = !hit;
      if (hit) shown += 1;
    }
    for (const host of all('.index > ul > li')) host.hidden = all('li', host).every((li) => li.hidden);
    const none = document.getElementById('no-match');
    if (none) none.hidden = shown > 0;
    if (fold && words.length > 0) fold.open = all('details.card', fold).some((card) => !card.hidden);
    said.textContent = words.length === 0 ? '' : shown + ' of ' + cards.length + ' match';
  };
  box.addEventListener('input', filter);
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    box.value = '';
    filter();
  });
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.tagName === 'DETAILS') target.open = true;
    for (let up = target.parentElement; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true;
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  if (location.hash) reveal();
  const brief = (card) =>
    all('[data-brief]', card)
      .map((part) => (part.dataset.brief === 'head' ? part.textContent : '- ' + part.textContent).trim())
      .join(String.fromCharCode(10));
  const copy = async (button, text) => {
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = 'copied';
    } catch {
      button.textContent = 'not allowed';
    }
    said.textContent = button.textContent;
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (!button) return;
    if (button.dataset.copy !== undefined) copy(button, button.dataset.copy);
    if (button.dataset.briefOf !== undefined) copy(button, brief(document.getElementById(button.dataset.briefOf)));
    if (button.id === 'open-all') {
      const visible = all('#findings details.card').filter((card) => !card.hidden);
      const open = visible.some((card) => !card.open);
      for (const card of visible) card.open = open;
      button.textContent = open ? 'close all' : 'open all';
    }
  });
  document.addEventListener('keydown', (event) => {
    const here = event.target.closest && event.target.closest('details.card');
    if (!here || event.ctrlKey || event.metaKey || event.altKey || (event.key !== 'j' && event.key !== 'k')) return;
    const visible = cards.filter((card) => !card.hidden);
    const next = visible[visible.indexOf(here) + (event.key === 'j' ? 1 : -1)];
    if (next) next.querySelector('summary').focus();
  });
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not(.lead)').filter((part) => !part.open);
    for (const part of closed) part.open = true;
  });
  addEventListener('afterprint', () => {
    for (const part of closed) part.open = false;
  });
})();
`;
