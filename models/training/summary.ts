import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { isKeptFromEncoder, readDialogues, shareOf, type Dialogue } from '../evaluation/tweetsumm.ts';
import { Encoder } from '../encoder/encoder.ts';
import { readSalience, shapeOf, summaryModelFile, type LinearModel, type SummaryModel } from '../summaries/salience.ts';
import { placesOf } from '../summaries/summary-place.ts';
import { fitLogistic } from './logistic.ts';

// Fits the summary model on TweetSumm's train part and writes it into the model folder: salience on the dialogues that the
// encoder has learnt from, and how far to trust it beside the place of a sentence on those it has not:
//   npx tsx models/training/summary.ts [folder of the data sets] [model folder]
const data = process.argv[2] ?? join(import.meta.dirname, '../../../shared/data');
const folder = process.argv[3] ?? readConfig().model.folder;
const encoder = await Encoder.load(folder);
const dialogues = await readDialogues(data, encoder, (split) => split === 'train');
const salience = fitSalience(dialogues.filter((dialogue, index) => !isKeptFromEncoder(dialogue, index)));
const place = fitPlace(dialogues.filter(isKeptFromEncoder), salience);
writeFileSync(
  join(folder, summaryModelFile),
  `${JSON.stringify({ salience: rounded(salience), place: rounded(place) })}\n`,
);
await encoder.close();

function fitSalience(training: readonly Dialogue[]): LinearModel {
  const samples = training.flatMap((dialogue) =>
    dialogue.sentences.map((sentence) => ({
      features: Float32Array.from([...shapeOf(sentence), ...sentence.vector]),
      target: shareOf(dialogue, sentence.key),
    })),
  );
  return fitLogistic(samples, { ridge: 0.01, passes: 8 });
}

function fitPlace(training: readonly Dialogue[], salienceModel: LinearModel): LinearModel {
  const soFar: SummaryModel = { salience: salienceModel, place: salienceModel };
  const samples = training.flatMap((dialogue) => {
    const sentences = dialogue.sentences.map((sentence) => ({
      ...sentence,
      salience: readSalience(soFar, sentence, sentence.vector),
    }));
    return placesOf(sentences).map((features, index) => ({
      features,
      target: shareOf(dialogue, sentences[index]!.key),
    }));
  });
  return fitLogistic(samples, { ridge: 0.001, passes: 8 });
}

function rounded({ weight, bias }: LinearModel): { weight: number[]; bias: number } {
  return { weight: Array.from(weight, (value) => Number(value.toPrecision(5))), bias: Number(bias.toPrecision(5)) };
}
