import type { CountryCode } from 'libphonenumber-js/max';
import { SourceError } from '../../errors.ts';
import type { SplitContext } from '../connector.ts';
import type { HandleInput } from '../fact-list.ts';
import { normalizeHandle } from '../formats/handle.ts';
import { wordsOf, type Words } from '../formats/helpdesk.ts';
import { fields, wordLists, type FieldName, type WordType } from './fields.ts';
import type { Scope } from './path.ts';
import type { Kind, Mapping } from './schema.ts';
import { readTime, type ReadTime } from './time.ts';
import { readAll, type Value } from './value.ts';

type FieldOf<Type> = { [Name in FieldName]: (typeof fields)[Name]['type'] extends Type ? Name : never }[FieldName];

/** Reads the fields of one unit as its mapping states them. Throws SourceError where a value is missing or wrong. */
export class FieldReader {
  constructor(
    readonly kind: Kind,
    readonly scope: Scope,
    readonly mapping: Mapping,
    readonly context: SplitContext,
  ) {}

  text(name: FieldName): string | undefined {
    return this.one(this.kind[name]);
  }

  /** As `text`, for what must be there. */
  need(name: FieldName): string {
    const text = this.text(name);
    if (text === undefined) throw new SourceError(`missing ${name}; expected it at ${describe(this.kind[name])}`);
    return text;
  }

  list(name: FieldOf<'list'>): string[] | undefined {
    const spec = this.kind[name];
    const found = spec ? readAll(spec, this.scope) : [];
    const words = (found.length === 1 ? found[0]!.split(',') : found).map((word) => word.trim()).filter(Boolean);
    return words.length > 0 ? words : undefined;
  }

  /** One of our own words. */
  word<Type extends WordType>(name: Type & FieldName): (typeof wordLists)[Type][number] | undefined {
    const text = this.text(name);
    const words: readonly string[] = wordLists[name];
    if (text !== undefined && !words.includes(text))
      throw new SourceError(
        `invalid ${name}: ${text}; expected ${this.kind[name]?.lookup ? 'a word of its lookup' : `one of ${words.join(', ')}`}`,
      );
    return text as (typeof wordLists)[Type][number] | undefined;
  }

  time(name: FieldOf<'time'>): ReadTime | undefined {
    const spec = this.kind[name];
    const text = this.one(spec);
    if (text === undefined) return undefined;
    const form = spec!.time ?? 'iso';
    const time = readTime(text, form, spec!.timeZone ?? this.mapping.timeZone);
    if (!time) throw new SourceError(`invalid ${name}: ${text}; expected a time of the form ${form}`);
    return time;
  }

  number(name: string, spec: Value | undefined): number | undefined {
    const text = this.one(spec);
    const number = Number(text);
    if (text !== undefined && !Number.isFinite(number))
      throw new SourceError(`invalid ${name}: ${text}; expected a number`);
    return text === undefined ? undefined : number;
  }

  whole(name: FieldOf<'number'>): number | undefined {
    const number = this.number(name, this.kind[name]);
    if (number !== undefined && !Number.isSafeInteger(number))
      throw new SourceError(`invalid ${name}: ${number}; expected a whole number`);
    return number;
  }

  flag(name: FieldOf<'flag'>): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined) return undefined;
    if (['true', 'yes', '1'].includes(text)) return true;
    if (['false', 'no', '0'].includes(text)) return false;
    throw new SourceError(`invalid ${name}: ${text}; expected true or false`);
  }

  words(spec: Value | undefined = this.kind.text): Words {
    const text = this.one(spec);
    const format = spec?.format ?? 'plain';
    return wordsOf(format.startsWith('html') ? { html: text } : { text }, format.endsWith('mail'));
  }

  /** The addresses of the customer. */
  handles(): HandleInput[] {
    return (this.kind.customer ?? []).map(({ type, value, name, country = this.mapping.country }) => {
      const given = this.one(value);
      const isNational = type === 'phone' && country !== undefined;
      return {
        type,
        value: isNational ? normalizeHandle(type, given, this.context.source, country as CountryCode) : given,
        display: this.one(name),
      };
    });
  }

  /** The same fields, read from another place. */
  at(unit: unknown): FieldReader {
    const scope = { unit, parents: [...this.scope.parents, this.scope.unit] };
    return new FieldReader(this.kind, scope, this.mapping, this.context);
  }

  one(spec: Value | undefined): string | undefined {
    return spec && readAll(spec, this.scope)[0];
  }
}

export const describe = (spec: Value | undefined): string => spec?.template ?? [spec?.path ?? []].flat().join(' or ');
