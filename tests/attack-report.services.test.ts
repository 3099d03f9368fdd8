/** The report of an ATT&CK object as people use it: in Chromium, from a file, with the network watched. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleText, ids, release20, withObject } from '../src/attack/testing.ts';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-attack-report-'));
const report = path.join(temp, 'an1996.html');
let browser: Browser;

beforeAll(async () => {
  const hostile =
    '</p><script>document.title = "broken"</script><img src="https://nowhere.example/x.png" onerror="alert(1)"> [link](javascript:alert(2))';
  const bundle = path.join(temp, 'bundle.json');
  writeFileSync(bundle, bundleText(withObject(release20(), ids.mitigation, { description: hostile })));
  const virga = (...args: string[]) =>
    execFileSync(process.execPath, ['dist/cli/main.js', 'attack', ...args, '--workspace', temp]);
  virga('import', bundle, '--release', '30.0');
  virga('show', 'AN1996', '--out', report);
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

test.each(['light', 'dark'] as const)(
  'in %s: whole by itself, nothing fetched, nothing run, readable for everybody',
  async (colorScheme) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
    const page = await context.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (m) => complaints.push(m.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(report).href);
    expect(await page.title()).toBe('AN1996 Analytic 1996 – Virga');
    expect(requests).toEqual([pathToFileURL(report).href]);
    expect(complaints).toEqual([]);
    expect(await page.locator('script, img, iframe').count()).toBe(0);
    expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
    const [parts, marked] = [
      await page.locator('section .part').count(),
      await page.locator('section .part > .credit').count(),
    ];
    expect(marked).toBe(parts - 3); // the three of the key on top
    for (const cite of await page.locator('a.cite').all()) {
      const target = await cite.getAttribute('href');
      expect(await page.locator(`[id="${target?.slice(1)}"]`).count()).toBe(1);
    }
    await context.close();
    const checked = await browser.newContext({ colorScheme, bypassCSP: true });
    const look = await checked.newPage();
    await look.goto(pathToFileURL(report).href);
    await look.addScriptTag({ content: axe.source });
    const violations = await look.evaluate<string[]>(
      'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0].html))',
    );
    expect(violations).toEqual([]);
    await checked.close();
  },
);

test('on a phone nothing is wider than the screen', async () => {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 800 } })).newPage();
  await page.goto(pathToFileURL(report).href);
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});
