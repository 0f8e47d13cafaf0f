import { redact } from '../../ingest/redact/redact.ts';
import { personalDataKinds, type PersonalDataKind, type PersonalSpan } from '../../ingest/redact/span.ts';

export interface LabelledText {
  readonly text: string;
  readonly spans: readonly PersonalSpan[];
}

export interface KindResult {
  readonly kind: PersonalDataKind;
  readonly labelled: number;
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
}

const label = /\{([a-z ]+)\|([^|}]*)(?:\|([^}]*))?\}/g;

/**
 * Reads lines with labels: `Hi {name|Ana}`, or `{name|Mr Vidal|Vidal}` where only the end or the beginning of what is
 * shown is personal; `\n` is a line end.
 */
export function readLabelled(lines: readonly string[]): LabelledText[] {
  return lines.map((raw) => {
    const line = raw.replaceAll(String.raw`\n`, '\n');
    const spans: PersonalSpan[] = [];
    let text = '';
    let done = 0;
    for (const { 0: whole, 1: kind, 2: shown, 3: part, index } of line.matchAll(label)) {
      text += line.slice(done, index);
      const start = text.length + (part === undefined ? 0 : shown!.indexOf(part));
      spans.push({ start, end: start + (part ?? shown!).length, kind: kind as PersonalDataKind });
      text += shown!;
      done = index + whole.length;
    }
    return { text: text + line.slice(done), spans };
  });
}

/**
 * Precision and recall for each kind. A label is found where spans of its kind cover at least half of it; a span is
 * right where a label of its kind overlaps it.
 */
export function measureRedaction(texts: readonly LabelledText[]): KindResult[] {
  const read = texts.map(({ text, spans }) => ({ labels: spans, found: redact(text).spans }));
  return personalDataKinds.map((kind) => {
    const of = (spans: readonly PersonalSpan[]) => spans.filter((span) => span.kind === kind);
    const labelled = read.flatMap(({ labels, found }) =>
      of(labels).map((one) => of(found).some((span) => overlap(span, one) * 2 >= one.end - one.start)),
    );
    const found = read.flatMap(({ labels, found: spans }) =>
      of(spans).map((span) => of(labels).some((one) => overlap(span, one) > 0)),
    );
    return {
      kind,
      labelled: labelled.length,
      found: found.length,
      precision: shareOf(found),
      recall: shareOf(labelled),
    };
  });
}

const overlap = (left: PersonalSpan, right: PersonalSpan): number =>
  Math.max(0, Math.min(left.end, right.end) - Math.max(left.start, right.start));

const shareOf = (verdicts: readonly boolean[]): number =>
  verdicts.filter(Boolean).length / Math.max(verdicts.length, 1);
