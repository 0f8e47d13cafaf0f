import type { ParsedUnit } from './parse.ts';

type Status = ParsedUnit['outcome']['status'];

/** How many units of one native kind had one outcome, for one reason. */
export interface UnitCount {
  readonly nativeKind: string;
  readonly status: Status;
  readonly reason: string;
  units: number;
}

/** What is kept of a delivery's units while they pass: counts, and those that were refused. */
export class UnitTally {
  readonly rejected: ParsedUnit[] = [];
  readonly #counts = new Map<string, UnitCount>();

  add(unit: ParsedUnit): void {
    const { nativeKind, outcome } = unit;
    const reason = 'reason' in outcome ? outcome.reason : '';
    const key = `${nativeKind}\u001f${outcome.status}\u001f${reason}`;
    const count = this.#counts.get(key);
    if (count) count.units++;
    else this.#counts.set(key, { nativeKind, status: outcome.status, reason, units: 1 });
    if (outcome.status === 'reject') this.rejected.push(unit);
  }

  get counts(): UnitCount[] {
    return [...this.#counts.values()];
  }

  /** Units with one outcome, or all. */
  total(status?: Status): number {
    const counted = this.counts.filter((count) => status === undefined || count.status === status);
    return counted.reduce((sum, { units }) => sum + units, 0);
  }
}
