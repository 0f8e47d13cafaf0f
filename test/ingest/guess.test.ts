import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatsOf } from '../../ingest/files.ts';
import { guessSource, type Verdict } from '../../ingest/guess/guess.ts';
import { connectors } from '../../ingest/sources.ts';
import { contextOf, factsOfSample, type Sample } from './contract.ts';
import { fixturesOf, payloadsOf, payloadsSkipped } from './samples.ts';

interface Told extends Verdict {
  readonly name: string;
  readonly owner: string;
  readonly isRight: boolean;
}

const guessSample = (owner: string, { name, delivery }: Sample): Told => {
  const heads = new Map(formatsOf(name).map((format) => [format, { ...delivery, format }]));
  const verdict = guessSource(heads, connectors, contextOf);
  return { ...verdict, owner, name: `${owner}/${name}`, isRight: verdict.guesses[0]?.source === owner };
};

const share = (told: readonly Told[]): number => told.filter(({ isRight }) => isRight).length / told.length;
const wrongButSure = (told: readonly Told[]): string[] =>
  told.filter(({ isRight, isSure }) => isSure && !isRight).map(({ name, guesses }) => `${name}: ${guesses[0]!.source}`);

describe('the source of a file, guessed from its content', () => {
  const samples = connectors.flatMap((connector) =>
    fixturesOf(connector).map((sample) => ({ connector, sample, told: guessSample(connector.name, sample) })),
  );

  it('is right for nearly all fixtures that hold facts', () => {
    const told = samples
      .filter(({ connector, sample }) => factsOfSample(connector, sample).length > 0)
      .map(({ told: each }) => each);
    assert.ok(share(told) >= 0.97, `${share(told)}: ${told.filter(({ isRight }) => !isRight).map(({ name }) => name)}`);
  });

  it('is never wrong and sure, also where a fixture holds nothing that is known', () => {
    assert.deepEqual(wrongButSure(samples.map(({ told }) => told)), []);
  });

  it('is right or unsure for what vendors really sent', { skip: payloadsSkipped }, () => {
    const told = connectors.flatMap((connector) =>
      payloadsOf(connector)
        .filter((sample) => factsOfSample(connector, sample).length > 0)
        .map((sample) => guessSample(connector.name, sample)),
    );
    assert.ok(share(told) >= 0.97, `${share(told)}`);
    assert.deepEqual(wrongButSure(told), []);
  });

  it('says why it is not sure', () => {
    const post = samples.find(({ told }) => told.name === 'web-form/post.form')!.told;
    assert.deepEqual([post.isSure, post.reason], [false, 'web-form takes anything of this shape']);
    const none = guessSample('nobody', {
      name: 'none.json',
      delivery: { ...samples[0]!.sample.delivery, body: new TextEncoder().encode('[1, 2]') },
    });
    assert.deepEqual([none.guesses, none.reason], [[], 'no source maps anything in it']);
  });
});
