import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const temp = mkdtempSync(path.join(tmpdir(), 'virga-report-'));
const report = path.join(temp, 'report.html');
let browser: Browser;

beforeAll(async () => {
  execFileSync(process.execPath, [
    'dist/cli/main.js',
    'hunt',
    'examples/logs',
    '--intel',
    'examples/intel',
    '--out',
    report,
  ]);
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

type Opened = { page: Page; complaints: string[]; requests: string[] };

async function open(colorScheme: 'light' | 'dark', width: number): Promise<Opened> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on(
    'console',
    (message) => (message.type() === 'error' || message.type() === 'warning') && complaints.push(message.text()),
  );
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(report).href);
  return { page, complaints, requests };
}

describe('the HTML report in Chromium', () => {
  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)(
    '%s at %i pixels: quiet, asks for nothing outside, verdict in the first screen, no sideways scrolling',
    async (scheme, width) => {
      const { page, complaints, requests } = await open(scheme, width);
      expect(complaints).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
      const box = await page.locator('h1').first().boundingBox();
      expect(box && box.y + box.height).toBeLessThan(900);
      expect(await page.locator('body').textContent()).toMatch(/8 findings/);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );

  it('prints on paper with everything that a finding holds', async () => {
    const { page } = await open('light', 1280);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    await page.context().close();
  });

  it('leaves the dark scheme legible: text and ground differ', async () => {
    const { page } = await open('dark', 1280);
    const [text, ground] = (await page.evaluate(
      '[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]',
    )) as [string, string];
    const light = (color: string): number =>
      (color.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, n) => sum + Number(n), 0) / 3;
    expect(Math.abs(light(text) - light(ground))).toBeGreaterThan(120);
    await page.context().close();
  });
});
