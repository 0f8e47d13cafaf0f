import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { trimReply } from '../../../ingest/formats/reply.ts';

const trimmed = (...lines: string[]): string => trimReply(lines.join('\n')).text;

describe('trimReply', () => {
  it('cuts at an attribution, in many languages', () => {
    const attributions = [
      'On Mon, 2 Mar 2026 at 10:15, Ada Agent <ada@shop.example.com> wrote:',
      'Am Mo., 2. März 2026 um 10:15 Uhr schrieb Ada Agent <ada@shop.example.com>:',
      'Le lun. 2 mars 2026 à 10:15, Ada Agent <ada@shop.example.com> a écrit :',
      'El lun, 2 mar 2026 a las 10:15, Ada Agent (<ada@shop.example.com>) escribió:',
      'Em seg., 2 de mar. de 2026 às 10:15, Ada Agent <ada@shop.example.com> escreveu:',
      'Il giorno lun 2 mar 2026 alle ore 10:15 Ada Agent <ada@shop.example.com> ha scritto:',
      'Op ma 2 mrt 2026 om 10:15 schreef Ada Agent <ada@shop.example.com>:',
      'Den mån 2 mars 2026 kl 10:15 skrev Ada Agent <ada@shop.example.com>:',
      'pon., 2 mar 2026 o 10:15 Ada Agent <ada@shop.example.com> napisał(a):',
      'пн, 2 мар. 2026 г. в 10:15, Ada Agent <ada@shop.example.com>:',
      '2026年3月2日(月) 10:15 Ada Agent <ada@shop.example.com>:',
      '在 2026年3月2日，上午10:15，Ada Agent <ada@shop.example.com> 写道：',
    ];
    for (const attribution of attributions)
      assert.equal(trimmed('It came, thanks!', '', attribution, '', '> Has it come?'), 'It came, thanks!', attribution);
  });

  it('cuts at an attribution that is wrapped', () => {
    assert.equal(
      trimmed('Yes.', '', 'On Mon, 2 Mar 2026 at 10:15, Ada Agent <ada@shop.example.com>', 'wrote:', '', 'Has it?'),
      'Yes.',
    );
  });

  it('cuts at the header block of an answered or forwarded message', () => {
    assert.equal(
      trimmed(
        'Ja.',
        '',
        '________________',
        'Von: Ada',
        'Gesendet: Montag, 2. März 2026',
        'An: Jo',
        'Betreff: Paket',
        '',
        'Da?',
      ),
      'Ja.',
    );
    assert.equal(trimmed('See below.', '', '-----Original Message-----', 'From: Ada', '', 'text'), 'See below.');
  });

  it('keeps answers between quotes, without the quotes', () => {
    const text = trimmed(
      'See below.',
      '',
      'On 2 Mar 2026, at 10:15, Ada <ada@example.com> wrote:',
      '> When?',
      '',
      'On Monday.',
      '',
      '> Where?',
      '',
      'At home.',
    );
    assert.equal(text.replace(/\n+/g, ' '), 'See below. On Monday. At home.');
  });

  it('keeps greeting and thanks, drops signature and note of the device', () => {
    assert.equal(
      trimmed('It broke.', '', 'Thanks,', 'Jo', '-- ', 'Jo Doe', '+1 555 0100', '', 'Sent from my iPhone'),
      'It broke.\n\nThanks,\nJo',
    );
  });

  it('keeps the header-like words of a customer, rules within the text and code', () => {
    const plain =
      'From: my point of view it is late.\n\nTo: be clear, I wrote twice in 2026.\n----------------------\nOrder 17';
    assert.equal(trimmed(plain), plain);
    assert.equal(trimmed('Look:', '```', '--', 'a', '```'), 'Look:\n```\n--\na\n```');
  });

  it('keeps everything where nothing would be left', () => {
    assert.equal(trimmed('> only a quote'), '> only a quote');
  });

  it('leads every kept run back to the source', () => {
    const source =
      'One.\n\nOn 2 Mar 2026, at 10:15, Ada <ada@example.com> wrote:\n> When?\n\nTwo.\n\n> Where?\n\nThree.';
    const { text, spans } = trimReply(source);
    assert.ok(spans.length > 1);
    for (const [at, from, length] of spans)
      assert.equal(text.slice(at, at + length), source.slice(from, from + length));
  });
});

const folder = join(import.meta.dirname, '../../../../shared/data/payloads/email-reply-text');

describe('trimReply, real replies', { skip: existsSync(folder) ? false : `${folder} is absent` }, () => {
  const read = (name: string, part: string): string | undefined => {
    const file = join(folder, `${name}.${part}.txt`);
    return existsSync(file) ? readFileSync(file, 'utf8').replace(/\r\n/g, '\n') : undefined;
  };
  const words = (text: string): string => text.replace(/[\s>]+/g, ' ').trim();

  /** The whole reply and what should be left of it; one of three parts may be missing and follows from the others. */
  function example(name: string): { whole: string; kept: string } | undefined {
    const [whole, kept, cut] = ['emails', 'trimmed', 'elided'].map((part) => read(name, part));
    if (whole !== undefined && kept !== undefined) return { whole, kept };
    if (kept !== undefined && cut !== undefined) return { whole: `${kept}\n\n${cut}`, kept };
    if (whole === undefined || cut === undefined || !words(whole).endsWith(words(cut))) return undefined;
    return { whole, kept: words(whole).slice(0, words(whole).length - words(cut).length) };
  }

  it('agrees with what people kept in at least 95 of 100', () => {
    const names = [...new Set(readdirSync(folder).map((name) => name.split('.')[0]!))];
    const examples = names.flatMap((name) => example(name) ?? []);
    const agreed = examples.filter(({ whole, kept }) => words(trimReply(whole).text) === words(kept));
    assert.ok(examples.length > 35, `${examples.length} examples`);
    assert.ok(agreed.length / examples.length >= 0.95, `${agreed.length} of ${examples.length}`);
  });
});
