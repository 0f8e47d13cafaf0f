import { AwsV4Signer } from 'aws4fetch';
import { ConfigError } from '../../errors.ts';

interface Signed {
  readonly source: string;
  /** `access key id:secret access key`. */
  readonly secret: string;
  readonly url: URL;
  readonly now: Date;
}

/**
 * The headers that show Amazon S3, or a store that speaks as it does, who asks for a file (Signature Version 4). The
 * region is read from the host; a store of one's own has none, and is asked as `us-east-1`, which such stores answer to.
 * Throws ConfigError where the secret lacks a part.
 */
export async function amazonHeaders({ source, secret, url, now }: Signed): Promise<Record<string, string>> {
  const [accessKeyId, secretAccessKey] = secret.split(':').map((part) => part.trim());
  if (!accessKeyId || !secretAccessKey)
    throw new ConfigError(`invalid secret of source ${source}; expected access key id:secret access key`);
  const datetime = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const signer = new AwsV4Signer({
    method: 'GET',
    url: url.href,
    accessKeyId,
    secretAccessKey,
    service: 's3',
    datetime,
  });
  return Object.fromEntries((await signer.sign()).headers);
}
