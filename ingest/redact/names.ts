import type { PersonalSpan } from './span.ts';

const name = String.raw`(?:\p{Lu}\.[ \t]?)*\p{Lu}[\p{L}'’-]+(?:[ \t](?:\p{Lu}\.|(?:van|von|de|da|del|der|la)(?=[ \t][\p{Lu}d]))){0,2}(?:[ \t]\p{Lu}[\p{L}'’-]+){0,2}`;
const title = String.raw`(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Herr|Frau)\.?`;

const patterns = [
  // Dear Ana, Hi Ana Vidal! Good morning Ms Vidal,
  String.raw`(?<=(?:^|[\n.!?]\s*)(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey|[Hh]iya|[Gg]reetings|[Gg]ood (?:morning|afternoon|evening|day)|[Tt]hanks|[Tt]hank you|[Ww]elcome back|[Ww]elcome|[Ss]orry)(?:,? there)?,?[ \t](?:${title}[ \t])?)(${name})(?=[ \t]*(?:[,.!?;:–—-]|\n|$|[ \t](?:and|I|it|this|your|you|we|my|the|thanks|thank|for|how|can)\b))`,
  // Mr Vidal
  String.raw`(?<=(?<!\p{L})${title}[ \t])(${name})`,
  // My name is Ana Vidal, this is Ana from …, I'm Ana, ask for Ana
  String.raw`(?<=\b(?:[Mm]y (?:full )?name is|[Mm]y name['’]s|[Tt]he name is|[Nn]ame:|[Cc]ardholder:?|[Aa]ccount holder:?|[Cc]all me|[Aa]sk for|[Ss]poke (?:to|with)|[Ss]peaking (?:to|with))[ \t])(${name})`,
  String.raw`(?<=\b(?:[Tt]his is|[Ii] am|[Ii]['’]m|[Ii]t['’]s)[ \t])(${name})(?=[ \t]*(?:[,.!]|$|\n|from\b|here\b|with\b|at\b|speaking\b|calling\b|and\b))`,
  // Regards,\nAna Vidal — and: Best wishes, Ana
  String.raw`(?<=(?:[Kk]ind(?:est)? regards|[Bb]est regards|[Ww]arm regards|[Rr]egards|[Bb]est wishes|[Aa]ll the best|[Ss]incerely|[Yy]ours(?: sincerely| truly| faithfully)?|[Cc]heers|[Bb]est|[Mm]any thanks|[Tt]hanks(?: in advance| again)?|[Tt]hank you|[Cc]iao|[Ll]ove)[,!.]?[ \t]*\n+[ \t]*(?:[-–—][ \t]*)?)(${name})(?=[ \t]*(?:\n|$|,))`,
  String.raw`(?<=(?:[Rr]egards|[Ww]ishes|[Ss]incerely|[Cc]heers|[Yy]ours),[ \t])(${name})(?=[ \t]*[.!]?[ \t]*$)`,
  // -Ana at the end of a post
  String.raw`(?<=(?:^|[\s.!?])[-–—~^][ \t]?)(${name})(?=[ \t]*$)`,
].map((pattern) => new RegExp(pattern, 'gmu'));

/** Words with a capital that follow a salutation and are nobody's name. */
const noName = new RegExp(
  String.raw`^(?:Sir|Madam|Team|Support|Customer|Customers|Service|Sirs|There|All|Everyone|Everybody|Folks|Guys|Friend|Friends|Valued|Manager|Member|Agent|You|Your|We|Our|It|This|That|The|My|Is|Are|Do|Does|Did|Can|Could|Would|Will|What|When|Where|Why|How|Who|Please|Thanks|Thank|Just|Not|No|Yes|So|But|And|If|Any|Also|Again|Both|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December|English|German|French|Spanish|Google|Apple|Amazon|Android|Windows|Chrome|Visa|PayPal|Good|Very|For|Still|Sorry|Hi|Hello|Dear)(?![\p{L}])`,
  'u',
);

/** Names in salutations and signatures, after titles, and where somebody gives theirs. */
export function findNames(text: string): PersonalSpan[] {
  const spans = new Map<number, PersonalSpan>();
  for (const pattern of patterns)
    for (const { 0: shown, index: start } of text.matchAll(pattern)) {
      const end = start + shown.length;
      if (!noName.test(shown) && (spans.get(start)?.end ?? 0) < end) spans.set(start, { start, end, kind: 'name' });
    }
  return [...spans.values()];
}
