import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../base/errors';
import { type Judged, judge, orFailure, thrownText } from '../judge';
import type { Resource } from '../resource';
import type { Rule, RuleContext } from '../rule';
import { rulesOf } from './checked-rules';
import { Progress } from './progress';

/** What the thread is started with. */
export interface ThreadData {
  readonly files: readonly { readonly file: string; readonly shown: string }[];
  readonly progress: SharedArrayBuffer;
}

/** What the thread is asked, once its rules are loaded. */
export interface Question {
  readonly resources: readonly Resource[];
  readonly around: Omit<RuleContext, 'resources'>;
}

/** A rule without its function, which no message can carry. */
export type RuleText = Omit<Rule, 'judge'>;

/** What it answers: first with its rules, then with what they found; in between what they print. */
export type Answer =
  | { readonly kind: 'loaded'; readonly rules: readonly RuleText[] }
  | { readonly kind: 'judged'; readonly judged: readonly Judged[] }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'printed'; readonly text: string };

/** Loads the rules of the user, and judges with them what is asked. Whatever they do, they do it in a thread of their own. */
function main({ files, progress: shared }: ThreadData, answer: (one: Answer) => void): void {
  const progress = new Progress(shared);
  const failed = (error: unknown) =>
    answer({ kind: 'failed', message: error instanceof Failure ? error.message : thrownText(error) });
  // The thread's own streams arrive later than its answer, and not at all where it ends then.
  for (const stream of [process.stdout, process.stderr])
    stream.write = (text: string | Uint8Array) => {
      answer({ kind: 'printed', text: typeof text === 'string' ? text : Buffer.from(text).toString() });
      return true;
    };
  loadRules(files, progress)
    .then((rules) => {
      answer({ kind: 'loaded', rules: rules.map(({ judge: _, ...text }) => text) });
      parentPort?.on('message', ({ resources, around }: Question) => {
        orFailure(() => judgeWith(rules, resources, around, progress))
          .then((judged) => answer({ kind: 'judged', judged }))
          .catch(failed);
      });
    })
    .catch(failed);
}

async function loadRules(files: ThreadData['files'], progress: Progress): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  const homes = new Map<string, string>();
  for (const [index, { file, shown }] of files.entries()) {
    progress.begin({ loads: true, index, resource: 0 });
    for (const rule of rulesOf(await defaultOf(file, shown), shown)) {
      const other = homes.get(rule.id);
      if (other !== undefined)
        throw new Failure(`${shown}: rule ${rule.id} is in ${other} already; give it another id`);
      homes.set(rule.id, shown);
      rules.push(rule);
    }
  }
  return rules;
}

async function defaultOf(file: string, shown: string): Promise<unknown> {
  let module: { readonly default?: unknown };
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    const name = error instanceof Error ? `${thrownText(error.name)}: ` : '';
    throw new Failure(`${shown}: cannot be loaded: ${name}${thrownText(error)}`);
  }
  if (module.default === undefined)
    throw new Failure(
      `${shown}: must export a rule, or a list of rules, by default; write: export default { id, severity, title, judge }`,
    );
  return module.default;
}

function judgeWith(
  rules: readonly Rule[],
  resources: readonly Resource[],
  around: Question['around'],
  progress: Progress,
): readonly Judged[] {
  const places = new Map(resources.map((resource, at) => [resource, at]));
  // What one rule changed, the next one would judge.
  for (const one of [...resources, around]) freeze(one);
  Object.freeze(resources);
  const watched = rules.map(
    (rule, index): Rule => ({
      ...rule,
      judge: (resource, context) => {
        progress.begin({ loads: false, index, resource: places.get(resource) ?? 0 });
        return rule.judge(resource, context);
      },
    }),
  );
  return judge(watched, resources, around);
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const part of Object.values(value)) freeze(part);
  Object.freeze(value);
}

if (!isMainThread) main(workerData as ThreadData, (one) => parentPort?.postMessage(one));
