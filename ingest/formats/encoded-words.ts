import { addressParser, decodeWords as decode, type Address } from 'postal-mime';
import { withWindowsSigns } from './charset.ts';

/** Encoded words of headers (`=?windows-1252?Q?It=92s?=`), read as the bodies of mails are. */
export const decodeWords = (value: string): string => withWindowsSigns(decode(value));

/** The addresses of a header, groups not yet opened; their names are decoded. */
export const parseAddresses = (value: string): Address[] => addressParser(value).map(withSigns);

const withSigns = (entry: Address): Address =>
  entry.group ? { ...entry, ...named(entry), group: entry.group.map(named) } : named(entry);

const named = <Named extends { name: string }>(each: Named): Named => ({ ...each, name: withWindowsSigns(each.name) });
