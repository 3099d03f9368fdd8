import { describe, expect, it } from 'vitest';
import { telemetries } from '../replays/telemetry.ts';
import { formats } from '../telemetry/formats/index.ts';
import { coverageOf } from './coverage.ts';
import type { CoverageFacts } from './facts.ts';
import { measuredLimits } from './measured-limits.ts';

const nothing = { names: [], sources: 0, events: 0 };

const row = (format: string, more: Partial<CoverageFacts['formats'][number]> = {}) => ({
  format,
  files: 1,
  events: 10,
  start: '2026-09-14T00:00:08.000000Z',
  end: '2026-09-20T23:59:55.000000Z',
  gapHours: 0,
  internalHosts: 100,
  ...more,
});

const noLeases: CoverageFacts['identity'] = {
  ...{ leases: false, hosts: 0, addresses: 0, moved: 0, shared: 0, conflicts: [], nameless: [] },
};

const facts = (more: Partial<CoverageFacts> = {}): CoverageFacts => ({
  formats: [row('zeek.dns'), row('zeek.ssl')],
  registry: formats,
  notices: [],
  identity: noLeases,
  ownCandidates: [],
  rhythmLeads: 0,
  internalHosts: 100,
  tlsNames: 50,
  tlsNamesWithUrls: 0,
  indicatorsByPlatform: { 'cloudflare-workers': 3 },
  contactsByPlatform: {},
  intel: { indicators: 3, active: 2, expired: 1, newest: '2026-09-19T14:24:00.000Z', sources: 1, feeds: [] },
  characteristics: { given: 2, unreadable: 0, rules: { given: 0, silent: 0, failed: [] } },
  refused: 0,
  guarded: 0,
  encryptedLookups: nothing,
  coveredNames: nothing,
  resolvers: [],
  outsideSources: 0,
  ...more,
});

const says = (more: Partial<CoverageFacts>): string => coverageOf(facts(more)).statement.join('\n');

const ill = { name: 'abuse', ailments: ['late', 'empty'], why: 'nothing came for more than 48 hours' };

describe('the coverage statement', () => {
  it('always says that no finding is no proof, and what no telemetry shows', () => {
    for (const more of [{}, { formats: [] }])
      expect(says(more)).toMatch(/cannot be seen\.\nNo finding is no proof of absence/);
    expect(says({})).toContain('No DHCP log was read: each internal address is taken for one host for the whole time.');
    expect(says({ formats: [] })).toContain('No telemetry was read, so nothing could be seen.');
  });

  it('names the feeds that are ill, and not those that are well', () => {
    const feeds = [ill, { name: 'fine', ailments: [], why: '' }];
    const said = says({ intel: { ...facts().intel, feeds } });
    expect(said).toContain('The feed abuse is late and empty (nothing came for more than 48 hours)');
    expect(said).not.toContain('The feed fine');
  });

  it.each([
    [{ formats: [row('zeek.dns', { gapHours: 1 })] }, 'zeek.dns has 1 hour without any event'],
    [
      { formats: [row('zeek.dns', { internalHosts: 60 })] },
      'Of the 100 internal hosts these logs show fewer: zeek.dns 60.',
    ],
    [
      { identity: { ...noLeases, leases: true, hosts: 3, addresses: 4, moved: 1, shared: 1 } },
      'Leases name 3 hosts at 4 addresses: 1 had more than one address, 1 of the addresses had more than one host',
    ],
    [{ refused: 1 }, '1 record was refused; what it held was not searched.'],
    [{ guarded: 2 }, '2 indicators name what many share'],
    [{ resolvers: ['10.0.0.53'] }, '10.0.0.53 is a resolver'],
    [{ outsideSources: 3 }, '3 source addresses are not internal'],
    [
      { encryptedLookups: { names: ['dns.google'], sources: 4, events: 9 } },
      'At least 4 hosts contacted resolvers that answer over HTTPS or TLS (dns.google)',
    ],
    [
      { coveredNames: { names: ['cloudflare-ech.com'], sources: 1, events: 7 } },
      '7 events of at least 1 host name only the cover of an Encrypted Client Hello (cloudflare-ech.com)',
    ],
    [
      { characteristics: { given: 0, unreadable: 1, rules: { given: 0, silent: 0, failed: [] } } },
      '1 file given as characteristics could not be read.',
    ],
    [
      { characteristics: { given: 1, unreadable: 0, rules: { given: 3, silent: 2, failed: ['x: odd'] } } },
      'Rules of others (Sigma, Suricata): 3 evaluated; 2 ask for fields that no log here has.',
    ],
    [{ intel: { ...facts().intel, indicators: 0 } }, 'No intelligence was given'],
  ] as [Partial<CoverageFacts>, string][])('%j', (more, sentence) => {
    expect(says(more)).toContain(sentence);
    expect(says({})).not.toContain(sentence);
  });

  it('says nothing of hosts where a log shows nearly all of them', () => {
    expect(says({ formats: [row('zeek.dns', { internalHosts: 95 })] })).not.toContain('show fewer');
  });

  it('names the path-scoped platforms only where paths are out of sight', () => {
    expect(says({})).toContain('Path-scoped platforms');
    expect(says({ tlsNamesWithUrls: 50 })).not.toContain('Path-scoped platforms');
  });
});

describe('a platform', () => {
  const visible = (more: Partial<CoverageFacts>, id: string): string | undefined =>
    coverageOf(facts(more)).platforms.find((p) => p.platform === id)?.visible;

  it('is visible by name where names and answers are', () => {
    expect(visible({}, 'cloudflare-workers')).toBe('yes');
    expect(visible({ formats: [row('zeek.ssl')] }, 'cloudflare-workers')).toBe('partly');
    expect(visible({ formats: [] }, 'cloudflare-workers')).toBe('no');
  });

  it('with its tenant in the path is visible only where paths are', () => {
    expect(visible({}, 'google-apps-script')).toBe('no');
    expect(visible({ tlsNamesWithUrls: 50 }, 'google-apps-script')).toBe('yes');
  });
});

describe('measured limits', () => {
  const span = { start: '2026-09-07T00:00:00.000Z', end: '2026-09-10T00:00:00.000Z' };
  const limitsOf = (names: readonly string[], more: Partial<CoverageFacts> = {}): string =>
    coverageOf(
      facts({ formats: names.map((name) => ({ ...row(name), ...span })), tlsNames: 0, ...more }),
    ).detection_limits.join('\n');

  it('those of the logs at hand are quoted, with where the numbers are from', () => {
    const said = limitsOf(['zeek.dns']);
    expect(said).toMatch(/Measured \(Virga \d+\.\d+\.\d+, \d{4}-\d{2}-\d{2}, .*seeds 1, 2, 3/);
    expect(said).toContain('with DNS lookups alone over 3 days');
    expect(said).toMatch(/Out of sight of such logs: listed-path,/);
    expect(limitsOf(['squid.combined'])).toContain('with a proxy that opens TLS, alone over 3 days');
  });

  it('nothing is quoted where no set of logs was measured', () => {
    expect(limitsOf(['zeek.conn'])).not.toContain('Measured (');
  });

  it('false alarms: what chance allows, by hand: 4 leads · 10^−3 on 100 hosts over 3 days', () => {
    expect(limitsOf(['zeek.dns'], { rhythmLeads: 4 })).toContain(
      'chance alone made at most 0.004 of them, 0.013 per 1,000 hosts and day',
    );
  });

  it('what was measured is whole: each set of logs, spans and periods that rise, never more found than asked', () => {
    expect(new Set(measuredLimits.rhythms.map((r) => r.telemetry))).toEqual(new Set(telemetries.map((t) => t.id)));
    for (const { told } of measuredLimits.rhythms) {
      expect(told.map((t) => t.period)).toEqual(told.map((t) => t.period).toSorted((a, b) => a - b));
      for (const t of told) expect(t.found).toBeLessThanOrEqual(t.asked);
    }
    expect(measuredLimits.alarms.map((a) => a.telemetry)).toEqual(telemetries.map((t) => t.id));
  });
});
