import { generateKeyPairSync, sign } from 'node:crypto';
import { discord } from '../../../ingest/connectors/discord/discord.ts';
import { base, bytes, epoch, json, wayOf, type Case } from './cases.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** A key as Discord shows it: its 32 bytes in hex. */
export const publicKeyInHex = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex');

export const ownByEd25519: Case[] = [
  {
    ...base,
    name: 'Discord',
    trust: wayOf(discord, 0),
    secret: publicKeyInHex,
    headers: {
      'x-signature-ed25519': sign(null, bytes(epoch + json), privateKey).toString('hex'),
      'x-signature-timestamp': epoch,
    },
    body: bytes(json),
  },
];
