import { EXAMPLES } from '../../lake/touches.ts';
import type { Behaviour } from './behaviour.ts';

/**
 * What makes the contacts of each pair: `software` where it is surely no browser of this host, by user agent or by TLS
 * client; `claims` where the user agent is that of a browser.
 */
export const clientView = `CREATE OR REPLACE VIEW client AS SELECT t.src, t.name, mode(t.ua) AS ua, mode(t.ja4) AS ja4, any_value(h.browser) AS browser,
  coalesce(bool_and(t.ua IS NULL OR regexp_matches(t.ua, '^Mozilla/5\\.0 .*(Chrome|Firefox|Safari|Edg)/') AND NOT contains(t.ua, 'PowerShell')), true) AND count(t.ua) > 0 AS claims,
  coalesce(bool_or(t.ua IS NOT NULL AND (NOT starts_with(t.ua, 'Mozilla/') OR contains(t.ua, 'PowerShell'))), false)
    OR coalesce(bool_and(t.ja4 IS NULL OR t.ja4 <> h.browser), false) AND count(t.ja4) > 0 AND any_value(h.browser) IS NOT NULL AS software
  FROM touch t LEFT JOIN habit h ON h.src = t.src GROUP BY t.src, t.name`;

const cited = (where: string): string =>
  `SELECT t.src, t.name, t.place, c.ua, c.ja4, c.browser, count(*) AS events, ${EXAMPLES} FROM touch t JOIN endpoint e USING (name) JOIN client c USING (src, name)
  WHERE e.drop_site = 0 AND e.hosts <= $hosts AND ${where} GROUP BY ALL`;

/** The user agent is a browser's, the handshake is not that of any browser here. */
export const masquerade = {
  id: 'hunt.masquerade',
  says: 'the user agent is that of a browser, the TLS client is one that browses on no host here',
  class: 'behaviour',
  needs: ['http.user_agent', 'tls.ja4'],
  parameters: { hosts: { value: 3, reason: 'a client that several hosts have is a product' } },
  sql: cited(
    "c.claims AND c.ja4 IS NOT NULL AND c.browser IS NOT NULL AND c.ja4 <> c.browser AND c.ja4 NOT IN (SELECT browser FROM habit WHERE browser IS NOT NULL) AND t.place = 'tls.sni'",
  ),
  weight: 0.8,
  guard: null,
  opens: false,
  explain: (row) =>
    `the user agent says ${row.ua}, the TLS client is ${row.ja4}, with which no host here browses (${row.src} browses with ${row.browser})`,
  blindTo: ['TLS libraries that imitate a browser', 'hosts that do not browse'],
} satisfies Behaviour;

/** A program calls, where most names are met by a browser. */
export const software = {
  id: 'hunt.software',
  says: 'a program makes the contact, not the browser of this host',
  class: 'behaviour',
  needs: ['http.user_agent', 'tls.ja4'],
  parameters: { hosts: { value: 3, reason: 'a program that several hosts have is a product' } },
  sql: cited("c.software AND t.place <> 'dns.query' AND (t.ua IS NOT NULL OR t.ja4 IS NOT NULL)"),
  weight: 0.3,
  guard: 'honest programs call functions all day',
  opens: false,
  explain: (row) =>
    `the contact is made by ${row.ua ? `"${row.ua}"` : `a TLS client ${row.ja4}`}, not by the browser of ${row.src}`,
  blindTo: ['programs that imitate the browser', 'code inside the browser'],
} satisfies Behaviour;
