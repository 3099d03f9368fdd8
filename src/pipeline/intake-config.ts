import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { VirgaError } from '../model/errors.ts';
import { type Address, isLoopback, parseListen } from '../telemetry/receivers/address.ts';
import { follow } from '../telemetry/receivers/follow.ts';
import { httpReceiver } from '../telemetry/receivers/http.ts';
import { kafka } from '../telemetry/receivers/kafka.ts';
import type { KafkaTarget } from '../telemetry/receivers/kafka-group.ts';
import { objects } from '../telemetry/receivers/objects.ts';
import type { Receiver } from '../telemetry/receivers/receiver.ts';
import { standardInput } from '../telemetry/receivers/standard-input.ts';
import { syslogTcp, type TlsFiles } from '../telemetry/receivers/syslog-tcp.ts';
import { syslogUdp } from '../telemetry/receivers/syslog-udp.ts';

const tls = z.strictObject({ cert: z.string(), key: z.string(), ca: z.string().optional() });

const kafkaSchema = z.strictObject({
  brokers: z.array(z.string()).min(1),
  topic: z.string().min(1),
  group: z.string().min(1).default('virga'),
  sasl: z
    .strictObject({
      mechanism: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']),
      username: z.string(),
      /** File whose first line is the password. */
      password: z.string(),
    })
    .optional(),
  /** `{}` for the system's authorities. */
  tls: z.strictObject({ ca: z.string().optional() }).optional(),
});

/** What a file given with --config may say; the options of the command line say the same and are added to it. */
const configSchema = z.strictObject({
  follow: z.array(z.string()).default([]),
  objects: z.array(z.string()).default([]),
  listen: z.array(z.string()).default([]),
  kafka: z.array(kafkaSchema).default([]),
  tls: tls.optional(),
  /** File with one token a line, for HTTP. */
  tokens: z.string().optional(),
});

export type IntakeConfig = z.infer<typeof configSchema>;

/** Largest configuration that is read, in bytes. */
const MAX_CONFIG = 1024 * 1024;

/** Reads a configuration in YAML. What is wrong with it is one sentence. */
export function readConfig(file: string): IntakeConfig {
  const text = readText(file, 'The configuration').toString('utf8');
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 20 });
  } catch (cause) {
    throw new VirgaError(
      'intake.config',
      `${file} is no YAML: ${cause instanceof Error ? cause.message.split('\n')[0] : ''}.`,
      { cause },
    );
  }
  const read = configSchema.safeParse(value ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new VirgaError(
    'intake.config',
    `${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'wrong'}.`,
  );
}

/** The receivers of a configuration. Files that it names are read here. */
export function receiversOf(config: IntakeConfig, stdin: NodeJS.ReadableStream): Receiver[] {
  const tokens = config.tokens === undefined ? [] : tokensOf(config.tokens);
  const keys = config.tls ? tlsFiles(config.tls) : null;
  return [
    ...config.follow.map((path) => (path === '-' ? standardInput(stdin) : follow(path))),
    ...config.objects.map(objects),
    ...config.kafka.map((entry) => kafka(kafkaTarget(entry))),
    ...config.listen.map((text) => listener(parseListen(text), keys, tokens)),
  ];
}

/** Reads `kafka://broker:9092,broker2:9092/topic?group=virga`. */
export function parseKafka(text: string): IntakeConfig['kafka'][number] {
  const [, brokers, topic, group] =
    /^kafka:\/\/([A-Za-z0-9.:,[\]-]+)\/([A-Za-z0-9._-]{1,249})(?:\?group=([^&\s]{1,255}))?$/.exec(text) ?? [];
  if (brokers === undefined || topic === undefined)
    throw new VirgaError(
      'usage.wrong',
      `--kafka takes kafka://broker:9092/topic?group=name, not ${JSON.stringify(text)}.`,
    );
  const list = brokers.split(',').map((b) => (/:\d+$/.test(b) ? b : `${b}:9092`));
  return { brokers: list, topic, group: group ?? 'virga' };
}

const kafkaTarget = ({ brokers, topic, group, sasl, tls: secured }: IntakeConfig['kafka'][number]): KafkaTarget => ({
  brokers,
  topic,
  group,
  sasl: sasl
    ? { ...sasl, password: readText(sasl.password, 'The password').toString('utf8').split('\n')[0]?.trim() ?? '' }
    : null,
  tls: secured ? { ca: secured.ca === undefined ? null : readText(secured.ca, 'The authority') } : null,
});

function listener(address: Address, keys: TlsFiles | null, tokens: readonly string[]): Receiver {
  if ((address.scheme === 'syslog+tls' || address.scheme === 'https') && !keys)
    throw new VirgaError('usage.wrong', `${address.text} needs --tls-cert and --tls-key.`);
  if ((address.scheme === 'http' || address.scheme === 'https') && tokens.length === 0 && !isLoopback(address))
    throw new VirgaError('usage.wrong', `${address.text} can be reached from outside: it needs --token-file.`);
  if (address.scheme === 'syslog+udp') return syslogUdp(address);
  if (address.scheme === 'syslog+tcp') return syslogTcp(address, null);
  if (address.scheme === 'syslog+tls') return syslogTcp(address, keys);
  return httpReceiver(address, address.scheme === 'https' ? keys : null, tokens);
}

function tokensOf(file: string): string[] {
  const lines = readText(file, 'The token file').toString('utf8').split('\n');
  const tokens = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (tokens.some((token) => token.length < 8))
    throw new VirgaError('intake.config', `${file} has a token of fewer than 8 characters.`);
  if (tokens.length === 0) throw new VirgaError('intake.config', `${file} has no token.`);
  return tokens;
}

const tlsFiles = ({ cert, key, ca }: z.infer<typeof tls>): TlsFiles => ({
  cert: readText(cert, 'The certificate'),
  key: readText(key, 'The key'),
  ca: ca === undefined ? null : readText(ca, 'The authority'),
});

function readText(file: string, what: string): Buffer {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= MAX_CONFIG) return bytes;
  } catch (cause) {
    throw new VirgaError('path.missing', `${what} ${file} could not be read.`, { cause });
  }
  throw new VirgaError('intake.config', `${what} ${file} is larger than 1 MiB.`);
}
