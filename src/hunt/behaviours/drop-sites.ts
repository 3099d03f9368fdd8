/**
 * Public sites from which implants were seen to read where to go next (T1102.001), checked 2026-11-24 against public
 * reports: SideWalk (docs.google.com), Gamaredon (telegra.ph, t.me, graph.org), FIN7 and others (pastebin, gist). Names
 * that everybody asks for: they weigh nothing by themselves.
 */
export const dropSites: ReadonlySet<string> = new Set([
  'docs.google.com',
  'drive.google.com',
  'pastebin.com',
  'paste.ee',
  'rentry.co',
  'gist.github.com',
  'gist.githubusercontent.com',
  'raw.githubusercontent.com',
  't.me',
  'telegra.ph',
  'graph.org',
  'steamcommunity.com',
]);
