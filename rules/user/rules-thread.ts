import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../base/errors';
import { Interrupted } from '../../base/interrupted';
import { onStop } from '../../base/signals';
import { type Judged, thrownText } from '../judge';
import type { Resource } from '../resource';
import { Progress, type Step } from './progress';
import type { Answer, Question, RuleText, ThreadData } from './thread';

export interface ThreadOptions {
  /** How long a file may take to load, and a rule to judge one resource, in milliseconds. @default 10 s */
  readonly stepMs?: number;
  /** How long all rules may take to judge an environment, in milliseconds. @default 60 s */
  readonly wholeMs?: number;
  /** Gets each line that a rule prints. @default - nobody does */
  readonly print?: (line: string) => void;
  /** Replaces secrets in messages, which repeat what a rule throws. @default - nothing is replaced */
  readonly mask?: (text: string) => string;
}

const POLL_MS = 100;
const MEMORY_MB = 512;
/** The longest message about a rule, in UTF-16 code units. */
const LONGEST_MESSAGE = 600;
/** The most lines that rules print in one run. */
const MOST_LINES = 200;

/** The thread in which the rules of the user run. */
export class RulesThread {
  private readonly progress = new Progress();
  private readonly worker: Worker;
  private readonly mask: (text: string) => string;
  private readonly limits: { readonly step: number; readonly whole: number };
  private rules: readonly RuleText[] = [];
  private resources: readonly Resource[] = [];
  private lines = 0;
  /** Why it is over. */
  private failure: Error | undefined;

  constructor(
    private readonly files: ThreadData['files'],
    { stepMs = 10_000, wholeMs = 60_000, print = () => undefined, mask = (text) => text }: ThreadOptions,
  ) {
    this.mask = mask;
    this.limits = { step: stepMs, whole: wholeMs };
    const workerData: ThreadData = { files, progress: this.progress.shared };
    this.worker = new Worker(path.join(__dirname, 'thread.js'), {
      workerData,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    this.worker.on('message', (answer: Answer) => {
      if (answer.kind === 'printed') this.printed(answer.text, print);
    });
    // A timer of a rule may fail when nothing is asked.
    this.worker.on('error', (error) => {
      this.failure ??= this.failureOf(this.errorText(error));
    });
  }

  /** @throws {@link Failure} for a file that can't be loaded, and for a rule that is none */
  async load(): Promise<readonly RuleText[]> {
    const answer = await this.answer();
    this.rules = answer.kind === 'loaded' ? answer.rules : [];
    return this.rules;
  }

  /** @throws {@link Failure}, {@link Interrupted} */
  async judge(resources: readonly Resource[], around: Question['around']): Promise<readonly Judged[]> {
    this.resources = resources;
    const question: Question = { resources, around };
    const answer = await this.answer(question);
    return answer.kind === 'judged' ? answer.judged : [];
  }

  /** Ends what rules have left running: timers, servers. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }

  /** The next answer. Without it in time, or where the thread ends by itself, the thread is over. */
  private async answer(question?: Question): Promise<Answer> {
    const { worker } = this;
    let endAll = () => {};
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        const fail = (error: Error) => {
          this.failure ??= error;
          worker.terminate();
          reject(this.failure);
        };
        if (this.failure !== undefined) return fail(this.failure);
        const endStops = onStop(() => fail(new Interrupted()));
        const timer = this.watch((words) => fail(new Failure(words)));
        const onError = () => fail(this.failure ?? this.failureOf(this.errorText(undefined)));
        const onExit = () =>
          fail(
            new Failure(
              `${this.place()}: ended without an answer: it calls process.exit, or awaits what never comes`,
            ),
          );
        const onMessage = (answer: Answer) => {
          if (answer.kind !== 'printed') resolve(answer);
        };
        worker.on('message', onMessage).once('error', onError).once('exit', onExit);
        endAll = () => {
          endStops();
          clearInterval(timer);
          worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        };
        if (question !== undefined) worker.postMessage(question);
      });
      if (answer.kind === 'failed') throw this.failureOf(answer.message);
      return answer;
    } finally {
      endAll();
    }
  }

  /** Calls `late` where a step, or all of them, take too long. */
  private watch(late: (words: string) => void): NodeJS.Timeout {
    const { step: stepLimit, whole: wholeLimit } = this.limits;
    const begun = performance.now();
    let { count } = this.progress.step;
    let since = begun;
    return setInterval(() => {
      const now = performance.now();
      const { step } = this.progress;
      if (step.count !== count) {
        count = step.count;
        since = now;
      }
      if (now - since > stepLimit) late(`${this.place(step)}: no answer within ${seconds(stepLimit)}`);
      else if (now - begun > wholeLimit)
        late(
          `the rules in policy/ took more than ${seconds(wholeLimit)}; the last one was ${this.place(step)}`,
        );
    }, POLL_MS);
  }

  private failureOf(text: string): Failure {
    const shown = this.mask(text);
    return new Failure(shown.length > LONGEST_MESSAGE ? `${shown.slice(0, LONGEST_MESSAGE)}…` : shown);
  }

  private errorText(error: unknown): string {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY')
      return `${this.place()}: needs more than ${MEMORY_MB} MB of memory`;
    return `${this.place()}: failed outside of judge: ${thrownText(error)}`;
  }

  /** `policy/owner.mjs`, or `rule ACME-01 on aws_vpc.Main`. */
  private place({ loads, index, resource }: Step = this.progress.step): string {
    if (loads) return this.files[index]?.shown ?? 'policy/';
    const { address = '' } = this.resources[resource] ?? {};
    return `rule ${this.rules[index]?.id} on ${address}`;
  }

  private printed(text: string, print: (line: string) => void): void {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      this.lines += 1;
      if (this.lines <= MOST_LINES) print(line);
      if (this.lines === MOST_LINES) print('… further lines are not shown');
    }
  }
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
