import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ResourceType } from '../sandbox/provider/resource-type';
import { ALL_FILES, AWS_FILES, type ProviderFiles } from '../sandbox/schemas/files';
import { type Behaviour, EMPTY_BEHAVIOUR } from '../sandbox/schemas/schema';
import { startSandbox } from '../sandbox/server';
import { KNOWN_DIFFERENCES } from './fidelity/known-differences';
import { askCreate, askReplaces, askTables, askValues, type Comparison } from './fidelity/questions';
import { ProviderClient } from './provider-client';

export interface Fidelity {
  /** Per question: how often it was asked and how often both answers agree. */
  readonly figures: readonly {
    readonly question: Comparison['question'];
    readonly asked: number;
    readonly agreeing: number;
  }[];
  readonly differences: readonly Comparison[];
}

const QUESTIONS = [
  'replaces',
  'in place',
  'defaults',
  'unknown',
  'refused',
  'accepted',
  'together',
  'legacy',
  'further',
] as const;

/** Recorded behaviour: the copy beside this file, or any file in either form, also with gzip. */
function recordedBehaviour(
  files: ProviderFiles,
  file: string | undefined,
): Readonly<Record<string, Behaviour>> {
  if (file === undefined) return files.behaviour;
  const bytes = readFileSync(file);
  const parsed: unknown = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  const { behaviour } = parsed as { behaviour?: Readonly<Record<string, Behaviour>> };
  return behaviour ?? (parsed as Readonly<Record<string, Behaviour>>);
}

/** Asks the provider about one type. The sandbox knows its own copy of the recording; what counts is what it answers. */
async function ask(
  client: ProviderClient,
  type: ResourceType,
  askFurther: boolean,
): Promise<readonly Comparison[]> {
  return [
    ...(await askReplaces(client, type)),
    ...(await askCreate(client, type)),
    ...(await askValues(client, type)),
    ...(askFurther ? await askTables(client, type) : []),
  ];
}

/**
 * Puts the questions of the recording (facts.md §6) to the running sandbox, over the plugin protocol, for every
 * simulated resource type, and compares the answers.
 *
 * @param behaviourFile the recording. @default - the pruned copy in `schemas/`
 * @param files of the provider that is asked. @default - those of AWS
 */
export async function measureFidelity(
  behaviourFile?: string,
  files: ProviderFiles = AWS_FILES,
): Promise<Fidelity> {
  const recorded = recordedBehaviour(files, behaviourFile);
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-fidelity-'));
  const server = await startSandbox({ objectsFile: join(folder, 'objects.jsonl'), faultsFile: '' });
  const client = ProviderClient.attached(server, files.addresses[0]);
  try {
    await client.configure(files === AWS_FILES ? { region: 'us-east-1' } : {});
    const comparisons: Comparison[] = [];
    for (const name of files.types.managed) {
      const schema = files.schema.resource_schemas[name] ?? { version: 0, block: {} };
      comparisons.push(
        ...(await ask(
          client,
          {
            name,
            schema,
            behaviour: recorded[name] ?? EMPTY_BEHAVIOUR,
            further: files.recorded(name).further,
          },
          files.has('further'),
        )),
      );
    }
    const figures = QUESTIONS.map((question) => {
      const asked = comparisons.filter((comparison) => comparison.question === question);
      return { question, asked: asked.length, agreeing: asked.filter(agrees).length };
    });
    return { figures, differences: comparisons.filter((comparison) => !agrees(comparison)) };
  } finally {
    client.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function agrees({ recorded, answered }: Comparison): boolean {
  return recorded === answered;
}

/** The reason listed for a difference, or undefined for one that nobody has explained. */
export function reasonFor({ question, type, path }: Comparison): string | undefined {
  return KNOWN_DIFFERENCES.find(
    (known) => known.question === question && known.type === type && known.path === path,
  )?.reason;
}

/** Prints how far one provider agrees; whether every difference is explained. */
async function print(files: ProviderFiles, behaviourFile: string | undefined): Promise<boolean> {
  const { figures, differences } = await measureFidelity(behaviourFile, files);
  process.stdout.write(`${files.title}\n`);
  for (const { question, asked, agreeing } of figures.filter((figure) => figure.asked > 0))
    process.stdout.write(`  ${question.padEnd(9)} ${agreeing}/${asked}\n`);
  for (const difference of differences) {
    const { question, type, path, recorded, answered } = difference;
    const reason = reasonFor(difference) ?? 'not explained';
    process.stdout.write(
      `${type}.${path}: ${question}: recorded ${recorded}, answered ${answered}: ${reason}\n`,
    );
  }
  return differences.every((difference) => reasonFor(difference) !== undefined);
}

/** `fidelity.js [recording of AWS]`. */
async function main(): Promise<void> {
  for (const files of ALL_FILES) {
    const explained = await print(files, files === AWS_FILES ? process.argv[2] : undefined);
    if (!explained) process.exitCode = 1;
  }
}

if (require.main === module) void main();
