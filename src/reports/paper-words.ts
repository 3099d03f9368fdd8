/** What the renderers of papers share: marks of voices, addresses that may become links, word runs cut to what changed. */
import type { WordRun } from '../model/attack-diff.ts';
import type { Paper, Voice } from '../model/paper.ts';

/** The first word of a mark; the credit follows it. */
export const voiceWords: Readonly<Record<Voice, string>> = {
  mitre: 'MITRE',
  virga: 'Virga',
  user: 'User note',
};

/** Whether anything in the paper is said by this voice: only then its mark needs an explanation. */
export const hasWords = (paper: Paper, by: Voice): boolean =>
  paper.sections.some((section) => section.parts.some((part) => part.by === by));

/** The address as a link may carry it, or null: only http and https, no user name, bounded, everything odd encoded. */
export function safeUrl(url: string): string | null {
  if (url.length > 2000 || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!['https:', 'http:'].includes(parsed.protocol) || parsed.username !== '' || parsed.password !== '') return null;
  return parsed.href.replace(
    /[<>"'`()\\|\s]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Characters of unchanged text that are shown on each side of a change. */
const AROUND = 60;

/** The runs with long unchanged stretches cut to their ends. */
export function nearChanges(runs: readonly WordRun[]): WordRun[] {
  return runs.map((run, i) => {
    if (run.is !== '=' || run.text.length <= AROUND * 2 + 10) return run;
    const head = i === 0 ? '' : run.text.slice(0, AROUND);
    const tail = i === runs.length - 1 ? '' : run.text.slice(-AROUND);
    return { is: '=', text: `${head} … ${tail}` };
  });
}
