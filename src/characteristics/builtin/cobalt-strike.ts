import { headerTraits, trait, uriTraits } from '../build.ts';
import { known } from './facts.ts';

const configurations = {
  name: 'configurations read out of implants, C2IntelFeeds',
  url: 'https://github.com/drb-ra/C2IntelFeeds',
  date: '2026-11-24',
};

/** Without a profile: one of these paths, chosen when the implant is made, and its answers to one address. */
const cobaltStrikeDefault = known({
  name: 'default profile',
  software: 'Cobalt Strike',
  source: configurations,
  traits: [
    uriTraits(
      [
        '/ca',
        '/cm',
        '/cx',
        '/dpixel',
        '/ptj',
        '/pixel',
        '/push',
        '/load',
        '/match',
        '/j.ad',
        '/ga.js',
        '/fwlink',
        '/visit.js',
        '/en_US/all.js',
        '/updates.rss',
        '/__utm.gif',
        '/IE9CompatViewList.xml',
        '/activity',
        '/g.pixel',
        '/dot.gif',
      ],
      'get',
    ),
    trait('method', ['GET'], 'get'),
    trait('mime', ['application/octet-stream'], 'get'),
    uriTraits(['/submit.php'], 'post'),
    trait('method', ['POST'], 'post'),
    trait('parameter', ['id'], 'post'),
  ],
  rhythm: { interval: 60_000, jitter: 0 },
});

const functionGateway = known({
  name: 'api/getit profile behind function gateways',
  software: 'Cobalt Strike',
  source: configurations,
  traits: [
    uriTraits(['/api/getit'], 'get'),
    trait('method', ['GET'], 'get'),
    trait('cookie', ['SESSIONID'], 'get'),
    uriTraits(['/api/postit'], 'post'),
    trait('method', ['POST'], 'post'),
    trait('cookie', ['JSESSION'], 'post'),
    trait('user-agent', ['Mozilla/5.0 (compatible; MSIE 8.0; Windows NT 6.1;Trident/5.0)']),
    trait('watermark', ['100000']),
  ],
  rhythm: { interval: 3000, jitter: 0 },
});

const amazon = known({
  name: 'shop search profile',
  software: 'Cobalt Strike',
  source: configurations,
  traits: [
    uriTraits(['/s/ref=nb_sb_noss_1/167-3294888-0262949/field-keywords=books'], 'get'),
    trait('method', ['GET'], 'get'),
    trait('cookie', ['session-token'], 'get'),
    headerTraits({ Host: 'www.amazon.com' }, 'get'),
    uriTraits(['/N4215/adj/amzn.us.sr.aps'], 'post'),
    trait('method', ['POST'], 'post'),
    trait('parameter', ['sz'], 'post'),
    trait('parameter', ['sn'], 'post'),
    trait('user-agent', ['Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko']),
  ],
});

const gmail = known({
  name: 'web mail profile',
  software: 'Cobalt Strike',
  source: configurations,
  traits: [
    uriTraits(['/_/scs/mail-static/_/js/'], 'get', true),
    trait('method', ['GET'], 'get'),
    trait('cookie', ['OSID'], 'get'),
    uriTraits(['/mail/u/0/'], 'post', true),
    trait('method', ['POST'], 'post'),
    trait('parameter', ['hop'], 'post'),
  ],
});

const jquery = known({
  name: 'jquery profile',
  software: 'Cobalt Strike',
  source: configurations,
  traits: [
    uriTraits(['/jquery-3.3.1.min.js'], 'get'),
    trait('method', ['GET'], 'get'),
    trait('cookie', ['__cfduid'], 'get'),
    uriTraits(['/jquery-3.3.2.min.js'], 'post'),
    trait('method', ['POST'], 'post'),
    headerTraits({ Referer: 'http://code.jquery.com/' }, null),
    trait('user-agent', ['Mozilla/5.0 (Windows NT 6.3; Trident/7.0; rv:11.0) like Gecko']),
  ],
  rhythm: { interval: 45_000, jitter: 37 },
  caution: 'the first path is that of a real library on many sites',
});

const fingerprints = known({
  name: 'TLS client of the default listeners',
  software: 'Cobalt Strike',
  source: { name: 'JA4 database of its makers', url: 'https://github.com/FoxIO-LLC/ja4', date: '2026-11-24' },
  traits: [trait('ja4', ['t12d190800_d83cc789557e_16bbda4055b2', 't12d210800_76e208dd3e22_16bbda4055b2'])],
  caution: 'any program on WinINet or WinHTTP of that Windows has the same',
});

export const cobaltStrike = [cobaltStrikeDefault, functionGateway, amazon, gmail, jquery, fingerprints];
