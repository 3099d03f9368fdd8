/** URLs that may be asked. */
import { VirgaError } from '../model/errors.ts';

const refuse = (why: string): VirgaError => new VirgaError('outbound.refused', why);

/** The URL that is asked; throws where it is none, of another scheme, with credentials in it, or a closed address. */
export function readUrl(text: string, isOpen: (address: string) => boolean): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw refuse(`${JSON.stringify(text.slice(0, 100))} is no URL.`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw refuse(`${sayUrl(url)} is neither http nor https.`);
  if (url.username !== '' || url.password !== '')
    throw refuse(`The URL of ${url.host} holds credentials; they belong elsewhere.`);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  const isAddress = /^[\d.]+$/.test(bare) || bare.includes(':');
  if (isAddress && !isOpen(bare)) throw refuse(`${sayUrl(url)} is a private or reserved address.`);
  return url;
}

/** The URL that a redirect leads to: never from https to http. */
export function followUrl(from: URL, location: string, isOpen: (address: string) => boolean): URL {
  if (!URL.canParse(location, from.href)) throw refuse(`${sayUrl(from)} redirects to what is no URL.`);
  const to = readUrl(new URL(location, from).href, isOpen);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw refuse(`${sayUrl(from)} redirects from https to http (${sayUrl(to)}).`);
  return to;
}

/** A URL as it may be shown: queries hold keys. */
export const sayUrl = (url: URL): string => `${url.protocol}//${url.host}${url.pathname}`;
