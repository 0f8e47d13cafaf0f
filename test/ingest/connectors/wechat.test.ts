import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wechat } from '../../../ingest/connectors/wechat.ts';
import { recordId } from '../../../ingest/record-id.ts';
import { mapFixture } from './fixture.ts';
import { countPayloads } from './payload-counts.ts';
import { mapDocument, of, withPayloads } from './real-payloads.ts';

test('a text has its words, an exact id and the time in seconds', () => {
  const [text] = of(mapFixture(wechat, 'text.xml').facts, 'utterance');
  assert.deepEqual([text?.text, text?.nativeId], ['我的包裹在哪里?', '7654321098765432101']);
  assert.deepEqual([text?.occurredAt?.toISOString(), text?.timePrecision], ['2026-01-05T08:00:00.000Z', 'second']);
});

test('times in milliseconds are told from times in seconds', () => {
  const document =
    '<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1767600000123</CreateTime><MsgType>text</MsgType><Content>x</Content><MsgId>1</MsgId></xml>';
  const [text] = of(mapDocument(wechat, document).facts, 'utterance');
  assert.deepEqual([text?.occurredAt?.toISOString(), text?.timePrecision], ['2026-01-05T08:00:00.123Z', 'millisecond']);
});

test('what WeChat writes in place of a sticker is no word of the person', () => {
  const document =
    '<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1767600000</CreateTime><MsgType>text</MsgType><Content>【收到不支持的消息类型，暂无法显示】</Content><MsgId>1</MsgId></xml>';
  const [sticker] = of(mapDocument(wechat, document).facts, 'utterance');
  assert.deepEqual([sticker?.role, sticker?.text], ['customer', undefined]);
});

test('the title of a link that a person shares is its page’s', () => {
  const document =
    '<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1767600000</CreateTime><MsgType>link</MsgType><Title>The best shoes</Title><Description>Buy now</Description><Url>https://example.com/shoes</Url><MsgId>1</MsgId></xml>';
  const [link] = of(mapDocument(wechat, document).facts, 'utterance');
  assert.equal(link?.text, 'https://example.com/shoes');
});

test('in JSON a message is the same message', () => {
  const document = {
    ToUserName: 'gh_shop',
    FromUserName: 'o_mina',
    CreateTime: 1767600000,
    MsgType: 'text',
    Content: 'Is it here?',
    MsgId: '7654321098765432199',
  };
  const { facts } = mapDocument(wechat, document);
  const [text] = of(facts, 'utterance');
  assert.deepEqual([text?.text, text?.nativeId], ['Is it here?', '7654321098765432199']);
  assert.equal(of(facts, 'thread')[0]?.id, of(mapFixture(wechat, 'text.xml').facts, 'thread')[0]?.id);
});

test('a file is named by its title, which nobody said', () => {
  const document =
    '<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1767600000</CreateTime><MsgType>file</MsgType><Title>order.pdf</Title><Description></Description><FileKey>k</FileKey><FileMd5>0</FileMd5><FileTotalLen>99</FileTotalLen><MsgId>1</MsgId></xml>';
  const [file] = of(mapDocument(wechat, document).facts, 'utterance');
  assert.deepEqual([file?.text, file?.media], [undefined, [{ name: 'order.pdf', byteSize: 99 }]]);
});

test('a voice message has what WeChat heard, and its file by id', () => {
  const [voice] = of(mapFixture(wechat, 'voice.xml').facts, 'utterance');
  assert.deepEqual([voice?.text, voice?.media], ['hello?', [{ mediaId: 'm1', name: 'amr' }]]);
});

test('an agent who takes the session is named, and who leaves has opted out', () => {
  const [assigned] = of(mapFixture(wechat, 'agent.xml').facts, 'event');
  assert.deepEqual([assigned?.kind, assigned?.agentId], ['assigned', recordId('agent', 'wechat', 'ada@shop')]);
  assert.equal(of(mapFixture(wechat, 'unsubscribe.xml').facts, 'event')[0]?.kind, 'opted_out');
});

test('two buttons of the menu in one second are two events', () => {
  const pressed = (event: string, key: string) =>
    of(
      mapDocument(
        wechat,
        `<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1767600000</CreateTime><MsgType>event</MsgType><Event>${event}</Event><EventKey>${key}</EventKey></xml>`,
      ).facts,
      'event',
    )[0];
  const [first, second] = [pressed('CLICK', 'orders'), pressed('scancode_waitmsg', 'code')];
  assert.deepEqual([first?.value, second?.kind], ['CLICK: orders', 'triggered']);
  assert.notEqual(first?.id, pressed('CLICK', 'help')?.id);
});

test('what a person lets us send is an event of theirs', () => {
  const xml = `<xml><ToUserName>a</ToUserName><FromUserName>b</FromUserName><CreateTime>1767600000</CreateTime><MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event></xml>`;
  assert.equal(of(mapDocument(wechat, xml).facts, 'event')[0]?.kind, 'status_changed');
});

test('an encrypted message is refused with the reason', () => {
  assert.match(mapFixture(wechat, 'encrypted.xml').outcomes[0]?.reason ?? '', /encrypted/);
});

test('real payloads', withPayloads('wechat'), () => {
  assert.deepEqual(countPayloads(wechat, 'wechat'), { ok: 2, reject: 1 });
});
