/** Every failure of the world that Virga reports: a code, and what to do next. Printed to docs/reference/errors.md. */
export const errorCatalogue = {
  'usage.wrong': 'Run the command with --help to see what it takes.',
  'path.missing': 'Check the path; nothing was read from it.',
  'path.no-permission': 'Give this user read permission, or run as one that has it.',
  'path.no-logs': 'Name a file, or a directory with log files in it.',
  'path.vanished': 'The file was removed or changed while it was read; run again when it is still.',
  'format.unknown': 'List what is read with `virga formats`, or name one with --as.',
  'format.mapping': 'See docs/guide/own-formats.md for what a mapping file says.',
  'intel.mapping': 'See docs/guide/intelligence.md for what a mapping file for intelligence says.',
  'intel.unreadable':
    'Give a plain list, CSV with a header, STIX bundle, MISP event, Zeek .intel file, or a report (text, HTML, PDF).',
  'characteristics.unreadable':
    'Give Malleable C2 profiles, configurations, JA3 or JA4 lists, or rules; `virga characteristics import --help`.',
  'lake.full': 'Free space, or set TMPDIR (or --workspace) to a larger disk; nothing was half written.',
  'lake.busy': 'Another process owns this workspace; stop it or use another --workspace.',
  'lake.newer': 'This workspace was written by a newer Virga; update this one.',
  'lake.memory': 'Raise --memory, or hunt fewer files at once.',
  'attack.bundle':
    'Nothing of it was kept. Take the bundle again from https://github.com/mitre-attack/attack-stix-data or https://github.com/mitre/cti.',
  'attack.conflict':
    'Nothing was changed. Compare them under another --release, or remove the older one with `virga attack delete`.',
  'attack.no-release': 'List what is there with `virga attack releases`, or import it with `virga attack import`.',
  'attack.no-object': 'Look for it with `virga attack search`.',
  'state.busy': 'Wait until it is done and try again, or use another --workspace.',
  'state.full': 'Free space on the disk of the workspace; nothing was half written.',
  'state.damaged': 'Move the file away (a copy may be worth keeping) and import again.',
  'state.unwritable': 'Check that the workspace is a directory that this user may write to.',
  'state.newer': 'This workspace was written by a newer Virga; update this one.',
  'state.moved': 'Run it again.',
  'state.unreachable': 'Check the address given to --state (or VIRGA_STATE), the user and the server.',
  'outbound.refused': 'Only public addresses are asked; name your own servers with --inside CIDR if you mean them.',
  'outbound.unreachable': 'Check the URL, the network and --proxy; nothing was changed.',
  'outbound.timeout': 'Try again, or give it more time with --timeout.',
  'outbound.too-large': 'Ask for less, or raise --max-bytes if the source is trusted.',
  'outbound.redirects': 'Give the URL that it leads to in the end.',
  'outbound.answer': 'Check the URL and the credentials; what came is not what was asked for.',
  'taxii.no-collection': 'List what the server shows with `virga taxii list URL`.',
  'taxii.bad-cursor': 'Move the file away to read the collections from the beginning.',
  'intake.port': 'Choose another port or address, or stop the program that has it.',
  'intake.source': 'Check that the source is there and lets this user in; what was taken is safe in the workspace.',
  'intake.config': 'See docs/guide/live.md for what the file may say.',
  'server.port': 'Choose another --port, or end what listens there.',
  'server.open':
    'Give --tokens and --tls-cert with --tls-key, or let a proxy on this machine do TLS and listen on 127.0.0.1.',
  'server.tokens': 'Write [{"name","sha256","role":"read"|"write"}]; `virga serve taxii --help`.',
  'evaluate.blind': 'See docs/guide/evaluate.md for what is needed.',
  'stix.pattern': 'Correct it; `virga stix check` takes many at once.',
  'stix.not-one-event': 'Evaluate it on observed data with `virga stix match`.',
  'output.failed': 'Check the path given to --out.',
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

/** A failure of the world, not of the program: one clear sentence, and the cause kept. */
export class VirgaError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, sentence: string, options?: { cause?: unknown }) {
    super(sentence, options);
    this.name = 'VirgaError';
    this.code = code;
  }

  /** The sentence and what to do next, for people. */
  get advice(): string {
    return `${this.message} ${errorCatalogue[this.code]}`;
  }
}
