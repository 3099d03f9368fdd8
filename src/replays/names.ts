/** Made-up names of functions, tenants and sites, in the shapes that the platforms give them. */
import { base36, hex, letters, type Random } from './random.ts';

const things =
  'amber anchor apron arbor ash atlas barley basin beacon birch bolt brook cable canvas cedar cinder clover cobalt copper coral delta dune ember fern flint forge garnet grove harbor hazel heron inlet iris ivory juniper kelp lark lemon linden lotus maple marsh meadow moss nettle oak onyx opal orchid otter pebble pine plover quartz quill reed ridge river rowan saffron sage shale slate sparrow spruce stone tern thistle timber topaz tulip velvet walnut willow wren yarrow'.split(
    ' ',
  );

const word = (random: Random): string => random.pick(things);

/** An endpoint of one customer on each platform, by the platform's id in the catalogue. */
const makers: Readonly<Record<string, (random: Random) => string>> = {
  'cloudflare-workers': (r) => `${word(r)}-${word(r)}.${word(r)}-${r.text(base36, 6)}.workers.dev`,
  'aws-lambda-url': (r) =>
    `${r.text(`${letters}234567`, 32)}.lambda-url.${r.pick(['eu-west-1', 'us-east-1', 'ap-southeast-1'])}.on.aws`,
  'azure-app-service': (r) => `${word(r)}-${word(r)}-${r.text(base36, 4)}.azurewebsites.net`,
  'gcp-cloud-run': (r) => `${word(r)}-${r.text(base36, 10)}-${r.pick(['uc', 'ew', 'as'])}.a.run.app`,
  'aws-api-gateway': (r) =>
    `${r.text(base36, 10)}.execute-api.${r.pick(['eu-west-1', 'us-east-1', 'eu-central-1'])}.amazonaws.com`,
  vercel: (r) => `${word(r)}-${word(r)}-${r.text(base36, 5)}.vercel.app`,
  netlify: (r) => `${word(r)}-${word(r)}-${r.text(hex, 6)}.netlify.app`,
  'cloudflare-pages': (r) => `${word(r)}-${word(r)}-${r.text(base36, 3)}.pages.dev`,
  supabase: (r) => `${r.text(letters, 20)}.supabase.co`,
  'cloudflare-quick-tunnel': (r) => `${word(r)}-${word(r)}-${word(r)}-${word(r)}.trycloudflare.com`,
};

/** Platforms that plants walk through in turn. */
export const plantedPlatforms: readonly string[] = Object.keys(makers);

/** A name there that nobody has. Throws for a platform that no names are made for. */
export function nameOn(platform: string, random: Random): string {
  const maker = makers[platform];
  if (!maker) throw new Error(`no names are made for ${platform}`);
  return maker(random);
}

/** A function of this account of Workers. */
export const workerOf = (account: string, random: Random): string =>
  `${word(random)}-${word(random)}.${account}.workers.dev`;
export const workersAccount = (random: Random): string => `${word(random)}-${random.text(base36, 7)}`;

/** An ordinary site; `.example` does not exist (RFC 2606). */
export const siteName = (random: Random): string => `www.${word(random)}-${word(random)}-${random.int(1, 99)}.example`;

/** The path of an Apps Script deployment: the tenant stands in it, the host is everyone's. */
export const scriptPath = (random: Random): string =>
  `/macros/s/AKfycb${random.text(`${base36}ABCDEFGHIJKLMNOPQRSTUVWXYZ`, 66)}/exec`;

/** A path that nobody else asks for. */
export const oddPath = (random: Random): string => `/${word(random)}/${word(random)}-${random.text(base36, 6)}`;
