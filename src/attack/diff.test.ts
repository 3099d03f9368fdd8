import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttackObject } from '../model/attack.ts';
import type { AttackDiff, ChangeCategory } from '../model/attack-diff.ts';
import { type DiffSide, diffReleases } from './diff.ts';
import type { JsonObject } from './json.ts';
import { factsOf } from './object.ts';
import { ids, release20, release21, withObject } from './testing.ts';

function side(release: string, objects: readonly JsonObject[]): DiffSide {
  const rows = objects.map((json, n): AttackObject => {
    const facts = factsOf(json);
    if (typeof facts === 'string') throw new Error(facts);
    return { ...facts, n, start: 0, length: 0 };
  });
  const jsons = new Map(rows.map((row, i) => [row.id, objects[i] ?? {}]));
  return {
    release,
    objects: rows,
    open: () => (id) => jsons.get(id) ?? {},
    replacement: () => rows.find((r) => r.id === ids.technique) ?? null,
  };
}

const diff = (a: readonly JsonObject[], b: readonly JsonObject[]): AttackDiff =>
  diffReleases('enterprise-attack', side('1', a), side('2', b));
const rowOf = (d: AttackDiff, id: string) => d.objects.find((o) => o.id === id);
const changed = (id: string, change: JsonObject) => rowOf(diff(release20(), withObject(release20(), id, change)), id);

describe('diffReleases', () => {
  test('a release and itself, in either STIX form, do not differ', () => {
    expect(diff(release20(), release20()).objects).toEqual([]);
    expect(
      diff(
        release20(),
        release21('2').filter((o) => o.type !== 'x-mitre-collection'),
      ).objects,
    ).toEqual([]);
  });

  test.each<[string, JsonObject, ChangeCategory[], string[]]>([
    ['one major step', { x_mitre_version: '2.0' }, ['major_version'], ['x_mitre_version']],
    ['one minor step', { x_mitre_version: '1.1' }, ['minor_version'], ['x_mitre_version']],
    ['two steps', { x_mitre_version: '1.2' }, ['other_version'], ['x_mitre_version']],
    ['a major step that is not to .0', { x_mitre_version: '2.1' }, ['other_version'], ['x_mitre_version']],
    ['a step back', { x_mitre_version: '0.9' }, ['other_version'], ['x_mitre_version']],
    ['no version any more', { x_mitre_version: null }, ['other_version'], ['x_mitre_version']],
    ['a new date', { modified: '2031-01-01T00:00:00.000Z' }, ['modified_same_version'], ['modified']],
    ['content without a new date', { description: 'Other words.' }, ['content_changed_same_modified'], ['description']],
    ['revoked', { revoked: true }, ['revoked', 'content_changed_same_modified'], ['revoked']],
    [
      'deprecated with a new version',
      { x_mitre_deprecated: true, x_mitre_version: '2.0' },
      ['deprecated', 'major_version'],
      ['x_mitre_deprecated', 'x_mitre_version'],
    ],
  ])('%s', (_, change, categories, fields) => {
    expect(changed(ids.technique, change)).toMatchObject({ categories, changed_fields: fields });
  });

  test('a default that is only written out, or left out, is no change by itself and told beside others', () => {
    const bare = release20().map(({ revoked: _, ...o }) => o);
    const objects = bare.map((o): JsonObject => o);
    expect(
      diff(
        release20().filter((o) => o.revoked !== true),
        objects.filter((o) => o.id !== ids.old),
      ).objects,
    ).toEqual([]);
    const renamed = withObject(objects, ids.group, { name: 'Group Two' });
    expect(rowOf(diff(release20(), renamed), ids.group)?.changed_fields).toEqual(['name', 'revoked']);
  });

  test('only dates and editors: told as bookkeeping', () => {
    expect(
      changed(ids.group, { modified: '2031-01-01T00:00:00.000Z', x_mitre_attack_spec_version: '9.9.9' })?.bookkeeping,
    ).toBe(true);
    expect(changed(ids.group, { modified: '2031-01-01T00:00:00.000Z', aliases: ['Group One'] })?.bookkeeping).toBe(
      false,
    );
  });

  test('embedded references, log sources, tactics and lists are told in words', () => {
    expect(changed(ids.strategy, { x_mitre_analytic_refs: [ids.twin] })?.changes.flatMap((c) => c.says)).toEqual([
      'analytic AN1961 Analytic 1961 added',
      'analytic AN1996 Analytic 1996 removed',
    ]);
    const logs = [{ x_mitre_data_component_ref: ids.component, name: 'Internet Scan', channel: 'HTTP' }];
    expect(changed(ids.analytic, { x_mitre_log_source_references: logs })?.changes.flatMap((c) => c.says)).toEqual([
      'log source Internet Scan (channel HTTP) of DC0104 Response Content added',
      'log source Internet Scan (channel None) of DC0104 Response Content removed',
    ]);
    expect(
      changed(ids.technique, {
        kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'stealth' }],
      })?.changes.flatMap((c) => c.says),
    ).toEqual(['tactic stealth added', 'tactic resource-development removed']);
    expect(changed(ids.group, { aliases: ['First', 'Group One'] })?.changes.flatMap((c) => c.says)).toEqual([
      'alias list put in another order',
    ]);
  });

  test('words of a text that went and came; put together they are both texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'function', 'answers', 'to', 'nobody', '.', '\n', '<b>'), { maxLength: 30 })
      .map((w) => `${w.join(' ')} with a longer end of forty characters`);
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        const d = diff(
          withObject(release20(), ids.group, { description: before }),
          withObject(release20(), ids.group, { description: after }),
        );
        const words = rowOf(d, ids.group)?.changes[0]?.words ?? [];
        expect(
          words
            .filter((w) => w.is !== '+')
            .map((w) => w.text)
            .join(''),
        ).toBe(before);
        expect(
          words
            .filter((w) => w.is !== '-')
            .map((w) => w.text)
            .join(''),
        ).toBe(after);
      }),
    );
  });

  test('what was added one way was removed the other way; the rows are exactly the ids that differ', () => {
    const some = fc.subarray(release20(), { minLength: 1 });
    fc.assert(
      fc.property(some, some, fc.boolean(), (a, b, touch) => {
        const after = touch ? b.map((o): JsonObject => ({ ...o, name: 'touched' })) : b;
        const [there, back] = [diff(a, after), diff(after, a)];
        const of = (d: AttackDiff, c: ChangeCategory): string[] =>
          d.objects.filter((o) => o.categories.includes(c)).map((o) => o.id);
        expect(of(there, 'added')).toEqual(of(back, 'removed'));
        expect(of(there, 'removed')).toEqual(of(back, 'added'));
        expect(there.objects.map((o) => o.id).sort()).toEqual(back.objects.map((o) => o.id).sort());
        const counted = Object.values(there.counts).reduce((sum, row) => sum + (row.unchanged ?? 0), 0);
        const appeared = of(there, 'removed').length;
        expect(counted + there.objects.length - appeared).toBe(after.length);
      }),
    );
  });

  test('a revoked object names what replaces it; one with a new id, its old one; a relation, both ends', () => {
    expect(changed(ids.twinTechnique, { revoked: true })?.replaced_by?.attack_id).toBe('T1584.007');
    const references = [{ source_name: 'mitre-attack', external_id: 'T9999', url: 'https://attack.example/T9999' }];
    expect(changed(ids.technique, { external_references: references })).toMatchObject({
      attack_id: 'T9999',
      renumbered_from: 'T1584.007',
    });
    const without = release20().filter((o) => o.relationship_type !== 'uses');
    expect(diff(release20(), without).objects.map((o) => o.subject)).toEqual([
      'C0001 Campaign One uses T1583.007 Own functions',
      'G0001 Group One uses S0001 Tool One',
    ]);
  });

  test('texts of megabytes are compared without words, and at once', () => {
    const long = (c: string): string => `${c} `.repeat(1_000_000);
    const d = diff(
      withObject(release20(), ids.group, { description: long('a') }),
      withObject(release20(), ids.group, { description: long('b') }),
    );
    expect(rowOf(d, ids.group)?.changes).toEqual([
      { field: 'description', says: ['description reworded'], words: null },
    ]);
  });
});
