import { writeFileSync } from 'node:fs';
import type { ObjectValue } from '../sandbox/protocol/values';
import { completed } from '../sandbox/provider/normalize';
import { typesOf } from '../sandbox/provider/resource-type';
import { startProvider } from '../terraform/plugin/provider-process';
import { filesFor } from './executable';
import { SCENARIOS } from './fidelity/scenarios';
import { runScenario, withoutVarying } from './fidelity/states';
import { ProviderClient } from './provider-client';

/** Times have whole seconds in some answers: the second run must not fall into the second of the first. */
const BETWEEN_RUNS_MS = 1100;

/**
 * Records what the real provider has in its states with a real server behind it, which the variables name that the
 * provider reads, such as `VAULT_ADDR` or `DOCKER_HOST`. What differs between two runs is recorded as varying.
 */
async function record(executable: string): Promise<void> {
  const files = filesFor(executable);
  const scenario = SCENARIOS[files.name];
  if (scenario === undefined) throw new Error(`${files.source}: has no objects to make`);
  const running = await startProvider(executable);
  const client = new ProviderClient(running.provider);
  try {
    await client.configure(completed(files.schema.provider.block, scenario.configuration));
    const once = () => runScenario(client, typesOf(files), scenario.objects);
    const first = await once();
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_RUNS_MS));
    const recorded = withoutVarying(
      first as unknown as ObjectValue,
      (await once()) as unknown as ObjectValue,
    ) as ObjectValue;
    const lines = Object.entries(recorded).map(
      ([label, answer]) => `  ${JSON.stringify(label)}: ${JSON.stringify(answer)}`,
    );
    const about = `"provider": "registry.terraform.io/${files.source}",\n "version": "${files.version}"`;
    writeFileSync(files.file('states'), `{\n ${about},\n "states": {\n${lines.join(',\n')}\n }\n}\n`);
  } finally {
    client.close();
    await running.stop();
  }
}

if (require.main === module) {
  const [executable] = process.argv.slice(2);
  if (executable === undefined) {
    process.stderr.write('usage: node dist/tools/record-states.js <executable of a provider>\n');
    process.exitCode = 64;
  } else {
    record(executable).catch((failure: Error) => {
      process.stderr.write(`${failure.message}\n`);
      process.exitCode = 1;
    });
  }
}
