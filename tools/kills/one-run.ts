import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../base/process-identity';
import type { Attack, Case } from './cases';
import { censusOf, difference } from './objects';
import { type Ended, type Running, run, signalTo, start, terraformsOf } from './programs';
import { beginsToApply, type Reference, stackArguments } from './reference';
import { Served } from './served';
import { strike, untilMoment } from './strike';

/** How long the answer about the object of a kill is held back. */
const HELD_SECONDS = 2;
/** After it a program hangs. */
const LIMIT_MS = 180_000;
/** How many of several names are shown. */
const SHOWN_NAMES = 3;
/** How often an apply is run again. */
const FURTHER_APPLIES = 2;

export interface Outcome {
  readonly case: Case;
  readonly folder: string;
  readonly seconds: number;
  /** The further applies after which one ended well; undefined where none did. */
  readonly convergedAfter: number | undefined;
  /** Whether the signal was sent before all was over; of a fault true. */
  readonly struck: boolean;
  /** What exists more often than it should. */
  readonly doubled: readonly string[];
  /** What is in no state. */
  readonly orphans: readonly string[];
  /** All that is not right, of which doubles and orphans are a part; empty for a clean run. */
  readonly wrongs: readonly string[];
}

/** Disturbs one apply, goes on from there, and looks at what came of it. @param template a project that is made ready */
export async function runCase(one: Case, template: string): Promise<Outcome> {
  const began = Date.now();
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-kill-'));
  cpSync(template, folder, { recursive: true });
  const { reference } = one;
  const { name } = reference.environment;
  const project = new DisturbedProject(one, folder);
  try {
    const { ended, struck } = await project.disturbedApply();
    const disturbed = codeProblem('the disturbed apply', ended, struck ? expectedCodes(one) : [0]);
    const { convergedAfter, failures } = await applyAgain(project, reference);
    const planned =
      convergedAfter === undefined
        ? failures
        : codeProblem('the second plan', await project.kakehashi(['plan', name]), [0]);
    const { extra, missing } = difference(censusOf(folder), reference.objects);
    const orphans = await project.orphans();
    const destroyed = await project.kakehashi(['destroy', name, '--yes', '--json']);
    const wrongs = [
      ...disturbed,
      ...planned,
      ...named('twice', extra),
      ...named('missing', missing),
      ...named('orphan', orphans),
      ...codeProblem('destroy', destroyed, [0]),
      ...named('left by destroy', difference(censusOf(folder), reference.left).extra),
    ];
    const seconds = (Date.now() - began) / 1000;
    return { case: one, folder, seconds, convergedAfter, struck, doubled: extra, orphans, wrongs };
  } finally {
    await project.end();
  }
}

/** Applies until that ends well. */
async function applyAgain(
  project: DisturbedProject,
  { environment, stacks }: Reference,
): Promise<{ readonly convergedAfter: number | undefined; readonly failures: readonly string[] }> {
  const failures: string[] = [];
  for (let round = 1; round <= FURTHER_APPLIES; round += 1) {
    const args = ['apply', environment.name, '--yes', '--json', ...stackArguments(stacks)];
    const problems = codeProblem(`apply ${round}`, await project.kakehashi(args), [0]);
    failures.push(...problems);
    if (problems.length === 0) return { convergedAfter: round, failures };
  }
  return { convergedAfter: undefined, failures };
}

/** Removes what a run wrote. */
export function removeRun({ folder }: Outcome): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A project whose apply is disturbed, with the processes that belong to it. */
class DisturbedProject {
  private served: Served | undefined;
  private readonly terraforms = new Set<number>();

  constructor(
    private readonly one: Case,
    private readonly folder: string,
  ) {}

  async disturbedApply(): Promise<{ readonly ended: Ended; readonly struck: boolean }> {
    const { attack, reference } = this.one;
    const { name, apart } = reference.environment;
    const isOneProcess = attack.kind === 'kill' && attack.target === 'driver+provider';
    const faults = this.faultVariables(attack);
    if (apart && !isOneProcess) this.served = await Served.start(this.folder, faults);
    const args = ['apply', name, '--sandbox', '--yes', '--json', ...stackArguments(reference.stacks)];
    let isApplying = false;
    const driver = start(this.folder, args, { ...faults, ...this.served?.environment }, (line) => {
      isApplying ||= beginsToApply(line);
    });
    if (attack.kind === 'fault') return { ended: await withinLimit(driver), struck: true };
    const inTime = await untilMoment(attack.trigger, this.folder, driver, () => isApplying);
    for (const pid of terraformsOf(driver.pid)) this.terraforms.add(pid);
    const struck = inTime && (await strike(attack.target, attack.signal, driver, this.served));
    const ended = await withinLimit(driver);
    // A process that was sent SIGKILL lives on for a moment, in which it would be taken for one that serves.
    if (struck && (attack.target === 'provider' || attack.target === 'all')) await this.served?.stop();
    return { ended, struck };
  }

  /** Runs a further command, with providers that are disturbed no more. */
  async kakehashi(args: readonly string[]): Promise<Ended> {
    if (this.served !== undefined && !this.served.isAlive) this.served = await Served.start(this.folder, {});
    return withinLimit(start(this.folder, [...args, '--sandbox'], this.served?.environment ?? {}));
  }

  async orphans(): Promise<readonly string[]> {
    const { code, text } = await run(this.folder, ['sandbox', 'list', '--orphans']);
    if (code !== 0) return [text];
    return text.split('\n').filter((line) => line !== '' && !line.startsWith('every '));
  }

  /** Ends what still runs. */
  async end(): Promise<void> {
    for (const pid of this.terraforms) if (isRunning(pid)) signalTo(pid, 'SIGKILL');
    await this.served?.stop();
  }

  private faultVariables(attack: Attack): Readonly<Record<string, string>> {
    const fault = faultOf(attack);
    if (fault === undefined) return {};
    const file = path.join(this.folder, 'faults.json');
    writeFileSync(file, JSON.stringify([fault]));
    return { KAKEHASHI_SANDBOX_FAULTS: file };
  }
}

function faultOf(attack: Attack): object | undefined {
  if (attack.kind === 'fault') {
    const { fault, type, call } = attack;
    return { type, operation: 'create', call, fault };
  }
  if (attack.trigger.kind !== 'object') return undefined;
  const { type, call } = attack.trigger;
  return { type, operation: 'create', call, fault: 'late', seconds: HELD_SECONDS };
}

/** How a disturbed apply may end. One that is struck at some time may have been past all that the signal could disturb. */
function expectedCodes({ attack, reference }: Case): readonly (number | string)[] {
  if (attack.kind === 'fault')
    return attack.fault === 'crash' && !reference.environment.apart ? ['SIGKILL'] : [1];
  const { target, signal, trigger } = attack;
  const isDriver = target !== 'terraform' && target !== 'provider';
  if (isDriver && signal === 'SIGKILL') return [signal];
  return [isDriver ? 130 : 1, ...(trigger.kind === 'object' ? [] : [0])];
}

async function withinLimit(running: Running): Promise<Ended> {
  const over = new AbortController();
  const late = sleep(LIMIT_MS, undefined, { signal: over.signal }).then(
    () => signalTo(running.pid, 'SIGKILL'),
    () => undefined,
  );
  const ended = await running.ended;
  over.abort();
  await late;
  return ended;
}

function codeProblem(
  what: string,
  { code, text }: Ended,
  expected: readonly (number | string)[],
): readonly string[] {
  const trace = /^\s+at .*\.js:\d+/m.test(text) ? [`${what} shows a stack trace`] : [];
  if (expected.includes(code)) return trace;
  return [`${what} ended with ${code} instead of ${expected.join(' or ')}: ${causeIn(text)}`, ...trace];
}

/** The first error that a program printed. */
function causeIn(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const failed = lines.find((line) => line.startsWith('{"type":"stack_failed"'));
  if (failed === undefined)
    return lines.filter((line) => !line.startsWith('{')).at(-1) ?? 'it printed nothing';
  const { stack, errors } = JSON.parse(failed) as { stack: string; errors: readonly { message: string }[] };
  return `${stack}: ${errors[0]?.message ?? 'no error'}`;
}

/** One line for all things of one kind, of which the first are named. */
function named(what: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const more = names.length > SHOWN_NAMES ? `, and ${names.length - SHOWN_NAMES} more` : '';
  return [`${what}: ${names.slice(0, SHOWN_NAMES).join(', ')}${more}`];
}
