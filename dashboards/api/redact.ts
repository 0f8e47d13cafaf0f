/** A path fit for a log: without the query string, and without the secret that some sources carry in their path. */
export const redactPath = (url: string): string =>
  url.replace(/\?.*$/s, '').replace(/^(\/v1\/ingest\/[^/]+)\/.+$/s, '$1/***');
