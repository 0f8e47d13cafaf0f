import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { microsoftTeams } from '../../../ingest/connectors/microsoft-teams/microsoft-teams.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countOutcomes, mapBytes, mapDocument, of, payloadNames, readPayload, withPayloads } from './real-payloads.ts';

describe('microsoft-teams', () => {
  const { facts, outcomes } = mapFixture(microsoftTeams, 'messages.json', { ownTenants: ['t1'] });

  it('tells people of other tenants from ours and from bots', () => {
    const said = of(facts, 'utterance').map(({ role, text }) => [role, text]);
    assert.deepEqual(said, [
      ['customer', 'Is it late?'],
      ['agent', 'Tomorrow'],
      [undefined, undefined],
      ['bot', 'I can help'],
    ]);
    assert.equal(of(facts, 'utterance')[2]!.deletedAt!.toISOString(), '2026-01-01T10:05:00.000Z');
    assert.equal(outcomes[3]!.status, 'ignored');
  });

  it('keeps a chat as one thread and a post with its replies as another', () => {
    const keys = [...new Set(of(facts, 'thread').map(({ nativeId }) => nativeId))];
    assert.deepEqual(keys, ['19:a@thread.v2', '19:c@thread.tacv2:1767261000000']);
    assert.equal(of(facts, 'event')[0]!.value, '👍');
  });
});

it('microsoft-teams keeps emoji, which are elements without words in them', () => {
  const content =
    '<p>Late again <emoji id="sad" alt="🙁" title="Sad"></emoji> <img alt="🚚" itemscope itemtype="http://schema.skype.com/Emoji"><img alt="map" src="x"></p>';
  const message = {
    id: '1767261000000',
    messageType: 'message',
    createdDateTime: '2026-01-01T09:50:00Z',
    chatId: '19:a',
  };
  const { facts } = mapDocument(microsoftTeams, { ...message, from: {}, body: { contentType: 'html', content } });
  assert.equal(of(facts, 'utterance')[0]?.text, 'Late again 🙁 🚚');
});

it('microsoft-teams takes a quoted message for the one answered, and pasted images for files', () => {
  const message = {
    id: '1767261060000',
    messageType: 'message',
    createdDateTime: '2026-01-01T09:51:00Z',
    chatId: '19:a',
    from: { user: { id: 'u1' } },
    body: {
      contentType: 'html',
      content:
        '<attachment id="1767261000000"></attachment><p>Yes</p><img src="https://graph.microsoft.com/v1.0/chats/19:a/messages/1767261060000/hostedContents/aWQ9/$value" alt="image">',
    },
    attachments: [
      { id: '1767261000000', contentType: 'messageReference', content: '{}' },
      { id: '1767260000000', contentType: 'forwardedMessageReference', content: '{}' },
    ],
  };
  const [said] = of(mapDocument(microsoftTeams, message).facts, 'utterance');
  assert.deepEqual([said?.text, said?.media], ['Yes', [{ mediaId: 'aWQ9' }]]);
  assert.equal(said?.replyToId, recordId('utterance', 'microsoft-teams', '19:a:1767261000000'));
});

it('microsoft-teams reads the words on a card; a link to a file has no type', () => {
  const card = {
    type: 'AdaptiveCard',
    body: [{ type: 'Container', items: [{ type: 'TextBlock', text: 'Parcel late' }] }],
  };
  const message = (given: object) => ({
    id: '1767261000000',
    messageType: 'message',
    createdDateTime: '2026-01-01T09:50:00Z',
    chatId: '19:a',
    from: { application: { id: 'b1' } },
    body: { contentType: 'html', content: '<attachment id="1"></attachment>' },
    ...given,
  });
  const said = (given: object) => of(mapDocument(microsoftTeams, message(given)).facts, 'utterance')[0];
  const contentType = 'application/vnd.microsoft.card.adaptive';
  assert.equal(said({ attachments: [{ id: '1', contentType, content: JSON.stringify(card) }] })?.text, 'Parcel late');
  const file = { id: '1', contentType: 'reference', name: 'a.pdf', contentUrl: 'https://example.com/a.pdf' };
  assert.deepEqual(said({ attachments: [file] })?.media, [{ mediaId: '1', name: 'a.pdf' }]);
  assert.equal(said({ attachments: [{ id: '1', contentType, content: JSON.stringify(card) }] })?.media, undefined);
  const content = JSON.stringify({ originalMessageId: '9', originalMessageContent: '<p>It is late</p>' });
  const forward = { id: '9', contentType: 'forwardedMessageReference', content };
  assert.deepEqual(
    [said({ attachments: [forward] })?.text, said({ attachments: [forward] })?.media],
    ['It is late', undefined],
  );
});

it('microsoft-teams takes what an older message quotes for nothing said, and what is gone from a page for nothing known', () => {
  const quote = '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="9"><p>Late?</p></blockquote>';
  const message = { id: '8', messageType: 'message', chatId: '19:a', createdDateTime: '2026-01-01T10:00:00Z' };
  const body = { contentType: 'html', content: `${quote}<p>Yes</p>` };
  const page = {
    value: [
      { ...message, from: { user: { id: 'u1' } }, body },
      { id: '7', '@removed': { reason: 'deleted' } },
    ],
  };
  const { facts, outcomes } = mapDocument(microsoftTeams, page);
  assert.equal(of(facts, 'utterance')[0]!.text, 'Yes');
  assert.equal(outcomes[1]!.status, 'ignored');
});

it('microsoft-teams tells an app by its id, keeps files, and takes what is filled in on a card for nothing said', () => {
  const base = {
    type: 'message',
    id: '1767261000000',
    timestamp: '2026-01-01T10:00:00.5Z',
    conversation: { id: '19:a' },
  };
  const person = { ...base, from: { id: '29:1a', aadObjectId: 'u1' } };
  const download = 'application/vnd.microsoft.teams.file.download.info';
  const attachments = [{ contentType: download, name: 'a.txt', content: { uniqueId: 'f1', fileType: 'txt' } }];
  const [file] = of(mapDocument(microsoftTeams, { ...person, attachments }).facts, 'utterance');
  assert.deepEqual(file?.media, [{ mediaId: 'f1', name: 'a.txt' }]);
  const [bot] = of(mapDocument(microsoftTeams, { ...base, from: { id: '28:b1' }, text: 'Hello' }).facts, 'utterance');
  assert.deepEqual([bot?.role, bot?.isAutomatic], ['bot', true]);
  for (const nothing of [
    { ...person, value: { stars: '5' } },
    { ...person, type: 'typing' },
  ])
    assert.equal(mapDocument(microsoftTeams, nothing).outcomes[0]!.status, 'ignored');
});

it('microsoft-teams reads what becomes of a message that an app was sent', () => {
  const activity = (type: string, given: object) => ({
    type,
    id: '1767261000000',
    timestamp: '2026-01-01T10:00:00.5Z',
    from: { id: '29:1a', aadObjectId: 'u1' },
    conversation: { id: '19:a', conversationType: 'personal' },
    ...given,
  });
  const read = (document: object) => mapDocument(microsoftTeams, document).facts;
  const [edited] = of(read(activity('messageUpdate', { text: 'Is it late?' })), 'utterance');
  assert.deepEqual(
    [edited?.text, edited?.occurredAt?.toISOString(), edited?.editedAt?.toISOString()],
    ['Is it late?', '2026-01-01T09:50:00.000Z', '2026-01-01T10:00:00.500Z'],
  );
  const [gone] = of(read(activity('messageDelete', {})), 'utterance');
  assert.deepEqual([gone?.id, gone?.deletedAt], [edited?.id, edited?.editedAt]);
  const reaction = { id: 'f:1', replyToId: '1767261000000', reactionsAdded: [{ type: 'like' }] };
  const facts = read(activity('messageReaction', { ...reaction, reactionsRemoved: [{ type: 'heart' }] }));
  assert.deepEqual(
    of(facts, 'event').map(({ kind, value, utteranceId }) => [kind, value, utteranceId]),
    [
      ['reaction', 'like', edited?.id],
      ['reaction', 'removed heart', edited?.id],
    ],
  );
  const actionValue = { reaction: 'dislike', feedback: '{"feedbackText":"Wrong parcel"}' };
  const value = { actionName: 'feedback', actionValue };
  const invoke = activity('invoke', { id: 'f:2', name: 'message/submitAction', replyToId: '1767261000000', value });
  const [opinion] = of(read(invoke), 'survey');
  assert.deepEqual([opinion?.score, opinion?.scaleMax, opinion?.comment], [0, 1, 'Wrong parcel']);
  assert.equal(opinion?.threadId, edited?.threadId);
});

it('microsoft-teams leaves teams and what an app is told beside words out', () => {
  const team = { id: 't', displayName: 'Support', isArchived: false };
  const joined = { type: 'conversationUpdate', id: 'f:1', conversation: { id: '19:a' } };
  for (const document of [{ value: [team] }, joined])
    assert.deepEqual(countOutcomes([mapDocument(microsoftTeams, document)]), { ignored: 1 });
});

describe('microsoft-teams, members of a chat', () => {
  const rolesWith = (settings: object) => {
    const { facts } = mapFixture(microsoftTeams, 'members.json', settings);
    return Object.fromEntries(
      of(facts, 'handle').flatMap(({ value, role }) => (role ? [[value.split(':')[1]!, role]] : [])),
    );
  };

  it('tells ours from those of other tenants, from guests of ours and from private accounts', () => {
    assert.deepEqual(rolesWith({ ownTenants: ['t1'] }), {
      u2: 'agent',
      u1: 'customer',
      u5: 'customer',
      u6: 'customer',
    });
    assert.deepEqual(rolesWith({ agents: ['u2', 'u5'] }), {
      u2: 'agent',
      u1: 'customer',
      u5: 'agent',
      u6: 'customer',
    });
  });

  it('says of members of a tenant nothing where it is not told which tenant is ours', () => {
    assert.deepEqual(rolesWith({}), { u5: 'customer', u6: 'customer' });
  });

  it('knows who is in a chat without an account of any company by the id of each kind of member', () => {
    const member = (kind: string, id: object) => ({
      '@odata.type': `#microsoft.graph.${kind}ConversationMember`,
      id: 'm1',
      roles: [],
      displayName: 'Jo',
      ...id,
    });
    const { facts } = mapDocument(microsoftTeams, [
      member('anonymousGuest', { anonymousGuestId: 'g1' }),
      member('skypeUser', { skypeId: 's1' }),
      member('azureCommunicationServicesUser', { azureCommunicationServicesId: '8:acs:1' }),
    ]);
    assert.deepEqual(
      of(facts, 'handle').flatMap(({ value, role }) => (role ? [[value, role]] : [])),
      ['g1', 's1', '8:acs:1'].map((id) => [`microsoft-teams:${id}`, 'customer']),
    );
  });

  it('takes nobody who writes by mail to a channel for a customer, as anybody may', () => {
    const user = { id: 'u9', displayName: 'Jo', userIdentityType: 'emailUser' };
    const message = { id: '1767261600000', messageType: 'message', createdDateTime: '2026-01-01T10:00:00Z' };
    const said = { ...message, chatId: '19:c', from: { user }, body: { contentType: 'text', content: 'Hi' } };
    assert.equal(of(mapDocument(microsoftTeams, said).facts, 'utterance')[0]!.role, undefined);
  });

  it('knows the mail of a customer, and leaves out whom no message names', () => {
    const { facts, outcomes } = mapFixture(microsoftTeams, 'members.json', { ownTenants: ['t1'] });
    const mails = of(facts, 'handle').flatMap(({ type, value }) => (type === 'email' ? value : []));
    assert.deepEqual(mails, ['jo@example.net', 'bo@example.org']);
    assert.deepEqual(
      of(facts, 'agent').map(({ name }) => name),
      ['Ana Lee'],
    );
    assert.equal(outcomes.at(-1)!.status, 'drop');
  });
});

describe('microsoft-teams, real payloads', withPayloads('microsoft-teams'), () => {
  it('leaves chats out, keeps their members, and refuses an error of the API', () => {
    const read = (name: string) => mapBytes(microsoftTeams, readPayload('microsoft-teams', name), 'json')[0]!;
    const [members, messages, chats] = payloadNames('microsoft-teams').map((name) => () => read(name));
    assert.throws(messages!, /an error of the API/);
    for (const page of [members!, chats!])
      for (const { nativeKind, status } of page().outcomes)
        assert.equal(status, nativeKind === 'chat' ? 'ignored' : 'ok');
  });
});
