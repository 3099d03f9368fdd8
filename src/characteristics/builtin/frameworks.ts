import { headerTraits, trait, uriTraits } from '../build.ts';
import { known } from './facts.ts';

const havocImitation = known({
  name: 'collector profile',
  software: 'Havoc',
  source: {
    name: 'sample profile and implant code',
    url: 'https://github.com/HavocFramework/Havoc',
    date: '2026-11-24',
  },
  traits: [
    uriTraits(['/Collector/2.0/settings/'], 'post'),
    trait('method', ['POST'], 'post'),
    trait('user-agent', [
      'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.110 Safari/537.36',
    ]),
    headerTraits({ 'x-ms-session-id': 'f73c3186-057a-d996-3b63-b6e5de6ef20c' }, 'post'),
    trait('response-header', ['X-Havoc: true'], 'post'),
  ],
  rhythm: { interval: 2000, jitter: 15 },
});

const havocDefault = known({
  name: 'listener of the shipped profile',
  software: 'Havoc',
  source: { name: 'shipped profile', url: 'https://github.com/HavocFramework/Havoc', date: '2026-11-24' },
  traits: [
    uriTraits(['/funny_cat.gif', '/index.php', '/test.txt', '/helloworld.js'], 'post'),
    trait('method', ['POST'], 'post'),
    trait('user-agent', [
      'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.110 Safari/537.36',
    ]),
    headerTraits({ 'X-Havoc': 'true' }, 'post'),
  ],
  rhythm: { interval: 2000, jitter: 20 },
});

const empire = known({
  name: 'default communication profile',
  software: 'Empire',
  source: { name: 'agent source', url: 'https://github.com/BC-SECURITY/Empire', date: '2026-11-24' },
  traits: [
    uriTraits(['/admin/get.php', '/news.php', '/login/process.php'], null),
    trait('user-agent', ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko']),
    trait('cookie', ['session']),
  ],
  rhythm: { interval: 5000, jitter: 0 },
});

const mythicHttp = known({
  name: 'http profile, defaults',
  software: 'Mythic',
  source: { name: 'http profile', url: 'https://github.com/MythicC2Profiles/http', date: '2026-11-24' },
  traits: [
    uriTraits(['/index'], 'get'),
    trait('method', ['GET'], 'get'),
    trait('parameter', ['q'], 'get'),
    uriTraits(['/data'], 'post'),
    trait('method', ['POST'], 'post'),
    trait('user-agent', ['Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko']),
  ],
  rhythm: { interval: 10_000, jitter: 23 },
});

const sliver = known({
  name: 'TLS client of Go',
  software: 'Sliver',
  source: { name: 'JA4 database of its makers', url: 'https://github.com/FoxIO-LLC/ja4', date: '2026-11-24' },
  traits: [trait('ja4', ['t13d190900_9dc949149365_97f8aa674fd9'])],
  caution: 'any Go program of that age has the same; its default paths are made of words of many sites',
});

export const frameworks = [havocImitation, havocDefault, empire, mythicHttp, sliver];
