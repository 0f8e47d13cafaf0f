import { z } from 'zod';
import { readFittedFile } from '../fitted-file.ts';
import { readModelShape } from '../encoder/model-shape.ts';

/** One row of weights and a bias for each of `outcomes`. */
export interface LinearRows {
  readonly weight: readonly Float32Array[];
  readonly bias: readonly number[];
}

/** Fitted on written dialogues by training/outcome.ts: how contacts end, and which sentence says so. */
export interface OutcomeModel {
  /** From a sentence alone: its shape, then its vector. */
  readonly sentence: LinearRows;
  /** What its place in the contact adds. */
  readonly place: LinearRows;
  /** From the whole contact (see outcome-features.ts). */
  readonly contact: LinearRows;
  /** An outcome with a smaller share is unknown. */
  readonly threshold: number;
  /** A sentence that scores less does not say it. */
  readonly evidenceThreshold: number;
}

export const outcomeModelFile = 'outcome.json';

/** Numbers that shapeOf puts before the vector. */
const shapeSize = 9;
const placeSize = 9;

const rowsOf = (size?: number) =>
  z.object({
    weight: z.array(size === undefined ? z.array(z.number()) : z.array(z.number()).length(size)).length(4),
    bias: z.array(z.number()).length(4),
  });
const share = z.number().min(0).max(1);

const asRows = ({ weight, bias }: z.infer<ReturnType<typeof rowsOf>>): LinearRows => ({
  weight: weight.map((row) => Float32Array.from(row)),
  bias,
});

/** Reads the file that training wrote. Throws InvalidModelError with its name. */
export function readOutcomeModel(folder: string): OutcomeModel {
  const file = readFittedFile(
    folder,
    outcomeModelFile,
    z.object({
      sentence: rowsOf(shapeSize + readModelShape(folder).dimensions),
      place: rowsOf(placeSize),
      contact: rowsOf(),
      threshold: share,
      evidenceThreshold: share,
    }),
  );
  return { ...file, sentence: asRows(file.sentence), place: asRows(file.place), contact: asRows(file.contact) };
}
