import assert from 'node:assert/strict';
import { test } from 'node:test';
import { threadOf } from '../../data/demo/ids.ts';
import { weekOf } from '../../data/demo/plan.ts';
import { runQuery } from '../../transforms/query.ts';
import { matches, on, textOf, type PlantedDemo } from './demo.ts';
import type { Found } from './links.ts';
import { groupBy, rounded, share } from './measures.ts';

interface Response {
  readonly form_response: {
    readonly token: string;
    readonly hidden: Readonly<Record<string, string>> & { readonly channel: string };
    readonly answers: readonly { readonly number: number }[];
  };
}

/** What the sources say: every delivery, contact, edit and answer. */
export function testSources({ store, conversations, report, found, files, span }: PlantedDemo): void {
  test('every delivery is understood: nothing refused, nothing unknown, nothing left out but the clocks of Zendesk', async (t) => {
    const [sum] = await store.all<Record<string, number>>(
      'select count(*) as deliveries, sum(rejected) as rejected, sum(unknown) as unknown from ops.delivery_outcome',
    );
    assert.deepEqual(sum, { deliveries: files.length, rejected: 0, unknown: 0 });
    const drops = await store.all<{ source: string; native_kind: string }>(
      "select distinct source, native_kind from ops.unit_count where outcome = 'drop'",
    );
    for (const { source, native_kind: kind } of drops) assert.match(`${source} ${kind}`, /^zendesk \w+\.(?!update)/);
    t.diagnostic(
      `${conversations.length} contacts: ${report.steps.map((s) => `${s.step} ${s.seconds.toFixed(1)} s`).join(', ')}`,
    );
  });

  test('every planned contact is found on its channel, and nothing else counts as one', async (t) => {
    assert.equal(found.length, conversations.length);
    const channelNames = { ticket: 'form', store_line: 'voice' } as Record<string, string>;
    for (const { contact, fact } of found)
      assert.equal(fact.channel, channelNames[contact.channel] ?? contact.channel, contact.key);
    assert.ok(found.every(({ fact }) => fact.is_customer_contact));
    const { rows } = await runQuery(
      store,
      { metrics: ['volume'], dimensions: ['channel'], filters: { from: '2026-08-01', to: '2026-11-01' } },
      { now: span.endsAt },
    );
    const counted = new Map(rows.map(({ channel, volume }) => [String(channel), Number(volume)]));
    for (const [channel, list] of groupBy(found, ({ fact }) => fact.channel)) {
      const planned = new Set(list.map(({ fact }) => fact.interaction_id)).size;
      t.diagnostic(`${channel}: ${list.length} planned, in ${planned} interactions, ${counted.get(channel)} counted`);
      assert.equal(counted.get(channel), planned, channel);
    }
    assert.equal(counted.get('survey') ?? 0, 0);
  });

  test('contacts fall into the weeks in which they were planned', () => {
    const isInWeek = ({ contact, fact }: Found) => weekOf(fact.started_at, span) === weekOf(contact.at, span);
    assert.ok(share(found, isInWeek) > 0.985, rounded(share(found, isInWeek)));
    assert.deepEqual(
      on(found, 'voice', 'chat', 'ticket', 'email', 'social', 'video').filter((one) => !isInWeek(one)),
      [],
    );
  });

  test('advertising, answering machines and returned mail are kept and are no contacts', async () => {
    const mail = textOf(files, 'email');
    const planted = matches(mail, /^(X-Spam-Flag: YES|X-Autoreply: yes|From: Mail Delivery System)/gm).length;
    const [kept] = await store.all<{ machines: number; contacts: number }>(
      `select
         count_if(utterance.is_automatic and utterance.role <> 'agent') as machines,
         count(distinct case when fact.is_customer_contact then fact.interaction_id end) as contacts
       from core.utterance
       join mart.interaction_fact as fact on fact.interaction_id = cast(utterance.interaction_id as varchar)
       where utterance.source = 'email'`,
    );
    assert.deepEqual(kept, { machines: planted, contacts: on(found, 'email').length });
  });

  test('words taken back are gone, words edited are the new ones', async () => {
    const [whatsapp, chat, social] = ['whatsapp', 'chatwoot', 'mastodon'].map((source) => textOf(files, source)) as [
      string,
      string,
      string,
    ];
    const deleted = [
      ...matches(whatsapp, /"revoke":\{"original_message_id":"([^"]+)"/g),
      ...matches(chat, /^\{"id":(\d+),"content":"This message was deleted"/gm).map((id) => `message/${id}`),
      ...matches(social, /\{"event":"delete","payload":"(\d+)"\}/g),
    ];
    const gone = await store.all<{ native_id: string; text: string | null; words: number }>(
      `select
         utterance.native_id,
         coalesce(utterance.text, utterance.source_text) as text,
         count(signal.utterance_id) as words
       from core.utterance
       left join signal.utterance as signal on signal.utterance_id = utterance.id
       where utterance.deleted_at is not null
       group by all`,
    );
    assert.deepEqual(gone.map(({ native_id: id }) => id).sort(), deleted.sort());
    assert.ok(gone.length >= 3 && gone.every(({ text, words }) => text === null && words === 0));
    const edits = matches(whatsapp, /"edit":\{"original_message_id":"([^"]+)"/g);
    const edited = await store.all<{ native_id: string; text: string }>(
      "select native_id, text from core.utterance where source = 'whatsapp' and edited_at is not null",
    );
    assert.deepEqual(edited.map(({ native_id: id }) => id).sort(), edits.sort());
    assert.ok(edited.length > 0 && edited.every(({ text }) => text.endsWith('(sorry, typo)')));
  });

  test('answers to surveys stand beside the contacts that they are about, and are none themselves', async (t) => {
    const facts = new Map(found.map((one) => [threadOf(one.contact), one]));
    const responses = matches(textOf(files, 'typeform'), /^(\{.*\})$/gm).map(
      (line) => (JSON.parse(line) as Response).form_response,
    );
    const answers = await store.all<{ token: string; interaction_id: string; score: number }>(
      `select
         split_part(survey.native_id, ':', 1) as token,
         cast(survey.interaction_id as varchar) as interaction_id,
         survey.score
       from core.survey
       where survey.source = 'typeform'
         and survey.kind = 'csat'`,
    );
    const byToken = new Map(answers.map((answer) => [answer.token, answer]));
    const joined = new Map<string, number>();
    for (const { token, hidden, answers: given } of responses) {
      const answer = byToken.get(token);
      assert.equal(answer?.score, given[0]!.number, token);
      const thread = hidden.contact_id ?? hidden.ticket_id ?? hidden.conversation_id;
      if (thread === undefined) continue;
      assert.equal(answer.interaction_id, facts.get(thread)!.fact.interaction_id, `${hidden.channel} ${thread}`);
      joined.set(hidden.channel, (joined.get(hidden.channel) ?? 0) + 1);
    }
    t.diagnostic([...joined].map(([channel, count]) => `${channel} ${count}`).join(', '));
    assert.deepEqual([...joined.keys()].sort(), ['chat', 'ticket', 'voice']);
    const rated = await store.all<{ channel: string }>(
      `select distinct interaction.channel
       from core.survey
       join core.interaction on interaction.id = survey.interaction_id
       where survey.source = 'zendesk' and survey.kind = 'csat'`,
    );
    assert.deepEqual(rated, [{ channel: 'form' }]);
  });
}
