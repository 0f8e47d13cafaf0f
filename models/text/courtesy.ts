import { splitSentences } from './sentences.ts';

/** How people open a contact, introduce themselves, ask who somebody is, ask for patience and part. */
const phrases = [
  /(?:many |so many )?thank(?:s| you)(?: you)?(?: (?:so|very) much)? for (?:calling|waiting|holding|contacting|getting in touch|reaching out|writing|bearing with (?:me|us)|coming back|choosing|(?:your|the) (?:patience|message|e-?mail|call|enquiry|inquiry|time))/u,
  /(?:you(?:'re| are)|this is you) (?:now )?(?:through to|speaking (?:with|to)|chatting (?:with|to)|connected (?:with|to))/u,
  /(?:^|, |this is |it's )[\p{L}'’-]+ speaking/u,
  /that(?:'|’)?s (?:all|everything)(?: (?:for )?(?:now|today))?(?=\s*(?:[.,!?]|$))/u,
  /my name(?:'s| is) (?!(?:on|in|not|wrong|still|missing|mis-?spel(?:led|t)|spel(?:led|t))\b)[\p{L}'’-]+/u,
  /how (?:can|may|could) (?:i|we) (?:help|assist)(?: you)?(?: today)?/u,
  /what can (?:i|we) do for you(?: today)?/u,
  /(?:is there )?anything else (?:i|we) can (?:help|assist|do)(?: (?:you )?with| for you)?(?: today)?/u,
  /(?:please )?(?:bear with me|(?:hold|stay) on the line|(?:give me )?(?:just )?(?:one|a) (?:moment|second|minute|sec)|hold on)/u,
  /i(?:'ll| will) (?:just )?put you on (?:a )?(?:short |brief )?hold/u,
  /(?:what(?:'s| is|s)|(?:can|could|may) (?:i|you) (?:please )?(?:have|take|get|give me|tell me|confirm|spell)) (?:the|your) (?:(?:order|account|customer|reference|booking|phone|card|case|full|first|last) )?(?:number|name|e-?mail(?: address)?|postcode|zip code|date of birth|four digits)(?! of (?:an?|my)\b)(?:,? (?:or|and|of|on|for) [^?.!]*)?/u,
  /have a (?:\p{L}+ )?(?:day|evening|weekend|night|one|afternoon)/u,
  /(?:i )?hope (?:this|that) (?:\p{L}+ )?(?:finds|helps)/u,
];
const courteous = new RegExp(phrases.map(({ source }) => `(?:${source})`).join('|'), 'giu');

/** Words that carry no matter by themselves: names in greetings aside, what is left of a sentence that is only polite. */
const light = new Set(
  `hello hi hey good morning afternoon evening dear sir madam there welcome to the a an and at from of with in for on is it its it's i i'm you
  we our us me my your this that please thanks thank so very much ok okay alright right sure yes no well now today just then
  bye goodbye again guess think oh uh um er ah hmm yeah yep nope here thats team support service customer care desk line`.split(
    /\s+/,
  ),
);
const spelled =
  /^(?:\p{L}|[\p{L}\d-]*\d[\p{L}\d-]*|zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|ten|double|triple|dash|dot|underscore|hash)$/iu;
/** An e-mail address as it is said. */
const spokenAddress = /[\p{L}\d._-]+ at (?:[\p{L}\d-]+ dot )+\p{L}+/giu;
const naming = new Set('order number account reference ref ticket case code postcode zip'.split(' '));
/** A name or two may stand in it. */
const mostWords = 2;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];

/**
 * Whether a sentence only opens or closes a contact, introduces who speaks, asks who or which order it is, asks for
 * patience, or spells out a number: nothing that a summary could tell. English, as the encoder is.
 */
export function isCourtesy(text: string): boolean {
  const isPolite = text.search(courteous) >= 0;
  const words = wordsOf(text.replaceAll(courteous, ' ').replaceAll(spokenAddress, ' ')).filter(
    (word) => !light.has(word),
  );
  const told = words.filter((word) => !spelled.test(word) && !naming.has(word));
  return isPolite ? told.length <= mostWords : told.length === 0;
}

/** Whether a whole text does nothing else. */
export const isSmallTalk = (text: string): boolean =>
  splitSentences(text).every((sentence) => isCourtesy(sentence.text));
