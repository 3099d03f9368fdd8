/**
 * The only door out. Whoever asks something of another machine does it through `openDoor`, under a policy that a user
 * can see: how much, how long, how far, and where to.
 */

export type Policy = {
  /** Bytes of one answer, unpacked. */
  readonly maxBytes: number;
  /** Seconds from the question to the last byte of the answer, redirects included. */
  readonly seconds: number;
  readonly maxRedirects: number;
  /** `http://host:port` through which all goes; null for none. The proxy then looks names up, and answers for where they lead. */
  readonly proxy: string | null;
  /** Ranges in CIDR form that may be asked although they are private: one's own servers. */
  readonly inside: readonly string[];
};

/** Feeds of tens of megabytes from slow servers pass; nothing hangs for longer than a coffee. */
export const defaultPolicy: Policy = {
  maxBytes: 512 * 1024 ** 2,
  seconds: 300,
  maxRedirects: 5,
  proxy: null,
  inside: [],
};

export type Question = {
  /** http or https, without credentials. */
  readonly url: string;
  /** GET where absent. */
  readonly method?: 'GET' | 'POST';
  /** Sent to the origin of `url` alone: a redirect to another one loses `authorization` and `cookie`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Whatever the status is, an answer that came. */
export type Answer = {
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Unpacked; throws `VirgaError` when it grows past the policy. Read it or `discard` it. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly discard: () => void;
};

export type Door = {
  /** Throws `VirgaError` where nothing could be asked or no answer came. */
  readonly ask: (question: Question) => Promise<Answer>;
  readonly close: () => Promise<void>;
};
