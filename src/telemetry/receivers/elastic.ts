import { type Dialect, ofLines, text, Unreadable } from './dialect.ts';

const answers = {
  sorry: (reason: string, status: number): object => ({
    error: { type: 'illegal_argument_exception', reason },
    status,
  }),
  denied: () => ({
    status: 401,
    body: { error: { type: 'security_exception', reason: 'missing or wrong token' }, status: 401 },
  }),
};

/** What became of one action; shippers give up a document that has 400 and repeat none that has 201. */
type Item = Readonly<Record<string, { readonly status: number; readonly error?: object }>>;

const refused = (action: string, type: string, reason: string): Item => ({
  [action]: { status: 400, error: { type, reason } },
});

/** Elastic `_bulk`: an action line, then the document; https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-bulk (2026-11-24). */
const bulk: Dialect = {
  ...answers,
  path: /^\/(?:[^/]{1,255}\/)?_bulk$/,
  parse: (body) => {
    const documents: string[] = [];
    const items: Item[] = [];
    const rows = text(body).split('\n');
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]?.trim() ?? '';
      if (row === '') continue;
      const action = /^\{\s*"(index|create|update|delete)"/.exec(row)?.[1];
      if (!action) throw new Unreadable(`line ${at + 1} is no action of _bulk`);
      const document = action === 'delete' ? '' : (rows[++at]?.trim() ?? '');
      if (action === 'update' || action === 'delete')
        items.push(refused(action, 'illegal_argument_exception', 'logs are not changed, only added'));
      else if (!document.startsWith('{'))
        items.push(refused(action, 'document_parsing_exception', `line ${at + 1} is no document`));
      else {
        documents.push(document);
        items.push({ [action]: { status: 201 } });
      }
    }
    return { ...ofLines(documents), answer: { took: 0, errors: documents.length < items.length, items } };
  },
  greeting: {},
};

/** What Elastic's shippers ask before they send; they go on with an empty answer. */
const setup: Dialect = {
  ...answers,
  path: /^\/(?:_license|_xpack|_ilm\/.*|_index_template\/.*|_cluster\/health)$/,
  parse: () => ({ ...ofLines([]), answer: { acknowledged: true } }),
  greeting: { license: { uid: 'virga', type: 'basic', status: 'active' } },
};

export const elastic: readonly Dialect[] = [bulk, setup];
