import { trait, uriTraits } from '../build.ts';
import { known } from './facts.ts';

/** Tools that were made for serverless functions. */

const functionalC2 = known({
  name: 'sample deployment',
  software: 'FunctionalC2',
  source: {
    name: 'profile and functions',
    url: 'https://github.com/FortyNorthSecurity/FunctionalC2',
    date: '2026-11-24',
  },
  traits: [
    uriTraits(['/FortyNorth/GetIt', '/api/FortyNorth/GetIt', '/api/GetIt'], 'get'),
    trait('method', ['GET'], 'get'),
    trait('cookie', ['OSID'], 'get'),
    trait('mime', ['application/ocsp-response'], 'get'),
    trait('response-header', ['Cache-Control: max-age=547738'], 'get'),
    uriTraits(['/FortyNorth/PostIt', '/api/FortyNorth/PostIt', '/api/PostIt'], 'post'),
    trait('method', ['POST'], 'post'),
    trait('cookie', ['TRY'], 'post'),
    uriTraits(['/FortyNorth/StageIt', '/api/FortyNorth/StageIt', '/api/StageIt'], 'stage'),
    trait('user-agent', ['Microsoft-CryptoAPI/6.1']),
  ],
  rhythm: { interval: 20_000, jitter: 20 },
});

const fireProx = known({
  name: 'stage of the made gateway',
  software: 'FireProx',
  source: { name: 'source', url: 'https://github.com/ustayready/fireprox', date: '2026-11-24' },
  traits: [uriTraits(['/fireprox/'], null, true), trait('request-header', ['X-My-X-Forwarded-For: (data)'])],
  platforms: ['aws-api-gateway'],
  caution: 'a tool to change addresses at each request: password spraying and scanning, from inside or by a tester',
});

const redLambda = known({
  name: 'answer to other methods',
  software: 'Red-Lambda',
  source: { name: 'source', url: 'https://github.com/scottctaylor12/Red-Lambda', date: '2026-11-24' },
  traits: [trait('body', ['ERROR: INVALID REQUEST METHOD! Must be POST or GET'])],
  platforms: ['aws-lambda-url'],
  caution: 'to be seen by a scan of the function only: logs hold no bodies',
});

const azureC2Relay = known({
  name: 'redirect of what does not fit the profile',
  software: 'AzureC2Relay',
  source: { name: 'source', url: 'https://github.com/Flangvik/AzureC2Relay', date: '2026-11-24' },
  traits: [trait('redirect-target', ['http://microsoft.com'])],
  platforms: ['azure-app-service'],
  caution: 'to be seen by a scan of the function only: the implant itself is not redirected',
});

export const functionTools = [functionalC2, fireProx, redLambda, azureC2Relay];
