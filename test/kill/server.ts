import { readConfig } from '../../config.ts';
import { silentLogger } from '../../logger.ts';
import { startServer } from '../../server.ts';

// The server as a process of its own, so that a test can kill it; says when it is ready.
const { url } = await startServer(readConfig(), { logger: silentLogger, now: () => new Date() });
process.stdout.write(`ready ${url}\n`);
