import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectLanguage } from '../../../models/text/language.ts';

const examples: [string, string | undefined][] = [
  ['where is my parcel', 'en'],
  ['¿Dónde está mi pedido? Llevo tres semanas esperando', 'es'],
  ['Das ist jetzt das dritte Mal, dass ich anrufe', 'de'],
  ["je n'ai toujours pas reçu mon colis", 'fr'],
  ['где мой заказ', 'ru'],
  ['注文はどこですか', 'ja'],
  ['ik wil mijn geld terug', 'nl'],
  ['gracias por la ayuda', 'es'],
  // English that a detector of letters alone takes for German, French, Tagalog, Albanian, Swedish.
  ['allergic to sesame', undefined],
  ['dont "calm down" me', undefined],
  ['okay take your time', undefined],
  ['i am kishore here', undefined],
  ['cancel pls', undefined],
  ['ok', undefined],
  ['gracias', undefined],
  ['4471 0082', undefined],
  ['', undefined],
];

for (const [text, language] of examples)
  test(`"${text}" is ${language ?? 'too short to tell'}`, async () =>
    assert.equal(await detectLanguage(text), language));
