/**
 * How a source is pulled, as data: one engine (`pull.ts`) runs every plan. Dotted paths name a value in a page or in a row;
 * the empty path is the page itself.
 */
export interface PullPlan {
  readonly auth: PullAuth;
  /** What the vendor allows; requests are spread evenly below it. */
  readonly requestsPerMinute?: number;
  readonly streams: readonly PullStream[];
}

/** Where the source's secret goes: always into a header. */
export type PullAuth =
  | { readonly kind: 'bearer' }
  /** The secret is `user:password`. */
  | { readonly kind: 'basic'; readonly secretForm: string }
  | { readonly kind: 'header'; readonly header: string; readonly prefix?: string };

export interface PullStream {
  readonly name: string;
  /** Below the source's `baseUrl`. `{name}` is taken from the source's settings; a stream that lacks one is left out. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Path of the list of rows; a page without rows is not stored. */
  readonly rows: string;
  readonly cursor: PullCursor;
  readonly paging: PullPaging;
  /** Path of a value in the page that is true on the last one. */
  readonly endMarker?: string;
  /** Further lists that belong to each row of a page; they are stored together with it. */
  readonly details?: readonly PullDetail[];
}

interface Place {
  /** Where the cursor stands: the newest of the page's rows, or once in the page. */
  readonly at: 'row' | 'page';
  readonly path: string;
  /** Query parameter that asks for what is newer. */
  readonly parameter: string;
  /** Query of the very first request, before there is a cursor. */
  readonly first?: Readonly<Record<string, string>>;
}

export type PullCursor =
  | (Place & {
      readonly kind: 'time';
      readonly read: TimeForm;
      readonly write: Exclude<TimeForm, 'rfc2822'>;
      /** How far behind the cursor is read again, for rows that changed or appeared late. */
      readonly overlapSeconds: number;
    })
  /** A token that only the vendor understands, or an id that grows. Neither can be stepped back. */
  | (Place & { readonly kind: 'token' | 'id' });

export type TimeForm = 'epoch-seconds' | 'epoch-milliseconds' | 'iso' | 'rfc2822';

export type PullPaging =
  /** The page names the address of the next one, whole or from the root of the host. */
  | { readonly kind: 'next-url'; readonly path: string }
  /** The `Link` header does. */
  | { readonly kind: 'link'; readonly relation: 'next' | 'prev' }
  | { readonly kind: 'token'; readonly path: string; readonly parameter: string }
  /** Pages from 1; one with fewer than `size` rows is the last. */
  | { readonly kind: 'number'; readonly parameter: string; readonly size: number }
  /**
   * Rows come oldest change first: the next page is asked for from the newest row of this one, so that a row that changes
   * meanwhile shifts none past the edge of a page. By number only where a whole page has one time.
   */
  | { readonly kind: 'newest'; readonly parameter: string; readonly size: number };

/** `{name}` in `path` is taken from the row. A list that is gone (404) is left out. */
export interface PullDetail {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly rows: string;
  readonly paging: PullPaging;
}
