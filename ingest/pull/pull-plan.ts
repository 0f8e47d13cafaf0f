/**
 * How a source is pulled, as data: one engine (`pull.ts`) runs every plan. Dotted paths name a value in a page, a row or a
 * body; the empty path is the page itself. `{name}` in a path or a query is a value of the row or parent that it belongs
 * to, or of the source's settings.
 */
export interface PullPlan {
  readonly kind?: 'pages';
  /** What `baseUrl` looks like, for people, e.g. `https://<company>.zendesk.com`. */
  readonly address: string;
  readonly auth: PullAuth;
  /** Sent with every request, e.g. the version of the API. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the vendor allows; requests are spread evenly below it. */
  readonly requestsPerMinute?: number;
  readonly streams: readonly PullStream[];
}

/** Mailboxes are read by IMAP, at `imaps://…`; each message is a delivery of one e-mail. */
export interface MailboxPlan {
  readonly kind: 'mailbox';
  readonly address: string;
}

/** Where the source's secret goes: always into a header. */
export type PullAuth =
  | { readonly kind: 'bearer' }
  /** The secret is `user:password`. */
  | { readonly kind: 'basic'; readonly secretForm: string }
  | { readonly kind: 'header'; readonly header: string; readonly prefix?: string }
  | OauthAuth
  /** A token signed here with the key of an app (ES256): the secret is `key id:issuer id:key`, as a PEM or its base64. */
  | { readonly kind: 'signed'; readonly audience: string };

/**
 * The secret is `client id:client secret`, and `:refresh token` after it where that is the grant. Tokens that last an hour
 * are asked for with it, and asked for again where one has run out.
 */
export interface OauthAuth {
  readonly kind: 'oauth';
  readonly grant: 'client_credentials' | 'refresh_token';
  /** Whole, or below the host of `baseUrl`; where it is left out the source's `tokenUrl` has to be set. */
  readonly tokenUrl?: string;
  /** What it looks like where it has to be set, for people. */
  readonly tokenAddress?: string;
  /** How the client shows itself when it asks for a token. */
  readonly client: 'basic' | 'body';
  readonly scope?: string;
}

/** A list that a vendor gives in pages. With a `body` it is asked for by POST, and parameters are dotted paths in it. */
export interface PullList {
  /** Below the source's `baseUrl`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Path of the list of rows; a page without rows is not stored. */
  readonly rows: string;
  /** A list with nothing in it is left out of the page. */
  readonly mayHaveNoRows?: boolean;
  readonly paging: PullPaging;
  /** Path of a value in the page that is true on the last one. */
  readonly endMarker?: string;
}

export interface PullStream extends PullList {
  readonly name: string;
  readonly cursor: PullCursor;
  /** Further lists that belong to each row of a page; they are stored together with it. */
  readonly details?: readonly PullDetail[];
  /** The page only names its rows: what the details say is stored, and the page is not. */
  readonly isIndex?: boolean;
  /** Reads the stream once for each of several, each with a cursor of its own. */
  readonly each?: PullEach;
  /** What a page does not say of itself and the connector needs: stored as headers of its delivery. */
  readonly context?: Readonly<Record<string, string>>;
  /** Not every account has it: a vendor that does not know it (400, 403, 404) is no failure. */
  readonly mayBeMissing?: boolean;
}

export type PullEach =
  /** For each value of a list in the settings, under the name `as`. */
  | { readonly settings: string; readonly as: string }
  /** For each row of another list, under the name `as`; `key` is the path of what makes it that row. */
  | { readonly list: PullList; readonly key: string; readonly as: string };

interface Place {
  /** Where the cursor stands: the newest of the page's rows or of their details, or once in the page. */
  readonly at: 'row' | 'page' | 'detail';
  readonly path: string;
  /** Parameter that asks for what is newer. Without one, rows come newest first and reading stops behind the cursor. */
  readonly parameter?: string;
  /** What the parameter says, where it says more: `{from}` is the cursor's value, `{until}` the end of the reading. */
  readonly template?: string;
  /** Parameters of the very first request, before there is a cursor. */
  readonly first?: Readonly<Record<string, string>>;
}

export type TimeCursor = Place & {
  readonly kind: 'time';
  readonly read: TimeForm;
  readonly write: Exclude<TimeForm, 'rfc2822'>;
  /** How far behind the cursor is read again, for rows that changed or appeared late. */
  readonly overlapSeconds: number;
  /** The longest that may be asked for at once; readings then follow one another until now. */
  readonly windowSeconds?: number;
  /** How far back the very first reading goes, where the vendor wants a beginning. */
  readonly firstSeconds?: number;
};

export type PullCursor =
  | TimeCursor
  /** A token that only the vendor understands, or an id that grows. Neither can be stepped back. */
  | (Place & { readonly kind: 'token' | 'id' })
  /** The last page names the whole address at which the next reading begins. */
  | { readonly kind: 'address'; readonly at: 'page'; readonly path: string }
  /** A short list, or a window that moves by itself: it is read whole each time. */
  | { readonly kind: 'whole' };

/** `plain` is `2026-03-01 09:00:00` in UTC. */
export type TimeForm = 'epoch-seconds' | 'epoch-milliseconds' | 'iso' | 'plain' | 'rfc2822';

export type PullPaging =
  /** The page names the address of the next one, whole or from the root of the host. */
  | { readonly kind: 'next-url'; readonly path: string }
  /** The `Link` header does. */
  | { readonly kind: 'link'; readonly relation: 'next' | 'prev' }
  | { readonly kind: 'token'; readonly path: string; readonly parameter: string }
  /** Pages from 1; one with fewer than `size` rows is the last. */
  | { readonly kind: 'number'; readonly parameter: string; readonly size: number }
  /** By the number of rows before. */
  | { readonly kind: 'offset'; readonly parameter: string; readonly size: number }
  /** By a value of the last row, or of the first where a page shows its oldest row first, until a page has no rows. */
  | { readonly kind: 'last-row' | 'first-row'; readonly path: string; readonly parameter: string }
  /**
   * Rows come oldest change first: the next page is asked for from the newest row of this one, so that a row that changes
   * meanwhile shifts none past the edge of a page. In another way only `within` a whole page of one time.
   */
  | { readonly kind: 'newest'; readonly size: number; readonly within: SteppedPaging }
  | { readonly kind: 'none' };

export type SteppedPaging = Extract<PullPaging, { kind: 'number' | 'offset' | 'token' }>;

/** A list, or with `isSingle` one object, that belongs to a row. What is gone (404) is left out. */
export interface PullDetail extends PullList {
  readonly isSingle?: boolean;
  /** Not every account has it: what a vendor does not give (402, 403) is left out too. */
  readonly mayBeMissing?: boolean;
  /** Path of a value in the row without which there is nothing to ask for, e.g. a count that is not 0. */
  readonly when?: string;
}
