/** What a workspace and the product itself hold that names ATT&CK objects: notes, indicators, findings, coverage. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mentionsOf } from '../attack/own-file.ts';
import { evidenced } from '../coverage/attack-evidence.ts';
import { FINDING_TECHNIQUES } from '../findings/judge.ts';
import { databaseOf } from '../lake/found.ts';
import { openLake } from '../lake/lake.ts';
import { announcedCount } from '../lake/lookback.ts';
import type { AttackImpact, Mention } from '../model/attack-impact.ts';
import { VirgaError } from '../model/errors.ts';
import { notesOf } from './attack-note.ts';
import { openDesk } from './intel/desk.ts';
import { indicatorsOf } from './intel/list.ts';

type Stored = { readonly mentions: readonly Mention[]; readonly skipped: AttackImpact['skipped'] };

/** The engine's share of memory: indicators are streamed, findings counted. */
const MEMORY = '512MB';

/** Every mention; a store that cannot be read is said, and hides none of the others. */
export async function storedMentions(workspace: string, tactic: (shortName: string) => string | null): Promise<Stored> {
  const parts = [
    { file: `the findings of ${workspace}`, mentions: () => findingMentions(workspace) },
    { file: `the indicators of ${workspace}`, mentions: () => indicatorMentions(workspace, tactic) },
  ];
  const mentions: Mention[] = [...noteMentions(workspace), ...coverageMentions()];
  const skipped: { file: string; reason: string }[] = [];
  for (const part of parts)
    try {
      mentions.push(...(await part.mentions()));
    } catch (error) {
      if (!(error instanceof VirgaError)) throw error;
      skipped.push({ file: part.file, reason: error.message });
    }
  return { mentions, skipped };
}

function noteMentions(workspace: string): Mention[] {
  const notes = notesOf(workspace);
  try {
    return notes.ids.flatMap((id) => {
      const note = notes.note(id);
      const place = { file: `note about ${id}`, kind: 'analyst note' as const, title: id, line: null };
      return [id, ...(note?.related ?? [])].map((attack_id, i) => ({
        ...place,
        path: i === 0 ? 'about' : 'related',
        written: attack_id,
        attack_id,
      }));
    });
  } finally {
    notes.close();
  }
}

/** What `attack layer` claims to see. */
const coverageMentions = (): Mention[] =>
  evidenced.map(({ technique, by }) => ({
    ...{ file: 'attack layer', kind: 'coverage claim' as const, title: by, line: null, path: null },
    ...{ written: technique, attack_id: technique },
  }));

/** Findings that live matching told name these techniques, all of them. */
async function findingMentions(workspace: string): Promise<Mention[]> {
  if (!existsSync(databaseOf(workspace))) return [];
  const temp = mkdtempSync(path.join(tmpdir(), 'virga-'));
  try {
    const lake = await openLake({ workspace, memory: MEMORY, temp });
    try {
      const findings = await announcedCount(lake);
      if (findings === 0) return [];
      return FINDING_TECHNIQUES.map((attack_id) => ({
        ...{ file: `the findings of ${workspace}`, kind: 'stored finding' as const, title: `${findings} told` },
        ...{ line: null, path: 'attack', written: attack_id, attack_id },
      }));
    } finally {
      lake.close();
    }
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

/** One mention for each source and way of writing, however many indicators carry it. */
async function indicatorMentions(workspace: string, tactic: (shortName: string) => string | null): Promise<Mention[]> {
  if (!existsSync(path.join(workspace, 'state.db'))) return [];
  const desk = await openDesk({ workspace, memory: MEMORY });
  const found = new Map<string, { readonly mention: Mention; readonly first: string; indicators: number }>();
  try {
    for await (const { statements } of indicatorsOf(desk, Date.now()))
      for (const { source, value, pattern, description, labels } of statements) {
        const own = { file: `indicators of ${source.name}`, kind: 'indicator' as const, title: null, json: null };
        const text = [description ?? '', ...labels].join('\n');
        const named = mentionsOf({ ...own, text }, tactic);
        for (const [written, mention] of new Map(named.map((m) => [m.written, m]))) {
          const key = `${own.file}\n${written}`;
          const known = found.get(key);
          if (known) known.indicators++;
          else found.set(key, { mention, first: (value ?? pattern ?? '').slice(0, 100), indicators: 1 });
        }
      }
  } finally {
    await desk.close();
  }
  return [...found.values()].map(({ mention, first, indicators }) => ({
    ...{ ...mention, line: null },
    path: indicators === 1 ? first : `${first} and ${indicators - 1} more`,
  }));
}
