import { joinedTexts } from './value.ts';

/** A shared place in words: its names and address, each once, else the point on earth. */
export const placeText = (names: readonly unknown[], latitude: unknown, longitude: unknown): string | undefined =>
  joinedTexts(', ', [...new Set(names)]) ?? joinedTexts(', ', [latitude, longitude]);
