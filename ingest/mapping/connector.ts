import { z } from 'zod';
import { SourceError } from '../../errors.ts';
import {
  defineConnector,
  reject,
  type Connector,
  type Format,
  type Outcome,
  type SplitContext,
  type Unit,
  type UnitKind,
} from '../connector.ts';
import { isLoose } from '../formats/value.ts';
import type { Channel } from '../channels.ts';
import { mapUnit } from './facts.ts';
import { describe, FieldReader } from './field-reader.ts';
import type { MeaningName } from './fields.ts';
import { unitsAt, type Scope } from './path.ts';
import type { Kind, Mapping, Test } from './schema.ts';
import { trustOf } from './trust.ts';
import { textsAt } from './value.ts';

const unitKinds: Record<MeaningName, UnitKind> = {
  message: 'message',
  edit: 'edit',
  delete: 'delete',
  deleteConversation: 'delete',
  conversation: 'thread',
  event: 'event',
  survey: 'survey',
  customer: 'profile',
  company: 'profile',
  ignored: 'ignored',
};

/** A unit, and for `map` where it stands and what it is: hidden, so that the unit alone counts as what was delivered. */
interface MappedUnit {
  readonly unit: unknown;
  readonly place: { readonly scope: Scope; readonly kind: Kind | undefined };
}

const placed = (scope: Scope, kind?: Kind): MappedUnit =>
  Object.defineProperty({ unit: scope.unit }, 'place', { value: { scope, kind }, enumerable: false }) as MappedUnit;

/** Makes of a mapping what every other source is. */
export function connectorOf(mapping: Mapping): Connector {
  return defineConnector<MappedUnit, Record<string, never>>({
    name: mapping.name,
    title: mapping.title,
    version: mapping.version,
    channels: channelsOf(mapping),
    docs: mapping.docs,
    formats: formatsOf(mapping),
    settings: z.strictObject({}),
    trust: trustOf(mapping.trust),
    ...(mapping.handshake && { handshake: mapping.handshake }),
    ...(mapping.acknowledgement !== undefined && { acknowledgement: mapping.acknowledgement }),
    threadKey: [
      ...new Set(mapping.kinds.flatMap(({ conversation }) => (conversation ? describe(conversation) : []))),
    ].join(', '),
    split: (document) => split(document, mapping),
    map: ({ native }, context) => map(native, mapping, context),
  });
}

function* split(document: unknown, mapping: Mapping): Generator<Unit<MappedUnit>> {
  if (typeof document !== 'object' || document === null)
    throw new SourceError('invalid document; expected an object or a list');
  // Each element of a list is looked at by itself, so that one without units is counted.
  for (const each of Array.isArray(document) ? document : [document]) {
    const scopes = mapping.units.map((path) => unitsAt(each, path));
    if (scopes.every((found) => found === undefined))
      yield unknown(`without ${mapping.units.join(' and ')}`, { unit: each, parents: [] });
    else for (const scope of scopes.flatMap((found) => found ?? [])) yield unitOf(scope, mapping);
  }
}

const unknown = (nativeKind: string, scope: Scope): Unit<MappedUnit> => ({
  kind: 'unknown',
  nativeKind,
  native: placed(scope),
});

function unitOf(scope: Scope, { kinds }: Mapping): Unit<MappedUnit> {
  if (!isLoose(scope.unit)) return unknown(typeof scope.unit, scope);
  const kind = kinds.find(({ when = {} }) => Object.entries(when).every(([path, test]) => holds(test, path, scope)));
  if (!kind) return unknown(nativeKindOf(scope, kinds), scope);
  const nativeKind = kind.name ?? nativeKindOf(scope, [kind]);
  return { kind: unitKinds[kind.is], nativeKind, native: placed(scope, kind) };
}

function holds(test: Test, path: string, scope: Scope): boolean {
  const texts = textsAt(scope, path);
  if (typeof test === 'object' && 'exists' in test) return texts.length > 0 === test.exists;
  if (typeof test === 'object' && 'matches' in test)
    return texts.some((text) => new RegExp(test.matches, 'u').test(text));
  const wanted = [test].flat().map(String);
  return texts.some((text) => wanted.includes(text));
}

/** The source's own word for it: what stands where the conditions look, if it is a word. */
function nativeKindOf(scope: Scope, kinds: readonly Kind[]): string {
  const paths = kinds.flatMap(({ when = {} }) =>
    Object.entries(when).flatMap(([path, test]) => (typeof test === 'object' && !Array.isArray(test) ? [] : [path])),
  );
  const words = paths.flatMap((path) => textsAt(scope, path)).filter((text) => /^[\w.:/-]{1,60}$/.test(text));
  return words[0] ?? (kinds.length === 1 ? kinds[0]!.is : 'object');
}

function map({ place: { scope, kind } }: MappedUnit, mapping: Mapping, context: SplitContext): Outcome {
  if (!kind || kind.is === 'ignored') return reject('of no kind that has facts');
  try {
    return mapUnit[kind.is](new FieldReader(kind, scope, mapping, context));
  } catch (error) {
    if (error instanceof SourceError) return reject(error.message);
    throw error;
  }
}

function formatsOf({ accepts }: Mapping): Format[] {
  const formats = accepts.filter((format) => format !== 'webhook');
  return formats.length > 0 ? formats : ['json'];
}

function channelsOf({ channel, kinds }: Mapping): Channel[] {
  const others = kinds.flatMap(({ channel: given }) => [
    given?.lookup ? undefined : given?.value,
    given?.otherwise,
    ...Object.values(given?.lookup ?? {}),
  ]);
  const surveys = kinds.some(({ is }) => is === 'survey') ? ['survey'] : [];
  return [...new Set([channel, ...others.filter((word) => word !== undefined), ...surveys])] as Channel[];
}
