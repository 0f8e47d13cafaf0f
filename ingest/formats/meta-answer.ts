import { ok, reject, type Outcome } from '../connector.ts';
import { cartLine } from './cart.ts';
import { valuesOf } from './meta-event.ts';
import { momentOf, type Scene } from './meta-scene.ts';
import { joinedTexts, objectOf, objectsOf, textOf } from './value.ts';

/** Adds what a person said by other means than a message. */
const addAnswer = (
  { facts, threadId, at, timePrecision, handleId }: Scene,
  nativeId: string,
  text: string | undefined,
): string =>
  facts.utterance({
    nativeId,
    threadId,
    role: 'customer',
    occurredAt: at,
    timePrecision,
    isZoneKnown: true,
    visibility: 'public',
    text,
    ...(handleId && { handleId }),
  });

/** A button the customer pressed; its title is what they said, its payload a word between programs. */
export function mapPostback(scene: Scene): Outcome {
  const { facts, threadId, at, timePrecision, item } = scene;
  const postback = objectOf(item.postback);
  const utteranceId = addAnswer(scene, textOf(postback.mid) ?? `${momentOf(scene)}/postback`, textOf(postback.title));
  const referral = objectOf(postback.referral);
  const pressed = textOf(postback.title) === undefined ? textOf(postback.payload) : undefined;
  const value = [pressed, valuesOf(referral, ['source', 'type', 'ref', 'ad_id'])].filter(Boolean).join(' ');
  if (value) facts.event({ threadId, kind: 'triggered', occurredAt: at, utteranceId, timePrecision, value });
  return ok(facts.facts);
}

/** A cart with what the customer wants to buy, and their note. */
export function mapCart(scene: Scene): Outcome {
  const { note, products } = objectOf(scene.item.order);
  const text = joinedTexts('\n', [
    note,
    ...objectsOf(products).map((product) => cartLine(product.quantity, product.name, product.retailer_id)),
  ]);
  if (!text) return reject('a cart without products and note');
  addAnswer(scene, `${momentOf(scene)}/order`, text);
  return ok(scene.facts.facts);
}

/** A form for name and address, filled in. */
export function mapCustomerInformation(scene: Scene): Outcome {
  const { screens } = objectOf(scene.item.messaging_customer_information);
  const answers = objectsOf(screens).flatMap(({ responses }) => objectsOf(responses));
  const text = joinedTexts(
    '\n',
    answers.map(({ key, value }) => joinedTexts(': ', [key, value])),
  );
  if (!text) return reject('a form without answers');
  addAnswer(scene, `${momentOf(scene)}/customer_information`, text);
  return ok(scene.facts.facts);
}
