import path from 'node:path';
import { Failure } from '../../../base/errors';
import { shownPath } from '../../../base/files';
import { givenText } from '../../../base/given-file';
import type { Position } from '../../../catalog/ground/problem';
import type { RuleFinding, Severity } from '../../../rules/finding';
import type { Review } from '../../review';
import { isMap, type Json, list, messageOf, type Rules, rulesOf, textOf } from './parts';
import { basesOf, type Lookups, physicalOf, type Subject, subjectOf } from './subject';

/** A file with more was made by nobody's tool. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_RUNS = 100;
const LONGEST_TEXT = 1000;
const MOST_LOCATIONS = 10;

/** A finding of another tool, before anybody knows to which stack it belongs. */
interface Foreign {
  readonly finding: RuleFinding;
  readonly subject: Subject;
}

/**
 * Reviews with the findings of other tools, which are given as SARIF: each at its stack, and at the line of the catalog that makes
 * its resource. They are shown, and refuse nothing: each tool has a list of its own for what is accepted.
 *
 * @throws {@link Failure} for a file that is no SARIF 2.1.0
 */
export function withForeign(reviews: readonly Review[], files: readonly string[]): readonly Review[] {
  const found = files.flatMap(readForeign);
  if (found.length === 0) return reviews;
  const placed = found.map((one) => place(one, reviews));
  return reviews.map((review) => ({
    ...review,
    stacks: review.stacks.map((record) => {
      const own = placed.filter(({ at }) => at === record);
      if (own.length === 0 || record.outcome.kind !== 'planned') return record;
      const findings = [...record.outcome.findings, ...own.map(({ finding }) => finding)];
      return { ...record, outcome: { ...record.outcome, findings } };
    }),
    findings: [
      ...review.findings,
      ...(review === reviews[0]
        ? placed.filter(({ at }) => at === undefined).map(({ finding }) => finding)
        : []),
    ],
  }));
}

function place({ finding, subject: { address, names } }: Foreign, reviews: readonly Review[]) {
  const records = reviews.flatMap(({ stacks }) => stacks);
  const withAddress = records.filter(
    ({ outcome }) =>
      address !== undefined &&
      outcome.kind === 'planned' &&
      positionIn(outcome.positions, address) !== undefined,
  );
  const at =
    records.find(({ stack }) => names.includes(stack)) ??
    (withAddress.length === 1 ? withAddress[0] : undefined);
  if (at === undefined || at.outcome.kind !== 'planned') return { finding, at: undefined };
  const position = address === undefined ? undefined : positionIn(at.outcome.positions, address);
  return { finding: { ...finding, stack: at.stack, ...(position === undefined ? {} : { position }) }, at };
}

/** The position of a resource, or of an instance of it. */
function positionIn(positions: Readonly<Record<string, Position>>, address: string): Position | undefined {
  const block = address.replace(/\[.*$/s, '');
  const key = Object.keys(positions).find((one) => one === address || one.replace(/\[.*$/s, '') === block);
  return key === undefined ? undefined : positions[key];
}

function readForeign(file: string): readonly Foreign[] {
  const shown = shownPath(path.resolve(file));
  const wrong = (text: string): never => {
    throw new Failure(`--sarif-in: ${shown}: ${text}`);
  };
  const given = givenText(file, MOST_BYTES);
  if ('wrong' in given) return wrong(given.wrong);
  let log: unknown;
  try {
    log = JSON.parse(given.text);
  } catch (error) {
    return wrong(`is no JSON: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`);
  }
  const runs = isMap(log) ? log.runs : undefined;
  if (!isMap(log) || log.version !== '2.1.0' || !Array.isArray(runs))
    return wrong('must be SARIF of version 2.1.0, with a list of runs');
  if (runs.length > MOST_RUNS) return wrong(`must have at most ${MOST_RUNS} runs, got ${runs.length}`);
  const read: Lookups = new Map();
  return runs.flatMap((run: unknown, index) => {
    const driver = isMap(run) && isMap(run.tool) && isMap(run.tool.driver) ? run.tool.driver : undefined;
    const tool = driver?.name;
    if (!isMap(run) || driver === undefined || typeof tool !== 'string' || tool.trim() === '')
      return wrong(`run ${index + 1} must name its tool (tool.driver.name)`);
    const results = run.results ?? [];
    if (!Array.isArray(results)) return wrong(`run ${index + 1}: results must be a list`);
    const rules = rulesOf(run);
    const around = {
      tool: clean(tool, 80),
      rules,
      firsts: firstOfEach(rules, results),
      file,
      bases: basesOf(run),
      read,
    };
    return results.flatMap((one: unknown, at) =>
      isMap(one)
        ? (foreignResult(one, around) ?? [])
        : wrong(`run ${index + 1}, result ${at + 1} must be an object`),
    );
  });
}

function firstOfEach(rules: Rules, results: readonly unknown[]): ReadonlySet<unknown> {
  const firsts = new Map<string | undefined, unknown>();
  for (const one of results) {
    const { id } = isMap(one) ? rules.of(one) : {};
    if (!firsts.has(id)) firsts.set(id, one);
  }
  return new Set(firsts.values());
}

/** The run that a result is of. */
interface Run {
  readonly tool: string;
  readonly rules: Rules;
  /** The first result of each rule. */
  readonly firsts: ReadonlySet<unknown>;
  readonly file: string;
  readonly bases: ReadonlyMap<string, string>;
  readonly read: Lookups;
}

function foreignResult(result: Json, { tool, rules, firsts, file, bases, read }: Run): Foreign | undefined {
  // What passes, and what its own tool suppresses, is no finding.
  if (typeof result.kind === 'string' && result.kind !== 'fail') return undefined;
  if (result.baselineState === 'absent' || isSuppressed(result)) return undefined;
  const { id, meta } = rules.of(result);
  const rule = id === undefined ? 'unnamed' : clean(id, 80);
  // checkov names a resource in the help of a rule: that of the rule's first result.
  const help = firsts.has(result) ? { help: textOf(meta.help) } : {};
  const around = { file, bases, read, message: messageOf(result, meta), ...help };
  const text = clean(around.message || textOf(meta.shortDescription) || rule, LONGEST_TEXT);
  const locations = list(result.locations).filter(isMap);
  const subjects = (locations.length === 0 ? [{}] : locations.slice(0, MOST_LOCATIONS)).map(
    (location) => [location, subjectOf(location, around)] as const,
  );
  const [location, subject] = subjects.find(([, one]) => one.address !== undefined) ??
    subjects[0] ?? [{}, { names: [] }];
  const { address } = subject;
  const position = ownPosition(location, bases);
  return {
    finding: {
      rule,
      severity: severityOf(result, meta),
      verdict: 'violated',
      text: text.replace(/\.$/, ''),
      tool,
      ...(address === undefined ? {} : { address }),
      ...(position === undefined ? {} : { position }),
    },
    subject,
  };
}

/** What its own tool accepts: a suppression that is refused, or not decided yet, is none. */
function isSuppressed({ suppressions }: Json): boolean {
  const all = list(suppressions).filter(isMap);
  return all.length > 0 && all.every(({ status }) => status === undefined || status === 'accepted');
}

function severityOf(result: Json, rule: Json): Severity {
  const properties = isMap(rule.properties) ? rule.properties : {};
  const score = Number(properties['security-severity'] ?? Number.NaN);
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  if (score >= 0) return 'low';
  const configuration = isMap(rule.defaultConfiguration) ? rule.defaultConfiguration : {};
  const level = result.level ?? configuration.level ?? 'warning';
  if (level === 'error') return 'high';
  return level === 'warning' ? 'medium' : 'low';
}

/** Its own place, where it has one in the project. */
function ownPosition(location: Json, bases: ReadonlyMap<string, string>): Position | undefined {
  const { uri, line, base } = physicalOf(location, bases);
  if (uri === undefined || line === undefined || /^[a-z]+:/i.test(uri)) return undefined;
  const file = path
    .relative('.', base === undefined ? path.resolve(uri) : path.resolve(base, uri))
    .split(path.sep)
    .join('/');
  if (file === '' || path.isAbsolute(file) || /^\.\.(\/|$)/.test(file)) return undefined;
  return { file: clean(file, 300), line, column: 1, endColumn: 2 };
}

/** In one line, without what a terminal would act on. */
function clean(text: string, most: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
