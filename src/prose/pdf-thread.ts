/**
 * What the thread that reads a PDF runs: plain JavaScript as text, since a thread must start from built and unbuilt code
 * alike. Words of one line are joined, a gap above 1.6 lines becomes an empty one. Nothing in the document is run or
 * fetched: scripts, forms, fonts and links are not looked at.
 */
export const READ_PAGES = `
const { parentPort, workerData } = require('node:worker_threads');
const say = (message) => parentPort.postMessage(message);
async function read() {
  const { getDocumentProxy } = await import(workerData.library);
  const pdf = await getDocumentProxy(workerData.bytes, {
    isEvalSupported: false, useSystemFonts: false, disableFontFace: true, stopAtErrors: false, enableXfa: false, verbosity: 0,
    standardFontDataUrl: undefined, cMapUrl: undefined, useWorkerFetch: false, disableAutoFetch: true,
  });
  if (pdf.numPages > workerData.pages) return say({ fault: 'it has ' + pdf.numPages + ' pages, more than ' + workerData.pages });
  for (let n = 1; n <= pdf.numPages; n++) {
    const page = await pdf.getPage(n);
    const { items } = await page.getTextContent();
    let text = '', y = null, height = 0;
    for (const item of items) {
      if (typeof item.str !== 'string') continue;
      const at = item.transform[5];
      if (y !== null && text.endsWith('\\n') && Math.abs(y - at) > 1.6 * (item.height || height || 10)) text += '\\n';
      text += item.str + (item.hasEOL ? '\\n' : '');
      if (item.str.trim() !== '') { y = at; height = item.height || height; }
    }
    say({ page: text });
    page.cleanup();
  }
  say({ done: true });
}
read().catch((error) => {
  const locked = /password/i.test(String(error && error.name) + String(error && error.message));
  say({ fault: locked ? 'it is locked with a password' : 'it is damaged: ' + String(error && error.message).split('\\n')[0].slice(0, 120) });
});
`;
