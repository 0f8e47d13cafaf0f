/**
 * Every error a user can meet, one line per code: what broke and the HTTP status and process exit code it maps to.
 * Messages follow one form: `invalid <thing>: <value>; expected <rule>`.
 */
export const errorCodes = {
  invalid_config: { status: 500, exit: 78 },
  invalid_argument: { status: 400, exit: 64 },
  invalid_delivery: { status: 400, exit: 65 },
  invalid_signature: { status: 401, exit: 77 },
  invalid_query: { status: 400, exit: 65 },
  invalid_model: { status: 500, exit: 70 },
  unauthenticated: { status: 401, exit: 77 },
  forbidden: { status: 403, exit: 77 },
  not_found: { status: 404, exit: 66 },
  too_large: { status: 413, exit: 65 },
  conflict: { status: 409, exit: 75 },
  query_timeout: { status: 408, exit: 75 },
  store_closed: { status: 503, exit: 75 },
  store_failed: { status: 500, exit: 70 },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error meant for its reader: no stack trace is shown for it, and its message says what to do. */
export class CrosstalkError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
  get status(): number {
    return errorCodes[this.code].status;
  }
  get exitCode(): number {
    return errorCodes[this.code].exit;
  }
}

/** The configuration, an environment variable or a command-line argument is wrong. */
export class ConfigError extends CrosstalkError {
  constructor(message: string, options?: ErrorOptions) {
    super('invalid_config', message, options);
  }
}

/** A delivery, file or row of a source is wrong; names source, file and row where there are any. */
export class SourceError extends CrosstalkError {
  constructor(
    message: string,
    options?: ErrorOptions & { code?: ErrorCode; source?: string; file?: string; row?: number },
  ) {
    const where = [options?.source, options?.file, options?.row === undefined ? undefined : `row ${options.row}`];
    const prefix = where.filter((part) => part !== undefined).join(', ');
    super(options?.code ?? 'invalid_delivery', prefix ? `${prefix}: ${message}` : message, options);
  }
}

/** The store refused or failed a statement; carries the SQL so that it can be read and re-run. */
export class QueryError extends CrosstalkError {
  readonly sql?: string;
  constructor(message: string, options?: ErrorOptions & { code?: ErrorCode; sql?: string }) {
    super(options?.code ?? 'invalid_query', message, options);
    if (options?.sql !== undefined) this.sql = options.sql;
  }
}

export const isCrosstalkError = (error: unknown): error is CrosstalkError => error instanceof CrosstalkError;

export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
