import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { technique } from './attack-names.ts';
import { cspHash } from './csp.ts';
import { html } from './html.ts';
import { script } from './html-script.ts';
import { style } from './html-style.ts';
import { escapeHtml, html as markup } from './markup.ts';
import { plainOutput } from './renderer.ts';
import { emptyDocument, hostilePieces, hostileTexts, largeDocument, sampleDocument, withTexts } from './testing.ts';

const render = (document = sampleDocument()): string => html.render(document, plainOutput);

const TAG = /^<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+[a-zA-Z0-9-]*(?:="[^"<>]*")?)*)\s?\/?>/;
const VOID = new Set(['meta', 'link', 'br', 'input', 'line', 'rect', 'path']);
const OUTSIDE =
  /^(?:#[a-z0-9-]+|https:\/\/attack\.mitre\.org\/techniques\/T\d{4}\/(?:\d{3}\/)?|data:image\/svg\+xml,[^"]*)$/;

/** Reads our page strictly: every `<` is a known tag, tags nest, no handler or style attribute, links stay inside. */
function walk(page: string): { readonly tags: readonly string[]; readonly text: string } {
  const body = page.replace('<!doctype html>', '').replace(style, '').replace(script, '');
  const tags: string[] = [];
  const open: string[] = [];
  let text = '';
  for (let at = 0; at < body.length; ) {
    const next = body.indexOf('<', at);
    text += body.slice(at, next < 0 ? body.length : next);
    if (next < 0) break;
    const tag = TAG.exec(body.slice(next, next + 4000));
    if (tag === null) throw new Error(`no tag of ours at ${next}: ${body.slice(next, next + 80)}`);
    const [whole, slash, name = '', attributes = ''] = tag;
    for (const [, key = '', value = ''] of attributes.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)) {
      if (/^on|^style$|^src$/.test(key)) throw new Error(`attribute ${key} in ${whole}`);
      if (key === 'href' && !OUTSIDE.test(value)) throw new Error(`link to ${value}`);
    }
    if (slash === '/') expect(open.pop()).toBe(name);
    else if (!VOID.has(name)) open.push(name);
    tags.push(slash + name);
    at = next + whole.length;
  }
  expect(open).toEqual([]);
  return { tags, text };
}

describe('page', () => {
  it('allows exactly its own script and style, and nothing from outside', () => {
    const page = render();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(policy.split('; ')[0]).toBe("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const [inlineScript] = /(?<=<script>)[\s\S]*?(?=<\/script>)/.exec(page) ?? [''];
    const [inlineStyle] = /(?<=<style>)[\s\S]*?(?=<\/style>)/.exec(page) ?? [''];
    expect(inlineScript.length).toBeGreaterThan(1000);
    expect(policy).toContain(`script-src ${cspHash(inlineScript)}`);
    expect(policy).toContain(`style-src ${cspHash(inlineStyle)}`);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.match(/<style/g)).toHaveLength(1);
    expect(page).not.toMatch(/url\(|@import|<img|<iframe|<object|<base|<form/);
  });

  it('says the policy before anything that it governs', () => {
    const page = render();
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>'));
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<link'));
  });

  it('holds only tags of ours that nest, whatever the values are', () => {
    const piece = fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 }).map((parts) => parts.join(''));
    const texts = fc.array(fc.oneof(piece, fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' })), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(texts, (list) => {
        let i = 0;
        const page = render(withTexts(sampleDocument(), () => list[i++ % list.length] ?? ''));
        const { tags, text } = walk(page);
        expect(tags.filter((t) => t === 'script' || t === 'style')).toEqual(['style', 'script']);
        expect(tags.filter((t) => /^(?:img|iframe|object|embed|form|base|a)$/.test(t) && t !== 'a')).toEqual([]);
        expect(text).not.toMatch(/["'`>]/);
      }),
      { numRuns: 60 },
    );
  });

  it('shows the same numbers as the document', () => {
    const document = sampleDocument();
    const page = render(document);
    expect(page.match(/<details class="card finding/g)).toHaveLength(document.findings.length);
    expect(page.match(/<details class="card lead/g)).toHaveLength(document.leads.length);
    expect(page).toContain('<span class="value">3,219,530</span> <span class="note">4 refused, 131 files</span>');
    expect(page).toContain('3,219,534 records read = 3,219,530 accepted + 4 refused.');
    expect(page).toContain('8,400 active, 96 expired, 2 not yet valid, 20 not for detection. 3 rows refused.');
    const rows = document.findings.flatMap((f) => f.evidence).filter((e) => e.events.length > 0);
    expect(page.match(/<details class="rows">/g)?.length).toBeGreaterThanOrEqual(rows.length);
    for (const e of rows) expect(page).toContain(`${e.rows_total.toLocaleString('en-US')} row`);
  });

  it('cites an indicator in full once in a finding, and points back to it after that', () => {
    const [first] = sampleDocument().findings;
    const page = render(sampleDocument({ findings: first === undefined ? [] : [first], leads: [] }));
    expect(page.match(/<div class="cited">/g)).toHaveLength(1);
    expect(page.match(/The indicator of Northwind CERT above: exactly this value/g)).toHaveLength(1);
  });

  it('puts verdict and limits before all else in main', () => {
    const { text } = walk(render());
    const order = [
      '4 findings on 3 internal hosts, the worst critical.',
      'No hit is no proof of absence.',
      'By internal host',
    ];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  it('defangs every endpoint, in text and in what is copied', () => {
    const page = render();
    expect(page).toContain('data-copy="cdn-sync-61aa[.]harbour-metrics[.]workers[.]dev"');
    const { findings } = sampleDocument();
    for (const { endpoint } of findings.slice(1, 2)) expect(page).not.toContain(endpoint.host);
  });

  it('draws at most 500 findings and 200 leads, and says where the others are', () => {
    const page = render(largeDocument(520, 2000));
    expect(page.match(/<details class="card finding/g)).toHaveLength(500);
    expect(page.match(/<details class="card lead/g)).toHaveLength(200);
    expect(page).toContain(
      '500 of 520 findings are drawn here, those with the highest scores. The other 20 are in the JSON',
    );
    expect(page).toContain('200 of 2,000 leads are drawn here');
    walk(page);
  });

  it('is whole without findings, leads, intelligence and telemetry', () => {
    const empty = emptyDocument();
    const bare = {
      ...empty,
      intel: { ...empty.intel, sources: [], guarded: [], by_kind: {}, by_platform: {} },
      observations: { platforms: [], own_candidates: [] },
      coverage: { statement: [], telemetry: [], platforms: [], detection_limits: [] },
      refused: { total: 0, reasons: {}, examples: [] },
    };
    const { text } = walk(render(bare));
    expect(text).toContain('No finding and no lead in what was read.');
    expect(text).toContain('No source was given');
  });

  it('uses every class that the style names, but for states and words of the model', () => {
    const pages = render() + render(largeDocument(501, 201)) + render(emptyDocument());
    const used = new Set([...pages.matchAll(/class="([^"]+)"/g)].flatMap((m) => (m[1] ?? '').split(' ')));
    const named = [...style.matchAll(/\.([a-z][a-z-]+)(?=[^{}]*\{)/g)].map((m) => m[1] ?? '');
    const known = new Set(['js', 'tick', 'informational', 'expired', 'not-yet-valid', 'learned-later']);
    expect(named.filter((c) => !used.has(c) && !known.has(c))).toEqual([]);
  });
});

describe('markup', () => {
  it('escapes every text, also in lists, and nothing twice', () => {
    const inner = markup`<b title="${'"><i>'}">${['<', '&']}</b>`;
    expect(markup`<p>${inner}${null}${3}</p>`.toString()).toBe('<p><b title="&quot;&gt;&lt;i&gt;">&lt;&amp;</b>3</p>');
  });

  it('never leaves a sign that HTML reads', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'`]|&(?!(?:amp|lt|gt|quot|#39|#96);)/);
      }),
    );
  });
});

describe('technique', () => {
  it('links what is an id of ATT&CK and nothing else', () => {
    expect(technique('T1584.007')).toEqual({
      name: 'Compromise Infrastructure: Serverless',
      url: 'https://attack.mitre.org/techniques/T1584/007/',
    });
    expect(technique('T9999').url).toBe('https://attack.mitre.org/techniques/T9999/');
    for (const id of ['javascript:alert(1)', 'T1584.007/../x', 'T1584.007\n', '', 'AN1996'])
      expect(technique(id).url).toBeNull();
  });
});
