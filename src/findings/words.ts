import type { Level } from '../model/finding.ts';
import type { Entity } from './entity.ts';

/** What evidence needs, and the words for its absence. */
const needs: readonly { readonly place: string; readonly words: string }[] = [
  {
    place: 'http.user_agent',
    words:
      'http.user_agent: no log that covers this host shows user agents, so software characteristics in them could not be compared',
  },
  { place: 'http.cookie', words: 'http.cookie: no log that covers this host shows cookie names' },
  { place: 'tls.ja4', words: 'tls.ja4: no log that covers this host shows TLS client fingerprints' },
  {
    place: 'dns.answer',
    words: 'dns.answer: no DNS answers cover this host, so a custom domain in front of a function would not be seen',
  },
  { place: 'flow.bytes', words: 'flow.bytes: no flow log covers this host, so uploads could not be judged' },
];

/** Which evidence this telemetry could not show for this host and endpoint. */
export function notEvaluable(entity: Entity): string[] {
  const url = entity.urlsVisible
    ? []
    : ['http.url: no proxy or inspected TLS log shows the paths that this host asked of this endpoint'];
  return [
    ...url,
    ...needs.filter((n) => !entity.sees.has(n.place)).map((n) => n.words),
    ...(entity.nameless
      ? ['identity: no lease says which host had the address then; it may have been several in turn']
      : []),
    'process: no endpoint log names the program that made the contact',
  ];
}

/** What would change the verdict, for and against. */
export function wouldChange(entity: Entity, level: Level, popular: boolean): string[] {
  const against =
    entity.sightings.length > 0
      ? 'the source withdraws or corrects the indicator, or a reviewer rejects it'
      : 'an honest program turns out to ask for the same URIs under the same user agent';
  if (level === 'finding')
    return [
      against,
      entity.urlsVisible
        ? 'the requests turn out to be those of a known, honest application'
        : 'paths in a proxy log that are those of a known, honest application',
      'the endpoint turns out to be one of your own',
    ];
  if (popular)
    return [
      'a reviewer confirms the indicator in spite of its many users',
      'only some of the hosts ask for a path that the indicator names',
    ];
  return [
    'a second, independent class of evidence: a software characteristic, a related stage of an attack',
    'an exact indicator for this endpoint that is valid at the time of the contact',
  ];
}

/** What to do next, in order. */
export function nextSteps(entity: Entity, level: Level): string[] {
  const target =
    entity.endpoint.platform === null
      ? 'this endpoint'
      : `this ${entity.endpoint.provider ?? ''} endpoint`.replace('  ', ' ');
  const look = `Find the program on ${entity.src} that contacted ${target} (endpoint logs, around the cited rows).`;
  if (level === 'lead')
    return [
      look,
      'Compare with the other internal hosts that contact it, and with what the owner of the host expects.',
      'Decide: raise, watch, or close with a reason.',
    ];
  const block = entity.endpoint.blockable
    ? 'Once confirmed, block exactly this name, with an expiry no later than the indicator; never the platform.'
    : 'Do not block the host name: it serves many tenants. Block the URL at an inspecting proxy, or isolate the internal host.';
  return [
    'Keep the cited rows and the source logs as evidence.',
    look,
    'Search the same endpoint and account on all other hosts and back in time.',
    block,
  ];
}
