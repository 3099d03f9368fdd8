/** The HTML report as people use it: in Chromium, from a file, with the network watched. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HuntDocument } from '../src/model/finding.ts';
import { html } from '../src/reports/html.ts';
import { plainOutput } from '../src/reports/index.ts';
import { emptyDocument, hostileTexts, largeDocument, sampleDocument, withTexts } from '../src/reports/testing.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-report-'));
const fileOf = (name: string): string => path.join(temp, `${name}.html`);
let browser: Browser;

function hostile(): HuntDocument {
  let i = 0;
  return withTexts(sampleDocument(), () => hostileTexts[i++ % hostileTexts.length] ?? '');
}

beforeAll(async () => {
  const hunt = [
    'dist/cli/main.js',
    'hunt',
    'examples/logs',
    '--intel',
    'examples/intel',
    '--characteristics',
    'examples/characteristics',
    '--out',
    fileOf('example'),
  ];
  execFileSync(process.execPath, hunt);
  const documents = {
    sample: sampleDocument(),
    empty: emptyDocument(),
    large: largeDocument(520, 2000),
    hostile: hostile(),
  };
  for (const [name, document] of Object.entries(documents))
    writeFileSync(fileOf(name), html.render(document, plainOutput));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser.close();
  rmSync(temp, { recursive: true, force: true });
});

type Opened = { readonly page: Page; readonly complaints: string[]; readonly requests: string[] };

/** Opens a report; every request but the file itself is refused and noted, so are errors, warnings and CSP reports. */
async function open(name: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const report = pathToFileURL(fileOf(name)).href;
  page.on('console', (m) => (m.type() === 'error' || m.type() === 'warning') && complaints.push(m.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.route('**/*', (route) =>
    route.request().url().split('#')[0] === report ? route.continue() : route.abort(),
  );
  await page.addInitScript(
    "document.addEventListener('securitypolicyviolation', (e) => console.error('CSP ' + e.violatedDirective + ' ' + e.sample))",
  );
  await page.goto(report);
  return { page, complaints, requests };
}

const outside = ({ requests }: Opened): string[] =>
  requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'));
const sideways = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const sights = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const;

describe.each(['example', 'sample', 'empty', 'hostile'])('the report of %s', (name) => {
  it.each(sights)(
    '%s at %i pixels: quiet, asks for nothing, verdict first, no sideways scrolling',
    async (colorScheme, width) => {
      const opened = await open(name, { colorScheme, viewport: { width, height: 900 } });
      const { page, complaints } = opened;
      const box = await page.locator('h1').boundingBox();
      expect(box && box.y + box.height).toBeLessThan(900);
      expect(await sideways(page)).toBeLessThanOrEqual(0);
      await page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true");
      expect(await sideways(page)).toBeLessThanOrEqual(0);
      expect(await page.evaluate('globalThis.broken === undefined')).toBe(true);
      expect(outside(opened)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it.each(sights)('%s at %i pixels: axe finds no serious fault, opened and closed', async (colorScheme, width) => {
    const { page } = await open(name, { colorScheme, viewport: { width, height: 900 } });
    await page.evaluate(axe.source);
    const faults = () =>
      page.evaluate<string[]>(
        "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.filter((v) => v.impact !== 'minor').flatMap((v) => v.nodes.slice(0, 3).map((n) => v.id + ': ' + n.target + ' ' + (n.failureSummary || ''))))",
      );
    expect(await faults()).toEqual([]);
    // The example's 48 leads are drawn like the sample's two: opening them all takes axe half a minute and shows no more.
    const parts = name === 'example' ? 'details:not(.lead)' : 'details';
    await page.evaluate(`for (const part of document.querySelectorAll('${parts}')) part.open = true`);
    expect(await faults()).toEqual([]);
    await page.context().close();
  });
});

describe('the report at work', () => {
  it('tells the result of the example', async () => {
    const { page } = await open('example');
    expect(await page.locator('h1').textContent()).toMatch(/^9 findings on 9 internal hosts/);
    expect(await page.locator('#findings details.card').count()).toBe(9);
    await page.context().close();
  });

  it('shows the limits beside the verdict, without scrolling', async () => {
    const { page } = await open('sample');
    const box = await page.getByText('No hit is no proof of absence.').first().boundingBox();
    expect(box && box.y + box.height).toBeLessThan(900);
    await page.context().close();
  });

  it('filters findings and leads, defanged or not, and says how many', async () => {
    const { page } = await open('sample');
    const cards = page.locator('#findings details.card:visible');
    expect(await cards.count()).toBe(4);
    await page.fill('#filter', 'hxxps://script[.]google[.]com');
    expect(await cards.count()).toBe(1);
    await page.fill('#filter', 'portal-status.azurewebsites.net MEDIUM');
    expect(await cards.count()).toBe(1);
    expect(await page.locator('#said').textContent()).toBe('1 of 6 match');
    expect(await page.locator('.index a:visible').count()).toBe(1);
    await page.fill('#filter', 'nothing at all like this');
    expect(await page.locator('#no-match').isVisible()).toBe(true);
    await page.press('#filter', 'Escape');
    expect(await cards.count()).toBe(4);
    await page.context().close();
  });

  it('opens the finding that a link names, and all at once', async () => {
    const { page } = await open('sample');
    const second = page.locator('#f2 .body');
    expect(await second.isVisible()).toBe(false);
    await page.locator('.index a[href="#f2"]').click();
    await second.waitFor({ state: 'visible' });
    await page.click('#open-all');
    expect(await page.locator('#findings details.card[open]').count()).toBe(4);
    await page.click('#open-all');
    expect(await page.locator('#findings details.card[open]').count()).toBe(0);
    await page.context().close();
  });

  it('walks by keyboard from finding to finding', async () => {
    const { page } = await open('sample');
    await page.focus('#f1 > summary');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    expect(await page.locator('#f2').getAttribute('open')).not.toBeNull();
    await page.keyboard.press('k');
    expect(await page.evaluate('document.activeElement.parentElement.id')).toBe('f1');
    await page.context().close();
  });

  it('copies the endpoint defanged, and a brief for a ticket', async () => {
    const { page } = await open('sample', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.click('#f1 > summary');
    await page.click('#f1 [data-copy]');
    await page.getByText('copied').first().waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'cdn-sync-61aa[.]harbour-metrics[.]workers[.]dev',
    );
    await page.click('#f1 [data-brief-of]');
    await page.waitForFunction("navigator.clipboard.readText().then((t) => t.includes('What to do next'))");
    const brief = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(brief.split('\n')[0]).toBe('10.40.3.17 (ws-finance-07) and cdn-sync-61aa[.]harbour-metrics[.]workers[.]dev');
    expect(brief).toContain('- finding, critical, score 0.98');
    expect(brief).not.toContain('harbour-metrics.workers.dev');
    await page.context().close();
  });

  it('is whole without scripts', async () => {
    const { page } = await open('sample', { javaScriptEnabled: false });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.locator('button:visible').count()).toBe(0);
    await page.click('#f2 > summary');
    expect(await page.locator('#f2 .evidence').isVisible()).toBe(true);
    await page.context().close();
  });

  it('stays usable with 520 findings and 2,000 leads', async () => {
    const { page, complaints } = await open('large');
    expect(await page.locator('#findings details.card').count()).toBe(500);
    await page.fill('#filter', 'fn-499.account');
    expect(await page.locator('#findings details.card:visible').count()).toBe(1);
    expect(await page.getByText('500 of 520 findings are drawn here').isVisible()).toBe(true);
    expect(await sideways(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('prints with every part opened, with scripts and without', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open('sample', { javaScriptEnabled });
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.bar nav').isVisible()).toBe(false);
      if (!javaScriptEnabled) expect(await page.locator('#f3 .evidence').boundingBox()).not.toBeNull();
      const pdf = await page.pdf({ format: 'A4' });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(6);
      await page.context().close();
    }
  });
});
