const openings = ['Hello', 'Hi there', 'Good morning', 'Sorry to bother you again', 'Quick question', 'Hey'];
const matters = [
  'my parcel has not arrived yet',
  'I was charged twice for the same order',
  'the lamp I bought does not switch on',
  'I cannot sign in to my account',
  'I would like to return the blue jacket',
  'where can I change my delivery address',
  'the refund has not reached my bank',
];
const details = [
  'I already tried what the help page says and it made no difference.',
  'Your colleague promised a call back last week, but nobody called.',
  'It was a present, so I would be glad to have it before the weekend.',
  'The tracking page has shown the same line for five days now.',
  'I have been a customer for eight years and never had this before.',
];
const closings = ['Can you help?', 'Thanks in advance.', 'This is the third time I ask.', 'Please answer today.', ''];

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** The n-th thing a customer writes: one to five sentences, hardly ever the same twice. */
export function sampleText(n: number): string {
  const first = `${pick(openings, n)}, ${pick(matters, Math.floor(n / 3))}, order ${10_000 + ((n * 7919) % 89_989)}.`;
  const middle = Array.from({ length: n % 4 }, (_, index) => pick(details, Math.floor(n / 5) + index));
  return [first, ...middle, pick(closings, Math.floor(n / 7))].filter(Boolean).join(' ');
}
