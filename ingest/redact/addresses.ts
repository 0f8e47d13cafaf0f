import { matches, type PersonalSpan } from './span.ts';

const word = String.raw`[\p{Lu}][\p{L}'’-]*\.?`;
const english = String.raw`(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Close|Crescent|Way|Parkway|Pkwy|Circle|Highway|Hwy|Grove|Gardens|Mews|Alley)`;
const unit = String.raw`(?:,?\s*(?:Apt|Apartment|Flat|Unit|Suite|Ste|Floor|No|#)\.?\s*#?\w+)?`;
const postcode = String.raw`(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2})`;
const town = String.raw`(?:,?\s+${word}(?:\s${word}){0,2}(?:,?\s[A-Z]{2})?,?\s${postcode}|,?\s+${postcode}(?:\s${word}){0,2})?`;

/** 12 Oak Street, Flat 3, Springfield, IL 62704. */
const numberFirst = new RegExp(
  String.raw`(?<![\p{L}\d:.-])\d{1,5}[A-Za-z]?,?\s+(?:(?:N|S|E|W|North|South|East|West)\.?\s)?(?:\d{1,3}(?:st|nd|rd|th)|${word})(?:\s${word}){0,3}?\s${english}\b\.?${unit}${town}`,
  'gu',
);
/** Hauptstraße 5, Kerkstraat 12a, Calle Mayor 7, Via Roma 3, and 8 rue de la Paix. */
const nameFirst = new RegExp(
  String.raw`(?<!\p{L})(?:\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|straat|laan|gracht|plein|gatan|vej)|(?:\p{Lu}[\p{L}-]*\s)(?:Straße|Strasse|Weg|Platz|Allee|Straat|Laan)|(?:Calle|Avenida|Plaza|Paseo|Via|Viale|Piazza|Corso|Rua|Ulica|ul\.)\s${word}(?:\s(?:de|del|la|da|do|dos|di|${word})){0,3})\s?,?\s?\d{1,4}\s?[a-zA-Z]?(?!\d)(?![\p{L}])(?:,?\s+\d{4,5}(?:\s?[A-Z]{2})?(?:\s${word}){0,2})?`,
  'gu',
);
const french = new RegExp(
  String.raw`(?<![\p{L}\d-])\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|place|chemin|allée|impasse|quai)\s(?:(?:de|du|des|la|le|les|l['’]|d['’])\s?)*${word}(?:[\s-]${word}){0,3}(?:,?\s+\d{5}(?:\s${word}){0,2})?`,
  'giu',
);
const postBox = /\bP\.?\s?O\.?\s?Box\s\d{1,6}\b/gi;

/** Streets with a house number, with flat, postcode and town where they follow. */
export const findAddresses = (text: string): PersonalSpan[] =>
  [numberFirst, nameFirst, french, postBox].flatMap((pattern) => matches(text, pattern, 'address'));
