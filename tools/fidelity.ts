import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type ResourceType, typesOf } from '../sandbox/provider/resource-type';
import { PLAIN_VALUES, type ValueRules } from '../sandbox/provider/value-rules';
import type { ProviderFiles } from '../sandbox/schemas/provider-files';
import { type Behaviour, EMPTY_BEHAVIOUR } from '../sandbox/schemas/schema';
import { startSandbox } from '../sandbox/server';
import { SIMULATED } from '../sandbox/simulated';
import { KNOWN_DIFFERENCES } from './fidelity/known-differences';
import {
  askCreate,
  askImportIds,
  askRefusals,
  askRefusedPlans,
  askReplaces,
  askTables,
  askValues,
  type Comparison,
} from './fidelity/questions';
import { SCENARIOS } from './fidelity/scenarios';
import { compareStates } from './fidelity/state-questions';
import { recordedStates, runScenario } from './fidelity/states';
import { ProviderClient } from './provider-client';

export interface Fidelity {
  /** How often each question was asked, and how often both answers agree. */
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
  'refused values',
  'refused plans',
  'states',
  'reads',
  'imports',
] as const;

/** Recorded answers, by resource type. */
type Recording = Readonly<Record<string, Behaviour>>;

/** Reads a recording, pruned (with its table in `behaviour`) or full, compressed with gzip or not. */
export function readRecording(file: string): Recording {
  const bytes = readFileSync(file);
  const parsed: unknown = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
  const { behaviour } = parsed as { behaviour?: Recording };
  return behaviour ?? (parsed as Recording);
}

/** The value rules of the provider that a type belongs to. */
function rulesOf(type: string): ValueRules {
  return SIMULATED.find(({ files }) => type.startsWith(`${files.name}_`))?.values ?? PLAIN_VALUES;
}

/** Asks the provider about one type. The sandbox has its own copy of the recording; only its answers count. */
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
    ...(await askRefusals(type, rulesOf(type.name))),
    ...(await askRefusedPlans(client, type)),
    ...(await askImportIds(client, type)),
  ];
}

/** Makes the objects of the recorded states, and compares what they are after each step. */
async function askStates(client: ProviderClient, files: ProviderFiles): Promise<readonly Comparison[]> {
  const recorded = Object.entries(recordedStates(files));
  if (recorded.length === 0) return [];
  const answered = await runScenario(client, typesOf(files), SCENARIOS[files.name]?.objects ?? []);
  return recorded.flatMap(([label, state]) => compareStates(label, state, answered[label]));
}

/**
 * Puts the questions of a recording (docs/reference/sandbox.md) to the running sandbox, over the plugin protocol, for every
 * simulated resource type, and compares the answers.
 *
 * @param files the files of the provider to ask. @param recorded the recording. @default - the pruned copy in `sandbox/schemas/`
 */
export async function measureFidelity(
  files: ProviderFiles,
  recorded: Recording = files.behaviour,
): Promise<Fidelity> {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-fidelity-'));
  const objectsFile = join(folder, 'objects.jsonl');
  SCENARIOS[files.name]?.prepare?.(objectsFile);
  const server = await startSandbox({ objectsFile, faultsFile: '' });
  const client = ProviderClient.attached(server, files.addresses[0]);
  try {
    await client.configure(files.offline);
    const comparisons: Comparison[] = [];
    for (const name of files.types.managed) {
      const schema = files.schema.resource_schemas[name] ?? { version: 0, block: {} };
      comparisons.push(
        ...(await ask(
          client,
          {
            name,
            schema,
            ...files.recorded(name),
            behaviour: recorded[name] ?? EMPTY_BEHAVIOUR,
          },
          files.has('further'),
        )),
      );
    }
    comparisons.push(...(await askStates(client, files)));
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

/** The known reason of a difference; undefined if there is none. */
export function reasonFor({ question, type, path }: Comparison): string | undefined {
  return KNOWN_DIFFERENCES.find(
    (known) => known.question === question && known.type === type && known.path === path,
  )?.reason;
}

/** Prints how many answers of one provider agree. @returns whether every difference has a known reason */
async function print(files: ProviderFiles, recorded: Recording | undefined): Promise<boolean> {
  const { figures, differences } = await measureFidelity(files, recorded);
  process.stdout.write(`${files.title}\n`);
  for (const { question, asked, agreeing } of figures.filter((figure) => figure.asked > 0))
    process.stdout.write(`  ${question.padEnd(14)} ${agreeing}/${asked}\n`);
  for (const difference of differences) {
    const { question, type, path, recorded, answered } = difference;
    const reason = reasonFor(difference) ?? 'not explained';
    process.stdout.write(
      `${type}.${path}: ${question}: recorded ${recorded}, answered ${answered}: ${reason}\n`,
    );
  }
  return differences.every((difference) => reasonFor(difference) !== undefined);
}

/** `fidelity.js [recording]`. A recording is compared with the provider of its types. */
async function main(): Promise<void> {
  const [file] = process.argv.slice(2);
  const given = file === undefined ? {} : readRecording(file);
  for (const { files } of SIMULATED) {
    const isGiven = files.types.managed.some((type) => type in given);
    const explained = await print(files, isGiven ? given : undefined);
    if (!explained) process.exitCode = 1;
  }
}

if (require.main === module) void main();
