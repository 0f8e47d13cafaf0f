#!/usr/bin/env -S node --max-semi-space-size=64
import { register } from 'tsx/esm/api';

register();
// Whoever reads the output (`head`) has had enough.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 74));
const { main } = await import('../cli.ts');
process.exitCode = await main(process.argv.slice(2));
