import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { type Contexts, evaluate, type Functions, interpolate, isTrue, textOf } from './expression';

type Map = Readonly<Record<string, unknown>>;

interface StepSource {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string | boolean;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Map;
  readonly with?: Map;
  readonly 'continue-on-error'?: boolean;
}

export interface JobSource {
  readonly if?: string | boolean;
  readonly needs?: string | readonly string[];
  readonly env?: Map;
  readonly permissions?: Map;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix?: unknown };
  readonly steps: readonly StepSource[];
  readonly 'timeout-minutes'?: number;
}

export interface WorkflowSource {
  readonly name: string;
  readonly on: Map;
  readonly permissions?: Map;
  readonly concurrency?: Map;
  readonly env?: Map;
  readonly jobs: Readonly<Record<string, JobSource>>;
}

export type Conclusion = 'success' | 'failure' | 'skipped';

/** What a stand-in for an action gets. */
export interface ActionCall {
  /** `actions/checkout`, without the commit. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The job's folder. */
  readonly workspace: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface WorkflowRun {
  readonly conclusion: Conclusion;
  readonly jobs: Readonly<Record<string, Conclusion>>;
  /** What all steps printed, with a line before each that says which it is. */
  readonly output: string;
}

export interface Machine {
  /** A new folder for a job. */
  readonly workspace: () => string;
  /** The variables of all steps. */
  readonly env: NodeJS.ProcessEnv;
  /** Carries an action out. @throws where it fails */
  readonly act: (call: ActionCall) => void;
  /** Told when a job has ended. */
  readonly left: (workspace: string) => void;
  readonly github: Map;
}

export function readWorkflow(file: string): WorkflowSource {
  return parse(readFileSync(file, 'utf8')) as WorkflowSource;
}

/** Runs a workflow as GitHub does: jobs in their order, each step of them, one after the other. */
export async function runWorkflow(source: WorkflowSource, machine: Machine): Promise<WorkflowRun> {
  const results: Record<string, { result: Conclusion; outputs: Record<string, string> }> = {};
  let output = '';
  for (const [id, job] of Object.entries(source.jobs)) {
    const needed = typeof job.needs === 'string' ? [job.needs] : (job.needs ?? []);
    const needs = Object.fromEntries(needed.map((name) => [name, results[name]]));
    const contexts = {
      github: machine.github,
      needs,
      inputs: (machine.github.event as Map).inputs ?? {},
      env: source.env ?? {},
    };
    const succeeded = needed.every((name) => results[name]?.result === 'success');
    const functions = functionsOf(() => succeeded);
    const outputs: Record<string, string> = {};
    let result: Conclusion = 'skipped';
    if (isWanted(job.if, contexts, functions)) {
      result = 'success';
      for (const [index, matrix] of matricesOf(job, contexts, functions).entries()) {
        const done = await runJob(source, job, machine, {
          ...contexts,
          matrix,
          strategy: { 'job-index': index },
        });
        output += `\n### ${id} ${JSON.stringify(matrix)}\n${done.output}`;
        if (done.failed) result = 'failure';
        Object.assign(outputs, done.outputs);
      }
    }
    results[id] = { result, outputs };
  }
  const conclusions = Object.values(results).map(({ result }) => result);
  return {
    conclusion: conclusions.includes('failure')
      ? 'failure'
      : conclusions.includes('success')
        ? 'success'
        : 'skipped',
    jobs: Object.fromEntries(Object.entries(results).map(([id, { result }]) => [id, result])),
    output,
  };
}

function matricesOf({ strategy }: JobSource, contexts: Contexts, functions: Functions): readonly Map[] {
  const matrix = strategy?.matrix;
  if (matrix === undefined) return [{}];
  const value = typeof matrix === 'string' ? interpolate(matrix, contexts, functions) : matrix;
  return (value as { include: readonly Map[] }).include;
}

async function runJob(source: WorkflowSource, job: JobSource, machine: Machine, around: Contexts) {
  const workspace = machine.workspace();
  const steps: Record<string, { outputs: Record<string, string>; outcome: Conclusion }> = {};
  let failed = false;
  let output = '';
  const base = functionsOf(() => !failed);
  const functions: Functions = {
    ...base,
    hashFiles: (file) => (isThere(path.join(workspace, String(file))) ? 'a hash' : ''),
  };
  const contexts: Contexts = { ...around, steps };
  const envOf = (env: Map | undefined): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(env ?? {}).map(([name, value]) => [
        name,
        textOf(interpolate(textOf(value), contexts, functions)),
      ]),
    );
  const common = { ...machine.env, ...envOf(source.env), ...envOf(job.env) };
  for (const [index, step] of job.steps.entries()) {
    const id = step.id ?? `step${index}`;
    if (!isWanted(step.if, contexts, functions)) {
      steps[id] = { outputs: {}, outcome: 'skipped' };
      continue;
    }
    output += `## ${step.name ?? step.uses ?? id}\n`;
    const env = { ...common, ...envOf(step.env) };
    const done =
      step.run === undefined
        ? act(step, machine, workspace, env, contexts, functions)
        : await run(step.run, workspace, env);
    output += done.output;
    steps[id] = { outputs: done.outputs, outcome: done.ok ? 'success' : 'failure' };
    if (!done.ok && step['continue-on-error'] !== true) failed = true;
  }
  const outputs = Object.fromEntries(
    Object.entries(job.outputs ?? {}).map(([name, text]) => [
      name,
      textOf(interpolate(text, contexts, functions)),
    ]),
  );
  machine.left(workspace);
  return { failed, output, outputs };
}

interface StepDone {
  readonly ok: boolean;
  readonly output: string;
  readonly outputs: Record<string, string>;
}

function act(
  step: StepSource,
  machine: Machine,
  workspace: string,
  env: NodeJS.ProcessEnv,
  contexts: Contexts,
  functions: Functions,
): StepDone {
  const inputs = Object.fromEntries(
    Object.entries(step.with ?? {}).map(([name, value]) => [
      name,
      textOf(interpolate(textOf(value), contexts, functions)),
    ]),
  );
  try {
    machine.act({ action: (step.uses ?? '').replace(/@.*$/, ''), inputs, workspace, env });
    return { ok: true, output: '', outputs: {} };
  } catch (error) {
    return { ok: false, output: `${(error as Error).message}\n`, outputs: {} };
  }
}

/** A step of commands: the shell stops at the first that fails, as GitHub's does. */
function run(script: string, workspace: string, env: NodeJS.ProcessEnv): Promise<StepDone> {
  const beside = path.join(path.dirname(workspace), 'runner');
  mkdirSync(beside, { recursive: true });
  const outputs = path.join(beside, 'output');
  const summary = path.join(beside, 'summary');
  for (const file of [outputs, summary]) writeFileSync(file, '');
  const child = spawn('bash', ['-e', '-c', script], {
    cwd: workspace,
    env: { ...env, GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: workspace },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve) =>
    child.on('close', (code) => {
      const lines = readFileSync(outputs, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      resolve({
        ok: code === 0,
        output: `${output}${code === 0 ? '' : `exit ${code}\n`}`,
        outputs: Object.fromEntries(
          lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
        ),
      });
    }),
  );
}

/** A condition without a function of the state means: only if all went well. */
function isWanted(
  condition: string | boolean | undefined,
  contexts: Contexts,
  functions: Functions,
): boolean {
  if (typeof condition === 'boolean') return condition;
  const plain = (condition ?? '').trim().replace(/^\$\{\{(.*)\}\}$/s, '$1');
  const asksItself = /\b(always|cancelled|failure|success)\(\)/.test(plain);
  if (!asksItself && !isTrue(functions.success?.())) return false;
  return plain === '' || isTrue(evaluate(plain, contexts, functions));
}

function functionsOf(isGood: () => boolean): Functions {
  return {
    success: () => isGood(),
    failure: () => !isGood(),
    always: () => true,
    cancelled: () => false,
    fromJSON: (text) => JSON.parse(String(text)) as unknown,
  };
}

function isThere(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
