/** Questions to other machines over HTTP, under a policy. */
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici';
import { VirgaError } from '../model/errors.ts';
import { version } from '../model/version.ts';
import { openTo } from './addresses.ts';
import { drop, unpack } from './body.ts';
import { failure } from './failure.ts';
import { openLookup } from './lookup.ts';
import { type Answer, type Door, defaultPolicy, type Policy, type Question } from './policy.ts';
import { followUrl, readUrl, sayUrl } from './url.ts';

/** One door for each policy; close it when done. */
export function openDoor(policy: Partial<Policy> = {}): Door {
  const full = { ...defaultPolicy, ...policy };
  const isOpen = openTo(full.inside);
  const dispatcher = dispatcherOf(full, isOpen);
  return { ask: (question) => ask(question, full, isOpen, dispatcher), close: () => dispatcher.destroy() };
}

function dispatcherOf({ proxy }: Policy, isOpen: (address: string) => boolean): Dispatcher {
  if (proxy !== null) return new ProxyAgent({ uri: proxy });
  return new Agent({ connect: { lookup: openLookup(isOpen), timeout: 30_000 } });
}

type Way = { readonly url: URL; readonly headers: Readonly<Record<string, string>> };

async function ask(
  question: Question,
  policy: Policy,
  isOpen: (address: string) => boolean,
  dispatcher: Dispatcher,
): Promise<Answer> {
  const signal = AbortSignal.timeout(policy.seconds * 1000);
  let way: Way = { url: readUrl(question.url, isOpen), headers: question.headers ?? {} };
  for (let hops = 0; hops <= policy.maxRedirects; hops++) {
    const response = await send(question, way, signal, dispatcher);
    const location = response.headers.location;
    if (!REDIRECTS.has(response.statusCode) || typeof location !== 'string' || question.method === 'POST')
      return answerOf(response, way.url, policy);
    drop(response.body);
    way = follow(way, location, isOpen);
  }
  throw new VirgaError('outbound.redirects', `${sayUrl(way.url)} redirects more than ${policy.maxRedirects} times.`);
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

async function send(question: Question, { url, headers }: Way, signal: AbortSignal, dispatcher: Dispatcher) {
  try {
    return await request(url, {
      dispatcher,
      signal,
      method: question.method ?? 'GET',
      headers: { 'user-agent': `virga/${version}`, 'accept-encoding': 'gzip', ...headers },
      body: question.body ?? null,
    });
  } catch (error) {
    throw failure(error, url);
  }
}

function follow({ url, headers }: Way, location: string, isOpen: (address: string) => boolean): Way {
  const to = followUrl(url, location, isOpen);
  if (to.origin === url.origin) return { url: to, headers };
  const kept = Object.entries(headers).filter(([name]) => !SECRET.test(name));
  return { url: to, headers: Object.fromEntries(kept) };
}

/** Headers that let somebody in somewhere: only where they were meant for. */
const SECRET = /^(?:authorization|cookie)$|auth|key|token|secret/i;

function answerOf(response: Dispatcher.ResponseData, url: URL, policy: Policy): Answer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  return {
    url: url.href,
    status: response.statusCode,
    headers,
    body: unpack(response.body, headers['content-encoding'] ?? '', url, policy.maxBytes),
    discard: () => drop(response.body),
  };
}
