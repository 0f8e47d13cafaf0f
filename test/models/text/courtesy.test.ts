import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isCourtesy, isSmallTalk } from '../../../models/text/courtesy.ts';

test('who speaks, small talk and spelled numbers tell nothing of a matter', () => {
  for (const text of [
    "Hi, thanks for waiting, you're through to Paula at Bramwick.",
    'hello thank you for calling bramwick my name is paula how can i help you today',
    "Uh, it's B W nine one eight four three two.",
    'Here it is: BW644848',
    'My order number is 4711-22.',
    'Have a lovely day!',
    'Is there anything else I can help you with?',
    'One moment please.',
    "Bear with me, I'll put you on a short hold.",
    'Can I have your e-mail address or the last four digits of the card?',
    'Okay, what is the order number, or the name it was ordered in?',
    'Bramwick, Isaac speaking, how can I help?',
    "Yeah, so no, I guess that's everything.",
    "It's cyates574 at example dot com.",
  ])
    assert.ok(isCourtesy(text), text);
});

test('a sentence that also says something is more than polite', () => {
  for (const text of [
    "Thanks for waiting, I've sent the refund to your card.",
    'Where is my order?',
    'My name is on the wrong account.',
    'Hello, I was told a manager would ring me, and that was three days ago',
    'I need an English speaking agent.',
    "That's it, I'm leaving.",
    "That's all wrong.",
    'The second parcel never came.',
    'What is the delivery date of the desk?',
    'Can you give me the name of a plumber?',
    "It's stuck at customs.",
    'This is missing from the box.',
    'No, it is still broken.',
  ])
    assert.ok(!isCourtesy(text), text);
});

test('a text is small talk where all of it is', () => {
  assert.ok(isSmallTalk("No thank you, that's all. Have a nice evening!"));
  assert.ok(!isSmallTalk("No thank you, that's all. But the lamp is still broken."));
});
