import { createHash, timingSafeEqual } from 'node:crypto';

/** `isAbsent`: nothing of this scheme came with the delivery, which may therefore be signed in another way. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string; readonly isAbsent?: true };

export const trusted: Verdict = { ok: true };
export const refuse = (reason: string): Verdict => ({ ok: false, reason });
export const absent = (reason: string): Verdict => ({ ok: false, reason, isAbsent: true });

/** Compares digests of both, so that neither length nor content shows in the time it takes. */
export function isSameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

export function checkWindow(signedAt: Date, now: Date, toleranceSeconds: number): Verdict {
  const seconds = Math.abs(now.getTime() - signedAt.getTime()) / 1000;
  return seconds <= toleranceSeconds
    ? trusted
    : refuse(
        `signed ${Math.round(seconds)} s away from now; expected at most ${toleranceSeconds} s (a replay, or a wrong clock)`,
      );
}
