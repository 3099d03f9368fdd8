import { describe, expect, test } from 'vitest';
import { renderers } from './index.ts';
import { operationShares, operationSize, operationsOf, operationWho } from './operations.ts';
import { emptyDocument, sampleDocument } from './testing.ts';

const { found, leads } = operationsOf(sampleDocument());
const [cluster] = [...found, ...leads];
if (!cluster) throw new Error('the sample has a cluster');

const people = renderers.filter((r) => ['table', 'markdown', 'html'].includes(r.id));

describe('operations', () => {
  test.each(people.map((r) => [r.id, r] as const))('%s tells who hangs together, and by what', (_id, renderer) => {
    const text = renderer.render(sampleDocument(), { width: 200, colour: false });
    const plain = text
      .replace(/<[^>]+>/g, ' ')
      .replaceAll('\\', '')
      .replace(/\s+/g, ' ');
    expect(plain).toContain('Operations');
    expect(plain).toContain('cloudflare-workers:harbour-metrics');
    expect(plain).toContain(operationSize(cluster));
  });

  test.each(people.map((r) => [r.id, r] as const))(
    '%s has no such part where nothing hangs together',
    (_id, renderer) => {
      expect(renderer.render(emptyDocument(), { width: 120, colour: false })).not.toContain('hang together');
    },
  );

  test('names are defanged and shown in full; what is left out is counted', () => {
    const many = { ...cluster, internal: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'] };
    expect(operationWho(many)).toContain('10.0.0.1, 10.0.0.2, 10.0.0.3 and 2 more -> ');
    expect(operationWho(many)).toContain('[.]workers[.]dev');
    expect(operationShares(cluster)).toBe(
      'They share the account cloudflare-workers:harbour-metrics (2), the cadence 10.40.2.17 on cloudflare-workers about every 5 min (2).',
    );
  });
});
