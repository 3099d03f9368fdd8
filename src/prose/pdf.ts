/** PDF as text: a form feed, then the lines of a page, as `pdftotext` writes them. Read in a thread of its own, within limits. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ProseFault } from './passage.ts';
import { READ_PAGES } from './pdf-thread.ts';

export type PdfLimits = {
  /** Milliseconds for the whole document. */
  readonly time: number;
  /** Bytes that reading may take beside the file itself. */
  readonly memory: number;
  readonly pages: number;
  readonly characters: number;
};

const require = createRequire(import.meta.url);

/** A report of 2,000 pages is read in 20 seconds; what takes more was made to take more. */
export const pdfLimits: PdfLimits = { time: 60_000, memory: 768 * 2 ** 20, pages: 5000, characters: 50_000_000 };

/** Whether bytes begin as a PDF: readers allow what mailers put before it. */
export const isPdf = (head: Uint8Array): boolean => Buffer.from(head.subarray(0, 1024)).includes('%PDF-');

/** The text of a PDF, page after page. Throws `ProseFault` for what cannot be read, or not within the limits. */
export async function* pdfText(bytes: Uint8Array, limits: PdfLimits = pdfLimits): AsyncGenerator<string> {
  const library = pathToFileURL(require.resolve('unpdf')).href.replace(/\.cjs$/, '.mjs');
  const worker = new Worker(READ_PAGES, {
    eval: true,
    workerData: { library, bytes, pages: limits.pages },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limits.memory / 2 ** 20) },
  });
  const inbox = listenTo(worker);
  const watch = watchOver(limits, inbox.fail);
  let characters = 0;
  try {
    for (let page = await inbox.next(); page !== null; page = await inbox.next()) {
      characters += page.length;
      if (characters > limits.characters) throw new ProseFault(`it holds more than ${limits.characters} characters`);
      yield `\f${page}`;
    }
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

/** Memory of streams that unpack is outside the thread's heap, so the process is watched while it reads. */
function watchOver(limits: PdfLimits, fail: (fault: ProseFault) => void): NodeJS.Timeout {
  const began = Date.now();
  const before = process.memoryUsage.rss();
  const look = (): void => {
    if (Date.now() - began > limits.time)
      fail(new ProseFault(`reading it takes longer than ${limits.time / 1000} seconds`));
    else if (process.memoryUsage.rss() - before > limits.memory)
      fail(new ProseFault('it unpacks to more than memory allows'));
  };
  return setInterval(look, 20);
}

type Message = { readonly page: string } | { readonly done: true } | { readonly fault: string };

/** What the thread says, in order; null at the end. */
function listenTo(worker: Worker): { next: () => Promise<string | null>; fail: (fault: ProseFault) => void } {
  const pages: string[] = [];
  let [done, fault]: [boolean, ProseFault | null] = [false, null];
  let wake = (): void => {};
  const fail = (reason: ProseFault): void => {
    fault ??= reason;
    wake();
  };
  worker.on('message', (message: Message) => {
    if ('page' in message) pages.push(message.page);
    else if ('fault' in message) fail(new ProseFault(message.fault));
    else done = true;
    wake();
  });
  worker.on('error', (error) => fail(new ProseFault(`it cannot be read (${firstLine(error.message)})`)));
  worker.on('exit', () => {
    if (!done) fail(new ProseFault('it cannot be read'));
  });
  const next = async (): Promise<string | null> => {
    for (;;) {
      const page = pages.shift();
      if (page !== undefined) return page;
      if (fault) throw fault;
      if (done) return null;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { next, fail };
}

const firstLine = (text: string): string =>
  (text.split('\n', 1)[0] ?? '').replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ').slice(0, 120);
