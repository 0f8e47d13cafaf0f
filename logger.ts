/** Three methods, and a detail object that must never hold a secret or a customer's words. */
export interface Logger {
  info(message: string, detail?: Record<string, unknown>): void;
  warn(message: string, detail?: Record<string, unknown>): void;
  error(message: string, detail?: Record<string, unknown>): void;
}

export const silentLogger: Logger = { info() {}, warn() {}, error() {} };

/** Writes one line per message; `write` defaults to standard error, so that standard output stays data. */
export function createLogger(write: (line: string) => void = (line) => void process.stderr.write(line)): Logger {
  const log = (level: string) => (message: string, detail?: Record<string, unknown>) =>
    write(`${level}${message}${detail ? ` ${JSON.stringify(detail)}` : ''}\n`);
  return { info: log(''), warn: log('warning: '), error: log('error: ') };
}
