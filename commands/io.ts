import type { Readable } from 'node:stream';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';

/** What a command may touch: configuration, the three streams, the clock. */
export interface CommandEffects {
  readonly config: Config;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly stdin: Readable;
  /** Writes data to standard output; everything for people goes through the logger. */
  readonly write: (data: string | Uint8Array) => void;
  /** Resolves when the person or the system asks the process to end. */
  readonly untilStopped: () => Promise<void>;
}

export const writeLine = ({ write }: Pick<CommandEffects, 'write'>, value: unknown): void =>
  write(`${JSON.stringify(value)}\n`);
