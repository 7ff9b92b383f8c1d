import { rmSync } from 'node:fs';
import { EXIT, UsageError } from '../base/errors';
import { onStop } from '../base/signals';
import { casesOf, isPossible } from './kills/cases';
import { ENVIRONMENTS, newProject } from './kills/environments';
import { removeRun, runCase } from './kills/one-run';
import { type Options, readOptions, USAGE } from './kills/options';
import { outcomesTable, outcomeText } from './kills/outcome-text';
import { measureReference, prepare, type Reference } from './kills/reference';

/** @returns whether every run was done, and was clean */
async function kills(options: Options): Promise<boolean> {
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const references: Reference[] = [];
  const templates = new Map<Reference, string>();
  let stopped = false;
  const endStops = onStop(() => {
    stopped = true;
    process.stderr.write('the run that is under way is the last one\n');
  });
  try {
    for (const environment of ENVIRONMENTS.filter(({ name }) => options.environments.includes(name))) {
      if (!options.faults && !options.targets.some((target) => isPossible(target, { environment }))) continue;
      const reference = await measureReference(environment, options.stacks);
      references.push(reference);
      const template = newProject(environment);
      templates.set(reference, template);
      if (options.stacks.length > 0) await prepare(template, environment, options.stacks);
      const sum = [...reference.created.values()].reduce((total, count) => total + count, 0);
      say(
        `${environment.name}: ${sum} objects of ${reference.created.size} types in ${reference.seconds.apply.toFixed(1)} s`,
      );
    }
    const cases = casesOf(references, options);
    const outcomes = [];
    for (const one of cases.filter(({ number }) => options.run === undefined || number === options.run)) {
      if (stopped) break;
      const outcome = await runCase(one, templates.get(one.reference) ?? '');
      outcomes.push(outcome);
      say(outcomeText(outcome));
      const isClean = outcome.wrongs.length === 0;
      if (isClean || !options.keep) removeRun(outcome);
      else say(`       ${outcome.folder}`);
    }
    say(`\nseed ${options.seed}\n${outcomesTable(outcomes)}`);
    return !stopped && outcomes.every(({ wrongs }) => wrongs.length === 0);
  } finally {
    endStops();
    for (const folder of templates.values()) rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  try {
    return (await kills(readOptions(process.argv.slice(2)))) ? EXIT.done : EXIT.failed;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${message}\n${isUsage ? `${USAGE}\n` : ''}`);
    return isUsage ? EXIT.usage : EXIT.failed;
  }
}

if (require.main === module) {
  main().then((code) => {
    process.exitCode = code;
  });
}
