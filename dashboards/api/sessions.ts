import { randomBytes } from 'node:crypto';

const lifeMilliseconds = 12 * 60 * 60 * 1000;

/** Who has signed in with a key. Held in memory: a restart signs everybody out, and no token is ever stored. */
export class Sessions {
  #byToken = new Map<string, { keyId: string; endsAt: number }>();

  start(keyId: string, now: Date): string {
    for (const [token, { endsAt }] of this.#byToken) if (endsAt <= now.getTime()) this.#byToken.delete(token);
    const token = randomBytes(32).toString('base64url');
    this.#byToken.set(token, { keyId, endsAt: now.getTime() + lifeMilliseconds });
    return token;
  }

  /** The id of the key a token was made with; undefined once it has ended. */
  find(token: string, now: Date): string | undefined {
    const session = this.#byToken.get(token);
    return session && session.endsAt > now.getTime() ? session.keyId : undefined;
  }

  end(token: string): void {
    this.#byToken.delete(token);
  }
}
