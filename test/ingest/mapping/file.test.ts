import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError } from '../../../errors.ts';
import { parseMapping } from '../../../ingest/mapping/file.ts';
import { exampleText } from './mapped.ts';

/** The example with one part changed, and what is said of it. */
function complaint(from: string, to: string): string {
  assert.ok(exampleText.includes(from), from);
  try {
    parseMapping(exampleText.replace(from, to), 'desk.yaml');
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return 'nothing';
}

describe('a mapping file', () => {
  it('is YAML or JSON', () => {
    const json = JSON.stringify({
      name: 'desk',
      title: 'Desk',
      channel: 'chat',
      accepts: ['csv'],
      kinds: [{ is: 'conversation', conversation: 'id' }],
    });
    assert.equal(parseMapping(json, 'desk.json').kinds[0]!.is, 'conversation');
    assert.equal(parseMapping(exampleText, 'desk.yaml').name, 'parcel-desk');
  });

  it('says which line is not YAML', () => {
    assert.match(complaint('units: changes', 'units: [changes'), /^desk\.yaml, line \d+: invalid mapping: /);
  });

  it('names file, line and place of a mistake, what stands there and the rule', () => {
    const line = exampleText.split('\n').findIndex((text) => text.startsWith('channel:')) + 1;
    assert.match(
      complaint('channel: ticket', 'channel: pigeon'),
      new RegExp(`^desk\\.yaml, line ${line}, channel: invalid mapping: pigeon; expected one of "voice", `),
    );
  });

  it('knows the words that fields of ours may have', () => {
    assert.match(
      complaint('visitor: customer', 'visitor: client'),
      /kinds\.0\.role\.lookup\.visitor: invalid mapping: client; expected one of customer, agent, bot, system$/m,
    );
  });

  it('names what a kind needs and what it takes', () => {
    assert.match(complaint('    id: message.id\n', ''), /kinds\.0\.id: invalid mapping: nothing; expected a path/);
    assert.match(
      complaint('replyTo:', 'reply:'),
      /kinds\.0: invalid mapping: reply; expected one of name, is, when, id/,
    );
    assert.match(
      complaint('is: event', 'is: evnt'),
      /kinds\.4\.is: invalid mapping: evnt; expected is: one of message/,
    );
  });

  it('wants exactly one place for a value', () => {
    assert.match(
      complaint('question: { value: How did we do? }', 'question: { value: a, path: b }'),
      /question: invalid mapping: .*; expected exactly one of path, value and template/,
    );
  });

  it('wants webhooks to be trusted, by a scheme that exists', () => {
    assert.match(
      complaint('scheme: hmac', 'scheme: none'),
      /trust\.scheme: invalid mapping: none; expected scheme: one of/,
    );
    assert.match(
      complaint('accepts: [json, ndjson, webhook]', 'accepts: [json]'),
      /trust: .*expected webhook in accepts/,
    );
  });

  it('lets no kind hide the ones after it', () => {
    assert.match(complaint('when: { type: message.created }', 'when: {}'), /kinds\.0: .*expected a condition \(when\)/);
  });
});
