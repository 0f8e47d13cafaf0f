import { existsSync, readFileSync } from 'node:fs';
import { validate } from 'node-cron';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './errors.ts';

const Clock = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'a time of day such as 09:00');
const Weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);

/** Secrets go to this address: they do so encrypted, or do not leave the machine. */
const isBaseUrl = (address: string): boolean => isSafeUrl(address, 'http');
const isPullUrl = (address: string): boolean => isBaseUrl(address) || isSafeUrl(address, 'imap');

function isSafeUrl(address: string, scheme: 'http' | 'imap'): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(address);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const isSafe = protocol === `${scheme}s:` || (protocol === `${scheme}:` && isLocal);
  return isSafe && !username && !password && !search && !hash;
}

/** One configured source. `connector` defaults to the source's own name; `settings` are the connector's own. */
const SourceConfig = z.object({
  connector: z.string().optional(),
  /** Name of the environment variable that holds the signing secret or token. */
  secretEnv: z.string().optional(),
  /** File that holds it, for container secrets. */
  secretFile: z.string().optional(),
  verifyTokenEnv: z.string().optional(),
  /** The key that opens sealed deliveries, where the vendor seals them: from the environment, or a file. */
  sealKeyEnv: z.string().optional(),
  sealKeyFile: z.string().optional(),
  /** Where `crosstalk pull` reads the source; no other host is asked. */
  baseUrl: z
    .url()
    .refine(isPullUrl, 'expected https or imaps (http and imap on this machine only) without password and query')
    .optional(),
  /** Where tokens are asked for, where the vendor's plan does not say it or says another place. */
  tokenUrl: z
    .url()
    .refine(isBaseUrl, 'expected https (http on this machine only) without password and query')
    .optional(),
  /** As `secretEnv` and `secretFile`, where pulling needs another secret than webhooks. */
  pullSecretEnv: z.string().optional(),
  pullSecretFile: z.string().optional(),
  /** Cron expression: when a server pulls the source by itself. */
  pullSchedule: z.string().refine(validate, 'expected a cron expression such as */15 * * * *').optional(),
  /** Nothing older than this day is asked for, where the vendor can be asked so. */
  pullSince: z.iso.date().optional(),
  settings: z.record(z.string(), z.unknown()).default({}),
});

/** Whether and which recordings and attached files are fetched. */
const MediaConfig = z.object({
  /** `on-request`: only when a person asks for one. */
  fetch: z.enum(['never', 'on-request', 'automatic']).default('never'),
  kinds: z.array(z.enum(['recording', 'voice_note', 'image', 'video', 'file'])).default(['recording', 'voice_note']),
  maximumBytes: z
    .number()
    .int()
    .positive()
    .default(256 * 1024 * 1024),
  /** Hosts beside that of a source's `baseUrl` that may be asked, e.g. `mms.twiliocdn.com`; they get no secret. */
  hosts: z.array(z.string()).default([]),
  /** Where files lie that sources only name. */
  folder: z.string().optional(),
});

const TranscriptionShared = {
  language: z.string().optional(),
  /** By source: who is heard on each channel, the left one first, where the source does not say. */
  channelRoles: z.record(z.string(), z.array(z.enum(['customer', 'agent', 'bot', 'system']))).default({}),
};

const TranscriptionConfig = z.discriminatedUnion('engine', [
  z.object({
    engine: z.literal('endpoint'),
    baseUrl: z.url().refine(isBaseUrl, 'expected https (http on this machine only) without password and query'),
    path: z.string().startsWith('/').default('/v1/audio/transcriptions'),
    model: z.string().default('whisper-1'),
    secretEnv: z.string().optional(),
    secretFile: z.string().optional(),
    ...TranscriptionShared,
  }),
  z.object({
    engine: z.literal('local'),
    /** A Whisper model in the layout of transformers.js. */
    folder: z.string(),
    ...TranscriptionShared,
  }),
]);

/** What writes summaries in its own words: an endpoint in the shape of OpenAI's `chat/completions`. */
const SummariesConfig = z.object({
  baseUrl: z.url().refine(isBaseUrl, 'expected https (http on this machine only) without password and query'),
  path: z.string().startsWith('/').default('/v1/chat/completions'),
  model: z.string(),
  secretEnv: z.string().optional(),
  secretFile: z.string().optional(),
  /** After that the extractive summary stands. */
  timeoutSeconds: z.number().positive().max(600).default(20),
  /** Whether personal data is masked in what is sent; under `privacy.redact: reading` it is in any case. */
  redact: z.boolean().default(true),
  /** Sent along as they are, e.g. `{"temperature": 0}`. */
  parameters: z.record(z.string(), z.unknown()).default({ temperature: 0 }),
});

const ConfigSchema = z.object({
  dataDirectory: z.string().default('var'),
  /** Where mappings of `crosstalk connect` stand; `mappings` in the data directory where it is not set. */
  mappingFolder: z.string().optional(),
  host: z.string().default('127.0.0.1'),
  port: z.number().int().min(0).max(65535).default(4600),
  /** The address vendors sign and the browser sees, where a proxy stands in front. */
  publicUrl: z.url().optional(),
  timeZone: z.string().default('UTC'),
  country: z.string().length(2).optional(),
  businessHours: z
    .object({
      timeZone: z.string(),
      week: z.partialRecord(Weekday, z.tuple([Clock, Clock])),
      holidays: z.array(z.iso.date()).default([]),
    })
    .default({
      timeZone: 'UTC',
      week: {
        monday: ['09:00', '17:00'],
        tuesday: ['09:00', '17:00'],
        wednesday: ['09:00', '17:00'],
        thursday: ['09:00', '17:00'],
        friday: ['09:00', '17:00'],
      },
      holidays: [],
    }),
  sources: z
    .record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'), SourceConfig)
    .default({}),
  identity: z
    .object({
      /** A handle that meets more distinct handles of one other type than this is shared (a switchboard, an info@). */
      maximumPartners: z.number().int().min(1).default(5),
      /** Values that never link, e.g. the company's own numbers and addresses. */
      excludedHandles: z.array(z.string()).default([]),
    })
    .default({ maximumPartners: 5, excludedHandles: [] }),
  episodes: z.object({ gapDays: z.number().positive().default(7) }).default({ gapDays: 7 }),
  /** Risk of leaving is that of leaving within so many days. */
  churn: z.object({ windowDays: z.number().int().min(1).max(365).default(30) }).default({ windowDays: 30 }),
  model: z
    .object({
      folder: z.string().default(join(import.meta.dirname, 'models/weights')),
      workers: z.number().int().min(1).optional(),
    })
    .prefault({}),
  privacy: z
    .object({
      /**
       * Where personal data in words is masked: nowhere; in what the API shows to roles that may not see it; or before
       * facts are stored.
       */
      redact: z.enum(['off', 'reading', 'landing']).default('off'),
    })
    .prefault({}),
  media: MediaConfig.prefault({}),
  /** Without it no recording is transcribed. */
  transcription: TranscriptionConfig.optional(),
  /** Without it summaries are extractive only. */
  summaries: SummariesConfig.optional(),
  maximumDeliveryBytes: z
    .number()
    .int()
    .default(32 * 1024 * 1024),
  /** Cron expression: when to look for work that no delivery announced. */
  passSchedule: z.string().refine(validate, 'expected a cron expression such as * * * * *').default('* * * * *'),
});

export type Config = Readonly<Omit<z.infer<typeof ConfigSchema>, 'model' | 'mappingFolder'>> & {
  /** Undefined where nothing is kept on disk. */
  readonly mappingFolder: string | undefined;
  readonly model: { readonly folder: string; readonly workers: number };
  readonly storePath: string;
  /** Secrets by source, read once; never logged, stored or sent. */
  readonly secrets: ReadonlyMap<
    string,
    { secret?: string; verifyToken?: string; pullSecret?: string; sealKey?: string }
  >;
  /** As `secrets`, of the endpoint that transcribes. */
  readonly transcriptionSecret?: string;
  /** Of the endpoint that writes summaries. */
  readonly summariesSecret?: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `crosstalk.json` (or the file that CROSSTALK_CONFIG names) and the environment, the only place that does.
 * CROSSTALK_HOST, CROSSTALK_PORT and CROSSTALK_DATA go before the file.
 */
export function readConfig(environment: Environment = process.env, directory = process.cwd()): Config {
  const path = environment.CROSSTALK_CONFIG ?? join(directory, 'crosstalk.json');
  if (environment.CROSSTALK_CONFIG && !existsSync(path))
    throw new ConfigError(`invalid CROSSTALK_CONFIG: ${path}; expected an existing file`);
  return normalizeConfig(existsSync(path) ? readJson(path) : {}, environment);
}

/** Turns an unknown value into a complete, frozen configuration, or says which part is wrong. */
export function normalizeConfig(spec: unknown, environment: Environment = {}): Config {
  const { CROSSTALK_HOST: host, CROSSTALK_PORT: port, CROSSTALK_DATA: dataDirectory } = environment;
  const overrides = {
    ...(host && { host }),
    ...(port && { port: Number(port) }),
    ...(dataDirectory && { dataDirectory }),
  };
  const parsed = ConfigSchema.safeParse({ ...(spec as object), ...overrides });
  if (!parsed.success) throw new ConfigError(describeIssues(parsed.error));
  const config = parsed.data;
  const transcriptionSecret = readTranscriptionSecret(config.transcription, environment);
  const { summaries } = config;
  const summariesSecret = summaries && secretOf('summaries', summaries.secretFile, summaries.secretEnv, environment);
  return Object.freeze({
    ...config,
    // One core stays free for the server and DuckDB.
    model: { folder: config.model.folder, workers: config.model.workers ?? Math.max(1, cpus().length - 1) },
    mappingFolder:
      config.mappingFolder ??
      (config.dataDirectory === ':memory:' ? undefined : join(config.dataDirectory, 'mappings')),
    storePath: config.dataDirectory === ':memory:' ? ':memory:' : join(config.dataDirectory, 'crosstalk.duckdb'),
    secrets: readSecrets(config.sources, environment),
    ...(transcriptionSecret && { transcriptionSecret }),
    ...(summariesSecret && { summariesSecret }),
  });
}

function readSecrets(sources: z.infer<typeof ConfigSchema>['sources'], environment: Environment): Config['secrets'] {
  const entries = Object.entries(sources).map(([name, source]) => {
    const secret = secretOf(name, source.secretFile, source.secretEnv, environment);
    const pullSecret = secretOf(name, source.pullSecretFile, source.pullSecretEnv, environment);
    const verifyToken = fromEnvironment(name, source.verifyTokenEnv, environment);
    const sealKey = secretOf(name, source.sealKeyFile, source.sealKeyEnv, environment);
    return [
      name,
      {
        ...(secret && { secret }),
        ...(pullSecret && { pullSecret }),
        ...(verifyToken && { verifyToken }),
        ...(sealKey && { sealKey }),
      },
    ] as const;
  });
  return new Map(entries);
}

const readTranscriptionSecret = (
  given: z.infer<typeof ConfigSchema>['transcription'],
  environment: Environment,
): string | undefined =>
  given?.engine === 'endpoint' ? secretOf('transcription', given.secretFile, given.secretEnv, environment) : undefined;

const secretOf = (
  source: string,
  file: string | undefined,
  variable: string | undefined,
  environment: Environment,
): string | undefined => (file ? readSecretFile(source, file) : fromEnvironment(source, variable, environment));

function fromEnvironment(source: string, variable: string | undefined, environment: Environment): string | undefined {
  if (variable === undefined) return undefined;
  const value = environment[variable];
  if (!value)
    throw new ConfigError(
      `invalid secret of source ${source}: ${variable} is not set; expected an environment variable with a value`,
    );
  return value;
}

function readSecretFile(source: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new ConfigError(`invalid secretFile of source ${source}: ${path}; expected a readable file`, { cause });
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`invalid configuration: ${path}; expected a JSON file (${(cause as Error).message})`, {
      cause,
    });
  }
}

function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `invalid configuration: ${issue.path.join('.')}; ${issue.message}`).join('\n');
}
