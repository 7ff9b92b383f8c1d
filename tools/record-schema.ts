import { writeFileSync } from 'node:fs';
import { completed } from '../sandbox/provider/normalize';
import { type ResourceType, typesOf } from '../sandbox/provider/resource-type';
import { startProvider } from '../terraform/plugin/provider-process';
import { filesFor } from './executable';
import { askFurther } from './fidelity/further';
import { askImports } from './fidelity/imports';
import { askPlans } from './fidelity/plan-refusals';
import { recordRefusals } from './fidelity/refusals';
import { ProviderClient } from './provider-client';

type ByType<T> = readonly (readonly [type: string, answer: T])[];

/** JSON with sorted keys: a provider gives its messages in any order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}

/** JSON with one line for each type, so that a renewal shows which types changed. */
function lines(answers: ByType<unknown>): string {
  return `{\n${answers.map(([type, answer]) => `  ${JSON.stringify(type)}: ${sorted(answer)}`).join(',\n')}\n }`;
}

/** The tables of refused values, each once, and which of them each argument has. */
function refusalParts(refusals: ByType<Awaited<ReturnType<typeof recordRefusals>>>): readonly string[] {
  const tables: string[] = [];
  const positions = refusals.map(([type, paths]) => {
    const byPath = Object.entries(paths).map(([path, table]) => {
      const text = sorted(table);
      if (!tables.includes(text)) tables.push(text);
      return [path, tables.indexOf(text)] as const;
    });
    return [type, Object.fromEntries(byPath)] as const;
  });
  return [`"tables": [\n  ${tables.join(',\n  ')}\n ]`, `"refusals": ${lines(positions)}`];
}

async function askEach<T>(
  types: readonly ResourceType[],
  ask: (type: ResourceType) => Promise<T>,
): Promise<ByType<T>> {
  const answers: (readonly [string, T])[] = [];
  for (const type of types) answers.push([type.name, await ask(type)]);
  return answers;
}

async function record(executable: string): Promise<void> {
  const files = filesFor(executable);
  const running = await startProvider(executable);
  const client = new ProviderClient(running.provider);
  const write = (kind: 'further' | 'refusals' | 'imports', ...parts: readonly string[]): void => {
    const about = `"provider": "registry.terraform.io/${files.source}",\n "version": "${files.version}"`;
    writeFileSync(files.file(kind), `{\n ${[about, ...parts].join(',\n ')}\n}\n`);
  };
  try {
    await client.configure(completed(files.schema.provider.block, files.offline));
    const types = files.types.managed.map(typesOf(files));
    write('further', `"further": ${lines(await askEach(types, ({ name }) => askFurther(client, name)))}`);
    const refusals = await askEach(types, (type) => recordRefusals(client, type));
    const plans = await askEach(types, async (type) => [
      ...new Set([...(await askPlans(client, type)).values()].flat()),
    ]);
    const refusedPlans = plans.filter(([, messages]) => messages.length > 0);
    write('refusals', ...refusalParts(refusals), `"plans": ${lines(refusedPlans)}`);
    write('imports', `"imports": ${lines(await askEach(types, (type) => askImports(client, type)))}`);
  } finally {
    client.close();
    await running.stop();
  }
}

if (require.main === module) {
  const [executable] = process.argv.slice(2);
  if (executable === undefined) {
    process.stderr.write('usage: node dist/tools/record-schema.js <executable of a provider>\n');
    process.exitCode = 64;
  } else {
    record(executable).catch((failure: Error) => {
      process.stderr.write(`${failure.message}\n`);
      process.exitCode = 1;
    });
  }
}
