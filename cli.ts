import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addKey, dropKey, printKeys } from './commands/keys.ts';
import { analyze } from './commands/analyze.ts';
import { fitChurnModel, importOutcomes, printChurn } from './commands/churn.ts';
import { connect } from './commands/connect.ts';
import { demo } from './commands/demo.ts';
import { demoConfig } from './commands/demo-config.ts';
import { dropIntents, printIntents, trainIntents } from './commands/intents.ts';
import { erase } from './commands/erase.ts';
import { exportVcon } from './commands/export.ts';
import { guess } from './commands/guess.ts';
import { history } from './commands/history.ts';
import { ingest, listSources } from './commands/ingest.ts';
import type { CommandEffects } from './commands/io.ts';
import { outputFormats } from './commands/output.ts';
import { pull } from './commands/pull.ts';
import { query } from './commands/query.ts';
import { replay } from './commands/replay.ts';
import { run } from './commands/run.ts';
import { serve } from './commands/serve.ts';
import { snapshot } from './commands/snapshot.ts';
import { status } from './commands/status.ts';
import { summarize } from './commands/summarize.ts';
import { printTranscriptions, transcribe } from './commands/transcribe.ts';
import { readConfig } from './config.ts';
import { Role } from './dashboards/api/schemas/session.ts';
import { CrosstalkError, errorMessage, isCrosstalkError } from './errors.ts';
import { createLogger } from './logger.ts';

const EXIT_USAGE = 64;
const EXIT_FAILURE = 70;

/**
 * The `crosstalk` command. Data goes to standard output, words for people to standard error. Returns the exit code: 0,
 * or that of the error (errors.ts); a mistake of the person is one line, never a stack trace.
 */
export async function main(words: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    return explainFailure(error);
  }
}

function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  process.stderr.write(`error: ${errorMessage(error)}\n`);
  if (isCrosstalkError(error)) return error.exitCode;
  process.stderr.write(`${(error as Error).stack}\nThis is a fault of Crosstalk; please report it.\n`);
  return EXIT_FAILURE;
}

const createEffects = (isDemo: boolean): CommandEffects => ({
  config: isDemo ? demoConfig(readConfig()) : readConfig(),
  logger: createLogger(),
  now: () => new Date(),
  stdin: process.stdin,
  write: (data) => void process.stdout.write(data),
  untilStopped: () =>
    new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, () => resolve()))),
});

function createProgram(): Command {
  const { version, description } = JSON.parse(
    readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const program = new Command('crosstalk')
    .description(description!)
    .version(version!)
    .option('--demo', "use the demo's data and sources instead of your own")
    .exitOverride()
    .showHelpAfterError();
  // Made when a command runs, so that `--help` needs no sound configuration.
  const effects = () => createEffects(program.opts<{ demo?: boolean }>().demo ?? false);
  // Sub-commands inherit the settings that are made before they are added.
  addSourceCommands(program, effects);
  addDataCommands(program, effects);
  addHistoryCommand(program, effects);
  addIntentCommands(program, effects);
  addChurnCommands(program, effects);
  addMediaCommands(program, effects);
  addServerCommands(program, effects);
  return program;
}

function addSourceCommands(program: Command, effects: () => CommandEffects): void {
  program
    .command('ingest [source] [paths...]')
    .description('land files, folders or - (standard input) of one source, then run a pass')
    .option('--dry-run', "print each unit's outcome and facts as NDJSON; store nothing")
    .option('--list', 'list the sources and what each accepts')
    .option('--guess', 'tell the source of each file from its content, and land those that are sure')
    .option('--json', 'with --list or --guess: as NDJSON')
    .action((source: string | undefined, paths: string[], options) => {
      if (options.list) return listSources(options, effects());
      if (options.guess) return guess(source ? [source, ...paths] : [], options, effects());
      if (!source || paths.length === 0)
        throw usage('expected a source and at least one path; `crosstalk ingest --list` shows the sources');
      return ingest(source, paths, options, effects());
    });
  program
    .command('connect [mapping]')
    .description('add a source by a mapping file (docs/mapping.md), without code')
    .option('--preview <sample>', 'show what it makes of a file; install and store nothing')
    .option('--list', 'list the installed mappings')
    .option('--remove <name>', 'take an installed mapping away')
    .option('--json', 'with --preview or --list: as NDJSON')
    .action((mapping: string | undefined, options) => connect(mapping, options, effects()));
  program
    .command('pull <source>')
    .description('read what is new of one source from its vendor, then run a pass')
    .action((source: string) => pull(source, effects()));
  program
    .command('replay <source>')
    .description('read stored deliveries with refused units again')
    .option('--all', 'all deliveries of the source, not only those with refused units')
    .action((source: string, options) => replay(source, options, effects()));
}

function addDataCommands(program: Command, effects: () => CommandEffects): void {
  program
    .command('run')
    .description('run one pass: parse, stitch, resolve, read, build marts')
    .action(() => run(effects()));
  program
    .command('query <sql>')
    .description('run one SELECT over the schemas mart, core, signal and identity')
    .addOption(new Option('--format <format>', 'how to print the rows').choices(outputFormats).default('table'))
    .option('--limit <rows>', 'rows at most', positiveInteger, 10_000)
    .action((sql: string, options) => query(sql, options, effects()));
  program
    .command('erase <person>')
    .description('erase a person, by customer id or address, for good; counts stay')
    .requiredOption('--reason <text>', 'why, kept in the audit; do not name the person')
    .action((person: string, options) => erase(person, options, effects()));
  program
    .command('snapshot [folder]')
    .description('publish a read-only copy: snapshot.duckdb and Parquet')
    .option('--with-personal-data', 'not masked, where privacy.redact is "reading"')
    .action((folder: string | undefined, options) => snapshot(folder, options, effects()));
  program
    .command('analyze [path]')
    .description('read NDJSON {id, text, role?} and print sentiment, emotions, intents and more, one row each')
    .option('--vectors', 'with the vector of each text')
    .action((path: string | undefined, options) => analyze(path ?? '-', options, effects()));
  program
    .command('summarize [path]')
    .description('read NDJSON dialogues {id, turns: [{role, text | sentences}]} and print {id, summary, picks} of each')
    .option('--customer <sentences>', "how many of the customer's sentences to pick", naturalNumber, 2)
    .option('--agent <sentences>', "how many of the other side's sentences to pick", naturalNumber, 2)
    .option('--abstractive', 'in the words of the endpoint in the configuration, each sentence checked')
    .option('--sentences <sentences>', 'with --abstractive: how many it may write', positiveInteger)
    .action((path: string | undefined, options) => summarize(path ?? '-', options, effects()));
}

function addHistoryCommand(program: Command, effects: () => CommandEffects): void {
  program
    .command('history <person>')
    .description('a customer (by id or address) in a few sentences, each with the place where it was said')
    .option('--sentences <sentences>', 'how many', positiveInteger, 6)
    .option('--abstractive', 'in the words of the endpoint in the configuration, each sentence checked')
    .option('--json', 'as one JSON object')
    .action((person: string, options) => history(person, options, effects()));
}

function addIntentCommands(program: Command, effects: () => CommandEffects): void {
  const intents = program.command('intents').description("the company's own intents, learnt from a few examples each");
  intents
    .command('train <file>')
    .description('learn from CSV, NDJSON or YAML of intent and text, read them in the whole history, print the report')
    .action((file: string) => trainIntents(file, effects()));
  intents
    .command('list')
    .description('list the intents in force')
    .action(() => printIntents(effects()));
  intents
    .command('remove [intent]')
    .description('remove one intent, or all')
    .action((intent: string | undefined) => dropIntents(intent, effects()));
}

function addChurnCommands(program: Command, effects: () => CommandEffects): void {
  program
    .command('outcomes <file>')
    .description('read who left and when: CSV or NDJSON of customer (an address or id) and left_at')
    .option('--replace', 'forget what was reported before; the file is the whole list')
    .action((file: string, options) => importOutcomes(file, options, effects()));
  const churn = program.command('churn').description('the risk that a customer leaves');
  churn
    .command('show', { isDefault: true })
    .description('print how customers are scored, how well, and what goes with leaving')
    .action(() => printChurn(effects()));
  churn
    .command('fit')
    .description('learn now from the departures that are known, and print the report')
    .action(() => fitChurnModel(effects()));
}

function addMediaCommands(program: Command, effects: () => CommandEffects): void {
  program
    .command('transcribe')
    .description('put recordings that wait into words')
    .option('--interaction <id...>', 'only these conversations, fetching their recordings on request')
    .option('--retry', 'also those that were set aside')
    .option('--list', 'list what was transcribed, and what could not be and why')
    .option('--json', 'with --list: as NDJSON')
    .action((options) => (options.list ? printTranscriptions(options, effects()) : transcribe(options, effects())));
  program
    .command('export')
    .description('print conversations for other tools')
    .command('vcon [interactions...]')
    .description('conversations as vCons (IETF), one JSON object per line')
    .option('--since <time>', 'all that began then or later, instead of naming them')
    .option('--redact', 'mask personal data in words; leave out addresses and names of customers')
    .option('--recording', 'with the sound of recordings that were fetched')
    .action((interactions: string[], options) => exportVcon(interactions, options, effects()));
}

function addServerCommands(program: Command, effects: () => CommandEffects): void {
  program
    .command('serve')
    .description('serve the dashboard and the API, and land webhooks')
    .option('--open', 'open the browser')
    .action((options) => serve(options, effects()));
  program
    .command('demo')
    .description("generate a retailer's traffic as native payloads and land it")
    .option('--serve', 'serve it at once and fill the pages on the way')
    .option('--open', 'with --serve: open the browser')
    .option('--fresh', 'make it anew even if there is one of today')
    .option('--weeks <weeks>', 'how many weeks up to now', positiveInteger, 8)
    .option('--scale <factor>', '1 is about 4,000 contacts in eight weeks', positiveNumber, 1)
    .option('--seed <seed>', 'the same seed gives the same people and words', 'crosstalk')
    .action((options) => demo(options, effects()));
  program
    .command('status')
    .description('how far the pipeline is')
    .option('--json', 'as one JSON object')
    .action((options) => status(options, effects()));
  const keys = program.command('keys').description('API keys');
  keys
    .command('add <name> <role>')
    .description(`make a key and print it; roles: ${Role.options.join(', ')}`)
    .action((name: string, role: string) => addKey(name, parseRole(role), effects()));
  keys
    .command('list')
    .description('list the keys')
    .action(() => printKeys(effects()));
  keys
    .command('revoke <id>')
    .description('revoke a key, for good')
    .action((id: string) => dropKey(id, effects()));
}

const usage = (message: string): CrosstalkError => new CrosstalkError('invalid_argument', message);

function parseRole(value: string): Role {
  const parsed = Role.safeParse(value);
  if (parsed.success) return parsed.data;
  throw usage(`invalid role: ${value}; expected one of ${Role.options.join(', ')}`);
}

function positiveInteger(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('expected a whole number from 1');
  return number;
}

function naturalNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('expected a whole number from 0');
  return number;
}

function positiveNumber(value: string): number {
  const number = Number(value);
  if (!(number > 0)) throw new InvalidArgumentError('expected a number above 0');
  return number;
}
