import { jsonIn } from '../../formats/json.ts';
import { isLoose, objectOf, objectsOf, textOf, type Loose } from '../../formats/value.ts';

/**
 * What other services of AWS carry a document of Amazon Connect in: a notification of SNS (a streamed chat), and the
 * batches that a function is called with (Kinesis for contact records, SNS, SQS). Anything else is a document itself.
 */
export function* unwrap(delivered: Loose): Generator<Loose> {
  if (Array.isArray(delivered.Records)) {
    for (const record of objectsOf(delivered.Records)) yield* unwrap(record);
    return;
  }
  // A stream's HTTP sink (Firehose) sends a batch of its own.
  if (textOf(delivered.requestId) && Array.isArray(delivered.records)) {
    for (const record of objectsOf(delivered.records)) yield* unwrap({ kinesis: record });
    return;
  }
  const inner = jsonIn(textIn(delivered));
  if (isLoose(inner)) yield* unwrap(inner);
  else yield delivered;
}

function textIn(delivered: Loose): string | undefined {
  const data = textOf(objectOf(delivered.kinesis).data);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  if (textOf(delivered.Type) === 'Notification') return textOf(delivered.Message);
  return (
    textOf(objectOf(delivered.Sns).Message) ?? (textOf(delivered.eventSource) ? textOf(delivered.body) : undefined)
  );
}
