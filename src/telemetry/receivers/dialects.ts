import { version } from '../../model/version.ts';
import { asLines, type Dialect, json, ofValues, type Records, text, Unreadable } from './dialect.ts';
import { elastic } from './elastic.ts';
import { hec } from './hec.ts';
import { otlp } from './otlp.ts';

/** Lines as they are, or an array of JSON objects. */
export const lines: Dialect = {
  path: /^\/(?:ndjson|lines|v1\/lines)?$/,
  parse: (body) => {
    const start = body.subarray(0, 200).toString('latin1').trimStart();
    const records: Records = start.startsWith('[') && start[1] !== undefined ? ofArray(body) : asLines(body);
    return { ...records, answer: { stored: records.count } };
  },
  sorry: (reason) => ({ error: reason }),
  denied: () => ({ status: 401, body: { error: 'missing or wrong token' } }),
  // Elastic's shippers ask here for the version.
  greeting: { name: 'virga', version: { number: '8.17.0', build_flavor: 'default' }, tagline: `virga ${version}` },
};

export const dialects: readonly Dialect[] = [lines, ...hec, ...elastic, otlp];

function ofArray(body: Buffer): Records {
  const value = json(text(body));
  if (!Array.isArray(value)) throw new Unreadable('the body is no JSON array');
  return ofValues(value);
}
