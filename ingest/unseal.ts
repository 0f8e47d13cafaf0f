import { constants, createDecipheriv, createHmac, privateDecrypt, type KeyObject, createPrivateKey } from 'node:crypto';
import { parse as parseLossless, stringify as stringifyLossless } from 'lossless-json';
import { isLoose, objectOf, textOf, type Loose } from './formats/value.ts';
import type { Seal } from './trust.ts';
import { sealedText } from './verify/parameters.ts';
import { isSameText } from './verify/verdict.ts';

export type Unsealed = { readonly body: Uint8Array } | { readonly reason: string };

/**
 * Opens what a vendor sealed, so that what is stored can be read, searched and erased like all else. Pure. What is not
 * sealed is returned as it is where that is the vendor's way, and refused where the configured key says it is not.
 */
export function unseal(seal: Seal, key: string | undefined, body: Uint8Array): Unsealed {
  try {
    return seal.kind === 'xml-element' ? unsealElement(seal.field, key, body) : unsealNotifications(key, body);
  } catch {
    return { reason: 'the sealed text cannot be opened; check sealKeyEnv or sealKeyFile of this source' };
  }
}

/** Without a key the plain elements beside the sealed one are what there is; with one, only what was sealed is taken. */
function unsealElement(field: string, key: string | undefined, body: Uint8Array): Unsealed {
  if (!key) return { body };
  const sealed = sealedText(body, field);
  if (!sealed)
    return { reason: `the body has no ${field}; a key is configured, and then only sealed bodies are taken` };
  const secret = Buffer.from(`${key}=`, 'base64');
  const plain = decrypt(secret, Buffer.from(sealed, 'base64'), false);
  const padding = plain.at(-1) ?? 0;
  const content = plain.subarray(16, padding >= 1 && padding <= 32 ? plain.length - padding : plain.length);
  const length = content.readUInt32BE(0);
  if (length > content.length - 4) return { reason: `${field} is shorter than it says` };
  return { body: content.subarray(4, 4 + length) };
}

/** Each notification keeps its place; the resource it carried sealed becomes its `resourceData`. */
function unsealNotifications(key: string | undefined, body: Uint8Array): Unsealed {
  const document = parseLossless(new TextDecoder().decode(body)) as Loose;
  const notifications = Array.isArray(document.value) ? (document.value as unknown[]) : [];
  if (!notifications.some((each) => isLoose(objectOf(each).encryptedContent))) return { body };
  if (!key)
    return { reason: 'the notification is sealed; expected the private key of the subscription in sealKeyFile' };
  const privateKey = createPrivateKey(key);
  const value = notifications.map((each) => unsealNotification(objectOf(each), privateKey));
  return { body: new TextEncoder().encode(stringifyLossless({ ...document, value, validationTokens: undefined })) };
}

function unsealNotification({ encryptedContent, ...notification }: Loose, privateKey: KeyObject): Loose {
  if (!isLoose(encryptedContent)) return notification;
  const bytes = (field: string) => Buffer.from(textOf(encryptedContent[field]) ?? '', 'base64');
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const key = privateDecrypt({ key: privateKey, padding, oaepHash: 'sha1' }, bytes('dataKey'));
  const data = bytes('data');
  if (
    !isSameText(textOf(encryptedContent.dataSignature) ?? '', createHmac('sha256', key).update(data).digest('base64'))
  )
    throw new Error('dataSignature does not fit');
  const resource = parseLossless(decrypt(key, data, true).toString('utf8')) as Loose;
  return { ...notification, resourceData: resource };
}

/** AES-256-CBC with the first bytes of the key as its start. */
function decrypt(key: Buffer, sealed: Buffer, isPadded: boolean): Buffer {
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(isPadded);
  return Buffer.concat([decipher.update(sealed), decipher.final()]);
}
